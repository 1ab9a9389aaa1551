"""Drafts and revisions for tests: a small rule set as what came with the product, and people with their roles."""

from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher

from regels import Regelset
from regels.formaat import FORMAAT
from service.beheer.concepten import Concepten
from service.beheer.pakket import take_in
from service.beheer.publicatie import Publicatie
from service.beheer.regelrapport import draw_up
from service.beheer.revisies import Revisies
from service.beheer.revisietabellen import Concept, Revisie
from service.opslag.opslag import Opslag
from service.opslag.sleutels import make_key
from service.toegang.gebruikers import Door, Gebruikers
from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Rol
from service.toegang.wachtwoorden import Hasher
from service.toegang.wie import Wie
from tests.hulp.regelsets import BESTANDEN

KLEIN: Final = {name: text.encode() for name, text in BESTANDEN.items()}
CIJFERS: Final = "land/2026.yaml"
WACHTWOORD: Final = "paard batterij nietje kwartel"
# parameters that cost nothing: the tests are not about guessing
SNEL: Final = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
DOOR: Final = Door("opdrachtregel:proef", "Voor een proef.")


def with_limit(bestanden: dict[str, bytes], limit: int) -> dict[str, bytes]:
    """The small rule set with another limit."""
    text = bestanden[CIJFERS].decode()
    head, _, rest = text.partition("waarde: ")
    return bestanden | {CIJFERS: f"{head}waarde: {limit}\n{rest.partition(chr(10))[2]}".encode()}


def limit_of(regels: Regelset) -> int:
    """The limit of a small rule set."""
    value = regels.cijfers["grens"][0].waarde
    assert not isinstance(value, dict)
    return int(str(value))


def add_user(opslag: Opslag, naam: str, *rollen: Rol, persoon: str = "", dubbel: bool = False) -> Wie:
    """Somebody with these roles."""
    users = Gebruikers(opslag, SNEL)
    return users.maak(naam, WACHTWOORD, rollen, Organisatie("land"), DOOR, persoon=persoon, dubbel=dubbel)


def proven(_: Regelset) -> tuple[bool, list[str]]:
    """A proof that costs nothing: the tests with it are not about the proof."""
    return True, ["Niets te bewijzen."]


@dataclass(frozen=True)
class Huis:
    """A database with revision 0, and who works with it."""

    opslag: Opslag
    concepten: Concepten
    invoerder: Wie
    keurder: Wie

    @property
    def revisies(self) -> Revisies:
        return self.concepten.revisies

    @property
    def publicatie(self) -> Publicatie:
        return Publicatie(self.concepten)

    def change(self, naam: str, limit: int) -> Concept:
        """A draft in which the limit is another one."""
        begun = self.concepten.begin(self.invoerder, naam, f"Grens {limit}")
        files = with_limit(self.concepten.bestanden(naam)[1], limit)
        return self.concepten.bewaar(self.invoerder, naam, files, begun.opgeslagen)

    def report(self, naam: str) -> Concept:
        """Its report, with a proof that costs nothing."""
        found, files, basis = self.concepten.bestanden(naam)
        return self.publicatie.leg_vast(self.invoerder, naam, draw_up(found, files, basis, FORMAAT, proven))

    def approve(self, naam: str) -> Concept:
        """Its report, approved by somebody else."""
        return self.publicatie.keur_goed(self.keurder, naam, self.report(naam).over)

    def publish(self, naam: str, limit: int) -> Revisie:
        """The limit is this from now on."""
        self.change(naam, limit)
        self.approve(naam)
        return self.publicatie.publiceer(self.invoerder, naam)


def furnish(opslag: Opslag, bestanden: dict[str, bytes] | None = None) -> Huis:
    """A key, two people and revision 0 (``bestanden``, else the small set)."""
    opslag.map_.maak()
    make_key(opslag.sleutelbestand)
    concepten = Concepten(Revisies(opslag))
    enters = add_user(opslag, "invoerder", Rol.REGELBEHEERDER)
    approves = add_user(opslag, "keurder", Rol.CONTROLLER)
    take_in(concepten, KLEIN if bestanden is None else bestanden)
    return Huis(opslag, concepten, enters, approves)
