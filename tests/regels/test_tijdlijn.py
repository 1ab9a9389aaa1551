"""Every day from 2022 to the last window: an answer without an exception, and no gap that was not declared."""

import random
from datetime import date, timedelta

import pytest

from regels.stand import edges
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden

FIRST, LAST = date(2022, 1, 1), date(2027, 6, 30)
DAYS = [FIRST + timedelta(days=offset) for offset in range((LAST - FIRST).days + 1)]
# what holds for every year since 2022, by the date that picks its figures
NATIONAL = ("daeb-doelgroep", "primaire-doelgroep", "passende-huur", "huurtoeslag", "huurklasse", "huurquote")
ROUND = ("huurverhoging-wettelijk", "inkomensafhankelijke-huurverhoging")
OPEN_UNTIL, ROUND_UNTIL = date(2026, 12, 31), date(2027, 6, 30)


def _beside_edges() -> list[date]:
    days = {edge + timedelta(days=offset) for edge in edges(PAKKET) for offset in (-1, 0, 1)}
    return sorted(day for day in days if FIRST <= day <= LAST)


def _ask(question: dict, day: date) -> None:
    """Ask on ``day``, for the round of that year, and hold the answer to what is declared."""
    answer = toets(read(question | {"peildatum": day.isoformat(), "huurronde": day.year}))
    found = {conclusie.id: conclusie for conclusie in answer.conclusies}
    for besluit in NATIONAL:
        assert (found[besluit].uitkomst == "geen_regels") == (day > OPEN_UNTIL), (besluit, day)
    for besluit in ROUND:
        assert (found[besluit].uitkomst == "geen_regels") == (day.year > OPEN_UNTIL.year), (besluit, day)
    for conclusie in answer.conclusies:
        assert conclusie.tekst, (conclusie.id, day)


def _households(count: int, seed: int) -> list[dict]:
    """Varied households without the dates that would tie them to one year, and without what stops a check."""
    rng, found = random.Random(seed), []
    while len(found) < count:
        question = huishouden(rng, compleet=rng.random() < 0.5)
        for person in question.get("personen", []):
            if person.get("geboortedatum", "") >= FIRST.isoformat():
                del person["geboortedatum"]
        question.pop("meerdereProblemen", None)
        for dated in ("contractVanaf", "laatsteVerhoging", "huurVoorRonde", "ingangsdatumVoorstel"):
            question.get("woning", {}).pop(dated, None)
        if all(_children_are_younger(question, day) for day in (FIRST, LAST)):
            found.append(question)
    return found


def _children_are_younger(question: dict, day: date) -> bool:
    """Of one an age is told and of another a birthday: then a child can pass its parent in another year."""
    try:
        read(question | {"peildatum": day.isoformat(), "huurronde": day.year})
    except VraagFout as error:
        assert all("niet jonger dan de huurder" in fault.tekst for fault in error.fouten), error.fouten
        return False
    return True


@pytest.mark.parametrize("year", range(FIRST.year, LAST.year + 1))
def test_every_window_edge_is_answered(year: int) -> None:
    for day in [day for day in _beside_edges() if day.year == year]:
        for question in _households(6, day.toordinal()):
            _ask(question, day)


def test_every_month_is_answered_with_one_household_in_rotation() -> None:
    households = _households(25, 1)
    for index, day in enumerate(DAYS[:: len(households)]):
        _ask(households[index % len(households)], day)


@pytest.mark.traag
@pytest.mark.parametrize("year", range(FIRST.year, LAST.year + 1))
def test_every_window_edge_is_answered_for_two_hundred_households(year: int) -> None:
    households = _households(200, year)
    for day in [day for day in _beside_edges() if day.year == year]:
        for question in households:
            _ask(question, day)


@pytest.mark.traag
def test_every_day_is_answered_with_one_household_in_rotation() -> None:
    households = _households(200, 2)
    for index, day in enumerate(DAYS):
        _ask(households[index % len(households)], day)


@pytest.mark.parametrize("day", ["2021-12-31", "2021-07-01", "2020-01-01"])
def test_the_one_limit_rule_before_2022_is_refused(day: str) -> None:
    answer = toets(read(_households(1, 3)[0] | {"peildatum": day, "huurronde": int(day[:4])}))
    conclusie = answer.conclusie("daeb-doelgroep")
    assert conclusie.uitkomst == "geen_regels"
    assert "1 januari 2022" in conclusie.tekst


@pytest.mark.parametrize(("ahead", "ended"), [(30, False), (90, True), (200, True)])
def test_looking_ahead_shows_where_rules_end(ahead: int, ended: bool) -> None:
    day = date(2026, 11, 23) + timedelta(days=ahead)
    answer = toets(read(_households(1, 4)[0] | {"peildatum": day.isoformat(), "huurronde": day.year}))
    assert (answer.conclusie("huurtoeslag").uitkomst == "geen_regels") == ended
