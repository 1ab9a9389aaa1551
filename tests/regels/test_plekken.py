"""A field knows every way in which it is written, and a pointer is walked in one place."""

from decimal import Decimal
from typing import Any

import pytest

from regels.plekken import element_id, form_name, person_at, pointer_of
from regels.vraag import MOST_PERSONS
from regels.wijzer import get, nested, put
from tests.hulp.geladen import PAKKET


def test_a_field_of_the_dwelling_knows_its_spellings() -> None:
    plek = PAKKET.plek("/woning/kaleHuur")
    assert plek is not None
    assert (plek.veld.naam, plek.veld.json, plek.naam) == ("kale_huur", "kaleHuur", "woning.kaleHuur")
    assert (plek.id, plek.kolom, plek.persoon) == ("woning-kaleHuur", "woning_kale_huur", None)


def test_a_field_of_a_resident_knows_whose_it_is() -> None:
    plek = PAKKET.plek("/personen/1/inkomen")
    assert plek is not None
    assert (plek.persoon, plek.kolom, plek.naam) == (1, "p2_inkomen_opgave", "personen.1.inkomen")
    assert plek.label.endswith("(persoon 2)")


def test_every_spelling_of_every_field_is_its_own() -> None:
    places = PAKKET.plekken(MOST_PERSONS)
    for spelled in ("pointer", "naam", "id", "kolom"):
        assert len({getattr(plek, spelled) for plek in places}) == len(places), spelled
    for plek in places:
        assert PAKKET.plek(plek.pointer) == plek
        assert pointer_of(form_name(plek.pointer)) == plek.pointer and element_id(plek.naam) == plek.id
        assert person_at(plek.pointer) == plek.persoon
    assert PAKKET.plek("/personen") is None and PAKKET.plek("") is None
    assert person_at("") is None and person_at("/personen") is None


@pytest.mark.parametrize(
    ("data", "pointer", "value", "after"),
    [
        ({}, "/woning/kaleHuur", 1, {"woning": {"kaleHuur": 1}}),
        ({}, "/personen/1/rol", "kind", {"personen": [{}, {"rol": "kind"}]}),
        ({"woning": {"servicekosten": Decimal(9)}}, "/woning/servicekosten/energie", 2,
         {"woning": {"servicekosten": {"energie": 2}}}),
        ({"woning": {"a": 1, "b": 2}}, "/woning/a", None, {"woning": {"b": 2}}),
        ({}, "/woning/a", None, {}),
        ({"woning": {"servicekosten": Decimal(9)}}, "/woning/servicekosten/energie", None,
         {"woning": {"servicekosten": Decimal(9)}}),
        ({"personen": [{"rol": "kind"}]}, "/personen/4/rol", None, {"personen": [{"rol": "kind"}]}),
        ({"personen": [{"rol": "kind"}]}, "/personen", None, {}),
    ],
)  # fmt: skip
def test_a_value_is_put_in_its_place(data: dict[str, Any], pointer: str, value: object, after: dict[str, Any]) -> None:
    put(data, pointer, value)
    assert data == after
    assert get(data, pointer) == value


def test_what_is_not_there_is_nothing() -> None:
    data = {"personen": [{"rol": "kind"}], "woning": {"kaleHuur": 1}}
    for pointer in ("/personen/1/rol", "/personen/x", "/woning/kaleHuur/meer", "/weg/weg"):
        assert get(data, pointer) is None
    assert get(data, "") is data


def test_values_by_pointer_become_one_object() -> None:
    assert nested({"/soort": "huurder", "/personen/0/rol": "huurder", "/woning/kaleHuur": 1}) == {
        "soort": "huurder",
        "personen": [{"rol": "huurder"}],
        "woning": {"kaleHuur": 1},
    }
