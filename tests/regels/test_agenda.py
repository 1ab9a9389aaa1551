"""What is due about the rules: on which day it is named, when it is late, and that its key stays the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from regels import Regelset
from regels.agenda import BESLUIT, BRONNEN, CIJFERS, EINDE, Termijn, agenda, eerste
from regels.jaarwissel.aankondiging import Aankondiging
from regels.regelset import Bron, Cijfer
from regels.venster import Venster
from tests.hulp.geladen import PAKKET

NEWYEAR, HALF = date(2027, 1, 1), date(2027, 7, 1)
DAY = timedelta(days=1)
MINISTRY = Aankondiging("grenzen", "het ministerie", "Staatscourant", "https://example.nl", ((11, 25),), "Elk jaar.")
HALFYEAR = Aankondiging("halfjaar", "de bank", "Staatscourant", "", ((6, 15), (12, 15)), "")


def figure(name: str, end: date | None, start: date = date(2026, 1, 1), source: str = "nieuw") -> tuple[Cijfer, ...]:
    """A figure of one window, of the first owner."""
    example = PAKKET.cijfers["daeb_huurgrens"][-1]
    return (replace(example, naam=name, label=f"Cijfer {name}", bron=source, venster=Venster(start, end)),)


def rules(wacht: dict[str, Aankondiging], *figures: tuple[Cijfer, ...], **more: object) -> Regelset:
    """A rule set of these figures and nothing else."""
    sources = {
        "nieuw": Bron("nieuw", "Nieuwe bron", "https://example.nl", "2026-12-01", ""),
        "oud": Bron("oud", "Oude bron", "https://example.nl", "2025-12", ""),
        "onleesbaar": Bron("onleesbaar", "Bron zonder dag", "https://example.nl", "najaar 2020", ""),
    }
    empty = {"besluiten": {}, "grootheden": {}, "bronnen": sources} | more
    return replace(PAKKET, cijfers={series[0].naam: series for series in figures}, wacht=wacht, **empty)


def of(kind: str, found: tuple[Termijn, ...]) -> list[Termijn]:
    return [one for one in found if one.soort == kind]


def test_an_awaited_figure_is_due_on_the_last_day_of_announcing_before_its_window() -> None:
    made = rules({"a": MINISTRY, "b": MINISTRY}, figure("a", NEWYEAR - DAY), figure("b", NEWYEAR - DAY))
    (one,) = of(CIJFERS, agenda(made, date(2026, 9, 1)))
    assert (one.dag, one.vanaf, one.namen) == (date(2026, 11, 25), NEWYEAR, ("Cijfer a", "Cijfer b"))
    assert one.titel == "2 cijfers vanaf 1 januari 2027, van het ministerie"
    assert one.toelichting == "Waar: Staatscourant. Elk jaar."


@pytest.mark.parametrize(("end", "due"), [(NEWYEAR - DAY, date(2026, 12, 15)), (HALF - DAY, date(2027, 6, 15))])
def test_a_figure_of_half_a_year_is_due_before_its_own_half(end: date, due: date) -> None:
    (one,) = of(CIJFERS, agenda(rules({"a": HALFYEAR}, figure("a", end)), date(2026, 9, 1)))
    assert (one.dag, one.titel) == (
        due,
        f"Cijfer a vanaf {'1 januari' if end < NEWYEAR else '1 juli'} 2027, van de bank",
    )


@pytest.mark.parametrize(
    ("today", "named", "late"),
    [
        (date(2026, 9, 25), False, False),
        (date(2026, 9, 26), True, False),  # sixty days before
        (date(2026, 11, 25), True, False),
        (date(2026, 11, 26), True, True),
        (date(2026, 12, 31), True, True),
        (date(2027, 1, 1), True, True),  # and it stays late when the year has begun without it
        (date(2027, 12, 31), True, True),
    ],
)
def test_an_awaited_figure_is_named_from_sixty_days_before(today: date, named: bool, late: bool) -> None:
    made = rules({"a": MINISTRY}, figure("a", NEWYEAR - DAY))
    (one,) = of(CIJFERS, agenda(made, today))
    assert (one.aan_de_beurt(today), one.te_laat(today)) == (named, late)
    assert bool(of(CIJFERS, eerste(made, today))) is named


def test_what_ended_more_than_a_year_ago_or_never_ends_is_not_awaited() -> None:
    wacht = {"a": MINISTRY, "b": MINISTRY}
    assert not of(CIJFERS, agenda(rules(wacht, figure("a", date(2025, 12, 31)), figure("b", None)), NEWYEAR + 3 * DAY))


def test_a_figure_that_came_is_due_for_the_next_year_only() -> None:
    both = (*figure("a", NEWYEAR - DAY), *figure("a", date(2027, 12, 31), NEWYEAR))
    (one,) = of(CIJFERS, agenda(rules({"a": MINISTRY}, both), date(2026, 12, 1)))
    assert one.vanaf == date(2028, 1, 1)
    assert not one.aan_de_beurt(date(2026, 12, 1))


@pytest.mark.parametrize(
    ("today", "named"), [(date(2026, 10, 1), False), (date(2026, 10, 2), True), (NEWYEAR - DAY, True), (NEWYEAR, None)]
)
def test_an_end_without_successor_is_named_in_its_last_ninety_days(today: date, named: bool | None) -> None:
    """Nobody announces this figure; once it has ended it is no agenda any more."""
    found = of(EINDE, agenda(rules({}, figure("a", NEWYEAR - DAY)), today))
    assert [one.aan_de_beurt(today) for one in found] == ([] if named is None else [named])
    assert [one.titel for one in found] == ([] if named is None else ["Laatste dag: Cijfer a (Nederland)"])


@pytest.mark.parametrize(("today", "late"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_a_decision_that_did_not_come_is_late_until_its_round_is_over(today: date, late: bool) -> None:
    besluit = next(one for one in PAKKET.besluiten.values() if one.regels)
    regel = replace(
        besluit.regels[0],
        bronnen=("nieuw",),
        status="voornemen",
        besluit_voor=date(2026, 3, 31),
        venster=Venster(date(2026, 7, 1), HALF - DAY),
    )
    announced = {besluit.id: replace(besluit, regels=(regel,))}
    (one,) = of(BESLUIT, agenda(rules({}, besluiten=announced), today))
    assert (one.dag, one.te_laat(today), one.namen) == (date(2026, 3, 31), late, (besluit.vraag,))
    assert of(BESLUIT, agenda(rules({}, besluiten=announced), HALF - DAY))
    assert not of(BESLUIT, agenda(rules({}, besluiten=announced), HALF))
    taken = {besluit.id: replace(besluit, regels=(replace(regel, status="vastgesteld"),))}
    assert not of(BESLUIT, agenda(rules({}, besluiten=taken), today))


@pytest.mark.parametrize(("today", "old"), [(date(2026, 12, 30), False), (date(2026, 12, 31), True)])
def test_a_source_is_old_a_year_after_its_month(today: date, old: bool) -> None:
    made = rules({}, figure("a", None, source="oud"), figure("b", date(2026, 6, 30), source="nieuw"))
    (one,) = of(BRONNEN, agenda(made, today))
    assert (one.dag, one.aan_de_beurt(today), one.namen) == (date(2026, 12, 31), old, ("Oude bron",))
    assert not of(BRONNEN, eerste(made, today))


def test_a_source_without_a_day_that_can_be_read_is_left_out() -> None:
    assert not agenda(rules({}, figure("a", None, source="onleesbaar")), NEWYEAR)


@pytest.mark.parametrize("today", [date(2026, 11, 27), date(2026, 12, 31), NEWYEAR, HALF, date(2030, 2, 28)])
def test_keys_are_of_one_thing_each_and_do_not_change_with_the_day(today: date) -> None:
    found = agenda(PAKKET, today)
    assert len({one.sleutel for one in found}) == len(found)
    later = {one.sleutel: one for one in agenda(PAKKET, today + DAY)}
    assert all(later[one.sleutel].dag == one.dag for one in found if one.sleutel in later)
    assert [one.dag for one in found] == sorted(one.dag for one in found)
