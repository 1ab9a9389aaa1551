"""A figure as people type it and read it, and as it stands in a rule file."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from regels.eenheden import Type
from service.invoer.bedragen import Melding, read_amount, read_decimal
from service.invoer.datums import read_date
from service.invoer.meldingen import tekst

_DUTCH: Final = str.maketrans(",.", ".,")


def gelezen_cijfer(getypt: str, type: Type) -> str | Melding:
    """What was typed as it stands in a file, or why it cannot be read; nothing typed is nothing."""
    bare = getypt.strip()
    if not bare:
        return ""
    if type.kind == "waarheid":
        return bare if bare in ("ja", "nee") else Melding(tekst("meldingen.keuze.ja_nee"))
    if type.kind == "datum":
        day = read_date(bare)
        return day if isinstance(day, Melding) else day.isoformat()
    if type.kind == "keuze":
        return bare if bare in type.words else Melding(tekst("meldingen.keuze.lijst"))
    number = read_amount(bare, verlies=True) if in_euros(type) else read_decimal(bare)
    return number if isinstance(number, Melding) else _plain(number, cents=in_euros(type))


def getoond_cijfer(tekst_: str, type: Type) -> str:
    """A value of a file as it is typed on a page; what cannot be read stands there as it is."""
    if type.kind == "datum":
        day = read_date(tekst_)
        return tekst_ if isinstance(day, Melding) else f"{day.day}-{day.month}-{day.year}"
    if type.kind != "getal":
        return tekst_
    try:
        number = Decimal(tekst_)
    except InvalidOperation:
        return tekst_
    if not number.is_finite():
        return tekst_
    # thousands only where they cannot be taken for decimals
    return format(number, ",f").translate(_DUTCH) if in_euros(type) else format(number, "f").translate(_DUTCH)


def afgerond(tekst_: str, was: str, type: Type) -> str:
    """A computed value with no more decimals than the one before it has; an amount in whole euros or in cents."""
    try:
        number, before = Decimal(tekst_), Decimal(was or "0")
    except InvalidOperation:
        return tekst_
    if type.kind != "getal" or not number.is_finite() or not before.is_finite():
        return tekst_
    most = max(2 if in_euros(type) else 0, -int(before.as_tuple().exponent) if was else 4)
    has = -int(number.as_tuple().exponent)
    if has <= most:
        return format(number.quantize(Decimal("0.01")), "f") if in_euros(type) and has == 1 else tekst_
    return format(number.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP), "f")


def in_euros(type: Type) -> bool:
    """Whether it is an amount in euros, for each month or year or in all."""
    return dict(type.unit or ()).get("euro") == 1


def _plain(number: Decimal, *, cents: bool) -> str:
    """A number of a file: an amount with cents or none, another number with the decimals that it has."""
    if cents and number == number.to_integral_value():
        return format(number.to_integral_value(), "f")
    return format(number, "f")
