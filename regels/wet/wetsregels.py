"""What became of the law: each member of each article, for each text that was in force."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from regels.bestanden import Place
from regels.taal import Node
from regels.venster import Venster

NIET_GETOETST: Final = "niet_getoetst"
UITGANGSPUNT: Final = "uitgangspunt"
WORDT: Final = {
    "regel": "bepaalt mee wat een antwoord zegt",
    "grootheid": "wordt uitgerekend",
    "cijfer": "een getal van de regels",
    "veld": "wordt gevraagd",
    UITGANGSPUNT: "wordt aangenomen, en staat bij het antwoord",
    "verwijzing": "wijst een huishouden de weg",
    NIET_GETOETST: "doet deze toets niet; het antwoord zegt het",
    "geen_effect": "raakt het antwoord van geen huishouden",
}
# how likely it is that a member which is not checked matters to a household that it is about
ZELDEN: Final = "zelden"
KANSEN: Final = ("vaak", "soms", ZELDEN)
# the name of a row: a member (2), an inserted one (2-a), a letter (2a, 2-a:b), or a definition (1:bewoner)
RIJNAAM: Final = re.compile(r"(?P<lid>\d+(?:-[a-z]+)?)(?:(?P<letter>(?<=\d)[a-z]{1,2})|:(?P<woord>[a-z0-9-]+))?")
GEEN_LEDEN: Final = "0"


@dataclass(frozen=True, slots=True)
class Wetslid:
    """One member, letter or definition of an article, in our own words, and what became of it.

    ``raakt`` are the decisions that it could change; ``als`` says which households it can be about, and None all.
    """

    naam: str
    tekst: str
    wordt: str
    wijst_naar: tuple[str, ...]
    reden: str
    raakt: tuple[str, ...]
    kans: str
    als: Node | None
    als_tekst: str
    zin: str
    plaats: Place


@dataclass(frozen=True, slots=True)
class Wetstekst:
    """The text of an article in one window: the states in which it was read (none: ``onleesbaar`` says why)."""

    venster: Venster
    gelezen: tuple[date, ...]
    onleesbaar: str
    leden: int
    letters: Mapping[str, int]
    rijen: Mapping[str, Wetslid]
    plaats: Place

    def geldt_op(self, dag: date) -> bool:
        """Whether this is the text of ``dag``: of a day in its window, or of a state in which it was read."""
        return self.venster.bevat(dag) or dag in self.gelezen


@dataclass(frozen=True, slots=True)
class Wet:
    """A law or regulation, with its number on wetten.overheid.nl and the texts of each article, oldest first."""

    id: str
    titel: str
    bwb: str
    plaats: Place
    artikelen: Mapping[str, tuple[Wetstekst, ...]] = field(default_factory=dict)


def lid_in_woorden(naam: str) -> str:
    """The name of a row as a reader writes it: ``2a`` is ``lid 2 onder a``; empty for an article as a whole."""
    match = RIJNAAM.fullmatch(naam)
    if match is None:
        return naam
    number, word = match["lid"].replace("-", ""), match["woord"] or ""
    below = match["letter"] or (word if len(word) == 1 else "")  # the letter of an inserted member is written as a word
    found = (
        "" if number == GEEN_LEDEN else f"lid {number}",
        f"onder {below}" if below else f"({word})" if word else "",
    )
    return " ".join(filter(None, found))
