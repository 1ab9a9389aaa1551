"""Step by step, with larger letters, for filling in together: one fieldset a page, and an overview at the end.

From the overview the sections that are not asked in front have a page too, which leads back to it.

What was filled in travels in the posted form. Nothing is stored, and nothing stands in the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse

from web.formulier.formulierbeeld import Blok, Formulierbeeld, Foutregel
from web.formulier.herhaling import Herhaling
from web.formulier.indeling import INGANGEN, Ingang
from web.formulier.invoer import INGANG, STAP, Formulier, read_form
from web.formulier.vakken import show_form
from web.raamwerk.sjablonen import page, rules_of
from web.raamwerk.teksten import tekst
from web.uitkomst.paginas import Items, changed, focus_after, posted_items

_NAAR = "naar"


@dataclass(frozen=True, slots=True)
class Formulierstap:
    """One page: a block of the form, or the overview where ``blok`` is None. ``nummer`` counts from 1.

    The overview is number ``aantal``; what is beyond it is only reached from there.
    """

    nummer: int
    aantal: int
    titel: str
    blok: Blok | None

    @property
    def eerder(self) -> int:
        """The page before this one; 0 where there is none."""
        return min(self.nummer - 1, self.aantal)

    @property
    def later(self) -> int:
        """The page after this one."""
        return min(self.nummer + 1, self.aantal)

    @property
    def erbij(self) -> bool:
        """Whether it is only reached from the overview."""
        return self.nummer > self.aantal


def stappen(vandaag: Callable[[], date]) -> APIRouter:
    """The routes of the steps, one for each entrance; ``vandaag`` gives the peildatum where none is filled in."""
    router = APIRouter()
    for ingang in INGANGEN.values():
        _add(router, ingang, vandaag)
    return router


def _add(router: APIRouter, ingang: Ingang, vandaag: Callable[[], date]) -> None:
    @router.get(f"/stappen{ingang.pad}")
    def first(request: Request) -> HTMLResponse:
        return _show(request, Formulier.empty(rules_of(request), **ingang.vooraf), 1, vandaag(), fresh=True)

    @router.post(f"/stappen{ingang.pad}")
    async def posted(request: Request) -> HTMLResponse:
        items = [(name, value) for name, value in await posted_items(request) if name != INGANG]
        return await run_in_threadpool(_posted, request, [*items, (INGANG, ingang.id)], vandaag())


def _posted(request: Request, items: Items, today: date) -> HTMLResponse:
    form = Formulier.parse(rules_of(request), items)
    number = _number(form.tekst.get(STAP, "1"))
    after = changed(form)
    if after is not None:
        return _show(request, after, number, today, focus=focus_after(after, form.actie))
    action, _, target = form.actie.partition(".")
    if action == _NAAR:
        return _show(request, form, _number(target), today)
    if action == "begin":
        return _show(request, form, 1, today)
    view = show_form(form, today, read_form(form, today))
    step = _step(view, number)
    if action == "terug":
        return _show(request, form, step.eerder, today)
    wrong = _faults_of(view, step)
    if wrong:
        return _show(request, form, number, today, faults=wrong)
    return _show(request, form, step.later, today)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 3 else 1


def _step(view: Formulierbeeld, number: int) -> Formulierstap:
    pages = [*view.vragen, None, *view.verder, *view.elders]
    number = min(max(number, 1), len(pages))
    block = pages[number - 1]
    title = block.sectie.titel if block else tekst("invoer.stap.overzicht")
    return Formulierstap(number, len(view.vragen) + 1, title, block)


def _names(block: Blok) -> set[str]:
    """The names of the fields that the page of ``block`` holds."""
    boxes = [*block.vakken, *block.meer, *(box for row in block.rijen for box in (*row.vakken, *row.meer))]
    found = {box.naam for box in boxes} | {part.naam for box in boxes for part in box.delen}
    for row in block.rijen:
        found |= {box.naam for slip in row.stroken for box in slip.vakken}
        found.add(f"personen.{row.index}.strokenVolledig")
    return found


def _faults_of(view: Formulierbeeld, step: Formulierstap) -> tuple[Foutregel, ...]:
    """The faults on the page of ``step``; the overview shows those that are left, wherever they are."""
    if step.blok is None:
        return view.fouten
    own = {name.replace(".", "-") for name in _names(step.blok)} | {step.blok.sectie.id}
    return tuple(fault for fault in view.fouten if fault.anker in own)


def _show(
    request: Request,
    form: Formulier,
    number: int,
    today: date,
    *,
    focus: str = "",
    faults: tuple[Foutregel, ...] = (),
    fresh: bool = False,
) -> HTMLResponse:
    read = read_form(form, today)
    answer = read.uitslag() if read.vraag is not None else None
    # a page that was not sent yet is not judged; the overview is, for what is wrong would stop the answer
    view = show_form(form, today, read if faults else read.unjudged(), answer, samen=True)
    step = _step(view, number)
    if step.blok is None:
        faults = show_form(form, today, read).fouten
    shown = _names(step.blok) if step.blok else set()
    return page(
        request,
        "formulier/stap.html",
        400 if faults and step.blok else 200,
        titel=_title(step, wrong=bool(faults)),
        beeld=view,
        stap=step,
        fouten=faults,
        focus=focus,
        herhaal=_repeat(view, step.nummer, fresh=fresh),
        verborgen=[(name, text) for name, text in form.tekst.items() if name not in shown | {STAP}],
    )


def _repeat(view: Formulierbeeld, number: int, *, fresh: bool) -> Herhaling:
    place = f"/stappen{view.ingang.pad}"
    return Herhaling(view.ingang.pad, place, place, (("actie", f"{_NAAR}.{number}"),), vers=fresh)


def _title(step: Formulierstap, *, wrong: bool) -> str:
    if step.erbij:
        return tekst("invoer.stap.erbijtitel", wat=step.titel)
    if wrong:
        return tekst("invoer.stap.fouttitel", nummer=step.nummer, wat=step.titel)
    return tekst("invoer.stap.paginatitel", nummer=step.nummer, aantal=step.aantal, wat=step.titel)
