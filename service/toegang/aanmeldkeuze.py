"""What the settings say about signing in, read and checked once, at the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from regels.eigenaren import Eigenaren
from service.basis.drukte import is_own
from service.basis.instellingen import Instellingen
from service.toegang.organisaties import Organisatie, OrganisatieFout, read_organisation
from service.toegang.rechten import Rol


class AanmeldkeuzeFout(ValueError):
    """Settings with which nobody can sign in; the text names them."""


@dataclass(frozen=True, slots=True)
class Uitgever:
    """A provider of OpenID Connect, and what it says of somebody. ``rollen``: a value of the claim, and the role."""

    adres: str
    client: str
    geheim: str
    naam: str
    rolclaim: tuple[str, ...]
    rollen: Mapping[str, Rol]
    organisatie: Organisatie | None
    organisatieclaim: tuple[str, ...]


def read_address(settings: Instellingen) -> str:
    """The address of the service as others know it; empty when it is only known on this machine."""
    address = (settings.adres or "").rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise AanmeldkeuzeFout("HUURTOETS_ADRES is geen adres. Schrijf het zo: https://toets.voorbeeld.nl")
    if parts.scheme == "http" and not _local(parts.hostname or ""):
        raise AanmeldkeuzeFout("HUURTOETS_ADRES begint met http. Aanmelden kan alleen met https.")
    if not address and settings.proxyadressen:
        raise AanmeldkeuzeFout("Achter een proxy hoort bij aanmelden HUURTOETS_ADRES: het adres met https.")
    return address


def read_provider(settings: Instellingen, eigenaren: Eigenaren) -> Uitgever | None:
    """The provider of the settings; None without one. Raises :class:`AanmeldkeuzeFout`."""
    given = {
        "HUURTOETS_OIDC_UITGEVER": settings.oidc_uitgever,
        "HUURTOETS_OIDC_CLIENT": settings.oidc_client,
        "HUURTOETS_OIDC_ROLLEN": settings.oidc_rollen,
    }
    if not any(given.values()):
        return None
    if missing := [name for name, value in given.items() if not value]:
        raise AanmeldkeuzeFout(f"Voor de aanmelddienst ontbreekt {' en '.join(missing)}.")
    address = str(settings.oidc_uitgever)
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and _local(parts.hostname or "")):
        raise AanmeldkeuzeFout("HUURTOETS_OIDC_UITGEVER is geen adres dat met https:// begint.")
    if not settings.oidc_organisatie and not settings.oidc_organisatieclaim:
        raise AanmeldkeuzeFout(
            "Bij welke organisatie horen de gebruikers van de aanmelddienst? Zet HUURTOETS_OIDC_ORGANISATIE of "
            "HUURTOETS_OIDC_ORGANISATIECLAIM."
        )
    try:
        organisation = read_organisation(settings.oidc_organisatie, eigenaren) if settings.oidc_organisatie else None
    except OrganisatieFout as error:
        raise AanmeldkeuzeFout(f"HUURTOETS_OIDC_ORGANISATIE: {error}") from None
    return Uitgever(
        adres=address,
        client=str(settings.oidc_client),
        geheim=settings.oidc_geheim.get_secret_value() if settings.oidc_geheim else "",
        naam=settings.oidc_naam,
        rolclaim=_path(settings.oidc_rolclaim),
        rollen=_roles(str(settings.oidc_rollen)),
        organisatie=organisation,
        organisatieclaim=_path(settings.oidc_organisatieclaim or ""),
    )


def check_choice(settings: Instellingen, eigenaren: Eigenaren) -> None:
    """Raises :class:`AanmeldkeuzeFout` for settings with which nobody can sign in."""
    read_address(settings)
    read_provider(settings, eigenaren)


def _roles(text: str) -> dict[str, Rol]:
    known = ", ".join(Rol)
    found: dict[str, Rol] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        value, equals, role = part.rpartition("=")
        if not equals or not value or role not in set(Rol):
            raise AanmeldkeuzeFout(
                f"HUURTOETS_OIDC_ROLLEN: '{part}' kan niet. Schrijf WAARDE=ROL, met komma's. De rollen: {known}."
            )
        found[value.strip()] = Rol(role)
    return found


def _path(text: str) -> tuple[str, ...]:
    """A claim, with dots into what it holds; one that is an address is taken whole."""
    if not text:
        return ()
    return (text,) if "://" in text else tuple(text.split("."))


def _local(host: str) -> bool:
    return host == "localhost" or is_own(host)
