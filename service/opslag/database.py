"""One database, SQLite or PostgreSQL: its connections, and the unit of work."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from service.opslag.opslag import Opslagstand
from service.opslag.opslagfouten import AlleenLezen, Botsing, GeenOpslag, OpslagDruk, OpslagFout, SchemaFout
from service.opslag.schema import check_schema, migrate, schema_of

# how long one writer waits for another, in seconds
WACHTTIJD: Final = 30
_CONNECT: Final = 3
_POOL: Final = {"pool_size": 5, "max_overflow": 20, "pool_timeout": WACHTTIJD}
_READS: Final = "huurtoets_lezen"


class Database:
    """A database by its address. Nothing is opened before it is used."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.soort = url.get_backend_name()
        self._approved = False

    @property
    def plek(self) -> str:
        """Where it is, without a password."""
        return self.url.database or "" if self.soort == "sqlite" else self.url.render_as_string(hide_password=True)

    @contextmanager
    def schrijven(self) -> Iterator[Session]:
        """A unit of work: all of it is written at the end, or nothing when an exception leaves the block."""
        self._approve()
        with _said(), Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def lezen(self) -> Iterator[Session]:
        """What stood there at one moment; a write in it is refused by the database."""
        self._approve()
        with _said(), Session(self._reading, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """As :meth:`lezen`, whatever tables there are."""
        with _said(), self._reading.begin() as connection:
            yield connection

    @contextmanager
    def verbouwen(self) -> Iterator[Connection]:
        """A transaction in which tables may change; references are checked at its end, not on the way."""
        self._make_file()
        with _said(), self._engine.connect() as connection:
            if self.soort == "sqlite":
                _pragma(connection, "journal_mode=WAL")
                _pragma(connection, "foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if self.soort == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        raise OpslagFout("Een verwijzing in de database wijst nergens heen. Er is niets veranderd.")
            finally:
                connection.invalidate()  # a connection with its references off is not used again
        self._approved = False

    def bijwerken(self, naar: str | None) -> None:
        """Bring the tables to version ``naar``; None takes them all away."""
        with self.verbouwen() as connection:
            migrate(connection, naar)

    def schema(self) -> str | None:
        """The version of the tables; None when there are none, or no file. Raises :class:`GeenOpslag`."""
        if self.soort == "sqlite" and not Path(self.url.database or "").exists():
            return None
        with self.snapshot() as connection:
            return schema_of(connection)

    def stand(self) -> Opslagstand:
        """How it is now; never raises for what a database can do."""
        try:
            check_schema(self.schema())
            with _said(), self._engine.connect() as connection:
                if self.soort == "sqlite":
                    connection.exec_driver_sql("CREATE TABLE huurtoets_proef (x INTEGER)")
                elif connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on":
                    return Opslagstand.ALLEEN_LEZEN
                connection.rollback()
        except SchemaFout:
            return Opslagstand.ANDER_SCHEMA
        except AlleenLezen:
            return Opslagstand.ALLEEN_LEZEN
        except OpslagDruk:
            pass  # somebody is writing, so it can be written
        except OpslagFout:
            return Opslagstand.ONBEREIKBAAR
        return Opslagstand.GOED

    def schrob(self, tabellen: tuple[str, ...]) -> None:
        """Take what was erased out of the files too, and not only out of sight."""
        with _said(), self._engine.connect() as connection:
            driver: Any = connection.connection.dbapi_connection
            if self.soort == "sqlite":
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            driver.autocommit = True
            try:
                driver.execute(f"VACUUM {', '.join(tabellen)}")
            finally:
                driver.autocommit = False

    def sluit(self) -> None:
        """Give the connections back."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    def _approve(self) -> None:
        if not self._approved:
            check_schema(self.schema())
            self._approved = True

    def _make_file(self) -> None:
        path = Path(self.url.database or "")
        if self.soort == "sqlite" and not path.exists():
            try:
                os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
            except OSError as error:
                raise GeenOpslag(f"De database {path} is niet te maken ({error.strerror}).") from None

    @cached_property
    def _engine(self) -> Engine:
        if self.soort == "sqlite":
            engine = create_engine(
                self.url.set(query={}), creator=self._open, poolclass=QueuePool, hide_parameters=True, **_POOL
            )
            event.listen(engine, "begin", _begin)
            return engine
        limits = f"-c lock_timeout={WACHTTIJD}s -c idle_in_transaction_session_timeout=600s"
        arguments: dict[str, Any] = {"connect_timeout": _CONNECT, "options": limits} | dict(self.url.query)
        return create_engine(
            self.url, connect_args=arguments, pool_pre_ping=True, hide_parameters=True,
            isolation_level="READ COMMITTED", **_POOL,
        )  # fmt: skip

    @cached_property
    def _reading(self) -> Engine:
        if self.soort == "sqlite":
            return self._engine.execution_options(**{_READS: True})
        return self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def _open(self) -> sqlite3.Connection:
        mode = str(self.url.query.get("mode", "rw"))
        found = sqlite3.connect(
            f"file:{quote(self.url.database or '')}?mode={mode}",
            uri=True,
            timeout=WACHTTIJD,
            isolation_level=None,
            check_same_thread=False,
        )
        # secure_delete: what is erased is overwritten; recursive_triggers: REPLACE does not slip past a trigger
        for pragma in ("foreign_keys=ON", "synchronous=FULL", "secure_delete=ON", "recursive_triggers=ON"):
            found.execute(f"PRAGMA {pragma}")
        return found


def _begin(connection: Connection) -> None:
    """A writer takes its turn at the beginning: one that finds out later has to be thrown away."""
    reads = bool(connection.get_execution_options().get(_READS))
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _pragma(connection: Connection, pragma: str) -> None:
    """Set what cannot be set within a transaction, before there is one."""
    driver: Any = connection.connection.dbapi_connection
    driver.execute(f"PRAGMA {pragma}")


@contextmanager
def _said() -> Iterator[None]:
    """Faults of the database in words of ours: those of a driver hold what was being written."""
    try:
        yield
    except PoolTimeout:
        raise OpslagDruk("Het is te druk bij de database. Probeer het zo opnieuw.") from None
    except IntegrityError as error:
        raise Botsing(f"De database weigert wat er is geschreven ({_kind(error)}).") from None
    except DBAPIError as error:
        raise _fault(error) from None
    except SQLAlchemyError as error:
        raise OpslagFout(f"De database is niet goed aangesproken ({type(error).__name__}).") from None


def _kind(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", type(error).__name__))


_KINDS: Final[tuple[tuple[tuple[str, ...], Callable[[str], OpslagFout]], ...]] = (
    (("SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40001", "40P01", "53300"),
     lambda _: OpslagDruk("Het is te druk bij de database. Probeer het zo opnieuw.")),
    (("SQLITE_READONLY", "25006"),
     lambda kind: AlleenLezen(f"De database is alleen te lezen ({kind}). Geef de dienst het recht om te schrijven.")),
    (("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_FULL", "SQLITE_PERM",
      "08", "28", "3D", "57P", "53", "OperationalError"),
     lambda kind: GeenOpslag(
         f"De database is niet te bereiken ({kind}). Kijk met: huurtoets database controleer")),
)  # fmt: skip


def _fault(error: DBAPIError) -> OpslagFout:
    kind = _kind(error)
    for names, made in _KINDS:
        if kind.startswith(names):
            return made(kind)
    return OpslagFout(f"De database gaf een fout ({kind}).")
