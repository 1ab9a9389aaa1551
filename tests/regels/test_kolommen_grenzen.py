"""The table at the edges: the ends of every domain, absent columns, other types, and rules that no year has now."""

import gc
import random
import weakref
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from regels.lezers import kolommen
from regels.lezers.functies import FUNCTIONS
from regels.lezers.kolommen.asked import combinations
from regels.lezers.kolommen.emit import Emitter
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.nodes import INT64
from regels.vraag import MOST_PERSONS
from tests.hulp.geladen import PAKKET, read
from tests.hulp.gelijk import aan_de_rand
from tests.hulp.huishoudens import huishouden
from tests.hulp.tabellen import rij, tabel, uit_de_tabel, uit_de_toets, vergelijkbaar

DAG = date(2026, 3, 1)


@pytest.mark.parametrize("jaar", [2022, 2023, 2024, 2025, 2026])
def test_the_ends_of_every_domain_do_not_overflow(jaar: int) -> None:
    rng = random.Random(jaar)
    vragen = [aan_de_rand(rng, jaar, "12-31", 0) for _ in range(60)]
    for vraag, found in zip(vragen, uit_de_tabel(vragen, date(jaar, 12, 31), jaar), strict=True):
        assert vergelijkbaar(found) == vergelijkbaar(uit_de_toets(vraag))


def test_a_query_is_let_go_with_the_table_it_was_written_for() -> None:
    made = kolommen.Tabeltoets(PAKKET, DAG, 2026, ["huurklasse"])
    made.toets_deel(pl.DataFrame({"woning_kale_huur": [60_000]}, schema={"woning_kale_huur": pl.Int64}))
    (query,) = map(weakref.ref, made._queries.values())
    del made
    gc.collect()
    assert query() is None


# the formulas of 2023 and 2024 are those of 2022
@pytest.mark.parametrize("jaar", [2022, 2025, 2026])
def test_the_largest_household_fits(jaar: int) -> None:
    columns = kolommen.schema(PAKKET, personen=MOST_PERSONS)
    row = {"p1_rol": "huurder", "p1_inkomen_opgave": 10_000_000, "personen": 1}
    frame = nw.from_native(tabel([row], columns).lazy())
    found = (
        kolommen.toets(frame, PAKKET, date(jaar, 3, 1), jaar, ["daeb-doelgroep", "huurtoeslag"]).to_native().collect()
    )
    assert found["daeb-doelgroep__uitkomst"].to_list() == ["nee"]


def test_a_column_that_is_absent_is_unknown() -> None:
    whole = {"woning_kale_huur": 70000, "p1_rol": "huurder", "p1_inkomen_opgave": 20000}
    for absent in whole:
        row = {name: value for name, value in whole.items() if name != absent}
        frame = nw.from_native(pl.LazyFrame([row]))
        found = (
            kolommen.toets(frame, PAKKET, DAG, 2026, ["daeb-doelgroep", "huurklasse"])
            .to_native()
            .collect()
            .row(0, named=True)
        )
        asked = {"woning_kale_huur": "/woning/kaleHuur", "p1_rol": "/personen/0/rol"}.get(absent, "/personen/0/inkomen")
        besluit = "huurklasse" if absent == "woning_kale_huur" else "daeb-doelgroep"
        assert found[f"{besluit}__uitkomst"] == "onbekend"
        assert asked in found[f"{besluit}__ontbreekt"].split()


def test_without_anyone_it_is_unknown_who_lives_there() -> None:
    frame = nw.from_native(pl.LazyFrame({"woning_kale_huur": [70000]}))
    found = kolommen.toets(frame, PAKKET, DAG, 2026, ["daeb-doelgroep"]).to_native().collect().row(0, named=True)
    assert found["daeb-doelgroep__ontbreekt"] == "/personen"


@pytest.mark.parametrize(("number", "outcome"), [(0, "onbekend"), (1, "ja"), (2, "onbekend"), (None, "onbekend")])
def test_residents_without_a_place_are_not_forgotten(number: int | None, outcome: str) -> None:
    row = {"personen": number, "p1_rol": "huurder", "p1_inkomen_opgave": 20000}
    frame = nw.from_native(pl.LazyFrame([row], schema_overrides={"personen": pl.Int64}))
    found = kolommen.toets(frame, PAKKET, DAG, 2026, ["daeb-doelgroep"]).to_native().collect().row(0, named=True)
    assert found["daeb-doelgroep__uitkomst"] == outcome
    assert found["daeb-doelgroep__ontbreekt"] == ("/personen" if outcome == "onbekend" else None)


