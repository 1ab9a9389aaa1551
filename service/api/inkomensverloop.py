"""``POST /v1/verloop``: what more income takes away from one household."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter

from regels import Regelset
from regels.verloop import KLEINSTE_STAP, STAP, TOT, VAN, Verloopuitslag, verloop
from regels.vraag import MOST_PERSONS, Fout, VraagFout, parse_json
from service.api.toetsen import JSON, is_json, of_a_question
from service.basis.problemen import input_problem, problem, query_problem
from service.basis.vankracht import rules_in
from service.invoer.zonder_bsn import without_bsn

# a curve is some hundred checks, so one is made at a time
_THREADS: Final = 1
_VRAAG: Final = "vraag"
# the numbers that may stand beside the question: in words, the least and the most that the description names, and what
# is taken when it is left out (nothing: the tenant)
_NUMBERS: Final[Mapping[str, tuple[str, int, int | None, int | None]]] = {
    "persoon": ("Van wie het inkomen verandert, te tellen vanaf 0; anders de huurder.", 0, MOST_PERSONS - 1, None),
    "van": ("Het laagste bruto jaarinkomen.", 0, None, VAN),
    "tot": ("Het hoogste bruto jaarinkomen.", 1, None, TOT),
    "stap": ("Hoeveel inkomen er tussen twee punten ligt.", KLEINSTE_STAP, None, STAP),
}
_WRITTEN: Final = TypeAdapter(Verloopuitslag)
_EXAMPLE: Final = {
    "vraag": {
        "peildatum": "2026-07-01",
        "soort": "huurder",
        "personen": [{"rol": "huurder", "geboortedatum": "1980-03-01", "inkomen": 30000}],
        "woning": {"kaleHuur": 650, "zelfstandig": True},
        "vermogen": 1000,
    },
    "van": 20000,
    "tot": 45000,
}


def _answer(regels: Regelset, body: bytes, today: date) -> Response:
    data: object = None
    try:
        data = parse_json(body)
        found = _course(regels, data, today)
    except VraagFout as error:
        return input_problem(without_bsn(data, error.fouten))
    return Response(_WRITTEN.dump_json(found), media_type=JSON)


def _course(regels: Regelset, data: object, today: date) -> Verloopuitslag:
    """The answer to the message ``data``. Raises :class:`VraagFout` with every fault in it."""
    if not isinstance(data, dict) or _VRAAG not in data:
        raise VraagFout([Fout("", "Stuur een object met het veld 'vraag': het huishouden, zoals bij /v1/toetsen.")])
    faults = [
        Fout("", f"Een veld naast 'vraag' bestaat niet. Kies uit: {', '.join(_NUMBERS)}.")
        for name in data.keys() - {_VRAAG, *_NUMBERS}
    ][:1]
    asked: dict[str, int] = {}
    for name in _NUMBERS:
        value = data.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            asked[name] = value
        elif value is not None:
            faults.append(Fout(f"/{name}", "Vul een heel getal in, zonder aanhalingstekens, of laat het weg."))
    try:
        vraag = regels.vraag(data[_VRAAG]).op(today)
    except VraagFout as error:
        raise VraagFout([*(Fout(f"/{_VRAAG}{fault.veld}", fault.tekst) for fault in error.fouten), *faults]) from None
    if faults:
        raise VraagFout(faults)
    return verloop(vraag, regels, **asked)


class Inkomensverloop:
    """What answers ``POST /v1/verloop``; ``vandaag`` fills in a peildatum that was left out."""

    def __init__(self, vandaag: Callable[[], date]) -> None:
        self._vandaag = vandaag
        self._computing = ThreadPoolExecutor(_THREADS, thread_name_prefix="verloop")

    async def answer(self, request: Request) -> Response:
        """The answer, or what is wrong with the message."""
        if not is_json(request.headers.get("content-type")):
            return problem(415, "Stuur de vraag als JSON in UTF-8, met Content-Type: application/json.")
        if request.scope["query_string"]:
            return query_problem("", "Dit adres kent geen parameters. Alles staat in het bericht.")
        regels, body = rules_in(request.scope), await request.body()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._computing, _answer, regels, body, self._vandaag())


def _schema() -> dict[str, Any]:
    numbers: dict[str, Any] = {}
    for name, (text, least, most, default) in _NUMBERS.items():
        kind: dict[str, Any] = {"type": "integer", "minimum": least}
        kind |= {} if most is None else {"maximum": most}
        numbers[name] = {"description": text, "anyOf": [kind, {"type": "null"}]}
        numbers[name] |= {} if default is None else {"default": default}
    return {
        "type": "object",
        "required": [_VRAAG],
        "additionalProperties": False,
        "properties": {_VRAAG: {"$ref": "#/components/schemas/Vraag"}, **numbers},
        "example": _EXAMPLE,
    }


def inkomensverloop(antwoord: Inkomensverloop) -> APIRouter:
    """The route."""
    router = APIRouter(prefix="/v1")

    @router.post(
        "/verloop",
        tags=["toetsen"],
        summary="Wat meer inkomen kost aan regelingen",
        description=(
            "Hetzelfde huishouden bij andere inkomens van één bewoner: wat elke regeling dan geeft, waar een regeling "
            "begint of stopt, en hoeveel er van elke regeling af gaat bij iets meer inkomen dan nu. Belasting is niet "
            "meegerekend. De vraag wordt niet bewaard."
        ),
        response_model=Verloopuitslag,
        responses=of_a_question(),
        openapi_extra={"requestBody": {"required": True, "content": {JSON: {"schema": _schema()}}}},
    )
    async def meer_inkomen(request: Request) -> Response:
        return await antwoord.answer(request)

    return router
