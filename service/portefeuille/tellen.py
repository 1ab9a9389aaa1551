"""The first pass over a table: how many rows, which references stand there twice, and how its amounts are written."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import polars as pl

from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.keuren import Schrijfwijze
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.privacy import refuse_names
from service.portefeuille.tabellen import Tabel
from service.portefeuille.waarden import CENTS_WITH_DOT

Stap = Callable[[int], None]
_AMOUNTS: Final = ("bedrag", "heel_bedrag")
# of numbers of sixteen digits one in ten ends in a zero; so many that all do were rounded
_LONG_NUMBER: Final = "^([0-9]{16,})$"
_SURELY: Final = 5


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of a table before its rows are judged. ``sleutels`` holds a hash of every reference."""

    rijen: int
    vorm: Schrijfwijze
    sleutels: pl.Series
    dubbel: frozenset[str]


def count(table: Tabel, koppeling: Koppeling, groep: str, stap: Stap, *, dubbel: bool) -> Telling:
    """Go through ``table`` once; ``dubbel`` asks which references occur more than once."""
    key = koppeling.verwijzing(groep)
    targets = koppeling.van(groep)
    amounts = [column for column, doel in targets.items() if doel.soort in _AMOUNTS]
    height, hashes, dotted, long, rounded = 0, [], set[str](), 0, 0
    for frame in table.lees([key, *(column for column in amounts if column != key)]):
        if not height:
            refuse_names(frame[key])
        height += frame.height
        digits = frame[key].str.extract(_LONG_NUMBER).drop_nulls()
        long, rounded = long + digits.len(), rounded + int(digits.str.ends_with("0").sum())
        hashes.append(frame[key].drop_nulls().hash())
        dotted |= {column for column in amounts if frame[column].str.contains(CENTS_WITH_DOT).any()}
        stap(frame.height)
    if long >= _SURELY and rounded == long:
        raise PortefeuilleFout(
            f"In de kolom '{key}' eindigt elk nummer van 16 of meer cijfers op een 0. Excel bewaart maar 15 cijfers en "
            "rondt de rest af. Geef de kolom in Excel de opmaak Tekst, en zet de nummers er opnieuw in vanuit uw eigen "
            "systeem."
        )
    keys = pl.concat(hashes) if hashes else pl.Series("h", [], dtype=pl.UInt64)
    return Telling(
        rijen=height,
        vorm=Schrijfwijze(frozenset(dotted), table.getallen(), table.stelsel_1904),
        sleutels=keys,
        dubbel=_twice(table, key, keys) if dubbel else frozenset(),
    )


def _twice(table: Tabel, key: str, hashes: pl.Series) -> frozenset[str]:
    """The references that occur more than once; a second look at the few with equal hashes makes it exact."""
    suspects = hashes.filter(hashes.is_duplicated()).unique()
    if suspects.is_empty():
        return frozenset()
    found: Counter[str] = Counter()
    for frame in table.lees([key]):
        column = frame[key].drop_nulls()
        some = column.filter(column.hash().is_in(suspects.implode()))
        found.update(dict(some.value_counts().iter_rows()))
    return frozenset(reference for reference, times in found.items() if times > 1)
