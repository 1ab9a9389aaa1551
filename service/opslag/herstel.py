"""Restore: a backup put back in one transaction, or not at all; and whoever was erased stays erased."""

from collections.abc import Collection, Iterator
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
from service.opslag.schema import migrate
from service.opslag.schemanummers import schemas
from service.opslag.wissen import erase_rows, erased_in, first_seal

if TYPE_CHECKING:
    from service.opslag.opslag import Opslag

_AT_ONCE = 500


def zet_terug(opslag: "Opslag", bron: Path, *, wie: str, vervang: bool, zonder_wislijst: bool = False) -> Kopie:
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
    erased, was = _now(opslag)
    if was is not None and not vervang:
        raise OpslagFout("Er is al een database. Kies --vervang om die te vervangen door de reservekopie.")
    listed = opslag.wislijst.betrokkenen()
    if not zonder_wislijst and head.grootboek and head.grootboek not in opslag.wislijst.grootboeken():
        raise OpslagFout(
            f"De lijst van wie is gewist ({opslag.wislijst.bestand}) ontbreekt, of hoort bij een ander grootboek. "
            "Zet het bestand terug dat bij deze database hoorde. Is er na de dag van de reservekopie "
            f"({head.gemaakt[:10]}) zeker niemand gewist? Kies dan --zonder-wislijst."
        )
    with opslag.database.verbouwen() as connection:
        drop_all(connection)
        migrate(connection, head.schema)
        rows = load_rows(connection, bron)
        migrate(connection, schemas()[-1])
        with Session(connection, join_transaction_mode="rollback_only") as session:
            gone = _restored(session, opslag, head, erased | listed, was or 0, wie)
            (number, seal), first, all_erased = last_entry(session), first_seal(session), erased_in(session)
    opslag.grootboek.veranker(number, seal, terug=True)
    opslag.wislijst.hoort_bij(first)
    opslag.wislijst.voeg_toe(all_erased)
    if gone:
        opslag.database.schrob(("betrokkene", "beschermde_inhoud"))
    return Kopie(head, rows, gone)


def _restored(session: Session, opslag: "Opslag", head: Kop, erased: Collection[str], was: int, wie: str) -> int:
    why = f"Reservekopie van {head.gemaakt} teruggezet."
    report = check_ledger(session, opslag.grootboek, frozenset(), anker=False)
    if report.gebreken or report.aantal != head.boekingen:
        said = report.gebreken[0].tekst if report.gebreken else "Het aantal boekingen klopt niet."
        raise KopieFout(f"Het grootboek in de reservekopie is niet heel. {said} Er is niets teruggezet.")
    gone = erase_rows(session, opslag, erased, wie=wie, waarom=why)
    content: dict[str, Json] = {
        "gemaakt": head.gemaakt,
        "boekingen": head.boekingen,
        "boekingenDaarvoor": was,
        "opnieuwGewist": gone,
    }
    opslag.grootboek.schrijf(session, Feit(wie, "database-hersteld", why, "database", content))
    session.flush()
    return gone


def _now(opslag: "Opslag") -> tuple[frozenset[str], int | None]:
    """Who was erased in the database that is to be replaced, and how many entries it has; None when it has no tables.

    Of tables of another version as much is read as there is.
    """
    if opslag.database.schema() is None:
        return frozenset(), None
    with opslag.database.snapshot() as connection:
        there = set(inspect(connection).get_table_names())
        erased = "SELECT kenmerk FROM betrokkene WHERE sleutel IS NULL"
        names = connection.execute(text(erased)).scalars().all() if "betrokkene" in there else []
        count = connection.execute(text("SELECT COUNT(*) FROM boeking")).scalar() if "boeking" in there else 0
        return frozenset(names), count


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
    name, columns, waiting = "", [], []  # type: ignore[var-annotated]
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
