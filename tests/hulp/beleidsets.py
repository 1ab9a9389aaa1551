"""The rules of the product with a made-up municipality and a made-up corporation, whose policy a test gives."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from regels.bron import bestanden_in
from regels.laden import load
from regels.regelset import Regelset
from regels.toets import toets
from regels.uitslag import Uitslag

BESLUITEN = ("huurverhoging-beleid", "efg-ontzien", "huurverhoging-wettelijk")
PROEF: Final = "proef"
GEMEENTE = """\
soort: gemeente
naam: Proefstad
plaatsen: {proefdorp: Proefdorp}
contact: {telefoon: '14 0000', waarvoor: alles, website: 'https://gemeente.voorbeeld.nl'}
"""
CORPORATIE = """\
soort: corporatie
naam: Proefwonen
gemeenten: [proefstad]
contact: {telefoon: '0000', waarvoor: huren, website: 'https://wonen.voorbeeld.nl'}
"""
BRON = "besluit: {titel: Een besluit, url: 'https://wonen.voorbeeld.nl/besluit', datum: '2026', vindplaats: alles}\n"


@cache
def van_het_product() -> tuple[tuple[str, bytes], ...]:
    """The files of the product."""
    return tuple(bestanden_in(files("regels") / "sets"))


def laad(policies: Mapping[int, str], *, verhuurder: str = PROEF) -> Regelset:
    """The rule set with these policies, by round, of one landlord. Raises :class:`regels.bestanden.RegelsetError`."""
    own = {
        "proefstad/eigenaar.yaml": GEMEENTE,
        f"{PROEF}/eigenaar.yaml": CORPORATIE,
        f"{PROEF}/bronnen.yaml": BRON,
        **{f"{verhuurder}/beleid/{round_}.yaml": text for round_, text in policies.items()},
    }
    return load([*van_het_product(), *((name, text.encode()) for name, text in own.items())])


def antwoord(regels: Regelset, woning: Mapping[str, Any], **vraag: Any) -> Uitslag:
    """The answer about the two decisions on policy, for a tenant of the made-up corporation."""
    asked = {"soort": "huurder", "verhuurder": PROEF, "woning": dict(woning), **vraag}
    return toets(regels.vraag(asked), regels, BESLUITEN)
