"""The format in which rule files are written, and the way from an older one to the one of today.

A revision that was published years ago must give the answer it gave then. So whoever changes what the loader accepts,
or what it makes of a file, raises :data:`FORMAAT` and adds the step that rewrites files of the format before it. Where
no such step can be written, the product says that this revision can no longer be computed.
"""

from collections.abc import Callable, Mapping
from typing import Final

Bestanden = Mapping[str, bytes]
Stap = Callable[[Bestanden], Bestanden]

# What this product reads and writes. In 1 a decision was unknown as soon as no rule was true; in 2 what all rules that
# may apply agree on is the outcome, and a sum with an unknown part lies between two ends. In 3 a set may account for
# the law, and then an answer says what it did not check.
EERSTE: Final = 1
FORMAAT: Final = 3
# from each older format to the next, by the older one: the files stay as they are, and what they mean differs
STAPPEN: Final[Mapping[int, Stap]] = {EERSTE: lambda bestanden: bestanden, 2: lambda bestanden: bestanden}


class FormaatFout(Exception):
    """Files of this format cannot be read any more, or not yet; the text says which, and what to do."""


def in_use(
    bestanden: Bestanden, formaat: int, *, stappen: Mapping[int, Stap] = STAPPEN, nu: int = FORMAAT
) -> Bestanden:
    """The files as the format of today has them. Raises :class:`FormaatFout`."""
    if formaat > nu:
        raise FormaatFout(
            f"Deze regels hebben formaat {formaat}, en dit product leest tot en met {nu}. Gebruik het product waarmee "
            "zij zijn gemaakt, of een nieuwer."
        )
    for version in range(formaat, nu):
        if version not in stappen:
            raise FormaatFout(
                f"Deze regels hebben formaat {formaat}. Van formaat {version} naar {version + 1} is er geen weg, dus "
                "een antwoord ermee kan niet meer worden berekend."
            )
        bestanden = stappen[version](bestanden)
    return bestanden
