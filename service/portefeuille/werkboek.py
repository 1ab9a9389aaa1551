"""The Excel file, written row by row, and what keeps its cells from being run as formulas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from service.portefeuille.overzicht import Overzicht

EXCEL_RIJEN: Final = 1_048_576
# what a spreadsheet takes as the start of a formula, the full-width signs included
_SIGNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_FORMULA: Final = "^[=+\\-@\t\r\n＝＋－＠]"


def neutral(text: str) -> str:
    """``text`` so that a spreadsheet shows it instead of running it."""
    return f"'{text}" if text[:1] in _SIGNS else text


def neutral_column(column: str) -> pl.Expr:
    """The same for a column of texts."""
    return pl.when(pl.col(column).str.contains(_FORMULA)).then(pl.lit("'") + pl.col(column)).otherwise(pl.col(column))


@dataclass
class Blad:
    """One sheet that is filled row by row; what does not fit on it is counted and left out."""

    blad: Worksheet
    vet: Format
    regel: int = 0
    weggelaten: int = 0

    def head(self, names: Sequence[str]) -> None:
        """The names of the columns, in bold, staying in view."""
        self.blad.write_row(self.regel, 0, [neutral(name) for name in names], self.vet)
        self.blad.freeze_panes(self.regel + 1, 0)
        self.regel += 1

    def row(self, cells: Iterable[Any]) -> None:
        """One row."""
        if self.regel >= EXCEL_RIJEN:
            self.weggelaten += 1
            return
        for at, cell in enumerate(cells):
            if cell is None:
                continue
            if isinstance(cell, bool):
                self.blad.write_string(self.regel, at, "ja" if cell else "nee")
            elif isinstance(cell, int | float | Decimal):
                self.blad.write_number(self.regel, at, float(cell))
            elif isinstance(cell, str):
                self.blad.write_string(self.regel, at, neutral(cell))
            else:
                self.blad.write_datetime(self.regel, at, cell)
        self.regel += 1


class Werkboek:
    """An Excel file in the making; rows go to disk as they come, so that its size does not matter."""

    def __init__(self, path: Path, folder: Path) -> None:
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
                "default_date_format": "dd-mm-yyyy",
            },
        )
        self._bold = self._book.add_format({"bold": True})
        self._sheets: dict[str, Blad] = {}

    def sheet(self, name: str) -> Blad:
        """The sheet called ``name``."""
        if name not in self._sheets:
            sheet = self._book.add_worksheet(name)
            sheet.set_column(0, 0, 24)
            self._sheets[name] = Blad(sheet, self._bold)
        return self._sheets[name]

    def tables(self, name: str, tables: Iterable[Overzicht]) -> None:
        """Small tables below each other on one sheet."""
        sheet = self.sheet(name)
        sheet.blad.set_column(0, 0, 44)
        sheet.blad.set_column(1, 8, 20)
        for table in tables:
            for cells, bold in (((table.titel,), True), ((table.uitleg,), False), (table.kop, True)):
                if any(cells):
                    sheet.blad.write_row(
                        sheet.regel, 0, [neutral(cell) for cell in cells], self._bold if bold else None
                    )
                    sheet.regel += 1
            for row in table.rijen:
                sheet.row(row)
            sheet.regel += 1

    def overflow(self) -> dict[str, int]:
        """The sheets that are full, with how many rows did not fit."""
        return {name: sheet.weggelaten for name, sheet in self._sheets.items() if sheet.weggelaten}

    def close(self) -> None:
        """Write the file."""
        self._book.close()
