"""The pages: the start, the form of each entrance, and the form with the answer above it.

Nothing is stored, and nothing comes in the address.
"""

from collections.abc import Callable, Iterable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from regels.agenda import eerste
from regels.opmaak import datum
from service.invoer.datums import read_date
from web.formulier.herhaling import Herhaling, repeat
from web.formulier.indeling import INGANGEN, Ingang
from web.formulier.invoer import FIELDS_AT_MOST, INGANG, Formulier, read_form
from web.formulier.merk import mark_of
from web.formulier.stroken import count_slips
from web.formulier.vakken import entrance, show_form
from web.papieren.knoppen import beside, buttons
from web.raamwerk.sjablonen import STATIC, THEMA_ADRES, Thema, page, rules_of
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import show_answer
from web.uitkomst.balk import show_bar
from web.uitkomst.huurruimte import show_room
from web.uitkomst.sombeeld import show_sum
from web.uitkomst.wat_als import show_what_if

# what a button may ask besides an answer, with the number of indexes behind its name
_CHANGES = {"toevoegen": 0, "verwijderen": 1, "strook-erbij": 1, "strook-eraf": 2, "bijwerken": 0}

Items = list[tuple[str, object]]


def paginas(vandaag: Callable[[], date]) -> APIRouter:
    """The routes of the pages; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def start(request: Request) -> HTMLResponse:
        return start_page(request, vandaag())

    @router.post("/")
    async def posted_form(request: Request) -> HTMLResponse:
        return await run_in_threadpool(_posted, request, await posted_items(request), vandaag())

    for ingang in INGANGEN.values():
        _add_entrance(router, ingang, vandaag)

    @router.get(THEMA_ADRES)
    def theme(request: Request) -> Response:
        own: Thema | None = getattr(request.app.state, "thema", None)
        return Response(own.css if own else b"", media_type="text/css", status_code=200 if own else 404)

    return router


def _add_entrance(router: APIRouter, ingang: Ingang, vandaag: Callable[[], date]) -> None:
    @router.get(ingang.pad)
    def empty_form(request: Request) -> HTMLResponse:
        return _form(request, Formulier.empty(rules_of(request), **ingang.vooraf), vandaag())

    @router.post(ingang.pad)
    async def posted_form(request: Request) -> HTMLResponse:
        items = [(name, value) for name, value in await posted_items(request) if name != INGANG]
        return await run_in_threadpool(_posted, request, [*items, (INGANG, ingang.id)], vandaag())

    @router.post(f"{ingang.pad}/balk")
    async def bar(request: Request) -> HTMLResponse:
        return await run_in_threadpool(_bar, request, await posted_items(request), ingang, vandaag())


async def posted_items(request: Request) -> Items:
    """What was posted; files are refused, and so is more than the form can hold."""
    async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
        return list(posted.multi_items())


def start_page(request: Request, dag: date) -> HTMLResponse:
    """The choice of an entrance, and what is due about the rules on ``dag``."""
    return page(
        request,
        "formulier/start.html",
        200,
        titel=tekst("invoer.start.titel"),
        ingangen=INGANGEN.values(),
        termijnen=eerste(rules_of(request), dag),
        vandaag=dag,
    )


def changed(form: Formulier) -> Formulier | None:
    """``form`` after the button that adds or removes a row; None when the button asks for an answer."""
    action, *rest = form.actie.split(".")
    numbers = [int(part) for part in rest if part.isdecimal() and len(part) < 3]
    if _CHANGES.get(action) != len(numbers) or len(rest) != len(numbers):
        return None
    if numbers and numbers[0] >= form.personen:
        return None
    if action == "toevoegen":
        return form.added()
    if action == "verwijderen":
        return form.without(numbers[0])
    if action == "strook-erbij":
        return form.with_slip(numbers[0])
    return form.without_slip(numbers[0], numbers[1]) if action == "strook-eraf" else form


def focus_after(form: Formulier, action: str) -> str:
    """The id of the field that gets the focus after a row was added or removed."""
    name, *rest = action.split(".")
    if name == "toevoegen":
        return f"personen-{form.personen - 1}-rol"
    if name == "strook-erbij":
        return f"personen-{rest[0]}-stroken-{count_slips(form.tekst, int(rest[0])) - 1}-bedrag"
    return {"verwijderen": "persoon-erbij", "bijwerken": ""}.get(name, f"strook-erbij-{rest[0]}" if rest else "")


def _posted(request: Request, items: Items, today: date) -> HTMLResponse:
    form = Formulier.parse(rules_of(request), items)
    after = changed(form)
    if after is not None:
        return _form(request, after, today, focus=focus_after(after, form.actie))
    return _answer(request, form, today, beside(items)[0])


def _bar(request: Request, items: Iterable[tuple[str, object]], ingang: Ingang, today: date) -> HTMLResponse:
    form = Formulier.parse(rules_of(request), items)
    read = read_form(form, today)
    answer = read.uitslag() if read.vraag is not None else None
    view = show_form(form, today, read, answer)
    return page(
        request, "formulier/balk.html", 200, balk=show_bar(form.regels.teksten, ingang, read, answer), beeld=view
    )


def _day(form: Formulier, today: date) -> str:
    text = form.tekst.get("peildatum", "").strip()
    day = read_date(text) if text else today
    return datum(day) if isinstance(day, date) else tekst("algemeen.formulier.niet_te_lezen")


def _form(request: Request, form: Formulier, today: date, *, focus: str | None = None) -> HTMLResponse:
    """The form without an answer or a judgement; what can be derived already is shown."""
    ingang = entrance(form)
    # a fresh form says nothing yet; after a row came or went, what was read is shown again, without its faults
    read = read_form(form, today).unjudged() if focus is not None else None
    answer = read.uitslag() if read is not None and read.vraag is not None else None
    return page(
        request,
        "formulier/formulier.html",
        200,
        titel=tekst("invoer.formulier.titel", wat=ingang.titel),
        beeld=show_form(form, today, read, answer),
        antwoord=None,
        balk=show_bar(form.regels.teksten, ingang, None, answer),
        peildatum=_day(form, today),
        focus=focus or "",
        herhaal=Herhaling(ingang.pad, ingang.pad, ingang.pad, (("actie", "bijwerken"),), vers=focus is None),
    )


def _answer(request: Request, form: Formulier, today: date, kenmerk: str) -> HTMLResponse:
    ingang = entrance(form)
    read = read_form(form, today)
    common: dict[str, object] = {"focus": "", "peildatum": _day(form, today), "herhaal": repeat(form)}
    if read.vraag is None:
        view = show_form(form, today, read)
        common |= {"beeld": view, "antwoord": None, "balk": show_bar(form.regels.teksten, ingang, read, None)}
        title = tekst("algemeen.titel.fout", aantal=len(view.fouten))
        return page(request, "formulier/formulier.html", 400, titel=title, **common)
    found = read.uitslag()
    answer = show_answer(form.regels, found, form.personen, "regelingen" if ingang.regelingen_vooraan else "")
    common |= {"beeld": show_form(form, today, read, found), "antwoord": answer}
    common |= {
        "balk": show_bar(form.regels.teksten, ingang, read, found),
        "band": read.band,
        "papieren": buttons(read, found, kenmerk),
    }
    common["som"] = show_sum(found, first=ingang.regelingen_vooraan)
    common["merk"] = mark_of(read)
    common["watals"] = show_what_if(form, read.vraag, found)
    common["huren"] = show_room(form.regels, read.vraag, found) if ingang.id == "zoeken" else None
    title = tekst("algemeen.titel.uitkomst", samenvatting=answer.samenvatting)
    return page(request, "formulier/formulier.html", 200, titel=title, **common)


__all__ = ["STATIC", "paginas", "posted_items", "start_page"]
