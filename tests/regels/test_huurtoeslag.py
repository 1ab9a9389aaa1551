"""Who and what counts for huurtoeslag: assets, registration, children, a handicap, and what is put to Dienst Toeslagen.

Amounts by hand, of 2026 unless said otherwise. Two persons, rent 700 and an income below the ijkpunt of 31.500:
498,20 - 200,71 + 65% of (700 - 498,20) = 297,49 + 131,17 = 428,66. One person: 295,68 + 131,17 = 426,85.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regels.uitslag import Conclusie
from tests.hulp.vragen import antwoord, conclusie, personen

LIMIT, JOINT = 38479, 76958  # Awir 7 lid 3, state of 2026
ALONE, TOGETHER = Decimal("426.85"), Decimal("428.66")
Person = dict[str, Any]


def child(age: int = 10, **facts: Any) -> Person:
    return {"rol": "kind", "leeftijd": age, "inkomen": 0} | facts


def partner(**facts: Any) -> Person:
    return {"rol": "partner", "leeftijd": 40, "inkomen": 0} | facts


def lodger(**facts: Any) -> Person:
    return {"rol": "medebewoner", "leeftijd": 40, "inkomen": 0} | facts


def tenant(**facts: Any) -> Person:
    return {"rol": "huurder", "leeftijd": 40, "inkomen": 20000} | facts


def found(*who: Person, woning: dict[str, Any] | None = None, **facts: Any) -> Conclusie:
    return conclusie("huurtoeslag", {"kaleHuur": 700} | (woning or {}), personen=list(who), **facts)


def rule(answer: Conclusie) -> str:
    return answer.redenen[0].regel


def said(answer: Conclusie) -> str:
    return " ".join(reason.tekst for reason in answer.redenen).replace("\N{NO-BREAK SPACE}", " ")


# assets of a minor child (Wet IB 2.15): with its parents, or half with another parent


@pytest.mark.parametrize(
    ("own", "of_child", "outcome"),
    [
        (0, 45000, "ja"), (0, 76957, "ja"), (0, 76958, "ja"), (0, 76959, "voorleggen"),
        (31000, 45958, "ja"), (31000, 45959, "voorleggen"), (31000, 47000, "voorleggen"),
        (0, 153916, "voorleggen"), (0, 153917, "nee"), (76958, 0, "ja"), (76958, 1, "nee"), (76959, 0, "nee"),
    ],
)  # fmt: skip
def test_assets_of_a_minor_child_come_on_top_of_those_of_its_parents(own: int, of_child: int, outcome: str) -> None:
    """Two parents: within 76.958 with all of it; certainly above it when half of it already is."""
    answer = found(tenant(), partner(), child(vermogen=of_child), vermogen=own)
    assert answer.uitkomst == outcome


@pytest.mark.parametrize(
    ("of_child", "outcome"),
    [(38479, "ja"), (38480, "voorleggen"), (76958, "voorleggen"), (76959, "nee")],
)
def test_of_a_single_parent_half_may_be_of_the_other(of_child: int, outcome: str) -> None:
    """76.958 / 2 = 38.479, the limit itself; of one euro more half a euro is above it."""
    assert found(tenant(), child(vermogen=of_child), vermogen=0).uitkomst == outcome


def test_assets_of_two_children_count_together() -> None:
    assert found(tenant(), child(vermogen=20000), child(8, vermogen=18479), vermogen=0).uitkomst == "ja"
    assert found(tenant(), child(vermogen=20000), child(8, vermogen=18480), vermogen=0).uitkomst == "voorleggen"


@pytest.mark.parametrize(("age", "outcome"), [(17, "voorleggen"), (18, "nee")])
def test_a_child_of_18_on_1_january_has_a_test_of_its_own(age: int, outcome: str) -> None:
    answer = found(tenant(), partner(), child(age, vermogen=80000), vermogen=0)
    assert answer.uitkomst == outcome


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("eigen", "voorleggen"), ("pleegkind", "voorleggen"), ("kleinkind", "ja"), ("van_medebewoner", "ja")],
)
def test_only_an_own_child_brings_its_assets_in(kind: str, outcome: str) -> None:
    """Of a foster child it is not certain; of a grandchild and another's child they are those of their own parents."""
    answer = found(tenant(), partner(), child(vermogen=80000, soortKind=kind), vermogen=0)
    assert answer.uitkomst == outcome
    assert ("bij de eigen ouders" in said(answer)) is (outcome == "ja")


