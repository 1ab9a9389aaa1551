"""Rules of somebody's own: for every command and for the service, beside those of the product in one process."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from fastapi.testclient import TestClient

from regels import Regelset
from service.app import create_app
from service.basis.dienst import read_settings
from service.basis.instellingen import Instellingen, instellingen
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.naast import naast, tweede
from tests.hulp.portefeuille import csv_bytes, rij
from tests.hulp.vragen import GEWOON

ROOT = Path(__file__).parents[2]
HTML = {"accept": "text/html"}


@pytest.fixture(scope="module")
def ander(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """The second rule set."""
    return tweede(tmp_path_factory.mktemp("naast"))


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the second rule set."""
    return naast(tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="module")
def clients(ander: Regelset) -> Iterator[tuple[TestClient, TestClient]]:
    """Two applications in one process, one for each rule set."""
    one, two = (TestClient(create_app(regels), base_url="http://127.0.0.1") for regels in (PAKKET, ander))
    with one, two:
        yield one, two


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "service.opdracht.commando", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=ROOT,
        env=os.environ | environment,
    )


# the service


def test_each_application_answers_by_its_own_rules(clients: tuple[TestClient, TestClient], ander: Regelset) -> None:
    one, two = clients
    for _ in range(2):
        assert one.post("/v1/toetsen", json=GEWOON).json() == json.loads(toets(read(GEWOON)).json())
        assert two.post("/v1/toetsen", json=GEWOON).json() == json.loads(toets(ander.vraag(GEWOON), ander).json())
    asked = GEWOON | {"huisdier": True}
    assert one.post("/v1/toetsen", json=asked).json()["errors"][0]["location"]["pointer"] == "/huisdier"
    answer = two.post("/v1/toetsen?besluiten=huisdier", json=asked).json()
    assert [(c["id"], c["uitkomst"]) for c in answer["conclusies"]] == [("huisdier", "ja")]
    assert one.post("/v1/toetsen?besluiten=huisdier", json=GEWOON).status_code == 400


def test_each_application_describes_its_own_rules(clients: tuple[TestClient, TestClient], ander: Regelset) -> None:
    for client, regels in zip(clients, (PAKKET, ander), strict=True):
        described = client.get("/v1/openapi.json").json()["components"]["schemas"]["Vraag"]["properties"]
        assert ("huisdier" in described) is ("huisdier" in regels.velden)
        listed = client.get("/v1/regelsets").json()["regelsets"]
        assert listed == [{"versie": regels.versie, "hash": regels.hash, "revisie": None}]
        assert client.get("/gereed").json()["regelset"] == regels.versie
        names = [one["id"] for one in client.get(f"/v1/regelsets/{regels.versie}").json()["besluiten"]]
        assert names == list(regels.besluiten)


def test_the_pages_of_each_application_speak_of_its_own_rules(clients: tuple[TestClient, TestClient]) -> None:
    typed = {"peildatum": "1-3-2026", "personen.0.rol": "huurder", "woning.kaleHuur": "600", "actie": "toetsen"}
    for client, own in zip(clients, (False, True), strict=True):
        answer = client.post("/huurder", data=typed, headers=HTML)
        assert answer.status_code == 200
        assert ("Is er een huisdier?" in answer.text) is own
        assert ("Is er een huisdier?" in client.get("/over", headers=HTML).text) is own
        assert client.post("/papieren/dossier/afdrukken", data=typed, headers=HTML).status_code == 200


def test_a_folder_that_cannot_be_used_ends_the_start_with_its_faults(
    map_: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Instellingen(regels=map_).regels == map_
    monkeypatch.setenv("HUURTOETS_REGELS", str(tmp_path / "weg"))
    instellingen.cache_clear()
    try:
        assert read_settings().regels == tmp_path / "weg"
    finally:
        instellingen.cache_clear()
    code = "from service.app import maak\nmaak()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120
    )
    assert done.returncode == 3
    assert "is geen map" in done.stdout + done.stderr


# the commands


def test_a_check_is_made_by_the_folder_that_is_named(map_: Path) -> None:
    asked = json.dumps(GEWOON | {"huisdier": True})
    for done in (run("--regels", str(map_), "toets", "-", "--json", stdin=asked),
                 run("toets", "-", "--json", stdin=asked, HUURTOETS_REGELS=str(map_))):  # fmt: skip
        assert done.returncode == 0, done.stderr
        answer = json.loads(done.stdout)
        assert answer["regelset"]["versie"].startswith("naast-")
        assert next(c for c in answer["conclusies"] if c["id"] == "huisdier")["uitkomst"] == "ja"
    assert run("toets", "-", "--json", stdin=asked).returncode == 2


def test_a_portfolio_is_run_by_the_folder_that_is_named(map_: Path, tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_bytes(csv_bytes([rij("W1", Huisdier="ja"), rij("W2", Huisdier="nee")]))
    out = tmp_path / "uit.csv"
    arguments = ("portefeuille", str(tmp_path / "w.csv"), str(out), "--besluit", "huisdier")
    done = run("--regels", str(map_), *arguments)
    assert done.returncode == 0, done.stderr
    outcomes = pl.read_csv(out, separator=";", infer_schema_length=0)["huisdier__uitkomst"]
    assert outcomes.to_list() == ["ja", "nee"]
    assert "bestaat niet" in run(*arguments).stderr


@pytest.mark.parametrize(
    "command", [("regels", "geldigheid"), ("regels", "dekking"), ("regels", "toon", "huisdier")], ids=" ".join
)
def test_the_rules_that_are_shown_are_those_of_the_folder(map_: Path, command: tuple[str, ...]) -> None:
    done = run("--regels", str(map_), *command)
    assert done.returncode == 0, done.stderr
    if command[1] != "dekking":
        assert "huisdier" in done.stdout


def test_every_command_names_all_that_is_wrong_with_a_folder(map_: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "fout"
    wrong.mkdir()
    for path in map_.rglob("*.yaml"):
        copy = wrong / path.relative_to(map_)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes().replace(b"dan: ja, zegt: Er is", b"dan: misschien, zeg: Er is"))
    for command in (("toets", "-"), ("start", "--port", "8999"), ("regels", "geldigheid"), ("regels", "controleer")):
        done = run("--regels", str(wrong), *command, stdin="{}")
        assert done.returncode == 1, command
        assert "landelijk/huisdier.yaml:8: 'misschien' kan hier niet" in done.stderr
        assert "landelijk/huisdier.yaml:8: 'zegt' ontbreekt" in done.stderr
        assert "Traceback" not in done.stderr and "fout(en) gevonden" in done.stderr


def test_a_folder_that_is_none_is_said_in_one_sentence(tmp_path: Path) -> None:
    for command in (("toets", "-"), ("regels", "controleer")):
        done = run("--regels", str(tmp_path / "weg"), *command, stdin="{}")
        assert (done.returncode, done.stderr) == (2, f"'{tmp_path / 'weg'}' is geen map.\n")
