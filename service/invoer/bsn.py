"""The one detector of citizen service numbers (BSN): in a text, and in a column of a table.

A candidate is a number of eight digits (a lost leading zero) or nine, however it is written. No date, amount, telephone
number or part of a longer number is one. A text is refused when a candidate passes the elfproef. One number in eleven
does so by chance, so a column needs more: its title or a prefix says so, or clearly more of its candidates pass.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp, lgamma, log, log1p
from typing import Final

WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
# what stands between the digits of one number; everything else, a line end included, separates two numbers
BETWEEN: Final = r"[ ./:_,'\\-]"
_MANY: Final = re.compile(r"(?:\d\D*){8}")
_RUN: Final = re.compile(rf"[0-9](?:{BETWEEN}{{0,3}}[0-9]){{7,}}")
_DIGITS: Final = re.compile(r"[0-9]+")
_NOT_DIGITS: Final = re.compile(r"[^0-9]+")

_D, _M, _Y = r"(?:0?[1-9]|[12][0-9]|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)[0-9]{2}"
_DAY: Final = (
    rf"(?:{_D}[-/. ]{_M}[-/. ](?:{_Y}|[0-9]{{2}})|{_Y}[-/. ]{_M}[-/. ]{_D}|{_M}[-/]{_Y}|{_Y}[-/]{_M}|{_Y})"
    r"(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?"
)
#: dates with or without a time, one or more; a time alone; a date in eight digits
DATES: Final = rf"(?:{_DAY}(?:[ ,/-]{{1,3}}{_DAY})*|[0-9]{{1,2}}:[0-9]{{2}}:[0-9]{{2}}[.,][0-9]{{1,9}})"
COMPACT: Final = (
    r"(?:(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2})"
)
_DATES: Final = re.compile(DATES)
_COMPACT: Final = re.compile(COMPACT)
_PHONE: Final = re.compile(r"(?:0|(?:00)?31[ -]{0,3}(?:0[ -]{0,3})?)6(?:[ -]{0,3}[0-9]){8}")
# a number as amounts are written: thousands, and perhaps one or two decimals
_NUMBER: Final = re.compile(
    r"([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+(?=,|$)|[0-9]{1,3}(?:,[0-9]{3})+(?=\.|$)|[0-9]{1,3}(?: [0-9]{3})+)"
    r"(?:[.,]([0-9]{1,2}))?"
)
_CURRENCY_BEFORE: Final = re.compile(r"(?:€|\beuro?)[ -]{0,3}$", re.IGNORECASE)
_CURRENCY_AFTER: Final = re.compile(r" ?(?:€|euro?\b|,-)", re.IGNORECASE)
PREFIX: Final = r"(?i)(?:bsn|burger[ -]?service|sofi[ -]?n)[^0-9]{0,12}[0-9]"
_PREFIX: Final = re.compile(PREFIX)
_TITLE: Final = re.compile(r"bsn|burgerserv|sofi(num|nr)|^sofi$|fiscaal(num|nr)")
_SHAPES: Final = ((3, 3, 3), (4, 2, 3))
_LOOSE: Final = frozenset(" ,/")

# of ten successive numbers at most one passes: the most that chance gives to a column of other numbers
CHANCE: Final = 0.1
FEWEST: Final = 3
_FEW, _RARE, _RAREST = 6, 1e-3, 1e-9


def holds_bsn(text: str) -> bool:
    """Whether a number in ``text`` could be a BSN: a candidate that passes the elfproef."""
    return any(map(passes, candidates(text)))


def candidates(text: str) -> frozenset[str]:
    """The numbers in ``text`` that could be a BSN by the way they are written, each in nine digits."""
    if len(text) < 8 or _MANY.search(text) is None:
        return frozenset()
    plain = _plain(text)
    return frozenset(
        number.zfill(9) for run in _RUN.finditer(plain) for number in _of_run(plain, run) if number.strip("0")
    )


def passes(number: str) -> bool:
    """The elfproef on nine digits."""
    return sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=True)) % 11 == 0


def names_bsn(title: str) -> bool:
    """Whether the title of a column says that it holds BSN."""
    return bool(_TITLE.search(re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", title).lower())))


def says_bsn(text: str) -> bool:
    """Whether a text says of its number that it is a BSN."""
    return bool(_PREFIX.search(_plain(text)))


def _plain(text: str) -> str:
    """``text`` in which every digit, space, dash and dot is the ordinary one, and what cannot be seen is gone."""
    return text if text.isascii() else "".join(map(_plain_sign, unicodedata.normalize("NFKC", text)))


_SIGNS: Final = {"−": "-", "⁄": "/", "∕": "/", "·": ".", "•": ".", "∙": ".", "’": "'", "‘": "'"}


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    kind = unicodedata.category(sign)
    if kind in ("Cf", "Mn", "Me"):
        return ""
    return {"Zs": " ", "Pd": "-"}.get(kind) or _SIGNS.get(sign, sign)


def _of_run(text: str, run: re.Match[str]) -> Iterator[str]:
    """The candidates among the digits that hang together."""
    found = run[0]
    if _DATES.fullmatch(found) or (found[0] in "03" and _PHONE.fullmatch(found)):
        return
    if number := _NUMBER.fullmatch(found):
        currency = _CURRENCY_BEFORE.search(text[: run.start()]) or _CURRENCY_AFTER.match(text, run.end())
        if currency or (number[2] or "").strip("0"):
            return  # an amount
        found = number[1]
    groups, between = _DIGITS.findall(found), _NOT_DIGITS.findall(found)
    bounds = [None, *between, None]
    sizes = [len(group) for group in groups]
    for first in range(len(groups)):
        size = 0
        for last in range(first, len(groups)):
            size += sizes[last]
            if size > 9:
                break
            if size >= 8 and _apart(groups[first : last + 1], between[first:last], bounds[first], bounds[last + 1]):
                yield from _candidate(groups[first : last + 1], between[first:last])


def _apart(groups: list[str], inside: list[str], left: str | None, right: str | None) -> bool:
    """Whether these groups are a number of their own, and not a part of a longer one."""
    outside = {sign for sign in (left, right) if sign is not None}
    if not outside or (len(groups) == 1 and len(groups[0]) == 9):
        return True
    loose = all(_LOOSE & set(sign) for sign in outside)
    if len(groups) == 1:
        return loose
    usual = tuple(map(len, groups)) in _SHAPES and len(set(inside)) == 1
    return outside.isdisjoint(inside) or (usual and loose)


def _candidate(groups: list[str], inside: list[str]) -> Iterator[str]:
    number = "".join(groups)
    if len(number) == 8:
        if number[0] == "0":
            return  # a number that lost its zero does not start with one
        if _COMPACT.fullmatch(number) if len(groups) == 1 else _is_day(groups, inside):
            return
    yield number


def _is_day(groups: list[str], inside: list[str]) -> bool:
    written = groups[0] + "".join(sign + group for sign, group in zip(inside, groups[1:], strict=True))
    return _DATES.fullmatch(written) is not None


# a column


@dataclass(frozen=True, slots=True)
class Oordeel:
    """What is known of a column: its different candidates, how many pass, and whether a prefix says what they are."""

    kandidaten: int = 0
    geslaagd: int = 0
    gezegd: bool = False

    @property
    def bsn(self) -> bool:
        """Whether this is a column of BSN, or a column in which a part is."""
        return self.gezegd or clearly_more(self.kandidaten, self.geslaagd)


def clearly_more(numbers: int, passed: int) -> bool:
    """Whether more of ``numbers`` different numbers pass the elfproef than chance gives.

    An exact binomial test against one in ten: fewer than one false alarm in a thousand columns for a few rows, and one
    in 10⁹ from 26 rows on.
    """
    return numbers >= FEWEST and passed >= _needed(numbers)


@lru_cache(maxsize=4096)
def _needed(numbers: int) -> int:
    """The smallest count that is clearly more than chance gives."""
    limit = max(_RAREST, _RARE * 0.5 ** max(0, numbers - _FEW)) * (1 + 1e-9)
    low, high = int(numbers * CHANCE), numbers + 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if tail(numbers, middle, CHANCE) <= limit else (middle, high)
    return high


def tail(numbers: int, passed: int, chance: float) -> float:
    """How likely it is that at least ``passed`` of ``numbers`` pass, each with this chance; 1 up to the mean."""
    if passed <= numbers * chance:
        return 1.0
    if passed > numbers:
        return 0.0
    term = exp(
        lgamma(numbers + 1) - lgamma(passed + 1) - lgamma(numbers - passed + 1)
        + passed * log(chance) + (numbers - passed) * log1p(-chance)
    )  # fmt: skip
    total, ratio = 0.0, chance / (1 - chance)
    for count in range(passed, numbers + 1):
        total += term
        if term < total * 1e-15:
            break
        term *= ratio * (numbers - count) / (count + 1)
    return total
