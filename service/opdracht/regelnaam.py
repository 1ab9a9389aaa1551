"""A rule set by a name at the command line: a folder, a revision, a draft, or the policy of a landlord in a file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import typer

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bestanden_in, bewaard, pakketbestanden
from regels.formaat import FORMAAT, FormaatFout
from service.opdracht.bewaaropdracht import de_opslag

INVOER_FOUT: Final = 2
# the files of the product itself
PRODUCT: Final = "product"
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
# where the policy of a landlord for a round stands in a rule set
_POLICY: Final = re.compile(r"(?:.*/)?([a-z0-9-]+/beleid/\d{4}\.yaml)", re.ASCII)
HELP: Final = (
    "Een concept, het nummer van een revisie, een map met regelbestanden, of 'product'. Van een beleid volstaat het "
    "bestand: verhuurder/beleid/2027.yaml, of verhuurder/beleid/2027.yaml=ander-bestand.yaml."
)


@dataclass(frozen=True, slots=True)
class Genoemd:
    """A rule set that was named: its files, and on which ones it stands where that is known."""

    naam: str
    bestanden: Mapping[str, bytes]
    formaat: int = FORMAAT
    basis: "Genoemd | None" = None

    def regels(self) -> Regelset:
        """The rule set; ends the command with everything that is wrong when it does not load."""
        try:
            return bewaard(self.bestanden, self.naam, self.formaat)
        except RegelsetError as error:
            typer.echo(f"'{self.naam}' is niet te laden:", err=True)
            for fault in error.faults:
                typer.echo(fault, err=True)
        except FormaatFout as error:
            typer.echo(str(error), err=True)
        raise typer.Exit(1)


def named(naam: str, op: Callable[[], Genoemd] | None = None) -> Genoemd:
    """What ``naam`` stands for; a policy is put on top of ``op``. Ends the command when there is nothing like it."""
    path = Path(naam)
    if naam == PRODUCT:
        return Genoemd("de regels van het product", pakketbestanden())
    if path.is_dir():
        return Genoemd(f"map {path.name or path}", dict(bestanden_in(path)))
    target, _, other = naam.partition("=")
    if (found := _POLICY.fullmatch(Path(target).as_posix())) is not None and op is not None:
        return _policy(found[1], Path(other or target), op())
    return _kept(naam)


def _policy(place: str, path: Path, op: Genoemd) -> Genoemd:
    try:
        content = path.read_bytes()
    except OSError as error:
        _stop(f"Het bestand '{path}' is niet te lezen ({error.strerror}).")
    return Genoemd(
        path.stem if path.stem != Path(place).stem else place, {**op.bestanden, place: content}, op.formaat, op
    )


def _kept(naam: str) -> Genoemd:
    """A revision or a draft of the database of the settings."""
    from service.beheer.beheerfouten import BeheerFout  # with the database, which takes time to import
    from service.beheer.concepten import Concepten
    from service.beheer.revisies import Revisies

    with de_opslag() as opslag:
        revisies = Revisies(opslag)
        try:
            if _NUMBER.fullmatch(naam):
                found, files = revisies.inhoud(int(naam))
                return Genoemd(f"revisie {naam}", files, found.formaat)
            draft, whole, basis = Concepten(revisies).bestanden(naam)
            under = Genoemd(f"revisie {draft.basis}", basis, revisies.inhoud(draft.basis)[0].formaat)
            return Genoemd(f"concept {naam}", whole, draft.formaat, under)
        except BeheerFout as error:
            _stop(f"{error} Geef {HELP[:1].lower()}{HELP[1:]}")


def in_force() -> Genoemd:
    """The revision in force, else the rules of the product where no revisions are kept."""
    from service.basis.dienst import read_settings
    from service.beheer.revisies import Revisies
    from service.opslag.opslag import Opslag

    opslag = Opslag.van(read_settings())
    if opslag.geen or (opslag.ingebouwd and not opslag.map_.database.exists()):
        return named(PRODUCT)
    with de_opslag() as kept:
        number = Revisies(kept).nieuwste()
    return named(str(number)) if number is not None else named(PRODUCT)


def _stop(said: str) -> NoReturn:
    typer.echo(said, err=True)
    raise typer.Exit(INVOER_FOUT)
