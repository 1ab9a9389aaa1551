"""``huurtoets gebruiker``: accounts, from the command line. A password is typed or read from stdin, nothing else."""

import getpass
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Final

import typer

from regels import Regelset
from service.basis.instellingen import instellingen
from service.basis.regelmap import Regelkeuze
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.toegang.organisaties import OrganisatieFout, read_organisation
from service.toegang.rechten import Recht, Rol
from service.toegang.toegangsfouten import GebruikerFout, WachtwoordFout
from service.toegang.wie import Door, Wie

if TYPE_CHECKING:
    from service.toegang.gebruikers import Gebruikers

INVOER_FOUT: Final = 2
_FIRST: Final = "De eerste beheerder."
gebruiker_app = typer.Typer(help="Wie zich mag aanmelden, en met welke rollen.", no_args_is_help=True)
_Naam = Annotated[str, typer.Argument(help="Naam van het account, zoals het mailadres van het werk.")]
_Rollen = Annotated[list[Rol], typer.Option("--rol", help="Een rol; mag vaker.")]
_Door = Annotated[
    str, typer.Option("--door", help="Naam van de beheerder die dit doet; zijn wachtwoord wordt gevraagd.")
]
_Reden = Annotated[str, typer.Option("--reden", help="Waarom; het grootboek noemt het.")]
_Nood = Annotated[
    bool, typer.Option("--noodgeval", help="Zonder beheerder, als niemand meer binnen kan; het grootboek noemt het.")
]
_Dubbel = Annotated[
    bool, typer.Option("--dubbel", help="Ook als één persoon dan met twee accounts invoert en goedkeurt.")
]


@gebruiker_app.command(
    "maak",
    epilog="Voorbeelden:\n\nhuurtoets gebruiker maak j.jansen@voorbeeld.nl --rol beheerder --organisatie wetering\n\n"
    "huurtoets gebruiker maak loket-1 --rol consulent --organisatie waterstad/loket --door j.jansen@voorbeeld.nl",
)
def maak_command(
    ctx: typer.Context,
    naam: _Naam,
    rol: _Rollen,
    organisatie: Annotated[
        str, typer.Option("--organisatie", help="Een verhuurder of gemeente uit de regels, of GEMEENTE/DIENST.")
    ],
    persoon: Annotated[
        str, typer.Option("--persoon", help="Wie het is, als één mens meer accounts heeft: overal hetzelfde.")
    ] = "",
    door: _Door = "",
    reden: _Reden = "",
    dubbel: _Dubbel = False,
    noodgeval: _Nood = False,
) -> None:
    """Maak een account. Het wachtwoord geldt tot de eerste keer aanmelden.

    Het eerste account is dat van een beheerder. Daarna doet een beheerder het, met --door.
    """
    with _said() as users:
        regels: Regelset = _chosen(ctx).lees()
        where = read_organisation(organisatie, regels.eigenaren)
        if users.leeg():
            if Rol.BEHEERDER not in rol:
                raise GebruikerFout("Er is nog geen account. Maak eerst een beheerder, met --rol beheerder.")
            by = Door(_operator(), reden or _FIRST)
        else:
            by = _by(users, door, reden, noodgeval)
        made = users.maak(naam, _new_password(), rol, where, by, persoon=persoon, dubbel=dubbel)
        typer.echo(f"'{made.naam}' kan zich nu aanmelden, en kiest dan een eigen wachtwoord.")


@gebruiker_app.command("lijst", epilog="Voorbeelden:\n\nhuurtoets gebruiker lijst")
def lijst_command() -> None:
    """Noem alle accounts: naam, organisatie, rollen, en of het account is geblokkeerd."""
    with _said() as users:
        for found in users.lijst():
            state = "geblokkeerd" if found.geblokkeerd else "aanmelddienst" if found.uitgever else ""
            line = (found.naam, found.organisatie, found.rollen.replace(",", ", "), state)
            typer.echo("\t".join(line).rstrip())


@gebruiker_app.command("blokkeer", epilog="Voorbeelden:\n\nhuurtoets gebruiker blokkeer loket-1 --door j.jansen")
def blokkeer_command(naam: _Naam, door: _Door = "", reden: _Reden = "", noodgeval: _Nood = False) -> None:
    """Laat een account niet meer binnen. Wie aangemeld is, is dat meteen niet meer."""
    _change(lambda users, by: users.blokkeer(naam, by), door, reden, noodgeval)
    typer.echo(f"'{naam}' is geblokkeerd.")


@gebruiker_app.command("vrijgeven", epilog="Voorbeelden:\n\nhuurtoets gebruiker vrijgeven loket-1 --door j.jansen")
def vrijgeven_command(naam: _Naam, door: _Door = "", reden: _Reden = "", noodgeval: _Nood = False) -> None:
    """Laat een geblokkeerd account weer binnen."""
    _change(lambda users, by: users.geef_vrij(naam, by), door, reden, noodgeval)
    typer.echo(f"'{naam}' kan zich weer aanmelden.")


