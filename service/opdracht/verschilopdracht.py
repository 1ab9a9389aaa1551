"""``huurtoets regels verschil``: what differs between two rule sets, figure by figure and rule by rule."""

from typing import Annotated

import typer

from service.opdracht.regelnaam import HELP, in_force, named


def verschil_command(
    naar: Annotated[str, typer.Argument(metavar="NAAR", help=HELP)],
    van: Annotated[
        str | None,
        typer.Option("--van", help="Waarmee u vergelijkt; anders waar NAAR op staat, of de regels van nu."),
    ] = None,
) -> None:
    """Toon wat er anders is tussen twee regelsets, cijfer voor cijfer en regel voor regel."""
    from service.beheer.regelverschil import file_differences, wijzigingen  # only this command needs them

    base = named(van) if van is not None else None
    new = named(naar, (lambda: base) if base is not None else in_force)
    old = base or new.basis or in_force()
    before, after = old.regels(), new.regels()
    typer.echo(f"Van {old.naam} naar {new.naam}.")
    changes = wijzigingen(before, after)
    for change in changes:
        typer.echo(change.zin)
    files = list(file_differences(old.bestanden, new.bestanden))
    if not changes:
        same = "Geen cijfer, regel of gegeven is anders."
        typer.echo(same if files else "Er is niets anders.")
    for line in files:
        typer.echo(f"bestand {line}")
