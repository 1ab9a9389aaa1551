"""The application: the API, the pages and the health checks, behind the gate."""

import contextlib
import gc
import threading
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Final

import structlog
from anyio import to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.formaat import FormaatFout
from regels.toets import LezersVerschil
from service.api.beschrijving import description
from service.api.gezondheid import gezondheid
from service.api.inkomensverloop import Inkomensverloop, inkomensverloop
from service.api.regelkiezer import Regelkiezer
from service.api.toetsen import Toetsen, api, responses
from service.basis.einde import end_now, end_within
from service.basis.instellingen import Instellingen, instellingen
from service.basis.klok import nu, vandaag
from service.basis.logboek import configure, incident
from service.basis.poort import API_VERSION, GONE, REPORTED, Poort, Refusal, problem_only
from service.basis.problemen import MEDIA_TYPE, PAGINATITELS, TITELS, Probleem, incident_problem, problem, wants_html
from service.basis.vankracht import VanKracht, make_ready, pin
from service.basis.voorbeeld import is_voorbeeld
from service.beheer.begin import begin
from service.beheer.beheerfouten import BeheerFout, Veranderd
from service.beheer.voorbeeldweg import Voorbeeldweg
from service.opslag.gegevensmap import Gegevensmap, standaardmap
from service.opslag.opslag import GEEN, Opslag
from service.opslag.opslagfouten import OpslagFout
from service.portefeuille.taken import Grenzen, Taken
from service.toegang.aanmeldkeuze import AanmeldkeuzeFout
from service.toegang.rechten import Recht
from service.toegang.wacht import Beschermd, NietVerklaard, ToegangFout, Wacht, check_declared, mag
from web.formulier.invoer import TeVeelPersonen
from web.over.agendapagina import agendakalender, agendapagina
from web.over.over import over
from web.papieren.papierpaginas import papieren
from web.papieren.zetterij import Omvang, Zetterij
from web.portefeuille.portefeuillepagina import portefeuille
from web.raamwerk.sjablonen import STATIC, ThemaFout, foutpagina, naar_beheer, read_theme
from web.uitkomst.paginas import paginas, start_page
from web.uitkomst.stap_voor_stap import stappen
from web.uitkomst.verloop_pagina import meer_inkomen
from web.uitkomst.wat_als_pagina import wat_als

if TYPE_CHECKING:
    from service.beheer.herladen import Herlader
    from service.beheer.revisies import Revisies
    from service.beheer.voorbeelden import Voorbeelden
    from service.toegang.deur import Deur
    from web.toegang.toegangspaginas import Toegangspaginas

log = structlog.get_logger()
add_compress_type(MEDIA_TYPE)
# uvicorn does not start a process again that ends with this
START_FOUT: Final = 3
NIET_BEWAARD: Final = "De opslag werkt nu niet"
THREADS: Final = 12
_NO_START: Final = (
    ThemaFout, RegelsetError, FormaatFout, NietVerklaard, AanmeldkeuzeFout, OpslagFout, Veranderd,
)  # fmt: skip


def maak() -> Poort:
    """The application as a server runs it, with the settings of the environment."""
    settings = instellingen()
    configure(settings.logniveau)
    try:
        opslag = Opslag.van(settings)
        regels, revisies = begin(settings, opslag)
        van_kracht = VanKracht(regels, revisies)
        app = create_app(van_kracht, settings, opslag, dienst=True, herlader=_reloader(van_kracht, revisies))
    except _NO_START as error:
        log.error("start", reden=str(error))
        raise SystemExit(START_FOUT) from None
    make_ready(regels, vandaag())
    # the rules stay for ever: a collection of garbage that walks them all takes tens of milliseconds from an answer
    gc.collect()
    gc.freeze()
    return app


