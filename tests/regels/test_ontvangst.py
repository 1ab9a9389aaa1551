"""What is received already: it stands beside what was computed, changes no outcome, and is never taken for granted."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels import Regelset, toets
from regels.bandbreedte import bands, check_band
from regels.bestanden import RegelsetError
from regels.uitslag import Ontvangst, Som
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read
from tests.hulp.huishoudens import huishouden
from tests.hulp.sommen import SOM_REGELS, sommen
from tests.hulp.vragen import GEWOON
from tests.regels.test_som import ALLES


@pytest.fixture(scope="module")
def klein(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """The small rule set with schemes."""
    return sommen(tmp_path_factory.mktemp("ontvangst"))


def som(klein: Regelset, ontvangt: dict[str, Any] | None, **anders: Any) -> Som:
    found = toets(klein.vraag(ALLES | anders | {"ontvangt": ontvangt}), klein).som
    assert found is not None
    return found


def of(found: Som, id: str) -> Ontvangst | None:
    posts = (*found.zeker.posten, *found.mogelijk.posten, *found.buiten)
    return next(post.ontvangst for post in posts if post.besluit == id)


# the toeslag is 90 a month, the gift 300 once a year
@pytest.mark.parametrize(
    ("given", "verdict", "gap"),
    [
        (False, "niet", 90),
        (0, "niet", 90),
        (True, "onzeker", None),
        (88.99, "minder", 1.01),
        (89, "gelijk", 1),
        (90, "gelijk", 0),
        (91, "gelijk", -1),
        (91.01, "meer", -1.01),
    ],
)
def test_an_amount_is_compared_with_what_was_computed(klein: Regelset, given: Any, verdict: str, gap: Any) -> None:
    found = of(som(klein, {"toeslag": given}), "toeslag")
    assert found is not None
    assert found.oordeel == verdict
    assert (None if found.verschil is None else float(found.verschil)) == gap
    assert found.ontvangt is (given not in (False, 0))


def test_what_is_missed_is_added_by_month_and_by_year_apart(klein: Regelset) -> None:
    found = som(klein, {"toeslag": 40, "gift": False})
    assert found.gemist is not None and found.teveel is not None
    assert (found.gemist.maand, found.gemist.jaar) == (50, 300)
    assert (found.teveel.maand, found.teveel.jaar) == (0, 0)


def test_what_is_too_much_is_not_taken_off_what_is_missed(klein: Regelset) -> None:
    found = som(klein, {"toeslag": 100, "norm": 650})
    assert found.gemist is not None and found.teveel is not None
    assert (found.gemist.maand, found.teveel.maand) == (50, 10)


def test_what_was_not_filled_in_is_unknown_and_not_missed(klein: Regelset) -> None:
    found = som(klein, None)
    assert (found.gemist, found.teveel) == (None, None)
    assert of(found, "toeslag") is None
    found = som(klein, {"gift": True})
    assert found.gemist is not None and found.gemist.maand == 0
    assert "Niet ingevuld of het al wordt ontvangen, dus niet vergeleken: Toeslag, Norm, Fonds, Hulp." in (
        found.toelichting
    )


def test_what_may_be_there_is_not_missed(klein: Regelset) -> None:
    found = som(klein, {"fonds": False, "toeslag": False}, open=False)
    assert found.gemist is not None and found.gemist.maand == 0
    own = of(found, "fonds")
    assert own is not None and (own.oordeel, own.verschil) == ("onzeker", None)
    assert "staat nog niet vast" in own.tekst


def test_what_is_received_without_a_right_is_named_with_care(klein: Regelset) -> None:
    found = som(klein, {"toeslag": 90, "gift": False}, inkomen=1001)
    own = of(found, "toeslag")
    assert own is not None and (own.oordeel, own.verschil) == ("meer", -90)
    assert "misschien" in own.tekst
    assert found.teveel is not None and found.teveel.maand == 90
    # a refusal of what is not received is nothing to say
    assert "gift" not in [post.besluit for post in found.buiten]
    assert found.zeker.maand == 700


def test_of_a_scheme_without_rules_nothing_is_said_about_the_amount(klein: Regelset) -> None:
    own = of(som(klein, {"vroeger": 10}), "vroeger")
    assert own is not None and (own.oordeel, own.verschil, own.bedrag) == ("onzeker", None, 10)


def test_steps_of_what_is_received_already_come_last(klein: Regelset) -> None:
    told = [step.tekst for step in som(klein, {"gift": True}).stappen]
    assert told == ["Vraag de toeslag aan.", "Vraag de gift aan.", "Bel eerst."]


def test_every_difference_says_that_it_may_have_another_reason(klein: Regelset) -> None:
    for given in (False, True, 10, 200):
        own = of(som(klein, {"toeslag": given}), "toeslag")
        assert own is not None
        assert any(word in own.tekst for word in ("Vraag na", "vraag dat eerst na", "niet te vergelijken")), own.tekst


WRONG: tuple[Any, ...] = (
    "ja",
    "250",
    "",
    -1,
    -0.01,
    100_000.01,
    1e300,
    0.001,
    [],
    {},
    [True],
    {"bedrag": 1},
    float("nan"),
    "100000000",
)


@pytest.mark.parametrize("given", WRONG, ids=repr)
def test_what_is_no_answer_is_refused_with_its_place_and_without_its_value(given: Any) -> None:
    with pytest.raises(VraagFout) as error:
        read(GEWOON | {"ontvangt": {"huurtoeslag": given}})
    (fault,) = error.value.fouten
    assert fault.veld == "/ontvangt/huurtoeslag"
    assert "Vul" in fault.tekst
    assert "1e+300" not in fault.tekst and "100000000" not in fault.tekst


@pytest.mark.parametrize("given", [True, "ja", 250, [], ["huurtoeslag"]], ids=repr)
def test_what_is_no_object_is_refused(given: Any) -> None:
    with pytest.raises(VraagFout) as error:
        read(GEWOON | {"ontvangt": given})
    assert [fault.veld for fault in error.value.fouten] == ["/ontvangt"]


def test_a_scheme_that_does_not_exist_is_refused() -> None:
    with pytest.raises(VraagFout) as error:
        read(GEWOON | {"ontvangt": {"huurtoeslagje": True}})
    assert [(fault.veld, fault.tekst) for fault in error.value.fouten] == [
        ("/ontvangt/huurtoeslagje", "Dit veld bestaat niet. Haal het weg, of controleer de spelling.")
    ]


def test_null_is_as_if_it_was_left_out() -> None:
    bare = toets(read(GEWOON), PAKKET).json()
    assert toets(read(GEWOON | {"ontvangt": None}), PAKKET).json() == bare
    assert toets(read(GEWOON | {"ontvangt": {}}), PAKKET).json() == bare
    assert toets(read(GEWOON | {"ontvangt": {"huurtoeslag": None}}), PAKKET).json() == bare


def test_no_outcome_changes_by_what_is_received() -> None:
    rng = random.Random(15)
    for _ in range(80):
        question = huishouden(rng, compleet=rng.random() < 0.7)
        bare = toets(read(question), PAKKET).as_data()
        received = {id: rng.choice([True, False, 250, 12.5]) for id in PAKKET.ontvangt}
        other = toets(read(question | {"ontvangt": received}), PAKKET).as_data()
        assert {**bare, "som": None} == {**other, "som": None}
        if bare["som"] is not None:
            assert (bare["som"]["zeker"]["maand"], bare["som"]["zeker"]["jaar"]) == (
                other["som"]["zeker"]["maand"],
                other["som"]["zeker"]["jaar"],
            )


def test_a_question_keeps_what_is_received_when_its_day_is_filled_in() -> None:
    question = {name: value for name, value in GEWOON.items() if name != "peildatum"} | {
        "ontvangt": {"huurtoeslag": 200}
    }
    found = toets(read(question).op(date(2026, 3, 1)), PAKKET).som
    assert found is not None
    own = of(found, "huurtoeslag")
    assert own is not None and own.bedrag == 200


def test_with_a_band_of_incomes_what_is_received_is_compared_where_the_amount_is_known() -> None:
    band = bands(read(GEWOON).peildatum, PAKKET)[0]
    found = check_band(read(GEWOON | {"ontvangt": {"huurtoeslag": 1}}), band, PAKKET).som
    assert found is not None
    own = of(found, "huurtoeslag")
    assert own is not None and own.bedrag == 1


def test_every_scheme_that_brings_money_has_a_field_and_nothing_else_has() -> None:
    assert set(PAKKET.ontvangt) == {id for id, besluit in PAKKET.besluiten.items() if besluit.som is not None}
    for id, veld in PAKKET.ontvangt.items():
        assert veld.pointer() == f"/ontvangt/{id}"
        assert PAKKET.teksten.titel(id) in veld.label
        assert PAKKET.plek(veld.pointer()) is not None
        assert veld.naam not in PAKKET.velden, "no rule, no column and no proof knows it"


def test_a_rule_cannot_read_what_is_received(tmp_path: Path) -> None:
    with pytest.raises(RegelsetError) as error:
        sommen(tmp_path, SOM_REGELS.replace("als: dicht,", "als: ontvangt_fonds > 0,", 1))
    assert any("ontvangt_fonds" in fault for fault in error.value.faults)
