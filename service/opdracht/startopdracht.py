"""``huurtoets start``: what can be wrong is said before the service runs."""

import os
import socket
from typing import Annotated, Final

import typer

from service.basis.regelmap import Regelkeuze
from service.opslag.bijstart import bij_start
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import SchemaFout
from service.toegang.aanmeldkeuze import AanmeldkeuzeFout, check_choice

INVOER_FOUT: Final = 2
REGELS: Final = "HUURTOETS_REGELS"


def start_command(
    ctx: typer.Context,
    host: Annotated[str, typer.Option(help="Adres waarop de dienst luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort waarop de dienst luistert.")] = 8000,
    werkers: Annotated[int, typer.Option(min=1, max=64, help="Aantal processen.")] = 1,
) -> None:
    """Start het formulier en de API."""
    from service.basis.dienst import (  # only this command needs a server, and it takes time to import
        read_settings,
        serve,
        undecided,
    )

    keuze: Regelkeuze = ctx.obj
    if keuze.map_ is not None:
        keuze.lees()  # what is wrong with them is said here, and not by every process
        os.environ[REGELS] = str(keuze.map_.resolve())
    try:
        settings = read_settings()
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    if refused := undecided(host, settings):
        typer.echo(refused, err=True)
        raise typer.Exit(INVOER_FOUT)
    if settings.toegang == "aanmelden":
        try:
            check_choice(settings, keuze.lees().eigenaren)
        except AanmeldkeuzeFout as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(INVOER_FOUT) from None
    _port_is_free(host, port)
    _make_ready(Opslag.van(settings))
    if werkers > 1 and keuze.map_ is None:
        from service.opdracht.regelbron import answering  # with the database, which takes time to import

        answering()  # who watches over several processes starts one that ends again and again
    typer.echo(f"Huurtoets staat op http://{host}:{port} (stoppen met Ctrl+C)")
    serve("service.app:maak", settings, host=host, port=port, werkers=werkers, factory=True)


def _port_is_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            typer.echo(f"Poort {port} op {host} is niet vrij ({error.strerror}). Kies een andere met --port.", err=True)
            raise typer.Exit(INVOER_FOUT) from None


def _make_ready(opslag: Opslag) -> None:
    try:
        said = bij_start(opslag)
    except SchemaFout as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    if said:
        typer.echo(said)
