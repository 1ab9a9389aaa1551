"""The gate around the application: host check, size limit, security headers, one log line, and the last safety net."""

import time
from typing import Final

import structlog
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.instellingen import Instellingen
from service.logboek import incident
from service.problemen import TOO_LARGE, incident_problem, problem, too_large

API_VERSION: Final = "1.0.0"
_HEADERS: Final = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
UPLOAD: Final = "/portefeuille"
_DRAINED: Final = 10
log = structlog.get_logger()


class Poort:
    """Everything that holds for every request, in one place.

    It stands outside the framework, so that no exception text ever reaches a log: a defect becomes an incident number.
    """

    def __init__(self, app: ASGIApp, settings: Instellingen) -> None:
        self.app = app
        self.hosts = settings.toegestane_hosts
        self.limit = settings.maximale_omvang
        # two tables and what stands around them in a form
        self.upload = 2 * settings.portefeuille_omvang + settings.maximale_omvang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start, status = time.perf_counter(), 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = _with_headers(message.get("headers", []), scope["path"])
            await send(message)

        try:
            await self._guarded(scope, receive, send_with_headers)
        except Exception as error:
            if status == 0:  # else the application has answered and logged it
                await incident_problem(incident(error))(scope, receive, send_with_headers)
        finally:
            route = scope.get("route")
            log.info(
                "verzoek",
                methode=scope["method"] if scope["method"] in ("GET", "HEAD", "POST", "OPTIONS") else "ander",
                route=getattr(route, "path", "-"),
                status=status,
                duur_ms=round((time.perf_counter() - start) * 1000, 1),
            )

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if _host(headers.get(b"host", "")) not in self.hosts:
            await problem(421, "Deze naam van de dienst is niet toegestaan.")(scope, receive, send)
            return
        length = headers.get(b"content-length", "0")
        uploads = (scope["method"], scope["path"]) == ("POST", UPLOAD)
        limit = self.upload if uploads else self.limit
        if not length.isdecimal() or (int(length) > limit and not uploads):
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

        await self.app(scope, receive_limited, send)


def _host(header: str) -> str:
    name = header.strip().lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.rsplit(":", 1)[0] if ":" in name else name


def _with_headers(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    extra = dict(_HEADERS)
    if path.startswith("/static/"):
        extra["cache-control"] = "public, max-age=3600"
    if path.startswith("/v1"):
        extra["api-version"] = API_VERSION
    if path == "/v1/openapi.json":
        extra["access-control-allow-origin"] = "*"
        extra["cross-origin-resource-policy"] = "cross-origin"
    kept = [(name, value) for name, value in headers if name.lower().decode() not in extra]
    return kept + [(name.encode(), value.encode()) for name, value in extra.items()]
