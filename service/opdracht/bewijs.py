"""The report of the proof, and where proven decisions are kept."""

import json
import os
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import track

from regels.regelset import Regelset

if TYPE_CHECKING:
    from regels.lezers.bewijs import Bevinding, Bewijsverslag

NAAM = "bewezen.json"
MOST_KEPT = 5_000


def bewaarplaats() -> Path:
    """The file with what was proven before. It holds no household; throwing it away costs only time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huurtoets" / NAAM


def _read(path: Path) -> dict[str, str]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # there is none yet, or it is damaged: prove everything
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, kept: dict[str, str]) -> None:
    newest = dict(list(kept.items())[-MOST_KEPT:])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".nieuw").write_text(json.dumps(newest), encoding="utf-8")
        path.with_suffix(".nieuw").replace(path)
    except OSError as error:
        typer.echo(
            f"Wat bewezen is kon niet worden bewaard ({error.strerror}); een volgende keer duurt even lang.", err=True
        )


def bewijs(regels: Regelset, jaar: int | None = None, besluit: str | None = None) -> "Bewijsverslag":
    """Prove the claims about ``regels``: all, or those of one year or one decision."""
    from regels.lezers.bewijs import Bewijsverslag, Bewijzer  # only this needs Z3, and it takes time to import

    path = bewaarplaats()
    kept = _read(path)
    prover = Bewijzer(regels, bewaard=kept) if jaar is None else Bewijzer(
        regels, date(jaar, 1, 1), date(jaar, 12, 31), bewaard=kept
    )  # fmt: skip
    console = Console(stderr=True)
    work: Iterable[list[Bevinding]] = prover.delen(besluit)
    if console.is_terminal:
        work = track(work, "Bewijzen", total=prover.aantal(besluit), console=console)
    try:
        found = [finding for part in work for finding in part]
    finally:
        _write(path, kept)
    return Bewijsverslag(tuple(found), volledig=jaar is None)


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
