"""Cells of a spreadsheet: never run as a formula."""

from typing import Final

import polars as pl

# what a spreadsheet takes as the start of a formula, the full-width signs included, and what a writer of sheets may
# take as markup of its own and write as it is
_SIGNS: Final = (*"=+-@\t\r\n＝＋－＠", "<r>")
_START: Final = "^([=+\\-@\t\r\n＝＋－＠]|<r>)"


def neutral(text: str) -> str:
    """``text`` so that a spreadsheet shows it instead of running it."""
    return f"'{text}" if text.startswith(_SIGNS) else text


def neutral_column(column: str) -> pl.Expr:
    """The same for a column of texts."""
    return pl.when(pl.col(column).str.contains(_START)).then(pl.lit("'") + pl.col(column)).otherwise(pl.col(column))
