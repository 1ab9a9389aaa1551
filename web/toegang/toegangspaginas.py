"""The pages of signing in and out, and of one's own account. They work without scripts, and hold no secret."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from service.basis.problemen import problem, wants_html
from service.toegang.aanmelding import AanmeldFout, TeVaak
from service.toegang.deur import Deur
from service.toegang.koekjes import APPARAAT, REIS, SESSIE
from service.toegang.oidc import OidcFout, Reis
from service.toegang.rechten import Recht
from service.toegang.terug import own_path
from service.toegang.toegangsfouten import GebruikerFout, WachtwoordFout
from service.toegang.toegangstabellen import Sessie
from service.toegang.wacht import FOREIGN, NietAangemeld, ToegangFout, VreemdFormulier, mag, own_page
from service.toegang.wachtwoorden import KORTST
from service.toegang.wie import Wie
from web.raamwerk.sjablonen import page, rules_of
from web.raamwerk.teksten import tekst
from web.raamwerk.tijdwoord import moment

_FIELDS_AT_MOST: Final = 6
_SEE_OTHER: Final = 303
# by a cookie, from a form: RFC 9110 asks for the name of a scheme
CHALLENGE: Final = 'Cookie realm="Huurtoets", form-action="/aanmelden"'


@dataclass(frozen=True, slots=True)
class Sessiebeeld:
    """A session as the page shows it."""

    kenmerk: str
    begonnen: str
    gezien: str
    deze: bool


class Toegangspaginas:
    """The pages of one service. ``contact``: whom somebody without an account can ask."""

    def __init__(self, deur: Deur, contact: str) -> None:
        self.deur, self.contact = deur, contact

    def router(self) -> APIRouter:
        """The routes, each with the right that it asks for."""
        router = APIRouter()
        free, own = [mag(Recht.VRIJ)], Annotated[Wie, mag(Recht.EIGEN_ACCOUNT)]
        router.get("/aanmelden", dependencies=free)(self.form)
        router.post("/aanmelden", dependencies=free)(self.sign_in)
        router.get("/aanmelden/dienst", dependencies=free)(self.to_provider)
        router.get("/aanmelden/terug", dependencies=free)(self.from_provider)
        router.post("/afmelden", dependencies=free)(self.sign_out)
        router.get("/afgemeld", dependencies=free)(self.signed_out)

        @router.get("/account")
        async def account(request: Request, wie: own) -> Response:  # type: ignore[valid-type]
            return await self.account(request, wie)

        @router.post("/account/wachtwoord")
        async def password(request: Request, wie: own) -> Response:  # type: ignore[valid-type]
            return await self.choose_password(request, wie)

        @router.post("/account/sessies")
        async def sessions(request: Request, wie: own) -> Response:  # type: ignore[valid-type]
            return await self.end_sessions(request, wie)

        return router

    # signing in

    async def form(self, request: Request) -> Response:
        """The page to sign in on."""
        back = own_path(request.query_params.get("terug", "/"))
        if (await request.app.state.wacht.wie(request)).aangemeld:
            return _to(request, back)
        return self._form(request, back)

    async def sign_in(self, request: Request) -> Response:
        """What was filled in there."""
        if not own_page(request.scope):
            raise VreemdFormulier(FOREIGN)
        given = await _given(request)
        name, password, back = given.get("naam", ""), given.get("wachtwoord", ""), own_path(given.get("terug", "/"))
        if not name.strip() or not password:
            return self._form(request, back, naam=name, fout=tekst("toegang.aanmelden.leeg"), status=400)
        cookies, client = self.deur.koekjes, request.client
        try:
            who, mark = await self.deur.aanmelding.meld_aan(
                name, password, client.host if client else "", cookies.lees(request, APPARAAT)
            )
        except TeVaak as error:
            later = self._form(request, back, naam=name, fout=str(error), status=429)
            later.headers["retry-after"] = str(error.seconden)
            return later
        except AanmeldFout as error:
            return self._form(request, back, naam=name, fout=str(error), status=401)
        answer = await self._begin(request, who, back)
        cookies.zet(answer, APPARAAT, mark)
        return answer

    async def to_provider(self, request: Request) -> Response:
        """On the way to the provider."""
        if self.deur.oidc is None:
            return _gone(request)
        try:
            url, trip = await self.deur.oidc.begin(self.deur.redirect(request), request.query_params.get("terug", "/"))
        except OidcFout as error:
            return self._form(request, "/", fout=str(error), status=error.status)
        answer = RedirectResponse(url, status_code=302)
        self.deur.koekjes.zet(answer, REIS, trip.as_cookie())
        return answer

    async def from_provider(self, request: Request) -> Response:
        """Back from the provider."""
        if self.deur.oidc is None:
            return _gone(request)
        trip = Reis.read(self.deur.koekjes.lees(request, REIS))
        try:
            known = await self.deur.oidc.rond_af(request.query_params, trip, self.deur.redirect(request))
            who = await run_in_threadpool(
                self.deur.gebruikers.van_uitgever,
                known.uitgever,
                known.onderwerp,
                known.naam,
                known.persoon,
                known.rollen,
                known.organisatie,
            )
        except OidcFout as error:
            answer: Response = self._form(request, "/", fout=str(error), status=error.status)
        except GebruikerFout as error:
            answer = self._form(request, "/", fout=str(error), status=403)
        else:
            if who.rollen:
                answer = await self._begin(request, who, own_path(trip.terug if trip else "/"))
            else:
                answer = self._form(request, "/", fout=tekst("toegang.aanmelden.geen_rol"), status=403)
        self.deur.koekjes.weg(answer, REIS)
        return answer

    async def _begin(self, request: Request, who: Wie, back: str) -> Response:
        """A new session, whatever the browser held before."""
        cookies = self.deur.koekjes
        token = await run_in_threadpool(self.deur.sessies.begin, who, cookies.lees(request, SESSIE))
        answer = _to(request, "/account" if who.moet_wijzigen else back)
        cookies.zet(answer, SESSIE, token)
        return answer

    # signing out

    async def sign_out(self, request: Request) -> Response:
        """No session of this browser any more, whether there was one or not."""
        if not own_page(request.scope):
            raise VreemdFormulier(FOREIGN)
        token = self.deur.koekjes.lees(request, SESSIE)
        if token:
            await run_in_threadpool(self.deur.sessies.einde, token)
        return self._ended(request)

    def _ended(self, request: Request) -> Response:
        answer = _to(request, "/afgemeld")
        self.deur.koekjes.weg(answer, SESSIE)
        # what was typed stands in the memory of the tab, and is not for who comes next
        answer.headers["clear-site-data"] = '"cache", "storage"'
        return answer

    async def signed_out(self, request: Request) -> HTMLResponse:
        """The page after that."""
        provider = self.deur.oidc
        return page(
            request,
            "toegang/afgemeld.html",
            200,
            titel=tekst("toegang.afgemeld.titel"),
            dienst=provider.uitgever.naam if provider else "",
            dienstadres=await provider.afmeldadres() if provider else "",
        )

    # one's own account

    async def account(self, request: Request, wie: Wie) -> Response:
        """Who somebody is here, and where they signed in."""
        return await self._account(request, wie, changed="gewijzigd" in request.query_params)

    async def choose_password(self, request: Request, wie: Wie) -> Response:
        """Another password; a new session here, and none elsewhere."""
        given = await _given(request)
        new = given.get("nieuw", "")
        if new != given.get("herhaald", ""):
            return await self._account(request, wie, fault=tekst("toegang.account.ongelijk"))
        try:
            await self.deur.aanmelding.tel(wie.naam)
            await self.deur.aanmelding.met_rust(self.deur.gebruikers.kies_wachtwoord, wie, given.get("oud", ""), new)
        except TeVaak as error:
            return await self._account(request, wie, fault=str(error), status=429)
        except (GebruikerFout, WachtwoordFout) as error:
            return await self._account(request, wie, fault=str(error))
        token = await run_in_threadpool(self.deur.sessies.begin, wie)
        answer = _to(request, "/account?gewijzigd=1")
        self.deur.koekjes.zet(answer, SESSIE, token)
        self.deur.koekjes.weg(answer, APPARAAT)
        return answer

    async def end_sessions(self, request: Request, wie: Wie) -> Response:
        """One session elsewhere, or all of them and this one."""
        which = (await _given(request)).get("sessie", "")
        if which == "alle":
            await run_in_threadpool(self.deur.sessies.einde_overal, wie)
            return self._ended(request)
        await run_in_threadpool(self.deur.sessies.einde_van, wie, which)
        return _to(request, "/account")

    async def _account(
        self, request: Request, wie: Wie, *, changed: bool = False, fault: str = "", status: int = 400
    ) -> HTMLResponse:
        sessions = await run_in_threadpool(self.deur.sessies.lijst, wie)
        found = await run_in_threadpool(self.deur.gebruikers.zoek, wie.naam)
        provider = self.deur.oidc
        return page(
            request,
            "toegang/account.html",
            status if fault else 200,
            titel=tekst("toegang.account.titel_fout") if fault else tekst("toegang.account.titel"),
            wie=wie,
            organisatie=_organisation(request, wie),
            eigen_wachtwoord=found is not None and found.wachtwoord is not None,
            dienst=provider.uitgever.naam if provider else "",
            kortst=KORTST,
            sessies=[_shown(one, wie) for one in sessions],
            fout=fault,
            gewijzigd=changed,
        )

    # who may not

    def refused(self, request: Request, error: ToegangFout) -> Response:
        """The page, or the problem, for who may not do something."""
        if not wants_html(request):
            headers = {"www-authenticate": CHALLENGE} if isinstance(error, NietAangemeld) else None
            return problem(error.status, str(error), headers=headers)
        if isinstance(error, NietAangemeld):
            query = f"?{request.url.query}" if request.url.query else ""
            back = f"{request.url.path}{query}" if request.method == "GET" else "/"
            answer = self._form(request, own_path(back), first=True, status=error.status)
            answer.headers["www-authenticate"] = CHALLENGE
            return answer
        return page(
            request,
            "toegang/geen_toegang.html",
            error.status,
            titel=tekst("toegang.geen_toegang.titel"),
            tekst=str(error),
            account=True,
        )

    def _form(
        self, request: Request, back: str, *, naam: str = "", fout: str = "", first: bool = False, status: int = 200
    ) -> HTMLResponse:
        provider = self.deur.oidc
        return page(
            request,
            "toegang/aanmelden.html",
            status,
            titel=tekst("toegang.aanmelden.titel_fout") if fout else tekst("toegang.aanmelden.titel"),
            terug=back,
            naam=naam[:254],
            fout=fout,
            eerst=first,
            dienst=provider.uitgever.naam if provider else "",
            contact=self.contact,
        )


async def _given(request: Request) -> dict[str, str]:
    async with request.form(max_files=0, max_fields=_FIELDS_AT_MOST) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _to(request: Request, path: str) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=_SEE_OTHER)


def _gone(request: Request) -> Response:
    return problem(404, tekst("toegang.aanmelden.geen_dienst"))


def _organisation(request: Request, wie: Wie) -> str:
    """The organisation by its own name."""
    if wie.organisatie is None:
        return ""
    owner = rules_of(request).eigenaren.alle.get(wie.organisatie.eigenaar)
    name = owner.naam if owner else wie.organisatie.eigenaar
    return f"{name}, {wie.organisatie.dienst}" if wie.organisatie.dienst else name


def _shown(sessie: Sessie, wie: Wie) -> Sessiebeeld:
    return Sessiebeeld(sessie.kenmerk, moment(sessie.begonnen), moment(sessie.gezien), sessie.kenmerk == wie.sessie)
