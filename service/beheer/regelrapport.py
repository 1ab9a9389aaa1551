"""The report of a draft that goes with its approval: what differs, whether it is in order, and what was proven.

It says nothing of a moment or a machine, so that the same draft has the same report and the same hash.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from regels.laden import hash_of, manifest
from service.beheer.regelverschil import differences, file_differences
from service.beheer.revisietabellen import Concept

# what a proof says of a rule set: whether it holds, and its lines
Bewijsuitkomst = tuple[bool, list[str]]


@dataclass(frozen=True, slots=True)
class Regelrapport:
    """A report in words; ``inhoud`` is the hash of the content that it is about."""

    inhoud: str
    tekst: str
    klopt: bool
    bewijs: bool


def draw_up(
    concept: Concept,
    bestanden: Mapping[str, bytes],
    basis: Mapping[str, bytes],
    basisformaat: int,
    bewijs: Callable[[Regelset], Bewijsuitkomst] | None,
) -> Regelrapport:
    """The report of ``bestanden``, all files of a draft, on ``basis``; without ``bewijs`` it says that nothing was
    proven."""
    content = hash_of(manifest(bestanden))
    lines = [f"Concept {concept.naam} op revisie {concept.basis}", f"Reden: {concept.reden}"]
    if concept.herstelt is not None:
        lines.append(f"Herstelt een fout in revisie {concept.herstelt}.")
    lines += [f"Inhoud: {content}", ""]
    if concept.let_op:
        lines += ["Let op", *concept.let_op.splitlines(), ""]
    lines += ["Bestanden die anders zijn", *(list(file_differences(basis, bestanden)) or ["geen"]), ""]
    try:
        regels = bewaard(bestanden, f"concept {concept.naam}", concept.formaat)
    except RegelsetError as error:
        found = [*error.faults, f"{len(error.faults)} fout(en) gevonden."]
        return Regelrapport(content, _text([*lines, "Controle", *found]), klopt=False, bewijs=False)
    lines += ["Regels en cijfers die anders zijn", *_against(regels, basis, basisformaat), ""]
    lines += ["Controle", *_in_order(regels), ""]
    if bewijs is None:
        return Regelrapport(content, _text([*lines, "Bewijs", "Niet gedaan."]), klopt=True, bewijs=False)
    holds, said = bewijs(regels)
    return Regelrapport(content, _text([*lines, "Bewijs", *said]), klopt=holds, bewijs=True)


def _against(regels: Regelset, basis: Mapping[str, bytes], formaat: int) -> list[str]:
    try:
        before = bewaard(basis, "basis", formaat)
    except (RegelsetError, FormaatFout):
        return ["Niet te zeggen: de revisie waarop het concept staat, is niet meer te laden."]
    return list(differences(before, regels)) or ["geen"]


def _in_order(regels: Regelset) -> Iterator[str]:
    rules = sum(len(besluit.regels) for besluit in regels.besluiten.values())
    yield f"De regelset heeft versie {regels.versie} en is in orde."
    yield (
        f"{len(regels.onderdelen)} bestanden, {len(regels.besluiten)} besluiten, {rules} regels, "
        f"{len(regels.grootheden)} grootheden, {len(regels.cijfers)} cijfers, {len(regels.bronnen)} bronnen."
    )


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
