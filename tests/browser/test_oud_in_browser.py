"""An answer belongs to its values: it follows them, or shows that it is old; Back and reload bring them again."""

import contextlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.hulp_pagina import PARTNER, STEL, add_person, fill, send, toets, typed, unfold
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
LIVING = "**/huurder/antwoord"
RENT = '#formulier [name="woning.kaleHuur"]'


def answered(page: Page) -> None:
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)
    toets(page)


def change(page: Page, text: str = "599,99") -> None:
    """Enter another rent, all of it at once: between two keys a slow computer asks for half of it."""
    to_the_rent(page)
    page.keyboard.insert_text(text)
    page.keyboard.press("Tab")


def to_the_rent(page: Page) -> None:
    """Go to the rent, and choose all that stands there; the section was folded when it was answered."""
    if not page.locator(RENT).is_visible():
        page.locator(f"#formulier details:has({RENT.removeprefix('#formulier ')}) > summary").first.click()
    page.locator(RENT).click()
    page.keyboard.press("Control+A")


def settled(page: Page, place: str) -> None:
    """Wait until the page has come back by itself."""
    page.wait_for_selector(place, state="attached")
    page.wait_for_load_state()


def mark(page: Page) -> str:
    """Of which question the answer on the page is."""
    return page.locator("#antwoord input[name=merk]").input_value()


def out_of_reach(page: Page) -> None:
    """From here on the service does not answer what is asked while typing."""
    page.route(LIVING, lambda route: route.fulfill(status=429, body="druk"))


@WITHOUT
def test_without_scripts_a_changed_field_makes_the_answer_visibly_old(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    expect(page.locator("#oud")).to_be_hidden()
    change(page)
    expect(page.locator("#oud")).to_be_visible()
    expect(page.locator("#oud")).to_contain_text(NOTICE)
    for part in ("#antwoord", RENT):
        page.locator(part).scroll_into_view_if_needed()
        expect(page.locator("#oud")).to_be_in_viewport()
    send(page, page.locator("#oud").get_by_role("button", name="Toets opnieuw"))
    expect(page.locator("#oud")).to_be_hidden()
    assert page.locator(RENT).input_value() == "599,99"


def test_the_answer_follows_every_field_and_the_value_of_before_brings_the_answer_of_before(open_page) -> None:
    page = open_page()
    answered(page)
    before = mark(page)
    for field, other in (("woning.zelfstandig", "nee"), ("personen.1.geboortedatum", "1-9-1961")):
        fill(page, {field: other})
        page.keyboard.press("Tab")
        expect(page.locator("#antwoord input[name=merk]")).not_to_have_value(before)
        fill(page, {field: (STEL | PARTNER)[field]})
        page.keyboard.press("Tab")
        expect(page.locator("#antwoord input[name=merk]")).to_have_value(before)
    expect(page.locator("#oud")).to_be_hidden()


def test_an_answer_that_is_late_is_visibly_old_and_never_comes_over_a_newer_one(open_page) -> None:
    page = open_page()
    answered(page)
    before = mark(page)
    held: list[Route] = []
    # only the first: a route that is taken away would let it go on by itself
    page.route(LIVING, lambda route: route.continue_() if held else held.append(route))
    change(page)
    expect(page.locator("#levend p", has_text="wordt opgehaald")).to_be_visible()
    expect(page.locator("#levend")).to_be_in_viewport()
    expect(page.locator("#papier-overzicht")).to_be_disabled()
    change(page, "610")
    expect(page.locator("#antwoord input[name=merk]")).not_to_have_value(before)
    newest = mark(page)
    for route in held:
        with contextlib.suppress(Error):  # what was given up has nobody who waits for it
            route.fulfill(body="<p>te laat</p>")
    expect(page.locator("#levend p").first).to_be_hidden()
    change(page, "610,00")
    assert mark(page) == newest
    assert "te laat" not in page.locator("#antwoord").inner_text()


def test_an_answer_that_does_not_come_is_old_until_it_is_asked_again(open_page) -> None:
    page = open_page()
    answered(page)
    before = mark(page)
    out_of_reach(page)
    change(page)
    expect(page.locator("#levend p", has_text="niet opgehaald")).to_be_visible()
    assert mark(page) == before
    page.unroute(LIVING)
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.locator("#antwoord input[name=merk]")).not_to_have_value(before)
    expect(page.locator("#levend p").last).to_be_hidden()


