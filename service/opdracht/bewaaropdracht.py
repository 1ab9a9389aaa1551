"""What the commands about the database have in common: which one, who asks, and how a fault is said."""

import getpass
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import typer

from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout

INVOER_FOUT: Final = 2
_Found = TypeVar("_Found")


@contextmanager
def de_opslag() -> Iterator[Opslag]:
    """The database of the settings; a fault of it ends the command with a sentence and code 2."""
    from service.basis.dienst import read_settings  # with a server, which takes time to import

    try:
        opslag = Opslag.van(read_settings())
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    try:
        yield opslag
    except OpslagFout as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    finally:
        opslag.sluit()


def wie_vraagt() -> str:
    """Who runs the command, as the machine knows them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container runs as a number that has no name
        name = str(os.getuid())
    return f"opdrachtregel:{re.sub(r'[^A-Za-z0-9_.@+-]', '-', name)[:100] or '-'}"


def probeer(said: str, asked: Callable[[], _Found]) -> _Found | None:
    """What ``asked`` gives; None when the database cannot give it, and then that is said after ``said``."""
    try:
        return asked()
    except OpslagFout as error:
        typer.echo(f"{said}: {error}", err=True)
        return None
