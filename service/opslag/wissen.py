"""Erasing: the key of a subject is destroyed, and a list outside the database keeps a backup from bringing it back."""

import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import MetaData, Table, delete, inspect, select, update
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.opslag.bewaard import moment_text
from service.opslag.grootboek import Feit
from service.opslag.grootboektabellen import BeschermdeInhoud, Betrokkene, Boeking
from service.opslag.opslagfouten import GeenOpslag, OpslagFout

if TYPE_CHECKING:
    from service.opslag.opslag import Opslag

_HEAD: Final = "grootboek "


@dataclass(frozen=True)
class Wislijst:
    """The file of who was erased: a line for each subject, and for each ledger (its first seal) it is about."""

    bestand: Path

    def grootboeken(self) -> frozenset[str]:
        """Which ledgers it is about; none when there is no list."""
        return frozenset(line.removeprefix(_HEAD) for line in self._lines() if line.startswith(_HEAD))

    def betrokkenen(self) -> frozenset[str]:
        """Who was erased."""
        return frozenset(line.split()[0] for line in self._lines() if line and not line.startswith(_HEAD))

    def hoort_bij(self, grootboek: str) -> None:
        """From now on the list is about this ledger too. Raises :class:`GeenOpslag`."""
        if grootboek not in self.grootboeken():
            self._append([f"{_HEAD}{grootboek}"])

    def voeg_toe(self, betrokkenen: Iterable[str]) -> None:
        """Put subjects on the list; it is on the disk when this returns. Raises :class:`GeenOpslag`."""
        new = sorted(set(betrokkenen) - self.betrokkenen())
        if new:
            self._append([f"{name} {moment_text(nu())}" for name in new])

    def _append(self, lines: list[str]) -> None:
        try:
            with os.fdopen(os.open(self.bestand, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "wb") as file:
                file.write("".join(f"{line}\n" for line in lines).encode("ascii"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise GeenOpslag(
                f"De lijst van wie gewist is ({self.bestand}) is niet te schrijven ({error.strerror})."
            ) from None

    def _lines(self) -> list[str]:
        with suppress(FileNotFoundError):
            return self.bestand.read_text(encoding="ascii").splitlines()
        return []


def first_seal(session: Session) -> str:
    """What tells this ledger from every other one; empty while it has no entry."""
    return session.scalar(select(Boeking.zegel).where(Boeking.nummer == 1)) or ""


def erased_in(session: Session) -> frozenset[str]:
    """Who was erased, as the database says."""
    return frozenset(session.scalars(select(Betrokkene.kenmerk).where(Betrokkene.sleutel.is_(None))))


def in_use(session: Session) -> dict[str, str]:
    """Subjects that a row of another room is about, and the table that it stands in: an account, say."""
    connection = session.connection()
    seen = inspect(connection)
    found: dict[str, str] = {}
    own = {Boeking.__tablename__, BeschermdeInhoud.__tablename__}
    for name in set(seen.get_table_names()) - own:
        for key in seen.get_foreign_keys(name):
            if key["referred_table"] == Betrokkene.__tablename__:
                table = Table(name, MetaData(), autoload_with=connection, resolve_fks=False)
                column = table.columns[key["constrained_columns"][0]]
                found |= dict.fromkeys(session.scalars(select(column).where(column.is_not(None))), name)
    return found


def wis(opslag: "Opslag", betrokkenen: Collection[str], *, wie: str, waarom: str) -> int:
    """Erase subjects: on the list first, so that a crash on the way cannot undo it. Gives how many there were.

    Raises :class:`OpslagFout` when one of them does not exist, or is in use elsewhere; then nobody was erased.
    """
    with opslag.database.lezen() as session:
        there = set(session.scalars(select(Betrokkene.kenmerk).where(Betrokkene.kenmerk.in_(betrokkenen))))
        used = in_use(session)
    if unknown := set(betrokkenen) - there:
        raise OpslagFout(f"Deze betrokkenen zijn er niet: {', '.join(sorted(unknown))}. Er is niets gewist.")
    if tables := sorted({used[name] for name in there if name in used}):
        raise OpslagFout(
            f"Deze betrokkenen zijn nog in gebruik ({', '.join(tables)}). Haal dat eerst weg; er is niets gewist."
        )
    opslag.wislijst.voeg_toe(there)
    return pas_toe(opslag, wie=wie, waarom=waarom)


def pas_toe(opslag: "Opslag", *, wie: str, waarom: str) -> int:
    """Erase in the database whoever is on the list and has a key; gives how many."""
    with opslag.database.schrijven() as session:
        count = erase_rows(session, opslag, opslag.wislijst.betrokkenen(), wie=wie, waarom=waarom)
    if count:
        opslag.database.schrob(("betrokkene", "beschermde_inhoud"))
    return count


def erase_rows(session: Session, opslag: "Opslag", betrokkenen: Collection[str], *, wie: str, waarom: str) -> int:
    """Destroy the keys of those of ``betrokkenen`` that have one, with an entry for each; gives how many."""
    found = session.execute(
        select(Betrokkene.kenmerk, Betrokkene.soort).where(Betrokkene.sleutel.is_not(None)).order_by(Betrokkene.kenmerk)
    ).all()
    going = [row for row in found if row.kenmerk in betrokkenen]
    for row in going:
        session.execute(update(Betrokkene).where(Betrokkene.kenmerk == row.kenmerk).values(sleutel=None))
        session.execute(delete(BeschermdeInhoud).where(BeschermdeInhoud.betrokkene == row.kenmerk))
    for row in going:
        subject = f"betrokkene:{row.kenmerk}"
        opslag.grootboek.schrijf(session, Feit(wie, "gewist", waarom, subject, {"soort": row.soort}))
    return len(going)
