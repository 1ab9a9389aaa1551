"""A sum of which a part is unknown lies between two ends: a comparison is known when both ends agree.

A comparison ``C`` with such a sum becomes ``eerste_bekende(C, (C of zeker) en mogelijk)``. In ``zeker`` and
``mogelijk`` stand the lowest and the highest in the place of each side: of a field the ends of its domain, of a
resident who may count or not both. So all readers have the ends without knowing of them, and where ``C`` is known they
are not looked at. An end of more than :data:`MEESTE` parts is not written.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from regels.taal import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Field,
    Figure,
    Loop,
    Node,
    Number,
    Or,
    Quantity,
    walk,
)
from regels.typen import ROUNDING
from regels.velden import Veld

# one way with their first argument
_RISING: Final = (*ROUNDING, "per_jaar", "per_maand", "in_maanden")
_LOOPS: Final = ("som", "aantal")
# Of how many parts an end may be. What is longer (a whole allowance) costs more to compile than it tells.
MEESTE: Final = 30
_KNOWN: Final = "eerste_bekende"
_ZERO: Final = Number(0, Decimal(0))
_ONE: Final = Number(0, Decimal(1))


class Einden:
    """The ends of the expressions of one stretch; ``formule`` gives the formula of a quantity as it is written."""

    def __init__(
        self, velden: Mapping[str, Veld], formule: Callable[[str], Node | None], cijfer: Callable[[str], bool]
    ) -> None:
        self._velden, self._formule, self._positive = velden, formule, cijfer
        self._sums: dict[str, bool] = {}

    def ruim(self, node: Node) -> Node:
        """``node`` in which each comparison with a sum looks at both ends."""
        if isinstance(node, Compare) and self._between(node):
            rising = node.op in (">", ">=")
            sure = self._compared(node, low=rising)
            possible = self._compared(node, low=not rising)
            if next(islice(walk(sure), MEESTE, None), None) is not None:  # longer than that
                return node
            return Call(node.at, _KNOWN, (node, And(node.at, (Or(node.at, (node, sure)), possible))))
        changes: dict[str, Any] = {}
        for name in node.__dataclass_fields__:
            value = getattr(node, name)
            if isinstance(value, Node):
                if (made := self.ruim(value)) is not value:
                    changes[name] = made
            elif isinstance(value, tuple):
                parts = tuple(self.ruim(part) if isinstance(part, Node) else part for part in value)
                if any(part is not old for part, old in zip(parts, value, strict=True)):
                    changes[name] = parts
        return replace(node, **changes) if changes else node

    def _between(self, node: Compare) -> bool:
        if node.kind != "getal" or node.op not in ("<", "<=", ">", ">="):
            return False
        if isinstance(node.left, Loop) and node.op == ">=" and node.right == replace(_ZERO, at=node.right.at):
            return False  # every number passes: it asks whether it is known who counts
        return self._has_sum(node.left) or self._has_sum(node.right)

    def _has_sum(self, node: Node) -> bool:
        return any(
            part.kind in _LOOPS if isinstance(part, Loop) else isinstance(part, Quantity) and self._is_sum(part.name)
            for part in walk(node)
        )

    def _is_sum(self, name: str) -> bool:
        if name not in self._sums:
            self._sums[name] = False
            formula = self._formule(name)
            self._sums[name] = formula is not None and self._has_sum(formula)
        return self._sums[name]

    def _compared(self, node: Compare, *, low: bool) -> Compare:
        return replace(node, left=self._end(node.left, low=low), right=self._end(node.right, low=not low))

    def _end(self, node: Node, *, low: bool) -> Node:
        """The lowest (``low``) or the highest that ``node`` can be; itself where that cannot be said."""
        name = f"_{type(node).__name__.lower()}"
        found: Node = getattr(self, name)(node, low) if hasattr(self, name) else node
        return found

    def _field(self, node: Field, low: bool) -> Node:
        veld = self._velden.get(node.name)
        end = None if veld is None else veld.minimum if low else veld.maximum
        return Call(0, _KNOWN, (node, Number(0, end))) if isinstance(end, Decimal) else node

    def _quantity(self, node: Quantity, low: bool) -> Node:
        formula = self._formule(node.name)
        end = node if formula is None else self._end(formula, low=low)
        return node if end is formula or end is node else Call(0, _KNOWN, (node, end))

    def _arithmetic(self, node: Arithmetic, low: bool) -> Node:
        if node.op in "+-":
            right = self._end(node.right, low=low == (node.op == "+"))
            return replace(node, left=self._end(node.left, low=low), right=right)
        if node.op == "*" and self._at_least_zero(node.right):
            return replace(node, left=self._end(node.left, low=low))
        if node.op == "*" and self._at_least_zero(node.left):
            return replace(node, right=self._end(node.right, low=low))
        return node

    def _at_least_zero(self, node: Node) -> bool:
        if isinstance(node, Figure):
            return self._positive(node.name)
        return isinstance(node, Number) and node.value >= 0

    def _call(self, node: Call, low: bool) -> Node:
        if node.function in ("min", "max"):
            return replace(node, arguments=tuple(self._end(part, low=low) for part in node.arguments))
        if node.function in _RISING:
            first, *others = node.arguments
            return replace(node, arguments=(self._end(first, low=low), *others))
        return node

    def _choice(self, node: Choice, low: bool) -> Node:
        yes, no = self._end(node.yes, low=low), self._end(node.no, low=low)
        return Call(0, _KNOWN, (replace(node, yes=yes, no=no), Call(0, "min" if low else "max", (yes, no))))

    def _loop(self, node: Loop, low: bool) -> Node:
        """Of who may count or not the one that gives less, or more."""
        if node.kind not in _LOOPS:
            return node
        value = _ONE if node.value is None else self._end(node.value, low=low)
        if node.condition is None:
            return replace(node, kind="som", value=value)
        either = Call(0, "min" if low else "max", (value, _ZERO))
        return Loop(0, "som", Call(0, _KNOWN, (Choice(0, node.condition, value, _ZERO), either)), None)
