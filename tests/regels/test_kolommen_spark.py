"""The same expressions on Spark: a sample through a local session equals Polars."""

import random
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from regels.lezers import kolommen
from tests.hulp.gelijk import vragen
from tests.hulp.tabellen import rij, tabel

sql = pytest.importorskip(
    "pyspark.sql", reason="pyspark is not installed: pip install 'huurtoets[spark]' (it needs Java)"
)

# dates, 128 bits, divisions, rounding, tables, an outcome without an amount
BESLUITEN = ("daeb-doelgroep", "huurtoeslag", "huurverhoging-wettelijk", "huurquote", "beschermd-thuis", "efg-ontzien")


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.pyspark.python": sys.executable,
    }
    made = sql.SparkSession.builder.master("local[1]").config(map=settings).getOrCreate()
    yield made
    made.stop()


def _frame(session: Any, table: pl.DataFrame) -> Any:
    types = sql.types
    kinds = {pl.Int64: types.LongType(), pl.Boolean: types.BooleanType(), pl.Date: types.DateType()}
    fields = [types.StructField(name, kinds.get(dtype, types.StringType())) for name, dtype in table.schema.items()]
    return session.createDataFrame(table.rows(), types.StructType(fields))


@pytest.mark.parametrize("jaar", [2024, 2026])
def test_spark_gives_the_answers_of_polars(session: Any, jaar: int) -> None:
    rows = [rij(vraag) for vraag in vragen(jaar, "12-31", 0, 40, begin=random.Random(jaar).randrange(1000))]
    most = max(row["personen"] for row in rows)
    table = tabel(rows, kolommen.schema(personen=most)).with_row_index("nr").cast({"nr": pl.Int64})
    answers = [
        kolommen.toets(nw.from_native(frame), date(jaar, 12, 31), jaar, BESLUITEN, ontbreekt=False).to_native()
        for frame in (_frame(session, table), table.lazy())
    ]
    spark = sorted((row.asDict() for row in answers[0].collect()), key=lambda row: row["nr"])
    assert spark == answers[1].collect().to_dicts()
    assert any(row["huurtoeslag__perMaand"] for row in spark)


def test_what_is_missing_needs_polars(session: Any) -> None:
    frame = nw.from_native(session.createDataFrame([(70000,)], ["woning_kale_huur"]))
    with pytest.raises(ValueError, match="ontbreekt=False"):
        kolommen.toets(frame, date(2026, 3, 1), 2026, ["huurklasse"])
