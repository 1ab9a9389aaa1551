"""What the schemes bring together: each once, sure and possible apart, and what is not known is not made into money."""

import random
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from regels import Regelset, toets
from regels.bestanden import RegelsetError
from regels.regelset import ZEKERHEDEN
from regels.som import sum_of
from regels.uitslag import Som, Uitslag
from tests.hulp.geladen import PAKKET, read
from tests.hulp.huishoudens import huishouden
from tests.hulp.sommen import SOM_REGELS, sommen

ALLES: dict[str, Any] = {
    "peildatum": "2026-06-15",
    "inkomen": 900,
    "open": True,
    "dicht": True,
    "kleur": "rood",
    "dag": "2026-12-01",
}


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """The small rule set with schemes."""
    return sommen(tmp_path_factory.mktemp("som"))


def answer(klein: Regelset, **anders: Any) -> Uitslag:
    question = {name: value for name, value in (ALLES | anders).items() if value is not None}
    return toets(klein.vraag(question), klein)


def som(klein: Regelset, **anders: Any) -> Som:
    found = answer(klein, **anders).som
    assert found is not None
    return found


def test_what_is_sure_is_added_by_month_and_by_year(klein: Regelset) -> None:
    sure = som(klein).zeker
    # 90 of the toeslag and 700 of the norm; the gift is paid once, so it is in the year only: 1.085 + 300
    assert (sure.maand, sure.jaar) == (790, 1385)
    assert [post.besluit for post in sure.posten] == ["toeslag", "gift", "norm"]


def test_what_is_paid_once_a_year_has_no_amount_a_month(klein: Regelset) -> None:
    gift = som(klein).zeker.posten[1]
    assert (gift.maand, gift.jaar) == (None, 300)


def test_what_is_for_a_person_to_judge_is_possible_and_never_sure(klein: Regelset) -> None:
    found = som(klein, open=False)
    assert "toeslag" not in [post.besluit for post in found.zeker.posten]
    # the amount by the formula, and 55 of the fonds
    assert [(post.besluit, post.maand) for post in found.mogelijk.posten[:2]] == [("toeslag", 90), ("fonds", 55)]
    assert found.mogelijk.maand == 145


def test_what_is_unknown_is_named_and_counts_as_nothing(klein: Regelset) -> None:
    found = som(klein, dicht=None)
    unknown = {post.besluit: post for post in found.mogelijk.posten}
    assert unknown["fonds"].uitkomst == "onbekend"
    assert (unknown["fonds"].maand, unknown["fonds"].jaar) == (None, None)
    assert found.mogelijk.maand == 0
    assert "Het bedrag is niet bekend, dus niet geteld: Fonds, Hulp." in found.toelichting


def test_a_refusal_and_what_is_no_scheme_are_not_in_the_sum(klein: Regelset) -> None:
    found = som(klein, inkomen=1001, dicht=False, kleur="blauw")
    assert (found.zeker.posten, found.mogelijk.posten, found.zeker.maand, found.zeker.jaar) == ([], [], 0, 0)
    assert found.zeker.zekerheid is None
    assert found.stappen == []


def test_a_scheme_without_rules_on_the_day_is_named_and_not_counted(klein: Regelset) -> None:
    found = som(klein)
    assert [post.besluit for post in found.buiten] == ["vroeger"]
    assert "Voor deze datum zijn geen regels ingevoerd, dus niet geteld: Vroeger." in found.toelichting


def test_of_two_schemes_that_exclude_each_other_the_sure_one_counts(klein: Regelset) -> None:
    found = som(klein)
    hulp = found.mogelijk.posten[-1]
    assert (hulp.besluit, hulp.telt, hulp.jaar) == ("hulp", False, 1200)
    assert found.mogelijk.jaar == 0
    assert "Niet samen met een andere regeling hierboven, dus niet geteld: Hulp." in found.toelichting
    assert som(klein, kleur="blauw").mogelijk.jaar == 1200


def test_a_scheme_without_a_yearly_amount_is_named_and_not_multiplied(klein: Regelset) -> None:
    found = som(klein)
    assert found.zeker.posten[2].jaar is None
    assert "Geen bedrag per jaar, dus niet in het jaar geteld: Fonds, Norm." in found.toelichting or (
        "Geen bedrag per jaar, dus niet in het jaar geteld: Norm, Fonds." in found.toelichting
    )


def test_the_sum_is_as_sure_as_its_weakest_part(klein: Regelset) -> None:
    assert som(klein).zeker.zekerheid == "secundair"  # the toeslag is
    assert som(klein, open=False).zeker.zekerheid == "officieel"
    assert som(klein, kleur="blauw").mogelijk.zekerheid == "onbevestigd"
    assert som(klein).mogelijk.zekerheid == "afgeleid"  # what is not counted does not weaken it


def test_what_is_due_first_comes_first(klein: Regelset) -> None:
    def told(found: Som) -> list[str]:
        return [step.tekst for step in found.stappen]

    assert told(som(klein)) == ["Vraag de gift aan.", "Vraag de toeslag aan.", "Bel eerst."]
    assert told(som(klein, dag="2026-07-01")) == ["Vraag de toeslag aan.", "Vraag de gift aan.", "Bel eerst."]


def test_a_part_of_the_decisions_or_of_the_answer_has_no_sum(klein: Regelset) -> None:
    question = klein.vraag(ALLES)
    assert toets(question, klein, ["toeslag"]).som is None
    assert toets(question, klein, None, ["conclusies", "uitkomst"]).som is None
    assert toets(question, klein, [*klein.besluiten]).som == toets(question, klein).som is not None
    assert toets(question, klein, None, ["som"]).som == toets(question, klein).som


