"""Codes of others, read at the edge: the huishoudverklaring of the Belastingdienst, and VERA."""

from collections.abc import Mapping
from typing import Final

# From 2022 the huishoudverklaring says L, M or H.
HUISHOUDVERKLARING: Final[Mapping[str, str]] = {"l": "laag", "m": "midden", "h": "hoog"}
# The codes of before; what unknown is called since 2022 was not found, so O is not read as that either.
_OLD: Final = (
    "is een oude code (tot en met 2020). Vraag de huishoudverklaring opnieuw op; sinds 2022 zegt zij L, M of H. "
    "Is er geen verklaring, laat de cel dan leeg of vul 'geen' in."
)
OUDE_CODES: Final[Mapping[str, str]] = {
    "n": f"N (inkomen niet boven de grens) {_OLD}",
    "j": f"J (inkomen boven de grens) {_OLD}",
    "u": f"U (uitzonderingsgroep) {_OLD} Die uitzondering bestaat sinds 2022 niet meer.",
    "o": f"O (onbekend) {_OLD}",
}

# VERA referentiedata, ENERGIELABEL; A to G are themselves.
VERA_LABEL: Final[Mapping[str, str]] = {"ap4": "A++++", "ap3": "A+++", "app": "A++", "ap": "A+"}
# VERA referentiedata, PRIJSCOMPONENTWIJZIGINGSREDEN, as reasons of the last increase.
VERA_REDEN: Final[Mapping[str, str]] = {
    "ink": "jaarlijks", "jaa": "jaarlijks", "mut": "nieuw_contract", "ren": "woningverbetering",
}  # fmt: skip

JA_NEE: Final[Mapping[str, bool]] = {
    "ja": True, "j": True, "true": True, "waar": True, "1": True,
    "nee": False, "n": False, "false": False, "onwaar": False, "0": False,
}  # fmt: skip
