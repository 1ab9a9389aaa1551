"""Where an income came from, for the papers: added up from slips, and whether every document was seen."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.formulier.invoer import Invoer


@dataclass(frozen=True, slots=True)
class Herkomst:
    """The fields that were added up, by their names in the form: the computation, and those of which all was seen.

    Every other field was said by the household.
    """

    berekening: Mapping[str, str]
    gezien: frozenset[str]


def origins(invoer: Invoer) -> Herkomst:
    """The origins of the incomes in ``invoer``."""
    used = {
        f"personen.{person}.inkomen": slips for person, slips in enumerate(invoer.stroken) if slips.inkomen is not None
    }
    return Herkomst(
        {name: slips.berekening for name, slips in used.items()},
        frozenset(name for name, slips in used.items() if all(slip.gezien for slip in slips.regels)),
    )
