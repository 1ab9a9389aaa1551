"""A large table with columns absent: whatever is constant then, is constant for every row."""

import os
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest

from tests.hulp.kolomkeuzes import CELLEN, GEHEEL, cellen, keuzes

ROOT = Path(__file__).parents[2]


def wrong(threads: int, rows: int, seed: int, some: int) -> str:
    """What went wrong with ``rows`` rows and so many threads; empty when nothing did."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hulp.kolomkeuzes", str(rows), str(seed), str(some)],
        cwd=ROOT, env=os.environ | {"POLARS_MAX_THREADS": str(threads)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + (done.stderr if done.returncode else "")


@pytest.mark.parametrize(("threads", "rows", "some"), [(1, 16_384, 3), (2, 16_383, 2), (4, 16_384, 3)])
def test_every_row_of_a_large_table_is_accepted_whichever_columns_are_absent(
    threads: int, rows: int, some: int
) -> None:
    assert wrong(threads, rows, seed=threads, some=some) == ""


def test_the_choices_of_columns_have_every_two_in_each_way_and_the_main_ones_every_three() -> None:
    wanted = [frozenset(choice) for choice in keuzes()]
    assert len(cellen()) > 70
    for names, of in ((cellen(), 2), ([name for name in CELLEN if name not in GEHEEL], 3)):
        for some in combinations(names, of):
            assert len({choice & frozenset(some) for choice in wanted}) == 2**of, some


@pytest.mark.traag
@pytest.mark.parametrize("threads", [1, 2, 4])
@pytest.mark.parametrize("rows", [1, 16_383, 16_384, 100_000])
def test_every_choice_of_columns_at_every_size_and_number_of_threads(threads: int, rows: int) -> None:
    assert wrong(threads, rows, seed=0, some=0) == ""
