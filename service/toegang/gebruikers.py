"""The accounts: making, blocking, resetting, roles. Each change is an entry of the ledger, in the same unit of work."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.opslag.grootboek import Feit, Json
from service.opslag.opslag import Opslag
from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Rol, botsen
from service.toegang.toegangsfouten import GebruikerFout, ZelfdePersoon
from service.toegang.toegangstabellen import Gebruiker, Sessie
from service.toegang.wachtwoorden import Hasher, check_new
from service.toegang.wie import NIEMAND, Door, Wie

NAAM_MOST: Final = 254


def read_name(text: str) -> str:
    """The name of an account as it is kept. Raises :class:`GebruikerFout`."""
    name = text.strip().casefold()
    if not name or len(name) > NAAM_MOST or not name.isprintable() or any(sign.isspace() for sign in name):
        raise GebruikerFout("Geef de gebruiker een naam zonder spaties, zoals het mailadres van het werk.")
    return name


def as_wie(found: Gebruiker, sessie: str = "") -> Wie:
    """Somebody, as every other room knows them."""
    return Wie(
        id=found.kenmerk,
        naam=found.naam,
        persoon=found.persoon,
        rollen=roles_of(found),
        organisatie=Organisatie.kept(found.organisatie),
        sessie=sessie,
        moet_wijzigen=found.moet_wijzigen,
    )


def roles_of(found: Gebruiker) -> frozenset[Rol]:
    """The roles of an account; one that no longer exists gives nothing."""
    known = set(Rol)
    return frozenset(Rol(name) for name in found.rollen.split(",") if name in known)


def namen_van(opslag: Opslag) -> dict[str, str]:
    """What each account is called, by its number; one that is gone is not in it."""
    with opslag.database.lezen() as session:
        return {one.kenmerk: one.naam for one in session.scalars(select(Gebruiker))}


class Gebruikers:
    """All accounts of one database."""

    def __init__(self, opslag: Opslag, hasher: Hasher) -> None:
        self._opslag, self.hasher = opslag, hasher

    # finding

    def lijst(self) -> Sequence[Gebruiker]:
        """Every account, by name."""
        with self._opslag.database.lezen() as session:
            return session.scalars(select(Gebruiker).order_by(Gebruiker.naam)).all()

    def zoek(self, naam: str) -> Gebruiker | None:
        """The account of this name, blocked or not."""
        name = naam.strip().casefold()
        if not name.isprintable():  # no name has such a sign, and a database need not take it
            return None
        with self._opslag.database.lezen() as session:
            return session.scalars(select(Gebruiker).where(Gebruiker.naam == name)).first()

    def leeg(self) -> bool:
        """Whether there is no account yet."""
        with self._opslag.database.lezen() as session:
            return not session.scalar(select(func.count()).select_from(Gebruiker))

    # changing

    def maak(
        self,
        naam: str,
        wachtwoord: str,
        rollen: Iterable[Rol],
        organisatie: Organisatie,
        door: Door,
        *,
        persoon: str = "",
        dubbel: bool = False,
    ) -> Wie:
        """A new account, that chooses another password when it first signs in.

        ``persoon``: who it is, the same for all accounts of one person; else the name. ``dubbel``: also when that
        person then holds what one person never holds, and the ledger says so.
        """
        name = read_name(naam)
        check_new(wachtwoord, (name, persoon))
        made = self._made(name, persoon or name, rollen, organisatie)
        made.wachtwoord, made.moet_wijzigen = self.hasher.hash(wachtwoord), True
        with self._opslag.database.schrijven() as session:
            if session.scalars(select(Gebruiker).where(Gebruiker.naam == name)).first():
                raise GebruikerFout(f"Er is al een gebruiker '{name}'. Kies een andere naam.")
            self._add(session, made, door, dubbel=dubbel)
        return as_wie(made)

    def van_uitgever(
        self, uitgever: str, onderwerp: str, naam: str, persoon: str, rollen: frozenset[Rol], organisatie: Organisatie
    ) -> Wie:
        """The account of somebody whom a provider knows, made or brought up to what it says of them now.

        Without a role nobody is made, and who was there keeps nothing.
        """
        door = Door("uitgever:oidc", "De aanmelddienst geeft deze rollen.")
        if not onderwerp.isprintable() or len(onderwerp) > NAAM_MOST or not read_name(naam):
            raise GebruikerFout("De aanmelddienst noemt een gebruiker die hier niet past. Vraag beheer.")
        with self._opslag.database.schrijven() as session:
            own = select(Gebruiker).where(Gebruiker.uitgever == uitgever, Gebruiker.onderwerp == onderwerp)
            found = session.scalars(own).first()
            if found is None and not rollen:
                return NIEMAND
            if found is None:
                free = session.scalars(select(Gebruiker).where(Gebruiker.naam == naam)).first() is None
                found = self._made(
                    naam if free else f"{onderwerp}@{uitgever}"[:NAAM_MOST], persoon, rollen, organisatie
                )
                found.uitgever, found.onderwerp = uitgever, onderwerp
                self._add(session, found, door, dubbel=True)
            elif roles_of(found) != rollen or found.organisatie != str(organisatie):
                found.organisatie = str(organisatie)
                self._set_roles(session, found, rollen, door, dubbel=True)
            if found.geblokkeerd is not None:
                raise GebruikerFout("Dit account is geblokkeerd.")
            return as_wie(found)

    def geef_rollen(self, naam: str, rollen: Iterable[Rol], door: Door, *, dubbel: bool = False) -> None:
        """These roles and no others, from the next request on."""
        with self._opslag.database.schrijven() as session:
            found = self._named(session, naam, door)
            if found.uitgever is not None:
                raise GebruikerFout("Deze gebruiker krijgt zijn rollen van de aanmelddienst. Wijzig ze daar.")
            self._set_roles(session, found, rollen, door, dubbel=dubbel)

    def blokkeer(self, naam: str, door: Door) -> None:
        """No longer; every session ends at once."""
        with self._opslag.database.schrijven() as session:
            found = self._named(session, naam, door)
            found.geblokkeerd = nu()
            session.execute(delete(Sessie).where(Sessie.gebruiker == found.kenmerk))
            self._book(session, found, "gebruiker-geblokkeerd", door)

    def geef_vrij(self, naam: str, door: Door) -> None:
        """Not blocked any more; a session that was written while the block came does not come to life."""
        with self._opslag.database.schrijven() as session:
            found = self._named(session, naam, door)
            found.geblokkeerd = None
            session.execute(delete(Sessie).where(Sessie.gebruiker == found.kenmerk))
            self._book(session, found, "gebruiker-vrijgegeven", door)

    def verwijder(self, naam: str, door: Door) -> None:
        """The account is gone, its sessions too; what it did stays in the ledger."""
        with self._opslag.database.schrijven() as session:
            found = self._named(session, naam, door)
            session.execute(delete(Sessie).where(Sessie.gebruiker == found.kenmerk))
            session.delete(found)
            self._book(session, found, "gebruiker-verwijderd", door)

    def herstel(self, naam: str, wachtwoord: str, door: Door) -> None:
        """A password for once: who signs in with it chooses another. Every session ends."""
        made = self.hasher.hash(wachtwoord)
        with self._opslag.database.schrijven() as session:
            found = self._named(session, naam, door)
            if found.uitgever is not None:
                raise GebruikerFout("Deze gebruiker meldt zich aan bij de aanmelddienst en heeft hier geen wachtwoord.")
            check_new(wachtwoord, (found.naam, found.persoon))
            found.wachtwoord, found.moet_wijzigen = made, True
            session.execute(delete(Sessie).where(Sessie.gebruiker == found.kenmerk))
            self._book(session, found, "gebruiker-wachtwoord-hersteld", door)

    def kies_wachtwoord(self, wie: Wie, oud: str, nieuw: str) -> None:
        """A password that somebody chose; all sessions end. Raises :class:`GebruikerFout` when ``oud`` is not right."""
        with self._opslag.database.lezen() as session:
            kept = session.scalar(select(Gebruiker.wachtwoord).where(Gebruiker.kenmerk == wie.id))
        if not self.hasher.klopt(kept, oud):
            raise GebruikerFout("Het wachtwoord dat u nu hebt, klopt niet. Typ het opnieuw.")
        check_new(nieuw, (wie.naam, wie.persoon))
        if self.hasher.klopt(kept, nieuw):
            raise GebruikerFout("Dit is het wachtwoord dat u al had. Kies een ander.")
        made = self.hasher.hash(nieuw)
        with self._opslag.database.schrijven() as session:
            found = session.get_one(Gebruiker, wie.id)
            found.wachtwoord, found.moet_wijzigen = made, False
            session.execute(delete(Sessie).where(Sessie.gebruiker == found.kenmerk))
            self._book(
                session, found, "gebruiker-wachtwoord-gekozen", Door(f"gebruiker:{wie.id}", "Eigen keuze.", wie.id)
            )

    def herhash(self, wie: Wie, wachtwoord: str) -> str:
        """Keep the same password with the parameters of now; what is kept of it."""
        made = self.hasher.hash(wachtwoord)
        with self._opslag.database.schrijven() as session:
            session.get_one(Gebruiker, wie.id).wachtwoord = made
        return made

    # parts

    def _made(self, naam: str, persoon: str, rollen: Iterable[Rol], organisatie: Organisatie) -> Gebruiker:
        return Gebruiker(
            kenmerk=str(uuid.uuid4()),
            naam=naam,
            persoon=persoon.strip().casefold()[:NAAM_MOST],
            organisatie=str(organisatie),
            rollen=_kept(rollen),
            moet_wijzigen=False,
            gemaakt=nu(),
        )

    def _add(self, session: Session, made: Gebruiker, door: Door, *, dubbel: bool) -> None:
        also = self._same_person(session, made, roles_of(made), dubbel=dubbel)
        made.betrokkene = self._opslag.grootboek.nieuwe_betrokkene(session, "medewerker")
        session.add(made)
        self._book(session, made, "gebruiker-gemaakt", door, also)

    def _set_roles(
        self, session: Session, found: Gebruiker, rollen: Iterable[Rol], door: Door, *, dubbel: bool
    ) -> None:
        found.rollen = _kept(rollen)
        self._book(
            session, found, "gebruiker-rollen", door, self._same_person(session, found, roles_of(found), dubbel=dubbel)
        )

    def _same_person(
        self, session: Session, one: Gebruiker, rollen: frozenset[Rol], *, dubbel: bool
    ) -> tuple[list[str], bool]:
        """The other accounts of this person, and whether together they hold what one person never holds."""
        mine = select(Gebruiker).where(Gebruiker.persoon == one.persoon, Gebruiker.kenmerk != one.kenmerk)
        others = session.scalars(mine.order_by(Gebruiker.gemaakt)).all()
        clash = botsen(rollen.union(*(roles_of(other) for other in others)))
        if clash and not dubbel:
            raise ZelfdePersoon(
                "Deze persoon zou met twee accounts samen kunnen invoeren en goedkeuren. Dat moet een ander doen. "
                "Kan het niet anders, geef dan --dubbel en een reden op: het grootboek noemt het."
            )
        return [other.kenmerk for other in others], clash

    def _named(self, session: Session, naam: str, door: Door) -> Gebruiker:
        found = session.scalars(select(Gebruiker).where(Gebruiker.naam == naam.strip().casefold())).first()
        if found is None:
            raise GebruikerFout(f"Er is geen gebruiker '{naam}'. Zie: huurtoets gebruiker lijst")
        if found.kenmerk == door.id:
            raise GebruikerFout("Aan uw eigen account verandert een ander iets. Vraag een andere beheerder.")
        return found

    def _book(
        self, session: Session, found: Gebruiker, wat: str, door: Door, also: tuple[list[str], bool] = ([], False)
    ) -> None:
        about: dict[str, Json] = {"rollen": found.rollen.split(","), "organisatie": found.organisatie}
        if also[0]:
            about |= {"zelfdePersoonAls": also[0], "voertInEnKeurtGoed": also[1]}
        self._opslag.grootboek.schrijf(
            session,
            Feit(
                wie=door.wie,
                wat=wat,
                waarom=door.waarom,
                onderwerp=f"gebruiker:{found.kenmerk}",
                inhoud=about,
                betrokkene=found.betrokkene,
                beschermd={"naam": found.naam, "persoon": found.persoon},
            ),
        )


def _kept(rollen: Iterable[Rol]) -> str:
    """Roles as they are kept. Raises :class:`GebruikerFout` for those that nobody holds together."""
    own = frozenset(rollen)
    if botsen(own):
        raise GebruikerFout("Wie regels invoert, keurt ze niet goed. Geef deze twee rollen aan twee mensen.")
    return ",".join(sorted(own))
