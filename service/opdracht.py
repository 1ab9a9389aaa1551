"""The command ``huurtoets``."""

import json
import socket
import sys
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from regels import Vraag, toets
from regels.bestanden import RegelsetError
from regels.laden import load, regelset
from regels.programma import programma
from regels.regelset import Regelset
from regels.toets import LezersVerschil
from regels.vraag import Fout, VraagFout, begin_of_round, parse_json, read
from service.bewijs import bewijs, print_proof
from service.dekking import as_json, print_coverage
from service.geldigheid import DAGEN, ahead, print_validity, validity
from service.invoer.vraag import without_bsn
from service.klok import vandaag
from service.portefeuille.fouten import reden
from service.portefeuille.opdrachtregel import VOORBEELDEN, portefeuille_command
from service.toon import names, shown
from service.verslag import print_report

INVOER_FOUT, INTERNE_FOUT = 2, 3
MANY = 25
PAGE_WIDTH = 100


def _examples(*commands: str) -> str:
    return "Voorbeelden:\n\n" + "\n\n".join(commands)


app = typer.Typer(
    name="huurtoets",
    help="Toets een huishouden aan de regels voor sociale huur in Steenwijkerland.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Uitgangswaarden: 0 gelukt, 1 fout in de regelbestanden, 2 fout in de invoer, 3 interne fout, "
    "4 klaar maar niet elke rij is aangenomen, 130 afgebroken.",
)
regels_app = typer.Typer(help="De regelbestanden bekijken en controleren.", no_args_is_help=True)
app.add_typer(regels_app, name="regels")


