"""What an answer would be by the one fact that it waits for, in words."""

from typing import Any

from fastapi.testclient import TestClient

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET, toets
from tests.web.pagina import read_page
from web.raamwerk.teksten import groep
from web.uitkomst.antwoord import short_amount
from web.uitkomst.voorwaarde import Voorwaarden, in_place


def conclusion(id: str, **anders: Any) -> Conclusie:
    """The answer about a tenant alone with an income of 29.000 and a rent of 710 (307 a month, officially)."""
    person = {"rol": "huurder", "leeftijd": 35, "inkomen": 29000}
    home = {"kaleHuur": 710, "zelfstandig": True, "wwsMaximum": 812}
    question = {
        "peildatum": "2026-03-01",
        "soort": "huurder",
        "verhuurder": "wetland-wonen",
        "personen": [person],
        "woning": home,
        **anders,
    }
    return toets(PAKKET.vraag(question)).conclusie(id)


def told(id: str, **anders: Any) -> Voorwaarden:
    found = in_place(PAKKET, short_amount, conclusion(id, **anders))
    assert found is not None
    return found


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_an_amount_that_waits_for_the_assets_says_up_to_which_amount() -> None:
    found = told("huurtoeslag")
    assert plain(found.zin) == "€ 307 per maand als het vermogen niet hoger is dan € 38.479, anders nee."
    assert (found.naam, found.veld, found.te_kiezen) == ("vermogen", "/vermogen", False)
    assert [line.uitkomst for line in found.regels] == ["ja", "nee"]


def test_a_choice_is_told_for_each_answer_with_what_to_post() -> None:
    found = told("inkomensafhankelijke-huurverhoging", vermogen=0)
    assert found.te_kiezen and found.naam == "inkomenscategorie"
    assert [(line.keuze, plain(line.woord)) for line in found.regels][:2] == [
        ("laag", "nee"),
        ("midden", "hoogstens € 50,00"),
    ]
    assert found.regels[0].als == "de inkomenscategorie Laag is"


def test_yes_and_no_are_posted_as_the_form_writes_them() -> None:
    assert [line.keuze for line in told("vroegsignalering").regels] == ["ja", "nee"]


def test_a_distance_or_a_limit_is_no_amount_that_somebody_gets() -> None:
    person = {"rol": "huurder", "leeftijd": 35}
    assert plain(told("daeb-doelgroep", personen=[person]).zin) == (
        "Ja als het inkomen niet hoger is dan € 51.537, anders nee."
    )


def test_what_is_known_or_comes_to_the_same_waits_for_nothing() -> None:
    assert in_place(PAKKET, short_amount, conclusion("huurtoeslag", vermogen=0)) is None
    waits = conclusion("huurtoeslag")
    waits.mogelijk = [part for part in waits.mogelijk if part.uitkomst == "nee"] * 2
    assert in_place(PAKKET, short_amount, waits) is None


def test_more_stretches_than_fit_in_a_sentence_are_only_told_one_by_one() -> None:
    found = told("huurverhoging-wettelijk", vermogen=0)
    assert len(found.regels) == 4 and found.zin == ""


def test_every_field_with_a_name_for_a_sentence_exists() -> None:

    assert groep("uitkomst.voorwaarde.velden").keys() <= PAKKET.velden.keys()


def test_what_is_filled_in_beside_the_answer_is_the_field_of_the_form(client: TestClient) -> None:
    typed = {
        "soort": "huurder",
        "peildatum": "1-3-2026",
        "woning.kaleHuur": "710",
        "woning.zelfstandig": "ja",
        "personen.0.rol": "huurder",
        "personen.0.leeftijd": "35",
        "personen.0.inkomen": "29000",
        "vermogen": "",
    }
    page = read_page(client.post("/huurder", data=typed).text)
    assert any(
        " als het vermogen niet hoger is dan € 38.479, anders " in li.text for li in page.all("li", class_="feit")
    )
    waits = page.one("article", id="conclusie-huurtoeslag")
    box = waits.one("div", class_="voorwaarden").one("input")
    assert box.attributes["name"] == "vraag.vermogen" and box.attributes["form"] == "formulier"
    assert "€ 307 per maand als het vermogen niet hoger is dan € 38.479" in waits.text
    for amount, word in (("38479", "ja"), ("38480", "nee")):
        answer = read_page(client.post("/huurder", data={**typed, "vraag.vermogen": amount}).text)
        found = answer.one("article", id="conclusie-huurtoeslag")
        assert f"conclusie--{word}" in found.attributes["class"] and not list(found.all("div", class_="voorwaarden"))


def test_a_choice_beside_the_answer_is_a_button_for_each_stretch(client: TestClient) -> None:
    typed = {"soort": "huurder", "peildatum": "1-3-2026", "personen.0.rol": "huurder"}
    waits = read_page(client.post("/huurder", data=typed).text).one("article", id="conclusie-vroegsignalering")
    buttons = list(waits.one("div", class_="voorwaarden").all("button"))
    assert [(one.attributes["name"], one.attributes["value"]) for one in buttons] == [
        ("vraag.huurachterstand", "ja"),
        ("vraag.huurachterstand", "nee"),
    ]
    answer = read_page(client.post("/huurder", data={**typed, "vraag.huurachterstand": "ja"}).text)
    found = answer.one("article", id="conclusie-vroegsignalering")
    assert "conclusie--voorleggen" in found.attributes["class"]
