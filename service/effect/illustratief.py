"""The households that the product has itself, made of published statistics: illustrative, and nobody's."""

from functools import lru_cache
from typing import Final

from regels.regelset import Regelset
from service.effect.effect import Huishoudens
from service.proefhuishoudens import proefhuishoudens
from service.proefhuishoudens.proeftoets import keur
from service.proefhuishoudens.proefwoorden import checks_in_words, limits_in_words

ZAAD: Final = 1
AANTAL: Final = 20_000
BRON: Final = "illustratieve huishoudens"


@lru_cache(maxsize=2)
def illustrative(regels: Regelset, jaar: int, aantal: int = AANTAL) -> Huishoudens:
    """``aantal`` of them as they are in ``jaar``; the same ones every time."""
    return Huishoudens(proefhuishoudens(aantal, ZAAD, jaar, regels), BRON, illustratief=True)


@lru_cache(maxsize=2)
def account(regels: Regelset) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What goes with each result on them: what they cannot say, and how their checks come out by these rules."""
    return limits_in_words(), tuple(checks_in_words(keur(regels, AANTAL, ZAAD)))
