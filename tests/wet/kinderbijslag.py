"""Kinderbijslag: AKW 4, 6, 7, 11 and 12, by the first day of the quarter."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import product

from tests.wet.antwoord import NEE, NVT, ONBEKEND, VOORLEGGEN, Mag, Vraag, ja
from tests.wet.mensen import Mens, mensen, peildatum
from tests.wet.regelingcijfers import KINDERBIJSLAG

OPEN: Mag = [VOORLEGGEN, ONBEKEND]


def eerste_dag(day: date) -> date:
    """The first day of the quarter (AKW 11)."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _bedrag(child: Mens, first: date) -> Decimal | None:
    """AKW 12(3), by the age on the first day of the quarter; None: of a year that was not typed over."""
    amounts = KINDERBIJSLAG.get((first.year, 1 + (first.month > 6)))
    age = child.leeftijd(first)
    return amounts and amounts[0 if age < 6 else 1 if age < 12 else 2]


def _telt(child: Mens) -> bool:
    """Whether there is kinderbijslag here for certain; else it is for the SVB.

    Of who is 16 or 17 only when it goes to school or has finished it (AKW 7(2)); of a foster child or grandchild when
    it is raised as one's own (4(3)), and then not for another; what is told of it may be added or left to the SVB.
    """
    here = child.feiten.get("ingeschreven") is not False and not child.ja("opgenomen")
    return child.soort_kind == "eigen" and here and child.feiten.get("kinderbijslag") is not False


def kinderbijslag(vraag: Vraag) -> Mag:
    """The amount of a quarter for the children of the tenant and the partner; what is not sure may be added or left."""
    first = eerste_dag(peildatum(vraag))
    children = [child for child in mensen(vraag) if child.rol == "kind"]
    young = [
        child
        for child in children
        if date.fromisoformat(child.feiten["geboortedatum"]) <= first and child.leeftijd(first) < 18
    ]
    born = any(date.fromisoformat(child.feiten["geboortedatum"]) > first for child in children)
    if not young:
        return [NEE, NVT, *(OPEN if born else [])]
    if vraag.get("rechtmatigVerblijf") is False:
        return [NEE, *OPEN]  # AKW 6(2)
    sure = [child for child in young if _telt(child) and child.leeftijd(first) < 16]
    maybe = [child for child in young if child not in sure]
    amounts = [_bedrag(child, first) for child in sure]
    if _bedrag(young[0], first) is None:
        return [ja(), *([] if sure else [NEE, NVT]), *(OPEN if maybe else [])]
    options = {
        sum(part, sum(filter(None, amounts), Decimal(0))) for part in _delen([_bedrag(child, first) for child in maybe])
    }
    found = [ja(perKwartaal=amount) if amount else NEE for amount in sorted(options)]
    return [*found, NVT, *OPEN] if maybe else found


def _delen(amounts: list[Decimal | None]) -> Iterator[list[Decimal]]:
    """Every choice of some of them."""
    for kept in product(*[(Decimal(0), amount or Decimal(0)) for amount in amounts]):
        yield list(kept)
