"""The reader for tables: the same rules as column expressions, for a whole portfolio at once.

The expressions are narwhals, so that Polars runs them on one machine and PySpark on many. What comes out equals the
single check (:func:`regels.toets`): outcome, rule, amounts and what is missing. Files are never
read or written here.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

import narwhals as nw
import polars as pl

from regels.lezers.kolommen import layout
from regels.lezers.kolommen.alone import Alone, Query
from regels.lezers.kolommen.answers import Answers, chosen, columns_of
from regels.lezers.kolommen.asked import Asked
from regels.lezers.kolommen.emit import Emitter
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.layout import Kolom, places_in
from regels.lezers.kolommen.lower import Lowering
from regels.lezers.kolommen.missing import Missing
from regels.lezers.kolommen.needless import Needless, NeedlessOf
from regels.lezers.kolommen.nodes import Vertex
from regels.lezers.kolommen.spark import SparkAsked
from regels.regelset import Regelset
from regels.ronde import begin_of_round, round_of
from regels.stand import Stand
from regels.taal import Quantity

__all__ = ["GROOTHEID", "Kolom", "Tabeltoets", "gegeven", "resultaat", "schema", "toets"]

# before the name of a quantity that has a column of its own
GROOTHEID: Final = "grootheid__"


def schema(regels: Regelset, *, personen: int) -> tuple[Kolom, ...]:
    """The canonical input columns for households of at most ``personen`` residents; see :func:`layout.schema`."""
    return layout.schema(regels, personen)


def gegeven(regels: Regelset) -> tuple[Kolom, ...]:
    """The quantities of a household as a whole that a table may give instead; see :func:`layout.gegeven`."""
    return layout.gegeven(regels)


def resultaat(
    regels: Regelset,
    peildatum: date,
    huurronde: int,
    besluiten: Collection[str] | None = None,
    *,
    ingangsdatum: date | None = None,
    personen: int = 0,
) -> tuple[Kolom, ...]:
    """The columns that :func:`toets` adds for these decisions (left out: all), in order.

    For a decision ``huurtoeslag``, in the order of the rule set:

    - ``huurtoeslag__uitkomst``: one of ``regels.regelset.UITKOMSTEN``; empty only when another decision ended the check
      (``stopt``), so that nothing else is said;
    - ``huurtoeslag__regel``: the name of the rule that applies: the reason; of rules that agree the first. Empty with
      ``onbekend`` and where no rule is in force;
    - ``huurtoeslag__perMaand`` ...: its ``waarden``, named as in the JSON answer; a number is whole, and divided by
      ``deler`` it is the value of the answer (15 for 15%). What cannot be held exactly in six decimals (a year amount
      over twelve, a quote) is rounded half up to six;
    - ``zorgtoeslag-bewoners__p2_perPersoonPerMaand``: of a value that is one for each resident a column for each of
      ``personen`` places, empty for whom it is not about;
    - ``huurtoeslag__ontbreekt``: the JSON pointers of the missing fields, the deciding one first, with a space between
      them. With another outcome than ``onbekend`` they can only change a value; empty when none is missing. What need
      not be asked is left out; on Spark it is all that the rules wait for.
    """
    made = Tabeltoets(regels, peildatum, huurronde, besluiten, ingangsdatum=ingangsdatum, personen=personen)
    return made.kolommen


def toets(
    frame: nw.LazyFrame[Any],
    regels: Regelset,
    peildatum: date,
    huurronde: int,
    besluiten: Collection[str] | None = None,
    *,
    ingangsdatum: date | None = None,
    ontbreekt: bool = True,
) -> nw.LazyFrame[Any]:
    """``frame`` with the answers to all its rows added as columns, see :func:`resultaat`; lazy, so nothing runs yet.

    ``frame`` has columns of :func:`schema` or :func:`gegeven` with those types, and may have others (a dwelling
    number), which are kept. A column that is not there is unknown in every row. Every row is asked on the same
    ``peildatum`` and ``huurronde``, and with the new rent on the same ``ingangsdatum`` (left out: 1 July of the
    huurronde): a table with several dates is split by the caller. ``besluiten`` limits the answer, and the work, to
    those decisions; ``ontbreekt=False`` leaves out the columns of missing fields, which take a good
    part of the time.

    Raises :class:`ValueError` for a decision that does not exist, and for a column with another type.
    """
    made = Tabeltoets(
        regels,
        peildatum,
        huurronde,
        besluiten,
        ingangsdatum=ingangsdatum,
        ontbreekt=ontbreekt,
        personen=places_in(frame.collect_schema().names()),
    )
    return made.toets(frame)


class Tabeltoets:
    """:func:`toets` for a table that comes in parts: what was worked out for one part serves the next.

    ``kolommen`` are the columns that are added. Values that are one for each resident are among them for the first
    ``personen`` of each row: all parts have the same columns, however many residents there are in one.

    ``grootheden`` are quantities of the household that get a column of their own too, called ``grootheid__`` with their
    name: numbers whole, rounded half up. They say what kind of household it is, beside what was decided.
    """

    def __init__(
        self,
        regels: Regelset,
        peildatum: date,
        huurronde: int,
        besluiten: Collection[str] | None = None,
        *,
        ingangsdatum: date | None = None,
        ontbreekt: bool = True,
        personen: int = 0,
        grootheden: Collection[str] = (),
    ) -> None:
        if ingangsdatum is not None and round_of(ingangsdatum) != huurronde:
            raise ValueError(f"{ingangsdatum} ligt niet in de ronde van {huurronde}")
        self.ontbreekt = ontbreekt
        self._stand = Stand(regels, peildatum, ingangsdatum or begin_of_round(huurronde))
        self._chosen = chosen(self._stand, besluiten)
        self._beside = tuple(grootheden)
        # read from a table that has every column, so that the columns of the answer do not depend on the table
        every = frozenset(kolom.naam for kolom in layout.schema(self._stand.regels, 1))
        lowering = Lowering(self._stand, Graph(), every, 1)
        self.kolommen = tuple(
            kolom for besluit in self._chosen for kolom in columns_of(besluit, lowering, ontbreekt, personen)
        )
        self._plans: dict[tuple[frozenset[str], int, bool], _Plan] = {}
        self._queries: dict[tuple[tuple[str, pl.DataType], ...], Query] = {}

    def toets(self, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """``frame`` with the answers."""
        polars = frame.implementation.is_polars()
        if self.ontbreekt and not polars and not frame.implementation.is_spark_like():
            raise ValueError("wat ontbreekt is alleen met Polars en Spark te bepalen; geef ontbreekt=False")
        frame, found, persons = _read(frame, self._stand.regels)
        key = (found, persons, polars)
        if key not in self._plans:
            self._plans[key] = self._plan(*key)
        plan, kept = self._plans[key], frame.collect_schema().names()
        answered = plan.emitter.apply(frame, kept)
        beside = [f"{GROOTHEID}{name}" for name in self._beside]
        return plan.asked(answered, [*kept, *(k.naam for k in self.kolommen), *beside]) if plan.asked else answered

    def toets_deel(self, deel: pl.DataFrame) -> pl.DataFrame:
        """The rows of ``deel`` with the answers; the query is written once for all parts with the same columns."""
        key = tuple(deel.schema.items())
        if key not in self._queries:
            self._queries[key] = Query(deel.schema, self._answered)
        return self._queries[key].run(deel)

    def _answered(self, deel: pl.LazyFrame) -> pl.LazyFrame:
        answered: pl.LazyFrame = self.toets(nw.from_native(deel)).to_native()
        return answered

    def _plan(self, found: frozenset[str], persons: int, polars: bool) -> "_Plan":
        lowering = Lowering(self._stand, Graph(), found, persons)
        answers = Answers(lowering, {kolom.naam: kolom.deler for kolom in self.kolommen})
        answered = [answers.answer(besluit) for besluit in self._chosen]
        outputs = {name: node for answer in answered for name, node in answer.kolommen.items()}
        outputs |= {f"{GROOTHEID}{name}": _beside(lowering, name) for name in self._beside}
        if not self.ontbreekt:
            return _Plan(Emitter(outputs, polars=polars), None)
        missing = Missing(lowering)
        if not polars:
            waiting = SparkAsked(answered, missing)
            return _Plan(Emitter(outputs | waiting.conditions, polars=False), waiting.apply)
        asked = [Asked.of(answer, missing) for answer in answered]
        numbers = {name: node for each in asked for name, node in each.columns.items()}
        texts = [each.expression() for each in asked]
        return _Plan(Emitter(outputs | numbers, polars=True), partial(_with_texts, texts, self._needless()))

    def _needless(self) -> Needless:
        """What leaves out of the missing fields those that need not be asked."""
        alone = Alone(self._stand, {kolom.naam: kolom.deler for kolom in self.kolommen})
        first = self._stand.regels.eerste_formaat
        waiting = [besluit for besluit in self._chosen if not first and self._stand.gat(besluit) is None]
        return Needless(self._stand, [NeedlessOf(self._stand, besluit, alone.of(besluit)) for besluit in waiting])


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done to a table with certain columns: the answers, and then in words what is missing."""

    emitter: Emitter
    asked: Callable[[nw.LazyFrame[Any], Sequence[str]], nw.LazyFrame[Any]] | None


