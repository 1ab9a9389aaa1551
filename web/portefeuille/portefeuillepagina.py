"""The page for a whole portfolio: files, which column is which field, a trial run, the run, and the download.

Nothing of a file comes in an address or a log. A task is found by a number that cannot be guessed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import wraps
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final, ParamSpec, cast

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response, StreamingResponse
from starlette.datastructures import UploadFile

from regels import Regelset
from regels.opmaak import conceptnaam
from service.basis.einde import STOPT
from service.invoer.bedragen import read_number
from service.invoer.datums import read_date
from service.portefeuille.doelen import KIEZEN, NEGEREN, PERSONEN, VASTE, WONINGEN
from service.portefeuille.fouten import Afgebroken, PortefeuilleFout, TeKiezen, disk_full
from service.portefeuille.taakmap import Taak
from service.portefeuille.taken import Taken, WachtrijVol
from web.portefeuille.portefeuillebeeld import choices, made, phase_of, table, targets, typed_date
from web.portefeuille.tegels import tiles
from web.raamwerk.sjablonen import page, rules_of, script
from web.raamwerk.teksten import tekst

_P = ParamSpec("_P")
_ADRES: Final = "/portefeuille"
_VORMEN: Final = ("xlsx", "csv", "parquet")
# the columns of two tables, and what is above them
_FIELDS_AT_MOST: Final = 1_500
_KOPPELING_AT_MOST: Final = 200_000
_SEE_OTHER, _GONE, _WRONG, _FULL = 303, 404, 400, 503
# in how many seconds a portfolio can be offered again when too many wait
_LATER: Final = 60
# files that are read at a time, each with all the memory that a large table needs
_AT_ONCE: Final = 2
_REFRESH: Final = 3
_TELL_EVERY: Final = 0.5


def portefeuille(vandaag: Callable[[], date], taken: Taken) -> APIRouter:
    """The routes; ``vandaag`` gives the peildatum that is filled in beforehand."""
    router = APIRouter(prefix=_ADRES)
    # reading a file takes long, and takes no thread of the pages
    reading = CapacityLimiter(_AT_ONCE)

    @router.get("")
    def begin(request: Request) -> HTMLResponse:
        return _begin(request, taken)

    @router.post("")
    async def upload(request: Request) -> Response:
        try:
            async with request.form(max_files=3, max_fields=3) as form:
                return await to_thread.run_sync(_upload, request, taken, dict(form), limiter=reading)
        except OSError as error:
            if (said := disk_full(error)) is None:
                raise
            return _begin(request, taken, said)

    @router.get("/{taak}")
    @_or_gone
    def show(request: Request, taak: str) -> HTMLResponse:
        return _show(request, taken, _task(request, taken, taak), vandaag())

    @router.get("/{taak}/voortgang")
    def progress(request: Request, taak: str) -> StreamingResponse:
        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(_events(request, taken, taak), media_type="text/event-stream", headers=headers)

    @router.get("/{taak}/koppeling.yaml")
    @_or_gone
    def remembered(request: Request, taak: str) -> Response:
        task = _task(request, taken, taak)
        if task is None:
            return _gone(request)
        headers = {"content-disposition": "; ".join(("attachment", 'filename="koppeling.yaml"'))}
        try:
            return Response(taken.koppeling(task).as_yaml(), media_type="application/yaml", headers=headers)
        except PortefeuilleFout as error:
            return _gone(request, str(error))

    @router.post("/{taak}/koppeling")
    async def couple(request: Request, taak: str) -> Response:
        async with request.form(max_files=0, max_fields=_FIELDS_AT_MOST) as form:
            given = {name: value for name, value in form.items() if isinstance(value, str)}
        return await run_in_threadpool(_or_gone(_couple), request, taken, taak, given, vandaag())

    @router.post("/{taak}/{daad}")
    async def act(request: Request, taak: str, daad: str) -> Response:
        async with request.form(max_files=0, max_fields=3) as form:
            kind = str(form.get("vorm", ""))
        return await run_in_threadpool(_or_gone(_act), request, taken, taak, daad, kind)

    return router


def _begin(request: Request, taken: Taken, fout: str = "") -> HTMLResponse:
    return page(
        request,
        "portefeuille/portefeuille.html",
        _WRONG if fout else 200,
        titel=tekst("portefeuille.titel"),
        fout=fout,
        megabytes=taken.grenzen.omvang // 1_000_000,
        minuten=-(-taken.grenzen.duur // 60),
    )


def _upload(request: Request, taken: Taken, form: Mapping[str, object]) -> Response:
    given = {name: file for name, file in form.items() if isinstance(file, UploadFile) and file.filename}
    most = taken.grenzen.omvang
    if WONINGEN not in given:
        return _begin(request, taken, tekst("portefeuille.fout.geen_bestand"))
    if any((file.size or 0) > most for file in given.values()):
        return _begin(request, taken, tekst("portefeuille.fout.te_groot", megabytes=most // 1_000_000))
    try:
        coupled = _remembered(given.get("koppeling"))
        made = taken.nieuw(_file(given[WONINGEN]), _file(given.get(PERSONEN)), coupled, rules_of(request))
    except PortefeuilleFout as error:
        return _or_later(_begin(request, taken, str(error)), error)
    return _to(request, made.id)


def _or_later(answer: HTMLResponse, error: PortefeuilleFout) -> HTMLResponse:
    """``answer``, as one that can be asked again where the service only has too much to do."""
    if isinstance(error, WachtrijVol):
        answer.status_code = _FULL
        answer.headers["retry-after"] = str(_LATER)
    return answer


def _file(file: UploadFile | None) -> tuple[str, BinaryIO]:
    return ("", BytesIO()) if file is None else (file.filename or "", file.file)


def _remembered(file: UploadFile | None) -> bytes | None:
    return None if file is None else file.file.read(_KOPPELING_AT_MOST + 1)


def _to(request: Request, id_: str) -> RedirectResponse:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{_ADRES}/{id_}", status_code=_SEE_OTHER)


def _or_gone(answer: Callable[_P, Response]) -> Callable[_P, Response]:
    """``answer``, or the page that says that a task is gone when it was removed meanwhile; the request comes first."""

    @wraps(answer)
    def answered(*args: _P.args, **kwargs: _P.kwargs) -> Response:
        try:
            return answer(*args, **kwargs)
        except (Afgebroken, FileNotFoundError):
            return _gone(cast(Request, args[0] if args else kwargs["request"]))

    return answered


def _task(request: Request, taken: Taken, id_: str) -> Taak | None:
    """The task with this id; what belongs to a preview is not seen outside it, nor the other way round."""
    found = taken.lees(id_)
    return found if found is None or found.concept == conceptnaam(rules_of(request).revisie) else None


def _gone(request: Request, text: str = "") -> HTMLResponse:
    title, text = tekst("portefeuille.weg.titel"), text or tekst("portefeuille.weg.tekst")
    return page(request, "raamwerk/fout.html", _GONE, titel=title, tekst=text, van_portefeuille=True)


# one task


def _show(request: Request, taken: Taken, task: Taak | None, today: date, fout: str = "") -> HTMLResponse:
    if task is None:
        return _gone(request)
    if task.loopt:
        return _busy(request, task)
    if task.fase in ("proef", "klaar"):
        return _report(request, task)
    return _mapping(request, taken, task, today, fout or task.fout)


def _busy(request: Request, task: Taak) -> HTMLResponse:
    return page(
        request,
        "portefeuille/portefeuille_bezig.html",
        200,
        titel=tekst("portefeuille.bezig.titel"),
        taak=task,
        fase=phase_of(task),
        ververs=_REFRESH,
        eigen_script=script("portefeuille.js"),
    )


async def _events(request: Request, taken: Taken, id_: str) -> AsyncIterator[str]:
    """How far a task is, until it is no longer running; the page then loads itself again.

    When the service stops it just ends: the page asks again, and hears what became of the task of whoever answers then.
    """
    while (task := await run_in_threadpool(_task, request, taken, id_)) is not None and task.loopt:
        if STOPT.is_set():
            return
        said = {"tekst": phase_of(task), "gedaan": task.gedaan, "geheel": task.geheel}
        yield f"data: {json.dumps(said)}\n\n"
        await asyncio.sleep(_TELL_EVERY)
    yield "event:klaar\ndata:{}\n\n"


def _report(request: Request, task: Taak) -> HTMLResponse:
    return page(
        request,
        "portefeuille/portefeuille_verslag.html",
        200,
        titel=tekst("portefeuille.klaar.titel") if task.fase == "klaar" else tekst("portefeuille.proef.titel"),
        taak=task,
        tegels=tiles(rules_of(request), task.overzichten),
        tabellen=[table(part) for part in task.overzichten if part["rijen"]],
        vormen=_VORMEN,
    )


# which column is which field


def _mapping(
    request: Request, taken: Taken, task: Taak, today: date, fout: str, given: Mapping[str, str] | None = None
) -> HTMLResponse:
    """The page; ``given`` is what was just chosen and could not be used, so that it need not be chosen again."""
    try:
        columns, coupled = taken.kolommen(task.id), taken.koppeling(task)
    except PortefeuilleFout as error:
        return _gone(request, str(error))
    day = date.fromisoformat(task.peildatum) if task.peildatum else today
    start = date.fromisoformat(task.ingangsdatum) if task.ingangsdatum else None
    typed = {
        "peildatum": typed_date(day),
        "huurronde": str(task.huurronde or today.year),
        "ingangsdatum": typed_date(start) if start is not None else "",
    }
    if given is not None:
        coupled = made(columns, coupled, given)
        typed |= {name: given[name] for name in typed if name in given}
    seen, regels = taken.voorbeelden(task.id), coupled.regels
    tables = [
        (group, choices(group, names, coupled, seen[group]), targets(regels, group)) for group, names in columns.items()
    ]
    return page(
        request,
        "portefeuille/portefeuille_koppelen.html",
        _WRONG if fout else 200,
        titel=tekst("portefeuille.koppelen.titel"),
        taak=task,
        fout=fout,
        tabellen=tables,
        negeren=NEGEREN,
        kiezen=KIEZEN,
        vast=[
            (veld.naam, veld.label, veld.waarden, coupled.vast.get(veld.naam, ""))
            for veld in map(coupled.regels.velden.get, VASTE)
            if veld
        ],
        **typed,
    )


def _couple(request: Request, taken: Taken, id_: str, given: Mapping[str, str], today: date) -> Response:
    task = _task(request, taken, id_)
    if task is None:
        return _gone(request)
    if task.loopt:
        return _to(request, id_)
    try:
        coupled = taken.koppeling(task)
    except PortefeuilleFout as error:
        return _gone(request, str(error))
    day, year = read_date(given.get("peildatum", "")), _year(coupled.regels, given.get("huurronde", ""))
    if not isinstance(day, date):
        return _mapping(request, taken, task, today, tekst("portefeuille.fout.peildatum", reden=day.tekst), given)
    if year is None:
        return _mapping(request, taken, task, today, tekst("portefeuille.fout.huurronde"), given)
    start = read_date(given["ingangsdatum"]) if given.get("ingangsdatum") else None
    if start is not None and not isinstance(start, date):
        said = tekst("portefeuille.fout.ingangsdatum", reden=start.tekst)
        return _mapping(request, taken, task, today, said, given)
    try:
        taken.koppel(task, made(taken.kolommen(id_), coupled, given), day, year, start)
    except TeKiezen as error:
        columns = ", ".join(f"'{name}'" for name in error.kolommen)
        return _mapping(request, taken, task, today, tekst("portefeuille.fout.kiezen", kolommen=columns), given)
    except PortefeuilleFout as error:
        return _or_later(_mapping(request, taken, task, today, str(error), given), error)
    return _to(request, id_)


def _year(regels: Regelset, text: str) -> int | None:
    low, high = regels.velden["huurronde"].minimum, regels.velden["huurronde"].maximum
    assert isinstance(low, Decimal) and isinstance(high, Decimal)
    year = read_number(text)
    return year if isinstance(year, int) and low <= year <= high else None


# what can be done with a task


def _act(request: Request, taken: Taken, id_: str, daad: str, kind: str) -> Response:
    task = _task(request, taken, id_)
    if task is None or daad not in ("draaien", "opnieuw", "ophalen", "afgewezen", "wissen"):
        return _gone(request)
    if daad == "wissen":
        taken.wis(id_)
        return RedirectResponse(f"{request.scope.get('root_path', '')}{_ADRES}", status_code=_SEE_OTHER)
    if daad == "draaien" and task.fase in ("proef", "fout") and kind in _VORMEN and task.peildatum:
        return _run(request, taken, task, kind)
    if daad == "opnieuw" and not task.loopt:
        taken.opnieuw(task)
    if daad == "afgewezen" and task.fase == "proef":
        return _download(taken.afgewezen(task), _named(task, "afgewezen.csv"))
    if daad == "ophalen" and task.fase == "klaar":
        file = taken.resultaat(task)
        return _download(file, _named(task, file.name))
    return _to(request, id_)


def _run(request: Request, taken: Taken, task: Taak, kind: str) -> Response:
    try:
        taken.begin(task, proef=False, vorm=kind)
    except PortefeuilleFout as error:
        answer = page(request, "raamwerk/fout.html", _WRONG, titel=tekst("portefeuille.titel"), tekst=str(error))
        return _or_later(answer, error)
    return _to(request, task.id)


def _named(task: Taak, name: str) -> str:
    """What a file is called by who fetches it; that of a preview says so, wherever it goes from here."""
    return f"concept-{task.concept}-{name}" if task.concept else name


def _download(path: Path, name: str) -> Response:
    found = path.stat()  # now, while it can still be said that it is gone
    return FileResponse(path, filename=name, media_type="application/octet-stream", stat_result=found)
