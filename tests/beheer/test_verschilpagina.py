"""The page of what a draft changes: each figure beside what it was, each rule by the part that differs."""

import re

import pytest

from service.toegang.rechten import Rol
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.effecten import FILES, POLICY, decided


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Kamer:
    return kamer_in(tmp_path_factory.mktemp("kamer"))


def page(kamer: Kamer, naam: str, **anders: tuple[str, str]) -> str:
    """The page of a draft in which these texts of a file were replaced, as somebody reads it."""
    huis = kamer.huis
    huis.concepten.begin(huis.invoerder, naam, "Proef")
    files = huis.concepten.bestanden(naam)[1]
    for file, (old, new) in anders.items():
        path = f"land/{file}.yaml"
        assert old in files[path].decode()
        files[path] = files[path].decode().replace(old, new).encode()
    huis.concepten.bewaar(huis.invoerder, naam, files, 0)
    text = kamer.keurder.get(f"/beheer/concepten/{naam}/verschil").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("&nbsp;", " ").replace("\xa0", " ")


def test_a_figure_stands_beside_what_it_was(kamer: Kamer) -> None:
    kamer.huis.change("hoger", 1025)
    text = kamer.keurder.get("/beheer/concepten/hoger/verschil").text.replace("\xa0", " ")
    cells = [
        re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*row\">.*?</th>|<td.*?</td>", text)
    ]
    assert cells[:5] == ["Grens", "1 januari 2026", "€ 1.000", "€ 1.025", "+2,5%"]


def test_a_rule_shows_the_part_that_differs(kamer: Kamer) -> None:
    text = page(kamer, "zin", proef=("zegt: Het past.", "zegt: Het past precies."))
    assert "Het past. " in text and "Het past precies." in text and "inkomen <= grens" not in text


def test_a_draft_that_does_not_load_says_what_is_wrong(kamer: Kamer) -> None:
    text = page(kamer, "stuk", proef=("inkomen <= grens", "inkomen <= geen_cijfer"))
    assert "nog niet compleet" in text and "land/proef.yaml" in text and "geen_cijfer" in text


def test_an_empty_draft_says_that_nothing_was_changed(kamer: Kamer) -> None:
    kamer.huis.concepten.begin(kamer.huis.invoerder, "leeg", "Proef")
    assert "Er is nog niets gewijzigd." in kamer.keurder.get("/beheer/concepten/leeg/verschil").text


def test_who_may_not_look_at_rules_does_not_see_it(kamer: Kamer) -> None:
    kamer.huis.concepten.begin(kamer.huis.invoerder, "dicht", "Proef")
    assert kamer.als(Rol.CONSULENT).get("/beheer/concepten/dicht/verschil").status_code == 403


def test_a_policy_is_shown_as_it_was_written_and_what_is_made_of_it_is_folded(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    kamer = kamer_in(tmp_path_factory.mktemp("beleid"), FILES)
    huis = kamer.huis
    huis.concepten.begin(huis.invoerder, "besluit", "Proef")
    huis.concepten.wijzig(huis.invoerder, "besluit", lambda files: {**files, POLICY: decided("3").encode()})
    text = kamer.keurder.get("/beheer/concepten/besluit/verschil").text
    assert "Beleid van Proefwonen voor de huurverhoging van 2026" in text
    assert "<del>status: voornemen</del>" in text and "<ins>status: vastgesteld</ins>" in text
    shown, _, folded = text.partition("De regels en berekeningen die daarvan zijn gemaakt")
    assert "huurverhoging-beleid/" not in shown and "huurverhoging-beleid/" in folded
    assert (
        "Gebreken houden de verhoging tegen" not in text
    )  # a part of the product that a policy uses is no change of anybody