def test_a_fault_is_told_at_its_field_and_the_other_outcomes_stay(open_page) -> None:
    page = open_page()
    answered(page)
    change(page, "abc")
    expect(page.locator("#woning-kaleHuur-fout")).to_contain_text("1234,56")
    assert page.locator(RENT).get_attribute("aria-invalid") == "true"
    assert "woning-kaleHuur-fout" in str(page.locator(RENT).get_attribute("aria-describedby"))
    expect(page.locator("#antwoord .uitkomst--ja").first).to_be_attached()
    assert not page.locator("#papier-overzicht").count(), "van een half gelezen vraag komt geen papier"
    change(page, "599,99")
    expect(page.locator("#woning-kaleHuur-fout")).to_have_count(0)
    assert page.locator(RENT).get_attribute("aria-invalid") is None


def test_a_paper_that_is_asked_right_after_typing_is_of_what_was_typed(open_page) -> None:
    page = open_page()
    answered(page)
    to_the_rent(page)
    page.keyboard.type("599,99")
    send(page, page.get_by_role("button", name="Overzicht als afdrukpagina"))
    assert "599,99" in page.locator(".druk").inner_text()


def test_a_comparison_follows_the_answer_it_stands_beside(open_page) -> None:
    page = open_page()
    answered(page)
    page.locator("#anders-woning-kaleHuur").fill("713,03")
    page.get_by_role("button", name="Vergelijk", exact=True).click()
    expect(page.locator("#vergelijking")).to_contain_text("655,12 wordt € 713,03")
    change(page)
    expect(page.locator("#vergelijking")).to_contain_text("599,99 wordt € 713,03")
    expect(page.locator("#vergelijking-titel")).not_to_be_focused()


def test_what_was_open_typed_and_in_focus_beside_the_form_stays_so(open_page) -> None:
    page = open_page()
    answered(page)
    fold = page.locator("#antwoord details:not([open]):visible").first
    name = fold.locator("summary").first.inner_text()
    fold.locator("summary").first.click()
    page.locator("#kenmerk").fill("KCC 42")
    before = mark(page)
    page.evaluate(
        """() => { const rent = document.querySelector('#formulier [name="woning.kaleHuur"]');
        rent.value = "599,99"; rent.dispatchEvent(new Event("change", {bubbles: true})) }"""
    )
    expect(page.locator("#antwoord input[name=merk]")).not_to_have_value(before)
    expect(page.locator("#kenmerk")).to_be_focused()
    expect(page.locator("#kenmerk")).to_have_value("KCC 42")
    assert name in page.locator("#antwoord details[open] > summary").all_inner_texts()


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
    unfold(page)
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
    expect(page).to_have_title(re.compile("^Toets een huurder"))


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
    unfold(page)
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
    page.evaluate("location.hash = 'toetsdag'")
    assert page.url.endswith("#toetsdag")
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


def test_a_new_beginning_asks_first_and_then_forgets_what_was_typed(open_page, address: str) -> None:
    page = open_page()
    expect(page.locator("#bewaard")).to_be_hidden()
    fill(page, {"woning.kaleHuur": "655,12"})
    expect(page.locator("#bewaard")).to_be_visible()
    for way in ("Opnieuw beginnen", "Andere ingang", "Wissen"):
        page.get_by_role("button", name=way, exact=True).click()
        expect(page.get_by_role("button", name="Blijven")).to_be_focused()
        page.keyboard.press("Escape")
        assert page.locator(RENT).input_value() == "655,12"
    page.get_by_role("link", name="Huurtoets").click()
    page.get_by_role("button", name="Weggaan").click()
    expect(page).to_have_url(address)
    assert not page.evaluate("Object.values(sessionStorage).join('')")
    page.go_back()
    expect(page.locator(RENT)).to_have_value("")


