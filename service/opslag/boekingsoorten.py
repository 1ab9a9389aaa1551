"""What can be written in the ledger, and whose content can be traced: the closed lists, for every room."""

from types import MappingProxyType
from typing import Final

# what happened; docs/gegevens.md has a line for each
BOEKINGEN: Final = MappingProxyType(
    {
        "database-gemaakt": "De tabellen zijn gemaakt.",
        "database-bijgewerkt": "De tabellen zijn van een ander schema geworden.",
        "database-hersteld": "Een reservekopie is teruggezet.",
        "gebruiker-gemaakt": "Een account is gemaakt.",
        "gebruiker-rollen": "Een account kreeg andere rollen, of hoort bij een andere organisatie.",
        "gebruiker-geblokkeerd": "Een account kan niet meer naar binnen.",
        "gebruiker-vrijgegeven": "Een account kan weer naar binnen.",
        "gebruiker-wachtwoord-hersteld": "Een beheerder gaf een account een wachtwoord voor één keer.",
        "gebruiker-wachtwoord-gekozen": "Een gebruiker koos zelf een wachtwoord.",
        "gebruiker-verwijderd": "Een account is weg.",
        "regels-gepubliceerd": "Een revisie van de regels is van kracht geworden.",
        "concept-begonnen": "Er is een concept van de regels gemaakt.",
        "concept-bewaard": "In een concept zijn bestanden gewijzigd.",
        "concept-bijgebracht": "Een concept staat nu op een nieuwere revisie.",
        "concept-gecontroleerd": "Van een concept is een rapport gemaakt.",
        "concept-goedgekeurd": "Iemand die niet invoerde, keurde een concept met zijn rapport goed.",
        "goedkeuring-vervallen": "Een goedgekeurd concept of zijn rapport is daarna gewijzigd.",
        "concept-ingetrokken": "Een concept wordt niet gepubliceerd.",
        "waarschuwing-aanvaard": "Iemand aanvaardde een waarschuwing over een concept.",
        "aanvaarding-teruggetrokken": "Een waarschuwing over een concept is niet meer aanvaard.",
        "gewist": "Van een betrokkene is de sleutel vernietigd.",
        "opgeschoond": "Wat de bewaartermijn voorbij was, is weg.",
    }
)

# of each kind of subject: for how many years after the last entry about it content can be traced to it
BETROKKENEN: Final = MappingProxyType({"medewerker": 7})