@pytest.mark.parametrize(
    ("of_child", "of_parent", "outcome"),
    [(20000, 18479, "ja"), (20000, 18480, "voorleggen"), (0, 38480, "nee"), (20000, 0, "ja")],
)
def test_assets_of_anothers_child_may_be_those_of_a_resident(of_child: int, of_parent: int, outcome: str) -> None:
    who = [tenant(), lodger(vermogen=of_parent), child(vermogen=of_child, soortKind="van_medebewoner")]
    assert found(*who, vermogen=0).uitkomst == outcome


def test_a_minor_without_assets_is_taken_to_have_none_and_says_so() -> None:
    answer = antwoord({"kaleHuur": 700}, personen=[tenant(), child()], vermogen=38479)
    assert answer.conclusie("huurtoeslag").uitkomst == "ja"
    assert "kinderen-geen-vermogen" in {item.id for item in answer.uitgangspunten}


# a partner and a resident for part of the year (Awir 7 lid 3 and 4)


@pytest.mark.parametrize(
    ("assets", "whole", "outcome"),
    [
        (38479, True, "ja"), (38480, True, "ja"), (76958, True, "ja"), (76959, True, "nee"),
        (38479, False, "ja"), (38480, False, "voorleggen"), (76959, False, "voorleggen"),
    ],
)  # fmt: skip
def test_assets_of_a_partner_count_only_when_there_all_year(assets: int, whole: bool, outcome: str) -> None:
    """Asked is what they have together; of a partner for part of the year only the tenant's share counts."""
    assert found(tenant(), partner(heelHetJaar=whole), vermogen=assets).uitkomst == outcome


@pytest.mark.parametrize(("assets", "year"), [(31747, 2022), (33748, 2023), (36952, 2024), (37395, 2025)])
def test_the_same_holds_with_the_limits_of_other_years(assets: int, year: int) -> None:
    for more, outcome in ((0, "ja"), (1, "nee")):
        answer = found(tenant(), woning={"servicekosten": 0}, vermogen=assets + more, peildatum=f"{year}-03-01")
        assert answer.uitkomst == outcome, more
    answer = found(
        tenant(),
        partner(heelHetJaar=False),
        woning={"servicekosten": 0},
        vermogen=assets + 1,
        peildatum=f"{year}-03-01",
    )
    assert answer.uitkomst == "voorleggen"


@pytest.mark.parametrize(
    ("assets", "whole", "outcome"),
    [(LIMIT, True, "ja"), (LIMIT + 1, True, "nee"), (LIMIT + 1, False, "ja"), (900000, False, "ja")],
)
def test_assets_of_a_resident_count_only_when_there_all_year(assets: int, whole: bool, outcome: str) -> None:
    for who in (lodger(vermogen=assets, heelHetJaar=whole), child(30, vermogen=assets, heelHetJaar=whole)):
        assert found(tenant(), who, vermogen=0).uitkomst == outcome


def test_that_a_resident_is_there_all_year_is_an_assumption_in_view() -> None:
    answer = antwoord({"kaleHuur": 700}, personen=[tenant(), lodger(vermogen=50000)], vermogen=0)
    refused = answer.conclusie("huurtoeslag")
    assert refused.uitkomst == "nee"
    assert any("heel het jaar" in item.tekst for item in answer.uitgangspunten)
    assert any("hele jaar" in step.huurder for step in refused.vervolg)


def test_a_resident_without_assets_needs_no_year() -> None:
    answer = antwoord({"kaleHuur": 700}, personen=[tenant(), lodger(vermogen=38479)], vermogen=0)
    assert "heel-het-jaar" not in {item.id for item in answer.uitgangspunten}


# registration (Wht 1a lid 3 and 9)


def test_a_wrong_registration_is_put_to_the_dienst_and_never_refused() -> None:
    for who in ([tenant()], [tenant(), partner(inkomen=25000)], [tenant(), lodger()]):
        answer = found(*who, ingeschreven=False)
        assert (answer.uitkomst, rule(answer)) == ("voorleggen", "inschrijving")
    for who in (tenant(ingeschreven=False), child(ingeschreven=False), lodger(ingeschreven=False)):
        people = [who] if who["rol"] == "huurder" else [tenant(), who]
        assert rule(found(*people)) == "inschrijving"


