"""The answer on the page: the same as the core gives, nothing decided and nothing left out."""

import pytest
from fastapi.testclient import TestClient

from regels import toets
from regels.regelset import ONDERWERPEN
from regels.uitslag import Uitslag
from regels.vraag import read
from tests.hulp import Voorbeeld, voorbeelden
from tests.web.pagina import Element, read_page
from web.teksten import groep
from web.vakken import anchor


def ask(client: TestClient, as_typed, case: Voorbeeld) -> tuple[Element, Uitslag]:
    answer = client.post("/", data=as_typed(case.vraag))
    assert answer.status_code == 200, read_page(answer.text).one(role="alert").text
    # the form always has a row for one person
    return read_page(answer.text), toets(read(case.vraag | {"personen": case.vraag.get("personen") or [{}]}))


def example(name: str) -> Voorbeeld:
    return next(case for case in voorbeelden() if case.naam == name)


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_page_shows_what_the_core_answers(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, expected = ask(client, as_typed, case)
    for subject in {c.onderwerp for c in expected.conclusies}:
        assert page.one("h3", id=f"onderwerp-{subject}").text == ONDERWERPEN[subject]
    assert len(list(page.all("article"))) == len(expected.conclusies)
    for c in expected.conclusies:
        article = page.one("article", id=f"conclusie-{c.id}")
        assert article.one("h4").text == c.vraag
        badge = next(article.all(class_="uitkomst"))
        assert badge.text == groep("algemeen.uitkomsten")[c.uitkomst]
        assert badge.one("svg").attributes["aria-hidden"] == "true"
        said = [c.tekst, *(r.tekst for r in c.redenen), *(o.tekst for o in c.ontbreekt), *(v.tekst for v in c.vervolg)]
        said += [f"{w.label} {w.tekst}" for w in c.weergave if w.label != w.naam and "-" not in w.tekst]
        for text in said:
            assert " ".join(text.split()) in article.text
        linked = {link.attributes["href"] for link in article.all("a")}
        assert {"#" + anchor(gap.veld, max(1, len(case.vraag.get("personen", [])))) for gap in c.ontbreekt} <= linked


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_page_has_the_outcomes_that_were_worked_out_by_hand(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, _ = ask(client, as_typed, case)
    for besluit, expected in case.verwacht.items():
        article = page.one("article", id=f"conclusie-{besluit}")
        assert next(article.all(class_="uitkomst")).text == groep("algemeen.uitkomsten")[expected["uitkomst"]]


def test_why_shows_every_step_with_its_value_and_sources(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    for c in expected.conclusies:
        if not c.redenen:
            continue
        why = page.one("article", id=f"conclusie-{c.id}").one("details")
        assert len([row for table in why.all("tbody") for row in table.all("tr")]) == len(c.stappen)
        for step in c.stappen:
            assert f"{step.label} {' '.join(step.waarde.split())}" in why.text or step.opmerking or step.veld
        links = {link.attributes["href"] for link in why.all("a")}
        assert {expected.bronnen[name].url for r in c.redenen for name in r.bronnen} <= links


def test_an_assumption_links_to_the_field_that_changes_it(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    part = next(page.all("section", class_="uitgangspunten"))
    assert expected.uitgangspunten
    for taken in expected.uitgangspunten:
        assert taken.tekst in part.text
        assert f"#{anchor(taken.veld, 2)}" in {link.attributes["href"] for link in part.all("a")}


def test_what_is_not_official_says_so_in_words(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    assert {c.zekerheid for c in expected.conclusies} >= {"officieel", "secundair", "afgeleid", "onbevestigd"}
    for c in expected.conclusies:
        notes = [e.text for e in page.one("article", id=f"conclusie-{c.id}").all(class_="voorbehoud")]
        assert notes == [text for word, text in groep("algemeen.voorbehoud").items() if word == c.zekerheid]


def test_what_is_missing_is_listed_once_with_what_waits_for_it(client: TestClient, as_typed) -> None:
    case = example("inkomen-onbekend")
    page, expected = ask(client, as_typed, case)
    people = len(case.vraag.get("personen", []))
    part = next(page.all("section", class_="gemis"))
    pointers = list(dict.fromkeys(gap.veld for c in expected.conclusies for gap in c.ontbreekt))
    links = [link.attributes["href"] for link in part.all("a")]
    assert sorted(links) == sorted(f"#{anchor(pointer, people)}" for pointer in pointers)
    assert links[0] == f"#{anchor(next(c.ontbreekt[0].veld for c in expected.conclusies if c.ontbreekt), people)}"


def test_the_date_the_round_and_the_rules_are_always_in_view(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    bar = page.one(class_="balk")
    for text in ("1 maart 2026", str(expected.huurronde), expected.regelset.versie):
        assert text in bar.text
    assert page.one("title").text.startswith("Uitkomst: ")


def test_a_refusal_shows_its_distance(client: TestClient, as_typed) -> None:
    page, _ = ask(client, as_typed, example("alleenstaand-51538"))
    assert next(page.one(id="conclusie-daeb-doelgroep").all(class_="bedrag--marge")).text == "Boven de grens € 1"
    page, _ = ask(client, as_typed, example("alleenstaand-51537"))
    assert next(page.one(id="conclusie-daeb-doelgroep").all(class_="bedrag--marge")).text == "Ruimte tot de grens € 0"


def test_without_a_peildatum_today_is_filled_in_at_the_edge(client: TestClient) -> None:
    page = read_page(client.post("/", data={"soort": "huurder"}).text)
    assert "1 maart 2026" in page.one(class_="balk").text
    assert "1 maart 2026" in page.one(id="peildatum-leeg").text


def test_outside_the_windows_the_page_says_there_are_no_rules(client: TestClient) -> None:
    page = read_page(client.post("/", data={"peildatum": "1-7-2027", "soort": "huurder"}).text)
    assert "Geen regels" in {e.text for e in page.all(class_="uitkomst")}
