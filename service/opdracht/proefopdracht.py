"""``huurtoets regels proefhuishoudens``: the checks of the illustrative households, and the households as a file."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from regels import Regelset
from service.basis.klok import vandaag
from service.basis.regelmap import Regelkeuze
from service.proefhuishoudens.marges import MIDDEN, NIVEAUS, marges
from service.proefhuishoudens.proefbestand import schrijf
from service.proefhuishoudens.proeftabel import proefhuishoudens
from service.proefhuishoudens.proeftoets import Proefmeting, Proefuitkomst, keur
from service.proefhuishoudens.proefwoorden import bounds, limits_in_words, number, remarks_in_words

INVOER_FOUT: Final = 2
_LINK: Final = "huur.samenhang"
_SEEDS: Final = 20


def proefhuishoudens_command(
    ctx: typer.Context,
    aantal: Annotated[int, typer.Option(min=100, max=1_000_000, help="Zoveel huishoudens.")] = 20_000,
    zaad: Annotated[int, typer.Option(help="Begin van de toevalsgetallen; hetzelfde zaad geeft dezelfde set.")] = 1,
    zaden: Annotated[
        int, typer.Option(min=1, max=100, help=f"Zoveel zaden naast elkaar; {_SEEDS} toont hoeveel toeval er is.")
    ] = 1,
    jaar: Annotated[int | None, typer.Option(help="Jaar van de inkomens in het bestand; anders dat van nu.")] = None,
    naar: Annotated[
        Path | None, typer.Option(metavar="BESTAND", help="Schrijf de set ook als portefeuille (.csv of .parquet).")
    ] = None,
    bronnen: Annotated[bool, typer.Option("--bronnen", help="Noem ook de bronnen van de randtotalen.")] = False,
) -> None:
    """Toon waaraan de illustratieve huishoudens voldoen, en waaraan niet.

    Zij zijn gemaakt van gepubliceerde randtotalen; het zijn geen echte huishoudens.
    """
    run = partial(
        _show, aantal=aantal, zaden=range(zaad, zaad + zaden), jaar=jaar or vandaag().year, naar=naar, bronnen=bronnen
    )
    keuze: Regelkeuze = ctx.obj
    raise typer.Exit(keuze.doe(run))


def _show(regels: Regelset, *, aantal: int, zaden: range, jaar: int, naar: Path | None, bronnen: bool) -> int:
    if naar is not None:
        try:
            schrijf(proefhuishoudens(aantal, zaden[0], jaar, regels), regels, naar)
        except (OSError, ValueError) as error:
            typer.echo(f"Het bestand is niet geschreven: {error}", err=True)
            return INVOER_FOUT
    typer.echo(f"Illustratieve huishoudens: {aantal} rijen, zaad {zaden[0]} tot en met {zaden[-1]}.")
    runs = {level: [keur(regels, aantal, seed, gekozen={_LINK: level}) for seed in zaden] for level in NIVEAUS}
    print_checks(runs)
    if naar is not None:
        typer.echo(f"De set met de inkomens van {jaar} staat in {naar}.")
    if bronnen:
        for key, source in marges()["bronnen"].items():
            typer.echo(f"{key} ({source['merk']}): {source['titel']}; {source['datum']}; {source['url']}")
    return 0


def print_checks(runs: dict[str, list[tuple[Proefuitkomst, ...]]]) -> None:
    """Every number of every check, for each strength of the link between rent and income, and whether it is right."""
    strength = marges()["huur"]["samenhang"]
    heads = [f"samenhang {number(strength[level])}" for level in NIVEAUS]
    typer.echo(_line("", "moet zijn", heads))
    middle = runs[MIDDEN][0]
    for at, check in enumerate(middle):
        typer.echo(f"{check.code} {check.zegt}")
        for index, meting in enumerate(check.metingen):
            cells = [_spread([run[at].metingen[index] for run in runs[level]]) for level in NIVEAUS]
            typer.echo(_line(f"  {meting.wat}", bounds(meting), cells))
    for line in (*remarks_in_words(middle), "Bij elk resultaat:", *(f"- {limit}" for limit in limits_in_words())):
        typer.echo(line)


def _line(what: str, limits: str, cells: Sequence[str]) -> str:
    return f"{what:24}{limits:32}" + "".join(f"{cell:32}" for cell in cells).rstrip()


def _spread(found: Sequence[Proefmeting]) -> str:
    values = [meting.waarde for meting in found]
    wrong = sum(not meting.klopt for meting in found)
    said = "klopt" if not wrong else "klopt niet" if wrong == len(found) else f"klopt bij {len(found) - wrong} zaden"
    shown = number(min(values)) if len(values) == 1 else f"{number(min(values))} tot {number(max(values))}"
    return f"{shown} {said}"
