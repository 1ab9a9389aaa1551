"""A quick look at which missing fields of a table may be left out, so that few rows are looked at one by one.

A field that leaves the decision open in one way to fill in the others is asked. So the others are filled in at random
for all rows together, with each missing field left empty in turn: what is open then needs no further look. The rest is
for :mod:`regels.nodig`, which tries every way.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import polars as pl

from regels.domein import proefwaarden
from regels.lezers.kolommen.layout import kolom_van, native
from regels.nodig import Wegen, kandidaten
from regels.plekken import Plek
from regels.regelset import Besluit, Regelset

# most rows need no more than the first
_ROUNDS: Final = ((0,), (1, 2, 3), (4, 5, 6, 7))
_ROW, _TEXT, _EMPTY, _TRIAL, _FILL = "__rij", "__wacht", "__leeg", "__proef", "__vul_"
# whether the decision waits for anything, of each row of a table
Evaluate = Callable[[pl.DataFrame], pl.Series]


@dataclass(frozen=True, slots=True)
class Trials:
    """The trials of one decision; ``wacht`` is the column with what its rules wait for."""

    regels: Regelset
    besluit: Besluit
    wacht: str
    evaluate: Evaluate

    def to_look_at(self, rows: pl.DataFrame, waiting: Mapping[str, Sequence[Plek]]) -> pl.Series:
        """Of each of ``rows`` whether it is looked at alone; ``waiting`` has the fields of what it waits for."""
        plan, filled = self._plan(waiting)
        left = rows.select(pl.int_range(pl.len()).alias(_ROW), pl.col(self.wacht).alias(_TEXT))
        left = left.join(plan.select(_TEXT, _EMPTY), on=_TEXT)
        fill = list(self._fill(filled, rows.schema))
        for trials in _ROUNDS:
            tried = left.join(pl.DataFrame({_TRIAL: trials}), how="cross").join(plan, on=[_TEXT, _EMPTY])
            if not len(tried):
                break
            made = rows.drop(self.wacht)[tried[_ROW]].with_columns(tried).with_columns(fill).drop(tried.columns)
            left = left.join(tried.filter(self.evaluate(made)), on=[_ROW, _EMPTY], how="anti")
        return pl.int_range(len(rows), eager=True).is_in(left[_ROW].implode())

    def _plan(self, waiting: Mapping[str, Sequence[Plek]]) -> tuple[pl.DataFrame, Sequence[Plek]]:
        """Which field may be left out of what is waited for; beside it of each field whether it is then filled in."""
        tried: list[tuple[str, int, frozenset[str]]] = []
        filled: dict[str, Plek] = {}
        for text, places in waiting.items():
            ways = Wegen(places)
            for place in kandidaten(self.regels, self.besluit, places):
                own = {places[other].kolom: places[other] for other in ways.eerste({place})}
                tried.append((text, place, frozenset(own)))
                filled |= own
        beside = {_FILL + name: [name in own for *_, own in tried] for name in filled}
        plan = {_TEXT: [text for text, *_ in tried], _EMPTY: [place for _, place, _ in tried], **beside}
        return pl.DataFrame(plan), list(filled.values())

    def _fill(self, filled: Sequence[Plek], schema: Mapping[str, Any]) -> Iterator[pl.Expr]:
        """The columns of these fields, with a value where they are filled in."""
        for plek in filled:
            values = [_cell(plek, value) for value in proefwaarden(self.regels, plek)]
            which = (pl.col(_TRIAL) + pl.col(_ROW)) % len(values)
            picked = which.replace_strict(
                dict(enumerate(values)), return_dtype=schema.get(plek.kolom) or native(kolom_van(plek))
            )
            old = pl.col(plek.kolom) if plek.kolom in schema else pl.lit(None)
            yield pl.when(_FILL + plek.kolom).then(picked).otherwise(old).alias(plek.kolom)


def _cell(plek: Plek, value: Any) -> Any:
    """A value as a table has it."""
    return int(value * kolom_van(plek).deler) if isinstance(value, Decimal) else value
