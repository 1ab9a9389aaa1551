"""Under, on and over every limit that is new in a draft: what the made-up households get there.

A limit is found by trying it: a value of a figure at which a decision turns when the field of its unit passes it. With
the value of before it is tried on the same households; where that turned and this one does not, or the other way
around on the limit itself, somebody must look.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from regels import Regelset, toets
from regels.eenheden import unit_text
from regels.opmaak import datum, writer
from regels.regelset import Cijfer
from service.beheer.gevallen import Grensveld, Vraagdata, gelezen, grensvelden, huishoudens, met_waarde
from service.beheer.rapportvorm import MELDING, WAARSCHUWING, Rapportregel

# in January much of a year is still of the year before; by then the figures of the year hold
_MONTH: Final = 3
_DREMPEL: Final = 1
_SHOWN: Final = 4
# what comes out under, on and over a limit
_Drie = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Nieuwegrens:
    """A value of one cell of a figure, with the household fields that it is held against."""

    cijfer: Cijfer
    cel: str
    waarde: Decimal
    veld: Grensveld

    @property
    def dag(self) -> date:
        """A day on which it holds."""
        first = self.cijfer.venster.vanaf
        later = date(first.year, _MONTH, 1)
        return later if first < later and self.cijfer.venster.bevat(later) else first

    @property
    def naam(self) -> str:
        """What a reader calls it."""
        return f"{self.cijfer.label} ({self.cel})" if self.cel else self.cijfer.label


def boundaries(before: Regelset | None, after: Regelset) -> Iterator[Rapportregel]:
    """A line for each new value that turns a decision, and a warning where it does so otherwise than before."""
    tried = found = 0
    for grens in new_limits(before, after):
        tried += 1
        turns = dict(_turns(after, grens))
        earlier = _before(after, grens)
        then = dict(_turns(after, earlier)) if earlier is not None and earlier.waarde != grens.waarde else {}
        if turns:
            found += 1
            yield _line(after, grens, turns)
        yield from _warnings(after, grens, turns, then)
    yield Rapportregel(f"{tried} nieuwe waarden geprobeerd; bij {found} verandert een antwoord.", MELDING)


def new_limits(before: Regelset | None, after: Regelset) -> Iterator[Nieuwegrens]:
    """Each amount and age in ``after`` that ``before`` has not, in its window."""
    fields = grensvelden()
    for name, series in sorted(after.cijfers.items()):
        old = {one.venster.vanaf: _cells(one) for one in before.cijfers.get(name, ())} if before is not None else {}
        for figure in series:
            field = fields.get(unit_text(figure.type))
            if field is None or figure.gebruik:
                continue
            for cell, value in _cells(figure).items():
                if value > _DREMPEL and old.get(figure.venster.vanaf, {}).get(cell) != value:
                    yield Nieuwegrens(figure, cell, value, field)


def _cells(figure: Cijfer) -> dict[str, Decimal]:
    cells = figure.waarde if isinstance(figure.waarde, Mapping) else {"": figure.waarde}
    return {cell: value for cell, value in cells.items() if isinstance(value, Decimal)}


def _before(after: Regelset, grens: Nieuwegrens) -> Nieuwegrens | None:
    """The same cell in the window before."""
    series = [one for one in after.cijfers[grens.cijfer.naam] if one.venster.vanaf < grens.cijfer.venster.vanaf]
    if not series or grens.cel not in (cells := _cells(series[-1])):
        return None
    return Nieuwegrens(series[-1], grens.cel, cells[grens.cel], grens.veld)


def _turns(regels: Regelset, grens: Nieuwegrens) -> Iterator[tuple[str, tuple[str, _Drie]]]:
    """The decisions that turn there: with the first household that shows it, and what comes out."""
    seen: set[str] = set()
    for name, data in huishoudens().items():
        three = [_outcomes(regels, grens, data, step) for step in (-1, 0, 1)]
        under, on, over = (one if one is not None else {} for one in three)
        for besluit in under.keys() & on.keys() & over.keys():
            found = (under[besluit], on[besluit], over[besluit])
            if besluit not in seen and len(set(found)) > 1:
                seen.add(besluit)
                yield besluit, (name, found)


def _outcomes(regels: Regelset, grens: Nieuwegrens, data: Vraagdata, step: int) -> dict[str, str] | None:
    filled = met_waarde(data | {"peildatum": grens.dag.isoformat()}, grens.veld, grens.waarde + step * grens.veld.stap)
    question = gelezen(regels, filled)
    if question is None:
        return None
    return {
        one.id: " ".join([one.uitkomst, *(v for _, v in sorted(one.waarden.items()) if isinstance(v, str))])
        for one in toets(question, regels).conclusies
    }


def _line(regels: Regelset, grens: Nieuwegrens, turns: Mapping[str, tuple[str, _Drie]]) -> Rapportregel:
    write = writer(grens.cijfer.type)
    told = [
        f"{regels.teksten.titel(besluit)} ({name}): {' / '.join(three)}"
        for besluit, (name, three) in sorted(turns.items())[:_SHOWN]
    ]
    more = f"; en bij {len(turns) - _SHOWN} andere" if len(turns) > _SHOWN else ""
    since = f"{grens.naam} {write(grens.waarde)} vanaf {datum(grens.cijfer.venster.vanaf)}"
    return _at(grens, f"{since}, eronder / erop / erboven. {'; '.join(told)}{more}.", MELDING)


def _warnings(
    regels: Regelset, grens: Nieuwegrens, turns: Mapping[str, tuple[str, _Drie]], then: Mapping[str, tuple[str, _Drie]]
) -> Iterator[Rapportregel]:
    write = writer(grens.cijfer.type)
    for besluit in sorted(then.keys() | turns.keys()):
        was = _shape(then[besluit][1]) if besluit in then else ""
        now = _shape(turns[besluit][1]) if besluit in turns else ""
        if not then or was == now or not was:
            continue
        title = regels.teksten.titel(besluit)
        yield _at(
            grens,
            f"{grens.naam} {write(grens.waarde)}: op {title} verandert het antwoord {now or 'daar niet'}. Bij de "
            f"vorige waarde was dat {was}. Kijk of de waarde en de regel kloppen.",
            WAARSCHUWING,
            f"grens:{grens.cijfer.naam}:{grens.cel}:{grens.waarde}:{besluit}",
        )


def _shape(three: _Drie) -> str:
    under, on, over = three
    return "erboven" if under == on else "op de grens" if on == over else "op de grens en erboven"


def _at(grens: Nieuwegrens, said: str, kind: str, code: str = "") -> Rapportregel:
    figure = grens.cijfer
    return Rapportregel(
        said, kind, code, figure.plaats.file, cijfer=figure.naam, cel=grens.cel, regel=figure.plaats.line
    )
