"""Tables in: every form of file, and every way to write an amount, a date, a choice or a code."""

import logging
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.invoer.bedragen import Melding, read_amount, read_whole_amount
from service.invoer.datums import read_date
from service.portefeuille import csvrijen
from service.portefeuille.csvvorm import shape_of
from service.portefeuille.doelen import PERSONEN, WONINGEN, doelen
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.tabellen import open_table
from service.portefeuille.waarden import read_column
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import write_csv, write_excel

ROWS = [{"nr": "1", "huur": "655,12"}, {"nr": "2", "huur": "1.012,40"}]


def _rows(path: Path, columns: list[str] | None = None) -> list[dict[str, Any]]:
    table = open_table(path, path.parent)
    return [row for frame in table.lees(columns or list(table.kolommen)) for row in frame.to_dicts()]


def _read(name: str, *cells: str | None, group: str = WONINGEN, **how: bool) -> tuple[list[object], list[str]]:
    read = read_column(pl.Series("k", list(cells), dtype=pl.String), doelen(PAKKET)[group][name], **how)
    return read.waarden.to_list(), list(read.fouten.values())


# files


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_is_read_whatever_stands_between_its_columns(tmp_path: Path, separator: str, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", ROWS, separator=separator, encoding=encoding)
    assert _rows(path) == [{"rij": 2, "nr": "1", "huur": "655,12"}, {"rij": 3, "nr": "2", "huur": "1.012,40"}]


def test_windows_1252_is_read_and_said(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [{"één": "é"}], encoding="cp1252")
    table = open_table(path, tmp_path)
    assert table.kolommen == ("één",)
    assert "geen UTF-8" in table.meldingen[0]
    assert _rows(path) == [{"rij": 2, "één": "é"}]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_cell_is_too_long_by_its_characters_and_not_by_its_bytes(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    for length in (32_766, 32_767, 32_768):
        frame = pl.DataFrame({"nr": ["é" * length], "huur": ["1"]})
        frame.write_csv(path, separator=";") if kind == "csv" else frame.write_parquet(path)
        if length < 32_768:
            assert len(_rows(path)[0]["nr"]) == length
        else:
            with pytest.raises(PortefeuilleFout, match="meer dan 32767 tekens"):
                _rows(path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"k\n\x81\x8d\n")
    with pytest.raises(PortefeuilleFout, match="CSV UTF-8"):
        open_table(tmp_path / "a.csv", tmp_path)


def test_rows_keep_the_line_number_of_the_file_past_blank_lines_and_line_ends_in_cells(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'a;b\r\n1;2\r\n\r\n;\r\n3;"x\r\ny"\r\n5;6')
    assert [(row["rij"], row["a"]) for row in _rows(tmp_path / "a.csv")] == [(2, "1"), (5, "3"), (7, "5")]


@pytest.mark.parametrize(("row", "cells"), [("1;2;3", 3), ("1", 1)])
def test_a_line_with_more_or_fewer_cells_stops_the_run_with_its_number(tmp_path: Path, row: str, cells: int) -> None:
    (tmp_path / "a.csv").write_text(f"a;b\n7;8\n{row}\n")
    with pytest.raises(PortefeuilleFout, match=rf"Regel 3 heeft {cells} kolommen; de eerste regel heeft er 2"):
        _rows(tmp_path / "a.csv")


def test_a_separator_between_quotes_is_part_of_the_cell(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('a;b\n"1;5";"zei ""ja"""\n')
    assert _rows(tmp_path / "a.csv") == [{"rij": 2, "a": "1;5", "b": 'zei "ja"'}]


def test_a_file_of_many_blocks_is_read_whole_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvrijen, "BLOCK", 1_000)
    monkeypatch.setattr(csvrijen, "_FIRST_BLOCK", 700)
    long = 'een "{}"; vier\nregels\nin een\ncel'
    rows = [{"nr": str(at), "tekst": long.format(at) if at % 3 == 0 else "x"} for at in range(500)]
    path = write_csv(tmp_path / "a.csv", rows)
    shape = shape_of(path)  # in this process: the size of a block is only set here
    found = [row for frame in csvrijen.rows(shape, 100) for row in frame.to_dicts()]
    assert [(row["nr"], row["tekst"]) for row in found] == [(row["nr"], row["tekst"]) for row in rows]
    lines = path.read_text().split("\n")
    assert all(lines[row["rij"] - 1].startswith(row["nr"]) for row in found)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.csv", b""), ("a.csv", b"\0\0"), ("a.csv", b"a;a\n1;2\n"), ("a.csv", b";\n1;2\n"), ("a.csv", b"rij;a\n1;2\n"),
     ("a.xlsx", b"PK"), ("a.parquet", b"PAR1"), ("a.pdf", b"%PDF"), ("a.csv", b'a;b\n"open;1\n')],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(PortefeuilleFout) as refused:
        _rows(tmp_path / name)
    assert str(refused.value).endswith(".")


def test_excel_keeps_numbers_dates_and_leading_zeros(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = [
        {"nr": "007", "huur": 655.12, "dag": date(2026, 7, 1), "ja": True, "leeg": None, "n": 12},
        {"nr": "008", "huur": 0.1 + 0.2, "dag": None, "ja": False, "leeg": None, "n": 13},
    ]
    with caplog.at_level(logging.DEBUG):
        found = _rows(write_excel(tmp_path / "a.xlsx", rows))
    assert found[0] == {
        "rij": 2,
        "nr": "007",
        "huur": "655.12",
        "dag": "2026-07-01",
        "ja": "ja",
        "leeg": None,
        "n": "12",
    }
    assert found[1]["huur"] == "0.3"


def test_a_number_cell_is_never_read_as_thousands(tmp_path: Path) -> None:
    found = _rows(write_excel(tmp_path / "a.xlsx", [{"huur": 1.234}, {"huur": 1234.5}]))
    assert _read("woning_kale_huur", *(row["huur"] for row in found))[0] == [None, 123450]


def test_parquet_keeps_its_kinds(tmp_path: Path) -> None:
    pl.DataFrame(
        {"huur": pl.Series([Decimal("655.120000"), None]), "i": [24500, 1], "f": [655.1, float("nan")],
         "d": [date(2026, 7, 1), None], "t": [" x ", " "], "b": [True, None]}
    ).write_parquet(tmp_path / "a.parquet")  # fmt: skip
    assert _rows(tmp_path / "a.parquet") == [
        {"rij": 1, "huur": "655.12", "i": "24500", "f": "655.1", "d": "2026-07-01", "t": "x", "b": "ja"},
        {"rij": 2, "huur": None, "i": "1", "f": None, "d": None, "t": None, "b": None},
    ]


def test_a_file_that_is_damaged_halfway_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": [str(at) for at in range(50_000)]}).write_parquet(path, compression="zstd")
    content = bytearray(path.read_bytes())
    content[100:5_000] = b"x" * 4_900
    path.write_bytes(content)
    with pytest.raises(PortefeuilleFout, match="beschadigd"):
        _rows(path)


def test_a_column_of_lists_is_refused_only_when_it_is_used(tmp_path: Path) -> None:
    pl.DataFrame({"a": ["1"], "b": [[1]]}).write_parquet(tmp_path / "a.parquet")
    assert _rows(tmp_path / "a.parquet", ["a"])
    with pytest.raises(PortefeuilleFout, match="'b'"):
        _rows(tmp_path / "a.parquet", ["b"])


# amounts: the same as in the form


@pytest.mark.parametrize(
    ("text", "cents"),
    [("932,93", 93293), ("932.93", 93293), ("932,9", 93290), ("1.234,56", 123456), ("1 234,56", 123456), ("650", 65000),
     ("€ 650,-", 65000), ("0,01", 1), ("10.000", 1_000_000), ("10000,00", 1_000_000)],
)  # fmt: skip
def test_dutch_and_plain_decimals_are_read(text: str, cents: int) -> None:
    assert _read("woning_kale_huur", text) == ([cents], [])


@pytest.mark.parametrize("text", ["1,234", "1234.567", "abc", "-5", "0", "10000,01", "12,345,678", "1e3", "٣"])
def test_what_could_be_two_amounts_or_none_is_refused_with_words(text: str) -> None:
    values, faults = _read("woning_kale_huur", text)
    assert values == [None]
    assert len(faults) == 1


def test_a_dot_with_three_digits_is_refused_where_other_dots_start_the_cents() -> None:
    assert _read("woning_kale_huur", "1.234") == ([123400], [])
    values, faults = _read("woning_kale_huur", "932.93", "1.234", punt_is_cent=True)
    assert values == [93293, None]
    assert faults == ["Dit bedrag kan twee dingen betekenen. Schrijf 1234 of 1,23."]


AMOUNT_TEXTS = st.text(alphabet="0123456789., €-", max_size=14) | st.from_regex(r"\d{1,6}[.,]\d{0,4}", fullmatch=True)


@settings(deadline=None)
@given(st.lists(AMOUNT_TEXTS, min_size=1, max_size=20))
def test_a_column_reads_every_amount_as_the_form_does(texts: list[str]) -> None:
    tidy = [text.strip() or None for text in texts]
    for name, reader, scale in (("woning_energiekosten", read_amount, 100), ("vermogen", read_whole_amount, 1)):
        veld = doelen(PAKKET)[WONINGEN][name].veld
        assert veld is not None
        values, _ = _read(name, *tidy)
        for text, value in zip(tidy, values, strict=True):
            expected = None if text is None else reader(text)
            if isinstance(expected, Melding) or (expected is not None and expected > veld.maximum):  # type: ignore[operator]
                expected = None
            assert value == (None if expected is None else int(expected * scale)), text


DATE_TEXTS = st.dates(date(1890, 1, 1), date(2110, 1, 1)).flatmap(
    lambda d: st.sampled_from(
        [d.isoformat(), f"{d.day}-{d.month}-{d.year}", f"{d:%d-%m-%Y}", f"{d.day}/{d.month}/{d.year}"]
    )
) | st.from_regex(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}", fullmatch=True)


@settings(deadline=None)
@given(st.lists(DATE_TEXTS, min_size=1, max_size=20))
def test_a_column_reads_every_date_as_the_form_does(texts: list[str]) -> None:
    values, _ = _read("geboortedatum", *texts, group=PERSONEN)
    for text, value in zip(texts, values, strict=True):
        expected = read_date(text)
        inside = isinstance(expected, date) and date(1900, 1, 1) <= expected <= date(2100, 12, 31)
        assert value == (expected if inside else None), text


def test_dates_of_excel_and_of_a_database_are_read() -> None:
    cells = ("2026-07-01 00:00:00", "2026-07-01T00:00", "1 juli 2026", "01-07-2026")
    assert _read("woning_contract_vanaf", *cells) == ([date(2026, 7, 1)] * 4, [])
    assert _read("woning_contract_vanaf", "46204", is_getal=True) == ([date(2026, 7, 1)], [])


@pytest.mark.parametrize("cell", ["46204", "1958", "2026-07-01 14:30:00", "1-7-26", "31-02-2026"])
def test_what_could_be_another_day_is_refused(cell: str) -> None:
    assert _read("woning_contract_vanaf", cell)[0] == [None]


def test_a_year_in_a_number_column_is_no_day_of_excel() -> None:
    assert _read("geboortedatum", "1958", group=PERSONEN, is_getal=True)[0] == [None]


# words and codes


def test_the_codes_of_the_huishoudverklaring_are_read() -> None:
    assert _read("inkomenscategorie", "L", "m", "H", "geen", "Hoog", None)[0] == [
        "laag", "midden", "hoog", "geen", "hoog", None,
    ]  # fmt: skip


@pytest.mark.parametrize("code", list("NJUOnjuo"))
def test_the_codes_of_before_are_refused_with_an_explanation(code: str) -> None:
    values, faults = _read("inkomenscategorie", code)
    assert values == [None]
    assert "oude code" in faults[0]
    assert "L, M of H" in faults[0]


def test_vera_labels_are_read() -> None:
    cells = ("AP4", "AP3", "APP", "AP", "A", "g", "A+++")
    assert _read("woning_energielabel", *cells)[0] == ["A++++", "A+++", "A++", "A+", "A", "G", "A+++"]
    assert _read("woning_energielabel", "H", "AP5")[0] == [None, None]


def test_vera_reasons_are_words_of_the_field() -> None:
    cells = ("INK", "jaa", "MUT", "REN", "woningverbetering", "Jaarlijkse verhoging")
    assert _read("woning_reden_laatste_verhoging", *cells)[0] == [
        "jaarlijks", "jaarlijks", "nieuw_contract", "woningverbetering", "woningverbetering", "jaarlijks",
    ]  # fmt: skip
    values, faults = _read("woning_reden_laatste_verhoging", "XYZ")
    assert values == [None]
    assert "INK, JAA, MUT of REN" in faults[0]


def test_yes_and_no_are_read_and_other_words_refused() -> None:
    assert _read("woning_zelfstandig", "ja", "N", "WAAR", "0", "misschien")[0] == [True, False, True, False, None]


def test_ages_and_counts_are_whole() -> None:
    assert _read("p1_leeftijd_opgave", "0", "120", "121", "3,5", "x")[0] == [0, 120, None, None, None]
    assert _read("aantal_personen", "1", "30", "0", "31")[0] == [1, 30, None, None]
