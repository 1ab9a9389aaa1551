"""Every limit of 2026 in threes: just under, on and just over it. The figures stand here again, from the sources."""

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.hulp.vragen import conclusie, personen

ALLEEN, STEL = ("huurder",), ("huurder", "partner")


def earning(income: int, roles: tuple[str, ...] = ALLEEN, age: int = 40) -> list[dict[str, Any]]:
    return personen(*((role, age, income if index == 0 else 0) for index, role in enumerate(roles)))


def threes(limit: int | str, step: str) -> list[tuple[Decimal, bool]]:
    """(value, whether it is within) under, on and over ``limit``."""
    return [(Decimal(limit) - Decimal(step), True), (Decimal(limit), True), (Decimal(limit) + Decimal(step), False)]


def rekeninkomen(who: list[dict[str, Any]]) -> int:
    """What the huurtoeslag takes as the income of these people."""
    steps = conclusie("huurtoeslag", personen=who).stappen
    (shown,) = (step.waarde for step in steps if step.naam == "rekeninkomen")
    return int(re.sub(r"[^0-9-]", "", shown))


INCOME = [
    ("daeb-doelgroep", 51537, ALLEEN, 40), ("daeb-doelgroep", 56910, STEL, 40),
    ("primaire-doelgroep", 29400, ALLEEN, 40), ("primaire-doelgroep", 39925, STEL, 40),
    ("primaire-doelgroep", 28775, ALLEEN, 67), ("primaire-doelgroep", 38650, STEL, 67),
]  # fmt: skip


@pytest.mark.parametrize(("besluit", "limit", "roles", "age"), INCOME)
def test_an_income_on_the_limit_is_within_it(besluit: str, limit: int, roles: tuple[str, ...], age: int) -> None:
    for income, within in threes(limit, "1"):
        found = conclusie(besluit, personen=earning(int(income), roles, age))
        assert found.uitkomst == ("ja" if within else "nee"), income
        assert (found.waarden["grens"], found.waarden["marge"]) == (limit, limit - income)


@pytest.mark.parametrize(("roles", "limit"), [(1, "713.02"), (2, "713.02"), (3, "764.14"), (4, "764.14")])
def test_a_rent_on_the_aftoppingsgrens_fits_and_two_persons_have_the_low_one(roles: int, limit: str) -> None:
    who = personen(*(("huurder", 40, 20000), ("partner", 40, 0), ("kind", 5, 0), ("kind", 3, 0))[:roles])
    for rent, within in threes(limit, "0.01"):
        found = conclusie("passende-huur", {"kaleHuur": float(rent)}, personen=who, soort="woningzoekende")
        assert found.uitkomst == ("ja" if within else "nee"), rent
        assert found.waarden["huurgrens"] == Decimal(limit)


@pytest.mark.parametrize(
    ("limit", "under", "over"),
    [
        ("498.20", "goedkoop", "betaalbaar-laag"), ("713.02", "betaalbaar-laag", "betaalbaar-hoog"),
        ("764.14", "betaalbaar-hoog", "duur"), ("932.93", "duur", "boven-de-grens"),
    ],
)  # fmt: skip
def test_a_rent_on_a_limit_is_in_the_lower_class(limit: str, under: str, over: str) -> None:
    for rent, within in threes(limit, "0.01"):
        found = conclusie("huurklasse", {"kaleHuur": float(rent)}).waarden["klasse"]
        assert found == (under if within else over), rent


@pytest.mark.parametrize(("who", "limit"), [(ALLEEN, 38479), (STEL, 76958)])
def test_assets_on_the_limit_leave_the_allowance(who: tuple[str, ...], limit: int) -> None:
    for assets, within in threes(limit, "1"):
        found = conclusie("huurtoeslag", personen=earning(20000, who), vermogen=int(assets))
        assert found.uitkomst == ("ja" if within else "nee"), assets


