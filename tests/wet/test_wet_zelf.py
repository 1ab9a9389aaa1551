"""The second writing of the law is held against what others published, before the rules are held against it."""

from decimal import Decimal
from typing import Any

import pytest

from service.beheer.gevallen import Rekengeval, rekengevallen
from tests.wet import huurtoeslag as toeslag
from tests.wet import huurverhoging, toewijzing
from tests.wet.antwoord import NEE, NVT, ONBEKEND, VOORLEGGEN, Antwoord, ja
from tests.wet.mensen import Mens, dag

TOESLAGEN = [case for case in rekengevallen() if "huurtoeslag" in case.verwacht]


def vraag(**more: Any) -> dict[str, Any]:
    """A single seeker of 2026 with a dwelling of a corporation, and what is told otherwise."""
    people = more.pop("personen", [{"rol": "huurder", "geboortedatum": "1980-01-01", "inkomen": 20000}])
    dwelling = {"kaleHuur": 700, "zelfstandig": True, "wwsMaximum": 2000} | more.pop("woning", {})
    base = {"peildatum": "2026-03-01", "soort": "woningzoekende", "verhuurder": "wetland-wonen", "vermogen": 0}
    return base | more | {"personen": people, "woning": dwelling}


@pytest.mark.parametrize("case", TOESLAGEN, ids=lambda case: case.naam)
def test_the_published_allowance_is_what_the_law_says(case: Rekengeval) -> None:
    told, expected = case.vraag, case.verwacht["huurtoeslag"]
    costs = float(told["woning"]["servicekosten"]) / 2
    dwelling = {"kaleHuur": told["woning"]["kaleHuur"], "servicekosten": {"energie": costs, "schoonmaak": costs}}
    asked = vraag(peildatum=told["peildatum"], personen=told["personen"], woning=dwelling)
    (found,) = toeslag.huurtoeslag(asked)
    ((name, amount),) = expected["waarden"].items()
    if expected["uitkomst"] == "nee":
        assert found == NEE
    elif expected.get("marge") == {"perMaand": 4}:  # of a bill that became law with 3,05 euro more
        assert amount < found.waarden["perMaand"] <= amount + 4
    else:
        assert abs(found.waarden["perMaand"] - Decimal(str(amount))) <= (name != "perMaand")


@pytest.mark.parametrize(
    ("born", "day", "reached"),
    [
        # AOW 7a(1): the age of the year in which it is reached, and it stays so: 66 years and 4 months in 2021
        ("1955-08-31", "2022-01-01", True),
        ("1955-09-01", "2022-01-01", False),
        ("1955-09-01", "2022-04-01", True),
        ("1956-05-31", "2023-01-01", True),
        ("1956-06-01", "2023-01-01", False),
        ("1957-02-28", "2024-01-01", True),
        ("1957-03-01", "2024-01-01", False),
        ("1957-03-01", "2024-03-01", True),
        ("1959-01-01", "2026-01-01", True),
        ("1959-01-02", "2026-01-01", False),
    ],
)
def test_the_pension_age_is_that_of_the_year_in_which_it_was_reached(born: str, day: str, reached: bool) -> None:
    person = Mens({"rol": "huurder", "geboortedatum": born}, dag(day).year)
    assert person.aow(dag(day)) is reached


def _met_kind(**more: Any) -> list[dict[str, Any]]:
    return [
        {"rol": "huurder", "geboortedatum": "1968-01-01", "inkomen": 22000},
        {"rol": "kind", "geboortedatum": "2001-06-01", "inkomen": 30000} | more,
    ]


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (_met_kind(onderhouden=True), ja(inkomen=22000)),
        (_met_kind(onderhouden=False), Antwoord("nee", {"inkomen": Decimal(52000)})),
        (_met_kind(), ONBEKEND),
        (_met_kind(geboortedatum="2010-06-01"), ja(inkomen=22000)),
        (_met_kind(inkomen=-1000), ja()),
        (_met_kind(soortKind="van_medebewoner", onderhouden=True), Antwoord("nee", {"inkomen": Decimal(52000)})),
    ],
)
def test_a_child_counts_unless_it_is_maintained(people: list[dict[str, Any]], expected: Antwoord) -> None:
    assert toewijzing.primaire_doelgroep(vraag(personen=people)) == [expected]


