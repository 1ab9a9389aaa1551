"""The description of the API, as it is with the rules in force: its fields and decisions are theirs."""

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from regels import Regelset
from service.api.toetsen import Toetsen, parameters
from service.basis.problemen import InvoerProbleem, Probleem
from service.basis.vankracht import VanKracht


def description(app: FastAPI, van_kracht: VanKracht) -> APIRouter:
    """The address of the description of ``app``."""
    router = APIRouter()

    def described() -> dict[str, Any]:
        regels = van_kracht.nu
        return regels.bewaar((description, app), lambda: _made(app, regels))

    app.openapi = described  # type: ignore[method-assign]

    @router.get("/v1/openapi.json")
    def as_json() -> JSONResponse:
        return JSONResponse(app.openapi())

    return router


def _made(app: FastAPI, regels: Regelset) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        contact=app.contact,
        license_info=app.license_info,
        servers=[{"url": "/"}],
    )
    schema["paths"][Toetsen.path]["post"]["parameters"] = parameters(regels)
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in (regels.vragen.vraag, Probleem, InvoerProbleem):
        own = model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
        components |= own.pop("$defs", {})
        components[model.__name__] = own
    return schema
