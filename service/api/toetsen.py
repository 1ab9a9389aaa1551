"""The API: one question in, one answer out; and which rule sets there are."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import lru_cache
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from regels import Regelset, Vraag, toets
from regels.opmaak import conceptnaam
from regels.regelset import eens
from regels.toets import is_ready
from regels.uitslag import Bronvermelding, Som, Uitgangspunt, Uitslag
from regels.vraag import VraagFout, parse_json
from regels.wet.wetsplaatsen import NietGetoetst
from service.api.keuze import BESLUITEN, NAMEN, REGELSET, VELDEN, Keuze, QueryFout, asked_set, read_query
from service.api.regelkiezer import LATER, Regelkiezer, TeDruk
from service.basis.problemen import MEDIA_TYPE, InvoerProbleem, Probleem, input_problem, problem, query_problem
from service.basis.vankracht import OnbekendeRegels, VanKracht, rules_in
from service.invoer.zonder_bsn import without_bsn

# A check holds the interpreter while it computes, so a second thread would only make both wait for it. The largest
# message there may be takes some tens of milliseconds.
_THREADS: Final = 1
# A question of so many bytes with a short answer takes less time than the way to that thread and back.
_LITTLE: Final = 4_096
_CHOICES: Final = 256
JSON: Final = "application/json"
_UTF8: Final = ("", "utf-8", "utf8")


class _Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class OnderdeelInfo(_Model):
    """One rule file of a rule set."""

    naam: str
    hash: str


class RegelsetKort(_Model):
    """A rule set in the list; ``revisie`` is None where no revisions are kept."""

    versie: str
    hash: str
    revisie: str | None = None


class BesluitInfo(_Model):
    """One decision that the rule set can answer."""

    id: str
    onderwerp: str
    vraag: str


class RegelsetInfo(RegelsetKort):
    """A rule set: its files, each with its own hash, and the decisions it answers."""

    onderdelen: list[OnderdeelInfo]
    besluiten: list[BesluitInfo]


class DeelVanUitslag(BaseModel):
    """An answer of which only a part was asked for: every field as in the whole one, and none of them is sure to be."""

    peildatum: date
    huurronde: int
    regelset: dict[str, Any]
    conclusies: list[dict[str, Any]] | None = None
    uitgangspunten: list[Uitgangspunt] | None = None
    bronnen: dict[str, Bronvermelding] | None = None
    som: Som | None = None
    niet_getoetst: list[NietGetoetst] | None = Field(default=None, serialization_alias="nietGetoetst")


class RegelsetLijst(_Model):
    """The rule sets that can answer; the first one does where none is asked for."""

    regelsets: list[RegelsetKort]


def responses(**models: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """The faults of a route, for the description: by status, as ``_400=Probleem``."""
    texts = {
        "400": "Ongeldige invoer",
        "401": "Niet aangemeld, waar dat nodig is",
        "403": "Van een andere website, of zonder de rol die dit mag",
        "404": "Niet gevonden",
        "413": "Bericht te groot",
        "415": "Geen JSON",
    }
    texts |= {"429": "Te veel verzoeken; zie Retry-After", "500": "Interne fout", "503": "Te druk; zie Retry-After"}
    return {
        int(status[1:]): {
            "description": texts[status[1:]],
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}},
        }
        for status, model in models.items()
    }


def parameters(regels: Regelset) -> list[dict[str, Any]]:
    """The query, for the description: lists with commas, by the NL API Design Rules."""
    texts = {
        BESLUITEN: (list(regels.besluiten), "Alleen deze besluiten."),
        VELDEN: (
            list(NAMEN),
            "Alleen deze velden van de uitslag en van elke conclusie. Altijd erbij: peildatum, huurronde, versie, hash "
            "en revisie van de regelset, en het id van een conclusie.",
        ),
    }
    lists = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": text,
            "style": "form",
            "explode": False,
            "schema": {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}},
        }
        for name, (names, text) in texts.items()
    ]
    which: dict[str, Any] = {
        "name": REGELSET,
        "in": "query",
        "required": False,
        "description": "Reken met deze revisie, of met de regelset van deze hash; anders met die van nu.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 80},
    }
    return [*lists, which]


def is_json(content_type: str | None) -> bool:
    """Whether a message says that it is JSON; one that says nothing is read as JSON too."""
    if content_type is None:
        return True
    kind, _, rest = content_type.lower().partition(";")
    name, _, charset = rest.strip().partition("=")
    return kind.strip() == JSON and (name.strip() != "charset" or charset.strip(' "') in _UTF8)


def _answer(regels: Regelset, body: bytes, keuze: Keuze, today: date) -> Response:
    vraag = _read(regels, body, today)
    return vraag if isinstance(vraag, Response) else _check(regels, vraag, keuze)


def _read(regels: Regelset, body: bytes, today: date) -> Vraag | Response:
    """The question, or what is wrong with it."""
    data: object = None
    try:
        data = parse_json(body)
        return regels.vraag(data).op(today)
    except VraagFout as error:
        return input_problem(without_bsn(data, error.fouten))


def _check(regels: Regelset, vraag: Vraag, keuze: Keuze) -> Response:
    uitslag = toets(vraag, regels, keuze.besluiten, keuze.delen)
    return Response(keuze.write(uitslag), media_type=JSON)


@eens
def _choices(regels: Regelset) -> Callable[[str], Keuze]:
    """What a query asks of these rules; who asks in parts asks the same of one household after another."""
    return lru_cache(_CHOICES)(lambda query: read_query(QueryParams(query).multi_items(), regels.besluiten))


class Toetsen:
    """What answers ``POST /v1/toetsen``; ``vandaag`` fills in a peildatum that was left out.

    FastAPI describes the address; this passes by its layers, for it has no parameters to find and no dependencies.
    """

    path: Final = "/v1/toetsen"

    def __init__(self, kiezer: Regelkiezer, vandaag: Callable[[], date]) -> None:
        self._kiezer, self._vandaag = kiezer, vandaag
        self._computing = ThreadPoolExecutor(_THREADS, thread_name_prefix="toets")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI wants it."""
        scope["route"] = self
        response = await self.answer(Request(scope, receive))
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """The answer, or what is wrong with the question."""
        if not is_json(request.headers.get("content-type")):
            return problem(415, "Stuur de vraag als JSON in UTF-8, met Content-Type: application/json.")
        query = request.scope["query_string"].decode("latin-1")
        regels = rules_in(request.scope)
        try:
            if REGELSET in query and (wanted := asked_set(QueryParams(query).multi_items())) is not None:
                regels = await self._kiezer.regels(wanted, regels)
            keuze = _choices(regels)(query)
        except OnbekendeRegels as error:
            return query_problem(REGELSET, str(error))
        except TeDruk as error:
            return problem(503, str(error), headers={"retry-after": str(LATER)})
        except QueryFout as error:
            return query_problem(error.naam, error.tekst)
        body = await request.body()
        if len(body) <= _LITTLE and keuze.kort:
            vraag = _read(regels, body, self._vandaag())
            if isinstance(vraag, Response):
                return vraag
            if is_ready(vraag, regels, keuze.delen):  # compiling takes long
                return _check(regels, vraag, keuze)
        # off the loop: a question of many persons would hold up everyone else's
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._computing, _answer, regels, body, keuze, self._vandaag())


