"""The rules that a command answers by: the revision in force, or an older one that was asked for."""

from typing import Final

import typer

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.formaat import FormaatFout
from service.basis.dienst import read_settings
from service.basis.vankracht import OnbekendeRegels
from service.beheer.begin import begin
from service.beheer.beheerfouten import Veranderd
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout

INVOER_FOUT: Final = 2
_NONE: Final = "Er worden hier geen revisies bewaard. Zonder --regelset antwoorden de regels van het product."


def answering(naam: str | None = None) -> Regelset:
    """The rules in force, or those of the revision (its number or hash) ``naam``; ends the command without them."""
    try:
        settings = read_settings()
        opslag = Opslag.van(settings)
        regels, revisies = begin(settings, opslag, dienst=False)
        if naam is None or naam in (regels.revisie, regels.hash):
            return regels
        if revisies is not None:
            return revisies.regels(naam)
    except (ValueError, OnbekendeRegels, OpslagFout) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    except (Veranderd, RegelsetError, FormaatFout) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(_NONE, err=True)
    raise typer.Exit(INVOER_FOUT)
