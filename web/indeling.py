"""Where each field of the question stands on the form. The fields themselves are declared in ``regels``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sectie:
    """A fieldset: its anchor, its legend, a line of help, and the names of its fields in order.

    ``heel`` takes the whole width. With ``opvouwen`` it folds away on an empty form, behind those words. With
    ``per_persoon`` every person has a row with these fields.
    """

    id: str
    titel: str
    velden: tuple[str, ...]
    uitleg: str = ""
    heel: bool = False
    opvouwen: str = ""
    per_persoon: bool = False


PERSONEN = "personen"
SECTIES = (
    Sectie("toets", "De toets", ("soort", "verhuurder", "peildatum", "huurronde")),
    Sectie("woning", "De woning", ("kale_huur", "servicekosten_totaal", "wws_maximum", "energielabel", "zelfstandig")),
    Sectie(
        PERSONEN,
        "Wie wonen er?",
        (
            "rol",
            "geboortedatum",
            "leeftijd_opgave",
            "inkomen_opgave",
            "inkomen_t1",
            "inkomen_t2",
            "vermogen_bewoner",
        ),
        uitleg="Noem iedereen die in de woning woont of gaat wonen, ook kinderen en onderhuurders. Vul geen namen in.",
        heel=True,
        per_persoon=True,
    ),
    Sectie(
        "inkomen",
        "Vermogen en inkomen",
        ("vermogen", "inkomenscategorie", "inkomen_uit_werk", "aanvullende_uitkering", "alleen_aow"),
    ),
    Sectie(
        "contract",
        "Contract en label",
        ("contract_vanaf", "huur_bij_aanvang", "voorgestelde_huur", "aangezegd_op", "label_datum", "label_methode"),
    ),
    Sectie(
        "bijzonderheden",
        "Bijzonderheden",
        (
            "toetsinkomen",
            "huur_voor_ronde",
            "laatste_verhoging",
            "eerdere_iah",
            "ingeschreven",
            "rechtmatig_verblijf",
            "zelfde_huishouden_in_juli",
            "zorggroep",
            "gereguleerd",
            "huurverhogingsbeding",
            "gebreken_vastgesteld",
            "label_klopt_niet",
            "aangepast",
            "verworven_recht",
            "woonwagen",
            "aangewezen_complex",
        ),
        uitleg="Wat u leeg laat, wordt gelezen zoals bij het veld staat. Wat zo is aangenomen, staat bij de uitkomst.",
        heel=True,
        opvouwen="Is er iets anders dan bij de meeste huishoudens?",
    ),
    Sectie(
        "regelingen",
        "Regelingen en hulp",
        (
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
            "huurachterstand",
            "meerdere_problemen",
        ),
        uitleg="Alleen nodig om regelingen en hulp te wijzen. Schrijf niet op wat er precies speelt.",
        heel=True,
        opvouwen="Ook naar regelingen en hulp kijken?",
    ),
    Sectie(
        "zoeken",
        "Woning zoeken",
        ("spoed", "kernbinding", "zoekprofiel", "zoekprofiel_op"),
        uitleg="Alleen voor wie een woning zoekt.",
        heel=True,
        opvouwen="Zoekt het huishouden een woning?",
    ),
    Sectie(
        "servicekosten",
        "Servicekosten per soort",
        (
            "servicekosten_energie",
            "servicekosten_schoonmaak",
            "servicekosten_huismeester",
            "servicekosten_recreatie",
        ),
        uitleg="Vul deze in, of het ene bedrag bij de woning.",
        heel=True,
        opvouwen="Zijn de servicekosten per soort bekend?",
    ),
)
