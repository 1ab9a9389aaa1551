"""Where each field of the question stands on the form. The fields themselves are declared in ``regels``."""

from dataclasses import dataclass

from web.teksten import tekst


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
    Sectie("toets", tekst("algemeen.sectie.toets"), ("soort", "verhuurder", "peildatum", "huurronde")),
    Sectie(
        "woning",
        tekst("algemeen.sectie.woning"),
        ("kale_huur", "servicekosten_totaal", "wws_maximum", "energielabel", "zelfstandig"),
    ),
    Sectie(
        PERSONEN,
        tekst("algemeen.sectie.personen"),
        (
            "rol",
            "geboortedatum",
            "leeftijd_opgave",
            "inkomen_opgave",
            "inkomen_t1",
            "inkomen_t2",
            "vermogen_bewoner",
        ),
        uitleg=tekst("algemeen.sectie.personen_uitleg"),
        heel=True,
        per_persoon=True,
    ),
    Sectie(
        "inkomen",
        tekst("algemeen.sectie.inkomen"),
        ("vermogen", "inkomenscategorie", "inkomen_uit_werk", "aanvullende_uitkering", "alleen_aow"),
    ),
    Sectie(
        "contract",
        tekst("algemeen.sectie.contract"),
        ("contract_vanaf", "huur_bij_aanvang", "voorgestelde_huur", "aangezegd_op", "label_datum", "label_methode"),
    ),
    Sectie(
        "bijzonderheden",
        tekst("algemeen.sectie.bijzonderheden"),
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
        uitleg=tekst("algemeen.sectie.bijzonderheden_uitleg"),
        heel=True,
        opvouwen=tekst("algemeen.sectie.bijzonderheden_opvouwen"),
    ),
    Sectie(
        "regelingen",
        tekst("algemeen.sectie.regelingen"),
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
        uitleg=tekst("algemeen.sectie.regelingen_uitleg"),
        heel=True,
        opvouwen=tekst("algemeen.sectie.regelingen_opvouwen"),
    ),
    Sectie(
        "zoeken",
        tekst("algemeen.sectie.zoeken"),
        ("spoed", "kernbinding", "zoekprofiel", "zoekprofiel_op"),
        uitleg=tekst("algemeen.sectie.zoeken_uitleg"),
        heel=True,
        opvouwen=tekst("algemeen.sectie.zoeken_opvouwen"),
    ),
    Sectie(
        "servicekosten",
        tekst("algemeen.sectie.servicekosten"),
        (
            "servicekosten_energie",
            "servicekosten_schoonmaak",
            "servicekosten_huismeester",
            "servicekosten_recreatie",
        ),
        uitleg=tekst("algemeen.sectie.servicekosten_uitleg"),
        heel=True,
        opvouwen=tekst("algemeen.sectie.servicekosten_opvouwen"),
    ),
)
