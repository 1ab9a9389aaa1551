"""A source of a law that somebody types on the page gets its rows, by its address and its place."""

import pytest

from service.beheer.wetsbron import genoemde_artikelen
from tests.hulp.beheer import KLEIN

LAW = b"proefwet: {titel: Proefwet, bwb: BWBR0000001, artikelen: ['2', '2a', '3', '1.5']}\n"
FILES = KLEIN | {"land/wetten.yaml": LAW}
URL = "https://wetten.overheid.nl/BWBR0000001/2027-01-01#Artikel2"


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("artikel 2 lid 1", ["2"]),
        ("Artikel 2a lid 3 en 4 (boven 3 euro), en 3", ["2a", "3"]),
        ("artikelen 2 en 1.5 onder a", ["2", "1.5"]),
        ("artikel 2: 3 jaar of ouder", ["2"]),
        ("artikel 9", []),
        ("de tabel van 2 en 3", []),
    ],
)
def test_the_articles_that_its_place_names_are_its_rows(place: str, found: list[str]) -> None:
    assert genoemde_artikelen(FILES, URL, place) == [f"proefwet/{name}" for name in found]


@pytest.mark.parametrize("url", ["https://voorbeeld.nl", URL.replace("0001", "0002")])
def test_of_another_address_nothing_is_said(url: str) -> None:
    assert genoemde_artikelen(FILES, url, "artikel 2") == []


def test_without_laws_nothing_is_said() -> None:
    assert genoemde_artikelen(KLEIN, URL, "artikel 2") == []
