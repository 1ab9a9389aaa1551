"""Which tables a database has: the one history of migrations, for the models of every room."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from service.opslag.opslagfouten import SchemaFout
from service.opslag.schemanummers import MIGRATIES, schemas

# so that two processes never change the tables together (PostgreSQL; SQLite has one writer)
MIGRATIESLOT: Final = 0x48757572
VERSIETABEL: Final = "alembic_version"


def schema_of(connection: Connection) -> str | None:
    """The version that a database has; None when it has no tables of ours."""
    if not inspect(connection).has_table(VERSIETABEL):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check_schema(found: str | None) -> None:
    """Refuse tables of another version of the product, and say what to do. Raises :class:`SchemaFout`."""
    known = schemas()
    if found == known[-1]:
        return
    if found is None:
        raise SchemaFout("De database is nog leeg. Maak de tabellen met: huurtoets database maak")
    if found in known:
        raise SchemaFout(
            f"De database heeft schema {found}, en deze versie van Huurtoets werkt met {known[-1]}. "
            "Werk de database bij met: huurtoets database bijwerken"
        )
    raise SchemaFout(
        f"De database heeft schema {found}, en deze versie van Huurtoets kent tot en met {known[-1]}. "
        "Er is niets gelezen of veranderd. Installeer de nieuwere versie van Huurtoets, of zet de reservekopie "
        "van voor het bijwerken terug met: huurtoets database herstel"
    )


def migrate(connection: Connection, to: str | None) -> None:
    """Bring the tables to version ``to`` (None: no tables), within the transaction of ``connection``."""
    from alembic import command  # only needed when the tables change, and it takes time to import
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:slot)"), {"slot": MIGRATIESLOT})
    found = schema_of(connection)
    if found is not None and found not in schemas():
        check_schema(found)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIES).replace("%", "%%"))
    config.set_main_option("version_locations", str(MIGRATIES / "versies").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.attributes["connection"] = connection
    if to is None:
        command.downgrade(config, "base")
    elif found is not None and found > to:
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)
