"""The graph of column expressions: numbers, words and days beside the logic of ``nodes``."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from math import gcd
from typing import Any

from regels.lezers.functies import months_before
from regels.lezers.kolommen.nodes import Logic, Unsupported, Vertex

_FLIPPED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "=": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


class Graph(Logic):
    """Makes the nodes of a table."""

    # integers

    def add(self, left: Vertex, right: Vertex) -> Vertex:
        """``left + right``."""
        if left.op == "const":
            left, right = right, left
        if "null" in (left.op, right.op):
            return self.null("int")
        if right.op == "const":
            if left.op == "const":
                return self.const(left.data + right.data)
            if right.data == 0:
                return left
            if left.op == "add" and left.args[1].op == "const":
                return self.add(left.args[0], self.const(left.args[1].data + right.data))
        (one, a), (other, b) = _term(left), _term(right)
        if one is other:
            return self.mul(one, self.const(a + b))
        nullable = left.nullable or right.nullable
        return self._make("add", (left, right), None, "int", nullable, left.lo + right.lo, left.hi + right.hi)

    def sub(self, left: Vertex, right: Vertex) -> Vertex:
        """``left - right``."""
        if "null" in (left.op, right.op):
            return self.null("int")
        if right.op == "const":
            return self.add(left, self.const(-right.data))
        (one, a), (other, b) = _term(left), _term(right)
        if one is other:
            return self.mul(one, self.const(a - b))
        nullable = left.nullable or right.nullable
        return self._make("sub", (left, right), None, "int", nullable, left.lo - right.hi, left.hi - right.lo)

    def mul(self, left: Vertex, right: Vertex) -> Vertex:
        """``left * right``."""
        if left.op == "const":
            left, right = right, left
        if "null" in (left.op, right.op):
            return self.null("int")
        if right.op == "const":
            if left.op == "const":
                return self.const(left.data * right.data)
            if right.data == 1:
                return left
            if left.op == "mul" and left.args[1].op == "const":
                return self.mul(left.args[0], self.const(left.args[1].data * right.data))
            if left.op in ("ite", "when") and all(part.op in ("const", "null") for part in left.args[1:]):
                make = self.ite if left.op == "ite" else self.when
                return make(left.args[0], self.mul(left.args[1], right), self.mul(left.args[2], right))
            if right.data == 0 and not left.nullable:
                return right
        ends = [a * b for a in (left.lo, left.hi) for b in (right.lo, right.hi)]
        if left is right:
            ends = [max(0, ends[0]) if left.lo > 0 else 0, left.lo**2, left.hi**2]
        nullable = left.nullable or right.nullable
        return self._make("mul", (left, right), None, "int", nullable, min(ends), max(ends))

    def floor_div(self, left: Vertex, right: Vertex) -> Vertex:
        """``left / right``, rounded down; ``right`` is positive, and where it is 0 the result is unknown."""
        if "null" in (left.op, right.op):
            return self.null("int")
        if right.lo < 0:
            raise Unsupported("delen door iets dat negatief kan zijn")
        if right.op == "const":
            if right.data == 1:
                return left
            if left.op == "const":
                return self.const(left.data // right.data)
            if left.op == "mul" and left.args[1].op == "const" and (common := gcd(left.args[1].data, right.data)) > 1:
                less = self.mul(left.args[0], self.const(left.args[1].data // common))
                return self.floor_div(less, self.const(right.data // common))
        low = max(1, right.lo)
        ends = [a // b for a in (left.lo, left.hi) for b in (low, max(low, right.hi))]
        nullable = left.nullable or right.nullable or right.lo == 0
        return self._make("floor_div", (left, right), None, "int", nullable, min(ends), max(ends))

    def extreme(self, name: str, left: Vertex, right: Vertex) -> Vertex:
        """``min`` or ``max``; unknown when either is."""
        if left.op == "const":
            left, right = right, left
        if "null" in (left.op, right.op):
            return self.null(left.kind)
        pick: Callable[[Any, Any], Any] = max if name == "max" else min
        if left.op == "const":
            return self.const(pick(left.data, right.data))
        if left.kind != "int":
            return self._make(name, (left, right), None, left.kind, left.nullable or right.nullable)
        first, second = (left, right) if name == "max" else (right, left)
        if not second.nullable and first.lo >= second.hi:
            return first if name == "max" else second if not first.nullable else self._guarded(first, second)
        if not first.nullable and second.lo >= first.hi:
            return second if name == "max" else first if not second.nullable else self._guarded(second, first)
        lo, hi = pick(left.lo, right.lo), pick(left.hi, right.hi)
        return self._make(name, (left, right), None, "int", left.nullable or right.nullable, lo, hi)

    def _guarded(self, needed: Vertex, value: Vertex) -> Vertex:
        """``value`` where ``needed`` is known."""
        return self.when(self.known(needed), value, self.null(value.kind))

    # sets, as bits of a number that is always known; nothing is computed with them or compared, so they have no bounds

    def union(self, *parts: Vertex) -> Vertex:
        """What is in any of ``parts``."""
        flat: dict[Vertex, None] = {}
        for part in parts:
            flat.update(dict.fromkeys(part.args if part.op == "union" else (part,)))
        fixed = 0
        for part in [part for part in flat if part.op == "const"]:
            fixed |= part.data
            del flat[part]
        if fixed:
            flat[self.const(fixed)] = None
        if len(flat) < 2:
            return next(iter(flat), self.const(0))
        return self._make("union", tuple(flat), None, "int")

    # comparing

    def compare(self, op: str, left: Vertex, right: Vertex) -> Vertex:
        """``left op right`` for two values of one kind; unknown when either is."""
        if "null" in (left.op, right.op):
            return self.null("bool")
        if left.op == "const":
            if right.op == "const":
                return self.const(_HOLDS[op](left.data, right.data))
            left, right, op = right, left, _FLIPPED[op]
        if right.op == "const":
            return self._compare_const(op, left, right.data)
        if _constant_tree(right):
            return self._push(right, lambda leaf: self.compare(op, left, leaf))
        if _constant_tree(left):
            return self._push(left, lambda leaf: self.compare(op, leaf, right))
        if left is right and not left.nullable:
            return self.const(op in ("=", "<=", ">="))
        return self._make("cmp", (left, right), op, "bool", left.nullable or right.nullable)

    def _push(self, tree: Vertex, use: Callable[[Vertex], Vertex]) -> Vertex:
        """``use`` on every leaf of a choice."""
        if tree.op == "coalesce":
            return self.coalesce(*(self._push(part, use) for part in tree.args))
        if tree.op in ("ite", "when"):
            condition, yes, no = tree.args
            make = self.ite if tree.op == "ite" else self.when
            return make(condition, self._push(yes, use), self._push(no, use))
        return use(tree)

    def _compare_const(self, op: str, left: Vertex, value: Any) -> Vertex:
        if left.kind == "bool":
            return left if (op == "=") == value else self.no(left)
        if left.op in ("ite", "when", "coalesce"):
            return self._push(left, lambda leaf: self.compare(op, leaf, self.const(value)))
        if left.kind == "int":
            return self._compare_int(op, left, value)
        return self._make("cmp_const", (left,), (op, value), "bool", left.nullable)

    def _compare_int(self, op: str, left: Vertex, value: int) -> Vertex:
        if left.op == "add" and left.args[1].op == "const":
            return self._compare_const(op, left.args[0], value - left.args[1].data)
        if left.op == "mul" and left.args[1].op == "const" and left.args[1].data > 0:
            low, rest = divmod(value, left.args[1].data)
            if rest and op in ("=", "!="):
                return self.when(self.known(left), self.const(op == "!="), self.null("bool"))
            # with a rest, x < v and x <= v are x <= low, and x > v and x >= v are x > low
            exact = op if not rest else {"<": "<=", ">=": ">"}.get(op, op)
            return self._compare_const(exact, left.args[0], low)
        if op in ("=", "!=") and left.op in ("min", "max", "years", "months"):
            # an age is exactly so much on the days of one year: two comparisons of days, and no age is computed
            equal = self.all(self._compare_int(">=", left, value), self._compare_int("<=", left, value))
            return equal if op == "=" else self.no(equal)
        if left.op in ("min", "max") and left.args[1].op == "const":
            kept = _HOLDS[op](left.args[1].data, value) is ((op in ("<", "<=")) is (left.op == "max"))
            if op not in ("=", "!=") and kept:
                return self._compare_const(op, left.args[0], value)
        if not left.nullable:
            always = {_HOLDS[op](end, value) for end in (left.lo, left.hi)}
            if op not in ("=", "!=") and len(always) == 1:
                return self.const(always.pop())
        if left.op in ("years", "months"):
            return self._compare_age(op, left, value)
        return self._make("cmp_const", (left,), (op, value), "bool", left.nullable)

    # words

    def one_of(self, left: Vertex, words: frozenset[str]) -> Vertex:
        """Whether a word is in ``words``."""
        if left.op == "null":
            return self.null("bool")
        if left.op == "const":
            return self.const(left.data in words)
        if left.op in ("ite", "when", "coalesce"):
            return self._push(left, lambda leaf: self.one_of(leaf, words))
        return self.any(*(self.compare("=", left, self.const(word)) for word in sorted(words)))

    def look_up(self, key: Vertex, table: dict[str, Vertex], kind: str) -> Vertex:
        """The cell of ``table`` for a word."""
        if key.op == "null":
            return self.null(kind)
        if key.op == "const":
            return table[key.data]
        if key.op in ("ite", "when", "coalesce"):
            return self._push(key, lambda leaf: self.look_up(leaf, table, kind))
        cells = list(table.items())
        rest = cells[-1][1]
        for word, cell in reversed(cells[:-1]):
            rest = self.when(self.compare("=", key, self.const(word)), cell, rest)
        return self.when(self.known(key), rest, self.null(kind))

    # dates

    def span(self, unit: str, start: Vertex, end: Vertex) -> Vertex:
        """Whole ``years`` or ``months`` between two days."""
        if "null" in (start.op, end.op):
            return self.null("int")
        most = 300 * (1 if unit == "years" else 12)
        return self._make(unit, (start, end), None, "int", start.nullable or end.nullable, -most, most)

    def _compare_age(self, op: str, left: Vertex, value: int) -> Vertex:
        start, end = left.args
        if end.op != "const":
            return self._make("cmp_const", (left,), (op, value), "bool", left.nullable)
        # at least n years on a day: born on that day n years earlier, or before
        least = value if op in (">=", "<") else value + 1
        months = least * (12 if left.op == "years" else 1)
        reached = self.compare("<=", start, self.const(_earlier(end.data, months)))
        return reached if op in (">=", ">") else self.no(reached)

    def day(self, name: str, part: Vertex, data: Any = None) -> Vertex:
        """Made from a day: ``months_before`` (``data`` of them), ``year_start``, ``month_start`` or ``year``."""
        if part.op == "null":
            return self.null("int" if name == "year" else "date")
        kind, hi = ("int", 9999) if name == "year" else ("date", 0)
        return self._make(name, (part,), data, kind, part.nullable, 0, hi)


def _term(node: Vertex) -> tuple[Vertex, int]:
    if node.op == "mul" and node.args[1].op == "const":
        return node.args[0], node.args[1].data
    return node, 1


def _constant_tree(node: Vertex) -> bool:
    if node.op in ("ite", "when"):
        return all(_constant_tree(part) for part in node.args[1:])
    if node.op == "coalesce":
        return all(_constant_tree(part) for part in node.args)
    return node.op in ("const", "null")


def _earlier(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the first or last day there is, where that is beyond them."""
    try:
        return months_before(day, months)
    except (ValueError, OverflowError):
        return date.min if months > 0 else date.max


def total(graph: Graph, parts: list[Vertex]) -> Vertex:
    """The sum of ``parts``; unknown when one of them is."""
    return reduce(graph.add, parts, graph.const(0))
