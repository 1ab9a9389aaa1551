"""The pages: the form, and the form with the answer above it. Nothing is stored, and nothing comes in the address."""

from collections.abc import Callable, Iterable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from regels import toets
from regels.opmaak import datum
from web.antwoord import show_answer
from web.datums import read_date
from web.invoer import Formulier, read_form
from web.papieren.knoppen import buttons
from web.sjablonen import STATIC, THEMA_ADRES, Thema, page
from web.teksten import tekst
from web.vakken import show_form
from web.wat_als import show_what_if

FIELDS_AT_MOST = 400


def paginas(vandaag: Callable[[], date]) -> APIRouter:
    """The routes of the pages; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def empty_form(request: Request) -> HTMLResponse:
        today = vandaag()
        return _form(request, Formulier.empty(), today)

    @router.post("/")
    async def posted_form(request: Request) -> HTMLResponse:
        async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
            items = list(posted.multi_items())
        return await run_in_threadpool(_posted, request, items, vandaag())

    @router.get(THEMA_ADRES)
    def theme(request: Request) -> Response:
        own: Thema | None = getattr(request.app.state, "thema", None)
        return Response(own.css if own else b"", media_type="text/css", status_code=200 if own else 404)

    return router


def foutpagina(request: Request, titel: str, tekst: str, status: int) -> HTMLResponse:
    """A plain page that says what went wrong."""
    return page(request, "fout.html", status, titel=titel, tekst=tekst)


def _posted(request: Request, items: Iterable[tuple[str, object]], today: date) -> HTMLResponse:
    form = Formulier.parse(items)
    action, _, person = form.actie.partition(".")
    if action == "toevoegen":
        return _form(request, form.added(), today, erbij=True)
    if action == "verwijderen" and person in map(str, range(form.personen)):
        return _form(request, form.without(int(person)), today, eraf=True)
    return _answer(request, form, today)


def _day(form: Formulier, today: date) -> str:
    text = form.tekst.get("peildatum", "").strip()
    day = read_date(text) if text else today
    return datum(day) if isinstance(day, date) else tekst("algemeen.formulier.niet_te_lezen")


def _form(request: Request, form: Formulier, today: date, *, erbij: bool = False, eraf: bool = False) -> HTMLResponse:
    return page(
        request,
        "formulier.html",
        200,
        titel=tekst("algemeen.titel.gewoon"),
        beeld=show_form(form, today),
        antwoord=None,
        peildatum=_day(form, today),
        erbij=erbij,
        eraf=eraf,
    )


def _answer(request: Request, form: Formulier, today: date) -> HTMLResponse:
    read = read_form(form, today)
    view = show_form(form, today, read)
    common = {"beeld": view, "erbij": False, "eraf": False}
    if read.vraag is None:
        title = tekst("algemeen.titel.fout", aantal=len(view.fouten))
        return page(request, "formulier.html", 400, titel=title, antwoord=None, peildatum=_day(form, today), **common)
    answer = show_answer(toets(read.vraag), form.personen)
    common["watals"] = show_what_if(form, read.vraag, answer.uitslag)
    title = tekst("algemeen.titel.uitkomst", samenvatting=answer.samenvatting)
    day = datum(answer.uitslag.peildatum)
    papers = buttons(form, answer.uitslag)
    return page(request, "formulier.html", 200, titel=title, antwoord=answer, peildatum=day, papieren=papers, **common)


__all__ = ["FIELDS_AT_MOST", "STATIC", "foutpagina", "paginas"]
