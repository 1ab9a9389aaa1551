"""The reader for tables: the same rules as column expressions, for a whole portfolio at once.

The expressions are narwhals, so that Polars runs them on one machine and PySpark on many. What comes out equals the
single check (:func:`regels.toets`): outcome, rule, amounts and what is missing.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl

from regels.laden import regelset
from regels.lezers.kolommen import layout
from regels.lezers.kolommen.answers import Answers, chosen, columns_of
from regels.lezers.kolommen.asked import Asked
from regels.lezers.kolommen.emit import Emitter
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.layout import Kolom
from regels.lezers.kolommen.lower import Lowering
from regels.lezers.kolommen.missing import Missing
from regels.regelset import Regelset
from regels.stand import Stand

__all__ = ["Kolom", "gegeven", "resultaat", "schema", "toets"]


def schema(regels: Regelset | None = None, *, personen: int) -> tuple[Kolom, ...]:
    """The canonical input columns for households of at most ``personen`` residents; see :func:`layout.schema`."""
    return layout.schema(regels or regelset(), personen)


def gegeven(regels: Regelset | None = None) -> tuple[Kolom, ...]:
    """The quantities of a household as a whole that a table may give instead; see :func:`layout.gegeven`."""
    return layout.gegeven(regels or regelset())


def resultaat(
    peildatum: date, huurronde: int, besluiten: Collection[str] | None = None, regels: Regelset | None = None
) -> tuple[Kolom, ...]:
    """The columns that :func:`toets` adds for these decisions (left out: all), in order.

    For a decision ``huurtoeslag``, in the order of the rule set:

    - ``huurtoeslag__uitkomst``: one of ``regels.regelset.UITKOMSTEN``; empty only when another decision ended the check
      (``stopt``), so that nothing else is said;
    - ``huurtoeslag__regel``: the name of the rule that applies: the reason. Empty with ``onbekend`` and where no rule
      is in force;
    - ``huurtoeslag__perMaand`` ...: its ``waarden``, named as in the JSON answer; a number is whole, and divided by
      ``deler`` it is the value of the answer (15 for 15%). What cannot be held exactly in six decimals (a year amount
      over twelve, a quote) is rounded half up to six;
    - ``huurtoeslag__ontbreekt``: with ``onbekend`` the JSON pointers of the missing fields, the deciding one first,
      with a space between them; else empty.
    """
    return _columns(_stand(peildatum, huurronde, regels), besluiten, missing=True)


def toets(
    frame: nw.LazyFrame[Any],
    peildatum: date,
    huurronde: int,
    besluiten: Collection[str] | None = None,
    regels: Regelset | None = None,
    *,
    ontbreekt: bool = True,
) -> nw.LazyFrame[Any]:
    """``frame`` with the answers to all its rows added as columns, see :func:`resultaat`; lazy, so nothing runs yet.

    ``frame`` has columns of :func:`schema` or :func:`gegeven` with those types, and may have others (a dwelling
    number), which are kept. A column that is not there is unknown in every row. Every row is asked on the same
    ``peildatum`` and ``huurronde``: a table with several dates is split by the caller. ``besluiten`` limits the answer,
    and the work, to those decisions; ``ontbreekt=False`` leaves out the columns of missing fields, which take a good
    part of the time.

    Raises :class:`ValueError` for a decision that does not exist, and for a column with another type.
    """
    stand = _stand(peildatum, huurronde, regels)
    columns = _columns(stand, besluiten, missing=ontbreekt)
    frame, found, persons = _read(frame, stand.regels)
    lowering = Lowering(stand, Graph(), found, persons)
    answers = Answers(lowering, {kolom.naam: kolom.deler for kolom in columns})
    answered = [answers.answer(besluit) for besluit in chosen(stand, besluiten)]
    kept = frame.collect_schema().names()
    outputs = {name: node for answer in answered for name, node in answer.kolommen.items()}
    if not ontbreekt:
        return Emitter(outputs, polars=frame.implementation.is_polars()).apply(frame, kept)
    if not frame.implementation.is_polars():
        raise ValueError("wat ontbreekt is alleen met Polars te bepalen; geef ontbreekt=False")
    missing = Missing(lowering)
    asked = [Asked.of(answer, missing) for answer in answered]
    numbers = {name: node for each in asked for name, node in each.columns.items()}
    native = Emitter(outputs | numbers, polars=True).apply(frame, kept).to_native()
    texts: pl.LazyFrame = native.with_columns(*(each.expression() for each in asked))
    return nw.from_native(texts.select(*kept, *(kolom.naam for kolom in columns)))


def _stand(peildatum: date, huurronde: int, regels: Regelset | None) -> Stand:
    return Stand(regels or regelset(), peildatum, date(huurronde, 7, 1))


def _columns(stand: Stand, besluiten: Collection[str] | None, *, missing: bool) -> tuple[Kolom, ...]:
    # read from a table that has every column, so that the columns of the answer do not depend on the table
    lowering = Lowering(stand, Graph(), frozenset(kolom.naam for kolom in layout.schema(stand.regels, 1)), 1)
    return tuple(kolom for besluit in chosen(stand, besluiten) for kolom in columns_of(besluit, lowering, missing))


def _read(frame: nw.LazyFrame[Any], regels: Regelset) -> tuple[nw.LazyFrame[Any], frozenset[str], int]:
    """``frame`` with the types that the rules read, the columns that are there, and the places for persons."""
    found = frame.collect_schema()
    persons = max((int(m[1]) for name in found.names() if (m := re.fullmatch(r"p([1-9]\d?)_\w+", name))), default=0)
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
