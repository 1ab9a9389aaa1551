"""The templates, and what every page has: its style, its scripts and the theme of the organisation."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from regels import Regelset
from regels.opmaak import datum
from regels.regelset import eens
from service.basis.vankracht import rules_in
from service.basis.voorbeeld import huis_in, voorbeeld_in
from service.toegang.rechten import Recht
from service.toegang.wacht import Wacht, visitor
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.tijdwoord import moment
from web.raamwerk.uitkomstwoord import outcome_word

STATIC = Path(__file__).parents[1] / "static"
THEMA_ADRES = "/static/thema.css"


class ThemaFout(Exception):
    """The theme of the organisation cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Thema:
    """The style sheet of an organisation, which overrules the tokens of ``web/stijl/thema.css``."""

    css: bytes

    @property
    def adres(self) -> str:
        """Where it is served; it changes with the content."""
        return f"{THEMA_ADRES}?{_mark(self.css)}"


def read_theme(path: Path | None) -> Thema | None:
    """The theme in the file at ``path``; none without a path. Raises :class:`ThemaFout`."""
    if path is None:
        return None
    try:
        css = path.read_bytes()
        css.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ThemaFout(f"HUURTOETS_THEMA: '{path}' is geen leesbaar css-bestand in UTF-8.") from None
    return Thema(css)


def rules_of(request: Request) -> Regelset:
    """The rule set by which this request is answered."""
    return rules_in(request.scope)


def page(request: Request, template: str, status: int, **values: object) -> HTMLResponse:
    """``template`` as an answer; ``values`` are what it shows."""
    theme: Thema | None = getattr(request.app.state, "thema", None)
    wacht: Wacht | None = getattr(request.app.state, "wacht", None)
    html = (
        _templates(rules_of(request))
        .get_template(template)
        .render(
            basis=request.scope.get("root_path", ""),
            huis=huis_in(request.scope),
            voorbeeld=voorbeeld_in(request.scope),
            thema=theme.adres if theme else "",
            bezoeker=visitor(request),
            aanmelden_kan=wacht is not None and wacht.aanmelden,
            portefeuille_kan=wacht is None
            or wacht.zonder(Recht.PORTEFEUILLE, request.scope)
            or visitor(request).mag(Recht.PORTEFEUILLE),
            beheer_kan=visitor(request).mag(Recht.REGELS_INZIEN),
            **values,
        )
    )
    return HTMLResponse(html, status_code=status)


def naar_beheer() -> tuple[str, str]:
    """The way back to the drafts, for a page that says what went wrong."""
    return "/beheer", tekst("beheer.terug")


def foutpagina(
    request: Request, titel: str, tekst: str, status: int, *, terug: tuple[str, str] | None = None
) -> HTMLResponse:
    """A plain page that says what went wrong, with where to go on: an address and its name, else the form."""
    where, name = terug or ("", "")
    return page(request, "raamwerk/fout.html", status, titel=titel, tekst=tekst, verder=where, verder_naam=name)


@eens
def _templates(regels: Regelset) -> Environment:
    """The templates with the texts of these rules."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parents[1]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["datum"] = datum
    environment.filters["moment"] = moment
    environment.globals["t"] = tekst
    environment.globals["groep"] = groep
    environment.globals["uitkomstwoord"] = outcome_word
    environment.globals["titel_van"] = lambda conclusie: regels.teksten.titel(conclusie.id)
    environment.globals["vakterm"] = regels.teksten.vakterm
    environment.globals["toelichting"] = regels.teksten.toelichting
    environment.globals["huurder"] = regels.teksten.huurder
    environment.globals["alleen_medewerker"] = lambda id: regels.teksten.van(id).alleen_medewerker
    environment.globals["stijl"] = _versioned("bouw/huurtoets.css")
    environment.globals["scripts"] = [
        _versioned("bouw/htmx.js"),
        _versioned("invoer.js"),
        _versioned("herhaal.js"),
        _versioned("levend.js"),
        _versioned("weggaan.js"),
    ]
    # htmx adds no style of its own, and keeps nothing of a page in the history
    environment.globals["htmx"] = json.dumps({"includeIndicatorCSS": False, "history": False})
    environment.globals["regelset"] = regels.naam
    environment.globals["gemeenten"] = regels.eigenaren.namen("gemeente")
    return environment


def script(name: str) -> str:
    """The address of a script that one page has beside those of every page."""
    return _versioned(name)


def _versioned(name: str) -> str:
    """The address of a static file; it changes with the content, so that a browser may keep it."""
    path = STATIC / name
    if not path.exists():
        raise FileNotFoundError(f"web/static/{name} ontbreekt: voer 'make stijl' uit (python web/stijl/bouw.py)")
    return f"/static/{name}?{_mark(path.read_bytes())}"


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:10]
