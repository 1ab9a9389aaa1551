"""The address of what-if: the question that was posted, asked again with other values, beside the present answer."""

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from web.formulier.herhaling import Herhaling, repeat
from web.formulier.invoer import ANDERS, FIELDS_AT_MOST, GRENS, Formulier, read_form
from web.formulier.merk import changed_since, mark_of
from web.formulier.oud import outdated
from web.papieren.knoppen import beside
from web.raamwerk.sjablonen import foutpagina, page, rules_of
from web.raamwerk.teksten import tekst
from web.uitkomst.wat_als import WatAls, beside_now, show_what_if


def wat_als(vandaag: Callable[[], date]) -> APIRouter:
    """The route of what-if; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter()

    @router.post("/wat-als")
    async def compared(request: Request) -> HTMLResponse:
        async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
            items = list(posted.multi_items())
        return await run_in_threadpool(_compared, request, items, vandaag())

    return router


def _compared(request: Request, items: Sequence[tuple[str, object]], today: date) -> HTMLResponse:
    own: dict[str, str] = {}
    rest: list[tuple[str, object]] = []
    for name, value in items:
        if isinstance(value, str) and (name.startswith(ANDERS) or name == GRENS):
            own[name] = value
        else:
            rest.append((name, value))
    form = Formulier.parse(rules_of(request), rest)
    read = read_form(form, today)
    vraag = read.vraag
    if changed_since(beside(items)[1], read):
        return outdated(request, form)
    if vraag is None:
        return foutpagina(request, tekst("uitkomst.watals.kop"), tekst("uitkomst.watals.ongeldig"), 400)
    old = read.uitslag()
    view = show_what_if(form, vraag, old)
    found = beside_now(view, read, vraag, old, own)
    return _show(request, found, 400 if found.fouten else 200, mark_of(read), repeat(form))


def _show(request: Request, view: WatAls, status: int, merk: str, herhaal: Herhaling) -> HTMLResponse:
    # htmx asks for the comparison alone, and shows nothing that has the status of a fault
    if request.headers.get("HX-Request") == "true":
        return page(request, "uitkomst/uitkomst_vergelijking.html", 200, watals=view)
    found = view.vergelijking.samenvatting.rstrip(".") if view.vergelijking else ""
    title = tekst("uitkomst.watals.titel", samenvatting=found) if found else tekst("uitkomst.watals.titel_fout")
    return page(request, "uitkomst/wat_als.html", status, titel=title, watals=view, merk=merk, herhaal=herhaal)
