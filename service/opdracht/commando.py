"""The command ``huurtoets``."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track

from regels import Regelset, Vraag, toets
from regels.eensgezind import voor_lezers
from regels.programma import programma
from regels.ronde import begin_of_round
from regels.stand import looptijd
from regels.toets import LezersVerschil
from regels.vraag import Fout, VraagFout, parse_json
from service.basis.apart import Gestopt, Leesgrenzen, apart
from service.basis.klok import vandaag
from service.basis.regelmap import Regelkeuze, how_it_ended
from service.invoer.zonder_bsn import without_bsn
from service.opdracht.agendaopdracht import agenda_command
from service.opdracht.bewijs import bewijs, print_proof
from service.opdracht.conceptopdracht import concept_app, goedkeuren_command, publiceren_command, revisies_command
from service.opdracht.databaseopdracht import database_app
from service.opdracht.dekking import dekking_command
from service.opdracht.effectopdracht import VOORBEELDEN as EFFECTVOORBEELDEN
from service.opdracht.effectopdracht import effect_command
from service.opdracht.geldigheid import DAGEN, ahead, print_validity, validity
from service.opdracht.grootboekopdracht import grootboek_app, opschonen_command
from service.opdracht.nieuwe_map import nieuw_app
from service.opdracht.proefopdracht import proefhuishoudens_command
from service.opdracht.startopdracht import REGELS, start_command
from service.opdracht.toon import names, shown
from service.opdracht.uitslagtekst import print_report
from service.opdracht.verschilopdracht import verschil_command
from service.portefeuille.fouten import reden
from service.portefeuille.opdrachtregel import VOORBEELDEN, portefeuille_command
from service.toegang.gebruikersopdracht import gebruiker_app

INVOER_FOUT, INTERNE_FOUT = 2, 3
MANY = 25
PAGE_WIDTH = 100


def _examples(*commands: str) -> str:
    return "Voorbeelden:\n\n" + "\n\n".join(commands)


app = typer.Typer(
    name="huurtoets",
    help="Toets een huishouden aan de regels voor sociale huur.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    epilog="Uitgangswaarden: 0 gelukt, 1 fout in de regelbestanden, de database of het grootboek, "
    "2 fout in de invoer, 3 interne fout, "
    "4 klaar maar niet elke rij is aangenomen, 130 afgebroken.",
)
regels_app = typer.Typer(help="De regelbestanden bekijken en controleren.", no_args_is_help=True)
app.add_typer(regels_app, name="regels")
app.add_typer(gebruiker_app, name="gebruiker")
regels_app.add_typer(nieuw_app, name="nieuw")
regels_app.add_typer(concept_app, name="concept")
app.add_typer(database_app, name="database")
app.add_typer(grootboek_app, name="grootboek")


def main() -> None:
    """Run the command; output that nobody reads any more ends it quietly."""
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


@app.callback()
def common(
    ctx: typer.Context,
    regels: Annotated[
        Path | None,
        typer.Option(
            metavar="MAP",
            envvar=REGELS,
            show_envvar=False,
            help=f"Map met regelbestanden, in plaats van de eigen regels. Ook met {REGELS}.",
        ),
    ] = None,
) -> None:
    # for every command: by which rules it answers; they are read when it asks for them
    ctx.obj = Regelkeuze(regels, _in_force)


@app.command(
    "toets",
    epilog=_examples(
        "huurtoets toets vraag.json",
        "huurtoets toets --json vragen.json > uitslagen.json",
        "huurtoets toets --regelset 3 vraag.json",
        'echo \'{"soort": "huurder"}\' | huurtoets toets -',
    ),
)
def toets_command(
    ctx: typer.Context,
    bestand: Annotated[
        str, typer.Argument(help="Bestand met één vraag of een lijst van vragen (JSON); - leest van stdin.")
    ],
    als_json: Annotated[bool, typer.Option("--json", help="Schrijf de uitslag als JSON.")] = False,
    regelset: Annotated[
        str | None,
        typer.Option("--regelset", metavar="REVISIE", help="Reken met deze revisie (nummer of hash), ook een oude."),
    ] = None,
) -> None:
    """Toets één huishouden, of een lijst van huishoudens.

    Een vraag zonder peildatum gaat over vandaag.
    """
    regels = _chosen(ctx).antwoordt() if regelset is None else _in_force(regelset)
    whole, questions = _questions(regels, bestand)
    console = Console(stderr=True)
    work = track(questions, "Toetsen", console=console) if len(questions) >= MANY and console.is_terminal else questions
    try:
        answers = [toets(question, regels) for question in work]
    except LezersVerschil as error:
        typer.echo(f"Er ging iets mis. Geef dit nummer door: {error.incident} ({error.besluit}).", err=True)
        raise typer.Exit(INTERNE_FOUT) from None
    if als_json:
        parts = [answer.as_data() for answer in answers]
        typer.echo(json.dumps(parts if whole else parts[0], ensure_ascii=False, indent=2))
        return
    out = Console() if sys.stdout.isatty() else Console(width=PAGE_WIDTH)
    for number, answer in enumerate(answers, 1):
        if whole:
            out.rule(f"Vraag {number} van {len(answers)}")
        print_report(voor_lezers(regels, answer), out)


def _questions(regels: Regelset, name: str) -> tuple[bool, list[Vraag]]:
    """Whether there is a list in the file called ``name``, and its questions; ends the command when they are not good.

    A file is read in a copy of this process, which gives back only what is a question.
    """
    today = vandaag()
    try:
        found = apart(partial(_read_apart, regels, name, today), Leesgrenzen().van(Path(name)))
    except Gestopt as error:
        typer.echo(f"Het bestand '{name}' {how_it_ended(error)}", err=True)
        raise typer.Exit(INVOER_FOUT) from None
    for said in found["fouten"]:
        typer.echo(said, err=True)
    if found["fouten"]:
        raise typer.Exit(INVOER_FOUT)
    return found["lijst"], [regels.vraag(item).op(today) for item in found["vragen"]]


def _read_apart(regels: Regelset, name: str, today: date) -> dict[str, Any]:
    try:
        value = parse_json(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes())
    except OSError as error:
        return {"fouten": [f"Het bestand '{name}' is niet te lezen: {reden(error)}."]}
    except VraagFout as error:
        return {"fouten": [*_said(error.fouten)]}
    whole = isinstance(value, list)
    items, faults = value if isinstance(value, list) else [value], []
    for index, item in enumerate(items):
        try:
            regels.vraag(item).op(today)
        except VraagFout as error:
            prefix = f"/{index}" if whole else ""
            faults += [Fout(prefix + fault.veld, fault.tekst) for fault in without_bsn(item, error.fouten)]
    if not items:
        faults.append(Fout("", "De lijst is leeg. Geef minstens één vraag."))
    return {"fouten": [*_said(faults)]} if faults else {"fouten": [], "lijst": whole, "vragen": items}


def _said(faults: Iterable[Fout]) -> Iterator[str]:
    return (f"{fault.veld or '(hele vraag)'}: {fault.tekst}" for fault in faults)


app.command("start", epilog=_examples("huurtoets start", "huurtoets start --port 8080 --werkers 2"))(start_command)
app.command("opschonen", epilog=_examples("huurtoets opschonen", "huurtoets opschonen --proef"))(opschonen_command)
app.command("portefeuille", epilog=_examples(*VOORBEELDEN))(portefeuille_command)


regels_app.command("goedkeuren", epilog=_examples("huurtoets regels goedkeuren huren-2027 --als de-vries"))(
    goedkeuren_command
)
regels_app.command("publiceren", epilog=_examples("huurtoets regels publiceren huren-2027 --als jansen"))(
    publiceren_command
)
regels_app.command(
    "verschil", epilog=_examples("huurtoets regels verschil huren-2027", "huurtoets regels verschil 4 --van 3")
)(verschil_command)
regels_app.command("effect", epilog=_examples(*EFFECTVOORBEELDEN))(effect_command)
regels_app.command("revisies", epilog=_examples("huurtoets regels revisies", "huurtoets regels revisies 3 --map oud"))(
    revisies_command
)


regels_app.command("agenda", epilog=_examples("huurtoets regels agenda", "huurtoets regels agenda --alles"))(
    agenda_command
)
regels_app.command(
    "proefhuishoudens",
    epilog=_examples(
        "huurtoets regels proefhuishoudens",
        "huurtoets regels proefhuishoudens --aantal 100000 --naar proef.parquet --jaar 2027",
    ),
)(proefhuishoudens_command)


@regels_app.command(
    "controleer", epilog=_examples("huurtoets regels controleer", "huurtoets regels controleer mijn/sets")
)
def controleer_command(
    ctx: typer.Context,
    map_: Annotated[
        Path | None, typer.Argument(metavar="[MAP]", help="Map met regelbestanden; hetzelfde als --regels MAP.")
    ] = None,
    zonder_bewijs: Annotated[
        bool, typer.Option("--zonder-bewijs", help="Lees alleen de bestanden; bewijs niets.")
    ] = False,
) -> None:
    """Controleer de regelbestanden: noem alle fouten met bestand en regel, en bewijs daarna de besluiten."""
    raise typer.Exit(_chosen(ctx, map_).doe(partial(_check, zonder_bewijs=zonder_bewijs)))


def _in_force(naam: str | None = None) -> Regelset:
    from service.opdracht.regelbron import answering  # other commands need no settings, which take time to import

    return answering(naam)


def _chosen(ctx: typer.Context, map_: Path | None = None) -> Regelkeuze:
    keuze: Regelkeuze = ctx.obj
    return keuze if map_ is None else Regelkeuze(map_)


def _check(regels: Regelset, *, zonder_bewijs: bool) -> int:
    rules = sum(len(besluit.regels) for besluit in regels.besluiten.values())
    typer.echo(f"Regelset {regels.versie} is in orde ({regels.hash}).")
    typer.echo(
        f"{len(regels.onderdelen)} bestanden, {len(regels.besluiten)} besluiten, {rules} regels, "
        f"{len(regels.grootheden)} grootheden, {len(regels.cijfers)} cijfers, {len(regels.bronnen)} bronnen."
    )
    if zonder_bewijs:
        return 0
    verslag = bewijs(regels)
    print_proof(verslag, uitgebreid=False)
    return 0 if verslag.klopt else 1


@regels_app.command(
    "bewijs",
    epilog=_examples("huurtoets regels bewijs", "huurtoets regels bewijs --jaar 2026 --besluit huurtoeslag"),
)
def bewijs_command(
    ctx: typer.Context,
    map_: Annotated[
        Path | None, typer.Argument(metavar="[MAP]", help="Map met regelbestanden; hetzelfde als --regels MAP.")
    ] = None,
    jaar: Annotated[int | None, typer.Option(help="Alleen de dagen en de ronde van dit jaar.")] = None,
    besluit: Annotated[str | None, typer.Option(help="Alleen dit besluit.")] = None,
) -> None:
    """Bewijs dat elk besluit voor elk volledig huishouden precies één antwoord heeft, en dat de bedragen kloppen.

    Een bewijs dat niet lukt toont een huishouden waarbij het misgaat.
    """
    raise typer.Exit(_chosen(ctx, map_).doe(partial(_prove, jaar=jaar, besluit=besluit)))


def _prove(regels: Regelset, *, jaar: int | None, besluit: str | None) -> int:
    if besluit is not None and besluit not in regels.besluiten:
        typer.echo(f"Er is geen besluit '{besluit}'. Kies uit {', '.join(regels.besluiten)}.", err=True)
        return INVOER_FOUT
    first, last = looptijd(regels)
    if jaar is not None and not first.year <= jaar <= last.year:
        typer.echo(f"Van {jaar} zijn er geen regels. Kies een jaar van {first.year} tot en met {last.year}.", err=True)
        return INVOER_FOUT
    verslag = bewijs(regels, jaar, besluit)
    print_proof(verslag)
    return 0 if verslag.klopt else 1


@regels_app.command(
    "geldigheid",
    epilog=_examples("huurtoets regels geldigheid", "huurtoets regels geldigheid --op 2026-12-01 --dagen 45"),
)
def geldigheid_command(
    ctx: typer.Context,
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Eerste dag, als jjjj-mm-dd; anders vandaag.")
    ] = None,
    dagen: Annotated[
        list[int] | None, typer.Option(min=0, max=3650, help="Zoveel dagen later; mag vaker. Anders 30, 90 en 200.")
    ] = None,
) -> None:
    """Toon per besluit tot wanneer er regels zijn, en wat er daarna ontbreekt."""
    days = ahead(op.date() if op is not None else vandaag(), dagen or DAGEN)
    print_validity(validity(_chosen(ctx).lees(), days), days, Console())


regels_app.command(
    "dekking",
    epilog=_examples(
        "huurtoets regels dekking", "huurtoets regels dekking --json", "huurtoets regels dekking --wet woningwet"
    ),
)(dekking_command)


@regels_app.command(
    "toon", epilog=_examples("huurtoets regels toon huurtoeslag", "huurtoets regels toon rekenhuur --op 2026-07-01")
)
def toon_command(
    ctx: typer.Context,
    naam: Annotated[str, typer.Argument(help="Een besluit, grootheid, cijfer of veld.")],
    op: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Peildatum, als jjjj-mm-dd; anders vandaag.")
    ] = None,
) -> None:
    """Toon een besluit of grootheid: de regel, de formule, en de Python die ervoor is geschreven."""
    day = op.date() if op is not None else vandaag()
    made = programma(_chosen(ctx).lees(), day, begin_of_round(day.year))
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
