"""What an answer would be, by the one fact that it waits for: a line for each stretch, with the field right there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from regels.regelset import Regelset
from regels.uitslag import Conclusie, Mogelijk, Uitkomst
from web.raamwerk.teksten import tekst
from web.raamwerk.uitkomstwoord import outcome_word

# more than this does not fit in one sentence
_IN_A_SENTENCE: Final = 3
_YES_NO: Final = {True: "ja", False: "nee"}

Kort = Callable[[Conclusie | Mogelijk], str]


@dataclass(frozen=True, slots=True)
class Voorwaarde:
    """What comes out in one stretch, in a few words; ``keuze`` is what to post for it, where it is one choice."""

    woord: str
    als: str
    uitkomst: Uitkomst
    keuze: str


@dataclass(frozen=True, slots=True)
class Voorwaarden:
    """The stretches in order, and the field they are of: its name on the form, kind, label, and JSON pointer."""

    regels: tuple[Voorwaarde, ...]
    naam: str
    soort: str
    label: str
    veld: str

    @property
    def te_kiezen(self) -> bool:
        """Whether each line is one choice, so that a button is enough."""
        return all(line.keuze for line in self.regels)


def in_place(regels: Regelset, kort: Kort, conclusie: Conclusie) -> Voorwaarden | None:
    """What each stretch of the missing field gives; None where that is not told. ``kort`` writes the amount that matters."""
    found = conclusie.mogelijk
    plek = regels.plek(found[0].veld) if found else None
    if plek is None:
        return None
    lines = tuple(Voorwaarde(_word(conclusie, part, kort), part.als, part.uitkomst, _choice(part)) for part in found)
    return Voorwaarden(lines, plek.naam, plek.veld.soort, plek.label, plek.pointer)


def sentence(conclusie: Conclusie, kort: Kort) -> str:
    """The stretches in one sentence; empty where there are none, or too many."""
    found = conclusie.mogelijk
    if not 1 < len(found) <= _IN_A_SENTENCE:
        return ""
    said = [tekst("uitkomst.voorwaarde.als", wat=_word(conclusie, part, kort), als=part.als) for part in found[:-1]]
    last = tekst("uitkomst.voorwaarde.anders", wat=_word(conclusie, found[-1], kort))
    return tekst("uitkomst.voorwaarde.zin", delen=", ".join((*said, last)))


def _word(conclusie: Conclusie, part: Mogelijk, kort: Kort) -> str:
    """The amount of a yes, else the outcome in a word."""
    amount = kort(part) if part.uitkomst == "ja" else ""
    return amount or outcome_word(replace(conclusie, uitkomst=part.uitkomst)).lower()


def _choice(part: Mogelijk) -> str:
    if isinstance(part.waarde, bool):
        return _YES_NO[part.waarde]
    return part.waarde if isinstance(part.waarde, str) else ""