def create_app(
    regels: Regelset | VanKracht,
    settings: Instellingen | None = None,
    opslag: Opslag | None = None,
    *,
    dienst: bool = False,
    deur: "Deur | None" = None,
    herlader: "Herlader | None" = None,
) -> Poort:
    """The whole application, which answers by ``regels``, and keeps in ``opslag``, or nothing without one.

    With ``dienst`` the process is its own: what takes a moment is made ready when it starts, and it ends in time.
    ``deur`` is how people sign in, where the settings ask for that; else it is made of them.
    ``herlader`` keeps the rules at the newest revision while it runs.
    """
    own = settings or instellingen()
    kept = opslag or Opslag(Gegevensmap(own.gegevensmap or standaardmap()), GEEN)
    van_kracht = regels if isinstance(regels, VanKracht) else VanKracht(regels)
    ingang = _way_in(own, van_kracht, kept, deur)
    voorbeelden = _previews(ingang)
    zetterij = Zetterij(_typesetters(own))
    taken = Taken(van_kracht, _limits(own), van_concept=voorbeelden.begonnen if voorbeelden else None)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # pages hold the interpreter while they are made: more threads only make everybody wait
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        taken.start()
        if herlader is not None:
            herlader.start()
        if dienst:
            zetterij.warm()
            threading.Thread(target=kept.stand, name="opslag", daemon=True).start()  # open it before somebody waits
        yield
        if herlader is not None:
            herlader.stop()
        zetterij.close()
        taken.stop()
        kept.sluit()
        if dienst:
            end_within(own.stoptijd)

    app = FastAPI(
        title="Huurtoets",
        description="Toetst één huishouden aan de regels voor sociale huur. Er wordt niets bewaard.",
        version=API_VERSION,
        openapi_url=None,  # its route declares who may use it, as every other does
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        contact={"name": "Beheer Huurtoets"},
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        lifespan=lifespan,
        telemetry={"tracing": False, "metrics": False, "logs": False},  # no address of a visitor goes anywhere
    )
    wacht = Wacht(own.toegang, ingang.deur.herken if ingang else None)
    app.state.regels, app.state.thema, app.state.wacht = van_kracht, read_theme(own.thema), wacht
    app.state.opslag = kept
    kiezer = Regelkiezer(van_kracht)
    toetsen = Toetsen(kiezer, vandaag)
    checks = [mag(Recht.TOETSEN)]
    refusals = responses(_401=Probleem, _403=Probleem)
    app.include_router(api(van_kracht, kiezer, toetsen), dependencies=checks, responses=refusals)
    app.include_router(inkomensverloop(Inkomensverloop(vandaag)), dependencies=checks, responses=refusals)
    app.include_router(paginas(vandaag), dependencies=checks, include_in_schema=False)
    app.include_router(stappen(vandaag), dependencies=checks, include_in_schema=False)
    app.include_router(papieren(nu, own.contact, zetterij), dependencies=checks, include_in_schema=False)
    app.include_router(agendapagina(vandaag), dependencies=checks, include_in_schema=False)
    app.include_router(agendakalender(nu), dependencies=[mag(Recht.VRIJ)], include_in_schema=False)
    app.include_router(over(own.contact), dependencies=checks, include_in_schema=False)
    app.include_router(meer_inkomen(vandaag), dependencies=checks, include_in_schema=False)
    app.include_router(wat_als(vandaag), dependencies=checks, include_in_schema=False)
    app.include_router(portefeuille(vandaag, taken), dependencies=[mag(Recht.PORTEFEUILLE)], include_in_schema=False)
    if ingang:
        app.include_router(ingang.router(), include_in_schema=False)
    app.include_router(_management(ingang, van_kracht, own), include_in_schema=False)
    app.mount("/static", Beschermd(StaticFiles(directory=STATIC), Recht.VRIJ, wacht), name="static")
    app.include_router(
        gezondheid(kept.stand, vandaag, lambda *asked: start_page(*asked)),
        dependencies=[mag(Recht.VRIJ)],
        include_in_schema=False,
    )
    _add_fault_handlers(app)
    _add_refusals(app, ingang)
    app.include_router(description(app, van_kracht), dependencies=checks, include_in_schema=False)
    check_declared(app.routes)
    # levels that cost less than they save on a page of 400 kB; docs/beveiliging.md says why it is safe
    direct = ExceptionMiddleware(Beschermd(toetsen, Recht.TOETSEN, wacht), app.exception_handlers)
    preview = ExceptionMiddleware(Voorbeeldweg(app, wacht, voorbeelden), app.exception_handlers)

    async def whole(scope: Scope, receive: Receive, send: Send) -> None:
        pin(scope, van_kracht.nu)  # and no other, however long it takes
        if scope["type"] == "http" and is_voorbeeld(scope["path"]):
            scope["app"] = app
            await preview(scope, receive, send)
            return
        straight = scope["type"] == "http" and scope["path"] == toetsen.path and scope["method"] == "POST"
        await (direct if straight else app)(scope, receive, send)

    return Poort(CompressMiddleware(whole, zstd_level=3, brotli_quality=3, gzip_level=3), own, _refusal(app))


def _reloader(van_kracht: VanKracht, revisies: "Revisies | None") -> "Herlader | None":
    """What keeps the rules at the newest revision; nothing where none are kept."""
    if revisies is None:
        return None
    from service.beheer.herladen import Herlader  # only with a database: it takes time to import

    def changed(reason: str) -> None:
        log.error("regels", reden=reason)
        end_now()

    return Herlader(van_kracht, revisies, vandaag, changed)


def _typesetters(own: Instellingen) -> Omvang:
    """How many papers are set at a time."""
    return Omvang(own.papieren_processen or 1, own.papieren_wachtrij, own.papieren_duur, own.papieren_verversen)


def _limits(own: Instellingen) -> Grenzen:
    """How much the page of portfolios takes on."""
    most, memory = own.portefeuille_omvang, own.portefeuille_geheugen << 20
    return Grenzen(most, own.portefeuille_duur, own.portefeuille_wachtrij, geheugen=memory)


