"""The settings of the service, from environment variables that start with ``HUURTOETS_``."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.portefeuille.taken import Grenzen


class Instellingen(BaseSettings):
    """Every setting, with a value that is right for one machine on 127.0.0.1."""

    model_config = SettingsConfigDict(env_prefix="HUURTOETS_", frozen=True)

    hosts: str = Field(
        default="127.0.0.1,localhost,[::1]",
        description="Namen waaronder de dienst bereikbaar is, met komma's; andere worden geweigerd.",
    )
    maximale_omvang: int = Field(default=65_536, ge=1_024, description="Grootste bericht dat wordt gelezen, in bytes.")
    logniveau: str = Field(
        default="info", pattern="^(debug|info|warning|error)$", description="Vanaf welk niveau er wordt gelogd."
    )
    contact: str = Field(
        default="de organisatie die deze toets aanbiedt",
        min_length=1,
        max_length=200,
        description="Bij wie een huishouden of medewerker terechtkan; staat op de papieren en op twee pagina's.",
    )

    thema: Path | None = Field(
        default=None, description="Css-bestand van de organisatie, met eigen kleuren en letters; het geldt als laatste."
    )

    portefeuille_omvang: int = Field(
        default=50_000_000, ge=1_024, description="Grootste bestand op de pagina Portefeuille, in bytes."
    )
    portefeuille_duur: int = Field(default=900, ge=1, description="Hoelang één portefeuille mag rekenen, in seconden.")
    portefeuille_wachtrij: int = Field(
        default=4, ge=1, description="Hoeveel portefeuilles er per proces mogen wachten."
    )

    @property
    def grenzen(self) -> Grenzen:
        """How much the page of portfolios takes on."""
        return Grenzen(self.portefeuille_omvang, self.portefeuille_duur, self.portefeuille_wachtrij)

    @property
    def toegestane_hosts(self) -> frozenset[str]:
        """The names in ``hosts``, in lower case."""
        return frozenset(host.strip().lower() for host in self.hosts.split(",") if host.strip())


@lru_cache(maxsize=1)
def instellingen() -> Instellingen:
    """The settings of this process."""
    return Instellingen()
