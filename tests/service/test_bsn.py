"""The one detector of BSN: found in any clothing, alone and in a column; other numbers are left alone."""

import random
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.invoer.bsn import FEWEST, candidates, clearly_more, holds_bsn, names_bsn, tail
from service.invoer.kolommen import judge

# made up, and passing the elfproef
BSN = ("123456782", "111222333", "999999990", "100000009", "200000007", "300000005", "012345672")
SPACES = "\u0020\u00a0\u2009\u202f\u3000"
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")


@st.composite
def bsn(draw: st.DrawFn) -> str:
    """Nine digits that pass the elfproef; the first may be a zero, the second not then."""
    first = draw(st.integers(1_000_000, 99_999_999))
    digits = [int(digit) for digit in f"{first:08d}"]
    last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    if last == 10:
        first += 1 if first % 10 < 9 else -1
        digits = [int(digit) for digit in f"{first:08d}"]
        last = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
    return f"{first:08d}{last}"


@st.composite
def clothed(draw: st.DrawFn) -> str:
    """A BSN as someone might write it."""
    number = draw(bsn())
    if number[0] == "0" and number[1] != "0" and draw(st.booleans()):
        number = number[1:]
        if looks_like_a_date(number):
            number = "0" + number
    sizes = draw(st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (2, 3, 4), (3, 6), (1, 4, 4), (2, 2, 2, 3)]))
    if len(number) == 8:
        sizes = draw(st.sampled_from([(8,), (2, 3, 3), (3, 2, 3), (4, 4)]))
    between = draw(st.sampled_from(["-", "/", ".", ":", "_", *SPACES, " - ", "–", "‑", ". "]))
    groups, rest = [], number
    for size in sizes:
        groups.append(rest[:size])
        rest = rest[size:]
    written = between.join(groups)
    signs = draw(st.sampled_from(DIGITS))
    written = "".join(signs[int(sign)] if sign in "0123456789" else sign for sign in written)
    before = draw(st.sampled_from(["", "'", "NL", "BSN: ", "bsn ", "nr. ", " ", "\ufeff", "dossier 12, ", "("]))
    after = draw(st.sampled_from(["", " ", ")", " (man)", "; en 12", "\n7"] + [".0", ".00"] * (len(sizes) == 1)))
    return before + written + after


def looks_like_a_date(number: str) -> bool:
    parts = [(number[:4], number[4:6], number[6:]), (number[4:], number[2:4], number[:2])]
    return any(
        1900 <= int(year) <= 2099 and 1 <= int(month) <= 12 and 1 <= int(day) <= 31 for year, month, day in parts
    )


@settings(deadline=None)
@given(clothed())
def test_a_bsn_is_found_in_any_clothing(text: str) -> None:
    assert holds_bsn(text)


@settings(deadline=None)
@given(st.lists(bsn(), min_size=1, max_size=4), st.sampled_from([", ", ";", " / ", " ", "\n", " en ", "|"]))
def test_each_of_several_in_one_text_is_found(numbers: list[str], between: str) -> None:
    assert set(numbers) <= candidates(between.join(numbers))


def test_the_shapes_of_the_issue_are_found() -> None:
    for number in BSN:
        a, b, c = number[:3], number[3:6], number[6:]
        for text in (
            f"{a}-{b}-{c}", f"{a}/{b}/{c}", f"{a}.{b}.{c}", f"{a}:{b}:{c}", f"{a} {b} {c}", f"NL{number}",
            f"BSN:{number}", f"'{number}", f"{number}.0", f"{a}, {number}", f"NL.{a}.{b}.{c}", f"12 {a} {b} {c}",
        ):  # fmt: skip
            assert number in candidates(text), text


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-15", "15-01-2026", "1-1-2026", "15.01.2026 12:30:15", "2026-01-15 12:30:15.123456", "20260115",
        "15012026", "01-01-2025 - 31-12-2025", "2024-2025", "2024/2025", "vanaf 01-07-2026", "15-01-26 12:30",
        "1234567,89", "€ 123.456.782", "EUR 123456782", "1.234.567,82", "234.500,12", "1234567.82", "123456782,-",
        "0193100000012345", "1708-0100-0001-2345", "1708010000012345.0", "NL91 ABNA 0417 1643 00", "1234567890",
        "06-12345678", "06 12 34 56 78", "+31 6 12345678", "0521-123456", "000000000", "00000000", "01234567",
        "123e4567-e89b-12d3-a456-426614174000", "8331 AB 12",
    ],
)  # fmt: skip
def test_dates_amounts_telephones_and_longer_numbers_are_no_candidates(text: str) -> None:
    assert candidates(text) == frozenset()


