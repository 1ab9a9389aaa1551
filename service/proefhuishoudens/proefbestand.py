"""The illustrative households as a file that the reader of a portfolio takes without questions."""

from pathlib import Path
from typing import Final

import polars as pl

from regels import Regelset
from regels.lezers import kolommen
from service.proefhuishoudens.proeftabel import PLEKKEN

_CENTS: Final = 100
VORMEN: Final = (".csv", ".parquet")


def schrijf(tabel: pl.DataFrame, regels: Regelset, naar: Path) -> None:
    """Write ``tabel`` to a CSV or Parquet file: amounts in euros, and no columns of its own."""
    cells = as_portfolio(tabel, regels)
    if naar.suffix == ".csv":
        cells.write_csv(naar, separator=";")
    elif naar.suffix == ".parquet":
        cells.write_parquet(naar)
    else:
        raise ValueError(f"Het bestand '{naar.name}' is geen {' of '.join(VORMEN)}.")


def as_portfolio(tabel: pl.DataFrame, regels: Regelset) -> pl.DataFrame:
    """The columns that a portfolio has, every cell as text."""
    cells = {"verwijzing": pl.col("verwijzing")}
    for kolom in kolommen.schema(regels, personen=PLEKKEN):
        if kolom.naam not in tabel.columns or kolom.naam == "personen":
            continue
        column = pl.col(kolom.naam)
        if kolom.deler == _CENTS:
            column = pl.format("{},{}", column // _CENTS, (column % _CENTS).cast(pl.String).str.zfill(2))
        elif tabel.schema[kolom.naam] == pl.Boolean:
            column = pl.when(column).then(pl.lit("ja")).otherwise(pl.lit("nee"))
        cells[kolom.naam] = column.cast(pl.String)
    return tabel.select(**cells)
