"""The columns of a table of households: what goes in, and what comes out.

A row is one question (:class:`regels.vraag.Vraag`), flattened; an empty cell is unknown. Amounts are whole numbers, so
that nothing is ever rounded by accident: :attr:`Kolom.deler` says how many make one euro.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import narwhals as nw
import polars as pl

from regels.plekken import PERSONEN, Plek
from regels.regelset import Besluit, Regelset
from regels.stand import names_of
from regels.taal import Field, walk
from regels.vraag import MOST_PERSONS

_DTYPES: Mapping[str, Any] = {
    "datum": nw.Date(),
    "bedrag": nw.Int64(),
    "heel_bedrag": nw.Int64(),
    "aantal": nw.Int64(),
    "jaartal": nw.Int64(),
    "keuze": nw.String(),
    "ja_nee": nw.Boolean(),
}
CENTEN = 100
# of a table as a whole: arguments, no columns
VAN_DE_TABEL = ("peildatum", "huurronde", "ingangsdatum_voorstel")
GEGEVEN = ("aantal_personen", "aow_huishouden", "inkomen_toewijzing", "rekeninkomen")


@dataclass(frozen=True, slots=True)
class Kolom:
    """One column.

    ``naam`` is its name and ``dtype`` its narwhals type. A number is stored as a whole number; divided by ``deler`` it
    is the value in ``eenheid`` (rent: cents, so 100). ``betekenis`` says in Dutch what it holds. ``minimum``,
    ``maximum`` and ``woorden`` are its domain: a row outside it must be refused before it reaches the rules, for the
    proof that no number overflows rests on it. ``pointer`` is the JSON pointer of the same field in one question.
    """

    naam: str
    dtype: Any
    betekenis: str
    deler: int = 1
    eenheid: str = ""
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    woorden: tuple[str, ...] = ()
    pointer: str = ""


def schema(regels: Regelset, personen: int) -> tuple[Kolom, ...]:
    """The canonical input columns for households of at most ``personen`` residents.

    - the fields of the question have their own name: ``soort``, ``verhuurder``, ``vermogen``;
    - those of the dwelling start with ``woning_``: ``woning_kale_huur``, ``woning_energielabel``;
    - the four kinds of service costs keep theirs: ``servicekosten_energie``;
    - those of the first resident start with ``p1_``, of the second with ``p2_``: ``p1_rol``, ``p1_geboortedatum``;
    - ``personen`` is the number of residents. Empty, 0 or more than there are places for (``p1_`` to ``pN_``): who
      lives there is unknown. Without that column a resident exists when something is filled in for them or for a later
      one.

    Every column may be left out of a table: that is the same as empty cells. The peildatum, the huurronde and the day
    on which the new rent starts are no columns but arguments of :func:`regels.lezers.kolommen.toets`.
    """
    return tuple(_columns(regels, personen))


def gegeven(regels: Regelset) -> tuple[Kolom, ...]:
    """Quantities of the household as a whole that a table may give, for who does not know the residents one by one.

    Such a column has the name of the quantity. Where it is filled in, it takes the place of what the residents would
    give; everything that needs them one by one stays unknown.
    """
    income = regels.velden["inkomen_opgave"]
    found = []
    for name in GEGEVEN:
        quantity = regels.grootheden[name]
        truth = quantity.type.kind == "waarheid"
        low, high = (
            (Decimal(1), Decimal(MOST_PERSONS)) if name == "aantal_personen" else (income.minimum, income.maximum)
        )
        found.append(
            Kolom(
                name,
                nw.Boolean() if truth else nw.Int64(),
                quantity.label,
                eenheid="euro" if quantity.type == income.type else "",
                minimum=None if truth else low,
                maximum=None if truth else high,
            )
        )
    return tuple(found)


def _columns(regels: Regelset, personen: int) -> Iterator[Kolom]:
    for plek in regels.plekken(0):
        if plek.veld.naam not in VAN_DE_TABEL:
            yield kolom_van(plek)
    if personen:
        yield Kolom(
            PERSONEN, nw.Int64(), "Aantal bewoners", minimum=Decimal(0), maximum=Decimal(personen), pointer="/personen"
        )
    for index in range(personen):
        yield from (kolom_van(plek) for plek in regels.plekken(personen) if plek.persoon == index)


def kolom_van(plek: Plek) -> Kolom:
    """The column of the field at ``plek``."""
    veld = plek.veld
    return Kolom(
        naam=plek.kolom,
        dtype=_DTYPES[veld.soort],
        betekenis=plek.label,
        deler=CENTEN if veld.soort == "bedrag" else 1,
        eenheid="euro" if veld.soort in ("bedrag", "heel_bedrag") else "",
        minimum=veld.minimum,
        maximum=veld.maximum,
        woorden=tuple(veld.waarden),
        pointer=plek.pointer,
    )


def same_words(dtype: Any, kolom: Kolom) -> bool:
    """Whether a column is of a list type with exactly the words of ``kolom``, which needs no text."""
    return isinstance(dtype, nw.Enum) and set(dtype.categories) == set(kolom.woorden)


def readable(dtype: Any, kolom: Kolom) -> bool:
    """Whether every value of ``dtype`` is a value of the type of ``kolom``."""
    if kolom.dtype == nw.Int64():
        return bool(dtype.is_integer()) and dtype != nw.UInt64()
    if kolom.woorden:
        return isinstance(dtype, nw.Enum | nw.Categorical)
    return bool(dtype == nw.Unknown())


def native(kolom: Kolom) -> Any:
    """The type of ``kolom`` in Polars."""
    kinds: Mapping[Any, Any] = {nw.Int64(): pl.Int64, nw.Boolean(): pl.Boolean, nw.Date(): pl.Date}
    return pl.Enum(kolom.woorden) if kolom.woorden else kinds[kolom.dtype]


def places_in(names: Iterable[str]) -> int:
    """For how many residents a table with these columns has columns."""
    return max((resident for _, resident in _of_residents(names)), default=0)


def who_exists(names: Iterable[str]) -> pl.Expr:
    """The number of residents in a table that does not say it: up to the last of whom something is filled in."""
    filled = (pl.when(pl.col(name).is_not_null()).then(number).otherwise(0) for name, number in _of_residents(names))
    return pl.max_horizontal(filled)


def _of_residents(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The columns of a resident, with which one."""
    return ((name, int(m[1])) for name in names if (m := re.fullmatch(r"p([1-9]\d?)_\w+", name)))


def needed(regels: Regelset, besluit: Besluit, names: Iterable[str]) -> list[str]:
    """Those of these columns on which ``besluit`` may rest, and who is in the home."""
    rests = names_of(regels, besluit) | _reach(regels, besluit)
    own = {plek.kolom for plek in regels.plekken(MOST_PERSONS) if plek.veld.naam in rests}
    own |= {PERSONEN, *(name for name in GEGEVEN if name in rests)}
    return [name for name in names if name in own]


def _reach(regels: Regelset, besluit: Besluit) -> frozenset[str]:
    tree = regels.bereik.get(besluit.gemeenten)
    return frozenset(node.name for node in walk(tree) if isinstance(node, Field)) if tree is not None else frozenset()
