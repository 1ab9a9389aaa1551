"""Signing in with a provider: OpenID Connect, the code flow with PKCE, by Authlib.

Nothing is kept on the way: what has to come back the same (state, nonce, verifier) waits in a cookie of the browser
that began. Of the tokens nothing is kept after the sign-in either.
"""

import base64
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

import structlog
from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.integrations.starlette_client import StarletteOAuth2App  # type: ignore[import-untyped]
from joserfc.errors import BadSignatureError, JoseError

from regels.eigenaren import Eigenaren
from service.toegang.aanmeldkeuze import Uitgever
from service.toegang.organisaties import Organisatie, OrganisatieFout, read_organisation
from service.toegang.rechten import Rol
from service.toegang.terug import own_path

try:  # as Authlib chooses: what it raises for a provider that cannot be reached
    from httpx2 import HTTPError
except ImportError:  # pragma: no cover - the product is installed without it
    from httpx import HTTPError  # type: ignore[assignment]

_DISCOVERY: Final = "/.well-known/openid-configuration"
_SIGNED: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
# how far the clocks of the two may differ, how long a provider may take, and how long its description is believed, in
# seconds
_SKEW: Final = 120
_PATIENCE: Final = 10
_BELIEVED: Final = 3_600
log = structlog.get_logger()


class OidcFout(Exception):
    """Signing in with the provider did not work; the text says what to do, and nothing of what the provider sent."""

    def __init__(self, text: str, status: int = 400) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, slots=True)
class Reis:
    """What has to be the same when somebody comes back from the provider, and where they wanted to go."""

    state: str
    nonce: str
    verifier: str
    terug: str

    def as_cookie(self) -> str:
        """As the browser holds it meanwhile."""
        return base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def read(cls, cookie: str) -> "Reis | None":
        """What a browser holds; None for anything else."""
        try:
            found = json.loads(base64.urlsafe_b64decode(cookie.encode()))
            made = cls(**{name: str(found[name]) for name in ("state", "nonce", "verifier", "terug")})
        except (ValueError, TypeError, KeyError):
            return None
        return made if made.state and made.nonce and made.verifier else None


@dataclass(frozen=True, slots=True)
class Bekende:
    """Somebody whom the provider knows."""

    uitgever: str
    onderwerp: str
    naam: str
    persoon: str
    rollen: frozenset[Rol]
    organisatie: Organisatie