@settings(deadline=None)
@given(st.integers(10_000_000, 999_999_999).map(lambda n: f"{n:09d}"), st.sampled_from(["", ".", "-", " "]))
def test_nine_digits_are_refused_exactly_when_they_pass_the_elfproef(number: str, between: str) -> None:
    total = sum(weight * int(digit) for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), number, strict=True))
    text = between.join((number[:3], number[3:6], number[6:]))
    assert holds_bsn(text) == (total % 11 == 0)


@pytest.mark.parametrize(
    "title", ["BSN", "bsn_huurder", "B.S.N.", "Burgerservicenummer", "Burger Service Nr", "SoFi-nr"]
)
def test_a_title_says_that_a_column_is_one(title: str) -> None:
    assert names_bsn(title)


@pytest.mark.parametrize("title", ["VHE-nummer", "Sofiestraat", "Kale huur", "Contractnummer", "Straatnaam", ""])
def test_another_title_does_not(title: str) -> None:
    assert not names_bsn(title)


# a column: the same definition, and more than chance

SIGNS = st.sampled_from("0123456789" * 3 + "-./ :,_;' ABnl€０１٣")


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            clothed(), st.text(SIGNS, max_size=24), st.dates().map(str), st.from_regex(r"[0-9]{7,10}", fullmatch=True),
            st.from_regex(r"[0-9]{1,4}([-./ :][0-9]{1,5}){1,4}(\.0|,[0-9]{2})?", fullmatch=True),
        ),
        max_size=12,
    )
)  # fmt: skip
def test_a_column_has_the_candidates_of_its_cells(cells: list[str]) -> None:
    found = frozenset[str]().union(*map(candidates, cells))
    known = judge(pl.Series("k", [*cells, None], dtype=pl.String))
    assert known.kandidaten == len(found)
    assert known.geslaagd == sum(
        sum(int(d) * w for d, w in zip(number, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0 for number in found
    )


@settings(deadline=None)
@given(st.lists(clothed(), min_size=FEWEST, max_size=40, unique=True), st.randoms(use_true_random=False))
def test_a_column_of_bsns_is_found_among_empty_cells(cells: list[str], rng: random.Random) -> None:
    numbers = frozenset[str]().union(*map(candidates, cells))
    if len(numbers) < FEWEST or sum(map(holds_bsn, numbers)) < len(numbers):
        return
    mixed = [*cells, *[None] * 5, "onbekend"]
    rng.shuffle(mixed)
    assert judge(pl.Series("k", mixed, dtype=pl.String)).bsn


def made_bsns(rng: random.Random, many: int) -> list[str]:
    found: list[str] = []
    while len(found) < many:
        number = f"{rng.randrange(10_000_000, 1_000_000_000):09d}"
        if holds_bsn(number):
            found.append(number)
    return found


@pytest.mark.parametrize(("rows", "part"), [(20, 0.8), (100, 0.5), (1_000, 0.2), (20_000, 0.05)])
def test_a_column_of_which_a_part_is_bsn_is_found(rows: int, part: float) -> None:
    rng = random.Random(rows)
    cells = made_bsns(rng, int(rows * part))
    cells += [str(rng.randrange(100_000_000, 1_000_000_000)) for _ in range(rows - len(cells))]
    assert judge(pl.Series("k", cells)).bsn


def other_columns(rng: random.Random, rows: int) -> dict[str, list[str]]:
    """Columns of corporations that are no BSN."""
    start = rng.randrange(100_000_000, 800_000_000)
    day = date(1950, 1, 1)
    days = [day + timedelta(days=rng.randrange(27_000)) for _ in range(rows)]
    return {
        "vhe op volgorde": [str(start + at) for at in range(rows)],
        "vhe met stap": [str(start + at * 10) for at in range(rows)],
        "vhe per complex": [f"{start // 100_000 + at // 20:04d}{at % 20 + 1:05d}"[:9] for at in range(rows)],
        "vhe met streepjes": [f"{rng.randrange(10_000):04d}-{at % 9999:05d}" for at in range(rows)],
        "vhe acht": [str(10_000_000 + start // 10 + at) for at in range(rows)],
        "bag": [f"1708010{rng.randrange(10**9):09d}" for _ in range(rows)],
        "bag met .0": [f"1708010{rng.randrange(10**9):09d}.0" for _ in range(rows)],
        "contract": [f"CT-{rng.randrange(10**8, 10**9)}" for _ in range(rows)],
        "rekening": [account(rng) for _ in range(rows)],
        "datum": [f"{one:%d-%m-%Y}" for one in days],
        "datum aaneen": [f"{one:%Y%m%d}" for one in days],
        "tijd": [f"{one:%Y-%m-%d} {rng.randrange(24):02d}:{rng.randrange(60):02d}:00" for one in days],
        "bedrag": [f"{rng.randrange(1, 2000)}.{rng.randrange(1000):03d},{rng.randrange(1, 100)}" for _ in range(rows)],
        "telefoon": [f"06-{rng.randrange(10**8):08d}" for _ in range(rows)],
        "constant": ["123456782"] * rows,
    }  # fmt: skip


def account(rng: random.Random) -> str:
    """A number of nine digits with a check digit of its own: weights 9 to 1."""
    while True:
        digits = [rng.randrange(1, 10), *(rng.randrange(10) for _ in range(7))]
        last = -sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=True)) % 11
        if last < 10:
            return "".join(map(str, [*digits, last]))


@pytest.mark.parametrize("rows", [3, 4, 7, 12, 50, 500, 20_000])
def test_columns_of_other_numbers_are_not_refused(rows: int) -> None:
    rng = random.Random(rows)
    for name, cells in other_columns(rng, rows).items():
        assert not judge(pl.Series(name, cells)).bsn, name


@pytest.mark.traag
@pytest.mark.parametrize("rows", [100_000, 500_000])
def test_large_columns_of_other_numbers_are_not_refused(rows: int) -> None:
    for name, cells in other_columns(random.Random(rows), rows).items():
        assert not judge(pl.Series(name, cells)).bsn, name


def test_few_rows_give_few_false_alarms() -> None:
    rng, alarms, columns = random.Random(11), 0, 0
    for rows in (3, 4, 5, 6, 8, 10, 20):
        for _ in range(300):
            columns += 1
            alarms += judge(pl.Series([str(rng.randrange(10**8, 10**9)) for _ in range(rows)])).bsn
    assert alarms <= 4, alarms  # of 2,100; expected: fewer than one


@pytest.mark.parametrize(
    ("numbers", "passed"), [(3, 3), (5, 4), (6, 5), (10, 7), (20, 12), (100, 33), (1_000, 162), (500_000, 51_278)]
)
def test_the_bound_is_where_the_documentation_says(numbers: int, passed: int) -> None:
    assert clearly_more(numbers, passed)
    assert not clearly_more(numbers, passed - 1)


def test_two_numbers_say_nothing() -> None:
    assert not clearly_more(2, 2)
    assert not judge(pl.Series(["123456782", "111222333"])).bsn


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(0, 12), st.sampled_from([0.1, 1 / 11, 0.5]))
def test_the_tail_is_that_of_the_binomial(numbers: int, passed: int, chance: float) -> None:
    by_hand = 0.0
    for outcome in range(2**numbers):
        count = outcome.bit_count()
        by_hand += chance**count * (1 - chance) ** (numbers - count) * (count >= passed)
    if passed > numbers * chance:
        assert tail(numbers, passed, chance) == pytest.approx(by_hand)


def test_a_prefix_says_it_for_one_cell() -> None:
    assert judge(pl.Series(["", "geen", "BSN: 123456789"])).bsn
    assert judge(pl.Series(["bsn nr 123.456.789"])).bsn
    assert not judge(pl.Series(["bsn onbekend, tel. 0521123456", "123456789"])).bsn
