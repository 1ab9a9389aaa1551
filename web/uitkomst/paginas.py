"""The pages: the start, and for each entrance the form with the answer beside it.

Nothing is stored, and nothing comes in the address.
"""

from collections.abc import Callable, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from regels.agenda import eerste
from web.formulier.herhaling import Herhaling, repeat
from web.formulier.indeling import INGANGEN, Ingang
from web.formulier.invoer import DEEL, FIELDS_AT_MOST, INGANG, VOUWEN, Formulier, read_form
from web.formulier.merk import changed_since
from web.formulier.stroken import count_slips
from web.formulier.vakken import entrance
from web.papieren.knoppen import beside
from web.raamwerk.sjablonen import STATIC, THEMA_ADRES, Thema, page, rules_of
from web.raamwerk.teksten import tekst
from web.uitkomst.kolom import Vouwen, column, fold_of
from web.uitkomst.volgen import following

# what a button may ask besides an answer, with the number of indexes behind its name
_CHANGES = {"toevoegen": 0, "verwijderen": 1, "strook-erbij": 1, "strook-eraf": 2, "bijwerken": 0}

Items = list[tuple[str, object]]


def paginas(vandaag: Callable[[], date]) -> APIRouter:
    """The routes of the pages; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter()

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

    @router.get(f"{ingang.pad}/weg")
    def leave(request: Request) -> HTMLResponse:
        return _leave(request, ingang, (), "/")

    @router.post(f"{ingang.pad}/weg")
    async def leave_form(request: Request) -> Response:
        form = Formulier.parse(rules_of(request), await posted_items(request))
        to = ingang.pad if form.actie == "opnieuw" else "/"
        typed = tuple((name, text) for name, text in form.tekst.items() if text)
        if dict(typed) == Formulier.empty(form.regels, **ingang.vooraf).tekst:
            return RedirectResponse(f"{request.scope.get('root_path', '')}{to}", status_code=303)
        return _leave(request, ingang, typed, to)

    @router.post(f"{ingang.pad}/antwoord")
    async def living(request: Request) -> HTMLResponse:
        items = [(name, value) for name, value in await posted_items(request) if name != INGANG]
        return await run_in_threadpool(_living, request, [*items, (INGANG, ingang.id)], vandaag())


def _leave(request: Request, ingang: Ingang, hidden: Sequence[tuple[str, str]], to: str) -> HTMLResponse:
    """The page that asks whether what was typed may be lost; ``hidden`` brings it back."""
    title = tekst("invoer.weg.titel")
    return page(request, "formulier/weg.html", 200, titel=title, ingang=ingang, verborgen=hidden, naar=to)


async def posted_items(request: Request) -> Items:
    """What was posted; files are refused, and so is more than the form can hold."""
    async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
        return list(posted.multi_items())


def start_page(request: Request, dag: date) -> HTMLResponse:
    """The choice of an entrance, what is due about the rules on ``dag``, and which are in force."""
    regels = rules_of(request)
    return page(
        request,
        "formulier/start.html",
        200,
        titel=tekst("invoer.start.titel"),
        ingangen=INGANGEN.values(),
        termijnen=eerste(regels, dag),
        eigenaren=[owner.naam for owner in regels.eigenaren.alle.values()],
        vragen=len(regels.besluiten),
        bronnen=len({bron.titel for bron in regels.bronnen.values()}),
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
    read = read_form(form, today)
    values = column(form, today, read, kenmerk=beside(items)[0], vouwen=Vouwen(_open(items)), gevraagd=True)
    if read.fouten:
        values["titel"] = tekst("algemeen.titel.fout", aantal=len(read.fouten))
    return _show(request, values, repeat(form), 400 if read.fouten else 200, getoetst=not read.fouten)


def _open(items: Items) -> frozenset[str]:
    """The names of the folds that are open."""
    return frozenset(
        part for name, value in items if name == VOUWEN and isinstance(value, str) for part in value.split()
    )


def _living(request: Request, items: Items, today: date) -> HTMLResponse:
    """The column alone, with what belongs to the fields and to the bar; for a script.

    With the name of a fold (``DEEL``) what stands in it, of the answer that the page has: of another one it is refused.
    """
    form = Formulier.parse(rules_of(request), items)
    read = read_form(form, today)
    reference, mark = beside(items)
    values = column(form, today, read, kenmerk=reference, vouwen=Vouwen(_open(items), alles=False))
    values |= following(read, items)
    wanted = dict(items).get(DEEL)
    if wanted is None:
        return page(request, "uitkomst/levend.html", 200, getoetst=False, **values)
    found = fold_of(values, wanted)
    if found is None or changed_since(mark, read):
        return HTMLResponse("", status_code=409)
    return page(request, "uitkomst/uitkomst_los.html", 200, deel=found, **values)


def _form(request: Request, form: Formulier, today: date, *, focus: str | None = None) -> HTMLResponse:
    """The form that nobody asked an answer of; after a row came or went with what can be told, and without faults."""
    pad = entrance(form).pad
    read = read_form(form, today).unjudged() if focus is not None else None
    values = column(form, today, read, aan=focus or "")
    herhaal = Herhaling(pad, pad, pad, (("actie", "bijwerken"),), vers=focus is None)
    values["titel"] = tekst("invoer.formulier.titel", wat=entrance(form).titel)
    return _show(request, values, herhaal, 200, focus=focus or "")


def _show(
    request: Request,
    values: dict[str, object],
    herhaal: Herhaling,
    status: int,
    *,
    focus: str = "",
    getoetst: bool = False,
) -> HTMLResponse:
    shown = {"herhaal": herhaal, "focus": focus, "getoetst": getoetst}
    return page(request, "formulier/formulier.html", status, **values, **shown)


__all__ = ["STATIC", "paginas", "posted_items", "start_page"]
