"""The papers and the two statements, as a person at a keyboard gets them."""

from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.hulp_pagina import PARTNER, STEL, add_person, fill, said, toets
from tests.browser.test_toegankelijk import WCAG
from tests.web.hulp_papier import words

pytestmark = pytest.mark.browser
STATES = ["overzicht", "dossier", "geweigerd", "over", "toegankelijkheid"]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["met-script", "zonder-script"])
BSN = "111222333"
MOST_TABS = 400


def answer(page: Page) -> None:
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)
    toets(page)


def bring(page: Page, state: str) -> None:
    """Bring the page into ``state``."""
    if state in ("over", "toegankelijkheid"):
        page.locator(f"footer a[href$='/{state}']").click()
        return
    answer(page)
    page.locator("#kenmerk").fill(BSN if state == "geweigerd" else "KCC 42")
    shown = "Dossier" if state == "dossier" else "Overzicht"
    page.get_by_role("button", name=f"{shown} als afdrukpagina").click()
    page.wait_for_load_state()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until ``selector`` has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"met de Tab-toets is {selector} niet te bereiken")


@SCRIPTS
def test_both_papers_come_with_the_keyboard_alone(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    answer(page)
    page.locator("#antwoord-titel, h1").first.click()
    tab_to(page, "#kenmerk")
    page.keyboard.type("KCC 42")
    for name in ("overzicht", "dossier"):
        page.keyboard.press("Tab")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == f"huurtoets-{name}.pdf"
        document = pypdf.PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
        text = words(document.pages[0].extract_text())
        assert "KCC 42" in text
        assert f"Pagina 1 van {len(document.pages)}" in text


def test_enter_in_the_reference_asks_for_the_overview(open_page) -> None:
    page = open_page()
    answer(page)
    page.locator("#kenmerk").fill("KCC 42")
    with page.expect_download() as download:
        page.locator("#kenmerk").press("Enter")
    assert download.value.suggested_filename == "huurtoets-overzicht.pdf"
    # the answer is still there
    assert page.locator("#conclusie-huurtoeslag").count()


def test_enter_in_the_reference_without_scripts_checks_again_and_keeps_it(open_page) -> None:
    page = open_page(java_script_enabled=False)
    answer(page)
    page.locator("#kenmerk").fill("KCC 42")
    with page.expect_navigation():
        page.locator("#kenmerk").press("Enter")
    assert page.locator("#conclusie-huurtoeslag").count()
    assert page.locator("#kenmerk").input_value() == "KCC 42"


@SCRIPTS
def test_a_refused_reference_can_be_mended_on_the_spot(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    bring(page, "geweigerd")
    assert page.locator("[role=alert]:focus").count() == 1
    page.locator("[role=alert] a").click()
    assert page.locator("#kenmerk").input_value() == BSN
    page.locator("#kenmerk").fill("KCC 42")
    with page.expect_download():
        page.get_by_role("button", name="Dossier (PDF)").click()


@SCRIPTS
@pytest.mark.parametrize("state", ["overzicht", "dossier", "geweigerd"])
def test_the_way_back_leads_to_the_same_answer(open_page, state: str, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    bring(page, state)
    page.get_by_role("button", name="Terug naar de uitkomst").click()
    page.wait_for_load_state()
    assert "€ 399" in said(page, "huurtoeslag")


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page, state: str) -> None:
    page = open_page(bypass_csp=True)
    bring(page, state)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 5


@pytest.mark.parametrize("state", ["overzicht", "dossier"])
def test_axe_finds_no_violation_on_paper(open_page, state: str) -> None:
    page = open_page(bypass_csp=True)
    bring(page, state)
    page.emulate_media(media="print")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("state", STATES)
def test_a_narrow_screen_never_scrolls_sideways(open_page, state: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    bring(page, state)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("state", ["overzicht", "dossier"])
def test_printed_it_is_the_paper_alone_with_numbered_pages(open_page, state: str) -> None:
    page = open_page()
    bring(page, state)
    printed = pypdf.PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [words(sheet.extract_text()) for sheet in printed.pages]
    for number, text in enumerate(texts, 1):
        assert f"Pagina {number} van {len(texts)}" in text
    together = " ".join(texts)
    assert "Terug naar de uitkomst" not in together
    assert "Toetst aan de regels" not in together
    assert "KCC 42" in texts[0]
    assert len(texts[-1]) > 60
    width, height = printed.pages[0].mediabox.width, printed.pages[0].mediabox.height
    assert (round(width), round(height)) == (595, 842)


def test_the_titles_of_the_pages_differ(open_page) -> None:
    titles = set()
    for state in STATES:
        page = open_page()
        bring(page, state)
        titles.add(page.title())
    assert len(titles) == len(STATES)
