"""The first screen of each entrance: what who comes in there came for, and nothing beside it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.hulp import voorbeelden
from tests.web.pagina import Element, read_page

PLACES = {
    "huurder": "/huurder",
    "woning": "/woningzoekende-met-woning",
    "zoeken": "/woningzoekende",
    "opzoeken": "/snel-opzoeken",
}


def example(name: str) -> dict[str, Any]:
    return dict(next(case.vraag for case in voorbeelden() if case.naam == name))


@pytest.fixture(scope="module")
def ask(client: TestClient, as_typed):
    def asked(entrance: str, question: dict[str, Any], part: str = "", **more: str) -> Element:
        return read_page(client.post(PLACES[entrance] + part, data=as_typed(question) | more).text)

    return asked


def fact(page: Element, decision: str) -> str:
    (found,) = (
        part.text
        for part in page.all("li", class_="feit")
        if f"#conclusie-{decision}" in {a.attributes["href"] for a in part.all("a")}
    )
    return found


def test_a_tenant_reads_allowance_net_rent_and_the_new_rent_with_why(ask) -> None:
    page = ask("huurder", example("wetland-e-label"))
    assert page.one("h2", id="uitkomst-titel").text == "Er is recht op ongeveer € 399 huurtoeslag per maand."
    assert "Netto huur per maand € 256,12" in fact(page, "huurquote")
    new_rent = fact(page, "huurverhoging-wettelijk")
    assert "Hoogste nieuwe huur op 1 juli 2026 € 681,97" in new_rent
    assert "Het besluit van Wetland Wonen over de huurverhoging is hier niet bekend." in new_rent
    assert "label E, F of G" in fact(page, "efg-ontzien")
    steps = [step.text for step in page.all("li", class_="eerste__stap")]
    assert 1 <= len(steps) <= 3 and steps[0].startswith("Vóór 1 juli 2026. ")
    left = {name: value for name, value in example("wetland-e-label")["woning"].items() if name == "kaleHuur"}
    unknown = ask("huurder", example("wetland-e-label") | {"woning": left})
    assert "Nog onbekend Vul in: maximale huur volgens de punten (WWS)." in fact(unknown, "huurverhoging-wettelijk")


def test_what_the_landlord_decided_stands_in_the_place_of_what_the_law_allows(ask) -> None:
    page = ask("huurder", example("wetland-e-label") | {"peildatum": "2024-05-01", "huurronde": 2024})
    assert "Nieuwe huur op 1 juli 2024 € 655,12" in fact(page, "huurverhoging-beleid")
    assert not [a for f in page.all("li", class_="feit") for a in f.all("a") if "wettelijk" in a.attributes["href"]]


def test_who_found_a_home_reads_whether_it_fits_and_by_how_much(ask) -> None:
    home = {"kaleHuur": 700, "zelfstandig": True}
    question = example("woningzoekende-met-zoekprofiel") | {"woning": home, "vermogen": 0}
    page = ask("woning", question)
    assert page.one("h2", id="uitkomst-titel").text == "De huur is passend."
    assert "nog € 13,02" in fact(page, "passende-huur")
    page = ask("woning", question | {"woning": home | {"kaleHuur": 720}})
    assert "€ 6,98 te veel" in fact(page, "passende-huur")


def test_rules_that_agree_without_one_sentence_begin_with_the_outcome(ask) -> None:
    question = example("alleenstaand-51537")
    del question["verhuurder"]
    page = ask("woning", question)
    assert page.one("h2", id="uitkomst-titel").text == "Deze huur past bij het inkomen: niet van toepassing"
    assert "Wat nog niet is ingevuld, verandert deze uitkomst niet" in page.one("div", class_="eerste").text


def test_the_room_above_the_limit_is_told_only_to_whom_it_is_about(ask) -> None:
    question = example("woningzoekende-met-zoekprofiel") | {"woning": {"kaleHuur": 700, "zelfstandig": True}}
    rich = question | {"personen": [{"rol": "huurder", "geboortedatum": "1996-01-15", "inkomen": 60000}]}
    page = ask("woning", rich)
    assert "15%" in fact(page, "vrije-toewijzingsruimte")
    assert page.one("h2", id="uitkomst-titel").text.endswith("niet tot de doelgroep voor sociale huur.")
    private = ask("woning", rich | {"verhuurder": "particulier"})
    assert private.one("h2", id="uitkomst-titel").text == "De norm geldt niet voor een particuliere verhuurder."
    named = {a.attributes["href"] for f in ask("woning", question).all("li", class_="feit") for a in f.all("a")}
    assert "#conclusie-vrije-toewijzingsruimte" not in named


def test_without_a_home_nothing_is_asked_about_one(ask) -> None:
    page = ask("zoeken", example("woningzoekende-met-zoekprofiel"))
    assert page.one("h2", id="uitkomst-titel").text == "De hoogste passende kale huur is € 713,02 per maand."
    assert [a.attributes["href"] for f in page.all("li", class_="feit") for a in f.all("a")] == [
        "#conclusie-daeb-doelgroep"
    ], "what the sentence says is not said again"
    assert "schuldhulp" not in " ".join(step.text for step in page.all("li", class_="eerste__stap"))
    asked = [a.attributes["href"] for a in page.one(class_="vragen__alle").all("a")]
    assert asked and not [place for place in asked if place.startswith("#woning-")]
    assert "passende-huur" not in page.one(class_="eerste").text
    folded = {a.attributes["id"] for a in page.one(id="rest-toewijzing").all("article")}
    assert "conclusie-passende-huur" in folded


def test_a_quick_look_begins_with_schemes_as_cards(ask) -> None:
    page = ask("opzoeken", example("wetland-e-label"))
    assert page.one("h2", id="uitkomst-titel").text == "Met deze gegevens is er € 645 per maand te krijgen"
    cards = list(page.all("li", class_="hulpkaart"))
    assert 4 <= len(cards) <= 6
    first = cards[0].text
    for part in (
        "Huurtoeslag € 399 per maand",
        "niet hoger dan € 31.500",
        "Vraag huurtoeslag aan",
        "een bewijs mee van:",
    ):
        assert part in first
    young = example("wetland-e-label") | {
        "personen": [{"rol": "huurder", "geboortedatum": "1986-02-03", "inkomen": 24500}]
    }
    debts = next(card.text for card in ask("opzoeken", young).all("li", class_="hulpkaart") if "schulden" in card.text)
    assert "binnen vier weken" in debts and "hoogstens acht weken" in debts
    assert "Een geldig identiteitsbewijs is nodig." in debts
    # the folds begin with what they came for
    folds = [fold.attributes["id"] for fold in page.all("details", class_="vouw")]
    assert folds[:2] == ["vouw-som", "vouw-regelingen"]


def test_a_question_can_be_answered_beside_the_answer(ask) -> None:
    question = example("wetland-e-label")
    del question["vermogen"]
    page = ask("huurder", question)
    assert page.one("h2", id="uitkomst-titel").text.startswith("Huurtoeslag: ")
    field = next(page.one(class_="eerste").all("input"))
    assert field.attributes["name"] == "vraag.vermogen" and field.attributes["form"] == "formulier"
    answered = ask("huurder", question, **{"vermogen": "", "vraag.vermogen": "8000"})
    assert "€ 399" in answered.one("h2", id="uitkomst-titel").text
    assert answered.one("input", id="vermogen").attributes["value"] == "8000"
    # what stands in the form itself goes first
    kept = ask("huurder", question, **{"vermogen": "7000", "vraag.vermogen": "8000"})
    assert kept.one("input", id="vermogen").attributes["value"] == "7000"


@pytest.mark.parametrize(
    ("day", "since", "button"),
    [
        ("2027-01-15", "tot en met 31 december 2026", "31 december 2026"),
        ("2020-01-15", "vanaf 1 januari 2022", "1 januari 2022"),
    ],
)
def test_a_day_without_rules_is_told_once_with_a_day_that_has_them(ask, day: str, since: str, button: str) -> None:
    question = example("wetland-e-label") | {"peildatum": day}
    del question["huurronde"]
    page = ask("huurder", question)
    message = page.one(id="zonder-regels")
    assert since in message.text and "Huurtoeslag" in message.text
    assert "niets te doen" not in page.text
    sent = {i.attributes["name"]: i.attributes["value"] for i in message.all("input")} | {"actie": "toetsen"}
    assert message.one("button").text == f"Toets met {button}"
    assert sent["woning.kaleHuur"] == "655,12"
    again = ask("huurder", {}, **sent)
    assert not list(again.all(id="zonder-regels")) and list(again.all("li", class_="feit"))


def test_a_day_with_rules_has_no_such_message(ask) -> None:
    assert not list(ask("huurder", example("wetland-e-label")).all(id="zonder-regels"))


def test_all_folds_open_with_one_button_also_while_typing(ask) -> None:
    page = ask("huurder", example("wetland-e-label"))
    folds = list(page.all("details", class_="vouw"))
    links = [a.attributes["href"] for a in page.one("nav", class_="inhoud").all("a")]
    assert links == [f"#{fold.attributes['id']}" for fold in folds]
    assert not [fold for fold in folds if "open" in fold.attributes]
    button = page.one("button", id="toon-alles")
    for part in ("", "/antwoord"):
        opened = ask("huurder", example("wetland-e-label"), part, vouwen=button.attributes["value"])
        shown = [fold.attributes["id"] for fold in opened.all("details", class_="vouw") if "open" in fold.attributes]
        assert shown == [fold.attributes["id"] for fold in folds]
        assert list(opened.all("article"))


def test_a_fold_that_opens_has_its_own_part_of_the_answer_that_stands_there_and_of_no_other(
    client: TestClient, as_typed
) -> None:
    typed = as_typed(example("wetland-e-label"))
    column = read_page(client.post("/huurder/antwoord", data=typed).text)
    mark = column.one("input", name="merk").attributes["value"]
    part = client.post("/huurder/antwoord", data=typed | {"deel": "huurtoeslag", "merk": mark})
    assert part.status_code == 200
    assert read_page(part.text).one("article", id="conclusie-huurtoeslag")
    assert 'id="onderwerp-huurtoeslag"' in part.text and "eerste__zin" not in part.text
    other = typed | {"woning.kaleHuur": "700", "deel": "huurtoeslag", "merk": mark}
    assert client.post("/huurder/antwoord", data=other).status_code == 409
    assert client.post("/huurder/antwoord", data=typed | {"deel": "niets"}).status_code == 409
