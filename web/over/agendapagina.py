"""What is due about the rules: a page, and the calendar that needs no sign-in."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from regels.agenda import BESLUIT, BRONNEN, CIJFERS, EINDE, agenda
from web.over.agendafeed import MEDIA_TYPE, feed
from web.raamwerk.sjablonen import page, rules_of
from web.raamwerk.teksten import groep, tekst

_ORDER: Final = (CIJFERS, BESLUIT, EINDE, BRONNEN)


def agendapagina(vandaag: Callable[[], date]) -> APIRouter:
    """The route of the page."""
    router = APIRouter()

    @router.get("/agenda")
    def due(request: Request) -> HTMLResponse:
        today = vandaag()
        found = agenda(rules_of(request), today)
        parts = [(key, groep("agenda.soort")[key], [one for one in found if one.soort == key]) for key in _ORDER]
        return page(
            request,
            "over/agenda.html",
            200,
            titel=tekst("agenda.titel"),
            vandaag=today,
            delen=[part for part in parts if part[2]],
            uitleg=groep("agenda.uitleg"),
            dicht=(BRONNEN,),
        )

    return router


def agendakalender(nu: Callable[[], datetime]) -> APIRouter:
    """The route of the calendar.

    A calendar program cannot sign in, so who asks need not: what is in it are names of public figures and who
    publishes them, days, and titles of sources, all of the rules in force. A draft is not in it, nor a person.
    """
    router = APIRouter()

    @router.get("/agenda.ics")
    def calendar(request: Request) -> Response:
        moment = nu()
        content = feed(agenda(rules_of(request), moment.date()), moment)
        return Response(content, media_type=MEDIA_TYPE, headers={"cache-control": "max-age=3600"})

    return router
