"""Kinderbijslag by the first day of the quarter, and for whom there surely is no kinderopvangtoeslag."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regels.uitslag import Conclusie
from tests.hulp.geladen import read, toets

OUDER = {"rol": "huurder", "leeftijd": 45, "inkomen": 30000}


def answer(id: str, dag: str, *children: Any, **facts: Any) -> Conclusie:
    kids = [child if isinstance(child, dict) else {"geboortedatum": child} for child in children]
    question = {"peildatum": dag, "personen": [OUDER, *({"rol": "kind", **kid} for kid in kids)], **facts}
    return toets(read(question)).conclusie(id)


def said(c: Conclusie) -> str:
    return " ".join([c.tekst, *(reden.tekst for reden in c.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("dag", "amounts"),
    [
        ("2022-06-30", ("230.69", "280.13", "329.56")),
        ("2022-07-01", ("249.31", "302.74", "356.16")),
        ("2023-06-30", ("269.76", "327.56", "385.37")),
        ("2023-07-01", ("261.70", "317.77", "373.85")),
        ("2024-01-01", ("279.49", "339.38", "399.27")),
        ("2024-12-31", ("281.69", "342.05", "402.41")),
        ("2025-01-01", ("286.45", "347.83", "409.21")),
        ("2025-12-31", ("291.49", "353.95", "416.41")),
        ("2026-06-30", ("295.07", "358.30", "421.53")),
        ("2026-11-26", ("298.40", "362.35", "426.29")),
    ],
)
def test_the_amount_follows_the_age_and_the_half_year(dag: str, amounts: tuple[str, ...]) -> None:
    year = int(dag[:4])
    for age, amount in zip((3, 8, 13), amounts, strict=True):
        found = answer("kinderbijslag", dag, f"{year - age}-01-01")
        assert (found.uitkomst, found.waarden["perKwartaal"]) == ("ja", Decimal(amount))
        assert found.waarden["perJaar"] == 4 * Decimal(amount)
        assert found.zekerheid == ("secundair" if dag == "2024-01-01" else "officieel")


# on 1 October 2026: the birthday on that day counts, the one a day later does not
@pytest.mark.parametrize("dag", ["2026-10-01", "2026-11-26", "2026-12-31"])
@pytest.mark.parametrize(
    ("birth", "amount"),
    [("2020-10-02", "298.40"), ("2020-10-01", "362.35"), ("2014-10-02", "362.35"), ("2014-10-01", "426.29")],
)
def test_an_age_counts_from_the_quarter_that_it_was_reached_in_or_before(dag: str, birth: str, amount: str) -> None:
    assert answer("kinderbijslag", dag, birth).waarden["perKwartaal"] == Decimal(amount)


@pytest.mark.parametrize(
    ("dag", "birth", "outcome"),
    [
        ("2026-11-26", "2010-10-02", "ja"),  # fifteen on 1 October
        ("2026-11-26", "2010-10-01", "voorleggen"),  # sixteen
        ("2026-11-26", "2008-10-02", "voorleggen"),  # seventeen on 1 October, eighteen today
        ("2026-11-26", "2008-10-01", "niet_van_toepassing"),
        ("2026-11-26", "2026-10-01", "ja"),  # born on the first day
        ("2026-11-26", "2026-10-02", "voorleggen"),
        ("2026-09-30", "2026-07-01", "ja"),
        ("2027-01-01", "2018-01-01", "geen_regels"),
    ],
)
def test_whether_there_is_kinderbijslag_is_settled_on_the_first_day_of_the_quarter(
    dag: str, birth: str, outcome: str
) -> None:
    assert answer("kinderbijslag", dag, birth).uitkomst == outcome


def test_of_sixteen_and_seventeen_the_condition_is_told_and_nothing_counted_as_sure() -> None:
    both = answer("kinderbijslag", "2026-06-01", "2018-01-01", "2009-05-01")
    assert both.waarden["perKwartaal"] == Decimal("358.30")
    assert "€ 421,53 per kwartaal bij, als het naar school gaat" in said(both)
    one = answer("kinderbijslag", "2026-06-01", "2009-05-01")
    assert (one.uitkomst, one.waarden["perKwartaal"]) == ("voorleggen", Decimal("421.53"))
    assert "naar school" in said(one)


def test_the_child_of_somebody_else_is_not_counted() -> None:
    for kind in ("pleegkind", "kleinkind", "van_medebewoner"):
        alone = answer("kinderbijslag", "2026-06-01", {"geboortedatum": "2018-01-01", "soortKind": kind})
        assert (alone.uitkomst, alone.waarden) == ("voorleggen", {})
        assert "niet zeker wie" in said(alone)
    beside = answer(
        "kinderbijslag", "2026-06-01", "2018-01-01", {"geboortedatum": "2018-01-01", "soortKind": "pleegkind"}
    )
    assert beside.waarden["perKwartaal"] == Decimal("358.30")
    assert "niet meegeteld" in said(beside)


def test_an_own_child_of_which_the_other_parent_has_it_is_not_counted() -> None:
    for fact in ({"kinderbijslag": False}, {"ingeschreven": False}, {"opgenomen": True}):
        away = {"geboortedatum": "2018-01-01", **fact}
        alone = answer("kinderbijslag", "2026-06-01", away)
        assert (alone.uitkomst, alone.waarden) == ("voorleggen", {})
        assert "of zij is van de andere ouder" in said(alone)
        assert answer("kinderbijslag", "2026-06-01", away, "2018-01-01").waarden["perKwartaal"] == Decimal("358.30")


def test_income_and_assets_never_matter() -> None:
    found = answer("kinderbijslag", "2026-06-01", "2018-01-01", vermogen=9_000_000)
    assert found.uitkomst == "ja" and "tellen niet mee" in said(found)
    assert answer("kinderbijslag", "2026-06-01", "2018-01-01", rechtmatigVerblijf=False).uitkomst == "voorleggen"


@pytest.mark.parametrize(
    ("dag", "age", "outcome"),
    [
        ("2026-02-01", 5, "ja"),  # on 1 January the age is the age
        ("2026-05-01", 5, "onbekend"),  # perhaps six by 1 April
        ("2026-05-01", 3, "ja"),
        ("2026-05-01", 17, "onbekend"),
        ("2026-05-01", 18, "niet_van_toepassing"),
    ],
)
def test_with_an_age_alone_it_is_known_where_no_birthday_can_matter(dag: str, age: int, outcome: str) -> None:
    found = answer("kinderbijslag", dag, {"leeftijd": age})
    assert found.uitkomst == outcome
    assert [part.veld for part in found.ontbreekt] == (["/personen/1/geboortedatum"] if outcome == "onbekend" else [])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.dates(min_value=date(2005, 1, 1), max_value=date(2026, 5, 1)), max_size=5))
def test_more_children_never_bring_less(births: list[Any]) -> None:
    total = Decimal(0)
    for count in range(len(births) + 1):
        found = answer("kinderbijslag", "2026-06-01", *(day.isoformat() for day in births[:count]))
        amount = found.waarden["perKwartaal"] if found.uitkomst == "ja" else Decimal(0)
        assert isinstance(amount, Decimal) and amount >= total
        total = amount


@pytest.mark.parametrize(
    ("dag", "birth", "outcome"),
    [
        ("2026-06-01", "2013-06-02", "voorleggen"),  # twelve
        ("2026-06-01", "2013-06-01", "niet_van_toepassing"),  # thirteen today
        ("2025-12-31", "2020-01-01", "voorleggen"),
        ("2026-01-01", "2020-01-01", "voorleggen"),
        ("2027-01-01", "2020-01-01", "geen_regels"),
        ("2027-01-01", "2000-01-01", "niet_van_toepassing"),
    ],
)
def test_childcare_is_for_a_child_that_is_not_at_secondary_school(dag: str, birth: str, outcome: str) -> None:
    found = answer("kinderopvangtoeslag", dag, birth)
    assert found.uitkomst == outcome
    assert (len(found.vervolg) == 1) == (outcome != "niet_van_toepassing")
    if outcome == "niet_van_toepassing" and dag < "2027":
        assert found.zekerheid == "afgeleid" and "nog naar de basisschool" in said(found)


def test_only_the_amounts_of_2026_are_told_of_childcare() -> None:
    assert "96%" in said(answer("kinderopvangtoeslag", "2026-06-01", "2020-01-01"))
    assert "€ 56.412" in said(answer("kinderopvangtoeslag", "2026-06-01", "2020-01-01"))
    assert "%" not in said(answer("kinderopvangtoeslag", "2025-12-31", "2020-01-01"))


def test_the_sum_of_the_schemes_has_kinderbijslag_by_the_year() -> None:
    question = {"peildatum": "2026-06-01", "personen": [OUDER, {"rol": "kind", "geboortedatum": "2018-01-01"}]}
    posts = {post.besluit: post for post in toets(read(question)).som.zeker.posten}
    assert (posts["kinderbijslag"].maand, posts["kinderbijslag"].jaar) == (None, Decimal("1433.20"))