@pytest.mark.parametrize("role", ["medebewoner", "kind"])
def test_assets_of_another_resident_count_alone(role: str) -> None:
    for assets, within in threes(38479, "1"):
        who = [*earning(20000), {"rol": role, "leeftijd": 30, "inkomen": 0, "vermogen": int(assets)}]
        assert conclusie("huurtoeslag", personen=who).uitkomst == ("ja" if within else "nee"), assets


@pytest.mark.parametrize(("age", "counted"), [(20, "498.20"), (21, "600.00"), (22, "600.00")])
def test_the_full_rent_limit_starts_at_21(age: int, counted: str) -> None:
    found = conclusie("huurtoeslag", personen=earning(10000, age=age), peildatum="2026-01-15")
    expected = Decimal("498.20") - Decimal("202.52") + Decimal("0.65") * (Decimal(counted) - Decimal("498.20"))
    assert found.waarden["perMaandOnafgerond"] == expected


@pytest.mark.parametrize("change", ["kind", "oudere", "handicap", "partner van 21"])
def test_the_low_limit_of_the_young_is_gone_with_a_child_an_adult_or_a_handicap(change: str) -> None:
    others = {"kind": ("kind", 0, 0), "oudere": ("medebewoner", 21, 0), "partner van 21": ("partner", 21, 0)}
    who = personen(("huurder", 20, 10000), *([others[change]] if change in others else []))
    if change == "handicap":  # Wht 13 lid 1 onder a, 2: of the person; an adapted home is another fact
        who[0]["handicap"] = True
    found = conclusie("huurtoeslag", personen=who, peildatum="2026-01-15").waarden["perMaandOnafgerond"]
    own = Decimal("202.52") if change == "handicap" else Decimal("200.71")
    assert found == Decimal("498.20") - own + Decimal("0.65") * (Decimal(600) - Decimal("498.20"))


@pytest.mark.parametrize(
    ("born", "day", "full"),
    [
        ("2005-01-01", "2026-01-01", True), ("2005-01-02", "2026-01-31", False), ("2005-01-02", "2026-02-01", True),
        ("2005-02-01", "2026-02-01", True), ("2005-02-02", "2026-02-28", False), ("2005-02-02", "2026-03-01", True),
    ],
)  # fmt: skip
def test_turning_21_counts_from_the_first_of_the_next_month(born: str, day: str, full: bool) -> None:
    who = [{"rol": "huurder", "geboortedatum": born, "inkomen": 10000}]
    found = conclusie("huurtoeslag", personen=who, peildatum=day).waarden["perMaandOnafgerond"]
    assert found == (Decimal("361.85") if full else Decimal("295.68"))


@pytest.mark.parametrize(
    ("born", "limit"),
    [("1958-12-31", 28775), ("1959-01-01", 28775), ("1959-01-02", 29400), ("1959-12-31", 29400)],
)
def test_the_aow_age_is_looked_at_on_1_january(born: str, limit: int) -> None:
    who = [{"rol": "huurder", "geboortedatum": born, "inkomen": 20000}]
    assert conclusie("primaire-doelgroep", personen=who, peildatum="2026-12-31").waarden["grens"] == limit


@pytest.mark.parametrize(
    ("born", "year", "limit"),
    [
        # from 2021 to 2024 the age goes up; who reached it in the old year keeps it (AOW 7a(1))
        ("1955-08-31", 2022, 23975),  # 66 years and 4 months on 31 December 2021
        ("1955-09-01", 2022, 24075),  # only at 66 years and 7 months, on 1 April 2022
        ("1956-05-31", 2023, 25075),
        ("1956-06-01", 2023, 25475),
        ("1957-02-28", 2024, 27225),
        ("1957-03-01", 2024, 27725),
        ("1958-01-01", 2025, 27775),
        ("1958-01-02", 2025, 28375),
    ],
)  # fmt: skip
def test_who_reached_the_aow_age_last_year_keeps_it(born: str, year: int, limit: int) -> None:
    who = [{"rol": "huurder", "geboortedatum": born, "inkomen": 20000}]
    assert conclusie("primaire-doelgroep", personen=who, peildatum=f"{year}-12-31").waarden["grens"] == limit


