"""The gate around the application: host check, size limit, security headers, one log line, and the last safety net."""

import asyncio
import contextlib
import time
from collections.abc import Callable
from functools import cache
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.basis.drukte import Teller, is_upload
from service.basis.instellingen import Instellingen
from service.basis.logboek import incident
from service.basis.problemen import TOO_LARGE, incident_problem, problem, too_large
from service.basis.rechtstreeks import came_directly
from service.basis.voorbeeld import binnen

API_VERSION: Final = "1.1.0"
# what the log says of a client that left before it had its answer (nginx uses the same number)
GONE: Final = 499
# what the application leaves in the state of a request of which it logged the incident
REPORTED: Final = "gemeld"
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
LIVES: Final = "/gezond"
SOON: Final = 5
_HEADS: Final = 100
_NO_CHOICE: Final = (
    "Dit verzoek kwam niet rechtstreeks van deze machine, en er is nog niet gekozen wie de dienst mag gebruiken. "
    "Beheer: zet HUURTOETS_TOEGANG op aanmelden of op open en start de dienst opnieuw; zie docs/beheer.md."
)
# what a browser says of where a form was sent from; what is no browser says nothing
_OWN_PAGES: Final = (b"same-origin", b"none")
_DRAINED: Final = 10
log = structlog.get_logger()


# how a request that goes no further is answered: status, text, and in how many seconds it may come again
Refusal = Callable[[Scope, int, str, int], Response]


def problem_only(scope: Scope, status: int, text: str, seconds: int) -> Response:
    """A refusal as a problem; a whole service shows a page to a person."""
    return problem(status, text, headers={"retry-after": str(seconds)} if seconds else None)


class Poort:
    """Everything that holds for every request, in one place.

    It stands outside the framework, so that no exception text ever reaches a log: a defect becomes an incident number.
    """

    def __init__(self, app: ASGIApp, settings: Instellingen, refuse: Refusal = problem_only) -> None:
        self.app = app
        self.refuse = refuse
        self.hosts = settings.toegestane_hosts
        self.undecided = settings.toegang is None
        self.limit, self.head = settings.maximale_omvang, settings.kopomvang
        # two tables and what stands around them in a form
        self.upload = 2 * settings.portefeuille_omvang + settings.maximale_omvang
        self.teller = Teller(settings.mate)
        self.at_once, self.busy = settings.gelijktijdig, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status, head = time.perf_counter(), 0, scope["method"] == "HEAD"
        ended = False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, ended
            if ended:
                return
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(message.get("headers", []), scope["path"])
            elif head:  # the headers are those of GET, and no more is sent, however long the answer would have been
                message, ended = {"type": "http.response.body", "body": b"", "more_body": False}, True
            await send(message)

        inner = {**scope, "method": "GET"} if head else scope
        try:
            await self._guarded(inner, receive, send_with_headers)
        except ClientDisconnect:
            status = status or GONE
        except asyncio.CancelledError:
            # the service stops and its patience is over; the client may come again
            if status == 0:
                with contextlib.suppress(Exception):
                    await problem_only(scope, 503, "De dienst stopt. Probeer het zo opnieuw.", SOON)(
                        scope, receive, send_with_headers
                    )
        except Exception as error:
            if not inner.get("state", {}).get(REPORTED):  # else the application has answered and logged it
                number = incident(error)
                if status == 0:
                    await incident_problem(number)(scope, receive, send_with_headers)
        finally:
            route = inner.get("route")
            log.info(
                "verzoek",
                methode=scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "ander",
                route=getattr(route, "path", "-"),
                status=status,
                duur_ms=round((time.perf_counter() - start) * 1000, 1),
            )

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        # the server counts a head only while it is not complete
        if len(scope["headers"]) > _HEADS or sum(len(n) + len(v) for n, v in scope["headers"]) > self.head:
            await problem(431, "De kop van het verzoek is te groot.")(scope, receive, send)
            return
        if b"transfer-encoding" in headers and b"content-length" in headers:
            # two lengths: what is left may be read as a request of somebody else (RFC 9112, 6.1)
            await problem(400, "Een bericht heeft één lengte.", headers={"connection": "close"})(scope, receive, send)
            return
        if _host(headers.get(b"host", b"")) not in self.hosts:
            await problem(421, "Deze naam van de dienst is niet toegestaan.")(scope, receive, send)
            return
        if self.undecided and not came_directly(scope):
            await self.refuse(scope, 403, _NO_CHOICE, 0)(scope, receive, send)
            return
        if scope["method"] == "POST" and headers.get(b"sec-fetch-site", b"none") not in _OWN_PAGES:
            text = "Dit formulier komt van een andere website. Begin op de pagina's van deze dienst zelf."
            await self.refuse(scope, 403, text, 0)(scope, receive, send)
            return
        length = headers.get(b"content-length", b"0")
        uploads = is_upload(scope["method"], binnen(scope["path"]))
        limit = self.upload if uploads else self.limit
        if not length.isdigit() or (int(length) > limit and not uploads):
            await problem(413, TOO_LARGE)(scope, receive, send)
            return
        read = 0

        async def receive_limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                # a browser shows the answer only when it has been let finish; nothing of this is kept
                while uploads and message.get("more_body") and read < _DRAINED * limit:
                    message = await receive()
                    read += len(message.get("body", b""))
                raise HTTPException(413, too_large(limit) if uploads else TOO_LARGE)
            return message

        free = scope["path"] == LIVES
        if not free and self.busy >= self.at_once:
            await self.refuse(scope, 503, "Het is nu te druk. Probeer het zo opnieuw.", SOON)(scope, receive, send)
            return
        client = scope.get("client")
        if client and (late := await self.teller.late(scope["method"], scope["path"], client[0])):
            text = f"Er komen te veel verzoeken van dit adres. Probeer het over {late} seconden opnieuw."
            await self.refuse(scope, 429, text, late)(scope, receive, send)
            return
        self.busy += 1
        try:
            await self.app(scope, receive_limited, send)
        finally:
            self.busy -= 1


def _also_head(allow: bytes) -> bytes:
    return allow + b", HEAD" if b"GET" in allow and b"HEAD" not in allow else allow


def _host(header: bytes) -> str:
    name = header.decode("latin-1").strip().lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.rsplit(":", 1)[0] if ":" in name else name


def _with_headers(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    api = binnen(path).startswith("/v1")
    names, extra = _extra(path.startswith("/static/"), api, path == "/v1/openapi.json")
    kept = [(name, _also_head(value) if name == b"allow" else value) for name, value in headers]
    return [(name, value) for name, value in kept if name.lower() not in names] + extra


@cache
def _extra(static: bool, api: bool, openapi: bool) -> tuple[frozenset[bytes], list[tuple[bytes, bytes]]]:
    """The headers that every answer of one kind gets, and their names."""
    extra = dict(_HEADERS)
    if static:
        extra["cache-control"] = "public, max-age=3600"
    if api:
        extra["api-version"] = API_VERSION
    if openapi:
        extra["access-control-allow-origin"] = "*"
        extra["cross-origin-resource-policy"] = "cross-origin"
    encoded = [(name.encode(), value.encode()) for name, value in extra.items()]
    return frozenset(name for name, _ in encoded), encoded
