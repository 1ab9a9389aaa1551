"""What the start of the service does about the database: make or update its own, refuse that of another version."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout, SchemaFout
from service.opslag.schemanummers import schemas

_STARTER = "dienst:start"


def bij_start(opslag: Opslag) -> str:
    """Make the database ready; gives what is to be said, or nothing.

    The embedded one is made, and brought up to date after a backup; another one is left as it is. One that cannot be
    reached stops nothing, for a check needs none of it. Raises :class:`SchemaFout` for tables of another version.
    """
    if opslag.geen:
        return ""
    try:
        if not opslag.ingebouwd:
            from service.opslag.schema import check_schema

            check_schema(opslag.database.schema())
            return ""
        if _version(opslag.map_.database) == schemas()[-1]:
            return ""
        from service.opslag.inrichten import werk_bij  # only when there is something to do: it takes a second to import

        was, now = werk_bij(opslag, wie=_STARTER)
    except SchemaFout:
        raise
    except OpslagFout as error:
        return f"{error} De toets werkt; er wordt niets bewaard."
    finally:
        opslag.sluit()
    if was is None:
        return f"De database {opslag.map_.database} is gemaakt."
    return f"De database {opslag.map_.database} is bijgewerkt van schema {was} naar {now}; zie {opslag.map_.kopieen}."


def _version(path: Path) -> str | None:
    """The version of the embedded tables, without the library that everything else goes through."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            return str(row[0]) if row else None
    except sqlite3.Error:
        return None
