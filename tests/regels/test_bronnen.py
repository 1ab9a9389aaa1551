"""The figures of the sets are those of the sources, each with its mark; what a source got wrong is not among them."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from regels.laden import regelset
from regels.regelset import Cijfer, Waarde

# figure -> (values by key, mark), typed over from the sources and not from the rule files
EXPECTED: dict[str, tuple[object, str]] = {
    # Rijksoverheid 25-11-2025
    "daeb_grens": ({"eenpersoons": 51537, "meerpersoons": 56910}, "officieel"),
    "daeb_huurgrens": ("932.93", "officieel"),
    "passend_inkomensgrens": (
        {"eenpersoons": 29400, "meerpersoons": 39925, "eenpersoons_aow": 28775, "meerpersoons_aow": 38650}, "officieel",
    ),
    "daeb_index": ({"t-1": "1.0376", "t-2": "1.0805"}, "secundair"),
    "vrije_ruimte_standaard": ("0.075", "secundair"),
    "vrije_ruimte_afspraak": ("0.15", "afgeleid"),
    "aow_jaren": (67, "secundair"),
    "aow_maanden": (0, "secundair"),
    # Wet op de huurtoeslag 13, 17, 20, 21; Besluit op de huurtoeslag 7; Wet verlaging eigen bijdrage 1
    "kwaliteitskortingsgrens": ("498.20", "officieel"),
    "aftoppingsgrens": ({"laag": "713.02", "hoog": "764.14"}, "officieel"),
    "maximale_huurgrens": ({"gewoon": "932.93", "jongeren": "498.20"}, "officieel"),
    "jongeren_leeftijd": (21, "officieel"),
    "normhuur_minimum": ("252.49", "officieel"),
    "verlaging_normhuur": ({"eenpersoons": "1.82", "meerpersoons": "3.63"}, "officieel"),
    "verlaging_basishuur": ("48.15", "officieel"),
    "inkomensijkpunt": ({"eenpersoons": 23425, "meerpersoons": 31500}, "onbevestigd"),
    "afbouw": ({"eenpersoons": "0.27", "meerpersoons": "0.22"}, "officieel"),
    "vergoeding": (
        {"tot_kwaliteitskortingsgrens": 1, "tot_aftoppingsgrens": "0.65", "daarboven": "0.40"}, "officieel",
    ),
    # Awir 7 en 14
    "vermogensgrens": ({"alleen": 38479, "partners": 76958, "bewoner": 38479}, "officieel"),
    "vrijstelling_kind": (6218, "officieel"),
    "vrijstelling_leeftijd": (23, "officieel"),
    "minimum_toekenning": (24, "officieel"),
    "afronding_toeslag_jaar": (1, "officieel"),
    "afronding_toeslag_maand": (1, "onbevestigd"),
    "volwassen_leeftijd": (18, "officieel"),
    # Rijksoverheid 15-12-2025; Uitvoeringswet huurprijzen woonruimte 10; BW 7:250, 252, 252a
    "maximum_percentage": ("0.041", "officieel"),
    "maximum_percentage_kamer": ("0.041", "officieel"),
    "lage_huur_grens": (350, "officieel"),
    "lage_huur_verhoging": (25, "officieel"),
    "iah_maximum": ({"midden": 50, "hoog": 100}, "officieel"),
    "iah_grens_midden": ({"eenpersoons": 59504, "meerpersoons": 68858}, "officieel"),
    "iah_grens_hoog": ({"eenpersoons": 70149, "meerpersoons": 93531}, "officieel"),
    "iah_leeftijd": (23, "officieel"),
    "afronding_huur": ("0.01", "onbevestigd"),
    "aanzegtermijn": (2, "officieel"),
    "maanden_tussen_verhogingen": (12, "officieel"),
    # Jaarschijf 2026
    "fixteam_woningen": ({"wetland-wonen": 125, "woonconcept": 250}, "officieel"),
}  # fmt: skip

# what the sources warn for: superseded, rejected, of another year, or of one corporation
REJECTED = {
    "36.57": "verlaging van de basishuur in oude teksten", "35.99": "idem 2027", "46.99": "idem 2028",
    "34.67": "wetsvoorstel 2024", "37.14": "2025", "12": "artikel 16 van de wet, nooit toegepast",
    "454.47": "kwaliteitskortingsgrens 2024", "477.20": "idem 2025", "650.43": "aftoppingsgrens 2024",
    "682.96": "idem 2025", "900.07": "huurgrens 2025", "36952": "vermogensgrens 2024", "37395": "idem 2025",
    "40765": "DAEB 2022 uit de begrippenlijst", "45014": "idem", "24075": "passend 2022", "6042": "kind 2025",
    "57143": "inkomensafhankelijk 2025", "61742": "raming 2027", "56257": "tikfout bij Thius", "575.03": "vervallen",
    "808.06": "beleid van een corporatie", "300": "lage huur tot en met 2024", "5.0": "percentage 2025",
}  # fmt: skip


def cells(figure: Cijfer) -> dict[str | None, Waarde]:
    table = figure.waarde
    return dict(table) if isinstance(table, Mapping) else {None: table}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_figure_is_that_of_its_source(name: str) -> None:
    expected, mark = EXPECTED[name]
    wanted = expected if isinstance(expected, dict) else {None: expected}
    (figure,) = regelset().cijfers[name]
    assert cells(figure) == {key: Decimal(str(value)) for key, value in wanted.items()}
    assert figure.zekerheid == mark


def test_no_figure_is_without_an_expectation() -> None:
    """A new figure must be typed over from its source here as well."""
    others = {"kinderinkomen_telt_mee", "besluit_huurverhoging"}  # no numbers
    assert set(regelset().cijfers) == set(EXPECTED) | others


def test_no_rejected_or_superseded_amount_is_a_figure() -> None:
    rejected = {Decimal(value): why for value, why in REJECTED.items()}
    # 12 is also the number of months between two increases
    for name, series in regelset().cijfers.items():
        if name == "maanden_tussen_verhogingen":
            continue
        for figure in series:
            for value in cells(figure).values():
                assert not isinstance(value, Decimal) or value not in rejected, (name, value)


def test_an_unconfirmed_figure_says_why_it_is_used() -> None:
    for series in regelset().cijfers.values():
        for figure in series:
            if figure.zekerheid in ("onbevestigd", "afgeleid"):
                assert figure.opmerking, figure.naam


def test_the_basishuur_of_2026_is_the_published_one() -> None:
    figures = {name: cells(regelset().cijfers[name][0]) for name in ("verlaging_normhuur", "normhuur_minimum")}
    own = figures["normhuur_minimum"][None] - cells(regelset().cijfers["verlaging_basishuur"][0])[None]
    assert own - figures["verlaging_normhuur"]["eenpersoons"] == Decimal("202.52")
    assert own - figures["verlaging_normhuur"]["meerpersoons"] == Decimal("200.71")


def test_every_source_says_where_and_when() -> None:
    for source in regelset().bronnen.values():
        assert source.url.startswith("https://"), source.id
        assert source.titel and source.vindplaats, source.id
        assert source.datum[:2] == "20", source.id


def test_every_rule_and_formula_that_decides_has_a_source() -> None:
    regels = regelset()
    for besluit in regels.besluiten.values():
        for regel in besluit.regels:
            assert regel.bronnen, (besluit.id, regel.naam)


def test_names_are_spelled_as_their_owners_do() -> None:
    from pathlib import Path

    import regels

    for path in (Path(regels.__file__).parent / "sets").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        for wrong in ("Voorzieningswijzer", "Voorzieningenwijzer ", "Thuis Kompas", "Wetlandwonen", "WoonConcept"):
            assert wrong not in text, (path.name, wrong)
