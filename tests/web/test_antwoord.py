"""The answer on the page: the same as the core gives, nothing decided and nothing left out."""

import re
from decimal import Decimal
from functools import cache

import pytest
from fastapi.testclient import TestClient

from regels.eensgezind import voor_lezers
from regels.regelset import ONDERWERPEN
from regels.uitslag import Uitslag
from tests.hulp import Voorbeeld, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.vragen import conclusie
from tests.web.pagina import Element, read_page
from web.formulier.vakken import anchor
from web.raamwerk.teksten import groep
from web.raamwerk.uitkomstwoord import outcome_word
from web.uitkomst.antwoord import QUIET, short_amount


def ask(client: TestClient, as_typed, case: Voorbeeld) -> tuple[Element, Uitslag]:
    assert case == example(case.naam)
    return _answered(client, as_typed, case.naam)


@cache
def _answered(client: TestClient, as_typed, name: str) -> tuple[Element, Uitslag]:
    """Asked and read once for all tests that look at the page; nothing changes on it."""
    case = example(name)
    answer = client.post("/", data=as_typed(case.vraag))
    assert answer.status_code == 200, read_page(answer.text).one(role="alert").text
    # the form always has a row for one person
    found = toets(read(case.vraag | {"personen": case.vraag.get("personen") or [{}]}))
    return read_page(answer.text), voor_lezers(PAKKET, found)


