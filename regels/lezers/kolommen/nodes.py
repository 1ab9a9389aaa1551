"""The expressions of a table and their logic: every expression exists once, and is simplified when it is made.

They stand between the trees of the rules and the expressions of an engine. Integers carry the lowest and highest value
they can have, so that overflow of 64 bits is excluded by proof and not by hope. An empty value means unknown.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from regels.taal import NEGATED

INT64: Final = 2**63 - 1
INT128: Final = 2**126


class Unsupported(Exception):
    """The rules use something that cannot be written as columns without losing exactness."""


@dataclass(frozen=True, slots=True, eq=False)
class Vertex:
    """One expression. ``kind`` is int, bool, word or date; ``lo`` and ``hi`` bound an int."""

    op: str
    args: tuple["Vertex", ...]
    data: Any
    kind: str
    nullable: bool
    lo: int = 0
    hi: int = 0

    @property
    def wide(self) -> bool:
        """Whether 64 bits are not proven to be enough."""
        return self.kind == "int" and max(abs(self.lo), abs(self.hi)) > INT64


class Logic:
    """Makes the nodes that every kind of value has, and those of truth; equal ones are the same object."""

    def __init__(self) -> None:
        self._known: dict[tuple[Any, ...], Vertex] = {}
        self.true, self.false = self._make("const", (), True, "bool"), self._make("const", (), False, "bool")

    def _make(
        self, op: str, args: tuple[Vertex, ...], data: Any, kind: str, nullable: bool = False, lo: int = 0, hi: int = 0
    ) -> Vertex:
        key = (op, tuple(map(id, args)), data, kind)
        node = self._known.get(key)
        if node is None:
            if max(abs(lo), abs(hi)) > INT128:
                raise Unsupported(f"een tussenuitkomst van '{op}' past niet in 128 bits")
            node = self._known[key] = Vertex(op, args, data, kind, nullable, lo, hi)
        return node

    # leaves

    def const(self, value: int | bool | str | date) -> Vertex:
        """A constant."""
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, int):
            return self._make("const", (), value, "int", lo=value, hi=value)
        return self._make("const", (), value, "word" if isinstance(value, str) else "date")

    def null(self, kind: str) -> Vertex:
        """Unknown in every row."""
        return self._make("null", (), None, kind, nullable=True)

    def column(self, name: str, kind: str, nullable: bool = True, lo: int = 0, hi: int = 0) -> Vertex:
        """A column of the table."""
        return self._make("column", (), name, kind, nullable, lo, hi)

    # truth

    def all(self, *parts: Vertex) -> Vertex:
        """Kleene's and."""
        return self._kleene("and", parts, self.true, self.false)

    def any(self, *parts: Vertex) -> Vertex:
        """Kleene's or."""
        return self._kleene("or", parts, self.false, self.true)

    def _kleene(self, op: str, parts: tuple[Vertex, ...], neutral: Vertex, stop: Vertex) -> Vertex:
        flat: dict[Vertex, None] = {}
        for part in parts:
            flat.update(dict.fromkeys(part.args if part.op == op else (part,)))
        flat.pop(neutral, None)
        if stop in flat:
            return stop
        for part in flat:
            if not part.nullable and self.no(part) in flat:
                return stop
        if len(flat) < 2:
            return next(iter(flat), neutral)
        return self._make(op, tuple(flat), None, "bool", any(part.nullable for part in flat))

    def no(self, part: Vertex) -> Vertex:
        """Not; unknown stays unknown."""
        if part.op == "const":
            return self.const(not part.data)
        if part.op == "null":
            return part
        if part.op == "not":
            return part.args[0]
        if part.op in ("cmp", "cmp_const"):
            op = NEGATED[part.data if part.op == "cmp" else part.data[0]]
            data = op if part.op == "cmp" else (op, part.data[1])
            return self._make(part.op, part.args, data, "bool", part.nullable)
        return self._make("not", (part,), None, "bool", part.nullable)

    def is_null(self, part: Vertex) -> Vertex:
        """Whether ``part`` is unknown."""
        if part.op == "null":
            return self.true
        if not part.nullable:
            return self.false
        if part.op == "not":
            return self.is_null(part.args[0])
        if part.op in ("cmp", "cmp_const", "add", "sub", "mul", "in"):
            return self.any(*map(self.is_null, part.args))
        return self._make("is_null", (part,), None, "bool")

    def known(self, part: Vertex) -> Vertex:
        """Whether ``part`` is known."""
        return self.no(self.is_null(part))

    def is_true(self, part: Vertex) -> Vertex:
        """Whether ``part`` is known and holds."""
        if not part.nullable:
            return part
        return self.false if part.op == "null" else self._make("is_true", (part,), None, "bool")

    # choice

    def when(self, condition: Vertex, yes: Vertex, no: Vertex) -> Vertex:
        """``yes`` where ``condition`` is known and holds, else ``no``."""
        if condition.op == "const":
            return yes if condition.data else no
        if condition.op == "null":
            return no
        if yes is no:
            return yes
        if condition.op == "is_true":
            condition = condition.args[0]
        if yes.kind == "bool":
            if yes is self.true and no is self.false:
                return self.is_true(condition)
            if yes is self.false and no is self.true:
                return self.no(self.is_true(condition))
        if condition.op == "not" and not condition.nullable:
            condition, yes, no = condition.args[0], no, yes
        return self._branches("when", condition, yes, no, yes.nullable or no.nullable)

    def ite(self, condition: Vertex, yes: Vertex, no: Vertex) -> Vertex:
        """``yes`` or ``no``, and unknown where ``condition`` is."""
        if not condition.nullable or condition.op == "null":
            return self.null(yes.kind) if condition.op == "null" else self.when(condition, yes, no)
        if yes.kind == "bool":
            if yes is self.true and no is self.false:
                return condition
            if yes is self.false and no is self.true:
                return self.no(condition)
        if condition.op == "not":
            condition, yes, no = condition.args[0], no, yes
        return self._branches("ite", condition, yes, no, True)

    def _branches(self, op: str, condition: Vertex, yes: Vertex, no: Vertex, nullable: bool) -> Vertex:
        filled = [part for part in (yes, no) if part.op != "null"]
        if not filled:
            return yes
        lo, hi = min(part.lo for part in filled), max(part.hi for part in filled)
        return self._make(op, (condition, yes, no), None, yes.kind, nullable, lo, hi)

    def coalesce(self, *parts: Vertex) -> Vertex:
        """The first that is known."""
        found: list[Vertex] = []
        for part in parts:
            if part.op == "null" or part in found:
                continue
            found.append(part)
            if not part.nullable:
                break
        if len(found) < 2:
            return found[0] if found else parts[0]
        lo, hi = min(part.lo for part in found), max(part.hi for part in found)
        return self._make("coalesce", tuple(found), None, found[0].kind, all(p.nullable for p in found), lo, hi)