def test_a_list_with_one_amount_for_each_resident_is_added(klein: Regelset) -> None:
    found = answer(klein).conclusies
    for conclusion in found:
        if conclusion.id == "toeslag":
            conclusion.waarden = {"perMaand": [Decimal(90), None, Decimal(20)], "perJaar": [None, None]}
    post = sum_of(found, klein, {}).zeker.posten[0]
    assert (post.maand, post.jaar) == (110, None)


def test_of_two_sure_schemes_that_exclude_each_other_the_highest_counts(klein: Regelset) -> None:
    # the norm is 700 a month, so 8.400 in a year
    for amount, counted in ((8_399, "norm"), (8_401, "hulp")):
        found = answer(klein).conclusies
        for conclusion in found:
            if conclusion.id == "hulp":
                conclusion.uitkomst, conclusion.waarden = "ja", {"perJaar": Decimal(amount)}
        posts = sum_of(found, klein, {}).zeker.posten
        assert [post.besluit for post in posts if post.telt and post.besluit in ("norm", "hulp")] == [counted]


def test_a_sure_right_without_an_amount_does_not_take_that_of_a_formula(klein: Regelset) -> None:
    found = answer(klein).conclusies
    for conclusion in found:
        if conclusion.id == "toeslag":
            conclusion.waarden = {"volgensFormule": Decimal(90)}
    part = sum_of(found, klein, {}).zeker
    assert part.posten[0].maand is None and part.maand == 700


FAULTS = {
    "an unknown name": ("{jaar: bedrag}", "{jaar: bedarg}", "'gift' heeft geen waarde 'bedarg'; kies uit bedrag"),
    "a yearly amount by month": ("{jaar: bedrag}", "{maand: bedrag}", "'bedrag' bij 'maand' is niet altijd euro per"),
    "a monthly amount by year": ("{maand: perMaand}", "{jaar: perMaand}", "'perMaand' bij 'jaar' is niet altijd euro"),
    "no amount at all": ("{jaar: bedrag}", "{mogelijk: bedrag}", "'som' noemt geen bedrag"),
    "an unknown key": ("{jaar: bedrag}", "{jar: bedrag}", "onbekende sleutel 'jar'"),
    "a group of one": (", een_van: inkomen}\n", "}\n", "geen andere regeling heeft 'een_van: inkomen'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_scheme_says_that_it_brings_is_checked_while_loading(tmp_path: Path, name: str) -> None:
    right, wrong, said = FAULTS[name]
    with pytest.raises(RegelsetError) as error:
        sommen(tmp_path, SOM_REGELS.replace(right, wrong, 1))
    assert any(said in fault and fault.startswith("land/proef.yaml:") for fault in error.value.faults)


# the rules of the product

DRAWN = [
    huishouden(random.Random(15 + number), compleet=number % 2 > 0, jaar=2022 + number % 5) for number in range(300)
]


@cache
def answers() -> list[Uitslag]:
    return [toets(read(question), PAKKET) for question in DRAWN]


def test_every_total_is_that_of_its_parts_and_every_scheme_is_there_once() -> None:
    seen = 0
    for found in answers():
        if found.som is None:
            continue
        for part in (found.som.zeker, found.som.mogelijk):
            counted = [post for post in part.posten if post.telt]
            assert part.maand == sum(post.maand or 0 for post in counted)
            assert part.jaar == sum(post.jaar or 0 for post in counted)
            weakest = [ZEKERHEDEN.index(post.zekerheid) for post in counted if post.zekerheid]
            assert part.zekerheid == (ZEKERHEDEN[max(weakest)] if weakest else None)
        posts = (*found.som.zeker.posten, *found.som.mogelijk.posten, *found.som.buiten)
        named = [post.besluit for post in posts]
        assert len(named) == len(set(named))
        assert {post.uitkomst for post in found.som.zeker.posten} <= {"ja"}
        assert {post.uitkomst for post in found.som.mogelijk.posten} <= {"voorleggen", "onbekend", "besluit_ontbreekt"}
        seen += bool(found.som.zeker.posten)
    assert seen > 20


def test_what_is_sure_is_what_the_conclusions_say() -> None:
    for found in answers():
        rent = found.som and next((p for p in found.som.zeker.posten if p.besluit == "huurtoeslag"), None)
        if rent:
            values = found.conclusie("huurtoeslag").waarden
            assert (rent.maand, rent.jaar) == (values["perMaand"], values["perJaar"])


def test_a_check_that_stops_has_no_sum() -> None:
    stopped = [found for found in answers() if [c.id for c in found.conclusies] == ["ave"]]
    assert stopped and all(found.som is None for found in stopped)


def test_the_order_of_residents_does_not_change_the_sum() -> None:
    for question, found in zip(DRAWN, answers(), strict=True):
        turned = question | {"personen": question.get("personen", [])[::-1]}
        other = toets(read(turned), PAKKET).som
        if found.som is not None and other is not None:
            assert (other.zeker.maand, other.zeker.jaar) == (found.som.zeker.maand, found.som.zeker.jaar)


def test_the_same_question_gives_the_same_bytes() -> None:
    for question, found in zip(DRAWN[:40], answers()[:40], strict=True):
        assert toets(read(question), PAKKET).json() == found.json()
