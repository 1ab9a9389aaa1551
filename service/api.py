"""The API: one question in, one answer out; and which rule sets there are."""

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from regels import toets
from regels.laden import regelset
from regels.uitslag import Uitslag
from regels.vraag import VraagFout, read_json
from service.problemen import MEDIA_TYPE, InvoerProbleem, Probleem, input_problem, problem


class _Model(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class OnderdeelInfo(_Model):
    """One rule file of a rule set."""

    naam: str
    hash: str


class RegelsetKort(_Model):
    """A rule set in the list."""

    versie: str
    hash: str


class BesluitInfo(_Model):
    """One decision that the rule set can answer."""

    id: str
    onderwerp: str
    vraag: str


class RegelsetInfo(RegelsetKort):
    """A rule set: its files, each with its own hash, and the decisions it answers."""

    onderdelen: list[OnderdeelInfo]
    besluiten: list[BesluitInfo]


class RegelsetLijst(_Model):
    """The rule sets that can answer."""

    regelsets: list[RegelsetKort]


def _responses(**models: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    texts = {"400": "Ongeldige invoer", "404": "Niet gevonden", "413": "Bericht te groot", "500": "Interne fout"}
    return {
        int(status[1:]): {
            "description": texts[status[1:]],
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}},
        }
        for status, model in models.items()
    }


def api(vandaag: Callable[[], date]) -> APIRouter:
    """The routes under ``/v1``; ``vandaag`` fills in a peildatum that was left out."""
    router = APIRouter(prefix="/v1")

    @router.post(
        "/toetsen",
        tags=["toetsen"],
        summary="Toets één huishouden",
        description="De vraag wordt niet bewaard. Wat onbekend is, wordt weggelaten of is null.",
        response_model=Uitslag,
        responses=_responses(_400=InvoerProbleem, _413=Probleem, _500=Probleem),
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Vraag"}}},
            }
        },
    )
    async def toetsen(request: Request) -> Response:
        try:
            vraag = read_json(await request.body()).op(vandaag())
        except VraagFout as error:
            return input_problem(error.fouten)
        return Response(toets(vraag).json(), media_type="application/json")

    @router.get("/regelsets", tags=["regelsets"], summary="De regelsets waarmee getoetst kan worden")
    async def regelsets() -> RegelsetLijst:
        regels = regelset()
        return RegelsetLijst(regelsets=[RegelsetKort(versie=regels.versie, hash=regels.hash)])

    @router.get(
        "/regelsets/{versie}",
        tags=["regelsets"],
        summary="Eén regelset, met de hash van elk onderdeel",
        response_model=RegelsetInfo,
        responses=_responses(_400=Probleem, _404=Probleem),
    )
    async def regelset_van(versie: str) -> RegelsetInfo | Response:
        regels = regelset()
        if versie != regels.versie:
            return problem(404, f"Deze regelset is er niet. De versie die er is: {regels.versie}.")
        return RegelsetInfo(
            versie=regels.versie,
            hash=regels.hash,
            onderdelen=[OnderdeelInfo(naam=part.naam, hash=part.hash) for part in regels.onderdelen],
            besluiten=[BesluitInfo(id=b.id, onderwerp=b.onderwerp, vraag=b.vraag) for b in regels.besluiten.values()],
        )

    return router
