"""Making the tables and bringing them up to date, with an entry in the ledger for each time."""

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.opslag.grootboek import Feit, Json, last_entry
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.opslag.reservekopie import maak_kopie
from service.opslag.schema import check_schema, migrate, schema_of
from service.opslag.schemanummers import schemas
from service.opslag.sleutels import make_key
from service.opslag.wissen import first_seal


def maak(opslag: Opslag, *, wie: str) -> None:
    """Make the data directory, the key, the tables and the first entry.

    Raises :class:`OpslagFout` when there are tables.
    """
    opslag.map_.maak()
    make_key(opslag.sleutelbestand)
    with opslag.database.verbouwen() as connection:
        if schema_of(connection) is not None:
            raise OpslagFout("De database is er al. Werk de tabellen bij met: huurtoets database bijwerken")
        _make(connection, opslag, wie)
    _note_outside(opslag)


def werk_bij(opslag: Opslag, *, wie: str) -> tuple[str | None, str]:
    """Bring the tables to the newest version, after a backup; gives the version they had (None: none) and have.

    Raises :class:`SchemaFout` for tables of a newer version of the product.
    """
    newest, found = schemas()[-1], opslag.database.schema()
    opslag.map_.maak()
    if found == newest:
        return found, newest
    if found is None:
        make_key(opslag.sleutelbestand)
    else:
        if found not in schemas():
            check_schema(found)
        opslag.map_.kopieen.mkdir(mode=0o700, exist_ok=True)
        maak_kopie(opslag, opslag.map_.kopieen / f"voor-{newest}-{nu():%Y%m%d-%H%M%S}.hbk")
    with opslag.database.verbouwen() as connection:
        now = schema_of(connection)  # another process may have been first
        if now is None:
            _make(connection, opslag, wie)
        elif now != newest:
            migrate(connection, newest)
            _write(connection, opslag, wie, "database-bijgewerkt", {"van": now, "naar": newest})
    _note_outside(opslag)
    return found, newest


def _make(connection: Connection, opslag: Opslag, wie: str) -> None:
    migrate(connection, schemas()[-1])
    content: dict[str, Json] = {"schema": schemas()[-1]}
    if earlier := opslag.grootboek.verankerd():  # a ledger that was there before, and is gone
        content |= {"eerderGrootboek": earlier[0], "eerderZegel": earlier[1]}
    _write(connection, opslag, wie, "database-gemaakt", content)


def _write(connection: Connection, opslag: Opslag, wie: str, wat: str, content: dict[str, Json]) -> None:
    with Session(connection, join_transaction_mode="rollback_only") as session:
        why = "Nodig voor deze versie van Huurtoets."
        opslag.grootboek.schrijf(session, Feit(wie, wat, why, "database", content))
        session.flush()


def _note_outside(opslag: Opslag) -> None:
    """The list of who was erased is there from the beginning, so that one that is missing is noticed."""
    with opslag.database.lezen() as session:
        number, seal = last_entry(session)
        opslag.wislijst.hoort_bij(first_seal(session))
    opslag.grootboek.veranker(number, seal, terug=True)
