"""Two pages about this tool: what it does and with which sources, and how accessible it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from regels.opmaak import datum
from regels.regelset import ONDERWERPEN, Bron
from web.raamwerk.sjablonen import page, rules_of
from web.raamwerk.teksten import groep, tekst

# the standard the tests hold the pages to, and the day on which this statement was last compared with them
NORM: Final = "EN 301 549"
RICHTLIJN: Final = "WCAG 2.2"
PAPIERNORM: Final = "PDF/UA-1"
NAGEKEKEN: Final = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Titel:
    """A text that the rules rest on, with every place in it that they use."""

    titel: str
    plaatsen: tuple[Bron, ...]


def over(contact: str) -> APIRouter:
    """The routes of the two pages; ``contact`` says whom to ask."""
    router = APIRouter()

    @router.get("/over")
    def about(request: Request) -> HTMLResponse:
        regels = rules_of(request)
        return page(
            request,
            "over/over.html",
            200,
            titel=tekst("papieren.over.titel"),
            contact=contact,
            regels=regels,
            onderwerpen=[
                (key, title, [b.vraag for b in regels.besluiten.values() if b.onderwerp == key])
                for key, title in ONDERWERPEN.items()
            ],
            bronnen=by_title(regels.bronnen.values()),
        )

    @router.get("/toegankelijkheid")
    def accessibility(request: Request) -> HTMLResponse:
        standards = {"norm": NORM, "richtlijn": RICHTLIJN, "papiernorm": PAPIERNORM, "dag": datum(NAGEKEKEN)}
        return page(
            request,
            "over/toegankelijkheid.html",
            200,
            titel=tekst("papieren.toegankelijk.titel"),
            contact=contact,
            standaarden=standards,
            getest=groep("papieren.toegankelijk_getest").values(),
            beperkingen=groep("papieren.toegankelijk_beperking").values(),
        )

    return router


def by_title(bronnen: Iterable[Bron]) -> tuple[Titel, ...]:
    """The sources by the text they are a place in, both in alphabetical order."""
    found: dict[str, list[Bron]] = {}
    for bron in bronnen:
        found.setdefault(bron.titel, []).append(bron)
    return tuple(
        Titel(title, tuple(sorted(found[title], key=lambda bron: (bron.vindplaats, bron.url))))
        for title in sorted(found, key=str.casefold)
    )
