"""The API: the contract, and what it answers to what it cannot read."""

import json

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time

from tests.hulp import voorbeelden

VRAAG = {
    "peildatum": "2026-03-01",
    "huurronde": 2026,
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": [
        {"rol": "huurder", "geboortedatum": "1958-02-03", "inkomen": 24500},
        {"rol": "partner", "geboortedatum": "1961-09-30", "inkomen": 0},
    ],
    "vermogen": 8000,
    "inkomenscategorie": "laag",
    "woning": {
        "kaleHuur": 655.12,
        "servicekosten": 20.00,
        "zelfstandig": True,
        "wwsMaximum": 812.40,
        "energielabel": "E",
    },
}


def _conclusies(answer: dict) -> dict:
    return {conclusie["id"]: conclusie for conclusie in answer["conclusies"]}


def test_the_question_of_the_contract_is_answered(client: TestClient) -> None:
    response = client.post("/v1/toetsen", json=VRAAG)
    assert response.status_code == 200
    answer = response.json()
    assert (answer["peildatum"], answer["huurronde"]) == ("2026-03-01", 2026)
    assert answer["regelset"]["hash"].startswith("sha256:")
    daeb = _conclusies(answer)["daeb-doelgroep"]
    assert (daeb["uitkomst"], daeb["zekerheid"]) == ("ja", "officieel")
    assert daeb["waarden"] == {"inkomen": 24500, "grens": 56910, "marge": 32410}
    assert daeb["redenen"][0]["regel"] == "binnen-de-daeb-grens"
    assert set(daeb["redenen"][0]["bronnen"]) <= set(answer["bronnen"])
    increase = _conclusies(answer)["huurverhoging-wettelijk"]["waarden"]
    assert (increase["maximaleHuur"], increase["maximaleVerhoging"], increase["grond"]) == (681.97, 26.85, "percentage")


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_worked_examples_come_out_the_same_through_the_api(client: TestClient, case) -> None:
    answer = client.post("/v1/toetsen", json=case.vraag).json()
    for besluit, expected in case.verwacht.items():
        found = _conclusies(answer)[besluit]
        assert found["uitkomst"] == expected["uitkomst"], besluit
        assert {name: found["waarden"].get(name) for name in expected.get("waarden", {})} == expected.get("waarden", {})
        if "ontbreekt" in expected:
            assert [missing["veld"] for missing in found["ontbreekt"]] == expected["ontbreekt"], besluit


def test_the_same_question_gives_the_same_bytes(client: TestClient) -> None:
    assert client.post("/v1/toetsen", json=VRAAG).content == client.post("/v1/toetsen", json=VRAAG).content


@pytest.mark.parametrize(
    ("now", "peildatum", "outcome"),
    [
        ("2026-12-31 12:00", "2026-12-31", "ja"),
        ("2026-12-31 22:59", "2026-12-31", "ja"),
        ("2026-12-31 23:01", "2027-01-01", "geen_regels"),  # in the Netherlands it is already the new year
        ("2026-06-30 22:30", "2026-07-01", "ja"),
    ],
)
def test_today_in_the_netherlands_fills_in_the_peildatum(
    client: TestClient, now: str, peildatum: str, outcome: str
) -> None:
    with freeze_time(now):
        answer = client.post("/v1/toetsen", json=VRAAG | {"peildatum": None}).json()
    assert answer["peildatum"] == peildatum
    assert _conclusies(answer)["daeb-doelgroep"]["uitkomst"] == outcome


def test_every_fault_is_reported_at_once_with_its_place(client: TestClient) -> None:
    wrong = {"soort": "hurder", "personen": [{"inkomen": "veel"}], "woning": {"kaleHuur": -1, "tuin": True}}
    response = client.post("/v1/toetsen", json=wrong)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    places = {error["location"]["pointer"] for error in problem["errors"]}
    assert places == {"/soort", "/personen/0/inkomen", "/woning/kaleHuur", "/woning/tuin"}
    assert "veel" not in response.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"3", b'{"vermogen": NaN}', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_question_is_a_clear_400(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/toetsen", content=body)
    assert response.status_code == 400
    assert response.json()["errors"][0]["detail"]


def test_a_message_that_is_too_large_is_refused(client: TestClient) -> None:
    response = client.post("/v1/toetsen", content=b" " * 70_000)
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_a_message_without_a_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    response = client.post("/v1/toetsen", content=iter([b" " * 40_000] * 3))
    assert response.status_code == 413


def test_the_rule_sets_are_listed_and_shown(client: TestClient) -> None:
    listed = client.get("/v1/regelsets").json()["regelsets"]
    shown = client.get(f"/v1/regelsets/{listed[0]['versie']}").json()
    assert shown["hash"] == listed[0]["hash"]
    assert {"landelijk/2026", "wetland-wonen/beleid/2026"} <= {part["naam"] for part in shown["onderdelen"]}
    assert all(part["hash"].startswith("sha256:") for part in shown["onderdelen"])
    assert "huurtoeslag" in {besluit["id"] for besluit in shown["besluiten"]}
    missing = client.get("/v1/regelsets/1999.1")
    assert (missing.status_code, missing.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/v1/regelsets", "/v1/openapi.json", "/v1/bestaat-niet", "/v1/toetsen"])
def test_every_answer_of_the_api_carries_its_version_and_is_not_stored(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["api-version"] == "1.1.0"
    assert headers["cache-control"] == "no-store"


def test_the_wrong_method_is_a_problem_with_the_right_one(client: TestClient) -> None:
    response = client.get("/v1/toetsen")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert response.headers["content-type"] == "application/problem+json"


def test_a_path_with_a_slash_at_the_end_does_not_exist(client: TestClient) -> None:
    assert client.get("/v1/regelsets/").status_code == 404


def test_the_description_of_the_api_names_every_field_and_can_be_read_elsewhere(client: TestClient) -> None:
    response = client.get("/v1/openapi.json")
    assert response.headers["access-control-allow-origin"] == "*"
    schema = response.json()
    assert schema["openapi"].startswith("3.1")
    assert "wwsMaximum" in json.dumps(schema["components"]["schemas"]["Woning"])
    assert [path for path in schema["paths"] if not path.startswith("/v1/")] == [], "a page is no part of the API"
    operation = schema["paths"]["/v1/toetsen"]["post"]
    assert operation["responses"]["400"]["content"].keys() == {"application/problem+json"}


@pytest.mark.parametrize(
    ("question", "pointer"),
    [
        ({"bsn": 123456782}, "/bsn"),
        ({"personen": [{"rol": "huurder", "geboortedatum": "123.456.782"}]}, "/personen/0/geboortedatum"),
        ({"soort": "BSN: １２３456782"}, "/soort"),
        ({"personen": [{"bsn123456782": 1}]}, "/personen/0"),
        ({"vermogen": "123-456-782"}, "/vermogen"),
    ],
)
def test_a_bsn_in_a_question_is_told_and_not_repeated(client: TestClient, question: dict, pointer: str) -> None:
    response = client.post("/v1/toetsen", json=question)
    assert response.status_code == 400
    first = response.json()["errors"][0]
    assert first["location"]["pointer"] == pointer
    assert "burgerservicenummer" in first["detail"]
    assert not any(part in response.text for part in ("456782", "456.782", "456-782"))
