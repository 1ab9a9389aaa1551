"""The deciding reader: durable-rules tells which rules fire.

durable-rules 2.0.28 is safe in one pattern only, and this module is the only place that knows it: rulesets without a
host (and so without its threads), one session, one flat fact a call, properties compared with constants, unknown left
out, small rulesets, what fired taken as a set. ``docs/ontwerp.md`` has the measurements behind each of these.
"""

import json
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final

import durable_rules_engine
from durable import engine

from regels.lezers.uitleg import Compiler, Function, State, Unknown
from regels.regelset import Besluit, Regel
from regels.taal import NEGATED, And, Compare, Field, Member, Node, Not, Or, Quantity, Word, plain

# About 70 matching conditions on one fact overflow the engine's stack of 64 (error 303).
MOST_CONDITIONS: Final = 40
# Differences become whole numbers of a millionth, so that the engine compares integers and never a float.
_SCALE: Final = Decimal(1_000_000)
# What the engine says of a fact that was asserted.
_HANDLED: Final = 0
_NO_RULE: Final = 1
_OPERATORS: Final = {"<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", "!=": "$neq"}


@dataclass(frozen=True, slots=True)
class _Group:
    ruleset: engine.Ruleset
    rules: Mapping[str, tuple[str, str]]
    besluiten: frozenset[str]
    properties: tuple[tuple[str, Function], ...]
    conditions: int


class Rete:
    """The decisions of one :class:`regels.stand.Stand`, compiled for durable-rules."""

    _lock: Final = threading.Lock()
    _serial: Final = count()

    def __init__(self, compiler: Compiler, besluiten: list[tuple[Besluit, tuple[Regel, ...]]]) -> None:
        self._compiler = compiler
        self._groups = [self._group(batch) for batch in self._batches(besluiten)]

    def fired(self, state: State, besluiten: Collection[str] | None = None) -> set[tuple[str, str]]:
        """The rules that fire on the facts of ``state``, as (decision, rule); left out: those of every decision.

        The rulesets without a rule of ``besluiten`` are passed over; what fires beside those rules may be in it too.
        """
        fired: set[tuple[str, str]] = set()
        with self._lock:
            for group in self._groups:
                if besluiten is not None and group.besluiten.isdisjoint(besluiten):
                    continue
                fact: dict[str, object] = {"id": "feit", "sid": "0"}
                for name, function in group.properties:
                    value = function(state)
                    if value.__class__ is not Unknown:
                        fact[name] = value
                fired.update(group.rules[name] for name in _fired(group.ruleset, json.dumps(fact)))
        return fired

    def _batches(
        self, besluiten: list[tuple[Besluit, tuple[Regel, ...]]]
    ) -> "Iterator[list[tuple[Besluit, Regel, dict[str, Any], _Properties]]]":
        # by rule and not by decision: a large decision alone would be too much for the engine's stack
        properties, size = _Properties(self._compiler), 0
        batch: list[tuple[Besluit, Regel, dict[str, Any], _Properties]] = []
        for besluit, regel in ((besluit, regel) for besluit, regels in besluiten for regel in regels):
            condition = properties.condition(regel.als, besluit.datum)
            if batch and size + _leaves(condition) > MOST_CONDITIONS:
                yield batch
                properties, batch, size = _Properties(self._compiler), [], 0
                condition = properties.condition(regel.als, besluit.datum)
            batch.append((besluit, regel, condition, properties))
            size += _leaves(condition)
        if batch:
            yield batch

    def _group(self, batch: "list[tuple[Besluit, Regel, dict[str, Any], _Properties]]") -> _Group:
        definition = {
            f"r{index}": {"all": [{"m": condition}], "run": _nothing} for index, (*_, condition, _) in enumerate(batch)
        }
        with self._lock:
            ruleset = engine.Ruleset(f"huurtoets{next(self._serial)}", None, definition)
        rules = {f"r{index}": (besluit.id, regel.naam) for index, (besluit, regel, *_) in enumerate(batch)}
        size = sum(_leaves(condition) for *_, condition, _ in batch)
        ids = frozenset(besluit for besluit, _ in rules.values())
        return _Group(ruleset, rules, ids, tuple(batch[0][3].functions.items()), size)


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

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler
        self._names: dict[object, str] = {}
        self.functions: dict[str, Function] = {}

    def condition(self, node: Node, datum: str, *, holds: bool = True) -> dict[str, Any]:
        """``node`` (or its opposite) in the engine's form; negation is pushed down to the comparisons."""
        if isinstance(node, Not):
            return self.condition(node.part, datum, holds=not holds)
        if isinstance(node, And | Or):
            joined = "$and" if isinstance(node, And) == holds else "$or"
            parts = [self.condition(part, datum, holds=holds) for part in node.parts]
            return {joined: parts} if len(parts) > 1 else parts[0]
        if isinstance(node, Member):
            name = self._property(node.left, datum, _as_is)
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
        return {self._property(node, datum, _truth): "ja" if holds else "nee"}

    def _compare(self, node: Compare, datum: str, *, holds: bool) -> dict[str, Any]:
        op = node.op if holds else NEGATED[node.op]
        if node.kind in ("getal", "datum"):
            return _test(op, self._difference(node, datum), 0)
        if node.kind == "keuze" and isinstance(node.right, Word):
            return _test(op, self._property(node.left, datum, _as_is), node.right.value)
        return {self._property(node, datum, _truth): "ja" if holds else "nee"}

    def _difference(self, node: Compare, datum: str) -> str:
        left, right = self._compiler.compile(node.left, datum), self._compiler.compile(node.right, datum)

        def subtract(state: State) -> object:
            a, b = left(state), right(state)
            if a.__class__ is Unknown or b.__class__ is Unknown:
                return Unknown(())
            return _whole(a, b)

        return self._named(("-", plain(node.left), plain(node.right), datum), subtract)

    def _property(self, node: Node, datum: str, convert: Callable[[Any], object]) -> str:
        function = self._compiler.compile(node, datum)

        def read(state: State) -> object:
            value = function(state)
            return value if value.__class__ is Unknown else convert(value)

        return self._named((convert, plain(node), datum), read)

    def _named(self, key: object, function: Function) -> str:
        if key not in self._names:
            self._names[key] = f"p{len(self._names)}"
            self.functions[self._names[key]] = function
        return self._names[key]


def _whole(a: Any, b: Any) -> int:
    if isinstance(a, date):
        return int((a - b).days)
    difference = a - b
    scaled = int(difference * _SCALE)
    return scaled or (difference > 0) - (difference < 0)  # a difference below a millionth keeps its sign


def _as_is(value: object) -> object:
    return value


def _truth(value: object) -> object:
    return "ja" if value is True else "nee"


def _test(op: str, name: str, constant: object) -> dict[str, Any]:
    return {name: constant} if op == "=" else {_OPERATORS[op]: {name: constant}}


def _any(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$or": parts} if len(parts) > 1 else parts[0]


def _all(parts: list[dict[str, Any]]) -> dict[str, Any]:
    return {"$and": parts} if len(parts) > 1 else parts[0]
