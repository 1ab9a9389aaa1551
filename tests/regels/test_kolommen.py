"""The table gives the answers of the single check: outcome, rule, amounts, and what is missing."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from regels import Vraag
from regels.vraag import VraagFout, read
from tests.hulp.huishoudens import huishouden
from tests.hulp.tabellen import Rij, afgerond, uit_de_tabel, uit_de_toets

JAREN = (2022, 2023, 2024, 2025, 2026)
# before and after the round of the year, and the round of a year before
DATUMS = (("02-17", 0), ("07-02", 0), ("12-31", 1))
STEEKPROEF, VEEL = 100, 5_000


def _vragen(jaar: int, dag: str, eerder: int, aantal: int, begin: int) -> Iterator[Vraag]:
    """Households of one day and one round; half of them complete."""
    rng = random.Random(f"{jaar} {dag} {begin}")
    while aantal:
        data = huishouden(rng, compleet=aantal % 2 == 0, jaar=jaar)
        try:
            yield read(data | {"peildatum": f"{jaar}-{dag}", "huurronde": jaar - eerder})
        except VraagFout:
            continue
        aantal -= 1


def _comparable(answers: dict[str, Rij]) -> dict[str, Rij]:
    return {besluit: answer | {"waarden": afgerond(answer["waarden"])} for besluit, answer in answers.items()}


def _compare(jaar: int, aantal: int, begin: int = 0) -> None:
    for dag, eerder in DATUMS:
        vragen: list[Any] = list(_vragen(jaar, dag, eerder, aantal, begin))
        answers = uit_de_tabel(vragen, date.fromisoformat(f"{jaar}-{dag}"), jaar - eerder)
        for vraag, found in zip(vragen, answers, strict=True):
            assert _comparable(found) == _comparable(uit_de_toets(vraag)), vraag.model_dump_json(exclude_none=True)


@pytest.mark.parametrize("jaar", JAREN)
def test_a_table_answers_as_the_single_check(jaar: int) -> None:
    _compare(jaar, STEEKPROEF)


@pytest.mark.traag
@pytest.mark.parametrize("jaar", JAREN)
def test_many_households_answer_as_the_single_check(jaar: int) -> None:
    _compare(jaar, VEEL, begin=1)
