"""What each role may: one table of things and what may be done with them. What stands in no line is for nobody."""

from collections.abc import Iterable, Mapping
from enum import Enum, StrEnum
from typing import Final


class Rol(StrEnum):
    """What somebody is here for."""

    CONSULENT = "consulent"
    FIXTEAM = "fixteam"
    ADVISEUR = "adviseur"
    REGELBEHEERDER = "regelbeheerder"
    CONTROLLER = "controller"
    AUDITOR = "auditor"
    BEHEERDER = "beheerder"


class Zonder(Enum):
    """When something may be done by who did not sign in."""

    ALTIJD = "altijd"
    OOK_OPEN = "rechtstreeks op deze machine, en waar de dienst open staat"
    RECHTSTREEKS = "alleen rechtstreeks op deze machine"
    NOOIT = "nooit"


class Recht(Enum):
    """Something that may be done: a thing (``zaak``) and what is done with it (``daad``)."""

    VRIJ = ("huis", "zien")
    TOETSEN = ("toets", "doen")
    PORTEFEUILLE = ("portefeuille", "doen")
    EIGEN_ACCOUNT = ("account", "beheren")
    GEBRUIKERS = ("gebruikers", "beheren")
    REGELS_INZIEN = ("regels", "inzien")
    REGELS_INVOEREN = ("regels", "invoeren")
    REGELS_GOEDKEUREN = ("regels", "goedkeuren")
    REGELS_PUBLICEREN = ("regels", "publiceren")
    GROOTBOEK = ("grootboek", "inzien")

    def __init__(self, zaak: str, daad: str) -> None:
        self.zaak, self.daad = zaak, daad

    def __str__(self) -> str:
        return f"{self.zaak}.{self.daad}"


_IEDEREEN: Final = frozenset(Rol)
WIE_MAG: Final[Mapping[Recht, frozenset[Rol]]] = {
    Recht.VRIJ: _IEDEREEN,
    Recht.TOETSEN: _IEDEREEN,
    Recht.PORTEFEUILLE: frozenset({Rol.ADVISEUR, Rol.REGELBEHEERDER, Rol.CONTROLLER}),
    Recht.EIGEN_ACCOUNT: _IEDEREEN,
    Recht.GEBRUIKERS: frozenset({Rol.BEHEERDER}),
    Recht.REGELS_INZIEN: frozenset({Rol.ADVISEUR, Rol.REGELBEHEERDER, Rol.CONTROLLER, Rol.AUDITOR}),
    Recht.REGELS_INVOEREN: frozenset({Rol.REGELBEHEERDER}),
    Recht.REGELS_GOEDKEUREN: frozenset({Rol.CONTROLLER}),
    Recht.REGELS_PUBLICEREN: frozenset({Rol.REGELBEHEERDER}),
    Recht.GROOTBOEK: frozenset({Rol.CONTROLLER, Rol.AUDITOR}),
}
# whatever is not named here asks for somebody who signed in
ZONDER: Final[Mapping[Recht, Zonder]] = {
    Recht.VRIJ: Zonder.ALTIJD,
    Recht.TOETSEN: Zonder.OOK_OPEN,
    Recht.PORTEFEUILLE: Zonder.RECHTSTREEKS,
}
# asks for an account, and for no role
ELK_ACCOUNT: Final = frozenset({Recht.EIGEN_ACCOUNT})
# who enters never approves, so nobody may hold both
NOOIT_SAMEN: Final = ((Recht.REGELS_INVOEREN, Recht.REGELS_GOEDKEUREN),)


def mogen(rollen: Iterable[Rol], recht: Recht) -> bool:
    """Whether one of these roles gives this right."""
    return not WIE_MAG.get(recht, frozenset()).isdisjoint(rollen)


def botsen(rollen: Iterable[Rol]) -> bool:
    """Whether these roles together give rights that one person never holds together."""
    own = frozenset(rollen)
    return any(mogen(own, one) and mogen(own, other) for one, other in NOOIT_SAMEN)
