"""Rules written out as Python: what is read once, what is noted, and what is compiled once."""

import random
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels.bron import uit_map
from regels.lezers.code import Atom, Code, compiled, written
from regels.lezers.onbekend import Unknown
from regels.lezers.uitleg import Compiler
from regels.programma import Programma
from regels.programma import programma as compiled_for
from regels.stand import Stand, definitions
from regels.stappen import Gemaakt
from regels.taal import Field, Figure, Quantity, repeated, walk
from regels.uitslag import Stap
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.gelijk import vragen
from tests.hulp.huishoudens import huishouden
from tests.hulp.regelsets import PEILDATUM, Given, besluit, laad, programma, schrijf, stand
from tests.hulp.uitdrukkingen import QUANTITIES, condition, facts

SETS = Path(__file__).parents[2] / "regels" / "sets"
Used = Callable[[str, Given], tuple[Any, set[str]]]


@pytest.fixture
def gebruikt(tmp_path: Path) -> Used:
    """A function (expression, what is filled in) -> its value, and the names of what it used."""

    def evaluate(text: str, given: Given) -> tuple[Any, set[str]]:
        rules = besluit(
            ("a", "inkomen <= grens", "ja"), ("b", "inkomen > grens", "nee"), waarden=f'{{uitkomst: "{text}"}}'
        )
        compiler = Compiler(Stand(laad(tmp_path, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1)))
        node, _ = compiler.stand.regels.besluiten["proef"].waarden["uitkomst"]
        compute = compiler.compile(node, "peildatum")
        value, bits = compute(compiler.layout.state(*given))
        return value, {used.name for used in compiler.used(bits)}

    return evaluate


def test_what_one_way_reads_is_read_again_on_the_other(gebruikt: Used) -> None:
    """``inkomen`` is read where ``open`` holds, and must be read anew behind it, where it may not have been."""
    text = "(open en inkomen > 5) of inkomen > 100"
    assert gebruikt(text, stand({"open": False, "inkomen": 200})) == (True, {"open", "inkomen"})
    assert gebruikt(text, stand({"open": False, "inkomen": 50})) == (False, {"open", "inkomen"})
    assert gebruikt("als open dan inkomen anders inkomen * 2", stand({"open": False, "inkomen": 50}))[0] == 100
    passed_by = gebruikt("(open en inkomen > grens) of inkomen < grens", stand({"open": False, "inkomen": 2000}))
    assert passed_by == (False, {"open", "inkomen", "grens"})


def test_only_what_the_way_that_was_taken_used_counts(gebruikt: Used) -> None:
    text = "als open dan inkomen anders 7"
    assert gebruikt(text, stand({"open": False, "inkomen": 50})) == (7, {"open"})
    assert gebruikt(text, stand({"open": True, "inkomen": 50})) == (50, {"open", "inkomen"})
    assert gebruikt("open en inkomen < grens", stand({"open": False, "inkomen": 5})) == (False, {"open"})
    assert gebruikt("open en inkomen < grens", stand({"open": True, "inkomen": 5}))[1] == {"open", "inkomen", "grens"}


def test_nothing_that_was_not_used_matters(tmp_path: Path) -> None:
    """What an answer rests on is all of it: another value for any other fact gives the same answer."""
    rng, changed = random.Random(11), 0
    for number in range(40):
        rules = [(f"r{index}", condition(rng), "ja") for index in range(4)]
        rules += [("gebruikt", "rijk en apart en gezin en meer > grens", "nee")]
        made = programma(laad(tmp_path / str(number), regels=besluit(*rules, grootheden=QUANTITIES)))
        (klaar,) = made.besluiten
        for rule in klaar.regels:
            compute = made.compiler.compile(rule.regel.als, "peildatum")
            for _ in range(6):
                known, persons = stand(*facts(rng))
                value, bits = compute(made.state(known, persons))
                used = {step.name for step in made.compiler.used(bits)}
                other, _ = stand(*facts(rng))
                swapped = {**known, **{name: part for name, part in other.items() if name not in used}}
                left_out = {name: part for name, part in known.items() if name in used}
                for facts_now in (swapped, left_out):
                    assert compute(made.state(facts_now, persons)) == (value, bits), rule.regel.als_tekst
                    changed += facts_now != known
    assert changed > 300


def test_a_comparison_that_is_written_again_is_made_once(tmp_path: Path) -> None:
    regels = laad(tmp_path, regels=besluit(("a", "inkomen <= grens", "ja"), ("b", "niet inkomen <= grens", "nee")))
    compiler = Compiler(Stand(regels, PEILDATUM, date(PEILDATUM.year, 7, 1)))
    one, other = (regel.als for regel in regels.besluiten["proef"].regels)
    code = Code("proef", again=repeated([one, other]))
    made = compiler.write(one, "peildatum", code)
    assert made.text.isidentifier()  # and not the comparison
    assert made.text in compiler.write(other, "peildatum", code).text
    assert not repeated([one])


