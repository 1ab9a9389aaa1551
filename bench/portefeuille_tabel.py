"""A table of households to measure with: the same rows every time, drawn by hashing the row number."""

import re
from datetime import date
from typing import Final

import narwhals as nw
import polars as pl

from bench.geladen import regels
from regels.lezers import kolommen
from regels.lezers.kolommen import Kolom

PEILDATUM: Final = date(2026, 3, 1)
RONDE: Final = 2026
PERSONEN: Final = 6
_EPOCH = date(1970, 1, 1)
# residents: half of the homes one, and up to six
_SIZES = ((50, 1), (80, 2), (90, 3), (96, 4), (99, 5), (100, 6))
# what the eight outcomes need of a corporation's own table with incomes beside it; the rest is assumed
EIGHT: Final = (
    "soort",
    "verhuurder",
    "vermogen",
    "inkomenscategorie",
    "woning_kale_huur",
    "woning_zelfstandig",
    "woning_aangewezen_complex",
    "woning_wws_maximum",
    "woning_energielabel",
    "personen",
    *(
        f"p{number}_{name}"
        for number in range(1, PERSONEN + 1)
        for name in ("rol", "geboortedatum", "inkomen_opgave", "onderhouden")
    ),
)


def draw(seed: int, most: int) -> pl.Expr:
    """A whole number under ``most`` in every row."""
    return (pl.col("nr").hash(seed) % most).cast(pl.Int64)


def days(seed: int, start: date, end: date) -> pl.Expr:
    """A day from ``start`` up to ``end`` in every row."""
    first = (start - _EPOCH).days
    return (draw(seed, (end - start).days) + first).cast(pl.Int32).cast(pl.Date)


def words(seed: int, choice: tuple[str, ...]) -> pl.Expr:
    """One of the words in every row."""
    return draw(seed, len(choice)).cast(pl.UInt8).cat.to(pl.Enum(choice))


def _words(seed: int, choice: tuple[str, ...], kolom: Kolom) -> pl.Expr:
    return words(seed, choice).cast(pl.Enum(kolom.woorden))


def _cell(kolom: Kolom, seed: int) -> pl.Expr:
    name = re.sub(r"^p\d_", "", kolom.naam)
    if name == "soort":
        kind = pl.Enum(kolom.woorden)
        tenant, seeker = pl.lit("huurder", dtype=kind), pl.lit("woningzoekende", dtype=kind)
        return pl.when(draw(seed, 10) < 7).then(tenant).otherwise(seeker)
    if name == "verhuurder":
        return _words(seed, ("wetland-wonen", "woonconcept", "andere-corporatie"), kolom)
    if name == "inkomenscategorie":
        return _category(seed, kolom)
    if kolom.woorden:
        return _words(seed, kolom.woorden, kolom)
    if kolom.dtype == nw.Boolean():
        return draw(seed, 100) < (97 if name == "woning_zelfstandig" else 5)
    if kolom.dtype == nw.Date():
        return days(seed, date(2015, 1, 1), date(2025, 6, 1))
    if kolom.deler == 100:
        most = 150_000 if name == "woning_wws_maximum" else 110_000
        return draw(seed, most) + 25_000
    if name == "vermogen":  # some are rich enough for the exception of BTIV 54a
        return pl.when(draw(seed + 1, 20) == 0).then(draw(seed, 400_000)).otherwise(draw(seed, 60_000))
    return draw(seed, {"vermogen_bewoner": 45_000, "leeftijd_opgave": 90}.get(name, 45_000))


def _category(seed: int, kolom: Kolom) -> pl.Expr:
    low = pl.lit("laag", dtype=pl.Enum(kolom.woorden))
    return pl.when(draw(seed, 10) < 7).then(low).otherwise(_words(seed + 1, ("midden", "hoog", "geen"), kolom))


def _role(number: int, kolom: Kolom, seed: int) -> pl.Expr:
    kind = pl.Enum(kolom.woorden)
    if number == 1:
        return pl.lit("huurder", dtype=kind)
    other = pl.lit("partner" if number == 2 else "medebewoner", dtype=kind)
    return pl.when(draw(seed, 10) < (3 if number == 2 else 8)).then(pl.lit("kind", dtype=kind)).otherwise(other)


def _born(number: int, seed: int) -> pl.Expr:
    """A birthday: a child is younger than its parents, and who lives alone may be young."""
    grown = days(seed, date(1935, 1, 1), date(1984, 1, 1))
    if number == 1:
        return pl.when(pl.col("personen") > 1).then(grown).otherwise(days(seed, date(1935, 1, 1), date(2008, 1, 1)))
    child = pl.col(f"p{number}_rol").cast(pl.String) == "kind"
    return pl.when(child).then(days(seed, date(2000, 1, 1), date(2025, 1, 1))).otherwise(grown)


def huishoudens(count: int, columns: tuple[str, ...] | None = None, gaps: float = 0.0) -> pl.DataFrame:
    """``count`` rows with ``columns`` (left out: all there are); ``gaps`` is the share of empty cells in each."""
    size = draw(7, 100)
    chain = pl.lit(PERSONEN, dtype=pl.Int64)
    for share, number in reversed(_SIZES):
        chain = pl.when(size < share).then(pl.lit(number, dtype=pl.Int64)).otherwise(chain)
    table = pl.DataFrame({"nr": pl.int_range(count, eager=True)}).with_columns(personen=chain)
    roles: list[pl.Expr] = []
    cells: list[pl.Expr] = []
    for index, kolom in enumerate(kolommen.schema(regels(), personen=PERSONEN)):
        if kolom.naam == "personen" or (columns is not None and kolom.naam not in columns):
            continue
        number, name = _person(kolom.naam)
        cell = _of_person(number, name, kolom, 100 + index) if number else _cell(kolom, 100 + index)
        if number > 1:
            cell = pl.when(pl.col("personen") >= number).then(cell)
        if gaps and name != "rol":
            cell = pl.when(draw(5000 + index, 10_000) >= gaps * 10_000).then(cell)
        (roles if name == "rol" else cells).append(cell.alias(kolom.naam))
    return table.with_columns(roles).with_columns(cells).select("nr", "personen", *_order(columns))


def _order(columns: tuple[str, ...] | None) -> list[str]:
    names = [kolom.naam for kolom in kolommen.schema(regels(), personen=PERSONEN) if kolom.naam != "personen"]
    return [name for name in names if columns is None or name in columns]


def _person(column: str) -> tuple[int, str]:
    """The number of the resident of a column (0: of none) and what it says."""
    found = re.match(r"p(\d)_(.*)", column)
    return (int(found[1]), found[2]) if found else (0, column)


def _of_person(number: int, name: str, kolom: Kolom, seed: int) -> pl.Expr:
    if name == "rol":
        return _role(number, kolom, seed)
    if name == "geboortedatum":
        return _born(number, seed)
    if name == "leeftijd_opgave":
        return pl.lit(None, dtype=pl.Int64)  # every birthday is known
    if name == "onderhouden":  # of every child it is known, as of every birthday
        return pl.when(pl.col(f"p{number}_rol").cast(pl.String) == "kind").then(draw(seed, 100) < 70)
    return _cell(kolom, seed)
