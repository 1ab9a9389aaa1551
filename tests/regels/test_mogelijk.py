"""One fact away: what is said of each stretch of the only missing field is what a check says of every value in it."""

import copy
import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from regels.domein import getal_van, in_plaats_van, stap, uiterste, woorden
from regels.lezers.functies import FUNCTIONS
from regels.lezers.onbekend import Unknown
from regels.lezers.spoor import Baan, Spoor
from regels.plekken import Plek
from regels.uitslag import Bereikwaarde, Conclusie, Gegeven, Mogelijk, Uitslag
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import Vraagdata, compleet, facts_of, without
from tests.hulp.tabellen import ZONDER_NODIG

PAIR: Vraagdata = {
    "peildatum": "2026-03-01",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": [
        {"rol": "huurder", "leeftijd": 40, "inkomen": 24_000},
        {"rol": "partner", "leeftijd": 38, "inkomen": 0},
    ],
    "vermogen": 0,
    "inkomenscategorie": "laag",
    "woning": {"kaleHuur": 655.12, "zelfstandig": True, "energielabel": "E", "wwsMaximum": 812.4},
}


HOUSE: Vraagdata = PAIR | {
    "woning": PAIR["woning"] | {"contractVanaf": "2015-01-01", "huurVoorRonde": 640, "aangezegdOp": "2026-04-01"}
}


def lacking(*path: Any) -> Vraagdata:
    return without(PAIR, {path})


@lru_cache
def possible(id: str, *path: Any) -> list[Mogelijk]:
    return toets(read(lacking(*path))).conclusie(id).mogelijk


def told(id: str, *path: Any, value: str = "perMaand") -> list[tuple[Any, ...]]:
    """Of each stretch its ends, the outcome and one value."""
    return [(part.van, part.tot, part.uitkomst, part.waarden.get(value)) for part in possible(id, *path)]


def test_the_assets_decide_at_the_limit_of_the_law() -> None:
    # 2026, with a partner: € 76.958 (Besluit op de huurtoeslag), worked out in tests/voorbeelden as € 399
    assert told("huurtoeslag", "vermogen") == [(None, 76_958, "ja", 399), (76_959, None, "nee", 0)]


def test_the_income_decides_to_the_euro_and_between_two_ends_the_amount_has_a_lowest_and_a_highest() -> None:
    flat, falling, nothing = told("huurtoeslag", "personen", 0, "inkomen")
    assert flat[2:] == ("ja", 399) and flat[0] is None
    assert falling[0] == flat[1] + 1 and falling[2:] == ("ja", Bereikwaarde(Decimal(1), Decimal(399)))
    assert nothing == (falling[1] + 1, None, "nee", 0)


def test_a_day_decides_to_the_day() -> None:
    found = told("huurverhoging-aanzegging", "vermogen", value="uiterlijk")
    assert [(van, tot, uitkomst) for van, tot, uitkomst, _ in found] == [
        (None, date(2026, 4, 30), "ja"),
        (date(2026, 5, 1), None, "nee"),
    ]


def test_a_choice_says_what_each_of_its_words_gives() -> None:
    found = possible("efg-ontzien", "soort")
    assert [(part.waarde, part.uitkomst) for part in found] == [
        ("huurder", "ja"),
        ("woningzoekende", "niet_van_toepassing"),
    ]


def test_the_stretch_is_said_in_words() -> None:
    label = "'Vermogen van huurder en partner samen op 1 januari, zonder dat van kinderen'"
    assert [part.als.replace("\N{NO-BREAK SPACE}", " ") for part in possible("huurtoeslag", "vermogen")] == [
        f"{label} niet hoger is dan € 76.958",
        f"{label} hoger is dan € 76.958",
    ]
    assert [part.als for part in possible("efg-ontzien", "soort")] == [
        "het antwoord op 'Voor wie is de toets?' Huurder is",
        "het antwoord op 'Voor wie is de toets?' Woningzoekende is",
    ]
    assert [part.als for part in possible("huurverhoging-aanzegging", "vermogen")] == [
        "'Datum van de brief over de huurverhoging' op of voor 30 april 2026 ligt",
        "'Datum van de brief over de huurverhoging' op of na 1 mei 2026 ligt",
    ]


def test_a_range_is_written_for_a_reader_too() -> None:
    texts = {item.naam: item.tekst for item in possible("huurtoeslag", "personen", 0, "inkomen")[1].weergave}
    assert texts["perMaand"].replace("\N{NO-BREAK SPACE}", " ") == "€ 1 tot en met € 399"


def test_what_waits_for_more_than_one_field_says_nothing() -> None:
    found = toets(read(without(PAIR, {("vermogen",), ("personen", 0, "inkomen")}))).conclusie("huurtoeslag")
    assert len(found.ontbreekt) > 1 and found.mogelijk == []


