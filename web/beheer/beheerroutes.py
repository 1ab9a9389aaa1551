"""The parts of these pages, one a line, in the order of the tasks; a task that is not here is not shown."""

from typing import Final

from fastapi import APIRouter

from web.beheer.beheerpagina import beheerpaginas
from web.beheer.beleidspagina import BELEID_DEEL
from web.beheer.cijferpagina import CIJFERS
from web.beheer.controlepagina import CONTROLE
from web.beheer.effectpagina import EFFECT
from web.beheer.keurpagina import GOEDKEUREN, PUBLICEREN
from web.beheer.verschilpagina import VERSCHIL
from web.beheer.voorbeeldpagina import voorbeeldpagina
from web.beheer.werkplek import Beheerdeel, Werkplek

DELEN: Final[tuple[Beheerdeel, ...]] = (
    CIJFERS,
    BELEID_DEEL,
    VERSCHIL,
    EFFECT,
    Beheerdeel("voorbeeld", voorbeeldpagina),
    CONTROLE,
    GOEDKEUREN,
    PUBLICEREN,
)


def beheer(plek: Werkplek) -> APIRouter:
    """Every route of this room; each declares its right itself."""
    router = APIRouter()
    router.include_router(beheerpaginas(plek, DELEN))
    for part in DELEN:
        router.include_router(part.routes(plek))
    return router
