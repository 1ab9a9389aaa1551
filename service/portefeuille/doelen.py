"""What a column of a file can be coupled to: the fields of the question, and a few that only a portfolio has."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from regels.lezers import kolommen
from regels.lezers.kolommen import Kolom
from regels.regelset import Regelset, eens
from regels.velden import Veld
from regels.vraag import MOST_PERSONS

WONINGEN: Final = "woningen"
PERSONEN: Final = "personen"
VERWIJZING: Final = "verwijzing"
HUISHOUDINKOMEN: Final = "huishoudinkomen"
NEGEREN: Final = "negeren"
# what looks like a rent, an income or residents has to be coupled or ignored by a person
KIEZEN: Final = "kiezen"
NIET_GEKOPPELD: Final = (NEGEREN, KIEZEN)
VASTE: Final = ("soort", "verhuurder")


@dataclass(frozen=True, slots=True)
class Doel:
    """One thing a column can be: its name in a koppeling, its words, and how its cells are read.

    ``soort`` is a kind of field (``bedrag``, ``datum``, ...), or ``tekst`` for the reference. ``veld`` is the field
    whose domain holds; ``pointer`` is where it stands in one question.
    """

    naam: str
    label: str
    soort: str
    veld: Veld | None = None
    pointer: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    uitleg: str = ""


@eens
def doelen(regels: Regelset) -> Mapping[str, Mapping[str, Doel]]:
    """Every target of the dwelling table and of the person table, by name."""
    return {WONINGEN: _dwellings(regels), PERSONEN: _persons(regels)}


def _dwellings(regels: Regelset) -> dict[str, Doel]:
    found = [
        Doel(VERWIJZING, "Verwijzing (nummer van de woning)", "tekst", uitleg="Staat in het resultaat bij elke rij."),
        *(_field(regels, kolom) for kolom in kolommen.schema(regels, personen=0)),
        *_household(regels),
        *(
            _field(regels, kolom)
            for kolom in kolommen.schema(regels, personen=MOST_PERSONS)
            if kolom.pointer.startswith("/personen/")
        ),
    ]
    return {target.naam: target for target in found}


def _household(regels: Regelset) -> list[Doel]:
    """What may be given of the household as a whole."""
    said = "Van het huishouden als geheel, als de bewoners niet apart bekend zijn."
    found = []
    for kolom in kolommen.gegeven(regels):
        low, high = kolom.minimum, kolom.maximum
        kind = "heel_bedrag" if kolom.eenheid else "ja_nee" if low is None else "aantal"
        assert not isinstance(low, date) and not isinstance(high, date)
        found.append(Doel(kolom.naam, kolom.betekenis, kind, minimum=low, maximum=high, uitleg=said))
    income = next(doel for doel in found if doel.soort == "heel_bedrag")
    both = "Inkomen van het huishouden, voor de toewijzing en voor de huurtoeslag"
    said = "Alleen goed als beide hetzelfde zijn: geen kind heeft een eigen inkomen."
    return [*found, replace(income, naam=HUISHOUDINKOMEN, label=both, uitleg=said)]


def _persons(regels: Regelset) -> dict[str, Doel]:
    found = [Doel(VERWIJZING, "Verwijzing (nummer van de woning)", "tekst")]
    for veld in regels.velden.values():
        if veld.groep == "persoon":
            found.append(Doel(veld.naam, veld.label, veld.soort, veld, veld.pointer(0), *_bounds(veld)))
    return {target.naam: target for target in found}


def _field(regels: Regelset, kolom: Kolom) -> Doel:
    plek = regels.plek(kolom.pointer)
    assert plek is not None
    veld = plek.veld
    return Doel(kolom.naam, kolom.betekenis, veld.soort, veld, kolom.pointer, *_bounds(veld))


def _bounds(veld: Veld) -> tuple[Decimal | None, Decimal | None]:
    low, high = veld.minimum, veld.maximum
    return low if isinstance(low, Decimal) else None, high if isinstance(high, Decimal) else None
