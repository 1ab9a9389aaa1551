"""The pages of drafts behind the way in: a database with revision 0, and a browser for each role."""

from pathlib import Path

from fastapi.testclient import TestClient

from service.app import create_app
from service.basis.poort import Poort
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.opslag import Opslag
from service.opslag.schemanummers import schemas
from service.toegang.rechten import Rol
from tests.hulp.beheer import Huis, furnish
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import browser, deur_van, settings_of, sign_in, somebody


class Kamer:
    """A service with these rule files in revision 0 (else the small set); people are made when they first come.

    Drafts are told apart by their name, so many tests can share one: make it in a fixture of the module.
    """

    def __init__(self, opslag: Opslag, bestanden: dict[str, bytes] | None = None) -> None:
        self.huis: Huis = furnish(opslag, bestanden)
        self.deur = deur_van(opslag)
        self.app: Poort = create_app(PAKKET, settings_of(), opslag, deur=self.deur)
        self._known: dict[str, TestClient] = {}

    def als(self, rol: Rol, naam: str = "") -> TestClient:
        """A browser in which somebody with this role is signed in."""
        name = naam or f"een-{rol}"
        if name not in self._known:
            somebody(self.deur, name, rol)
            client = self._known[name] = browser(self.app)
            assert sign_in(client, name) == 303
        return self._known[name]

    @property
    def invoerder(self) -> TestClient:
        """Who enters and publishes."""
        return self.als(Rol.REGELBEHEERDER)

    @property
    def keurder(self) -> TestClient:
        """Who approves."""
        return self.als(Rol.CONTROLLER)


def kamer_in(folder: Path, bestanden: dict[str, bytes] | None = None) -> Kamer:
    """The same on SQLite in ``folder``."""
    opslag = Opslag(Gegevensmap(folder))
    opslag.map_.maak()
    opslag.database.bijwerken(schemas()[-1])
    return Kamer(opslag, bestanden)
