"""The effect of other rules on many households: one table, computed by the old set and by each new one, and compared.

Of each new set only the decisions are computed that can come out otherwise (:mod:`service.effect.veranderd`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from service.effect.bedragen_naast import beside
from service.effect.effectuitkomst import (
    Besluiteffect,
    Effect,
    Groepeffect,
    Indeling,
    Kosten,
    Rijvoorbeeld,
    Uitkomstwissel,
    Varianteffect,
)
from service.effect.indelingen import Groepkolom, indelingen, nodig
from service.effect.kanten import NIEUWE_HUUR, Vergelijkkant
from service.effect.kosten import kosten, rent_columns, standing_rent
from service.effect.veranderd import veranderd

VARIANTEN_HOOGSTENS: Final = 4
GEWICHT: Final = "gewicht"
# of fewer households nothing is said: of one's own homes, and of households that statistics were made into
MINSTENS, MINSTENS_ILLUSTRATIEF = 5, 200
_RIJ: Final = "rij"
_EXAMPLES: Final = 3
_EXAMPLES_AT_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Huishoudens:
    """The households: one row each, as a table for the column reader.

    ``rij`` is the row in the table of who asks, and ``gewicht`` how many households a row stands for; both may be left
    out.
    """

    frame: pl.DataFrame
    bron: str
    illustratief: bool = False

    @property
    def minstens(self) -> int:
        """Of fewer households nothing is said."""
        return MINSTENS_ILLUSTRATIEF if self.illustratief else MINSTENS


def effect(huishoudens: Huishoudens, oud: Vergelijkkant, nieuw: Sequence[Vergelijkkant]) -> Effect:
    """What each of the ``nieuw`` sides changes for ``huishoudens``, compared with ``oud``."""
    if not 1 <= len(nieuw) <= VARIANTEN_HOOGSTENS:
        raise ValueError(f"{len(nieuw)} varianten; geef er 1 tot {VARIANTEN_HOOGSTENS}")
    return _Vergelijking(huishoudens, oud, nieuw).uitkomst()


class _Vergelijking:
    def __init__(self, huishoudens: Huishoudens, oud: Vergelijkkant, nieuw: Sequence[Vergelijkkant]) -> None:
        self.van, self.oud, self.nieuw = huishoudens, oud, nieuw
        given = huishoudens.frame
        self.frame = given.drop(name for name in (_RIJ, GEWICHT) if name in given.columns)
        self.huur = standing_rent(self.frame)
        self.rij = given[_RIJ] if _RIJ in given.columns else pl.Series(_RIJ, range(1, given.height + 1))
        equal = pl.Series(GEWICHT, [1.0]).new_from_index(0, given.height)
        self.gewicht = given[GEWICHT].cast(pl.Float64) if GEWICHT in given.columns else equal

    def uitkomst(self) -> Effect:
        differ = [veranderd(self.oud.stand, kant.stand) for kant in self.nieuw]
        classes, quantities = nodig(self.oud.regels)
        asked = {id for ids in differ for id in ids} | set(classes) | set(_rent_decisions(self.oud))
        before = self.oud.antwoorden(self.frame, asked, quantities)
        groups, kinds = indelingen(self.oud.regels, pl.concat([self.frame, before], how="horizontal"))
        answers = [
            kant.antwoorden(self.frame, {*ids, *_rent_decisions(kant)})
            for kant, ids in zip(self.nieuw, differ, strict=True)
        ]
        costs = kosten([self.oud, *self.nieuw], self.frame, [before, *answers], self.gewicht)
        return Effect(
            self.oud.naam,
            self.oud.peildatum,
            round(self.gewicht.sum()),
            self.frame.height,
            self.van.minstens,
            self.van.bron,
            self.van.illustratief,
            self._enough(costs[0]),
            tuple(
                self._variant(kant, ids, before, after, groups, kinds, cost)
                for kant, ids, after, cost in zip(self.nieuw, differ, answers, costs[1:], strict=True)
            ),
        )

    def _variant(
        self,
        kant: Vergelijkkant,
        ids: Sequence[str],
        before: pl.DataFrame,
        after: pl.DataFrame,
        groups: pl.DataFrame,
        kinds: tuple[Groepkolom, ...],
        cost: Kosten | None,
    ) -> Varianteffect:
        anything = pl.Series("anders", [False]).new_from_index(0, self.frame.height)
        found = []
        for id in ids:
            told = _naast(self.oud, kant, id, before, after, self.huur)
            changed = told["anders"]
            anything |= changed
            if changed.any():
                table = told.hstack(groups).with_columns(self.rij.alias(_RIJ), self.gewicht.alias(GEWICHT))
                found.append(self._decision(kant, id, table, kinds))
        every = sorted(found, key=lambda one: -(one.anders or 0))
        return Varianteffect(
            kant.naam, kant.peildatum, self._count(self.gewicht.filter(anything)), tuple(every), self._enough(cost)
        )

    def _decision(
        self, kant: Vergelijkkant, id: str, table: pl.DataFrame, kinds: tuple[Groepkolom, ...]
    ) -> Besluiteffect:
        column = kant.hoofdbedrag(id) or self.oud.hoofdbedrag(id)
        changed = table.filter("anders")
        texts = (kant if id in kant.regels.besluiten else self.oud).regels.teksten
        # without an amount there is nothing to compare but outcomes
        amount = beside(table, column, self._count) if column is not None else None
        return Besluiteffect(
            id,
            texts.vakterm(id) or texts.titel(id),
            self._count(changed[GEWICHT]),
            self._switches(changed),
            amount,
            tuple(self._parted(table, kind) for kind in kinds),
            () if self.van.illustratief else self._examples(changed),
        )

    def _switches(self, changed: pl.DataFrame) -> tuple[Uitkomstwissel, ...]:
        moved = changed.filter(pl.col("van") != pl.col("naar"))
        counted = moved.group_by("van", "naar").agg(pl.col(GEWICHT).sum(), pl.len().alias("rijen"))
        rows = counted.sort([GEWICHT, "van", "naar"], descending=[True, False, False]).iter_rows()
        return tuple(Uitkomstwissel(van, naar, self._told(weight, rows_)) for van, naar, weight, rows_ in rows)

    def _parted(self, table: pl.DataFrame, kind: Groepkolom) -> Indeling:
        weight, moved = pl.col(GEWICHT), pl.col("na") - pl.col("voor")
        both = moved.is_not_null()
        counted = table.group_by(kind.kolom).agg(
            weight.sum().alias("huishoudens"),
            pl.len().alias("rijen"),
            weight.filter(pl.col("anders")).sum().alias("anders"),
            pl.col("anders").sum().alias("rijen_anders"),
            ((moved * weight).sum() / weight.filter(both).sum()).alias("verschil"),
            pl.min_horizontal(both.sum(), weight.filter(both).sum()).alias("beide"),
        )
        rows = {row[kind.kolom]: row for row in counted.iter_rows(named=True)}
        order = [*(word for word in kind.woorden if word in rows), *sorted(rows.keys() - kind.woorden.keys())]
        return Indeling(
            kind.naam, tuple(self._group(kind.woorden.get(word, word.replace("-", " ")), rows[word]) for word in order)
        )

    def _group(self, name: str, row: Mapping[str, float]) -> Groepeffect:
        whole = self._told(row["huishoudens"], int(row["rijen"]))
        said = whole is not None and row["beide"] >= self.van.minstens and row["verschil"] is not None
        return Groepeffect(
            name,
            whole,
            self._told(row["anders"], int(row["rijen_anders"])) if whole is not None else None,
            in_cents(row["verschil"]) if said else None,
        )

    def _examples(self, changed: pl.DataFrame) -> tuple[Rijvoorbeeld, ...]:
        """The first rows of each way in which an answer changes."""
        first = changed.sort(_RIJ).group_by("van", "naar", maintain_order=True).head(_EXAMPLES).sort(_RIJ)
        return tuple(
            Rijvoorbeeld(rij, van, naar, in_cents(voor), in_cents(na))
            for rij, van, naar, voor, na in first.head(_EXAMPLES_AT_MOST)
            .select(_RIJ, "van", "naar", "voor", "na")
            .iter_rows()
        )

    # of few households nothing is said

    def _count(self, weights: pl.Series) -> int | None:
        return self._told(float(weights.sum()), weights.len())

    def _told(self, weight: float, rows: int) -> int | None:
        return round(weight) if not rows or min(weight, rows) >= self.van.minstens else None

    def _enough(self, cost: Kosten | None) -> Kosten | None:
        return cost if cost is not None and cost.huishoudens >= self.van.minstens else None


def _rent_decisions(kant: Vergelijkkant) -> list[str]:
    return [kolom.naam.split("__")[0] for kolom in rent_columns(kant)]


def _naast(
    oud: Vergelijkkant, nieuw: Vergelijkkant, id: str, before: pl.DataFrame, after: pl.DataFrame, rent: pl.Series | None
) -> pl.DataFrame:
    """Outcome and amount of one decision on both sides, and whether either differs.

    Where the policy of a landlord gives no new rent, the rent (in cents) stays what it was.
    """
    column = nieuw.hoofdbedrag(id) or oud.hoofdbedrag(id)
    name = column.naam if column is not None else ""
    table = pl.DataFrame([*_side(before, oud, id, name, "van", "voor"), *_side(after, nieuw, id, name, "naar", "na")])
    differs = pl.col("van").ne_missing(pl.col("naar")) | pl.col("voor").ne_missing(pl.col("na"))
    table = table.with_columns(anders=differs)
    if rent is None or not name.endswith(f"__{NIEUWE_HUUR}"):
        return table
    stays = pl.when(pl.any_horizontal(pl.col("voor", "na").is_not_null())).then(rent / 100)
    return table.with_columns(pl.col(side).fill_null(stays) for side in ("voor", "na"))


def _side(
    answers: pl.DataFrame, kant: Vergelijkkant, id: str, column: str, outcome: str, amount: str
) -> list[pl.Series]:
    said = f"{id}__uitkomst"
    height = answers.height
    nothing = pl.Series(outcome, ["geen_regels"], dtype=pl.String).new_from_index(0, height)
    words = answers[said].cast(pl.String).fill_null("") if said in answers.columns else nothing
    found = next((kolom for kolom in kant.kolommen if kolom.naam == column), None)
    if found is None or column not in answers.columns:
        empty = pl.Series(amount, [None], dtype=pl.Float64).new_from_index(0, height)
        return [words.alias(outcome), empty]
    return [words.alias(outcome), (answers[column].cast(pl.Float64) / found.deler).alias(amount)]


def in_cents(value: float | None) -> Decimal | None:
    """An amount in euros, in cents."""
    return None if value is None else Decimal(str(round(value, 2))).quantize(Decimal("0.01"))
