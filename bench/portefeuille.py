"""``python -m bench.portefeuille``: a whole portfolio, beside three contenders in the same run; prints, writes nothing.

Each starts from the same table in memory. The contenders in OpenFisca and zen-engine run in an environment of their own
(``make bench-vergelijk`` makes it); where that is not there they are skipped, and it is said. Every contender must come
to the same sums, or the run stops.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, Final

import narwhals as nw
import polars as pl
from rich.console import Console
from rich.table import Table

from bench import een
from bench.geheugen import highest
from bench.geladen import regels
from bench.handwerk import UITKOMSTEN, Handwerk, figures
from bench.portefeuille_tabel import EIGHT, PEILDATUM, RONDE, huishoudens
from regels.lezers import kolommen
from regels.stand import Stand

ROOT = Path(__file__).parents[1]
VERGELIJKING: Final = ROOT / ".venv-vergelijking" / "bin" / "python"
TIMES: Final = 3
ROUNDS: Final = 9
ZEN_ROWS: Final = 10_000
TRACED: Final = 1_000
_COLUMNS = {
    "daeb": "daeb-doelgroep__uitkomst",
    "primair": "primaire-doelgroep__uitkomst",
    "passend": "passende-huur__uitkomst",
    "huurtoeslag": "huurtoeslag__uitkomst",
    "verhoging": "huurverhoging-wettelijk__uitkomst",
    "efg": "efg-ontzien__uitkomst",
    "klasse": "huurklasse__klasse",
    "per_maand": "huurtoeslag__perMaand",
    "hoogste": "huurverhoging-wettelijk__maximaleHuur",
}
BESLUITEN: Final = tuple(dict.fromkeys(column.split("__")[0] for column in _COLUMNS.values()))
Sums = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """What one contender took for how many rows, and what came out; ``cpu`` is the work of all its threads together."""

    seconds: float
    cpu: float
    rows: int
    sums: Sums
    trace_ms: float | None = None


def ours(table: pl.LazyFrame) -> pl.LazyFrame:
    """The eight outcomes by the rules; the rent limit is what the rent class says."""
    frame = nw.from_native(table)
    answers: pl.LazyFrame = kolommen.toets(frame, regels(), PEILDATUM, RONDE, BESLUITEN, ontbreekt=False).to_native()
    within = pl.when(pl.col(_COLUMNS["klasse"]) != "boven-de-grens").then(pl.lit("ja")).otherwise(pl.lit("nee"))
    return answers.select(huurprijsgrens=within, **{name: pl.col(column) for name, column in _COLUMNS.items()})


def measured(run: Callable[[], pl.DataFrame], rows: int, times: int = TIMES) -> Result:
    """The best of a few runs."""
    seconds, cpu, found = [], [], pl.DataFrame()
    for _ in range(times):
        start, work = perf_counter(), process_time()
        found = run()
        seconds.append(perf_counter() - start)
        cpu.append(process_time() - work)
    return Result(min(seconds), min(cpu), rows, sums(found))


def sums(found: pl.DataFrame) -> Sums:
    """How often each outcome came out, and the totals of the two amounts."""
    counted: dict[str, Any] = {name: dict(found[name].cast(pl.String).value_counts().rows()) for name in UITKOMSTEN}
    return counted | {name: int(found[name].sum()) for name in ("per_maand", "hoogste")}


def contender(script: str, *arguments: str) -> Result | None:
    """The result of a script in the other environment; None when that is not there."""
    python = Path(os.environ.get("VERGELIJKING", VERGELIJKING))
    if not python.exists():
        return None
    done = subprocess.run(
        [python, ROOT / "bench" / "vergelijking" / script, *arguments], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr.strip().splitlines()[-1]}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Result(found["seconds"], found["cpu"], found["rows"], found["sums"], found.get("trace_ms"))


def same(one: Sums, other: Sums) -> bool:
    """Whether two contenders agree; an outcome that never came out may be left out."""

    def bare(value: Any) -> Any:
        return {word: count for word, count in value.items() if count} if isinstance(value, dict) else value

    return {name: bare(value) for name, value in one.items()} == {name: bare(value) for name, value in other.items()}


def eight(rows: int) -> Table:
    """The same work by every contender."""
    table = huishoudens(rows, EIGHT)
    found = figures(Stand(regels(), PEILDATUM, date(RONDE, 7, 1)))
    hand = Handwerk(found)
    # what is made once for a date and a layout is made before the clock starts, for every contender: the query here,
    # the system of OpenFisca with its arrays, the decision of zen-engine
    start = perf_counter()
    query = ours(table.lazy())
    planning = perf_counter() - start
    results: dict[str, Result | None] = {
        "huurtoets": measured(lambda: query.collect(engine="streaming"), rows),
        "Polars by hand": measured(lambda: hand.run(table.lazy()).collect(engine="streaming"), rows),
    }
    expected = {"zen-engine": sums(hand.run(table.head(ZEN_ROWS).lazy()).collect())}
    with TemporaryDirectory() as folder:
        path, numbers = Path(folder) / "tabel.parquet", Path(folder) / "cijfers.json"
        table.write_parquet(path)
        numbers.write_text(json.dumps(found), encoding="utf-8")
        repeat = str(TIMES if rows <= 1_000_000 else 1)
        results["openfisca-core"] = contender("openfisca_stelsel.py", str(path), str(numbers), repeat)
        results["zen-engine"] = contender("zen_model.py", str(path), str(numbers), str(ZEN_ROWS))
    base = results["huurtoets"]
    assert base is not None
    shown = Table("Contender", "rows", "seconds", "cpu s", "ratio", "cpu ratio", title=f"Eight outcomes, {rows:,} rows")
    shown.caption = f"huurtoets wrote its query before, once for a date and a layout: {planning:.2f} s"
    for name, result in results.items():
        if result is None:
            shown.add_row(name, "skipped: make bench-vergelijk installs it")
            continue
        if not same(result.sums, expected.get(name, base.sums)):
            raise RuntimeError(f"{name} does not come to the same sums")
        share = base.rows / result.rows
        ratios = (result.seconds / base.seconds * share, result.cpu / base.cpu * share)
        shown.add_row(name, f"{result.rows:,}", *(f"{value:.2f}" for value in (result.seconds, result.cpu, *ratios)))
    return shown


def one_household() -> Table:
    """One household at a time and explained, beside zen-engine with its trace: the same rows, in turns."""
    table = huishoudens(TRACED, EIGHT)
    asked = een.questions(table)
    steps = een.steps_per_answer(asked[:100], BESLUITEN)
    with TemporaryDirectory() as folder:
        path, numbers = Path(folder) / "tabel.parquet", Path(folder) / "cijfers.json"
        table.write_parquet(path)
        found = figures(Stand(regels(), PEILDATUM, date(RONDE, 7, 1)))
        numbers.write_text(json.dumps(found), encoding="utf-8")
        own, other = [], []
        for _ in range(ROUNDS):
            own.append(een.median_ms(asked, BESLUITEN))
            result = contender("zen_model.py", str(path), str(numbers), str(TRACED))
            other += [result.trace_ms] if result is not None and result.trace_ms is not None else []
    shown = Table("", "best ms", "ratio", "middle ms", "ratio", title="One household, the same outcomes, explained")
    shown.caption = f"of {ROUNDS} rounds in turns, each the median of {TRACED:,} households"
    for name, times in (
        (f"huurtoets, {steps:.0f} steps with values and sources", own),
        ("zen-engine with its trace", other),
    ):
        if times:
            best, middle = min(times), median(times)
            shown.add_row(name, f"{best:.2f}", f"{best / min(own):.2f}", f"{middle:.2f}", f"{middle / median(own):.2f}")
    return shown


def linear(sizes: Sequence[int]) -> Table:
    """What a row costs at each size, beyond what one row costs: that is planning, and starting the engine."""
    fixed = _asked(1)
    shown = Table("rows", "seconds", "cpu s", "ns a row", "cpu ns a row", title="Eight outcomes: is the cost linear?")
    shown.add_row("1 (fixed)", f"{fixed.seconds:.3f}", f"{fixed.cpu:.3f}", "", "")
    for rows in sizes:
        found = _asked(rows)
        # under a tenth of what is fixed, it is noise
        a_row = [
            f"{(cost - least) / rows * 1e9:.0f}" if cost > 1.1 * least else ""
            for cost, least in ((found.seconds, fixed.seconds), (found.cpu, fixed.cpu))
        ]
        shown.add_row(f"{rows:,}", f"{found.seconds:.3f}", f"{found.cpu:.3f}", *a_row)
    return shown


def _asked(rows: int) -> Result:
    table = huishoudens(rows, EIGHT)
    # a small table is soon done, and a few milliseconds of another program would be most of it
    times = TIMES if rows >= 1_000_000 else 5 * TIMES
    return measured(lambda: ours(table.lazy()).collect(engine="streaming"), rows, times)


def whole(rows: int, gaps: float, missing: bool) -> dict[str, float]:
    """Every decision with its reasons and values, for the table in memory: seconds and peak memory in MiB."""
    table = huishoudens(rows, gaps=gaps)
    inputs = [name for name in table.columns if name != "nr"]
    start, work = perf_counter(), process_time()
    answers = kolommen.toets(nw.from_native(table.lazy()), regels(), PEILDATUM, RONDE, ontbreekt=missing).to_native()
    found = answers.drop(inputs).collect(engine="streaming")
    seconds, cpu = perf_counter() - start, process_time() - work
    assert len(found) == rows
    return {"seconds": seconds, "cpu": cpu, "peak": highest(), "columns": found.width}


def everything(rows: int) -> Table:
    """The full rule set, each case in a process of its own, so that the memory is its own."""
    shown = Table("Table", "seconds", "cpu s", "peak MiB", "columns", title=f"All decisions, {rows:,} households")
    for label, gaps, missing in (
        ("complete, with what is missing", 0.0, True),
        ("2% of all cells empty", 0.02, False),
        ("2% of all cells empty, with what is missing", 0.02, True),
    ):
        code = f"import json; from bench.portefeuille import whole; print(json.dumps(whole({rows}, {gaps}, {missing})))"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
        found = json.loads(done.stdout)
        shown.add_row(
            label, f"{found['seconds']:.1f}", f"{found['cpu']:.1f}", f"{found['peak']:,.0f}", str(int(found["columns"]))
        )
    return shown


def main() -> None:
    """Measure one household, and the sizes that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.portefeuille", description="Measure a whole portfolio.")
    parser.add_argument(
        "--rijen", type=int, nargs="*", default=[10_000, 100_000, 1_000_000], help="sizes to compare at"
    )
    parser.add_argument(
        "--lineair", type=int, nargs="*", default=[10_000, 100_000, 1_000_000, 10_000_000],
        help="sizes at which the cost of a row is measured",
    )  # fmt: skip
    parser.add_argument("--volledig", type=int, default=2_400_000, help="households for all decisions; 0 skips that")
    asked = parser.parse_args()
    out = Console(width=110)
    out.print(
        f"Python {platform.python_version()}, polars {pl.__version__}, {os.cpu_count()} cores, {platform.machine()}"
    )
    out.print(one_household())
    for rows in asked.rijen:
        out.print(eight(rows))
    if asked.lineair:
        out.print(linear(asked.lineair))
    if asked.volledig:
        out.print(everything(asked.volledig))


if __name__ == "__main__":
    main()
