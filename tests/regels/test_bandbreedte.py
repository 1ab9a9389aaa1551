"""A band of incomes: what is said of it holds for every income in it, and the bands leave no income out."""

import itertools
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regels import Vraag, bandbreedte
from regels.bandbreedte import Band, bands, check_band, knows_income
from regels.som import MINSTENS
from regels.uitslag import Uitslag
from tests.hulp.geladen import PAKKET, read, toets

DAY = date(2026, 3, 1)
BANDS = bands(DAY, PAKKET)
HOUSEHOLDS: dict[str, list[dict[str, Any]]] = {
    "alleen": [{"rol": "huurder", "leeftijd": 40}],
    "ouder stel": [{"rol": "huurder", "leeftijd": 70}, {"rol": "partner", "leeftijd": 66}],
    "gezin": [{"rol": "partner", "leeftijd": 38}, {"rol": "huurder", "leeftijd": 40}, {"rol": "kind", "leeftijd": 9}],
}


def question(who: str, incomes: dict[str, int] | None = None) -> Any:
    persons = [
        person | ({"inkomen": (incomes or {})[person["rol"]]} if person["rol"] in (incomes or {}) else {})
        for person in HOUSEHOLDS[who]
    ]
    return read(
        {
            "peildatum": DAY.isoformat(),
            "soort": "huurder",
            "verhuurder": "wetland-wonen",
            "personen": persons,
            "vermogen": 0,
            "inkomenscategorie": "laag",
            "woning": {"kaleHuur": 655.12, "zelfstandig": True, "energielabel": "E", "wwsMaximum": 812.4},
        }
    )


@lru_cache(maxsize=64)
def of_band(who: str, band: Band) -> Uitslag:
    return check_band(question(who), band, PAKKET)


def test_the_bands_follow_on_each_other_from_nothing_upwards() -> None:
    assert BANDS[0].laag == 0
    assert BANDS[-1].hoog is None
    for lower, higher in itertools.pairwise(BANDS):
        assert lower.hoog is not None and higher.laag == lower.hoog + 1


def test_the_edges_are_the_income_limits_of_the_day() -> None:
    # passend toewijzen and DAEB in 2026, as published
    assert {29_400, 39_925, 28_775, 38_650, 51_537, 56_910} == {band.hoog for band in BANDS} - {None}


def test_a_day_without_limits_has_no_bands() -> None:
    assert bands(date(1990, 1, 1), PAKKET) == ()


@pytest.mark.parametrize("who", HOUSEHOLDS)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_what_is_said_of_a_band_holds_for_every_income_in_it(who: str, data: st.DataObject) -> None:
    band = data.draw(st.sampled_from(BANDS))
    income = data.draw(st.integers(band.laag, band.hoog if band.hoog is not None else 200_000))
    share = data.draw(st.integers(0, income)) if who != "alleen" else 0
    exact = {c.id: c for c in toets(question(who, {"huurder": income - share, "partner": share})).conclusies}
    for said in of_band(who, band).conclusies:
        if said.uitkomst != "onbekend":
            assert said.uitkomst == exact[said.id].uitkomst, (said.id, income)
            for name, value in said.waarden.items():
                assert exact[said.id].waarden[name] == value, (said.id, name, income)


def test_a_band_is_asked_on_both_sides_of_each_income_at_which_another_rule_applies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: set[int] = set()

    def noted(vraag: Vraag, *how: Any) -> Uitslag:
        asked.update(person.inkomen_opgave for person in vraag.personen or [])
        return toets(vraag, *how)

    monkeypatch.setattr(bandbreedte, "toets", noted)
    check_band(question("alleen"), Band(50_000, 60_000), PAKKET)
    # the limit of the allocation in 2026, for who lives alone
    assert {50_000, 51_537, 51_538, 60_000} <= asked
    # that of a household of more people is no limit here
    assert 56_910 not in asked
    assert min(asked) == 50_000 and max(asked) == 60_000


def test_a_limit_inside_a_band_makes_it_unknown_with_the_income_missing() -> None:
    found = check_band(question("alleen"), Band(20_000, 60_000), PAKKET).conclusie("daeb-doelgroep")
    assert found.uitkomst == "onbekend"
    assert [gap.veld for gap in found.ontbreekt] == ["/personen/0/inkomen"]
    assert "inkomen" not in found.waarden
    tenant_second = check_band(question("gezin"), Band(20_000, 60_000), PAKKET).conclusie("daeb-doelgroep")
    assert [gap.veld for gap in tenant_second.ontbreekt] == ["/personen/1/inkomen"]


def test_no_income_of_the_samples_is_shown() -> None:
    for who in HOUSEHOLDS:
        for band in BANDS:
            found = of_band(who, band).conclusie("daeb-doelgroep")
            assert "inkomen" not in found.waarden and "marge" not in found.waarden


def test_what_does_not_rest_on_the_income_is_answered_as_ever() -> None:
    own = check_band(question("alleen"), BANDS[0], PAKKET).conclusie("efg-ontzien")
    assert own == toets(question("alleen")).conclusie("efg-ontzien")


@pytest.mark.parametrize("who", HOUSEHOLDS)
@pytest.mark.parametrize("band", BANDS[:5], ids=lambda band: band.id)
def test_the_sum_of_a_band_holds_the_amount_of_every_income_in_it(who: str, band: Band) -> None:
    found = of_band(who, band).som
    assert found is not None and band.hoog is not None
    sure = {post.besluit: post for post in found.zeker.posten}
    possible = {post.besluit: post for post in found.mogelijk.posten}
    for income in {band.laag, (band.laag + band.hoog) // 2, band.hoog}:
        own = toets(question(who, {"huurder": income, "partner": 0})).som
        assert own is not None
        exact = {post.besluit: post for post in own.zeker.posten}
        assert found.zeker.maand <= own.zeker.maand
        for id, post in {**sure, **possible}.items():
            amount = exact[id].maand if id in exact else 0
            if post.minstens is not None and post.maandelijks:
                assert post.minstens.maand is not None and post.maand is not None
                assert post.minstens.maand <= (amount or 0) <= post.maand
        assert exact.keys() <= sure.keys() | possible.keys()


def test_what_is_sure_in_a_band_counts_for_the_least_it_is() -> None:
    found = of_band("alleen", BANDS[0]).som
    assert found is not None
    (rent,) = [post for post in found.zeker.posten if post.besluit == "huurtoeslag"]
    assert rent.minstens is not None and rent.minstens.maand is not None and rent.maand is not None
    assert rent.minstens.maand < rent.maand
    assert found.zeker.maand == sum((post.minstens or post).maand or 0 for post in found.zeker.posten)
    assert MINSTENS.format(rent.titel) in found.toelichting, "and only that one: the others are exact"


@pytest.mark.parametrize(
    ("incomes", "known"), [({}, False), ({"huurder": 0}, True), ({"partner": 20_000}, True), ({"kind": 20_000}, False)]
)
def test_an_income_of_tenant_or_partner_goes_before_the_band(incomes: dict[str, int], known: bool) -> None:
    assert knows_income(question("gezin", incomes)) is known