def test_a_comparison_that_two_rules_share_counts_for_both(tmp_path: Path) -> None:
    rules = besluit(
        ("a", "open en inkomen <= grens", "ja"),
        ("b", "niet open en dicht en inkomen <= grens", "nee"),
        ("c", "inkomen > grens", "nee"),
    )
    made = programma(laad(tmp_path, regels=rules))
    for state, used in (({"open": True}, {"open"}), ({"open": False, "dicht": True}, {"open", "dicht"})):
        true, _, bits, _ = made.besluiten[0].gelden(made.state(*stand({"inkomen": 5} | state)))
        assert len(true) == 1
        assert {step.name for step in made.compiler.used(bits)} == used | {"inkomen", "grens"}


def test_each_resident_is_read_for_himself(gebruikt: Used) -> None:
    state = stand({}, ({"rol": "huurder", "loon": 3}, {"rol": "kind", "loon": 9}))
    assert gebruikt("som(loon van personen met loon > 5)", state) == (9, {"loon"})


def test_a_sentence_of_which_a_value_is_unknown_uses_nothing(tmp_path: Path) -> None:
    rules = besluit(("a", "open", "ja"), ("b", "niet open", "nee"), waarden='{meer: "inkomen + grens", licht: "open"}')
    klaar = Programma(Stand(laad(tmp_path, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1)))
    state = klaar.state(*stand({"open": True}))
    found, display, bits = klaar.besluiten[0].waarden(state)
    assert found == {"licht": True} and [part.naam for part in display] == ["licht"]
    assert [step.naam for step in klaar.stappen.of(bits, Gemaakt(state))] == ["open"]


def test_a_formula_that_stays_the_same_is_compiled_once_for_all_years() -> None:
    regels = PAKKET
    Programma(Stand(regels, date(2026, 1, 1), date(2026, 7, 1)))
    before = compiled.cache_info()
    Programma(Stand(regels, date(2025, 1, 1), date(2025, 7, 1)))
    after = compiled.cache_info()
    new, again = after.misses - before.misses, after.hits - before.hits
    assert again > 3 * new  # the figures of another year are other values, not other text


def test_a_value_is_given_and_never_written_in_the_text() -> None:
    code = Code("proef")
    hostile = "'); raise SystemExit #"
    assert code.function(code.given(hostile))(None) == hostile
    assert code.given(hostile) == code.given(hostile)


def test_a_function_is_called_after_its_decision_or_quantity_and_a_traceback_shows_its_line(tmp_path: Path) -> None:
    rules = besluit(
        ("a", "open", "ja"),
        ("b", "niet open", "nee"),
        grootheden="  half: {label: Half, eenheid: euro per jaar, formule: inkomen - grens, bron: wet}\n",
        waarden='{deel: "half"}',
    )
    klaar = Programma(Stand(laad(tmp_path, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1)))
    assert klaar.besluiten[0].gelden.__name__ == "proef_"
    assert [rule.antwoord.__name__ for rule in klaar.besluiten[0].regels] == ["proef_a_", "proef_b_"]
    state = klaar.state(*stand({"open": True, "inkomen": "geen getal"}))
    with pytest.raises(TypeError) as caught:
        klaar.besluiten[0].waarden(state)
    shown = "".join(traceback.format_exception(caught.value))
    assert "in half_" in shown and "in proef_waarden_" in shown
    text, given = written(klaar.besluiten[0].waarden)
    lines = [line.strip() for line in shown.splitlines()]
    place = next(index for index, line in enumerate(lines) if "in proef_waarden_" in line)
    assert lines[place + 1] and lines[place + 1] in text
    assert {"k0"} <= given.keys()


def test_unknown_comes_before_the_value_that_needs_it() -> None:
    def divided(a: object, b: object) -> object:
        code = Code("proef")
        needed = [Atom(name, (name,)) for name in (code.given(a), code.given(b))]
        return code.function(code.unless_unknown(f"{needed[0].text} / {needed[1].text}", *needed).value)(None)

    one, other = Unknown(("/a",)), Unknown(("/b",))
    assert divided(6, 3) == 2
    assert divided(one, 0) == one  # and no division by zero
    assert divided(one, other) == Unknown(("/a", "/b"))


def test_a_next_step_may_use_what_no_outcome_is_made_of(tmp_path: Path) -> None:
    rules = besluit(("a", "open", "ja"), ("b", "niet open", "nee")) + (
        "    vervolg:\n      - {tekst: 'Ga op {dag} langs.', alleen_medewerker: ja, als: inkomen > grens}\n"
    )
    klaar = Programma(Stand(laad(tmp_path, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1)))

    def say(facts: dict[str, Any]) -> str | None:
        return klaar.besluiten[0].vervolg[0].zegt(klaar.state(*stand(facts)))[0]

    assert say({"inkomen": 2000, "dag": date(2026, 3, 1)}) == "Ga op 1 maart 2026 langs."
    assert say({"inkomen": 2000}) is None
    assert say({"inkomen": 1000, "dag": date(2026, 3, 1)}) is None


