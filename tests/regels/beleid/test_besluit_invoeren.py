"""A landlord of the package decides: its file of the round is all that has to change."""

from decimal import Decimal

import pytest

from regels.laden import load
from regels.toets import toets
from tests.hulp.beleidsets import van_het_product

BESLUIT = """\
status: vastgesteld
besloten_op: 2026-03-20
bron: jaarschijf-2026-8
onderdelen:
  - basis: {procent: 3.5}
    laag_bedrag: wettelijk
    iah: {midden: {bedrag: 35}, hoog: {bedrag: 70}}
    energielabel:
      rijen:
        - {is: [A++++, A+++, A++, A+, A, B, C, D], krijgt: gewoon}
        - {is: [E, F, G], krijgt: niet}
        - {is: [zonder_label], krijgt: onbekend}
      stopt_iah: ja
      stopt_laag_bedrag: ja
"""
ROUNDS = [name for name, _ in van_het_product() if name.endswith("/beleid/2026.yaml")]


def test_there_are_landlords_that_still_have_to_decide() -> None:
    assert len(ROUNDS) >= 2


@pytest.mark.parametrize("round_", ROUNDS)
def test_a_decision_is_entered_in_one_file(round_: str) -> None:
    files = tuple((name, BESLUIT.encode() if name == round_ else content) for name, content in van_het_product())
    regels = load(files)
    asked = {
        "peildatum": "2026-03-01", "huurronde": 2026, "soort": "huurder", "verhuurder": round_.partition("/")[0],
        "inkomenscategorie": "laag",
        "woning": {"kaleHuur": 655.12, "wwsMaximum": 812.40, "zelfstandig": True, "energielabel": "C",
                   "contractVanaf": "2015-03-01"},
    }  # fmt: skip
    found = toets(regels.vraag(asked), regels).conclusie("huurverhoging-beleid")
    assert found.uitkomst == "ja"
    # 655.12 * 1.035 = 678.0492, and a rent is never rounded up
    assert (found.waarden["nieuweHuur"], found.waarden["verhoging"]) == (Decimal("678.04"), Decimal("22.92"))
    said = " ".join(reason.tekst for reason in found.redenen)
    assert "22,92" in said and "22,93" not in said