@pytest.mark.parametrize(("age", "counted"), [(22, 1), (23, 6219)])
def test_the_exemption_of_a_child_ends_at_23(age: int, counted: int) -> None:
    who = personen(("huurder", 50, 10000), ("kind", age, 6219))
    assert rekeninkomen(who) == 10000 + counted


@pytest.mark.parametrize(("income", "counted"), [(-4000, 0), (0, 0), (6217, 0), (6218, 0), (6219, 1)])
def test_of_a_child_counts_what_is_above_6218(income: int, counted: int) -> None:
    who = personen(("huurder", 50, 10000), ("kind", 19, income))
    assert rekeninkomen(who) == 10000 + counted


def test_only_a_child_has_the_exemption_of_a_child() -> None:
    who = personen(("huurder", 50, 10000), ("medebewoner", 19, 5000))
    assert rekeninkomen(who) == 15000


# 12 x (rent - 202,52) is 23,40 / 23,52 / 24,00 at 204,47 / 204,48 / 204,52: half and more is rounded up to 24
@pytest.mark.parametrize(
    ("rent", "year"), [(202.52, 0), (204.47, 0), (204.48, 24), (204.52, 24), (204.55, 24), (204.57, 25)]
)
def test_less_than_24_euro_a_year_is_not_paid(rent: float, year: int) -> None:
    found = conclusie("huurtoeslag", {"kaleHuur": rent})
    assert (found.uitkomst, found.waarden["perJaar"]) == ("ja" if year else "nee", year)


@pytest.mark.parametrize(("income", "less"), [(23424, "0"), (23425, "0"), (23426, "0.27")])
def test_the_taper_starts_above_the_ijkpunt(income: int, less: str) -> None:
    found = conclusie("huurtoeslag", personen=earning(income)).waarden["perMaandOnafgerond"]
    assert found * 12 == Decimal("361.85") * 12 - Decimal(less)


@pytest.mark.parametrize(("income", "less"), [(31499, "0"), (31500, "0"), (31501, "0.22")])
def test_the_taper_of_two_persons_starts_above_theirs(income: int, less: str) -> None:
    found = conclusie("huurtoeslag", personen=earning(income, STEL)).waarden["perMaandOnafgerond"]
    assert round(found * 12, 10) == Decimal("363.66") * 12 - Decimal(less)


@pytest.mark.parametrize("rent", [932.92, 932.93, 932.94, 2000])
def test_a_rent_above_the_cap_neither_counts_nor_excludes(rent: float) -> None:
    found = conclusie("huurtoeslag", {"kaleHuur": rent})
    counted = min(Decimal(str(rent)), Decimal("932.93"))
    expected = Decimal("295.68") + Decimal("0.65") * Decimal("214.82") + Decimal("0.40") * (counted - Decimal("713.02"))
    assert (found.uitkomst, found.waarden["perMaandOnafgerond"]) == ("ja", expected)


@pytest.mark.parametrize(
    ("rent", "new", "ground"),
    [(349.98, "374.98", "laag-bedrag"), (349.99, "374.99", "laag-bedrag"), (350.00, "364.35", "percentage"),
     (350.01, "364.36", "percentage"), (0.01, "25.01", "laag-bedrag")],
)  # fmt: skip
def test_350_is_a_threshold_and_not_a_floor(rent: float, new: str, ground: str) -> None:
    found = conclusie("huurverhoging-wettelijk", {"kaleHuur": rent})
    assert (found.waarden["maximaleHuur"], found.waarden["grond"]) == (Decimal(new), ground)


def test_a_room_never_gets_the_25_euro() -> None:
    found = conclusie("huurverhoging-wettelijk", {"kaleHuur": 300, "zelfstandig": False})
    assert (found.waarden["maximaleHuur"], found.waarden["grond"]) == (Decimal("312.30"), "percentage")


