"""A draft begun with something in it: the figures of a next year, empty, with the structure of the year before."""

from collections.abc import Mapping

from regels.nieuw import NieuwFout, nieuw_jaar
from service.beheer.beheerfouten import BeheerFout
from service.beheer.concepten import Concepten
from service.beheer.revisietabellen import Concept
from service.toegang.wie import Wie


def volgend_jaar(bestanden: Mapping[str, bytes]) -> int:
    """The year after the last one with figures. Raises :class:`BeheerFout` where there are none."""
    stems = (name.rpartition("/")[2].removesuffix(".yaml") for name in bestanden if name.count("/") == 1)
    years = [int(stem) for stem in stems if stem.isdigit() and len(stem) == 4]
    if not years:
        raise BeheerFout("Er zijn nog geen cijfers van een jaar om over te nemen.")
    return max(years) + 1


def begin_jaar(concepten: Concepten, wie: Wie, naam: str, reden: str, jaar: int) -> Concept:
    """A draft with the empty figures of ``jaar`` for every owner. Raises :class:`BeheerFout`."""
    basis = concepten.van_kracht()
    made = _year(basis, jaar)
    concepten.begin(wie, naam, reden)
    return concepten.wijzig(wie, naam, lambda files: {**files, **made})


def _year(bestanden: Mapping[str, bytes], jaar: int) -> dict[str, bytes]:
    texts = {name: content.decode() for name, content in bestanden.items()}
    try:
        return {name: text.encode() for name, text in nieuw_jaar(texts, jaar).items()}
    except NieuwFout as error:
        raise BeheerFout(str(error)) from None
