"""Retention: what is past its time goes, and one entry in the ledger is the proof."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.opslag.bewaard import moment_text
from service.opslag.boekingsoorten import BETROKKENEN
from service.opslag.grootboek import Feit, Json
from service.opslag.grootboektabellen import Betrokkene, Boeking
from service.opslag.opslag import Opslag
from service.opslag.wissen import in_use, pas_toe, wis

KOPIE_DAGEN: Final = 30


@dataclass(frozen=True, slots=True)
class Opruiming:
    """A kind of row of another room: ``weg`` takes out what is older than a moment, and gives how many those were."""

    soort: str
    dagen: int
    weg: Callable[[Session, datetime], int]


@dataclass(frozen=True, slots=True)
class Opgeruimd:
    """What went: how many of a kind, of before which day."""

    soort: str
    aantal: int
    voor: str


class _NotNow(Exception):
    """Leaves a unit of work that was only a rehearsal."""


def schoon_op(
    opslag: Opslag,
    opruimingen: Sequence[Opruiming],
    *,
    wie: str,
    proef: bool = False,
    termijnen: Mapping[str, int] = BETROKKENEN,
) -> list[Opgeruimd]:
    """Take away what is past its time; with ``proef`` only count it.

    ``termijnen`` gives for each kind of subject the years after its last entry.
    """
    now = nu()
    done = []
    for kind, years in termijnen.items():
        before = _years_before(now, years)
        past = _past(opslag, kind, before)
        if past and not proef:
            wis(opslag, past, wie=wie, waarom=f"De bewaartermijn van {years} jaar ({kind}) is voorbij.")
        done.append(Opgeruimd(kind, len(past), f"{before:%Y-%m-%d}"))
    done.append(_backups(opslag, now, proef=proef))
    try:
        with opslag.database.schrijven() as session:
            for rest in opruimingen:
                before = now - timedelta(days=rest.dagen)
                done.append(Opgeruimd(rest.soort, rest.weg(session, before), f"{before:%Y-%m-%d}"))
            _go_on(proef=proef)
            content: dict[str, Json] = {part.soort: {"aantal": part.aantal, "voor": part.voor} for part in done}
            why = "De bewaartermijnen van docs/gegevens.md."
            opslag.grootboek.schrijf(session, Feit(wie, "opgeschoond", why, "database", content))
    except _NotNow:
        return done
    pas_toe(opslag, wie=wie, waarom="Stond op de lijst van wie gewist is.")
    return done


def _go_on(*, proef: bool) -> None:
    if proef:
        raise _NotNow


def _years_before(now: datetime, years: int) -> datetime:
    return now.replace(year=now.year - years, day=28 if (now.month, now.day) == (2, 29) else now.day)


def _past(opslag: Opslag, kind: str, before: datetime) -> list[str]:
    """Subjects of a kind of which the last entry is from before a moment, and that nothing else is about."""
    last = func.coalesce(func.max(Boeking.wanneer), func.max(Betrokkene.gemaakt, type_=Boeking.wanneer.type))
    asked = (
        select(Betrokkene.kenmerk)
        .outerjoin(Boeking, Boeking.betrokkene == Betrokkene.kenmerk)
        .where(Betrokkene.soort == kind, Betrokkene.sleutel.is_not(None))
        .group_by(Betrokkene.kenmerk)
        .having(last < moment_text(before))
        .order_by(Betrokkene.kenmerk)
    )
    with opslag.database.lezen() as session:
        used = in_use(session)
        return [name for name in session.scalars(asked) if name not in used]


def _backups(opslag: Opslag, now: datetime, *, proef: bool) -> Opgeruimd:
    """Those that the product made by itself before it changed the tables."""
    before = now - timedelta(days=KOPIE_DAGEN)
    old = [path for path in opslag.map_.kopieen.glob("*.hbk") if path.stat().st_mtime < before.timestamp()]
    if not proef:
        for path in old:
            path.unlink()
    return Opgeruimd("eigen reservekopie", len(old), f"{before:%Y-%m-%d}")
