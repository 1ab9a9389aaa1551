"""Another rule set comes into force while the service runs: what was begun ends by the set it began with."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from regels import Regelset, pakket, toets
from regels.bron import bewaard, pakketbestanden
from regels.formaat import FORMAAT, FormaatFout, in_use
from regels.laden import hash_of, manifest
from service.app import create_app
from service.basis.vankracht import OnbekendeRegels, Revisievermelding, VanKracht, pin, rules_in
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.taken import Grenzen, Taken
from tests.hulp.geladen import PAKKET
from tests.hulp.naast import naast
from tests.hulp.portefeuille import csv_bytes, rij
from tests.hulp.regelsets import BESTANDEN
from tests.hulp.vragen import GEWOON

SMALL = {name: text.encode() for name, text in BESTANDEN.items()}


def small(revisie: str) -> Regelset:
    return bewaard(SMALL | {"versie.yaml": f"versie: 'v{revisie}'\n".encode()}, revisie)


class Kept:
    """Revisions that count how often they were loaded."""

    def __init__(self, *sets: Regelset) -> None:
        self.sets, self.loaded = {one.revisie or "": one for one in sets}, list[str]()

    def regels(self, naam: str) -> Regelset:
        self.loaded.append(naam)
        if naam not in self.sets:
            raise OnbekendeRegels("weg")
        return self.sets[naam]

    def revisies(self) -> list[Revisievermelding]:
        return [
            Revisievermelding(name, one.versie, one.hash, datetime(2026, 1, 1, tzinfo=UTC), "")
            for name, one in self.sets.items()
        ]


# a set that was kept


def test_a_kept_set_has_its_revision_in_the_answer_and_the_hash_of_what_was_kept() -> None:
    kept = bewaard(pakketbestanden(), "7")
    vraag: dict[str, Any] = GEWOON | {"peildatum": "2026-03-01"}
    answer = toets(kept.vraag(vraag), kept).as_data()
    plain = toets(PAKKET.vraag(vraag), PAKKET).as_data()
    assert answer["regelset"] == plain["regelset"] | {"revisie": "7"}
    assert plain["regelset"]["revisie"] is None
    assert {name: answer[name] for name in answer if name != "regelset"} == {
        name: plain[name] for name in plain if name != "regelset"
    }


def test_the_hash_of_a_manifest_is_that_of_the_set() -> None:
    assert hash_of(manifest(pakketbestanden())) == pakket().hash
    backwards = dict(reversed(manifest(pakketbestanden()).items()))
    assert hash_of(backwards) == pakket().hash


OUD = {name: content.replace(b"\n    regels:", b"\n    rules:") for name, content in SMALL.items()}


def _from_one(files: Any) -> Any:
    """A made-up format: rules once stood under another word."""
    return {name: content.replace(b"\n    rules:", b"\n    regels:") for name, content in files.items()}


def test_files_of_an_older_format_go_up_step_by_step() -> None:
    first = OUD | {"oud.txt": b""}

    def from_zero(files: Any) -> Any:
        return {name: content for name, content in files.items() if name != "oud.txt"}

    assert in_use(first, 0, stappen={0: from_zero, 1: _from_one}, nu=2) == SMALL
    assert in_use(OUD, 1, stappen={0: from_zero, 1: _from_one}, nu=2) == SMALL
    assert in_use(SMALL, 2, stappen={0: from_zero, 1: _from_one}, nu=2) == SMALL


@pytest.mark.parametrize(("formaat", "said"), [(0, "kan niet meer worden berekend"), (3, "leest tot en met 2")])
def test_a_format_without_a_way_is_said_to_have_none(formaat: int, said: str) -> None:
    with pytest.raises(FormaatFout, match=said):
        in_use(OUD, formaat, stappen={1: _from_one}, nu=2)


def test_a_set_of_an_older_format_keeps_the_hashes_of_what_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "regels.bron.in_use", lambda files, formaat: in_use(files, formaat, stappen={FORMAAT - 1: _from_one})
    )
    old = bewaard(OUD, "1", formaat=FORMAAT - 1)
    assert old.hash == hash_of(manifest(OUD)) != hash_of(manifest(SMALL))
    assert {part.naam: part.hash for part in old.onderdelen}["land/proef"] == manifest(OUD)["land/proef.yaml"]
    assert old.besluiten.keys() == {"proef"}


# what is in force


def test_a_request_keeps_the_set_it_began_with() -> None:
    one, two = small("1"), small("2")
    van_kracht = VanKracht(one)
    scope: dict[str, Any] = {}
    pin(scope, van_kracht.nu)
    van_kracht.vervang(two)
    assert rules_in(scope) is one
    assert van_kracht.nu is two


def test_older_sets_are_loaded_once_and_a_few_are_held() -> None:
    sets = [small(str(number)) for number in range(9)]
    archief = Kept(*sets)
    van_kracht = VanKracht(sets[8], archief)
    for number in ("1", "2", "1", "1", "8"):
        assert van_kracht.met(number) is sets[int(number)]
    assert archief.loaded == ["1", "2"]
    for number in ("3", "4", "1", "5"):  # "1" was asked for again, so "2" goes
        van_kracht.met(number)
    assert archief.loaded == ["1", "2", "3", "4", "5"]
    assert van_kracht.klaar("2") is None
    assert van_kracht.met("1") is sets[1]
    assert archief.loaded == ["1", "2", "3", "4", "5"]


def test_what_was_replaced_is_still_there_by_its_hash() -> None:
    one = small("1")
    van_kracht = VanKracht(one)
    van_kracht.vervang(small("2"))
    assert van_kracht.met(one.hash) is one
    with pytest.raises(OnbekendeRegels):
        van_kracht.met("3")


# the service


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, VanKracht, Kept]]:
    folder = naast(tmp_path_factory.mktemp("naast"))
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.yaml")}
    archief = Kept(replace(PAKKET, revisie="0"), bewaard(files, "1"))
    van_kracht = VanKracht(archief.sets["0"], archief)
    with TestClient(create_app(van_kracht), base_url="http://127.0.0.1") as client:
        yield client, van_kracht, archief


def test_the_api_computes_an_older_answer_again(served: tuple[TestClient, VanKracht, Kept]) -> None:
    client, van_kracht, archief = served
    before = client.post("/v1/toetsen", json=GEWOON).content
    assert json.loads(before)["regelset"]["revisie"] == "0"
    other = client.post("/v1/toetsen?regelset=1", json=GEWOON)
    assert other.json()["regelset"]["revisie"] == "1"
    van_kracht.vervang(archief.sets["1"])
    assert client.post("/v1/toetsen", json=GEWOON).content == other.content
    hash_ = archief.sets["0"].hash
    assert client.post("/v1/toetsen?regelset=0", json=GEWOON).content == before
    assert client.post(f"/v1/toetsen?regelset={hash_}", json=GEWOON).content == before
    asked = client.post("/v1/toetsen?regelset=0&besluiten=huurtoeslag&velden=uitkomst", json=GEWOON).json()
    assert asked["regelset"]["revisie"] == "0"
    assert [c.keys() for c in asked["conclusies"]] == [{"id", "uitkomst"}]
    van_kracht.vervang(archief.sets["0"])


def test_the_choice_of_decisions_is_that_of_the_set_that_answers(served: tuple[TestClient, VanKracht, Kept]) -> None:
    client = served[0]
    assert client.post("/v1/toetsen?besluiten=huisdier", json=GEWOON).status_code == 400
    answer = client.post("/v1/toetsen?regelset=1&besluiten=huisdier", json=GEWOON | {"huisdier": True})
    assert [(c["id"], c["uitkomst"]) for c in answer.json()["conclusies"]] == [("huisdier", "ja")]


def test_the_description_follows_the_set_in_force(served: tuple[TestClient, VanKracht, Kept]) -> None:
    client, van_kracht, archief = served

    def fields() -> dict[str, Any]:
        found: dict[str, Any] = client.get("/v1/openapi.json").json()
        return found["components"]["schemas"]["Vraag"]["properties"] | found["paths"]

    before = fields()
    van_kracht.vervang(archief.sets["1"])
    assert "huisdier" in fields()
    assert "huisdier" not in before
    assert 'name="huisdier"' in client.get("/huurder", headers={"accept": "text/html"}).text
    van_kracht.vervang(archief.sets["0"])
    assert fields() == before


def test_the_list_of_sets_begins_with_the_one_in_force(served: tuple[TestClient, VanKracht, Kept]) -> None:
    client, _, archief = served
    listed = client.get("/v1/regelsets").json()["regelsets"]
    assert [one["revisie"] for one in listed] == ["0", "1"]
    found = client.get("/v1/regelsets/1").json()
    assert (found["revisie"], found["hash"]) == ("1", archief.sets["1"].hash)
    assert "huisdier" in [besluit["id"] for besluit in found["besluiten"]]
    assert client.get(f"/v1/regelsets/{PAKKET.versie}").json()["revisie"] == "0"
    assert client.get("/v1/regelsets/99").status_code == 404


def test_pages_and_papers_show_the_revision(served: tuple[TestClient, VanKracht, Kept]) -> None:
    client = served[0]
    html = {"accept": "text/html"}
    assert f"{PAKKET.versie}, revisie 0" in client.get("/huurder", headers=html).text
    assert f"{PAKKET.versie}, revisie 0" in client.get("/over", headers=html).text
    paper = client.post("/papieren/dossier/afdrukken", data={"peildatum": "1-3-2026"}, headers=html).text
    assert f"{PAKKET.versie}, revisie 0" in paper


# a portfolio


def test_a_portfolio_ends_by_the_rules_it_began_with(tmp_path: Path) -> None:
    one = replace(PAKKET, revisie="0")
    van_kracht = VanKracht(one)
    taken = Taken(van_kracht, Grenzen(), tmp_path)
    task = taken.nieuw(("w.csv", BytesIO(csv_bytes([rij()]))), ("", BytesIO()), None)
    van_kracht.vervang(small("1"))
    taken.koppel(task, taken.koppeling(task), date(2026, 3, 1), 2026)
    while (found := taken.lees(task.id)) is not None and found.loopt:
        time.sleep(0.1)
    assert found is not None and found.fase == "proef", found
    told = json.dumps(found.overzichten)
    assert "revisie 0" in told
    assert "revisie 1" not in told
    taken.wis(task.id)


def test_a_portfolio_of_which_the_rules_are_gone_says_so(tmp_path: Path) -> None:
    taken = Taken(VanKracht(PAKKET), Grenzen(), tmp_path)
    task = taken.nieuw(("w.csv", BytesIO(csv_bytes([rij()]))), ("", BytesIO()), None)
    gone = Taken(VanKracht(small("1")), Grenzen(), tmp_path)
    with pytest.raises(PortefeuilleFout, match="Begin opnieuw"):
        gone.koppeling(task)
    taken.wis(task.id)
