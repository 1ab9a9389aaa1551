"""A formula of ``jaarwissel.yaml`` on the figures that are in the files, filled in or not.

The readers of the rules need a rule set that is whole; a draft is not. What is not there makes a value that needs it
None: nothing is said of what cannot be known yet.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from regels.jaarwissel.jaarbestanden import Jaarbestanden
from regels.lezers.functies import FUNCTIONS
from regels.taal import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Date,
    Field,
    Figure,
    Member,
    Node,
    Not,
    Number,
    Or,
    Truth,
    Word,
)
from regels.velden import Waarde

_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}
_ARITHMETIC: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal | None]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b if b else None,
}


class Jaarformule:
    """Works out expressions on one day, with what its names stand for; it keeps which figures it read."""

    def __init__(self, files: Jaarbestanden, dag: date, velden: Mapping[str, Waarde | None]) -> None:
        self._files, self._dag, self._velden = files, dag, velden
        self.gelezen: dict[str, Waarde | None] = {}

    def waarde(self, node: Node) -> Waarde | None:
        """The value of an expression; None where something it needs is not there."""
        match node:
            case Number() | Date() | Word() | Truth():
                return node.value
            case Field():
                return self._velden.get(node.name)
            case Figure():
                return self._figure(node)
            case And() | Or():
                return self._kleene([self.waarde(part) for part in node.parts], stop=isinstance(node, Or))
            case Not():
                return None if (part := self.waarde(node.part)) is None else not part
            case Choice():
                chosen = self.waarde(node.condition)
                return None if chosen is None else self.waarde(node.yes if chosen else node.no)
            case Member():
                return None if (left := self.waarde(node.left)) is None else left in node.words
            case Arithmetic():
                return self._both(_ARITHMETIC[node.op], node.left, node.right)
            case Compare():
                return self._both(_COMPARE[node.op], node.left, node.right)
            case Call():
                return self._call(node)
        raise TypeError(node)

    def _both(self, function: Callable[..., Waarde | None], left: Node, right: Node) -> Waarde | None:
        a, b = self.waarde(left), self.waarde(right)
        return None if a is None or b is None else function(a, b)

    def _call(self, node: Call) -> Waarde | None:
        values = [self.waarde(part) for part in node.arguments]
        if node.function == "eerste_bekende":
            return next((value for value in values if value is not None), None)
        return None if None in values else FUNCTIONS[node.function](*values)

    def _kleene(self, values: list[Waarde | None], *, stop: bool) -> Waarde | None:
        return stop if stop in values else None if None in values else not stop

    def _figure(self, node: Figure) -> Waarde | None:
        day = self._dag if node.on is None else self.waarde(node.on)
        key = "" if node.key is None else self.waarde(node.key)
        if not isinstance(day, date) or not isinstance(key, str):
            return None
        found = self._files.op(node.name, day)
        value = None if found is None else found.waarde(key)
        self.gelezen[f"{node.name}[{key}] {day}"] = value
        return value
