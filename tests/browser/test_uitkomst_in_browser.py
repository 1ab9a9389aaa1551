"""The answer in a browser: read at a glance, compared, changed; by keyboard, on a phone, in large letters, on paper."""

import random
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from regels.vraag import VraagFout
from tests.browser.hulp_pagina import PARTNER, STEL, add_person, fill, posted, toets, unfold
from tests.hulp import voorbeelden
from tests.hulp.geladen import read
from tests.hulp.getypt import getypt
from tests.hulp.huishoudens import huishouden

pytestmark = pytest.mark.browser
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "zonder javascript"])
HOUSEHOLDS = ["wetland-e-label", "inkomen-onbekend", "woningzoekende-met-zoekprofiel", "kamer", "huur-boven-wws"]
STATES = ["antwoord", "onbekend", "gestopt", "wat-als", "wat-als met fout"]


def example(name: str) -> dict[str, Any]:
    return next(case.vraag for case in voorbeelden() if case.naam == name)


def show(page: Page, question: dict[str, Any], entrance: str = "") -> None:
    """Bring the answer to ``question``, as the form would post it; ``entrance`` is another than that of the page."""
    posted(page, getypt(question), entrance)


def answered(page: Page) -> None:
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)
    toets(page)


def bring(page: Page, state: str) -> None:
    if state == "gestopt":
        show(page, example("ave-stopt-de-toets"))
    elif state == "onbekend":
        show(page, example("inkomen-onbekend"))
    else:
        show(page, example("wetland-e-label"))
    unfold(page, ".antwoord details")
    if state.startswith("wat-als"):
        page.locator("#anders-woning-kaleHuur").fill("abc" if state.endswith("fout") else "713,03")
        page.get_by_role("button", name="Vergelijk").click()
        page.wait_for_selector("#vergelijking-titel")
    unfold(page, ".antwoord details")


@pytest.mark.parametrize("name", HOUSEHOLDS)
def test_the_first_screen_has_the_sentence_the_amounts_and_the_next_step(open_page, name: str) -> None:
    page = open_page()
    show(page, example(name))
    assert page.evaluate("window.scrollY") == 0
    bottom = page.viewport_size["height"]
    for part in (page.locator(".eerste__zin"), *page.locator(".feit").all(), page.locator(".eerste__nu li").first):
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= bottom, part.inner_text()


def test_who_looks_something_up_sees_sum_schemes_and_first_step_at_once(open_page) -> None:
    page = open_page()
    show(page, example("wetland-e-label"), "/snel-opzoeken")
    assert page.evaluate("window.scrollY") == 0
    cards = page.locator(".hulpkaart")
    assert cards.count() >= 4
    for part in (page.locator(".eerste__zin"), cards.nth(0), cards.nth(1).locator(".hulpkaart__stap")):
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= page.viewport_size["height"], part.inner_text()


