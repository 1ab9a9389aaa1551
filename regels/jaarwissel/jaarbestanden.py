"""The figures of all years as they stand in the files, filled in or not: for who enters them.

The loader makes a rule set of files that are whole. Here nothing has to be whole: what cannot be read is left out, and
named by the loader.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from regels.bestanden import Faults, Item, parse_file
from regels.declaraties import CONCEPT
from regels.eenheden import DATE, TRUTH, UNITS, Type
from regels.eigenaren import owner_of
from regels.velden import Waarde
from regels.venster import Venster

VASTGESTELD: Final = "vastgesteld"
KENNIS: Final = "jaarwissel.yaml"
_JAAR: Final = re.compile(r"[^/]+/(\d{4})\.yaml")
_GROEP: Final = frozenset({"geldig", "status", "vervallen"})


@dataclass(frozen=True, slots=True)
class Jaarcijfer:
    """A figure in one window, as it stands in a file: every value is text, and empty where nothing was filled in."""

    naam: str
    label: str
    eenheid: str
    type: Type
    bestand: str
    groep: str
    venster: Venster
    eigen_venster: bool
    status: str
    cellen: Mapping[str, str]
    bronnen: tuple[str, ...]
    zekerheid: str
    opmerking: str
    regel: int

    @property
    def eigenaar(self) -> str:
        """The folder of its owner."""
        return owner_of(self.bestand)

    @property
    def leeg(self) -> tuple[str, ...]:
        """What is still to be filled in: cells by their key, and ``bron`` and ``zekerheid``."""
        cells = tuple(key or "waarde" for key, text in self.cellen.items() if not text)
        return (*cells, *(() if self.bronnen else ("bron",)), *(() if self.zekerheid else ("zekerheid",)))

    def waarde(self, cel: str) -> Waarde | None:
        """The value of a cell as the language has it, so a percentage as a fraction; None where it is none."""
        return gelezen(self.cellen.get(cel, ""), self.type)


@dataclass(frozen=True, slots=True)
class Jaarbestanden:
    """Every figure of every year, the one that holds first before the later ones."""

    reeksen: Mapping[str, tuple[Jaarcijfer, ...]]
    bronnen: Mapping[str, Mapping[str, str]]
    kennis: Mapping[str, Item]
    jaren: Mapping[str, int]
    groepen: Mapping[tuple[str, str], tuple[Venster, str]]
    fouten: tuple[str, ...]

    def op(self, naam: str, dag: date) -> Jaarcijfer | None:
        """The figure in force on a day, drafts too."""
        return next((one for one in self.reeksen.get(naam, ()) if one.venster.bevat(dag)), None)

    def voor(self, ingang: Jaarcijfer) -> Jaarcijfer | None:
        """The figure that held before this one: on the day before, or last of all where there is a gap."""
        before = [one for one in self.reeksen[ingang.naam] if one.venster.vanaf < ingang.venster.vanaf]
        return before[-1] if before else None

    def van_jaar(self, jaar: int) -> Iterator[Jaarcijfer]:
        """The figures in the files of a year, in their order, and what is a draft in another one."""
        found = [one for series in self.reeksen.values() for one in series]
        found.sort(key=lambda one: (one.bestand.split("/"), one.regel))
        yield from (one for one in found if self.jaren[one.bestand] == jaar or one.status == CONCEPT)

    @property
    def nieuwste(self) -> int:
        """The last year that any owner has figures of."""
        return max(self.jaren.values(), default=0)


def gelezen(tekst: str, type: Type) -> Waarde | None:
    """A value of the rule files as the language has it; None for what is no such value."""
    if type == TRUTH:
        return {"ja": True, "nee": False}.get(tekst)
    if type == DATE:
        try:
            return date.fromisoformat(tekst)
        except ValueError:
            return None
    try:
        number = Decimal(tekst)
    except InvalidOperation:
        return None
    if not number.is_finite():
        return None
    return number / 100 if type.percent else number


def dag_ervoor(venster: Venster) -> date:
    """The last day before a window."""
    return venster.vanaf - timedelta(days=1) if venster.vanaf > date.min else venster.vanaf


def lees(bestanden: Mapping[str, bytes]) -> Jaarbestanden:
    """The figures in ``bestanden``; a file is read once, for as long as it is not changed."""
    series: dict[str, list[Jaarcijfer]] = {}
    years: dict[str, int] = {}
    groups: dict[tuple[str, str], tuple[Venster, str]] = {}
    sources: dict[str, Mapping[str, str]] = {}
    knowledge: dict[str, Item] = {}
    faults: list[str] = []
    for name in sorted(bestanden, key=lambda name: name.split("/")):
        file = name.rsplit("/", 1)[-1]
        year = _JAAR.fullmatch(name)
        if not (year or file.endswith("bronnen.yaml") or file == KENNIS):
            continue
        wrong = Faults()
        root = parse_file(bestanden[name], name, wrong)
        faults += wrong.found
        if year:
            years[name] = int(year[1])
            for title, group in _pairs(root):
                for figure in _group(name, title, group, groups):
                    series.setdefault(figure.naam, []).append(figure)
        elif file == KENNIS:
            knowledge[name] = root
        else:
            sources |= {key: {part: _text(item) for part, item in _pairs(entry)} for key, entry in _pairs(root)}
    ordered = {name: tuple(sorted(found, key=lambda one: one.venster.vanaf)) for name, found in series.items()}
    return Jaarbestanden(ordered, sources, knowledge, years, groups, tuple(faults))


def _group(
    name: str, title: str, group: Item, groups: dict[tuple[str, str], tuple[Venster, str]]
) -> Iterator[Jaarcijfer]:
    entries = dict(_pairs(group))
    window = _window(entries.get("geldig"))
    status = _text(entries.get("status")) or VASTGESTELD
    if window is not None:
        groups[name, title] = (window, status)
    for figure, item in entries.items():
        if figure in _GROEP:
            continue
        keys = dict(_pairs(item))
        own = _window(keys.get("geldig"))
        held = own or window
        if held is None or "waarde" not in keys:
            continue
        cell = keys["waarde"]
        unit = _text(keys.get("eenheid"))
        yield Jaarcijfer(
            naam=figure,
            label=_text(keys.get("label")) or figure,
            eenheid=unit,
            type=UNITS.get(unit, UNITS["getal"]),
            bestand=name,
            groep=title,
            venster=held,
            eigen_venster=own is not None,
            status=_text(keys.get("status")) or status,
            cellen={key: _text(part) for key, part in _pairs(cell)} or {"": _text(cell)},
            bronnen=_texts(keys.get("bron")),
            zekerheid=_text(keys.get("zekerheid")),
            opmerking=_text(keys.get("opmerking")),
            regel=item.place.line,
        )


def _pairs(item: Item) -> Iterator[tuple[str, Item]]:
    if isinstance(item.value, dict):
        yield from item.value.items()


def _text(item: Item | None) -> str:
    return item.value.strip() if item is not None and isinstance(item.value, str) else ""


def _texts(item: Item | None) -> tuple[str, ...]:
    if item is None:
        return ()
    parts = item.value if isinstance(item.value, list) else [item]
    return tuple(text for part in parts if (text := _text(part)))


def _window(item: Item | None) -> Venster | None:
    keys = dict(_pairs(item)) if item is not None else {}
    try:
        start = date.fromisoformat(_text(keys.get("vanaf")))
        end = date.fromisoformat(_text(keys["tot_en_met"])) if "tot_en_met" in keys else None
    except ValueError:
        return None
    return Venster(start, end)
