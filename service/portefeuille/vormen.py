"""What the process that reads a file and the service that asked for it agree on: kinds of files, limits, marked cells.

A cell that is there and cannot be used (an error of Excel, a formula without a value) is marked, so that it is refused
in its row; it is never empty.
"""

import re
from typing import Final

import polars as pl

RIJ: Final = "rij"
PER_KEER: Final = 20_000
SOORTEN: Final = {".csv": "csv", ".txt": "csv", ".xlsx": "excel", ".xlsm": "excel", ".parquet": "parquet"}
WOORDEN: Final = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet"}
ANDERE_SOORT: Final = "Deze soort bestand wordt niet gelezen. Geef een bestand .csv, .xlsx of .parquet."
# more columns no page can show, and no corporation has them; ZZ is the last of Excel with two letters
MEESTE_KOLOMMEN: Final = 702
# what fits in a cell of Excel, and in the name of a column
LANGSTE_CEL: Final = 32_767
LANGSTE_NAAM: Final = 500
# no text of a file has this sign: where it does, the cell is marked too
MERK: Final = "\0"
FOUT, FORMULE, GROOT, DECIMALEN, TEKEN = "fout", "formule", "groot", "decimalen", "teken"
# numbers of this size lost digits in a spreadsheet
ONZEKER: Final = 1e15


def merk(kind: str, shown: str = "") -> str:
    """A marked cell: why it cannot be used, and what it shows."""
    return f"{MERK}{kind}:{shown}"


def read_merk(text: str) -> tuple[str, str] | None:
    """Why a marked cell cannot be used, and what it shows; None for any other cell."""
    found = re.fullmatch(r"\0([a-z]+):(.*)", text, re.DOTALL)
    return (found[1], found[2]) if found else None


def as_text(column: pl.Series) -> pl.Series | None:
    """``column`` as the text a person would type; what is blank is null. None for a kind that is no text.

    A number that a spreadsheet cannot hold for certain, or that is no amount of cents, is marked.
    """
    dtype = column.dtype
    if dtype.is_float():
        return _float_text(column.cast(pl.Float64))
    if dtype == pl.Boolean:
        return column.replace_strict({True: "ja", False: "nee"}, return_dtype=pl.String)
    if isinstance(dtype, pl.Datetime):
        text = column.dt.to_string("%Y-%m-%d %H:%M:%S")
        return text.str.replace(r" 00:00:00$", "")
    if not (dtype.is_integer() or dtype in _READABLE):
        return None
    text = column.cast(pl.String)
    if isinstance(dtype, pl.Decimal):
        text = text.str.replace(r"(\.[0-9]{2})0+$", "$1")
    text = text.str.strip_chars()
    odd = text.str.contains(MERK, literal=True).fill_null(value=False)
    if odd.any():
        text = text.set(odd, merk(TEKEN))
    return text.set(text == "", None)


_READABLE: Final = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime, pl.Decimal, pl.Null)


def _float_text(column: pl.Series) -> pl.Series:
    """A binary number without its noise."""
    number = pl.col("n")
    whole = (number - number.round(0)).abs() < 1e-9
    cents = (number - number.round(2)).abs() < 1e-6
    large = number.abs() >= ONZEKER
    digits = number.round(0).cast(pl.Int128, strict=False).cast(pl.String)
    return (
        column.rename("n")
        .to_frame()
        .select(
            pl.when(number.is_nan())
            .then(None)
            .when(number.is_infinite())
            .then(pl.lit(merk(FOUT, "oneindig")))
            .when(large)
            .then(pl.lit(merk(GROOT)) + digits.fill_null(number.cast(pl.String)))
            .when(whole)
            .then(number.round(0).cast(pl.Int64, strict=False).cast(pl.String))
            .when(cents)
            .then(number.round(2).cast(pl.String))
            .otherwise(pl.lit(merk(DECIMALEN)) + number.round(6).cast(pl.String))
            .alias(column.name)
        )
        .to_series()
    )
