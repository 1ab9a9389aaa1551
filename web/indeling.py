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
        ("contract_vanaf", "huur_bij_aanvang", "aangezegd_op", "label_datum", "label_methode"),
    ),
    Sectie(
        "bijzonderheden",
        "Bijzonderheden",
        (
            "toetsinkomen",
            "huur_voor_ronde",
            "laatste_verhoging",
            "ingeschreven",
            "rechtmatig_verblijf",
            "zelfde_huishouden_in_juli",
            "zorggroep",
            "gereguleerd",
            "huurverhogingsbeding",
            "gebreken_vastgesteld",
            "label_klopt_niet",
            "aangepast",
            "aangewezen_complex",
        ),
        uitleg="Wat u leeg laat, wordt gelezen zoals bij het veld staat. Wat zo is aangenomen, staat bij de uitkomst.",
        heel=True,
        opvouwen="Is er iets anders dan bij de meeste huishoudens?",
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
