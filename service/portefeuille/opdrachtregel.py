"""``huurtoets portefeuille``: the run as a command, with progress on standard error and the report of it."""

import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final

import typer
from polars.exceptions import PanicException
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from regels.opmaak import getal
from regels.regelset import Regelset
from regels.ronde import round_of
from regels.vraagveld import Lezer
from service.basis.apart import Leesgrenzen
from service.basis.instellingen import instellingen
from service.basis.klok import vandaag
from service.basis.logboek import configure, incident
from service.basis.regelmap import Regelkeuze
from service.invoer.datums import read_date
from service.portefeuille import lezer
from service.portefeuille.doelen import VASTE
from service.portefeuille.draaien import (
    Opdracht,
    Voortgang,
    check_start,
    draai,
    no_room_is_said,
    open_tables,
    private_folder,
)
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import Koppeling, ignore, parse_fixed, propose, read_koppeling
from service.portefeuille.overzicht import Overzicht
from service.portefeuille.schrijven import STDUIT, Neergezet, vorm_van
from service.portefeuille.tabellen import Tabel
from service.portefeuille.verslag import Verslag

GELUKT, INVOER_FOUT, INTERNE_FOUT, NIET_ALLES, AFGEBROKEN = 0, 2, 3, 4, 130
VOORBEELDEN: Final = (
    "huurtoets portefeuille woningen.xlsx uitkomst.xlsx --proef",
    "huurtoets portefeuille woningen.xlsx uitkomst.xlsx --personen personen.csv --bewaar-koppeling koppeling.yaml",
    "huurtoets portefeuille woningen.parquet uitkomst.parquet --koppeling koppeling.yaml --vast soort=huurder",
    "huurtoets portefeuille - - --koppeling koppeling.yaml < woningen.csv > uitkomst.csv",
)
_FASEN: Final = {"tellen": "Tellen", "rekenen": "Rekenen", "schrijven": "Schrijven"}
_AT_MOST: Final = 25
_SHOWN: Final = ("Gelezen als onbekend", "Kolommen die niet zijn gelezen", "Koppeling")


def portefeuille_command(
    ctx: typer.Context,
    invoer: Annotated[
        str, typer.Argument(metavar="IN", help="Woningtabel: .csv, .xlsx of .parquet; - leest CSV van stdin.")
    ],
    uit: Annotated[
        str | None,
        typer.Argument(metavar="[UIT]", help="Resultaat: .csv, .xlsx of .parquet; - schrijft CSV naar stdout."),
    ] = None,
    personen: Annotated[
        Path | None, typer.Option(help="Personentabel, met dezelfde verwijzing naar de woning.")
    ] = None,
    koppeling: Annotated[Path | None, typer.Option(help="Welke kolom welk veld is (YAML).")] = None,
    bewaar_koppeling: Annotated[
        Path | None, typer.Option(help="Schrijf de gebruikte koppeling naar dit bestand.")
    ] = None,
    vast: Annotated[
        list[str] | None, typer.Option(help=f"Hetzelfde voor elke rij: {' of '.join(VASTE)}=waarde.")
    ] = None,
    negeer: Annotated[
        list[str] | None, typer.Option(metavar="KOLOM", help="Gebruik deze kolom niet; mag vaker.")
    ] = None,
    peildatum: Annotated[str | None, typer.Option(help="Dag waarvan de regels gelden; anders vandaag.")] = None,
    huurronde: Annotated[
        int | None, typer.Option(help="Jaar van de huurverhoging; anders het jaar van de peildatum.")
    ] = None,
    ingangsdatum: Annotated[
        str | None, typer.Option(help="Dag waarop de nieuwe huur ingaat; anders 1 juli van de huurronde.")
    ] = None,
    besluit: Annotated[list[str] | None, typer.Option(help="Alleen dit besluit; mag vaker.")] = None,
    proef: Annotated[bool, typer.Option("--proef", help="Keur elke rij en tel, maar reken niets door.")] = False,
    afgewezen: Annotated[Path | None, typer.Option(help="Waar de afgewezen rijen komen (CSV).")] = None,
    samenvatting: Annotated[Path | None, typer.Option(help="Waar de samenvatting komt (.xlsx).")] = None,
) -> None:
    """Toets een hele portefeuille: elke rij van een tabel met dezelfde regels.

    Een lege cel is onbekend. Naast UIT komen UIT-afgewezen.csv en UIT-samenvatting.xlsx; bij Excel zijn dat bladen.
    """
    keuze: Regelkeuze = ctx.obj
    regels = keuze.antwoordt()
    console = Console(stderr=True)
    keuzes = _Keuzes(invoer, uit, personen, koppeling, bewaar_koppeling, tuple(vast or ()), peildatum, huurronde,
                     ingangsdatum, tuple(besluit or ()), proef, afgewezen, samenvatting,
                     tuple(negeer or ()))  # fmt: skip
    try:
        with _stoppable():
            verslag = _run(console, regels, keuzes)
    except PortefeuilleFout as error:
        console.print(str(error), style="bold red", markup=False, highlight=False)
        raise typer.Exit(INVOER_FOUT) from None
    except BrokenPipeError:
        raise
    except (Exception, PanicException) as error:  # the text of a library can hold a cell: only a number is shown
        configure("error")
        console.print(f"Er ging iets mis. Geef dit nummer door: {incident(error)}.", style="bold red", highlight=False)
        raise typer.Exit(INTERNE_FOUT) from None
    except KeyboardInterrupt:
        console.print("Afgebroken. Er is niets geschreven.", style="bold red")
        raise typer.Exit(AFGEBROKEN) from None
    raise typer.Exit(GELUKT if verslag.schoon else NIET_ALLES)