def test_other_columns_are_kept_and_the_order_of_rows_too() -> None:
    table = pl.DataFrame({"woning_kale_huur": [90000, 40000, None], "vhe": ["c", "a", "b"]})
    found = kolommen.toets(nw.from_native(table.lazy()), PAKKET, DAG, 2026, ["huurklasse"]).to_native().collect()
    assert found["vhe"].to_list() == ["c", "a", "b"]
    assert found["huurklasse__regel"].to_list() == ["duur", "goedkoop", None]
    assert found.columns == [
        "woning_kale_huur",
        "vhe",
        *(k.naam for k in kolommen.resultaat(PAKKET, DAG, 2026, ["huurklasse"])),
    ]


def test_parts_of_a_table_are_answered_as_the_whole_also_when_their_columns_change() -> None:
    table = pl.DataFrame({"woning_kale_huur": [90000, 40000, None, 70000], "vhe": ["c", "a", "b", "d"]})
    whole = kolommen.toets(nw.from_native(table.lazy()), PAKKET, DAG, 2026, ["huurklasse"]).to_native().collect()
    tabeltoets = kolommen.Tabeltoets(PAKKET, DAG, 2026, ["huurklasse"])
    parts = [tabeltoets.toets_deel(part) for part in (table.head(1), table.slice(1, 2), table.tail(1), table.clear())]
    assert pl.concat(parts).equals(whole)
    other = tabeltoets.toets_deel(table.select(pl.all().reverse()).select("vhe", "woning_kale_huur"))
    assert other["huurklasse__regel"].to_list() == whole["huurklasse__regel"].to_list()[::-1]
    with pytest.raises(ValueError, match="woning_kale_huur"):
        tabeltoets.toets_deel(table.select(pl.col("woning_kale_huur").cast(pl.String)))


def test_smaller_whole_numbers_and_lists_of_words_are_read() -> None:
    table = pl.DataFrame(
        {"woning_kale_huur": pl.Series([40000], dtype=pl.Int32), "soort": pl.Series(["huurder"], dtype=pl.Categorical)}
    )
    found = kolommen.toets(nw.from_native(table.lazy()), PAKKET, DAG, 2026, ["huurklasse"]).to_native().collect()
    assert found["huurklasse__uitkomst"].to_list() == ["ja"]


@pytest.mark.parametrize(
    "column", [pl.Series("woning_kale_huur", [655.12]), pl.Series("woning_zelfstandig", ["ja"])], ids=["float", "text"]
)
def test_another_type_is_refused(column: pl.Series) -> None:
    with pytest.raises(ValueError, match=column.name):
        kolommen.toets(nw.from_native(pl.DataFrame([column]).lazy()), PAKKET, DAG, 2026)


def test_what_is_missing_needs_polars_or_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = nw.from_native(pl.LazyFrame({"woning_kale_huur": [70000]}))
    monkeypatch.setattr(nw.LazyFrame, "implementation", nw.Implementation.DUCKDB)
    with pytest.raises(ValueError, match="alleen met Polars en Spark te bepalen; geef ontbreekt=False"):
        kolommen.toets(frame, PAKKET, DAG, 2026, ["huurklasse"])


def test_an_unknown_decision_is_refused() -> None:
    with pytest.raises(ValueError, match="er is geen besluit huurtoeslagen"):
        kolommen.resultaat(PAKKET, DAG, 2026, ["huurtoeslagen"])


def test_the_asked_decisions_are_all_that_is_answered() -> None:
    frame = nw.from_native(pl.LazyFrame({"woning_kale_huur": [70000]}))
    found = kolommen.toets(frame, PAKKET, DAG, 2026, ["huurklasse"], ontbreekt=False).collect_schema().names()
    assert found[:3] == ["woning_kale_huur", "huurklasse__uitkomst", "huurklasse__regel"]
    assert "huurklasse__klasse" in found
    assert [name for name in found[1:] if not name.startswith("huurklasse__")] == []
    assert "huurklasse__ontbreekt" not in found


def test_a_rule_that_ends_the_check_silences_the_table() -> None:
    data: dict[str, Any] = {
        "peildatum": "2026-03-01",
        "soort": "huurder",
        "meerdereProblemen": True,
        "personen": [{"rol": "huurder", "inkomen": 20000}],
        "woning": {"kaleHuur": 700},
    }
    vraag = read(data)
    (found,) = uit_de_tabel([vraag], DAG, 2026)
    assert list(found) == list(uit_de_toets(vraag)) == ["ave"]


def test_what_does_not_fit_in_64_bits_is_seen() -> None:
    graph = Graph()
    income = graph.column("inkomen", "int", lo=0, hi=10_000_000 * MOST_PERSONS)
    assert not graph.mul(income, income).wide
    assert graph.mul(graph.mul(income, income), graph.const(438_698)).wide
    assert not graph.floor_div(graph.mul(graph.mul(income, income), graph.const(438_698)), graph.const(10**12)).wide
    assert INT64 == 2**63 - 1


