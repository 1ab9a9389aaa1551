"""Step by step: one fieldset a page, nothing lost on the way, and the bar while typing."""

import pytest
from fastapi.testclient import TestClient

from tests.web.pagina import filled, read_page
from web.formulier.indeling import INGANGEN

TYPED = {
    "verhuurder": "wetland-wonen",
    "woning.kaleHuur": "655,12",
    "personen.0.rol": "huurder",
    "personen.0.geboortedatum.dag": "3",
    "personen.0.geboortedatum.maand": "2",
    "personen.0.geboortedatum.jaar": "1958",
    "personen.0.inkomen": "24.500",
    "vermogen": "8000",
    "soort": "huurder",
}
ENTRANCES = pytest.mark.parametrize("ingang", INGANGEN.values(), ids=lambda ingang: ingang.id)


@ENTRANCES
def test_each_page_has_one_fieldset_and_carries_all_that_was_typed(client: TestClient, ingang) -> None:
    form = dict(TYPED)
    titles = []
    for number in range(1, len(ingang.voorop) + 2):
        answer = client.post(f"/stappen{ingang.pad}", data=form | {"stap": "1", "actie": f"naar.{number}"})
        page = read_page(answer.text)
        titles.append(page.one("title").text)
        assert TYPED.items() <= filled(page).items()
        blocks = [
            e for e in page.one("form", id="formulier").all("fieldset") if "blok" in e.attributes.get("class", "")
        ]
        assert len(blocks) == (1 if number <= len(ingang.voorop) else 0)
    assert len(set(titles)) == len(titles)


def test_the_overview_leads_to_the_other_sections_and_each_leads_back(client: TestClient) -> None:
    steps = len(INGANGEN["huurder"].voorop) + 1
    overview = read_page(client.post("/stappen/huurder", data=TYPED | {"actie": f"naar.{steps}"}).text)
    more = [e.attributes["value"] for e in overview.one("section", class_="rijtje").all("button")]
    assert more == [f"naar.{steps + at}" for at in range(1, len(more) + 1)] and len(more) > 5
    seen = set()
    for action in more:
        page = read_page(client.post("/stappen/huurder", data=TYPED | {"actie": action}).text)
        assert page.one("p", class_="stap__nummer").text == "Extra vragen"
        seen.add(page.one("h1").text)
        answer = filled(page) | {"actie": "verder"}
        assert read_page(client.post("/stappen/huurder", data=answer).text).one("h1").text == "Overzicht"
    assert len(seen) == len(more)
    contract = {"stap": more[0].removeprefix("naar."), "woning.voorgesteldeHuur": "700"}
    told = read_page(client.post("/stappen/huurder", data=TYPED | contract | {"actie": "verder"}).text)
    assert "€ 700,00 Wijzig" in told.one("section", class_="rijtje").text.replace("\xa0", " ")
    wrong = client.post("/stappen/huurder", data=TYPED | contract | {"woning.voorgesteldeHuur": "x", "actie": "verder"})
    assert wrong.status_code == 400


def test_a_fault_keeps_the_page_and_other_pages_are_not_judged_yet(client: TestClient) -> None:
    wrong = TYPED | {"woning.kaleHuur": "-5"}
    there = client.post("/stappen/huurder", data=wrong | {"stap": "1", "actie": "verder"})
    assert there.status_code == 400
    assert [a.attributes["href"] for a in read_page(there.text).one(role="alert").all("a")] == ["#woning-kaleHuur"]
    later = client.post("/stappen/huurder", data=wrong | {"stap": "2", "actie": "verder"})
    assert later.status_code == 200
    overview = read_page(client.post("/stappen/huurder", data=wrong | {"stap": "3", "actie": "verder"}).text)
    assert overview.one("h1").text == "Overzicht"
    assert len(list(overview.one(role="alert").all("li"))) == 1


@pytest.mark.parametrize("number", ["0", "99", "-1", "abc", "²", "1" * 500])
def test_a_step_that_does_not_exist_is_the_nearest_one(client: TestClient, number: str) -> None:
    for data in ({"stap": number, "actie": "verder"}, {"actie": f"naar.{number}"}):
        assert client.post("/stappen/huurder", data=TYPED | data).status_code == 200


