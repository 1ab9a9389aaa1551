"""The Excel file: rows are kept aside as they come, and at the end go into the zip as sheets, a piece at a time.

Written here rather than with a library, because those take a cell at a time: a minute for fifty thousand homes.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from service.portefeuille.cellen import GEWOON, VET, Woorden, letters, row, rows
from service.portefeuille.overzicht import Overzicht

EXCEL_RIJEN: Final = 1_048_576
Stap = Callable[[int, int], None]
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# ordinary, bold, and a date: the places in this list are GEWOON, VET and DATUM
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
# past so many cells a sheet may be over 2 GiB before it is packed, which the zip must know beforehand
_LARGE: Final = 20_000_000
# a fifth more bytes than at the default of 6, for half the work
_PACKED: Final = 3
# cells that are written at a time
_PER_PIECE: Final = 500_000


@dataclass
class Blad:
    """A sheet with rows, which wait in ``folder`` until the end; what does not fit is counted and left out."""

    naam: str
    folder: Path
    kop: tuple[str, ...] = ()
    regels: int = 0
    weggelaten: int = 0
    delen: list[Path] = field(default_factory=list)

    def write(self, frame: pl.DataFrame) -> None:
        """Add rows; all have the columns of the first."""
        if not self.kop:
            self.kop, self.regels = tuple(frame.columns), 1
        kept = frame.head(EXCEL_RIJEN - self.regels)
        self.weggelaten += frame.height - kept.height
        if kept.height:
            part = self.folder / f"{self.naam}-{len(self.delen):05}.parquet"
            part.touch(mode=0o600)
            kept.write_parquet(part, compression="lz4", statistics=False)
            self.delen.append(part)
            self.regels += kept.height

    def close(self) -> None:
        """The last row has been given; the sheet is written with its workbook."""

    @property
    def bereik(self) -> tuple[str, str]:
        """The first cell of the head and the last of the last row."""
        return "A1", f"{letters(max(len(self.kop), 1) - 1)}{max(self.regels, 1)}"

    def xml(self, woorden: Woorden) -> Iterator[tuple[bytes, int]]:
        """The sheet, piece by piece, each with the rows in it."""
        pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        yield _opening(f'<sheetView workbookViewId="0">{pane}</sheetView>', [(1, 1, 24)]), 0
        yield row(1, self.kop, woorden, VET).encode(), 0
        line = 2
        for part in self.delen:
            for piece in pl.read_parquet(part).iter_slices(_PER_PIECE // len(self.kop)):
                yield rows(piece, line, woorden).encode(), piece.height
                line += piece.height
        yield f'</sheetData><autoFilter ref="{":".join(self.bereik)}"/></worksheet>'.encode(), 0


def _overview(tables: Sequence[Overzicht], woorden: Woorden) -> Iterator[str]:
    """Small tables below each other."""
    line = 1
    for table in tables:
        for cells, style in (((table.titel,), VET), ((table.uitleg,), GEWOON), (table.kop, VET)):
            if any(cells):
                yield row(line, cells, woorden, style)
                line += 1
        for each in table.rijen:
            yield row(line, each, woorden)
            line += 1
        line += 1


def _opening(view: str, widths: Iterable[tuple[int, int, int]]) -> bytes:
    cols = "".join(f'<col min="{a}" max="{b}" width="{wide}.7109375" customWidth="1"/>' for a, b, wide in widths)
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews>{view}</sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{cols}</cols><sheetData>"
    ).encode()


class Werkboek:
    """An Excel file in the making: a first sheet with small tables, and sheets with rows, which wait in ``folder``."""

    def __init__(self, path: Path, folder: Path, eerste: str) -> None:
        self.tabellen: Sequence[Overzicht] = ()
        self._path, self._folder, self._first = path, folder, eerste
        self._sheets: dict[str, Blad] = {}

    def sheet(self, name: str) -> Blad:
        """The sheet called ``name``."""
        return self._sheets.setdefault(name, Blad(name, self._folder))

    def overflow(self) -> dict[str, int]:
        """The sheets that are full, with how many rows did not fit."""
        return {name: sheet.weggelaten for name, sheet in self._sheets.items() if sheet.weggelaten}

    def close(self, stap: Stap) -> None:
        """Write the file; ``stap`` hears how many rows are done, and the whole."""
        words, done, whole = Woorden(), 0, sum(max(sheet.regels - 1, 0) for sheet in self._sheets.values())
        with zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=_PACKED) as book:
            for name, text in self._around().items():
                book.writestr(name, _HEAD + text)
            view = _opening('<sheetView tabSelected="1" workbookViewId="0"/>', [(1, 1, 44), (2, 9, 20)])
            small = "".join(_overview(self.tabellen, words))
            book.writestr("xl/worksheets/sheet1.xml", view + f"{small}</sheetData></worksheet>".encode())
            for number, sheet in enumerate(self._sheets.values(), 2):
                large = sheet.regels * len(sheet.kop) > _LARGE
                with book.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=large) as file:
                    for piece, height in sheet.xml(words):
                        file.write(piece)
                        done += height
                        stap(done, whole)
            book.writestr("xl/sharedStrings.xml", f'{_HEAD}<sst xmlns="{_MAIN}">{words.xml()}</sst>')

    def _around(self) -> dict[str, str]:
        """What makes a workbook of the sheets: their names, the styles, and how the files belong together."""
        names = [self._first, *self._sheets]
        parts = [("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
        parts += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        related = "".join(
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(parts, 1)
        )
        kinds = "".join(
            f'<Override PartName="/xl/{target}" ContentType="{_TYPE}.{kind}+xml"/>' for kind, target in parts
        )
        sheets = "".join(f'<sheet name="{n}" sheetId="{at}" r:id="rId{at}"/>' for at, n in enumerate(names, 1))
        filters = "".join(
            f'<definedName name="_xlnm._FilterDatabase" localSheetId="{at}" hidden="1">{_fixed(sheet)}</definedName>'
            for at, sheet in enumerate(self._sheets.values(), 1)
        )
        defined = f"<definedNames>{filters}</definedNames>" if filters else ""
        return {
            "[Content_Types].xml": (
                f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
                'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{kinds}</Types>'
            ),
            "xl/styles.xml": _STYLES,
            "xl/workbook.xml": (
                f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
                f"<sheets>{sheets}</sheets>{defined}</workbook>"
            ),
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
            "_rels/.rels": (
                f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
        }


def _fixed(sheet: Blad) -> str:
    """The cells of ``sheet``, as a name in the workbook points at them."""
    return f"{sheet.naam}!" + ":".join(re.sub(r"([A-Z]+)", r"$\1$", cell) for cell in sheet.bereik)
