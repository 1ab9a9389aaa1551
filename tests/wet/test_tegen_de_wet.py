"""Random households of every year: what the rules say is what the law permits."""

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from regels.uitslag import Uitslag
from tests.hulp.geladen import read, toets
from tests.wet import huurtoeslag, huurverhoging, toewijzing
from tests.wet.antwoord import Mag, Vraag, is_toegestaan
from tests.wet.huishoudens import huishouden

AANTAL: Final = 500
VEEL: Final = 10_000
SOORTEN: Final = 5  # so many kinds of difference are shown, each with one household
BESLUITEN: Final[Mapping[str, Callable[[Vraag], Mag | None]]] = {
    "daeb-doelgroep": toewijzing.daeb_doelgroep,
    "primaire-doelgroep": toewijzing.primaire_doelgroep,
    "passende-huur": toewijzing.passende_huur,
    "vrije-toewijzingsruimte": toewijzing.vrije_toewijzingsruimte,
    "huurtoeslag": huurtoeslag.huurtoeslag,
    "huurverhoging-wettelijk": huurverhoging.huurverhoging_wettelijk,
    "inkomensafhankelijke-huurverhoging": huurverhoging.inkomensafhankelijke_huurverhoging,
    "bezwaar-inkomen-vorig-jaar": huurverhoging.bezwaar_inkomen_vorig_jaar,
    "huurverlaging-na-inkomensdaling": huurverhoging.huurverlaging_na_inkomensdaling,
    "eenmalige-huurverlaging": huurverhoging.eenmalige_huurverlaging,
}
ASKED: Final = (*BESLUITEN, "huurquote")


def differences(question: Mapping[str, Any], answer: Uitslag) -> dict[str, str]:
    """Per decision what was said, and what the law permits, where that is not the same."""
    found = {}
    for besluit, law in BESLUITEN.items():
        permitted, said = law(question), answer.conclusie(besluit)
        if permitted is not None and not is_toegestaan(permitted, said.uitkomst, said.waarden):
            values = {name: str(value) for name, value in said.waarden.items()}
            found[besluit] = f"rules: {said.uitkomst} {values}; law: {', '.join(map(str, permitted))}"
    if (said := answer.conclusie("huurquote")).uitkomst == "ja":
        allowance = answer.conclusie("huurtoeslag").waarden.get("perMaand", 0)
        rest = Decimal(str(question["woning"]["kaleHuur"])) - Decimal(str(allowance))
        if answer.conclusie("huurtoeslag").uitkomst not in ("ja", "nee") or said.waarden["nettoHuur"] != rest:
            found["huurquote"] = f"rules: {said.waarden}; the rent less the allowance is {rest}"
    return found


def vergelijk(jaar: int, aantal: int) -> None:
    kinds: Counter[str] = Counter()
    shown: dict[str, str] = {}
    outcomes: Counter[tuple[str, str]] = Counter()
    for seed in range(aantal):
        question = huishouden(random.Random(f"{jaar}-{seed}"), jaar)
        answer = toets(read(question), besluiten=ASKED)
        outcomes.update((besluit, answer.conclusie(besluit).uitkomst) for besluit in ASKED)
        for besluit, text in differences(question, answer).items():
            kinds[besluit] += 1
            shown.setdefault(besluit, f"{text}\n  {json.dumps(question)}")
    parts = [f"{besluit}: {kinds[besluit]} of {aantal}; {shown[besluit]}" for besluit, _ in kinds.most_common(SOORTEN)]
    assert not kinds, "\n".join(["", *parts])
    # the households reach both sides: an agreement about nothing but 'nee' would say little
    for besluit in ("daeb-doelgroep", "primaire-doelgroep", "passende-huur", "huurtoeslag", "huurverhoging-wettelijk"):
        assert outcomes[besluit, "ja"] > aantal / 40, besluit
        assert outcomes[besluit, "nee"] > aantal / 40, besluit


JAREN: Final = pytest.mark.parametrize("jaar", [2022, 2023, 2024, 2025, 2026])


@JAREN
def test_the_rules_say_what_the_law_permits(jaar: int) -> None:
    vergelijk(jaar, AANTAL)


@pytest.mark.traag
@JAREN
def test_ten_thousand_households_of_a_year_get_what_the_law_permits(jaar: int) -> None:
    vergelijk(jaar, VEEL)


def test_the_second_writing_reads_nothing_of_the_product() -> None:
    folder = Path(__file__).parent
    for path in (path for path in folder.glob("*.py") if not path.name.startswith("test_")):
        assert not re.search(r"^\s*(import|from) (regels|service|web)\b", path.read_text(encoding="utf-8"), re.M), path
