"""The addresses of the papers. A paper is made of the question that is posted, sent, and forgotten."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from regels.uitslag import Uitslag
from web.bedragen import Melding
from web.invoer import Formulier, Invoer, read_form
from web.paginas import FIELDS_AT_MOST
from web.papieren.dossier import compose_dossier
from web.papieren.invoer import inputs
from web.papieren.kenmerk import read_kenmerk
from web.papieren.knoppen import Knoppen, buttons, split_kenmerk, stopped
from web.papieren.model import Papier, Welk
from web.papieren.overzicht import compose_overzicht
from web.papieren.zetter import zetter
from web.sjablonen import page
from web.teksten import tekst

SOORTEN: tuple[Welk, ...] = ("overzicht", "dossier")


def papieren(nu: Callable[[], datetime], contact: str) -> APIRouter:
    """The routes of the papers; ``nu`` is the Dutch time of printing, ``contact`` whom a household can ask."""
    router = APIRouter(include_in_schema=False)

    def add(welk: Welk) -> None:
        @router.post(f"/papieren/{welk}")
        async def as_pdf(request: Request) -> Response:
            return await answered(request, welk, _as_pdf)

        @router.post(f"/papieren/{welk}/afdrukken")
        async def as_page(request: Request) -> Response:
            return await answered(request, welk, _as_page)

    async def answered(request: Request, welk: Welk, show: Callable[["_Aanvraag", Papier], Response]) -> Response:
        async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
            kenmerk, items = split_kenmerk(posted.multi_items())
        asked = _Aanvraag(request, welk, Formulier.parse(items), kenmerk, nu(), contact)
        # checking and typesetting take a while: not on the loop that serves everyone
        return await run_in_threadpool(asked.answer, show)

    for soort in SOORTEN:
        add(soort)
    return router


@dataclass(frozen=True)
class _Aanvraag:
    """One request for a paper."""

    request: Request
    welk: Welk
    form: Formulier
    kenmerk: str
    nu: datetime
    contact: str

    def answer(self, show: Callable[["_Aanvraag", Papier], Response]) -> Response:
        """The paper by ``show``, or a page that says why there is none."""
        read = read_form(self.form, self.nu.date())
        if read.vraag is None:
            return self._refused(tekst("papieren.weigering.invoer"))
        uitslag = read.uitslag()
        if stopped(uitslag):
            return self._refused(tekst("papieren.weigering.gestopt"))
        reference = read_kenmerk(self.kenmerk)
        if isinstance(reference, Melding):
            return self._refused("", buttons(self.form, uitslag, self.kenmerk, reference.tekst))
        return show(self, self._compose(read, uitslag, reference))

    def _compose(self, read: Invoer, uitslag: Uitslag, reference: str) -> Papier:
        given = inputs(read, uitslag)
        if self.welk == "dossier":
            return compose_dossier(uitslag, given, reference, self.nu)
        return compose_overzicht(uitslag, given, reference, self.nu, self.contact)

    def _refused(self, text: str, knoppen: Knoppen | None = None) -> Response:
        title = tekst("papieren.titel.fout") if knoppen else tekst("papieren.titel.geen")
        return page(
            self.request, "papieren.html", 400, titel=title, tekst_fout=text, papieren=knoppen, verborgen=self.hidden
        )

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """The question as it was posted, to go back to its answer."""
        return tuple(self.form.tekst.items())


def _as_pdf(asked: _Aanvraag, papier: Papier) -> Response:
    # the name of the file says nothing about the household; the reference stays out of it too
    name = f"huurtoets-{papier.welk}.pdf"
    headers = {"content-disposition": f"attachment;filename={name}"}
    return Response(zetter().set_paper(papier, asked.nu), media_type="application/pdf", headers=headers)


def _as_page(asked: _Aanvraag, papier: Papier) -> Response:
    title = tekst("papieren.titel.afdrukken", papier=papier.titel)
    return page(asked.request, "druk.html", 200, titel=title, papier=papier, verborgen=asked.hidden)
