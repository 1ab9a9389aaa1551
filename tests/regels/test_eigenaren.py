"""Owners: who may be chosen, whom a condition means by a group, and what a landlord brings that nobody can reach."""

from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.bron import uit_map
from regels.regelset import Regelset
from regels.taaltekst import text_of
from tests.hulp.geladen import PAKKET
from tests.hulp.regelsets import VELDEN, schrijf

VELDEN_MET = VELDEN.replace(
    "  open:",
    "  gemeente: {soort: keuze, label: Gemeente, waarom: Het telt., waarden_van: gemeenten, buiten: {verder: Verder}}\n"
    "  verhuurder: {soort: keuze, label: Verhuurder, waarom: Het telt., waarden_van: corporaties, "
    "buiten: {andere: Een andere}, waarden: {niemand: Niemand}}\n"
    "  kern: {soort: keuze, label: Kern, waarom: Het telt., waarden_van: plaatsen, buiten: {elders: Elders}}\n  open:",
)
EIGENAREN = {
    "dorp/eigenaar.yaml": "soort: gemeente\nnaam: Dorp\nplaatsen: {dorp: Dorp, gehucht: Gehucht}\n"
    "afspraken: {naam: Afspraken, corporaties: [huis]}\ncontact: {telefoon: 14 0999}\n",
    "huis/eigenaar.yaml": "soort: corporatie\nnaam: Het Huis\ngemeenten: [dorp]\ncontact: {website: 'https://huis.nl'}\n",
    "dak/eigenaar.yaml": "soort: corporatie\nnaam: Het Dak\ngemeenten: [dorp]\ncontact: {website: 'https://dak.nl'}\n",
}
BESLUIT = """\
onderwerp: toewijzing
datum: peildatum
besluiten:
  afspraak:
    vraag: Is er een afspraak met {partijen_of}?
    alleen_als: verhuurder in partijen_van_de_afspraak
    anders: Bel de gemeente {gemeente_naam}, {gemeente_telefoon}.
    bron: wet
    regels:
      - {naam: afspraak, als: "inkomen > grens", dan: ja, zegt: Ja., omdat: Daarom.}
      - {naam: geen, als: "inkomen <= grens", dan: nee, zegt: Nee., omdat: Daarom.}
"""
TEKSTEN = """\
afspraak:
  titel: Een afspraak
  vakterm: Afspraak
  toelichting: Een besluit om mee te proberen.
"""
AANVULLING = """\
onderwerp: toewijzing
datum: peildatum
aanvullingen:
  afspraak:
    - {naam: eigen, als: verhuurder = NAAM, dan: voorleggen, zegt: Vraag het., omdat: Daarom.}
"""


