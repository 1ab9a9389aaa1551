"""A paper, as both the typesetter and the print page draw it: parts with words, and no layout.

Every word is here already, so that a PDF and its print page cannot differ. ``dataclasses.asdict`` gives what the
typesetter reads; ``soort`` tells the drawers which part they have.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import filterfalse
from typing import Literal

Welk = Literal["overzicht", "dossier"]


@dataclass(frozen=True, slots=True)
class Alinea:
    """A paragraph; ``klein`` is a remark beside the point."""

    tekst: str
    klein: bool = False
    soort: Literal["alinea"] = "alinea"


@dataclass(frozen=True, slots=True)
class Punt:
    """A line of a list: ``vooraf`` stands before it in bold, ``url`` after it."""

    tekst: str
    vooraf: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lijst:
    """A list; ``genummerd`` when another part points to its numbers."""

    punten: tuple[Punt, ...]
    genummerd: bool = False
    soort: Literal["lijst"] = "lijst"


@dataclass(frozen=True, slots=True)
class Waarden:
    """Names with what they have, such as an amount; ``kort`` when two fit beside each other."""

    paren: tuple[tuple[str, str], ...]
    kort: bool
    soort: Literal["waarden"] = "waarden"


# of name and value together, in the type of a document
_HALF_A_LINE = 60


def as_values(pairs: Iterable[tuple[str, str]]) -> Waarden:
    """``pairs`` as a part of a paper."""
    found = tuple(pairs)
    return Waarden(found, len(found) > 1 and all(_is_short(pair) for pair in found))


def in_columns(pairs: Iterable[tuple[str, str]]) -> Iterator[Waarden]:
    """``pairs`` as parts of a paper: those that are short beside each other, then the long ones."""
    found = tuple(pairs)
    for part in (filter(_is_short, found), filterfalse(_is_short, found)):
        if own := tuple(part):
            yield as_values(own)


def _is_short(pair: tuple[str, str]) -> bool:
    return sum(map(len, pair)) < _HALF_A_LINE


@dataclass(frozen=True, slots=True)
class Papiertabel:
    """A table; the first column says what a row is about, ``breedten`` are shares of the width."""

    bijschrift: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    breedten: tuple[int, ...]
    soort: Literal["tabel"] = "tabel"


@dataclass(frozen=True, slots=True)
class Kaart:
    """One decision: its question, the outcome as a kind and in words, the answer, and what goes with it."""

    titel: str
    uitkomst: str
    woord: str
    tekst: str
    inhoud: "tuple[Deel, ...]" = ()
    soort: Literal["kaart"] = "kaart"


Deel = Alinea | Lijst | Waarden | Papiertabel | Kaart


@dataclass(frozen=True, slots=True)
class Papiersectie:
    """A part with a title; ``klein`` when it backs up the rest instead of saying something new."""

    titel: str
    inhoud: tuple[Deel, ...]
    klein: bool = False


@dataclass(frozen=True, slots=True)
class Papier:
    """A whole document. ``voet`` stands below every page, with the number of the page and of all pages.

    ``concept`` is said on every page, where the paper was made by the rules of a draft; ``merk`` is that in a word.
    """

    welk: Welk
    titel: str
    ondertitel: str
    gegevens: Waarden
    secties: tuple[Papiersectie, ...]
    voet: str
    pagina: str
    van: str
    concept: str = ""
    merk: str = ""
