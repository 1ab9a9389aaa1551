"""Columns that look like a rent, an income or residents: when they are coupled to nothing, those are asked about."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

import polars as pl

from service.portefeuille.privacy import names_of_people
from service.portefeuille.tabellen import Tabel

# what is called so and holds a number; what only says which or when is something else
_NAMES: Final[Mapping[str, re.Pattern[str]]] = {
    "een huur": re.compile(r"(?<!ver)huur(?!der|toeslag|contract|klasse|soort|type|ronde|commissie|segment)|\brent\b"),
    "een inkomen": re.compile(r"inkomen|inkomst|salaris|\bloon|verdien"),
    "de bewoners": re.compile(
        r"personen|bewoner|gezin(?!swoning)|huishoud(?!verklaring)|kinderen|inwonend|geboorte|leeftijd|huisgenoten"
    ),
}
_OTHER: Final = re.compile(
    r"nummer|\bnr\b|\bid\b|code|klasse|categorie|soort|type|datum(?!.*geboorte)|punten|percentage|%|procent|grens|jaar$"
)
_NUMBER: Final = r"^\x00|^[-€ ]*[0-9][0-9.,\s]*(,-|€)?$|^[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}$"
_MOST: Final = 0.5
# in the name of a column of our own result
_OF_OURS: Final = "__"


def looks_like(table: Tabel) -> Mapping[str, str]:
    """The columns that look like one of these by their name and by what is in them, and what they look like."""
    return dict(_found(table))


def _found(table: Tabel) -> Iterator[tuple[str, str]]:
    people, cells = names_of_people(table.kolommen), table.eerste()
    for column in table.kolommen:
        if (
            column
            and _OF_OURS not in column
            and column not in people
            and column in cells
            and (what := _by_name(column))
        ):
            known = cells[column].drop_nulls()
            if known.len() and _share(known) >= _MOST:
                yield column, what


def _by_name(column: str) -> str:
    name = re.sub(r"[\s_.-]+", " ", column.casefold()).strip()
    if _OTHER.search(name) and "geboorte" not in name:
        return ""
    return next((what for what, pattern in _NAMES.items() if pattern.search(name)), "")


def _share(known: pl.Series) -> float:
    return int(known.str.contains(_NUMBER).sum()) / known.len()
