"""``huurtoets regels dekking``: what became of every statement of the agreements, and of every member of the law."""

import json
from collections import Counter
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from regels.jaarschijf import SOORTEN
from regels.opmaak import datum, writer
from regels.regelset import Bepaling, Jaarschijf, Meting
from service.basis.regelmap import Regelkeuze
from service.opdracht.wetsdekking import laws_as_json, print_laws

INVOER_FOUT = 2


def dekking_command(
    ctx: typer.Context,
    welke: Annotated[
        list[str] | None, typer.Argument(metavar="[WET]...", help="Alleen deze wetten, met --wet.")
    ] = None,
    wet: Annotated[bool, typer.Option("--wet", help="Toon de wet, lid voor lid.")] = False,
    als_json: Annotated[bool, typer.Option("--json", help="Schrijf de dekking als JSON.")] = False,
) -> None:
    """Toon per bepaling van de prestatieafspraken wat de toets ermee doet, of met --wet per lid van de wet."""
    keuze: Regelkeuze = ctx.obj
    regels = keuze.lees()
    if strange := [name for name in welke or () if not wet or name not in regels.wetten]:
        known = f"Kies uit {', '.join(regels.wetten) or 'geen enkele'}." if wet else "Geef een wet met --wet."
        typer.echo(f"Er is geen wet '{strange[0]}'. {known}", err=True)
        raise typer.Exit(INVOER_FOUT)
    if wet:
        laws = [regels.wetten[name] for name in welke or regels.wetten]
        if als_json:
            typer.echo(json.dumps(laws_as_json(laws), ensure_ascii=False, indent=2))
        else:
            print_laws(laws, Console())
        return
    if als_json:
        typer.echo(json.dumps([as_json(slice_) for slice_ in regels.jaarschijven], ensure_ascii=False, indent=2))
        return
    for slice_ in regels.jaarschijven:
        print_coverage(slice_, Console())


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
