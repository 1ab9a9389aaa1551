"""A made-up decision (VERZONNEN) of a landlord about the round of 2026, as somebody types it in the form."""

from service.beheer.beleidsinvoer import Beleidsstuk, with_history

_DEEL = "onderdelen.0"
_LABEL = f"{_DEEL}.energielabel"
BESLUIT = {
    "status": "vastgesteld",
    "besloten_op": "20-3-2026",
    "ingangsdatum": "1-7-2026",
    "zekerheid": "officieel",
    "bron.0.er": "1",
    "bron.0.w": "nieuw",
    "nieuwe_bron.titel": "Verzonnen besluit",
    "nieuwe_bron.url": "https://wonen.voorbeeld.nl/besluit",
    "nieuwe_bron.datum": "20 maart 2026",
    "nieuwe_bron.vindplaats": "Verzonnen",
    f"{_DEEL}.basis.soort": "procent",
    f"{_DEEL}.basis.procent": "3,2",
    f"{_DEEL}.laag_bedrag.soort": "wettelijk",
    f"{_DEEL}.iah.soort": "per_inkomen",
    f"{_DEEL}.iah.per_inkomen.midden.soort": "bedrag",
    f"{_DEEL}.iah.per_inkomen.midden.bedrag": "35",
    f"{_DEEL}.iah.per_inkomen.hoog.soort": "bedrag",
    f"{_DEEL}.iah.per_inkomen.hoog.bedrag": "70",
    f"{_DEEL}.iah.per_inkomen.minstens_basis": "nee",
    f"{_LABEL}.soort": "efg",
    f"{_LABEL}.efg.slecht.soort": "niet",
    f"{_LABEL}.efg.zonder.soort": "onbekend",
    f"{_LABEL}.efg.peildatum.soort": "onbekend",
    f"{_LABEL}.efg.stopt_iah": "ja",
    f"{_LABEL}.efg.stopt_laag_bedrag": "nee",
    f"{_DEEL}.afronding.soort": "cent",
}


def besluit_getypt(stuk: Beleidsstuk) -> dict[str, str]:
    """Everything in the form once this decision was typed over what stood there; words that no longer fit go."""
    typed = {name: value for name, value in stuk.getypt.items() if not name.startswith("bron.")}
    typed = with_history(stuk, typed | BESLUIT)
    if "geschiedenis.0.er" in typed:
        typed["geschiedenis.0.op"] = "12-2-2026"
    return typed | {f"woorden.{decision}.{rule}": "ja" for decision, rule, _ in stuk.woorden if rule in WEG}


# outcomes of an intention, which a decision does not have
WEG = ("ontziet-hoeveel-onbekend", "besluit-ontbreekt", "geen-afspraak")