def test_a_high_income_of_a_couple_is_no_refusal_while_the_registration_is_wrong() -> None:
    """The partner may be registered elsewhere: without her 20.000 is left."""
    assert found(tenant(), partner(inkomen=90000), ingeschreven=False).uitkomst == "voorleggen"
    assert found(tenant(inkomen=90000), ingeschreven=False).uitkomst == "nee"


def test_a_partner_who_is_registered_elsewhere_is_none() -> None:
    answer = found(tenant(), partner(inkomen=90000, ingeschreven=False))
    assert (answer.uitkomst, answer.waarden["perMaandOnafgerond"]) == ("ja", ALONE)
    assert "niet op dit adres ingeschreven" in said(answer)
    assert found(tenant(), partner(inkomen=90000)).uitkomst == "nee"
    assert found(tenant(), partner()).waarden["perMaandOnafgerond"] == TOGETHER


def test_what_is_left_of_joint_assets_without_such_a_partner_is_not_known() -> None:
    for assets, outcome in ((38479, "ja"), (38480, "voorleggen"), (90000, "voorleggen")):
        assert found(tenant(), partner(ingeschreven=False), vermogen=assets).uitkomst == outcome, assets


def test_a_partner_elsewhere_counts_in_the_allocation_all_the_same() -> None:
    who = [tenant(inkomen=30000), partner(ingeschreven=False)]
    assert conclusie("primaire-doelgroep", personen=who, soort="woningzoekende").waarden["grens"] == 39925


# left out on request (Besluit op de huurtoeslag 2, 2a)


@pytest.mark.parametrize("who", [partner(inkomen=90000), lodger(vermogen=50000), partner(inkomen=1000)])
def test_somebody_in_a_home_for_more_than_a_year_is_put_to_the_dienst(who: Person) -> None:
    answer = found(tenant(), who | {"opgenomen": True}, vermogen=0)
    assert (answer.uitkomst, rule(answer)) == ("voorleggen", "op-verzoek")
    assert any("Dienst Toeslagen" in step.huurder for step in answer.vervolg)


@pytest.mark.parametrize(
    ("year", "income", "outcome"),
    [(2026, 60525, "voorleggen"), (2026, 60526, "nee"), (2025, 58400, "voorleggen"), (2025, 58401, "nee"),
     (2024, 90000, "voorleggen")],
)  # fmt: skip
def test_living_in_for_care_has_an_income_limit_where_it_is_known(year: int, income: int, outcome: str) -> None:
    who = [tenant(), lodger(inkomen=income - 20000, inwonendOmZorg=True)]
    assert found(*who, woning={"servicekosten": 0}, peildatum=f"{year}-03-01").uitkomst == outcome


def test_the_care_for_an_own_minor_child_is_no_ground() -> None:
    assert found(tenant(inkomen=55000), child(inwonendOmZorg=True)).uitkomst == "nee"
    assert found(tenant(inkomen=55000), child(inwonendOmZorg=True, soortKind="kleinkind")).uitkomst == "voorleggen"


def test_a_room_gives_no_right_whoever_is_left_out() -> None:
    answer = found(
        tenant(), partner(opgenomen=True), woning={"zelfstandig": False, "aangewezenComplex": False}, ingeschreven=False
    )
    assert (answer.uitkomst, answer.waarden["reden"]) == ("nee", "woning")


# the youth cap and the adapted home (Wht 13 and 21)


@pytest.mark.parametrize(
    ("year", "rent", "adapted", "handicap", "outcome"),
    [
        (2026, 600, False, False, "295.68"), (2026, 600, True, False, "295.68"), (2026, 600, False, True, "361.85"),
        (2025, 600, True, False, "voorleggen"), (2025, 600, False, False, "nee"), (2025, 600, False, True, "ja"),
    ],
)  # fmt: skip
def test_a_handicap_is_of_the_person_and_an_adapted_home_of_the_dwelling(
    year: int, rent: int, adapted: bool, handicap: bool, outcome: str
) -> None:
    """498,20 - 202,52 = 295,68; with the full limit 65% of (600 - 498,20) = 66,17 more. In 2025 477,20 excludes."""
    who = tenant(leeftijd=19, inkomen=10000, handicap=handicap)
    answer = found(who, woning={"kaleHuur": rent, "aangepast": adapted, "servicekosten": 0}, peildatum=f"{year}-01-15")
    if year == 2026:
        assert answer.waarden["perMaandOnafgerond"] == Decimal(outcome)
    else:
        assert answer.uitkomst == outcome


