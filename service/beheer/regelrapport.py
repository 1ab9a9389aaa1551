"""Drawing up the report of a draft that goes with its approval: what differs, what was found, and what was proven.

It says nothing of a moment or a machine, so that the same draft has the same report and the same hash.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from regels.laden import hash_of, manifest
from service.beheer.antwoordverschil import changed, published
from service.beheer.grensgevallen import boundaries
from service.beheer.keurdeel import figure_places, plausibility
from service.beheer.rapportvorm import (
    GEEN_BEWIJS,
    MELDING,
    STOP,
    WAARSCHUWING,
    Rapportdeel,
    Rapportregel,
    Regelrapport,
)
from service.beheer.regelverschil import differences, file_differences
from service.beheer.revisietabellen import Concept

# what a proof says of a rule set: whether it holds, and its lines
Bewijsuitkomst = tuple[bool, list[str]]
# whom the step from one rule set to another touches, in sentences
Raakt = Callable[[Regelset, Regelset], Iterable[str]]
# told which part is begun
Meld = Callable[[str], None]
_PLACE: Final = re.compile(r"(?P<bestand>[a-z0-9][a-z0-9./_-]*\.yaml):(?P<regel>\d{1,7}): ", re.ASCII)


def draw_up(
    concept: Concept,
    bestanden: Mapping[str, bytes],
    basis: Mapping[str, bytes],
    basisformaat: int,
    bewijs: Callable[[Regelset], Bewijsuitkomst] | None,
    *,
    besluit: str | None = None,
    meld: Meld = lambda _: None,
    gelezen: Callable[[], None] = lambda: None,
    raakt: Raakt | None = None,
) -> Regelrapport:
    """The report of ``bestanden``, all files of a draft, on ``basis``; who accepted what is added where it is kept.

    Without ``bewijs`` nothing is proven, and with ``besluit`` only that decision: the report says so, as a warning.
    ``raakt`` says whom the draft touches among many households. ``gelezen`` is called when everything of the draft was
    read, and what follows is work of our own.
    """
    meld("controle")
    parts = [_part("bestanden", _plain(file_differences(basis, bestanden)))]
    if concept.let_op:
        parts.insert(0, _part("let_op", _plain(concept.let_op.splitlines())))
    parts.append(_part("aannemelijk", plausibility(bestanden, basis)))
    try:
        regels = bewaard(bestanden, f"concept {concept.naam}", concept.formaat)
    except RegelsetError as error:
        parts.append(_part("controle", _faults(error)))
        return _report(concept, bestanden, parts, proven=False)
    gelezen()
    before = _loaded(basis, basisformaat)
    other = tuple(differences(before, regels)) if before is not None else None
    parts.append(_part("verschil", _plain(_UNKNOWN if other is None else other, "Geen regel of cijfer is anders.")))
    parts.append(_part("controle", _plain(_in_order(regels), otherwise="")))
    if other or other is None:
        meld("gepubliceerd")
        parts.append(_part("gepubliceerd", published(regels)))
        if before is not None:
            meld("antwoorden")
            parts.append(_part("antwoorden", changed(before, regels)))
            if raakt is not None:
                meld("raakt")
                parts.append(_part("raakt", _plain(raakt(before, regels), "Niet te zeggen voor deze regels.")))
        meld("grenzen")
        parts.append(_part("grenzen", boundaries(before, regels)))
    meld("bewijs")
    parts.append(_part("bewijs", _proof(regels, bewijs, besluit)))
    return _report(concept, bestanden, parts, proven=bewijs is not None and besluit is None)


_UNKNOWN: Final = ("Niet te zeggen: de revisie waarop het concept staat, is niet meer te laden.",)


def _report(
    concept: Concept, bestanden: Mapping[str, bytes], parts: list[Rapportdeel], *, proven: bool
) -> Regelrapport:
    place = figure_places(bestanden)
    head = [f"Concept {concept.naam} op revisie {concept.basis}", f"Reden: {concept.reden}"]
    if concept.herstelt is not None:
        head.append(f"Herstelt een fout in revisie {concept.herstelt}.")
    return Regelrapport(
        hash_of(manifest(bestanden)), tuple(head), tuple(_placed(part, place) for part in parts), proven
    )


def _placed(part: Rapportdeel, place: Callable[[Rapportregel], Rapportregel]) -> Rapportdeel:
    return Rapportdeel(part.sleutel, tuple(place(line) for line in part.regels))


def _part(key: str, lines: Iterable[Rapportregel]) -> Rapportdeel:
    return Rapportdeel(key, tuple(lines))


def _plain(lines: Iterable[str], otherwise: str = "geen") -> Iterator[Rapportregel]:
    said = False
    for line in lines:
        said = True
        yield Rapportregel(line, MELDING)
    if not said and otherwise:
        yield Rapportregel(otherwise, MELDING)


def _faults(error: RegelsetError) -> Iterator[Rapportregel]:
    for fault in error.faults:
        place = _PLACE.match(fault)
        if place is None:
            yield Rapportregel(fault, STOP)
        else:
            yield Rapportregel(fault, STOP, bestand=place["bestand"], regel=int(place["regel"]))
    yield Rapportregel(f"{len(error.faults)} fout(en) gevonden.", MELDING)


def _loaded(basis: Mapping[str, bytes], formaat: int) -> Regelset | None:
    try:
        return bewaard(basis, "basis", formaat)
    except (RegelsetError, FormaatFout):
        return None


def _in_order(regels: Regelset) -> Iterator[str]:
    rules = sum(len(besluit.regels) for besluit in regels.besluiten.values())
    yield f"De regelset heeft versie {regels.versie} en is in orde."
    yield (
        f"{len(regels.onderdelen)} bestanden, {len(regels.besluiten)} besluiten, {rules} regels, "
        f"{len(regels.grootheden)} grootheden, {len(regels.cijfers)} cijfers, {len(regels.bronnen)} bronnen."
    )


def _proof(
    regels: Regelset, bewijs: Callable[[Regelset], Bewijsuitkomst] | None, besluit: str | None
) -> Iterator[Rapportregel]:
    if bewijs is None:
        yield Rapportregel("Er is niets bewezen.", WAARSCHUWING, GEEN_BEWIJS)
        return
    holds, said = bewijs(regels)
    yield from (Rapportregel(line, MELDING) for line in said)
    if besluit is not None:
        yield Rapportregel(f"Alleen besluit '{besluit}' is bewezen.", WAARSCHUWING, f"bewijs:alleen:{besluit}")
    if not holds:
        yield Rapportregel("Wat weerlegd is, moet eerst worden hersteld.", STOP)
