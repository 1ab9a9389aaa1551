"""What is found in the figures of a draft, for its report: only what is new in it, and not what stood there before."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from regels.jaarwissel.jaarbestanden import Jaarcijfer, lees
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


def figure_places(bestanden: Mapping[str, bytes]) -> Callable[[Rapportregel], Rapportregel]:
    """Adds to a line which group of figures it is about, by its figure or by its place in a file of figures."""
    figures = [one for series in lees(bestanden).reeksen.values() for one in series]
    by_file: dict[str, list[Jaarcijfer]] = {}
    for one in sorted(figures, key=lambda one: one.regel):
        by_file.setdefault(one.bestand, []).append(one)

    def place(line: Rapportregel) -> Rapportregel:
        if line.groep or line.bestand not in by_file:
            return line
        named = [one for one in by_file[line.bestand] if one.naam == line.cijfer]
        before = [one for one in by_file[line.bestand] if one.regel <= line.regel]
        found = (named or before[-1:])[:1]
        return replace(line, groep=found[0].groep, cijfer=line.cijfer or found[0].naam) if found else line

    return place