def main() -> None:
    """Run the command; output that nobody reads any more ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


@app.command(
    "toets",
    epilog=_examples(
        "huurtoets toets vraag.json",
        "huurtoets toets --json vragen.json > uitslagen.json",
        'echo \'{"soort": "huurder"}\' | huurtoets toets -',
    ),
)
def toets_command(
    bestand: Annotated[
        str, typer.Argument(help="Bestand met één vraag of een lijst van vragen (JSON); - leest van stdin.")
    ],
    als_json: Annotated[bool, typer.Option("--json", help="Schrijf de uitslag als JSON.")] = False,
) -> None:
    """Toets één huishouden, of een lijst van huishoudens.

    Een vraag zonder peildatum gaat over vandaag.
    """
    try:
        value = parse_json(_read(bestand))
        questions = _questions(value)
    except VraagFout as error:
        _report_faults(error.fouten)
        raise typer.Exit(INVOER_FOUT) from None
    console = Console(stderr=True)
    work = track(questions, "Toetsen", console=console) if len(questions) >= MANY and console.is_terminal else questions
    try:
        answers = [toets(question) for question in work]
    except LezersVerschil as error:
        typer.echo(f"Er ging iets mis. Geef dit nummer door: {error.incident} ({error.besluit}).", err=True)
        raise typer.Exit(INTERNE_FOUT) from None
    if als_json:
        parts = [answer.as_data() for answer in answers]
        typer.echo(json.dumps(parts if isinstance(value, list) else parts[0], ensure_ascii=False, indent=2))
        return
    out = Console() if sys.stdout.isatty() else Console(width=PAGE_WIDTH)
    for number, answer in enumerate(answers, 1):
        if isinstance(value, list):
            out.rule(f"Vraag {number} van {len(answers)}")
        print_report(answer, out)


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        typer.echo(f"Het bestand '{name}' is niet te lezen: {reden(error)}.", err=True)
        raise typer.Exit(INVOER_FOUT) from None


def _questions(value: object) -> list[Vraag]:
    found, faults = [], []
    for index, item in enumerate(value) if isinstance(value, list) else [(None, value)]:
        try:
            found.append(read(item).op(vandaag()))
        except VraagFout as error:
            prefix = "" if index is None else f"/{index}"
            faults += [Fout(prefix + fault.veld, fault.tekst) for fault in without_bsn(item, error.fouten)]
    if faults:
        raise VraagFout(faults)
    if not found:
        raise VraagFout([Fout("", "De lijst is leeg. Geef minstens één vraag.")])
    return found


def _report_faults(faults: list[Fout]) -> None:
    for fault in faults:
        typer.echo(f"{fault.veld or '(hele vraag)'}: {fault.tekst}", err=True)


@app.command("start", epilog=_examples("huurtoets start", "huurtoets start --port 8080 --werkers 2"))
def start_command(
    host: Annotated[str, typer.Option(help="Adres waarop de dienst luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Poort waarop de dienst luistert.")] = 8000,
    werkers: Annotated[int, typer.Option(min=1, max=64, help="Aantal processen.")] = 1,
) -> None:
    """Start het formulier en de API."""
    from service.dienst import read_settings, serve  # only this command needs a server, and it takes time to import

    try:
        settings = read_settings()
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            typer.echo(f"Poort {port} op {host} is niet vrij ({error.strerror}). Kies een andere met --port.", err=True)
            raise typer.Exit(INVOER_FOUT) from None
    typer.echo(f"Huurtoets staat op http://{host}:{port} (stoppen met Ctrl+C)")
    serve("service.app:maak", settings, host=host, port=port, werkers=werkers, factory=True)


app.command("portefeuille", epilog=_examples(*VOORBEELDEN))(portefeuille_command)


@regels_app.command(
    "controleer", epilog=_examples("huurtoets regels controleer", "huurtoets regels controleer mijn/sets")
)
def controleer_command(
    map_: Annotated[
        Path | None, typer.Argument(metavar="[MAP]", help="Map met regelbestanden; anders de eigen regelset.")
    ] = None,
    zonder_bewijs: Annotated[
        bool, typer.Option("--zonder-bewijs", help="Lees alleen de bestanden; bewijs niets.")
    ] = False,
) -> None:
    """Controleer de regelbestanden: noem alle fouten met bestand en regel, en bewijs daarna de besluiten."""
    regels = _load(map_)
    rules = sum(len(besluit.regels) for besluit in regels.besluiten.values())
    typer.echo(f"Regelset {regels.versie} is in orde ({regels.hash}).")
    typer.echo(
        f"{len(regels.onderdelen)} bestanden, {len(regels.besluiten)} besluiten, {rules} regels, "
        f"{len(regels.grootheden)} grootheden, {len(regels.cijfers)} cijfers, {len(regels.bronnen)} bronnen."
    )
    if not zonder_bewijs:
        verslag = bewijs(regels)
        print_proof(verslag, uitgebreid=False)
        if not verslag.klopt:
            raise typer.Exit(1)


def _load(map_: Path | None) -> Regelset:
    """The rule set in ``map_``, or that of the product; ends the command when it does not load."""
    if map_ is not None and not map_.is_dir():
        typer.echo(f"'{map_}' is geen map.", err=True)
        raise typer.Exit(INVOER_FOUT)
    try:
        return load(map_) if map_ is not None else regelset()
    except RegelsetError as error:
        for fault in error.faults:
            typer.echo(fault, err=True)
        typer.echo(f"{len(error.faults)} fout(en) gevonden.", err=True)
        raise typer.Exit(1) from None


@regels_app.command(
    "bewijs",
    epilog=_examples("huurtoets regels bewijs", "huurtoets regels bewijs --jaar 2026 --besluit huurtoeslag"),
)
def bewijs_command(
    map_: Annotated[
        Path | None, typer.Argument(metavar="[MAP]", help="Map met regelbestanden; anders de eigen regelset.")
    ] = None,
    jaar: Annotated[
        int | None, typer.Option(min=2022, max=2099, help="Alleen de dagen en de ronde van dit jaar.")
    ] = None,
    besluit: Annotated[str | None, typer.Option(help="Alleen dit besluit.")] = None,
) -> None:
    """Bewijs dat elk besluit voor elk volledig huishouden precies één antwoord heeft, en dat de bedragen kloppen.

    Een bewijs dat niet lukt toont een huishouden waarbij het misgaat.
    """
    regels = _load(map_)
    if besluit is not None and besluit not in regels.besluiten:
        typer.echo(f"Er is geen besluit '{besluit}'. Kies uit {', '.join(regels.besluiten)}.", err=True)
        raise typer.Exit(INVOER_FOUT)
    verslag = bewijs(regels, jaar, besluit)
    print_proof(verslag)
    if not verslag.klopt:
        raise typer.Exit(1)


@regels_app.command(
    "geldigheid",
    epilog=_examples("huurtoets regels geldigheid", "huurtoets regels geldigheid --op 2026-12-01 --dagen 45"),
)
def geldigheid_command(
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Eerste dag, als jjjj-mm-dd; anders vandaag.")
    ] = None,
    dagen: Annotated[
        list[int] | None, typer.Option(min=0, max=3650, help="Zoveel dagen later; mag vaker. Anders 30, 90 en 200.")
    ] = None,
) -> None:
    """Toon per besluit tot wanneer er regels zijn, en wat er daarna ontbreekt."""
    days = ahead(op.date() if op is not None else vandaag(), dagen or DAGEN)
    print_validity(validity(regelset(), days), days, Console())


@regels_app.command("dekking", epilog=_examples("huurtoets regels dekking", "huurtoets regels dekking --json"))
def dekking_command(
    als_json: Annotated[bool, typer.Option("--json", help="Schrijf de dekking als JSON.")] = False,
) -> None:
    """Toon per bepaling van de prestatieafspraken wat de toets ermee doet."""
    slices = regelset().jaarschijven
    if als_json:
        typer.echo(json.dumps([as_json(slice_) for slice_ in slices], ensure_ascii=False, indent=2))
        return
    for slice_ in slices:
        print_coverage(slice_, Console())


@regels_app.command(
    "toon", epilog=_examples("huurtoets regels toon huurtoeslag", "huurtoets regels toon rekenhuur --op 2026-07-01")
)
def toon_command(
    naam: Annotated[str, typer.Argument(help="Een besluit, grootheid, cijfer of veld.")],
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Peildatum, als jjjj-mm-dd; anders vandaag.")
    ] = None,
) -> None:
    """Toon een besluit of grootheid: de regel, de formule, en de Python die ervoor is geschreven."""
    day = op.date() if op is not None else vandaag()
    made = programma(regelset(), day, begin_of_round(day.year))
    try:
        lines = list(shown(naam, made))
    except KeyError:
        near = get_close_matches(naam, names(made))
        hint = f" Bedoelt u {', '.join(near)}?" if near else " Zie docs/regels voor de namen."
        typer.echo(f"Er is niets met de naam '{naam}'.{hint}", err=True)
        raise typer.Exit(INVOER_FOUT) from None
    for line in lines:
        typer.echo(line)


if __name__ == "__main__":
    main()
