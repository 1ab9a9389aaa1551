"""What more income takes away, over the API: the message, its faults, and that it stays cheap."""

import json
from time import perf_counter
from typing import Any

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time

from service.basis.drukte import kind_of
from tests.service.test_api import VRAAG

ADRES = "/v1/verloop"


def test_a_question_gives_the_course_of_the_tenant(client: TestClient) -> None:
    response = client.post(ADRES, json={"vraag": VRAAG, "van": 20_000, "tot": 40_000})
    assert response.status_code == 200
    found = response.json()
    assert (found["peildatum"], found["persoon"]) == ("2026-03-01", 0)
    assert found["regelset"]["hash"].startswith("sha256:")
    assert [point["inkomen"] for point in found["punten"]] == list(range(20_000, 40_001, 1_000))
    assert found["meer"]["inkomen"] == 24_500
    rent = [post for post in found["punten"][-1]["posten"] if post["besluit"] == "huurtoeslag"]
    whole = client.post(
        "/v1/toetsen", json=VRAAG | {"personen": [VRAAG["personen"][0] | {"inkomen": 40_000}, VRAAG["personen"][1]]}
    ).json()
    values = {c["id"]: c["waarden"] for c in whole["conclusies"]}
    assert rent[0]["maand"] == values["huurtoeslag"]["perMaand"]


def test_another_resident_can_be_asked(client: TestClient) -> None:
    found = client.post(ADRES, json={"vraag": VRAAG, "persoon": 1}).json()
    assert (found["persoon"], found["meer"]["inkomen"]) == (1, 0)


@freeze_time("2026-05-04")
def test_a_day_that_was_left_out_is_today(client: TestClient) -> None:
    question = {name: value for name, value in VRAAG.items() if name != "peildatum"}
    assert client.post(ADRES, json={"vraag": question}).json()["peildatum"] == "2026-05-04"


FAULTS: dict[str, tuple[Any, list[str]]] = {
    "no object": ([], [""]),
    "no question": ({}, [""]),
    "the question itself": (VRAAG, [""]),
    "null": ({"vraag": None}, ["/vraag"]),
    "a fault in the question": ({"vraag": VRAAG | {"vermogen": "veel"}}, ["/vraag/vermogen"]),
    "an unknown field": ({"vraag": VRAAG, "naar": 3}, [""]),
    "a word": ({"vraag": VRAAG, "tot": "45000"}, ["/tot"]),
    "yes": ({"vraag": VRAAG, "persoon": True}, ["/persoon"]),
    "a part": ({"vraag": VRAAG, "stap": 1000.5}, ["/stap"]),
    "nobody": ({"vraag": VRAAG, "persoon": 2}, ["/persoon"]),
    "too many steps": ({"vraag": VRAAG, "stap": 100}, ["/stap"]),
    "several at once": ({"vraag": {"vermogen": -1}, "van": "x", "tot": []}, ["/vraag/vermogen", "/van", "/tot"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_is_a_problem_with_its_place(client: TestClient, name: str) -> None:
    message, places = FAULTS[name]
    response = client.post(ADRES, json=message)
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert [fault["location"]["pointer"] for fault in response.json()["errors"]] == places


def test_a_bsn_is_named_and_not_repeated(client: TestClient) -> None:
    response = client.post(ADRES, json={"vraag": VRAAG | {"vermogen": "111222333"}})
    assert response.status_code == 400
    assert "BSN" in response.text and "111222333" not in response.text


def test_what_is_no_json_is_refused(client: TestClient) -> None:
    assert client.post(ADRES, content="x", headers={"content-type": "text/plain"}).status_code == 415
    assert client.post(ADRES, content="{", headers={"content-type": "application/json"}).status_code == 400
    assert client.post(f"{ADRES}?van=3", json={"vraag": VRAAG}).status_code == 400


def test_it_is_counted_with_what_takes_as_much_work() -> None:
    assert kind_of("POST", ADRES) == "papieren"


def test_the_largest_message_stays_a_small_multiple_of_a_check(client: TestClient) -> None:
    persons = [{"rol": "huurder", "geboortedatum": "1980-03-01", "inkomen": 30_000}]
    persons += [{"rol": "medebewoner", "leeftijd": 30, "inkomen": 20_000 + number} for number in range(29)]
    message = {"vraag": VRAAG | {"personen": persons}, "van": 0, "tot": 100_000, "stap": 1_000}
    client.post(ADRES, json=message)
    begin = perf_counter()
    assert client.post(ADRES, json=message).status_code == 200
    assert perf_counter() - begin < 10, "some hundred checks of a few milliseconds, on a busy machine"


def test_the_description_has_an_example_that_is_answered(client: TestClient) -> None:
    described = client.get("/v1/openapi.json").json()["paths"][ADRES]["post"]
    example = described["requestBody"]["content"]["application/json"]["schema"]["example"]
    found = client.post(ADRES, json=json.loads(json.dumps(example)))
    assert found.status_code == 200 and found.json()["punten"]
