"""The table gives the answers of the single check: outcome, rule, amounts, and what is missing."""

from unittest import mock

import pytest

from regels.lezers.kolommen import needless
from tests.hulp.gelijk import DATUMS, verschillen

JAREN = (2022, 2023, 2024, 2025, 2026)
STEEKPROEF, VEEL = 100, 5_000


# each year twice and each kind of day in three years or more; the long run has them all
@pytest.mark.parametrize(
    ("jaar", "dag", "eerder"),
    [(jaar, *datum) for at, jaar in enumerate(JAREN) for on, datum in enumerate(DATUMS) if (at + on) % 3],
)
def test_a_table_answers_as_the_single_check(jaar: int, dag: str, eerder: int) -> None:
    # a table as small as this tries nothing first; of one year it does
    with mock.patch.object(needless, "FEW", 0 if jaar == 2026 else needless.FEW):
        assert verschillen(jaar, dag, eerder, STEEKPROEF, begin=0) == []


@pytest.mark.traag
@pytest.mark.parametrize(("dag", "eerder"), DATUMS)
@pytest.mark.parametrize("jaar", JAREN)
def test_many_households_answer_as_the_single_check(jaar: int, dag: str, eerder: int) -> None:
    assert verschillen(jaar, dag, eerder, VEEL, begin=1) == []
