"""The page that comes instead of a paper or a comparison when the fields changed after the answer."""

from fastapi import Request
from fastapi.responses import HTMLResponse

from web.formulier.herhaling import repeat
from web.formulier.invoer import Formulier
from web.raamwerk.sjablonen import page
from web.raamwerk.teksten import tekst

_CONFLICT = 409


def outdated(request: Request, form: Formulier) -> HTMLResponse:
    """Says so, and carries what was typed to a new check."""
    # htmx asks for a part of the page, and shows nothing that has the status of a fault
    if request.headers.get("HX-Request") == "true":
        return page(request, "raamwerk/oud_deel.html", 200)
    hidden = tuple(form.tekst.items())
    return page(
        request,
        "raamwerk/oud.html",
        _CONFLICT,
        titel=tekst("uitkomst.oud.titel"),
        verborgen=hidden,
        herhaal=repeat(form),
    )
