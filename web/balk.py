"""The bar that follows while typing: the main outcomes, and how many facts are missing. It decides nothing."""

from dataclasses import dataclass

from regels.uitslag import Conclusie, Uitslag
from web.indeling import Ingang
from web.invoer import Invoer
from web.teksten import groep, tekst

# the one value of a decision that fits in the bar
_WAARDEN = {
    "huurtoeslag": "perMaand",
    "huurverhoging-wettelijk": "maximaleHuur",
    "passende-huur": "huurgrens",
    "huurklasse": "klasse",
}


@dataclass(frozen=True, slots=True)
class Kort:
    """One outcome in the bar."""

    naam: str
    conclusie: Conclusie
    waarde: str


@dataclass(frozen=True, slots=True)
class Balk:
    """The outcomes of the moment, and one sentence about what is still needed."""

    uitkomsten: tuple[Kort, ...]
    melding: str


def show_bar(ingang: Ingang, invoer: Invoer | None, uitslag: Uitslag | None) -> Balk:
    """The bar for what was read; without an answer it says why there is none."""
    if uitslag is None:
        faults = len(invoer.fouten) if invoer else 0
        words = {0: tekst("invoer.balk.begin"), 1: tekst("invoer.balk.fout")}
        return Balk((), words.get(faults, tekst("invoer.balk.fouten", aantal=faults)))
    names = groep("invoer.kort")
    main = [c for c in uitslag.conclusies if c.id in ingang.kort]
    shown = [Kort(names[c.id], c, _value(c)) for c in sorted(main, key=lambda c: ingang.kort.index(c.id))]
    missing = len({gap.veld for c in main for gap in c.ontbreekt})
    words = {0: tekst("invoer.balk.compleet"), 1: tekst("invoer.balk.ontbreekt_een")}
    return Balk(tuple(shown), words.get(missing, tekst("invoer.balk.ontbreekt", aantal=missing)))


def _value(conclusion: Conclusie) -> str:
    if conclusion.uitkomst == "nee":
        return ""
    wanted = _WAARDEN.get(conclusion.id)
    return next((shown.tekst for shown in conclusion.weergave if shown.naam == wanted), "")
