"""Where each field of the question stands on the form, for each entrance. The fields are declared in ``regels``."""

from collections.abc import Mapping
from dataclasses import dataclass

from regels import Regelset
from regels.velden import ONTVANGT
from web.formulier.invoer import BAND
from web.raamwerk.teksten import groep

PERSONEN = "personen"
GEMEENTE = "gemeente"
_VAN_GEMEENTE = "woning"  # the section in which it is asked
# where a field is asked that no section names: one that an owner of rules added
_OVERIG: Mapping[str, str] = {"persoon": PERSONEN, "servicekosten": "servicekosten"}


@dataclass(frozen=True, slots=True)
class Sectie:
    """A fieldset: its anchor, its legend, a line of help, and the names of its fields in order.

    ``meer`` are fields that fold away, with ``opvouwen`` as the words in front of the fold; a section with those only
    folds away as a whole. With ``per_persoon`` every person has a row with these fields. ``elders``: it is asked at
    another entrance, and stands here in the last fold.
    """

    id: str
    titel: str
    velden: tuple[str, ...]
    uitleg: str = ""
    opvouwen: str = ""
    meer: tuple[str, ...] = ()
    per_persoon: bool = False
    elders: bool = False


@dataclass(frozen=True, slots=True)
class Ingang:
    """A way in to the same question: its address, its words, what it fills in, and what it shows first.

    ``voorop`` are the sections with their fields in front, ``elders`` those that matter at another entrance.
    ``regelingen_vooraan``: the answer begins with what the
    schemes bring together, and has that subject before the others.
    """

    id: str
    pad: str
    soort: str
    voorop: Mapping[str, tuple[str, ...]]
    elders: tuple[str, ...] = ()
    band: bool = False
    regelingen_vooraan: bool = False

    @property
    def titel(self) -> str:
        """The heading of its page."""
        return groep("invoer.ingang")[f"{self.id}_titel"]

    @property
    def keuze(self) -> str:
        """How the start page names it."""
        return groep("invoer.ingang")[f"{self.id}_keuze"]

    @property
    def uitleg(self) -> str:
        """One line about it."""
        return groep("invoer.ingang")[f"{self.id}_uitleg"]

    @property
    def straks(self) -> str:
        """What its answer will tell, where there is none yet."""
        return groep("invoer.ingang")[f"{self.id}_straks"]

    @property
    def vooraf(self) -> dict[str, str]:
        """What a fresh form of this entrance holds."""
        return {"soort": self.soort, "ingang": self.id}


# every section in the order of the page, with its fields; an entrance takes some of them to the front
_SECTIES: Mapping[str, tuple[str, ...]] = {
    "woning": ("verhuurder", "kale_huur", "wws_maximum", "energielabel", "zelfstandig", "servicekosten_totaal"),
    PERSONEN: (
        "rol",
        "geboortedatum",
        "leeftijd_opgave",
        "inkomen_opgave",
        "inkomen_t1",
        "inkomen_t2",
        "vermogen_bewoner",
        "onderhouden",
        "studeert_voltijds",
        "soort_kind",
        "kinderbijslag",
        "kinderbijslag_of_pleegvergoeding",
        "toeslagpartner",
        "verzekerd",
        "heel_het_jaar",
        "ingeschreven_persoon",
        "opgenomen",
        "inwonend_om_zorg",
        "handicap",
    ),
    "inkomen": (
        "inkomenscategorie",
        "vermogen",
        "toetsinkomen",
        "inkomen_halfjaar",
        "inkomen_uit_werk",
        "aanvullende_uitkering",
        "alleen_aow",
    ),
    "contract": (
        "contract_vanaf",
        "huur_bij_aanvang",
        "voorgestelde_huur",
        "aangezegd_op",
        "ingangsdatum_voorstel",
        "huur_voor_ronde",
        "laatste_verhoging",
        "reden_laatste_verhoging",
        "eerdere_iah",
        "huurverhogingsbeding",
        "all_in",
        "tijdelijke_korting",
        "tijdelijke_verhuur",
    ),
    "zoeken": ("spoed", "kernbinding", "zoekprofiel", "zoekprofiel_op", "asielvergunning", "zorgindicatie"),
    "regelingen": (
        "netto_maandinkomen",
        "inclusief_vakantiegeld",
        "drie_jaar_laag_inkomen",
        "inkomenstoeslag_gehad",
        "energiekosten",
        "kern",
        "renovatie_na_mutatie",
        "student",
        "in_instelling",
        "volledige_aow",
        "uitkering",
        "huurachterstand",
        "meerdere_problemen",
    ),
    ONTVANGT: (),  # a field for each scheme of the rule set
    "bijzonderheden": (
        "ingeschreven",
        "rechtmatig_verblijf",
        "zelfde_huishouden_in_juli",
        "zorggroep",
        "gereguleerd",
        "gereed_voor_juli_1989",
        "gebreken_vastgesteld",
        "label_datum",
        "label_methode",
        "label_klopt_niet",
        "aangepast",
        "verworven_recht",
        "woonwagen",
        "aangewezen_complex",
        "onvrije_etage",
        "streefhuur",
        "zonder_energielabel",
        "garage",
        "sloop",
        "eerste_huurder",
        "beleidsgebied",
        "kwijtschelding",
    ),
    "servicekosten": (
        "servicekosten_energie",
        "servicekosten_schoonmaak",
        "servicekosten_huismeester",
        "servicekosten_recreatie",
    ),
    "toets": ("peildatum", "huurronde", "soort"),
}
# the age is asked while there is no date of birth
_WIE = ("rol", "geboortedatum", "leeftijd_opgave", "inkomen_opgave")