def test_what_is_decided_says_nothing() -> None:
    assert all(not c.mogelijk for c in toets(read(PAIR)).conclusies if not c.ontbreekt)


def test_a_caller_who_does_not_ask_for_it_does_not_wait_for_it() -> None:
    found = toets(read(lacking("vermogen")), PAKKET, None, ("conclusies", "uitkomst", "ontbreekt"))
    assert found.conclusie("huurtoeslag").ontbreekt and not any(c.mogelijk for c in found.conclusies)


def test_what_was_kept_of_one_question_is_not_told_of_another() -> None:
    limits = []
    for assets in (
        {"rol": "partner", "leeftijd": 38, "inkomen": 0},
        None,
        {"rol": "partner", "leeftijd": 38, "inkomen": 0},
    ):
        question = lacking("vermogen")
        question["personen"] = [part for part in (question["personen"][0], assets) if part]
        limits.append(toets(read(question)).conclusie("huurtoeslag").mogelijk[0].tot)
    # Besluit op de huurtoeslag 2026: with a partner, and alone
    assert limits == [76_958, 38_479, 76_958]


def test_nobody_is_born_after_the_day_of_the_question() -> None:
    question = without(PAIR, {("personen", 0, "leeftijd")})
    for conclusion in toets(read(question)).conclusies:
        for part in conclusion.mogelijk:
            if part.veld.endswith("/geboortedatum"):
                assert isinstance(part.tot, date) and part.tot <= date(2026, 3, 1)


# a number that is followed


def followed(low: int, high: int) -> tuple[Baan, Spoor]:
    line = Baan(Decimal(low), Decimal(high), Decimal(1))
    return line, Spoor.van(line)


def test_a_comparison_ends_the_stretch_before_it_comes_out_otherwise() -> None:
    line, number = followed(0, 1_000)
    assert number * 12 <= 6_005 and line.tot == 500
    # what is rounded crosses the limit where its last step begins
    line, number = followed(0, 1_000)
    rounded = (number / Decimal(7)).to_integral_value("ROUND_FLOOR")
    assert not rounded >= 10 and line.tot == 69
    # what falls away against itself is the same all along
    line, number = followed(0, 1_000)
    assert number - number == 0 and line.tot == 1_000


def test_it_equals_nothing_that_is_no_number() -> None:
    line, number = followed(0, 10)
    assert number != Unknown(("/vermogen",)) and number != "geen" and line.tot == 10


def test_a_day_is_followed_through_what_is_made_of_it() -> None:
    first = date(1950, 1, 1).toordinal()
    line = Baan(Decimal(first), Decimal(date(2020, 1, 1).toordinal()), Decimal(1))
    age = FUNCTIONS["jaren_tussen"](Spoor.van(line, dag=True), date(2026, 3, 1))
    assert age >= 67 and date.fromordinal(int(line.tot)) == date(1959, 3, 1)


# every stretch held against filling in


def filled(question: Vraagdata, plek: Plek, value: Any) -> Vraagdata:
    """The question with this value, as a caller would send it."""
    new: Vraagdata = copy.deepcopy(question)
    *path, name = plek.pointer.split("/")[1:]
    target: Any = new
    for key in path:
        target = target[int(key)] if isinstance(target, list) else target.setdefault(key, {})
    if isinstance(value, Decimal):
        value = float(value) if plek.veld.soort == "bedrag" else int(value)
    target[name] = value.isoformat() if isinstance(value, date) else value
    return new


def values_in(plek: Plek, part: Mogelijk, rng: random.Random) -> Iterator[Any]:
    """Both ends of the stretch, and some values between them."""
    veld = plek.veld
    if part.waarde is not None:
        yield part.waarde
        return
    if veld.waarden:
        words = list(veld.waarden)
        yield from words[words.index(str(part.van)) : words.index(str(part.tot)) + 1]
        return
    low, high = uiterste(veld)
    first, last = low if part.van is None else number(part.van), high if part.tot is None else number(part.tot)
    steps = int((last - first) / stap(veld))
    some = {0, steps, *(rng.randint(0, steps) for _ in range(2)), min(steps, rng.randint(0, 40_000))}
    for one in sorted(first + step * stap(veld) for step in some):
        yield date.fromordinal(int(one)) if veld.soort == "datum" else one


def number(value: Gegeven) -> Decimal:
    assert isinstance(value, Decimal | date)
    return getal_van(value)


def is_said(said: Gegeven | Bereikwaarde, found: Gegeven) -> bool:
    if not isinstance(said, Bereikwaarde):
        return said == found
    if isinstance(found, list):
        ends = zip(said.laagste, found, said.hoogste, strict=True)  # type: ignore[arg-type]
        return all(low is own is high is None or low <= own <= high for low, own, high in ends)  # type: ignore[operator]
    return bool(said.laagste <= found <= said.hoogste)  # type: ignore[operator]


