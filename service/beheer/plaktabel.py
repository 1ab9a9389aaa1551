"""A table that somebody pastes from a spreadsheet, a web page or the Staatscourant: which value is which cell.

A line has a figure, perhaps a cell of its table, and values. Only what can be read in one way is taken over; every
other line comes back with why.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from regels.jaarwissel.invulgroepen import Invulcijfer, Invulgroep
from service.beheer.cijferinvoer import zelfde_waarde
from service.beheer.cijfertekst import gelezen_cijfer, getoond_cijfer
from service.invoer.bedragen import Melding

_GAP: Final = re.compile(r"\t|;|\s*\|\s*| {2,}")
_LINES_MOST: Final = 500
_TOO_MANY: Final = f"Er kunnen hoogstens {_LINES_MOST} regels tegelijk."
# in the list to fill in, before what a value was
_WAS: Final = "was "


@dataclass(slots=True)
class Geplakt:
    """What was read of a pasted table: ``waarden`` by the name of the field, and each line that was not understood."""

    waarden: dict[str, str] = field(default_factory=dict)
    niet: list[tuple[str, str]] = field(default_factory=list)

    @property
    def over(self) -> str:
        """The lines that were not understood, to be mended and pasted again."""
        return "\n".join(line for line, _ in self.niet)


def plakken(tekst: str, groep: Invulgroep) -> Geplakt:
    """The values in ``tekst`` for the figures of a group."""
    told = Geplakt()
    columns: tuple[str, ...] = ()
    lines = [line for line in tekst.splitlines() if line.strip()]
    told.niet += [(line.strip(), _TOO_MANY) for line in lines[_LINES_MOST:]]
    for line in lines[:_LINES_MOST]:
        parts = [part.strip() for part in _GAP.split(line.strip("\r\n").lstrip().removeprefix("|"))]
        parts = parts[: len(parts) - next((i for i, part in enumerate(reversed(parts)) if part), 0)]
        head = _columns(parts, groep)
        if head:
            columns = head
            continue
        said = _line(told, parts, groep, columns)
        if said:
            told.niet.append((line.strip(), said))
    return told


def voorbeeldtabel(groep: Invulgroep) -> str:
    """The cells of a group as a table for a spreadsheet: figure, cell, what it was; what it becomes goes behind."""
    lines = []
    for figure in groep.cijfers:
        before: Mapping[str, str] = figure.vorige.cellen if figure.vorige is not None else {}
        lines += [
            "\t".join((figure.label, cell.replace("_", " "), _WAS + getoond_cijfer(before.get(cell, ""), figure.type)))
            for cell in figure.cellen
        ]
    return "\n".join(lines)


def _columns(parts: list[str], groep: Invulgroep) -> tuple[str, ...]:
    """The cells that a line names as heads of columns; empty when it is no such line."""
    heads = tuple(_bare(part) for part in parts if part)
    cells = {_bare(cell) for figure in groep.cijfers for cell in figure.cellen if cell}
    found = tuple(head for head in heads if head in cells)
    return found if len(found) > 1 and len(heads) - len(found) <= 1 else ()


def _line(told: Geplakt, parts: list[str], groep: Invulgroep, columns: tuple[str, ...]) -> str:
    """Take over one line; why not, when it cannot be."""
    names = [(figure, cell) for figure, cell in _named(parts[0], groep)]
    if not names:
        return "Dit cijfer staat niet in deze groep."
    if len({figure.naam for figure, _ in names}) > 1:
        labels = "; ".join(dict.fromkeys(figure.label for figure, _ in names))
        return f"Dit past bij meer cijfers: {labels}. Schrijf de hele naam."
    figure, cell = names[0]
    values = [part for part in parts[1:] if not part.startswith(_WAS.strip())]
    while values and not values[0]:
        del values[0]
    if cell is None and values and (found := _cell(values[0], figure)) is not None:
        cell, values = found, values[1:]
    if not values and len(parts) > 1 and parts[-1].startswith(_WAS.strip()):
        return ""  # a line of the list that was not filled in
    if cell is None and list(figure.cellen) == [""]:
        cell = ""
    cells = [cell] if cell is not None else list(figure.cellen)
    if cell is None and columns and set(columns) == {_bare(one) for one in cells}:
        cells = [next(one for one in cells if _bare(one) == head) for head in columns]
    values = _new(values, cells, figure)
    if len(values) != len(cells):
        wanted = "één waarde" if len(cells) == 1 else f"{len(cells)} waarden ({', '.join(cells)})"
        return f"Hier horen {wanted} te staan, en er staan er {len(values)}."
    for value in values:
        read = gelezen_cijfer(value, figure.type)
        if isinstance(read, Melding) or not read:
            return read.tekst if isinstance(read, Melding) else "De waarde ontbreekt."
    read_here = {f"w.{figure.naam}.{one}": value for one, value in zip(cells, values, strict=True)}
    if any(told.waarden.get(name, value) != value for name, value in read_here.items()):
        return "Dit cijfer staat er twee keer, met een andere waarde."
    told.waarden |= read_here
    return ""


def _new(values: list[str], cells: list[str], figure: Invulcijfer) -> list[str]:
    """The values of the new year, where those of the year before stand in front of them."""
    before = figure.vorige.cellen if figure.vorige is not None else {}
    if len(values) == 2 * len(cells) and all(
        not isinstance(read := gelezen_cijfer(value, figure.type), Melding)
        and zelfde_waarde(read, before.get(cell, ""))
        for cell, value in zip(cells, values, strict=False)
    ):
        return values[len(cells) :]
    return values


def _named(text: str, groep: Invulgroep) -> Iterator[tuple[Invulcijfer, str | None]]:
    """The figures that a text names, each with the cell when that is named too."""
    bare, name = _bare(text), text.strip()
    for figure in groep.cijfers:
        for cell in figure.cellen:
            if name == f"{figure.naam}.{cell}":
                yield figure, cell
                return
    exact = [figure for figure in groep.cijfers if bare in (_bare(figure.label), _bare(figure.naam))]
    found = exact or [figure for figure in groep.cijfers if len(bare) > 5 and bare in _bare(figure.label)]
    yield from ((figure, None) for figure in found)


def _cell(text: str, figure: Invulcijfer) -> str | None:
    return next((cell for cell in figure.cellen if cell and _bare(cell) == _bare(text)), None)


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower()))
