"""Faults as ``application/problem+json`` (RFC 9457), the way the NL API Design Rules ask for them."""

from collections.abc import Iterable, Mapping
from typing import Literal

from fastapi import Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from regels.vraag import Fout
from service.basis.voorbeeld import binnen

MEDIA_TYPE = "application/problem+json"


class Plaats(BaseModel):
    """Where a fault is: in the message as a JSON pointer, in the query by the name of the parameter."""

    pointer: str | None = None
    name: str | None = None


class Foutmelding(BaseModel):
    """One fault in a message that was sent."""

    model_config = ConfigDict(populate_by_name=True)

    waar: Literal["body", "query"] = Field(alias="in", default="body")
    location: Plaats
    code: str
    detail: str


class Probleem(BaseModel):
    """A fault."""

    type: str
    title: str
    status: int
    detail: str


class InvoerProbleem(Probleem):
    """A message that cannot be read, with everything that is wrong in it."""

    errors: list[Foutmelding]


TOO_LARGE = "Het bericht is te groot."


def too_large(limit: int) -> str:
    """The words for files that are larger together than ``limit`` bytes."""
    return f"De bestanden zijn te groot. Samen mogen zij hoogstens {limit // 1_000_000} MB zijn."


# what a person reads in place of the words for a program
PAGINATITELS = {
    404: ("Deze pagina is er niet", "Misschien is het adres niet goed overgenomen, of is de pagina verplaatst."),
    405: (
        "Zo opent deze pagina niet",
        "Deze pagina is er alleen nadat u iets hebt ingevuld of gekozen. Begin bij een van de pagina's hieronder.",
    ),
}
TITELS = {
    400: "Ongeldige invoer",
    401: "Niet aangemeld",
    403: "Niet toegestaan",
    404: "Niet gevonden",
    405: "Methode niet toegestaan",
    408: "Te langzaam",
    409: "Intussen gewijzigd",
    410: "Er niet meer",
    413: "Bericht te groot",
    415: "Soort bericht niet toegestaan",
    421: "Onbekende host",
    429: "Te veel verzoeken",
    431: "Kop te groot",
    500: "Interne fout",
    503: "Te druk",
}


def problem(
    status: int,
    detail: str,
    errors: list[dict[str, object]] | None = None,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> JSONResponse:
    """The answer for a fault; ``detail`` is a Dutch sentence."""
    body: dict[str, object] = {"type": "about:blank", "title": TITELS[status], "status": status, "detail": detail}
    if errors is not None:
        body["errors"] = errors
    return JSONResponse(body | more, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def input_problem(faults: Iterable[Fout]) -> JSONResponse:
    """All faults of a question at once."""
    errors: list[dict[str, object]] = [
        {"in": "body", "location": {"pointer": fault.veld}, "code": "ongeldig", "detail": fault.tekst}
        for fault in faults
    ]
    what = "Er is één fout" if len(errors) == 1 else f"Er zijn {len(errors)} fouten"
    return problem(400, f"{what} in de vraag. Zie errors voor de plaats en wat er moet staan.", errors)


def query_problem(name: str, text: str) -> JSONResponse:
    """A parameter of the query that cannot be used."""
    place: dict[str, object] = {"in": "query", "location": {"name": name}, "code": "ongeldig", "detail": text}
    return problem(400, text, [place])


def incident_problem(incident: str) -> JSONResponse:
    """An internal fault; only its number goes out."""
    return problem(500, f"Er ging iets mis. Geef dit nummer door: {incident}.", incident=incident)


def wants_html(request: Request) -> bool:
    """Whether a person is asking: a page, not the API."""
    return not binnen(request.url.path).startswith("/v1") and "text/html" in request.headers.get("accept", "")
