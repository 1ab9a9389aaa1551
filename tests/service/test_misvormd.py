"""Thousands of malformed questions: always a clear 400 (or an answer), never a 500, never a hang."""

import json
import random
from typing import Any

import pytest
from fastapi.testclient import TestClient

ROUNDS, SIZE = 4, 1000
KEYS = [
    "peildatum", "huurronde", "soort", "verhuurder", "personen", "vermogen", "woning", "kaleHuur", "rol", "inkomen",
    "geboortedatum", "leeftijd", "energielabel", "wwsMaximum", "inkomenscategorie", "zelfstandig",
    "", "x", "/~", "__proto__",
]  # fmt: skip


def _value(rng: random.Random, depth: int = 0) -> Any:
    kind = rng.randrange(13 if depth < 5 else 9)
    simple = [
        None, True, rng.randint(-(10**30), 10**30), rng.uniform(-1e308, 1e308), 10 ** rng.randint(0, 300), "",
        "9" * rng.randint(0, 5000), -0.0,
        rng.choice(["2026-02-30", "ja", "1,234", "\x00", "𝟙𝟚", "NaN", "-0", "huurder", "A++"]),
    ]  # fmt: skip
    if kind < len(simple):
        return simple[kind]
    if kind < 11:
        return [_value(rng, depth + 1) for _ in range(rng.randint(0, 40 if depth == 1 else 4))]
    return {rng.choice(KEYS): _value(rng, depth + 1) for _ in range(rng.randint(0, 8))}


def _body(rng: random.Random) -> bytes:
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randbytes(rng.randint(0, 200))
    if kind == 1:
        return rng.choice([b"[", b'{"a":', b'{"personen":[']) * rng.randint(1, 3000)
    text = json.dumps({key: _value(rng) for key in rng.sample(KEYS, rng.randint(0, 8))}).encode()
    if kind == 2:
        place = rng.randrange(len(text) + 1)
        return text[:place] + rng.choice([b"", b"}", b"\x00", b'"', b"NaN"]) + text[place + rng.randint(0, 3) :]
    return text


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_malformed_questions_get_a_clear_answer(client: TestClient, seed: int) -> None:
    rng = random.Random(seed)
    refused = 0
    for _ in range(SIZE):
        response = client.post("/v1/toetsen", content=_body(rng))
        assert response.status_code in (200, 400, 413)
        if response.status_code == 400:
            refused += 1
            assert all(error["detail"] for error in response.json()["errors"])
    assert refused > SIZE / 2