def _beside(lowering: Lowering, name: str) -> Vertex:
    """The value of a quantity of the household, as one column."""
    quantity = lowering.stand.regels.grootheden[name]
    value = lowering.value(Quantity(0, name, per_person=False), quantity.datum)
    return value if isinstance(value, Vertex) else lowering.numbers.rounded("halve_omhoog", value)


def _with_texts(
    texts: Sequence[pl.Expr], needless: Needless, frame: nw.LazyFrame[Any], keep: Sequence[str]
) -> nw.LazyFrame[Any]:
    native: pl.LazyFrame = frame.to_native().with_columns(*texts)
    asked: pl.LazyFrame = native.select(*keep).map_batches(
        needless.leave_out, predicate_pushdown=False, projection_pushdown=False, slice_pushdown=False
    )
    return nw.from_native(asked)


def _read(frame: nw.LazyFrame[Any], regels: Regelset) -> tuple[nw.LazyFrame[Any], frozenset[str], int]:
    """``frame`` with the types that the rules read, the columns that are there, and the places for persons."""
    found = frame.collect_schema()
    persons = places_in(found.names())
    columns = (*layout.schema(regels, persons), *layout.gegeven(regels))
    known = {kolom.naam: kolom for kolom in columns if kolom.naam in found}
    casts = []
    for name, kolom in known.items():
        if (dtype := found[name]) == kolom.dtype or (kolom.woorden and layout.same_words(dtype, kolom)):
            continue
        if not layout.readable(dtype, kolom):
            raise ValueError(f"de kolom '{name}' is {dtype}; hier hoort {kolom.dtype}")
        casts.append(nw.col(name).cast(kolom.dtype))
    return (frame.with_columns(*casts) if casts else frame), frozenset(known), persons
