"""``huurtoets regels concept``, ``goedkeuren``, ``publiceren`` and ``revisies``: rules from a folder into force.

Who enters works in a folder: the draft is fetched into it, changed with any editor, and saved from it. Each step asks
who does it, by the password of an account.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bestanden_in
from regels.formaat import FORMAAT
from service.basis.apart import Gestopt, Leesgrenzen, apart, free
from service.basis.klok import nu
from service.basis.regelmap import how_it_ended
from service.opdracht.bewaaropdracht import de_opslag
from service.opdracht.bewijs import bewijs
from service.toegang.gebruikersopdracht import sign_in_here
from service.toegang.rechten import Recht
from service.toegang.toegangsfouten import GebruikerFout, WachtwoordFout

if TYPE_CHECKING:
    from service.beheer.publicatie import Publicatie
    from service.beheer.rapportvorm import Regelrapport
    from service.beheer.regelrapport import Bewijsuitkomst
    from service.beheer.revisietabellen import Concept

INVOER_FOUT: Final = 2
# in a folder: which draft was fetched into it, and how often that had been changed by then
_MARK: Final = ".concept.json"
concept_app = typer.Typer(help="Een concept van de regels maken, wijzigen en laten goedkeuren.", no_args_is_help=True)
_Naam = Annotated[str, typer.Argument(help="Naam van het concept.")]
_Als = Annotated[str, typer.Option("--als", help="Naam van uw account; het wachtwoord wordt gevraagd.")]
_Map = Annotated[Path, typer.Option("--map", metavar="MAP", help="Map met de regelbestanden.")]


@concept_app.command("lijst", epilog="Voorbeelden:\n\nhuurtoets regels concept lijst")
def lijst_command() -> None:
    """Noem alle concepten, wat het laatst is gewijzigd eerst."""
    with _beheer() as publicatie:
        for one in publicatie.concepten.lijst():
            typer.echo(f"{one.naam}\t{_state(one)}\top revisie {one.basis}\t{one.reden}")


@concept_app.command(
    "begin",
    epilog="Voorbeelden:\n\n"
    "huurtoets regels concept begin huren-2027 --reden 'Huurprijzen 2027' --map werk --als jansen",
)
def begin_command(
    naam: _Naam,
    reden: Annotated[str, typer.Option("--reden", help="Waarom; het staat bij de revisie.")],
    map_: _Map,
    als: _Als,
    herstelt: Annotated[
        int | None, typer.Option("--herstelt", help="De revisie waarvan dit een fout herstelt.")
    ] = None,
) -> None:
    """Begin een concept op de revisie van nu, en zet de bestanden in een nieuwe map."""
    with _beheer() as publicatie:
        _check_empty(map_)
        who = sign_in_here(als, Recht.REGELS_INVOEREN)
        publicatie.concepten.begin(who, naam, reden, herstelt)
        _fetch(publicatie, naam, map_)


@concept_app.command("haal", epilog="Voorbeelden:\n\nhuurtoets regels concept haal huren-2027 --map werk")
def haal_command(naam: _Naam, map_: _Map) -> None:
    """Zet de bestanden van een concept in een nieuwe map."""
    with _beheer() as publicatie:
        _check_empty(map_)
        _fetch(publicatie, naam, map_)


@concept_app.command("bewaar", epilog="Voorbeelden:\n\nhuurtoets regels concept bewaar --map werk --als jansen")
def bewaar_command(map_: _Map, als: _Als) -> None:
    """Bewaar wat er in de map staat in het concept dat daar is opgehaald."""
    with _beheer() as publicatie:
        name, before = _marked(map_)
        files = dict(bestanden_in(map_))
        who = sign_in_here(als, Recht.REGELS_INVOEREN)
        found = publicatie.concepten.bewaar(who, name, files, before)
        _mark(map_, found)
        typer.echo(f"Concept '{name}' is bewaard: {len(found.anders)} bestanden anders dan revisie {found.basis}.")


@concept_app.command("toon", epilog="Voorbeelden:\n\nhuurtoets regels concept toon huren-2027")
def toon_command(naam: _Naam) -> None:
    """Toon hoe het met een concept staat, en wat er anders is dan de revisie waarop het staat."""
    with _beheer() as publicatie:
        found = publicatie.concepten.lees(naam)
        typer.echo(f"Concept {naam}: {_state(found)}.")
        typer.echo((publicatie.rapport(naam) or _reported(publicatie, naam, proof=False)).tekst)


@concept_app.command(
    "controleer",
    epilog="Voorbeelden:\n\nhuurtoets regels concept controleer huren-2027 --als jansen\n\n"
    "huurtoets regels concept controleer huren-2027 --als jansen --zonder-bewijs",
)
def controleer_command(
    naam: _Naam,
    als: _Als,
    zonder_bewijs: Annotated[
        bool, typer.Option("--zonder-bewijs", help="Bewijs niets; het rapport zegt dat dan.")
    ] = False,
) -> None:
    """Maak het rapport van een concept: wat er anders is, of het in orde is, en wat er is bewezen."""
    with _beheer() as publicatie:
        who = sign_in_here(als, Recht.REGELS_INZIEN)
        report = _reported(publicatie, naam, proof=not zonder_bewijs)
        publicatie.leg_vast(who, naam, report)
        report = publicatie.rapport(naam) or report
        typer.echo(report.tekst)
        if not report.klopt:
            raise typer.Exit(1)


@concept_app.command(
    "aanvaard",
    epilog="Voorbeelden:\n\nhuurtoets regels concept aanvaard huren-2027 bewijs:niet-gedaan --reden 'Alleen de titel' "
    "--als jansen",
)
def aanvaard_command(
    naam: _Naam,
    code: Annotated[str, typer.Argument(help="De code van de waarschuwing; hij staat in het rapport.")],
    als: _Als,
    reden: Annotated[str, typer.Option("--reden", help="Waarom het zo goed is.")] = "",
    terug: Annotated[bool, typer.Option("--terug", help="De waarschuwing is niet meer aanvaard.")] = False,
) -> None:
    """Aanvaard een waarschuwing uit het rapport, met een reden. Wie goedkeurt, ziet wie dat deed en waarom."""
    with _beheer() as publicatie:
        who = sign_in_here(als, Recht.REGELS_INVOEREN)
        if terug:
            publicatie.aanvaardingen.trek_terug(who, naam, code)
            typer.echo("De waarschuwing is niet meer aanvaard.")
        else:
            publicatie.aanvaardingen.aanvaard(who, naam, code, reden)
            typer.echo("De waarschuwing is aanvaard.")


@concept_app.command("bijwerken", epilog="Voorbeelden:\n\nhuurtoets regels concept bijwerken huren-2027 --als jansen")
def bijwerken_command(naam: _Naam, als: _Als) -> None:
    """Zet een concept op de revisie van nu. Daarna is een nieuw rapport en een nieuwe goedkeuring nodig."""
    with _beheer() as publicatie:
        found = publicatie.concepten.breng_bij(sign_in_here(als, Recht.REGELS_INVOEREN), naam)
        typer.echo(f"Concept '{naam}' staat nu op revisie {found.basis}. Haal het op in een nieuwe map om te wijzigen.")


@concept_app.command(
    "intrekken", epilog="Voorbeelden:\n\nhuurtoets regels concept intrekken huren-2027 --reden 'Dubbel' --als jansen"
)
def intrekken_command(naam: _Naam, reden: Annotated[str, typer.Option("--reden", help="Waarom.")], als: _Als) -> None:
    """Trek een concept in. Het blijft te lezen."""
    with _beheer() as publicatie:
        publicatie.concepten.trek_in(sign_in_here(als, Recht.REGELS_INVOEREN), naam, reden)
        typer.echo(f"Concept '{naam}' is ingetrokken.")


def goedkeuren_command(naam: _Naam, als: _Als) -> None:
    """Bekijk het rapport van een concept, en keur het goed. Wie invoerde, kan dat niet."""
    with _beheer() as publicatie:
        who = sign_in_here(als, Recht.REGELS_GOEDKEUREN)
        found = publicatie.concepten.lees(naam)
        report = publicatie.rapport(naam)
        typer.echo(report.tekst if report is not None else "")
        if report is not None and not _said_yes("Keurt u dit goed? Typ ja: "):
            typer.echo("Er is niets goedgekeurd.", err=True)
            raise typer.Exit(INVOER_FOUT)
        publicatie.keur_goed(who, naam, found.over)
        typer.echo(f"Concept '{naam}' is goedgekeurd, met de inhoud {found.hash} en het rapport {found.rapport}.")


def publiceren_command(naam: _Naam, als: _Als) -> None:
    """Maak van een goedgekeurd concept de revisie van kracht. Een dienst die loopt gebruikt haar binnen vijf tellen."""
    with _beheer() as publicatie:
        made = publicatie.publiceer(sign_in_here(als, Recht.REGELS_PUBLICEREN), naam)
        typer.echo(f"Revisie {made.nummer} is van kracht: versie {made.versie}, {made.hash}.")


def revisies_command(
    nummer: Annotated[int | None, typer.Argument(metavar="[NUMMER]", help="Alleen deze revisie.")] = None,
    map_: Annotated[
        Path | None, typer.Option("--map", metavar="MAP", help="Zet de bestanden van die revisie in een nieuwe map.")
    ] = None,
) -> None:
    """Noem de gepubliceerde revisies, de nieuwste eerst; of toon er een, en zet haar bestanden in een map."""
    with _beheer() as publicatie:
        revisies = publicatie.concepten.revisies
        for one in revisies.lijst():
            if nummer in (None, one.nummer):
                day = one.gepubliceerd.astimezone(nu().tzinfo)
                mend = f"\therstelt revisie {one.herstelt}" if one.herstelt is not None else ""
                typer.echo(f"{one.nummer}\t{day:%d-%m-%Y %H:%M}\t{one.versie}\t{one.hash}\t{one.reden}{mend}")
        if nummer is not None:
            files = revisies.inhoud(nummer)[1]
            if map_ is not None:
                _check_empty(map_)
                _write(map_, files)
                typer.echo(f"{len(files)} bestanden staan in {map_}.")


# parts


@contextmanager
def _beheer() -> Iterator["Publicatie"]:
    """Drafts and revisions of the database of the settings; what cannot be done is said, and ends the command."""
    from service.beheer.beheerfouten import BeheerFout, Veranderd  # with the database, which takes time to import
    from service.beheer.concepten import Concepten
    from service.beheer.pakket import take_in
    from service.beheer.publicatie import Publicatie
    from service.beheer.revisies import Revisies
    from service.opslag.opslagfouten import AlleenLezen

    with de_opslag() as opslag:
        concepten = Concepten(Revisies(opslag))
        try:
            with suppress(AlleenLezen):  # it can still be looked at
                take_in(concepten)
            yield Publicatie(concepten)
        except (BeheerFout, GebruikerFout, WachtwoordFout) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(INVOER_FOUT) from None
        except (Veranderd, RegelsetError) as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


def _state(found: "Concept") -> str:
    if found.stand != "open":
        return found.stand
    if found.goedgekeurd:
        return "goedgekeurd, nog niet gepubliceerd"
    if not found.over:
        return "nog geen rapport van wat er staat"
    return "klaar om goed te keuren" if found.rapport_klopt else "niet in orde"


def _reported(publicatie: "Publicatie", naam: str, *, proof: bool) -> "Regelrapport":
    """The report of a draft, drawn up in a copy of this process."""
    from service.beheer.rapportvorm import Regelrapport

    found, files, basis = publicatie.concepten.bestanden(naam)
    under = publicatie.concepten.revisies.inhoud(found.basis)[0].formaat
    kept = publicatie.opslag.map_.bewezen
    try:
        told = apart(partial(_draw_up, found, files, basis, under, kept if proof else None), Leesgrenzen().van(Path()))
    except Gestopt as error:
        typer.echo(f"Concept '{naam}' {how_it_ended(error)}", err=True)
        raise typer.Exit(1) from None
    report = Regelrapport.lees(told.encode())
    assert report is not None
    return report


def _draw_up(found: "Concept", files: dict[str, bytes], basis: dict[str, bytes], under: int, kept: Path | None) -> str:
    from service.beheer.regelrapport import draw_up
    from service.opdracht.conceptrapport import touched

    def read() -> None:
        free()  # everything of others was read

    proof = None if kept is None else partial(_proven, kept)
    return draw_up(found, files, basis, under, proof, gelezen=read, raakt=touched).data().decode()


def _proven(kept: Path, regels: Regelset) -> "Bewijsuitkomst":
    from service.beheer.bewijsgang import told

    return told(bewijs(regels, bewaar=kept))


def _said_yes(question: str) -> bool:
    typer.echo(question, nl=False, err=True)
    return sys.stdin.readline().strip().lower() == "ja"


def _fetch(publicatie: "Publicatie", naam: str, map_: Path) -> None:
    found, files, _ = publicatie.concepten.bestanden(naam)
    _write(map_, files)
    _mark(map_, found)
    typer.echo(f"De bestanden van concept '{naam}' staan in {map_}. Wijzig ze daar, en bewaar ze met:")
    typer.echo(f"huurtoets regels concept bewaar --map {map_} --als UW-ACCOUNT")


def _check_empty(map_: Path) -> None:
    if map_.exists() and (not map_.is_dir() or any(map_.iterdir())):
        typer.echo(f"'{map_}' bestaat al. Geef een nieuwe of lege map.", err=True)
        raise typer.Exit(INVOER_FOUT)


def _write(map_: Path, files: dict[str, bytes]) -> None:
    try:
        for name, content in files.items():
            path = map_ / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        typer.echo(f"In '{map_}' is niet te schrijven ({error.strerror}).", err=True)
        raise typer.Exit(INVOER_FOUT) from None


def _mark(map_: Path, found: "Concept") -> None:
    told = {"concept": found.naam, "opgeslagen": found.opgeslagen, "formaat": FORMAAT}
    (map_ / _MARK).write_text(json.dumps(told), encoding="utf-8")


def _marked(map_: Path) -> tuple[str, int]:
    try:
        told = json.loads((map_ / _MARK).read_text(encoding="utf-8"))
        return str(told["concept"]), int(told["opgeslagen"])
    except (OSError, ValueError, KeyError, TypeError):
        typer.echo(
            f"In '{map_}' staat geen concept dat is opgehaald. Doe dat met: huurtoets regels concept haal", err=True
        )
        raise typer.Exit(INVOER_FOUT) from None
