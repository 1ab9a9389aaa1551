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
# the roles of decisions, as the owners give them in their texts
BEZWAAR, BEZOEK = "bezwaar", "bezoek"
_NEW_RENT: Final = "woning_voorgestelde_huur"
# the column beside the homes of a visit
LAAG_INKOMEN: Final = "laag inkomen"


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

    def met_rol(self, rol: str) -> dict[str, str]:
        """The answered decisions with this role in the portfolio, with the value that fills it."""
        return {id: value for id, value in self.regels.teksten.met_rol(rol).items() if id in self.besluiten}

    def kolom_van(self, rol: str) -> list[str]:
        """The columns that fill a role: one for each decision that has it."""
        return [f"{id}__{value}" for id, value in self.met_rol(rol).items()]

    def naam_van(self, besluit: str) -> str:
        """A few words for a sheet or a table about a decision."""
        own = self.regels.teksten.van(besluit)
        return own.kort or own.titel

    def labels_voor(self, besluit: str) -> tuple[str, ...]:
        """The labels for which a decision has a visit, as the quantity that it names lists them."""
        quantity = self.regels.teksten.met_rol(BEZOEK).get(besluit, "")
        found = self.regels.grootheden.get(quantity)
        nodes = walk(found.formules[-1].boom) if found is not None else ()
        return tuple(sorted(next((node.words for node in nodes if isinstance(node, Member)), ())))

    @property
    def slechte_labels(self) -> tuple[str, ...]:
        """The labels that the agreements call bad."""
        return tuple(sorted({label for besluit in self.met_rol(BEZOEK) for label in self.labels_voor(besluit)}))

    @property
    def corporaties(self) -> tuple[str, ...]:
        """The corporations that are bound by an agreement."""
        owners = self.regels.eigenaren.van_soort("gemeente")
        return tuple(sorted({name for owner in owners for name in owner.corporaties}))


def nodig(regels: Regelset) -> frozenset[str]:
    """The decisions that the summary counts on."""
    return frozenset(id for id, own in regels.teksten.besluiten.items() if own.portefeuille)


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
    laag_inkomen: Counter[tuple[str, str, str]] = field(default_factory=Counter)
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
        for column in self.ronde.kolom_van("klasse"):
            self._count(self.klassen, frame, column)
        self._rents(frame)
        for besluit in self.ronde.met_rol(BEZOEK):
            homes = bezoek(frame, self.ronde, besluit)
            for owner, low, height in homes.group_by(VERHUURDER, LAAG_INKOMEN).len().iter_rows():
                self.laag_inkomen[(besluit, owner, low)] += height
            unsaid = bezoek_ongezegd(frame, self.ronde, besluit)
            for owner, height in unsaid.group_by(VERHUURDER).len().iter_rows():
                self.laag_inkomen[(besluit, owner, NIET_TE_ZEGGEN)] += height

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
        for column in self.ronde.kolom_van("oude_huur"):
            if {_NEW_RENT, column, "woning_zelfstandig"} <= set(frame.columns):
                self._rents_beside(frame, column)

    def _rents_beside(self, frame: pl.DataFrame, old_rent: str) -> None:
        outcome = f"{old_rent.split('__')[0]}__uitkomst"
        regulated = ~pl.col(outcome).is_in(["niet_van_toepassing", "onbekend", "geen_regels"])
        known = pl.col(_NEW_RENT).is_not_null() & pl.col(old_rent).is_not_null()
        counted = frame.filter(pl.col("woning_zelfstandig") & regulated & known)
        scale = next(kolom.deler for kolom in self.ronde.kolommen if kolom.naam == old_rent)
        sums = counted.group_by(VERHUURDER).agg(pl.len(), pl.col(old_rent).sum(), pl.col(_NEW_RENT).sum())
        for owner, height, old, new in sums.iter_rows():
            part = self.huursom.setdefault(owner, [0, 0, 0])
            part[:] = [part[0] + height, part[1] + old, part[2] + new * scale // 100]


def in_euros(kolom: Kolom) -> bool:
    """Whether an answer is an amount of money."""
    return kolom.eenheid.startswith(("euro", "hele euro"))


def bezoek(frame: pl.DataFrame, ronde: Ronde, besluit: str) -> pl.DataFrame:
    """The homes with a bad label that may get the visit of ``besluit``, with what is known of a low income."""
    outcome = f"{besluit}__uitkomst"
    if outcome not in frame.columns or LABEL not in frame.columns:
        return pl.DataFrame(schema={VERHUURDER: pl.String, LAAG_INKOMEN: pl.String, LABEL: pl.String})
    said = [pl.col(column) for column in ronde.kolom_van("laag_inkomen") if column in frame.columns]
    low = pl.coalesce(said) if said else pl.lit(None, dtype=pl.Boolean)
    return frame.filter(
        pl.col(outcome).is_in(["ja", "voorleggen"]) & pl.col(LABEL).cast(pl.String).is_in(ronde.labels_voor(besluit))
    ).with_columns(
        pl.when(low).then(pl.lit("ja")).when(~low).then(pl.lit("nee")).otherwise(pl.lit(ONBEKEND)).alias(LAAG_INKOMEN)
    )


def bezoek_ongezegd(frame: pl.DataFrame, ronde: Ronde, besluit: str) -> pl.DataFrame:
    """The homes of which the label or the decision is unknown, so that they are not with the others, nor left out."""
    if f"{besluit}__uitkomst" not in frame.columns or LABEL not in frame.columns:
        return frame.clear()
    outcome, label = pl.col(f"{besluit}__uitkomst"), pl.col(LABEL).cast(pl.String)
    bad, unknown = label.is_in(ronde.labels_voor(besluit)).fill_null(value=False), label.is_null()
    return frame.filter(((outcome == ONBEKEND) & (bad | unknown)) | (outcome.is_in(["ja", "voorleggen"]) & unknown))


def bezwaar(frame: pl.DataFrame, ronde: Ronde) -> pl.DataFrame:
    """The rows with a ground for objection."""
    columns = [name for besluit in ronde.met_rol(BEZWAAR) if (name := f"{besluit}__uitkomst") in frame.columns]
    if not columns:
        return frame.clear()
    return frame.filter(pl.any_horizontal((pl.col(column) == "ja").fill_null(value=False) for column in columns))
