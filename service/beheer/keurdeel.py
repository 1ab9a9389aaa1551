"""What is found in the figures of a draft, for its report: only what is new in it, and not what stood there before."""

from collections.abc import Iterator, Mapping
from typing import Final

from regels.jaarwissel.jaarkeur import keur
from regels.jaarwissel.keurbevinding import Keurbevinding
from service.beheer.rapportvorm import MELDING, Rapportregel

_NONE: Final = "Er valt niets nieuws op."


def plausibility(bestanden: Mapping[str, bytes], basis: Mapping[str, bytes]) -> Iterator[Rapportregel]:
    """A line for each finding about ``bestanden`` that there is not about ``basis``."""
    known = {finding.code for finding in keur(basis)}
    found = keur(bestanden)
    fresh = [finding for finding in found if finding.code not in known]
    yield from (_line(finding) for finding in fresh)
    if not fresh:
        yield Rapportregel(_NONE, MELDING)


def _line(finding: Keurbevinding) -> Rapportregel:
    where = " ".join(part for part in (finding.cijfer, f"({finding.cel})" if finding.cel else "") if part)
    said = f"{finding.bestand}, {where}: {finding.zegt}" if where else f"{finding.bestand}: {finding.zegt}"
    return Rapportregel(
        said,
        finding.soort,
        finding.code,
        finding.bestand,
        finding.groep,
        finding.cijfer,
        finding.cel,
    )
