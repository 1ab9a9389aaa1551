"""A service that people sign in to, in the process of the test, and somebody for each role."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from service.app import create_app
from service.basis.instellingen import Instellingen
from service.basis.klok import nu
from service.basis.poort import Poort
from service.opslag.opslag import Opslag
from service.opslag.sleutels import make_key
from service.toegang.deur import Deur
from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Rol
from service.toegang.wachtwoorden import Hasher
from service.toegang.wie import Door, Wie
from tests.hulp.geladen import PAKKET

# argon2 as quick as it goes: what it costs is not what these tests are about
SNEL: Final = Hasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
WACHTWOORD: Final = "paard batterij nietje correct"
EIGEN: Final = "fiets lantaarn kaneel drempel"
ADRES: Final = "https://toets.example"
DOOR: Final = Door("opdrachtregel:proef", "Voor een test.")
# as a browser says it of a form of the page itself
EIGEN_PAGINA: Final = {"sec-fetch-site": "same-origin"}
HTML: Final = {"accept": "text/html"}


def settings_of(**more: object) -> Instellingen:
    """Signing in was chosen, behind a proxy with https."""
    return Instellingen(**({"toegang": "aanmelden", "adres": ADRES} | more))  # type: ignore[arg-type]


def deur_van(
    opslag: Opslag, settings: Instellingen | None = None, hasher: Hasher = SNEL, klok: Callable[[], datetime] = nu
) -> Deur:
    """The way in on this database; it gets a key for its ledger when it has none."""
    if not opslag.sleutelbestand.exists():
        make_key(opslag.sleutelbestand)
    return Deur(settings or settings_of(), lambda: PAKKET.eigenaren, opslag, hasher, klok)


def somebody(
    deur: Deur, naam: str, *rollen: Rol, organisatie: str = "duinrand", persoon: str = "", eerst: bool = False
) -> Wie:
    """An account with ``WACHTWOORD``; unless ``eerst``, that was chosen by who has it."""
    where = Organisatie.kept(organisatie)
    made = deur.gebruikers.maak(naam, WACHTWOORD if eerst else EIGEN, rollen, where, DOOR, persoon=persoon, dubbel=True)
    if not eerst:
        deur.gebruikers.kies_wachtwoord(made, EIGEN, WACHTWOORD)
    return made


def app_of(deur: Deur, settings: Instellingen | None = None) -> Poort:
    """The application behind that way in."""
    return create_app(PAKKET, settings or settings_of(), deur=deur)


def browser(app: Poort, *, adres: str = ADRES, client: str = "203.0.113.7") -> TestClient:
    """A browser elsewhere, that keeps cookies and does not follow redirects by itself."""
    return TestClient(
        app,
        base_url=adres,
        client=(client, 1),
        raise_server_exceptions=False,
        follow_redirects=False,
        headers=EIGEN_PAGINA | HTML,
    )


def sign_in(client: TestClient, naam: str, wachtwoord: str = WACHTWOORD, terug: str = "/") -> int:
    """Fill in the form; the status of the answer."""
    form = {"naam": naam, "wachtwoord": wachtwoord, "terug": terug}
    return client.post("/aanmelden", data=form).status_code


def names(rollen: Iterable[Rol]) -> str:
    """A name for an account with these roles."""
    return "-".join(sorted(rollen)) or "niets"
