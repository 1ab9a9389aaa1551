"""What has no place in a portfolio: a BSN, and names. Found by the name of a column and by what is in it."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import polars as pl

from service.invoer.bsn import holds_bsn, names_bsn
from service.invoer.kolommen import Speurder
from service.invoer.namen import full_of_names, is_name, sample
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.tabellen import Tabel, normal

_NAME: Final = re.compile(
    r"(^|voor|achter|roep|familie|geslachts|huurders?|bewoners?|klant|contact|partner)na[a]?m(en)?"
)
_NAME_PARTS: Final = frozenset(
    {"voorletters", "voorletter", "initialen", "tussenvoegsel", "voorvoegsel", "voorvoegsels"}
)
_FEW: Final = 5
_MOST: Final = 0.5
_WORDS_ONLY: Final = r"^\p{L}[\p{L}'’. -]*\p{Ll}[\p{L}'’. ,-]*\p{L}\.?$"
_OUT: Final = "Haal deze kolom uit het bestand"


def names_of_people(columns: Sequence[str]) -> tuple[str, ...]:
    """The columns that hold names, by their own name: they are never read."""
    return tuple(c for c in columns if _NAME.search(normal(c)) or normal(c) in _NAME_PARTS)


def refuse_personal(table: Tabel) -> None:
    """Raise :class:`PortefeuilleFout` when a column is a BSN or a name, by its title or in the first rows.

    Whether coupled or not. The text names the column, and nothing that stands in it.
    """
    for number, title in enumerate(table.kolommen, 1):
        if holds_bsn(title) or is_name(title):
            raise PortefeuilleFout(
                f"De naam van kolom {number} lijkt een BSN of de naam van een persoon. Zet boven de rijen een regel "
                "met de namen van de kolommen."
            )
        if names_bsn(title):
            raise _bsn(title)
    people = names_of_people(table.kolommen)
    for title, cells in table.eerste().items():
        if _judged(cells):
            raise _bsn(title)
        different = cells.drop_nulls().unique(maintain_order=True).to_list()
        if full_of_names(sample(different), titled=title in people):
            raise PortefeuilleFout(
                f"In de kolom '{title}' lijken namen van personen te staan. {_OUT}: namen horen niet in deze toets. Er "
                "is niets gelezen of bewaard."
            )


def refuse_bsn(table: Tabel, stap: Callable[[], None]) -> None:
    """Raise :class:`PortefeuilleFout` when a column holds BSN anywhere; ``stap`` is called after every part."""
    detectives: dict[str, Speurder] = {}
    for part in table.delen():
        for title, cells in part.items():
            detectives.setdefault(title, Speurder()).add(cells)
        stap()
    for title, detective in detectives.items():
        if detective.oordeel().bsn:
            raise _bsn(title)


def _judged(cells: pl.Series) -> bool:
    detective = Speurder()
    detective.add(cells)
    return detective.oordeel().bsn


def refuse_names(column: pl.Series) -> None:
    """Raise :class:`PortefeuilleFout` when the references to the dwellings look like names of people."""
    known = column.drop_nulls()
    if known.len() >= _FEW and int(known.str.contains(_WORDS_ONLY).sum()) / known.len() > _MOST:
        raise PortefeuilleFout(
            f"In de kolom '{column.name}' lijken namen te staan. Gebruik als verwijzing het nummer van de woning; "
            "namen horen niet in dit bestand."
        )


def _bsn(column: str) -> PortefeuilleFout:
    return PortefeuilleFout(
        f"De kolom '{column}' lijkt een BSN te bevatten. {_OUT}: voor deze toets mag het BSN niet worden gebruikt. Er "
        "is niets gelezen of bewaard."
    )
