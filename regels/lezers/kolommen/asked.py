"""The missing fields of a decision as text: the sets of its unknown rules, decoded once for each combination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import polars as pl

from regels.lezers.kolommen.answers import Answer
from regels.lezers.kolommen.missing import Fields, Missing
from regels.lezers.kolommen.nodes import Vertex
from regels.ontbreekt import CIJFER, Volgorde

# a table with gaps by chance has ever new combinations
_REMEMBERED: Final = 250_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What one decision waits for: ``columns`` are the numbers to compute, ``onbekend`` is where they count."""

    naam: str
    onbekend: str
    columns: Mapping[str, Vertex]
    _missing: Missing
    _rules: Sequence[Fields]
    _order: Volgorde
    _texts: dict[tuple[int, ...], str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, answer: Answer, missing: Missing) -> "Asked":
        """What the rules of ``answer`` wait for."""
        rules = answer.wachten(missing)
        prefix = f"__{answer.besluit.id}__"
        nodes = dict.fromkeys(node for fields in rules for node in fields.values() if node.op != "const")
        columns = {f"{prefix}{index}": node for index, node in enumerate(nodes)}
        columns[f"{prefix}onbekend"] = answer.onbekend
        order = Volgorde(missing.lowering.stand.regels.velden)
        return cls(f"{answer.besluit.id}__ontbreekt", f"{prefix}onbekend", columns, missing, rules, order)

    def expression(self) -> pl.Expr:
        """The text of the missing fields; empty where the decision is not ``onbekend``."""
        if self.columns[self.onbekend].op == "const" and not self.columns[self.onbekend].data:
            return pl.lit(None, dtype=pl.Categorical).alias(self.naam)
        return pl.struct(*self.columns).map_batches(self._write, pl.Categorical, is_elementwise=True).alias(self.naam)

    def _write(self, series: pl.Series) -> pl.Series:
        rows = series.struct.unnest()
        counts = rows[self.onbekend]
        if not (number := int(counts.sum())):
            return pl.Series(self.naam, [None], pl.Categorical).new_from_index(0, len(rows))
        which = pl.Series([0], dtype=pl.UInt32).new_from_index(0, number)
        keys: list[tuple[int, ...]] = [()]
        if rows.width > 1:
            waiting = rows.filter(counts).drop(self.onbekend)
            found, which = combinations(waiting, waiting.hash_rows())
            keys = found.rows()
        texts = pl.Series([self._text(key) for key in keys], dtype=pl.Categorical)
        # where each row that counts stands among those that do
        place = pl.select(pl.when(counts).then(counts.cast(pl.UInt32).cum_sum() - 1)).to_series()
        return texts.gather(which.gather(place)).alias(self.naam)

    def _text(self, key: tuple[int, ...]) -> str | None:
        if key not in self._texts:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            self._texts[key] = self._decode(dict(zip(self.columns.values(), key, strict=False)))
        return self._texts[key]

    def _decode(self, values: Mapping[Vertex, int]) -> str | None:
        waiting = [
            self._missing.pointers({p: node.data if node.op == "const" else values[node] for p, node in fields.items()})
            for fields in self._rules
        ]
        return " ".join(pointer for pointer in self._order(waiting) if not pointer.startswith(CIJFER)) or None


def combinations(rows: pl.DataFrame, hashes: pl.Series) -> tuple[pl.DataFrame, pl.Series]:
    """The different rows, and for each row which of them it is.

    Rows are told apart by ``hashes``, which is several times faster than by their columns; it is then checked that
    rows with one hash are equal, and when they are not the columns decide.
    """
    marks = hashes.to_frame("hash")
    first = marks.with_row_index("first").group_by("hash").agg(pl.col("first").first()).with_row_index("nr")
    which = marks.join(first, on="hash", how="left", maintain_order="left")["nr"]
    found = rows[first["first"]]
    if found[which].equals(rows):
        return found, which
    found = rows.unique()
    numbered = found.with_row_index("nr")
    return found, rows.join(numbered, on=rows.columns, how="left", maintain_order="left")["nr"]
