"""The Excel file: a first sheet with small tables, and sheets that are filled row by row as the rows come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl
import polars.selectors as cs
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from service.portefeuille.cellen import neutral, neutral_column
from service.portefeuille.overzicht import Overzicht

EXCEL_RIJEN: Final = 1_048_576
_LONGEST: Final = 32_767
_DAY_ZERO: Final = date(1899, 12, 30)
_Write = Callable[[int, int, Any], object]


@dataclass
class Blad:
    """A sheet with rows; what does not fit on it is counted and left out."""

    blad: Worksheet
    vet: Format
    datum: Format
    regels: int = 0
    weggelaten: int = 0

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows; all have the columns of the first."""
        if not self.regels:
            self.blad.write_row(0, 0, [neutral(name) for name in frame.columns], self.vet)
            self.blad.freeze_panes(1, 0)
            self.blad.autofilter(0, 0, EXCEL_RIJEN - 1, frame.width - 1)
            self.regels = 1
        kept = frame.head(EXCEL_RIJEN - self.regels)
        self.weggelaten += frame.height - kept.height
        # what a column holds is settled once, and not for each of its cells
        writers = [self._writer(kind) for kind in kept.dtypes]
        for line, row in enumerate(_cells(kept).iter_rows(), self.regels):
            for at, cell in enumerate(row):
                if cell is not None:
                    writers[at](line, at, cell)
        self.regels += kept.height

    def _writer(self, kind: pl.DataType) -> _Write:
        if kind == pl.Date:
            return lambda line, at, cell: self.blad.write_number(line, at, cell, self.datum)
        write: _Write = self.blad.write_number if kind.is_numeric() else self.blad.write_string
        return write

    def close(self) -> None:
        """The last row has been given; the sheet is written with its workbook."""


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The cells as they are written: texts that nobody runs, yes and no as words, numbers, and days by their number."""
    return (
        frame.with_columns(
            cs.boolean().replace_strict({True: "ja", False: "nee"}, return_dtype=pl.String),
            (cs.enum() | cs.categorical()).cast(pl.String),
            cs.decimal().cast(pl.Float64),
            (cs.date() - pl.lit(_DAY_ZERO)).dt.total_days(),
        )
        .with_columns(neutral_column(name).alias(name) for name, kind in frame.schema.items() if kind == pl.String)
        .with_columns(cs.string().str.slice(0, _LONGEST))
    )


class Werkboek:
    """An Excel file in the making; rows go to ``folder`` as they come, so that its size does not matter."""

    def __init__(self, path: Path, folder: Path, eerste: str) -> None:
        self.tabellen: Sequence[Overzicht] = ()
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "tmpdir": str(folder),
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._bold = self._book.add_format({"bold": True})
        self._day = self._book.add_format({"num_format": "dd-mm-yyyy"})
        self._first = self._book.add_worksheet(eerste)
        self._sheets: dict[str, Blad] = {}

    def sheet(self, name: str) -> Blad:
        """The sheet called ``name``."""
        if name not in self._sheets:
            sheet = self._book.add_worksheet(name)
            sheet.set_column(0, 0, 24)
            self._sheets[name] = Blad(sheet, self._bold, self._day)
        return self._sheets[name]

    def overflow(self) -> dict[str, int]:
        """The sheets that are full, with how many rows did not fit."""
        return {name: sheet.weggelaten for name, sheet in self._sheets.items() if sheet.weggelaten}

    def close(self) -> None:
        """Write the small tables below each other on the first sheet, and the file."""
        sheet, line = self._first, 0
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, 8, 20)
        for table in self.tabellen:
            heads = [([table.titel], self._bold), ([table.uitleg], None), (list(table.kop), self._bold)]
            for cells, form in (*heads, *((row, None) for row in table.rijen)):
                if any(cell is not None and cell != "" for cell in cells):
                    sheet.write_row(line, 0, [neutral(c) if isinstance(c, str) else c for c in cells], form)
                    line += 1
            line += 1
        self._book.close()
