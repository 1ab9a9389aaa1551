"""What a draft does to answers: the published cases, and the made-up households in every year there are rules of.

An answer that there was and becomes another is a warning; where there was none yet, it is only told.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

from regels import Regelset
from regels.opmaak import datum, getal
from regels.stand import looptijd
from service.beheer.gevallen import Beeld, Rekengeval, Vraagdata, beeld, gelezen, huishoudens, rekengevallen
from service.beheer.rapportvorm import MELDING, WAARSCHUWING, Rapportregel

# with these a decision gave no answer
_GEEN: Final = ("geen_regels", "besluit_ontbreekt")
_MONTH: Final = 3
_NOTHING: Beeld = ("geen_regels", {}, "")


def published(regels: Regelset) -> Iterator[Rapportregel]:
    """The published cases: a warning for each that comes out otherwise, and how many there are.

    It is no stop: what was published can be wrong, or about a law that was changed with force from before.
    """
    right = outside = 0
    for case in rekengevallen():
        if case.buiten or gelezen(regels, case.vraag) is None:
            outside += 1
            continue
        wrong = tuple(case.mis(regels))
        right += not wrong
        yield from (_wrong(case, said) for said in wrong)
    yield Rapportregel(f"{right} gepubliceerde voorbeelden komen uit. {outside} vallen buiten deze regels.", MELDING)


def _wrong(case: Rekengeval, said: str) -> Rapportregel:
    mark = hashlib.sha256(said.encode()).hexdigest()[:12]
    told = f"Voorbeeld {case.naam} komt niet uit: {said}. Bron: {case.bron}"
    return Rapportregel(told, WAARSCHUWING, f"gepubliceerd:{case.naam}:{mark}")


def changed(before: Regelset, after: Regelset) -> Iterator[Rapportregel]:
    """What becomes of the answers to the made-up households and the published cases, year by year."""
    counted: dict[int, int] = defaultdict(int)
    others: dict[tuple[int, str], list[str]] = defaultdict(list)
    fresh: dict[int, set[str]] = defaultdict(set)
    words: dict[int, int] = defaultdict(int)
    for year, name, data in _asked(before, after):
        question = gelezen(after, data)
        if question is None:
            continue
        now = beeld(after, question)
        earlier = gelezen(before, data)
        then = beeld(before, earlier) if earlier is not None else {}
        counted[year] += 1
        for besluit, found in now.items():
            was = then.get(besluit, _NOTHING)
            if was[:2] == found[:2]:
                words[year] += was[2] != found[2]
            elif was[0] in _GEEN:
                fresh[year].add(besluit)
            else:
                others[year, besluit].append(f"{name}: {_told(was, found)}")
        for besluit in then.keys() - now.keys():
            others[year, besluit].append(f"{name}: het besluit is er niet meer")
    for (year, besluit), said in sorted(others.items()):
        yield _other(after, year, besluit, said, counted[year])
    for year, many in sorted(counted.items()):
        yield Rapportregel(
            _year(after, year, many, fresh[year], words[year], changed_too=any(y == year for y, _ in others)), MELDING
        )


def _asked(before: Regelset, after: Regelset) -> Iterator[tuple[int, str, Vraagdata]]:
    """The questions: the households by each landlord on one day a year, and the published cases on their own day."""
    (first, last), (also, until) = looptijd(before), looptijd(after)
    landlords = [owner.id for owner in after.eigenaren.van_soort("corporatie")]
    for year in range(min(first, also).year, max(last, until).year + 1):
        day = date(year, _MONTH, 1).isoformat()
        for name, data in huishoudens().items():
            for landlord in (*landlords, data["verhuurder"]):
                yield year, f"{name} bij {landlord}", data | {"peildatum": day, "verhuurder": landlord}
    for case in rekengevallen():
        if not case.buiten:
            yield date.fromisoformat(case.vraag["peildatum"]).year, case.naam, case.vraag


def _other(regels: Regelset, year: int, besluit: str, said: list[str], many: int) -> Rapportregel:
    mark = hashlib.sha256("\n".join(said).encode()).hexdigest()[:12]
    more = f" En zo nog {len(said) - 1}." if len(said) > 1 else ""
    return Rapportregel(
        f"Over {year} verandert het antwoord op {_title(regels, besluit)} bij {len(said)} van {many} voorbeelden. "
        f"Bijvoorbeeld {said[0]}.{more} Aanvaard dit als het de bedoeling is.",
        WAARSCHUWING,
        f"antwoord:{year}:{besluit}:{mark}",
    )


def _year(regels: Regelset, year: int, many: int, fresh: Iterable[str], words: int, *, changed_too: bool) -> str:
    new = [_title(regels, besluit) for besluit in sorted(fresh)]
    said = f"{year}: {many} voorbeelden. "
    if not changed_too:
        said += "Geen antwoord dat er al was, wordt anders. "
    if new:
        said += f"Er komt antwoord op {', '.join(new)}. "
    if words:
        said += f"Bij {words} antwoorden zijn alleen de woorden anders."
    return said.strip()


def _title(regels: Regelset, besluit: str) -> str:
    return regels.teksten.titel(besluit) if besluit in regels.besluiten else besluit


def _told(was: Beeld, found: Beeld) -> str:
    if was[0] != found[0]:
        return f"'{was[0]}' wordt '{found[0]}'"
    names = sorted(name for name in was[1].keys() | found[1].keys() if was[1].get(name) != found[1].get(name))
    return ", ".join(f"{name} {_written(was[1].get(name))} wordt {_written(found[1].get(name))}" for name in names)


def _written(value: Any) -> str:
    if isinstance(value, Decimal):
        return getal(value)
    if isinstance(value, date):
        return datum(value)
    return "ja" if value is True else "nee" if value is False else "niets" if value is None else str(value)
