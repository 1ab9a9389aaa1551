"""Restore: a backup put back in one transaction, or not at all; and whoever was erased stays erased."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, MetaData, Table, func, inspect, select, text
from sqlalchemy.orm import Session

from service.opslag.grootboek import Feit, Json, last_entry
from service.opslag.grootboekcontrole import check_ledger
from service.opslag.kopievorm import Kop, KopieFout, check_backup, read_backup, read_value
from service.opslag.opslagfouten import OpslagFout, SchemaFout
from service.opslag.reservekopie import Kopie, tables_of
from service.opslag.schema import VERSIETABEL, migrate
from service.opslag.schemanummers import schemas
from service.opslag.wissen import erase_rows, erased_in, first_seal

if TYPE_CHECKING:
    from service.opslag.opslag import Opslag

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Nazorg:
    """What another room does after a restore, so that nothing comes back that was ended since.

    ``onthoud`` reads the tables that are to be replaced, and is only asked when they are of the same ledger; ``doe``
    gets what it gave, or None.
    """

    onthoud: Callable[[Connection], object]
    doe: Callable[[Session, Any], None]


@dataclass(frozen=True, slots=True)
class _Was:
    """What is to be replaced: who was erased in it, its entries and ledger; ``er`` says whether there is anything."""

    er: bool
    gewist: frozenset[str]
    boekingen: int
    grootboek: str


def zet_terug(
    opslag: "Opslag",
    bron: Path,
    *,
    wie: str,
    vervang: bool,
    zonder_wislijst: bool = False,
    nazorg: Sequence[Nazorg] = (),
) -> Kopie:
    """Put a backup back, in place of what is there; when something is wrong, all stays as it was.

    Who was erased stays erased: as the list outside the database says, and the database that is replaced. Raises
    :class:`OpslagFout`.
    """
    head = check_backup(bron, opslag.grootboek.sleutels)
    if head.schema not in schemas():
        raise SchemaFout(
            f"De reservekopie heeft schema {head.schema}, en dat kent deze versie van Huurtoets niet. "
            "Installeer eerst de versie waarmee zij is gemaakt."
        )
    if not zonder_wislijst and head.grootboek and head.grootboek not in opslag.wislijst.grootboeken():
        raise OpslagFout(
            f"De lijst van wie is gewist ({opslag.wislijst.bestand}) ontbreekt, of hoort bij een ander grootboek. "
            "Zet het bestand terug dat bij deze database hoorde. Is er na de dag van de reservekopie "
            f"({head.gemaakt[:10]}) zeker niemand gewist? Kies dan --zonder-wislijst."
        )
    with opslag.database.verbouwen() as connection:
        was = _now(connection)
        if was.er and not vervang:
            raise OpslagFout("Er is al een database. Kies --vervang om die te vervangen door de reservekopie.")
        known = [care.onthoud(connection) if was.grootboek == head.grootboek else None for care in nazorg]
        drop_all(connection)
        migrate(connection, head.schema)
        rows = load_rows(connection, bron)
        migrate(connection, schemas()[-1])
        with Session(connection, join_transaction_mode="rollback_only") as session:
            for care, remembered in zip(nazorg, known, strict=True):
                care.doe(session, remembered)
            gone = _restored(session, opslag, head, was, wie)
            (number, seal), first, all_erased = last_entry(session), first_seal(session), erased_in(session)
    opslag.grootboek.veranker(number, seal, terug=True)
    opslag.wislijst.hoort_bij(first)
    opslag.wislijst.voeg_toe(all_erased)
    if gone:
        opslag.database.schrob(("betrokkene", "beschermde_inhoud"))
    return Kopie(head, rows, gone)


def _restored(session: Session, opslag: "Opslag", head: Kop, was: _Was, wie: str) -> int:
    why = f"Reservekopie van {head.gemaakt} teruggezet."
    report = check_ledger(session, opslag.grootboek, frozenset(), anker=False)
    if report.gebreken or report.aantal != head.boekingen:
        said = report.gebreken[0].tekst if report.gebreken else "Het aantal boekingen klopt niet."
        raise KopieFout(f"Het grootboek in de reservekopie is niet heel. {said} Er is niets teruggezet.")
    gone = erase_rows(session, opslag, was.gewist | opslag.wislijst.betrokkenen(), wie=wie, waarom=why)
    content: dict[str, Json] = {
        "gemaakt": head.gemaakt,
        "boekingen": head.boekingen,
        "boekingenDaarvoor": was.boekingen,
        "opnieuwGewist": gone,
    }
    opslag.grootboek.schrijf(session, Feit(wie, "database-hersteld", why, "database", content))
    session.flush()
    return gone


def _now(connection: Connection) -> _Was:
    """What is to be replaced; of tables of another version as much as there is."""
    there = set(inspect(connection).get_table_names())
    erased = "SELECT kenmerk FROM betrokkene WHERE sleutel IS NULL"
    names = connection.execute(text(erased)).scalars().all() if "betrokkene" in there else []
    asked = "SELECT COUNT(*), MAX(CASE WHEN nummer = 1 THEN zegel END) FROM boeking"
    count, first = connection.execute(text(asked)).one() if "boeking" in there else (0, "")
    return _Was(bool(there - {VERSIETABEL}), frozenset(names), count, first or "")


def drop_all(connection: Connection) -> None:
    """Take all tables away."""
    found = MetaData()
    found.reflect(connection)
    for table in reversed(found.sorted_tables):
        connection.exec_driver_sql(
            f'DROP TABLE "{table.name}"' + (" CASCADE" if connection.dialect.name == "postgresql" else "")
        )


def load_rows(connection: Connection, path: Path) -> int:
    """Put the rows of a backup in tables that are empty, and of the same version; gives how many."""
    tables = {table.name: table for table in tables_of(connection)}
    rows = 0
    for table, columns, values in _parts(path):
        if table not in tables or set(columns) != {column.name for column in tables[table].columns}:
            raise KopieFout(f"De tabel {table} in de reservekopie is niet die van haar schema.")
        # one by one in order, for a trigger may look at the row before
        connection.execute(
            tables[table].insert(), [dict(zip(columns, map(read_value, row), strict=True)) for row in values]
        )
        rows += len(values)
    if connection.dialect.name == "postgresql":
        for found in tables.values():
            go_on_counting(connection, found)
    return rows


def _parts(path: Path) -> Iterator[tuple[str, list[str], list[list[Any]]]]:
    """The rows of the tables, some hundreds at a time."""
    lines = read_backup(path)
    next(lines)
    name, columns = "", list[str]()
    waiting: list[list[Any]] = []
    for _, value in lines:
        if isinstance(value, list):
            waiting.append(value)
        if waiting and (isinstance(value, dict) or len(waiting) == _AT_ONCE):
            yield name, columns, waiting
            waiting = []
        if isinstance(value, dict) and "tabel" in value:
            name, columns = value["tabel"], value["kolommen"]


def go_on_counting(connection: Connection, table: Table) -> None:
    """PostgreSQL counts apart from what stands in a table."""
    for column in islice(table.primary_key.columns, 1):
        asked = {"tabel": f'"{table.name}"', "kolom": column.name}
        counter = connection.execute(text("SELECT pg_get_serial_sequence(:tabel, :kolom)"), asked).scalar()
        if counter is not None:
            highest = connection.execute(select(func.max(column))).scalar() or 0
            connection.execute(
                text("SELECT setval(:teller, :volgende, false)"), {"teller": counter, "volgende": highest + 1}
            )
