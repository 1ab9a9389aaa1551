"""``huurtoets regels effect``: whom other rules touch, on one's own homes or on the illustrative ones."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from regels import Regelset
from service.basis.apart import Leesgrenzen
from service.basis.instellingen import instellingen
from service.basis.klok import vandaag
from service.opdracht.regelnaam import HELP, in_force, named

if TYPE_CHECKING:
    from service.effect.effect import Huishoudens
    from service.effect.effectuitkomst import Effect

INVOER_FOUT: Final = 2
VOORBEELDEN: Final = (
    "huurtoets regels effect huren-2027",
    "huurtoets regels effect huren-2027 --dag 2027-07-01 --dag-van 2026-07-01 --woningen woningen.csv",
    "huurtoets regels effect woonstad/beleid/2027.yaml=laag.yaml woonstad/beleid/2027.yaml=hoog.yaml",
)


def effect_command(
    naar: Annotated[list[str], typer.Argument(metavar="NAAR...", help=f"Een tot vier. {HELP}")],
    van: Annotated[
        str | None, typer.Option("--van", help="Waarmee u vergelijkt; anders waar de eerste op staat.")
    ] = None,
    dag: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dag met de nieuwe regels, als jjjj-mm-dd.")
    ] = None,
    dag_van: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Dag met de oude regels, als jjjj-mm-dd.")
    ] = None,
    woningen: Annotated[
        Path | None, typer.Option(help="Eigen woningtabel: .csv, .xlsx of .parquet. Anders illustratieve huishoudens.")
    ] = None,
    personen: Annotated[Path | None, typer.Option(help="Personentabel bij de woningtabel.")] = None,
    koppeling: Annotated[Path | None, typer.Option(help="Welke kolom welk veld is (YAML).")] = None,
    als_json: Annotated[bool, typer.Option("--json", help="Schrijf alles als JSON.")] = False,
) -> None:
    """Toon voor hoeveel huishoudens er iets anders uitkomt, voor wie, en wat het per jaar kost.

    Er wordt niets bewaard.
    """
    from service.effect.effect import VARIANTEN_HOOGSTENS, effect  # only this command needs them
    from service.effect.effectproces import UITKOMSTVORM, Effectuitkomst
    from service.effect.effectwoorden import dagen
    from service.effect.kanten import Vergelijkkant
    from service.portefeuille.fouten import PortefeuilleFout

    if len(naar) > VARIANTEN_HOOGSTENS:
        typer.echo(f"Geef er ten hoogste {VARIANTEN_HOOGSTENS}.", err=True)
        raise typer.Exit(INVOER_FOUT)
    base = named(van) if van is not None else None
    new = [named(name, (lambda: base) if base is not None else in_force) for name in naar]
    old = base or new[0].basis or in_force()
    before, after = old.regels(), [one.regels() for one in new]
    first, second = dagen(before, after[0], vandaag())
    first, second = _given(dag_van, first), _given(dag, second)
    try:
        households, rejected = _households([before, *after], woningen, personen, koppeling, first)
    except PortefeuilleFout as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    sides = [Vergelijkkant(one.naam, regels, second, second.year) for one, regels in zip(new, after, strict=True)]
    found = effect(households, Vergelijkkant(old.naam, before, first, first.year), sides)
    if als_json:
        typer.echo(UITKOMSTVORM.dump_json(Effectuitkomst(found, rejected), indent=2).decode())
        return
    _show(found, rejected)
    if found.illustratief:
        from service.effect.illustratief import account

        limits, checks = account(before)
        for line in ("Bij de illustratieve huishoudens:", *(f"- {said}" for said in (*limits, *checks))):
            typer.echo(line)


def _given(asked: datetime | None, otherwise: date) -> date:
    return asked.date() if asked is not None else otherwise


def _households(
    sets: "list[Regelset]", woningen: Path | None, personen: Path | None, koppeling: Path | None, dag: date
) -> "tuple[Huishoudens, int]":
    """Which households, and how many rows of one's own table could not be used."""
    from service.effect.eigen_tabel import own_homes, widest
    from service.effect.illustratief import illustrative
    from service.portefeuille.draaien import private_folder

    if woningen is None:
        return illustrative(sets[0], dag.year), 0
    limits = Leesgrenzen(instellingen().portefeuille_geheugen << 20)
    with private_folder() as folder:
        return own_homes(widest(sets), woningen, personen, koppeling, dag, dag.year, folder, limits)


def _show(found: "Effect", rejected: int) -> None:
    from service.effect.effectwoorden import cost_rows, in_words

    for line in in_words(found):
        typer.echo(line)
    if rejected:
        typer.echo(f"Rijen die niet te gebruiken waren: {rejected}. Bekijk ze met: huurtoets portefeuille --proef")
    rows = list(cost_rows(found))
    if rows:
        table = Table(title="Per jaar", title_justify="left")
        for name in ("Regels", "Huur voor verhuurders", "Huurtoeslag", "Wat huurders zelf betalen"):
            table.add_column(name, justify="left" if name == "Regels" else "right")
        for row in rows:
            table.add_row(*row)
        Console().print(table)
