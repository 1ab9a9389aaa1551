"""What has no place in a portfolio: a BSN, and names. Found by the name of a column and by what is in it."""

import re
from collections.abc import Sequence
from typing import Final

import polars as pl

from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.tabellen import Tabel, normal

_BSN: Final = re.compile(r"bsn|burgerservice|sofi(num|nr)|sofinummer")
_NAME: Final = re.compile(
    r"(^|voor|achter|roep|familie|geslachts|huurders?|bewoners?|klant|contact|partner)na[a]?m(en)?"
)
_NAME_PARTS: Final = frozenset(
    {"voorletters", "voorletter", "initialen", "tussenvoegsel", "voorvoegsel", "voorvoegsels"}
)
# a few rows say nothing: one in eleven numbers of nine digits passes the test by chance
_FEW: Final = 5
_MOST: Final = 0.5
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_WORDS_ONLY: Final = r"^\p{L}[\p{L}'’. -]*\p{Ll}[\p{L}'’. ,-]*\p{L}\.?$"


def names_of_people(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold names, by their own name: they are never read."""
    return tuple(c for c in columns if _NAME.search(normal(c)) or normal(c) in _NAME_PARTS)


def refuse_bsn(table: Tabel) -> None:
    """Raise :class:`PortefeuilleFout` when a column is a BSN, by its name or by what is in its first rows."""
    for column in table.kolommen:
        if _BSN.search(normal(column)):
            raise _refused(column)
    for column, cells in table.eerste().items():
        if looks_like_bsn(cells):
            raise _refused(column)


def refuse_names(column: pl.Series) -> None:
    """Raise :class:`PortefeuilleFout` when the references to the dwellings look like names of people."""
    known = column.drop_nulls()
    if known.len() >= _FEW and _share(known.str.contains(_WORDS_ONLY)) > _MOST:
        raise PortefeuilleFout(
            f"In de kolom '{column.name}' lijken namen te staan. Gebruik als verwijzing het nummer van de woning; "
            "namen horen niet in dit bestand."
        )


def looks_like_bsn(column: pl.Series) -> bool:
    """Whether most of the values are numbers of nine digits that pass the eleven-test."""
    known = column.drop_nulls()
    return known.len() > 0 and _share(is_bsn(known)) > (_MOST if known.len() >= _FEW else 0.99)


def _share(holds: pl.Series) -> float:
    return int(holds.sum()) / holds.len()


def is_bsn(text: pl.Series) -> pl.Series:
    """Per value whether it is a number of nine digits (dots and spaces aside) that passes the eleven-test."""
    bare = text.str.replace_all(r"[ .]", "")
    nine = bare.str.contains(r"^[0-9]{9}$") & (bare != "000000000")
    if not nine.any():
        return nine.fill_null(value=False)
    digits = bare.to_frame("d").select(
        pl.sum_horizontal(
            pl.col("d").str.slice(at, 1).cast(pl.Int64, strict=False).fill_null(0) * weight
            for at, weight in enumerate(_WEIGHTS)
        )
    )
    return (nine & (digits.to_series() % 11 == 0)).fill_null(value=False)


def _refused(column: str) -> PortefeuilleFout:
    return PortefeuilleFout(
        f"De kolom '{column}' lijkt een BSN te bevatten. Haal deze kolom uit het bestand: voor deze toets mag het BSN "
        "niet worden gebruikt. Er is niets gelezen of bewaard."
    )
