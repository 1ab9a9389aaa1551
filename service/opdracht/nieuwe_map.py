"""``huurtoets regels nieuw``: the files of a new owner or a new year, in a folder of the user's own."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final

import typer

from regels.bron import bestanden_in
from regels.jaarwissel.invulgroepen import invulling
from regels.nieuw import NieuwFout, nieuw_jaar, nieuwe_eigenaar
from regels.opmaak import datum

INVOER_FOUT: Final = 2
nieuw_app = typer.Typer(help="De bestanden maken van een nieuwe eigenaar of een nieuw jaar.", no_args_is_help=True)
_Map = Annotated[
    Path,
    typer.Option("--map", metavar="MAP", help="Map met regelbestanden; is die leeg, dan met een kopie van de eigen."),
]


@nieuw_app.command(
    "eigenaar",
    epilog="Voorbeelden:\n\nhuurtoets regels nieuw eigenaar duinrand --soort gemeente --map mijn\n\n"
    "huurtoets regels nieuw eigenaar de-duinen --soort corporatie --gemeente duinrand --map mijn",
)
def eigenaar_command(
    naam: Annotated[str, typer.Argument(help="Naam van de map: kleine letters, cijfers en -.")],
    soort: Annotated[str, typer.Option(help="gemeente of corporatie.")],
    map_: _Map,
    gemeente: Annotated[list[str] | None, typer.Option(help="Waar een corporatie verhuurt; mag vaker.")] = None,
) -> None:
    """Maak de map van een nieuwe gemeente of corporatie. Wat u moet invullen, noemt 'regels controleer'."""
    _make(map_, lambda texts: nieuwe_eigenaar(texts, naam, soort, tuple(gemeente or ())))


@nieuw_app.command("jaar", epilog="Voorbeelden:\n\nhuurtoets regels nieuw jaar 2027 --map mijn")
def jaar_command(
    jaar: Annotated[int, typer.Argument(min=2000, max=2100, help="Het jaar waarvoor er nieuwe cijfers zijn.")],
    map_: _Map,
) -> None:
    """Maak de cijfers van een nieuw jaar: die van het jaar ervoor, leeg en als concept, met van wie zij komen."""
    whole = _make(map_, lambda texts: nieuw_jaar(texts, jaar))
    typer.echo("Een groep geldt pas als u daar 'status: concept' weghaalt. Deze cijfers komen nog:")
    awaited: Counter[tuple[date, str, str]] = Counter()
    for group in invulling({name: text.encode() for name, text in whole.items()}, jaar):
        for figure in group.cijfers:
            if figure.leeg and figure.wacht is not None and figure.uiterlijk is not None:
                awaited[figure.uiterlijk, figure.wacht.van, figure.wacht.waar] += 1
    for (day, whom, where), count in sorted(awaited.items()):
        typer.echo(f"- uiterlijk {datum(day)}: {count} van {whom} ({where})")


def _make(map_: Path, made: Callable[[Mapping[str, str]], Mapping[str, str]]) -> Mapping[str, str]:
    """Write what ``made`` gives of the files in the folder: never one that is there, and nothing when it cannot.

    Gives all files that are there then.
    """
    try:
        own = map_.is_dir() and any(map_.iterdir())
        source = map_ if own else files("regels") / "sets"
        before = {name: content.decode("utf-8") for name, content in bestanden_in(source)}
        new = dict(made(before))
        for name, text in (new if own else before | new).items():
            path = map_ / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except (NieuwFout, UnicodeDecodeError) as error:
        said = str(error) if isinstance(error, NieuwFout) else f"Een bestand in '{map_}' is geen UTF-8."
        typer.echo(said, err=True)
        raise typer.Exit(INVOER_FOUT) from None
    except OSError as error:
        typer.echo(f"'{map_}' is niet te schrijven: {error.strerror}.", err=True)
        raise typer.Exit(INVOER_FOUT) from None
    if not own:
        typer.echo(f"{map_}: een kopie van de eigen regels.")
    for name in new:
        typer.echo(f"{map_ / name}")
    typer.echo(f"Vul in wat leeg is. Wat er ontbreekt, noemt: huurtoets regels controleer {map_} --zonder-bewijs")
    return before | new