class Oidc:
    """One provider."""

    def __init__(self, uitgever: Uitgever, eigenaren: Callable[[], Eigenaren]) -> None:
        self.uitgever, self._owners = uitgever, eigenaren
        self._app: tuple[StarletteOAuth2App, float] | None = None  # with the moment it was made

    async def begin(self, redirect: str, terug: str) -> tuple[str, Reis]:
        """Where to send somebody, and what to remember of it. Raises :class:`OidcFout`."""
        try:
            app = await self._provider()
            made = await app.create_authorization_url(redirect, state=secrets.token_urlsafe(32))
        except (HTTPError, ValueError, RuntimeError) as error:
            raise _unreachable(error) from None
        return made["url"], Reis(made["state"], made["nonce"], made["code_verifier"], own_path(terug))

    async def rond_af(self, query: Mapping[str, str], reis: Reis | None, redirect: str) -> Bekende:
        """Who came back. Raises :class:`OidcFout`."""
        state = query.get("state", "").encode("utf-8", "surrogatepass")
        if reis is None or not secrets.compare_digest(state, reis.state.encode("utf-8", "surrogatepass")):
            raise OidcFout("Deze aanmelding is te oud of begon ergens anders. Begin opnieuw met aanmelden.")
        if query.get("iss", self.uitgever.adres) != self.uitgever.adres:
            raise OidcFout("Dit antwoord komt van een andere aanmelddienst. Begin opnieuw met aanmelden.")
        if "error" in query:
            denied = query["error"] == "access_denied"
            log.info("aanmelden", gelukt=False, wijze="oidc", account="")
            if denied:
                raise OidcFout(
                    "U hebt bij de aanmelddienst geen toestemming gegeven, of u mag deze dienst niet in.", 403
                )
            raise OidcFout("De aanmelddienst heeft u niet aangemeld. Probeer het opnieuw, of vraag beheer.")
        if not query.get("code"):
            raise OidcFout("De aanmelddienst gaf geen antwoord dat te gebruiken is. Begin opnieuw met aanmelden.")
        try:
            claims = await self._claims(query["code"], reis, redirect)
        except HTTPError as error:
            raise _unreachable(error) from None
        except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
            log.warning("aanmelddienst", soort=type(error).__name__)
            raise OidcFout("Het antwoord van de aanmelddienst is niet te vertrouwen. Vraag beheer.") from None
        return self._known(claims)

    async def afmeldadres(self) -> str:
        """Where somebody signs out at the provider; empty when it has no such page, or cannot be reached."""
        try:
            metadata = await (await self._provider()).load_server_metadata()
        except (HTTPError, OidcFout, ValueError):
            return ""
        found = str(metadata.get("end_session_endpoint") or "")
        return found if found.startswith(("https://", "http://")) else ""

    async def _provider(self) -> StarletteOAuth2App:
        """The client, with a description of the provider that is not too old."""
        if self._app is None or time.monotonic() - self._app[1] > _BELIEVED:
            self._app = await self._made(), time.monotonic()
        return self._app[0]

    async def _made(self) -> StarletteOAuth2App:
        own = self.uitgever
        app = StarletteOAuth2App(
            None,
            name="aanmelddienst",
            client_id=own.client,
            client_secret=own.geheim or None,
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": "client_secret_basic" if own.geheim else "none",
                "timeout": _PATIENCE,
            },
            server_metadata_url=own.adres.rstrip("/") + _DISCOVERY,
        )
        metadata = await app.load_server_metadata()
        if metadata.get("issuer") != own.adres:
            raise OidcFout("De aanmelddienst noemt zichzelf anders dan HUURTOETS_OIDC_UITGEVER. Vraag beheer.", 503)
        listed = metadata.get("id_token_signing_alg_values_supported") or ()
        metadata["id_token_signing_alg_values_supported"] = [name for name in listed if name in _SIGNED] or ["RS256"]
        return app

    async def _claims(self, code: str, reis: Reis, redirect: str) -> Mapping[str, Any]:
        app = await self._provider()
        token = await app.fetch_access_token(redirect_uri=redirect, code=code, code_verifier=reis.verifier)
        if "id_token" not in token:
            raise KeyError("id_token")
        own = self.uitgever
        must = {
            "iss": {"essential": True, "value": own.adres},
            "aud": {"essential": True, "value": own.client},
            "nonce": {"essential": True, "value": reis.nonce},
        }
        try:
            claims: Mapping[str, Any] = await app.parse_id_token(token, reis.nonce, must, leeway=_SKEW)
        except BadSignatureError:  # another key under the same name: it is asked for once more
            await app.fetch_jwk_set(force=True)
            claims = await app.parse_id_token(token, reis.nonce, must, leeway=_SKEW)
        return claims

    def _known(self, claims: Mapping[str, Any]) -> Bekende:
        own = self.uitgever
        subject = str(claims["sub"])
        mail = claims.get("email") if claims.get("email_verified") is not False else None
        name = next((str(claims[key]) for key in ("preferred_username", "email") if claims.get(key)), subject)
        roles = frozenset(own.rollen[value] for value in _values(_at(claims, own.rolclaim)) if value in own.rollen)
        return Bekende(
            uitgever=own.adres,
            onderwerp=subject,
            naam="".join(name.split()).casefold() or subject,
            persoon=str(mail or f"{subject}@{own.adres}"),
            rollen=roles,
            organisatie=self._organisation(claims),
        )

    def _organisation(self, claims: Mapping[str, Any]) -> Organisatie:
        own = self.uitgever
        said = _values(_at(claims, own.organisatieclaim)) if own.organisatieclaim else []
        if not said and own.organisatie is not None:
            return own.organisatie
        try:
            return read_organisation(said[0] if len(said) == 1 else "", self._owners())
        except OrganisatieFout:
            raise OidcFout("De aanmelddienst zegt niet bij welke organisatie u hoort. Vraag beheer.", 403) from None


def _at(claims: Mapping[str, Any], path: tuple[str, ...]) -> object:
    found: object = claims
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _values(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    return [value for value in found if isinstance(value, str)] if isinstance(found, list | tuple) else []


def _unreachable(error: Exception) -> OidcFout:
    log.warning("aanmelddienst", soort=type(error).__name__)
    return OidcFout("De aanmelddienst is nu niet te bereiken. Probeer het zo opnieuw, of vraag beheer.", 503)