def test_two_years_on_two_sides_of_the_limit_are_for_a_person_to_judge() -> None:
    tenant = {"rol": "huurder", "geboortedatum": "1980-01-01", "inkomen": 52000, "inkomenT1": 40000}
    asked = vraag(personen=[tenant])
    assert toewijzing.daeb_doelgroep(asked) == [VOORLEGGEN]
    assert toewijzing.daeb_doelgroep(asked | {"toetsinkomen": "t-1"}) == [ja(inkomen=Decimal("41504"))]
    assert toewijzing.daeb_doelgroep(asked | {"zorgindicatie": True}) == [ja()]
    assert toewijzing.primaire_doelgroep(asked | {"zorgindicatie": True})[0].uitkomst == "nee"


@pytest.mark.parametrize(
    ("start", "rent", "more", "kind"),
    [
        ("2016-03-01", 710.68, {}, "gereguleerd"),
        ("2016-03-01", 710.69, {}, "vrij"),
        ("1994-06-30", 500.00, {}, "niet bekend"),
        ("1994-06-30", 500.00, {"gereedVoorJuli1989": True}, "gereguleerd"),
        ("1994-06-30", 500.00, {"gereedVoorJuli1989": False}, "vrij"),
        ("1994-07-01", 437.34, {"gereedVoorJuli1989": True}, "vrij"),
        ("2024-06-30", 879.67, {}, "vrij"),
        ("2024-07-01", 879.67, {}, "midden"),
        ("2024-07-01", 1157.96, {}, "vrij"),
        ("2023-02-01", 900.00, {"zelfstandig": False}, "gereguleerd"),
    ],
)
def test_the_start_decides_whether_a_contract_is_regulated(
    start: str, rent: float, more: dict[str, Any], kind: str
) -> None:
    dwelling = {"contractVanaf": start, "huurBijAanvang": rent, "kaleHuur": 1300} | more
    assert huurverhoging.gereguleerd(vraag(soort="huurder", woning=dwelling)) == {kind}


def test_a_rent_that_was_lowered_below_the_limit_makes_the_contract_regulated() -> None:
    dwelling = {"contractVanaf": "2016-03-01", "huurBijAanvang": 800, "kaleHuur": 575.03}
    assert huurverhoging.gereguleerd(vraag(soort="huurder", woning=dwelling)) == {"gereguleerd"}
    # the law says so since 1 July 2024
    assert huurverhoging.gereguleerd(vraag(soort="huurder", woning=dwelling, peildatum="2023-03-01")) == {"vrij"}


def test_an_increase_by_income_never_goes_beyond_the_room() -> None:
    dwelling = {"kaleHuur": 700, "wwsMaximum": 720}
    asked = vraag(soort="huurder", inkomenscategorie="midden", woning=dwelling)
    assert huurverhoging.huurverhoging_wettelijk(asked) == [ja(maximaleHuur=720, maximaleVerhoging=20)]
    assert huurverhoging.inkomensafhankelijke_huurverhoging(asked) == [ja(maximum=20)]
    asked["woning"]["wwsMaximum"] = 700
    assert "ja" not in {answer.uitkomst for answer in huurverhoging.inkomensafhankelijke_huurverhoging(asked)}


def test_the_norm_is_for_new_contracts_of_a_corporation() -> None:
    assert toewijzing.passende_huur(vraag(verhuurder="particulier")) == [NVT]
    assert toewijzing.passende_huur(vraag(soort="huurder")) == [NVT]
    assert toewijzing.passende_huur(vraag(woning={"zelfstandig": False, "aangewezenComplex": False})) == [NVT]
    assert toewijzing.passende_huur(vraag()) == [ja(huurgrens=Decimal("713.02"))]
