"""The answers of a portfolio as people read them: the columns beside them, and euros in place of cents."""

from decimal import Decimal
from typing import Any, Final

import polars as pl

from regels.lezers.kolommen import Kolom
from service.portefeuille.doelen import VERWIJZING
from service.portefeuille.samenvatting import LAAG_INKOMEN, LABEL, VERHUURDER

HUUR: Final = "woning_kale_huur"
# the column that says by which draft an answer was computed, and what it means
CONCEPT: Final = "concept"
CONCEPT_ZEGT: Final = "Met dit concept is gerekend. De uitkomst geldt nog niet."
# what an answer is shown beside
NAAST: Final = (VERWIJZING, VERHUURDER, HUUR, LABEL)


def readable(frame: pl.DataFrame, answers: tuple[Kolom, ...], concept: str = "") -> pl.DataFrame:
    """The reference and the answers, numbers as they are named: euros and not cents.

    By the rules of a ``concept`` every row says so, for a row goes its own way from here.
    """
    about = {kolom.naam: kolom for kolom in answers}
    picked: list[Any] = []
    for name in frame.columns:
        if name == HUUR:
            picked.append(_divided(name, 100))
        elif name in about and about[name].deler > 1:
            picked.append(_divided(name, about[name].deler))
        elif name in NAAST or name in about or name.endswith("__ontbreekt") or name == LAAG_INKOMEN:
            picked.append(pl.col(name))
    ordered = frame.select(picked)
    first = [name for name in NAAST if name in ordered.columns]
    draft = [pl.lit(concept).alias(CONCEPT)] if concept else []
    return ordered.select(*draft, *first, pl.all().exclude(first))


def _divided(name: str, deler: int) -> pl.Expr:
    """An exact decimal: a divider is a power of ten, so the digits stay and only the point moves."""
    scale = len(str(deler)) - 1
    part = pl.lit(Decimal(1).scaleb(-scale), dtype=pl.Decimal(scale + 1, scale))
    return (pl.col(name).cast(pl.Decimal(20, 0)) * part).cast(pl.Decimal(24, scale)).alias(name)
