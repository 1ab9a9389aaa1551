"""Amounts and days are written as babel writes them, with Python's own formats."""

from datetime import date
from decimal import Decimal

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from regels.eenheden import UNITS
from regels.opmaak import bedrag, datum, getal, maandbedrag, procent, writer

EURO = "€\N{NO-BREAK SPACE}"
AMOUNTS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
NUMBERS = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=6)


def babel(value: Decimal, pattern: str) -> str:
    text = str(format_decimal(value, pattern, locale="nl_NL"))
    return text if text.strip("-0,") else text.lstrip("-")  # it writes less than nothing as -0


@given(AMOUNTS)
def test_an_amount_is_written_as_babel_does(value: Decimal) -> None:
    assert maandbedrag(value) == EURO + babel(value, "#,##0.00")
    whole = value == value.to_integral_value()
    assert bedrag(value) == EURO + babel(value, "#,##0" if whole else "#,##0.00")


ODD = "0 -0 0.00 5 999 1000 999.99 1000.00 -999.99 -5 -0.01 0.1 1E+3 1E-9 1E+9 0.005 12345678 12345678.90 -1E+3"


@pytest.mark.parametrize("text", ODD.split())
def test_however_an_amount_came_about(text: str) -> None:
    value = Decimal(text)
    assert maandbedrag(value) == EURO + babel(value, "#,##0.00")
    cents = round(value, 2)
    assert bedrag(value) == EURO + babel(cents, "#,##0" if cents == cents.to_integral_value() else "#,##0.00")


@given(NUMBERS)
def test_a_number_is_written_as_babel_does(value: Decimal) -> None:
    assert getal(value) == babel(value, "#,##0.####")


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_is_written_as_babel_does(day: date) -> None:
    assert datum(day) == format_date(day, "d MMMM y", locale="nl_NL")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("euro per maand", "650", EURO + "650,00"),
        ("euro per maand", "1234.5", EURO + "1.234,50"),
        ("hele euro per maand", "412", EURO + "412"),
        ("euro per jaar", "51537", EURO + "51.537"),
        ("euro", "12.345", EURO + "12,34"),
        ("procent", "0.041", "4,1%"),
        ("jaar", "67.25", "67,25 jaar"),
        ("maanden", "12", "12 maanden"),
        ("jaartal", "2026", "2026"),
        ("personen", "2", "2"),
    ],
)
def test_every_unit_has_its_own_way_of_writing(unit: str, value: str, text: str) -> None:
    assert writer(UNITS[unit])(Decimal(value)) == text


def test_words_truths_and_days_are_written_out() -> None:
    assert writer(UNITS["ja/nee"])(True) == "ja"
    assert writer(UNITS["ja/nee"])(False) == "nee"
    assert writer(UNITS["datum"])(date(2026, 7, 1)) == "1 juli 2026"
    assert procent(Decimal("0.15")) == "15%"
