"""Claims about kinderbijslag and the remission of taxes, for :mod:`regels.lezers.bewijs.stellingen`."""

from typing import Final

from regels.lezers.bewijs.stelling import Stelling

AKW: Final = "AKW"
URI: Final = "Uitvoeringsregeling Invorderingswet 1990"

HULP: Final = (
    Stelling(
        "kinderbijslag-op-volgorde",
        "Voor een ouder kind is de kinderbijslag hoger.",
        f"{AKW} 12",
        "kinderbijslag_bedrag[jongste] < kinderbijslag_bedrag[middelste] "
        "en kinderbijslag_bedrag[middelste] < kinderbijslag_bedrag[oudste] en kinderbijslag_bedrag[jongste] > 0",
    ),
    Stelling(
        "kinderbijslag-niet-negatief",
        "De kinderbijslag is nooit negatief, zeker of mogelijk.",
        f"{AKW} 12",
        "kinderbijslag_per_kwartaal >= 0 en kinderbijslag_per_kwartaal_16_of_17 >= 0",
    ),
    Stelling(
        "woonlasten-kwijtschelding-binnen-de-grens",
        "De woonlasten die bij kwijtschelding tellen, zijn nooit negatief en nooit meer dan de hoogste huur.",
        f"{URI} 15",
        "kwijtschelding_woonlasten >= 0 en kwijtschelding_woonlasten <= maximale_huurgrens[gewoon]",
    ),
    Stelling(
        "betalingscapaciteit-niet-negatief",
        "De ruimte om te betalen is nooit negatief.",
        f"{URI} 13",
        "betalingscapaciteit >= 0",
    ),
)
