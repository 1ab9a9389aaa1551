"""What the page of a portfolio shows: the tables of the report, and which column can be which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from regels import Regelset
from regels.plekken import person_at
from service.portefeuille.doelen import NEGEREN, PERSONEN, VASTE, VERWIJZING, WONINGEN, doelen
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.privacy import names_of_people
from service.portefeuille.taakmap import Taak
from web.raamwerk.teksten import tekst

# residents beside the dwelling that the page offers; a koppeling of one's own may have more
_BEWONERS: Final = 4
_FOLDED: Final = 5
_WIDTH: Final = 100
_LONGEST: Final = 40  # of a value of a column


@dataclass(frozen=True, slots=True)
class Kolomkeuze:
    """One column of a file: its name, the field in the form, what it is coupled to, and values that stand in it."""

    kolom: str
    veld: str
    gekozen: str
    naam: bool
    voorbeeld: str


@dataclass(frozen=True, slots=True)
class Tabelbeeld:
    """One table of the report: its cells, whether each is a number, and what stands above it.

    Each row has the length of its bar in hundredths; ``streep`` is what is aimed at.
    """

    titel: str
    uitleg: str
    kop: Sequence[tuple[str, bool]]
    rijen: Sequence[tuple[Sequence[tuple[str, bool, str]], int | None]]
    streep: int | None

    @property
    def open(self) -> bool:
        """Whether it is not folded: a short table with bars is an answer, all else is there for who asks."""
        return len(self.rijen) <= _FOLDED and any(bar is not None for _, bar in self.rijen)


def table(part: Mapping[str, Any]) -> Tabelbeeld:
    """A table of the report, from what is kept of it."""
    bars: list[int | None] = part["staven"] or [None] * len(part["rijen"])
    numeric, aim = part["getallen"], part["streep"]
    return Tabelbeeld(
        part["titel"],
        part["uitleg"],
        list(zip(part["kop"], numeric, strict=True)),
        [
            (list(zip(row, numeric, part["kop"], strict=True)), bar)
            for row, bar in zip(part["rijen"], bars, strict=True)
        ],
        None if aim is None else min(aim, _WIDTH - 1),  # at the very end it would be cut off
    )


def choices(
    group: str, names: Sequence[str], coupled: Koppeling, values: Mapping[str, Sequence[str]]
) -> list[Kolomkeuze]:
    """Each column of a table, with what it is coupled to; what stands in a column with names is not shown."""
    chosen = coupled.woningen if group == WONINGEN else coupled.personen
    people = names_of_people(names)
    return [
        Kolomkeuze(
            name,
            f"{group}.{at}",
            chosen.get(name, NEGEREN),
            name in people,
            "" if name in people else " · ".join(value[:_LONGEST] for value in values.get(name, ())),
        )
        for at, name in enumerate(names)
    ]


def targets(regels: Regelset, group: str) -> list[tuple[str, str]]:
    """What a column can be, in the order of the form, residents last."""
    found = []
    for name, doel in doelen(regels)[group].items():
        resident = person_at(doel.pointer) if group == WONINGEN else None
        if resident is None or resident < _BEWONERS:
            found.append((name, doel.label))
    return sorted(found, key=lambda item: item[0] != VERWIJZING)


def made(columns: Mapping[str, Sequence[str]], before: Koppeling, given: Mapping[str, str]) -> Koppeling:
    """The koppeling that was chosen on the page; what the page did not ask stays as it was ``before``."""

    def chosen(group: str) -> dict[str, str]:
        old = before.woningen if group == WONINGEN else before.personen
        names = columns.get(group, ())
        return {name: given.get(f"{group}.{at}", old.get(name, NEGEREN)) for at, name in enumerate(names)}

    fixed = {name: given[name] for name in VASTE if given.get(name)}
    return Koppeling(before.regels, chosen(WONINGEN), chosen(PERSONEN), fixed)


def phase_of(task: Taak) -> str:
    """How far a task is, in words."""
    words = {
        "wacht": tekst("portefeuille.bezig.wacht"),
        "tellen": tekst("portefeuille.bezig.tellen", gedaan=task.gedaan),
        "rekenen": tekst("portefeuille.bezig.rekenen", gedaan=task.gedaan, geheel=task.geheel),
        "schrijven": tekst("portefeuille.bezig.schrijven"),
    }
    return words.get(task.fase, "")


def typed_date(day: date) -> str:
    """A day as one would type it."""
    return f"{day.day}-{day.month}-{day.year}"
