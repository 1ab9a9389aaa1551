"""The page for a portfolio: from files to a download, what it refuses, and that nothing is left."""

import io
import json
import os
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from structlog.testing import capture_logs

from service.app import create_app
from service.basis.instellingen import Instellingen
from service.basis.vankracht import VanKracht
from service.portefeuille.taakmap import Taak, Taakmap
from service.portefeuille.taken import Grenzen, Taken
from tests.hulp.geladen import PAKKET
from tests.hulp.opladen import filled as _form
from tests.hulp.portefeuille import csv_bytes, rij
from tests.web.pagina import Element, read_page

HTML = {"accept": "text/html"}
ROWS = [rij("W1"), rij("W2", Kale_huur="x"), rij("W3", Energielabel="F")]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for temporary files of this test alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def client(place: Path) -> Iterator[TestClient]:
    settings = Instellingen(portefeuille_omvang=200_000)
    with TestClient(create_app(PAKKET, settings), base_url="http://127.0.0.1", follow_redirects=True) as client:
        yield client


def _left(place: Path) -> list[str]:
    return [str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()]


def _upload(client: TestClient, content: bytes, name: str = "w.csv", **more: tuple[str, bytes]) -> Response:
    return client.post("/portefeuille", files={"woningen": (name, content), **more}, headers=HTML)


def _wait(client: TestClient, address: str) -> Element:
    until = time.monotonic() + 90
    while time.monotonic() < until:
        answer = client.get(address)
        assert answer.status_code in (200, 400)
        page = read_page(answer.text)
        if not list(page.all("progress")):
            return page
        time.sleep(0.1)
    raise AssertionError("de taak komt niet klaar")


def _trial(client: TestClient, rows: list[Any] = ROWS, **fields: str) -> tuple[str, Element]:
    answer = _upload(client, csv_bytes(rows))
    address = answer.url.path
    page = read_page(answer.text)
    client.post(
        f"{address}/koppeling", data=_form(page, "/koppeling") | {"peildatum": "1-3-2026", "huurronde": "2026"} | fields
    )
    return address, _wait(client, address)


def _numbers(page: Element) -> dict[str, str]:
    """The tie-out: what and how many."""
    section = next(part for part in page.all("div") if part.attributes.get("aria-labelledby") == "afstemming")
    cells = [[cell.text for cell in row.all("td")] for row in section.all("tr")]
    return {row[0]: row[1] for row in cells if row}


@pytest.mark.parametrize("kind", ["xlsx", "csv", "parquet"])
def test_from_file_to_download_and_then_nothing_is_left(client: TestClient, place: Path, kind: str) -> None:
    address, page = _trial(client)
    assert page.one("h1").text == "Uitkomst van de proef"
    assert _numbers(page) == {"Gelezen": "3", "Aangenomen": "2", "Afgewezen": "1", "Dubbel": "0"}
    rejected = client.post(f"{address}/afgewezen")
    assert "W2" in rejected.content.decode("utf-8-sig")
    client.post(f"{address}/draaien", data={"vorm": kind})
    page = _wait(client, address)
    assert page.one("h1").text == "Het resultaat is klaar"
    titles = [heading.text for heading in page.all("h2")]
    assert {"Afstemming", "Uitkomsten", "Energielabels", "Fixteam"} <= set(titles)
    assert "Huursom" not in titles, "of no row both rents are known"
    tiles = [tile.text for tile in page.all("li", class_="tegel")]
    assert tiles[0] == "Woningen 3 gelezen 2 aangenomen · 1 afgewezen"
    assert len(tiles) > 4 and all("2" in tile or "1" in tile for tile in tiles)
    assert "(toets gestopt)" not in " ".join(tiles)
    assert any(tile.startswith("Huurtoeslag ") for tile in tiles)
    assert not any(tile.startswith("Hoogte van deze huur") for tile in tiles), "so many times ja says nothing there"
    cells = [cell for row in page.one("table", **{"aria-labelledby": "afstemming"}).all("tr") for cell in row.all("td")]
    assert {cell.attributes["data-kop"] for cell in cells} == {"Wat", "Rijen"}
    assert len(list(page.all("rect"))) > 5
    answer = client.post(f"{address}/ophalen")
    assert answer.status_code == 200
    again = client.post(f"{address}/ophalen")
    assert (again.status_code, again.content) == (200, answer.content)
    if kind == "xlsx":
        rows = pl.read_excel(io.BytesIO(answer.content), sheet_name="Resultaat")
    else:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as parts:
            assert sorted(parts.namelist()) == sorted([f"resultaat.{kind}", "samenvatting.xlsx", "afgewezen.csv"])
            data = parts.read(f"resultaat.{kind}")
        rows = pl.read_parquet(data) if kind == "parquet" else pl.read_csv(data, separator=";")
    assert rows["verwijzing"].to_list() == ["W1", "W3"]
    assert "Resultaat ophalen" in client.get(address, headers=HTML).text
    client.post(f"{address}/wissen")
    assert _left(place) == []
    assert client.get(address, headers=HTML).status_code == 404
    assert client.post(f"{address}/ophalen", headers=HTML).status_code == 404


