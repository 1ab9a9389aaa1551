"""The rules that a command answers by: those of the product, or those in a folder that was named.

Files of somebody else are read in a copy of this process, so that whatever they do ends there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import typer

from regels import Regelset, pakket
from regels.bestanden import Faults, RegelsetError, parse_file
from regels.bron import bestanden_in, uit_map
from service.basis.apart import Einde, Gestopt, Leesgrenzen, apart, free

INVOER_FOUT: Final = 2
_ENDED: Final = {
    Einde.TE_GROOT: "vraagt te veel geheugen om te lezen, en dat is gestopt. Deel het op.",
    Einde.TE_LANG: "duurt te lang om te lezen, en dat is gestopt. Deel het op.",
    Einde.KAPOT: "is niet te lezen: er is iets beschadigd, of er zijn te veel lagen in elkaar.",
}


def how_it_ended(error: Gestopt) -> str:
    """The rest of a sentence about a file that could not be read."""
    return _ENDED[error.einde] + (f" ({error.waar})" if error.waar else "")


@dataclass(frozen=True, slots=True)
class Regelkeuze:
    """The rules that were chosen: the folder, or None for those of the product.

    ``van_kracht`` gives the rules that a question is answered by where no folder was named.
    """

    map_: Path | None = None
    van_kracht: Callable[[], Regelset] = pakket

    def antwoordt(self) -> Regelset:
        """The rule set to answer by."""
        return self.van_kracht() if self.map_ is None else self.lees()

    def lees(self) -> Regelset:
        """The rule set; ends the command when it does not load, with everything that is wrong."""
        if self.map_ is None:
            return pakket()
        if code := self.doe(lambda _: 0):  # what can be read there, can be read here
            raise typer.Exit(code)
        return uit_map(self.map_)

    def doe(self, work: Callable[[Regelset], int]) -> int:
        """The exit code that ``work`` gives of the rule set; with a folder it is done where the files are read."""
        if self.map_ is None:
            return _loaded(pakket, work)
        if not self.map_.is_dir():
            typer.echo(f"'{self.map_}' is geen map.", err=True)
            return INVOER_FOUT
        try:
            return int(apart(partial(_loaded, partial(_read_freely, self.map_), work), Leesgrenzen().van(self.map_)))
        except Gestopt as error:
            culprit = _culprit(self.map_)
            what = f"Het bestand '{culprit}'" if culprit else f"De map '{self.map_}'"
            typer.echo(f"{what} {how_it_ended(error)}", err=True)
            return 1


def _read_freely(map_: Path) -> Regelset:
    regels = uit_map(map_)
    free()
    return regels


def _culprit(map_: Path) -> str | None:
    """The first file that cannot even be read on its own."""
    for name, content in bestanden_in(map_):
        try:
            apart(partial(_readable, content, name), Leesgrenzen().van(map_))
        except Gestopt:
            return name
    return None


def _readable(content: bytes, name: str) -> None:
    parse_file(content, name, Faults())


def _loaded(source: Callable[[], Regelset], work: Callable[[Regelset], int]) -> int:
    try:
        regels = source()
    except RegelsetError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        typer.echo(f"{len(error.faults)} fout(en) gevonden.", err=True)
        return 1
    return work(regels)
