"""A household with all its facts filled in, in the terms of the proof."""

from datetime import date
from typing import Any, cast

from regels.lezers.bewijs.feiten import ELK, Feiten, Geval
from regels.lezers.bewijs.symbolen import JA, NEE, Symbool, vast
from regels.lezers.bewijs.vertaler import Vertaler
from regels.lezers.toestand import Layout, State
from regels.programma import programma
from regels.regelset import Regelset
from regels.stand import Stand
from regels.velden import Waarde


class Ingevuld(Feiten):
    """Facts that are known: each field has its value, and what is left out is unknown."""

    def __init__(self, regels: Regelset, feiten: dict[str, Waarde], personen: tuple[dict[str, Waarde], ...]) -> None:
        day, round_ = cast(date, feiten["peildatum"]), cast(date, feiten["rondedatum"])
        geval = Geval("", frozenset(), open=True)
        super().__init__(regels, ((day, day),), round_, geval, len(personen))
        self.feiten, self.bewoners = feiten, personen

    def zeker(self, naam: str) -> bool:
        return False

    def veld(self, naam: str, persoon: int | None = None) -> Symbool:
        if naam in ("rondedatum", "huurronde") or persoon == ELK:
            return super().veld(naam, persoon)
        value = (self.feiten if persoon is None else self.bewoners[persoon]).get(naam)
        if value is not None:
            found = Symbool(vast(value).delen, JA)
        else:
            found = Symbool(self.variabele(self.regels.velden[naam], f"leeg.{naam}.{persoon}").delen, NEE)
        return self.velden.setdefault((naam, persoon), found)


def beide(regels: Regelset, question: dict[str, Any]) -> tuple[Vertaler, State, Stand]:
    """The same household for Z3 and for ``uitleg``."""
    facts, persons = regels.vraag(question).feiten()
    stand = programma(regels, cast(date, facts["peildatum"]), cast(date, facts["rondedatum"])).stand
    return Vertaler(stand, Ingevuld(regels, facts, persons)), Layout(regels).state(facts, persons), stand
