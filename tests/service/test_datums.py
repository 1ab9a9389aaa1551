"""Dates as people type them."""

from datetime import date

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from service.invoer.bedragen import Melding
from service.invoer.datums import read_date, read_date_parts


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_reads_back_from_every_notation(day: date) -> None:
    written = [
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%d-%m-%Y}",
        f"{day:%d/%m/%Y}",
        f"{day:%d%m%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f" {day.day} {day.month} {day.year} ",
        day.isoformat(),
        format_date(day, "d MMMM y", locale="nl_NL"),
        format_date(day, "d MMM y", locale="nl_NL"),
        format_date(day, "d MMMM y", locale="nl_NL").upper(),
    ]
    assert {read_date(text) for text in written} == {day}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31-2-2026", "februari 2026 heeft 28 dagen"),
        ("30-2-2024", "februari 2024 heeft 29 dagen"),
        ("31-4-2026", "april 2026 heeft 30 dagen"),
        ("0-1-2026", "januari 2026 heeft 31 dagen"),
        ("3-13-1958", "een maand is 1 tot en met 12"),
        ("1-1-0000", "Dit jaar bestaat niet"),
        ("3-2-58", "met vier cijfers"),
        ("3 feb '58", "met vier cijfers"),
        ("3 foo 1958", "Deze maand is niet te lezen"),
        ("gisteren", "niet als datum te lezen"),
        ("19580203", "niet als datum te lezen"),
        ("20011231", "niet als datum te lezen"),
        ("31021958", "februari 1958 heeft 28 dagen"),
        ("3-2/1958", "niet als datum te lezen"),
        ("1" * 50, "te lang"),
    ],
)
def test_a_date_that_is_none_is_refused_with_the_reason(text: str, said: str) -> None:
    refused = read_date(text)
    assert isinstance(refused, Melding)
    assert said in refused.tekst


@given(st.text(max_size=50))
def test_any_text_is_read_or_refused_and_never_raises(text: str) -> None:
    assert isinstance(read_date(text), date | Melding)


@pytest.mark.parametrize(
    "parts",
    [
        ("30", "9", "1961"),
        (" 30 ", "09", "1961"),
        ("30", "sept", "1961"),
        ("30-9-1961", "", ""),
        ("", "30 september 1961", ""),
        ("", "", "1961-09-30"),
    ],
)
def test_a_date_in_three_fields_or_whole_in_one_of_them_is_read(parts: tuple[str, str, str]) -> None:
    assert read_date_parts(*parts) == date(1961, 9, 30)


@pytest.mark.parametrize("parts", [("30", "", ""), ("30", "9", ""), ("", "9", "1961"), ("30-9-1961", "9", "")])
def test_a_date_that_is_not_whole_asks_for_the_rest(parts: tuple[str, str, str]) -> None:
    refused = read_date_parts(*parts)
    assert isinstance(refused, Melding)
    assert "de maand en het jaar" in refused.tekst


@given(parts=st.tuples(*[st.text(max_size=12)] * 3).filter(lambda parts: any(part.strip() for part in parts)))
def test_any_three_texts_are_read_or_refused_and_never_raise(parts: tuple[str, str, str]) -> None:
    assert isinstance(read_date_parts(*parts), date | Melding)
