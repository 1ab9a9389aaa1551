"""The page of the check: how far it is, and the report with what is to be mended or accepted."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from service.beheer.beheerfouten import BeheerFout
from service.beheer.controleloop import Controleloop, Controlestand
from service.beheer.rapportvorm import DELEN
from service.toegang.gebruikers import namen_van
from service.toegang.wie import Wie
from web.beheer.rapportbeeld import Rapportbeeld
from web.beheer.werkplek import (
    Beheerdeel,
    Conceptbeeld,
    Taakstand,
    Werkplek,
    WieInvoert,
    WieInziet,
    beheerpagina,
    given,
    to,
)
from web.raamwerk.sjablonen import script
from web.raamwerk.teksten import tekst

ALLES, EEN, GEEN = "alles", "een", "geen"


def controlepaginas(plek: Werkplek) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/beheer/concepten/{naam}/controle")
    loop = Controleloop(plek.concepten)

    @router.get("")
    def show(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _page(request, plek, loop, wie, naam)

    @router.post("")
    async def begin(request: Request, wie: WieInvoert, naam: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(_begin, request, plek, loop, wie, naam, filled)

    @router.post("/stop")
    def stop(request: Request, wie: WieInvoert, naam: str) -> Response:
        plek.concepten.lees(naam)
        loop.stop(wie, naam)
        return to(request, _address(naam))

    @router.post("/aanvaard")
    async def accept(request: Request, wie: WieInvoert, naam: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(_accept, request, plek, loop, wie, naam, filled)

    return router


def controlestand(plek: Werkplek, beeld: Conceptbeeld) -> Taakstand:
    """How the task stands."""
    running = Controleloop(plek.concepten).stand()
    if running is not None and running.loopt and running.concept == beeld.concept.naam:
        return Taakstand("bezig", tekst("keuring.taak.loopt"))
    report = plek.publicatie.rapport(beeld.concept.naam)
    if report is None:
        return Taakstand("te_doen", tekst("keuring.taak.geen"))
    if report.klopt:
        return Taakstand("klaar", tekst("keuring.taak.orde"))
    if report.stops:
        return Taakstand("let_op", tekst("keuring.taak.stops", aantal=len(report.stops)))
    return Taakstand("let_op", tekst("keuring.taak.open", aantal=len(report.open)))


CONTROLE: Final = Beheerdeel("controle", controlepaginas, controlestand)


def _address(naam: str) -> str:
    return f"/beheer/concepten/{naam}/controle"


def _begin(
    request: Request, plek: Werkplek, loop: Controleloop, wie: Wie, naam: str, filled: Mapping[str, str]
) -> Response:
    chosen = filled.get("bewijs", ALLES)
    besluit = filled.get("besluit", "") if chosen == EEN else None
    if besluit is not None and besluit not in plek.van_kracht.nu.besluiten:
        return _page(request, plek, loop, wie, naam, BeheerFout(tekst("keuring.controle.besluit_onbekend")))
    try:
        loop.begin(wie, naam, bewijs=chosen != GEEN, besluit=besluit)
    except BeheerFout as error:
        return _page(request, plek, loop, wie, naam, error)
    return to(request, _address(naam))


def _accept(
    request: Request, plek: Werkplek, loop: Controleloop, wie: Wie, naam: str, filled: Mapping[str, str]
) -> Response:
    code, reason = filled.get("code", ""), filled.get("reden", "").strip()
    try:
        if filled.get("actie") == "terug":
            plek.publicatie.aanvaardingen.trek_terug(wie, naam, code)
        else:
            plek.publicatie.aanvaardingen.aanvaard(wie, naam, code, reason)
    except BeheerFout as error:
        plek.concepten.lees(naam)
        return _page(request, plek, loop, wie, naam, error, code, filled.get("reden", ""))
    return to(request, f"{_address(naam)}#rapport")


def _page(
    request: Request,
    plek: Werkplek,
    loop: Controleloop,
    wie: Wie,
    naam: str,
    fault: BeheerFout | None = None,
    code: str = "",
    reason: str = "",
) -> HTMLResponse:
    shown = plek.concept(naam)
    last, report = loop.stand(), plek.publicatie.rapport(naam)
    running = last is not None and last.loopt and last.concept == naam
    besluiten = plek.van_kracht.nu.besluiten
    titles = plek.van_kracht.nu.teksten
    return beheerpagina(
        request,
        "beheer/controle.html",
        wie,
        shown,
        fault.status if fault else 200,
        titel=tekst("keuring.controle.titel", naam=naam),
        fout=str(fault) if fault else "",
        fout_code=code,
        fout_reden=reason,
        loopt=last if running else None,
        fase=_said(last) if last is not None and running else "",
        elders=last.concept if last is not None and last.loopt and not running else "",
        geeindigd=_ended(last, naam),
        rapport=Rapportbeeld(naam, report, namen_van(plek.concepten.opslag)) if report is not None else None,
        verouderd=bool(shown.concept.rapport) and report is None,
        besluiten=sorted((titles.titel(one), one) for one in besluiten),
        eigen_script=script("keuring.js"),
    )


def _said(last: Controlestand) -> str:
    if last.totaal:
        return tekst("keuring.controle.bezig_bewijs", gedaan=last.gedaan, totaal=last.totaal)
    return tekst("keuring.controle.bezig", deel=DELEN.get(last.deel, last.deel))


def _ended(last: Controlestand | None, naam: str) -> str:
    """What to say of a check of this draft that ended without a report."""
    if last is None or last.concept != naam:
        return ""
    said = {
        "gestopt": tekst("keuring.controle.gestopt"),
        "ingehaald": tekst("keuring.controle.ingehaald"),
        "mislukt": tekst("keuring.controle.mislukt"),
    }.get(last.einde, "")
    return f"{said} {last.zegt}".strip() if last.einde == "mislukt" else said
