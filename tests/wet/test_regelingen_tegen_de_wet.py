"""Random households of every year: what the rules say of the schemes is what the law permits, to the euro."""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, Final

import pytest

from regels.uitslag import Uitslag
from tests.hulp.geladen import read, toets
from tests.wet import bijstand, kinderbijslag, toeslagen
from tests.wet.antwoord import Mag, Vraag, is_toegestaan
from tests.wet.gezinnen import gezin

AANTAL: Final = 300
VEEL: Final = 20_000
SOORTEN: Final = 5  # so many kinds of difference are shown, each with one household
BESLUITEN: Final[Mapping[str, Callable[[Vraag], Mag]]] = {
    "zorgtoeslag": toeslagen.zorgtoeslag,
    "zorgtoeslag-bewoners": toeslagen.zorgtoeslag_bewoners,
    "kindgebonden-budget": toeslagen.kindgebonden_budget,
    "kinderbijslag": kinderbijslag.kinderbijslag,
    "bijstandsnorm": bijstand.bijstandsnorm,
    "individuele-inkomenstoeslag": bijstand.individuele_inkomenstoeslag,
    "aio": bijstand.aio,
    "studietoeslag": bijstand.studietoeslag,
    "energietoeslag": bijstand.energietoeslag,
}
# an agreement about nothing but one outcome would say little
BEIDE_KANTEN: Final = ("zorgtoeslag", "kindgebonden-budget")


def verschillen(question: Mapping[str, Any], answer: Uitslag) -> dict[str, str]:
    """Per decision what was said, and what the law permits, where that is not the same."""
    found = {}
    for besluit, law in BESLUITEN.items():
        permitted, said = law(question), answer.conclusie(besluit)
        if not is_toegestaan(permitted, said.uitkomst, said.waarden):
            values = {name: str(value) for name, value in said.waarden.items()}
            found[besluit] = f"rules: {said.uitkomst} {values}; law: {', '.join(map(str, permitted))}"
    return found


def vergelijk(jaar: int, aantal: int) -> None:
    kinds: Counter[str] = Counter()
    shown: dict[str, str] = {}
    outcomes: Counter[tuple[str, str]] = Counter()
    for seed in range(aantal):
        question = gezin(random.Random(f"{jaar}-{seed}"), jaar)
        answer = toets(read(question), besluiten=list(BESLUITEN))
        outcomes.update((besluit, answer.conclusie(besluit).uitkomst) for besluit in BESLUITEN)
        for besluit, text in verschillen(question, answer).items():
            kinds[besluit] += 1
            shown.setdefault(besluit, f"{text}\n  {json.dumps(question)}")
    parts = [f"{besluit}: {kinds[besluit]} of {aantal}; {shown[besluit]}" for besluit, _ in kinds.most_common(SOORTEN)]
    assert not kinds, "\n".join(["", *parts])
    for besluit in BEIDE_KANTEN:
        assert min(outcomes[besluit, "ja"], outcomes[besluit, "nee"]) > aantal / 25, besluit


JAREN: Final = pytest.mark.parametrize("jaar", [2022, 2023, 2024, 2025, 2026])


@JAREN
def test_the_rules_of_the_schemes_say_what_the_law_permits(jaar: int) -> None:
    vergelijk(jaar, AANTAL)


@pytest.mark.traag
@JAREN
def test_twenty_thousand_households_of_a_year_agree_to_the_euro(jaar: int) -> None:
    vergelijk(jaar, VEEL)
