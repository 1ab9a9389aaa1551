"""Who may get a social home, and up to which rent: the exceptions of the law, each with its neighbours (2026).

The amounts are those of the decree and of the indexation of 2026. DAEB: 51.537 for one person and 56.910 for more.
Passend: 29.400 and 39.925, with the AOW age 28.775 and 38.650. A fitting rent: 713,02 for one or two persons and 764,14
for more.
"""

from decimal import Decimal
from typing import Any

import pytest

from regels.uitslag import Conclusie, Uitslag
from regels.vraag import VraagFout
from tests.hulp.geladen import read, toets

Person = dict[str, Any]
PARENT: Person = {"rol": "huurder", "geboortedatum": "1975-04-12"}


def asked(*persons: Person, rent: float = 700, woning: dict[str, Any] | None = None, **anders: Any) -> Uitslag:
    """The answer to who seeks a self-contained home of a corporation on 1 March 2026, with other facts."""
    question = {
        "peildatum": "2026-03-01",
        "soort": "woningzoekende",
        "verhuurder": "wetland-wonen",
        "personen": list(persons),
        "vermogen": 0,
        "woning": {"kaleHuur": rent, "zelfstandig": True} | (woning or {}),
    }
    return toets(read(question | anders))


def outcomes(answer: Uitslag, *names: str) -> list[str]:
    return [answer.conclusie(name).uitkomst for name in names]


