"""The first page of drafts and revisions, beginning a draft, and the tasks of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from regels.agenda import eerste
from service.beheer.beheerfouten import BeheerFout
from service.beheer.nieuwconcept import begin_jaar, volgend_jaar
from service.beheer.revisietabellen import GEPUBLICEERD, OPEN, Concept
from service.toegang.wie import Wie
from web.beheer.werkplek import Beheerdeel, Taakstand, Werkplek, WieInvoert, WieInziet, beheerpagina, given, to
from web.raamwerk.sjablonen import foutpagina, naar_beheer
from web.raamwerk.teksten import groep, tekst

JAAR, BESLUIT, LEEG = "jaar", "besluit", "leeg"
SOORTEN: Final = (JAAR, BESLUIT, LEEG)


@dataclass(frozen=True, slots=True)
class Taakregel:
    """A task as the list shows it; without ``link`` it is not for who looks."""

    naam: str
    titel: str
    link: str
    stand: Taakstand | None


def beheerpaginas(plek: Werkplek, delen: Sequence[Beheerdeel]) -> APIRouter:
    """The routes; ``delen`` are the tasks of a draft."""
    router = APIRouter()

    @router.get("/beheer")
    def overview(request: Request, wie: WieInziet) -> HTMLResponse:
        drafts = plek.concepten.lijst()
        return beheerpagina(
            request,
            "beheer/beheer.html",
            wie,
            titel=tekst("beheer.titel"),
            lopend=[one for one in drafts if one.stand == OPEN],
            afgesloten=[one for one in drafts if one.stand != OPEN],
            revisies=plek.concepten.revisies.lijst(),
            termijnen=eerste(plek.van_kracht.nu, plek.vandaag()),
            vandaag=plek.vandaag(),
            stand=state_of,
        )

    @router.get("/beheer/nieuw/{soort}")
    def new(request: Request, wie: WieInvoert, soort: str) -> HTMLResponse:
        return _new(request, plek, wie, soort)

    @router.post("/beheer/nieuw/{soort}")
    async def begin(request: Request, wie: WieInvoert, soort: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(_begin, request, plek, wie, soort, filled, delen)

    @router.get("/beheer/concepten/{naam}")
    def tasks(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _tasks(request, plek, wie, naam, delen)

    @router.post("/beheer/concepten/{naam}/intrekken")
    async def withdraw(request: Request, wie: WieInvoert, naam: str) -> Response:
        reason = (await given(request)).get("reden", "")
        try:
            await run_in_threadpool(plek.concepten.trek_in, wie, naam, reason)
        except BeheerFout as error:
            return await run_in_threadpool(_tasks, request, plek, wie, naam, delen, error, reason)
        return to(request, "/beheer")

    @router.post("/beheer/concepten/{naam}/bijwerken")
    async def bring_up(request: Request, wie: WieInvoert, naam: str) -> Response:
        try:
            await run_in_threadpool(plek.concepten.breng_bij, wie, naam)
        except BeheerFout as error:
            return await run_in_threadpool(_tasks, request, plek, wie, naam, delen, error)
        return to(request, f"/beheer/concepten/{naam}")

    return router


def state_of(concept: Concept) -> str:
    """How a draft stands, in words."""
    if concept.stand == GEPUBLICEERD:
        return tekst("beheer.concept.stand.gepubliceerd")
    if concept.stand != OPEN:
        return tekst("beheer.concept.stand.ingetrokken")
    if concept.goedgekeurd:
        return tekst("beheer.concept.stand.goedgekeurd")
    if concept.over and concept.rapport_klopt:
        return tekst("beheer.concept.stand.gecontroleerd")
    if concept.over:
        return tekst("beheer.concept.stand.niet_in_orde")
    return tekst("beheer.concept.stand.open")


# beginning


def _new(
    request: Request,
    plek: Werkplek,
    wie: Wie,
    soort: str,
    filled: Mapping[str, str] | None = None,
    fault: BeheerFout | None = None,
) -> HTMLResponse:
    if soort not in SOORTEN:
        return foutpagina(request, tekst("beheer.nieuw.onbekend"), tekst("beheer.nieuw.kies"), 404, terug=naar_beheer())
    today = plek.vandaag()
    proposed = {"naam": "", "reden": "", "jaar": str(today.year + 1)}
    if soort == JAAR:
        year = str(volgend_jaar(plek.concepten.van_kracht()))
        proposed = {
            "jaar": year,
            "naam": tekst("beheer.nieuw.naam_jaar", jaar=year),
            "reden": tekst("beheer.nieuw.reden_jaar", jaar=year),
        }
    elif soort == BESLUIT:
        proposed |= {"naam": tekst("beheer.nieuw.naam_besluit", jaar=today.year)}
        proposed |= {"reden": tekst("beheer.nieuw.reden_besluit", jaar=today.year)}
    return beheerpagina(
        request,
        "beheer/nieuw_concept.html",
        wie,
        status=fault.status if fault else 200,
        titel=tekst("beheer.nieuw.titel_fout") if fault else tekst("beheer.nieuw.titel"),
        soort=soort,
        kop=groep("beheer.nieuw_kop")[soort],
        uitleg=groep("beheer.nieuw_uitleg")[soort],
        ingevuld=proposed | dict(filled or {}),
        fout=str(fault) if fault else "",
    )


def _begin(
    request: Request,
    plek: Werkplek,
    wie: Wie,
    soort: str,
    filled: Mapping[str, str],
    delen: Sequence[Beheerdeel],
) -> Response:
    name, reason = filled.get("naam", "").strip(), filled.get("reden", "").strip()
    try:
        if soort == JAAR:
            begin_jaar(plek.concepten, wie, name, reason, _year(filled.get("jaar", "")))
        elif soort in SOORTEN:
            plek.concepten.begin(wie, name, reason)
    except BeheerFout as error:
        return _new(request, plek, wie, soort, filled, error)
    if soort not in SOORTEN:
        return _new(request, plek, wie, soort)
    policy = next((part for part in delen if soort == BESLUIT and part.naam == "beleid"), None)
    return to(request, f"/beheer/concepten/{name}/{policy.naam}" if policy else f"/beheer/concepten/{name}")


def _year(typed: str) -> int:
    if len(typed.strip()) != 4 or not typed.strip().isascii() or not typed.strip().isdigit():
        raise BeheerFout(tekst("beheer.nieuw.geen_jaar"))
    return int(typed)


# the tasks of a draft


def _tasks(
    request: Request,
    plek: Werkplek,
    wie: Wie,
    naam: str,
    delen: Sequence[Beheerdeel],
    fault: BeheerFout | None = None,
    reason: str = "",
) -> HTMLResponse:
    shown = plek.concept(naam)
    titles = groep("beheer.taken")
    tasks = [
        Taakregel(
            part.naam,
            titles[part.naam],
            f"{shown.adres}/{part.naam}",
            part.stand(plek, shown) if part.stand else None,
        )
        for part in delen
    ]
    return beheerpagina(
        request,
        "beheer/concept.html",
        wie,
        shown,
        fault.status if fault else 200,
        titel=tekst("beheer.concept.titel", naam=naam),
        taken=tasks,
        stand=state_of(shown.concept),
        anders=len(shown.concept.anders),
        nieuwste=plek.concepten.revisies.nieuwste(),
        fout=str(fault) if fault else "",
        reden=reason,
    )
