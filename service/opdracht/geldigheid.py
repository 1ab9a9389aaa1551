"""Until when the rule set answers: per decision what holds on a few days, and the first day without rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import typer
from rich.console import Console
from rich.table import Table

from regels.opmaak import datum
from regels.regelset import GESLOTEN, Besluit, Regelset
from regels.stand import Gat, Stand, edges

DAGEN: Final = (30, 90, 200)
RULES, NO_RULES = "regels", "geen regels"
_COLUMNS = ("besluit", "geen regels vanaf", "wat er dan ontbreekt")


@dataclass(frozen=True, slots=True)
class Geldigheid:
    """Of one decision: what there is on each of the days (rules, none, or closed: the scheme has ended), and when the
    rules end (``vanaf``: no rules from then).

    Without ``vanaf`` the rules hold until they are changed.
    """

    besluit: Besluit
    regels: tuple[str, ...]
    vanaf: date | None
    ontbreekt: str


def validity(regels: Regelset, days: Sequence[date]) -> list[Geldigheid]:
    """What holds on ``days`` (in order) for every decision; for a tenant in the round of the year of that day."""
    return [_of(regels, besluit, days) for besluit in regels.besluiten.values()]


def _of(regels: Regelset, besluit: Besluit, days: Sequence[date]) -> Geldigheid:
    ends = next(((day, gap) for day in _later(regels, days[0]) if (gap := _gap(regels, besluit, day))), None)
    return Geldigheid(
        besluit,
        tuple(_there(regels, besluit, day) for day in days),
        ends[0] if ends else None,
        ends[1].wat if ends else "",
    )


def _later(regels: Regelset, first: date) -> Iterator[date]:
    """``first`` and every later day on which an answer can change: a window edge, or a new year with its round."""
    changes = set(edges(regels))
    last = max(changes).year + 1
    changes |= {date(year, 1, 1) for year in range(first.year + 1, last + 1)}
    yield first
    yield from sorted(day for day in changes if day > first)


def _there(regels: Regelset, besluit: Besluit, day: date) -> str:
    stand = Stand(regels, day, date(day.year, 7, 1))
    if stand.gat(besluit) is not None:
        return NO_RULES
    return GESLOTEN if any(regel.naam == GESLOTEN for regel in stand.regels_van(besluit)) else RULES


def _gap(regels: Regelset, besluit: Besluit, day: date) -> Gat | None:
    return Stand(regels, day, date(day.year, 7, 1)).gat(besluit)


def print_validity(found: list[Geldigheid], days: Sequence[date], console: Console) -> None:
    """A row for each decision, those that end first on top; where nobody reads along, tabs between the columns."""
    columns = (_COLUMNS[0], *(datum(day) for day in days), *_COLUMNS[1:])
    ordered = sorted(found, key=lambda item: (item.vanaf or date.max, item.besluit.id))
    rows = [_row(item) for item in ordered]
    if console.is_terminal:
        table = Table(*columns)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        for row in (columns, *rows):
            typer.echo("\t".join(row))
    for day, holds in zip(days, zip(*(item.regels for item in found), strict=True), strict=True):
        typer.echo(f"{datum(day)}: {holds.count(RULES)} van de {len(holds)} besluiten hebben regels.")


def _row(item: Geldigheid) -> tuple[str, ...]:
    return item.besluit.id, *item.regels, datum(item.vanaf) if item.vanaf else "-", item.ontbreekt


def ahead(first: date, offsets: Sequence[int]) -> list[date]:
    """``first`` and the days so many days later, each once and in order."""
    return sorted({first, *(first + timedelta(days=offset) for offset in offsets)})
