"""Amounts and numbers as people type them.

A comma always starts the cents. A dot followed by groups of three digits makes thousands, a dot followed by one or two
digits at the end makes cents. So ``1.234,56``, ``1234,56``, ``932.93``, ``€ 650,-`` and ``24.500`` each have one
reading; ``932.5`` is 932,50, as a spreadsheet writes it, and ``932,5`` the same. What has two readings (``1,234``,
``1234.567``) is refused with both written out. Nothing here raises: what a person typed must not end up in the text of
an exception.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from regels.opmaak import bedrag, getal
from service.invoer.meldingen import tekst


@dataclass(frozen=True, slots=True)
class Melding:
    """Why a text could not be read, with what to type instead."""

    tekst: str


_LONGEST = 40
_MOST_DIGITS = 15
_SPACES = re.compile(r"\s+")
_MINUS = re.compile("[\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{NON-BREAKING HYPHEN}]")
_EURO = re.compile(r"^(?:€|euro?\b)|(?:€|\beuro?)$", re.IGNORECASE)
_NO_CENTS = r"[.,](?:--?|=)"
_FORMS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"(\d+)(?:[.,](\d{{1,2}})|{_NO_CENTS})?",
        rf"([1-9]\d{{0,2}}(?:\.\d{{3}})+)(?:,(\d{{1,2}})|{_NO_CENTS})?",
        rf"([1-9]\d{{0,2}}(?: \d{{3}})+)(?:[.,](\d{{1,2}})|{_NO_CENTS})?",
    )
)
_DECIMAL = re.compile(r"(\d+)(?:[.,](\d+))?", re.ASCII)
_THOUSANDS = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+),(\d+)", re.ASCII)
_TWO_READINGS = re.compile(r"(\d+)[.,](\d{3})", re.ASCII)
_WHOLE = re.compile(r"\d+", re.ASCII)


def read_amount(text: str, *, verlies: bool = False) -> Decimal | Melding:
    """The amount in ``text``, in euros with two decimals; ``verlies``: it may be below zero, with a minus sign."""
    if len(text) > _LONGEST:
        return Melding(tekst("meldingen.bedrag.te_lang", vorm=_example()))
    bare = _EURO.sub("", _EURO.sub("", _tidy(text)).strip()).strip()
    sign = "-" if bare.startswith("-") else ""
    if sign and not verlies:
        return Melding(tekst("meldingen.bedrag.onder_nul"))
    bare = bare.removeprefix("-").strip()
    if sum(map(str.isdecimal, bare)) > _MOST_DIGITS:
        return Melding(tekst("meldingen.bedrag.te_groot", vorm=_example()))
    for form in _FORMS:
        if match := form.fullmatch(bare):
            whole, cents = re.sub(r"\D", "", match[1]), match[2] or ""
            return Decimal(f"{sign}{whole}.{cents:0<2}") + 0  # there is no zero below zero
    if match := _TWO_READINGS.fullmatch(bare):
        return Melding(_both_readings(match[1], match[2], sign))
    return Melding(tekst("meldingen.bedrag.niet_te_lezen", vorm=_example()))


def read_whole_amount(text: str, *, verlies: bool = False) -> int | Melding:
    """The amount in ``text``, in whole euros; cents other than 00 are refused. ``verlies``: see :func:`read_amount`."""
    amount = read_amount(text, verlies=verlies)
    if isinstance(amount, Melding):
        return amount
    if amount != amount.to_integral_value():
        return Melding(tekst("meldingen.bedrag.geen_centen", bedrag=bedrag(amount), heel=_plain(int(amount))))
    return int(amount)


def read_decimal(text: str) -> Decimal | Melding:
    """The number in ``text``, with as many decimals as it has, or a percentage; it may be below zero.

    A comma starts the decimals; a dot too, unless three digits follow, which could be thousands.
    """
    if len(text) > _LONGEST:
        return Melding(tekst("meldingen.getal.te_lang"))
    bare = _tidy(text).removesuffix("%").strip()
    sign = "-" if bare.startswith("-") else ""
    bare = bare.removeprefix("-").strip()
    if match := _DECIMAL.fullmatch(bare) or _THOUSANDS.fullmatch(bare):
        whole, part = match[1].replace(".", ""), match[2] or ""
        if len(part) == 3 and "." in bare and "," not in bare and len(whole) <= 3 and whole.strip("0"):
            return Melding(
                tekst("meldingen.getal.twee_dingen", een=f"{sign}{whole}{part}", ander=f"{sign}{whole},{part}")
            )
        return Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}") + 0
    return Melding(tekst("meldingen.getal.niet_te_lezen"))


def read_number(text: str) -> int | Melding:
    """The whole number in ``text``: an age or a year."""
    bare = _tidy(text)
    if len(bare) > _MOST_DIGITS or not _WHOLE.fullmatch(bare):
        return Melding(tekst("meldingen.bedrag.geen_getal"))
    return int(bare)


def _tidy(text: str) -> str:
    """``text`` with one kind of space and one kind of minus sign; the sign before the euro sign comes first too."""
    bare = _MINUS.sub("-", _SPACES.sub(" ", text)).strip()
    return bare if not bare.startswith("-") else "-" + _EURO.sub("", bare[1:].strip()).strip()


def _both_readings(whole: str, three: str, sign: str) -> str:
    """What to write instead: without a sign between the thousands, for with one it may be refused again."""
    cents = Decimal(f"{whole}.{three}").quantize(Decimal("0.01"), ROUND_HALF_UP)
    ander = f"{sign}{cents}".replace(".", ",")
    return tekst("meldingen.bedrag.twee_dingen", een=f"{sign}{int(whole + three)}", ander=ander)


def _plain(value: int) -> str:
    return getal(Decimal(value))


def _example() -> str:
    return tekst("meldingen.bedrag.vorm")
