"""The addresses of the papers. A paper is made of the question that is posted, sent, and forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from regels.eensgezind import voor_lezers
from regels.opmaak import conceptnaam
from regels.uitslag import Uitslag
from service.basis.klok import dag_van
from service.invoer.bedragen import Melding
from web.formulier.herhaling import Herhaling, repeat
from web.formulier.invoer import FIELDS_AT_MOST, KENMERK, MERK, Formulier, Invoer, read_form
from web.formulier.merk import changed_since
from web.formulier.oud import outdated
from web.papieren.dossier import compose_dossier
from web.papieren.kenmerk import read_kenmerk
from web.papieren.knoppen import Knoppen, beside, buttons, hidden, stopped
from web.papieren.model import Papier, Welk
from web.papieren.overzichtpapier import compose_overzicht
from web.papieren.papierinvoer import inputs
from web.papieren.zetterij import Zetterij, ZetterijVol
from web.raamwerk.sjablonen import foutpagina, page, rules_of
from web.raamwerk.teksten import tekst

SOORTEN: tuple[Welk, ...] = ("overzicht", "dossier")
# in how many seconds a paper can be asked again when too many wait
SOON = 5


def papieren(nu: Callable[[], datetime], contact: str, zetterij: Zetterij) -> APIRouter:
    """The routes of the papers; ``nu`` is the Dutch time of printing, ``contact`` whom a household can ask."""
    router = APIRouter()
    # who waits for a typesetter computes nothing, and takes no thread of those that do
    waiting = CapacityLimiter(zetterij.plaatsen)

    def add(welk: Welk) -> None:
        @router.post(f"/papieren/{welk}")
        async def as_pdf(request: Request) -> Response:
            asked = await read(request, welk)
            made = await run_in_threadpool(asked.answer)
            if isinstance(made, Response):
                return made
            try:
                document = await to_thread.run_sync(zetterij.set_paper, made, asked.nu, limiter=waiting)
            except ZetterijVol:
                return _full(request)
            return _as_pdf(document, made)

        @router.post(f"/papieren/{welk}/afdrukken")
        async def as_page(request: Request) -> Response:
            asked = await read(request, welk)
            return await run_in_threadpool(asked.to_print)

    async def read(request: Request, welk: Welk) -> _Aanvraag:
        async with request.form(max_files=0, max_fields=FIELDS_AT_MOST) as posted:
            items = list(posted.multi_items())
        return _Aanvraag(request, welk, Formulier.parse(rules_of(request), items), *beside(items), nu(), contact)

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
    merk: str
    nu: datetime
    contact: str

    def answer(self) -> Papier | Response:
        """The paper, or a page that says why there is none."""
        read = read_form(self.form, dag_van(self.nu))
        if changed_since(self.merk, read):
            return outdated(self.request, self.form)
        if read.vraag is None:
            return self._refused(tekst("papieren.weigering.invoer"))
        uitslag = read.uitslag()
        if stopped(read.regels, uitslag):
            return self._refused(tekst("papieren.weigering.gestopt"))
        reference = read_kenmerk(self.kenmerk)
        if isinstance(reference, Melding):
            return self._refused("", buttons(read, uitslag, self.kenmerk, reference.tekst))
        return self._compose(read, uitslag, reference)

    def to_print(self) -> Response:
        """The paper as a page to print."""
        made = self.answer()
        if isinstance(made, Response):
            return made
        title = tekst("papieren.titel.afdrukken", papier=made.titel)
        values = {"papier": made, "verborgen": hidden(self.form), "herhaal": self._repeat()}
        return page(self.request, "papieren/druk.html", 200, titel=title, **values)

    def _compose(self, read: Invoer, uitslag: Uitslag, reference: str) -> Papier:
        given = inputs(read, uitslag)
        if self.welk == "dossier":
            made = compose_dossier(read.regels.teksten, voor_lezers(read.regels, uitslag), given, reference, self.nu)
        else:
            made = compose_overzicht(read.regels.teksten, uitslag, given, reference, self.nu, self.contact)
        return of_draft(made, conceptnaam(read.regels.revisie))

    def _refused(self, text: str, knoppen: Knoppen | None = None) -> Response:
        title = tekst("papieren.titel.fout") if knoppen else tekst("papieren.titel.geen")
        values = {"papieren": knoppen, "verborgen": hidden(self.form), "herhaal": self._repeat()}
        return page(self.request, "papieren/papieren.html", 400, titel=title, tekst_fout=text, **values)

    def _repeat(self) -> Herhaling:
        beside_ = ((KENMERK, self.kenmerk), (MERK, self.merk))
        return repeat(self.form, self.request.scope["route"].path, beside_)


def of_draft(papier: Papier, concept: str) -> Papier:
    """``papier`` as one that nobody may rely on, where it was made by a draft; else as it is."""
    if not concept:
        return papier
    said = tekst("papieren.concept.zegt", naam=concept)
    return replace(papier, concept=said, merk=tekst("papieren.concept.merk"))


def _as_pdf(document: bytes, papier: Papier) -> Response:
    # the name of the file says nothing about the household; the reference stays out of it too
    name = f"huurtoets-concept-{papier.welk}" if papier.concept else f"huurtoets-{papier.welk}"
    headers = {"content-disposition": f"attachment;filename={name}.pdf"}
    return Response(document, media_type="application/pdf", headers=headers)


def _full(request: Request) -> Response:
    answer = foutpagina(request, tekst("papieren.druk.titel"), tekst("papieren.druk.tekst"), 503)
    answer.headers["retry-after"] = str(SOON)
    return answer
