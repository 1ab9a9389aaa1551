"""What the Participatiewet and its neighbours decide in every municipality: ages, assets, exclusions, amounts."""

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
DEEL = {"volledigeAow": False, "vermogen": 5000}


def answer(id: str, dag: str, persons: list[dict[str, Any]], **facts: Any) -> Conclusie:
    return toets(read({"peildatum": dag, "personen": persons, **facts})).conclusie(id)


def said(conclusie: Conclusie) -> str:
    return " ".join([conclusie.tekst, *(reden.tekst for reden in conclusie.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


# Participatiewet 34(3): each year its own limit; a single parent and a couple have twice that of a single person
LIMITS = {2022: 6505, 2023: 7605, 2024: 7575, 2025: 7770, 2026: 8000}


@pytest.mark.parametrize("year", LIMITS)
@pytest.mark.parametrize(("persons", "times"), [(AOW, 1), (AOW_PAAR, 2), (EEN_AOW, 2)], ids=["alleen", "paar", "een"])
def test_the_aio_has_the_asset_limit_of_its_year(year: int, persons: list[dict[str, Any]], times: int) -> None:
    limit = times * LIMITS[year]
    for dag in (f"{year}-01-01", f"{year}-12-31"):
        outcomes = [
            answer("aio", dag, persons, volledigeAow=False, vermogen=limit + more).uitkomst for more in (-1, 0, 1)
        ]
        assert outcomes == ["voorleggen", "voorleggen", "nee"]


def test_a_grandparent_with_a_child_of_its_own_has_the_limit_of_a_family_and_the_child_its_share() -> None:
    child = {"rol": "kind", "geboortedatum": "2010-05-05", "vermogen": 10000}
    for own, outcome in ((6000, "voorleggen"), (6001, "nee")):
        found = answer("aio", "2026-06-01", [*AOW, child], volledigeAow=False, vermogen=own)
        assert found.uitkomst == outcome
    assert found.waarden == {"vermogen": 16001, "vermogensgrens": 16000}
    # a foster child is no member of the family, nor is a child of eighteen
    for other in ({**child, "soortKind": "pleegkind"}, {**child, "geboortedatum": "2008-06-01"}):
        assert answer("aio", "2026-06-01", [*AOW, other], **{**DEEL, "vermogen": 8001}).uitkomst == "nee"
        assert answer("aio", "2026-06-01", [*AOW, other], **{**DEEL, "vermogen": 8000}).uitkomst == "voorleggen"


def test_too_much_in_assets_is_about_the_first_of_january_and_says_so() -> None:
    persons = [{"rol": "huurder", "geboortedatum": "1955-01-01", "inkomen": 9000}]
    found = answer("aio", "2026-06-01", persons, volledigeAow=False, vermogen=50000)
    assert (found.uitkomst, found.zekerheid) == ("nee", "afgeleid")
    for words in ("€ 50.000", "€ 42.000", "€ 8.000", "1 januari", "dag van de aanvraag"):
        assert words in said(found)
    assert "schulden" in found.vervolg[0].huurder


@pytest.mark.parametrize(
    ("persons", "full", "outcome"),
    [
        (AOW, True, "niet_van_toepassing"),
        (AOW, False, "voorleggen"),
        (AOW, None, "onbekend"),
        (AOW_PAAR, True, "niet_van_toepassing"),
        (AOW_PAAR, False, "voorleggen"),
        (EEN_AOW, True, "voorleggen"),  # also beside a full AOW, when the partner has none yet
        (EEN_AOW, False, "voorleggen"),
        (ALLEEN, None, "niet_van_toepassing"),
        (PAAR, False, "niet_van_toepassing"),
    ],
)
def test_who_can_have_an_aio(persons: list[dict[str, Any]], full: bool | None, outcome: str) -> None:
    facts = {"vermogen": 5000} | ({} if full is None else {"volledigeAow": full})
    assert answer("aio", "2026-06-01", persons, **facts).uitkomst == outcome


@pytest.mark.parametrize(("birth", "outcome"), [("1959-06-02", "niet_van_toepassing"), ("1959-06-01", "voorleggen")])
def test_the_aio_begins_on_the_day_of_the_aow_age(birth: str, outcome: str) -> None:
    assert answer("aio", "2026-06-01", [{"rol": "huurder", "geboortedatum": birth}], **DEEL).uitkomst == outcome


# July 2026: 1.587,34 single and 2.176,10 couple; above 2.381,01 and 3.264,15 (150%) it is told to be very unlikely
AANVULLING = [
    (AOW, "1187.34", True, "voorleggen", "400"),
    (AOW, "1587.33", True, "voorleggen", "0.01"),
    (AOW, "1587.34", True, "voorleggen", "0"),
    (AOW, "2381.01", True, "voorleggen", "0"),
    (AOW, "2381.02", True, "voorleggen", "0"),
    (EEN_AOW, "3264.15", True, "voorleggen", "0"),
    (EEN_AOW, "3264.16", True, "voorleggen", "0"),
    (AOW_PAAR, "2000", True, "voorleggen", "176.10"),
    (AOW, "1407.97", False, "voorleggen", "100"),  # without holiday pay 95%: 1.507,97
]


@pytest.mark.parametrize(("persons", "netto", "including", "outcome", "amount"), AANVULLING)
def test_the_aio_is_about_the_norm_less_the_net_income(
    persons: list[dict[str, Any]], netto: str, including: bool, outcome: str, amount: str | None
) -> None:
    income = {"nettoMaandinkomen": float(netto), "inclusiefVakantiegeld": including}
    found = answer("aio", "2026-07-01", persons, **DEEL, **income)
    assert found.uitkomst == outcome
    assert found.waarden.get("perMaand") == (None if amount is None else Decimal(amount))
    if outcome == "voorleggen":
        assert ("Ongeveer zo hoog" in said(found)) == (amount != "0")
        assert ("niet lager dan de norm" in said(found)) == (amount == "0")
        assert ("zeer waarschijnlijk geen" in said(found)) == (netto in ("2381.02", "3264.16"))


def test_an_aio_with_a_cost_sharer_follows_the_lower_norm() -> None:
    grown = {"rol": "kind", "geboortedatum": "1990-01-01", "inkomen": 20000}
    income = {"nettoMaandinkomen": 1000, "inclusiefVakantiegeld": True}
    found = answer("aio", "2026-07-01", [*AOW, grown], **DEEL, **income)
    assert found.waarden == {"perMaand": Decimal("88.05")}  # half of 2.176,10
    assert "kostendelers" in said(found)


def test_the_amount_of_an_aio_is_said_to_be_wrong_where_another_norm_holds() -> None:
    income = {"nettoMaandinkomen": 1000, "inclusiefVakantiegeld": True}
    for inside in (True, False):
        found = answer("aio", "2026-07-01", AOW, **DEEL, **income, inInstelling=inside)
        assert (found.uitkomst, "Dit bedrag klopt dan niet" in said(found)) == ("voorleggen", inside)


def test_an_aio_asks_for_what_decides() -> None:
    for facts, pointers in (({"vermogen": 5000}, ["/volledigeAow"]), ({"volledigeAow": False}, ["/vermogen"])):
        found = answer("aio", "2026-06-01", AOW, **facts)
        assert (found.uitkomst, [part.veld for part in found.ontbreekt]) == ("onbekend", pointers)
    assert answer("aio", "2027-01-01", AOW, **DEEL).uitkomst == "geen_regels"


@settings(deadline=None)
@given(st.integers(0, 20000), st.sampled_from([AOW, AOW_PAAR, EEN_AOW]), st.decimals(0, 4000, places=2))
def test_an_aio_is_never_below_zero_and_never_rises_with_the_income(
    assets: int, persons: list[dict[str, Any]], netto: Decimal
) -> None:
    def amount(income: Decimal) -> Decimal:
        facts = {"nettoMaandinkomen": float(income), "inclusiefVakantiegeld": True}
        found = answer("aio", "2026-07-01", persons, volledigeAow=False, vermogen=assets, **facts)
        return Decimal(str(found.waarden.get("perMaand") or 0))

    assert 0 <= amount(netto + 1) <= amount(netto)


# studietoeslag: at 18, 19, 20 and from 21; a half year without a source has no amount
STUDIE = {
    "2022-04-01": ("150", "180", "240", "300"),
    "2022-12-31": ("150", "180", "240", "300"),
    "2023-01-01": ("164.30", "197.15", "262.87", "328.59"),
    "2023-07-01": ("167.17", "200.60", "267.47", "334.34"),
    "2024-01-01": ("176.40", "211.67", "282.23", "352.80"),
    "2024-06-30": ("176.40", "211.67", "282.23", "352.80"),
    "2026-01-01": ("192.57", "231.09", "308.12", "385.14"),
}


@pytest.mark.parametrize("dag", STUDIE)
@pytest.mark.parametrize("age", [18, 19, 20, 21, 35])
def test_the_studietoeslag_is_the_amount_of_the_age_and_since_2023_at_least_that(dag: str, age: int) -> None:
    year, rest = int(dag[:4]), dag[4:]
    wanted = Decimal(STUDIE[dag][min(age, 21) - 18])
    found = answer("studietoeslag", dag, [{"rol": "huurder", "geboortedatum": f"{year - age}{rest}"}], student=True)
    assert (found.uitkomst, found.waarden) == ("voorleggen", {"perMaand": wanted})
    assert ("Het is minstens" in said(found), "meer geven" in said(found)) == (year > 2022, year > 2022)


@pytest.mark.parametrize(("birth", "amount"), [("2005-03-02", "308.12"), ("2005-03-01", "385.14"), (None, None)])
def test_the_amount_of_the_studietoeslag_changes_on_the_birthday(birth: str | None, amount: str | None) -> None:
    persons = [{"rol": "huurder"} | ({"geboortedatum": birth} if birth else {})]
    found = answer("studietoeslag", "2026-03-01", persons, student=True)
    assert (found.uitkomst, found.waarden.get("perMaand")) == (
        "voorleggen",
        None if amount is None else Decimal(amount),
    )


@pytest.mark.parametrize("dag", ["2024-07-01", "2025-06-01", "2025-12-31", "2026-07-01", "2027-03-01"])
def test_a_half_year_without_a_source_has_a_right_without_an_amount(dag: str) -> None:
    found = answer("studietoeslag", dag, ALLEEN, student=True)
    assert (found.uitkomst, found.waarden) == ("voorleggen", {})
    assert "niet gevonden" in said(found)


def test_the_studietoeslag_needs_no_assets_and_is_of_the_municipality_before_april_2022() -> None:
    assert answer("studietoeslag", "2022-03-31", ALLEEN, student=True).uitkomst == "geen_regels"
    rich = answer("studietoeslag", "2026-03-01", ALLEEN, student=True, vermogen=500000)
    assert rich.uitkomst == "voorleggen"
    for words in ("geen Wajong", "levenlanglerenkrediet", "Vermogen telt niet mee"):
        assert words in said(rich)
    assert answer("studietoeslag", "2026-03-01", ALLEEN, student=False).uitkomst == "niet_van_toepassing"
    assert [part.veld for part in answer("studietoeslag", "2026-03-01", ALLEEN).ontbreekt] == ["/student"]


def test_in_2024_the_amount_that_some_municipalities_still_named_is_told_as_that_of_2023() -> None:
    persons = [{"rol": "huurder", "geboortedatum": "2000-01-05", "inkomen": 5000}]
    found = answer("studietoeslag", "2024-03-01", persons, student=True)
    assert found.waarden == {"perMaand": Decimal("352.80")}
    assert "€ 334,34" in said(found)


def test_of_a_couple_the_amount_is_that_of_the_youngest_and_of_a_minor_the_lowest() -> None:
    young = {"rol": "partner", "geboortedatum": "2006-01-05"}
    found = answer("studietoeslag", "2026-03-01", [*ALLEEN, young], student=True)
    assert found.waarden == {"perMaand": Decimal("308.12")}
    assert "de jongste" in said(found)
    minor = answer("studietoeslag", "2026-03-01", [{"rol": "huurder", "geboortedatum": "2009-01-05"}], student=True)
    assert minor.waarden == {"perMaand": Decimal("115.55")}
    assert "Met 16 en 17 jaar is het meer" in said(minor)


# alleenverdieners: couples with a benefit that is no bijstand, in 2025, 2026 and 2027
@pytest.mark.parametrize(
    ("dag", "outcome", "amount"),
    [
        ("2024-12-31", "niet_van_toepassing", None),
        ("2025-01-01", "voorleggen", 1000),
        ("2025-12-31", "voorleggen", 1000),
        ("2026-01-01", "voorleggen", 1100),
        ("2026-12-31", "voorleggen", 1100),
        ("2027-01-01", "voorleggen", None),
        ("2028-01-01", "geen_regels", None),
    ],
)
@pytest.mark.parametrize("uitkering", ["uwv", "overig"])
def test_the_allowance_of_single_earners_is_of_three_years(
    dag: str, outcome: str, amount: int | None, uitkering: str
) -> None:
    found = answer("alleenverdieners", dag, PAAR, uitkering=uitkering)
    assert (found.uitkomst, found.waarden.get("perJaar")) == (outcome, amount)


@pytest.mark.parametrize(
    ("persons", "facts"),
    [(ALLEEN, {"uitkering": "uwv"}), (PAAR, {}), (PAAR, {"uitkering": "bijstand"}), (PAAR, {"uitkering": "geen"})],
)
def test_the_allowance_of_single_earners_is_not_for_others(
    persons: list[dict[str, Any]], facts: dict[str, Any]
) -> None:
    assert answer("alleenverdieners", "2026-06-01", persons, **facts).uitkomst == "niet_van_toepassing"


YOUNG_CHILD = {"rol": "kind", "geboortedatum": "2014-06-02"}  # eleven on 1 June 2026
OLD_CHILD = {"rol": "kind", "geboortedatum": "2014-06-01"}  # twelve


def pair(one: str, other: str) -> list[dict[str, Any]]:
    return [{"rol": "huurder", "geboortedatum": one}, {"rol": "partner", "geboortedatum": other}]


TOESLAGENWET = [
    (ALLEEN, "voorleggen"),
    (AOW, "nee"),
    (AOW_PAAR, "nee"),
    ([{"rol": "huurder", "geboortedatum": "1959-06-01"}], "nee"),  # the AOW age today
    ([{"rol": "huurder", "geboortedatum": "1959-06-02"}], "voorleggen"),
    ([{"rol": "huurder", "geboortedatum": "2008-06-02"}], "nee"),  # seventeen
    ([{"rol": "huurder", "geboortedatum": "2008-06-01"}], "voorleggen"),
    (PAAR, "nee"),  # both born after 1971, no child under twelve
    ([*PAAR, YOUNG_CHILD], "voorleggen"),
    ([*PAAR, OLD_CHILD], "nee"),
    ([*PAAR, {**YOUNG_CHILD, "soortKind": "pleegkind"}], "voorleggen"),
    ([*PAAR, {**YOUNG_CHILD, "soortKind": "kleinkind"}], "nee"),
    (pair("1980-01-01", "1971-12-31"), "voorleggen"),
    (pair("1980-01-01", "1972-01-01"), "nee"),
    (pair("1971-12-31", "1980-01-01"), "voorleggen"),  # the partner may ask for it
    (EEN_AOW, "voorleggen"),  # the younger one, whose partner was born before 1972
]


@pytest.mark.parametrize(("persons", "outcome"), TOESLAGENWET)
def test_the_toeslagenwet_has_ages_and_a_year_of_birth_of_the_partner(
    persons: list[dict[str, Any]], outcome: str
) -> None:
    for dag in ("2026-06-01",):
        assert answer("toeslagenwet", dag, persons, uitkering="uwv").uitkomst == outcome
    assert answer("toeslagenwet", "2026-06-01", persons).uitkomst == "niet_van_toepassing"
    assert answer("toeslagenwet", "2027-01-01", persons, uitkering="uwv").uitkomst == "geen_regels"


@pytest.mark.parametrize("uitkering", ["beeindigd", "bijstand"])
@pytest.mark.parametrize(
    ("birth", "dag", "outcome"),
    [
        ("1964-12-31", "2026-06-01", "voorleggen"),
        ("1965-01-01", "2026-06-01", "nee"),
        ("1959-06-02", "2026-06-01", "voorleggen"),
        ("1959-06-01", "2026-06-01", "nee"),  # the AOW age
        ("1964-12-31", "2022-01-01", "voorleggen"),
        ("1964-12-31", "2027-01-01", "geen_regels"),
    ],
)
def test_the_ioaw_is_for_who_was_born_before_1965(uitkering: str, birth: str, dag: str, outcome: str) -> None:
    persons = [{"rol": "huurder", "geboortedatum": birth}]
    assert answer("ioaw", dag, persons, uitkering=uitkering).uitkomst == outcome


def test_without_a_word_about_a_benefit_nothing_more_is_asked() -> None:
    uitslag = toets(read({"peildatum": "2026-06-01", "personen": PAAR}))
    for id in ("alleenverdieners", "toeslagenwet", "ioaw"):
        assert (uitslag.conclusie(id).uitkomst, uitslag.conclusie(id).ontbreekt) == ("niet_van_toepassing", [])
    assert "geen-uitkering" in [taken.id for taken in uitslag.uitgangspunten]
