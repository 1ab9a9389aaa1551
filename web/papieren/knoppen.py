"""The form with which the papers are asked for: the question as it was posted, and a reference."""

from collections.abc import Iterable
from dataclasses import dataclass

from regels.laden import regelset
from regels.uitslag import Uitslag
from web.invoer import Formulier
from web.papieren.kenmerk import LENGTH

KENMERK = "kenmerk"


@dataclass(frozen=True, slots=True)
class Knoppen:
    """What the template draws. ``verborgen`` carries the question that was answered, not what was typed after it."""

    verborgen: tuple[tuple[str, str], ...]
    kenmerk: str = ""
    fout: str = ""
    lengte: int = LENGTH


def buttons(form: Formulier, uitslag: Uitslag, kenmerk: str = "", fout: str = "") -> Knoppen | None:
    """The form for the papers of ``uitslag``; None when nothing of it may be put on paper."""
    return None if stopped(uitslag) else Knoppen(tuple(form.tekst.items()), kenmerk, fout)


def stopped(uitslag: Uitslag) -> bool:
    """Whether the check ended early. Nothing is recorded then, so there are no papers either (AVE: leg niets vast)."""
    decisions = regelset().besluiten
    return any(decisions[c.id].stopt and c.uitkomst == "voorleggen" for c in uitslag.conclusies)


def split_kenmerk(items: Iterable[tuple[str, object]]) -> tuple[str, list[tuple[str, object]]]:
    """The reference among the posted ``items``, and the rest: the question."""
    kept = list(items)
    found = [value for name, value in kept if name == KENMERK and isinstance(value, str)]
    return (found[0] if found else ""), [(name, value) for name, value in kept if name != KENMERK]
