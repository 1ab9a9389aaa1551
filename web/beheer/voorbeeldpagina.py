"""Where the day of a preview is chosen, and what somebody reads who cannot have one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from regels.ronde import begin_of_round
from service.basis.problemen import problem, wants_html
from service.basis.vankracht import rules_in
from service.basis.voorbeeld import Voorbeeld
from service.beheer.voorbeelden import GeenVoorbeeld
from service.invoer.datums import read_date
from service.toegang.wie import Wie
from web.beheer.werkplek import Werkplek, WieInziet, beheerpagina, given, to
from web.raamwerk.sjablonen import page
from web.raamwerk.teksten import tekst

_YEAR: Final = re.compile(r"(?:^|/)(\d{4})[^/]*\.yaml$", re.ASCII)
_PLACE: Final = re.compile(r"([a-z0-9][a-z0-9._/-]*\.yaml):(\d+): ", re.ASCII)
_LATER: Final = 5
_BUSY: Final = 503


@dataclass(frozen=True, slots=True)
class Foutenblok:
    """What is wrong in one file of a draft, and the page on which that is entered; empty where there is none."""

    bestand: str
    link: str
    fouten: tuple[str, ...]


def voorbeeldpagina(plek: Werkplek) -> APIRouter:
    """The routes."""
    router = APIRouter()
    address = "/beheer/concepten/{naam}/voorbeeld"

    @router.get(address)
    def choose(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        asked = read_date(request.query_params.get("dag", ""))
        return _choose(request, plek, wie, naam, typed=_typed(asked) if isinstance(asked, date) else "")

    @router.post(address)
    async def chosen(request: Request, wie: WieInziet, naam: str) -> Response:
        typed = (await given(request, 2)).get("dag", "")
        return await run_in_threadpool(_chosen, request, plek, wie, naam, typed)

    return router


def _chosen(request: Request, plek: Werkplek, wie: Wie, naam: str, typed: str) -> Response:
    day = read_date(typed)
    if not isinstance(day, date):
        return _choose(request, plek, wie, naam, typed=typed, fault=day.tekst)
    field = rules_in(request.scope).velden["peildatum"]
    assert isinstance(field.minimum, date) and isinstance(field.maximum, date)
    if not field.minimum <= day <= field.maximum:
        said = tekst("beheer.voorbeeld.buiten", van=_typed(field.minimum), tot=_typed(field.maximum))
        return _choose(request, plek, wie, naam, typed=typed, fault=said)
    shown = plek.concept(naam)  # so that there is one of this name
    return to(request, f"{Voorbeeld(shown.concept.naam, day).pad}/")


def _choose(request: Request, plek: Werkplek, wie: Wie, naam: str, *, typed: str, fault: str = "") -> HTMLResponse:
    shown = plek.concept(naam)
    days = offered(shown.concept.anders, plek.vandaag())
    return beheerpagina(
        request,
        "beheer/voorbeeld.html",
        wie,
        shown,
        400 if fault else 200,
        titel=tekst("beheer.voorbeeld.titel_fout") if fault else tekst("beheer.voorbeeld.titel", naam=naam),
        dag=typed or _typed(days[0]),
        dagen=[(_typed(day), day) for day in days],
        fout=fault,
    )


def offered(anders: Iterable[str], today: date) -> tuple[date, ...]:
    """The days that a draft is likely to be about, by the years of the files that it changed; the likeliest first."""
    found = {int(match[1]) for name in anders if (match := _YEAR.search(name))}
    years = sorted((year for year in found if today.year <= year <= date.max.year - 1), reverse=True)
    days = [day for year in years for day in (begin_of_round(year), date(year, 1, 1)) if day > today]
    return (*days[:4], today)


def _typed(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


# where there is none


async def no_preview(request: Request, error: Exception) -> Response:
    """What somebody reads in the place of a preview: why there is none, and where to mend what is wrong."""
    assert isinstance(error, GeenVoorbeeld)
    if not wants_html(request):
        return _or_later(problem(error.status, str(error), fouten=list(error.fouten)), error)
    answer = page(
        request,
        "beheer/geen_voorbeeld.html",
        error.status,
        titel=tekst("beheer.voorbeeld.geen_titel"),
        beeld=None,
        wie=None,
        tekst=str(error),
        naam=error.concept if error.status not in (404, 410) else "",
        blokken=blocks(error.concept, error.fouten),
    )
    return _or_later(answer, error)


def _or_later(answer: Response, error: GeenVoorbeeld) -> Response:
    if error.status == _BUSY:
        answer.headers["retry-after"] = str(_LATER)
    return answer


def blocks(naam: str, fouten: Sequence[str]) -> list[Foutenblok]:
    """The faults by the file that they are in."""
    found: dict[str, list[str]] = {}
    for fault in fouten:
        place = _PLACE.match(fault)
        line = tekst("beheer.voorbeeld.regel", nummer=place[2], tekst=fault[place.end() :]) if place else fault
        found.setdefault(place[1] if place else "", []).append(line)
    return [Foutenblok(file, _where(naam, file), tuple(lines)) for file, lines in found.items()]


def _where(naam: str, bestand: str) -> str:
    """The page on which a file is entered."""
    if not bestand:
        return ""
    part = "beleid" if "/beleid/" in bestand else "cijfers" if _YEAR.search(bestand) else ""
    return f"/beheer/concepten/{naam}/{part}" if part else ""
