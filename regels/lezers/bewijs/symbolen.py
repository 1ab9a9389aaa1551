"""Values that are not known yet as numbers, only as symbols: what ``uitleg`` computes, written for Z3.

A :class:`Symbool` is a value and whether it is known. A day is three whole numbers (year, month, day), so that ages are
counted exactly as ``uitleg`` counts them. Amounts are exact: Z3 computes with fractions, never with floats.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from typing import Any, Final

import z3

from regels.velden import Waarde

Term = Any  # an expression of Z3, which has no types of its own for Python

JA: Final[Term] = z3.BoolVal(True)
NEE: Final[Term] = z3.BoolVal(False)
_CODES: dict[str, int] = {}


@dataclass(frozen=True, slots=True)
class Symbool:
    """A value (``delen``: one term, or year, month and day) and whether it is known."""

    delen: tuple[Term, ...]
    bekend: Term = JA

    @property
    def term(self) -> Term:
        """The value itself; of a day, a number that orders days."""
        return self.delen[0] if len(self.delen) == 1 else orde(self)


def getal(value: Decimal | int) -> Term:
    """``value`` as an exact fraction."""
    return z3.RealVal(str(value))


def code(word: str) -> int:
    """The number that stands for a word of a choice."""
    return _CODES.setdefault(word, len(_CODES))


def vast(value: Waarde) -> Symbool:
    """A value that is known now."""
    if isinstance(value, bool):
        return Symbool((JA if value else NEE,))
    if isinstance(value, Decimal):
        return Symbool((getal(value),))
    if isinstance(value, date):
        return Symbool(tuple(z3.IntVal(part) for part in (value.year, value.month, value.day)))
    return Symbool((z3.IntVal(code(value)),))


# logic, folded where it can be: small formulas are solved and read more easily


def en(*parts: Term) -> Term:
    """All of them."""
    kept = [part for part in parts if not z3.is_true(part)]
    if any(z3.is_false(part) for part in kept):
        return NEE
    return JA if not kept else kept[0] if len(kept) == 1 else z3.And(*kept)


def of(*parts: Term) -> Term:
    """At least one of them."""
    kept = [part for part in parts if not z3.is_false(part)]
    if any(z3.is_true(part) for part in kept):
        return JA
    return NEE if not kept else kept[0] if len(kept) == 1 else z3.Or(*kept)


def niet(part: Term) -> Term:
    """Not this."""
    return NEE if z3.is_true(part) else JA if z3.is_false(part) else z3.Not(part)


def kies(condition: Term, yes: Term, no: Term) -> Term:
    """``yes`` when ``condition`` holds, else ``no``."""
    if z3.is_true(condition) or yes.eq(no):
        return yes
    if z3.is_false(condition):
        return no
    if z3.is_true(yes) or z3.is_false(no):
        return of(condition, no) if z3.is_true(yes) else en(condition, yes)
    whole = _heel(yes), _heel(no)
    if None not in whole and z3.Z3_OP_TO_REAL in (yes.decl().kind(), no.decl().kind()):
        return z3.ToReal(z3.If(condition, *whole))  # Z3 reasons far better about a choice between whole numbers
    return z3.If(condition, yes, no)


def _heel(term: Term) -> Term | None:
    """The whole number inside a number, when it is one."""
    if z3.is_app_of(term, z3.Z3_OP_TO_REAL):
        return term.arg(0)
    return z3.IntVal(term.numerator_as_long()) if z3.is_rational_value(term) and is_geheel(term) else None


def kies_waarde(condition: Term, yes: Symbool, no: Symbool) -> Symbool:
    """The one or the other value, each with whether it is known."""
    parts = tuple(kies(condition, a, b) for a, b in zip(yes.delen, no.delen, strict=True))
    return Symbool(parts, kies(condition, yes.bekend, no.bekend))


def uit_tabel(key: Term, cells: Mapping[str, Waarde]) -> Symbool:
    """The cell of a table; ``key`` is a word of it."""
    words = list(cells)
    found = vast(cells[words[-1]])
    for word in reversed(words[:-1]):
        found = kies_waarde(key == code(word), vast(cells[word]), found)
    return found


# numbers


def maal(left: Term, right: Term) -> Term:
    """The product; a choice between numbers is taken apart, so that no product of two unknowns is left behind."""
    if not _number(left) and not _number(right):
        for one, other in ((right, left), (left, right)):
            if z3.is_app_of(one, z3.Z3_OP_ITE) and _choice_of_numbers(one):
                condition, yes, no = one.children()
                return z3.If(condition, maal(yes, other), maal(no, other))
    return left * right


def _number(term: Term) -> bool:
    return bool(z3.is_rational_value(term) or z3.is_int_value(term))


def _choice_of_numbers(term: Term) -> bool:
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        return all(_choice_of_numbers(child) for child in term.children()[1:])
    return _number(term)


def is_geheel(term: Term) -> bool:
    """Whether this is a whole number by the way it is built. Z3 does not see it through a choice."""
    if z3.is_rational_value(term):
        return bool(term.denominator_as_long() == 1)
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        return all(is_geheel(child) for child in term.children()[1:])
    if any(z3.is_app_of(term, kind) for kind in (z3.Z3_OP_ADD, z3.Z3_OP_SUB, z3.Z3_OP_MUL, z3.Z3_OP_UMINUS)):
        return all(is_geheel(child) for child in term.children())
    return bool(z3.is_app_of(term, z3.Z3_OP_TO_REAL))


def floor(value: Term) -> Term:
    """The whole number that is not above ``value``."""
    return z3.ToReal(z3.ToInt(value))


def _half_up(value: Term) -> Term:
    half = z3.Q(1, 2)
    return z3.ToReal(kies(value >= 0, z3.ToInt(value + half), -z3.ToInt(half - value)))


_ROUND: Mapping[str, Callable[[Term], Term]] = {
    "naar_beneden": floor,
    "naar_boven": lambda value: -floor(-value),
    "halve_omhoog": _half_up,
}


def rond(how: str, value: Term, step: Term) -> Term:
    """``value`` in whole steps, as the rounding of the language does it."""
    steps = value if step.eq(getal(1)) else value / step
    return maal(_ROUND[how](steps), step)


def uiterste(how: str, values: list[Symbool]) -> tuple[Term, ...]:
    """The smallest (``min``) or largest (``max``) of numbers or days."""

    def better(one: Symbool, other: Symbool) -> Symbool:
        first = one.term <= other.term if how == "min" else one.term >= other.term
        return kies_waarde(first, one, other)

    return reduce(better, values).delen


# days


def orde(day: Symbool) -> Term:
    """A number that grows with the day."""
    year, month, number = day.delen
    return year * 372 + month * 31 + number


def _in_year(day: Symbool) -> Term:
    return day.delen[1] * 31 + day.delen[2]


def laatste_dag(year: Term, month: Term) -> Term:
    """The number of days of a month."""
    leap = z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))
    short = z3.Or(month == 4, month == 6, month == 9, month == 11)
    return kies(month == 2, kies(leap, z3.IntVal(29), z3.IntVal(28)), kies(short, z3.IntVal(30), z3.IntVal(31)))


def bestaat(day: Symbool) -> Term:
    """Whether these three numbers are a day of the calendar."""
    year, month, number = day.delen
    return z3.And(month >= 1, month <= 12, number >= 1, number <= laatste_dag(year, month))


def _years_between(start: Symbool, end: Symbool) -> tuple[Term, ...]:
    years = end.delen[0] - start.delen[0] - kies(_in_year(end) < _in_year(start), z3.IntVal(1), z3.IntVal(0))
    return (z3.ToReal(years),)


def _months_between(start: Symbool, end: Symbool) -> tuple[Term, ...]:
    (y1, m1, d1), (y2, m2, d2) = start.delen, end.delen
    return (z3.ToReal((y2 - y1) * 12 + m2 - m1 - kies(d2 < d1, z3.IntVal(1), z3.IntVal(0))),)


def _months_before(day: Symbool, months: Symbool) -> tuple[Term, ...]:
    year, month, number = day.delen
    total = year * 12 + month - 1 - z3.ToInt(months.term)
    before, in_year = total / 12, total % 12 + 1
    last = laatste_dag(before, in_year)
    return before, in_year, kies(number <= last, number, last)


_FIRST = z3.IntVal(1)
# the functions of the language, as ``uitleg`` computes them
FUNCTIES: Mapping[str, Callable[..., tuple[Term, ...]]] = {
    "per_jaar": lambda value: (value.term * 12,),
    "per_maand": lambda value: (value.term / 12,),
    "in_maanden": lambda value: (value.term * 12,),
    "jaren_tussen": _years_between,
    "maanden_tussen": _months_between,
    "maanden_voor": _months_before,
    "jaarbegin": lambda day: (day.delen[0], _FIRST, _FIRST),
    "maandbegin": lambda day: (day.delen[0], day.delen[1], _FIRST),
    "jaar_van": lambda day: (z3.ToReal(day.delen[0]),),
}
