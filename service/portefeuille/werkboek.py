"""The Excel file: a first sheet with small tables, and sheets of rows. All of it is written at the end, at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Final

import polars as pl
import polars.selectors as cs
import xlsxturbo
from xlsxturbo.types import SheetOptions

from service.portefeuille.cellen import neutral, neutral_column
from service.portefeuille.overzicht import Cel, Overzicht

EXCEL_RIJEN: Final = 1_048_576
EURO, HELE_EURO, DATUM = "€ #,##0.00", "€ #,##0", "dd-mm-yyyy"
# a cell holds 32,767 units, and a character takes one or two of them
_LONGEST: Final = 16_383
_WIDE, _FORMATTED = 24.0, 12.0
# a table, the sheet that it stands on, and how
Part = tuple[pl.DataFrame, str, SheetOptions]


@dataclass
class Uitvoerblad:
    """A sheet with rows, which wait in ``folder``; what does not fit on the sheet is counted and left out."""

    naam: str
    folder: Path
    regels: int = 0
    weggelaten: int = 0
    delen: list[Path] = field(default_factory=list)

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows; all have the columns of the first."""
        self.regels = self.regels or 1  # the names
        kept = frame.head(EXCEL_RIJEN - self.regels)
        self.regels += kept.height
        self.weggelaten += frame.height - kept.height
        part = self.folder / f"blad-{self.naam}-{len(self.delen):05}.arrow"
        part.touch(mode=0o600)
        _cells(kept).write_ipc(part, compression="lz4")
        self.delen.append(part)

    def close(self) -> None:
        """The last row has been given; the sheet is written with its workbook."""

    def whole(self, opmaak: Mapping[str, str]) -> Part:
        """The whole sheet; ``opmaak`` has the format of the columns in which a number is more than a number."""
        rows = pl.scan_ipc(self.delen).collect()
        for part in self.delen:
            part.unlink()
        formats = {name: form for name, form in opmaak.items() if name in rows.columns}
        formats |= {name: DATUM for name, kind in rows.schema.items() if kind == pl.Date}
        options: SheetOptions = {
            "freeze_panes": True,
            "autofilter": True,
            "column_widths": {0: _WIDE} | {at: _FORMATTED for at, name in enumerate(rows.columns) if name in formats},
            "column_formats": {name: {"num_format": form} for name, form in formats.items()},
        }
        return rows, self.naam, options


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    """The cells as they are written: texts that nobody runs, yes and no as words, and numbers.

    Words that come back are kept as categories, which take a fourth of the room.
    """
    return (
        frame.with_columns(
            cs.boolean().replace_strict({True: "ja", False: "nee"}, return_dtype=pl.Categorical),
            cs.enum().cast(pl.Categorical),
            cs.decimal().cast(pl.Float64),
        )
        .with_columns(neutral_column(name).alias(name) for name, kind in frame.schema.items() if kind == pl.String)
        .with_columns(cs.string().str.slice(0, _LONGEST))
        .rename(neutral)
    )


class Werkboek:
    """An Excel file in the making: rows wait in ``folder`` as they come, and all of it is written at the end.

    ``tabellen`` are the small tables of the first sheet; ``opmaak`` has the formats of columns with amounts.
    """

    def __init__(self, path: Path, folder: Path, eerste: str) -> None:
        self.tabellen: Sequence[Overzicht] = ()
        self.opmaak: Mapping[str, str] = {}
        self._path, self._folder, self._first = path, folder, eerste
        self._sheets: dict[str, Uitvoerblad] = {}

    def sheet(self, name: str) -> Uitvoerblad:
        """The sheet called ``name``."""
        if name not in self._sheets:
            self._sheets[name] = Uitvoerblad(name, self._folder)
        return self._sheets[name]

    def overflow(self) -> dict[str, int]:
        """The sheets that are full, with how many rows did not fit."""
        return {name: sheet.weggelaten for name, sheet in self._sheets.items() if sheet.weggelaten}

    def close(self) -> None:
        """Write the small tables below each other on the first sheet, the other sheets, and the file."""
        parts = [*_below_each_other(self.tabellen, self._first)]
        parts += [sheet.whole(self.opmaak) for sheet in self._sheets.values()]
        xlsxturbo.dfs_to_xlsx(parts, self._path, header_format={"bold": True}, constant_memory=True)


def _below_each_other(tables: Sequence[Overzicht], name: str) -> Iterator[Part]:
    """Each table as its title with what is said about it, and its rows; a blank line after it."""
    options: SheetOptions = {"column_widths": {0: 44.0} | dict.fromkeys(range(1, 9), 20.0)}
    line = 0
    for table in tables or (Overzicht(name, (), ()),):
        said = pl.DataFrame({neutral(table.titel): [neutral(table.uitleg)] if table.uitleg else []})
        columns = [[row[at] for row in table.rijen] for at in range(len(table.kop))]
        rows = pl.DataFrame([pl.Series(neutral(head), [_cell(cell) for cell in column], dtype=pl.Object)
                             for head, column in zip(table.kop, columns, strict=True)])  # fmt: skip
        amounts = [neutral(head) for head, column in zip(table.kop, columns, strict=True) if _all_amounts(column)]
        for frame, euros in ((said, []), (rows, amounts)):
            options["startrow"] = line
            options["column_formats"] = {head: {"num_format": EURO} for head in euros}
            yield frame, name, options
            options = {}  # the widths are those of the whole sheet
            line += frame.height + 1
        line += 1


def _cell(cell: Cel) -> str | int | float | None:
    if isinstance(cell, str):
        return neutral(cell) or None
    return float(cell) if isinstance(cell, Decimal) else cell


def _all_amounts(column: Sequence[Cel]) -> bool:
    return bool(column) and all(isinstance(cell, Decimal) for cell in column)
