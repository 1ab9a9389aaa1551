"""The contender in Polars: the eight outcomes of 2026 written out by hand, for complete households only.

It knows no unknown and gives no reasons. Its figures come from the rule set, as those of every contender.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import polars as pl

from bench.portefeuille_tabel import PEILDATUM, PERSONEN
from regels.stand import Stand

UITKOMSTEN: Final = ("daeb", "primair", "huurprijsgrens", "passend", "huurtoeslag", "verhoging", "efg", "klasse")
_FIGURES = {
    "peildatum": (
        "daeb_grens passend_inkomensgrens passend_inkomensgrens_aow vermogensgrens_zorgtoeslag vrijstelling_kind "
        "vrijstelling_leeftijd aow_jaren "
        "volwassen_leeftijd jongeren_leeftijd vermogensgrens daeb_huurgrens kwaliteitskortingsgrens aftoppingsgrens "
        "maximale_huurgrens normhuur_minimum verlaging_normhuur aanpassing_basishuur inkomensijkpunt afbouw vergoeding "
        "minimum_toekenning"
    ),
    "rondedatum": "maximum_percentage lage_huur_grens lage_huur_verhoging iah_maximum",
}
Figures = Mapping[str, Any]


def figures(stand: Stand) -> dict[str, Any]:
    """The figures of the eight outcomes: numbers, or tables of numbers."""
    found: dict[str, Any] = {}
    for datum, names in _FIGURES.items():
        for name in names.split():
            figure = stand.cijfer(name, datum)
            assert figure is not None, name
            value: Any = figure.waarde
            found[name] = {k: float(v) for k, v in value.items()} if isinstance(value, Mapping) else float(value)
    return found


def _cents(amount: float) -> int:
    return round(amount * 100)


def _born_until(years: float, day: date) -> date:
    return date(day.year - int(years), day.month, day.day)


def _any(parts: list[pl.Expr]) -> pl.Expr:
    return pl.any_horizontal(parts)


class Handwerk:
    """The expressions, from the columns of the table."""

    def __init__(self, found: Figures) -> None:
        self.f = found
        self.new_year = date(PEILDATUM.year, 1, 1)

    def household(self) -> list[pl.Expr]:
        """What is added up over the residents."""
        f = self.f
        people = range(1, PERSONEN + 1)
        here = {n: pl.col(f"p{n}_rol").is_not_null() for n in people}
        role = {n: pl.col(f"p{n}_rol") for n in people}
        born, income = ({n: pl.col(f"p{n}_{name}") for n in people} for name in ("geboortedatum", "inkomen_opgave"))
        # a child that is maintained is left out of the household income
        kept = {n: pl.col(f"p{n}_onderhouden").fill_null(False) for n in people}
        counts = {n: here[n] & (role[n] != "onderhuurder") for n in people}
        aow, aow_now = _born_until(f["aow_jaren"], self.new_year), _born_until(f["aow_jaren"], PEILDATUM)
        young = _born_until(f["vrijstelling_leeftijd"], self.new_year)
        full = _born_until(f["jongeren_leeftijd"], PEILDATUM)
        exempt = int(f["vrijstelling_kind"])
        test = {
            n: pl.when((role[n] == "kind") & (born[n] > young))
            .then((income[n] - exempt).clip(lower_bound=0))
            .otherwise(income[n])
            for n in people
        }
        return [
            pl.sum_horizontal([counts[n].cast(pl.Int64) for n in people]).alias("n"),
            _any([counts[n] & (born[n] <= aow) for n in people]).alias("aow"),
            (~_any([counts[n] & (born[n] > aow_now) for n in people])).alias("oud"),
            _any([role[n] == "partner" for n in people]).alias("partner"),
            (_any([counts[n] & (born[n] <= full) for n in people]) | _any([role[n] == "kind" for n in people])).alias(
                "vol"
            ),
            _any(
                [(role[n] == "huurder") & (born[n] > _born_until(f["volwassen_leeftijd"], PEILDATUM)) for n in people]
            ).alias("minderjarig"),
            pl.sum_horizontal([pl.when(counts[n] & ~kept[n]).then(income[n]) for n in people]).alias("toets"),
            pl.sum_horizontal([pl.when(counts[n]).then(test[n]) for n in people]).alias("reken"),
        ]

    def _by_type(self, name: str, scale: int = 1) -> pl.Expr:
        table = self.f[name]
        return (
            pl.when(pl.col("n") <= 1)
            .then(round(table["eenpersoons"] * scale))
            .otherwise(round(table["meerpersoons"] * scale))
        )

    def allocation(self) -> list[pl.Expr]:
        """The outcomes of the allocation and the rent class."""
        f, rent = self.f, pl.col("woning_kale_huur")
        limit = (
            pl.when("aow")
            .then(self._by_type("passend_inkomensgrens_aow"))
            .otherwise(self._by_type("passend_inkomensgrens"))
        )
        topped = {key: _cents(value) for key, value in f["aftoppingsgrens"].items()}
        fitting = pl.when(pl.col("n") <= 2).then(topped["laag"]).otherwise(topped["hoog"])
        assets = (
            pl.when("partner").then(int(f["vermogensgrens"]["partners"])).otherwise(int(f["vermogensgrens"]["alleen"]))
        )
        highest = _cents(f["daeb_huurgrens"])
        primary = pl.col("toets") <= limit
        rich = pl.col("vermogen") > assets
        # the norm is for a new contract of a dwelling that huurtoeslag is possible for
        without = pl.col("soort").eq("huurder") | ~(pl.col("woning_zelfstandig") | pl.col("woning_aangewezen_complex"))
        exempt = (
            pl.when("partner")
            .then(int(f["vermogensgrens_zorgtoeslag"]["partners"]))
            .otherwise(int(f["vermogensgrens_zorgtoeslag"]["alleen"]))
        )
        return [
            pl.when(pl.col("toets") <= self._by_type("daeb_grens"))
            .then(pl.lit("ja"))
            .otherwise(pl.lit("nee"))
            .alias("daeb"),
            pl.when(primary).then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("primair"),
            pl.when(without | ~primary)
            .then(pl.lit("niet_van_toepassing"))
            .when(rent <= fitting)
            .then(pl.lit("ja"))
            .when(pl.col("oud") & (rent <= highest) & (pl.col("vermogen") > exempt))
            .then(pl.lit("voorleggen"))
            .otherwise(pl.lit("nee"))
            .alias("passend"),
            pl.when(rent <= highest).then(pl.lit("ja")).otherwise(pl.lit("nee")).alias("huurprijsgrens"),
            pl.when(rent <= _cents(f["kwaliteitskortingsgrens"]))
            .then(pl.lit("goedkoop"))
            .when(rent <= topped["laag"])
            .then(pl.lit("betaalbaar-laag"))
            .when(rent <= topped["hoog"])
            .then(pl.lit("betaalbaar-hoog"))
            .when(rent <= highest)
            .then(pl.lit("duur"))
            .otherwise(pl.lit("boven-de-grens"))
            .alias("klasse"),
            fitting.alias("aftopping"),
            (rich | ~(pl.col("woning_zelfstandig") | pl.col("woning_aangewezen_complex"))).alias("uitgesloten"),
        ]

    def allowance(self) -> list[pl.Expr]:
        """The rent allowance a year, in hundredths of a cent."""
        f, rent = self.f, pl.col("woning_kale_huur")
        quality = _cents(f["kwaliteitskortingsgrens"])
        most = {key: _cents(value) for key, value in f["maximale_huurgrens"].items()}
        counted = pl.min_horizontal(rent, pl.when("vol").then(most["gewoon"]).otherwise(most["jongeren"]))
        base = (
            _cents(f["normhuur_minimum"]) - self._by_type("verlaging_normhuur", 100) + _cents(f["aanpassing_basishuur"])
        )
        pay = {key: round(value * 100) for key, value in f["vergoeding"].items()}
        layers = (
            (pl.min_horizontal(counted, pl.lit(quality)) - base).clip(lower_bound=0)
            * pay["tot_kwaliteitskortingsgrens"]
            + (pl.min_horizontal(counted, pl.col("aftopping")) - quality).clip(lower_bound=0)
            * pay["tot_aftoppingsgrens"]
            + (counted - pl.col("aftopping")).clip(lower_bound=0) * pay["daarboven"]
        )
        over = (pl.col("reken") - self._by_type("inkomensijkpunt")).clip(lower_bound=0)
        return [(layers * 12 - over * 100 * self._by_type("afbouw", 100)).clip(lower_bound=0).alias("jaar")]

    def paid(self) -> list[pl.Expr]:
        """Whether there is an allowance, and how much a month in whole euros."""
        little = (pl.col("jaar") + 5000) // 10_000 < int(self.f["minimum_toekenning"])
        return [
            pl.when("uitgesloten")
            .then(pl.lit("nee"))
            .when("minderjarig")
            .then(pl.lit("voorleggen"))
            .when(little)
            .then(pl.lit("nee"))
            .otherwise(pl.lit("ja"))
            .alias("huurtoeslag"),
            pl.when(pl.col("uitgesloten") | little).then(0).otherwise(pl.col("jaar") // 120_000).alias("per_maand"),
        ]

    def increase(self) -> list[pl.Expr]:
        """The highest lawful rent, and whether an energy label spares the dwelling."""
        f, rent, highest = self.f, pl.col("woning_kale_huur"), pl.col("woning_wws_maximum")
        own = pl.col("woning_zelfstandig")
        low = own & (rent < _cents(f["lage_huur_grens"]))
        thousand = round(f["maximum_percentage"] * 1000)
        regular = pl.when(low).then(_cents(f["lage_huur_verhoging"]) * 1000).otherwise(rent * thousand)
        category = pl.col("inkomenscategorie")
        most = {key: _cents(value) for key, value in f["iah_maximum"].items()}
        extra = (
            pl.when(own & (category == "hoog"))
            .then(most["hoog"])
            .when(own & (category == "midden"))
            .then(most["midden"])
        ).otherwise(0)
        blocked = rent >= highest
        seeker = pl.col("soort").eq("woningzoekende")
        up = pl.max_horizontal(regular, extra * 1000)
        ordinary = (
            pl.when(low)
            .then(rent + _cents(f["lage_huur_verhoging"]))
            .otherwise((rent * 1000 + rent * thousand) // 1000)
        )
        chosen = pl.when((extra > 0) & (extra * 1000 >= regular)).then(rent + extra).otherwise(ordinary)
        bad = pl.col("woning_energielabel").is_in(["E", "F", "G"])
        landlord = pl.col("verhuurder")
        return [
            pl.when(seeker)
            .then(pl.lit("niet_van_toepassing"))
            .when(blocked)
            .then(pl.lit("nee"))
            .otherwise(pl.lit("ja"))
            .alias("verhoging"),
            pl.when(seeker)
            .then(None)
            .when(blocked)
            .then(rent)
            .when(rent * 1000 + up > highest * 1000)
            .then(highest)
            .otherwise(chosen)
            .alias("hoogste"),
            pl.when(seeker | (landlord == "andere-corporatie"))
            .then(pl.lit("niet_van_toepassing"))
            .when(~bad)
            .then(pl.lit("nee"))
            .when(landlord == "wetland-wonen")
            .then(pl.lit("ja"))
            .otherwise(pl.lit("besluit_ontbreekt"))
            .alias("efg"),
        ]

    def run(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """The eight outcomes and the two amounts."""
        stages = (self.household(), self.allocation(), self.allowance(), [*self.paid(), *self.increase()])
        for stage in stages:
            table = table.with_columns(stage)
        return table.select(*UITKOMSTEN, "per_maand", "hoogste")
