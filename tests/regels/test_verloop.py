"""More income: every point is a check, an end is exact to the euro, and the loss is that of the schemes together."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from regels import toets
from regels.uitslag import Uitslag
from regels.verloop import Verlooppost, Verloopuitslag, _lost, verloop
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read
from tests.hulp.vragen import vraag

OUDER: dict[str, Any] = vraag(
    {"kaleHuur": 650},
    peildatum="2026-07-01",
    personen=[
        {"rol": "huurder", "geboortedatum": "1980-03-01", "inkomen": 30_000},
        {"rol": "kind", "geboortedatum": "2015-03-01", "inkomen": 0},
    ],
)
STEL: dict[str, Any] = vraag(
    {"kaleHuur": 650},
    peildatum="2026-07-01",
    personen=[
        {"rol": "partner", "geboortedatum": "1982-03-01", "inkomen": 12_000},
        {"rol": "huurder", "geboortedatum": "1980-03-01", "inkomen": 20_000},
    ],
)


def at(question: dict[str, Any], person: int, income: int) -> Uitslag:
    persons = [dict(one) for one in question["personen"]]
    persons[person]["inkomen"] = income
    return toets(read(question | {"personen": persons}), PAKKET)


def course(question: dict[str, Any], *args: Any) -> Verloopuitslag:
    return verloop(read(question), PAKKET, *args)


@pytest.mark.parametrize(("question", "person"), [(OUDER, 0), (STEL, 1), (STEL, 0)], ids=["ouder", "stel", "partner"])
def test_every_point_is_what_a_check_of_that_income_says(question: dict[str, Any], person: int) -> None:
    found = course(question, person, 15_000, 60_000, 5_000)
    assert found.persoon == person
    assert [point.inkomen for point in found.punten] == list(range(15_000, 60_001, 5_000))
    for point in found.punten:
        whole = at(question, person, point.inkomen).som
        assert whole is not None
        sure = {post.besluit: post for post in whole.zeker.posten if post.besluit in found.titels}
        assert point.jaar == sum(post.jaar or 0 for post in sure.values())
        assert point.maand == sum(post.maand or 0 for post in sure.values())
        for post in point.posten:
            if post.besluit in sure:
                assert (post.maand, post.jaar) == (sure[post.besluit].maand, sure[post.besluit].jaar)


def test_a_scheme_ends_at_its_last_income_to_the_euro() -> None:
    ends = {turn.besluit: turn for turn in course(OUDER).omslagen}
    # Dienst Toeslagen: of somebody alone 40.857 is the last income in 2026
    care = ends["zorgtoeslag"]
    assert (care.inkomen, care.was, care.wordt) == (40_857, "ja", "nee")
    for turn in ends.values():
        for income, outcome in ((turn.inkomen, turn.was), (turn.inkomen + 1, turn.wordt)):
            assert at(OUDER, 0, income).conclusie(turn.besluit).uitkomst == outcome
        assert turn.verlies is not None and turn.verlies > 0


def test_an_end_does_not_depend_on_the_steps() -> None:
    def ends(step: int) -> list[tuple[str, int]]:
        return [(turn.besluit, turn.inkomen) for turn in course(OUDER, 0, 0, 60_000, step).omslagen]

    assert ends(1_000) == ends(700) == ends(12_345)


def test_the_loss_is_what_is_less_of_all_together() -> None:
    found = course(OUDER, None, 28_000, 45_000, 500)
    assert found.punten[0].verlies is None and found.punten[0].procent is None
    for before, after in pairwise(found.punten):
        assert after.verlies == before.jaar - after.jaar
        assert after.procent is not None and after.verlies is not None
        assert abs(after.procent - after.verlies * 100 / (after.inkomen - before.inkomen)) <= Decimal("0.05")
    # below where anything is reduced nothing is lost; above it every scheme takes its part
    assert found.punten[1].verlies == 0
    by_law = Decimal("13.730") + Decimal("7.60")  # zorgtoeslag and kindgebonden budget of 2026, one taper each
    assert found.punten[10].procent is not None and found.punten[10].procent > by_law


def test_a_thousand_more_says_of_each_scheme_how_much_less() -> None:
    more = course(OUDER).meer
    assert more is not None
    now, then = at(OUDER, 0, 30_000).som, at(OUDER, 0, 31_000).som
    assert now is not None and then is not None
    assert (more.inkomen, more.meer) == (30_000, 1_000)
    for part in more.posten:
        one, other = (next((p for p in s.zeker.posten if p.besluit == part.besluit), None) for s in (now, then))
        assert part.jaar == (one.jaar if one else 0) - (other.jaar if other else 0)
    assert more.jaar == sum(part.jaar or 0 for part in more.posten)
    # zorgtoeslag 2026: 13,73% of a thousand, within the rounding of two whole amounts
    (care,) = [part for part in more.posten if part.besluit == "zorgtoeslag"]
    assert care.jaar is not None and abs(care.jaar - Decimal("137.30")) <= 1


def test_what_is_not_sure_is_named_and_not_counted() -> None:
    unknown = {name: value for name, value in OUDER.items() if name != "vermogen"}
    found = course(unknown)
    assert any(text.startswith("Niet meegeteld") for text in found.toelichting)
    unsure = {post.besluit for point in found.punten for post in point.posten if post.jaar is None}
    assert "huurtoeslag" in unsure
    assert found.meer is not None and found.meer.procent is None


def test_without_an_income_of_its_own_there_is_a_curve_and_no_step() -> None:
    persons = [{"rol": "huurder", "geboortedatum": "1980-03-01"}]
    found = course(OUDER | {"personen": persons})
    assert found.punten and found.meer is None


def test_a_day_without_rules_has_no_curve() -> None:
    found = course(OUDER | {"peildatum": "2035-07-01"})
    assert (found.punten, found.omslagen, found.meer) == ([], [], None)
    assert any("zijn geen regels ingevoerd" in text for text in found.toelichting)


def test_a_check_that_stops_has_no_curve() -> None:
    found = course(OUDER | {"meerdereProblemen": True})
    assert found.punten == [] and found.toelichting


def test_it_says_that_taxes_are_not_in_it() -> None:
    assert any("Belasting" in text and "bruto" in text for text in course(OUDER).toelichting)


def test_the_same_question_gives_the_same_course() -> None:
    assert course(STEL) == course(STEL)


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ({"persoon": 2}, "/persoon"),
        ({"persoon": -1}, "/persoon"),
        ({"van": -1}, "/van"),
        ({"van": 10**12, "tot": 10**13}, "/van"),
        ({"van": 5_000, "tot": 5_000}, "/tot"),
        ({"tot": 10**400}, "/tot"),
        ({"stap": 99}, "/stap"),
        ({"stap": 0}, "/stap"),
        ({"van": 0, "tot": 100_001, "stap": 1_000}, "/stap"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_place(asked: dict[str, int], place: str) -> None:
    with pytest.raises(VraagFout) as error:
        verloop(read(OUDER), PAKKET, **asked)
    assert error.value.fouten[0].veld == place
    assert len(str(error.value.fouten[0].tekst)) < 200


def test_the_most_steps_there_may_be_are_answered() -> None:
    assert len(course(OUDER, 0, 0, 100_000, 1_000).punten) == 101


def test_without_residents_nobody_earns() -> None:
    with pytest.raises(VraagFout) as error:
        course({"peildatum": "2026-07-01"})
    assert [fault.veld for fault in error.value.fouten] == ["/vraag/personen"]


def test_from_sure_to_not_sure_is_no_loss() -> None:
    """No household of the product comes there at present, so the two ends are made by hand."""
    sure, open_ = Verlooppost("a", "ja", Decimal(10), Decimal(120)), Verlooppost("a", "voorleggen", None, None)
    gone = Verlooppost("a", "nee", Decimal(0), Decimal(0))
    assert _lost({"a": sure}, {"a": open_}) is None
    assert _lost({"a": open_}, {"a": sure}) is None
    assert _lost({"a": open_}, {"a": open_}) == 0
    assert _lost({"a": sure}, {"a": gone}) == 120


def test_each_turn_has_the_point_before_it_and_the_one_after() -> None:
    found = course(OUDER)
    edges = sorted({income for turn in found.omslagen for income in (turn.inkomen, turn.inkomen + 1)})
    assert edges and [point.inkomen for point in found.kantelpunten] == edges
    for point in found.kantelpunten:
        whole = at(OUDER, 0, point.inkomen).som
        assert whole is not None
        assert point.jaar == sum(p.jaar or 0 for p in whole.zeker.posten if p.besluit in found.titels)


def test_the_last_income_with_the_full_amount_is_exact() -> None:
    found = course(OUDER).gelijk_tot
    assert found.keys() >= {"huurtoeslag", "zorgtoeslag", "kindgebonden-budget"}
    for scheme, last in found.items():
        (first, same, less) = (
            next(p for p in answer.zeker.posten if p.besluit == scheme).jaar
            for answer in (at(OUDER, 0, income).som for income in (0, last, last + 1))
            if answer is not None
        )
        assert first == same
        assert less is not None and same is not None and less < same
