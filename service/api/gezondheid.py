"""The health of the service: whether it runs, and whether it can answer."""

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from regels import toets
from service.basis.vankracht import rules_in


def gezondheid(
    stand: Callable[[], object], vandaag: Callable[[], date], pagina: Callable[[Request, date], object]
) -> APIRouter:
    """The routes; ``stand`` tells how what is kept is doing, and ``pagina`` makes the page that is asked for most."""
    router = APIRouter()

    @router.get("/gezond")
    async def gezond() -> JSONResponse:
        """The process runs."""
        return JSONResponse({"status": "gezond"})

    @router.get("/gereed")
    def gereed(request: Request) -> JSONResponse:
        """The rule set is loaded, both readers agree on a first question, and a page can be made.

        The state of the database stands beside it: without one all that keeps nothing works.
        """
        regels = rules_in(request.scope)
        toets(regels.vraag({}).op(vandaag()), regels)
        pagina(request, vandaag())
        found = {"status": "gereed", "regelset": regels.versie, "revisie": regels.revisie}
        return JSONResponse(found | {"opslag": stand()})

    return router
