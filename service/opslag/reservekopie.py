"""A backup: everything of one moment, while others write."""

import gzip
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, MetaData, Table, text

from service.basis.klok import nu
from service.opslag.bewaard import moment_text
from service.opslag.gegevensmap import beside
from service.opslag.kopievorm import Kop, KopieFout, Kopieschrijver
from service.opslag.opslagfouten import SchemaFout
from service.opslag.schema import VERSIETABEL, schema_of
from service.opslag.schemanummers import schemas
from service.opslag.sleutels import Sleutels

if TYPE_CHECKING:
    from service.opslag.opslag import Opslag

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Kopie:
    """A backup that was made or put back."""

    kop: Kop
    rijen: int
    gewist: int = 0


def maak_kopie(opslag: "Opslag", doel: Path) -> Kopie:
    """Write everything as it is at this moment to ``doel``; a file that is there is replaced when the new one is whole.

    Raises :class:`OpslagFout`.
    """
    sleutels = opslag.grootboek.sleutels
    new = beside(doel)
    try:
        with (
            opslag.database.snapshot() as connection,
            os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw,
        ):
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0) as file:
                made = _write(connection, Kopieschrijver(file), sleutels)
            raw.flush()
            os.fsync(raw.fileno())
        new.replace(doel)
    except OSError as error:
        raise KopieFout(f"De reservekopie {doel} is niet te schrijven ({error.strerror}).") from None
    finally:
        new.unlink(missing_ok=True)
    return made


def _write(connection: Connection, out: Kopieschrijver, sleutels: Sleutels) -> Kopie:
    version = schema_of(connection)
    if version not in schemas():
        raise SchemaFout("Van deze database is geen reservekopie te maken: de tabellen zijn van een andere versie.")
    tables = tables_of(connection)
    ledger = connection.execute(text("SELECT COUNT(*), MAX(CASE WHEN nummer = 1 THEN zegel END) FROM boeking")).one()
    head = Kop(version, moment_text(nu()), ledger[1] or "", ledger[0])
    out.head(head)
    for table in tables:
        out.table(table.name, [column.name for column in table.columns])
        asked = table.select().order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
        for row in connection.execute(asked):
            out.row(tuple(row))
    out.end(sleutels)
    return Kopie(head, out.rows)


def tables_of(connection: Connection) -> list[Table]:
    """The tables that are there, each after those it refers to; without that of the version."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != VERSIETABEL]
