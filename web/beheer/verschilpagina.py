"""The page of what a draft changes: figure by figure and rule by rule, by owner, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import ndiff

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from regels import Regelset
from service.beheer.conceptverschil import Conceptverschil, conceptverschil
from service.beheer.regelverschil import BRON, CIJFER, GROOTHEID, REGEL, VELD, WET, Regelwijziging
from web.beheer.werkplek import Beheerdeel, Conceptbeeld, Werkplek, WieInziet, beheerpagina
from web.raamwerk.teksten import groep, tekst

_KINDS = (CIJFER, REGEL, GROOTHEID, VELD, BRON, WET)


# the parts that a policy is made of stand apart: they are used when a landlord has such a policy
_WRITTEN = ("landelijk/huurbeleid.yaml", "beleid_")


@dataclass(frozen=True, slots=True)
class Beleidsverschil:
    """The policy of one landlord for one round: what was written, line by line, and what the product made of it."""

    id: str
    kop: str
    regels: tuple[tuple[str, str], ...]
    gemaakt: tuple[Regelwijziging, ...]


@dataclass(frozen=True, slots=True)
class Verschilgroep:
    """All changes of one kind of one owner; of figures only the values stand side by side in a table."""

    id: str
    eigenaar: str
    soort: str
    kop: str
    wijzigingen: tuple[Regelwijziging, ...]


def verschilpagina(plek: Werkplek) -> APIRouter:
    """The route."""
    router = APIRouter()

    @router.get("/beheer/concepten/{naam}/verschil")
    def show(request: Request, wie: WieInziet, naam: str) -> HTMLResponse:
        shown = plek.concept(naam)
        found = difference_of(plek, shown)
        return beheerpagina(
            request,
            "beheer/verschil.html",
            wie,
            shown,
            titel=tekst("verschil.titel", naam=naam),
            verschil=found,
            beleid=tuple(_policies(shown, found)),
            groepen=tuple(_groups([one for one in found.wijzigingen if not _written(one)], found.nieuw)),
        )

    return router


def difference_of(plek: Werkplek, beeld: Conceptbeeld) -> Conceptverschil:
    """What a draft changes."""
    concept = beeld.concept
    basis = plek.concepten.revisies.inhoud(concept.basis)[0].formaat
    return conceptverschil(concept.naam, beeld.bestanden, beeld.basis, concept.formaat, basis)


def _written(change: Regelwijziging) -> bool:
    """Whether this was not entered by anybody, but made of the policy of a landlord."""
    file, name = _WRITTEN
    return "/beleid/" in change.bestand or (change.bestand == file and change.naam.startswith(name))


def _policies(beeld: Conceptbeeld, found: Conceptverschil) -> Iterator[Beleidsverschil]:
    """Each policy file that differs."""
    names = found.nieuw.eigenaren.alle if found.nieuw is not None else {}
    for file in sorted(name for name in beeld.concept.anders if "/beleid/" in name):
        owner, round_ = file.split("/")[0], file.rpartition("/")[2].removesuffix(".yaml")
        before, after = (
            files.get(file, b"").decode(errors="replace").splitlines() for files in (beeld.basis, beeld.bestanden)
        )
        lines = tuple((line[0], line[2:]) for line in ndiff(before, after) if line[0] in " +-")
        title = tekst("verschil.beleid", naam=names[owner].naam if owner in names else owner, ronde=round_)
        made = tuple(change for change in found.wijzigingen if change.bestand == file)
        yield Beleidsverschil(f"beleid-{owner}-{round_}", title, lines, made)


def _groups(changes: Sequence[Regelwijziging], regels: Regelset | None) -> Iterator[Verschilgroep]:
    """By owner and kind; the country first, as in the rule set."""
    names = {owner.id: owner.naam for owner in regels.eigenaren.alle.values()} if regels is not None else {}
    heads = groep("verschil.soorten")
    for owner in sorted({change.eigenaar for change in changes}, key=lambda id: ([*names, id].index(id), id)):
        for kind in _KINDS:
            own = tuple(change for change in changes if (change.eigenaar, change.soort) == (owner, kind))
            if own:
                name = names.get(owner, tekst("verschil.allen"))
                yield Verschilgroep(f"{owner or 'allen'}-{kind}", name, kind, heads[kind], own)


VERSCHIL = Beheerdeel("verschil", verschilpagina)
