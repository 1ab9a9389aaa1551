"""The same expressions on Spark: every decision equals Polars and the single check, and the page says how to run it."""

import random
import re
from collections.abc import Iterator
from datetime import date
from itertools import count, cycle, islice, product
from pathlib import Path
from typing import Any
from unittest import mock

import narwhals as nw
import polars as pl
import pytest

from regels import Vraag
from regels.lezers import kolommen
from regels.lezers.kolommen.emit import Emitter
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.needless import Needless
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.gelijk import DATUMS, aan_de_rand, ingang, vragen
from tests.hulp.tabellen import ZONDER_NODIG, Rij, antwoorden, tabel_van, uit_de_toets, vergelijkbaar

sql = pytest.importorskip(
    "pyspark.sql", reason="PySpark is not installed here: `make spark` runs these tests (it needs Java 17 or newer)"
)

# the places for residents in each year: the plan grows with them, and so does the time in which Spark reads it
PLAATSEN = {2022: 2, 2023: 3, 2024: 2, 2025: 4, 2026: 3}
ALTIJD = (2022, 2025, 2026)  # the others when there is time
STEEKPROEF, RANDEN = 100, 20
PAGE = Path(__file__).parents[2] / "docs" / "portefeuille.md"


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        # each plan runs once: what the second compiler of Java makes of it comes too late, and a collector of garbage
        # with threads of its own only takes time from the test beside it
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.python.sql.dataFrameDebugging.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    made = sql.SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    yield made
    made.stop()


def _frame(session: Any, table: pl.DataFrame) -> Any:
    types = sql.types
    kinds = {pl.Int64: types.LongType(), pl.Boolean: types.BooleanType(), pl.Date: types.DateType()}
    fields = [types.StructField(name, kinds.get(dtype, types.StringType())) for name, dtype in table.schema.items()]
    return session.createDataFrame(table.rows(), types.StructType(fields))


def _answered(frame: Any, peildatum: date, huurronde: int, start: date | None) -> Any:
    return kolommen.toets(nw.from_native(frame), PAKKET, peildatum, huurronde, ingangsdatum=start).to_native()


def _asked(jaar: int, when: tuple[str, int]) -> Iterator[Vraag]:
    """Random households, half of them complete, and some at the ends of every domain."""
    rng = random.Random(jaar)
    fitting = (
        (vraag for vraag in found if len(vraag.feiten()[1]) <= PLAATSEN[jaar])
        for found in (vragen(jaar, *when, 10 * STEEKPROEF, begin=2), (aan_de_rand(rng, jaar, *when) for _ in count()))
    )
    for found, number in zip(fitting, (STEEKPROEF, RANDEN), strict=True):
        yield from islice(found, number)


@pytest.mark.parametrize(
    ("jaar", "when"),
    [
        pytest.param(jaar, when, marks=[] if jaar in ALTIJD else pytest.mark.traag)
        for jaar, when in zip(PLAATSEN, cycle(DATUMS), strict=False)
    ],
)
def test_spark_answers_as_polars_and_as_the_single_check(session: Any, jaar: int, when: tuple[str, int]) -> None:
    asked = list(_asked(jaar, when))
    table = tabel_van(asked).with_row_index("nr").cast({"nr": pl.Int64})
    dates = date.fromisoformat(f"{jaar}-{when[0]}"), jaar - when[1]
    start = ingang(jaar, *when)
    spark: list[Rij] = sorted(
        (row.asDict() for row in _answered(_frame(session, table), *dates, start).collect()), key=lambda row: row["nr"]
    )
    with mock.patch.object(Needless, "leave_out", lambda _, rows: rows):  # Spark lists all that the rules wait for
        assert spark == _answered(table.lazy(), *dates, start).collect().to_dicts()
    for vraag, answers in zip(asked, antwoorden(spark, *dates), strict=True):
        assert vergelijkbaar(answers) == vergelijkbaar(uit_de_toets(vraag, toets(vraag, delen=ZONDER_NODIG))), vraag
    # the sample asks something of the amounts and of what is missing
    assert any(row["huurtoeslag__perMaand"] for row in spark)
    assert any(" " in (row["huurtoeslag__ontbreekt"] or "") for row in spark)


def test_division_on_spark_is_exact(session: Any) -> None:
    graph, most = Graph(), 2**62
    a = graph.column("a", "int", lo=-most, hi=most)
    b, c = (graph.column(name, "int", lo=0, hi=100) for name in "bc")
    nodes = {
        "wide": graph.floor_div(graph.mul(a, b), graph.const(100)),
        "half": graph.floor_div(a, graph.const(2)),
        "by": graph.floor_div(a, c),
    }
    # a double has 53 bits
    amounts = (2**53 + 1, -(2**53) - 1, most - 1, 1 - most, 3 * 10**17 + 1, 7, -7, 1, -1, 0)
    rows = list(product(amounts, (0, 1, 7, 99, 100), (0, 1, 3, 7)))
    frame = nw.from_native(session.createDataFrame(rows, "a long, b long, c long"))
    found = Emitter(nodes, polars=False).apply(frame, "abc").to_native().collect()
    expected = {(a, b, c, a * b // 100, a // 2, a // c if c else None) for a, b, c in rows}
    assert {tuple(row) for row in found} == expected


def test_the_documented_program_runs(session: Any, tmp_path: Path) -> None:
    program = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert program is not None
    homes = {"vhe": ["a", "b"], "woning_kale_huur": [65512, None], "p1_rol": ["huurder"] * 2}
    pl.DataFrame(homes | {"p1_inkomen_opgave": [20000] * 2}).write_parquet(tmp_path / "woningen.parquet")
    exec(compile(program[1].replace('parquet("', f'parquet("{tmp_path}/'), PAGE.name, "exec"), {})
    found = {row["vhe"]: row for row in pl.read_parquet(tmp_path / "uitkomst.parquet" / "*.parquet").to_dicts()}
    data: dict[str, Any] = {"peildatum": "2026-12-31", "personen": [{"rol": "huurder", "inkomen": 20000}]}
    for home, dwelling in (("a", {"kaleHuur": 655.12}), ("b", {})):
        for conclusion in toets(read(data | {"woning": dwelling})).conclusies:
            assert found[home][f"{conclusion.id}__uitkomst"] == conclusion.uitkomst
    assert found["b"]["huurklasse__ontbreekt"] == "/woning/kaleHuur"
