"""The form with which the papers are asked for: the question as it was posted, and a reference."""

from collections.abc import Iterable
from dataclasses import dataclass

from regels import Regelset
from regels.uitslag import Uitslag
from web.formulier.invoer import KENMERK, MERK, Formulier, Invoer
from web.formulier.merk import mark_of
from web.papieren.kenmerk import LENGTH


@dataclass(frozen=True, slots=True)
class Knoppen:
    """What the template draws. ``merk`` says of which question the answer is; ``verborgen`` carries that question."""

    verborgen: tuple[tuple[str, str], ...]
    merk: str
    kenmerk: str = ""
    fout: str = ""
    lengte: int = LENGTH


def buttons(invoer: Invoer, uitslag: Uitslag, kenmerk: str = "", fout: str = "") -> Knoppen | None:
    """The form for the papers of ``uitslag``; None when nothing of it may be put on paper."""
    return (
        None if stopped(invoer.regels, uitslag) else Knoppen(hidden(invoer.formulier), mark_of(invoer), kenmerk, fout)
    )


def hidden(form: Formulier) -> tuple[tuple[str, str], ...]:
    """The question as it was posted, to travel along in a form."""
    return tuple(form.tekst.items())


def stopped(regels: Regelset, uitslag: Uitslag) -> bool:
    """Whether the check ended early. Nothing is recorded then, so there are no papers either (AVE: leg niets vast)."""
    return any(regels.besluiten[c.id].stopt and c.uitkomst == "voorleggen" for c in uitslag.conclusies)


def beside(items: Iterable[tuple[str, object]]) -> tuple[str, str]:
    """The reference and the mark of the answer among the posted ``items``; empty where there is none."""
    found: dict[str, str] = {}
    for name, value in items:
        if name in (KENMERK, MERK) and isinstance(value, str):
            found.setdefault(name, value)
    return found.get(KENMERK, ""), found.get(MERK, "")
