"""Time for one check, split in parts, beside plain Python and a JSON round trip in the same loop."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from statistics import median, quantiles
from time import perf_counter_ns
from typing import TypeVar, cast

from bench.geladen import regels
from bench.huishoudens import ALL, COMPLETE, Household
from bench.kaal import Decide, write_out
from regels import Vraag, pakket, toets
from regels.lezers.toestand import State
from regels.programma import Programma, programma

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Durations in nanoseconds."""

    found: list[int]

    @property
    def median(self) -> float:
        """In milliseconds."""
        return median(self.found) / 1e6

    @property
    def p99(self) -> float:
        """In milliseconds."""
        return quantiles(self.found, n=100)[98] / 1e6


def timed(action: Callable[[], T], into: list[int]) -> T:
    """What ``action`` gives; its duration goes into ``into``."""
    start = perf_counter_ns()
    result = action()
    into.append(perf_counter_ns() - start)
    return result


def start_up() -> tuple[float, float, float]:
    """Milliseconds to load and check the rule files, to compile them for one date, and once more in brief."""
    into: list[int] = []
    fresh = timed(pakket, into)
    day = date(2026, 3, 1)
    for brief in (False, True):
        timed(partial(programma, fresh, day, date(2026, 7, 1), brief=brief), into)
    load, whole, brief_ = (nanoseconds / 1e6 for nanoseconds in into)
    return load, whole, brief_


def whole(rounds: int) -> dict[str, Times]:
    """The time of :func:`regels.toets` for each household."""
    return {name: Times([_one(vraag) for _ in range(rounds)]) for name, vraag in _questions(ALL)}


def parts(rounds: int) -> dict[str, Times]:
    """The time of each part of a check, over the complete households, and of the contenders."""
    found: dict[str, list[int]] = {name: [] for name in PARTS + CONTENDERS}
    cases = [(json.dumps(COMPLETE[name]), vraag, _program(vraag)) for name, vraag in _questions(COMPLETE)]
    plain = write_out(cases[0][2].stand)
    for _, vraag, _ in cases:
        _same_outcomes(vraag, plain)
    for _ in range(rounds):
        for text, vraag, program in cases:
            _round(text, vraag, program, plain, found)
    return {name: Times(times) for name, times in found.items()}


PARTS = ("read", "explain", "rete", "compose", "check", "write")
CONTENDERS = ("plain Python", "JSON there and back")
MEANING = {
    "read": "read the question (JSON to Vraag)",
    "explain": "+ uitleg: every condition, three-valued",
    "rete": "+ rete: durable-rules",
    "compose": "+ compare, and compose the answer",
    "check": "= the whole check (regels.toets)",
    "write": "write the answer (Uitslag to JSON)",
    "plain Python": "contender: the same conditions in plain Python",
    "JSON there and back": "contender: json.loads and json.dumps of the answer",
}


def _round(text: str, vraag: Vraag, program: Programma, plain: Decide, found: dict[str, list[int]]) -> None:
    timed(lambda: regels().lees(text), found["read"])
    facts, persons = vraag.feiten()
    state = program.state(facts, persons)
    timed(lambda: _explain(program, state), found["explain"])
    timed(lambda: [program.rete.fired(state, klaar.besluit.id) for klaar in program.besluiten], found["rete"])
    uitslag = timed(lambda: toets(vraag, regels()), found["check"])
    found["compose"].append(found["check"][-1] - found["explain"][-1] - found["rete"][-1])
    written = timed(lambda: uitslag.json(), found["write"])
    timed(lambda: plain(facts, persons), found["plain Python"])
    timed(lambda: json.dumps(json.loads(written)), found["JSON there and back"])


def _explain(program: Programma, state: State) -> None:
    for klaar in program.besluiten:
        klaar.gelden(state)


def _one(vraag: Vraag) -> int:
    into: list[int] = []
    timed(lambda: toets(vraag, regels()), into)
    return into[0]


def _questions(households: dict[str, Household]) -> Iterator[tuple[str, Vraag]]:
    for name, household in households.items():
        vraag = regels().lees(json.dumps(household))
        toets(vraag, regels())  # compiles the rules of its dates, so that no measurement does
        yield name, vraag


def _program(vraag: Vraag) -> Programma:
    facts, _ = vraag.feiten()
    return programma(regels(), cast(date, facts["peildatum"]), cast(date, facts["rondedatum"]))


def _same_outcomes(vraag: Vraag, plain: Decide) -> None:
    """The contender knows no assumptions: what rests on one is left out."""
    computed = plain(*vraag.feiten())
    alone = {name: toets(vraag, regels(), [name]) for name in computed}
    answered = {name: one.conclusie(name).uitkomst for name, one in alone.items() if not one.uitgangspunten}
    computed = {name: computed[name] for name in answered}
    if answered != computed:
        raise RuntimeError(f"plain Python differs from the check: {sorted(answered.items() ^ computed.items())}")
