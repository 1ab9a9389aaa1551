"""The page that the second person signs, and that of the publication."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from service.beheer.beheerfouten import BeheerFout
from service.beheer.revisietabellen import GEPUBLICEERD
from service.toegang.gebruikers import namen_van
from service.toegang.rechten import Recht
from service.toegang.wie import Wie
from web.beheer.rapportbeeld import Rapportbeeld
from web.beheer.werkplek import (
    Beheerdeel,
    Conceptbeeld,
    Taakstand,
    Werkplek,
    WieGoedkeurt,
    WieInziet,
    WiePubliceert,
    beheerpagina,
    given,
    to,
)
from web.raamwerk.teksten import tekst


def goedkeurpaginas(plek: Werkplek) -> APIRouter:
    """The routes of approving."""
    router = APIRouter(prefix="/beheer/concepten/{naam}/goedkeuren")

    @router.get("")
    def show(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _approving(request, plek, wie, naam)

    @router.post("")
    async def sign(request: Request, wie: WieGoedkeurt, naam: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(_sign, request, plek, wie, naam, filled)

    return router


def publiceerpaginas(plek: Werkplek) -> APIRouter:
    """The routes of publishing."""
    router = APIRouter(prefix="/beheer/concepten/{naam}/publiceren")

    @router.get("")
    def show(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _publishing(request, plek, wie, naam)

    @router.post("")
    def publish(request: Request, wie: WiePubliceert, naam: str) -> Response:
        try:
            plek.publicatie.publiceer(wie, naam)
        except BeheerFout as error:
            return _publishing(request, plek, wie, naam, error)
        return to(request, f"/beheer/concepten/{naam}/publiceren")

    return router


def goedkeurstand(plek: Werkplek, beeld: Conceptbeeld) -> Taakstand:
    """How the task stands."""
    found = beeld.concept
    if found.goedgekeurd:
        return Taakstand("klaar")
    return Taakstand("te_doen" if found.over and found.rapport_klopt else "nog_niet")


def publiceerstand(plek: Werkplek, beeld: Conceptbeeld) -> Taakstand:
    """How the task stands."""
    if beeld.concept.stand == GEPUBLICEERD:
        return Taakstand("klaar")
    return Taakstand("te_doen" if beeld.concept.goedgekeurd else "nog_niet")


GOEDKEUREN: Final = Beheerdeel("goedkeuren", goedkeurpaginas, goedkeurstand)
PUBLICEREN: Final = Beheerdeel("publiceren", publiceerpaginas, publiceerstand)


def _sign(request: Request, plek: Werkplek, wie: Wie, naam: str, filled: Mapping[str, str]) -> Response:
    if filled.get("akkoord") != "ja":
        return _approving(request, plek, wie, naam, BeheerFout(tekst("keuring.goedkeuren.akkoord_leeg")))
    try:
        plek.publicatie.keur_goed(wie, naam, filled.get("over", ""))
    except BeheerFout as error:
        return _approving(request, plek, wie, naam, error)
    return to(request, f"/beheer/concepten/{naam}/goedkeuren")


def _approving(request: Request, plek: Werkplek, wie: Wie, naam: str, fault: BeheerFout | None = None) -> HTMLResponse:
    shown, report = plek.concept(naam), plek.publicatie.rapport(naam)
    found = shown.concept
    names = namen_van(plek.concepten.opslag)
    image = Rapportbeeld(naam, report, names) if report is not None else None
    return beheerpagina(
        request,
        "beheer/goedkeuren.html",
        wie,
        shown,
        fault.status if fault else 200,
        titel=tekst("keuring.goedkeuren.titel", naam=naam),
        fout=str(fault) if fault else "",
        rapport=image,
        invoerders=[names.get(one) or tekst("keuring.rapport.weg") for one in found.door],
        goedgekeurd_door=_by(found.goedgekeurd_door, names) if found.goedgekeurd else "",
        mag_tekenen=wie.mag(Recht.REGELS_GOEDKEUREN) and shown.open and not found.goedgekeurd,
        eigen=plek.publicatie.deed_mee(wie, found),
    )


def _publishing(request: Request, plek: Werkplek, wie: Wie, naam: str, fault: BeheerFout | None = None) -> HTMLResponse:
    shown, newest = plek.concept(naam), plek.concepten.revisies.nieuwste()
    made = next((one for one in plek.concepten.revisies.lijst() if one.concept == naam), None)
    found = shown.concept
    return beheerpagina(
        request,
        "beheer/publiceren.html",
        wie,
        shown,
        fault.status if fault else 200,
        titel=tekst("keuring.publiceren.titel", naam=naam),
        fout=str(fault) if fault else "",
        revisie=made,
        nieuwste=newest,
        goedgekeurd_door=_by(found.goedgekeurd_door, namen_van(plek.concepten.opslag)) if found.goedgekeurd else "",
        mag_publiceren=wie.mag(Recht.REGELS_PUBLICEREN) and shown.open,
    )


def _by(id_: str, names: Mapping[str, str]) -> str:
    return names.get(id_) or tekst("keuring.rapport.weg")
