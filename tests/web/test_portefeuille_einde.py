"""The files of a portfolio never outlive the service, an hour, or whoever removed them; and that is no incident."""

import json
import os
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from service.app import create_app
from service.basis.instellingen import Instellingen
from service.basis.vankracht import VanKracht
from service.portefeuille import eigenaar
from service.portefeuille import taken as module
from service.portefeuille.taakmap import Taak, Taakmap
from service.portefeuille.taken import Grenzen, Taken
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import csv_bytes
from tests.web.pagina import read_page
from tests.web.test_portefeuille import HTML, ROWS, _form, _upload

GONE = 2**22 - 3  # a process number that no machine gives out by itself


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def _files(place: Path) -> list[Path]:
    return [path for path in place.rglob("*") if path.is_file()]


def _until(true: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def _new(taken: Taken) -> Taak:
    return taken.nieuw(("huizen.csv", BytesIO(csv_bytes(ROWS))), ("", BytesIO()), None)


def test_the_end_of_the_service_removes_what_it_was_given(place: Path) -> None:
    with TestClient(create_app(PAKKET, Instellingen()), base_url="http://127.0.0.1", follow_redirects=True) as client:
        assert _upload(client, csv_bytes(ROWS)).status_code == 200
        assert _files(place)
    assert not _files(place)


def test_the_end_leaves_what_another_process_was_given(place: Path) -> None:
    first, second = Taken(VanKracht(PAKKET), Grenzen()), Taken(VanKracht(PAKKET), Grenzen())
    own, other = _new(first), _new(first)
    Taakmap(first.root() / other.id).schrijf(Taak(other.id, eigenaar=[os.getppid(), eigenaar._begun(os.getppid())]))
    second.stop()
    assert second.lees(own.id) is None
    assert second.lees(other.id) is not None


def test_a_later_process_with_the_number_of_one_that_is_gone_is_not_taken_for_it(place: Path) -> None:
    mine, began = eigenaar.zelf()
    assert eigenaar.alive([mine, began])
    assert not eigenaar.alive([mine, began - 1])
    first = Taken(VanKracht(PAKKET), Grenzen())
    task = _new(first)
    Taakmap(first.root() / task.id).schrijf(Taak(task.id, eigenaar=[mine, began - 1]))
    Taken(VanKracht(PAKKET), Grenzen())
    assert not (first.root() / task.id).exists()


def test_a_start_removes_what_a_process_that_is_gone_left_at_whatever_moment(place: Path) -> None:
    first = Taken(VanKracht(PAKKET), Grenzen())
    for files in (("woningen.csv",), ("woningen.csv", "koppeling.yaml"), ()):
        task = Taak("a" * 43, eigenaar=[GONE, 1])
        folder = first.root() / task.id
        folder.mkdir()
        (folder / "taak.json").write_text(json.dumps({"id": task.id, "eigenaar": task.eigenaar}), encoding="utf-8")
        for name in files:
            (folder / name).write_text("1", encoding="utf-8")
        Taken(VanKracht(PAKKET), Grenzen())
        assert not folder.exists()


def test_whose_it_is_is_known_before_anything_of_it_is_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def keep(folder: Taakmap, name: str, given: object) -> None:
        task = folder.taak()
        seen.append(task is not None and task.eigenaar == eigenaar.zelf())
        raise OSError

    monkeypatch.setattr(Taakmap, "bewaar", keep)
    with pytest.raises(OSError):
        _new(Taken(VanKracht(PAKKET), Grenzen()))
    assert seen == [True]
    assert not _files(place)


def test_what_is_old_goes_without_a_visitor(place: Path) -> None:
    taken = Taken(VanKracht(PAKKET), Grenzen(bewaren=4))
    taken.start()
    try:
        _new(taken)
        assert _until(lambda: not _files(place))
    finally:
        taken.stop()


def test_removing_while_it_is_computed_is_no_incident(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Taken(VanKracht(PAKKET), Grenzen())
    task = _new(taken)
    folder = taken.root() / task.id
    begun, done = [], []

    def compute(*asked: object) -> None:
        begun.append(True)
        assert _until(lambda: not folder.exists())
        done.append(True)
        raise RuntimeError("a library that misses its file")

    monkeypatch.setattr(module, "draai", compute)
    Taakmap(taken.root() / task.id).schrijf(
        Taak(task.id, peildatum="2026-03-01", huurronde=2026, eigenaar=task.eigenaar, regels=task.regels)
    )
    found = taken.lees(task.id)
    assert found is not None
    with capture_logs() as logs:
        taken.begin(found, proef=True)
        assert _until(lambda: bool(begun))
        taken.wis(task.id)
        assert _until(lambda: bool(done))
        time.sleep(0.2)
    assert logs == []
    assert not _files(place)


@pytest.mark.parametrize("action", ["koppeling", "draaien", "opnieuw", "ophalen", "afgewezen"])
def test_a_button_of_what_was_removed_meanwhile_says_that_it_is_gone(
    place: Path, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    phase = {"afgewezen": "proef", "ophalen": "klaar", "draaien": "proef"}.get(action, "koppelen")
    with TestClient(create_app(PAKKET, Instellingen()), base_url="http://127.0.0.1", follow_redirects=True) as client:
        answer = _upload(client, csv_bytes(ROWS))
        fields = _form(read_page(answer.text), "/koppeling")
        real = Taken.lees

        def removed_after(self: Taken, id_: str) -> Taak | None:
            task = real(self, id_)
            self.wis(id_)
            return task and Taak(task.id, phase, vorm="csv", peildatum="2026-03-01", huurronde=2026)

        monkeypatch.setattr(Taken, "lees", removed_after)
        with capture_logs() as logs:
            after = client.post(
                f"{answer.url.path}/{action}", data=fields if action == "koppeling" else {"vorm": "csv"}, headers=HTML
            )
    assert after.status_code == 404
    assert not [entry for entry in logs if "incident" in entry]