def test_the_bar_has_the_main_outcomes_and_counts_what_is_missing(client: TestClient) -> None:
    empty = read_page(client.post("/huurder/antwoord", data={"personen.0.rol": "huurder", "soort": "huurder"}).text)
    assert empty.one(id="gezegd").text == empty.one(class_="vragen__nog").text != ""
    full = read_page(client.post("/huurder/antwoord", data=TYPED | {"woning.zelfstandig": "ja"}).text)
    assert full.one(class_="balk__uitkomsten").text.startswith("Huurtoeslag Ja €")
    assert "67 jaar" in full.one(id="personen-0-afgeleid").text


def test_what_cannot_be_read_is_told_and_the_other_outcomes_stay(client: TestClient) -> None:
    page = read_page(client.post("/huurder/antwoord", data=TYPED | {"woning.kaleHuur": "1,234"}).text)
    assert "niet te lezen" in page.one(id="gezegd").text
    assert page.one(class_="balk__uitkomsten").text.startswith("Huurtoeslag Nog onbekend")
    assert list(page.all("li", class_="feit"))
    assert not list(page.all(id="papieren"))


def test_of_a_day_that_cannot_be_read_there_is_no_answer_by_another_day(client: TestClient) -> None:
    page = read_page(client.post("/huurder/antwoord", data=TYPED | {"peildatum": "1-1-26"}).text)
    assert not list(page.all("article"))
    assert "niet te lezen" in page.one(class_="toetsdag").text


def test_an_income_that_does_not_count_says_why_by_the_rules(client: TestClient) -> None:
    child = {"personen.1.rol": "kind", "personen.1.leeftijd": "16", "personen.1.inkomen": "9000"}
    lodger = {"personen.2.rol": "onderhuurder", "personen.2.leeftijd": "40"}
    page = read_page(client.post("/huurder", data=TYPED | child | lodger).text)
    assert "inkomen van een kind dat u onderhoudt niet mee" in page.one(id="personen-1-afgeleid").text
    assert "onderhuurder" in page.one(id="personen-2-afgeleid").text
    assert "niet mee" not in page.one(id="personen-0-afgeleid").text


def test_a_band_gives_what_holds_for_every_income_in_it(client: TestClient) -> None:
    page = read_page(client.get("/snel-opzoeken").text)
    values = [o.attributes["value"] for o in page.one("select", id="inkomensband").all("option")]
    form = {"personen.0.rol": "huurder", "personen.0.leeftijd": "40", "soort": "huurder"}
    low = read_page(client.post("/snel-opzoeken", data=form | {"inkomensband": values[1]}).text)
    assert low.one(id="conclusie-daeb-doelgroep").attributes["class"].endswith("--ja")
    high = read_page(client.post("/snel-opzoeken", data=form | {"inkomensband": values[-1]}).text)
    assert high.one(id="conclusie-daeb-doelgroep").attributes["class"].endswith("--nee")
    for wrong in ({"inkomensband": "1-2"}, {"inkomensband": values[1], "personen.0.inkomen": "1"}):
        refused = client.post("/snel-opzoeken", data=form | wrong)
        assert refused.status_code == 400
        links = [a.attributes["href"] for a in read_page(refused.text).one(role="alert").all("a")]
        assert links == ["#inkomensband"]


def test_the_rents_for_who_has_no_dwelling_are_those_of_the_rules_themselves(client: TestClient) -> None:
    form = {k: v for k, v in TYPED.items() if not k.startswith(("woning", "verhuurder"))} | {"soort": "woningzoekende"}
    page = read_page(client.post("/woningzoekende", data=form).text)
    assert "€ 713,02" in page.one(class_="eerste__zin").text.replace("\xa0", " ")
    rents = [row.one("th").text.replace("\xa0", " ") for row in page.one(class_="huren__tabel").one("tbody").all("tr")]
    assert rents == ["€ 498,20", "€ 713,02", "€ 764,14", "€ 932,93"]
    unknown = read_page(client.post("/woningzoekende", data={"personen.0.rol": "huurder"}).text)
    assert "nog niet te zeggen" in unknown.one(class_="eerste__zin").text
