"""The way in, put together from the settings: accounts, sessions, passwords, the provider, the cookies."""

from collections.abc import Callable
from datetime import datetime

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from regels.eigenaren import Eigenaren
from service.basis.instellingen import Instellingen
from service.basis.klok import nu
from service.opslag.opslag import Opslag
from service.toegang.aanmelding import Aanmelding
from service.toegang.aanmeldkeuze import read_address, read_provider
from service.toegang.gebruikers import Gebruikers
from service.toegang.koekjes import SESSIE, Koekjes
from service.toegang.oidc import Oidc
from service.toegang.sessies import Sessies
from service.toegang.wachtwoorden import Hasher
from service.toegang.wie import NIEMAND, Wie


class Deur:
    """Everything that signing in takes. Raises :class:`AanmeldkeuzeFout` for settings that cannot be used."""

    def __init__(
        self,
        settings: Instellingen,
        eigenaren: Callable[[], Eigenaren],
        opslag: Opslag,
        hasher: Hasher | None = None,
        klok: Callable[[], datetime] = nu,
    ) -> None:
        self.opslag = opslag
        self.adres = read_address(settings)
        self.koekjes = Koekjes(veilig=self.adres.startswith("https:"))
        provider = read_provider(settings, eigenaren())
        self.oidc = Oidc(provider, eigenaren) if provider is not None else None
        self.gebruikers = Gebruikers(opslag, hasher or Hasher())
        self.sessies = Sessies(opslag, settings.sessie_rust, settings.sessie_duur, klok)
        self.aanmelding = Aanmelding(self.gebruikers, settings.aanmeldpogingen)

    async def herken(self, request: Request) -> Wie:
        """Who sent this request, by its cookie; without one nothing is looked up."""
        token = self.koekjes.lees(request, SESSIE)
        return await run_in_threadpool(self.sessies.van, token) if token else NIEMAND

    def redirect(self, request: Request) -> str:
        """Where a provider sends somebody back to."""
        base = self.adres or f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
        return f"{base}/aanmelden/terug"
