"""The description of the API, as it is with the rules in force: its fields and decisions are theirs."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse

from regels import Regelset
from service.api.toetsen import Toetsen, parameters
from service.basis.problemen import InvoerProbleem, Probleem
from service.basis.vankracht import VanKracht, rules_in


def description(app: FastAPI, van_kracht: VanKracht) -> APIRouter:
    """The address of the description of ``app``."""
    router = APIRouter()

    def described(regels: Regelset | None = None) -> dict[str, Any]:
        own = regels or van_kracht.nu
        return own.bewaar((description, app), lambda: _made(app, own))

    app.openapi = described  # type: ignore[method-assign]

    @router.get("/v1/openapi.json")
    def as_json(request: Request) -> JSONResponse:
        own = described(rules_in(request.scope))
        return JSONResponse(own | {"servers": [{"url": f"{request.scope.get('root_path', '')}/"}]})

    return router


def _made(app: FastAPI, regels: Regelset) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        contact=app.contact,
        license_info=app.license_info,
    )
    schema["paths"][Toetsen.path]["post"]["parameters"] = parameters(regels)
    components = schema.setdefault("components", {}).setdefault("schemas", {})
    for model in (regels.vragen.vraag, Probleem, InvoerProbleem):
        own = model.model_json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
        components |= own.pop("$defs", {})
        components[model.__name__] = own
    return schema
