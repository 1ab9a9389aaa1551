"""The rows of a table as households, for the few of them that are looked at one by one."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from regels.aanvullen import Gaten
from regels.lezers.kolommen.layout import GEGEVEN, kolom_van, places_in
from regels.lezers.toestand import RONDEDATUM, State
from regels.plekken import PERSONEN
from regels.programma import KlaarBesluit, Programma, programma
from regels.regelset import Besluit
from regels.ronde import round_of
from regels.stand import Stand
from regels.velden import Waarde
from regels.vraag import MOST_PERSONS


class Households:
    """The households in ``rows``, of which the input columns are ``inputs``; each is read once, for all decisions.

    Where there are columns of residents, one has their number.
    """

    def __init__(self, stand: Stand, rows: pl.DataFrame, inputs: Sequence[str]) -> None:
        self._stand, self.inputs, self._rows = stand, inputs, rows.select(inputs)
        self._number = inputs.index(PERSONEN) if PERSONEN in inputs else None
        self._places = places_in(inputs)
        self._read: dict[int, tuple[State, Gaten]] = {}

    @cached_property
    def _programma(self) -> Programma:
        days = self._stand.datums
        return programma(self._stand.regels, days["peildatum"], days[RONDEDATUM], brief=True)

    @cached_property
    def _ready(self) -> dict[str, KlaarBesluit]:
        return {klaar.besluit.id: klaar for klaar in self._programma.besluiten}

    @cached_property
    def _columns(self) -> list[tuple[int, int | None, str, int]]:
        """Of each column of a field its place, the resident, the name of the field, and how many make one."""
        at = {name: place for place, name in enumerate(self.inputs)}
        found = [
            (at[plek.kolom], plek.persoon, plek.veld.naam, kolom_van(plek).deler)
            for plek in self._stand.regels.plekken(MOST_PERSONS)
            if plek.kolom in at
        ]
        return found + [(at[name], None, name, 1) for name in GEGEVEN if name in at]

    def ready(self, id: str) -> KlaarBesluit:
        """A decision, to look at one household."""
        return self._ready[id]

    def within(self, besluit: Besluit, place: int) -> bool:
        """Whether it is known of the household in this row that it is of the municipality of ``besluit``."""
        reach = self._programma.bereik.get(besluit.gemeenten)
        return reach is None or reach(self._household(place)[0])[0] is True

    def of(self, place: int) -> Gaten:
        """The missing fields of the household in this row."""
        return self._household(place)[1]

    def _household(self, place: int) -> tuple[State, Gaten]:
        if place not in self._read:
            facts, persons = self._facts(self._rows.row(place))
            state = self._programma.state(facts, persons)
            self._read[place] = state, Gaten(self._programma, state, facts, persons)
        return self._read[place]

    def _facts(self, row: Sequence[Any]) -> tuple[dict[str, Waarde], list[dict[str, Waarde]]]:
        """A row as the facts of a question; what is empty is left out."""
        days = self._stand.datums
        shared: dict[str, Waarde] = {**days, "huurronde": Decimal(round_of(days[RONDEDATUM]))}
        number = row[self._number] or 0 if self._number is not None else 0
        persons: list[dict[str, Waarde]] = [{} for _ in range(number if number <= self._places else 0)]
        for person, name, value in self._filled(row):
            if person is None:
                shared[name] = value
            elif person < len(persons):
                persons[person][name] = value
        return shared, persons

    def _filled(self, row: Sequence[Any]) -> Iterator[tuple[int | None, str, Waarde]]:
        for place, person, name, parts in self._columns:
            value = row[place]
            if value is not None:
                plain = isinstance(value, bool | str | date)
                yield person, name, value if plain else Decimal(value) / parts
