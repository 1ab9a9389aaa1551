"""The proof at the command line: on its way, and as a report."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import track

from regels.regelset import Regelset
from service.beheer.bewijsgang import prove

if TYPE_CHECKING:
    from regels.lezers.bewijs import Bevinding, Bewijsverslag


def bewijs(
    regels: Regelset, jaar: int | None = None, besluit: str | None = None, bewaar: Path | None = None
) -> "Bewijsverslag":
    """Prove the claims about ``regels``: all, or those of one year or one decision; with progress on a terminal."""
    console = Console(stderr=True)

    def shown(work: "Iterable[list[Bevinding]]", total: int) -> "Iterable[list[Bevinding]]":
        return track(work, "Bewijzen", total=total, console=console) if console.is_terminal else work

    return prove(regels, jaar, besluit, door=shown, bewaar=bewaar, mislukt=_not_kept)


def _not_kept(error: OSError) -> None:
    typer.echo(
        f"Wat bewezen is kon niet worden bewaard ({error.strerror}); een volgende keer duurt even lang.", err=True
    )


def print_proof(verslag: "Bewijsverslag", *, uitgebreid: bool = True) -> None:
    """Print what was proven, what was not, and each household that goes against a claim."""
    from regels.lezers.bewijs import BEWEZEN, BUITEN, ONBEWEZEN, WEERLEGD

    counts = Counter(finding.uitslag for finding in verslag.bevindingen)
    kept = sum(finding.bewaard for finding in verslag.bevindingen)
    if uitgebreid:
        for finding in verslag.bevindingen:
            if finding.uitslag in (BEWEZEN, BUITEN):
                typer.echo(f"{finding.uitslag:<19} {finding.id} ({finding.venster}): {finding.zegt} {finding.hoe}")
    for name, rule, window in verslag.hier_niet:
        if uitgebreid:
            typer.echo(f"Geldt in dit venster voor niemand: regel '{rule}' van {name} ({window}).")
    for finding in verslag.met(ONBEWEZEN):
        typer.echo(
            f"Niet bewezen: {finding.id} ({finding.venster}; {finding.geval}): {finding.zegt} {finding.hoe}", err=True
        )
    for name, rule in verslag.nooit:
        typer.echo(
            f"Fout: regel '{rule}' van {name} geldt voor geen enkel huishouden. Haal hem weg of verbeter hem.", err=True
        )
    for finding in verslag.met(WEERLEGD):
        _print_against(finding)
    left = f"{counts[WEERLEGD]} weerlegd, {counts[ONBEWEZEN]} niet bewezen"
    typer.echo(f"Bewijs: {counts[BEWEZEN]} bewezen ({kept} al eerder), {left}.")


def _print_against(finding: "Bevinding") -> None:
    typer.echo(f"\nFout: {finding.id} ({finding.venster}): dit klopt niet: {finding.zegt}", err=True)
    typer.echo("Het gaat mis bij dit huishouden:", err=True)
    for line in finding.huishouden:
        typer.echo(f"  {line}", err=True)
    typer.echo("Zo gaat het mis:", err=True)
    for line in finding.mis:
        typer.echo(f"  {line}", err=True)
    said = "Bewaar dit als .yaml-bestand in tests/voorbeelden, en vul in wat er tussen '' hoort:"
    typer.echo(f"{said}\n\n{finding.voorbeeld}", err=True)