@gebruiker_app.command("verwijder", epilog="Voorbeelden:\n\nhuurtoets gebruiker verwijder loket-1 --door j.jansen")
def verwijder_command(naam: _Naam, door: _Door = "", reden: _Reden = "", noodgeval: _Nood = False) -> None:
    """Haal een account weg. Wat het deed, blijft in het grootboek."""
    _change(lambda users, by: users.verwijder(naam, by), door, reden, noodgeval)
    typer.echo(f"'{naam}' is er niet meer.")


@gebruiker_app.command("herstel", epilog="Voorbeelden:\n\nhuurtoets gebruiker herstel loket-1 --door j.jansen")
def herstel_command(naam: _Naam, door: _Door = "", reden: _Reden = "", noodgeval: _Nood = False) -> None:
    """Geef een account een wachtwoord voor één keer: daarna kiest de gebruiker zelf."""
    _change(lambda users, by: users.herstel(naam, _new_password(), by), door, reden, noodgeval)
    typer.echo(f"'{naam}' kan zich met dit wachtwoord aanmelden, en kiest dan een eigen wachtwoord.")


@gebruiker_app.command(
    "rollen", epilog="Voorbeelden:\n\nhuurtoets gebruiker rollen loket-1 --rol consulent --rol adviseur --door j.jansen"
)
def rollen_command(
    naam: _Naam,
    rol: _Rollen,
    door: _Door = "",
    reden: _Reden = "",
    dubbel: _Dubbel = False,
    noodgeval: _Nood = False,
) -> None:
    """Geef een account deze rollen, en geen andere."""
    _change(lambda users, by: users.geef_rollen(naam, rol, by, dubbel=dubbel), door, reden, noodgeval)
    typer.echo(f"'{naam}' heeft nu: {', '.join(sorted(set(rol)))}.")


def sign_in_here(naam: str, recht: Recht, *, users: "Gebruikers | None" = None) -> Wie:
    """Who works at this command line: asks for the password of ``naam``, and that it may do ``recht``.

    Raises :class:`GebruikerFout`, with one text for a wrong name, a wrong password and a blocked account.
    """
    from service.toegang.gebruikers import as_wie

    own = users or _users(Opslag.van(instellingen()))
    found = own.zoek(naam)
    right = own.hasher.klopt(found.wachtwoord if found else None, _password(f"Wachtwoord van {naam}: "))
    if not right or found is None or found.geblokkeerd is not None:
        raise GebruikerFout("De naam en het wachtwoord horen niet bij elkaar.")
    if found.moet_wijzigen:
        raise GebruikerFout("Meld u eerst op de pagina's aan, en kies een eigen wachtwoord.")
    who = as_wie(found)
    if not who.mag(recht):
        raise GebruikerFout(f"'{naam}' mag dit niet ({recht}). Zie docs/beheer.md voor wat een rol mag.")
    return who


def _chosen(ctx: typer.Context) -> Regelkeuze:
    chosen: Regelkeuze = ctx.obj
    return chosen


@contextmanager
def _said() -> Iterator["Gebruikers"]:
    """The accounts; what cannot be done is said, and ends the command."""
    opslag = Opslag.van(instellingen())
    try:
        yield _users(opslag)
    except (GebruikerFout, WachtwoordFout, OrganisatieFout, OpslagFout) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(INVOER_FOUT) from None
    finally:
        opslag.sluit()


def _users(opslag: Opslag) -> "Gebruikers":
    from service.toegang.gebruikers import Gebruikers  # with the database: other commands do not wait for it
    from service.toegang.wachtwoorden import Hasher

    return Gebruikers(opslag, Hasher())


def _change(work: Callable[["Gebruikers", Door], None], door: str, reden: str, noodgeval: bool) -> None:
    with _said() as users:
        work(users, _by(users, door, reden, noodgeval))


def _by(users: "Gebruikers", door: str, reden: str, noodgeval: bool) -> Door:
    """Who does this: an administrator who gives a password, or, when nobody can, whoever has the machine."""
    if noodgeval:
        if not reden:
            raise GebruikerFout("Geef met --reden op waarom er geen beheerder is die dit kan doen.")
        return Door(_operator(), f"Noodgeval: {reden}")
    if not door:
        raise GebruikerFout("Wie doet dit? Geef met --door de naam van een beheerder.")
    who = sign_in_here(door, Recht.GEBRUIKERS, users=users)
    return Door(f"gebruiker:{who.id}", reden or "Door een beheerder op de opdrachtregel.", who.id)


def _operator() -> str:
    """The ledger's word for who has the machine."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = ""
    return f"opdrachtregel:{re.sub(r'[^A-Za-z0-9_.@+-]', '-', name)[:100] or 'onbekend'}"


def _new_password() -> str:
    first = _password("Wachtwoord voor de eerste keer: ")
    if sys.stdin.isatty() and _password("Nog een keer: ") != first:
        raise WachtwoordFout("De twee wachtwoorden zijn niet gelijk. Begin opnieuw.")
    return first


def _password(prompt: str) -> str:
    """Typed without showing it, or the next line of stdin."""
    if sys.stdin.isatty():
        return getpass.getpass(prompt)
    line = sys.stdin.readline()
    if not line:
        raise WachtwoordFout("Er kwam geen wachtwoord. Typ het, of geef het op stdin: voor elk wachtwoord een regel.")
    return line.rstrip("\r\n")
