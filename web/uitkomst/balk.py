"""The bar that follows while typing: the main outcomes, and how many facts are missing. It decides nothing."""

from dataclasses import dataclass

from regels.teksten import Teksten
from regels.uitslag import Conclusie, Uitslag
from web.formulier.indeling import Ingang
from web.formulier.invoer import Invoer
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import questions_left


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


def show_bar(teksten: Teksten, ingang: Ingang, invoer: Invoer | None, uitslag: Uitslag | None, vragen: int = 0) -> Balk:
    """The bar for what was read, with how many questions are left; a fault is told first."""
    faults = len(invoer.fouten) if invoer else 0
    told = {0: "", 1: tekst("invoer.balk.fout")}.get(faults, tekst("invoer.balk.fouten", aantal=faults))
    if uitslag is None:
        return Balk((), told or tekst("invoer.balk.begin"))
    followed = teksten.balk(ingang.id)
    main = sorted((c for c in uitslag.conclusies if c.id in followed), key=lambda c: followed.index(c.id))
    shown = [Kort(teksten.van(c.id).kort, c, _value(c, teksten.van(c.id).balk_waarde)) for c in main]
    return Balk(tuple(shown), told or questions_left(vragen))


def _value(conclusion: Conclusie, wanted: str) -> str:
    if conclusion.uitkomst == "nee":
        return ""
    return next((shown.tekst for shown in conclusion.weergave if shown.naam == wanted), "")
