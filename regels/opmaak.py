"""Amounts, dates and words as a Dutch reader expects them.

Written with Python's own formats and babel's names of the months: the patterns of babel give the same in fifteen times
the time, and that was most of a check. A test holds the two equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from babel import Locale

from regels.eenheden import UNITS, Type

Writer = Callable[[Any], str]

_NBSP = "\N{NO-BREAK SPACE}"
_DUTCH: Final = str.maketrans(",.", ".,")
_MONTHS: Final = tuple(Locale.parse("nl_NL").months["format"]["wide"][number] for number in range(1, 13))
_MONTHLY = UNITS["euro per maand"].unit


@lru_cache(maxsize=4096)
def bedrag(value: Decimal) -> str:
    """``713.02`` as ``€ 713,02`` and ``51537`` as ``€ 51.537``; in whole cents, and never rounded to fewer."""
    return _euros(value).removesuffix(",00")


@lru_cache(maxsize=4096)
def maandbedrag(value: Decimal) -> str:
    """``650`` as ``€ 650,00``: a rent is always written with cents."""
    return _euros(value)


def _euros(value: Decimal) -> str:
    # most amounts are of one household only, and cutting the text of a number is faster than a format
    text = str(value)
    if text.isdigit():
        euros, cents = text, "00"
    elif text[-3:-2] == "." and text[0] != "-":
        euros, cents = text[:-3], text[-2:]
    else:
        return f"€{_NBSP}{_dutch(f'{value:,.2f}')}"
    if len(euros) > len("999"):
        euros = f"{euros[:-3]}.{euros[-3:]}" if len(euros) <= len("999999") else _dutch(f"{int(euros):,}")
    return f"€{_NBSP}{euros},{cents}"


def _dutch(text: str) -> str:
    """A number with the signs of Dutch; nothing is never below nothing."""
    return text.translate(_DUTCH) if text.strip("-0.") else text.lstrip("-").translate(_DUTCH)


@lru_cache(maxsize=1024)
def getal(value: Decimal) -> str:
    """A plain number, with at most four decimals."""
    return _dutch(f"{value:,.4f}".rstrip("0").rstrip("."))


@lru_cache(maxsize=1024)
def procent(fraction: Decimal) -> str:
    """``0.041`` as ``4,1%``."""
    return f"{getal(fraction * 100)}%"


@lru_cache(maxsize=4096)
def datum(day: date) -> str:
    """``2026-07-01`` as ``1 juli 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def writer(kind: Type, words: Mapping[str, str] | None = None) -> Writer:
    """How values of ``kind`` are written; ``words`` says it of each word of a choice."""
    if kind.each:
        return _each_writer(writer(replace(kind, each=False), words))
    if kind.kind == "datum":
        return datum
    if kind.kind == "waarheid":
        return lambda value: "ja" if value else "nee"
    if kind.kind == "keuze":
        return lambda value: words.get(value, value) if words else str(value)
    return _number_writer(kind)


def _each_writer(write: Writer) -> Writer:
    """A value for each resident, with which of them: the first is person 1."""
    return lambda values: ", ".join(
        f"persoon {number}: {write(value)}" for number, value in enumerate(values, 1) if value is not None
    )


def _number_writer(kind: Type) -> Writer:
    if kind.percent:
        return procent
    if kind.unit == _MONTHLY and not kind.whole:
        return maandbedrag
    unit = dict(kind.unit or ())
    if unit.get("euro") == 1:
        return bedrag
    if "jaartal" in unit:
        return str
    if unit == {"jaar": 1}:
        return lambda value: f"{getal(value)} jaar"
    if unit == {"maand": 1}:
        return lambda value: f"{getal(value)} maanden"
    return getal


# how the set of a draft is called in the place of the number of a revision
_CONCEPT: Final = "concept "


def conceptnaam(revisie: str | None) -> str:
    """The draft that a rule set is, which nobody may rely on, by its revision; empty for every other set."""
    return revisie.removeprefix(_CONCEPT) if revisie is not None and revisie.startswith(_CONCEPT) else ""


def regelsetnaam(versie: str, revisie: str | None) -> str:
    """How a rule set is called for a reader: its version, with the revision or draft that it is."""
    if revisie is None:
        return versie
    return f"{versie}, revisie {revisie}" if revisie.isdecimal() else f"{versie}, {revisie}"
