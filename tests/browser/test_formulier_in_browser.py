"""A caseworker with a browser: fill in, correct, read; with JavaScript and without, with the mouse and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hulp_pagina import PARTNER, STEL, WRONG, add_person, fill, outcome, said, send, toets, typed, unfold

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
        assert page.locator(f"#{name.replace('.', '-')}").get_attribute("aria-invalid") == "true"
    fill(page, {name: FULL[name] for name in WRONG})
    toets(page)
    expect(page).to_have_title(re.compile("^Uitkomst: "))
    assert typed(page, FULL) == FULL
    assert outcome(page, "huurtoeslag") == "Ja"
    assert "€ 399" in said(page, "huurtoeslag")
    assert outcome(page, "huurverhoging-beleid") == "Besluit ontbreekt"
    assert outcome(page, "efg-ontzien") == "Ja"
    assert page.url == f"{address}huurder"


@SCRIPTS
def test_people_are_added_and_removed(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    full_household(page)
    add_person(page)
    fill(page, {"personen.2.rol": "kind", "personen.2.leeftijd": "9"})
    page.evaluate("document.querySelectorAll('.persoon').forEach(person => person.open = true)")
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


def test_the_highest_fitting_rent_is_said_to_who_has_no_dwelling_yet(open_page) -> None:
    page = open_page("woningzoekende")
    fill(page, {"peildatum": "1-3-2026", "personen.0.geboortedatum": "3-2-1988", "personen.0.inkomen": "24500"})
    fill(page, {"vermogen": "100"})
    toets(page)
    expect(page.locator("#uitkomst-titel")).to_contain_text("€ 713,02")
    assert page.locator(".huren__tabel tbody tr").count() == 4


def test_the_answer_follows_after_a_field_was_left_and_keeps_the_focus(open_page) -> None:
    page = open_page()
    full_household(page)
    amount = page.locator('[name="vermogen"]')
    amount.focus()
    order = "e => [e.previousElementSibling, e].map(part => Number(getComputedStyle(part).zIndex) || 0)"
    sign, field = amount.evaluate(order)
    assert sign > field, "the sign of the euro stays in view"
    amount.press("Tab")
    expect(page.locator("#antwoord")).to_contain_text("€ 399")
    fill(page, {"vermogen": "76.959"})
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.outerHTML")
    expect(page.locator("#balk .balk__uitkomsten li").first).to_contain_text("Nee")
    assert page.evaluate("document.activeElement.outerHTML") == focused
    expect(page.locator("#gezegd")).not_to_be_empty()


def test_the_age_and_the_sum_of_the_papers_follow_as_well(open_page) -> None:
    page = open_page()
    fill(page, {"personen.0.geboortedatum": "3-2-1958"})
    page.keyboard.press("Tab")
    expect(page.locator("#personen-0-afgeleid")).to_contain_text("jaar")
    page.locator("#personen .meer > summary").first.click()
    page.get_by_role("button", name="Papier toevoegen").click()
    expect(page.locator("#personen-0-stroken-0-bedrag")).to_be_focused()
    fill(page, {"personen.0.stroken.0.bedrag": "1450", "personen.0.stroken.0.aantal": "12"})
    page.keyboard.press("Tab")
    expect(page.locator("#personen-0-afgeleid")).to_contain_text("€ 17.400")
    expect(page.locator("#personen-0-afgeleid")).to_contain_text("nog niet het inkomen van het jaar")


@SCRIPTS
def test_papers_are_added_up_to_an_income_only_when_they_are_everything(open_page, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.locator("#personen .meer > summary").first.click()
    page.get_by_role("button", name="Papier toevoegen").click()
    fill(page, {"personen.0.stroken.0.bedrag": "1450", "personen.0.stroken.0.aantal": "12"})
    page.get_by_role("button", name="Optellen").click()
    expect(page.locator("#personen-0-afgeleid")).to_contain_text("€ 17.400")
    page.locator('[name="personen.0.strokenVolledig"][value="ja"]').check()
    toets(page)
    assert "€ 17.400" in said(page, "daeb-doelgroep")
    page.evaluate("document.querySelectorAll('#formulier details').forEach(part => part.open = true)")
    page.get_by_role("button", name="Papier 1 van Persoon 1 weghalen").click()
    assert page.locator('[name^="personen.0.stroken."]').count() == 0


def test_a_whole_date_that_is_pasted_is_spread_over_the_three_fields(open_page) -> None:
    page = open_page()
    page.locator("#personen-0-geboortedatum-maand").focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "30-09-1961");
            document.activeElement.dispatchEvent(new ClipboardEvent("paste",
                {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    assert typed(page, {"personen.0.geboortedatum": ""}) == {"personen.0.geboortedatum": "30-09-1961"}


@SCRIPTS
def test_step_by_step_ends_with_an_overview_and_the_same_answer(open_page, scripts: bool) -> None:
    page = open_page("stappen/huurder", java_script_enabled=scripts)
    fill(page, {name: STEL[name] for name in ("verhuurder", "woning.kaleHuur", "woning.zelfstandig")})
    page.get_by_role("button", name="Verder").click()
    fill(page, {"personen.0.geboortedatum": "31-2-1958", "personen.0.inkomen": "24.500"})
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    fill(page, {"personen.0.geboortedatum": "3-2-1958"})
    add_person(page)
    fill(page, PARTNER)
    page.get_by_role("button", name="Verder").click()
    fill(page, {"vermogen": "8000"})
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Overzicht")).to_be_visible()
    assert "655,12" in page.locator("main").inner_text()
    send(page, page.get_by_role("button", name=re.compile("Wijzig.*De woning")))
    fill(page, {"woning.kaleHuur": "700"})
    for _ in range(3):
        send(page, page.get_by_role("button", name="Verder"))
    send(page, page.get_by_role("button", name="Toets dit huishouden"))
    expect(page).to_have_title(re.compile("^Uitkomst: "))
    assert typed(page, {"woning.kaleHuur": "", "vermogen": ""}) == {"woning.kaleHuur": "700", "vermogen": "8000"}
    assert "?" not in page.url


def test_a_new_person_is_where_the_keyboard_is(open_page) -> None:
    page = open_page()
    add_person(page)
    expect(page.locator("#personen-1-rol")).to_be_focused()


def test_faults_are_met_first_and_each_leads_to_its_field(open_page) -> None:
    page = open_page()
    full_household(page)
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
    unfold(page, ".vragen__alle")
    for links in (page.locator(".vragen a"), page.locator(".uitgangspunten a")):
        assert links.count()
        for index in range(links.count()):
            target = page.locator(links.nth(index).get_attribute("href"))
            links.nth(index).click()
            expect(target).to_be_in_viewport()


def test_why_opens_with_the_sum_and_the_law_has_its_sources(open_page) -> None:
    page = open_page()
    full_household(page)
    toets(page)
    why = page.locator("#conclusie-daeb-doelgroep .waarom")
    expect(why.locator(".rekening")).not_to_be_visible()
    why.locator("summary").first.click()
    expect(why.locator(".rekening")).to_be_visible()
    expect(why.locator(".stappen").first).not_to_be_visible()
    why.locator("summary").nth(1).click()
    expect(why.locator(".stappen").first).to_be_visible()
    assert why.locator("ol a").first.get_attribute("href").startswith("https://")