@pytest.mark.parametrize(("adapted", "more"), [(False, "0"), (True, "19.972")])
def test_until_2024_an_adapted_home_has_the_top_layer(adapted: bool, more: str) -> None:
    """Two persons of 40 in 2024, rent 700,36: 40% of what is above 650,43, so 40% of 49,93 = 19,972."""
    rent = Decimal("700.36")
    answer = found(
        tenant(), partner(), woning={"kaleHuur": float(rent), "aangepast": adapted, "servicekosten": 0},
        peildatum="2024-03-01",
    )  # fmt: skip
    # 226,67 - 37,72 = 188,95; 454,47 - 188,95 = 265,52; 65% of (650,43 - 454,47) = 127,374
    base = Decimal("265.52") + Decimal("127.374")
    assert answer.waarden["perMaandOnafgerond"] == base + Decimal(more)


def test_a_handicap_is_asked_of_the_young_only() -> None:
    for age, asked in ((19, True), (40, False)):
        answer = antwoord(personen=[tenant(leeftijd=age)], peildatum="2026-01-15")
        assert ("geen-handicap" in {item.id for item in answer.uitgangspunten}) is asked


# whose income has the exemption of a child (Awir 7 lid 6)


@pytest.mark.parametrize("year", [2022, 2026])
@pytest.mark.parametrize(
    ("kind", "brought_up", "exempt"),
    [
        ("eigen", False, True), ("pleegkind", False, True), ("van_medebewoner", False, True),
        ("kleinkind", False, False), ("kleinkind", True, None),
    ],
)  # fmt: skip
def test_the_exemption_of_a_child(year: int, kind: str, brought_up: bool, exempt: bool | None) -> None:
    """28.000, and 5.000 of the child that counts or not: below and above the ijkpunt of 31.500, and of 22.500 in 2022.

    None: from 2026 only.
    """
    exempt = year == 2026 if exempt is None else exempt
    who = [tenant(inkomen=28000), child(20, inkomen=5000, soortKind=kind, kinderbijslagOfPleegvergoeding=brought_up)]
    answer = found(*who, woning={"servicekosten": 0}, peildatum=f"{year}-03-01")
    alone = found(tenant(inkomen=28000), child(20), woning={"servicekosten": 0}, peildatum=f"{year}-03-01")
    both = found(tenant(inkomen=33000), child(20), woning={"servicekosten": 0}, peildatum=f"{year}-03-01")
    expected = alone if exempt else both
    assert answer.waarden["perMaandOnafgerond"] == expected.waarden["perMaandOnafgerond"]
    assert alone.waarden["perMaandOnafgerond"] != both.waarden["perMaandOnafgerond"]


@pytest.mark.parametrize(("year", "exempt"), [(2025, False), (2026, True)])
def test_a_young_resident_for_whom_there_was_kinderbijslag_has_it_from_2026(year: int, exempt: bool) -> None:
    """5.000 is less than what is free (6.042 in 2025, 6.218 in 2026)."""
    who = lodger(leeftijd=20, inkomen=5000, kinderbijslagOfPleegvergoeding=True)
    with_him = found(tenant(inkomen=33000), who, woning={"servicekosten": 0}, peildatum=f"{year}-03-01")
    without = found(tenant(inkomen=33000), lodger(), woning={"servicekosten": 0}, peildatum=f"{year}-03-01")
    same = with_him.waarden["perMaandOnafgerond"] == without.waarden["perMaandOnafgerond"]
    assert same is exempt


