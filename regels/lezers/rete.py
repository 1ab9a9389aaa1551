"""The deciding reader: durable-rules tells which rules fire.

durable-rules 2.0.28 is safe in one pattern only, and this module is the only place that knows it: rulesets without a
host (and so without its threads), one session, one flat fact a call, properties compared with constants, unknown left
out, small rulesets, what fired taken as a set. ``docs/ontwerp.md`` has the measurements behind each of these.

A fact holds no amount, only on which side of each limit it lies, and words. So few different facts exist of a decision,
and what the engine said of one is kept: it decides each of them once.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import _lru_cache_wrapper, lru_cache, partial
from itertools import count
from typing import Any, Final

import durable_rules_engine
from durable import engine

from regels.lezers.code import Atom, Code
from regels.lezers.toestand import State
from regels.lezers.uitleg import Compiler
from regels.regelset import Besluit, Regel
from regels.taal import NEGATED, And, Compare, Field, Member, Node, Not, Or, Quantity, Word, plain

# About 70 matching conditions on one fact overflow the engine's stack of 64 (error 303).
MOST_CONDITIONS: Final = 40
# How many rulesets are kept, and of each how many facts.
ENGINES: Final = 1024
PATTERNS: Final = 1024
# What the engine says of a fact that was asserted.
_HANDLED: Final = 0
_NO_RULE: Final = 1
_OPERATORS: Final = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq"}
_LOCK: Final = threading.Lock()
_serial: Final = count()

# what a property of a fact may be: a sign or a word; None is unknown, and left out
Property = int | str | None


class Rete:
    """The decisions of one :class:`regels.stand.Stand`, compiled for durable-rules."""

    def __init__(self, compiler: Compiler, besluiten: list[tuple[Besluit, tuple[Regel, ...]]]) -> None:
        self.rulesets = {besluit.id: tuple(_rulesets(compiler, besluit, regels)) for besluit, regels in besluiten}
        self._opposites = lru_cache(None)(partial(_opposites, compiler, {b.id: (b, regels) for b, regels in besluiten}))

    def fired(self, state: State, besluit: str) -> frozenset[str]:
        """The rules of ``besluit`` that fire on the facts of ``state``, by name."""
        fired: frozenset[str] = frozenset()
        for ruleset in self.rulesets.get(besluit, ()):
            fired |= ruleset.decide(ruleset.fact(state))
        return fired

    def refuted(self, state: State, besluit: str) -> frozenset[str]:
        """The rules of ``besluit`` of which the opposite fires on the facts of ``state``: those known not to apply."""
        return frozenset().union(*(ruleset.decide(ruleset.fact(state)) for ruleset in self._opposites(besluit)))


def _opposites(
    compiler: Compiler, besluiten: Mapping[str, tuple[Besluit, tuple[Regel, ...]]], besluit: str
) -> "tuple[Ruleset, ...]":
    """Written when first asked for: a complete household never needs them."""
    return tuple(_rulesets(compiler, *besluiten[besluit], holds=False))


def _rulesets(
    compiler: Compiler, besluit: Besluit, regels: tuple[Regel, ...], *, holds: bool = True
) -> "Iterator[Ruleset]":
    """The rules of one decision, or their opposites; in parts where all would be too much for the engine's stack."""
    properties, size = _Properties(compiler, besluit), 0
    batch: dict[str, dict[str, Any]] = {}
    for regel in regels:
        condition = properties.condition(regel.als, besluit.datum, holds=holds)
        if batch and size + _leaves(condition) > MOST_CONDITIONS:
            yield Ruleset(batch, properties.function())
            properties, batch, size = _Properties(compiler, besluit), {}, 0
            condition = properties.condition(regel.als, besluit.datum, holds=holds)
        batch[regel.naam] = condition
        size += _leaves(condition)
    yield Ruleset(batch, properties.function())


class Ruleset:
    """A few rules of one decision, and how their properties are found."""

    def __init__(self, rules: dict[str, dict[str, Any]], fact: Callable[[State], tuple[Property, ...]]) -> None:
        self.conditions = sum(_leaves(condition) for condition in rules.values())
        self.fact = fact
        self.decide = _decider(json.dumps(rules))


@lru_cache(maxsize=ENGINES)
def _decider(text: str) -> "_lru_cache_wrapper[frozenset[str]]":
    """What the engine says of the properties ``p0``, ``p1``, ...; ``text`` has the condition of each rule.

    Stretches of days in which only figures differ share it, for the figures are in the properties.
    """
    rules: dict[str, dict[str, Any]] = json.loads(text)
    names = tuple(rules)
    definition = {
        f"r{index}": {"all": [{"m": condition}], "run": _nothing} for index, condition in enumerate(rules.values())
    }
    with _LOCK:
        ruleset = engine.Ruleset(f"huurtoets{next(_serial)}", None, definition)

    @lru_cache(maxsize=PATTERNS)
    def decide(values: tuple[Property, ...]) -> frozenset[str]:
        fact: dict[str, Property] = {"id": "feit", "sid": "0"}
        fact |= {f"p{index}": value for index, value in enumerate(values) if value is not None}
        with _LOCK:
            return frozenset(names[int(fired[1:])] for fired in _fired(ruleset, json.dumps(fact)))

    return decide


