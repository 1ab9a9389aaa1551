"""Public policies, without the names of the landlords, with households on every edge; worked out by hand."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from regels.regelset import Regelset
from regels.uitslag import Conclusie, Uitslag
from tests.hulp.beleidsets import antwoord, laad

FOLDER = Path(__file__).parent
FILES = {path.stem.rsplit(".", 1)[0]: path for path in FOLDER.glob("*/*.yaml")}
GEWOON = {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 2000, "energielabel": "C"}
HUISHOUDEN = ("inkomenscategorie", "personen", "kwijtschelding", "zorggroep", "nettoMaandinkomen",
              "inclusiefVakantiegeld")  # fmt: skip
WEINIG = {"sloop": False, "nettoMaandinkomen": 1000, "inclusiefVakantiegeld": True}
VRIJ = {"gereguleerd": False, "contractVanaf": "2015-01-01", "huurBijAanvang": 1000, "kaleHuur": 1000}


@cache
def regels_van(name: str) -> Regelset:
    return laad({ronde_van(name): FILES[name].read_text(encoding="utf-8")})


def ronde_van(name: str) -> int:
    return int(FILES[name].stem.rsplit(".", 1)[1])


def vraag(name: str, **more: Any) -> Uitslag:
    """The answer for an ordinary household of the round, with ``more`` changed."""
    top = {"inkomenscategorie": "laag", "personen": [{"rol": "huurder", "leeftijd": 40}]}
    top |= {key: more.pop(key) for key in HUISHOUDEN if key in more}
    round_ = ronde_van(name)
    found = {"peildatum": f"{round_}-05-01", "huurronde": round_} | top
    return antwoord(regels_van(name), GEWOON | more, **found)


def beleid(name: str, **more: Any) -> Conclusie:
    return vraag(name, **more).conclusie("huurverhoging-beleid")


def kort(found: Conclusie) -> tuple[str, Any, Any]:
    """The outcome, the ground (or the rule where nothing is computed) and the new rent."""
    rule = found.redenen[0].regel.partition(".")[0] if found.redenen else ""
    return found.uitkomst, found.waarden.get("grond", rule), found.waarden.get("nieuweHuur")


def ja(ground: str, rent: str) -> tuple[str, str, Decimal]:
    return "ja", ground, Decimal(rent)


def open_(rule: str) -> tuple[str, str, None]:
    return "voorleggen", rule, None


GEVALLEN: list[tuple[str, Mapping[str, Any], tuple[str, Any, Any]]] = [
    # 3: the share is rounded to two decimals, half up; 60.00 and 70.00 are the last of their row
    ("03-aandeel-van-de-punten", {"kaleHuur": 599.99, "wwsMaximum": 1000}, ja("percentage", "617.38")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 600.04, "wwsMaximum": 1000}, ja("percentage", "617.44")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 600.05, "wwsMaximum": 1000}, ja("percentage", "614.45")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 700.04, "wwsMaximum": 1000}, ja("percentage", "716.84")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 700.05, "wwsMaximum": 1000}, ja("percentage", "709.85")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 600, "wwsMaximum": 1000, "inkomenscategorie": "hoog"},
     ja("percentage", "617.40")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 990, "wwsMaximum": 1000}, ja("tot-grens", "1000")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 299.99, "wwsMaximum": 1000}, open_("laag-bedrag-onbekend")),
    ("03-aandeel-van-de-punten", {"kaleHuur": 300, "wwsMaximum": 1000}, ja("percentage", "308.70")),
    # 4: to the target and at most 5.8%: 600 x 1,058 = 634,80
    ("04-tot-de-streefhuur", {"streefhuur": 634.79}, ja("tot-grens", "634.79")),
    ("04-tot-de-streefhuur", {"streefhuur": 634.80}, ja("tot-grens", "634.80")),
    ("04-tot-de-streefhuur", {"streefhuur": 634.81}, ja("percentage", "634.80")),
    ("04-tot-de-streefhuur", {"streefhuur": 600}, ja("tot-grens", "600")),
    ("04-tot-de-streefhuur", {"streefhuur": 599.99}, ja("tot-grens", "600")),
    ("04-tot-de-streefhuur", {"streefhuur": 700, "inkomenscategorie": "midden"}, open_("inkomen-onbekend")),
    ("05-afstand-onbekend", {}, open_("basis-onbekend")),
    ("05-afstand-onbekend", {"energielabel": "E"}, ja("ontzien", "600")),
    ("05-afstand-onbekend", {"zelfstandig": False}, open_("ander-soort")),
    ("07-uitzondering-nieuw-contract", {"sloop": True}, ja("geen", "600")),
    ("07-uitzondering-nieuw-contract", {"sloop": False, "contractVanaf": "2024-04-01"}, open_("basis-onbekend")),
    ("07-uitzondering-nieuw-contract", {"sloop": False, "contractVanaf": "2024-04-02"}, ja("geen", "600")),
    # 8: by label only; of A+ and better, and of none, nothing is said
    ("08-alleen-het-label", {"energielabel": "A"}, ja("percentage", "610.20")),
    ("08-alleen-het-label", {"energielabel": "B"}, ja("percentage", "610.20")),
    ("08-alleen-het-label", {"energielabel": "C"}, ja("ontzien", "603")),
    ("08-alleen-het-label", {"energielabel": "D"}, ja("ontzien", "603")),
    ("08-alleen-het-label", {"energielabel": "E"}, ja("ontzien", "600")),
    ("08-alleen-het-label", {"energielabel": "A+"}, open_("label-onbekend")),
    ("08-alleen-het-label", {"energielabel": "C", "inkomenscategorie": "hoog"}, open_("inkomen-onbekend")),
    # 9: the label of 26 January counts; low income only between 557 and 575, edges left out
    ("09-label-op-een-dag", {"sloop": False}, ja("percentage", "618.60")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "E", "labelDatum": "2023-01-26"}, ja("ontzien", "600")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "E", "labelDatum": "2023-01-27"}, open_("label-later")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "C", "labelDatum": "2023-01-27"}, open_("label-later")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "E", "inkomenscategorie": "midden"},
     open_("inkomen-onbekend")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "E", "kaleHuur": 299.99}, open_("laag-bedrag-onbekend")),
    ("09-label-op-een-dag", {"sloop": False, "energielabel": "E", "kaleHuur": 300}, ja("ontzien", "300")),
    ("09-label-op-een-dag", {"sloop": True}, ja("geen", "600")),
    ("09-label-op-een-dag", WEINIG | {"kaleHuur": 557}, ja("percentage", "574.26")),
    ("09-label-op-een-dag", WEINIG | {"kaleHuur": 557.01}, ja("geen", "557.01")),
    ("09-label-op-een-dag", WEINIG | {"kaleHuur": 574.99}, ja("geen", "574.99")),
    ("09-label-op-een-dag", WEINIG | {"kaleHuur": 575}, ja("percentage", "592.82")),
    ("09-label-op-een-dag", {"garage": True, "kaleHuur": 80}, ja("percentage", "82.48")),
    ("09-label-op-een-dag", VRIJ, ja("percentage", "1041")),
    ("09-label-op-een-dag", {"sloop": False, "woonwagen": True}, ja("percentage", "618.60")),
    ("09-label-op-een-dag", {"zelfstandig": False}, open_("ander-soort")),
    # 10: own amounts below those of the law; a spared label with a higher income is open
    ("10-eigen-bedragen", {}, ja("percentage", "615.60")),
    ("10-eigen-bedragen", {"inkomenscategorie": "geen"}, ja("percentage", "615.60")),
    ("10-eigen-bedragen", {"inkomenscategorie": "midden"}, ja("inkomensafhankelijk", "635")),
    ("10-eigen-bedragen", {"inkomenscategorie": "hoog"}, ja("inkomensafhankelijk", "670")),
    ("10-eigen-bedragen", {"inkomenscategorie": "hoog", "wwsMaximum": 669.99}, ja("tot-grens", "669.99")),
    ("10-eigen-bedragen", {"inkomenscategorie": "hoog", "wwsMaximum": 670}, ja("inkomensafhankelijk", "670")),
    ("10-eigen-bedragen", {"inkomenscategorie": "hoog", "wwsMaximum": 670.01}, ja("inkomensafhankelijk", "670")),
    ("10-eigen-bedragen", {"inkomenscategorie": "hoog", "zorggroep": True}, ja("percentage", "615.60")),
    ("10-eigen-bedragen", {"energielabel": "E"}, ja("ontzien", "600")),
    ("10-eigen-bedragen", {"energielabel": "E", "inkomenscategorie": "hoog"}, open_("label-en-inkomen")),
    ("10-eigen-bedragen", {"energielabel": "D", "labelKloptNiet": True}, open_("label-klopt-niet")),
    ("10-eigen-bedragen", {"energielabel": "D", "labelKloptNiet": True, "inkomenscategorie": "hoog"},
     open_("label-klopt-niet")),
    # 35 is less than 2.6% of a rent from 1,346.16 on
    ("10-eigen-bedragen", {"inkomenscategorie": "midden", "kaleHuur": 1346.15, "contractVanaf": "1990-01-01"},
     ja("inkomensafhankelijk", "1381.15")),
    ("10-eigen-bedragen", {"inkomenscategorie": "midden", "kaleHuur": 1346.16, "contractVanaf": "1990-01-01"},
     open_("inkomen-of-basis")),
    ("10-eigen-bedragen", VRIJ, ja("percentage", "1041")),
    ("10-eigen-bedragen", {"garage": True, "kaleHuur": 60}, ja("percentage", "62.46")),
    # 11: an amount as the base
    ("11-een-bedrag-als-basis", {}, ja("percentage", "613.80")),
    ("11-een-bedrag-als-basis", {"garage": True, "kaleHuur": 60}, ja("percentage", "62.60")),
    ("11-een-bedrag-als-basis", {"inkomenscategorie": "midden"}, ja("inkomensafhankelijk", "635")),
    ("11-een-bedrag-als-basis", {"inkomenscategorie": "hoog"}, ja("inkomensafhankelijk", "665")),
    ("11-een-bedrag-als-basis", VRIJ, ja("percentage", "1026")),
    ("11-een-bedrag-als-basis", {"woonwagen": True, "inkomenscategorie": "hoog"}, ja("percentage", "613.80")),
    # 12: the label does not stop the increase for a higher income, of which the amount is not known
    ("12-label-onder-de-inkomensgrens", {}, ja("percentage", "613.80")),
    ("12-label-onder-de-inkomensgrens", {"energielabel": "E"}, ja("ontzien", "600")),
    ("12-label-onder-de-inkomensgrens", {"energielabel": "E", "inkomenscategorie": "midden"},
     open_("inkomen-onbekend")),
    ("12-label-onder-de-inkomensgrens", {"energielabel": "D", "inkomenscategorie": "hoog"}, open_("inkomen-onbekend")),
    ("13-volgens-contract", {}, open_("basis-onbekend")),
    ("13-volgens-contract", {"inkomenscategorie": "hoog"}, open_("inkomen-onbekend")),
    ("13-volgens-contract", VRIJ, open_("volgens-contract")),
    # 14: 752.33 is the last rent with an increase; 6.6% of 600 is 39.60; above, the law allows no more than 50
    ("14-inkomen-en-huur", {"kaleHuur": 752.33}, ja("percentage", "771.89")),
    ("14-inkomen-en-huur", {"kaleHuur": 752.34}, ja("geen", "752.34")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "midden"}, ja("inkomensafhankelijk", "639.60")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "midden", "kaleHuur": 757.57}, ja("inkomensafhankelijk", "807.56")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "midden", "kaleHuur": 757.58}, ja("inkomensafhankelijk", "807.58")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "midden", "kaleHuur": 800}, ja("inkomensafhankelijk", "850")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "hoog", "kaleHuur": 800}, ja("inkomensafhankelijk", "852.80")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "hoog", "personen": [{"rol": "huurder", "leeftijd": 70}]},
     ja("inkomensafhankelijk", "615.60")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "hoog", "personen": [{"rol": "huurder", "leeftijd": 40}] + [
        {"rol": "kind", "leeftijd": 5}] * 3}, ja("inkomensafhankelijk", "615.60")),
    ("14-inkomen-en-huur", {"inkomenscategorie": "hoog", "personen": [{"rol": "huurder", "leeftijd": 40}] + [
        {"rol": "kind", "leeftijd": 5}] * 2}, ja("inkomensafhankelijk", "639.60")),
    ("14-inkomen-en-huur", VRIJ, ja("percentage", "1026")),
    # 15: a limit for each category; a rent above it stays. The base is not known: at most 5%, over 50 from 1,000.01 on
    ("15-grens-per-categorie", {"inkomenscategorie": "midden", "kaleHuur": 1000, "contractVanaf": "1990-01-01"},
     ja("inkomensafhankelijk", "1050")),
    ("15-grens-per-categorie", {"inkomenscategorie": "midden", "kaleHuur": 1000.01, "contractVanaf": "1990-01-01"},
     open_("inkomen-of-basis")),
    ("15-grens-per-categorie", {"inkomenscategorie": "hoog", "kaleHuur": 1160.10, "contractVanaf": "1990-01-01"},
     ja("inkomensafhankelijk", "1260.10")),
    ("15-grens-per-categorie", {"inkomenscategorie": "hoog", "kaleHuur": 1160.11, "contractVanaf": "1990-01-01"},
     ja("tot-grens", "1260.10")),
    ("15-grens-per-categorie", {"inkomenscategorie": "hoog", "kaleHuur": 1260.11, "contractVanaf": "1990-01-01"},
     ja("tot-grens", "1260.11")),
    ("15-grens-per-categorie", {}, open_("basis-onbekend")),
    ("15-grens-per-categorie", {"zelfstandig": False}, ja("percentage", "627.60")),
    ("16-label-bij-het-contract", {"energielabel": "E", "contractVanaf": "2020-01-01", "labelDatum": "2020-01-01"},
     ja("ontzien", "600")),
    ("16-label-bij-het-contract", {"energielabel": "E", "contractVanaf": "2020-01-01", "labelDatum": "2020-01-02"},
     open_("label-later")),
    ("16-label-bij-het-contract", {"inkomenscategorie": "hoog"}, open_("basis-onbekend")),
    ("16-label-bij-het-contract", VRIJ, ja("percentage", "1055")),
    # 17: what an exception touches
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": False, "sloop": False, "eersteHuurder": False},
     ja("percentage", "603")),
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": True}, ja("geen", "600")),
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": False, "sloop": True}, ja("geen", "600")),
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": False, "sloop": False, "eersteHuurder": True},
     ja("geen", "600")),
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": False, "sloop": False, "eersteHuurder": False,
     "inkomenscategorie": "hoog", "beleidsgebied": True}, ja("percentage", "603")),
    ("17-wat-een-uitzondering-treft", {"kwijtschelding": False, "sloop": False, "eersteHuurder": False,
     "inkomenscategorie": "hoog", "beleidsgebied": False}, ja("inkomensafhankelijk", "625.80")),
    ("17-wat-een-uitzondering-treft", VRIJ, open_("basis-onbekend")),
    ("18-later-in-het-jaar", {}, open_("basis-onbekend")),
    ("18-later-in-het-jaar", {"inkomenscategorie": "hoog"}, open_("inkomen-onbekend")),
    ("19-voornemen", {}, ("besluit_ontbreekt", "besluit-ontbreekt", None)),
    ("20-afspraak-zonder-bedrag", {}, ("geen_regels", "geen-bron", None)),
    # made up
    ("dit-jaar-niets", {}, ja("geen", "600")),
    ("dit-jaar-niets", {"inkomenscategorie": "hoog", "energielabel": "G"}, ja("geen", "600")),
    ("besluit-na-het-begin", {}, ja("percentage", "618")),
    ("besluit-na-het-begin", {"kaleHuur": 349.99}, ja("laag-bedrag", "374.99")),
    ("besluit-na-het-begin", {"kaleHuur": 350}, ja("percentage", "360.50")),
    ("vanaf-oktober", {}, ja("percentage", "624")),
    ("vanaf-oktober", {"inkomenscategorie": "midden", "kaleHuur": 1249.99, "contractVanaf": "1990-01-01"},
     ja("inkomensafhankelijk", "1299.99")),
    ("vanaf-oktober", {"laatsteVerhoging": "2025-10-01"}, ja("percentage", "624")),
    ("vanaf-oktober", {"laatsteVerhoging": "2025-10-02"}, ja("geen", "600")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "more", "expected"), GEVALLEN, ids=[f"{name}-{index}" for index, (name, _, _) in enumerate(GEVALLEN)]
)
def test_a_household_gets_what_the_policy_says(
    name: str, more: Mapping[str, Any], expected: tuple[str, Any, Any]
) -> None:
    assert kort(beleid(name, **more)) == expected


def test_every_policy_is_asked_about() -> None:
    assert {name for name, _, _ in GEVALLEN} | {"alles-tegelijk"} == FILES.keys()


def redenen(found: Conclusie) -> str:
    return " ".join([found.tekst, *(reason.tekst for reason in found.redenen)])


def test_a_decision_after_the_round_began_says_its_day_and_what_went_before() -> None:
    said = redenen(beleid("besluit-na-het-begin"))
    assert "Op 20 januari 2026 was dit een verwachting." in said
    assert "Op 2 maart 2026 was dit een voornemen. Toen ging het om 4,1%." in said
    assert "Het besluit is van 15 augustus 2026, na 1 juli 2026." in said


def test_a_policy_that_starts_in_october_says_so_and_shows_that_day() -> None:
    found = beleid("vanaf-oktober")
    assert str(found.waarden["ingangsdatum"]) == "2026-10-01"
    assert "De nieuwe huur gaat in op 1 oktober 2026." in redenen(found)
    assert "ingangsdatum" in beleid("besluit-na-het-begin").waarden


def test_what_the_law_caps_is_said_with_the_reason() -> None:
    found = beleid("14-inkomen-en-huur", inkomenscategorie="midden", kaleHuur=800)
    assert "Zonder de wet zou de huur € 852,80 worden. De wet staat hoogstens € 850,00 toe." in redenen(found).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert found.waarden["wettelijkMaximum"] == 850


def test_what_is_possible_on_request_is_told_and_changes_no_amount() -> None:
    assert "Op verzoek kan de huur worden bevroren." in redenen(beleid("11-een-bedrag-als-basis"))


def test_an_intention_is_told_and_never_computed() -> None:
    found = beleid("19-voornemen")
    assert "Het voornemen is een verhoging met 5,3%." in redenen(found)
    assert "nieuweHuur" not in found.waarden


def test_efg_ontzien_shows_the_label_and_what_it_gets() -> None:
    spared = vraag("08-alleen-het-label", energielabel="D").conclusie("efg-ontzien")
    assert (spared.uitkomst, spared.waarden["label"], spared.waarden["percentage"]) == ("ja", "D", Decimal("0.5"))
    ordinary = vraag("08-alleen-het-label", energielabel="A").conclusie("efg-ontzien")
    assert (ordinary.uitkomst, ordinary.waarden["label"]) == ("nee", "A")
