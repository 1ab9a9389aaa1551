"""The norm of social assistance: every half year, with and without holiday pay, couples with one AOW, and cost sharers.

The amounts are those of articles 21 and 22 of the Participatiewet as they read on the day, and of municipalities that
published them without holiday pay; the norms with cost sharers are worked out by hand from article 22a.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regels.uitslag import Conclusie
from tests.hulp.geladen import read, toets

ALLEEN = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": 18000}]
PAAR = [*ALLEEN, {"rol": "partner", "geboortedatum": "1981-05-05", "inkomen": 0}]
OUDER = [*ALLEEN, {"rol": "kind", "geboortedatum": "2016-05-05"}]
AOW = [{"rol": "huurder", "geboortedatum": "1950-05-05", "inkomen": 18000}]
AOW_PAAR = [*AOW, {"rol": "partner", "geboortedatum": "1951-05-05", "inkomen": 0}]
EEN_AOW = [*AOW, {"rol": "partner", "geboortedatum": "1971-05-05", "inkomen": 0}]


def stand(dag: str, persons: list[dict[str, Any]], netto: Any = 1000, with_holiday_pay: bool = True) -> Conclusie:
    facts = {"personen": persons, "nettoMaandinkomen": netto, "inclusiefVakantiegeld": with_holiday_pay}
    return toets(read({"peildatum": dag, **facts})).conclusie("bijstandsnorm")


def said(conclusie: Conclusie) -> str:
    return " ".join([conclusie.tekst, *(reden.tekst for reden in conclusie.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


# first day of each half year, with holiday pay: single, couple, single with AOW, couple with AOW
WET = {
    "2022-01-01": ("1091.71", "1559.58", "1213.06", "1642.54"),
    "2022-07-01": ("1101.82", "1574.03", "1225.67", "1660.36"),
    "2023-01-01": ("1195.66", "1708.08", "1330.67", "1807.20"),
    "2023-07-01": ("1216.62", "1738.02", "1357.66", "1843.60"),
    "2024-01-01": ("1283.83", "1834.04", "1425.76", "1932.32"),
    "2024-07-01": ("1308.45", "1869.21", "1456.85", "1976.64"),
    "2025-01-01": ("1345.45", "1922.07", "1501.07", "2053.48"),
    "2025-07-01": ("1369.06", "1955.80", "1530.21", "2094.98"),
    "2026-01-01": ("1401.50", "2002.13", "1564.69", "2144.16"),
    "2026-07-01": ("1419.46", "2027.79", "1587.34", "2176.10"),
}


@pytest.mark.parametrize("first", WET)
@pytest.mark.parametrize("household", range(4), ids=["alleen", "paar", "aow", "aow-paar"])
def test_the_norm_of_each_half_year_holds_on_its_first_and_last_day(first: str, household: int) -> None:
    day = date.fromisoformat(first)
    last = date(day.year, 6, 30) if day.month == 1 else date(day.year, 12, 31)
    norm = Decimal(WET[first][household])
    persons = (ALLEEN, PAAR, AOW, AOW_PAAR)[household]
    for dag in (day, last):
        found = stand(dag.isoformat(), persons, float(norm))
        assert (found.uitkomst, found.waarden["norm"], found.waarden["percentage"]) == ("ja", norm, 100)


# published without holiday pay: Gelderlander (120% / 1,2), Stadskanaal, Steenwijkerland (110% / 1,1), Westervoort
ZONDER = [
    ("2022-03-01", ("1037.12", "1481.60", "1152.41", "1560.41")),
    ("2022-07-01", ("1046.73", "1495.33", "1164.39", "1577.34")),
    ("2023-12-31", ("1155.79", "1651.12", "1289.78", "1751.42")),
    ("2024-01-01", ("1219.64", "1742.34", "1354.47", "1835.70")),
]


@pytest.mark.parametrize(("dag", "norms"), ZONDER, ids=[dag for dag, _ in ZONDER])
def test_without_holiday_pay_the_norm_is_what_municipalities_published(dag: str, norms: tuple[str, ...]) -> None:
    for persons, norm in zip((ALLEEN, PAAR, AOW, AOW_PAAR), norms, strict=True):
        found = stand(dag, persons, float(norm), with_holiday_pay=False)
        assert (found.waarden["norm"], found.waarden["percentage"]) == (Decimal(norm), 100)
        assert found.zekerheid == "afgeleid"
        assert "zonder vakantiegeld" in said(found)


@pytest.mark.parametrize(("cents", "percentage"), [(-65, "0.999"), (-64, "1"), (0, "1"), (64, "1"), (65, "1.001")])
def test_the_part_of_the_norm_is_rounded_to_a_tenth_of_a_percent(cents: int, percentage: str) -> None:
    found = stand("2024-03-01", ALLEEN, float(Decimal("1283.83") + Decimal(cents) / 100))
    assert found.waarden["percentage"] == Decimal(percentage) * 100


def test_a_couple_with_one_aow_has_the_norm_of_an_aow_couple() -> None:
    persons = [
        {"rol": "huurder", "geboortedatum": "1955-01-05", "inkomen": 17000},
        {"rol": "partner", "geboortedatum": "1965-01-01", "inkomen": 3000},
    ]
    found = stand("2024-03-01", persons, 1933.98)
    assert (found.uitkomst, found.waarden["norm"]) == ("ja", Decimal("1932.32"))
    assert "de norm van een paar met AOW-leeftijd" in said(found)
    assert stand("2024-03-01", EEN_AOW).waarden == stand("2024-03-01", AOW_PAAR).waarden
    # the younger one must be old enough for a norm of its own
    young = [persons[0], {"rol": "partner", "geboortedatum": "2003-03-02", "inkomen": 0}]
    assert (stand("2024-03-01", young).uitkomst, stand("2024-03-01", young).waarden) == ("voorleggen", {})
    assert stand("2024-03-02", young).waarden["norm"] == Decimal("1932.32")


@pytest.mark.parametrize(
    ("dag", "birth", "outcome"),
    [
        ("2022-12-31", "2002-01-01", "ja"),  # twenty
        ("2022-12-31", "2001-12-31", "voorleggen"),  # twenty-one today: a cost sharer until 2023
        ("2022-12-31", "2001-05-01", "voorleggen"),
        ("2023-01-01", "2001-05-01", "ja"),
        ("2024-03-01", "2001-05-01", "ja"),  # twenty-two in 2024
        ("2024-03-01", "1997-03-02", "ja"),  # twenty-seven tomorrow
        ("2024-03-01", "1997-03-01", "voorleggen"),
        ("2026-12-31", "1999-12-31", "voorleggen"),
    ],
)
@pytest.mark.parametrize("rol", ["kind", "medebewoner"])
def test_a_resident_is_a_cost_sharer_from_an_age_that_went_up_in_2023(
    dag: str, birth: str, outcome: str, rol: str
) -> None:
    found = stand(dag, [*ALLEEN, {"rol": rol, "geboortedatum": birth, "inkomen": 8000}], 1283.83)
    assert found.uitkomst == outcome
    assert ("nog iemand" in said(found)) == (outcome == "voorleggen")
    assert ("normZonderKostendelers" in found.waarden) == (outcome == "voorleggen")


def sharers(count: int) -> list[dict[str, Any]]:
    return [{"rol": "medebewoner", "geboortedatum": "1990-01-01", "inkomen": 20000} for _ in range(count)]


# 2024-01: couple 1.834,04 and with AOW 1.932,32; each has (40% + 30% x A) / A of it, to the cent
DELERS = [
    (ALLEEN, 1, "917.02", "1283.83"),  # 50%
    (ALLEEN, 2, "794.75", "1283.83"),  # 43,33%
    (ALLEEN, 3, "733.62", "1283.83"),  # 40%
    (OUDER, 1, "917.02", "1283.83"),  # a child of eight shares nothing
    (PAAR, 1, "1589.50", "1834.04"),  # two times 43,33%: 794,75
    (PAAR, 2, "1467.24", "1834.04"),
    (AOW, 1, "966.16", "1425.76"),
    (AOW, 2, "837.34", "1425.76"),
    (AOW_PAAR, 1, "1674.68", "1932.32"),
    (EEN_AOW, 1, "1674.68", "1932.32"),
]


@pytest.mark.parametrize(("persons", "others", "norm", "full"), DELERS)
def test_with_cost_sharers_the_lower_norm_is_named_beside_the_full_one(
    persons: list[dict[str, Any]], others: int, norm: str, full: str
) -> None:
    found = stand("2024-03-01", [*persons, *sharers(others)], float(norm))
    assert found.uitkomst == "voorleggen"
    assert found.waarden == {
        "nettoInkomen": Decimal(norm),
        "norm": Decimal(norm),
        "normZonderKostendelers": Decimal(full),
        "percentage": 100,
    }
    assert "student is geen kostendeler" in said(found)


def test_without_holiday_pay_the_norm_with_cost_sharers_is_lower_too() -> None:
    # 95% of 917,02 and of 1.283,83
    found = stand("2024-03-01", [*ALLEEN, *sharers(1)], 900, with_holiday_pay=False)
    assert found.waarden["norm"] == Decimal("871.17")
    assert found.waarden["normZonderKostendelers"] == Decimal("1219.64")


@pytest.mark.parametrize(
    "other", [{"rol": "onderhuurder", "geboortedatum": "1980-01-01"}, {"rol": "kind", "geboortedatum": "1997-03-02"}]
)
def test_who_shares_no_costs_changes_nothing(other: dict[str, Any]) -> None:
    assert stand("2024-03-01", [*ALLEEN, other]).waarden == stand("2024-03-01", ALLEEN).waarden


def test_what_is_not_known_of_the_income_or_the_holiday_pay_is_asked() -> None:
    facts = {"peildatum": "2024-03-01", "personen": ALLEEN}
    asked = {
        "/inclusiefVakantiegeld": {**facts, "nettoMaandinkomen": 1200},
        "/nettoMaandinkomen": {**facts, "inclusiefVakantiegeld": True},
    }
    for pointer, question in asked.items():
        found = toets(read(question)).conclusie("bijstandsnorm")
        assert (found.uitkomst, [part.veld for part in found.ontbreekt]) == ("onbekend", [pointer])
    assert stand("2024-03-01", ALLEEN, 0).waarden["percentage"] == 0


def test_outside_the_half_years_that_were_read_there_are_no_rules() -> None:
    assert [stand(dag, ALLEEN).uitkomst for dag in ("2021-12-31", "2022-01-01")] == ["geen_regels", "ja"]
    assert stand("2026-12-31", ALLEEN).uitkomst == "ja"
    found = stand("2027-01-01", ALLEEN)
    assert (found.uitkomst, found.waarden) == ("geen_regels", {})
    for words in ("1 juli 2026", "€ 1.419,46", "€ 2.027,79", "€ 1.587,34", "€ 2.176,10"):
        assert words in said(found)


@pytest.mark.parametrize(("birth", "outcome"), [("2005-06-02", "voorleggen"), ("2005-06-01", "ja")])
def test_the_ordinary_norm_begins_at_twenty_one(birth: str, outcome: str) -> None:
    found = stand("2026-06-01", [{"rol": "huurder", "geboortedatum": birth}])
    assert found.uitkomst == outcome
    assert bool(found.waarden) == (outcome == "ja")


def test_in_an_institution_another_norm_holds_and_that_nobody_lives_there_is_taken_as_given() -> None:
    facts = {"peildatum": "2026-06-01", "personen": ALLEEN, "nettoMaandinkomen": 1000, "inclusiefVakantiegeld": True}
    for inside, outcome in ((True, "voorleggen"), (False, "ja"), (None, "ja")):
        question = facts if inside is None else {**facts, "inInstelling": inside}
        uitslag = toets(read(question))
        assert uitslag.conclusie("bijstandsnorm").uitkomst == outcome
        taken = [one for one in uitslag.uitgangspunten if one.id == "niet-in-instelling"]
        assert bool(taken) == (inside is None)


@settings(deadline=None)
@given(
    st.dates(date(2022, 1, 1), date(2026, 12, 31)),
    st.sampled_from([ALLEEN, PAAR, AOW, AOW_PAAR, EEN_AOW, OUDER]),
    st.integers(1, 5),
)
def test_each_cost_sharer_more_lowers_the_norm_and_two_kinds_of_income_compare(
    day: date, persons: list[dict[str, Any]], others: int
) -> None:
    dag = day.isoformat()
    fewer = stand(dag, [*persons, *sharers(others - 1)]).waarden
    more = stand(dag, [*persons, *sharers(others)]).waarden
    assert 0 < more["norm"] < fewer["norm"]  # type: ignore[operator]
    kale = stand(dag, [*persons, *sharers(others)], with_holiday_pay=False).waarden["norm"]
    assert abs(kale - more["norm"] * Decimal("0.95")) <= Decimal("0.005")  # type: ignore[operator]


def test_the_day_of_the_aow_age_changes_the_norm() -> None:
    birth = {"rol": "huurder", "geboortedatum": "1957-03-02", "inkomen": 17000}
    day = date(2024, 3, 2)
    assert stand((day - timedelta(days=1)).isoformat(), [birth]).waarden["norm"] == Decimal("1283.83")
    assert stand(day.isoformat(), [birth]).waarden["norm"] == Decimal("1425.76")
