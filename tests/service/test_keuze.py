"""A part of an answer: the decisions and fields that were asked for, exactly as they stand in the whole one."""

import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient

from regels import toets
from service.api.keuze import NAMEN
from tests.service.test_api import VRAAG

SEEKER: dict[str, Any] = {
    "peildatum": "2026-09-15",
    "soort": "woningzoekende",
    "verhuurder": "wetland-wonen",
    "personen": [{"rol": "huurder", "geboortedatum": "2006-04-02", "inkomen": 18250}],
    "vermogen": 900,
    "woning": {"kaleHuur": 498.21, "zelfstandig": True},
}
# of 29 such residents there are more than four thousand bytes
LONG: dict[str, Any] = {
    "rol": "medebewoner",
    "geboortedatum": "1980-02-01",
    "inkomen": 20_000,
    "inkomenT1": 20_000,
    "inkomenT2": 20_000,
    "ingeschreven": True,
    "heelHetJaar": True,
    "vermogen": 0,
}


def _ask(client: TestClient, query: str, question: dict[str, Any] = VRAAG) -> dict[str, Any]:
    response = client.post(f"/v1/toetsen{query}", json=question)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


@pytest.fixture(scope="module")
def whole(client: TestClient) -> dict[str, Any]:
    return _ask(client, "")


def _by_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {conclusie["id"]: conclusie for conclusie in answer["conclusies"]}


@pytest.mark.parametrize(
    "query", ["?besluiten=huurtoeslag,daeb-doelgroep", "?besluiten=daeb-doelgroep&besluiten=huurtoeslag"]
)
def test_only_the_decisions_that_were_asked_for_come_and_they_are_the_same(
    client: TestClient, whole: dict[str, Any], query: str
) -> None:
    found = _ask(client, query)
    assert set(_by_id(found)) == {"huurtoeslag", "daeb-doelgroep"}
    assert all(_by_id(whole)[name] == conclusie for name, conclusie in _by_id(found).items())
    assert found.keys() == whole.keys()
    assert found["bronnen"].items() <= whole["bronnen"].items()


def test_what_is_left_out_is_said_of_what_was_asked_for_alone(client: TestClient, whole: dict[str, Any]) -> None:
    found = _ask(client, "?besluiten=huurtoeslag")["nietGetoetst"]
    assert found
    assert {name for one in found for name in one["besluiten"]} == {"huurtoeslag"}
    assert [
        one["tekst"] for one in found if one["tekst"] not in [other["tekst"] for other in whole["nietGetoetst"]]
    ] == []


@pytest.mark.parametrize("names", ["uitkomst,waarden", "conclusies.uitkomst,conclusies.waarden", "waarden, uitkomst"])
def test_only_the_fields_that_were_asked_for_come(client: TestClient, whole: dict[str, Any], names: str) -> None:
    found = _ask(client, f"?velden={names}")
    assert found.keys() == {"peildatum", "huurronde", "regelset", "conclusies"}
    assert found["regelset"] == {name: whole["regelset"][name] for name in ("versie", "hash", "revisie")}
    wanted = [{name: c[name] for name in ("id", "uitkomst", "waarden")} for c in whole["conclusies"]]
    assert found["conclusies"] == wanted


@pytest.mark.parametrize("question", [VRAAG, {"peildatum": "2026-03-01"}, SEEKER], ids=["whole", "nothing", "seeker"])
def test_a_field_that_is_asked_for_alone_is_as_in_the_whole_answer(
    client: TestClient, question: dict[str, Any]
) -> None:
    whole = _ask(client, "", question)
    for name in NAMEN:
        found = _ask(client, f"?velden={name}", question)
        if name in whole:
            assert found[name] == (
                whole[name] if name != "regelset" else {part: whole[name][part] for part in found[name]}
            )
        else:
            assert [c[name] for c in found["conclusies"]] == [c[name] for c in whole["conclusies"]], name


SHORT = "?besluiten=huurtoeslag&velden=uitkomst"


