"""Who is asking, as every other room knows them."""

from dataclasses import dataclass
from typing import Final

from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Recht, Rol, mogen


@dataclass(frozen=True, slots=True)
class Wie:
    """Somebody who signed in, or nobody. ``persoon`` is the same in every account of one person."""

    id: str
    naam: str
    persoon: str
    rollen: frozenset[Rol]
    organisatie: Organisatie | None = None
    sessie: str = ""
    moet_wijzigen: bool = False

    @property
    def aangemeld(self) -> bool:
        """Whether this is somebody."""
        return bool(self.id)

    def mag(self, recht: Recht) -> bool:
        """Whether a role of this person gives this right."""
        return mogen(self.rollen, recht)


NIEMAND: Final = Wie("", "", "", frozenset())


@dataclass(frozen=True, slots=True)
class Door:
    """Who changes something, as the ledger writes it, and why. ``id`` is that of the account of who does it."""

    wie: str
    waarom: str
    id: str = ""