# 600 x 1,041 = 624,60
@pytest.mark.parametrize(
    ("most", "outcome", "new", "ground"),
    [(599.99, "nee", "600", "geen"), (600.00, "nee", "600", "geen"), (600.01, "ja", "600.01", "wws-maximum"),
     (624.59, "ja", "624.59", "wws-maximum"), (624.60, "ja", "624.60", "percentage"),
     (624.61, "ja", "624.60", "percentage")],
)  # fmt: skip
def test_the_rent_never_passes_the_wws_maximum_nor_drops_to_it(
    most: float, outcome: str, new: str, ground: str
) -> None:
    found = conclusie("huurverhoging-wettelijk", {"wwsMaximum": most})
    values = found.waarden
    assert (found.uitkomst, values["maximaleHuur"], values["grond"]) == (outcome, Decimal(new), ground)
    assert values["maximaleVerhoging"] == Decimal(new) - 600


# 4,1% of 1.219,51 is 49,99991 and of 1.219,52 is 50,00032; of 2.439,02 it is 99,99982 and of 2.439,03 it is 100,00023
@pytest.mark.parametrize(
    ("category", "rent", "rise", "ground"),
    [
        ("midden", 1219.51, "50", "iah-midden"), ("midden", 1219.52, "50", "percentage"),
        ("midden", 1219.80, "50.01", "percentage"), ("hoog", 2439.02, "100", "iah-hoog"),
        ("hoog", 2439.30, "100.01", "percentage"), ("hoog", 1219.52, "100", "iah-hoog"),
        ("midden", 349.99, "50", "iah-midden"), ("hoog", 349.99, "100", "iah-hoog"),
        ("geen", 349.99, "25", "laag-bedrag"),
    ],
)  # fmt: skip
def test_the_income_dependent_amount_comes_in_place_of_the_percentage(
    category: str, rent: float, rise: str, ground: str
) -> None:
    woning = {"kaleHuur": rent, "wwsMaximum": 5000}
    found = conclusie("huurverhoging-wettelijk", woning, inkomenscategorie=category).waarden
    assert (found["maximaleVerhoging"], found["grond"]) == (Decimal(rise), ground)


@pytest.mark.parametrize(("roles", "middle", "high"), [(ALLEEN, 59504, 70149), (STEL, 68858, 93531)])
@pytest.mark.parametrize("category", ["midden", "hoog"])
def test_last_years_income_on_a_limit_is_in_the_lower_category(
    roles: tuple[str, ...], middle: int, high: int, category: str
) -> None:
    for limit, base in ((middle, "midden"), (high, "hoog")):
        for income, within in threes(limit, "1"):
            who = earning(90000, roles)
            for index, person in enumerate(who):
                person["inkomenT1"] = int(income) if index == 0 else 0
            found = conclusie("bezwaar-inkomen-vorig-jaar", personen=who, inkomenscategorie=category)
            helps = within if base == category else income <= middle or (category == "hoog" and income <= high)
            assert found.uitkomst == ("ja" if helps else "nee"), (category, income)


@pytest.mark.parametrize(
    ("sent", "outcome"), [("2026-04-29", "ja"), ("2026-04-30", "ja"), ("2026-05-01", "nee"), ("2026-05-02", "nee")]
)
def test_the_proposal_must_be_there_before_1_may(sent: str, outcome: str) -> None:
    assert conclusie("huurverhoging-aanzegging", {"aangezegdOp": sent}).uitkomst == outcome


@pytest.mark.parametrize(
    ("last", "outcome"), [("2025-06-30", "ja"), ("2025-07-01", "ja"), ("2025-07-02", "nee"), ("2026-06-30", "nee")]
)
def test_twelve_months_lie_between_two_increases(last: str, outcome: str) -> None:
    assert conclusie("huurverhoging-wettelijk", {"laatsteVerhoging": last}).uitkomst == outcome


def test_a_new_tenant_need_not_wait_twelve_months() -> None:
    assert conclusie("huurverhoging-wettelijk", {"contractVanaf": "2026-02-01"}).uitkomst == "ja"


