"""The second writing of the schemes is held against what others published, before the rules are held against it."""

from decimal import Decimal
from typing import Any

import pytest

from service.beheer.gevallen import Rekengeval, rekengevallen
from tests.wet import toeslagen
from tests.wet.antwoord import NEE, NVT, ONBEKEND, VOORLEGGEN, Mag, ja

OPEN = [VOORLEGGEN, ONBEKEND]


def gevallen(besluit: str) -> list[Rekengeval]:
    return [case for case in rekengevallen() if besluit in case.verwacht]


def bedragen(year: Decimal) -> tuple[Decimal, Decimal]:
    """By month and by year what is granted of an amount."""
    (found,) = toeslagen.uitkomst(year)
    return found.waarden.get("perMaand", Decimal(0)), found.waarden.get("perJaar", Decimal(0))


@pytest.mark.parametrize("case", gevallen("zorgtoeslag"), ids=lambda case: case.naam)
def test_the_published_zorgtoeslag_is_what_the_law_says(case: Rekengeval) -> None:
    first, *rest = case.vraag["personen"]
    pair, of = bool(rest), int(case.vraag["peildatum"][:4])
    month, year = bedragen(toeslagen.zorg_per_jaar(of, first["inkomen"], 1 + pair, paar=pair))
    published = case.verwacht["zorgtoeslag"].get("waarden", {})
    assert published
    if "perJaar" in published:
        # of the answers to parliament the cents were cut off, and Awir 14 rounds
        assert year - published["perJaar"] in (0, 1)
    else:
        # one cell of the table of 2026 was rounded up from 68,98
        assert month == published["perMaand"] - ("marge" in case.verwacht["zorgtoeslag"])


@pytest.mark.parametrize("case", gevallen("kindgebonden-budget"), ids=lambda case: case.naam)
def test_the_published_kindgebonden_budget_is_what_the_law_says(case: Rekengeval) -> None:
    income = case.vraag["personen"][0]["inkomen"]
    year = toeslagen.kind_per_jaar(int(case.vraag["peildatum"][:4]), income, 1, 0, 0, paar=False)
    assert bedragen(year)[0] == case.verwacht["kindgebonden-budget"]["waarden"]["perMaand"]


@pytest.mark.parametrize(
    ("year", "limits"),
    [(2022, (31998, 40944)), (2023, (38520, 48224)), (2024, (37496, 47368)), (2025, (39719, 50206)),
     (2026, (40857, 51142))],
)  # fmt: skip
def test_the_published_last_income_is_the_last_with_an_allowance(year: int, limits: tuple[int, int]) -> None:
    for pair, limit in enumerate(limits):
        on, above = (toeslagen.zorg_per_jaar(year, limit + more, 1 + pair, paar=bool(pair)) for more in (0, 1))
        assert (bedragen(on)[1], bedragen(above)[1]) == (24, 0)


@pytest.mark.parametrize(
    ("others", "income", "expected"),
    [(1, 25000, (499, 5996)), (1, 50000, (371, 4456)), (0, 60000, (82, 995))],
)
def test_the_worked_examples_of_2026(others: int, income: int, expected: tuple[int, int]) -> None:
    assert bedragen(toeslagen.kind_per_jaar(2026, income, 1, 0, 0, paar=not others)) == expected


