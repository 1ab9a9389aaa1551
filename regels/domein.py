"""Which values an empty field of one question may get: within its limits, and such that the question can be read."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

from regels.plekken import PERSONEN, Plek
from regels.regelset import Regelset
from regels.samenhang import inconsistencies
from regels.velden import Veld, Waarde
from regels.vraag import KOSTEN, Vraag

_CENT: Final = Decimal("0.01")
_ONE: Final = Decimal(1)
# the age on 1 January stands in for the birthday
_AGE: Final = {"geboortedatum", "leeftijd_opgave"}
# the service costs are one amount, or one for each kind
_KINDS: Final = "servicekosten"
# how much is tried, and which amounts and days
PROEVEN: Final = 8
_AMOUNTS: Final = (30_000, 400, 0, 60_000, 900, 200_000)
_DAYS: Final = (date(1990, 1, 1), date(2015, 1, 1), date(1940, 1, 1), date(2004, 1, 1), date(2025, 7, 1))
# fields that decide which rules there are, and not what they say
_WHEN: Final = frozenset({"peildatum", "huurronde", "ingangsdatum_voorstel"})


@dataclass(frozen=True, slots=True)
class Stuk:
    """The values from ``van`` up to and including ``tot``, by steps of ``stap``; days are numbered."""

    van: Decimal
    tot: Decimal
    stap: Decimal


def woorden(veld: Veld) -> tuple[Waarde, ...]:
    """Every value of a field that has a few of them, in the order of the form; empty for an amount or a day."""
    if veld.soort == "ja_nee":
        return True, False
    return tuple(veld.waarden)


def getal_van(waarde: Waarde) -> Decimal:
    """An amount as it is, and a day by its number."""
    return Decimal(waarde.toordinal()) if isinstance(waarde, date) else Decimal(waarde)


def waarde_van(veld: Veld, getal: Decimal) -> Decimal | date:
    """The value of ``veld`` with this number."""
    return date.fromordinal(int(getal)) if veld.soort == "datum" else getal


def stap(veld: Veld) -> Decimal:
    """How far a value of ``veld`` is from the next: a cent, a euro, a year, a day."""
    return _CENT if veld.soort == "bedrag" else _ONE


def uiterste(veld: Veld) -> tuple[Decimal, Decimal]:
    """The lowest and the highest amount or day of ``veld``."""
    assert veld.minimum is not None and veld.maximum is not None
    return getal_van(veld.minimum), getal_van(veld.maximum)


def geheel(veld: Veld) -> Stuk:
    """All that ``veld`` may be, in any question."""
    return Stuk(*uiterste(veld), stap(veld))


def in_plaats_van(plek: Plek, ander: Plek) -> bool:
    """Whether these two say the same in another way, so that one question has one of them at most."""
    names = {plek.veld.naam, ander.veld.naam}
    costs = KOSTEN in names and _KINDS in (plek.veld.groep, ander.veld.groep)
    return plek.persoon == ander.persoon and (names == _AGE or costs)


def proefwaarden(regels: Regelset, plek: Plek) -> tuple[Waarde, ...]:
    """What is tried in the field at ``plek`` to see quickly whether it matters: as many for every field.

    Every word, or amounts and days from anywhere, in an order of their own, so that two fields do not go in step.
    """
    return regels.bewaar((proefwaarden, plek.pointer), lambda: _mixed(plek))


def _mixed(plek: Plek) -> tuple[Waarde, ...]:
    veld, values = plek.veld, list(woorden(plek.veld))
    if not values:
        low, high = uiterste(veld)
        some = [getal_van(day) for day in _DAYS] if veld.soort == "datum" else [Decimal(one) for one in _AMOUNTS]
        within = (min(max(one, low), high) // stap(veld) * stap(veld) for one in (*some, low, high))
        values = [waarde_van(veld, one) for one in within]
    tried = (values * PROEVEN)[:PROEVEN]
    random.Random(plek.pointer).shuffle(tried)  # noqa: S311  nobody guesses anything by it
    return tuple(tried)


class Domein:
    """The values that the empty field at ``plek`` may get in ``vraag``."""

    def __init__(self, vraag: Vraag, regels: Regelset, plek: Plek) -> None:
        self.plek, self._vraag, self._regels = plek, vraag, regels

    @staticmethod
    def bruikbaar(plek: Plek) -> bool:
        """Whether the rules that are in force are the same whatever it is."""
        return plek.veld.naam not in _WHEN

    @cached_property
    def woorden(self) -> tuple[Waarde, ...]:
        """Those of a choice, or of a yes or no."""
        return tuple(word for word in woorden(self.plek.veld) if self._fits(word))

    @cached_property
    def stukken(self) -> tuple[Stuk, ...]:
        """Those of an amount or a day, the lowest first."""
        return tuple(self._stukken())

    @property
    def bereik(self) -> tuple[object, ...]:
        """All of them."""
        return self.woorden if woorden(self.plek.veld) else self.stukken

    def _stukken(self) -> Iterator[Stuk]:
        veld = self.plek.veld
        step = stap(veld)
        low, high = uiterste(veld)
        points = sorted({low, high, *(point for point in self._days() if low < point < high)})
        begin = low if self._fits(waarde_van(veld, low)) else None
        for one, other in pairwise(points):
            was, becomes = self._fits(waarde_van(veld, one)), self._fits(waarde_van(veld, other))
            if was == becomes:
                continue
            left, right = one, other
            while right - left > step:
                middle = left + ((right - left) / step // 2) * step
                left, right = (middle, right) if self._fits(waarde_van(veld, middle)) == was else (left, middle)
            if begin is not None:
                yield Stuk(begin, left, step)
            begin = None if was else right
        if begin is not None:
            yield Stuk(begin, high, step)

    def _days(self) -> Iterator[Decimal]:
        """Around every day of the question: there it may begin or end to fit."""
        if self.plek.veld.soort != "datum":
            return
        parts = [vars(self._vraag), {"ronde": self._vraag.rondedatum}, vars(self._vraag.woning or self._vraag)]
        for values in (*parts, *map(vars, self._vraag.personen or ())):
            for day in values.values():
                if isinstance(day, date):
                    yield from (Decimal(day.toordinal() + step) for step in (-1, 0, 1))

    def _fits(self, waarde: Waarde) -> bool:
        return not any(inconsistencies(self.ingevuld(waarde)))

    def ingevuld(self, waarde: Waarde) -> Vraag:
        """The question with this value filled in; it is not read again."""
        veld, value = self.plek.veld, waarde
        new: dict[str, Any] = {
            veld.naam: int(value) if isinstance(value, Decimal) and veld.soort != "bedrag" else value
        }
        vraag = self._vraag
        if self.plek.persoon is not None:
            persons = list(vraag.personen or ())
            persons[self.plek.persoon] = persons[self.plek.persoon].model_copy(update=new)
            return vraag.model_copy(update={PERSONEN: persons})
        if veld.groep == "vraag":
            return vraag.model_copy(update=new)
        dwelling = vraag.woning or self._regels.vragen.woning.model_validate({})
        if veld.groep != "woning":
            kinds = getattr(dwelling, KOSTEN) or self._regels.vragen.servicekosten.model_validate({})
            new = {KOSTEN: kinds.model_copy(update=new)}
        return vraag.model_copy(update={"woning": dwelling.model_copy(update=new)})
