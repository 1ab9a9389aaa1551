"""The workbook: other readers find in it what was given, and nothing that runs."""

import io
import stat
import zipfile
import zlib
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import fastexcel
import openpyxl
import polars as pl
import polars.selectors as cs
import pytest

from service.portefeuille import uitpakken, werkboek
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.overzicht import table
from service.portefeuille.werkboek import EURO, HELE_EURO, Werkboek

# texts that mean something to XML or to a spreadsheet
TEXTS = ("a & b", "<b>", "<r>a & b</r>", " links", "rechts ", "twee\nregels", "é ± 漢", "_x0041_", '"', "=1+1", "ja")


def write(tmp_path: Path, *frames: pl.DataFrame, name: str = "Resultaat") -> Path:
    book = Werkboek(tmp_path / "uit.xlsx", tmp_path, "Samenvatting")
    for frame in frames:
        book.sheet(name).write(frame)
    book.tabellen = [
        table("Titel", ("Wat", "Rijen"), [("gelezen", 3), ("bedrag", Decimal("1.50")), (None, 0)], "Uitleg")
    ]
    book.close()
    return tmp_path / "uit.xlsx"


def read(path: Path, name: str = "Resultaat") -> pl.DataFrame:
    sheet = fastexcel.read_excel(path).load_sheet(name, schema_sample_rows=None).to_polars()
    return sheet.with_columns(cs.datetime().cast(pl.Date))


def neutral(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "<r>")) else text


def test_every_text_comes_back_as_it_was_given(tmp_path: Path) -> None:
    found = read(write(tmp_path, pl.DataFrame({"verwijzing": TEXTS})))["verwijzing"].to_list()
    # this reader leaves the escape of an escape in a cell that holds its own text
    assert [text.replace("_x005F_", "_") for text in found] == [neutral(text) for text in TEXTS]


def test_a_text_that_looks_like_markup_of_a_cell_adds_no_cell(tmp_path: Path) -> None:
    text = '<r><t>x</t></r></is></c><c r="B2"><f>1+1</f></c><c r="C2" t="inlineStr"><is><r></r>'
    path = write(tmp_path, pl.DataFrame({"verwijzing": [text]}))
    assert read(path).rows() == [(f"'{text}",)]
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet2.xml")


def test_a_part_comes_out_whole_or_the_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uitpakken, "_PIECE", 16)
    for size in range(1, 80):
        shrink = zlib.compressobj(wbits=-15)
        packed = shrink.compress(b"a" * size) + shrink.flush()
        pieces = uitpakken._inflated(io.BytesIO(packed), len(packed))
        assert b"".join(islice(pieces, 100)) == b"a" * size
        with pytest.raises(PortefeuilleFout, match="geen leesbaar"):
            list(islice(uitpakken._inflated(io.BytesIO(packed[:-1]), len(packed)), 100))


def test_numbers_dates_and_words_keep_their_kind_and_an_empty_cell_is_empty(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "bedrag": [Decimal("12.30"), None, Decimal("-0.05")],
            "aantal": [1, 2, None],
            "dag": [date(2026, 3, 1), None, date(1999, 12, 31)],
            "waar": [True, False, None],
            "woord": ["ja", None, "nee"],
        },
        schema_overrides={"woord": pl.Enum(["nee", "ja"])},
    )
    assert read(write(tmp_path, frame)).rows() == [
        (12.3, 1.0, date(2026, 3, 1), "ja", "ja"),
        (None, 2.0, None, "nee", None),
        (-0.05, None, date(1999, 12, 31), None, "nee"),
    ]


def test_parts_make_one_sheet_in_order(tmp_path: Path) -> None:
    frame = pl.DataFrame({"verwijzing": [f"W{at}" for at in range(50)], "nr": list(range(50))})
    path = write(tmp_path, frame.head(20), frame.clear(), frame.tail(30))
    assert read(path).rows() == [(f"W{at}", at) for at in range(50)]


def test_a_sheet_that_is_full_keeps_its_rows_and_counts_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(werkboek, "EXCEL_RIJEN", 5)
    book = Werkboek(tmp_path / "uit.xlsx", tmp_path, "Samenvatting")
    for start in (0, 3, 6, 9):
        book.sheet("Bezwaar").write(pl.DataFrame({"nr": [start, start + 1, start + 2]}))
    assert book.overflow() == {"Bezwaar": 8}
    book.close()
    assert read(tmp_path / "uit.xlsx", "Bezwaar")["nr"].to_list() == [0, 1, 2, 3]