def vraag(*others: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A tenant of 46 in June 2026 without income, and who else lives there."""
    tenant = {"rol": "huurder", "geboortedatum": "1980-01-01", "inkomen": 0} | more.pop("huurder", {})
    base = {"peildatum": "2026-06-15", "soort": "huurder", "verhuurder": "woonconcept", "vermogen": 0}
    return base | more | {"personen": [tenant, *others], "woning": {"kaleHuur": 600, "zelfstandig": True}}


PARTNER = {"rol": "partner", "geboortedatum": "1982-02-02", "inkomen": 0}
KIND = {"rol": "kind", "geboortedatum": "2018-08-08"}
MEDEBEWONER = {"rol": "medebewoner", "geboortedatum": "1970-07-07", "inkomen": 0}


def kind(born: str, **more: Any) -> dict[str, Any]:
    return KIND | {"geboortedatum": born} | more


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2008-04-30", ja(perMaand=129, perJaar=1550)),  # 18 in April
        ("2008-05-31", ja(perMaand=129, perJaar=1550)),  # 18 in May: from 1 June
        ("2008-06-01", NEE),  # 18 in June: from 1 July, on the first day too
        ("2009-01-15", NEE),
    ],
)
def test_zorgtoeslag_begins_in_the_month_after_eighteen(born: str, expected: Any) -> None:
    assert toeslagen.zorgtoeslag(vraag(huurder={"geboortedatum": born})) == [expected]


def test_a_partner_who_is_not_of_age_leaves_half() -> None:
    young = PARTNER | {"geboortedatum": "2008-06-20"}
    assert toeslagen.zorgtoeslag(vraag(PARTNER)) == [ja(perMaand=246, perJaar=2963)]
    assert toeslagen.zorgtoeslag(vraag(young)) == [ja(perMaand=123, perJaar=1481)]


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("2026-05-31", [ja(perMaand=499, perJaar=5996)]),  # from the month after the birth
        ("2026-06-01", [NVT, NEE]),
        ("2014-06-02", [ja(perMaand=499, perJaar=5996)]),  # 12 in June: more from July on
        ("2014-05-31", [ja(perMaand=560, perJaar=6720)]),
        ("2010-06-02", [ja(perMaand=560, perJaar=6720)]),
        ("2010-05-31", [ja(perMaand=580, perJaar=6960)]),
        ("2008-06-10", [ja(perMaand=580, perJaar=6960)]),  # 18 in June: June counts
        ("2008-05-31", [NVT, NEE]),
    ],
)
def test_kindgebonden_budget_goes_by_the_month_of_the_birthday(born: str, expected: Mag) -> None:
    assert toeslagen.kindgebonden_budget(vraag(kind(born))) == expected


@pytest.mark.parametrize(
    ("year", "children", "expected"),
    [(2022, 1, 1220), (2022, 2, 2326), (2022, 3, 3327), (2022, 4, 4328), (2023, 3, 4717), (2026, 3, 7740)],
)
def test_each_child_has_its_own_amount(year: int, children: int, expected: int) -> None:
    assert toeslagen.kind_per_jaar(year, 0, children, 0, 0, paar=True) == expected


def test_the_assets_are_joint_with_the_same_partner_all_year() -> None:
    assert toeslagen.zorgtoeslag(vraag(PARTNER, vermogen=184633))[0].uitkomst == "ja"
    assert toeslagen.zorgtoeslag(vraag(PARTNER, vermogen=184634)) == [NEE]
    assert toeslagen.zorgtoeslag(vraag(vermogen=146012)) == [NEE]
    # of the two together it is not known what each has, and each is held against the limit of one
    assert toeslagen.zorgtoeslag(vraag(PARTNER | {"heelHetJaar": False}, vermogen=146012)) == OPEN
    assert toeslagen.kindgebonden_budget(vraag(kind("2018-01-01", vermogen=2), vermogen=146010)) == OPEN
    assert toeslagen.kindgebonden_budget(vraag(kind("2018-01-01", vermogen=2), vermogen=146012)) == [NEE]


def test_another_adult_beside_a_child_under_age_is_a_partner_unless_related() -> None:
    assert toeslagen.zorgtoeslag(vraag(MEDEBEWONER)) == [ja(perMaand=129, perJaar=1550)]
    assert toeslagen.zorgtoeslag(vraag(MEDEBEWONER, KIND)) == OPEN
    assert toeslagen.kindgebonden_budget(vraag(MEDEBEWONER, KIND)) == OPEN
    # who has a partner cannot have another
    assert toeslagen.zorgtoeslag(vraag(PARTNER, MEDEBEWONER, KIND)) == [ja(perMaand=246, perJaar=2963)]
    elsewhere = MEDEBEWONER | {"ingeschreven": False}
    assert toeslagen.kindgebonden_budget(vraag(elsewhere, KIND)) == [ja(perMaand=499, perJaar=5996)]


def test_a_grown_child_could_be_the_partner_of_a_parent_until_2024() -> None:
    grown = kind("1995-05-05", inkomen=0)
    elder = {"geboortedatum": "1970-01-01"}
    # without a child under age nothing makes them partners
    assert toeslagen.zorgtoeslag(vraag(grown, huurder=elder, peildatum="2024-06-15"))[0].waarden["perJaar"] == 1483
    asked = vraag(grown, kind("2015-01-01"), huurder=elder, peildatum="2024-06-15")
    assert toeslagen.kindgebonden_budget(asked) == [ja(perMaand=203, perJaar=2436), *OPEN]
    asked["peildatum"] = "2025-06-15"  # since 2025 a parent and a child never are
    assert toeslagen.kindgebonden_budget(asked) == [ja(perMaand=491, perJaar=5900)]


def test_who_was_partner_beside_a_child_under_age_stays_so_for_the_rest_of_the_year() -> None:
    asked = vraag(MEDEBEWONER, kind("2008-03-03", inkomen=0))
    assert toeslagen.zorgtoeslag(asked) == OPEN
    asked["peildatum"] = "2026-02-01"
    assert toeslagen.zorgtoeslag(asked) == OPEN


def test_what_is_told_of_a_resident_goes_before_what_can_be_read_from_the_rest() -> None:
    told = MEDEBEWONER | {"toeslagpartner": "geen"}
    assert toeslagen.kindgebonden_budget(vraag(told, KIND)) == [ja(perMaand=499, perJaar=5996)]
    told = MEDEBEWONER | {"toeslagpartner": "wel"}
    assert toeslagen.kindgebonden_budget(vraag(told, KIND)) == [ja(perMaand=215, perJaar=2580)]
    assert toeslagen.zorgtoeslag(vraag(told)) == [ja(perMaand=246, perJaar=2963)]
    assert toeslagen.zorgtoeslag(vraag(PARTNER | {"verzekerd": False})) == [ja(perMaand=123, perJaar=1481)]
    assert toeslagen.zorgtoeslag(vraag(huurder={"verzekerd": False})) == [NEE]
    assert toeslagen.kindgebonden_budget(vraag(KIND | {"kinderbijslag": False})) == [NVT, NEE]


def test_each_other_adult_has_a_right_of_his_own() -> None:
    grown = kind("2006-06-01", inkomen=8000)

    def eigen(*others: dict[str, Any]) -> Any:
        (found,) = toeslagen.zorgtoeslag_bewoners(vraag(*others))
        return found.waarden["perMaand"], found.waarden["perJaar"], found.waarden["perPersoonPerMaand"]

    assert eigen(grown) == (129, 1550, [None, 129])
    assert eigen(KIND, grown, dict(grown)) == (258, 3100, [None, None, 129, 129])
    assert eigen(grown, grown | {"inkomen": 60000}) == (129, 1550, [None, 129, 0])
    assert eigen(PARTNER | {"toeslagpartner": "geen"}) == (129, 1550, [None, 129])
    assert toeslagen.zorgtoeslag_bewoners(vraag(grown | {"vermogen": 146012})) == [NEE]
    assert toeslagen.zorgtoeslag_bewoners(vraag(PARTNER)) == [NVT, NEE]
