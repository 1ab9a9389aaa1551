"""What every part of these pages works with: the drafts, who may come, one draft as it stands, and the forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from service.basis.vankracht import VanKracht
from service.beheer.concepten import Concepten
from service.beheer.publicatie import Publicatie
from service.beheer.revisies import Revisies
from service.beheer.revisietabellen import OPEN, Concept
from service.opslag.opslag import Opslag
from service.toegang.rechten import Recht
from service.toegang.wacht import mag
from service.toegang.wie import Wie
from web.raamwerk.sjablonen import page

# how a route says who may come; it then knows who came
WieInziet = Annotated[Wie, mag(Recht.REGELS_INZIEN)]
WieInvoert = Annotated[Wie, mag(Recht.REGELS_INVOEREN)]
WieGoedkeurt = Annotated[Wie, mag(Recht.REGELS_GOEDKEUREN)]
WiePubliceert = Annotated[Wie, mag(Recht.REGELS_PUBLICEREN)]
_SEE_OTHER: Final = 303
_FIELDS_AT_MOST: Final = 1_000

Taakwoord = Literal["te_doen", "bezig", "klaar", "nog_niet", "let_op"]


@dataclass(frozen=True, slots=True)
class Werkplek:
    """Drafts and revisions of one service, and its day."""

    concepten: Concepten
    publicatie: Publicatie
    van_kracht: VanKracht
    vandaag: Callable[[], date]

    @classmethod
    def van(cls, opslag: Opslag, van_kracht: VanKracht, vandaag: Callable[[], date]) -> "Werkplek":
        """On what is kept in ``opslag``; nothing is opened before its first use."""
        concepten = Concepten(Revisies(opslag))
        return cls(concepten, Publicatie(concepten), van_kracht, vandaag)

    def concept(self, naam: str) -> "Conceptbeeld":
        """A draft with its files. Raises :class:`service.beheer.beheerfouten.GeenConcept`."""
        return Conceptbeeld(*self.concepten.bestanden(naam))


@dataclass(frozen=True, slots=True)
class Conceptbeeld:
    """A draft with all its files, and those of the revision it stands on."""

    concept: Concept
    bestanden: Mapping[str, bytes]
    basis: Mapping[str, bytes]

    @property
    def open(self) -> bool:
        """Whether it may still change."""
        return self.concept.stand == OPEN

    @property
    def adres(self) -> str:
        """Where its task list stands."""
        return f"/beheer/concepten/{self.concept.naam}"


@dataclass(frozen=True, slots=True)
class Taakstand:
    """How a task stands: a word of ``beheer.stand``, and what is to be said beside it."""

    woord: Taakwoord
    uitleg: str = ""


@dataclass(frozen=True, slots=True)
class Beheerdeel:
    """A part of these pages, and the task that it is.

    ``naam`` is a key of ``beheer.taken``, and the last part of the address of its page.
    """

    naam: str
    routes: Callable[[Werkplek], APIRouter]
    stand: Callable[[Werkplek, Conceptbeeld], Taakstand] | None = None


async def given(request: Request, most: int = _FIELDS_AT_MOST) -> dict[str, str]:
    """What was filled in, without files; of a name that comes twice the last."""
    async with request.form(max_files=0, max_fields=most) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def to(request: Request, path: str) -> RedirectResponse:
    """On to another page after a form, so that Back never sends it again."""
    return RedirectResponse(f"{request.scope.get('root_path', '')}{path}", status_code=_SEE_OTHER)


def beheerpagina(
    request: Request, template: str, wie: Wie, beeld: Conceptbeeld | None = None, status: int = 200, **values: object
) -> HTMLResponse:
    """A page of this room; with ``beeld`` it is about a draft, and its crumbs lead back to that.

    ``values`` has ``titel``, and whatever the template shows.
    """
    return page(
        request,
        template,
        status,
        **{
            "wie": wie,
            "beeld": beeld,
            "mag_invoeren": wie.mag(Recht.REGELS_INVOEREN) and (beeld is None or beeld.open),
            **values,
        },
    )
