"""The pages of landlords' decisions in a draft: which there are, and the form of one with households beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, Response

from regels.opmaak import maandbedrag
from service.beheer.beheerfouten import BeheerFout
from service.beheer.beleidsgezinnen import HUUR, PUNTEN, Gezinsuitkomst, uitkomsten
from service.beheer.beleidsinvoer import Beleidsstuk, Ingevuld, fill_in, open_, put, rondes, with_history
from service.beheer.beleidskeuring import Beleidskeuring, Beleidsoordeel
from service.beheer.beleidsrijen import ERBIJ, change_rows
from service.beheer.beleidsvakken import ER, Getalvak
from service.invoer.bedragen import Melding
from service.toegang.wie import Wie
from web.beheer.beleidsbeeld import Beleidsvak, Vormbeeld
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
)
from web.raamwerk.sjablonen import page
from web.raamwerk.teksten import tekst

_WRONG: Final = 400
_BEDRAG: Final = Getalvak("bedrag")
# what is on the page beside the policy itself
_DAAD, _GELEZEN, _HUUR, _PUNTEN = "doe", "gelezen", "proef.huur", "proef.punten"


@dataclass(frozen=True)
class Proef:
    """What the households beside the form show: what came out, or why nothing did."""

    rijen: list[Gezinsuitkomst]
    fouten: list[tuple[str, str, str]]
    elders: tuple[str, ...]
    huur: str
    punten: str


class Beleidspaginas:
    """The routes of landlords' decisions."""

    def __init__(self, plek: Werkplek) -> None:
        self.plek, self.keuring = plek, Beleidskeuring()

    def router(self) -> APIRouter:
        """The routes, each with its right."""
        router = APIRouter()
        root = "/beheer/concepten/{naam}/beleid"

        @router.get(root)
        def overview(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
            return self._lijst(request, wie, naam)

        @router.get(root + "/{verhuurder}/{ronde}")
        def form(request: Request, wie: WieInziet, naam: str, verhuurder: str, ronde: int) -> HTMLResponse:
            beeld = self.plek.concept(naam)
            stuk = open_(beeld.bestanden, beeld.basis, verhuurder, ronde)
            made = fill_in(beeld.bestanden, stuk, stuk.getypt) if stuk.inhoud else None
            tried = self._keur(beeld, stuk, made) if made else None
            faults = {} if tried is None else dict(tried.fouten)
            return self._toon(request, wie, beeld, stuk, stuk.getypt, faults, tried)

        @router.post(root + "/{verhuurder}/{ronde}")
        async def save(request: Request, wie: WieInvoert, naam: str, verhuurder: str, ronde: int) -> Response:
            typed = await given(request)
            return await run_in_threadpool(self._bewaar, request, wie, naam, verhuurder, ronde, typed)

        @router.post(root + "/{verhuurder}/{ronde}/proef")
        async def follow(request: Request, wie: WieInvoert, naam: str, verhuurder: str, ronde: int) -> Response:
            typed = await given(request)
            return await run_in_threadpool(self._volg, request, naam, verhuurder, ronde, typed)

        return router

    # the list

    def _lijst(self, request: Request, wie: Wie, naam: str) -> HTMLResponse:
        beeld = self.plek.concept(naam)
        found = rondes(beeld.bestanden, beeld.basis, self.plek.vandaag().year)
        return beheerpagina(
            request, "beheer/beleid.html", wie, beeld, titel=tekst("beleid.titel", naam=naam), rondes=found
        )

    # one policy

    def _bewaar(
        self, request: Request, wie: Wie, naam: str, verhuurder: str, ronde: int, typed: Mapping[str, str]
    ) -> Response:
        beeld = self.plek.concept(naam)
        stuk = open_(beeld.bestanden, beeld.basis, verhuurder, ronde)
        act = typed.get(_DAAD, "")
        changed = change_rows(with_history(stuk, typed), act)
        if act not in ("bewaar", "reken"):
            return self._toon(request, wie, beeld, stuk, changed, {}, None, focus=act)
        made = fill_in(beeld.bestanden, stuk, changed)
        tried = self._keur(beeld, stuk, made)
        faults = made.fouten | {at: said for at, said in tried.fouten.items() if at not in made.fouten}
        if act == "reken":
            return self._toon(request, wie, beeld, stuk, changed, faults, tried)
        if faults:
            return self._toon(request, wie, beeld, stuk, changed, faults, tried, status=_WRONG)
        try:
            self._zet(wie, naam, stuk, changed)
        except BeheerFout as error:
            return self._toon(request, wie, beeld, stuk, changed, {}, tried, fout=str(error), status=error.status)
        return to(request, f"{beeld.adres}/beleid/{verhuurder}/{ronde}?bewaard=1")

    def _zet(self, wie: Wie, naam: str, stuk: Beleidsstuk, typed: Mapping[str, str]) -> None:
        read = typed.get(_GELEZEN, "")
        self.plek.concepten.wijzig(wie, naam, lambda files: put(files, stuk, typed, read))

    def _volg(self, request: Request, naam: str, verhuurder: str, ronde: int, typed: Mapping[str, str]) -> Response:
        """The households beside the form, by what was typed so far."""
        beeld = self.plek.concept(naam)
        stuk = open_(beeld.bestanden, beeld.basis, verhuurder, ronde)
        changed = with_history(stuk, typed)
        made = fill_in(beeld.bestanden, stuk, changed)
        tried = self._keur(beeld, stuk, made)
        faults = {**tried.fouten, **made.fouten}
        shown = self._proef(stuk, typed, faults, tried)
        # what it was before is asked as soon as the kind of decision changes
        history = Vormbeeld(stuk, changed, {}).deel("geschiedenis") if changed != typed else None
        return page(
            request,
            "beheer/beleid_proef.html",
            200,
            proef=shown,
            geschiedenis=history,
            hier=_here(request, beeld, stuk),
            huur=maandbedrag,
        )

    def _keur(self, beeld: Conceptbeeld, stuk: Beleidsstuk, made: Ingevuld) -> Beleidsoordeel:
        return self.keuring.keur({**beeld.bestanden, **made.bestanden}, stuk.ronde.bestand, made.plat, made.waar)

    def _proef(
        self, stuk: Beleidsstuk, typed: Mapping[str, str], faults: Mapping[str, str], tried: Beleidsoordeel | None
    ) -> Proef:
        rent, points = _amount(typed.get(_HUUR, ""), HUUR), _amount(typed.get(_PUNTEN, ""), PUNTEN)
        rows: list[Gezinsuitkomst] = []
        if tried is not None and tried.regels is not None:
            rows = uitkomsten(tried.regels, stuk.ronde.verhuurder, stuk.ronde.ronde, rent, points)
        listed = Vormbeeld(stuk, typed, faults).fout_lijst()
        elsewhere = tried.elders if tried is not None else ()
        return Proef(rows, listed, elsewhere, _BEDRAG.geschreven(f"{rent}"), _BEDRAG.geschreven(f"{points}"))

    def _toon(
        self,
        request: Request,
        wie: Wie,
        beeld: Conceptbeeld,
        stuk: Beleidsstuk,
        typed: Mapping[str, str],
        faults: Mapping[str, str],
        tried: Beleidsoordeel | None,
        *,
        fout: str = "",
        focus: str = "",
        status: int = 200,
    ) -> HTMLResponse:
        shown = Vormbeeld(stuk, typed, faults)
        whole = shown.beeld()
        heading = tekst("beleid.vorm.titel", naam=stuk.ronde.naam, ronde=stuk.ronde.ronde)
        return beheerpagina(
            request,
            "beheer/beleid_vorm.html",
            wie,
            beeld,
            status,
            titel=tekst("beleid.vorm.titel_fout", titel=heading) if status != 200 else heading,
            stuk=stuk,
            delen={part.naam.removesuffix(".soort"): part for part in whole.delen},
            nieuwe_bron=shown.nieuwe_bron(),
            kiest_nieuw=shown.kiest_nieuw(),
            fouten=shown.fout_lijst() if status != 200 else [],
            fout=fout,
            bewaard="bewaard" in request.query_params,
            woorden=[_own_words(one, typed, faults) for one in stuk.woorden],
            anders=typed.get("status", "") != str(stuk.plat.get("status", "")),
            gelezen=typed.get(_GELEZEN, stuk.kenmerk),
            proef=self._proef(stuk, typed, faults, tried),
            focus=_row_of(focus, typed),
            geschiedenis=None,
            hier=_here(request, beeld, stuk),
            huur=maandbedrag,
        )


def _here(request: Request, beeld: Conceptbeeld, stuk: Beleidsstuk) -> str:
    root = request.scope.get("root_path", "")
    return f"{root}{beeld.adres}/beleid/{stuk.ronde.verhuurder}/{stuk.ronde.ronde}"


def _row_of(act: str, typed: Mapping[str, str]) -> str:
    """The row that was just put in, or else what was done."""
    what, _, at = act.partition(":")
    if what != ERBIJ:
        return act
    rows = [name for name in typed if name.startswith(f"{at}.") and name.endswith(f".{ER}")]
    return f"{at}.{sum(name.count('.') == at.count('.') + 2 for name in rows) - 1}"


def _own_words(words: tuple[str, str, str], typed: Mapping[str, str], faults: Mapping[str, str]) -> Beleidsvak:
    decision, rule, said = words
    at = f"woorden.{decision}.{rule}"
    return Beleidsvak("vink", at, rule, said, faults.get(at, ""), typed.get(at, ""))


def _amount(text: str, otherwise: Decimal) -> Decimal:
    """An amount that was typed beside the form; what cannot be read there changes nothing."""
    found = _BEDRAG.gelezen(text) if text.strip() else ""
    return otherwise if isinstance(found, Melding) or not found else Decimal(found).quantize(Decimal("0.01"))


def _stand(plek: Werkplek, beeld: Conceptbeeld) -> Taakstand:
    changed = sum(one.gewijzigd for one in rondes(beeld.bestanden, beeld.basis, plek.vandaag().year))
    return Taakstand("klaar" if changed else "te_doen", tekst("beleid.gewijzigd", aantal=changed) if changed else "")


BELEID_DEEL: Final = Beheerdeel("beleid", lambda plek: Beleidspaginas(plek).router(), _stand)