def hold(question: Vraagdata, conclusion: Conclusie, rng: random.Random) -> None:
    plek = PAKKET.plek(conclusion.mogelijk[0].veld)
    assert plek is not None and conclusion.ontbreekt[0].veld == plek.pointer
    assert all(in_plaats_van(plek, cast(Plek, PAKKET.plek(gap.veld))) for gap in conclusion.ontbreekt[1:])
    assert 1 <= len(conclusion.mogelijk) <= 8
    after: Any = None
    for part in conclusion.mogelijk:
        if after is not None and part.van is not None and part.waarde is None and not plek.veld.waarden:
            # nothing lies between two stretches but what cannot be filled in
            assert number(part.van) >= number(after) + stap(plek.veld)
        after = part.tot
        for value in values_in(plek, part, rng):
            try:
                vraag = read(filled(question, plek, value))
            except VraagFout:
                assert value not in (part.van, part.tot, part.waarde), (conclusion.id, plek.pointer, value)
                continue
            found = toets(vraag, PAKKET, (conclusion.id,)).conclusies
            own = next((c for c in found if c.id == conclusion.id), None)
            if own is None:  # another decision stops the check
                continue
            about = (conclusion.id, plek.pointer, value, part.als)
            assert own.uitkomst == part.uitkomst, about
            for name, said in part.waarden.items():
                assert is_said(said, own.waarden[name]), (about, name, said, own.waarden[name])


@settings(max_examples=60, deadline=None)
@given(compleet(), st.integers(0, 3), st.randoms(use_true_random=False))
def test_every_value_that_is_filled_in_gives_what_was_said_of_its_stretch(
    question: Vraagdata, also: int, rng: random.Random
) -> None:
    left_out = set(rng.sample(facts_of(question), min(1 + also, len(facts_of(question)))))
    partial = without(question, left_out)
    for conclusion in toets(read(partial)).conclusies:
        if conclusion.mogelijk:
            hold(partial, conclusion, rng)


# what need not be asked


def every_gap(question: Vraagdata) -> Uitslag:
    """The answer with all that a rule waits for: what a caller gets who does not ask for ``ontbreekt``."""
    return toets(read(question), PAKKET, None, ZONDER_NODIG)


def test_what_another_missing_field_settles_is_not_asked() -> None:
    question = without(HOUSE, {("soort",)})
    # for a tenant an assumption tells of a temporary contract, and of who looks for a home it is not asked
    id, letting = "huurverhoging-aanzegging", "/woning/tijdelijkeVerhuur"
    assert [gap.veld for gap in every_gap(question).conclusie(id).ontbreekt] == ["/soort", letting]
    found = toets(read(question)).conclusie(id)
    assert [gap.veld for gap in found.ontbreekt] == ["/soort"]
    # what is left is one fact away
    assert [(part.waarde, part.uitkomst) for part in found.mogelijk] == [
        ("huurder", "ja"),
        ("woningzoekende", "niet_van_toepassing"),
    ]


@settings(max_examples=60, deadline=None)
@given(compleet(), st.integers(1, 5), st.randoms(use_true_random=False))
def test_filling_in_what_is_asked_decides_without_what_is_not(
    question: Vraagdata, many: int, rng: random.Random
) -> None:
    partial = without(question, set(rng.sample(facts_of(question), min(many, len(facts_of(question))))))
    found = {c.id: [gap.veld for gap in c.ontbreekt] for c in every_gap(partial).conclusies}
    for conclusion in toets(read(partial)).conclusies:
        asked = [cast(Plek, PAKKET.plek(gap.veld)) for gap in conclusion.ontbreekt if gap.veld != "/personen"]
        if len(found[conclusion.id]) == len(conclusion.ontbreekt):
            continue
        assert conclusion.tekst.endswith(conclusion.ontbreekt[0].tekst)
        full = partial
        for plek in asked:
            if not any(in_plaats_van(plek, other) for other in asked[: asked.index(plek)]):
                full = filled(full, plek, any_value(plek, rng))
        try:
            decided = toets(read(full), PAKKET, (conclusion.id,)).conclusies
        except VraagFout:
            continue
        assert all(c.uitkomst != "onbekend" for c in decided), (conclusion.id, found[conclusion.id], asked)


def any_value(plek: Plek, rng: random.Random) -> Any:
    veld = plek.veld
    if words := woorden(veld):
        return rng.choice(words)
    low, high = uiterste(veld)
    one = low + rng.randint(0, min(int((high - low) / stap(veld)), 90_000)) * stap(veld)
    return date.fromordinal(int(one)) if veld.soort == "datum" else one