@pytest.mark.parametrize(("age", "lost"), [(22, 0), (23, 5000)])
def test_a_loss_of_a_child_with_the_exemption_does_not_count(age: int, lost: int) -> None:
    """ "Voor zover het meer bedraagt": of 23 and older a loss is an income like any other. 36.000 - 5.000 = 31.000."""
    answer = found(tenant(inkomen=36000), child(age, inkomen=-5000))
    # 22% a year of what is above 31.500
    taper = Decimal("0.22") * max(0, 36000 - lost - 31500)
    assert round(answer.waarden["perMaandOnafgerond"] * 12, 6) == TOGETHER * 12 - taper
    assert ("verlies van een kind" in said(answer)) is (lost == 0)


# a minor as tenant (Wht 8, Awir 10 lid 2)


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ([], "voorleggen"), ([child(0)], "ja"), ([child(0, soortKind="pleegkind")], "ja"),
        ([child(0, soortKind="kleinkind")], "voorleggen"), ([child(0, soortKind="van_medebewoner")], "voorleggen"),
    ],
)  # fmt: skip
def test_a_minor_has_a_right_with_a_child_of_his_own(others: list[Person], outcome: str) -> None:
    answer = found(tenant(leeftijd=16, inkomen=5000), *others, peildatum="2026-01-15")
    assert answer.uitkomst == outcome
    assert outcome == "ja" or "beide ouders" in said(answer)


# an amount of nothing needs no question about assets (the conditions are cumulative)


def test_an_income_that_leaves_nothing_is_a_plain_no_without_assets() -> None:
    """426,85 x 12 = 5.122,20; less 27% of (42.309 - 23.425) it is 23,52, so 24; of 42.310 it is 23,25, so nothing."""
    for income, outcome in ((42308, "onbekend"), (42309, "onbekend"), (42310, "nee"), (90000, "nee")):
        answer = found(tenant(inkomen=income), vermogen=None)
        assert answer.uitkomst == outcome, income
    assert found(tenant(inkomen=90000), vermogen=None).ontbreekt == []
    assert found(tenant(inkomen=90000), vermogen=None).waarden["reden"] == "bedrag"


def test_an_amount_without_assets_is_shown_and_not_promised() -> None:
    answer = found(tenant(), vermogen=None)
    assert (answer.uitkomst, answer.waarden["volgensFormule"]) == ("onbekend", 426)
    assert [item.veld for item in answer.ontbreekt] == ["/vermogen"]


def test_too_much_in_assets_is_a_no_whatever_the_income() -> None:
    answer = conclusie(
        "huurtoeslag", {"kaleHuur": 700}, personen=[{"rol": "huurder", "leeftijd": 40}], vermogen=LIMIT + 1
    )
    assert answer.uitkomst == "nee"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"woning": {"zelfstandig": False, "aangewezenComplex": False}}, "woning"),
        ({"rechtmatigVerblijf": False}, "verblijf"),
        ({"vermogen": LIMIT + 1}, "te_rijk"),
    ],
)
def test_the_reason_of_a_refusal_is_named(change: dict[str, Any], reason: str) -> None:
    assert found(tenant(), **change).waarden["reden"] == reason


@pytest.mark.parametrize(("year", "outcome"), [(2025, "nee"), (2026, "ja")])
def test_from_2026_no_rent_excludes(year: int, outcome: str) -> None:
    """Wht 13: in 2025 nothing above 900,07; in 2026 only the part above 932,93 does not count."""
    answer = found(tenant(), woning={"kaleHuur": 950, "servicekosten": 0}, peildatum=f"{year}-03-01")
    assert answer.uitkomst == outcome
    assert answer.waarden.get("reden") == ("huur" if outcome == "nee" else None)


# the term (Awir 15 lid 1)


@pytest.mark.parametrize(
    ("day", "term"),
    [("2026-11-26", date(2028, 1, 1)), ("2026-01-01", date(2028, 1, 1)), ("2025-06-01", date(2027, 1, 1)),
     ("2024-12-31", date(2025, 9, 1)), ("2022-01-01", date(2023, 9, 1))],
)  # fmt: skip
def test_the_last_day_to_ask_stands_in_the_step(day: str, term: date) -> None:
    answer = found(tenant(), woning={"servicekosten": 0}, peildatum=day)
    (step,) = (step for step in answer.vervolg if step.voor)
    assert step.voor == term and "Dienst Toeslagen" in step.huurder
    assert ("1 september 2026" in step.huurder) is (day.startswith("2025"))


