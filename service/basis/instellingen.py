"""The settings of the service, from environment variables that start with ``HUURTOETS_``."""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


@dataclass(frozen=True, slots=True)
class Mate:
    """How many requests a minute of each kind one client may make."""

    toetsen: int
    papieren: int
    bestanden: int


class Instellingen(BaseSettings):
    """Every setting, with a value that is right for one machine on 127.0.0.1."""

    model_config = SettingsConfigDict(env_prefix="HUURTOETS_", frozen=True)

    hosts: str = Field(
        default="127.0.0.1,localhost,[::1]",
        description="Namen waaronder de dienst bereikbaar is, met komma's; andere worden geweigerd.",
    )
    toegang: Literal["open", "aanmelden"] | None = Field(
        default=None,
        description="Wie de dienst mag gebruiken: open is ieder, voor één toets; aanmelden is wie zich aanmeldt. "
        "Zonder keuze kan het alleen rechtstreeks op deze machine.",
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

    regels: Path | None = Field(
        default=None, description="Map met regelbestanden, in plaats van de regels die bij de toets horen."
    )
    thema: Path | None = Field(
        default=None, description="Css-bestand van de organisatie, met eigen kleuren en letters; het geldt als laatste."
    )

    gegevensmap: Path | None = Field(
        default=None,
        description="Map voor wat blijvend is; anders $XDG_DATA_HOME/huurtoets of ~/.local/share/huurtoets.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="Adres van de database (sqlite:///... of postgresql://...), of geen; "
        "zonder adres een bestand in de gegevensmap.",
    )
    sleutelbestand: Path | None = Field(
        default=None,
        description="Bestand met de sleutel van het grootboek; anders het bestand sleutel in de gegevensmap.",
    )

    portefeuille_omvang: int = Field(
        default=50_000_000, ge=1_024, description="Grootste bestand op de pagina Portefeuille, in bytes."
    )
    portefeuille_duur: int = Field(default=900, ge=1, description="Hoelang één portefeuille mag rekenen, in seconden.")
    portefeuille_wachtrij: int = Field(
        default=4, ge=1, description="Hoeveel portefeuilles er per proces mogen wachten."
    )

    adres: str | None = Field(
        default=None, description="Het adres waarop anderen de dienst vinden, met https; nodig om aan te melden."
    )
    sessie_rust: int = Field(
        default=1_800, ge=60, description="Na hoeveel seconden zonder gebruik een aanmelding eindigt."
    )
    sessie_duur: int = Field(default=36_000, ge=60, description="Na hoeveel seconden een aanmelding altijd eindigt.")
    aanmeldpogingen: int = Field(
        default=10, ge=1, description="Hoe vaak in een kwartier geprobeerd mag worden om bij één account aan te melden."
    )
    oidc_uitgever: str | None = Field(default=None, description="Adres van de aanmelddienst (OpenID Connect).")
    oidc_client: str | None = Field(default=None, description="De naam van deze dienst bij de aanmelddienst.")
    oidc_geheim: SecretStr | None = Field(default=None, description="Het geheim van deze dienst bij de aanmelddienst.")
    oidc_naam: str = Field(
        default="uw organisatie", min_length=1, max_length=60, description="Hoe de aanmelddienst op de pagina heet."
    )
    oidc_rolclaim: str = Field(
        default="roles", min_length=1, description="In welke claim de rollen staan, met punten naar binnen toe."
    )
    oidc_rollen: str | None = Field(default=None, description="WAARDE=ROL, met komma's: welke waarde welke rol geeft.")
    oidc_organisatie: str | None = Field(
        default=None, description="Bij welke organisatie de gebruikers van de aanmelddienst horen."
    )
    oidc_organisatieclaim: str | None = Field(
        default=None, description="In welke claim de organisatie staat, als dat verschilt per gebruiker."
    )

    verbindingen: int = Field(default=400, ge=1, description="Hoeveel verbindingen één proces tegelijk heeft.")
    verbindingen_per_adres: int = Field(
        default=150, ge=1, description="Hoeveel daarvan één adres mag hebben; deze machine en de proxy tellen niet."
    )
    kopomvang: int = Field(default=16_384, ge=1_024, description="Grootste kop van een verzoek, in bytes.")
    koptijd: int = Field(default=10, ge=1, description="Hoelang de kop van een verzoek mag duren, in seconden.")
    berichttijd: int = Field(
        default=30, ge=1, description="Hoelang een bericht of het lezen van een antwoord mag stokken, in seconden."
    )
    berichttempo: int = Field(
        default=10_000, ge=100, description="Voor elk zoveel bytes van een bericht komt er een seconde bij."
    )
    rusttijd: int = Field(
        default=15, ge=1, description="Hoelang een verbinding na een antwoord openblijft, in seconden."
    )
    stoptijd: int = Field(default=10, ge=1, description="Hoelang de dienst bij het stoppen wacht, in seconden.")
    gelijktijdig: int = Field(
        default=100, ge=1, description="Hoeveel verzoeken één proces tegelijk behandelt; daarboven is het antwoord 503."
    )

    papieren_processen: int | None = Field(
        default=None,
        ge=1,
        le=64,
        description="Hoeveel papieren er per proces van de dienst tegelijk worden gezet; anders naar de processors.",
    )
    papieren_wachtrij: int = Field(
        default=20, ge=0, description="Hoeveel papieren er daarnaast mogen wachten; daarboven is het antwoord 503."
    )
    papieren_duur: int = Field(default=20, ge=1, description="Hoelang één papier mag duren, in seconden.")
    papieren_verversen: int = Field(
        default=200, ge=1, description="Na hoeveel papieren een zetproces door een nieuw wordt vervangen."
    )

    toetsen_per_minuut: int = Field(default=3_000, ge=1, description="Hoeveel verzoeken één adres per minuut mag doen.")
    papieren_per_minuut: int = Field(default=120, ge=1, description="Hoeveel papieren één adres per minuut mag vragen.")
    bestanden_per_minuut: int = Field(
        default=20, ge=1, description="Hoeveel portefeuilles één adres per minuut mag aanbieden."
    )
    proxy: str | None = Field(
        default=None, description="Adressen van de proxy, met komma's; alleen zijn X-Forwarded-For wordt geloofd."
    )

    @property
    def proxyadressen(self) -> frozenset[str]:
        """The addresses in ``proxy``."""
        return frozenset(part.strip() for part in (self.proxy or "").split(",") if part.strip())

    @field_validator("proxy")
    @classmethod
    def _only_addresses(cls, text: str | None) -> str | None:
        for part in filter(None, (part.strip() for part in (text or "").split(","))):
            ip_address(part)  # a name or a star would be believed from anybody who takes it
        return text

    @property
    def mate(self) -> Mate:
        """How much one client may ask."""
        return Mate(self.toetsen_per_minuut, self.papieren_per_minuut, self.bestanden_per_minuut)

    portefeuille_geheugen: int = Field(
        default=2_048, ge=256, description="Hoeveel geheugen het lezen van één bestand mag vragen, in MiB."
    )

    @property
    def toegestane_hosts(self) -> frozenset[str]:
        """The names in ``hosts`` and the one in ``adres``, in lower case."""
        own = urlsplit(self.adres or "").hostname or ""
        return frozenset(host.strip().lower() for host in (*self.hosts.split(","), own) if host.strip())


@lru_cache(maxsize=1)
def instellingen() -> Instellingen:
    """The settings of this process."""
    return Instellingen()