def test_what_is_divided_by_nobody_is_unknown_and_never_counts_as_known() -> None:
    graph = Graph()
    amount, heads = (graph.column(name, "int", nullable=False, hi=100) for name in ("bedrag", "hoofden"))
    each = graph.floor_div(amount, heads)
    nodes = {"elk": each, "bekend": graph.known(each)}
    frame = nw.from_native(pl.LazyFrame({"bedrag": [7, 7], "hoofden": [0, 2]}))
    found = Emitter(nodes, polars=True).apply(frame, ["bedrag", "hoofden"]).to_native().collect()
    assert found["elk"].to_list() == [None, 3]
    assert found["bekend"].to_list() == [False, True]


def test_a_day_of_a_column_moves_as_that_of_the_single_check() -> None:
    graph = Graph()
    day = graph.column("dag", "date")
    asked = {
        "ervoor": ("maanden_voor", 13),
        "erna": ("maanden_voor", -4),
        "jaar": ("jaarbegin",),
        "maand": ("maandbegin",),
    }
    nodes = {"jaar": graph.day("year_start", day), "maand": graph.day("month_start", day)}
    nodes |= {name: graph.day("months_before", day, asked[name][1]) for name in ("ervoor", "erna")}
    # the last of a long month, and what there is only once in four years
    days = [date(2025, 10, 31), date(2027, 3, 31), date(2024, 2, 29), date(2026, 1, 1)]
    found = (
        Emitter(nodes, polars=True).apply(nw.from_native(pl.LazyFrame({"dag": days})), ["dag"]).to_native().collect()
    )
    for name, (function, *months) in asked.items():
        assert found[name].to_list() == [FUNCTIONS[function](own, *months) for own in days], name


def test_an_age_beyond_the_calendar_is_reached_by_nobody_or_by_everybody() -> None:
    graph = Graph()
    age = graph.span("years", graph.column("dag", "date"), graph.const(date(2026, 1, 15)))
    nodes = {str(years): graph.compare(">=", age, graph.const(years)) for years in (-7974, 0, 2026)}
    frame = nw.from_native(pl.LazyFrame({"dag": [date(1990, 5, 1), None]}))
    found = Emitter(nodes, polars=True).apply(frame, ["dag"]).to_native().collect()
    assert {name: found[name].to_list() for name in nodes} == {
        "-7974": [True, None], "0": [True, None], "2026": [False, None],
    }  # fmt: skip


@pytest.mark.parametrize(("unit", "function"), [("years", "jaren_tussen"), ("months", "maanden_tussen")])
def test_between_two_days_of_columns_are_as_many_years_and_months_as_in_the_single_check(
    unit: str, function: str
) -> None:
    graph = Graph()
    between = graph.span(unit, graph.column("van", "date"), graph.column("tot", "date"))
    # the day itself, the day before, another month of the year, and the end of a short month
    days = [
        (date(2008, 5, 17), date(2026, 5, 17)),
        (date(2008, 5, 17), date(2026, 5, 16)),
        (date(2008, 12, 31), date(2026, 1, 1)),
        (date(2024, 2, 29), date(2025, 2, 28)),
        (date(2026, 1, 31), date(2026, 2, 28)),
    ]
    frame = pl.LazyFrame(days, schema=["van", "tot"], orient="row")
    found = Emitter({"tussen": between}, polars=True).apply(nw.from_native(frame), ["van"]).to_native().collect()
    assert found["tussen"].to_list() == [FUNCTIONS[function](*pair) for pair in days]


def test_every_column_is_declared_with_its_domain() -> None:
    columns = {kolom.naam: kolom for kolom in kolommen.schema(PAKKET, personen=2)}
    rent, role = columns["woning_kale_huur"], columns["p2_rol"]
    assert (rent.deler, rent.eenheid, rent.minimum, rent.pointer) == (100, "euro", Decimal("0.01"), "/woning/kaleHuur")
    assert (role.woorden[0], role.pointer) == ("huurder", "/personen/1/rol")
    assert set(rij(read(huishouden(random.Random(1))))) <= {
        k.naam for k in kolommen.schema(PAKKET, personen=MOST_PERSONS)
    }


@pytest.mark.parametrize("hashes", [[7, 8, 7, 9], [1, 1, 1, 1]], ids=["told apart", "all the same"])
def test_rows_are_told_apart_whatever_their_hashes(hashes: list[int]) -> None:
    rows = pl.DataFrame({"a": [1, 2, 1, 1], "b": [0, 0, 0, 5]})
    found, which = combinations(rows, pl.Series(hashes, dtype=pl.UInt64))
    assert len(found) == 3
    assert found[which].rows() == rows.rows()
