"""One side of a comparison: a rule set with the dates of the question, and its answers to a whole table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

import narwhals as nw
import polars as pl

from regels.lezers.kolommen import GROOTHEID, Kolom, Tabeltoets
from regels.regelset import Regelset
from regels.ronde import begin_of_round
from regels.stand import Stand

# what the policy of a landlord calls the rent that it leads to, see landelijk/huurbeleid.yaml
NIEUWE_HUUR: Final = "nieuweHuur"


@dataclass(frozen=True)
class Vergelijkkant:
    """``naam`` is how it is called for a reader; the new rent starts on 1 July of the huurronde."""

    naam: str
    regels: Regelset = field(repr=False)
    peildatum: date
    huurronde: int

    @cached_property
    def stand(self) -> Stand:
        """What is in force on its dates."""
        return Stand(self.regels, self.peildatum, begin_of_round(self.huurronde))

    @cached_property
    def kolommen(self) -> tuple[Kolom, ...]:
        """The columns of all its answers."""
        return Tabeltoets(self.regels, self.peildatum, self.huurronde, ontbreekt=False).kolommen

    def hoofdbedrag(self, besluit: str) -> Kolom | None:
        """The one amount that says most of a decision: what it brings, the new rent, else the last one on the paper."""
        own = self.regels.besluiten.get(besluit)
        if own is None:
            return None
        paper = self.regels.teksten.van(besluit).papier if besluit in self.regels.teksten.besluiten else ()
        brings = (own.som.maand, own.som.jaar) if own.som is not None else ()
        found = {kolom.naam: kolom for kolom in self.kolommen if "euro" in kolom.eenheid}
        names = (f"{besluit}__{value}" for value in (*brings, NIEUWE_HUUR, *reversed(paper)) if value)
        return next((found[name] for name in names if name in found), None)

    def antwoorden(
        self, frame: pl.DataFrame, besluiten: Collection[str], grootheden: Sequence[str] = ()
    ) -> pl.DataFrame:
        """For each row of ``frame`` the outcomes of these decisions with all that is shown, and these quantities."""
        known = [id for id in self.regels.besluiten if id in besluiten]
        made = Tabeltoets(self.regels, self.peildatum, self.huurronde, known, ontbreekt=False, grootheden=grootheden)
        wanted = [kolom.naam for kolom in made.kolommen if not kolom.naam.endswith("__regel")]
        return self.run(made, frame, [*wanted, *(f"{GROOTHEID}{name}" for name in grootheden)])

    def run(self, tabeltoets: Tabeltoets, frame: pl.DataFrame, wanted: Sequence[str]) -> pl.DataFrame:
        """The columns ``wanted`` of the answers; what is not asked is not computed."""
        answered: pl.LazyFrame = tabeltoets.toets(nw.from_native(frame.lazy())).to_native()
        return answered.select(wanted).collect()
