"""The proof about policy: the new rent stays between the old rent and what the law allows, for every household."""

from datetime import date

import pytest

from regels.lezers.bewijs.bewijzer import BEWEZEN, Bewijzer
from regels.lezers.bewijs.huurbeleid import stellingen_van
from regels.lezers.bewijs.stellingen import STELLINGEN
from tests.hulp.geladen import PAKKET
from tests.regels.beleid.test_openbaar_beleid import regels_van, ronde_van


@pytest.mark.parametrize("name", ["04-tot-de-streefhuur", "10-eigen-bedragen", "besluit-na-het-begin"])
def test_the_new_rent_of_a_policy_is_proven_to_stay_within_the_law(name: str) -> None:
    regels, round_ = regels_van(name), ronde_van(name)
    prover = Bewijzer(regels, date(round_, 7, 1), date(round_, 7, 2))
    own = [claim for claim in stellingen_van(regels) if claim.id.startswith("beleid-")]
    assert len(own) == 5
    for claim in own:
        found = prover.stelling(claim.id)
        assert found
        assert [one for one in found if one.uitslag != BEWEZEN] == []


def test_the_policies_of_the_product_have_claims_too() -> None:
    ids = {claim.id for claim in stellingen_van(PAKKET)} - {claim.id for claim in STELLINGEN}
    assert {"beleid-niet-onder-de-oude-huur", "beleid-niet-boven-de-punten", "beleid-binnen-de-wet"} <= ids
