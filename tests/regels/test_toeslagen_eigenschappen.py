"""What holds of zorgtoeslag and kindgebonden budget for every household, whatever the figures of its year."""

from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regels.uitslag import Conclusie
from tests.hulp.geladen import read, toets

INCOME = st.integers(0, 70_000)
YEAR = st.integers(2022, 2026)
CHILDREN = st.lists(st.integers(0, 16), max_size=4)
IDS = ("zorgtoeslag", "kindgebonden-budget")


def ask(year: int, income: int, ages: list[int], *, partner: bool, month: int = 7, **more: Any) -> dict[str, Conclusie]:
    persons: list[dict[str, Any]] = [{"rol": "huurder", "geboortedatum": "1980-03-03", "inkomen": income}]
    persons += [{"rol": "partner", "geboortedatum": "1981-03-03", "inkomen": 0}] if partner else []
    persons += [{"rol": "kind", "geboortedatum": f"{year - age - 1}-03-03"} for age in ages]
    question = {"peildatum": f"{year}-{month:02}-01", "soort": "huurder", "verhuurder": "wetland-wonen",
                "vermogen": 0, "personen": persons} | more  # fmt: skip
    answer = toets(read(question), besluiten=IDS)
    return {id: answer.conclusie(id) for id in IDS}


def amount(conclusie: Conclusie, name: str = "perMaand") -> Decimal:
    found = conclusie.waarden.get(name, Decimal(0))
    assert isinstance(found, Decimal)
    return found


@settings(max_examples=40, deadline=None)
@given(YEAR, INCOME, st.integers(1, 5_000), CHILDREN, st.booleans())
def test_no_allowance_rises_with_income_or_falls_below_nothing(
    year: int, income: int, more: int, ages: list[int], partner: bool
) -> None:
    low, high = (ask(year, each, ages, partner=partner) for each in (income, income + more))
    for id in IDS:
        assert amount(low[id]) >= amount(high[id]) >= 0
        assert amount(low[id], "perJaar") >= amount(high[id], "perJaar") >= 0


@settings(max_examples=40, deadline=None)
@given(YEAR, INCOME, CHILDREN, st.booleans())
def test_what_is_paid_a_month_is_a_whole_euro_and_never_more_than_a_twelfth(
    year: int, income: int, ages: list[int], partner: bool
) -> None:
    for conclusie in ask(year, income, ages, partner=partner).values():
        month, whole = amount(conclusie), amount(conclusie, "perJaar")
        assert month == int(month)
        # the year is rounded half up and the month down, both of the same amount
        assert month * 12 <= whole + 1
        assert whole < (month + 1) * 12 + 1
        assert (conclusie.uitkomst == "ja") == (whole >= 24)


@settings(max_examples=30, deadline=None)
@given(YEAR, INCOME, CHILDREN, st.integers(0, 16), st.booleans())
def test_one_child_more_never_gives_less(year: int, income: int, ages: list[int], age: int, partner: bool) -> None:
    fewer, more = (ask(year, income, each, partner=partner) for each in (ages, [*ages, age]))
    assert amount(fewer["kindgebonden-budget"]) <= amount(more["kindgebonden-budget"])
    assert amount(fewer["zorgtoeslag"]) == amount(more["zorgtoeslag"])


@settings(max_examples=30, deadline=None)
@given(YEAR, INCOME, st.lists(st.integers(0, 16), min_size=1, max_size=3))
def test_a_single_parent_never_gets_less_kindgebonden_budget_than_a_couple_with_the_same_income_below_the_limit(
    year: int, income: int, ages: list[int]
) -> None:
    alone, together = (ask(year, income % 20_000, ages, partner=pair) for pair in (False, True))
    assert amount(alone["kindgebonden-budget"]) > amount(together["kindgebonden-budget"])


@settings(max_examples=20, deadline=None)
@given(YEAR, st.booleans())
def test_the_limit_that_is_told_is_the_last_income_with_an_allowance(year: int, partner: bool) -> None:
    for id in IDS:
        limit = int(amount(ask(year, 0, [7], partner=partner)[id], "grens"))
        outcomes = [ask(year, limit + step, [7], partner=partner)[id].uitkomst for step in (0, 1)]
        assert outcomes == ["ja", "nee"]
