"""A household is checked without a database, and the same as with one; readiness says how the database is."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import service.app
from service.app import create_app
from service.basis.instellingen import Instellingen
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import GeenOpslag
from tests.hulp.geladen import PAKKET

HOUSEHOLD = {"peildatum": "2026-03-01", "soort": "huurder", "woning": {"kaleHuur": 650}}


@contextmanager
def _client(opslag: Opslag | None) -> Iterator[TestClient]:
    app = create_app(PAKKET, Instellingen(), opslag)
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)) as client:
        yield client


def _urls(tmp_path: Path, ready: Path) -> dict[str, str | None]:
    return {
        "geen": "geen",
        "goed": f"sqlite:///{ready}",
        "alleen-lezen": f"sqlite:///{ready}?mode=ro",
        "onbereikbaar": "postgresql://u@127.0.0.1:1/x",
        "ander-schema": f"sqlite:///{tmp_path / 'leeg.sqlite3'}",
    }


@pytest.mark.parametrize("state", ["geen", "goed", "alleen-lezen", "onbereikbaar", "ander-schema"])
def test_all_that_keeps_nothing_works_whatever_the_database_is(
    tmp_path: Path, sqlite_ready: Path, state: str, client: TestClient
) -> None:
    with _client(Opslag(Gegevensmap(tmp_path / "g"), _urls(tmp_path, sqlite_ready)[state])) as own:
        ready = own.get("/gereed")
        assert (ready.status_code, ready.json()["status"], ready.json()["opslag"]) == (200, "gereed", state)
        answer = own.post("/v1/toetsen", json=HOUSEHOLD)
        assert (answer.status_code, answer.content) == (200, client.post("/v1/toetsen", json=HOUSEHOLD).content)
        for page in ("/", "/huurder", "/over"):
            assert own.get(page).status_code == 200
    assert not (tmp_path / "g").exists()  # and nothing was made for it


def test_a_check_leaves_nothing_in_the_database(tmp_path: Path) -> None:
    from service.opslag.bijstart import bij_start

    opslag = Opslag(Gegevensmap(tmp_path))
    bij_start(opslag)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with _client(opslag) as own:
        assert own.post("/v1/toetsen", json=HOUSEHOLD).status_code == 200
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_what_cannot_be_kept_now_is_said_and_is_no_incident(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> None:
        raise GeenOpslag("De database is niet te bereiken (08006).")

    monkeypatch.setattr(service.app, "start_page", gone)
    with _client(None) as own:
        answer = own.get("/gereed")
        assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
        assert answer.json()["detail"] == "De database is niet te bereiken (08006)."
        page = own.get("/gereed", headers={"accept": "text/html"})
        assert page.status_code == 503
        assert "niet te bereiken" in page.text


@pytest.mark.parametrize("module", ["service.app", "service.opdracht.commando"])
def test_starting_imports_no_library_for_databases(module: str) -> None:
    """It would take a quarter of a second from every start and every command; the first use pays for it."""
    libraries = {"sqlalchemy", "alembic", "psycopg", "cryptography"}
    code = f"import sys, {module}; print(sorted({libraries} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"
