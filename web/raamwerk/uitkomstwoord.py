"""The outcome of a decision in a word."""

from typing import Final

from regels.uitslag import Conclusie
from web.raamwerk.teksten import groep, tekst

_ASKS: Final = ("Hoeveel", "In", "Waar", "Wat", "Welk", "Welke")


def outcome_word(conclusie: Conclusie) -> str:
    """The outcome in a word."""
    if conclusie.uitkomst == "ja" and open_question(conclusie):
        return tekst("uitkomst.bekend")
    return groep("algemeen.uitkomsten")[conclusie.uitkomst]


def open_question(conclusie: Conclusie) -> bool:
    """Whether ``ja`` is no answer to its question: it asks how much or which, not whether."""
    return conclusie.vraag.partition(" ")[0] in _ASKS
