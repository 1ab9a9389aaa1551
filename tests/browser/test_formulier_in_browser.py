"""A caseworker with a browser: fill in, correct, read; with JavaScript and without, with the mouse and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hulp_pagina import PARTNER, STEL, WRONG, add_person, fill, outcome, said, toets, typed

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "zonder javascript"])
FULL = STEL | PARTNER


def full_household(page: Page) -> None:
    fill(page, STEL)
    add_person(page)
    fill(page, PARTNER)


@SCRIPTS
def test_a_household_is_filled_in_corrected_and_read(open_page, address: str, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    full_household(page)
    fill(page, WRONG)
    toets(page)
    expect(page).to_have_title(re.compile("^Fout: "))
    assert typed(page, FULL) == FULL | WRONG
    for name in WRONG:
        assert page.locator(f'[name="{name}"]').get_attribute("aria-invalid") == "true"
    fill(page, {name: FULL[name] for name in WRONG})
    toets(page)
    expect(page).to_have_title(re.compile("^Uitkomst: "))
    assert typed(page, FULL) == FULL
    assert outcome(page, "huurtoeslag") == "Ja"
    assert "€ 399" in said(page, "huurtoeslag")
    assert outcome(page, "huurverhoging-beleid") == "Besluit ontbreekt"
    assert outcome(page, "efg-ontzien") == "Ja"
    assert page.url == address


@SCRIPTS
def test_people_are_added_and_removed(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    full_household(page)
    add_person(page)
    fill(page, {"personen.2.rol": "kind", "personen.2.leeftijd": "9"})
    page.get_by_role("button", name="Persoon 2 verwijderen").click()
    assert typed(page, STEL) == STEL
    assert typed(page, {"personen.1.rol": "", "personen.1.leeftijd": ""}) == {
        "personen.1.rol": "kind",
        "personen.1.leeftijd": "9",
    }
    assert page.locator('[name="personen.2.rol"]').count() == 0


def test_an_answer_is_changed_and_asked_again(open_page) -> None:
    page = open_page()
    full_household(page)
    toets(page)
    fill(page, {"vermogen": "76.959"})
    toets(page)
    assert outcome(page, "huurtoeslag") == "Nee"
    assert "€ 1 hoger" in said(page, "huurtoeslag")


def test_the_whole_path_goes_by_keyboard(open_page) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    for key in ("Tab", "h", "Tab", "w", "Tab"):  # who, then the landlord, by their first letter
        page.keyboard.press(key)
    page.keyboard.type("1-3-2026")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.type("655,12")
    page.keyboard.press("Enter")  # in a field: the first button, and that is Toetsen
    expect(page).to_have_title(re.compile("^Uitkomst: "))
    assert typed(page, {"soort": "", "verhuurder": "", "woning.kaleHuur": ""}) == {
        "soort": "huurder",
        "verhuurder": "wetland-wonen",
        "woning.kaleHuur": "655,12",
    }


def test_a_new_person_is_where_the_keyboard_is(open_page) -> None:
    page = open_page()
    add_person(page)
    expect(page.locator("#personen-1-rol")).to_be_focused()


def test_faults_are_met_first_and_each_leads_to_its_field(open_page) -> None:
    page = open_page()
    full_household(page)
    page.locator("#bijzonderheden summary").click()
    fill(page, WRONG | {"woning.laatsteVerhoging": "ooit", "vermogen": "8.000,50"})
    toets(page)
    expect(page.get_by_role("alert")).to_be_focused()
    links = page.get_by_role("alert").get_by_role("link")
    assert links.count() == len(WRONG) + 2
    for index in range(links.count()):
        links.nth(index).click()
        target = links.nth(index).get_attribute("href")
        expect(page.locator(target)).to_be_in_viewport()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        expect(page.locator(target)).to_be_focused()


def test_what_is_missing_and_what_is_assumed_lead_to_their_fields(open_page) -> None:
    page = open_page()
    fill(page, STEL | {"personen.0.inkomen": ""})
    toets(page)
    for links in (page.locator(".gemis a"), page.locator(".uitgangspunten a")):
        assert links.count()
        for index in range(links.count()):
            target = page.locator(links.nth(index).get_attribute("href"))
            links.nth(index).click()
            expect(target).to_be_in_viewport()


def test_why_opens_with_its_sources(open_page) -> None:
    page = open_page()
    full_household(page)
    toets(page)
    why = page.locator("#conclusie-daeb-doelgroep .waarom")
    expect(why.locator("table").first).not_to_be_visible()
    why.locator("summary").click()
    expect(why.locator("table").first).to_be_visible()
    assert why.locator("ol a").first.get_attribute("href").startswith("https://")