def _nothing(context: Any) -> None:
    """What a rule does: the engine wants a function, but only the name of the rule is asked for."""


def _fired(ruleset: engine.Ruleset, fact: str) -> Iterator[str]:
    """The names of the rules that fire on ``fact``: asserted, collected and retracted in one session.

    The package's own loop runs a Python function for each rule, with the state and the fact read from JSON and written
    back. The same calls without those take a third of the time.
    """
    handle = ruleset._handle
    handled, place = durable_rules_engine.assert_fact(handle, fact)
    try:
        if handled == _NO_RULE:
            return
        if handled != _HANDLED:
            raise RuntimeError("the engine still held an earlier fact")
        action = durable_rules_engine.start_action_for_state(handle, place)
        message: str | None = action[1] if action else None
        while message:  # {"name of the rule": ...}
            yield message[2 : message.index('"', 2)]
            message = durable_rules_engine.complete_and_start_action(handle, place)
    finally:
        durable_rules_engine.retract_fact(handle, fact)


def _leaves(condition: dict[str, Any]) -> int:
    for operator in ("$and", "$or"):
        if operator in condition:
            return sum(_leaves(part) for part in condition[operator])
    return 1


class _Properties:
    """The flat properties of one fact: each compares with a constant, as the engine needs it."""

    def __init__(self, compiler: Compiler, besluit: Besluit) -> None:
        self._compiler = compiler
        self._code = Code(f"{besluit.id} rete", traced=False)
        self._names: dict[object, str] = {}
        self._values: list[str] = []

    def function(self) -> Callable[[State], tuple[Property, ...]]:
        """What finds all of them for a question, in the order of their names."""
        return self._code.function(f"({''.join(f'{value}, ' for value in self._values)})")

    def condition(self, node: Node, datum: str, *, holds: bool = True) -> dict[str, Any]:
        """``node`` (or its opposite) in the engine's form; negation is pushed down to the comparisons."""
        if isinstance(node, Not):
            return self.condition(node.part, datum, holds=not holds)
        if isinstance(node, And | Or):
            joined = "$and" if isinstance(node, And) == holds else "$or"
            parts = [self.condition(part, datum, holds=holds) for part in node.parts]
            return {joined: parts} if len(parts) > 1 else parts[0]
        if isinstance(node, Member):
            name = self._word(node.left, datum)
            if holds:
                return _any([{name: word} for word in node.words])
            return _all([{"$neq": {name: word}} for word in node.words])
        if isinstance(node, Compare):
            return self._compare(node, datum, holds=holds)
        if isinstance(node, Quantity) and not node.per_person:
            formule = self._compiler.stand.formule(node.name)
            if formule is not None and isinstance(formule.boom, And | Or | Not | Compare | Member | Quantity | Field):
                return self.condition(
                    formule.boom, self._compiler.stand.regels.grootheden[node.name].datum, holds=holds
                )
        return {self._truth(node, datum): "ja" if holds else "nee"}

    def _compare(self, node: Compare, datum: str, *, holds: bool) -> dict[str, Any]:
        op = node.op if holds else NEGATED[node.op]
        if node.kind in ("getal", "datum"):
            return _test(op, self._difference(node, datum), 0)
        if node.kind == "keuze" and isinstance(node.right, Word):
            return _test(op, self._word(node.left, datum), node.right.value)
        return {self._truth(node, datum): "ja" if holds else "nee"}

    def _difference(self, node: Compare, datum: str) -> str:
        def sign() -> str:
            parts = (self._compiler.write(part, datum, self._code) for part in (node.left, node.right))
            left, right = (self._code.settle(part) for part in parts)
            # amounts or days: exact, and the engine compares a whole number with zero
            found = self._code.unless_unknown(
                f"({left.text} > {right.text}) - ({left.text} < {right.text})", left, right
            )
            return self._known(found)

        return self._named(("-", plain(node.left), plain(node.right), datum), sign)

    def _word(self, node: Node, datum: str) -> str:
        return self._named(
            ("woord", plain(node), datum), lambda: self._known(self._compiler.write(node, datum, self._code))
        )

    def _truth(self, node: Node, datum: str) -> str:
        def truth() -> str:
            found = self._code.settle(self._compiler.write(node, datum, self._code)).text
            return f"'ja' if {found} is True else 'nee' if {found} is False else None"

        return self._named(("waarheid", plain(node), datum), truth)

    def _known(self, found: Atom) -> str:
        return found.text if found.sure else f"{found.text} if {found.known} else None"

    def _named(self, key: object, value: Callable[[], str]) -> str:
        if key not in self._names:
            self._names[key] = f"p{len(self._names)}"
            self._values.append(value())
        return self._names[key]


def _test(op: str, name: str, constant: object) -> dict[str, Any]:
    return {name: constant} if op == "=" else {_OPERATORS[op]: {name: constant}}


def _any(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$or": parts} if len(parts) > 1 else parts[0]


def _all(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$and": parts} if len(parts) > 1 else parts[0]