@WITHOUT
def test_without_scripts_a_page_asks_and_brings_back_what_was_typed(open_page, way: str, address: str) -> None:
    page = open_page(**WAYS[way])
    fill(page, {"woning.kaleHuur": "655,12"})
    send(page, page.get_by_role("button", name="Andere ingang"))
    send(page, page.get_by_role("button", name="Terug naar wat u invulde"))
    assert page.locator(RENT).input_value() == "655,12"
    send(page, page.get_by_role("button", name="Andere ingang"))
    send(page, page.get_by_role("link", name="Weggaan"))
    assert page.url == address


def test_what_nobody_looks_after_is_cleared_after_a_question(open_page) -> None:
    page = open_page("")
    page.clock.install()
    page.locator('main a[href$="/huurder"]').first.click()
    fill(page, {"woning.kaleHuur": "655,12"})
    page.keyboard.press("Tab")
    page.clock.run_for(2_000)
    expect(page.locator("#antwoord .antwoord")).to_be_attached()
    expect(page.locator("#formulier.htmx-request")).to_have_count(0)
    page.clock.fast_forward("14:10")
    page.get_by_role("button", name="Ik ben er nog").click()
    page.clock.fast_forward("14:10")
    expect(page.get_by_role("button", name="Ik ben er nog")).to_be_visible()
    assert page.locator(RENT).input_value() == "655,12"
    page.clock.fast_forward("01:10")
    expect(page.locator("#gewist")).to_be_visible()
    expect(page.locator(RENT)).to_have_value("")
    assert not page.evaluate("Object.values(sessionStorage).join('')")


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
def test_the_notice_and_the_bar_cover_no_field_and_nothing_scrolls_sideways(open_page, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 768})
    answered(page)
    out_of_reach(page)
    change(page)
    expect(page.locator("#levend p", has_text="niet opgehaald")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.locator("*:focus").last.bounding_box()
        assert box
        for cover in ("#levend", ".balk"):
            strip = page.locator(cover).bounding_box()
            beside = strip and (box["x"] + box["width"] <= strip["x"] or box["x"] >= strip["x"] + strip["width"])
            if strip and not beside and not page.locator(f"{cover} *:focus").count():
                assert box["y"] < strip["y"] or box["y"] >= strip["y"] + strip["height"], (cover, box, strip)


def test_beside_a_field_never_stands_what_was_read_from_another_value(open_page) -> None:
    page = open_page()
    answered(page)
    read = page.locator("#woning-kaleHuur-gelezen")
    expect(read).to_contain_text("655,12")
    to_the_rent(page)
    page.keyboard.type("1")
    expect(read).to_be_hidden()
    change(page)
    expect(read).to_contain_text("599,99")
    expect(read).to_be_visible()


@WITHOUT
def test_a_button_that_is_pressed_right_after_typing_is_not_moved_away(open_page, way: str) -> None:
    page = open_page(**WAYS[way])
    answered(page)
    to_the_rent(page)
    page.keyboard.type("599,99")
    button = page.locator("#formulier > .knoppen").get_by_role("button", name="Toetsen")
    # at the bottom of the view, where the strip comes
    button.evaluate("e => e.scrollIntoView({block: 'end'})")
    box = button.bounding_box()
    assert box
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    with page.expect_navigation():
        page.mouse.down()
        page.mouse.up()
    assert page.locator(RENT).input_value() == "599,99"


def test_an_old_answer_is_not_printed_and_axe_finds_nothing_in_it(open_page) -> None:
    page = open_page(bypass_csp=True)
    answered(page)
    out_of_reach(page)
    change(page)
    expect(page.locator("#levend p", has_text="niet opgehaald")).to_be_visible()
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(media="print")
    expect(page.locator("#levend")).to_be_visible()
    expect(page.locator("#antwoord")).to_be_hidden()
