"""The detector of BSN over columns: the definition of one text, fast for the numbers that people keep in them."""

from dataclasses import dataclass, field
from typing import Final

import polars as pl

from service.invoer.bsn import COMPACT, DATES, PREFIX, WEIGHTS, Oordeel, candidates, says_bsn

_ONE: Final = r"^[^0-9]*([0-9]+)(?:[.,]0{1,2})?[^0-9]*$"
_CHAIN: Final = r"^[^0-9]*[0-9]+(?:{0}[0-9]+){1}[^0-9]*$"
# ten digits or more with one sign between the groups are a longer number, unless a group of them stands apart
_LONGER: Final = "|".join(_CHAIN.format(sign, "+") for sign in ("-", r"\.", ":", "_", " ", "/"))
_STANDS_APART: Final = (
    r"(?:^|[^0-9])(?:[0-9]{8,9}|[0-9]{3}[ /][0-9]{3}[ /][0-9]{3}|[0-9]{4}[ /][0-9]{2}[ /][0-9]{3})(?:$|[^0-9])"
)
# eight or nine digits with one sign between the groups are one number; with one dot it may be an amount
_ALL: Final = (("-", "+"), (r"\.", "{2,}"), (" ", "{2,}"), ("/", "{2,}"))
_WRITTEN_OUT: Final = "|".join(_CHAIN.format(*how) for how in _ALL)
_EIGHT: Final = r"(?:^|[^0-9])[0-9]{8}(?:$|[^0-9])"
_WHOLE_DATES: Final = rf"^[^0-9]*{DATES}[^0-9]*$"
_AMOUNT: Final = r"^(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}$|^[0-9]+\.[0-9]{1,2}$"
# what is written in an unusual way is read one by one: of each part of a column at most so many, spread over it
_ODD_AT_MOST: Final = 5_000
_MONEY: Final = r"(?i)eur|,-"


@dataclass(slots=True)
class Speurder:
    """Looks through one column, part by part; keeps four bytes for each different candidate."""

    _numbers: list[pl.Series] = field(default_factory=list)
    _said: bool = False

    def add(self, column: pl.Series) -> None:
        """Look at the next part of the column, as text."""
        numbers, said = found_in(column)
        if numbers.len():
            self._numbers.append(numbers)
        self._said = self._said or said

    def oordeel(self) -> Oordeel:
        """What is known of the column by now."""
        if not self._numbers:
            return Oordeel()
        numbers = pl.concat(self._numbers).unique()
        self._numbers = [numbers]
        return Oordeel(numbers.len(), int(elfproef(numbers).sum()), self._said)


def judge(column: pl.Series) -> Oordeel:
    """What is known of a whole column, as text."""
    detective = Speurder()
    detective.add(column)
    return detective.oordeel()


def found_in(column: pl.Series) -> tuple[pl.Series, bool]:
    """The different candidates in ``column`` as numbers, and whether a cell says that they are BSN."""
    cells = column.filter((column.str.len_bytes() >= 8).fill_null(value=False)).unique().alias("cel")
    cells = cells.filter(cells.str.count_matches(r"\d") >= 8)
    if cells.is_empty():
        return pl.Series([], dtype=pl.UInt32), False
    one, written, odd = _by_kind(cells)
    odd = odd.gather_every(-(-odd.len() // _ODD_AT_MOST) or 1)
    slow = {cell: found for cell in odd.to_list() if (found := candidates(cell))}
    said = any(map(says_bsn, slow)) or _says(one) or _says(written)
    numbers = one.str.extract(_ONE)
    eight = numbers.str.len_bytes() == 8
    numbers = numbers.filter((numbers.str.len_bytes() == 9) | (eight & ~numbers.str.contains(rf"^0|^{COMPACT}$")))
    digits = written.str.replace_all("[^0-9]", "")
    digits = digits.filter((digits.str.len_bytes() == 9) | ~digits.str.starts_with("0"))
    rest = pl.Series("cel", [number for found in slow.values() for number in found], dtype=pl.String)
    found_ = pl.concat([numbers, digits, rest]).cast(pl.UInt32)
    return found_.filter(found_ > 0).unique(), said


def _by_kind(cells: pl.Series) -> tuple[pl.Series, pl.Series, pl.Series]:
    """The cells with one group of digits, with one number in groups, and those to be read one by one."""

    def split(rest: pl.Series, pattern: str) -> tuple[pl.Series, pl.Series]:
        holds = rest.str.contains(pattern)
        return rest.filter(holds), rest.filter(~holds)

    odd, rest = split(cells, rf"[^\x00-\x7F]|{_MONEY}")
    one, rest = split(rest, _ONE)
    _, rest = split(rest, _WHOLE_DATES)
    few = rest.str.count_matches("[0-9]") <= 9
    long, short = rest.filter(~few), rest.filter(few)
    longer, rest = split(long, _LONGER)
    apart, _ = split(longer, _STANDS_APART)
    written, short = split(short, _WRITTEN_OUT)
    eight, written = split(written, _EIGHT)
    _, short = split(short, _AMOUNT)
    return one, written, pl.concat([odd, rest, apart, eight, short])


def _says(cells: pl.Series) -> bool:
    """Whether one of the cells with a number says that it is a BSN."""
    return bool(cells.str.contains(PREFIX).any())


def elfproef(numbers: pl.Series) -> pl.Series:
    """The elfproef, for numbers of at most nine digits."""
    frame = numbers.cast(pl.Int64).rename("n").to_frame()
    digit = [(pl.col("n") // 10 ** (8 - at)) % 10 * weight for at, weight in enumerate(WEIGHTS)]
    return frame.select(pl.sum_horizontal(digit) % 11 == 0).to_series()
