"""Policy files that are refused: each fault with its file and line, and all of them together."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from regels.bestanden import RegelsetError
from regels.laden import load
from tests.hulp.beleidsets import BRON, CORPORATIE, GEMEENTE, antwoord, laad, van_het_product
from tests.hulp.regelsets import BESTANDEN

KOP = "status: vastgesteld\nbesloten_op: 2026-03-01\nbron: besluit\nonderdelen:\n"  # lines 1 to 4
GEVALLEN = yaml.safe_load((Path(__file__).parent / "fout.yaml").read_text(encoding="utf-8"))


def fouten(text: str, round_: int = 2026) -> list[str]:
    with pytest.raises(RegelsetError) as caught:
        laad({round_: text})
    return [fault for fault in caught.value.faults if fault.startswith("proef/beleid/")]


@pytest.mark.parametrize("geval", GEVALLEN.values(), ids=GEVALLEN)
def test_wrong_policy_is_refused_with_its_line(geval: dict[str, Any]) -> None:
    found = fouten(geval["tekst"])
    place = f"proef/beleid/2026.yaml:{geval['regel']}:"
    assert any(fault.startswith(place) and geval["zegt"] in fault for fault in found), found


def test_a_file_that_cannot_be_read_is_not_also_said_to_be_empty() -> None:
    assert len(fouten("status: 'onbekend\n")) == 1


def met(**files: str) -> list[str]:
    """The faults of the product with these files more."""
    own = {
        "proefstad/eigenaar.yaml": GEMEENTE,
        "proef/eigenaar.yaml": CORPORATIE,
        "proef/bronnen.yaml": BRON,
        "proef/beleid/2026.yaml": KOP + "  - basis: {procent: 3.5}\n",
        **files,
    }
    with pytest.raises(RegelsetError) as caught:
        load([*van_het_product(), *((name, text.encode()) for name, text in own.items())])
    return caught.value.faults


def test_policy_in_a_file_that_would_be_skipped_is_refused() -> None:
    assert met(**{"proef/beleid/2025.yml": "status: onbekend\n"}) == [
        "proef/beleid/2025.yml:1: zo wordt dit bestand niet gelezen; geef het een naam die eindigt op .yaml"
    ]


def test_a_text_for_a_rule_that_is_not_there_is_named_in_the_file_of_the_landlord() -> None:
    found = met(**{"proef/teksten.yaml": "huurverhoging-beleid:\n  per_regel: {gewoon: De huur stijgt.}\n"})
    said = "proef/teksten.yaml:1: 'huurverhoging-beleid' heeft geen regel 'gewoon' voor deze tekst; kies uit "
    assert len(found) == 1 and found[0].startswith(said) and "percentage.proef" in found[0]


def test_a_landlord_without_owner_is_named_once_and_no_rule_of_the_country_with_it() -> None:
    found = met(**{"proef/eigenaar.yaml": CORPORATIE.replace("corporatie", "woningcorporatie")})
    assert {fault.split(":")[0] for fault in found} == {"proef/beleid/2026.yaml", "proef/eigenaar.yaml"}


def test_policy_without_the_sentences_of_the_country_is_refused() -> None:
    files = {**BESTANDEN, "land/beleid/2026.yaml": "status: onbekend\n"}
    with pytest.raises(RegelsetError) as caught:
        load([(name, text.encode()) for name, text in files.items()])
    assert [fault for fault in caught.value.faults if "zonder kan beleid niet mee" in fault] == [
        "land/beleid/2026.yaml:1: er is geen bestand met 'sjablonen' (landelijk/huurbeleid.yaml); zonder kan beleid "
        "niet mee"
    ]


def test_two_corporations_of_one_name_are_refused() -> None:
    found = met(**{"tweede/eigenaar.yaml": CORPORATIE})
    assert found == ["tweede/eigenaar.yaml:1: zo heet 'proef' ook al; geef elke corporatie een eigen naam"]


def test_what_a_landlord_says_itself_goes_before_the_text_of_its_policy() -> None:
    text = "huurverhoging-beleid:\n  per_regel: {percentage.proef: De huur stijgt een beetje.}\n"
    files = {
        "proefstad/eigenaar.yaml": GEMEENTE,
        "proef/eigenaar.yaml": CORPORATIE,
        "proef/bronnen.yaml": BRON,
        "proef/beleid/2026.yaml": KOP + "  - basis: {procent: 3.5}\n",
        "proef/teksten.yaml": text,
    }
    loaded = load([*van_het_product(), *((name, content.encode()) for name, content in files.items())])
    assert loaded.teksten.varianten("huurverhoging-beleid", "ja", "percentage.proef") == ("De huur stijgt een beetje.",)


def test_a_spared_home_says_what_the_law_allowed_and_that_a_higher_income_is_spared_too() -> None:
    label = (
        "    energielabel:\n      stopt_iah: ja\n      stopt_laag_bedrag: ja\n      rijen:\n"
        "        - {is: [A++++, A+++, A++, A+, A, B, C, D, zonder_label], krijgt: gewoon}\n"
        "        - {is: [E, F, G], krijgt: niet}\n"
    )
    raised = "    iah: {midden: wettelijk, hoog: wettelijk}\n    laag_bedrag: nee\n"
    rules = laad({2026: f"{KOP}  - basis: {{procent: 3.5}}\n{raised}{label}"})
    home = {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 700, "energielabel": "F"}
    asked = {"peildatum": "2026-05-11", "gemeente": "proefstad"}
    for category, told in (("laag", False), ("hoog", True)):
        found = antwoord(rules, home, inkomenscategorie=category, **asked)
        answer = next(one for one in found.conclusies if one.id == "huurverhoging-beleid")
        assert answer.waarden["grond"] == "ontzien" and answer.waarden["wettelijkMaximum"] == Decimal("624.60")
        assert any("ook geen verhoging om het inkomen" in reason.tekst for reason in answer.redenen) is told


@pytest.mark.parametrize(
    ("doubt", "ground"), [("telt", "ontzien"), ("als_slechtste", "percentage"), ("voorleggen", None)]
)
def test_a_label_that_the_tenant_doubts_counts_as_the_policy_says(doubt: str, ground: str | None) -> None:
    label = (
        f"    energielabel:\n      bij_twijfel: {doubt}\n      stopt_iah: ja\n      stopt_laag_bedrag: ja\n"
        "      rijen:\n"
        "        - {is: [A++++, A+++, A++, A+, A], krijgt: niet}\n"
        "        - {is: [B, C, D, E, F, G, zonder_label], krijgt: gewoon}\n"
    )
    base = "  - basis: {procent: 3.5}\n    iah: {midden: geen, hoog: geen}\n    laag_bedrag: nee\n"
    rules = laad({2026: f"{KOP}{base}{label}"})
    home = {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 700, "energielabel": "A", "labelKloptNiet": True}
    found = antwoord(rules, home, inkomenscategorie="laag", peildatum="2026-05-11", gemeente="proefstad")
    answer = next(one for one in found.conclusies if one.id == "huurverhoging-beleid")
    assert answer.waarden.get("grond") == ground


def test_all_faults_are_told_together() -> None:
    text = (
        KOP
        + "  - basis: {procent: 9}\n    iah: {midden: {bedrag: 99}, hoog: geen}\n    afronding: {op: 0, hoe: nooit}\n"
    )
    found = fouten(text)
    assert {fault.split(":")[1] for fault in found} == {"5", "6", "7"}
    assert len(found) == 4  # the percentage, the amount, and both of the rounding


@pytest.mark.parametrize("percentage", ["4.1", "4.10"])
def test_the_highest_percentage_of_the_law_loads(percentage: str) -> None:
    laad({2026: f"{KOP}  - basis: {{procent: {percentage}}}\n"})


def test_policy_of_a_folder_without_landlord_is_refused() -> None:
    with pytest.raises(RegelsetError, match="'proefstad' is geen verhuurder"):
        laad({2026: "status: onbekend\n"}, verhuurder="proefstad")
