"""The page of this room where nobody can sign in: what that takes."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service.toegang.rechten import Recht
from service.toegang.wacht import mag
from web.raamwerk.sjablonen import page
from web.raamwerk.teksten import groep, tekst


def zonder_aanmelden(contact: str) -> APIRouter:
    """The route; ``contact`` says whom to ask."""
    router = APIRouter()

    @router.get("/beheer", dependencies=[mag(Recht.VRIJ)])
    def explained(request: Request) -> HTMLResponse:
        return page(
            request,
            "beheer/zonder_aanmelden.html",
            200,
            titel=tekst("beheer.zonder.titel"),
            stappen=list(groep("beheer.zonder_stappen").items()),
            opdrachten=groep("beheer.zonder_opdrachten"),
            contact=contact,
        )

    return router
