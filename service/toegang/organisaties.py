"""Which organisation somebody belongs to: a landlord, a municipality or a service of it; what each sees of another."""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from regels.eigenaren import Eigenaren

_DIENST: Final = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)


class OrganisatieFout(ValueError):
    """A text that names no organisation; the text says which there are."""


class Zicht(Enum):
    """What one organisation sees of what another keeps."""

    RIJEN = "rijen"
    AANTALLEN = "aantallen"
    NIETS = "niets"


@dataclass(frozen=True, slots=True)
class Organisatie:
    """A landlord or a municipality by its name among the owners of the rules, or a ``dienst`` of a municipality."""

    eigenaar: str
    dienst: str = ""

    def __str__(self) -> str:
        return f"{self.eigenaar}/{self.dienst}" if self.dienst else self.eigenaar

    @classmethod
    def kept(cls, text: str) -> "Organisatie":
        """The organisation that ``str`` wrote; it is not looked up, for an owner may be gone from the rules."""
        owner, _, service = text.partition("/")
        return cls(owner, service)


def read_organisation(text: str, eigenaren: Eigenaren) -> Organisatie:
    """The organisation that was typed: ``wetering`` or ``waterstad/geldloket``. Raises :class:`OrganisatieFout`."""
    owner, slash, service = text.strip().partition("/")
    known = [one.id for kind in ("gemeente", "corporatie") for one in eigenaren.van_soort(kind)]
    if owner not in known:
        raise OrganisatieFout(f"'{owner}' is geen organisatie. Kies uit {', '.join(known)}.")
    if not slash:
        return Organisatie(owner)
    if eigenaren.alle[owner].soort != "gemeente":
        raise OrganisatieFout(f"Alleen een gemeente heeft diensten. Schrijf alleen '{owner}'.")
    if not _DIENST.fullmatch(service):
        raise OrganisatieFout("Schrijf een dienst na de / met kleine letters, cijfers en -, in hoogstens 40 tekens.")
    return Organisatie(owner, service)


def zicht(van: Organisatie, op: Organisatie, eigenaren: Eigenaren) -> Zicht:
    """What ``van`` sees of what ``op`` keeps.

    Each organisation sees its own rows. The municipality itself sees counts of its services and of the landlords that
    let there; a service or a landlord sees nothing of another.
    """
    if van == op:
        return Zicht.RIJEN
    owner, other = eigenaren.alle.get(van.eigenaar), eigenaren.alle.get(op.eigenaar)
    if owner is None or owner.soort != "gemeente" or van.dienst:
        return Zicht.NIETS
    if op.eigenaar == van.eigenaar or (other is not None and van.eigenaar in other.gemeenten):
        return Zicht.AANTALLEN
    return Zicht.NIETS
