"""Tables of one decision each: what is tried to see whether a missing field may be left out."""

from collections.abc import Callable, Mapping

import narwhals as nw
import polars as pl

from regels.lezers.kolommen.answers import Answers
from regels.lezers.kolommen.asked import Asked
from regels.lezers.kolommen.emit import Emitter
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.layout import Kolom, gegeven, native, needed, places_in, schema
from regels.lezers.kolommen.lower import Lowering
from regels.lezers.kolommen.missing import Missing
from regels.regelset import Besluit
from regels.stand import Stand


class Query:
    """A query that is written once and asked of one part after another: writing it takes longer than asking it."""

    def __init__(self, schema: pl.Schema, write: Callable[[pl.LazyFrame], pl.LazyFrame]) -> None:
        # Beside this object: a query of Polars keeps what it defers to, and Python does not see that it does. If that
        # were this object, which keeps the query, neither would ever be let go.
        self._deel = given = [schema.to_frame()]
        self._written = write(pl.defer(lambda: given[0], schema=schema))

    def run(self, deel: pl.DataFrame) -> pl.DataFrame:
        """The rows of ``deel`` with the answers."""
        self._deel[0] = deel
        try:
            return self._written.collect()
        finally:
            self._deel[0] = deel.clear()


class Alone:
    """Those tables; they share what their rules have in common."""

    def __init__(self, stand: Stand, dividers: Mapping[str, int]) -> None:
        self._stand, self._dividers = stand, dividers
        self._shared: dict[int, tuple[Answers, Missing]] = {}

    def of(self, besluit: Besluit) -> Callable[[pl.DataFrame], pl.Series]:
        """What says of each row of a table whether this decision waits for anything."""
        made: dict[int, tuple[pl.Schema, Query]] = {}

        def waits(rows: pl.DataFrame) -> pl.Series:
            persons = places_in(rows.columns)
            if persons not in made:
                made[persons] = self._query(besluit, persons)
            types, query = made[persons]
            empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in types.items() if name not in rows.columns]
            return query.run(rows.with_columns(empty).select(*types).cast(types)).to_series()

        return waits

    def _query(self, besluit: Besluit, persons: int) -> tuple[pl.Schema, Query]:
        answers, missing = self._for(persons)
        asked = Asked.of(answers.answer(besluit), missing)
        emitter = Emitter(asked.columns, polars=True)
        columns = self._columns(persons)
        rests = needed(self._stand.regels, besluit, [kolom.naam for kolom in columns])
        types = pl.Schema({kolom.naam: native(kolom) for kolom in columns if kolom.naam in rests})

        def write(deel: pl.LazyFrame) -> pl.LazyFrame:
            answered: pl.LazyFrame = emitter.apply(nw.from_native(deel), []).to_native()
            return answered.select(asked.expression().is_not_null())

        return types, Query(types, write)

    def _columns(self, persons: int) -> tuple[Kolom, ...]:
        return (*schema(self._stand.regels, persons), *gegeven(self._stand.regels))

    def _for(self, persons: int) -> tuple[Answers, Missing]:
        if persons not in self._shared:
            every = frozenset(kolom.naam for kolom in self._columns(persons))
            lowering = Lowering(self._stand, Graph(), every, persons)
            self._shared[persons] = Answers(lowering, self._dividers, stoppen=False), Missing(lowering)
        return self._shared[persons]
