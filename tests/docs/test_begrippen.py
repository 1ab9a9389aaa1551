"""``docs/begrippen.md`` has a line for every name of the loaded rule set."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from regels.bestanden import Place
from regels.regelset import STATUSSEN, UITKOMSTEN, ZEKERHEDEN
from tests.hulp.geladen import PAKKET

TEXT = (Path(__file__).parents[2] / "docs" / "begrippen.md").read_text(encoding="utf-8")
TERMS = [(match[1], match[2].strip()) for match in re.finditer(r"^\| `([^`]+)` \| ([^|]+) \|", TEXT, re.MULTILINE)]


def written(place: Place) -> bool:
    """Whether it was written for the policy of a landlord; ``docs/huurbeleid.md`` explains those names together."""
    return "/beleid/" in place.file or place.file.endswith("/huurbeleid.yaml")


NAMES = {
    "velden": list(PAKKET.velden),
    "cijfers": [name for name, series in PAKKET.cijfers.items() if not written(series[0].plaats)],
    "grootheden": [name for name, quantity in PAKKET.grootheden.items() if not written(quantity.plaats)],
    "besluiten": list(PAKKET.besluiten),
    "uitkomsten": list(UITKOMSTEN),
    "zekerheden": list(ZEKERHEDEN),
    "statussen": list(STATUSSEN),
    "uitgangspunten": sorted({a.id for assumptions in PAKKET.aannamen.values() for a in assumptions}),
    "woorden": sorted(
        {word for field in PAKKET.velden.values() if field.naam != "energielabel" for word in field.waarden}
        | {word for q in PAKKET.grootheden.values() if not written(q.plaats) for word in q.woorden}
    ),
}


def _without_line(names: Iterable[str]) -> list[str]:
    explained = {term for term, meaning in TERMS if meaning}
    return sorted(set(names) - explained)


@pytest.mark.parametrize("kind", NAMES)
def test_every_name_has_a_line(kind: str) -> None:
    assert _without_line(NAMES[kind]) == [], f"deze {kind} missen een regel in docs/begrippen.md"


def test_no_line_is_about_a_name_that_is_gone() -> None:
    sections = TEXT[TEXT.index("## Fields") : TEXT.index("## Outcomes")] + TEXT[TEXT.index("## Assumptions") :]
    known = {name for names in NAMES.values() for name in names}
    gone = [term for term, _ in TERMS if f"\n| `{term}` |" in sections and term not in known]
    assert gone == []


def test_each_term_is_explained_once_in_its_section() -> None:
    for section in re.split(r"^#+ ", TEXT, flags=re.MULTILINE):
        terms = re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
        assert len(terms) == len(set(terms)), section.splitlines()[0]


def test_every_value_with_a_fixed_list_is_named() -> None:
    words = {
        text[1:-1]
        for besluit in PAKKET.besluiten.values()
        for regel in besluit.regels
        for name, (node, _) in regel.waarden.items()
        if name in ("klasse", "grond") and (text := repr(getattr(node, "value", ""))) != "''"
    }
    assert words
    assert [word for word in sorted(words) if f"`{word}`" not in TEXT] == []
