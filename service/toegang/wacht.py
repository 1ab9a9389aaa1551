"""The guard: every route says which right it asks for, and nobody passes without it.

A route of the framework declares it with ``mag``: among the dependencies of its router, or as the type of a parameter
that then says who is asking. An application without routes is wrapped in :class:`Beschermd`. ``undeclared`` finds
what says nothing, and the service does not start with that.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Final, Literal

from fastapi import Depends, Request
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from service.basis.rechtstreeks import came_directly
from service.basis.voorbeeld import voorbeeld_in
from service.toegang.rechten import ELK_ACCOUNT, ZONDER, Recht, Zonder
from service.toegang.wie import NIEMAND, Wie

Toegang = Literal["open", "aanmelden"]
_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_OWN_PAGES: Final = (b"same-origin", b"none")
_KNOWN: Final = "wie"
# what a preview shows; an account, the health of the service and the drafts themselves are in no preview
_IN_PREVIEW: Final = (Recht.TOETSEN, Recht.PORTEFEUILLE)


class ToegangFout(Exception):
    """Somebody may not do this; the text says why and what to do."""

    status = 403


class NietAangemeld(ToegangFout):
    """Nobody signed in, and this asks for somebody."""

    status = 401


class VreemdFormulier(ToegangFout):
    """A form does not say that it came from a page of this service."""


class NietVerklaard(Exception):
    """A route does not say who may use it; the text names every one."""


class Wacht:
    """Who may pass, by what was chosen for the service.

    ``herken`` finds who sent a request by its cookie; without it nobody can sign in.
    """

    def __init__(self, toegang: Toegang | None, herken: Callable[[Request], Awaitable[Wie]] | None = None) -> None:
        self._toegang, self._recognise = toegang, herken
        # whether somebody can sign in here
        self.aanmelden = toegang == "aanmelden"

    def zonder(self, recht: Recht, scope: Scope) -> bool:
        """Whether this request needs nobody who signed in."""
        when = ZONDER.get(recht, Zonder.NOOIT)
        if when in (Zonder.ALTIJD, Zonder.NOOIT):
            return when is Zonder.ALTIJD
        if self._toegang == "open":
            return when is Zonder.OOK_OPEN
        return came_directly(scope)

    async def wie(self, request: Request) -> Wie:
        """Who sent this request; it is looked up once."""
        known: Wie | None = getattr(request.state, _KNOWN, None)
        if known is None:
            known = NIEMAND if self._recognise is None else await self._recognise(request)
            setattr(request.state, _KNOWN, known)
        return known

    async def laat_door(self, request: Request, recht: Recht) -> Wie:
        """Who is asking, when they may. Raises :class:`ToegangFout`, and 404 for what is in no preview."""
        if recht not in _IN_PREVIEW and voorbeeld_in(request.scope) is not None:
            raise HTTPException(404)
        if recht is Recht.VRIJ:
            return NIEMAND
        free = self.zonder(recht, request.scope)
        who = await self.wie(request)
        if free and not who.aangemeld:
            return who
        if not self.aanmelden:
            raise ToegangFout(_OPEN if self._toegang == "open" else _OFF)
        if not who.aangemeld:
            raise NietAangemeld("Meld u aan om dit te gebruiken.")
        if request.method not in _SAFE and not own_page(request.scope):
            raise VreemdFormulier(FOREIGN)
        if who.moet_wijzigen and recht is not Recht.EIGEN_ACCOUNT:
            raise ToegangFout("Kies eerst een eigen wachtwoord, bij Mijn account. Daarna kunt u verder.")
        if not free and recht not in ELK_ACCOUNT and not who.mag(recht):
            raise ToegangFout("Uw account heeft geen rol die dit mag. Vraag de beheerder om de rol die u nodig hebt.")
        return who


_OPEN: Final = (
    "Deze dienst staat open voor het toetsen van één huishouden, en voor niets anders. Dit kan alleen waar u zich "
    "aanmeldt. Vraag beheer."
)
FOREIGN: Final = "Dit formulier komt van een andere website. Begin op de pagina's van deze dienst zelf."
_OFF: Final = (
    "Hiervoor moet u zich aanmelden, en dat staat op deze dienst uit. Zet HUURTOETS_TOEGANG op aanmelden en start de "
    "dienst opnieuw."
)


def visitor(request: Request) -> Wie:
    """Who sent a request, as far as it was looked up."""
    known: Wie = getattr(request.state, _KNOWN, NIEMAND)
    return known


def own_page(scope: Scope) -> bool:
    """Whether a browser says that a page of this service sent this; who carries a cookie has to say so."""
    headers = dict(scope["headers"])
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in _OWN_PAGES
    origin, host = headers.get(b"origin", b""), headers.get(b"host", b"")
    return bool(host) and origin in (b"http://" + host, b"https://" + host)


class Vereist:
    """A dependency that asks for ``recht`` and gives who is asking."""

    def __init__(self, recht: Recht) -> None:
        self.recht = recht

    async def __call__(self, request: Request) -> Wie:
        wacht: Wacht = request.app.state.wacht
        return await wacht.laat_door(request, self.recht)


def mag(recht: Recht) -> Any:
    """What a router (``dependencies=[mag(Recht.X)]``) or a route (``wie: Annotated[Wie, mag(Recht.X)]``) declares."""
    return Depends(Vereist(recht))


class Beschermd:
    """An application that asks for ``recht``, for what passes the framework by."""

    def __init__(self, app: ASGIApp, recht: Recht, wacht: Wacht) -> None:
        self.app, self.recht, self.wacht = app, recht, wacht

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # where nobody can sign in there is nobody to look for
        if self.wacht.aanmelden or not self.wacht.zonder(self.recht, scope):
            await self.wacht.laat_door(Request(scope, receive), self.recht)
        await self.app(scope, receive, send)


def declared(routes: Iterable[BaseRoute]) -> Iterator[tuple[str, frozenset[str], frozenset[Recht]]]:
    """Every route with its methods and the rights that it asks for; none where it declares nothing."""
    for context in iter_route_contexts(list(routes)):
        route = context.original_route
        if isinstance(route, Mount):
            own = frozenset({route.app.recht}) if isinstance(route.app, Beschermd) else frozenset()
            yield route.path, frozenset({"GET"}), own
            continue
        dependant = getattr(context, "dependant", None)
        calls = [part.call for part in dependant.dependencies] if dependant is not None else []
        rights = frozenset(call.recht for call in calls if isinstance(call, Vereist))
        yield context.path or repr(route), frozenset(context.methods or {"GET"}), rights


def check_declared(routes: Iterable[BaseRoute]) -> None:
    """Raises :class:`NietVerklaard` when a route does not say who may use it."""
    silent = [f"{' '.join(sorted(methods))} {path}" for path, methods, rights in declared(routes) if not rights]
    if silent:
        raise NietVerklaard(
            f"Deze routes zeggen niet wie ze mag gebruiken: {', '.join(silent)}. "
            "Zet mag(Recht...) bij de router of de route; zie service/toegang/wacht.py."
        )
