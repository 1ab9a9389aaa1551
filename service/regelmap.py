"""A folder of rule files that a command names: read in a copy of this process, and what is asked is done there."""

from collections.abc import Callable
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import typer

from regels.bestanden import Faults, RegelsetError, read_file, yaml_files
from regels.laden import load, regelset
from regels.regelset import Regelset
from service.apart import Einde, Gestopt, Leesgrenzen, apart, free

INVOER_FOUT: Final = 2
_ENDED: Final = {
    Einde.TE_GROOT: "vraagt te veel geheugen om te lezen, en dat is gestopt. Deel het op.",
    Einde.TE_LANG: "duurt te lang om te lezen, en dat is gestopt. Deel het op.",
    Einde.KAPOT: "is niet te lezen: er is iets beschadigd, of er zijn te veel lagen in elkaar.",
}


def how_it_ended(error: Gestopt) -> str:
    """The rest of a sentence about a file that could not be read."""
    return _ENDED[error.einde] + (f" ({error.waar})" if error.waar else "")


def with_rules(map_: Path | None, work: Callable[[Regelset], int]) -> int:
    """The exit code that ``work`` gives of the rule set in ``map_``, or of that of the product.

    Files in a folder that was named are read in a copy of this process, and the work is done there too.
    """
    if map_ is None:
        return _loaded(regelset, work)
    if not map_.is_dir():
        typer.echo(f"'{map_}' is geen map.", err=True)
        return INVOER_FOUT

    def read_freely() -> Regelset:
        regels = load(map_)
        free()
        return regels

    try:
        return int(apart(partial(_loaded, read_freely, work), Leesgrenzen().van(map_)))
    except Gestopt as error:
        culprit = _culprit(map_)
        what = f"Het bestand '{culprit}'" if culprit else f"De map '{map_}'"
        typer.echo(f"{what} {how_it_ended(error)}", err=True)
        return 1


def _culprit(map_: Path) -> str | None:
    """The first file that cannot even be read on its own."""
    for name, path in yaml_files(map_):
        try:
            apart(partial(_readable, path, name), Leesgrenzen().van(map_))
        except Gestopt:
            return name
    return None


def _readable(path: Path | Traversable, name: str) -> None:
    read_file(path, name, Faults())


def _loaded(source: Callable[[], Regelset], work: Callable[[Regelset], int]) -> int:
    try:
        regels = source()
    except RegelsetError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        typer.echo(f"{len(error.faults)} fout(en) gevonden.", err=True)
        return 1
    return work(regels)
