"""The schemes of the municipality on top of national law: inkomenstoeslag, bijzondere bijstand, energietoeslag 2023."""

from typing import Any

import pytest

from regels.uitslag import Conclusie
from tests.hulp.geladen import read, toets

ALLEEN = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": 18000}]
PAAR = [*ALLEEN, {"rol": "partner", "geboortedatum": "1981-05-05", "inkomen": 0}]
OUDER = [*ALLEEN, {"rol": "kind", "geboortedatum": "2016-05-05"}]
GEZIN = [*PAAR, {"rol": "kind", "geboortedatum": "2016-05-05"}]
AOW = [{"rol": "huurder", "geboortedatum": "1950-05-05", "inkomen": 18000}]
EEN_AOW = [*AOW, {"rol": "partner", "geboortedatum": "1971-05-05", "inkomen": 0}]
ARM = {"drieJaarLaagInkomen": True, "inkomenstoeslagGehad": False, "vermogen": 5000}
NETTO = {"inclusiefVakantiegeld": False, "student": False, "inInstelling": False, "woning": {"zelfstandig": True}}
INKOMENSTOESLAG = "individuele-inkomenstoeslag"


def answer(id: str, dag: str, persons: list[dict[str, Any]], **facts: Any) -> Conclusie:
    return toets(read({"peildatum": dag, "personen": persons, **facts})).conclusie(id)


