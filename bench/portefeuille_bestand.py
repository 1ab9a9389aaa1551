"""``python -m bench.portefeuille_bestand``: the command from file to file, each run in a process of its own.

The table has one resident and all usual fields in every row, written as a Dutch spreadsheet writes them; two in five
proposed rents give a ground for objection.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

import polars as pl
from rich.console import Console
from rich.table import Table

from bench.portefeuille_tabel import PEILDATUM, RONDE, days, draw, words

ROOT: Final = Path(__file__).parents[1]
RUNS: Final = ((50_000, "csv"), (50_000, "parquet"), (50_000, "xlsx"), (500_000, "parquet"))
# the last line of the process that is measured: its memory at its highest and all its work, in a form to read back
RUN: Final = """
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from bench.geheugen import highest
from service.opdracht.commando import main
from service.portefeuille import lezer
try:
    main()
except SystemExit as ended:
    assert not ended.code, ended.code
lezer.stop()
read = getrusage(RUSAGE_CHILDREN)  # the process that read the file
print(highest(), process_time() + read.ru_utime + read.ru_stime)
"""


def portfolio(rows: int) -> pl.DataFrame:
    """A table of ``rows`` dwellings, every cell as text."""
    rent = draw(1, 60_000) + 35_000
    raised = (rent * pl.when(draw(2, 5) < 2).then(1_060).otherwise(1_030)) // 1000
    cells = {
        "VHE-nummer": pl.format("VHE-{}", pl.col("nr").cast(pl.String).str.zfill(7)),
        "soort": pl.lit("huurder"),
        "verhuurder": words(3, ("wetland-wonen", "woonconcept", "andere-corporatie")),
        "vermogen": draw(4, 60_000).cast(pl.String),
        "inkomenscategorie": words(5, ("L", "M", "H", "")),
        "woning_kale_huur": _euros(rent),
        "woning_servicekosten_totaal": _euros(draw(6, 8_000)),
        "woning_zelfstandig": pl.when(draw(7, 100) < 97).then(pl.lit("ja")).otherwise(pl.lit("nee")),
        "woning_wws_maximum": _euros(draw(8, 70_000) + 60_000),
        "woning_energielabel": words(9, ("A+++", "A++", "A+", "A", "B", "C", "D", "E", "F", "G")),
        "woning_label_datum": _day(10, date(2016, 1, 1), date(2025, 6, 1)),
        "woning_huur_bij_aanvang": _euros(rent - draw(11, 20_000)),
        "woning_contract_vanaf": _day(12, date(2005, 1, 1), date(2022, 1, 1)),
        "woning_laatste_verhoging": pl.lit("01-07-2025"),
        "woning_voorgestelde_huur": _euros(raised),
        "woning_aangezegd_op": pl.lit("20-02-2026"),
        "p1_rol": pl.lit("huurder"),
        "p1_geboortedatum": _day(13, date(1935, 1, 1), date(2004, 1, 1)),
        "p1_inkomen_opgave": draw(14, 45_000).cast(pl.String),
        "p1_inkomen_t1": draw(15, 45_000).cast(pl.String),
        "p1_inkomen_t2": draw(16, 45_000).cast(pl.String),
    }
    return pl.DataFrame({"nr": pl.int_range(rows, eager=True)}).select(**cells)


def _euros(cents: pl.Expr) -> pl.Expr:
    return pl.format("{},{}", cents // 100, (cents % 100).cast(pl.String).str.zfill(2))


def _day(seed: int, start: date, end: date) -> pl.Expr:
    return days(seed, start, end).dt.to_string("%d-%m-%Y")


def run(rows: int, kind: str, folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor time and MiB at its highest, from a CSV file to a result of this kind."""
    source = folder / f"woningen-{rows}.csv"
    if not source.exists():
        portfolio(rows).write_csv(source, separator=";")
    dates = ["--peildatum", PEILDATUM.isoformat(), "--huurronde", str(RONDE)]
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, "portefeuille", str(source), str(folder / f"uit.{kind}"), *dates],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    peak, cpu = map(float, done.stdout.split())
    return perf_counter() - start, cpu, peak


def main() -> None:
    """Measure each run that is asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.portefeuille_bestand", description="Measure a portfolio from file to file."
    )
    parser.add_argument("--rijen", type=int, help="only this many rows, to every kind of result")
    asked = parser.parse_args().rijen
    out = Console(width=100)
    out.print(f"Python {platform.python_version()}, polars {pl.__version__}, {os.cpu_count()} cores")
    shown = Table("rows", "to", "seconds", "cpu s", "peak MiB", title="From CSV to a result")
    with TemporaryDirectory() as name:
        for rows, kind in [(asked, kind) for kind in ("csv", "parquet", "xlsx")] if asked else RUNS:
            seconds, cpu, peak = run(rows, kind, Path(name))
            shown.add_row(f"{rows:,}", kind, f"{seconds:.1f}", f"{cpu:.1f}", f"{peak:,.0f}")
    out.print(shown)


if __name__ == "__main__":
    main()