def of_a_question() -> dict[int | str, dict[str, Any]]:
    """What else a route may answer that takes a question of a household."""
    return responses(
        _400=InvoerProbleem,
        _403=Probleem,
        _413=Probleem,
        _415=Probleem,
        _429=Probleem,
        _500=Probleem,
        _503=Probleem,
    )


def api(van_kracht: VanKracht, kiezer: Regelkiezer, antwoord: Toetsen) -> APIRouter:
    """The routes under ``/v1``; what differs with the rules is put in the description by :func:`parameters`."""
    router = APIRouter(prefix="/v1")

    @router.post(
        "/toetsen",
        tags=["toetsen"],
        summary="Toets één huishouden",
        description=(
            "De vraag wordt niet bewaard. Wat onbekend is, wordt weggelaten of is null. Met besluiten en velden komt "
            "er alleen wat nodig is; een besluit dat de hele toets stopt, komt er dan voor in de plaats."
        ),
        response_model=Uitslag | DeelVanUitslag,
        responses=of_a_question(),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {JSON: {"schema": {"$ref": "#/components/schemas/Vraag"}}},
            },
        },
    )
    async def toetsen(request: Request) -> Response:
        return await antwoord.answer(request)

    @router.get("/regelsets", tags=["regelsets"], summary="De regelsets waarmee getoetst kan worden")
    def regelsets(request: Request) -> RegelsetLijst:
        own = rules_in(request.scope)
        current = RegelsetKort(versie=own.versie, hash=own.hash, revisie=own.revisie)
        archief = van_kracht.archief
        kept = archief.revisies() if archief is not None and not conceptnaam(own.revisie) else []
        older = [RegelsetKort(versie=r.versie, hash=r.hash, revisie=r.revisie) for r in kept]
        return RegelsetLijst(regelsets=[current, *(one for one in older if one != current)])

    @router.get(
        "/regelsets/{versie}",
        tags=["regelsets"],
        summary="Eén regelset, met de hash van elk onderdeel",
        description="Een revisie, de hash van een regelset, of de versie van de regelset van nu.",
        response_model=RegelsetInfo,
        responses=responses(_400=Probleem, _404=Probleem, _503=Probleem),
    )
    async def regelset_van(request: Request, versie: str) -> RegelsetInfo | Response:
        regels = rules_in(request.scope)
        try:
            if versie != regels.versie:
                regels = await kiezer.regels(versie, regels)
        except OnbekendeRegels as error:
            return problem(404, str(error))
        except TeDruk as error:
            return problem(503, str(error), headers={"retry-after": str(LATER)})
        return RegelsetInfo(
            versie=regels.versie,
            hash=regels.hash,
            revisie=regels.revisie,
            onderdelen=[OnderdeelInfo(naam=part.naam, hash=part.hash) for part in regels.onderdelen],
            besluiten=[BesluitInfo(id=b.id, onderwerp=b.onderwerp, vraag=b.vraag) for b in regels.besluiten.values()],
        )

    return router
