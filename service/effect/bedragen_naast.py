"""The amount of a decision before and after beside each other: who gets more, and how the amounts lie."""

from collections.abc import Callable
from decimal import Decimal
from math import ceil, floor, log10
from typing import Final

import polars as pl

from regels.lezers.kolommen import Kolom
from service.effect.effectuitkomst import Bedrageffect, Bedragklasse

Tel = Callable[[pl.Series], int | None]
_WEIGHT: Final = "gewicht"
# in about so many classes, of steps that a reader counts in
_CLASSES: Final = 8
_NICE: Final = (1, 2, 5, 10)
# what lies outside of these shares would make every class too wide
_FROM, _UPTO = 0.01, 0.99


def beside(table: pl.DataFrame, kolom: Kolom, tel: Tel) -> Bedrageffect | None:
    """The amounts ``voor`` and ``na`` of ``table``; None where nobody has one."""
    before, after = table["voor"], table["na"]
    if not before.count() and not after.count():
        return None
    both = table.filter(pl.col("voor").is_not_null() & pl.col("na").is_not_null())
    enough = tel(both[_WEIGHT])

    def counted(condition: pl.Expr) -> int | None:
        return tel(table.filter(condition)[_WEIGHT])

    voor, na = pl.col("voor"), pl.col("na")
    return Bedrageffect(
        kolom.betekenis if kolom.betekenis != kolom.naam.split("__")[-1] else "",
        kolom.eenheid.removeprefix("hele "),
        counted(voor == na),
        counted(na > voor),
        counted(na < voor),
        counted(voor.is_null() & na.is_not_null()),
        counted(voor.is_not_null() & na.is_null()),
        _mean(both, "voor") if enough else None,
        _mean(both, "na") if enough else None,
        _classes(table, tel),
    )


def _mean(table: pl.DataFrame, column: str) -> Decimal:
    total, weight = float((table[column] * table[_WEIGHT]).sum()), float(table[_WEIGHT].sum())
    return Decimal(str(total / weight)).quantize(Decimal("0.01"))


def _classes(table: pl.DataFrame, tel: Tel) -> tuple[Bedragklasse, ...]:
    """How many households have an amount in each class, before and after; the outermost hold all that lies beyond."""
    every = pl.concat([table["voor"].drop_nulls(), table["na"].drop_nulls()])
    low, high = every.quantile(_FROM), every.quantile(_UPTO)
    if low is None or high is None or low == high:
        return ()
    step = _step((high - low) / _CLASSES)
    first, last = floor(low / step), max(ceil(high / step), floor(low / step) + 1)
    found = []
    for at in range(first, last):
        inside = [
            ((pl.col(name) >= at * step) | (at == first)) & ((pl.col(name) < (at + 1) * step) | (at == last - 1))
            for name in ("voor", "na")
        ]
        counts = [tel(table.filter(condition)[_WEIGHT]) for condition in inside]
        found.append(Bedragklasse(Decimal(str(at * step)), Decimal(str((at + 1) * step)), *counts))
    return tuple(found)


def _step(width: float) -> float:
    """The smallest step of 1, 2 or 5 times a power of ten that is at least this wide."""
    size: float = 10.0 ** floor(log10(width))
    return next(nice * size for nice in _NICE if nice * size >= width)
