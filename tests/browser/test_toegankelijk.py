"""Everyone can read it: axe, a narrow screen, large text, paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.hulp_pagina import PARTNER, STEL, WRONG, add_person, fill, send, toets

pytestmark = pytest.mark.browser
STATES = ["leeg", "personen", "fouten", "uitkomst", "onbekend", "fout", "papieren op een rij"]
PLACES = [
    "",
    "woningzoekende-met-woning",
    "woningzoekende",
    "snel-opzoeken",
    "over",
    "agenda",
    "stappen/huurder",
    "stappen/woningzoekende",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def bring(page: Page, state: str) -> None:
    """Bring the form into ``state``."""
    if state == "fout":
        page.goto(page.url + "/bestaat-niet")
    if state == "papieren op een rij":
        page.locator("#personen .meer > summary").first.click()
        page.get_by_role("button", name="Papier toevoegen").click()
        fill(page, {"personen.0.stroken.0.bedrag": "1,234"})
        toets(page)
    if state in ("personen", "fouten", "uitkomst"):
        fill(page, STEL)
        add_person(page)
    if state == "fouten":
        fill(page, WRONG | {"personen.1.rol": "huurder"})
        toets(page)
    if state == "uitkomst":
        fill(page, PARTNER)
        toets(page)
        page.locator("#conclusie-huurtoeslag .waarom summary").first.click()
        page.locator("#conclusie-huurtoeslag .waarom__wet summary").click()
    if state == "onbekend":
        toets(page)


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page, state: str) -> None:
    # the tool is brought in by the browser itself, which the page's own policy rightly forbids to pages
    page = open_page(bypass_csp=True)
    bring(page, state)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 5


@pytest.mark.parametrize("state", STATES)
def test_a_narrow_screen_never_scrolls_sideways(open_page, state: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    bring(page, state)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PLACES)
def test_axe_finds_no_violation_on_any_page_and_its_answer(open_page, path: str) -> None:
    page = open_page(path, bypass_csp=True)
    for _ in range(4):
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        button = page.locator("#formulier > .knoppen button.utrecht-button--primary-action")
        if not button.count() or page.title().startswith("Uitkomst"):
            break
        send(page, button)


@pytest.mark.parametrize("path", PLACES)
def test_every_page_and_its_answer_fit_a_narrow_screen_with_large_text(open_page, path: str) -> None:
    page = open_page(path, viewport={"width": 320, "height": 640})
    for _ in range(2):
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        button = page.locator("#formulier > .knoppen button.utrecht-button--primary-action")
        if button.count():
            send(page, button)
    # text twice as large, as a browser's own setting makes it, on a screen of ordinary width
    page.set_viewport_size({"width": 1280, "height": 800})
    page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => document.documentElement.style.fontSize = '200%')"
    )
    page.goto(page.url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    cut = """() => [...document.querySelectorAll('label, legend, h1, h2, button, summary')].filter(
        element => element.checkVisibility() && !element.closest('.onzichtbaar, .utrecht-skip-link')
            && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflow === 'hidden'
            && getComputedStyle(element).clipPath === 'none'
    ).map(element => element.textContent)"""
    assert page.evaluate(cut) == []


def test_forced_colours_keep_every_border_and_every_choice_visible(open_page) -> None:
    page = open_page(forced_colors="active")
    for name in ("woning.kaleHuur", "verhuurder"):
        style = page.locator(f'[name="{name}"]').evaluate(
            "e => [getComputedStyle(e).borderTopStyle, getComputedStyle(e).borderTopWidth]"
        )
        assert style[0] == "solid" and style[1] != "0px"
    radio = page.locator('[name="woning.zelfstandig"]').first
    assert radio.evaluate("e => getComputedStyle(e).appearance") == "auto"


def test_nothing_is_inline_and_nothing_outlives_the_tab(open_page) -> None:
    page = open_page()
    bring(page, "uitkomst")
    assert page.locator("script:not([src]), style, [style], [onclick]").count() == 0
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0
    kept = page.evaluate("Object.keys(sessionStorage)")
    assert sorted(kept) == ["huurtoets /huurder", "huurtoets /huurder vouwen"]


def test_paper_has_the_answer_and_what_was_filled_in_but_no_form(open_page) -> None:
    page = open_page()
    bring(page, "uitkomst")
    page.emulate_media(media="print")
    assert page.locator(".papier").is_visible()
    assert "24.500" in page.locator(".papier").inner_text()
    assert not page.locator("form").filter(visible=True).count()
    assert not page.get_by_role("button").filter(visible=True).count()
    unfolded = page.locator("article:not(details:not([open]) article)")
    assert page.locator("article").filter(visible=True).count() == unfolded.count() > 0


def test_a_sign_goes_with_every_outcome(open_page) -> None:
    page = open_page()
    bring(page, "uitkomst")
    badges = page.locator(".conclusie__antwoord .uitkomst")
    assert badges.count() == page.locator("article").count()
    assert badges.locator("svg").count() == badges.count()
    assert all(text.strip() for text in badges.all_text_contents())
