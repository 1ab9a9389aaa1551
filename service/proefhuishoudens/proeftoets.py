"""The checks that the illustrative households must pass, computed by the rules of the years they are about.

A check that fails is told with its value: nothing is made to fit but the link between rent and income
(``huur.samenhang``), which C1 and C2 are there to choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import narwhals as nw
import polars as pl

from regels import Regelset
from regels.lezers import kolommen
from service.proefhuishoudens.jaarindex import figure
from service.proefhuishoudens.marges import ALLES_MIDDEN, Aannames, marges
from service.proefhuishoudens.proeftabel import GEWICHT, INKOMEN, KLASSE, TYPE, proefhuishoudens

# a set that misses one of these says nothing about a change of a rent limit
HUURGRENSTOETSEN: Final = ("C1", "C2")
_CENTS: Final = 100
_MONTHS: Final = 12
_RENT: Final = pl.col("woning_kale_huur") / _CENTS


@dataclass(frozen=True, slots=True)
class Proefmeting:
    """One number of a check, beside what it must be between."""

    wat: str
    waarde: float
    laagste: float | None
    hoogste: float | None
    eenheid: str

    @property
    def klopt(self) -> bool:
        """Whether it lies between its limits."""
        return (self.laagste is None or self.waarde >= self.laagste) and (
            self.hoogste is None or self.waarde <= self.hoogste
        )


@dataclass(frozen=True, slots=True)
class Proefuitkomst:
    """How one check came out."""

    code: str
    zegt: str
    metingen: tuple[Proefmeting, ...]
    bronnen: tuple[str, ...]

    @property
    def klopt(self) -> bool:
        """Whether every number of it is right."""
        return all(meting.klopt for meting in self.metingen)


def keur(regels: Regelset, aantal: int, zaad: int, *, gekozen: Aannames = ALLES_MIDDEN) -> tuple[Proefuitkomst, ...]:
    """Every check of ``marges.yaml`` on the set that is drawn so; ``regels`` must have the years 2022 to 2023."""
    return _Keuring(regels, aantal, zaad, gekozen).outcomes()


class _Keuring:
    def __init__(self, regels: Regelset, count: int, seed: int, chosen: Aannames) -> None:
        self._regels, self._count, self._seed, self._chosen = regels, count, seed, chosen
        self._tables: dict[int, pl.DataFrame] = {}

    @cached_property
    def _homes(self) -> float:
        return float(marges()["woningen"]["landelijk"])

    def outcomes(self) -> tuple[Proefuitkomst, ...]:
        """All checks, in order."""
        ways = {
            "C1": self._cut_2021, "C2": self._cut_2023, "C3": self._mean_rent, "C4": self._below_limit,
            "C5": self._allowance, "C6": self._too_high, "C7": self._quotes, "C8": self._labels, "C9": self._lowest,
        }  # fmt: skip
        return tuple(
            Proefuitkomst(code, check["zegt"], tuple(ways[code](check)), tuple(check["bron"]))
            for code, check in marges()["toetsen"].items()
        )

    def _table(self, check: Mapping[str, Any]) -> pl.DataFrame:
        year = check["jaar"]
        if year not in self._tables:
            self._tables[year] = proefhuishoudens(self._count, self._seed, year, self._regels, gekozen=self._chosen)
        return self._tables[year]

    def _answered(self, check: Mapping[str, Any]) -> pl.DataFrame:
        """The table with the outcome as ``uitkomst`` and the value as ``waarde``."""
        id, day = check["besluit"], check["dag"]
        made = kolommen.Tabeltoets(self._regels, day, day.year, [id], ontbreekt=False)
        frame: pl.DataFrame = made.toets(nw.from_native(self._table(check).lazy())).to_native().collect()
        parts = {kolom.naam: kolom.deler for kolom in made.kolommen}
        value = f"{id}__{check.get('waarde')}"
        return frame.with_columns(
            uitkomst=pl.col(f"{id}__uitkomst").cast(pl.String),
            waarde=pl.col(value) / parts[value] if value in parts else pl.lit(None),
        )

    def _cut_2021(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        table, income, rent = self._table(check), check["grens_inkomen"], check["grens_huur"]
        alone = pl.col(TYPE) == "alleen"
        limit = pl.when(pl.col("personen") <= 2).then(rent["laag"]).otherwise(rent["hoog"])
        most = pl.when(alone).then(income["eenpersoons"]).otherwise(income["meerpersoons"])
        return self._cut(check, table, (pl.col(INKOMEN) <= most) & (limit < _RENT), _RENT - limit)

    def _cut_2023(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        return self._cut(check, self._answered(check), pl.col("uitkomst") == "ja", _RENT - pl.col("waarde"))

    def _cut(self, check: Mapping[str, Any], table: pl.DataFrame, who: pl.Expr, less: pl.Expr) -> list[Proefmeting]:
        spread, (low, high) = check["marge"] / 100, check["huishoudens"]
        cut = table.filter(who).select(less=less, weight=pl.col(GEWICHT))
        mean = _mean(cut, pl.col("less"), pl.col("weight"))
        wanted = check["verlaging"]
        return [
            Proefmeting("huishoudens", _share(table, who) * self._homes, low * (1 - spread), high * (1 + spread), ""),
            Proefmeting("gemiddelde verlaging", mean, wanted * (1 - spread), wanted * (1 + spread), "euro per maand"),
        ]

    def _mean_rent(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        return [
            _around("gemiddelde huur", _mean(self._table(check), _RENT), check["verwacht"], check, "euro per maand")
        ]

    def _below_limit(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        limit = float(figure(self._regels, check["grens"], check["dag"]))
        return [_around("deel", _share(self._table(check), _RENT.le(limit)) * 100, check["verwacht"], check, "%")]

    def _allowance(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        share = _share(self._answered(check), pl.col("uitkomst") == "ja")
        return [
            Proefmeting("deel van de huurders", share * 100, None, check["hoogste"], "%"),
            Proefmeting("huishoudens", share * self._homes, None, check["huishoudens"], ""),
        ]

    def _too_high(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        share = _share(self._answered(check), pl.col("uitkomst") == "nee") * 100
        low, high = check["tussen"]
        return [Proefmeting("deel van de huurders", share, low, high, "%")]

    def _quotes(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        classes = marges()["inkomen"]["klassen"]
        more = {number: part["lasten"] - part["netto_lasten"] for number, part in enumerate(classes, 1)}
        extra = pl.col(KLASSE).replace_strict(more, return_dtype=pl.Float64)
        paid = pl.when(pl.col("uitkomst") == "ja").then(pl.col("waarde")).otherwise(0)
        table = self._answered(check).with_columns(quote=(_RENT - paid + extra) * _MONTHS / pl.col(INKOMEN) * 100)
        found = [_around("middelste", _median(table, "quote"), check["verwacht"], check, "%")]
        for number, part in enumerate(classes, 1):
            mean = _mean(table.filter(pl.col(KLASSE) == number), pl.col("quote"))
            found.append(_around(f"gemiddelde van klasse {number}", mean, part["quote"], check, "%"))
        return found

    def _labels(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        table, bad = self._table(check), pl.col("woning_energielabel").cast(pl.String).is_in(check["labels"])
        own = pl.col("verhuurder").cast(pl.String)
        return [
            _around(landlord, _share(table.filter(own == landlord), bad) * 100, share, check, "%")
            for landlord, share in check["verwacht"].items()
        ]

    def _lowest(self, check: Mapping[str, Any]) -> list[Proefmeting]:
        share = _share(self._table(check), pl.col(KLASSE).is_in(check["klassen"])) * 100
        return [_around("deel", share, check["verwacht"], check, "%")]


def opnamefactor(uitkomsten: tuple[Proefuitkomst, ...]) -> float:
    """Which part of those who have a right to huurtoeslag would take it up, at most, to agree with what is known."""
    found = next(uitkomst for uitkomst in uitkomsten if uitkomst.code == "C5")
    return min(1.0, *(meting.hoogste / meting.waarde for meting in found.metingen if meting.hoogste and meting.waarde))


def _around(wat: str, value: float, wanted: float, check: Mapping[str, Any], unit: str) -> Proefmeting:
    return Proefmeting(wat, value, wanted - check["marge"], wanted + check["marge"], unit)


def _share(table: pl.DataFrame, who: pl.Expr) -> float:
    return _mean(table, who.cast(pl.Float64))


def _mean(table: pl.DataFrame, value: pl.Expr, weight: pl.Expr | None = None) -> float:
    heavy = pl.col(GEWICHT) if weight is None else weight
    found = table.select(found=(value * heavy).sum() / heavy.sum())["found"][0]
    return 0.0 if found is None else float(found)


def _median(table: pl.DataFrame, name: str) -> float:
    below = table.sort(name).with_columns(below=pl.col(GEWICHT).cum_sum() / pl.col(GEWICHT).sum())
    return float(below.filter(pl.col("below") >= 0.5)[name][0])
