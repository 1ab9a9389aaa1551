"""An answer belongs to its values: what changed since shows, and what was typed comes back after Back or reload."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.hulp_pagina import PARTNER, STEL, add_person, fill, send, toets, typed
from tests.browser.test_toegankelijk import WCAG

pytestmark = pytest.mark.browser
# with scripts, in a browser without, and in one that has them while those of the page did not come
WAYS = {"met-script": {}, "zonder-script": {"java_script_enabled": False}, "geblokkeerd": {"blocked": True}}
EVERY_WAY = pytest.mark.parametrize("way", WAYS)
WITHOUT = pytest.mark.parametrize("way", [way for way in WAYS if way != "met-script"])
NOTICE = "Gegevens gewijzigd, toets opnieuw"
PAPERS = [
    "Overzicht voor het huishouden (PDF)",
    "Dossier (PDF)",
    "Overzicht als afdrukpagina",
    "Dossier als afdrukpagina",
]
RENT = '#formulier [name="woning.kaleHuur"]'


def answered(page: Page) -> None:
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)
    toets(page)


def change(page: Page, text: str = "599,99") -> None:
    """Type another rent, as a person does."""
    page.locator(RENT).click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def settled(page: Page, place: str) -> None:
    """Wait until the page has come back by itself."""
    page.wait_for_selector(place, state="attached")
    page.wait_for_load_state()


@EVERY_WAY
def test_a_changed_field_makes_the_answer_visibly_old(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    expect(page.locator("#oud")).to_be_hidden()
    change(page)
    expect(page.locator("#oud")).to_be_visible()
    expect(page.locator("#oud")).to_contain_text(NOTICE)
    for part in ("#kort-titel", "#beelden", "#wat-als", "#papieren", "#uitkomsten", RENT):
        if page.locator(part).count():
            page.locator(part).scroll_into_view_if_needed()
            expect(page.locator("#oud")).to_be_in_viewport()
    send(page, page.locator("#oud").get_by_role("button", name="Toets opnieuw"))
    expect(page.locator("#oud")).to_be_hidden()
    assert page.locator(RENT).input_value() == "599,99"
    assert "599,99" in page.locator(".papier").inner_text() or "599,99" in page.content()


@pytest.mark.parametrize("field", ["woning.zelfstandig", "soort", "woning.energielabel", "personen.1.geboortedatum"])
def test_a_choice_makes_it_old_as_well_and_the_old_choice_makes_it_good_again(open_page, field: str) -> None:
    page = open_page()
    answered(page)
    before = (STEL | PARTNER)[field]
    other = {"woning.zelfstandig": "nee", "soort": "woningzoekende", "woning.energielabel": "A"}.get(field, "1-9-1961")
    fill(page, {field: other})
    expect(page.locator("#oud")).to_be_visible()
    fill(page, {field: before})
    for part, text in zip(("dag", "maand", "jaar"), before.split("-"), strict=False):
        if page.locator(f'#formulier [name="{field}.{part}"]').count():
            page.locator(f'#formulier [name="{field}.{part}"]').fill(text)
    expect(page.locator("#oud")).to_be_hidden()
    expect(page.locator("#papier-overzicht")).to_be_enabled()


def test_with_scripts_no_paper_and_no_comparison_can_be_asked_of_an_old_answer(open_page) -> None:
    page = open_page()
    answered(page)
    page.locator("#anders-woning-kaleHuur").fill("713,03")
    page.get_by_role("button", name="Vergelijk").click()
    page.wait_for_selector("#vergelijking-titel")
    change(page)
    for name in (*PAPERS, "Vergelijk", "Toets met deze waarden"):
        expect(page.get_by_role("button", name=name)).to_be_disabled()
    page.locator("#kenmerk").fill("KCC 42")
    page.locator("#kenmerk").press("Enter")
    assert page.locator(".antwoord").count(), "Enter bij het kenmerk vraagt dan niets"
    toets(page)
    for name in PAPERS:
        expect(page.get_by_role("button", name=name)).to_be_enabled()


@WITHOUT
@pytest.mark.parametrize("name", PAPERS)
def test_without_scripts_a_paper_of_an_old_answer_is_refused_and_the_way_on_is_a_new_check(
    open_page, way: str, name: str
) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    change(page)
    send(page, page.get_by_role("button", name=name))
    expect(page.get_by_role("heading", name=NOTICE)).to_be_visible()
    send(page, page.get_by_role("button", name="Toets opnieuw"))
    assert page.locator(RENT).input_value() == "599,99"
    send(page, page.get_by_role("button", name="Overzicht als afdrukpagina"))
    assert "599,99" in page.locator(".druk").inner_text()


@WITHOUT
def test_without_scripts_a_comparison_with_an_old_answer_is_refused(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    page.locator("#anders-woning-kaleHuur").fill("713,03")
    change(page)
    send(page, page.get_by_role("button", name="Vergelijk"))
    expect(page.get_by_role("heading", name=NOTICE)).to_be_visible()
    send(page, page.get_by_role("button", name="Toets opnieuw"))
    assert page.locator(RENT).input_value() == "599,99"


@WITHOUT
def test_without_scripts_a_paper_that_was_fetched_makes_no_answer_old(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    for _ in range(2):
        with page.expect_download():
            page.get_by_role("button", name=PAPERS[0]).click()
    expect(page.locator("#oud")).to_be_hidden()


# Back and reload


@EVERY_WAY
def test_back_to_the_form_shows_what_was_typed(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    fill(page, STEL)
    before = typed(page, STEL)
    toets(page)
    page.go_back()
    settled(page, RENT)
    expect(page.locator(RENT)).to_have_value(STEL["woning.kaleHuur"])
    assert typed(page, STEL) == before
    assert not page.locator(".antwoord").count()


def test_reload_shows_the_form_as_it_was_typed_with_every_person(open_page) -> None:
    page = open_page()
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)
    before = typed(page, STEL | PARTNER)
    page.reload()
    settled(page, '[name="personen.1.inkomen"]')
    assert typed(page, STEL | PARTNER) == before
    assert not page.locator(".fouten").count()


def test_reload_of_an_answer_shows_it_again_without_asking_to_send(open_page) -> None:
    page = open_page()
    answered(page)
    said = page.locator("#conclusie-huurtoeslag").inner_text()
    page.reload()
    settled(page, "#conclusie-huurtoeslag")
    assert page.locator("#conclusie-huurtoeslag").inner_text() == said
    change(page)
    page.reload()
    settled(page, "#conclusie-huurtoeslag")
    assert page.locator(RENT).input_value() == "599,99"
    expect(page.locator("#oud")).to_be_hidden()


def test_back_from_a_printable_page_leads_to_the_answer_and_forward_to_the_page(open_page) -> None:
    page = open_page()
    answered(page)
    page.locator("#kenmerk").fill("KCC 42")
    send(page, page.get_by_role("button", name="Overzicht als afdrukpagina"))
    page.reload()
    settled(page, ".druk")
    assert "KCC 42" in page.locator(".druk").inner_text()
    page.go_back()
    settled(page, "#conclusie-huurtoeslag")
    assert page.locator(RENT).input_value() == STEL["woning.kaleHuur"]
    page.go_forward()
    settled(page, ".druk")
    page.go_back()
    settled(page, "#conclusie-huurtoeslag")
    change(page)  # the paper of before is no longer of these values
    page.go_forward()
    expect(page.get_by_role("heading", name=NOTICE)).to_be_visible()
    send(page, page.get_by_role("button", name="Toets opnieuw"))
    assert page.locator(RENT).input_value() == "599,99"


def test_back_after_a_link_within_the_answer_keeps_everything(open_page) -> None:
    page = open_page()
    answered(page)
    page.locator('a[href="#uitkomsten"]').first.click()
    assert page.url.endswith("#uitkomsten")
    page.reload()
    settled(page, "#conclusie-huurtoeslag")
    assert page.locator(RENT).input_value() == STEL["woning.kaleHuur"]


def test_faults_come_back_as_they_were(open_page) -> None:
    page = open_page()
    fill(page, STEL | {"woning.kaleHuur": "abc"})
    toets(page)
    page.reload()
    settled(page, ".fouten")
    assert page.locator(RENT).input_value() == "abc"


@pytest.mark.parametrize("move", ["reload", "go_back"])
def test_step_mode_shows_what_was_typed(open_page, move: str) -> None:
    page = open_page("stappen/huurder")
    first = page.locator("h1").inner_text()
    name = str(page.locator("#formulier .vak input[type=text]").first.get_attribute("name"))
    page.locator(f'[name="{name}"]').fill("600")
    send(page, page.get_by_role("button", name="Verder"))
    second = page.locator("h1").inner_text()
    assert second != first
    getattr(page, move)()
    settled(page, "h1")
    expect(page.locator("h1")).to_have_text(first if move == "go_back" else second)
    assert page.locator(f'[name="{name}"]').input_value() == "600"


@WITHOUT
def test_the_first_step_shows_what_was_typed_without_scripts(open_page, way: str) -> None:
    page = open_page("stappen/huurder", **WAYS[way])
    field = page.locator("#formulier .vak input[type=text]").first
    field.fill("600")
    send(page, page.get_by_role("button", name="Verder"))
    page.go_back()
    expect(page.locator("#formulier .vak input[type=text]").first).to_have_value("600")


def test_a_new_beginning_forgets_what_was_typed(open_page) -> None:
    page = open_page()
    answered(page)
    send(page, page.get_by_role("link", name="Opnieuw beginnen"))
    expect(page.locator(RENT)).to_have_value("")
    assert not page.evaluate("Object.values(sessionStorage).join('')")
    page.reload()
    expect(page.locator(RENT)).to_have_value("")


def test_another_visit_to_the_form_starts_empty(open_page, address: str) -> None:
    page = open_page()
    answered(page)
    page.goto(address)
    page.locator('main a[href$="/huurder"]').first.click()
    expect(page.locator(RENT)).to_have_value("")
    assert not page.evaluate("Object.values(sessionStorage).join('')")


def test_what_was_typed_stands_in_no_address_and_no_lasting_memory(open_page) -> None:
    page = open_page()
    answered(page)
    page.reload()
    settled(page, "#conclusie-huurtoeslag")
    assert page.url.endswith("/huurder")
    assert page.evaluate("localStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    assert not re.search(r"655|24.500|1958", page.evaluate("JSON.stringify(history.state)"))


@pytest.mark.parametrize("width", [1366, 768, 390])
def test_the_notice_covers_no_field_and_makes_nothing_scroll_sideways(open_page, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 768})
    answered(page)
    change(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.locator("*:focus").last.bounding_box()
        strip = page.locator("#oud").bounding_box()
        assert box and strip
        if not page.locator("#oud *:focus").count():
            assert box["y"] < strip["y"] or box["y"] >= strip["y"] + strip["height"]


def test_beside_a_field_never_stands_what_was_read_from_another_value(open_page) -> None:
    page = open_page()
    answered(page)
    read = page.locator("#woning-kaleHuur-gelezen")
    expect(read).to_contain_text("655,12")
    change(page)
    expect(read).to_be_hidden()
    change(page, STEL["woning.kaleHuur"])
    expect(read).to_be_visible()


@EVERY_WAY
def test_a_button_that_is_pressed_right_after_typing_is_not_moved_away(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    page.locator(RENT).click()
    page.keyboard.press("Control+A")
    page.keyboard.type("599,99")
    button = page.locator("#formulier > .knoppen").get_by_role("button", name="Toetsen")
    # at the bottom of the view, where the strip comes
    button.evaluate("e => e.scrollIntoView({block: 'end'})")
    if not WAYS[way]:
        button = page.locator("#oud button")
    box = button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    with page.expect_navigation():
        page.mouse.down()
        page.mouse.up()
    assert page.locator(RENT).input_value() == "599,99"


def test_an_old_answer_is_not_printed(open_page) -> None:
    page = open_page()
    answered(page)
    change(page)
    page.emulate_media(media="print")
    expect(page.locator("#oud")).to_be_visible()
    expect(page.locator(".kort__regel").first).to_be_hidden()
    expect(page.locator("#conclusie-huurtoeslag")).to_be_hidden()


def test_axe_finds_no_violation_in_an_old_answer(open_page) -> None:
    page = open_page(bypass_csp=True)
    answered(page)
    change(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
