"""What public pages say wrongly, this product does not say: each trap as a test on the answer and on its words."""

import random

import pytest

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden


def ask(besluit: str, **question: object) -> Conclusie:
    base: dict = {
        "peildatum": "2026-03-01",
        "soort": "huurder",
        "verhuurder": "andere-corporatie",
        "vermogen": 0,
        "inkomenscategorie": "laag",
        "personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 20000}],
        "woning": {"kaleHuur": 650.0, "zelfstandig": True, "wwsMaximum": 2000.0},
    }
    woning = base["woning"] | dict(question.pop("woning", {}))  # type: ignore[call-overload]
    return toets(read(base | question | {"woning": woning})).conclusie(besluit)


def texts() -> list[str]:
    """Every sentence of the rule files."""
    sentences = []
    for besluit in PAKKET.besluiten.values():
        for regel in besluit.regels:
            for zin in (regel.zegt, *regel.omdat, *(step.zin for step in regel.vervolg)):
                sentences.append("".join(part for part in zin.delen if isinstance(part, str)))
    return sentences


def test_a_rent_over_the_limit_excludes_nobody_from_huurtoeslag_since_2026() -> None:
    found = ask("huurtoeslag", woning={"kaleHuur": 932.94})
    assert found.uitkomst == "ja"
    assert ask("huurtoeslag", woning={"kaleHuur": 1200.0}).waarden["perMaand"] == found.waarden["perMaand"]


def test_it_did_exclude_in_2025() -> None:
    over = ask("huurtoeslag", peildatum="2025-03-01", woning={"kaleHuur": 900.08, "servicekosten": 0})
    assert over.uitkomst == "nee"
    assert ask("huurtoeslag", peildatum="2025-03-01", woning={"kaleHuur": 900.07, "servicekosten": 0}).uitkomst == "ja"


@pytest.mark.parametrize("peildatum", ["2025-03-01", "2026-03-01"])
def test_the_layer_above_the_aftoppingsgrens_is_for_everybody_since_2025(peildatum: str) -> None:
    people = [{"rol": "huurder", "leeftijd": 40, "inkomen": 20000}, {"rol": "partner", "leeftijd": 40, "inkomen": 0}]
    low = ask("huurtoeslag", peildatum=peildatum, personen=people, woning={"kaleHuur": 720.0, "servicekosten": 0})
    high = ask("huurtoeslag", peildatum=peildatum, personen=people, woning={"kaleHuur": 770.0, "servicekosten": 0})
    difference = high.waarden["perMaandOnafgerond"] - low.waarden["perMaandOnafgerond"]  # type: ignore[operator]
    assert difference == 20  # 40% of 50


def test_the_norminkomen_is_no_limit_of_huurtoeslag() -> None:
    assert ask("huurtoeslag", personen=[{"rol": "huurder", "leeftijd": 40, "inkomen": 29401}]).uitkomst == "ja"


def test_service_costs_count_for_nothing_since_2026() -> None:
    with_costs, without = (ask("huurtoeslag", woning={"servicekosten": amount}) for amount in (48.0, 0.0))
    assert with_costs.waarden["perMaand"] == without.waarden["perMaand"]


def test_two_persons_have_the_low_rent_limit_though_their_income_limit_is_that_of_more_persons() -> None:
    people = [{"rol": "huurder", "leeftijd": 40, "inkomen": 39925}, {"rol": "partner", "leeftijd": 40, "inkomen": 0}]
    found = ask("passende-huur", soort="woningzoekende", personen=people, woning={"kaleHuur": 713.03})
    assert found.uitkomst == "nee"


@pytest.mark.parametrize(
    "people",
    [
        [{"rol": "huurder", "leeftijd": 75}],
        [{"rol": "huurder", "leeftijd": 40}, *[{"rol": "kind", "leeftijd": age} for age in (3, 5, 7, 9)]],
    ],
)
def test_pensioners_and_large_households_are_not_spared_the_increase_by_income(people: list) -> None:
    assert ask("inkomensafhankelijke-huurverhoging", personen=people, inkomenscategorie="hoog").uitkomst == "ja"


def test_the_increase_by_income_stands_in_place_of_the_percentage() -> None:
    found = ask("huurverhoging-wettelijk", inkomenscategorie="hoog")
    assert found.waarden["maximaleVerhoging"] == 100


def test_the_low_rent_amount_is_no_minimum_for_others() -> None:
    assert ask("huurverhoging-wettelijk", woning={"kaleHuur": 350.0}).waarden["maximaleHuur"] < 375  # type: ignore[operator]


def test_the_increase_of_2025_was_not_frozen() -> None:
    found = ask("huurverhoging-wettelijk", peildatum="2025-03-01")
    assert found.waarden["maximaleHuur"] > 650  # type: ignore[operator]


@pytest.mark.parametrize("peildatum", ["2024-12-31", "2026-03-01"])
def test_the_closed_lowering_is_never_offered_again(peildatum: str) -> None:
    found = ask("eenmalige-huurverlaging", peildatum=peildatum)
    assert found.uitkomst == "niet_van_toepassing"
    assert "gesloten" in found.tekst and "vóór 31 december 2024" in found.tekst


def test_a_label_is_no_ground_in_law() -> None:
    good, bad = (ask("huurverhoging-wettelijk", woning={"energielabel": label}) for label in ("A", "G"))
    assert good.waarden["maximaleHuur"] == bad.waarden["maximaleHuur"]


@pytest.mark.parametrize(
    "wrong",
    [
        "liberalisatiegrens",
        "maximaal inkomen voor huurtoeslag",
        "inkomensgrens huurtoeslag",
        "bovenop het percentage",
        "huurbevriezing",
    ],
)
def test_no_sentence_uses_the_words_of_the_trap(wrong: str) -> None:
    assert [text for text in texts() if wrong in text.lower()] == []


@pytest.mark.parametrize("amount", ["36,57", "34,67", "932,94", "56.257", "1.257,64", "31.340"])
def test_no_superseded_amount_is_ever_said(amount: str) -> None:
    rng = random.Random(amount)
    said = [
        text
        for _ in range(40)
        for conclusie in toets(read(huishouden(rng))).conclusies
        for text in (conclusie.tekst, *(step.waarde for step in conclusie.stappen if step.soort == "cijfer"))
    ]
    assert [text for text in said if amount in text] == []