def example(name: str) -> Voorbeeld:
    return next(case for case in voorbeelden() if case.naam == name)


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_page_shows_what_the_core_answers(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, expected = ask(client, as_typed, case)
    for subject in {c.onderwerp for c in expected.conclusies}:
        assert page.one("details", id=f"vouw-{subject}").one(class_="vouw__kop").text == ONDERWERPEN[subject]
    assert len(list(page.all("article"))) == len(expected.conclusies)
    for c in expected.conclusies:
        article = page.one("article", id=f"conclusie-{c.id}")
        assert article.one("h4").text == PAKKET.teksten.titel(c.id)
        badge = next(article.all(class_="uitkomst"))
        assert badge.text == outcome_word(c)
        assert badge.one("svg").attributes["aria-hidden"] == "true"
        said = [
            c.vraag,
            c.tekst,
            *(r.tekst for r in c.redenen),
            *(o.tekst for o in c.ontbreekt),
            *(v.tekst for v in c.vervolg),
        ]
        said += [f"{w.label} {w.tekst}" for w in c.weergave if w.label != w.naam and "-" not in w.tekst]
        for text in said:
            assert " ".join(text.split()) in article.text
        linked = {link.attributes["href"] for link in article.all("a")}
        assert {
            "#" + anchor(PAKKET, gap.veld, max(1, len(case.vraag.get("personen", [])))) for gap in c.ontbreekt
        } <= linked


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_the_page_has_the_outcomes_that_were_worked_out_by_hand(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, _ = ask(client, as_typed, case)
    for besluit, expected in case.verwacht.items():
        article = page.one("article", id=f"conclusie-{besluit}")
        assert f"uitkomst--{expected['uitkomst']}" in next(article.all(class_="uitkomst")).attributes["class"].split()


def test_why_shows_every_step_with_its_value_and_sources(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    for c in expected.conclusies:
        if not any(step.bronnen for step in c.stappen) and not c.redenen:
            continue
        why = page.one("article", id=f"conclusie-{c.id}").one("details", class_="waarom")
        steps = [step for step in c.stappen if step.soort != "veld"]
        assert len([row for table in why.all("tbody") for row in table.all("tr")]) == len(steps)
        for step in steps:
            assert f"{step.label} {' '.join(step.waarde.split())}" in why.text or step.opmerking
        links = {link.attributes["href"] for link in why.all("a")}
        named = {name for part in (*c.redenen, *c.stappen) for name in part.bronnen}
        assert {expected.bronnen[name].url for name in named} <= links


def test_what_decided_an_outcome_can_be_changed_from_there(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    rests_on_input = [c for c in expected.conclusies if any(step.veld for step in c.stappen)]
    assert rests_on_input
    for c in rests_on_input:
        part = page.one("article", id=f"conclusie-{c.id}").one("details", class_="klopt")
        links = [link.attributes["href"] for link in part.all("a")]
        assert links == [f"#{anchor(PAKKET, step.veld, 2)}" for step in c.stappen if step.soort == "veld" and step.veld]
        assert all(link.text.startswith("Wijzig ") for link in part.all("a"))
        for step in c.stappen:
            assert step.soort != "veld" or f"{step.label} " in part.text


def test_an_assumption_links_to_the_field_that_changes_it(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    part = page.one(class_="uitgangspunten")
    assert expected.uitgangspunten
    for taken in expected.uitgangspunten:
        assert taken.tekst in part.text
        assert f"#{anchor(PAKKET, taken.veld, 2)}" in {link.attributes["href"] for link in part.all("a")}


def test_what_is_not_official_says_so_in_words(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    assert {c.zekerheid for c in expected.conclusies} >= {"officieel", "secundair", "afgeleid", "onbevestigd"}
    for c in expected.conclusies:
        notes = [e.text for e in page.one("article", id=f"conclusie-{c.id}").all(class_="voorbehoud")]
        assert notes == [text for word, text in groep("algemeen.voorbehoud").items() if word == c.zekerheid]


def test_what_is_missing_is_counted_once_and_listed_with_what_waits_for_it(client: TestClient, as_typed) -> None:
    case = example("inkomen-onbekend")
    page, expected = ask(client, as_typed, case)
    people = len(case.vraag.get("personen", []))
    pointers = dict.fromkeys(gap.veld for c in expected.conclusies for gap in c.ontbreekt)
    part = page.one(id="vragen")
    links = [a.attributes["href"] for a in part.one(class_="vragen__alle").all("a")]
    assert sorted(links) == sorted(f"#{anchor(PAKKET, pointer, people)}" for pointer in pointers)
    # what this entrance came for waits first, and of what it waits for what would decide first
    assert links[0] == f"#{anchor(PAKKET, expected.conclusie('huurtoeslag').ontbreekt[0].veld, people)}"
    count = f"{len(pointers)} vragen"
    assert part.one("h3").text == f"Nog {count}"
    assert count in next(page.all("title")).text and count in page.one(id="balk").text


def test_the_date_the_round_and_the_rules_are_always_in_view(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    bar = page.one(class_="toetsdag")
    for text in ("1 maart 2026", str(expected.huurronde), expected.regelset.versie):
        assert text in bar.text
    assert next(page.all("title")).text.startswith("Uitkomst: ")


def test_a_refusal_shows_its_distance(client: TestClient, as_typed) -> None:
    page, _ = ask(client, as_typed, example("alleenstaand-51538"))
    assert next(page.one(id="conclusie-daeb-doelgroep").all(class_="bedrag--marge")).text == "Boven de grens € 1"
    page, _ = ask(client, as_typed, example("alleenstaand-51537"))
    assert next(page.one(id="conclusie-daeb-doelgroep").all(class_="bedrag--marge")).text == "Ruimte tot de grens € 0"


def test_without_a_peildatum_today_is_filled_in_at_the_edge(client: TestClient) -> None:
    page = read_page(client.post("/", data={"soort": "huurder"}).text)
    assert "1 maart 2026" in page.one(class_="toetsdag").text
    assert "1 maart 2026" in page.one(id="peildatum-leeg").text


def test_outside_the_windows_the_page_says_there_are_no_rules(client: TestClient) -> None:
    page = read_page(client.post("/", data={"peildatum": "1-7-2027", "soort": "huurder"}).text)
    assert "Geen regels" in {e.text for e in page.all(class_="uitkomst")}


AMOUNT = re.compile(r"€\s?[\d.,]+|\d+(?:,\d+)?%")


def clicks_to_a_source(page: Element, element: Element) -> int:
    """How many clicks from an amount in ``element`` to a place that names its source, as a reader would go.

    Inside an outcome: one opens "Waarom?" and in it the law, or "Klopt dit niet?" where all amounts were filled in.
    Elsewhere a link beside the amount leads to an outcome first.
    """
    if element.tag == "article":
        outside = any(
            "://" in a.attributes["href"] for d in element.all("details", class_="waarom") for a in d.all("a")
        )
        filled = {amount for d in element.all("details", class_="klopt") for amount in AMOUNT.findall(d.text)}
        return 2 if outside or set(AMOUNT.findall(element.text)) <= filled else 99
    targets = [a.attributes["href"].removeprefix("#") for a in element.all("a")]
    found = [page.one("article", id=t) for t in targets if t.startswith("conclusie-")]
    return min((1 + clicks_to_a_source(page, article) for article in found), default=99)


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_from_every_outcome_a_source_is_two_clicks_away_and_from_every_other_amount_three(
    client: TestClient, as_typed, case: Voorbeeld
) -> None:
    page, _ = ask(client, as_typed, case)
    answer = next(page.all("section", class_="antwoord"))
    counted = 0
    # what it would be by one fact is a conclusion of its own, with its sources, as soon as that is filled in
    counted += sum(len(AMOUNT.findall(part.text)) for part in answer.all("div", class_="voorwaarden"))
    for article in answer.all("article"):
        depends = sum(len(AMOUNT.findall(part.text)) for part in article.all("div", class_="voorwaarden"))
        if len(said := AMOUNT.findall(article.text)) > depends:
            assert clicks_to_a_source(page, article) <= 2, article.text
            counted += len(said) - depends
    lines = [
        *answer.all(class_="eerste__kop"),
        *answer.all("li", class_="feit"),
        *answer.all("li", class_="hulpkaart"),
        *answer.all("li", class_="eerste__stap"),
        *answer.all("div", class_="som__deel"),
        *answer.all("div", class_="som__eerst"),
        *(row for figure in answer.all("figure") for row in figure.all("tr") if AMOUNT.search(row.text)),
        *(line for part in answer.all("ul", class_="watals__grenzen") for line in part.all("li")),
    ]
    for line in lines:
        if AMOUNT.search(line.text):
            assert clicks_to_a_source(page, line) <= 3, line.text
            counted += len(AMOUNT.findall(line.text))
    for fold in answer.all("details", class_="vouw"):
        said = AMOUNT.findall(fold.one(class_="vouw__kort").text)
        inside = [clicks_to_a_source(page, article) for article in fold.all("article")]
        assert not said or 1 + min(inside, default=clicks_to_a_source(page, fold)) <= 3, fold.attributes["id"]
        counted += len(said)
    # a picture says its amounts again, in shapes and in its description: its table beside it was counted
    drawn = sum(len(AMOUNT.findall(svg.text)) for figure in answer.all("figure") for svg in figure.all("svg"))
    # what was typed is in the list for paper; its source is the person who filled it in
    typed = len(AMOUNT.findall(answer.one(class_="papier").text))
    assert counted + drawn + typed == len(AMOUNT.findall(answer.text))


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_every_outcome_has_its_word_its_amount_and_one_reason(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, expected = ask(client, as_typed, case)
    for c in expected.conclusies:
        line = page.one("article", id=f"conclusie-{c.id}")
        said = line.one(class_="conclusie__antwoord").text
        assert said == f"{outcome_word(c)} {' '.join(short_amount(c).split())}".strip()
        reason = line.one(class_="conclusie__reden").text
        assert reason in [" ".join(t.split()) for t in (c.tekst, *(p.tekst for p in (*c.redenen, *c.ontbreekt)))]


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_staff_sees_what_the_tenant_reads(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, expected = ask(client, as_typed, case)
    for c in expected.conclusies:
        found = list(page.one("article", id=f"conclusie-{c.id}").all("details", class_="leest"))
        assert len(found) == (not PAKKET.teksten.van(c.id).alleen_medewerker)
        for part in found:
            said = [PAKKET.teksten.huurder(c), *(step.huurder for step in c.vervolg)]
            assert [text for text in said if " ".join(text.split()) not in part.text] == []


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_a_refusal_on_a_limit_shows_its_distance_at_once(client: TestClient, as_typed, case: Voorbeeld) -> None:
    page, expected = ask(client, as_typed, case)
    for c in expected.conclusies:
        if c.uitkomst == "nee" and isinstance(c.waarden.get("marge"), Decimal):
            line = page.one("article", id=f"conclusie-{c.id}").one(class_="conclusie__antwoord")
            assert re.search(r"€ [\d.,]+ te veel", line.text)


def test_an_unknown_answer_promises_no_room_below_a_limit() -> None:
    # last year's income is below the limit; this year's is only if the child is maintained
    persons = [
        {"rol": "huurder", "leeftijd": 50, "inkomen": 40000, "inkomenT1": 40000},
        {"rol": "kind", "leeftijd": 20, "inkomen": 30000, "inkomenT1": 0},
    ]
    unknown = conclusie("daeb-doelgroep", personen=persons)
    assert unknown.uitkomst == "onbekend" and "marge" in unknown.waarden
    assert short_amount(unknown) == "grens €\N{NO-BREAK SPACE}56.910"


def test_what_does_not_apply_is_folded_away(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    folded = {a.attributes["id"] for d in page.all("details", class_="rest") for a in d.all("article")}
    quiet = {f"conclusie-{c.id}" for c in expected.conclusies if c.uitkomst in QUIET}
    assert folded == quiet and quiet


def test_a_stopped_check_shows_the_referral_and_nothing_else(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("ave-stopt-de-toets"))
    assert expected.conclusies[0].vervolg[0].tekst in page.one(id="gestopt").text
    assert not list(page.all("figure")) and not list(page.all(id="wat-als"))
    assert not list(page.all(class_="feit")) and not list(page.all(id="vragen"))


def test_what_was_not_checked_is_said(client: TestClient, as_typed) -> None:
    page, expected = ask(client, as_typed, example("wetland-e-label"))
    part = page.one(id="niet-getoetst")
    links = {a.attributes["href"] for a in part.all("a")}
    here = {link for link in links if link.startswith("#")}
    assert here == {f"#conclusie-{c.id}" for c in expected.conclusies if c.uitkomst == "geen_regels"}
    told = expected.niet_getoetst
    assert told and links - here == {place.url for one in told for place in one.plaatsen}
    seldom = part.one(id="niet-zelden")
    for one in told:
        assert one.tekst in part.text
        assert (one.tekst in seldom.text) == (one.kans == "zelden")


def test_every_link_inside_the_answer_has_a_target(client: TestClient, as_typed) -> None:
    for case in voorbeelden():
        page, _ = ask(client, as_typed, case)
        ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
        assert len(ids) == len(set(ids)), case.naam
        targets = {a.attributes["href"] for a in page.all("a") if a.attributes["href"].startswith("#")}
        assert targets <= {f"#{name}" for name in ids}, case.naam
