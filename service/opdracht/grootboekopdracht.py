"""``huurtoets grootboek`` and ``huurtoets opschonen``: whether it is whole, what stands in it, and what goes."""

import json
import re
from typing import TYPE_CHECKING, Annotated, Final

import typer

from service.opdracht.bewaaropdracht import INVOER_FOUT, de_opslag, wie_vraagt

if TYPE_CHECKING:
    from service.opslag.opschonen import Opruiming

grootboek_app = typer.Typer(help="Het grootboek nalopen, lezen, en daarin iemand wissen.", no_args_is_help=True)
_BEKEND: Final = re.compile(r"([1-9][0-9]*):([0-9a-f]{8,64})")


@grootboek_app.command(
    "controleer",
    epilog="Voorbeelden:\n\nhuurtoets grootboek controleer\n\nhuurtoets grootboek controleer --bekend 214:9f2c41d07b3a",
)
def controleer_grootboek_command(
    bekend: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMMER:ZEGEL", help="Een boeking die u eerder opschreef, met het begin van het zegel."),
    ] = None,
) -> None:
    """Loop het hele grootboek na: noem elke boeking die veranderd is, ontbreekt, verwisseld is of erbij is gezet."""
    known = []
    for said in bekend or ():
        if (match := _BEKEND.fullmatch(said)) is None:
            typer.echo(f"'{said}' is geen nummer met een zegel. Schrijf bijvoorbeeld 214:9f2c41d07b3a.", err=True)
            raise typer.Exit(INVOER_FOUT)
        known.append((int(match[1]), match[2]))
    from service.opslag.grootboekcontrole import check_ledger

    with de_opslag() as opslag, opslag.database.lezen() as session:
        report = check_ledger(session, opslag.grootboek, opslag.wislijst.betrokkenen(), tuple(known))
    for fault in report.gebreken:
        typer.echo(fault.tekst)
    last = f"de laatste is {report.laatste}:{report.zegel[:16]}" if report.laatste else "het is leeg"
    state = "in orde" if not report.gebreken else "niet in orde"
    typer.echo(f"Het grootboek is {state}: {report.aantal} boekingen, {last}.", err=bool(report.gebreken))
    raise typer.Exit(1 if report.gebreken else 0)


@grootboek_app.command(
    "toon", epilog="Voorbeelden:\n\nhuurtoets grootboek toon\n\nhuurtoets grootboek toon --vanaf 200 | jq .wat"
)
def toon_grootboek_command(
    vanaf: Annotated[int, typer.Option(min=1, help="Het nummer van de eerste boeking.")] = 1,
) -> None:
    """Toon de boekingen, elk als een regel JSON; wat tot iemand te herleiden is, staat er niet bij."""
    from service.opslag.grootboek import entries

    with de_opslag() as opslag, opslag.database.lezen() as session:
        for entry in entries(session, vanaf):
            typer.echo(json.dumps(entry, ensure_ascii=False))


@grootboek_app.command(
    "wis", epilog='Voorbeelden:\n\nhuurtoets grootboek wis 0b9f…-4c1e --reden "Verzoek van 3 maart, zaak 2026-118"'
)
def wis_command(
    betrokkene: Annotated[list[str], typer.Argument(metavar="BETROKKENE...", help="Het kenmerk uit de boeking.")],
    reden: Annotated[str, typer.Option(help="Waarom; zonder naam, adres of nummer van de betrokkene.")],
) -> None:
    """Wis wat tot een betrokkene te herleiden is, voorgoed; ook uit een reservekopie die later wordt teruggezet."""
    from service.opslag.wissen import wis

    with de_opslag() as opslag:
        count = wis(opslag, betrokkene, wie=wie_vraagt(), waarom=reden)
        typer.echo(f"Gewist: {count}.")


def opruimingen() -> "tuple[Opruiming, ...]":
    """What the other rooms take away after its time."""
    from service.opslag.opschonen import Opruiming
    from service.toegang.sessies import haal_weg

    # a session ends long before, and goes when anybody signs in; this is for a service that nobody signs in to
    return (Opruiming("aanmelding", 7, haal_weg),)


def opschonen_command(
    proef: Annotated[bool, typer.Option("--proef", help="Tel alleen wat er weg zou gaan.")] = False,
) -> None:
    """Haal weg wat de bewaartermijn voorbij is, en schrijf dat in het grootboek. Draai dit elke dag."""
    from service.opslag.opschonen import schoon_op

    with de_opslag() as opslag:
        for gone in schoon_op(opslag, opruimingen(), wie=wie_vraagt(), proef=proef):
            typer.echo(f"{gone.soort}\tvan voor {gone.voor}\t{gone.aantal}")
