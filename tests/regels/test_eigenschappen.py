"""What must hold for every question, whatever is filled in and whatever is left out."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regels.uitslag import Uitslag
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import Vraagdata, compleet, facts_of, gevraagd, huishouden, met_weglating, without

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
# a question may leave these open although every field is filled in: an age alone does not tell the month of a birthday
# these never ask for it
NO_MONTH = {
    "daeb-doelgroep", "huurklasse", "huurverhoging-wettelijk", "huurverhoging-aanzegging", "efg-ontzien",
    "inkomensafhankelijke-huurverhoging", "bezwaar-inkomen-vorig-jaar", "huurverhoging-beleid", "fixteam",
}  # fmt: skip


def check_complete(question: Vraagdata) -> None:
    """One true rule per decision: ``toets`` raises when there is none or more than one, or when the readers differ."""
    # where the contract began too late there is no rent on 30 June, and where it is left out it is asked for
    without_rent = "huurVoorRonde" not in question["woning"]
    for part in toets(read(question)).conclusies:
        if part.uitkomst == "onbekend":
            open_ = [
                item.veld for item in part.ontbreekt if not (without_rent and item.veld == "/woning/huurVoorRonde")
            ]
            assert all(veld.endswith("/geboortedatum") for veld in open_), (part.id, open_)
            assert not (open_ and part.id in NO_MONTH), part.id


def asked(question: Vraagdata) -> set[str]:
    """Every decision; only the referral when there are problems in more than one place (Jaarschijf 2026, AVE)."""
    every = gevraagd(question)
    referred = question.get("meerdereProblemen") and question["peildatum"] >= "2026-01-01" and "ave" in every
    return {"ave"} if referred else every


def assumed(answer: Uitslag) -> set[str]:
    return {f"{item.id} {veld}" for item in answer.uitgangspunten for veld in item.velden}


def incomes(question: Vraagdata) -> list[object]:
    """What is known of the incomes of each year."""
    return [
        person.get(year) for person in question.get("personen", []) for year in ("inkomen", "inkomenT1", "inkomenT2")
    ]


# what follows from on which side of a limit of the allocation an income lies
ON_INCOME = {
    "daeb-doelgroep", "primaire-doelgroep", "passende-huur", "vrije-toewijzingsruimte", "middenhuur", "focusgroepen",
}  # fmt: skip


# what a year on the low side beside one on the high side turns: help is for who has a low income in one of the years,
# and a rent up to the limit is fitting in the one year and free of the norm in the other
BY_A_LOW_YEAR = {("focusgroepen", "nee", "ja"), ("passende-huur", "niet_van_toepassing", "ja")}


def check_monotone(less: Vraagdata, more: Vraagdata) -> bool:
    """What was decided stays, as long as the same is taken as given. Gives whether there was something to compare."""
    before, after = toets(read(less)), toets(read(more))
    if assumed(before) != assumed(after):
        return False
    # whether a contract is regulated may be said outright, against what follows from its start; that is no missing fact
    overruled = ("gereguleerd" in more.get("woning", {})) != ("gereguleerd" in less.get("woning", {}))
    # who asks to compare the incomes that are known gets another comparison with a year more: a no or a yes may become
    # one for a person to judge, or wait for whether a child with an income in that year is maintained, and nothing else
    compared = less.get("toetsinkomen") == "vergelijken" and incomes(less) != incomes(more)
    outcomes = {conclusie.id: conclusie.uitkomst for conclusie in after.conclusies}
    low_year = compared and outcomes.get("primaire-doelgroep") in ("voorleggen", "ja")
    # and that somebody is not registered, against what was said of everyone
    apart = [person.get("ingeschreven") for person in more.get("personen") or [] if person.get("rol") != "partner"]
    overruled |= more.get("ingeschreven") is True and False in apart
    # who turns out to be of another municipality is answered without those of this one
    both = asked(less) & asked(more)
    earlier, later = ([c for c in answer.conclusies if c.id in both] for answer in (before, after))
    for one, other in zip(earlier, later, strict=True):
        if low_year and (one.id, one.uitkomst, other.uitkomst) in BY_A_LOW_YEAR:
            continue
        assert {one.uitkomst, other.uitkomst} != {"ja", "nee"}, one.id
        if compared and one.id in ON_INCOME:
            assert other.uitkomst in (one.uitkomst, "voorleggen", "onbekend") or one.uitkomst == "onbekend", one.id
            continue
        if one.uitkomst != "onbekend" and not overruled:
            assert one.uitkomst == other.uitkomst, one.id
            # the free room may be there for nobody for two reasons; which is said depends on which is known
            twice = one.id == "vrije-toewijzingsruimte" and one.uitkomst == "niet_van_toepassing"
            assert twice or set(other.regel) <= set(one.regel), one.id
            if len(one.regel) > 1:  # what all rules that may apply agree on is what the one that does says
                assert one.waarden.items() <= other.waarden.items(), one.id
                assert {gap.veld for gap in other.ontbreekt} <= {gap.veld for gap in one.ontbreekt}, one.id
    return True


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(compleet())
def test_a_complete_household_has_exactly_one_answer_to_every_decision(question: Vraagdata) -> None:
    check_complete(question)


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(met_weglating())
def test_any_partial_question_is_answered_without_an_exception(pair: tuple[Vraagdata, Vraagdata]) -> None:
    for question in pair:
        assert {part.id for part in toets(read(question)).conclusies} == asked(question)


@settings(max_examples=250, deadline=None, suppress_health_check=SLOW)
@given(met_weglating())
def test_a_fact_that_is_added_never_turns_an_answer(pair: tuple[Vraagdata, Vraagdata]) -> None:
    check_monotone(*pair)


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(compleet(), st.data())
def test_what_is_said_to_be_missing_does_matter(question: Vraagdata, data: st.DataObject) -> None:
    """Filling in all that ``ontbreekt`` names leaves nothing unknown, or names something new: never the same again."""
    places = facts_of(question)
    dropped = set(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=4, unique=True)))
    for part in toets(read(without(question, dropped))).conclusies:
        for item in part.ontbreekt:
            place = tuple(int(key) if key.isdigit() else key for key in item.veld.split("/")[1:])
            known = place in places and place not in dropped
            assert not known, (part.id, item.veld)


@pytest.mark.parametrize(
    ("rent", "soort", "besluit", "one_year", "two_years"),
    [
        (713.02, "woningzoekende", "passende-huur", "niet_van_toepassing", "ja"),
        (713.03, "woningzoekende", "passende-huur", "niet_van_toepassing", "voorleggen"),
        (713.03, "huurder", "focusgroepen", "nee", "ja"),
        (713.03, "huurder", "daeb-doelgroep", "nee", "voorleggen"),
    ],
)
def test_a_second_year_on_the_low_side_turns_only_what_one_low_year_is_enough_for(
    rent: float, soort: str, besluit: str, one_year: str, two_years: str
) -> None:
    """60.000 x 1,0805 is above every limit of 2026 and 20.000 x 1,0376 below: 29.400 and 51.537 for one person."""
    person = {"rol": "huurder", "geboortedatum": "1980-01-01", "inkomenT2": 60000}
    dwelling = {"kaleHuur": rent, "zelfstandig": True, "energielabel": "F"}
    known = {"inkomenUitWerk": False, "alleenAow": False, "aanvullendeUitkering": False, "asielvergunning": False}
    asked = known | {"peildatum": "2026-05-10", "soort": soort, "verhuurder": "wetland-wonen", "woning": dwelling}
    asked |= {"toetsinkomen": "vergelijken", "zorgindicatie": False}
    for people, outcome in (([person], one_year), ([person | {"inkomenT1": 20000}], two_years)):
        assert toets(read(asked | {"personen": people})).conclusie(besluit).uitkomst == outcome


def _runs(seed: int, count: int) -> None:
    rng, compared = random.Random(seed), 0
    for _ in range(count):
        full = huishouden(rng)
        check_complete(full)
        places = facts_of(full)
        dropped = rng.sample(places, rng.randint(1, 8 if rng.random() < 0.7 else len(places)))
        added = set(rng.sample(dropped, rng.randint(1, len(dropped))))
        compared += check_monotone(without(full, set(dropped)), without(full, set(dropped) - added))
    assert compared > count / 4


def test_hundreds_of_households_with_gaps() -> None:
    _runs(2026, 300)


@pytest.mark.traag
@pytest.mark.parametrize("seed", range(10))
def test_tens_of_thousands_of_households_with_gaps(seed: int) -> None:
    _runs(seed, 3000)


@pytest.mark.parametrize(
    "question",
    [
        {"peildatum": "2026-03-01"},
        {"peildatum": "2026-03-01", "personen": []},
        {"peildatum": "2026-03-01", "personen": [{}]},
        {"peildatum": "2026-03-01", "personen": [{}, {"rol": "kind"}]},
        {"peildatum": "2026-03-01", "soort": "woningzoekende"},
        {"peildatum": "2026-03-01", "soort": "huurder", "woning": {}},
        {"peildatum": "2026-03-01", "soort": "huurder", "woning": {"servicekosten": {}}},
        {"peildatum": "2000-01-01", "huurronde": 2100},
        {"peildatum": "2100-12-31", "huurronde": 2000},
        {"peildatum": "2026-03-01", "personen": [{"rol": "huurder", "inkomen": 0, "leeftijd": 0}], "vermogen": 0,
         "woning": {"kaleHuur": 0.01, "zelfstandig": True, "wwsMaximum": 0.01}},
        {"peildatum": "2026-03-01", "soort": "huurder", "personen": [{"rol": "huurder"}] + [{"rol": "kind"}] * 29},
        {"peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "wetland-wonen", "huurronde": 2025,
         "woning": {"kaleHuur": 10000, "huurVoorRonde": 10000, "wwsMaximum": 10000, "zelfstandig": True}},
    ],
    ids=range(12),
)  # fmt: skip
def test_odd_questions_are_answered(question: Vraagdata) -> None:
    assert {part.id for part in toets(read(question)).conclusies} == set(PAKKET.besluiten)


# what every tenant of Wetland Wonen can use, whoever it is
CERTAIN = {"voorzieningenwijzer", "huurdersorganisatie"}


def test_nobody_and_nothing_known_is_unknown_and_never_no() -> None:
    for part in toets(read({"peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "wetland-wonen"})).conclusies:
        assert part.uitkomst != "nee", part.id
        assert part.uitkomst != "ja" or part.id in CERTAIN, part.id
