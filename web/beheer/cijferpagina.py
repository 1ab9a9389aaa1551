"""The pages of figures: the groups of a year, one group to fill in, and their files to fetch and to send."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import UploadFile

from regels.jaarwissel.invulgroepen import invulling
from regels.jaarwissel.jaarbestanden import lees
from regels.jaarwissel.jaarkeur import keur
from regels.jaarwissel.keurbevinding import STOP, WAARSCHUWING, Keurbevinding
from regels.laden import hash_of_file
from service.beheer.aanvaardingen import Aanvaardingen
from service.beheer.beheerfouten import BeheerFout, GeenConcept, Ingehaald
from service.beheer.cijferinvoer import Groepsplaats, Ingevoerd, invoeren, vastgesteld, weer_concept
from service.beheer.jaarschrift import opgeladen
from service.beheer.plaktabel import Geplakt, plakken, voorbeeldtabel
from service.toegang.wie import Wie
from web.beheer.cijferbeeld import Groepsvorm, groepen, titel_van, venster_van
from web.beheer.werkplek import (
    Beheerdeel,
    Conceptbeeld,
    Taakstand,
    Werkplek,
    WieInvoert,
    WieInziet,
    beheerpagina,
    given,
    to,
)  # fmt: skip
from web.raamwerk.sjablonen import page, rules_of, script
from web.raamwerk.teksten import tekst

_HASH_SHOWN: Final = 12


def cijferpaginas(plek: Werkplek) -> APIRouter:
    """The routes."""
    router = APIRouter(prefix="/beheer/concepten/{naam}")
    accepted = Aanvaardingen(plek.concepten)

    @router.get("/cijfers")
    def groups(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        return _groups(request, plek.concept(naam), wie, plek)

    @router.get("/cijfers/{eigenaar}/{jaar}/{groep}")
    def group(request: Request, wie: WieInziet, naam: str, eigenaar: str, jaar: str, groep: str) -> HTMLResponse:
        return _group(request, plek, accepted, wie, naam, Groepsplaats(eigenaar, jaar, groep))

    @router.post("/cijfers/{eigenaar}/{jaar}/{groep}")
    async def save(request: Request, wie: WieInvoert, naam: str, eigenaar: str, jaar: str, groep: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(
            _save, request, plek, accepted, wie, naam, Groepsplaats(eigenaar, jaar, groep), filled
        )

    @router.post("/cijfers/{eigenaar}/{jaar}/{groep}/keur")
    async def judge(request: Request, wie: WieInvoert, naam: str, eigenaar: str, jaar: str, groep: str) -> Response:
        filled = await given(request)
        return await run_in_threadpool(
            _judged, request, plek, accepted, naam, Groepsplaats(eigenaar, jaar, groep), filled
        )

    @router.get("/bestanden/{eigenaar}/{bestand}")
    def fetch(wie: WieInziet, naam: str, eigenaar: str, bestand: str) -> Response:
        content = plek.concept(naam).bestanden.get(f"{eigenaar}/{bestand}")
        if content is None:
            raise GeenConcept(tekst("beheer.bestanden.geen"))
        # the name says which content it was, so that a change of somebody else is seen when it comes back
        name = f"{eigenaar}-{bestand.removesuffix('.yaml')}.{_mark(content)}.yaml"
        headers = {"content-disposition": "; ".join(("attachment", f'filename="{quote(name)}"'))}
        return Response(content, media_type="application/yaml", headers=headers)

    @router.post("/bestanden")
    async def send(request: Request, wie: WieInvoert, naam: str) -> Response:
        async with request.form(max_files=1, max_fields=3) as form:
            file = form.get("inhoud")
            content = await file.read() if isinstance(file, UploadFile) else b""
            called = (file.filename or "") if isinstance(file, UploadFile) else ""
            target, replace = str(form.get("bestand", "")), form.get("vervang") == "ja"
        return await run_in_threadpool(_send, request, plek, wie, naam, target, called, content, replace)

    return router


def cijferstand(plek: Werkplek, beeld: Conceptbeeld) -> Taakstand:
    """How far the figures of a draft are."""
    found = invulling(beeld.bestanden)
    drafts = [one for one in found if one.status == "concept"]
    stops = sum(one.soort == STOP for one in keur(beeld.bestanden))
    if stops:
        return Taakstand("let_op", tekst("beheer.cijfers.stops", aantal=stops))
    if not drafts:
        return Taakstand("klaar")
    ready = len(found) - len(drafts)
    told = tekst("beheer.cijfers.groepen_klaar", klaar=ready, geheel=len(found))
    begun = ready or any(text for one in drafts for figure in one.cijfers for text in figure.cellen.values())
    return Taakstand("bezig" if begun else "te_doen", told)


CIJFERS: Final = Beheerdeel("cijfers", cijferpaginas, cijferstand)


# the list


def _groups(
    request: Request, beeld: Conceptbeeld, wie: Wie, plek: Werkplek, fault: BeheerFout | None = None, chosen: str = ""
) -> HTMLResponse:
    years = sorted(set(lees(beeld.bestanden).jaren.values()), reverse=True)
    asked = request.query_params.get("jaar", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else 0)
    found = [one for one in invulling(beeld.bestanden, year) if one.bestand.endswith(f"/{year}.yaml")]
    names = {id_: owner.naam for id_, owner in rules_of(request).eigenaren.alle.items()}
    files = list(dict.fromkeys(one.bestand for one in found))
    sources = [f"{name.split('/')[0]}/bronnen.yaml" for name in files]
    return beheerpagina(
        request,
        "beheer/cijfers.html",
        wie,
        beeld,
        fault.status if fault else 200,
        titel=tekst("beheer.cijfers.titel", naam=beeld.concept.naam),
        jaar=year,
        jaren=years if len(years) > 1 else [],
        groepen=groepen(found, keur(beeld.bestanden, year), names),
        bestanden=[name for name in dict.fromkeys((*files, *sources)) if name in beeld.bestanden],
        fout=str(fault) if fault else "",
        gekozen=chosen,
        opgeladen=request.query_params.get("opgeladen", "") in beeld.bestanden and not fault,
    )


def _send(
    request: Request, plek: Werkplek, wie: Wie, naam: str, target: str, called: str, content: bytes, replace: bool
) -> Response:
    def put(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        if not content:
            raise BeheerFout(tekst("beheer.bestanden.leeg"))
        if target not in files:
            raise BeheerFout(tekst("beheer.bestanden.geen"))
        made = opgeladen(target, content)
        # who fetched what stands there now, or what is sent already, overwrites nobody
        if not replace and _mark(files[target]) not in called and made != files[target]:
            raise Ingehaald(tekst("beheer.bestanden.gewijzigd"))
        return {**files, target: made}

    try:
        plek.concepten.wijzig(wie, naam, put)
    except GeenConcept:
        raise
    except BeheerFout as error:
        return _groups(request, plek.concept(naam), wie, plek, error, target)
    year = target.rpartition("/")[2].removesuffix(".yaml")
    asked = f"&jaar={year}" if year.isdigit() else ""
    return to(request, f"/beheer/concepten/{naam}/cijfers?opgeladen={quote(target, safe='')}{asked}")


def _mark(content: bytes) -> str:
    return hash_of_file(content).removeprefix("sha256:")[:_HASH_SHOWN]


# one group


def _address(naam: str, plaats: Groepsplaats) -> str:
    return "/".join(("/beheer/concepten", naam, "cijfers", *(quote(part, safe="") for part in _parts(plaats))))


def _parts(plaats: Groepsplaats) -> tuple[str, str, str]:
    return plaats.eigenaar, plaats.jaar, plaats.groep


def _neighbours(bestanden: Mapping[str, bytes], naam: str, plaats: Groepsplaats) -> tuple[str, str]:
    """The addresses of the group before and after this one in the list; empty at its ends."""
    found = [
        Groepsplaats(one.eigenaar, plaats.jaar, one.groep)
        for one in invulling(bestanden, int(plaats.jaar))
        if one.bestand.endswith(f"/{plaats.jaar}.yaml")
    ]
    here = found.index(plaats)
    before = _address(naam, found[here - 1]) if here else ""
    return before, _address(naam, found[here + 1]) if here + 1 < len(found) else ""


def _group(
    request: Request,
    plek: Werkplek,
    accepted: Aanvaardingen,
    wie: Wie,
    naam: str,
    plaats: Groepsplaats,
    filled: Mapping[str, str] | None = None,
    told: Ingevoerd | None = None,
    fault: str = "",
    pasted: Geplakt | None = None,
    status: int = 400,
) -> HTMLResponse:
    beeld = plek.concept(naam)
    reasons = {code: one.reden for code, one in accepted.van(naam).items()}
    shown = told.bestanden if told is not None and told.bestanden else beeld.bestanden
    form = Groepsvorm(shown, plaats, _found(shown, plaats), reasons, filled, told)
    before, after = _neighbours(beeld.bestanden, naam, plaats)
    wrong = fault or (told is not None and not told.goed) or (pasted is not None and pasted.niet)
    query, title = request.query_params, titel_van(form.groep)
    return beheerpagina(
        request,
        "beheer/cijfergroep.html",
        wie,
        beeld,
        status if wrong else 200,
        titel=tekst("beheer.cijfers.titel_fout", groep=title)
        if wrong
        else tekst("beheer.cijfers.titel_groep", groep=title),
        vorm=form,
        kop=title,
        venster=venster_van(form.groep),
        adres=_address(naam, plaats),
        vorige_groep=before,
        volgende_groep=after,
        is_concept=form.groep.status == "concept",
        eigen_script=script("beheer.js"),
        fout=fault,
        verslag=told,
        geplakt=pasted,
        tabel=voorbeeldtabel(form.groep),
        bewaard=query["bewaard"] if query.get("bewaard", "").isdigit() and not wrong else "",
    )


def _found(bestanden: Mapping[str, bytes], plaats: Groepsplaats) -> tuple[Keurbevinding, ...]:
    year = int(plaats.jaar) if plaats.jaar.isascii() and plaats.jaar.isdigit() else 0
    return keur(bestanden, year)


def _judged(
    request: Request,
    plek: Werkplek,
    accepted: Aanvaardingen,
    naam: str,
    plaats: Groepsplaats,
    filled: Mapping[str, str],
) -> Response:
    """What is found about what is typed now; nothing is kept."""
    beeld = plek.concept(naam)
    told = invoeren(beeld.bestanden, plaats, filled)
    reasons = {code: one.reden for code, one in accepted.van(naam).items()}
    form = Groepsvorm(told.bestanden, plaats, _found(told.bestanden, plaats), reasons, filled, told)
    return page(request, "beheer/cijferkeur.html", 200, vorm=form, mag_invoeren=True)


def _save(
    request: Request,
    plek: Werkplek,
    accepted: Aanvaardingen,
    wie: Wie,
    naam: str,
    plaats: Groepsplaats,
    filled: Mapping[str, str],
) -> Response:
    action, told, pasted = filled.get("actie", ""), Ingevoerd(), None
    if action.startswith("terug:"):
        accepted.trek_terug(wie, naam, action.removeprefix("terug:"))
        action = "bewaar"
    if filled.get("plak", "").strip():
        pasted = plakken(filled["plak"], plaats.groep_in(plek.concept(naam).bestanden))
        filled = {**filled, **pasted.waarden, "plak": pasted.over}

    def put(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        nonlocal told
        told = invoeren(files, plaats, filled)
        return told.bestanden

    plek.concepten.wijzig(wie, naam, put)
    if told.bron:  # it is there now, and is not made a second time
        filled = {name: value for name, value in filled.items() if not name.startswith("nb.")} | {"bron": told.bron}
    _accept(plek, accepted, wie, naam, plaats, filled)
    if not told.goed or (pasted is not None and pasted.niet):
        kept = Ingevoerd(told.bewaard, told.fouten, told.botsingen)
        status = 409 if told.botsingen else 400
        return _group(request, plek, accepted, wie, naam, plaats, filled, kept, pasted=pasted, status=status)
    try:
        if action == "klaar":
            plek.concepten.wijzig(wie, naam, lambda files: vastgesteld(files, plaats))
        elif action == "concept":
            plek.concepten.wijzig(wie, naam, lambda files: weer_concept(files, plaats))
    except GeenConcept:
        raise
    except BeheerFout as error:
        return _group(request, plek, accepted, wie, naam, plaats, fault=str(error))
    _, after = _neighbours(plek.concept(naam).bestanden, naam, plaats)
    if action in ("volgende", "klaar"):
        onward = f"{after}?" if after else f"/beheer/concepten/{naam}/cijfers?jaar={plaats.jaar}&"
        return to(request, f"{onward}bewaard={told.bewaard}")
    return to(request, f"{_address(naam, plaats)}?bewaard={told.bewaard}")


def _accept(
    plek: Werkplek, accepted: Aanvaardingen, wie: Wie, naam: str, plaats: Groepsplaats, filled: Mapping[str, str]
) -> None:
    """Accept each warning for which a reason was given; of one about a value that was mended here, its successor."""
    reasons = {name.removeprefix("r."): text for name, text in filled.items() if name.startswith("r.") and text.strip()}
    if not reasons:
        return
    codes = [
        one.code
        for one in _found(plek.concept(naam).bestanden, plaats)
        if one.soort == WAARSCHUWING and one.bestand == plaats.bestand
    ]
    by_place = {code.partition("=")[0]: code for code in codes}
    for code, reason in reasons.items():
        now = code if code in codes else by_place.get(code.partition("=")[0])
        if now is not None:
            accepted.aanvaard(wie, naam, now, reason.strip())
