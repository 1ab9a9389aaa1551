"""Files as they come out of real systems: a title above the names, blank rows, an empty sheet, a password, no file."""

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from service.portefeuille.draaien import open_tables
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import propose, read_koppeling
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import draai_bestand, draai_rijen, rij, write_csv

HEAD = ["VHE-nummer", "Kale huur", "Energielabel", "Contractdatum"]
ROWS = [["W1", 600.5, "E", datetime.date(2020, 1, 1)], ["W2", "x", "F", datetime.date(2021, 1, 1)]]


def _excel(path: Path, rows: Sequence[Sequence[object]], sheet: str = "Export", before: str = "") -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"}) as book:
        if before:
            book.add_worksheet(before)
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            for at, cell in enumerate(row):
                if cell is not None:
                    page.write(line, at, cell)
    return path


TITLES = {
    "nothing": ([], 1),
    "blank rows": ([[], []], 3),
    "a title": ([["Portefeuille per 1-1-2026"]], 2),
    "a title and a blank row": ([["Portefeuille"], []], 3),
    "a title of two cells": ([["Portefeuille", "1-1-2026"], [], [None, None, "vertrouwelijk"]], 4),
}


@pytest.mark.parametrize("title", TITLES)
def test_the_names_are_found_under_a_title_in_excel(tmp_path: Path, title: str) -> None:
    above, row = TITLES[title]
    found = draai_bestand(_excel(tmp_path / "w.xlsx", [*above, HEAD, *ROWS]))
    assert found.aantallen() == (2, 1, 1, 0)
    assert [(one["rij"], one["kolom"]) for one in found.afgewezen] == [(str(row + 2), "Kale huur")]
    told = [said for said in found.verslag.meldingen if f"op rij {row}." in said]
    assert bool(told) == title.startswith("a title"), "alleen een titel wordt gemeld"


CSV_TITLES = {
    "nothing": ("", 1),
    "blank lines": ("\n\n", 3),
    "a title": ("Portefeuille per 1-1-2026\n", 2),
    "a title with the separators of the rest": ("Portefeuille;;;\n;;;\n", 3),
}


@pytest.mark.parametrize("title", CSV_TITLES)
def test_the_names_are_found_under_a_title_in_csv(tmp_path: Path, title: str) -> None:
    above, line = CSV_TITLES[title]
    rows = ["VHE-nummer;Kale huur;Energielabel;Contractdatum", "W1;600,50;E;1-1-2020", "W2;x;F;1-1-2021"]
    path = tmp_path / "w.csv"
    path.write_text(above + "\n".join(rows), encoding="utf-8")
    found = draai_bestand(path)
    assert found.aantallen() == (2, 1, 1, 0)
    assert [one["rij"] for one in found.afgewezen] == [str(line + 2)]


def test_a_cell_full_of_commas_makes_no_title_of_the_names(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("VHE-nummer;Opmerking\nW1;a, b, c, d, e, f\n", encoding="utf-8")
    assert draai_bestand(path).aantallen() == (1, 1, 0, 0)


def _refused(path: Path) -> str:
    folder = path.parent / "tussen"
    folder.mkdir()
    with pytest.raises(PortefeuilleFout) as fault:
        open_tables(path, None, folder)
    return str(fault.value)


def test_a_sheet_without_a_table_is_passed_over_and_named(tmp_path: Path) -> None:
    found = draai_bestand(_excel(tmp_path / "w.xlsx", [HEAD, *ROWS], before="Voorblad"))
    assert found.aantallen() == (2, 1, 1, 0)
    assert "Op het blad 'Voorblad' staat geen tabel; het blad 'Export' is gelezen." in found.verslag.meldingen


def test_a_workbook_without_a_table_is_refused_by_the_name_of_its_sheet(tmp_path: Path) -> None:
    assert "'Export', is leeg" in _refused(_excel(tmp_path / "w.xlsx", []))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("w.xlsx", b"", "Het bestand is leeg"),
        ("w.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "wachtwoord"),
        ("w.xlsx", b"a;b\n1;2\n", "geen leesbaar Excel-bestand"),
    ],
)
def test_a_file_that_is_no_excel_says_what_to_do(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in _refused(path)


def test_a_file_that_is_not_there_is_told_in_dutch(tmp_path: Path) -> None:
    assert _refused(tmp_path / "weg.csv") == "Het bestand is niet te lezen: het bestaat niet."
    with pytest.raises(PortefeuilleFout, match="het bestaat niet"):
        read_koppeling(tmp_path / "weg.yaml", PAKKET)


def test_a_number_between_dates_is_refused_as_a_day_number(tmp_path: Path) -> None:
    rows = [["W1", 600.5, "E", datetime.date(2020, 1, 1)], ["W2", 600.5, "E", 43831], ["W3", 600.5, "E", "1-1-2020"]]
    found = draai_bestand(_excel(tmp_path / "w.xlsx", [HEAD, *rows]))
    assert [(one["verwijzing"], "dagnummer van Excel" in one["reden"]) for one in found.afgewezen] == [("W2", True)]


def test_reasons_are_counted_by_column_and_not_called_rows(tmp_path: Path) -> None:
    rows = [rij("W1", Kale_huur="x", Maximale_huur="y"), rij("W2", Kale_huur="x"), rij("W3")]
    found = draai_rijen(tmp_path, rows)
    why = found.verslag.waarom()
    assert why is not None
    assert why.kop == ("Kolom", "Keren", "Reden")
    assert [row[:2] for row in why.rijen] == [("Kale huur", 2), ("Maximale huur", 1)]
    assert found.verslag.afgewezen == 2


def test_beside_a_table_of_persons_the_household_as_a_whole_is_not_coupled(tmp_path: Path) -> None:
    dwelling = {"VHE-nummer": "W1", "Kale huur": "600", "Aantal personen": "2", "AOW": "nee", "rekeninkomen": "20000"}
    first = write_csv(tmp_path / "w.csv", [dwelling])
    second = write_csv(tmp_path / "p.csv", [{"VHE": "W1", "rol": "huurder", "leeftijd": "40"}])
    folder = tmp_path / "tussen"
    folder.mkdir()
    alone, both = (
        propose(PAKKET, open_tables(first, None, folder)[0], None, {}),
        propose(PAKKET, *open_tables(first, second, folder), {}),
    )
    assert alone.woningen["Aantal personen"] == "aantal_personen"
    assert {name for name, field in both.woningen.items() if field == "negeren"} == {
        "Aantal personen",
        "AOW",
        "rekeninkomen",
    }
    assert draai_bestand(first, second).aantallen() == (1, 1, 0, 0)
