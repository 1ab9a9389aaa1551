"""The address of what more income takes away: the question that was posted, along the income of the tenant."""

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from regels.vraag import VraagFout
from web.formulier.herhaling import repeat
from web.formulier.invoer import FIELDS_AT_MOST, MERK, Formulier, read_form
from web.formulier.merk import changed_since
from web.formulier.oud import outdated
from web.papieren.knoppen import beside, hidden
from web.raamwerk.sjablonen import foutpagina, page, rules_of
from web.raamwerk.teksten import tekst
from web.uitkomst.verloopbeeld import show_course


def meer_inkomen(vandaag: Callable[[], date]) -> APIRouter:
    """The route of the course; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter()

    @router.post("/meer-inkomen")
    async def course(request: Request) -> HTMLResponse:
        async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
            items = list(posted.multi_items())
        return await run_in_threadpool(_course, request, items, vandaag())

    return router


def _course(request: Request, items: Sequence[tuple[str, object]], today: date) -> HTMLResponse:
    form = Formulier.parse(rules_of(request), items)
    read = read_form(form, today)
    mark = beside(items)[1]
    if changed_since(mark, read):
        return outdated(request, form)
    try:
        found = show_course(read.vraag, form.regels) if read.vraag is not None else None
    except VraagFout:
        found = None
    if found is None:
        return foutpagina(request, tekst("uitkomst.verloop.kop"), tekst("uitkomst.watals.ongeldig"), 400)
    # htmx asks for the part alone
    if request.headers.get("HX-Request") == "true":
        return page(request, "uitkomst/uitkomst_verloop.html", 200, verloop=found)
    values = {"verborgen": hidden(form), "herhaal": repeat(form, "/meer-inkomen", ((MERK, mark),))}
    return page(request, "uitkomst/verloop.html", 200, titel=tekst("uitkomst.verloop.pagina"), verloop=found, **values)