@pytest.mark.parametrize(
    ("query", "question", "compiled", "beside"),
    [
        (SHORT, {"peildatum": "2026-03-01"}, True, False),
        (SHORT, {"peildatum": "2026-03-01"}, False, True),
        (SHORT, {"peildatum": "2026-03-01", "personen": [{"rol": "huurder"}, *[LONG] * 29]}, True, True),
        ("", {"peildatum": "2026-03-01"}, True, True),
        ("?besluiten=huurtoeslag&velden=stappen", {"peildatum": "2026-03-01"}, True, True),
        ("?besluiten=huurtoeslag", {"peildatum": "2026-03-01"}, True, True),
        ("?velden=uitkomst", {"peildatum": "2026-03-01"}, True, True),
    ],
)
def test_only_what_is_short_and_compiled_is_computed_on_the_loop(
    client: TestClient,
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    question: dict[str, Any],
    compiled: bool,
    beside: bool,
) -> None:
    threads: list[str] = []

    def seen(*args: Any, **more: Any) -> Any:
        threads.append(threading.current_thread().name)
        return toets(*args, **more)

    monkeypatch.setattr("service.api.toetsen.toets", seen)
    _ask(client, query, question)
    threads.clear()
    monkeypatch.setattr("service.api.toetsen.is_ready", lambda *_: compiled)
    _ask(client, query, question)
    assert [name.startswith("toets") for name in threads] == [beside]


def test_a_part_of_the_answer_itself_can_be_asked_for(client: TestClient, whole: dict[str, Any]) -> None:
    found = _ask(client, "?velden=uitgangspunten,regelset")
    assert found == {name: whole[name] for name in ("peildatum", "huurronde", "regelset", "uitgangspunten")}
    assert _ask(client, "?velden=conclusies")["conclusies"] == whole["conclusies"]


def test_a_short_answer_is_a_fiftieth_of_the_whole_one(client: TestClient) -> None:
    query = "?besluiten=daeb-doelgroep,passende-huur,huurtoeslag&velden=uitkomst,waarden"
    short = client.post(f"/v1/toetsen{query}", json=VRAAG).content
    assert len(short) * 50 < len(client.post("/v1/toetsen", json=VRAAG).content)


def test_a_decision_that_stops_the_check_comes_in_the_place_of_what_was_asked(client: TestClient) -> None:
    stopped = VRAAG | {"meerdereProblemen": True}
    everything = client.post("/v1/toetsen", json=stopped)
    if everything.status_code != 200 or len(everything.json()["conclusies"]) != 1:
        pytest.fail("this question no longer stops the check")
    assert _ask(client, "?besluiten=huurtoeslag", stopped)["conclusies"] == everything.json()["conclusies"]


@pytest.mark.parametrize(
    ("query", "name", "exists"),
    [
        ("?besluiten=huurtoeslaag", "besluiten", "huurtoeslag"),
        ("?besluiten=", "besluiten", "huurtoeslag"),
        ("?besluiten=huurtoeslag,123456782", "besluiten", "huurtoeslag"),
        ("?velden=stapen", "velden", "stappen"),
        ("?velden=bronnen.titel", "velden", "bronnen"),
        ("?veld=stappen", "", "velden"),
        ("?regelset=123456782", "regelset", "/v1/regelsets"),
        ("?regelset=", "regelset", "/v1/regelsets"),
        ("?regelset=1&regelset=2", "regelset", "/v1/regelsets"),
    ],
)
def test_an_unknown_name_is_refused_with_the_names_there_are(
    client: TestClient, query: str, name: str, exists: str
) -> None:
    response = client.post(f"/v1/toetsen{query}", json=VRAAG)
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    (fault,) = response.json()["errors"]
    assert (fault["in"], fault["location"]) == ("query", {"name": name})
    assert exists in fault["detail"].rstrip(".").replace(",", "").split()
    assert "123456782" not in response.text


def test_the_description_names_the_decisions_and_fields(client: TestClient) -> None:
    operation = client.get("/v1/openapi.json").json()["paths"]["/v1/toetsen"]["post"]
    found = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert found.keys() == {"besluiten", "velden", "regelset"}
    assert "huurtoeslag" in found["besluiten"]["schema"]["items"]["enum"]
    assert "stappen" in found["velden"]["schema"]["items"]["enum"]
    assert {"400", "413", "415", "429", "500", "503"} <= operation["responses"].keys()
