"""The functions of the condition language, on values that are known."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any

from regels.lezers.spoor import Spoor, gevolgd

_ROUNDING = {"naar_beneden": ROUND_FLOOR, "naar_boven": ROUND_CEILING, "halve_omhoog": ROUND_HALF_UP}
_TWELVE = Decimal(12)


def _round(mode: str) -> Callable[[Decimal, Decimal], Decimal]:
    return lambda value, step: (value / step).to_integral_value(mode) * step


def years_between(start: date, end: date) -> Decimal:
    """Whole years from ``start`` to ``end``: an age. Born on 29 February counts from 1 March in other years."""
    return Decimal(end.year - start.year - ((end.month, end.day) < (start.month, start.day)))


def months_between(start: date, end: date) -> Decimal:
    """Whole months from ``start`` to ``end``."""
    return Decimal((end.year - start.year) * 12 + end.month - start.month - (end.day < start.day))


def months_before(day: date, months: Decimal | int) -> date:
    """The same day of the month, ``months`` earlier; the last of the month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 - int(months), 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def _of_days(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, also of a day or a number that is followed; it goes one way with each of them."""

    @wraps(function)
    def found(*args: Any) -> Any:
        followed = args[0].__class__ is Spoor or args[-1].__class__ is Spoor
        return gevolgd(function, *args) if followed else function(*args)

    return found


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    **{name: _round(mode) for name, mode in _ROUNDING.items()},
    "per_jaar": lambda value: value * _TWELVE,
    "per_maand": lambda value: value / _TWELVE,
    "in_maanden": lambda value: value * _TWELVE,
    "jaren_tussen": _of_days(years_between),
    "maanden_tussen": _of_days(months_between),
    "maanden_voor": _of_days(months_before),
    "jaarbegin": _of_days(lambda day: date(day.year, 1, 1)),
    "maandbegin": _of_days(lambda day: date(day.year, day.month, 1)),
    "jaar_van": _of_days(lambda day: Decimal(day.year)),
}
