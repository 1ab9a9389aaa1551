"""No code, template or shared rule names a decision, a landlord, a municipality or a village: the owners do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hulp.geladen import PAKKET

HERE = Path(__file__).parents[2]
CODE = (".py", ".html", ".typ", ".js", ".css")
# a word that is a decision's name and much else: a field, a kind of dwelling, a register of rules
GEWONE_WOORDEN = {"woonwagen", "kernbinding", "huurtoeslag", "fixteam"}


def sources() -> Iterator[Path]:
    """The code of the product, and the rule files of all owners together."""
    for room in ("regels", "service", "web"):
        for path in sorted((HERE / room).rglob("*")):
            inside = path.relative_to(HERE).parts
            if path.suffix in CODE and "bouw" not in inside:
                yield path
    yield from sorted((HERE / "regels/sets").glob("*.yaml"))
    national = [owner.id for owner in PAKKET.eigenaren.van_soort("landelijk")]
    for name in national:
        yield from sorted(path for path in (HERE / "regels/sets" / name).glob("*.yaml") if path.name != "bronnen.yaml")


def owners() -> list[str]:
    """The names of municipalities and landlords with their keys, of villages, and the numbers to call."""
    found: list[str] = []
    for owner in PAKKET.eigenaren.alle.values():
        if owner.soort != "landelijk":
            found += [
                owner.id,
                owner.naam,
                *owner.plaatsen.values(),
                *owner.partijen,
                owner.contact.get("telefoon", ""),
            ]
    return sorted({name for name in found if len(name) > 3} - GEWONE_WOORDEN)


def named(path: Path, words: list[str], pattern: str) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [
        f"{path.relative_to(HERE)}:{number}: {word}"
        for number, line in enumerate(text.splitlines(), 1)
        for word in words
        if re.search(pattern.format(re.escape(word)), line, re.IGNORECASE)
    ]


def test_no_code_and_no_shared_rule_names_an_owner_or_a_village() -> None:
    words = owners()
    assert len(words) > 10
    assert [found for path in sources() for found in named(path, words, r"(?<![\w-]){}(?![\w-])")] == []


def test_no_code_goes_by_the_name_of_a_decision() -> None:
    words = sorted(set(PAKKET.besluiten) - GEWONE_WOORDEN)
    code = [path for path in sources() if path.suffix in CODE]
    assert [found for path in code for found in named(path, words, r"[\"'/]{}(?:[\"'/.]|__)")] == []


@pytest.mark.parametrize("line", ['if besluit == "huurklasse":', "'passende-huur'", '"huurklasse__klasse"'])
def test_the_search_sees_a_decision_in_the_code(tmp_path: Path, line: str) -> None:
    path = HERE / "x.py"
    words = sorted(set(PAKKET.besluiten) - GEWONE_WOORDEN)
    assert any(re.search(rf"[\"'/]{re.escape(word)}(?:[\"'/.]|__)", line) for word in words), path
