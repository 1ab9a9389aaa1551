"""Zorgtoeslag and kindgebonden budget: the published cases, both sides of every limit, and what the law leaves open."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw
import pytest

from regels.lezers import kolommen
from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.tabellen import tabel_van

Person = dict[str, Any]


def tenant(income: int | None = 20000, **other: Any) -> Person:
    return {"rol": "huurder", "geboortedatum": "1985-01-01"} | ({} if income is None else {"inkomen": income}) | other


def partner(income: int = 0, **other: Any) -> Person:
    return {"rol": "partner", "geboortedatum": "1986-01-01", "inkomen": income} | other


def child(born: str = "2018-01-15", **other: Any) -> Person:
    return {"rol": "kind", "geboortedatum": born} | other


def answer(id: str, day: str, *persons: Person, vermogen: int | None = 5000, **facts: Any) -> Conclusie:
    question = {"peildatum": day, "soort": "huurder", "verhuurder": "wetland-wonen", "personen": list(persons)} | facts
    if vermogen is not None:
        question["vermogen"] = vermogen
    return toets(read(question)).conclusie(id)


def zorg(day: str, *persons: Person, **facts: Any) -> Conclusie:
    return answer("zorgtoeslag", day, *persons, **facts)


def kgb(day: str, *persons: Person, **facts: Any) -> Conclusie:
    return answer("kindgebonden-budget", day, *persons, **facts)


def bewoners(day: str, *persons: Person, **facts: Any) -> Conclusie:
    return answer("zorgtoeslag-bewoners", day, *persons, **facts)


# published (the cases themselves: test_gepubliceerd.py)


def test_the_one_published_cell_that_the_formula_does_not_give_is_said_to_be_about() -> None:
    found = zorg("2026-06-01", tenant(35000))
    assert (found.waarden["perMaand"], "ongeveer" in found.tekst) == (68, True)


# belastingdienst.nl, "Maximaal inkomen zorgtoeslag", and the highest amounts a year and a month of each year
LIMITS = [
    (2022, 31998, 40944, 1336, 2553, 111, 212),
    (2023, 38520, 48224, 1858, 3182, 154, 265),
    (2024, 37496, 47368, 1483, 2833, 123, 236),
    (2025, 39719, 50206, 1573, 3010, 131, 250),
    (2026, 40857, 51142, 1550, 2963, 129, 246),
]


@pytest.mark.parametrize(("year", "single", "pair", "most", "most_pair", "month", "month_pair"), LIMITS)
def test_the_last_income_and_the_highest_amount_of_each_year(
    year: int, single: int, pair: int, most: int, most_pair: int, month: int, month_pair: int
) -> None:
    day = f"{year}-07-01"
    for limit, others, top, monthly in (
        (single, (), most, month),
        (pair, (partner(),), most_pair, month_pair),
    ):
        below, on, above = (zorg(day, tenant(limit + step), *others) for step in (-1, 0, 1))
        assert [found.uitkomst for found in (below, on, above)] == ["ja", "ja", "nee"]
        assert on.waarden["perJaar"] == 24
        assert [found.waarden["grens"] for found in (below, on, above)] == [limit] * 3
        assert on.waarden["ruimte"] == 0
        assert "1 hoger dan" in above.redenen[0].tekst.replace("\xa0", " ")
        assert f"{limit:,}".replace(",", ".") in above.redenen[0].tekst
        highest = zorg(day, tenant(0), *others)
        assert (highest.waarden["perJaar"], highest.waarden["perMaand"]) == (top, monthly)


def test_what_was_fitted_says_that_it_was_derived() -> None:
    marks = {year: zorg(f"{year}-06-01", tenant(), partner()).zekerheid for year in (2022, 2023, 2024, 2025, 2026)}
    assert (marks[2023], marks[2025], marks[2024], marks[2026]) == ("afgeleid", "afgeleid", "secundair", "secundair")


@pytest.mark.parametrize(("id", "who"), [("zorgtoeslag", ()), ("kindgebonden-budget", (child(),))])
def test_no_year_falls_back_to_another(id: str, who: tuple[Person, ...]) -> None:
    for day, outcome in (("2021-12-31", "geen_regels"), ("2022-01-01", "ja"), ("2026-12-31", "ja")):
        assert answer(id, day, tenant(), *who).uitkomst == outcome
    after = answer(id, "2027-01-01", tenant(), *who)
    assert (after.uitkomst, after.waarden) == ("geen_regels", {})
    assert "2026" in after.tekst


# Wzt 1(1)c: from the month after the 18th birthday, whatever the day


@pytest.mark.parametrize(
    ("born", "day", "outcome"),
    [
        ("2008-02-28", "2026-02-28", "nee"),
        ("2008-02-28", "2026-03-01", "ja"),
        ("2008-03-01", "2026-03-01", "nee"),
        ("2008-03-01", "2026-03-31", "nee"),
        ("2008-03-01", "2026-04-01", "ja"),
        ("2009-01-15", "2026-03-01", "nee"),
    ],
)
def test_zorgtoeslag_starts_in_the_month_after_the_eighteenth_birthday(born: str, day: str, outcome: str) -> None:
    found = zorg(day, {"rol": "huurder", "geboortedatum": born, "inkomen": 5000})
    assert found.uitkomst == outcome
    if outcome == "nee":
        assert found.waarden["reden"] == "te_jong"


@pytest.mark.parametrize(
    ("age", "day", "outcome"),
    [
        (19, "2026-01-01", "ja"),
        (18, "2026-02-01", "ja"),
        (18, "2026-01-31", "onbekend"),
        (17, "2026-01-31", "nee"),
        (17, "2026-02-01", "onbekend"),
        (17, "2026-12-31", "onbekend"),
        (16, "2026-12-31", "nee"),
    ],
)
def test_with_an_age_alone_the_month_is_asked_where_it_decides(age: int, day: str, outcome: str) -> None:
    found = zorg(day, {"rol": "huurder", "leeftijd": age, "inkomen": 5000})
    assert found.uitkomst == outcome
    if outcome == "onbekend":
        assert [part.veld for part in found.ontbreekt] == ["/personen/0/geboortedatum"]


# Wzt 2(4): half of the amount for partners


@pytest.mark.parametrize(
    "who", [(tenant(20000, verzekerd=False), partner()), (tenant(20000), partner(verzekerd=False))]
)
def test_with_a_partner_who_is_not_insured_it_is_half(who: tuple[Person, ...]) -> None:
    found = zorg("2026-03-01", *who)
    assert (found.uitkomst, found.waarden["perJaar"], found.waarden["perMaand"]) == ("ja", 1481, 123)


def test_half_ends_at_an_income_of_its_own() -> None:
    # half of it is 23,5 where it is 47: 29.736 + (2 x 2.119 - 1.275,37704 - 47) / 13,73% = 50.971,4
    for income, outcome in ((50970, "ja"), (50971, "ja"), (50972, "nee")):
        found = zorg("2026-03-01", tenant(income, verzekerd=False), partner())
        assert (found.uitkomst, found.waarden["grens"]) == (outcome, 50971)


def test_a_partner_who_is_not_yet_eighteen_halves_it_too() -> None:
    found = zorg("2026-03-01", tenant(20000), partner(geboortedatum="2008-06-01"))
    assert (found.uitkomst, found.waarden["perMaand"]) == ("ja", 123)


def test_without_any_insurance_there_is_none() -> None:
    for who in ((tenant(verzekerd=False),), (tenant(verzekerd=False), partner(verzekerd=False))):
        found = zorg("2026-03-01", *who)
        assert (found.uitkomst, found.waarden["reden"]) == ("nee", "verzekering")


def test_who_is_away_for_long_is_asked_about_the_insurance() -> None:
    found = zorg("2026-03-01", tenant(opgenomen=True))
    assert (found.uitkomst, [part.veld for part in found.ontbreekt]) == ("onbekend", ["/personen/0/verzekerd"])
    assert zorg("2026-03-01", tenant(opgenomen=True, verzekerd=True)).uitkomst == "ja"


# Wzt 3, Wkb 1(4)

ASSETS = {2022: (120020, 151767), 2023: (127582, 161329), 2024: (140213, 177301), 2025: (141896, 179429),
          2026: (146011, 184633)}  # fmt: skip


@pytest.mark.parametrize("year", ASSETS)
def test_assets_on_the_limit_are_within_it(year: int) -> None:
    day = f"{year}-06-01"
    for limit, others in zip(ASSETS[year], ((), (partner(),)), strict=True):
        for assets, outcome in ((limit - 1, "ja"), (limit, "ja"), (limit + 1, "nee")):
            assert zorg(day, tenant(), *others, vermogen=assets).uitkomst == outcome
            assert kgb(day, tenant(), *others, child(), vermogen=assets).uitkomst == outcome
    assert "1 hoger dan de grens" in zorg(day, tenant(), vermogen=ASSETS[year][0] + 1).redenen[0].tekst


def test_assets_of_a_partner_of_a_part_of_the_year_are_put_to_a_person() -> None:
    who = (tenant(), partner(heelHetJaar=False))
    outcomes = [zorg("2026-06-01", *who, vermogen=assets).uitkomst for assets in (146011, 146012, 300000)]
    assert outcomes == ["ja", "voorleggen", "voorleggen"]


def test_assets_of_another_toeslagpartner_of_a_part_of_the_year_are_held_against_the_limit_of_one() -> None:
    for heel, own, theirs, outcome in (
        (False, 146011, 146011, "ja"),
        (False, 146011, 146012, "voorleggen"),
        (True, 100000, 84633, "ja"),
        (True, 100000, 84634, "nee"),
    ):
        who = (tenant(), other(toeslagpartner="wel", heelHetJaar=heel, vermogen=theirs))
        assert zorg("2026-06-01", *who, vermogen=own).uitkomst == outcome


def test_assets_of_own_children_count_with_their_parents_and_perhaps_half() -> None:
    rich = child(vermogen=100000)
    found = [zorg("2026-06-01", tenant(), rich, vermogen=own).uitkomst for own in (46011, 46012, 96011, 96012)]
    assert found == ["ja", "voorleggen", "voorleggen", "nee"]


def test_unknown_assets_are_asked_unless_the_income_is_too_high() -> None:
    waiting = zorg("2026-06-01", tenant(), vermogen=None)
    assert (waiting.uitkomst, [part.veld for part in waiting.ontbreekt]) == ("onbekend", ["/vermogen"])
    assert waiting.waarden["volgensFormule"] == 129
    assert zorg("2026-06-01", tenant(40858), vermogen=None).uitkomst == "nee"
    assert zorg("2026-06-01", tenant(None), vermogen=146012).uitkomst == "nee"
    assert zorg("2026-06-01", tenant(None)).uitkomst == "onbekend"


# Awir 9


def test_an_unlawful_stay_excludes_tenant_and_partner_and_is_asked_of_a_person_when_it_may_be_another() -> None:
    for who, outcome in (
        ((tenant(),), "nee"),
        ((tenant(), partner()), "nee"),
        ((tenant(), child()), "voorleggen"),
        ((tenant(50000), child()), "nee"),
    ):
        assert zorg("2026-06-01", *who, rechtmatigVerblijf=False).uitkomst == outcome
    # Wkb 1(5): a child that stays lawfully still gives a right
    assert kgb("2026-06-01", tenant(), partner(), child(), rechtmatigVerblijf=False).uitkomst == "voorleggen"


# Awir 3: who is toeslagpartner


def other(born: str = "1980-01-01", **more: Any) -> Person:
    return {"rol": "medebewoner", "geboortedatum": born, "inkomen": 10000} | more


def test_a_partner_registered_elsewhere_is_put_to_a_person_with_both_amounts() -> None:
    found = zorg("2026-06-01", tenant(33000), partner(ingeschreven=False))
    assert found.uitkomst == "voorleggen"
    # single 1.102,02 / 12 and partners 2.514,19 / 12
    assert (found.waarden["perMaandZonder"], found.waarden["perMaandMet"]) == (91, 209)
    married = zorg("2026-06-01", tenant(33000), partner(ingeschreven=False, toeslagpartner="wel"))
    single = zorg("2026-06-01", tenant(33000), partner(ingeschreven=False, toeslagpartner="geen"))
    assert [(c.uitkomst, c.waarden["perMaand"]) for c in (married, single)] == [("ja", 209), ("ja", 91)]


def test_who_is_away_for_long_may_have_no_toeslagpartner() -> None:
    # Awir 3(6) and 3c: on request they are no partners
    for who in ((tenant(33000), partner(opgenomen=True, verzekerd=True)),
                (tenant(33000, opgenomen=True, verzekerd=True), partner())):  # fmt: skip
        found = zorg("2026-06-01", *who)
        assert (found.uitkomst, found.waarden["perMaandZonder"], found.waarden["perMaandMet"]) == (
            "voorleggen",
            91,
            209,
        )


def test_a_partner_is_no_stranger_beside_a_minor_whatever_was_filled_in() -> None:
    who = (tenant(), partner(toeslagpartner="geen"))
    assert zorg("2026-06-01", *who).uitkomst == "ja"
    assert kgb("2026-06-01", *who, child()).uitkomst == "voorleggen"


def test_of_a_subtenant_beside_a_minor_the_request_is_told() -> None:
    found = kgb("2026-06-01", tenant(), child(), {"rol": "onderhuurder", "geboortedatum": "1990-01-01"})
    assert found.uitkomst == "ja"
    assert [reason.tekst for reason in found.redenen if "onderhuurder" in reason.tekst]


def test_an_unlawful_stay_of_somebody_is_asked_about_other_adults() -> None:
    who = (tenant(), child("2000-01-01", inkomen=0))
    assert bewoners("2026-06-01", *who, rechtmatigVerblijf=False).uitkomst == "voorleggen"


def test_a_partner_who_is_no_toeslagpartner_has_a_right_of_its_own() -> None:
    who = (tenant(33000), partner(20000, toeslagpartner="geen"))
    assert (zorg("2026-06-01", *who).waarden["perMaand"], bewoners("2026-06-01", *who).waarden["perMaand"]) == (91, 129)


def test_another_adult_beside_a_minor_may_be_the_toeslagpartner() -> None:
    found = kgb("2026-06-01", tenant(25000), child(), other())
    assert found.uitkomst == "voorleggen"
    # 2.580 + 3.416 without; with: 35.000 is under 39.141, so 2.580
    assert (found.waarden["perMaandZonder"], found.waarden["perMaandMet"]) == (499, 215)
    assert zorg("2026-06-01", tenant(25000), child(), other()).uitkomst == "voorleggen"
    for word, month in (("geen", 499), ("wel", 215)):
        sure = kgb("2026-06-01", tenant(25000), child(), other(toeslagpartner=word))
        assert (sure.uitkomst, sure.waarden["perMaand"]) == ("ja", month)


def test_who_became_toeslagpartner_by_a_minor_stays_so_for_the_rest_of_the_year() -> None:
    # Awir 3(3): the child became 18 in March
    for day, outcome in (("2026-02-01", "voorleggen"), ("2026-11-01", "voorleggen"), ("2027-01-01", "geen_regels")):
        assert zorg(day, tenant(), child("2008-03-03", inkomen=0), other()).uitkomst == outcome
    assert zorg("2026-11-01", tenant(), child("2008-01-01", inkomen=0), other()).uitkomst == "ja"


def test_who_is_registered_elsewhere_is_no_toeslagpartner() -> None:
    found = kgb("2026-06-01", tenant(25000), child(), other(ingeschreven=False))
    assert (found.uitkomst, found.waarden["perMaand"]) == ("ja", 499)
    assert kgb("2026-06-01", tenant(25000), child(), other(ingeschreven=True)).uitkomst == "voorleggen"


def test_without_a_minor_another_adult_is_no_toeslagpartner() -> None:
    assert zorg("2026-06-01", tenant(), other()).uitkomst == "ja"
    assert zorg("2026-06-01", tenant(), other("2008-05-20"), child()).uitkomst == "voorleggen"
    assert zorg("2026-06-01", tenant(), other("2008-06-20"), child()).uitkomst == "ja"


@pytest.mark.parametrize(
    ("day", "parent", "grown", "outcome"),
    [
        ("2024-06-01", "1960-01-01", "1997-01-01", "voorleggen"),
        ("2024-06-01", "1960-01-01", "1997-01-02", "ja"),
        ("2025-01-01", "1960-01-01", "1997-01-01", "ja"),
        ("2026-06-01", "1960-01-01", "1990-01-01", "ja"),
    ],
)
def test_until_2024_an_own_child_of_27_could_be_it(day: str, parent: str, grown: str, outcome: str) -> None:
    persons = (tenant(geboortedatum=parent), {"rol": "kind", "geboortedatum": grown, "inkomen": 9000}, child())
    assert kgb(day, *persons).uitkomst == outcome


def test_more_than_one_possible_toeslagpartner_is_put_to_a_person() -> None:
    found = kgb("2026-06-01", tenant(), child(), other(), other("1975-01-01"))
    assert (found.uitkomst, found.redenen[0].regel) == ("voorleggen", "meer-mogelijke-toeslagpartners")


def test_an_income_that_is_too_high_either_way_is_a_no() -> None:
    assert zorg("2026-06-01", tenant(60000), child(), other()).uitkomst == "nee"


# other adults


def test_an_adult_child_has_a_right_of_its_own_on_its_own_income() -> None:
    who = (tenant(60000), child("2006-06-01", inkomen=8000))
    assert zorg("2026-03-01", *who).uitkomst == "nee"
    own = bewoners("2026-03-01", *who)
    assert (own.uitkomst, own.waarden["perMaand"], own.waarden["perJaar"]) == ("ja", 129, 1550)


@pytest.mark.parametrize(("income", "outcome"), [(40856, "ja"), (40857, "ja"), (40858, "nee")])
def test_the_limit_of_an_adult_child_is_that_of_a_single_person(income: int, outcome: str) -> None:
    assert bewoners("2026-03-01", tenant(), child("2000-01-01", inkomen=income)).uitkomst == outcome


def test_adult_children_are_added_up_and_those_without_a_right_are_left_out() -> None:
    found = bewoners(
        "2026-03-01",
        tenant(),
        child("2000-01-01", inkomen=33000),
        child("2002-01-01", inkomen=50000),
        child("2004-01-01", inkomen=0, verzekerd=False),
        child("2005-01-01", inkomen=0, vermogen=146012),
        child("2006-01-01", inkomen=0),
        child("2015-01-01"),
    )
    assert (found.waarden["perMaand"], found.waarden["perJaar"]) == (91 + 129, 1102 + 1550)


def test_each_adult_has_an_amount_and_whom_it_is_not_about_has_none() -> None:
    who = (tenant(), child("2000-01-01", inkomen=33000), child("2015-01-01"), child("2006-01-01", inkomen=50000))
    found = bewoners("2026-03-01", *who)
    assert found.waarden["perPersoonPerMaand"] == [None, 91, None, 0]
    assert found.waarden["perPersoonPerJaar"] == [None, 1102, None, 0]
    (shown,) = (part.tekst for part in found.weergave if part.naam == "perPersoonPerMaand")
    assert shown.replace("\xa0", " ") == "persoon 2: € 91, persoon 4: € 0"


def test_the_list_of_each_adult_is_written_as_numbers_in_json() -> None:
    question = {"peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "wetland-wonen", "vermogen": 0,
                "personen": [tenant(), child("2000-01-01", inkomen=33000)]}  # fmt: skip
    written = json.loads(toets(read(question)).json())
    (own,) = (c for c in written["conclusies"] if c["id"] == "zorgtoeslag-bewoners")
    assert own["waarden"]["perPersoonPerMaand"] == [None, 91]


def test_in_a_table_each_place_has_a_column() -> None:
    who = (tenant(), child("2000-01-01", inkomen=33000), child("2006-01-01", inkomen=0))
    question = {"peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "wetland-wonen", "vermogen": 0}
    one, two = (read(question | {"personen": list(persons)}) for persons in (who, who[:1]))
    table = nw.from_native(tabel_van([one, two]).lazy())
    answered = kolommen.toets(table, PAKKET, date(2026, 3, 1), 2026, ["zorgtoeslag-bewoners"]).to_native().collect()
    found = [answered[f"zorgtoeslag-bewoners__p{place}_perPersoonPerMaand"].to_list() for place in (1, 2, 3)]
    assert found == [[None, None], [91, None], [129, None]]
    fixed = kolommen.Tabeltoets(PAKKET, date(2026, 3, 1), 2026, ["zorgtoeslag-bewoners"], personen=5)
    names = [kolom.naam for kolom in fixed.kolommen if "PerMaand" in kolom.naam]
    assert names == [f"zorgtoeslag-bewoners__p{place}_perPersoonPerMaand" for place in range(1, 6)]
    assert fixed.toets_deel(tabel_van([one, two]))["zorgtoeslag-bewoners__p5_perPersoonPerMaand"].to_list() == [
        None,
        None,
    ]


def test_only_with_another_adult_the_question_arises() -> None:
    assert bewoners("2026-03-01", tenant(), partner(), child()).uitkomst == "niet_van_toepassing"
    assert bewoners("2026-03-31", tenant(), child("2008-03-01")).uitkomst == "niet_van_toepassing"
    assert bewoners("2026-04-01", tenant(), child("2008-03-01", inkomen=0)).uitkomst == "ja"


def test_whose_assets_they_are_matters_only_for_who_has_a_right() -> None:
    rich = {"rol": "kind", "geboortedatum": "2015-05-05", "soortKind": "kleinkind", "vermogen": 146012}
    for income, outcome in ((20000, "voorleggen"), (60000, "nee")):
        grown = {"rol": "kind", "geboortedatum": "2000-01-01", "inkomen": income}
        assert bewoners("2026-06-01", tenant(), grown, rich).uitkomst == outcome


def test_two_other_residents_may_be_partners_of_each_other() -> None:
    assert bewoners("2026-03-01", tenant(), other(), other()).uitkomst == "voorleggen"
    assert bewoners("2026-03-01", tenant(), other()).uitkomst == "ja"


# kindgebonden budget


@pytest.mark.parametrize(
    ("year", "amounts"),
    [
        # Wkb 2(2): the totals of one, two, three and four children, for partners without reduction
        (2022, (1220, 2326, 3327, 4328)),
        (2023, (1653, 3185, 4717, 6249)),
        (2024, (2436, 4872, 7308, 9744)),
        (2025, (2511, 5022, 7533, 10044)),
        (2026, (2580, 5160, 7740, 10320)),
    ],
)
def test_the_amount_for_each_number_of_children(year: int, amounts: tuple[int, ...]) -> None:
    for number, amount in enumerate(amounts, 1):
        found = kgb(f"{year}-06-01", tenant(), partner(), *(child(f"{year - 6}-01-15"),) * number)
        assert (found.waarden["perJaar"], found.waarden["perMaand"]) == (amount, amount // 12)


ALO = {2022: 3285, 2023: 3848, 2024: 3480, 2025: 3389, 2026: 3416}
EXTRA = {2022: (251, 447), 2023: (267, 476), 2024: (694, 924), 2025: (703, 936), 2026: (724, 964)}
FIRST = {2022: 1220, 2023: 1653, 2024: 2436, 2025: 2511, 2026: 2580}
# D of each year, X, and the reduction
REDUCED = {2022: (22356, 17240, "6.75"), 2023: (25070, 18327, "6.75"), 2024: (26819, 9030, "6.75"),
           2025: (28406, 9139, "7.10"), 2026: (29736, 9405, "7.60")}  # fmt: skip


@pytest.mark.parametrize("year", ALO)
def test_single_parents_older_children_and_the_reduction_of_each_year(year: int) -> None:
    day, (low, more, percent) = f"{year}-06-01", REDUCED[year]
    alone = kgb(day, tenant(), child(f"{year - 6}-01-15"))
    assert alone.waarden["perJaar"] == FIRST[year] + ALO[year]
    for born, extra in ((f"{year - 13}-01-15", EXTRA[year][0]), (f"{year - 16}-01-15", EXTRA[year][1])):
        assert kgb(day, tenant(), partner(), child(born)).waarden["perJaar"] == FIRST[year] + extra
    for limit, others in ((low, ()), (low + more, (partner(),))):
        top = FIRST[year] + (0 if others else ALO[year])
        for step, less in ((-1, 0), (0, 0), (1000, Decimal(percent) * 10)):
            found = kgb(day, tenant(limit + step), *others, child(f"{year - 6}-01-15"))
            assert found.waarden["perMaand"] == int((top - less) / 12)


@pytest.mark.parametrize(
    ("born", "day", "outcome"),
    [
        ("2026-06-01", "2026-06-30", "nee"),
        ("2026-06-30", "2026-07-01", "ja"),
        ("2008-06-10", "2026-06-20", "ja"),
        ("2008-06-01", "2026-06-30", "ja"),
        ("2008-06-30", "2026-07-01", "niet_van_toepassing"),
    ],
)
def test_a_child_counts_from_the_month_after_birth_to_the_month_of_eighteen(born: str, day: str, outcome: str) -> None:
    found = kgb(day, tenant(), child(born))
    assert found.uitkomst == outcome
    if outcome == "nee":
        assert found.waarden["reden"] == "pasgeboren"


@pytest.mark.parametrize(
    ("born", "day", "extra"),
    [
        ("2014-06-01", "2026-06-30", 0),
        ("2014-06-30", "2026-07-01", 724),
        ("2010-06-01", "2026-06-30", 724),
        ("2010-06-30", "2026-07-01", 964),
        ("2008-06-30", "2026-06-30", 964),
    ],
)
def test_the_extra_for_age_starts_in_the_month_after_the_birthday(born: str, day: str, extra: int) -> None:
    assert kgb(day, tenant(), child(born)).waarden["verhogingen"] == extra


def test_an_age_alone_is_enough_unless_the_month_decides() -> None:
    def of(age: int, day: str) -> Conclusie:
        return kgb(day, tenant(), {"rol": "kind", "leeftijd": age})

    for age, day, extra in (
        (10, "2026-12-01", 0),
        (12, "2026-02-01", 724),
        (14, "2026-12-01", 724),
        (16, "2026-02-01", 964),
    ):
        assert of(age, day).waarden["verhogingen"] == extra
    for age, day in ((11, "2026-02-01"), (12, "2026-01-01"), (15, "2026-06-01"), (17, "2026-06-01"), (0, "2026-01-01")):
        waiting = of(age, day)
        assert (waiting.uitkomst, waiting.ontbreekt[0].veld) == ("onbekend", "/personen/1/geboortedatum")


def test_without_kinderbijslag_there_is_none_for_that_child() -> None:
    one = kgb("2026-06-01", tenant(), child(), child(kinderbijslag=False))
    assert (one.waarden["kinderen"], one.waarden["perJaar"]) == (1, 5996)
    none = kgb("2026-06-01", tenant(), child(kinderbijslag=False))
    assert (none.uitkomst, none.waarden["reden"]) == ("nee", "geen_bijslag")
    foster = kgb("2026-06-01", tenant(), child(soortKind="pleegkind"))
    assert [part.veld for part in foster.ontbreekt] == ["/personen/1/kinderbijslag"]


@pytest.mark.parametrize(
    ("persons", "year", "month"),
    [
        ((tenant(25000), child()), 5996, 499),
        ((tenant(35000), partner(), child(), child("2013-01-01"), child("2009-03-01")), 9428, 785),
        # 2.580 - 7,6% of (60.000 - 39.141) = 994,716
        ((tenant(60000), partner(), child()), 995, 82),
        # 5.996 - 7,6% of (50.000 - 29.736) = 4.455,936
        ((tenant(50000), child()), 4456, 371),
    ],
)
def test_the_worked_examples_of_2026(persons: tuple[Person, ...], year: int, month: int) -> None:
    found = kgb("2026-05-01", *persons)
    assert (found.waarden["perJaar"], found.waarden["perMaand"]) == (year, month)


def test_the_last_income_with_kindgebonden_budget_is_told() -> None:
    # 39.141 + (2.580 - 23,5) / 7,6% = 72.779,2
    for income, outcome in ((72778, "ja"), (72779, "ja"), (72780, "nee")):
        found = kgb("2026-06-01", tenant(income), partner(), child())
        assert found.uitkomst == outcome
    assert "72.779" in found.redenen[0].tekst


def test_what_a_household_may_get_is_part_of_the_sum() -> None:
    question = {"peildatum": "2026-06-01", "soort": "huurder", "verhuurder": "wetland-wonen", "vermogen": 0,
                "personen": [tenant(25000), child(), child("2006-01-01", inkomen=0)]}  # fmt: skip
    posts = {post.besluit: (post.maand, post.jaar) for post in toets(read(question)).som.zeker.posten}
    assert posts["zorgtoeslag"] == posts["zorgtoeslag-bewoners"] == (129, 1550)
    assert posts["kindgebonden-budget"] == (499, 5996)


def test_the_last_day_to_ask_is_told_and_not_after_it() -> None:
    (step,) = zorg("2026-12-31", tenant()).vervolg
    assert (step.voor, "1 januari 2028" in step.huurder) == (date(2028, 1, 1), True)
