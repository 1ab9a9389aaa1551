"""Amounts, dates and words as a Dutch reader expects them."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, parse_pattern

_NL = Locale.parse("nl_NL")
_NBSP = "\N{NO-BREAK SPACE}"
_CENTS: NumberPattern = parse_pattern("#,##0.00")
_WHOLE: NumberPattern = parse_pattern("#,##0")
_FREE: NumberPattern = parse_pattern("#,##0.####")


@lru_cache(maxsize=4096)
def bedrag(value: Decimal) -> str:
    """``713.02`` as ``€ 713,02`` and ``51537`` as ``€ 51.537``; never rounded to fewer than cents."""
    pattern = _WHOLE if value == value.to_integral_value() else _CENTS
    return f"€{_NBSP}{pattern.apply(value, _NL)}"


@lru_cache(maxsize=4096)
def maandbedrag(value: Decimal) -> str:
    """``650`` as ``€ 650,00``: a rent is always written with cents."""
    return f"€{_NBSP}{_CENTS.apply(value, _NL)}"


@lru_cache(maxsize=1024)
def getal(value: Decimal) -> str:
    """A plain number, with at most four decimals."""
    return str(_FREE.apply(value, _NL))


def procent(fraction: Decimal) -> str:
    """``0.041`` as ``4,1%``."""
    return f"{getal(fraction * 100)}%"


@lru_cache(maxsize=1024)
def datum(day: date) -> str:
    """``2026-07-01`` as ``1 juli 2026``."""
    return format_date(day, "d MMMM y", locale=_NL)
