"""The pages of whom a draft touches: what to compare, how far it is, and what came out."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from regels import Regelset
from service.basis.instellingen import instellingen
from service.effect.effect import VARIANTEN_HOOGSTENS
from service.effect.effecttaken import Effecttaak, Effecttaken
from service.effect.effectwoorden import dagen
from service.effect.illustratief import account
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.taken import WachtrijVol
from service.toegang.wie import Wie
from web.beheer.effectbeeld import effectbeeld
from web.beheer.effectvraag import EIGEN, TABELLEN, Effectfout, asked, landlords, other_drafts
from web.beheer.verschilpagina import difference_of
from web.beheer.werkplek import Beheerdeel, Werkplek, WieInziet, beheerpagina, to
from web.raamwerk.sjablonen import foutpagina, script
from web.raamwerk.teksten import tekst

_WRONG, _GONE, _FULL = 400, 404, 503
_REFRESH: Final = 2
_FIELDS: Final = 40
_EMPTY: Final = {"dag_oud": "", "dag_nieuw": "", "wie": "", "verhuurder": "", "ronde": ""}
_FILES: Final = 3 + VARIANTEN_HOOGSTENS


def effectpagina(plek: Werkplek) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/beheer/concepten/{naam}/effect")
    taken = Effecttaken()

    @router.get("")
    def form(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _form(request, plek, wie, naam, {}, [])

    @router.post("")
    async def begin(request: Request, wie: WieInziet, naam: str) -> Response:
        async with request.form(max_files=_FILES, max_fields=_FIELDS) as filled:
            given = {name: value for name, value in filled.items() if isinstance(value, str)}
            ook = [value for value in filled.getlist("ook") if isinstance(value, str)]
            files = {name: file for name in TABELLEN if (file := _file(filled.get(name))) is not None}
            policies = [found for one in filled.getlist("beleid") if (found := _file(one)) is not None]
            return await run_in_threadpool(_begin, request, plek, wie, naam, taken, given, ook, files, policies)

    @router.get("/{taak}")
    def show(request: Request, wie: WieInziet, naam: str, taak: str) -> HTMLResponse:
        found = taken.lees(naam, taak)
        if found is None:
            said = tekst("effect.weg.tekst")
            again = f"/beheer/concepten/{naam}/effect", tekst("effect.weg.opnieuw")
            return foutpagina(request, tekst("effect.weg.kop"), said, _GONE, terug=again)
        return _show(request, plek, wie, naam, found)

    @router.post("/{taak}/wissen")
    def remove(request: Request, wie: WieInziet, naam: str, taak: str) -> Response:
        taken.wis(naam, taak)
        return to(request, f"/beheer/concepten/{naam}/effect")

    return router


def _file(given: object) -> UploadFile | None:
    return given if isinstance(given, UploadFile) and given.filename else None


def _begin(
    request: Request,
    plek: Werkplek,
    wie: Wie,
    naam: str,
    taken: Effecttaken,
    given: Mapping[str, str],
    ook: list[str],
    files: Mapping[str, UploadFile],
    policies: list[UploadFile],
) -> Response:
    shown = plek.concept(naam)
    if difference_of(plek, shown).nieuw is None:
        return _form(request, plek, wie, naam, given, ook)
    try:
        question = asked(plek, shown, given, files, policies, ook)
        id_ = taken.begin(naam, shown.concept.hash, wie.id, question.opdracht, question.tabellen)
    except Effectfout as error:
        return _form(request, plek, wie, naam, given, ook, str(error))
    except PortefeuilleFout as error:
        status = _FULL if isinstance(error, WachtrijVol) else _WRONG
        return _form(request, plek, wie, naam, given, ook, str(error), status)
    return to(request, f"/beheer/concepten/{naam}/effect/{id_}")


def _form(
    request: Request,
    plek: Werkplek,
    wie: Wie,
    naam: str,
    given: Mapping[str, str],
    ook: list[str],
    fout: str = "",
    status: int = _WRONG,
) -> HTMLResponse:
    shown = plek.concept(naam)
    difference = difference_of(plek, shown)
    return beheerpagina(
        request,
        "beheer/effect.html",
        wie,
        shown,
        status if fout else 200,
        titel=tekst("effect.titel", naam=naam),
        fout=fout,
        fouten=difference.fouten,
        ingevuld=_EMPTY | _days(difference.oud, difference.nieuw, plek.vandaag()) | dict(given),
        ook=ook,
        andere=other_drafts(plek, naam),
        verhuurders=landlords(difference.nieuw) if difference.nieuw is not None else {},
        meest=VARIANTEN_HOOGSTENS - 1,
        eigen=EIGEN,
        megabytes=instellingen().portefeuille_omvang // 1_000_000,
    )


def _days(before: Regelset | None, after: Regelset | None, today: date) -> dict[str, str]:
    if before is None or after is None:
        return {}
    old, new = dagen(before, after, today)
    return {"dag_oud": _typed(old), "dag_nieuw": _typed(new), "ronde": str(new.year)}


def _typed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def _show(request: Request, plek: Werkplek, wie: Wie, naam: str, task: Effecttaak) -> HTMLResponse:
    shown = plek.concept(naam)
    title = tekst("effect.titel", naam=naam)
    if task.loopt:
        own = script("keuring.js")
        return beheerpagina(
            request, "beheer/effect_bezig.html", wie, shown, ververs=_REFRESH, taak=task, titel=title, eigen_script=own
        )
    return beheerpagina(
        request,
        "beheer/effect_uitkomst.html",
        wie,
        shown,
        effect=effectbeeld(task.effect) if task.effect is not None else None,
        verantwoording=account(plek.van_kracht.nu) if task.effect is not None and task.effect.illustratief else None,
        veranderd=task.hash != shown.concept.hash,
        taak=task,
        titel=title,
    )


EFFECT = Beheerdeel("effect", effectpagina)
