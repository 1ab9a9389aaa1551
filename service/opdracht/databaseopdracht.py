"""``huurtoets database``: make it, bring it up to date, look after it, copy it and put a copy back."""

from pathlib import Path
from typing import Annotated

import typer

from service.opdracht.bewaaropdracht import de_opslag, probeer, wie_vraagt
from service.opslag.opslag import Opslag, Opslagstand
from service.opslag.schemanummers import schemas

database_app = typer.Typer(
    help="De database maken, bijwerken, controleren, kopiëren en herstellen.", no_args_is_help=True
)
# what each state of the database means, for whoever looks after it
_STANDEN = {
    Opslagstand.GEEN: "er is geen database ingesteld; er wordt niets bewaard",
    Opslagstand.GOED: "lezen en schrijven lukt",
    Opslagstand.ALLEEN_LEZEN: "alleen lezen lukt",
    Opslagstand.ONBEREIKBAAR: "niet te bereiken",
    Opslagstand.ANDER_SCHEMA: "de tabellen zijn van een andere versie van Huurtoets",
}


@database_app.command("maak", epilog="Voorbeelden:\n\nhuurtoets database maak")
def maak_command() -> None:
    """Maak de gegevensmap, de sleutel en de tabellen."""
    from service.opslag.inrichten import maak

    with de_opslag() as opslag:
        maak(opslag, wie=wie_vraagt())
        typer.echo(f"De database {opslag.database.plek} is gemaakt, met schema {schemas()[-1]}.")
        typer.echo(f"Bewaar de sleutel {opslag.sleutelbestand} ook ergens anders, maar niet bij de reservekopieën.")


@database_app.command("bijwerken", epilog="Voorbeelden:\n\nhuurtoets database bijwerken")
def bijwerken_command() -> None:
    """Breng de tabellen naar het schema van deze versie, na een reservekopie; een lege database wordt gemaakt."""
    from service.opslag.inrichten import werk_bij

    with de_opslag() as opslag:
        was, now = werk_bij(opslag, wie=wie_vraagt())
        if was is None:
            typer.echo(f"De database {opslag.database.plek} is gemaakt, met schema {now}.")
        elif was == now:
            typer.echo(f"Er is niets te doen: de database heeft schema {now}.")
        else:
            typer.echo(
                f"Bijgewerkt van schema {was} naar {now}. De reservekopie van ervoor staat in {opslag.map_.kopieen}."
            )


@database_app.command("controleer", epilog="Voorbeelden:\n\nhuurtoets database controleer")
def controleer_database_command() -> None:
    """Controleer de database: bereikbaar, het schema, de bestanden, de sleutel en de lijst van wie gewist is."""
    with de_opslag() as opslag:
        raise typer.Exit(0 if _in_order(opslag) else 1)


def _in_order(opslag: Opslag) -> bool:
    state = opslag.stand()
    if state is Opslagstand.GEEN:
        typer.echo(f"Stand: {_STANDEN[state]}.")
        return True
    from service.opslag.nazien import look_over

    typer.echo(f"Database: {opslag.database.plek} ({opslag.database.soort})")
    typer.echo(f"Gegevensmap: {opslag.map_.map_}")
    typer.echo(f"Stand: {_STANDEN[state]}.")
    found = probeer("Schema", opslag.database.schema)
    typer.echo(f"Schema: {found or 'nog geen'} (deze versie van Huurtoets: {schemas()[-1]})")
    faults = probeer("Inhoud", lambda: look_over(opslag))
    for fault in faults or ():
        typer.echo(fault, err=True)
    good = state is Opslagstand.GOED and faults == []
    typer.echo("De database is in orde." if good else "De database is niet in orde.", err=not good)
    return good


@database_app.command(
    "reservekopie", epilog="Voorbeelden:\n\nhuurtoets database reservekopie /reserve/huurtoets-2026-11-26.hbk"
)
def reservekopie_command(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Waar de reservekopie komt.")],
    overschrijf: Annotated[bool, typer.Option("--overschrijf", help="Vervang een bestand dat er al is.")] = False,
) -> None:
    """Maak een reservekopie van alles op dit moment; de dienst kan gewoon doorwerken."""
    from service.opslag.opslagfouten import OpslagFout
    from service.opslag.reservekopie import maak_kopie

    with de_opslag() as opslag:
        if bestand.exists() and not overschrijf:
            raise OpslagFout(f"Het bestand {bestand} is er al. Kies een andere naam, of --overschrijf.")
        made = maak_kopie(opslag, bestand)
        typer.echo(f"{bestand}: {made.rijen} rijen, {made.kop.boekingen} boekingen, schema {made.kop.schema}.")


@database_app.command(
    "herstel", epilog="Voorbeelden:\n\nhuurtoets database herstel /reserve/huurtoets-2026-11-26.hbk --vervang"
)
def herstel_command(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="De reservekopie.")],
    vervang: Annotated[bool, typer.Option("--vervang", help="Vervang wat er nu in de database staat.")] = False,
    zonder_wislijst: Annotated[
        bool,
        typer.Option("--zonder-wislijst", help="De lijst van wie gewist is ontbreekt; u weet dat die leeg zou zijn."),
    ] = False,
) -> None:
    """Zet een reservekopie terug, helemaal of niet. Wie gewist is, blijft gewist. Stop eerst de dienst."""
    from service.opslag.herstel import zet_terug
    from service.toegang.naherstel import NAZORG

    with de_opslag() as opslag:
        opslag.map_.maak()
        done = zet_terug(
            opslag, bestand, wie=wie_vraagt(), vervang=vervang, zonder_wislijst=zonder_wislijst, nazorg=(NAZORG,)
        )
        typer.echo(f"Teruggezet: {done.rijen} rijen van {done.kop.gemaakt}. Opnieuw gewist: {done.gewist}.")
        typer.echo("Iedereen moet zich opnieuw aanmelden. Rollen zijn die van de reservekopie; kijk die na.")
