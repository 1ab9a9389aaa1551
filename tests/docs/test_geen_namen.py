"""No code, template or shared rule names a decision, a landlord, a municipality or a village: the owners do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hulp.geladen import PAKKET

HERE = Path(__file__).parents[2]
CODE = (".py", ".html", ".typ", ".js", ".css")
# a word that is a name of a decision and of something else: three fields, a subject, a kind of home, a role
GEWONE_WOORDEN = {"woonwagen", "kernbinding", "kinderbijslag", "huurtoeslag", "middenhuur", "fixteam"}
# a claim names the decision that shows the value it is about, and a policy becomes rules of two decisions
OVER_EEN_BESLUIT = (
    "regels/lezers/bewijs/stellingen.py",
    "regels/lezers/bewijs/toeslagstellingen.py",
    "regels/lezers/bewijs/hulpstellingen.py",
    "regels/lezers/bewijs/huurbeleid.py",
    "regels/beleid/",
)
NAME_OF_A_DECISION = r"[\"'/]{}(?:[\"'/.]|__)"
NAME_OF_AN_OWNER = r"(?<![\w-]){}(?![\w-])"


def sources() -> Iterator[Path]:
    """The code of the product, the texts of its pages, and the rule files that are of all owners together."""
    for room in ("regels", "service", "web"):
        for path in sorted((HERE / room).rglob("*")):
            if path.suffix in CODE and "bouw" not in path.relative_to(HERE).parts:
                yield path
    yield from sorted([*(HERE / "regels/sets").glob("*.yaml"), *(HERE / "web/raamwerk/teksten").glob("*.yaml")])
    for owner in PAKKET.eigenaren.van_soort("landelijk"):
        rules = sorted((HERE / "regels/sets" / owner.id).glob("*.yaml"))
        yield from (path for path in rules if path.name != "bronnen.yaml")


def names_of_owners() -> list[str]:
    """Municipalities and landlords, as key and as name, with their villages and the numbers to call."""
    found: set[str] = set()
    for owner in PAKKET.eigenaren.alle.values():
        if owner.soort != "landelijk":
            found |= {owner.id, owner.naam, owner.contact.get("telefoon", ""), *owner.plaatsen.values()}
    return sorted(name for name in found if len(name) > 3)


def found_in(path: Path, words: list[str], pattern: str) -> list[str]:
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    return [
        f"{path.relative_to(HERE)}:{number}: {word}"
        for number, line in lines
        for word in words
        if re.search(pattern.format(re.escape(word)), line, re.IGNORECASE)
    ]


def test_no_code_and_no_shared_rule_names_an_owner_or_a_village() -> None:
    words = names_of_owners()
    assert len(words) > 10
    assert [found for path in sources() for found in found_in(path, words, NAME_OF_AN_OWNER)] == []


def test_no_code_goes_by_the_name_of_a_decision() -> None:
    words = sorted(set(PAKKET.besluiten) - GEWONE_WOORDEN)
    own = [path for path in sources() if path.suffix in CODE]
    code = [path for path in own if not path.relative_to(HERE).as_posix().startswith(OVER_EEN_BESLUIT)]
    assert [found for path in code for found in found_in(path, words, NAME_OF_A_DECISION)] == []


@pytest.mark.parametrize(
    "line", ['if id == "huurklasse":', "  - 'passende-huur'", '"huurklasse__klasse"', '"energiecoach/plaatsen"']
)
def test_the_search_sees_a_decision_in_the_code(line: str) -> None:
    words = sorted(set(PAKKET.besluiten) - GEWONE_WOORDEN)
    assert any(re.search(NAME_OF_A_DECISION.format(re.escape(word)), line) for word in words)
