"""Policy files that are refused: each fault with its file and line, and all of them together."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from regels.bestanden import RegelsetError
from tests.hulp.beleidsets import laad

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
