"""The deciding reader fires exactly the rules that the explaining reader finds true."""

import random
from datetime import date
from pathlib import Path

import pytest

from regels.lezers import rete
from regels.programma import Programma
from regels.stand import Stand
from tests.hulp.geladen import PAKKET
from tests.hulp.regelsets import CIJFERS, Facts, besluit, laad, programma, stand
from tests.hulp.uitdrukkingen import QUANTITIES, condition, facts


def fired(made: Programma, known: Facts | None = None) -> frozenset[str]:
    return made.rete.fired(made.state(*stand(known or {})), "proef")


def random_set(rng: random.Random, folder: Path, size: int) -> Programma:
    rules = [("gebruikt", "inkomen > grens en rijk en apart en gezin en meer > 0", "ja")]
    rules += [(f"r{index}", condition(rng), "nee") for index in range(size)]
    return programma(laad(folder, regels=besluit(*rules, grootheden=QUANTITIES)))


def compare(made: Programma, rng: random.Random, rounds: int) -> tuple[int, int]:
    """How many rules fired, and how many stayed unknown; any difference between the readers fails."""
    fired_all = unknown = 0
    for _ in range(rounds):
        given = facts(rng)
        found = made.rete.fired(made.state(*stand(*given)), "proef")
        (klaar,) = made.besluiten
        true, waiting, _, open_ = klaar.gelden(made.state(*stand(*given)))
        assert found == {rule.regel.naam for rule in true}, given
        refuted = made.rete.refuted(made.state(*stand(*given)), "proef")
        assert refuted == {rule.regel.naam for rule in klaar.regels if rule not in (*true, *open_)}, given
        fired_all += len(found)
        unknown += len(waiting)
    return fired_all, unknown


@pytest.mark.parametrize("seed", range(12))
def test_random_conditions_on_random_facts_fire_as_they_evaluate(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    true, unknown = compare(random_set(rng, tmp_path, 8), rng, 150)
    assert true > 0 and unknown > 0


@pytest.mark.traag
@pytest.mark.parametrize("seed", range(1000, 1100))
def test_many_more_random_conditions_fire_as_they_evaluate(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    compare(random_set(rng, tmp_path, 8), rng, 400)


def test_thousands_of_states_leave_nothing_behind(tmp_path: Path) -> None:
    """Past 1,024 states a session per call would fail; a state that stayed would make a rule fire again."""
    made = programma(laad(tmp_path))
    for index in range(3000):
        low = index % 2 == 0
        assert fired(made, {"inkomen": 500 if low else 1500}) == {"past" if low else "te-hoog"}
    assert fired(made) == set()


def test_what_is_unknown_fires_neither_a_condition_nor_its_opposite(tmp_path: Path) -> None:
    rules = besluit(
        ("ja", "open", "ja"), ("nee", "niet open", "nee"), ("rood", "kleur = rood", "ja"),
        ("niet-rood", "kleur != rood", "ja"), ("geen", "kleur niet in (rood)", "ja"),
        ("grens", "inkomen <= grens", "ja"),
    )  # fmt: skip
    made = programma(laad(tmp_path, regels=rules))
    assert fired(made) == set()
    assert fired(made, {"open": False}) == {"nee"}
    assert fired(made, {"kleur": "blauw"}) == {"niet-rood", "geen"}


def test_a_difference_smaller_than_a_cent_counts(tmp_path: Path) -> None:
    rules = besluit(("boven", "inkomen / 3000000000 > grens / 3000000000", "ja"), ("niet", "inkomen <= grens", "nee"))
    made = programma(laad(tmp_path, regels=rules))
    assert fired(made, {"inkomen": 1001}) == {"boven"}
    assert fired(made, {"inkomen": 1000}) == {"niet"}


def test_a_decision_that_is_too_large_for_one_ruleset_is_spread(tmp_path: Path) -> None:
    """About 70 conditions that match one fact overflow the engine's stack (error 303); here 120 of one decision do."""
    rules = [(f"r{index}", f"inkomen > {index}", "ja") for index in range(120)]
    made = programma(laad(tmp_path, regels=besluit(*rules, ("grens", "inkomen <= grens", "nee"))))
    assert len(made.rete.rulesets["proef"]) > 1
    assert all(ruleset.conditions <= rete.MOST_CONDITIONS for ruleset in made.rete.rulesets["proef"])
    assert fired(made, {"inkomen": 5000}) == {f"r{index}" for index in range(120)}
    assert fired(made, {"inkomen": 1}) == {"grens", "r0"}


def test_the_rulesets_of_the_product_stay_small() -> None:
    made = Programma(Stand(PAKKET, date(2026, 3, 1), date(2026, 7, 1)))
    assert made.rete.rulesets
    for rulesets in made.rete.rulesets.values():
        assert all(ruleset.conditions <= rete.MOST_CONDITIONS for ruleset in rulesets)


def test_the_engine_is_asked_once_for_every_pattern(tmp_path: Path) -> None:
    """A fact holds on which side of a limit something lies, not the amount: what the engine said of it is kept."""
    made = programma(laad(tmp_path))
    decide = made.rete.rulesets["proef"][0].decide
    before = decide.cache_info()
    for income in range(0, 3000, 7):
        fired(made, {"inkomen": income})
    kept = decide.cache_info()
    assert kept.misses - before.misses <= 3 < kept.hits - before.hits
    assert kept.maxsize == rete.PATTERNS


def test_rules_of_which_only_a_figure_differs_share_what_the_engine_said(tmp_path: Path) -> None:
    one = laad(tmp_path / "een")
    other = laad(tmp_path / "twee", cijfers=CIJFERS.replace("1000", "2000"))
    first, second = (programma(regels) for regels in (one, other))
    assert first.rete.rulesets["proef"][0].decide is second.rete.rulesets["proef"][0].decide
    assert fired(first, {"inkomen": 1500}) == {"te-hoog"}
    assert fired(second, {"inkomen": 1500}) == {"past"}


def test_only_this_module_knows_the_engine() -> None:
    root = Path(rete.__file__).parents[2]
    users = [path for path in root.glob("[rsw]*/**/*.py") if "durable" in path.read_text(encoding="utf-8")]
    assert [path.name for path in users] == ["rete.py"]