def said(found: Conclusie) -> str:
    return " ".join([found.tekst, *(reason.tekst for reason in found.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


BOTH = ("daeb-doelgroep", "primaire-doelgroep")


# one income (Woningwet 1, Awir 4)


@pytest.mark.parametrize("income", [39_924, 39_925, 39_926])
def test_a_child_under_age_counts_for_neither_test(income: int) -> None:
    child = {"rol": "kind", "geboortedatum": "2009-09-09", "inkomen": 15_000}
    answer = asked(PARENT | {"inkomen": income}, child)
    for name in BOTH:
        assert answer.conclusie(name).waarden["inkomen"] == income
    assert answer.conclusie("primaire-doelgroep").uitkomst == ("ja" if income <= 39_925 else "nee")


@pytest.mark.parametrize(
    ("born", "maintained"),
    [("2008-02-29", None), ("2008-02-01", None), ("2007-06-01", None), ("2008-03-02", True), ("2009-01-01", True)],
)
def test_a_child_is_taken_as_maintained_until_the_month_after_18(born: str, maintained: bool | None) -> None:
    # Awir 5: a birthday counts from the first of the next month; whoever is 18 then is asked about
    answer = asked(PARENT | {"inkomen": 39_000}, {"rol": "kind", "geboortedatum": born, "inkomen": 5_000})
    assert answer.conclusie("primaire-doelgroep").uitkomst == ("ja" if maintained else "onbekend")


@pytest.mark.parametrize(("maintained", "income", "outcome"), [(True, 25_000, "ja"), (False, 55_000, "nee")])
def test_an_adult_child_counts_unless_it_is_maintained(maintained: bool, income: int, outcome: str) -> None:
    child = {"rol": "kind", "geboortedatum": "2002-02-02", "inkomen": 30_000, "onderhouden": maintained}
    answer = asked(PARENT | {"inkomen": 25_000}, child)
    assert [answer.conclusie(name).waarden["inkomen"] for name in BOTH] == [income, income]
    assert answer.conclusie("primaire-doelgroep").uitkomst == outcome


@pytest.mark.parametrize(
    ("own", "child", "outcome"),
    [
        (25_000, 14_925, "ja"),  # 39.925 together: within, whatever is true
        (25_000, 14_926, "onbekend"),
        (39_926, 1, "nee"),  # above it without the child
        (25_000, 0, "ja"),
        (40_000, -75, "onbekend"),  # a loss of the child that counts would bring them on the limit
        (40_001, -75, "nee"),
    ],
)
def test_while_it_is_unknown_whether_a_child_is_maintained_only_what_differs_is_unknown(
    own: int, child: int, outcome: str
) -> None:
    grown = {"rol": "kind", "geboortedatum": "2002-02-02", "inkomen": child}
    found = asked(PARENT | {"inkomen": own}, grown).conclusie("primaire-doelgroep")
    assert found.uitkomst == outcome
    assert [item.veld for item in found.ontbreekt] == (["/personen/1/onderhouden"] if outcome == "onbekend" else [])


def test_the_child_of_another_resident_is_no_child_of_the_tenant() -> None:
    child = {"rol": "kind", "geboortedatum": "2010-02-02", "inkomen": 4_000, "soortKind": "van_medebewoner"}
    answer = asked(PARENT | {"inkomen": 25_000}, {"rol": "medebewoner", "leeftijd": 40, "inkomen": 0}, child)
    assert answer.conclusie("daeb-doelgroep").waarden["inkomen"] == 29_000
    grandchild = child | {"soortKind": "kleinkind"}
    assert asked(PARENT | {"inkomen": 25_000}, grandchild).conclusie("daeb-doelgroep").waarden["inkomen"] == 25_000


@pytest.mark.parametrize(
    ("loss", "income", "outcome"), [(-5_000, 20_000, "ja"), (0, 25_000, "ja"), (-60_000, -35_000, "ja")]
)
def test_a_loss_is_an_income(loss: int, income: int, outcome: str) -> None:
    answer = asked(PARENT | {"inkomen": loss}, {"rol": "partner", "leeftijd": 44, "inkomen": 25_000})
    found = answer.conclusie("daeb-doelgroep")
    assert (found.uitkomst, found.waarden["inkomen"]) == (outcome, income)
    quote = answer.conclusie("huurquote")
    assert (quote.uitkomst == "niet_van_toepassing") == (income <= 0)
    assert ("verlies" in said(quote)) == (income < 0)


# one year (BTIV 56)


@pytest.mark.parametrize(
    ("year", "earned", "index", "outcome"),
    # 29.400 / 1,0376 = 28.334,6 and 29.400 / 1,0805 = 27.209,6
    [
        ("inkomenT1", 28_334, "1.0376", "ja"), ("inkomenT1", 28_335, "1.0376", "nee"),
        ("inkomenT2", 27_209, "1.0805", "ja"), ("inkomenT2", 27_210, "1.0805", "nee"),
    ],
)  # fmt: skip
def test_either_of_the_two_years_before_is_enough(year: str, earned: int, index: str, outcome: str) -> None:
    answer = asked(PARENT | {year: earned})
    for name in BOTH:
        assert answer.conclusie(name).waarden["inkomen"] == earned * Decimal(index)
    assert answer.conclusie("primaire-doelgroep").uitkomst == outcome


def test_an_expected_income_alone_answers_with_that_in_view() -> None:
    answer = asked(PARENT | {"inkomen": 29_000})
    assert outcomes(answer, *BOTH) == ["ja", "ja"]
    assert any(
        item.id == "toetsinkomen-verwacht" and "twee jaren ervoor" in item.tekst for item in answer.uitgangspunten
    )


@pytest.mark.parametrize(
    ("chosen", "outcome"), [(None, "voorleggen"), ("t-1", "ja"), ("verwacht", "nee"), ("vergelijken", "voorleggen")]
)
def test_years_on_two_sides_of_a_limit_are_for_a_person_unless_one_is_chosen(chosen: str | None, outcome: str) -> None:
    # 28.000 x 1,0376 = 29.052,80, under 29.400; 31.000 is above it; both are under 51.537
    choice = {"toetsinkomen": chosen} if chosen else {}
    answer = asked(PARENT | {"inkomen": 31_000, "inkomenT1": 28_000}, **choice)
    found = answer.conclusie("primaire-doelgroep")
    assert (found.uitkomst, answer.conclusie("daeb-doelgroep").uitkomst) == (outcome, "ja")
    if outcome == "voorleggen":
        assert "inkomen van 2026 is € 31.000" in said(found) and "van 2025 is met de index € 29.052,80" in said(found)


@pytest.mark.parametrize(("t2", "outcome"), [(47_697, "voorleggen"), (47_698, "nee")])
def test_two_years_ago_may_bring_a_household_in(t2: int, outcome: str) -> None:
    # 51.537 / 1,0805 = 47.697,3
    answer = asked(PARENT | {"inkomen": 60_000, "inkomenT2": t2})
    assert answer.conclusie("daeb-doelgroep").uitkomst == outcome


def test_the_index_of_two_years_before_2022_is_marked_as_unconfirmed() -> None:
    answer = asked(PARENT | {"inkomenT2": 39_000}, peildatum="2022-05-01")
    found = answer.conclusie("daeb-doelgroep")
    # 39.000 x 1,0438 = 40.708,20, under 40.765
    assert (found.uitkomst, found.waarden["inkomen"], found.zekerheid) == ("ja", Decimal("40708.2"), "onbevestigd")


# groups whatever the income (BTIV 54 lid 2 and 57)

STUDENT = {"rol": "huurder", "geboortedatum": "2003-03-03", "inkomen": 60_000, "studeertVoltijds": True}


@pytest.mark.parametrize(
    ("others", "daeb"),
    [
        ([], "ja"),
        ([{"rol": "partner", "leeftijd": 23, "inkomen": 0, "studeertVoltijds": True}], "ja"),
        ([{"rol": "partner", "leeftijd": 23, "inkomen": 0, "studeertVoltijds": False}], "nee"),
        ([{"rol": "medebewoner", "leeftijd": 23, "inkomen": 0, "studeertVoltijds": True}] * 2, "nee"),
    ],
)
def test_students_are_in_when_all_of_one_or_two_study(others: list[Person], daeb: str) -> None:
    answer = asked(STUDENT, *others)
    assert outcomes(answer, *BOTH) == [daeb, daeb]
    assert ("studeert voltijds" in said(answer.conclusie("daeb-doelgroep"))) == (daeb == "ja")


def test_of_one_person_the_answer_about_student_finance_is_enough() -> None:
    one = {"rol": "huurder", "geboortedatum": "2001-05-05", "inkomen": 53_000}
    assert asked(one, student=True).conclusie("daeb-doelgroep").uitkomst == "ja"
    assert asked(one, student=False).conclusie("daeb-doelgroep").uitkomst == "nee"
    two = asked(one, {"rol": "partner", "leeftijd": 30, "inkomen": 10_000}, student=True)
    assert two.conclusie("daeb-doelgroep").uitkomst == "nee"


@pytest.mark.parametrize(("rent", "fits"), [(713.02, "ja"), (713.03, "nee")])
def test_an_asylum_permit_counts_as_a_low_income_and_care_does_not(rent: float, fits: str) -> None:
    rich = PARENT | {"inkomen": 70_000}
    permit = asked(rich, rent=rent, asielvergunning=True)
    assert outcomes(permit, *BOTH, "passende-huur") == ["ja", "ja", fits]
    care = asked(rich, rent=rent, zorgindicatie=True)
    assert outcomes(care, *BOTH, "passende-huur") == ["ja", "nee", "niet_van_toepassing"]
    assert outcomes(care, "vrije-toewijzingsruimte") == ["niet_van_toepassing"]


def test_a_group_needs_no_income() -> None:
    assert asked(PARENT, asielvergunning=True).conclusie("daeb-doelgroep").uitkomst == "ja"


def test_a_no_on_income_says_what_can_still_change_it() -> None:
    found = asked(PARENT | {"inkomen": 51_538}).conclusie("daeb-doelgroep")
    assert found.uitkomst == "nee" and "studenten" in said(found) and "asiel" in said(found) and "zorg" in said(found)
    told = " ".join(step.huurder or "" for step in found.vervolg)
    assert "twee jaar geleden" in told and "Studeert u" in told
    # with both years known there is no other year to ask for
    known = asked(PARENT | {"inkomen": 51_538, "inkomenT1": 60_000, "inkomenT2": 60_000}).conclusie("daeb-doelgroep")
    assert "twee jaar geleden" not in " ".join(step.huurder or "" for step in known.vervolg)


# where the norm does not exist (Woningwet 46 lid 2, BTIV 54)


@pytest.mark.parametrize(
    ("facts", "dwelling", "fits"),
    [
        ({}, {}, "nee"),
        ({"soort": "huurder"}, {}, "niet_van_toepassing"),
        ({"verhuurder": "particulier"}, {}, "niet_van_toepassing"),
        ({}, {"zelfstandig": False, "aangewezenComplex": False}, "niet_van_toepassing"),
        ({}, {"zelfstandig": False, "aangewezenComplex": True}, "nee"),
        ({}, {"zelfstandig": False}, "onbekend"),
        ({"verhuurder": None}, {}, "onbekend"),
        ({"soort": None}, {}, "onbekend"),
    ],
)
def test_the_norm_is_one_for_corporations_on_a_new_contract(
    facts: dict[str, Any], dwelling: dict[str, Any], fits: str
) -> None:
    answer = asked(PARENT | {"inkomen": 20_000}, rent=740, woning=dwelling, **facts)
    assert outcomes(answer, *BOTH, "passende-huur") == ["ja", "ja", fits]
    assert ("huurgrens" in answer.conclusie("passende-huur").waarden) == (fits == "nee")


@pytest.mark.parametrize("facts", [{"soort": "huurder"}, {"verhuurder": "particulier"}])
def test_the_free_room_is_for_who_seeks_a_home_of_a_corporation(facts: dict[str, Any]) -> None:
    rich = PARENT | {"inkomen": 70_000}
    assert asked(rich, **facts).conclusie("vrije-toewijzingsruimte").uitkomst == "niet_van_toepassing"
    assert asked(rich).conclusie("vrije-toewijzingsruimte").uitkomst == "voorleggen"
    room = asked(rich, woning={"zelfstandig": False, "aangewezenComplex": False})
    assert room.conclusie("vrije-toewijzingsruimte").uitkomst == "voorleggen"


def test_a_sitting_tenant_reads_what_would_fit_on_moving() -> None:
    found = asked(PARENT | {"inkomen": 20_000}, soort="huurder").conclusie("primaire-doelgroep")
    assert found.uitkomst == "ja" and "Voor het contract van nu verandert er niets" in said(found)
    assert found.waarden["huurgrens"] == Decimal("713.02")


# the exception for elderly people with assets (BTIV 54a)

OLD, YOUNG = {"geboortedatum": "1950-01-01"}, {"geboortedatum": "1970-01-01", "inkomen": 0}


@pytest.mark.parametrize(
    ("year", "single", "partners"),
    [
        (2022, 120_020, 151_767), (2023, 127_582, 161_329), (2024, 140_213, 177_301), (2025, 141_896, 179_429),
        (2026, 146_011, 184_633),
    ],
)  # fmt: skip
def test_elderly_people_may_ask_for_a_dearer_home_above_the_limit_of_assets(
    year: int, single: int, partners: int
) -> None:
    one = [{"rol": "huurder", **OLD, "inkomen": 15_000}]
    two = [*one, {"rol": "partner", **OLD, "inkomen": 0}]
    for persons, limit in ((one, single), (two, partners)):
        for wealth, outcome in ((limit - 1, "nee"), (limit, "nee"), (limit + 1, "voorleggen")):
            found = asked(*persons, rent=750, vermogen=wealth, peildatum=f"{year}-04-01").conclusie("passende-huur")
            assert found.uitkomst == outcome
            assert f"{limit:,}".replace(",", ".") in said(found)


def test_a_household_with_somebody_younger_cannot_ask_by_our_reading() -> None:
    mixed = [{"rol": "huurder", **OLD, "inkomen": 15_000}, {"rol": "partner", **YOUNG}]
    found = asked(*mixed, rent=750, vermogen=200_000).conclusie("passende-huur")
    assert (found.uitkomst, found.zekerheid) == ("nee", "afgeleid") and "Wij lezen het besluit zo" in said(found)


def test_above_the_rent_of_social_homes_there_is_no_exception_and_the_decree_is_said_to_be_silent() -> None:
    one = {"rol": "huurder", **OLD, "inkomen": 15_000}
    for rent, outcome in ((932.92, "voorleggen"), (932.93, "voorleggen"), (932.94, "nee")):
        found = asked(one, rent=rent, vermogen=200_000).conclusie("passende-huur")
        assert found.uitkomst == outcome
        assert ("zegt het besluit niet. Vraag de corporatie" in said(found)) == (outcome == "nee")


@pytest.mark.parametrize(
    ("year", "maximum"), [(2022, 763.47), (2023, 808.06), (2024, 879.66), (2025, 900.07), (2026, 932.93)]
)
def test_until_2025_the_norm_ends_where_there_can_be_no_huurtoeslag(year: int, maximum: float) -> None:
    dearer, day = round(maximum + 0.01, 2), f"{year}-04-01"
    ends = "niet_van_toepassing" if year <= 2025 else "nee"
    cases: list[tuple[float, dict[str, Any], int, str]] = [
        (maximum, {}, 0, "nee"),
        (dearer, {}, 0, ends),
        (dearer, {"aangepast": True}, 0, "nee"),
        (dearer, {}, 6, ends),
        (dearer, {}, 7, "nee"),
    ]
    for rent, dwelling, children, outcome in cases:
        family = [{"rol": "kind", "leeftijd": 5, "inkomen": 0, "onderhouden": True}] * children
        found = asked(PARENT | {"inkomen": 20_000}, *family, rent=rent, woning=dwelling, peildatum=day)
        assert outcomes(found, "passende-huur") == [outcome]


# a child and its parents


@pytest.mark.parametrize(
    ("tenant", "partner", "child", "place"),
    [
        ({"leeftijd": 40}, None, {"leeftijd": 41}, "/personen/1/leeftijd"),
        ({"leeftijd": 40}, None, {"leeftijd": 40}, "/personen/1/leeftijd"),
        ({"leeftijd": 40}, None, {"leeftijd": 39}, None),
        ({"geboortedatum": "1980-01-01"}, None, {"geboortedatum": "1940-01-01"}, "/personen/1/geboortedatum"),
        ({"geboortedatum": "1980-01-01"}, None, {"leeftijd": 60}, "/personen/1/leeftijd"),
        ({}, None, {"leeftijd": 60}, None),  # the age of the tenant is not known
        ({"leeftijd": 30}, {"leeftijd": 55}, {"leeftijd": 32}, None),  # a stepchild of the tenant
        ({"leeftijd": 30}, {"leeftijd": 55}, {"leeftijd": 55}, "/personen/2/leeftijd"),
        ({"leeftijd": 30}, {}, {"leeftijd": 32}, None),
        ({"leeftijd": 30}, None, {"leeftijd": 32, "soortKind": "van_medebewoner"}, None),
    ],
)
def test_a_child_is_younger_than_one_of_its_parents(
    tenant: Person, partner: Person | None, child: Person, place: str | None
) -> None:
    persons = [{"rol": "huurder"} | tenant, *([{"rol": "partner"} | partner] if partner is not None else [])]
    question = {"peildatum": "2026-03-01", "personen": [*persons, {"rol": "kind"} | child]}
    if place is None:
        read(question)
        return
    with pytest.raises(VraagFout) as refused:
        read(question)
    assert [(fault.veld, "?" in fault.tekst) for fault in refused.value.fouten] == [(place, True)]


# what the Woningwet says and is not checked


def unchecked(answer: Uitslag) -> str:
    return " ".join(one.tekst for one in answer.niet_getoetst or [])


def test_a_subtenant_who_may_be_an_occupant_is_told_of_only_where_there_is_one() -> None:
    tenant = PARENT | {"inkomen": 20_000}
    with_subtenant = asked(tenant, {"rol": "onderhuurder", "geboortedatum": "1990-01-01", "inkomen": 30_000})
    assert "een kamer van de huurder huurt" in unchecked(with_subtenant)
    assert "een kamer van de huurder huurt" not in unchecked(asked(tenant))


@pytest.mark.parametrize(
    ("rent", "kind", "told"), [(932.93, True, False), (932.94, True, True), (932.94, False, False)]
)
def test_the_income_limit_is_said_not_to_hold_for_a_home_above_the_rent_limit(
    rent: float, kind: bool, told: bool
) -> None:
    answer = asked(PARENT | {"inkomen": 70_000}, rent=rent, woning={"zelfstandig": kind})
    assert ("Met deze huur is de woning geen sociale huur" in unchecked(answer)) == told


@pytest.mark.parametrize(("born", "told"), [("1998-01-02", True), ("1998-01-01", False)])
def test_an_orphan_under_28_is_told_of_a_lower_rent(born: str, told: bool) -> None:
    tenant = {"rol": "huurder", "geboortedatum": born, "inkomen": 20_000}
    answer = asked(tenant, soort="huurder", woning={"gereguleerd": True, "wwsMaximum": 900})
    assert ("als wees in de woning" in unchecked(answer)) == told
