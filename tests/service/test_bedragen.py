"""Amounts as people type them: one reading, exactly, or a refusal that shows what to type."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.invoer.bedragen import Melding, read_amount, read_number, read_whole_amount

NBSP, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def dotted(whole: int, sep: str = ".") -> str:
    return f"{whole:,}".replace(",", sep)


# every way in which the same amount is written, from its cents
NOTATIONS = {
    "1234,56": lambda w, c: f"{w},{c:02}",
    "1.234,56": lambda w, c: f"{dotted(w)},{c:02}",
    "1234.56": lambda w, c: f"{w}.{c:02}",
    "1 234,56": lambda w, c: f"{dotted(w, ' ')},{c:02}",
    "nbsp": lambda w, c: f"€{NBSP}{dotted(w, NBSP)},{c:02}",
    "narrow": lambda w, c: f"{dotted(w, NARROW)},{c:02} euro",
    "€1.234,56": lambda w, c: f"€{dotted(w)},{c:02}",
    "EUR": lambda w, c: f" EUR {w},{c:02} ",
}


@pytest.mark.parametrize("write", NOTATIONS.values(), ids=NOTATIONS.keys())
@given(cents=st.integers(0, 10_000_000))
def test_every_amount_to_a_hundred_thousand_reads_back_exact(write, cents: int) -> None:
    whole, rest = divmod(cents, 100)
    assert read_amount(write(whole, rest)) == Decimal(cents) / 100


@pytest.mark.traag
def test_every_cent_to_a_hundred_thousand_reads_back_exact() -> None:
    for cents in range(10_000_001):
        whole, rest = divmod(cents, 100)
        assert read_amount(f"{whole},{rest:02}") == Decimal(cents) / 100


@pytest.mark.parametrize("ending", ["", ",-", ",--", ",–", ",=", ".-", ",00", ",0"])
@given(whole=st.integers(0, 10_000_000))
def test_every_whole_amount_reads_back_exact(ending: str, whole: int) -> None:
    written = [str(whole), dotted(whole), dotted(whole, " ")]
    # a dot cannot part the thousands and start the cents in one amount
    texts = [text + ending for text in written if not (ending == ".-" and "." in text)]
    assert {read_whole_amount(text) for text in texts} == {whole}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", "1234.56"),
        ("932.93", "932.93"),
        ("€ 650,-", "650"),
        ("€650", "650"),
        ("24.500", "24500"),
        ("1.234.567", "1234567"),
        ("24.50", "24.50"),
        ("1.5", "1.50"),
        ("1,5", "1.50"),
        ("0", "0"),
        ("0,05", "0.05"),
        ("007", "7"),
        ("1 234.56", "1234.56"),
    ],
)
def test_an_amount_has_the_reading_that_is_documented(text: str, expected: str) -> None:
    assert read_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("1,234", "1234", "1,23"),
        ("1234.567", "1234567", "1234,57"),
        ("0.500", "500", "0,50"),
        ("650,000", "650000", "650,00"),
    ],
)
def test_an_amount_with_two_readings_is_refused_with_both(text: str, first: str, second: str) -> None:
    refused = read_amount(text)
    assert isinstance(refused, Melding)
    assert refused.tekst.endswith(f"Schrijf {first} of {second}.")


@pytest.mark.parametrize("text", ["-5", "- 5", "€ -5", "-€ 5", "−5", "– 5", "-1.234,56", "EUR -5"])
def test_a_negative_amount_is_refused_as_negative(text: str) -> None:
    refused = read_amount(text)
    assert isinstance(refused, Melding)
    assert "onder nul" in refused.tekst


@pytest.mark.parametrize(
    "text",
    [
        "",
        "€",
        "abc",
        "1.2.3",
        "1,2,3",
        "1,234.56",
        "1.23.456",
        "12.34,5",
        "1e3",
        "١٢",
        "5 5",
        "1.234.56",
        "9" * 41,
        "9" * 16,
        "9" * 20 + ",123",
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    refused = read_amount(text)
    assert isinstance(refused, Melding)
    assert "1.234,56" in refused.tekst


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    for read in (read_amount, read_whole_amount, read_number):
        value = read(text)
        assert isinstance(value, Melding) or value >= 0


@pytest.mark.parametrize("text", ["24.500,50", "24.50", "0,01"])
def test_cents_where_whole_euros_belong_are_refused_with_what_to_enter(text: str) -> None:
    refused = read_whole_amount(text)
    assert isinstance(refused, Melding)
    assert "hele euro's" in refused.tekst
    assert "Gelezen als" in refused.tekst


@pytest.mark.parametrize("text", ["12,5", "1.000", "-3", "twaalf", "1 2", "٣"])
def test_a_number_is_digits_only(text: str) -> None:
    assert isinstance(read_number(text), Melding)
    assert read_number(" 67 ") == 67