def said(conclusie: Conclusie) -> str:
    return " ".join([conclusie.tekst, *(reden.tekst for reden in conclusie.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


# what the municipality has of a year: nothing, or the rules of 2024
LOCAL = {"2022-01-01": "geen_regels", "2023-12-31": "geen_regels", "2024-01-01": "voorleggen",
         "2024-12-31": "voorleggen", "2025-01-01": "geen_regels", "2026-12-31": "geen_regels"}  # fmt: skip


@pytest.mark.parametrize("dag", LOCAL)
def test_what_the_law_excludes_is_excluded_in_every_year_and_the_rest_is_as_it_was_entered(dag: str) -> None:
    assert answer(INKOMENSTOESLAG, dag, ALLEEN, **ARM).uitkomst == LOCAL[dag]
    assert answer(INKOMENSTOESLAG, dag, AOW, **ARM).uitkomst == "nee"
    assert answer(INKOMENSTOESLAG, dag, ALLEEN, **{**ARM, "inkomenstoeslagGehad": True}).uitkomst == "nee"
    assert answer(INKOMENSTOESLAG, dag, ALLEEN, **{**ARM, "vermogen": 50000}).uitkomst == "nee"


@pytest.mark.parametrize(
    ("birth", "dag", "outcome"),
    [
        ("2003-06-02", "2024-06-01", "nee"),  # twenty
        ("2003-06-01", "2024-06-01", "voorleggen"),  # twenty-one today
        ("1957-06-02", "2024-06-01", "voorleggen"),  # the day before the AOW age of 67
        ("1957-06-01", "2024-06-01", "nee"),
        ("1950-01-05", "2026-06-01", "nee"),
        ("1959-06-02", "2026-06-01", "geen_regels"),
        ("2005-06-02", "2026-06-01", "nee"),
    ],
)
def test_the_inkomenstoeslag_is_between_twenty_one_and_the_aow(birth: str, dag: str, outcome: str) -> None:
    assert answer(INKOMENSTOESLAG, dag, [{"rol": "huurder", "geboortedatum": birth}], **ARM).uitkomst == outcome


def test_the_partner_who_has_the_age_can_ask_for_it() -> None:
    assert answer(INKOMENSTOESLAG, "2024-06-01", EEN_AOW, **ARM).uitkomst == "voorleggen"


@pytest.mark.parametrize(
    ("persons", "limit"), [(ALLEEN, 7575), (PAAR, 15150), (OUDER, 15150)], ids=["alleen", "paar", "ouder"]
)
def test_the_inkomenstoeslag_has_the_asset_limit_of_the_household(persons: list[dict[str, Any]], limit: int) -> None:
    found = [answer(INKOMENSTOESLAG, "2024-06-01", persons, **{**ARM, "vermogen": limit + more}) for more in (-1, 0, 1)]
    assert [one.uitkomst for one in found] == ["voorleggen", "voorleggen", "nee"]
    assert found[2].waarden == {"vermogen": limit + 1, "vermogensgrens": limit}
    assert "1 januari" in said(found[2])


@pytest.mark.parametrize(("persons", "amount"), [(ALLEEN, 479), (OUDER, 613), (PAAR, 682)])
def test_the_inkomenstoeslag_of_2024_follows_the_household(persons: list[dict[str, Any]], amount: int) -> None:
    assert answer(INKOMENSTOESLAG, "2024-06-01", persons, **ARM).waarden == {"bedragPerJaar": amount}


def test_a_low_income_for_three_years_is_asked_in_the_year_that_was_entered() -> None:
    short = answer(INKOMENSTOESLAG, "2024-06-01", ALLEEN, drieJaarLaagInkomen=False, vermogen=5000)
    assert (short.uitkomst, "3 jaar" in said(short)) == ("nee", True)
    asked = answer(INKOMENSTOESLAG, "2024-06-01", ALLEEN, vermogen=5000)
    assert [part.veld for part in asked.ontbreekt] == ["/drieJaarLaagInkomen"]
    assert answer(INKOMENSTOESLAG, "2024-06-01", ALLEEN, vermogen=7576).uitkomst == "nee"
    for dag in ("2023-06-01", "2025-06-01", "2026-06-01"):
        found = answer(INKOMENSTOESLAG, dag, ALLEEN, vermogen=5000)
        assert (found.uitkomst, found.ontbreekt) == ("geen_regels", [])
        without = answer(INKOMENSTOESLAG, dag, ALLEEN)
        assert [part.veld for part in without.ontbreekt] == ["/vermogen"]


def test_that_it_was_given_before_is_taken_to_be_not_so_and_told() -> None:
    uitslag = toets(
        read({"peildatum": "2024-06-01", "personen": ALLEEN, "vermogen": 5000, "drieJaarLaagInkomen": True})
    )
    assert uitslag.conclusie(INKOMENSTOESLAG).uitkomst == "voorleggen"
    assert "inkomenstoeslag-niet-gehad" in [taken.id for taken in uitslag.uitgangspunten]


# bijzondere bijstand: the page of July 2023, in its own half year
@pytest.mark.parametrize(
    ("dag", "outcome", "amount"),
    [
        ("2022-06-01", "geen_regels", "€ 143"),
        ("2023-06-30", "geen_regels", "€ 167"),
        ("2023-07-01", "voorleggen", "€ 167"),
        ("2023-12-31", "voorleggen", "€ 167"),
        ("2024-01-01", "geen_regels", "€ 166"),
        ("2025-06-01", "geen_regels", "€ 170"),
        ("2026-06-01", "geen_regels", "€ 176"),
    ],
)
def test_small_costs_may_be_refused_up_to_the_amount_of_the_year(dag: str, outcome: str, amount: str) -> None:
    found = answer("bijzondere-bijstand", dag, ALLEEN)
    assert found.uitkomst == outcome
    assert f"hoogstens {amount}," in said(found)


BIJZONDER = [
    (ALLEEN, "1271.37", "helemaal"),
    (ALLEEN, "1271.38", "de helft"),
    (ALLEEN, "1502.53", "de helft"),
    (ALLEEN, "1502.54", "niet gevonden"),
    (PAAR, "1816.23", "helemaal"),
    (PAAR, "1816.24", "de helft"),
    (GEZIN, "2146.45", "helemaal"),  # a couple with children up to 130% whole
    (GEZIN, "2146.46", "niet gevonden"),
    (OUDER, "1300", "de helft"),
    (AOW, "1418.75", "helemaal"),
    (AOW, "1418.76", "de helft"),
    (EEN_AOW, "1926.56", "helemaal"),
    (EEN_AOW, "2276.85", "de helft"),
    (EEN_AOW, "2276.86", "niet gevonden"),
]


@pytest.mark.parametrize(("persons", "netto", "words"), BIJZONDER)
def test_the_page_of_july_2023_says_how_much_is_paid(persons: list[dict[str, Any]], netto: str, words: str) -> None:
    facts = {"nettoMaandinkomen": float(netto), "inclusiefVakantiegeld": False}
    text = said(answer("bijzondere-bijstand", "2023-10-01", persons, **facts))
    assert [word for word in ("helemaal", "de helft", "niet gevonden") if word in text] == [words]


@pytest.mark.parametrize(("netto", "words"), [(1338.28, "helemaal"), (1338.29, "de helft")])
def test_of_an_income_with_holiday_pay_a_part_is_left_out(netto: float, words: str) -> None:
    # 95% of 1.338,28 is 1.271,366 and of 1.338,29 is 1.271,3755: on both sides of 1.271,37
    facts = {"nettoMaandinkomen": netto, "inclusiefVakantiegeld": True}
    assert words in said(answer("bijzondere-bijstand", "2023-10-01", ALLEEN, **facts))


# energietoeslag over 2023
@pytest.mark.parametrize(
    ("dag", "persons", "netto", "outcome"),
    [
        ("2023-06-30", ALLEEN, "1502.53", "geen_regels"),
        ("2023-07-01", ALLEEN, "1502.52", "ja"),
        ("2023-07-01", ALLEEN, "1502.53", "ja"),
        ("2023-07-01", ALLEEN, "1502.54", "nee"),
        ("2023-07-01", PAAR, "2146.45", "ja"),
        ("2023-07-01", PAAR, "2146.46", "nee"),
        ("2024-06-30", ALLEEN, "1000", "ja"),
        ("2024-07-01", ALLEEN, "1000", "niet_van_toepassing"),
        ("2023-10-01", AOW, "1502.53", "ja"),
        ("2023-10-01", AOW, "1502.54", "voorleggen"),  # the higher limit is of a general page
        ("2023-10-01", AOW, "1676.71", "voorleggen"),
        ("2023-10-01", AOW, "1676.72", "nee"),
        ("2023-10-01", AOW, "1700", "nee"),
        ("2023-10-01", EEN_AOW, "2276.85", "voorleggen"),
        ("2023-10-01", EEN_AOW, "2276.86", "nee"),
    ],
)
def test_the_energietoeslag_has_a_limit_to_the_cent(
    dag: str, persons: list[dict[str, Any]], netto: str, outcome: str
) -> None:
    found = answer("energietoeslag", dag, persons, nettoMaandinkomen=float(netto), **NETTO)
    assert found.uitkomst == outcome
    if outcome == "nee" and persons is AOW:
        assert found.zekerheid == "afgeleid"


def young(birth: str, *others: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"rol": "huurder", "geboortedatum": birth}, *others]


STUDENT = {"student": True}
PARTNER = {"rol": "partner", "geboortedatum": "2000-01-01"}
TEENAGER = {"rol": "partner", "geboortedatum": "2003-06-01"}
UITGESLOTEN = [
    (young("2004-05-01"), {}, "nee"),  # nineteen
    (young("2002-10-02"), {}, "nee"),  # twenty-one tomorrow
    (young("2002-10-01"), {}, "ja"),
    (young("2004-05-01", TEENAGER), {}, "nee"),
    (young("2004-05-01", PARTNER), {}, "voorleggen"),  # the other one is not excluded
    (young("2002-10-01", PARTNER), {}, "ja"),
    (young("1994-05-01"), STUDENT, "nee"),  # twenty-nine: of any age
    (young("1993-10-02"), STUDENT, "nee"),
    (young("1993-10-01"), STUDENT, "voorleggen"),  # thirty: perhaps a loan for lifelong learning
    (young("1994-05-01", PARTNER), STUDENT, "voorleggen"),
    (young("1994-05-01"), {"inInstelling": True}, "nee"),
    (young("1994-05-01"), {"woning": {"zelfstandig": False}}, "nee"),
]


@pytest.mark.parametrize(("persons", "facts", "outcome"), UITGESLOTEN)
def test_the_law_excludes_the_young_and_students_whatever_their_income(
    persons: list[dict[str, Any]], facts: dict[str, Any], outcome: str
) -> None:
    found = answer("energietoeslag", "2023-10-01", persons, nettoMaandinkomen=900, **{**NETTO, **facts})
    assert found.uitkomst == outcome


@pytest.mark.parametrize(
    ("birth", "netto", "outcome"),
    [
        ("1996-10-02", 1400, "ja"),  # twenty-six
        ("1996-10-01", 1400, "voorleggen"),
        ("1990-01-01", 1400, "voorleggen"),
        ("1990-01-01", 1502.54, "nee"),  # the limit can only be lower
    ],
)
def test_with_a_cost_sharer_below_the_limit_is_not_certain(birth: str, netto: float, outcome: str) -> None:
    persons = [*ALLEEN, {"rol": "medebewoner", "geboortedatum": birth, "inkomen": 20000}]
    assert answer("energietoeslag", "2023-10-01", persons, nettoMaandinkomen=netto, **NETTO).uitkomst == outcome


def test_an_income_with_holiday_pay_above_the_limit_is_put_to_the_municipality() -> None:
    facts = {**NETTO, "inclusiefVakantiegeld": True}
    assert answer("energietoeslag", "2024-01-01", ALLEEN, nettoMaandinkomen=1550, **facts).uitkomst == "voorleggen"
    assert answer("energietoeslag", "2024-01-01", ALLEEN, nettoMaandinkomen=1500, **facts).uitkomst == "ja"
    assert answer("energietoeslag", "2024-01-01", ALLEEN, **NETTO).uitkomst == "onbekend"


def test_the_energietoeslag_is_told_with_its_last_day_and_closed_after_it() -> None:
    for dag in ("2024-06-29", "2024-06-30"):
        (step,) = answer("energietoeslag", dag, ALLEEN, nettoMaandinkomen=1000, **NETTO).vervolg
        assert "tot en met 30 juni 2024" in step.huurder.replace("\N{NO-BREAK SPACE}", " ")
    assert "31 augustus 2024" in said(answer("energietoeslag", "2024-07-01", ALLEEN))
