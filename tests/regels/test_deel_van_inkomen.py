"""The share of income for rent is named as what it is: gross, or net where that is known; no norm stands beside it."""

import re

import pytest

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET
from tests.hulp.vragen import conclusie

NBSP = "\N{NO-BREAK SPACE}"
SHARES = ("huurquote", "woonquote")
WONING = {"servicekosten": 20, "energiekosten": 150}


def said(found: Conclusie) -> str:
    return " ".join([found.tekst, *(reason.tekst for reason in found.redenen)]).replace(NBSP, " ")


# rent 600 less 361 of huurtoeslag is 239; with 20 of service costs and 150 of energy 409
@pytest.mark.parametrize(("id", "share"), [("huurquote", "12,6%"), ("woonquote", "21,5%")])
def test_of_a_net_income_that_is_known_the_share_is_told_as_that(id: str, share: str) -> None:
    text = said(conclusie(id, WONING, nettoMaandinkomen=1900))
    assert f"netto inkomen van huurder en partner, € 1.900,00 per maand, is dat {share}" in text
    assert "Zitten daar toeslagen in, dan is het deel hoger." in text


@pytest.mark.parametrize("id", SHARES)
@pytest.mark.parametrize("net", [None, 0])
def test_of_no_net_income_there_is_no_share(id: str, net: int | None) -> None:
    found = conclusie(id, WONING, nettoMaandinkomen=net)
    assert found.uitkomst == "ja"
    assert "netto inkomen" not in said(found)


@pytest.mark.parametrize("id", SHARES)
def test_every_share_says_of_which_income_and_has_no_norm(id: str) -> None:
    found = conclusie(id, WONING, nettoMaandinkomen=1900)
    assert "bruto inkomen" in found.tekst
    shown = {value.naam: value.label for value in found.weergave}
    assert shown["quote"] == "Deel van het bruto inkomen"
    assert "bruto inkomen" in PAKKET.teksten.titel(id) and "bruto inkomen" in PAKKET.teksten.toelichting(id)
    tenant = PAKKET.teksten.huurder(found)
    assert "bruto inkomen" in tenant
    # two shares, of two kinds, and no third number to hold them against
    assert len(re.findall(r"\d%", said(found))) == 2 and len(re.findall(r"\d%", tenant)) == 1


@pytest.mark.parametrize("id", SHARES)
def test_the_net_income_is_not_asked_for_a_share(id: str) -> None:
    found = conclusie(id, WONING, personen=[{"rol": "huurder", "leeftijd": 40}])
    assert found.uitkomst == "onbekend"
    assert not [gap.veld for gap in found.ontbreekt if "netto" in gap.veld]
