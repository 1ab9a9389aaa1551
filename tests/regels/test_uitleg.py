"""The explaining reader: three values, and unknown spreads through everything that needs what is missing."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regels.lezers.functies import months_before, months_between, years_between
from regels.lezers.onbekend import Unknown
from tests.hulp.regelsets import rekenen, stand

TEXTS = {
    "a": "open", "en": "open en dicht", "of": "open of dicht", "niet": "niet open",
    "en3": "open en dicht en inkomen > 5", "kleiner": "inkomen < 10", "in": "kleur in (rood, blauw)",
    "niet_in": "kleur niet in (rood)", "plus": "inkomen + 1", "maal": "inkomen * 0", "min": "min(inkomen, 5)",
    "max": "max(inkomen, 5)", "minus": "inkomen - inkomen", "delen": "inkomen / inkomen",
    "door_nul": "1 / (inkomen - 3)",
    "keuze": "als open dan inkomen anders 7", "zelfde": "als open dan 7 anders 7", "rond": "naar_beneden(inkomen, 10)",
    "eerste": "eerste_bekende(inkomen, 4)", "maanden": "per_maand(inkomen)",
    "aantal": "aantal(personen)", "kinderen": "aantal(personen met rol = kind)", "som": "som(loon van personen)",
    "loon_kinderen": "som(loon van personen met rol = kind)", "enige": "enige(personen met loon > 5)",
    "op": "op(dag, grens)",
}  # fmt: skip


@pytest.fixture(scope="module")
def reken(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return rekenen(tmp_path_factory.mktemp("uitleg"), TEXTS)


def waits(*fields: str) -> Unknown:
    return Unknown(fields)


OPEN, DICHT, INKOMEN = "/open", "/dicht", "/inkomen"
KLEENE = [
    # open, dicht, en, of
    (True, True, True, True),
    (True, False, False, True),
    (False, True, False, True),
    (False, False, False, False),
    (True, None, waits(DICHT), True),
    (None, True, waits(OPEN), True),
    (False, None, False, waits(DICHT)),
    (None, False, False, waits(OPEN)),
    (None, None, waits(OPEN, DICHT), waits(OPEN, DICHT)),
]


@pytest.mark.parametrize(("open_", "dicht", "both", "either"), KLEENE)
def test_en_and_of_are_those_of_kleene(reken: Any, open_: Any, dicht: Any, both: Any, either: Any) -> None:
    state = stand({name: value for name, value in (("open", open_), ("dicht", dicht)) if value is not None})
    assert reken("en", state) == both
    assert reken("of", state) == either


@pytest.mark.parametrize(("value", "negated"), [(True, False), (False, True), (None, waits(OPEN))])
def test_niet_turns_what_is_known_and_keeps_what_is_not(reken: Any, value: Any, negated: Any) -> None:
    assert reken("niet", stand({} if value is None else {"open": value})) == negated


@pytest.mark.parametrize(
    "name", ["kleiner", "plus", "maal", "min", "max", "minus", "delen", "rond", "maanden", "door_nul"]
)
def test_unknown_spreads_through_arithmetic_min_max_and_comparison(reken: Any, name: str) -> None:
    assert reken(name, stand({})) == waits(INKOMEN)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kleiner", True),
        ("plus", Decimal(4)),
        ("maal", Decimal(0)),
        ("min", Decimal(3)),
        ("max", Decimal(5)),
        ("minus", Decimal(0)),
        ("delen", Decimal(1)),
        ("rond", Decimal(0)),
        ("maanden", Decimal("0.25")),
    ],
)
def test_known_values_are_exact(reken: Any, name: str, value: Any) -> None:
    assert reken(name, stand({"inkomen": 3})) == value


def test_division_by_zero_is_unknown_and_no_crash(reken: Any) -> None:
    assert reken("door_nul", stand({"inkomen": 3})) == Unknown(())


def test_a_choice_waits_for_its_condition_even_when_both_ways_are_equal(reken: Any) -> None:
    assert reken("zelfde", stand({})) == waits(OPEN)
    assert reken("keuze", stand({"inkomen": 3})) == waits(OPEN)


def test_a_choice_needs_only_the_way_it_takes(reken: Any) -> None:
    assert reken("keuze", stand({"open": False})) == Decimal(7)
    assert reken("keuze", stand({"open": True})) == waits(INKOMEN)


def test_a_set_of_words_is_unknown_without_the_word(reken: Any) -> None:
    assert reken("in", stand({})) == waits("/kleur")
    assert reken("niet_in", stand({})) == waits("/kleur")
    assert reken("niet_in", stand({"kleur": "blauw"})) is True


def test_the_first_known_value_counts(reken: Any) -> None:
    assert reken("eerste", stand({})) == Decimal(4)
    assert reken("eerste", stand({"inkomen": 9})) == Decimal(9)


def test_all_that_is_missing_is_named_once(reken: Any) -> None:
    assert reken("en3", stand({"open": True})) == waits(DICHT, INKOMEN)


def test_loops_without_persons_ask_who_lives_there(reken: Any) -> None:
    for name in ("aantal", "kinderen", "som", "enige"):
        assert reken(name, stand({})) == waits("/personen")


def test_loops_over_known_persons(reken: Any) -> None:
    state = stand({}, ({"rol": "huurder", "loon": 3}, {"rol": "kind", "loon": 9}))
    assert reken("aantal", state) == Decimal(2)
    assert reken("kinderen", state) == Decimal(1)
    assert reken("som", state) == Decimal(12)
    assert reken("loon_kinderen", state) == Decimal(9)
    assert reken("enige", state) is True


def test_a_sum_waits_for_each_missing_part_but_not_for_those_that_do_not_count(reken: Any) -> None:
    state = stand({}, ({"rol": "huurder"}, {"rol": "kind", "loon": 9}, {"loon": 4}))
    assert reken("som", state) == waits("/personen/0/loon")
    assert reken("loon_kinderen", state) == waits("/personen/2/rol")
    assert reken("aantal", state) == Decimal(3)


def test_one_person_settles_enige_whatever_the_others_are(reken: Any) -> None:
    assert reken("enige", stand({}, ({"rol": "huurder"}, {"loon": 6}))) is True
    assert reken("enige", stand({}, ({"rol": "huurder"}, {"loon": 5}))) == waits("/personen/0/loon")


def test_a_figure_on_a_day_without_one_is_unknown(reken: Any) -> None:
    assert reken("op", stand({"dag": date(2026, 3, 1)})) == Decimal(1000)
    assert reken("op", stand({"dag": date(2025, 3, 1)})) == Unknown(("cijfer:grens",))
    assert reken("op", stand({})) == waits("/dag")


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("2005-01-01", "2026-01-01", 21), ("2005-01-02", "2026-01-01", 20), ("2004-12-31", "2026-01-01", 21),
        ("2004-02-29", "2022-02-28", 17), ("2004-02-29", "2022-03-01", 18), ("2026-01-01", "2026-01-01", 0),
    ],
)  # fmt: skip
def test_a_birthday_counts_on_the_day_itself(born: str, day: str, age: int) -> None:
    assert years_between(date.fromisoformat(born), date.fromisoformat(day)) == age


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [("2025-07-01", "2026-07-01", 12), ("2025-07-02", "2026-07-01", 11), ("2026-02-01", "2026-07-01", 5)],
)
def test_months_are_whole_months(start: str, end: str, months: int) -> None:
    assert months_between(date.fromisoformat(start), date.fromisoformat(end)) == months


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [("2026-07-01", 2, "2026-05-01"), ("2026-07-01", 12, "2025-07-01"), ("2026-03-31", 1, "2026-02-28"),
     ("2024-03-31", 1, "2024-02-29"), ("2026-01-15", 1, "2025-12-15")],
)  # fmt: skip
def test_months_before_a_day(day: str, months: int, before: str) -> None:
    assert months_before(date.fromisoformat(day), Decimal(months)) == date.fromisoformat(before)