def test_a_seeker_is_not_told_to_ask_now() -> None:
    answer = found(tenant(), soort="woningzoekende")
    assert answer.uitkomst == "ja" and all(step.voor is None for step in answer.vervolg)
    assert any("zodra u er woont" in step.huurder for step in answer.vervolg)


# a part of the income that cannot be shown is unknown


@pytest.mark.parametrize("besluit", ["huurquote", "woonquote"])
def test_a_part_of_the_income_is_unknown_without_its_amounts(besluit: str) -> None:
    dwelling = {
        "kaleHuur": None,
        "zelfstandig": False,
        "aangewezenComplex": False,
        "servicekosten": 0,
        "energiekosten": 90,
    }
    assert conclusie(besluit, dwelling).uitkomst == "onbekend"
    known = conclusie(besluit, dwelling | {"kaleHuur": 600})
    assert known.uitkomst == "ja" and "quote" in known.waarden


def test_a_part_of_the_income_waits_for_what_is_put_to_the_dienst() -> None:
    for change in ({"ingeschreven": False}, {"personen": [tenant(), partner(opgenomen=True)]}):
        assert conclusie("huurquote", **change).uitkomst == "voorleggen"


@pytest.mark.parametrize(("income", "outcome"), [(1, "ja"), (0, "niet_van_toepassing"), (-1, "niet_van_toepassing")])
def test_of_an_income_of_zero_or_less_there_is_no_part(income: int, outcome: str) -> None:
    assert conclusie("huurquote", personen=[tenant(inkomen=income)]).uitkomst == outcome


def test_the_bijstand_beside_it_needs_an_income() -> None:
    known = {"inclusiefVakantiegeld": True, "personen": personen(("huurder", 40, 20000))}
    assert conclusie("bijstandsnorm", **known).uitkomst == "onbekend"
    assert conclusie("bijstandsnorm", nettoMaandinkomen=1500, **known).uitkomst == "ja"


# an onvrije etage (Wht 11 lid 1 onder a): a kitchen and toilet of its own, and no front door


@pytest.mark.parametrize(
    ("floor", "outcome", "assumed"), [(None, "nee", True), (False, "nee", False), (True, "ja", False)]
)
def test_a_floor_without_a_front_door_of_its_own_is_no_room(floor: bool | None, outcome: str, assumed: bool) -> None:
    dwelling = {"zelfstandig": False, "aangewezenComplex": False} | ({} if floor is None else {"onvrijeEtage": floor})
    answer = antwoord({"kaleHuur": 700} | dwelling, personen=[tenant()])
    assert answer.conclusie("huurtoeslag").uitkomst == outcome
    assert ("geen-onvrije-etage" in {item.id for item in answer.uitgangspunten}) is assumed


# a woonwagen (Wht 11 lid 3): who hires the standplaats alone gets nothing, and the field does not tell the two apart


@pytest.mark.parametrize("year", [2024, 2026])
def test_a_caravan_or_a_pitch_is_put_to_dienst_toeslagen_with_the_amount(year: int) -> None:
    known = {"personen": [tenant()], "peildatum": f"{year}-06-01"}
    plain = antwoord({"kaleHuur": 500, "servicekosten": 0}, **known).conclusie("huurtoeslag")
    caravan = antwoord({"kaleHuur": 500, "servicekosten": 0, "woonwagen": True}, **known)
    answer = caravan.conclusie("huurtoeslag")
    assert (plain.uitkomst, answer.uitkomst, rule(answer)) == ("ja", "voorleggen", "woonwagen-of-standplaats")
    assert answer.waarden["volgensFormule"] == plain.waarden["perMaand"] and "perMaand" not in answer.waarden
    assert caravan.conclusie("huurquote").uitkomst == "voorleggen"


def test_a_caravan_changes_nothing_where_there_is_no_huurtoeslag_anyway() -> None:
    assert found(tenant(inkomen=60_000), woning={"woonwagen": True}).uitkomst == "nee"
    assert found(tenant(), woning={"woonwagen": True}, vermogen=LIMIT + 1).uitkomst == "nee"
    assert rule(found(tenant(), woning={"woonwagen": True}, ingeschreven=False)) == "inschrijving"