def load_with(folder: Path, **files: str) -> Regelset:
    schrijf(folder, velden=VELDEN_MET)
    content = (
        EIGENAREN
        | {"dorp/regels.yaml": BESLUIT, "dorp/teksten.yaml": TEKSTEN}
        | {name.replace("__", "/"): text for name, text in files.items()}
    )
    for name, text in content.items():
        path = folder / (name if name.endswith(".yaml") else f"{name}.yaml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return uit_map(folder)


def faults(folder: Path, **files: str) -> list[str]:
    with pytest.raises(RegelsetError) as error:
        load_with(folder, **files)
    return error.value.faults


def test_what_can_be_chosen_comes_from_the_owners(tmp_path: Path) -> None:
    fields = load_with(tmp_path).velden
    assert dict(fields["verhuurder"].waarden) == {
        "dak": "Het Dak",
        "huis": "Het Huis",
        "andere": "Een andere",
        "niemand": "Niemand",
    }
    assert list(fields["kern"].waarden) == ["dorp", "gehucht", "elders"]


def test_the_group_of_the_agreement_holds_who_is_bound_by_it(tmp_path: Path) -> None:
    rule = load_with(tmp_path).besluiten["afspraak"].regels[0]
    assert text_of(rule.als) == "niet verhuurder in (huis)"


def test_the_group_of_corporations_holds_every_owner_and_the_word_for_any_other(tmp_path: Path) -> None:
    text = BESLUIT.replace("partijen_van_de_afspraak", "corporaties").replace("    alleen_als", "    alleen_als")
    rule = load_with(tmp_path, dorp__regels=text).besluiten["afspraak"].regels[0]
    assert text_of(rule.als) == "niet verhuurder in (dak, huis, andere)"


def test_a_text_fills_in_its_owner(tmp_path: Path) -> None:
    decision = load_with(tmp_path).besluiten["afspraak"]
    assert decision.vraag == "Is er een afspraak met Het Huis?"
    assert decision.regels[0].zegt.delen == ("Bel de gemeente Dorp, 14 0999.",)


def test_a_rule_of_the_country_knows_no_agreement(tmp_path: Path) -> None:
    text = BESLUIT.replace("{partijen_of}", "wie").replace("{gemeente_naam}, {gemeente_telefoon}", "niemand")
    assert any(
        "land/regels.yaml:6" in fault and "geen groep 'partijen_van_de_afspraak'; kies uit corporaties" in fault
        for fault in faults(tmp_path, land__regels=text.replace("  afspraak:\n    vraag", "  landelijk:\n    vraag"))
    )


def test_a_rule_of_a_landlord_inside_the_agreement_loads(tmp_path: Path) -> None:
    loaded = load_with(tmp_path, huis__regels=AANVULLING.replace("NAAM", "huis"))
    assert loaded.besluiten["afspraak"].regels[-1].naam == "eigen"


def test_a_rule_of_a_landlord_that_nobody_reaches_is_refused(tmp_path: Path) -> None:
    found = faults(tmp_path, dak__regels=AANVULLING.replace("NAAM", "dak"))
    assert [fault for fault in found if fault.startswith("dak/regels.yaml:5: geen huurder van 'dak'")]


def test_a_decision_that_leaves_a_landlord_without_a_rule_is_refused(tmp_path: Path) -> None:
    text = BESLUIT.replace("verhuurder in partijen_van_de_afspraak", "ja")
    text = text.replace('als: "inkomen', 'als: "verhuurder = huis en inkomen')
    found = faults(tmp_path, dorp__regels=text)
    assert found == [
        "dorp/regels.yaml:4: 'afspraak' gaat ook over 'dak' en heeft daarvoor geen regel; "
        "geef die bij 'aanvullingen' in de map dak"
    ]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("nieuw__regels", "onderwerp: toewijzing\n", "nieuw/regels.yaml:1: de map 'nieuw' heeft geen eigenaar.yaml"),
        (
            "huis__eigenaar",
            EIGENAREN["huis/eigenaar.yaml"].replace("[dorp]", "[stad]"),
            "geen gemeente 'stad' onder de eigenaren; kies uit dorp",
        ),
        ("Huis__eigenaar", EIGENAREN["huis/eigenaar.yaml"].replace("Het Huis", "Huis"), "heeft geen goede naam"),
        ("huis__eigenaar", EIGENAREN["huis/eigenaar.yaml"].replace("corporatie", "bedrijf"), "'bedrijf' kan hier niet"),
        ("dorp__eigenaar", EIGENAREN["dorp/eigenaar.yaml"].replace("[huis]", "[hut]"), "er is geen corporatie 'hut'"),
        (
            "stad__eigenaar",
            EIGENAREN["dorp/eigenaar.yaml"].replace("[huis]", "[]"),
            "de plaats 'dorp' is al van 'dorp'",
        ),
    ],
)
def test_owners_that_do_not_fit_together_are_refused(tmp_path: Path, file: str, text: str, said: str) -> None:
    assert any(said in fault for fault in faults(tmp_path, **{file: text}))


def test_a_table_by_place_says_of_the_places_of_others_what_it_says_of_elsewhere(tmp_path: Path) -> None:
    stad = (
        EIGENAREN["dorp/eigenaar.yaml"]
        .replace("[huis]", "[]")
        .replace("{dorp: Dorp, gehucht: Gehucht}", "{stad: Stad}")
    )
    figure = "g:\n  geldig: {vanaf: 2026-01-01}\n  huizen: {label: Huizen, waarde: {dorp: 3, gehucht: 2, elders: 0}, "
    figure += "eenheid: woningen, bron: wet, zekerheid: officieel}\n"
    text = BESLUIT.replace("inkomen >", "huizen[kern] > 1 en inkomen >").replace(
        "inkomen <=", "huizen[kern] <= 1 of inkomen <="
    )
    loaded = load_with(tmp_path, stad__eigenaar=stad, dorp__2026=figure, dorp__regels=text)
    table = loaded.cijfers["huizen"][0].waarde
    assert isinstance(table, dict)
    assert {word: int(number) for word, number in table.items()} == {"dorp": 3, "gehucht": 2, "elders": 0, "stad": 0}


def test_the_landlords_of_the_product_are_its_corporations() -> None:
    regels = PAKKET
    owners = [owner.id for owner in regels.eigenaren.van_soort("corporatie")]
    assert owners and list(regels.velden["verhuurder"].waarden)[: len(owners)] == owners