def test_the_small_tables_stand_below_each_other_on_the_first_sheet(tmp_path: Path) -> None:
    path = write(tmp_path, pl.DataFrame({"a": [1]}))
    sheet = fastexcel.read_excel(path).load_sheet("Samenvatting", header_row=None, schema_sample_rows=None).to_polars()
    assert sheet.rows() == [
        ("Titel", None), ("Uitleg", None), ("Wat", "Rijen"), ("gelezen", "3"), ("bedrag", "1.5"), (None, "0")
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["x", "\N{HOUSE BUILDING}"])
def test_a_text_is_cut_at_what_a_cell_can_hold(tmp_path: Path, sign: str) -> None:
    found = read(write(tmp_path, pl.DataFrame({"a": [f"{at}" + sign * 40_000 for at in range(60)]})))
    assert set(found["a"].str.len_chars()) == {16_383}
    assert max(len(text.encode("utf-16-le")) // 2 for text in found["a"]) <= 32_767


def test_amounts_are_numbers_shown_in_euros_and_dates_are_dates(tmp_path: Path) -> None:
    book = Werkboek(tmp_path / "uit.xlsx", tmp_path, "Samenvatting")
    frame = pl.DataFrame({"huur": [Decimal("1234.50")], "inkomen": [51537], "dag": [date(2026, 3, 1)], "nr": [7]})
    book.sheet("Resultaat").write(frame)
    book.opmaak = {"huur": EURO, "inkomen": HELE_EURO, "staat er niet bij": EURO}
    book.tabellen = [table("Bedragen", ("Wie", "Samen"), [("a", Decimal("12.30"))])]
    book.close()
    read_back = openpyxl.load_workbook(tmp_path / "uit.xlsx")
    *amounts, day, number = read_back["Resultaat"][2]
    assert [(cell.value, cell.number_format) for cell in amounts] == [(1234.5, "€ #,##0.00"), (51537, "€ #,##0")]
    assert (day.value.date(), day.number_format) == (date(2026, 3, 1), "dd-mm-yyyy")
    assert (number.value, number.number_format) == (7, "General")
    assert [(cell.value, cell.number_format) for cell in read_back["Samenvatting"][3]] == [
        ("a", "General"), (12.3, "€ #,##0.00")
    ]  # fmt: skip
    assert all(cell.font.bold for cell in read_back["Resultaat"][1])


def test_words_of_parts_with_other_lists_stay_the_words(tmp_path: Path) -> None:
    parts = [
        pl.DataFrame({"a": pl.Series(words, dtype=pl.Enum(words))}) for words in (["x", "y"], ["z", "y"], ["y", "x"])
    ]
    assert read(write(tmp_path, *parts))["a"].to_list() == ["x", "y", "z", "y", "y", "x"]


def test_the_rows_that_wait_are_for_the_user_only_and_gone_at_the_end(tmp_path: Path) -> None:
    waiting = tmp_path / "wacht"
    waiting.mkdir()
    book = Werkboek(tmp_path / "uit.xlsx", waiting, "Samenvatting")
    book.sheet("Resultaat").write(pl.DataFrame({"a": [1]}))
    assert [stat.S_IMODE(part.stat().st_mode) for part in waiting.iterdir()] == [0o600]
    book.close()
    assert list(waiting.iterdir()) == []


def test_the_names_stay_in_view_and_can_be_filtered(tmp_path: Path) -> None:
    with zipfile.ZipFile(write(tmp_path, pl.DataFrame({"a": ["x"], "b": [1]}))) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    assert '<autoFilter ref="A1:B2"' in sheet
    assert 'state="frozen"' in sheet


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "\t"])
def test_a_text_that_would_run_is_shown(tmp_path: Path, sign: str) -> None:
    path = write(tmp_path, pl.DataFrame({f"{sign}kop": [f"{sign}1+1"]}))
    assert read(path).rows() == [(f"'{sign}1+1",)]
    with zipfile.ZipFile(path) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet2.xml")
