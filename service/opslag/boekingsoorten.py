"""What can be written in the ledger, and whose content can be traced: the closed lists, for every room."""

from types import MappingProxyType
from typing import Final

# what happened; docs/gegevens.md has a line for each
BOEKINGEN: Final = MappingProxyType(
    {
        "database-gemaakt": "De tabellen zijn gemaakt.",
        "database-bijgewerkt": "De tabellen zijn van een ander schema geworden.",
        "database-hersteld": "Een reservekopie is teruggezet.",
        "gewist": "Van een betrokkene is de sleutel vernietigd.",
        "opgeschoond": "Wat de bewaartermijn voorbij was, is weg.",
    }
)

# of each kind of subject: for how many years after the last entry about it content can be traced to it
BETROKKENEN: Final = MappingProxyType({"medewerker": 7})