def _refusal(app: FastAPI) -> Refusal:
    """How the gate refuses: a page for a person, a problem for the API."""

    def refuse(scope: Scope, status: int, text: str, seconds: int) -> Response:
        request = Request({**scope, "app": app})
        if not wants_html(request):
            return problem_only(scope, status, text, seconds)
        response = foutpagina(request, TITELS[status], text, status)
        if seconds:
            response.headers["retry-after"] = str(seconds)
        return response

    return refuse


def _add_fault_handlers(app: FastAPI) -> None:
    @app.exception_handler(LezersVerschil)
    async def readers_differ(request: Request, error: LezersVerschil) -> Response:
        log.error(
            "lezers verschillen", incident=error.incident, besluit=error.besluit, rete=error.rete, uitleg=error.uitleg
        )
        return _incident(request, error.incident)

    @app.exception_handler(ClientDisconnect)
    async def left(request: Request, error: ClientDisconnect) -> Response:
        """Nobody reads this any more; the log needs a status."""
        return Response(status_code=GONE)

    @app.exception_handler(BeheerFout)
    async def cannot_be_done(request: Request, error: BeheerFout) -> Response:
        """With a draft or a revision; the text was made to be shown."""
        if wants_html(request):
            return foutpagina(request, TITELS[error.status], str(error), error.status, terug=naar_beheer())
        return problem(error.status, str(error))

    @app.exception_handler(OpslagFout)
    async def not_kept(request: Request, error: OpslagFout) -> Response:
        """What is kept cannot be reached, written or read now; the text was made to be shown."""
        log.error("opslag", soort=type(error).__name__)
        if wants_html(request):
            return foutpagina(request, NIET_BEWAARD, str(error), 503)
        return problem(503, str(error), title=NIET_BEWAARD)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        setattr(request.state, REPORTED, True)
        return _incident(request, incident(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problem(400, "De aanroep is niet goed. Zie de beschrijving in /v1/openapi.json.")

    @app.exception_handler(HTTPException)
    async def http_fault(request: Request, error: HTTPException) -> Response:
        status = error.status_code if error.status_code in TITELS else 400
        texts = {
            404: "Deze pagina of dit adres bestaat niet.",
            405: "Dit adres kan niet op deze manier worden aangeroepen.",
            413: error.detail,
        }
        text = texts.get(status, "De aanroep is niet goed.")
        if isinstance(error, TeVeelPersonen):
            text = error.detail
        if wants_html(request):
            title, text = PAGINATITELS.get(status, (TITELS[status], text))
            return foutpagina(request, title, text, status)
        response = problem(status, text)
        if error.headers:
            response.headers.update(error.headers)
        return response


def _way_in(own: Instellingen, van_kracht: VanKracht, opslag: Opslag, deur: "Deur | None") -> "Toegangspaginas | None":
    """The pages to sign in on, where that was chosen."""
    if own.toegang != "aanmelden":
        return None
    from service.toegang.deur import Deur  # only who signs in needs a database, and it takes time to import
    from web.toegang.toegangspaginas import Toegangspaginas

    made = deur or Deur(own, lambda: van_kracht.nu.eigenaren, opslag)
    return Toegangspaginas(made, own.contact)


def _management(ingang: "Toegangspaginas | None", van_kracht: VanKracht, own: Instellingen) -> APIRouter:
    """The pages of drafts; where nobody can sign in, one that says what that takes."""
    if ingang is None:
        from web.beheer.zonder_aanmelden import zonder_aanmelden

        return zonder_aanmelden(own.contact)
    from web.beheer.beheerroutes import beheer  # with the database, which takes time to import
    from web.beheer.werkplek import Werkplek

    return beheer(Werkplek.van(ingang.deur.opslag, van_kracht, vandaag))


def _previews(ingang: "Toegangspaginas | None") -> "Voorbeelden | None":
    """What drafts are previewed by; nothing where nobody can have the right to it."""
    if ingang is None:
        return None
    from service.beheer.voorbeelden import Voorbeelden  # with the database

    return Voorbeelden.van(ingang.deur.opslag)


def _add_refusals(app: FastAPI, ingang: "Toegangspaginas | None") -> None:
    """What somebody hears who may not do something, or looks for a preview that is not there."""
    if ingang:
        from service.beheer.voorbeelden import GeenVoorbeeld
        from web.beheer.voorbeeldpagina import no_preview

        app.add_exception_handler(GeenVoorbeeld, no_preview)

    @app.exception_handler(ToegangFout)
    async def refused(request: Request, error: ToegangFout) -> Response:
        if ingang:
            return ingang.refused(request, error)
        if wants_html(request):
            return foutpagina(request, TITELS[error.status], str(error), error.status)
        return problem(error.status, str(error))


def _incident(request: Request, number: str) -> Response:
    if wants_html(request):
        return foutpagina(request, "Er ging iets mis", f"Geef dit nummer door aan beheer: {number}.", 500)
    return incident_problem(number)


__all__ = ["create_app", "maak"]