def test_one_step_for_all_that_an_unknown_waits_for(tmp_path: Path) -> None:
    quantities = "  rijk: {label: Rijk, eenheid: ja/nee, formule: inkomen > grens of open, bron: wet}\n"
    rules = besluit(
        ("a", "rijk", "ja"), ("b", "niet rijk", "nee"), grootheden=quantities, waarden='{meer: "rijk of dicht"}'
    )
    klaar = Programma(Stand(laad(tmp_path, regels=rules), PEILDATUM, date(PEILDATUM.year, 7, 1)))

    def step(facts: dict[str, Any]) -> Stap:
        state = klaar.state(*stand(facts | {"dicht": True}))
        *_, bits = klaar.besluiten[0].waarden(state)
        return next(step for step in klaar.stappen.of(bits, Gemaakt(state)) if step.naam == "rijk")

    nothing, no_income = step({}), step({"open": False})
    assert nothing.waarde == "onbekend"
    assert nothing is no_income
    assert step({"open": True}).waarde == "ja"


def test_nothing_that_answers_share_is_compiled_while_one_is_made() -> None:
    """A server answers in threads: what one of them were still compiling another could find half done.

    What only some partial questions need is written when it is first asked for, of what is there already.
    """
    regels = uit_map(SETS)  # not the one that other tests asked, for that may be all compiled
    asked = [regels.vraag(v.model_dump(exclude_none=True)) for v in vragen(2026, "02-17", 0, 20, 1)]
    toets(regels.vraag({"peildatum": "2026-02-17", "huurronde": 2026}), regels)
    made = compiled_for(regels, date(2026, 2, 17), date(2026, 7, 1)).compiler
    before = [dict(shared) for shared in (made._quantities, made._fields)]
    for vraag in asked:
        toets(vraag, regels)
    assert [made._quantities, made._fields] == before


def test_a_formula_may_be_deeper_than_python_takes_blocks(gebruikt: Used) -> None:
    chain = "".join(f"als inkomen < {limit} dan {limit} anders " for limit in range(10, 1510, 10)) + "7"
    assert gebruikt(chain, stand({"inkomen": 1495})) == (1500, {"inkomen"})
    assert gebruikt(chain, stand({"inkomen": 1500})) == (7, {"inkomen"})
    nested = "(open en (dicht of " * 60 + "inkomen > 5" + "))" * 60
    assert gebruikt(nested, stand({"open": True, "dicht": False, "inkomen": 6})) == (True, {"open", "dicht", "inkomen"})


def test_the_order_of_steps_is_the_same_whoever_asked_first(tmp_path: Path) -> None:
    figure = "proef{}:\n  geldig: {{vanaf: 2025-{}, tot_en_met: 2025-{}}}\n  grens: {{label: Grens, waarde: {}, {}}}\n"
    same = "eenheid: euro per jaar, bron: wet, zekerheid: officieel"
    more = figure.format(1, "01-01", "06-30", 11, same) + figure.format(2, "07-01", "12-31", 22, same)
    rules = besluit(
        ("a", "open", "ja"), ("b", "niet open", "nee"), ("c", "inkomen > grens", "nee"),
        waarden='{een: "als open dan op(2025-09-01, grens) anders 1", '
        'twee: "op(2025-03-01, grens) + op(2025-09-01, grens)"}',
    )  # fmt: skip
    (schrijf(tmp_path, regels=rules) / "land" / "2025.yaml").write_text(more, encoding="utf-8")
    regels = uit_map(tmp_path)
    for first in (True, False):
        klaar = Programma(Stand(regels, PEILDATUM, date(PEILDATUM.year, 7, 1)))
        klaar.besluiten[0].waarden(klaar.state(*stand({"open": first})))
        state = klaar.state(*stand({"open": False}))
        *_, bits = klaar.besluiten[0].waarden(state)
        shown = [step.waarde.replace("\N{NO-BREAK SPACE}", " ") for step in klaar.stappen.of(bits, Gemaakt(state))]
        assert shown == ["nee", "€ 11", "€ 22"]


def test_what_a_step_needs_stands_before_the_step() -> None:
    regels = PAKKET
    needs: dict[str, set[str]] = {
        name: {
            node.name
            for tree in definitions(regels, name)
            for node in walk(tree)
            if isinstance(node, Field | Figure | Quantity)
        }
        for name in (*regels.velden, *regels.grootheden)
    }
    rng, checked = random.Random(4), 0
    for jaar in range(2022, 2027):
        for _ in range(4):
            for part in toets(read(huishouden(rng, jaar=jaar))).conclusies:
                names = [step.naam for step in part.stappen]
                for index, name in enumerate(names):
                    late = needs.get(name, set()) & set(names[index + 1 :]) - {name}
                    assert not late, (part.id, name, late)
                    checked += bool(needs.get(name))
    assert checked > 1000