@pytest.mark.parametrize(("begun", "outcome"), [("2026-06-30", "ja"), ("2026-07-01", "nee"), ("2026-07-02", "nee")])
def test_a_contract_that_begins_on_the_round_has_no_rent_to_raise(begun: str, outcome: str) -> None:
    woning = {"contractVanaf": begun} | ({"huurVoorRonde": 600} if outcome == "ja" else {})
    assert conclusie("huurverhoging-wettelijk", woning, peildatum="2026-08-01").uitkomst == outcome


@pytest.mark.parametrize(("start_rent", "outcome"), [(932.92, "ja"), (932.93, "ja"), (932.94, "niet_van_toepassing")])
def test_the_rent_at_the_start_decides_whether_the_contract_is_regulated(start_rent: float, outcome: str) -> None:
    woning = {"contractVanaf": "2026-02-01", "huurBijAanvang": start_rent, "kaleHuur": 940, "wwsMaximum": 1200}
    assert conclusie("huurverhoging-wettelijk", woning, verhuurder="particulier").uitkomst == outcome


@pytest.mark.parametrize(
    ("rent", "day", "outcome"),
    [
        # 800 is above 710,68, the limit of 2016; since 1 July 2024 a rent that was lowered below it is regulated again
        (710.67, "2026-05-01", "ja"),
        (710.68, "2026-05-01", "niet_van_toepassing"),
        (710.67, "2024-07-01", "ja"),
        (710.67, "2023-05-01", "niet_van_toepassing"),
    ],
)
def test_a_rent_lowered_below_the_limit_is_regulated_again(rent: float, day: str, outcome: str) -> None:
    woning = {"contractVanaf": "2016-03-01", "huurBijAanvang": 800, "kaleHuur": rent, "wwsMaximum": 1200}
    assert conclusie("huurverhoging-wettelijk", woning, peildatum=day).uitkomst == outcome


def test_a_private_contract_without_its_start_is_not_taken_for_regulated() -> None:
    found = conclusie("huurverhoging-wettelijk", verhuurder="particulier")
    assert found.uitkomst == "onbekend"
    assert "/woning/gereguleerd" in [item.veld for item in found.ontbreekt]


@pytest.mark.parametrize(("t1", "within"), [(49668, True), (49669, True), (49670, False)])
def test_last_years_income_is_indexed_before_it_is_compared(t1: int, within: bool) -> None:
    # 49.669 x 1,0376 = 51.536,5544 and 49.670 x 1,0376 = 51.537,592
    who = [{"rol": "huurder", "leeftijd": 40, "inkomenT1": t1}]
    found = conclusie("daeb-doelgroep", personen=who)
    assert (found.uitkomst, found.waarden["inkomen"]) == ("ja" if within else "nee", t1 * Decimal("1.0376"))


@pytest.mark.parametrize(
    ("label", "wetland", "woonconcept"),
    [("A++++", "nee", "nee"), ("D", "nee", "nee"), ("E", "ja", "besluit_ontbreekt"), ("F", "ja", "besluit_ontbreekt"),
     ("G", "ja", "besluit_ontbreekt"), (None, "onbekend", "onbekend")],
)  # fmt: skip
def test_the_label_counts_from_e(label: str | None, wetland: str, woonconcept: str) -> None:
    for landlord, outcome in (("wetland-wonen", wetland), ("woonconcept", woonconcept)):
        assert conclusie("efg-ontzien", {"energielabel": label}, verhuurder=landlord).uitkomst == outcome


def test_a_disputed_label_is_for_a_person_to_judge() -> None:
    for label in ("D", "E"):
        assert conclusie("efg-ontzien", {"energielabel": label, "labelKloptNiet": True}).uitkomst == "voorleggen"


def test_a_subtenant_is_no_part_of_the_household() -> None:
    who = [*earning(29400), {"rol": "onderhuurder", "leeftijd": 70, "inkomen": 90000, "vermogen": 900000}]
    assert conclusie("primaire-doelgroep", personen=who).waarden["grens"] == 29400
    assert conclusie("huurtoeslag", personen=who).uitkomst == "ja"
