"""Filling in together, the tenant reads why each field is asked; on the form for staff that text is left out."""

from datetime import date

import pytest

from tests.hulp.geladen import PAKKET
from web.formulier.indeling import INGANGEN
from web.formulier.invoer import Formulier
from web.formulier.vakken import Vak, show_form
from web.raamwerk.teksten import groep

DAG = date(2026, 3, 1)
NAMEN = {name: veld.naam for name, veld in [(plek.naam, plek.veld) for plek in PAKKET.plekken(1)]}


def boxes(ingang: str, *, samen: bool) -> list[Vak]:
    view = show_form(Formulier.empty(PAKKET, **INGANGEN[ingang].vooraf), DAG, samen=samen)
    rows = [row for block in view.blokken for row in block.rijen]
    return [box for part in (*view.blokken, *rows) for box in (*part.vakken, *part.meer)]


@pytest.mark.parametrize("ingang", INGANGEN)
def test_filling_in_together_every_field_says_why_it_is_asked(ingang: str) -> None:
    found = [box for box in boxes(ingang, samen=True) if box.naam in NAMEN]
    assert found
    for box in found:
        assert box.waarom == groep("velden.waarom")[NAMEN[box.naam]]


@pytest.mark.parametrize("ingang", INGANGEN)
def test_the_form_for_staff_keeps_to_its_own_help(ingang: str) -> None:
    assert {box.waarom for box in boxes(ingang, samen=False)} == {""}


def test_the_page_of_a_step_shows_the_reason(client) -> None:
    step = client.get(f"/stappen{INGANGEN['huurder'].pad}").text
    form = client.get(INGANGEN["huurder"].pad).text
    why = groep("velden.waarom")["verhuurder"]
    assert why in step
    assert why not in form
