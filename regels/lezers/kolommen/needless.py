"""The missing fields of a table that need not be asked, as the single check leaves them out.

:mod:`regels.nodig` looks at one household. Rows that are alike in all that a decision rests on are looked at once, and
most need no look (:mod:`regels.lezers.kolommen.trials`).
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from regels.aanvullen import plekken_van
from regels.lezers.kolommen.households import Households
from regels.lezers.kolommen.layout import needed, places_in, who_exists
from regels.lezers.kolommen.trials import Evaluate, Trials
from regels.nodig import kandidaten
from regels.plekken import PERSONEN, Plek
from regels.regelset import Besluit
from regels.stand import Stand

# so many different rows are looked at without trying them first
FEW: Final = 300
_ROW: Final = "__rij"


class NeedlessOf:
    """One decision; ``evaluate`` says of rows whether it waits for anything."""

    def __init__(self, stand: Stand, besluit: Besluit, evaluate: Evaluate) -> None:
        self._stand, self._besluit = stand, besluit
        self._asked = f"{besluit.id}__ontbreekt"
        self._trials = Trials(stand.regels, besluit, self._asked, evaluate)

    def leave_out(self, rows: pl.DataFrame, households: Households) -> pl.DataFrame:
        """``rows`` without what need not be asked of this decision."""
        texts = rows[self._asked].drop_nulls().unique(maintain_order=True).cast(pl.String)
        waiting = {text: places for text in texts if (places := self._looked_at(text))}
        if not waiting:
            return rows
        own = [*needed(self._stand.regels, self._besluit, households.inputs), self._asked]
        some = rows.select(pl.int_range(pl.len()).alias(_ROW), *own).cast({self._asked: pl.String})
        alike = some.filter(pl.col(self._asked).is_in(list(waiting))).group_by(own, maintain_order=True).agg(_ROW)
        if len(alike) > FEW:
            alike = alike.filter(self._trials.to_look_at(alike.drop(_ROW), waiting))
        found = [
            (at, new)
            for text, at in alike.select(self._asked, _ROW).iter_rows()
            if (new := self._less(text, households, at[0])) != text
        ]
        return _with(rows, self._asked, found)

    def _looked_at(self, text: str) -> Sequence[Plek]:
        """The fields in a text; none where there is nothing to leave out, for whatever household."""
        places = plekken_van(self._stand.regels, text.split(" "))
        return places if places and kandidaten(self._stand.regels, self._besluit, places) else ()

    def _less(self, text: str, households: Households, place: int) -> str:
        """What is asked in this row of all that is waited for."""
        pointers, klaar = text.split(" "), households.ready(self._besluit.id)
        if not households.within(self._besluit, place):
            return text
        out = households.of(place).onnodig(klaar, pointers)
        return " ".join(pointer for number, pointer in enumerate(pointers) if number not in out)


class Needless:
    """All decisions of a table.

    It knows nothing of the query of that table, which keeps it: then neither would ever be let go.
    """

    def __init__(self, stand: Stand, decisions: Sequence[NeedlessOf]) -> None:
        self._stand, self._decisions = stand, decisions

    def leave_out(self, rows: pl.DataFrame) -> pl.DataFrame:
        """``rows``, which have their answers, without what need not be asked."""
        inputs = [name for name in rows.columns if "__" not in name]
        counted = [] if PERSONEN in inputs else [PERSONEN] * bool(places_in(inputs))
        rows = rows.with_columns(who_exists(inputs).alias(name) for name in counted)
        households = Households(self._stand, rows, [*inputs, *counted])
        for each in self._decisions:
            rows = each.leave_out(rows, households)
        return rows.drop(counted)


def _with(rows: pl.DataFrame, name: str, found: Sequence[tuple[Sequence[int], str]]) -> pl.DataFrame:
    """``rows`` with another text in these places of a column."""
    if not found:
        return rows
    column = rows[name]
    at = pl.Series([place for places, _ in found for place in places])
    new = pl.Series(name, [text for places, text in found for _ in places], dtype=column.dtype)
    which = pl.int_range(len(column), eager=True).scatter(at, pl.int_range(len(at), eager=True) + len(column))
    return rows.with_columns(pl.concat([column, new]).gather(which))
