"""``huurtoets regels agenda``: what is due about the rules, by the clock or on another day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Annotated

import typer

from regels.agenda import BRONNEN, Termijn, agenda
from regels.opmaak import datum
from service.basis.klok import vandaag
from service.basis.regelmap import Regelkeuze


def agenda_command(
    ctx: typer.Context,
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Op deze dag, als jjjj-mm-dd; anders vandaag.")
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Ook wat nog lang duurt, en waar het over gaat.")] = False,
) -> None:
    """Toon wat er aan de regels moet gebeuren: cijfers die komen, besluiten, wat afloopt, en oude bronnen."""
    keuze: Regelkeuze = ctx.obj
    day = op.date() if op is not None else vandaag()
    for line in lines(agenda(keuze.lees(), day), day, alles=alles):
        typer.echo(line)


def lines(found: Iterable[Termijn], today: date, *, alles: bool) -> Iterator[str]:
    """What is due on ``today`` in words; sources that are old are counted, unless everything is asked."""
    due = [one for one in found if alles or one.aan_de_beurt(today)]
    shown = [one for one in due if alles or one.soort != BRONNEN]
    for one in shown:
        yield f"{datum(one.dag)} ({_when(one, today)}): {one.titel}"
        yield f"    {one.toelichting}"
        if alles:
            yield from (f"    - {name}" for name in one.namen)
    old = sum(len(one.namen) for one in due if one.soort == BRONNEN)
    if not alles and old:
        yield f"{old} bronnen van regels van nu zijn een jaar of ouder. Toon ze met --alles."
    if not due:
        yield "Er is niets dat aandacht vraagt."


def _when(one: Termijn, today: date) -> str:
    days = (one.dag - today).days
    if one.te_laat(today):
        return f"{-days} {'dag' if days == -1 else 'dagen'} voorbij"
    return "vandaag" if not days else f"over {days} {'dag' if days == 1 else 'dagen'}"