@SCRIPTS
def test_what_more_income_takes_away_is_drawn(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    answered(page)
    page.locator("#verloop").get_by_role("button").click()
    expect(page.locator("#verloop-titel")).to_be_focused()
    assert page.locator("#verloop line.beeld__verloop").count() > 10
    page.locator("#verloop summary").click()
    expect(page.locator("#verloop tbody tr").first).to_contain_text("€ 0")
    if not scripts:
        page.get_by_role("button", name="Terug naar de uitkomst").click()
        expect(page.locator("#som")).to_be_attached()


def test_the_outcome_is_announced(open_page) -> None:
    page = open_page()
    answered(page)
    expect(page.locator("#uitkomst-titel")).to_be_focused()
    expect(page).to_have_title(re.compile("^Uitkomst: "))


@SCRIPTS
def test_another_rent_beside_the_present_answer_and_back(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    answered(page)
    before = page.url
    page.locator("#anders-woning-kaleHuur").fill("812,41")  # a cent above the points: then the rent may not go up
    page.get_by_role("button", name="Vergelijk").click()
    part = page.locator("#vergelijking")
    expect(part).to_contain_text("€ 655,12 wordt € 812,41")
    expect(part.locator(".vergelijking__naast tr.vergelijking__anders").first).to_contain_text("meer")
    expect(page.locator("#vergelijking-titel")).to_be_focused()
    if scripts:  # the answer stayed where it was
        assert page.url == before
        expect(page.locator("#conclusie-huurtoeslag")).to_be_attached()
    else:
        page.get_by_role("button", name="Terug naar de uitkomst").click()
        assert page.locator('#formulier [name="woning.kaleHuur"]').input_value() == STEL["woning.kaleHuur"]


@SCRIPTS
def test_a_limit_is_crossed_and_kept(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    answered(page)
    page.locator('.watals button[name="grens"][value="primaire-doelgroep"]').click()
    expect(page.locator("#vergelijking")).to_contain_text("wordt € 38.651")
    page.get_by_role("button", name="Toets met deze waarden").click()
    assert page.locator('#formulier [name="personen.0.inkomen"]').input_value() == "38.651"
    expect(page.locator("#conclusie-primaire-doelgroep .conclusie__antwoord .uitkomst")).to_have_text("Nee")


@SCRIPTS
def test_a_value_that_cannot_be_read_is_told(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    answered(page)
    page.locator("#anders-woning-kaleHuur").fill("abc")
    page.get_by_role("button", name="Vergelijk").click()
    link = page.locator("#vergelijking").get_by_role("link").first
    link.click()
    expect(page.locator("#anders-woning-kaleHuur")).to_be_in_viewport()


def test_the_keyboard_compares_and_corrects(open_page) -> None:
    page = open_page()
    answered(page)
    page.locator("#anders-woning-kaleHuur").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("713,03")
    page.keyboard.press("Enter")  # the first button of that form is Vergelijk
    expect(page.locator("#vergelijking")).to_contain_text("wordt € 713,03")
    unfold(page, "#conclusie-huurklasse .verder")
    summary = page.locator("#conclusie-huurklasse .klopt summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    link = page.locator("#conclusie-huurklasse .klopt a").first
    expect(link).to_be_focused()
    target = link.get_attribute("href")
    page.keyboard.press("Enter")
    expect(page.locator(str(target))).to_be_in_viewport()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_no_violation(open_page, state: str) -> None:
    page = open_page(bypass_csp=True)
    bring(page, state)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("state", STATES)
def test_a_narrow_screen_never_scrolls_sideways(open_page, state: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    bring(page, state)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_letters_of_twice_the_size_lose_nothing(open_page) -> None:
    # what a browser does at 200 percent: half the pixels for the same window
    page = open_page(viewport={"width": 683, "height": 384}, device_scale_factor=2)
    show(page, example("wetland-e-label"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 683
    for line in page.locator(".feit, .vouw > summary").all():
        assert line.evaluate("e => e.scrollWidth <= e.clientWidth + 1"), line.inner_text()


def drawn_words(page: Page) -> list[dict[str, float | str]]:
    return page.evaluate(
        """() => [...document.querySelectorAll(".beeld__svg")].flatMap(svg => {
            const edge = svg.getBoundingClientRect()
            return [...svg.querySelectorAll("text")].map(word => {
                const box = word.getBoundingClientRect()
                return {svg: svg.parentElement.id, text: word.textContent,
                        left: box.left, right: box.right, top: box.top, bottom: box.bottom,
                        inside: box.left >= edge.left - 1 && box.right <= edge.right + 1}
            })
        })"""
    )


def check_words(page: Page) -> int:
    words = drawn_words(page)
    assert all(word["inside"] for word in words), [word for word in words if not word["inside"]]
    for index, one in enumerate(words):
        for two in words[index + 1 :]:
            if one["svg"] == two["svg"]:
                apart = one["right"] <= two["left"] or two["right"] <= one["left"]
                # the box of a letter is higher than its ink
                below = one["bottom"] <= two["top"] + 4 or two["bottom"] <= one["top"] + 4
                assert apart or below, (one, two)
    return len(words)


def test_no_word_of_a_picture_touches_another(open_page) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    rng, seen = random.Random(7), 0
    for _ in range(8):
        question = huishouden(rng, compleet=True)
        question.pop("gemeente", None)  # with one municipality the form does not ask for it
        try:
            read(question)
        except VraagFout:
            continue
        show(page, question)
        unfold(page)
        seen += check_words(page)
    assert seen > 30


def test_in_forced_colours_the_pictures_keep_their_shapes(open_page) -> None:
    page = open_page(forced_colors="active")
    show(page, example("wetland-e-label"))
    unfold(page)
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    for shape in (".beeld__staaf", ".beeld__woord"):
        assert page.locator(shape).first.evaluate("e => getComputedStyle(e).fill") != ground
    for line in (".beeld__grens", ".beeld__huur", ".beeld__sport"):
        assert page.locator(line).first.evaluate("e => getComputedStyle(e).stroke") != ground


def test_paper_has_the_first_screen_and_what_is_open_and_no_form(open_page) -> None:
    page = open_page()
    show(page, example("wetland-e-label"))
    unfold(page, "#vouw-beelden")
    page.emulate_media(media="print")
    assert page.locator(".feit").first.is_visible()
    assert page.locator(".beeld__svg").first.is_visible()
    assert not page.locator("#vouw-regelingen").is_visible() and not page.locator(".inhoud").is_visible()
    assert not page.locator("form").filter(visible=True).count()
