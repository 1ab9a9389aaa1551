"""Counting for the questions of a rent round; ``vragen`` answers them."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import polars as pl

from regels.lezers.kolommen import Kolom
from regels.regelset import Regelset
from regels.ronde import begin_of_round
from regels.taal import Member, walk

VERHUURDER: Final = "verhuurder"
ONBEKEND: Final = "onbekend"
NIET_TE_ZEGGEN: Final = "niet te zeggen"
LABEL: Final = "woning_energielabel"
_NEW_RENT, _OLD_RENT = "woning_voorgestelde_huur", "huurverhoging-wettelijk__huidigeHuur"
# the decisions that the summary counts on
NODIG: Final = ("huurklasse", "huurverhoging-wettelijk", "bezwaar-huurverhoging", "bezwaar-inkomen-vorig-jaar",
                "efg-ontzien", "focusgroepen", "fixteam")  # fmt: skip
BEZWAAR: Final = ("bezwaar-huurverhoging", "bezwaar-inkomen-vorig-jaar")
_LOW_INCOME: Final = "focusgroepen__laagInkomenSlechtLabel"


@dataclass(frozen=True, slots=True)
class Ronde:
    """What is computed: the rules, the dates, and the columns of the answers."""

    regels: Regelset
    peildatum: date
    huurronde: int
    kolommen: tuple[Kolom, ...]
    ingangsdatum: date | None = None

    @property
    def rondedatum(self) -> date:
        """The day on which the new rent starts: 1 July of the huurronde, or the day that was asked for."""
        return self.ingangsdatum or begin_of_round(self.huurronde)

    @property
    def besluiten(self) -> tuple[str, ...]:
        """The decisions that are answered, in order."""
        return tuple(dict.fromkeys(kolom.naam.split("__")[0] for kolom in self.kolommen))

    @property
    def slechte_labels(self) -> tuple[str, ...]:
        """The labels that the agreements call bad, as the quantity in the rule set lists them."""
        return self._listed("slecht_label")

    @property
    def corporaties(self) -> tuple[str, ...]:
        """The corporations of the agreements, likewise."""
        return self._listed("bij_een_van_de_twee")

    def _listed(self, quantity: str) -> tuple[str, ...]:
        formula = self.regels.grootheden[quantity].formules[-1]
        words = next(node.words for node in walk(formula.boom) if isinstance(node, Member))
        return tuple(sorted(words))


@dataclass
class Samenvatting:
    """Counts that grow with every batch; they take no more room for more rows."""

    ronde: Ronde
    uitkomsten: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    bedragen: dict[tuple[str, str, str], list[int]] = field(default_factory=dict)
    labels: Counter[tuple[str, str]] = field(default_factory=Counter)
    klassen: Counter[tuple[str, str]] = field(default_factory=Counter)
    ontbreekt: Counter[str] = field(default_factory=Counter)
    huursom: dict[str, list[int]] = field(default_factory=dict)
    laag_inkomen: Counter[tuple[str, str]] = field(default_factory=Counter)
    rijen: int = 0

    def add(self, frame: pl.DataFrame) -> None:
        """Count the rows of ``frame``: the input beside the answers."""
        self.rijen += frame.height
        if VERHUURDER not in frame.columns:
            frame = frame.with_columns(pl.lit(ONBEKEND).alias(VERHUURDER))
        frame = frame.with_columns(pl.col(VERHUURDER).cast(pl.String).fill_null(ONBEKEND))
        self._outcomes(frame)
        self._amounts(frame)
        self._count(self.labels, frame, LABEL)
        self._count(self.klassen, frame, "huurklasse__klasse")
        self._rents(frame)
        for owner, low, height in fixteam(frame, self.ronde).group_by(VERHUURDER, "laag inkomen").len().iter_rows():
            self.laag_inkomen[(owner, low)] += height
        for owner, height in fixteam_unsaid(frame, self.ronde).group_by(VERHUURDER).len().iter_rows():
            self.laag_inkomen[(owner, NIET_TE_ZEGGEN)] += height

    def _outcomes(self, frame: pl.DataFrame) -> None:
        """The outcomes with their rules, and what is the first that is missing."""
        besluiten, lazy = self.ronde.besluiten, frame.lazy()
        keys = [[VERHUURDER, f"{besluit}__uitkomst", f"{besluit}__regel"] for besluit in besluiten]
        asked = [pl.col(f"{b}__ontbreekt").alias("veld") for b in besluiten if f"{b}__ontbreekt" in frame.columns]
        counted = pl.collect_all(
            [lazy.group_by(by).len() for by in keys]
            + [lazy.select(text).drop_nulls().group_by("veld").len() for text in asked]
        )
        for besluit, found in zip(besluiten, counted, strict=False):
            for owner, outcome, rule, height in found.iter_rows():
                self.uitkomsten[(besluit, owner, outcome or "", rule or "")] += height
        for found in counted[len(besluiten) :]:
            for text, height in found.iter_rows():
                if first := text.split(" ")[0]:
                    self.ontbreekt[first] += height

    def _count(self, counter: Counter[tuple[str, str]], frame: pl.DataFrame, column: str) -> None:
        if column in frame.columns:
            for owner, word, height in frame.group_by(VERHUURDER, column).len().iter_rows():
                counter[(owner, word or ONBEKEND)] += height

    def _amounts(self, frame: pl.DataFrame) -> None:
        columns = [kolom.naam for kolom in self.ronde.kolommen if in_euros(kolom)]
        if not columns:
            return
        parts = [
            part
            for name in columns
            for part in (
                pl.col(name).count().alias(f"{name}|n"),
                pl.col(name).sum().alias(f"{name}|som"),
                pl.col(name).min().alias(f"{name}|min"),
                pl.col(name).max().alias(f"{name}|max"),
            )
        ]
        for row in frame.group_by(VERHUURDER).agg(parts).iter_rows(named=True):
            for name in columns:
                height = row[f"{name}|n"]
                if height:
                    self._merge(
                        name, row[VERHUURDER], height, *(row[f"{name}|{part}"] for part in ("som", "min", "max"))
                    )

    def _merge(self, name: str, owner: str, height: int, total: int, low: int, high: int) -> None:
        besluit, value = name.split("__", 1)
        known = self.bedragen.get((besluit, value, owner))
        if known is None:
            self.bedragen[(besluit, value, owner)] = [height, total, low, high]
        else:
            known[:] = [known[0] + height, known[1] + total, min(known[2], low), max(known[3], high)]

    def _rents(self, frame: pl.DataFrame) -> None:
        """The rents before and after, of the homes of which both are known and that count for the huursom."""
        if not {_NEW_RENT, _OLD_RENT, "woning_zelfstandig"} <= set(frame.columns):
            return
        regulated = ~pl.col("huurverhoging-wettelijk__uitkomst").is_in(
            ["niet_van_toepassing", "onbekend", "geen_regels"]
        )
        counted = frame.filter(
            pl.col("woning_zelfstandig") & regulated & pl.col(_NEW_RENT).is_not_null() & pl.col(_OLD_RENT).is_not_null()
        )
        scale = next(kolom.deler for kolom in self.ronde.kolommen if kolom.naam == _OLD_RENT)
        sums = counted.group_by(VERHUURDER).agg(pl.len(), pl.col(_OLD_RENT).sum(), pl.col(_NEW_RENT).sum())
        for owner, height, old, new in sums.iter_rows():
            part = self.huursom.setdefault(owner, [0, 0, 0])
            part[:] = [part[0] + height, part[1] + old, part[2] + new * scale // 100]


def in_euros(kolom: Kolom) -> bool:
    """Whether an answer is an amount of money."""
    return kolom.eenheid.startswith(("euro", "hele euro"))


def fixteam(frame: pl.DataFrame, ronde: Ronde) -> pl.DataFrame:
    """The homes with a bad label where the Fixteam may come, with what an income column says about a low income."""
    if "fixteam__uitkomst" not in frame.columns or LABEL not in frame.columns:
        return pl.DataFrame(schema={VERHUURDER: pl.String, "laag inkomen": pl.String, LABEL: pl.String})
    low: pl.Expr = pl.lit(None, dtype=pl.Boolean)
    if _LOW_INCOME in frame.columns:
        low = pl.col(_LOW_INCOME)
    return frame.filter(
        pl.col("fixteam__uitkomst").is_in(["ja", "voorleggen"])
        & pl.col(LABEL).cast(pl.String).is_in(ronde.slechte_labels)
    ).with_columns(
        pl.when(low).then(pl.lit("ja")).when(~low).then(pl.lit("nee")).otherwise(pl.lit(ONBEKEND)).alias("laag inkomen")
    )


def fixteam_unsaid(frame: pl.DataFrame, ronde: Ronde) -> pl.DataFrame:
    """The homes of which the label or the decision is unknown, so that they are not with the others, nor left out."""
    if "fixteam__uitkomst" not in frame.columns or LABEL not in frame.columns:
        return frame.clear()
    outcome, label = pl.col("fixteam__uitkomst"), pl.col(LABEL).cast(pl.String)
    bad, unknown = label.is_in(ronde.slechte_labels).fill_null(value=False), label.is_null()
    return frame.filter(((outcome == ONBEKEND) & (bad | unknown)) | (outcome.is_in(["ja", "voorleggen"]) & unknown))


def bezwaar(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows with a ground for objection."""
    columns = [f"{besluit}__uitkomst" for besluit in BEZWAAR if f"{besluit}__uitkomst" in frame.columns]
    if not columns:
        return frame.clear()
    return frame.filter(pl.any_horizontal((pl.col(column) == "ja").fill_null(value=False) for column in columns))
