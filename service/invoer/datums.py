"""Dates as people type them: ``3-2-1958``, ``3 februari 1958``, ``1958-02-03``, ``3/2/1958``, ``03021958``."""

import re
from calendar import monthrange
from datetime import MAXYEAR, date

from babel.dates import get_month_names

from service.invoer.bedragen import Melding
from service.invoer.meldingen import tekst

_LONGEST = 40
_MONTHS = {
    word.strip(".").lower(): number
    for width in ("wide", "abbreviated")
    for number, word in get_month_names(width, locale="nl_NL").items()
} | {"mrt": 3, "maa": 3, "sept": 9}
_NAMES = get_month_names("wide", locale="nl_NL")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
# the keys for figures of a telephone have no dash; a year in front makes no year of these
_DIGITS = re.compile(r"(\d{2})(\d{2})((?:19|2[01])\d{2})", re.ASCII)
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([a-z]+)\.?[ -](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}|\d{1,2}[ -][a-z]+\.?[ -]'?\d{2}", re.ASCII)


def read_date(text: str) -> date | Melding:
    """The date in ``text``, day first unless the year comes first."""
    bare = re.sub(r"\s+", " ", text).strip().lower()
    if len(text) > _LONGEST:
        return Melding(tekst("meldingen.datum.te_lang", vorm=_example()))
    if match := _DAY_FIRST.fullmatch(bare):
        return _date(int(match[4]), int(match[3]), int(match[1]))
    if match := _DIGITS.fullmatch(bare):
        return _date(int(match[3]), int(match[2]), int(match[1]))
    if match := _YEAR_FIRST.fullmatch(bare):
        return _date(int(match[1]), int(match[3]), int(match[4]))
    if match := _IN_WORDS.fullmatch(bare):
        if match[2] in _MONTHS:
            return _date(int(match[3]), _MONTHS[match[2]], int(match[1]))
        return Melding(tekst("meldingen.datum.maand_niet_te_lezen", vorm=_example()))
    if _SHORT_YEAR.fullmatch(bare):
        return Melding(tekst("meldingen.datum.jaar_kort"))
    return Melding(tekst("meldingen.datum.niet_te_lezen", vorm=_example()))


def _date(year: int, month: int, day: int) -> date | Melding:
    if not 1 <= month <= 12:
        return Melding(tekst("meldingen.datum.geen_maand", vorm=_example()))
    if not 1 <= year <= MAXYEAR:
        return Melding(tekst("meldingen.datum.geen_jaar", vorm=_example()))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Melding(tekst("meldingen.datum.geen_dag", maand=_NAMES[month], jaar=year, dagen=last))
    return date(year, month, day)


def read_date_parts(day: str, month: str, year: str) -> date | Melding:
    """The date in three fields; a whole date in one of them, with the others empty, is read as it stands."""
    filled = [part.strip() for part in (day, month, year) if part.strip()]
    if len(filled) == 1 and (not filled[0].isdecimal() or _DIGITS.fullmatch(filled[0])):
        return read_date(filled[0])
    if len(filled) < 3:
        return Melding(tekst("meldingen.datum.onvolledig"))
    return read_date(" ".join(filled))


def _example() -> str:
    return tekst("meldingen.datum.vorm")
