"""The households that the product has itself, made of published statistics: illustrative, and nobody's."""

from functools import lru_cache
from typing import Final

from regels.regelset import Regelset
from service.effect.effect import Huishoudens
from service.proefhuishoudens import proefhuishoudens

ZAAD: Final = 1
AANTAL: Final = 20_000
BRON: Final = "illustratieve huishoudens"


@lru_cache(maxsize=2)
def illustrative(regels: Regelset, jaar: int, aantal: int = AANTAL) -> Huishoudens:
    """``aantal`` of them as they are in ``jaar``; the same ones every time."""
    return Huishoudens(proefhuishoudens(aantal, ZAAD, jaar, regels), BRON, illustratief=True)
