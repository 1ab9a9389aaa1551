"""Cells of a spreadsheet: never run as a formula, and the rows of a table as the XML of a sheet, a column at a time."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final

import polars as pl
import polars.selectors as cs

from service.portefeuille.overzicht import Cel

# what a spreadsheet takes as the start of a formula, the full-width signs included
_SIGNS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_FORMULA: Final = "^[=+\\-@\t\r\n＝＋－＠]"
_MARKUP: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# what XML cannot hold is written as _x0007_, and a text that looks like that gets its first sign written so
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST: Final = 32_767
_DAY_ZERO: Final = date(1899, 12, 30)
# texts that cannot stand in a cell as they are
_SPECIAL: Final = rf"{_FORMULA}|[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$"
# a text that is one of so few in its piece of a column is written once and pointed at; of those there are so many
_FEW, _SHARED = 500, 20_000
_LINE_NAME: Final = "\0regel"
_LINE: Final = pl.col(_LINE_NAME)
_TEXTS: Final = cs.string() | cs.enum() | cs.categorical()
GEWOON, VET, DATUM = 0, 1, 2


def neutral(text: str) -> str:
    """``text`` so that a spreadsheet shows it instead of running it."""
    return f"'{text}" if text[:1] in _SIGNS else text


def neutral_column(column: str) -> pl.Expr:
    """The same for a column of texts."""
    return pl.when(pl.col(column).str.contains(_FORMULA)).then(pl.lit("'") + pl.col(column)).otherwise(pl.col(column))


def escaped(text: str) -> str:
    """``text`` as it stands in the XML of a cell, which holds so much and no more."""
    return _CONTROL.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:_LONGEST]).translate(_MARKUP)


def letters(at: int) -> str:
    """The name of column ``at``, counted from 0: A, B, ..., Z, AA."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name


class Woorden:
    """The texts of a workbook that are written once; a cell points at them."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def shared(self, text: str, style: int = GEWOON) -> str:
        """The end of a cell with ``text``, after its place."""
        shown = escaped(neutral(text))
        if shown not in self._places and len(self._places) >= _SHARED:
            return inline(text)
        mark = f' s="{style}"' if style else ""
        return f'"{mark} t="s"><v>{self._places.setdefault(shown, len(self._places))}</v></c>'

    def xml(self) -> str:
        """The list of texts, as the workbook holds it."""
        return "".join(f"<si>{_text(shown)}</si>" for shown in self._places)


def inline(text: str) -> str:
    """The end of a cell that holds ``text`` itself."""
    return f'" t="inlineStr"><is>{_text(escaped(neutral(text)))}</is></c>'


def _text(shown: str) -> str:
    # without this mark the spaces around a text are lost
    keep = ' xml:space="preserve"' if shown != shown.strip() or "\n" in shown else ""
    return f"<t{keep}>{shown}</t>"


def row(line: int, cells: Sequence[Cel], woorden: Woorden, style: int = GEWOON) -> str:
    """One row, by hand; an empty cell is left out."""
    found = []
    for at, cell in enumerate(cells):
        place = f'<c r="{letters(at)}{line}'
        if isinstance(cell, str):
            found.append(place + woorden.shared(cell, style))
        elif isinstance(cell, int | Decimal):
            found.append(f'{place}"><v>{cell}</v></c>')
    return f'<row r="{line}">{"".join(found)}</row>'


def rows(frame: pl.DataFrame, line: int, woorden: Woorden) -> str:
    """The rows of ``frame``, a column at a time; ``line`` is the place of the first. An empty cell is left out."""
    different = frame.select(_TEXTS.drop_nulls().unique().cast(pl.String).implode())
    cells = [
        pl.concat_str(pl.lit(f'<c r="{letters(at)}'), _LINE, _ending(name, kind, different, woorden))
        for at, (name, kind) in enumerate(frame.schema.items())
    ]
    numbered = frame.with_columns(pl.int_range(line, line + frame.height).cast(pl.String).alias(_LINE_NAME))
    head = pl.concat_str(pl.lit('<row r="'), _LINE, pl.lit('">'))
    return "".join(numbered.select(pl.concat_str(head, *cells, pl.lit("</row>"), ignore_nulls=True)).to_series())


def _ending(name: str, kind: pl.DataType, different: pl.DataFrame, woorden: Woorden) -> pl.Expr:
    """What follows the place of each cell; empty where the cell is."""
    column = pl.col(name)
    if kind == pl.Boolean:
        return pl.when(column).then(pl.lit(woorden.shared("ja"))).when(~column).then(pl.lit(woorden.shared("nee")))
    if kind == pl.Date:
        return _number((column - pl.lit(_DAY_ZERO)).dt.total_days(), f'" s="{DATUM}')
    if kind.is_numeric():
        return _number(column)
    words = different[name].item()
    if words.len() <= _FEW:
        return column.replace_strict(words, [woorden.shared(word) for word in words], return_dtype=pl.String)
    if not (words.str.contains(_SPECIAL) | (words.str.len_bytes() > _LONGEST)).any():
        return pl.concat_str(pl.lit('" t="inlineStr"><is><t>'), column.cast(pl.String), pl.lit("</t></is></c>"))
    return column.replace_strict(words, [inline(word) for word in words], return_dtype=pl.String)


def _number(column: pl.Expr, mark: str = "") -> pl.Expr:
    return pl.concat_str(pl.lit(f'{mark}"><v>'), column.cast(pl.String), pl.lit("</v></c>"))
