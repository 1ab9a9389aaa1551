"""What is due about the rules themselves: figures that are awaited, decisions that are late, ends, old sources.

Computed from a rule set and a day; it never reads a draft, and holds nothing of a household.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from regels.eigenaren import owner_of
from regels.opmaak import datum
from regels.regelset import STATUSSEN, Regelset
from regels.venster import Venster

CIJFERS, BESLUIT, EINDE, BRONNEN = "cijfers", "besluit", "einde", "bronnen"
# so long before its day something is named: long enough to ask for it, and for two people to let it through
VOORUIT: Final[Mapping[str, int]] = {CIJFERS: 60, BESLUIT: 60, EINDE: 90, BRONNEN: 0}
# of what ended longer ago nobody awaits the next figure any more
_VERLOPEN: Final = timedelta(days=366)
_JAAR_OUD: Final = 1
_NIET_BESLOTEN: Final = STATUSSEN[1:]
_BELEID: Final = "/beleid/"


@dataclass(frozen=True, slots=True)
class Termijn:
    """One thing that is due on ``dag``; ``sleutel`` stays the same for as long as it is the same thing.

    ``namen`` are what it is about, ``vanaf`` is the first day without it, where it has one.
    """

    soort: str
    sleutel: str
    dag: date
    titel: str
    toelichting: str
    namen: tuple[str, ...]
    vanaf: date | None = None
    adres: str = ""

    def aan_de_beurt(self, vandaag: date) -> bool:
        """Whether it is near enough to be named."""
        return vandaag >= self.dag - timedelta(days=VOORUIT[self.soort])

    def te_laat(self, vandaag: date) -> bool:
        """Whether its day has gone by."""
        return vandaag > self.dag


def agenda(regels: Regelset, vandaag: date) -> tuple[Termijn, ...]:
    """Everything that is due, or that was and did not come; what is due first stands first."""
    return regels.bewaar((agenda, vandaag), lambda: _made(regels, vandaag))


def eerste(regels: Regelset, vandaag: date) -> tuple[Termijn, ...]:
    """What is near enough to be named on every first page; old sources are not."""
    return tuple(one for one in agenda(regels, vandaag) if one.soort != BRONNEN and one.aan_de_beurt(vandaag))


def _made(regels: Regelset, vandaag: date) -> tuple[Termijn, ...]:
    found = [
        *_awaited(regels, vandaag),
        *_decisions(regels, vandaag),
        *_ends(regels, vandaag),
        *_sources(regels, vandaag),
    ]
    return tuple(sorted(found, key=lambda one: (one.dag, one.sleutel)))


def _awaited(regels: Regelset, today: date) -> Iterator[Termijn]:
    """Figures of which is known from whom they come, by whom and by the day on which they must hold."""
    found: dict[tuple[str, date], list[str]] = defaultdict(list)
    for name, series in regels.cijfers.items():
        end = _last_day(cijfer.venster for cijfer in series)
        if name in regels.wacht and end is not None and end >= today - _VERLOPEN:
            found[name, end].append(series[-1].label)
    groups: dict[tuple[str, date], list[str]] = defaultdict(list)
    for (name, end), labels in found.items():
        groups[regels.wacht[name].naam, end] += labels
    for (whom, end), labels in groups.items():
        one = next(found for found in regels.wacht.values() if found.naam == whom)
        start = end + timedelta(days=1)
        yield Termijn(
            CIJFERS,
            f"{CIJFERS}-{whom}-{start}",
            one.dag(start),
            f"{_count(labels, 'cijfers')} vanaf {datum(start)}, van {one.van}",
            " ".join(part for part in (f"Waar: {one.waar}.", one.toelichting) if part),
            tuple(sorted(labels)),
            start,
            one.adres,
        )


def _decisions(regels: Regelset, today: date) -> Iterator[Termijn]:
    """Policy that was announced and of which no decision came."""
    found: dict[tuple[str, date], set[str]] = defaultdict(set)
    first: dict[tuple[str, date], date] = {}
    for besluit in regels.besluiten.values():
        for regel in besluit.regels:
            due, end = regel.besluit_voor, regel.venster.tot_en_met
            if due is not None and regel.status in _NIET_BESLOTEN and (end is None or end >= today):
                key = owner_of(regel.plaats.file), regel.venster.vanaf
                found[key].add(besluit.vraag)
                first[key] = min(due, first.get(key, due))  # a part of it may have a later day
    for (owner, start), asked in found.items():
        name = _name(regels, owner)
        yield Termijn(
            BESLUIT,
            f"{BESLUIT}-{owner}-{start}",
            first[owner, start],
            f"Besluit van {name} voor {datum(start)}",
            "Tot het is ingevoerd, zegt de toets dat dit besluit ontbreekt.",
            tuple(sorted(asked)),
            start,
        )


def _ends(regels: Regelset, today: date) -> Iterator[Termijn]:
    """Windows that end, and of which nothing is known that comes after them."""
    found: dict[tuple[str, date], set[str]] = defaultdict(set)

    def ending(file: str, name: str, windows: Iterable[Venster]) -> None:
        end = _last_day(windows)
        if end is not None and end >= today and _BELEID not in file:
            found[owner_of(file), end].add(name)

    for name, series in regels.cijfers.items():
        if name not in regels.wacht:
            ending(series[0].plaats.file, series[-1].label, (cijfer.venster for cijfer in series))
    for besluit in regels.besluiten.values():
        ending(besluit.plaats.file, besluit.vraag, (regel.venster for regel in besluit.regels))
    for (owner, end), names in found.items():
        yield Termijn(
            EINDE,
            f"{EINDE}-{owner}-{end}",
            end,
            f"Laatste dag: {_count(names, 'onderdelen')} ({_name(regels, owner)})",
            "Hierna zijn er geen regels meer. Zoek uit wat er daarna geldt, of sluit de regeling.",
            tuple(sorted(names)),
            end + timedelta(days=1),
        )


def _sources(regels: Regelset, today: date) -> Iterator[Termijn]:
    """Sources that the rules of today rest on, by the month in which they become a year old."""
    found: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for id, owner in _in_use(regels, today):
        day = _dated(regels.bronnen[id].datum)
        if day is not None:
            found[owner, day.year + _JAAR_OUD, day.month].add(regels.bronnen[id].titel)
    for (owner, year, month), titles in found.items():
        day = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        yield Termijn(
            BRONNEN,
            f"{BRONNEN}-{owner}-{year}-{month:02}",
            day,
            f"Een jaar oud: {_count(titles, 'bronnen')} ({_name(regels, owner)})",
            "Kijk na of er een nieuwere is, en of er iets is gewijzigd.",
            tuple(sorted(titles)),
        )


def _in_use(regels: Regelset, today: date) -> set[tuple[str, str]]:
    """The sources of what is in force, with whose they are."""
    found: set[tuple[str, str]] = set()
    for series in regels.cijfers.values():
        found |= {(one.bron, owner_of(one.plaats.file)) for one in series if one.venster.bevat(today)}
    for quantity in regels.grootheden.values():
        owner = owner_of(quantity.plaats.file)
        for formule in quantity.formules:
            found |= {(id, owner) for id in formule.bronnen if formule.venster.bevat(today)}
    for besluit in regels.besluiten.values():
        for regel in besluit.regels:
            if regel.venster.bevat(today):
                found |= {(id, owner_of(regel.plaats.file)) for id in regel.bronnen}
    return found


def _dated(text: str) -> date | None:
    """The day of a source; of a month or a year its last one, so that it is not called old too soon."""
    try:
        year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
        if day:
            return date(year, month, day)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1) if month else date(year, 12, 31)
    except ValueError:
        return None


def _last_day(windows: Iterable[Venster]) -> date | None:
    """The last day on which any of them holds; None where one holds until it is changed."""
    ends = [window.tot_en_met for window in windows]
    return None if None in ends else max(end for end in ends if end is not None)


def _name(regels: Regelset, owner: str) -> str:
    return regels.eigenaren.alle[owner].naam


def _count(names: Collection[str], more: str) -> str:
    """The one thing by its name, or how many there are."""
    return next(iter(names)) if len(names) == 1 else f"{len(names)} {more}"
