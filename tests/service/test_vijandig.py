"""Hostile questions and forms: always an answer or a clear refusal, in time, and never an incident."""

import random
import time
from collections import Counter
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from tests.hulp import vijandig

BATCH = 200
LONGEST = 20  # seconds for one request, on a machine that others share
LONG = pytest.mark.traag
REFUSED = (400, 413, 415, 431)


def _seeds(sample: int, whole: int) -> list[object]:
    """Batches: the first few in every run of the tests, all of them in the long one."""
    return [seed if seed < sample else pytest.param(seed, marks=LONG) for seed in range(whole)]


def _run(client: TestClient, make: Callable[[random.Random], vijandig.Request], seed: int) -> Counter[int]:
    rng, codes = random.Random(seed), Counter[int]()
    with capture_logs() as logs:
        for number in range(BATCH):
            path, body, headers = make(rng)
            start = time.monotonic()
            response = client.post(path, content=body, headers=headers)
            where = f"seed {seed}, number {number}: {path} gave {response.status_code}"
            assert response.status_code < 500, where
            assert time.monotonic() - start < LONGEST, where
            assert response.text, where
            codes[response.status_code] += 1
    assert not [entry for entry in logs if entry["event"] != "verzoek"]
    return codes


@pytest.mark.parametrize("seed", _seeds(3, 100))
def test_a_hostile_question_gets_an_answer_or_a_clear_refusal(client: TestClient, seed: int) -> None:
    codes = _run(client, vijandig.question, seed)
    assert set(codes) <= {200, *REFUSED}
    assert sum(codes[code] for code in REFUSED) > BATCH / 2


@pytest.mark.parametrize("seed", _seeds(1, 50))
def test_a_hostile_form_gets_a_page(client: TestClient, seed: int) -> None:
    codes = _run(client, vijandig.form, seed)
    assert set(codes) <= {200, 404, *REFUSED}
    assert codes[400] > BATCH / 10


def test_more_people_than_a_form_holds_are_refused_before_a_page_is_made(client: TestClient) -> None:
    for path in ("/huurder", "/huurder/antwoord", "/stappen/huurder", "/wat-als", "/papieren/dossier"):
        answer = client.post(
            path, data={f"personen.{at}.rol": "kind" for at in range(31)}, headers={"accept": "text/html"}
        )
        assert answer.status_code == 400
        assert "hoogstens 30 personen" in answer.text
        assert len(answer.content) < 10_000


@pytest.mark.parametrize("body", [b'{"vermogen": 1, "vermogen": 2}', b'{"woning": {"kaleHuur": 600, "kaleHuur": 600}}'])
def test_a_name_that_stands_there_twice_is_refused(client: TestClient, body: bytes) -> None:
    response = client.post("/v1/toetsen", content=body)
    assert response.status_code == 400
    assert "tweemaal" in response.json()["errors"][0]["detail"]
