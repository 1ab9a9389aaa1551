"""The rules of the product, loaded once for all tests of a process, and questions to them."""

from collections.abc import Collection
from typing import Final

from regels import Regelset, Vraag, pakket
from regels import toets as _toets
from regels.uitslag import Uitslag

PAKKET: Final = pakket()
read = PAKKET.vraag
read_json = PAKKET.lees


def toets(
    vraag: Vraag,
    regels: Regelset = PAKKET,
    besluiten: Collection[str] | None = None,
    delen: Collection[str] | None = None,
) -> Uitslag:
    """The answer by the rules of the product, or by others that the question was read by."""
    return _toets(vraag, regels, besluiten, delen)
