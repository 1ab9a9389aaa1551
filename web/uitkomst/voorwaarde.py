"""What an answer would be, by the one fact that it waits for: a line for each stretch, with the field right there."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from regels.plekken import Plek
from regels.regelset import Regelset
from regels.uitslag import Conclusie, Mogelijk, Uitkomst
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import outcome_word

# more than this does not fit in one sentence
_IN_A_SENTENCE: Final = 3
# what is no amount that somebody gets or pays: a distance or a limit says less than the outcome
_NO_AMOUNT: Final = ("marge", "grens", "uiterlijk")
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

    @property
    def zin(self) -> str:
        """The stretches in one sentence; empty where there are too many."""
        if len(self.regels) > _IN_A_SENTENCE:
            return ""
        *lines, last = self.regels
        said = [tekst("uitkomst.voorwaarde.als", wat=line.woord, als=line.als) for line in lines]
        sentence = ", ".join((*said, tekst("uitkomst.voorwaarde.anders", wat=last.woord)))
        return f"{sentence[:1].upper()}{sentence[1:]}."


def in_place(regels: Regelset, kort: Kort, conclusie: Conclusie) -> Voorwaarden | None:
    """What each stretch of the missing field gives; None where that is not told.

    ``kort`` writes the amount that matters.
    """
    found = conclusie.mogelijk
    plek = regels.plek(found[0].veld) if found else None
    if plek is None:
        return None
    lines = tuple(
        Voorwaarde(_word(conclusie, part, kort), _clause(part, plek), part.uitkomst, _choice(part)) for part in found
    )
    if len({line.woord for line in lines}) == 1:
        return None  # it comes to the same
    return Voorwaarden(lines, plek.naam, plek.veld.soort, plek.label, plek.pointer)


def _clause(part: Mogelijk, plek: Plek) -> str:
    """The stretch in words, with the field as it is called in a sentence."""
    name = groep("uitkomst.voorwaarde.velden").get(plek.veld.naam, "")
    label = f"'{plek.label}'"
    if not name:
        return part.als
    return part.als.replace(tekst("uitkomst.voorwaarde.antwoord", vraag=label), name).replace(label, name)


def _word(conclusie: Conclusie, part: Mogelijk, kort: Kort) -> str:
    """The amount of a yes, else the outcome in a word."""
    shown = [value for value in part.weergave if value.naam not in _NO_AMOUNT]
    amount = kort(replace(part, weergave=shown)) if part.uitkomst == "ja" else ""
    return amount or outcome_word(replace(conclusie, uitkomst=part.uitkomst)).lower()


def _choice(part: Mogelijk) -> str:
    if isinstance(part.waarde, bool):
        return _YES_NO[part.waarde]
    return part.waarde if isinstance(part.waarde, str) else ""
