"""The table gives the answers of the single check: outcome, rule, amounts, and what is missing."""

import random
from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from regels import Vraag
from regels.vraag import read
from tests.hulp.huishoudens import huishouden
from tests.hulp.tabellen import Rij, afgerond, uit_de_tabel, uit_de_toets

JAREN = (2022, 2023, 2024, 2025, 2026)
STEEKPROEF = 300
VEEL = 20_000


def _vragen(jaar: int, aantal: int, begin: int = 0) -> dict[tuple[date, int], list[Vraag]]:
    """Households by their dates; half of them complete."""
    rng = random.Random(jaar + begin)
    found: dict[tuple[date, int], list[Vraag]] = defaultdict(list)
    for number in range(aantal):
        vraag: Any = read(huishouden(rng, compleet=number % 2 == 0, jaar=jaar))
        found[vraag.peildatum, vraag.rondedatum.year].append(vraag)
    return found


def _comparable(answers: dict[str, Rij]) -> dict[str, Rij]:
    return {
        besluit: {name: answer[name] for name in ("uitkomst", "regel")} | {"waarden": afgerond(answer["waarden"])}
        for besluit, answer in answers.items()
    }


def _compare(jaar: int, aantal: int, begin: int = 0) -> None:
    for (peildatum, huurronde), vragen in _vragen(jaar, aantal, begin).items():
        for vraag, answers in zip(vragen, uit_de_tabel(vragen, peildatum, huurronde), strict=True):
            assert _comparable(answers) == _comparable(uit_de_toets(vraag)), vraag.model_dump_json(exclude_none=True)


@pytest.mark.parametrize("jaar", JAREN)
def test_a_table_answers_as_the_single_check(jaar: int) -> None:
    _compare(jaar, STEEKPROEF)


@pytest.mark.traag
@pytest.mark.parametrize("jaar", JAREN)
def test_many_households_answer_as_the_single_check(jaar: int) -> None:
    _compare(jaar, VEEL, begin=1)
