"""What became of every statement of the agreements, as a table and as JSON."""

from collections import Counter
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from regels.jaarschijf import SOORTEN
from regels.opmaak import datum, writer
from regels.regelset import Bepaling, Jaarschijf, Meting


def as_json(slice_: Jaarschijf) -> dict[str, Any]:
    """The slice with every statement, its numbers and the count of each kind."""
    return {
        "jaar": slice_.jaar,
        "eigenaar": slice_.eigenaar,
        "bron": slice_.bron,
        "aantal": len(slice_.bepalingen),
        "perSoort": _count(slice_),
        "bepalingen": [_statement(statement) for statement in slice_.bepalingen.values()],
    }


def _count(slice_: Jaarschijf) -> dict[str, int]:
    found = Counter(statement.wordt for statement in slice_.bepalingen.values())
    return {kind: found[kind] for kind in SOORTEN}


def _statement(statement: Bepaling) -> dict[str, Any]:
    window, review = statement.venster, statement.herzien
    return {
        "id": statement.id,
        "afspraak": statement.afspraak,
        "partij": list(statement.partij),
        "status": statement.status,
        "vanaf": window.vanaf.isoformat(),
        "totEnMet": window.tot_en_met.isoformat() if window.tot_en_met else None,
        "tekst": statement.tekst,
        "wordt": statement.wordt,
        "wijstNaar": list(statement.wijst_naar),
        "reden": statement.reden,
        "cijfers": [_figure(name, figure) for name, figure in statement.cijfers.items()],
        "herzien": None
        if review is None
        else {"als": review.als, "voor": review.voor.isoformat() if review.voor else None},
    }


def _figure(name: str, figure: Meting) -> dict[str, Any]:
    value = figure.waarde * 100 if figure.type.percent else figure.waarde
    return {
        "naam": name,
        "label": figure.label,
        "waarde": int(value) if value == value.to_integral_value() else float(value),
        "eenheid": figure.eenheid,
    }


def print_coverage(slice_: Jaarschijf, console: Console) -> None:
    """A row for each statement and the count of each kind; where nobody reads along, tabs between the columns."""
    columns = ("id", "afspraak", "wordt", "bepaling", "staat in", "toelichting")
    rows = [_row(statement) for statement in slice_.bepalingen.values()]
    if console.is_terminal:
        table = Table(*columns, title=f"Jaarschijf {slice_.jaar} ({slice_.eigenaar})", show_lines=True)
        for row in rows:
            table.add_row(*row)
        console.print(table)
    else:
        for row in (columns, *rows):
            typer.echo("\t".join(row))
    for kind, number in _count(slice_).items():
        typer.echo(f"{number:4} {kind.replace('_', ' ')}: {SOORTEN[kind]}")
    typer.echo(f"{len(rows):4} bepalingen")


def _row(statement: Bepaling) -> tuple[str, ...]:
    notes = [statement.reden] if statement.reden else []
    notes += [f"{figure.label}: {writer(figure.type)(figure.waarde)}." for figure in statement.cijfers.values()]
    if statement.herzien is not None:
        last = f", vóór {datum(statement.herzien.voor)}" if statement.herzien.voor else ""
        notes.append(f"Opnieuw bekijken als {statement.herzien.als}{last}.")
    places = ", ".join(statement.wijst_naar)
    return statement.id, statement.afspraak, statement.wordt, statement.tekst, places, " ".join(notes)