def test_a_koppeling_is_shown_changed_kept_and_used_again(client: TestClient) -> None:
    answer = _upload(client, csv_bytes([{"Nummer": "W1", "Huurprijs": "600,00"}]))
    address, page = answer.url.path, read_page(answer.text)
    sent = _form(page, "/koppeling") | {"peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "woonconcept"}
    refused = client.post(f"{address}/koppeling", data=sent)
    assert refused.status_code == 400
    assert "nummer van de woning" in read_page(refused.text).one("div", role="alert").text
    client.post(f"{address}/koppeling", data=sent | {"woningen.0": "verwijzing", "woningen.1": "woning_kale_huur"})
    assert _numbers(_wait(client, address))["Aangenomen"] == "1"
    kept = client.get(f"{address}/koppeling.yaml")
    assert "Huurprijs: woning_kale_huur" in kept.text
    again = _upload(client, csv_bytes([{"Nummer": "W1", "Huurprijs": "1"}]), koppeling=("koppeling.yaml", kept.content))
    assert _form(read_page(again.text), "/koppeling")["woningen.1"] == "woning_kale_huur"


def test_what_was_chosen_stays_when_it_cannot_be_used(client: TestClient) -> None:
    answer = _upload(client, csv_bytes(ROWS))
    address, page = answer.url.path, read_page(answer.text)
    form = _form(page, "/koppeling")
    rent = next(select for select in page.all("select") if _chosen(select) == "woning_kale_huur")
    wrong = form | {rent.attributes["name"]: "vermogen", "peildatum": "1 maart 2026", "huurronde": "twee"}
    dates = {"huurronde": "2026", "peildatum": "1-3-2026"}
    for fault in (
        {}, {"huurronde": "2026"}, {"huurronde": "2026", "peildatum": "morgen"}, dates | {"ingangsdatum": "zomer"},
        dates | {"ingangsdatum": "30-6-2026"},
    ):  # fmt: skip
        again = client.post(f"{address}/koppeling", data=wrong | fault, headers=HTML)
        assert again.status_code == 400
        assert _form(read_page(again.text), "/koppeling") == wrong | fault


def _chosen(select: Element) -> str:
    return next((option.attributes["value"] for option in select.all("option") if "selected" in option.attributes), "")


def test_rejected_rows_are_offered_only_where_there_are_any(client: TestClient) -> None:
    for rows, offered in ((ROWS, True), ([rij("W1")], False)):
        _, page = _trial(client, rows)
        actions = [form.attributes["action"].rpartition("/")[2] for form in page.all("form")]
        assert ("afgewezen" in actions) is offered


def test_a_task_that_is_gone_leads_to_the_page_of_portfolios(client: TestClient) -> None:
    page = client.get(f"/portefeuille/{'x' * 43}", headers=HTML)
    links = [link.attributes["href"] for link in read_page(page.text).all("a")]
    assert page.status_code == 404
    assert links.count("/portefeuille") == 2, "in de tekst en in de voet"


def test_beside_a_column_stands_what_is_in_it_and_a_name_never_does(client: TestClient) -> None:
    rows = [rij("W1", Kale_huur=rent) | {"Naam huurder": "de heer Jansen"} for rent in ("600,01", "600,01", "", "5,99")]
    page = read_page(_upload(client, csv_bytes([row | {"VHE-nummer": str(at)} for at, row in enumerate(rows)])).text)
    seen = {e.attributes["for"]: page.one(id=f"{e.attributes['for']}-voorbeeld").text for e in page.all("label")
            if e.attributes["for"].startswith("woningen.")}  # fmt: skip
    rent = next(e for e in page.all("label") if e.text == "Kale huur").attributes["for"]
    assert seen[rent] == "600,01 · 5,99"
    assert "Jansen" not in page.text


def test_persons_come_in_a_second_file(client: TestClient) -> None:
    dwelling = {name: cell for name, cell in rij("W1").items() if not name.startswith("p1_")}
    people = csv_bytes([{"VHE-nummer": "W1", "rol": "huurder", "leeftijd": "40", "inkomen": "1"}])
    answer = _upload(client, csv_bytes([dwelling]), personen=("p.csv", people))
    page = read_page(answer.text)
    client.post(f"{answer.url.path}/koppeling", data=_form(page, "/koppeling"))
    assert _numbers(_wait(client, answer.url.path))["Gebruikt"] == "1"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("w.pdf", b"%PDF", "soort bestand"),
        ("w.csv", b"", "leeg"),
        ("w.xlsx", b"PK", "Excel"),
        ("w.csv", b"BSN;huur\n1;2\n", "BSN"),
        ("w.csv", b"x" * 250_000, "te groot"),
        ("w.csv", b"x" * 3_000_000, "te groot"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words_and_not_kept(
    client: TestClient, place: Path, name: str, content: bytes, said: str
) -> None:
    answer = _upload(client, content, name)
    assert answer.status_code in (400, 413)
    assert said in read_page(answer.text).one("main").text
    assert _left(place) == []


def test_without_a_file_the_page_asks_for_one(client: TestClient) -> None:
    answer = client.post("/portefeuille", files={"personen": ("p.csv", b"a")}, headers=HTML)
    assert answer.status_code == 400
    assert "Kies een bestand" in read_page(answer.text).one("div", role="alert").text


def test_everything_can_be_thrown_away_at_any_time(client: TestClient, place: Path) -> None:
    address, _ = _trial(client)
    assert _left(place)
    client.post(f"{address}/wissen")
    assert _left(place) == []


def test_files_are_for_the_service_only(client: TestClient, place: Path) -> None:
    _trial(client)
    for path in place.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_log_has_no_task_no_column_and_no_value(client: TestClient) -> None:
    with capture_logs() as logs:
        address, _ = _trial(client, [rij("geheim-7319") | {"Kolom-8842": "1"}])
        client.post(f"{address}/draaien", data={"vorm": "csv"})
        _wait(client, address)
        client.get(f"{address}/x/y")
    text = json.dumps(logs, default=str)
    assert len(logs) > 5
    for secret in (address.rsplit("/", 1)[1], "7319", "8842"):
        assert secret not in text


def test_the_address_of_a_task_cannot_be_guessed_and_leads_nowhere_else(client: TestClient) -> None:
    one, other = (_upload(client, csv_bytes(ROWS)).url.path.rsplit("/", 1)[1] for _ in range(2))
    assert len(one) == 43
    assert one != other
    taken = Taken(VanKracht(PAKKET), Grenzen())
    assert taken.lees(f"../{taken.root().name}/{one}") is None
    for wrong in ("x", "a" * 43, one[:-1]):
        assert client.get(f"/portefeuille/{wrong}", headers=HTML).status_code == 404


def test_progress_is_told_until_it_is_done(client: TestClient) -> None:
    answer = _upload(client, csv_bytes(ROWS))
    address = answer.url.path
    client.post(f"{address}/koppeling", data=_form(read_page(answer.text), "/koppeling"), follow_redirects=False)
    told = client.get(f"{address}/voortgang")
    assert told.headers["content-type"].startswith("text/event-stream")
    assert told.text.endswith("event:klaar\ndata:{}\n\n")
    said = [json.loads(line[6:])["tekst"] for line in told.text.splitlines() if line.startswith("data: ")]
    assert all(said)


def test_a_page_without_scripts_refreshes_itself(place: Path) -> None:
    with TestClient(create_app(PAKKET, Instellingen()), base_url="http://127.0.0.1") as client:
        client.follow_redirects = True
        answer = _upload(client, csv_bytes(ROWS))
        taken = Taken(VanKracht(PAKKET), Grenzen())
        id_ = answer.url.path.rsplit("/", 1)[1]
        task = taken.lees(id_)
        assert task is not None
        Taakmap(taken.root() / id_).schrijf(Taak(id_, "rekenen", 5, 10, eigenaar=task.eigenaar))
        page = read_page(client.get(answer.url.path).text)
        (meta,) = page.one("noscript").all("meta")
        assert meta.attributes == {"http-equiv": "refresh", "content": "3"}
        assert "5 van 10" in page.one("p", role="status").text
        assert page.one("progress").attributes["value"] == "5"


# limits


def test_a_run_that_takes_too_long_is_ended_and_says_so(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.portefeuille.taken._SAY_AFTER", 0.0)
    with TestClient(
        create_app(PAKKET, Instellingen(portefeuille_duur=1)), base_url="http://127.0.0.1", follow_redirects=True
    ) as client:
        clock = count(0, 2)
        # only of the tasks: whoever waits for them keeps the clock of the machine
        own = SimpleNamespace(monotonic=lambda: float(next(clock)), time=time.time)
        monkeypatch.setattr("service.portefeuille.taken.time", own)
        answer = _upload(client, csv_bytes(ROWS))
        client.post(f"{answer.url.path}/koppeling", data=_form(read_page(answer.text), "/koppeling"))
        page = _wait(client, answer.url.path)
        assert "duurde langer dan 1 seconden" in page.one("div", role="alert").text


def test_the_queue_has_an_end(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Taken, "_start", lambda self: None)
    with TestClient(
        create_app(PAKKET, Instellingen(portefeuille_wachtrij=1)), base_url="http://127.0.0.1", follow_redirects=True
    ) as client:
        for expected in (200, 503):
            answer = _upload(client, csv_bytes(ROWS))
            done = client.post(f"{answer.url.path}/koppeling", data=_form(read_page(answer.text), "/koppeling"))
            assert done.status_code == expected
        assert "wachten al genoeg" in read_page(done.text).one("div", role="alert").text


def test_what_lies_on_the_disk_has_an_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.portefeuille.taken._TASKS_AT_MOST", 2)
    for expected in (200, 200, 503):
        answer = _upload(client, csv_bytes(ROWS))
        assert answer.status_code == expected
    assert int(answer.headers["retry-after"]) > 0
    assert "genoeg bestanden" in read_page(answer.text).one("div", role="alert").text


def test_a_defect_is_an_incident_and_tells_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("geheim-7319")

    monkeypatch.setattr("service.portefeuille.taken.draai", fail)
    with capture_logs() as logs:
        _, page = _trial(client)
    said = page.one("div", role="alert").text
    assert "Geef dit nummer door" in said
    assert "7319" not in said + json.dumps(logs, default=str)
    assert any(entry.get("incident", "-") in said for entry in logs)


# nothing stays


def _task(taken: Taken) -> Path:
    made = taken.nieuw(("w.csv", io.BytesIO(csv_bytes(ROWS))), ("", io.BytesIO()), None)
    return taken.root() / made.id


def test_after_an_hour_it_is_gone(place: Path) -> None:
    taken = Taken(VanKracht(PAKKET), Grenzen())
    folder = _task(taken)
    for age, there in ((3_590, True), (3_610, False)):
        os.utime(folder, (time.time() - age,) * 2)
        taken.opruimen()
        assert folder.exists() is there


KILLED = """
import io, os, signal, sys, tempfile
tempfile.tempdir = sys.argv[1]
from service.basis.vankracht import VanKracht
from service.portefeuille.taken import Grenzen, Taken
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import csv_bytes, rij
Taken(VanKracht(PAKKET), Grenzen()).nieuw(("w.csv", io.BytesIO(csv_bytes([rij()]))), ("", io.BytesIO()), None)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_process_left_is_removed_at_the_next_start(place: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(place)], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr.decode()
    assert _left(place)
    own = _task(Taken(VanKracht(PAKKET), Grenzen()))
    assert own.exists()
    assert all(path.startswith(str(own.relative_to(place))) for path in _left(place))


def test_a_place_that_others_can_read_is_not_used(place: Path) -> None:
    Taken(VanKracht(PAKKET), Grenzen()).root().chmod(0o755)
    with TestClient(create_app(PAKKET, Instellingen()), base_url="http://127.0.0.1") as client:
        answer = _upload(client, csv_bytes(ROWS))
    assert answer.status_code == 400
    assert "niet van de dienst alleen" in answer.text