INGANGEN: Mapping[str, Ingang] = {
    ingang.id: ingang
    for ingang in (
        Ingang(
            "huurder",
            "/huurder",
            "huurder",
            {
                "woning": ("verhuurder", "kale_huur", "wws_maximum", "energielabel", "zelfstandig"),
                PERSONEN: _WIE,
                "inkomen": ("inkomenscategorie", "vermogen"),
            },
            elders=("zoeken",),
        ),
        Ingang(
            "woning",
            "/woningzoekende-met-woning",
            "woningzoekende",
            {"woning": ("verhuurder", "kale_huur", "zelfstandig"), PERSONEN: _WIE, "inkomen": ("vermogen",)},
            elders=("contract",),
        ),
        Ingang(
            "zoeken",
            "/woningzoekende",
            "woningzoekende",
            {PERSONEN: _WIE, "inkomen": ("vermogen",)},
            elders=("woning", "contract", "servicekosten"),
        ),
        Ingang(
            "opzoeken",
            "/snel-opzoeken",
            "huurder",
            {"woning": ("verhuurder", "energielabel"), PERSONEN: ("rol", "leeftijd_opgave"), "inkomen": (BAND,)},
            elders=("contract", "zoeken", "servicekosten"),
            band=True,
            regelingen_vooraan=True,
        ),
    )
}


def sections(regels: Regelset, ingang: Ingang) -> tuple[Sectie, ...]:
    """The sections of the form of ``ingang``: those with fields in front first, those of another entrance last.

    Which municipality it is about is asked in front, and only where there are several to choose from.
    A field that only the policy of a landlord asks for may not be in the rule set; one that this page does not know is
    asked last in its section.
    """
    words = groep("invoer.sectie")
    placed = {GEMEENTE}.union(*_SECTIES.values())
    added = {
        name: _OVERIG.get(veld.groep, "bijzonderheden") for name, veld in regels.velden.items() if name not in placed
    }
    received = tuple(veld.naam for veld in regels.ontvangt.values())
    several = (GEMEENTE,) if regels.eigenaren.meer_gemeenten else ()
    made = [
        Sectie(
            id=name,
            titel=words[name],
            velden=front,
            uitleg=words.get(f"{name}_uitleg", ""),
            opvouwen=words[f"{name}_meer"] if front else words[f"{name}_opvouwen"],
            meer=tuple(field for field in own if field not in front),
            per_persoon=name == PERSONEN,
            elders=name in ingang.elders,
        )
        for name, all_ in _SECTIES.items()
        for asked in [several if name == _VAN_GEMEENTE else ()]
        for more in [received if name == ONTVANGT else tuple(f for f, section in added.items() if section == name)]
        for fields in [(*(field for field in all_ if field in regels.velden), *more)]
        for shown in [tuple(field for field in ingang.voorop.get(name, ()) if field in (BAND, *regels.velden))]
        for own, front in [((*asked, *fields), (*asked, *shown))]
        if own
    ]
    return tuple(sorted(made, key=lambda part: (part.elders, not part.velden)))


__all__ = ["INGANGEN", "PERSONEN", "Ingang", "Sectie", "sections"]