@dataclass(frozen=True, slots=True)
class _Keuzes:
    invoer: str
    uit: str | None
    personen: Path | None
    koppeling: Path | None
    bewaar: Path | None
    vast: tuple[str, ...]
    peildatum: str | None
    huurronde: int | None
    ingangsdatum: str | None
    besluiten: tuple[str, ...]
    proef: bool
    afgewezen: Path | None
    samenvatting: Path | None
    negeer: tuple[str, ...]


@contextmanager
def _stoppable() -> Iterator[None]:
    """A request to end (TERM) is treated as Ctrl-C, so that nothing half is left then either.

    A library that is stopped so may make an error of its own of it; here it is a request to end again.
    """
    asked = False

    def stop(*_: object) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    before = {sign: signal.signal(sign, stop) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except Exception:
        if asked:
            raise KeyboardInterrupt from None
        raise
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _run(console: Console, regels: Regelset, k: _Keuzes) -> Verslag:
    day = _day(k.peildatum)
    start = _start(regels, k.ingangsdatum, k.huurronde)
    round_ = round_of(start) if start is not None else _round(regels, k.huurronde, day)
    if k.uit is None and not k.proef:
        raise PortefeuilleFout("Geef na het bestand ook de naam van het resultaat, of vraag een proef met --proef.")
    if k.uit is not None:
        vorm_van(k.uit)
        _same_file(k.uit, k.invoer)
    lezer.start()  # it loads its libraries while we do
    with private_folder() as folder, no_room_is_said():
        source = _spooled(folder) if k.invoer == STDUIT else Path(k.invoer)
        limits = Leesgrenzen(instellingen().portefeuille_geheugen << 20)
        tables = dwellings, persons = open_tables(source, k.personen, folder, limits)
        found = _koppeling(regels, k, dwellings, persons)
        if k.bewaar is not None:
            _save(k.bewaar, found, folder)
        summary, rejected = _beside(k, folder)
        opdracht = Opdracht(source, found, day, round_, summary, rejected, k.personen, k.uit, k.besluiten, k.proef,
                            start)  # fmt: skip
        with _progress(console) as heard:
            verslag = draai(opdracht, folder, heard, tables)
        _show(console, verslag, opdracht, folder)
    return verslag


def _koppeling(regels: Regelset, k: _Keuzes, woningen: Tabel, personen: Tabel | None) -> Koppeling:
    fixed = parse_fixed(k.vast)
    if k.koppeling is None:
        return ignore(propose(regels, woningen, personen, fixed), k.negeer, woningen, personen)
    read = read_koppeling(k.koppeling, regels)
    return ignore(replace(read, vast={**read.vast, **fixed}), k.negeer, woningen, personen)


def _day(text: str | None) -> date:
    if text is None:
        return vandaag()
    day = read_date(text)
    if not isinstance(day, date):
        raise PortefeuilleFout(f"De peildatum is niet te lezen. {day.tekst}")
    return day


def _start(regels: Regelset, text: str | None, year: int | None) -> date | None:
    if text is None:
        return None
    day = read_date(text)
    if not isinstance(day, date):
        raise PortefeuilleFout(f"De ingangsdatum is niet te lezen. {day.tekst}")
    check_start(regels, day, year)
    return day


def _round(regels: Regelset, year: int | None, day: date) -> int:
    wrong = None if year is None else Lezer(regels.velden["huurronde"]).refusal(year)
    if wrong is not None:
        raise PortefeuilleFout(f"De huurronde kan niet. {wrong}")
    return year if year is not None else day.year


def _same_file(uit: str, invoer: str) -> None:
    if uit != STDUIT and invoer != STDUIT and Path(uit).resolve() == Path(invoer).resolve():
        raise PortefeuilleFout("Het resultaat kan niet over het invoerbestand heen. Kies een andere naam.")


def _spooled(folder: Path) -> Path:
    """Standard input as a file: the table is read more than once."""
    path = folder / "stdin.csv"
    with path.open("wb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _beside(k: _Keuzes, folder: Path) -> tuple[Path, Path]:
    """Where the summary and the rejected rows go: beside the result, or, with streams, nowhere to be kept."""
    name = k.uit if k.uit is not None else k.invoer
    base = folder / "stroom" if name == STDUIT else Path(name)
    return (
        k.samenvatting or base.with_name(f"{base.stem}-samenvatting.xlsx"),
        k.afgewezen or base.with_name(f"{base.stem}-afgewezen.csv"),
    )


def _save(path: Path, koppeling: Koppeling, folder: Path) -> None:
    placed = Neergezet(folder)
    try:
        placed.path_for(path).write_text(koppeling.as_yaml(), encoding="utf-8")
        placed.commit()
    finally:
        placed.drop()


@contextmanager
def _progress(console: Console) -> Iterator[Voortgang]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        def heard(phase: str, done: int, whole: int) -> None:
            if phase not in tasks:
                tasks[phase] = progress.add_task(_FASEN[phase], total=None)
            progress.update(tasks[phase], completed=done, total=whole or None)

        yield heard


def _show(console: Console, verslag: Verslag, opdracht: Opdracht, folder: Path) -> None:
    """The tie-out and the reasons, for a person at the terminal; the rest is in the summary."""
    for said in verslag.meldingen:
        console.print(said, style="yellow", markup=False, highlight=False)
    shown = [verslag.afstemming(), verslag.waarom()]
    shown += [part for part in verslag.overzichten if part.titel in _SHOWN]
    if opdracht.proef:
        shown += [part for part in verslag.overzichten if part.titel == "Velden die niemand gaf"]
    for part in shown:
        if part is not None:
            console.print(_table(part))
    for path in [path for path in verslag.geschreven if path.exists() and path.parent != folder]:
        console.print(f"Geschreven: {path}", markup=False, highlight=False)


def _table(part: Overzicht) -> Table:
    table = Table(title=part.titel, title_justify="left", caption_justify="left")
    for at, name in enumerate(part.kop):
        numeric = bool(part.rijen) and isinstance(part.rijen[0][at], int | Decimal)
        table.add_column(name, justify="right" if numeric else "left")
    for row in part.rijen[:_AT_MOST]:
        table.add_row(
            *("" if cell is None else cell if isinstance(cell, str) else getal(Decimal(cell)) for cell in row)
        )
    if len(part.rijen) > _AT_MOST:
        table.add_row(f"… en nog {len(part.rijen) - _AT_MOST}", *[""] * (len(part.kop) - 1))
    return table
