"""Whether the ledger is whole: what was changed, is missing, was swapped or was added, and which entry it is."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.opslag.grootboek import Grootboek, last_entry, sealed
from service.opslag.grootboektabellen import BeschermdeInhoud, Betrokkene, Boeking
from service.opslag.opslagfouten import SleutelFout
from service.opslag.sleutels import hash_of

_STEP = 1_000


@dataclass(frozen=True, slots=True)
class Gebrek:
    """What is wrong with the ledger, at which entry; ``nummer`` is 0 when it is about a subject."""

    nummer: int
    tekst: str


@dataclass(frozen=True, slots=True)
class Grootboekverslag:
    """What was found: how many entries, the number and seal of the last, and all that is wrong."""

    aantal: int
    laatste: int
    zegel: str
    gebreken: tuple[Gebrek, ...]


def check_ledger(
    session: Session,
    grootboek: Grootboek,
    gewist: Set[str],
    bekend: tuple[tuple[int, str], ...] = (),
    *,
    anker: bool = True,
) -> Grootboekverslag:
    """Walk along the whole ledger. ``gewist`` are those on the list outside the database.

    ``bekend`` are entries that somebody wrote down before: their number, and the begin of their seal; with ``anker``
    so is what was noted in the data directory.
    """
    number, seal = last_entry(session)
    anchor = grootboek.verankerd() if anker else None
    known = bekend if anchor is None else (anchor, *bekend)
    found = [*_chain(session, grootboek), *_known(session, known, number), *_traced(session, grootboek, gewist)]
    count = session.scalar(select(func.count()).select_from(Boeking)) or 0
    return Grootboekverslag(count, number, seal, tuple(sorted(found, key=lambda fault: fault.nummer)))


def _chain(session: Session, grootboek: Grootboek) -> Iterator[Gebrek]:
    expected, before = 1, ""
    for entry in session.scalars(select(Boeking).order_by(Boeking.nummer).execution_options(yield_per=_STEP)):
        if entry.nummer > expected:
            yield Gebrek(expected, f"{_range(expected, entry.nummer - 1)}")
        elif entry.vorige != before:
            yield Gebrek(entry.nummer, f"Boeking {entry.nummer} sluit niet aan op de boeking ervoor.")
        if entry.sleutel != grootboek.sleutels.kenmerk:
            yield Gebrek(entry.nummer, f"Boeking {entry.nummer} is met een andere sleutel gezegeld.")
        elif not _holds(grootboek, entry, entry.nummer):
            yield Gebrek(entry.nummer, _what_happened(session, grootboek, entry))
        expected, before = entry.nummer + 1, entry.zegel


def _range(first: int, last: int) -> str:
    return f"Boeking {first} ontbreekt." if first == last else f"Boeking {first} tot en met {last} ontbreken."


def _holds(grootboek: Grootboek, entry: Boeking, nummer: int) -> bool:
    return grootboek.sleutels.zegel(sealed(entry, nummer)) == entry.zegel


def _what_happened(session: Session, grootboek: Grootboek, entry: Boeking) -> str:
    """An entry with a true seal for another place was moved; any other was changed, or never written by us."""
    place = session.scalar(select(Boeking.nummer).where(Boeking.zegel == entry.vorige))
    for other in {1} if not entry.vorige else {(place or 0) + 1, entry.nummer - 1, entry.nummer + 1}:
        if other != entry.nummer and _holds(grootboek, entry, other):
            return f"Boeking {entry.nummer} is verwisseld: zij hoort op plaats {other}."
    return f"Boeking {entry.nummer} is veranderd of erbij gezet: het zegel klopt niet."


def _known(session: Session, known: tuple[tuple[int, str], ...], last: int) -> Iterator[Gebrek]:
    for number, seal in known:
        found = session.scalar(select(Boeking.zegel).where(Boeking.nummer == number))
        if number > last:
            yield Gebrek(last + 1, f"{_range(last + 1, number)} Eerder was er een boeking {number}.")
        elif found is not None and not found.startswith(seal):
            yield Gebrek(number, f"Boeking {number} is niet die van eerder: het zegel was {seal[:16]}.")


def _traced(session: Session, grootboek: Grootboek, gewist: Set[str]) -> Iterator[Gebrek]:
    """What can be traced is there and can be read, or was erased with an entry that says so."""
    erased = {
        subject.removeprefix("betrokkene:")
        for subject in session.scalars(select(Boeking.onderwerp).where(Boeking.wat == "gewist"))
    }
    keys = {row.kenmerk: row.sleutel for row in session.execute(select(Betrokkene.kenmerk, Betrokkene.sleutel))}
    for name, key in keys.items():
        if key is not None and name in erased | gewist:
            yield Gebrek(0, f"Betrokkene {name} is gewist, en de sleutel is er weer.")
        elif key is None and name not in erased:
            yield Gebrek(0, f"Betrokkene {name} is gewist, en er is geen boeking van.")
    rows = select(Boeking.nummer, Boeking.betrokkene, Boeking.beschermd, BeschermdeInhoud).outerjoin(
        BeschermdeInhoud, BeschermdeInhoud.nummer == Boeking.nummer
    )
    traced = rows.where((Boeking.beschermd != "") | BeschermdeInhoud.nummer.is_not(None))
    for number, subject, wanted, part in session.execute(traced.execution_options(yield_per=_STEP)):
        if text := _part_fault(grootboek, number, wanted, part, subject, keys):
            yield Gebrek(number, f"Boeking {number}: de beschermde inhoud {text}.")


def _part_fault(
    grootboek: Grootboek,
    number: int,
    wanted: str,
    part: BeschermdeInhoud | None,
    subject: str,
    keys: dict[str, bytes | None],
) -> str:
    key = keys.get(subject)
    if part is None:
        return "ontbreekt" if key is not None or subject not in keys else ""
    if hash_of(part.gegevens) != wanted or part.betrokkene != subject:
        return "is veranderd"
    if key is None:
        return "is er nog, en de betrokkene is gewist"
    try:
        grootboek.sleutels.ontgrendel(subject, key, number, part.gegevens)
    except SleutelFout:
        return "is niet te lezen met de sleutel van de betrokkene"
    return ""
