"""A made-up landlord that decides about the rents of 2026, and a table of its homes, one of which cannot be used."""

from typing import Final

from regels.bron import pakketbestanden
from tests.hulp.beleidsets import BRON, CORPORATIE, GEMEENTE, PROEF

OPEN: Final = "status: voornemen\nbesluit_voor: 2026-03-31\nbron: besluit\nonderdelen:\n  - basis: onbekend\n"


def decided(percent: str, more: str = "") -> str:
    return (
        "status: vastgesteld\nbesloten_op: 2026-03-20\nbron: besluit\nonderdelen:\n"
        f"  - basis: {{procent: {percent}}}\n    iah: nee\n{more}"
    )


POLICY = f"{PROEF}/beleid/2026.yaml"
FILES = pakketbestanden() | {
    "proefstad/eigenaar.yaml": GEMEENTE.encode(),
    f"{PROEF}/eigenaar.yaml": CORPORATIE.encode(),
    f"{PROEF}/bronnen.yaml": BRON.encode(),
    POLICY: OPEN.encode(),
}
HOMES = (
    "vhe;soort;verhuurder;inkomenscategorie;kale huur;zelfstandig;maximale huur;energielabel\n"
    + "".join(f"{100 + at};huurder;{PROEF};laag;600,00;ja;900,00;C\n" for at in range(7))
    + "200;huurder;onbekende verhuurder;laag;600,00;ja;900,00;C\n"
).encode()
KOPPELING = (
    b"woningen:\n  vhe: verwijzing\n  soort: soort\n  verhuurder: verhuurder\n"
    b"  inkomenscategorie: inkomenscategorie\n  kale huur: woning_kale_huur\n  zelfstandig: woning_zelfstandig\n"
    b"  maximale huur: woning_wws_maximum\n  energielabel: woning_energielabel\n"
)
