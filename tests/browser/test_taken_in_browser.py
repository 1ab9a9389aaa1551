"""Each job of a user, from the start page to its answer: by keyboard, Back, reload, two tabs, offline and slowly."""

import re
from dataclasses import dataclass
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import TIMEOUT
from tests.browser.hulp_pagina import PARTNER, STEL, fill, posted, typed, unfold
from tests.browser.test_toegankelijk import WCAG

pytestmark = pytest.mark.browser
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["javascript", "zonder javascript"])
LIVING: Final = "**/antwoord"
FULL: Final = STEL | PARTNER
# of the longest column of an answer, with everything folded; by the size of the window
MOST_SCREENS: Final = {(1366, 768): 3, (390, 844): 5}
# what is asked in front at the entrances, and may be unknown
OPEN: Final = (
    "",
    "personen.0.inkomen",
    "personen.1.inkomen",
    "personen.0.geboortedatum.dag",
    "personen.0.leeftijd",
    "woning.kaleHuur",
    "inkomensband",
    "vermogen",
)


@dataclass(frozen=True)
class Taak:
    """What is typed at an entrance, by the names of the fields in the order of the page, and what the answer says."""

    pad: str
    getypt: dict[str, str]
    zegt: str


KEUZE: Final = "→"  # of buttons for a choice the next one: from 'weet ik niet' round to 'ja'
MET_WONING: Final = {
    "verhuurder": "Wet",
    "woning.kaleHuur": "655,12",
    "woning.zelfstandig": KEUZE,
    "personen.0.geboortedatum.dag": "3-2-1988",
    "personen.0.inkomen": "24500",
    "vermogen": "8000",
}
TAKEN: Final = (
    Taak(
        "huurder",
        MET_WONING,
        "huurtoeslag per maand",
    ),
    Taak(
        "woningzoekende-met-woning",
        MET_WONING,
        "De huur is passend",
    ),
    Taak(
        "woningzoekende",
        {"personen.0.geboortedatum.dag": "3-2-1988", "personen.0.inkomen": "24500", "vermogen": "100"},
        "De hoogste passende kale huur is",
    ),
    Taak(
        "snel-opzoeken",
        {"verhuurder": "Wet", "woning.energielabel": "F", "personen.0.leeftijd": "68", "inkomensband": "Tot"},
        "hulp",
    ),
)


def clean(page: Page) -> None:
    """Axe finds nothing on the page as it is."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert not found.response["violations"], found.generate_report()


def says(page: Page, taak: Taak) -> None:
    """The answer stands there; a service that others use as well takes its time."""
    expect(page.locator("#antwoord .antwoord")).to_contain_text(taak.zegt, ignore_case=True, timeout=TIMEOUT)


def screens(page: Page) -> float:
    """How many screens there are to read, of the longest of the page and its columns."""
    return page.evaluate(
        """() => {
            const parts = [document.documentElement, ...document.querySelectorAll("#formulier, #antwoord")];
            return Math.max(...parts.map((part) => part.scrollHeight)) / window.innerHeight;
        }"""
    )


@SCRIPTS
@pytest.mark.parametrize("taak", TAKEN, ids=lambda taak: taak.pad)
def test_a_job_goes_from_the_start_page_to_its_answer_by_keyboard(
    open_page, address: str, taak: Taak, scripts: bool
) -> None:
    page = open_page("", java_script_enabled=scripts)
    page.locator(f'main h2 a[href="/{taak.pad}"]').focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{taak.pad}$"))
    expect(page.locator("#formulier")).to_be_visible()
    if scripts:
        clean(page)
    for name, value in taak.getypt.items():
        for _ in range(40):
            page.keyboard.press("Tab")
            if page.locator(f'#formulier [name="{name}"]:focus').count():
                break
        expect(page.locator(f'#formulier [name="{name}"]:focus')).to_have_count(1)
        page.keyboard.press("ArrowRight") if value == KEUZE else page.keyboard.type(value)
    if scripts:
        page.keyboard.press("Tab")  # nobody asks for the answer
        says(page, taak)
        clean(page)
    page.locator("#formulier > .knoppen button").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    says(page, taak)
    if scripts:
        page.locator(".vouw > summary").first.click()
        opened = page.locator(".vouw[open]").first.get_attribute("id")
    page.reload()
    says(page, taak)
    if scripts:
        expect(page.locator(f"#{opened}[open]")).to_have_count(1)
        page.goto(f"{address}over")
    page.go_back()  # without scripts to the form itself: a browser does not send what was sent before by itself
    for name, text in taak.getypt.items():
        if re.fullmatch(r"[\d,]+", text):
            expect(page.locator(f'#formulier [name="{name}"]')).to_have_value(text)
    if scripts:
        says(page, taak)


@pytest.mark.parametrize("taak", TAKEN, ids=lambda taak: taak.pad)
def test_with_everything_folded_each_job_is_a_few_screens_whatever_is_unknown(open_page, taak: Taak) -> None:
    page = open_page(taak.pad)
    bands = page.locator('[name="inkomensband"] option').evaluate_all("all => all.map(option => option.value)")
    chosen = {KEUZE: "ja", "Wet": "wetland-wonen", "Tot": bands[1] if bands else ""}
    whole = {name: chosen.get(value, value) for name, value in taak.getypt.items()} | {"personen.0.rol": "huurder"}
    if not bands:
        whole |= PARTNER
    for unknown in (name for name in OPEN if not name or name in whole):
        posted(page, whole | {unknown: ""} if unknown else whole)
        for (width, height), most in MOST_SCREENS.items():
            page.set_viewport_size({"width": width, "height": height})
            assert screens(page) <= most, (unknown, width)


# what a caseworker presses besides the values themselves, from an empty page to an answer
MOST_KEYS = 24


class Keys:
    """A keyboard that counts what is pressed to get around; typing a value, or choosing one, is not counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.count += 1

    def reach(self, name: str) -> None:
        """Tab to the field or button with this name."""
        for _ in range(MOST_KEYS):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name || document.activeElement.id") == name:
                return
        raise AssertionError(f"{name} is niet te bereiken")

    def fill(self, name: str, value: str) -> None:
        self.reach(name)
        self.value(value)

    def value(self, value: str) -> None:
        """Type a value where the keyboard is; in a choice its first letters."""
        self.page.keyboard.type(value)


def to_the_content(page: Page) -> Keys:
    keys = Keys(page)
    keys.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    keys.press("Enter")
    return keys


def test_two_persons_take_at_most_24_keys_besides_the_values(open_page) -> None:
    page = open_page()
    keys = to_the_content(page)
    keys.fill("verhuurder", "wet")
    keys.fill("woning.kaleHuur", "655,12")
    keys.fill("woning.wwsMaximum", "812,40")
    keys.fill("woning.energielabel", "E")
    keys.fill("woning.zelfstandig", "")
    page.keyboard.press("ArrowRight")  # the choice itself: from 'weet ik niet' round to 'ja'
    keys.fill("personen.0.geboortedatum.dag", "3-2-1958")
    keys.fill("personen.0.inkomen", "24500")
    keys.reach("actie")
    keys.press("Enter")
    expect(page.locator("#personen-1-rol")).to_be_focused()
    keys.value("Partner")
    keys.fill("personen.1.geboortedatum.dag", "30-9-1961")
    keys.fill("personen.1.inkomen", "0")
    keys.fill("inkomenscategorie", "Laag")
    keys.fill("vermogen", "8000")
    keys.press("Tab")  # nobody asks for the answer: it stands there
    expect(page.locator("#antwoord .antwoord")).to_contain_text("€ 399", timeout=TIMEOUT)
    assert typed(page, FULL) == {
        **FULL,
        "peildatum": "",
        "woning.kaleHuur": "655,12",
        "woning.servicekosten": "",
        "woning.wwsMaximum": "812,40",
        "personen.0.inkomen": "24500",
    }
    assert keys.count <= MOST_KEYS


@pytest.mark.parametrize("taak", TAKEN, ids=lambda taak: taak.pad)
def test_two_tabs_do_not_mix_and_without_a_connection_the_answer_is_visibly_old(
    open_page, address: str, taak: Taak
) -> None:
    asked = {"huurder": "woning.kaleHuur", "snel-opzoeken": "personen.0.leeftijd"}.get(taak.pad, "personen.0.inkomen")
    own = f'#formulier [name="{asked}"]'
    one = open_page(taak.pad)
    other = one.context.new_page()
    other.goto(f"{address}{taak.pad}")
    for page, value in ((one, "67"), (other, "71")):
        fill(page, {asked: value})
        page.keyboard.press("Tab")
    for page, value in ((one, "67"), (other, "71")):
        expect(page.locator("#antwoord .antwoord")).to_be_visible(timeout=TIMEOUT)
        page.reload()
        expect(page.locator(own)).to_have_value(value)
        expect(page.locator("#antwoord .antwoord")).to_be_visible(timeout=TIMEOUT)
    other.close()
    one.wait_for_load_state("networkidle")
    one.context.set_offline(True)
    fill(one, {asked: "70"})
    one.keyboard.press("Tab")
    failed = one.locator("#levend [data-bij=mislukt]").first
    expect(failed).to_be_visible()
    assert one.locator("#antwoord[data-oud]").count() == 1
    clean(one)
    one.context.set_offline(False)  # the page notices by itself, or the button asks again
    one.locator("#levend button").dispatch_event("click")
    expect(failed).to_be_hidden()
    expect(one.locator("#antwoord[data-oud]")).to_have_count(0, timeout=TIMEOUT)


@pytest.mark.parametrize("taak", TAKEN, ids=lambda taak: taak.pad)
def test_on_a_phone_and_a_slow_service_the_last_thing_typed_is_what_is_answered(open_page, taak: Taak) -> None:
    page = open_page(taak.pad, viewport={"width": 390, "height": 844})
    held: list[Route] = []
    page.route(LIVING, lambda route: held.append(route))
    asked = "personen.0.leeftijd" if taak.pad == "snel-opzoeken" else "personen.0.inkomen"
    fill(page, {asked: "66"})
    page.keyboard.press("Tab")
    expect(page.locator("#levend [data-bij=wacht]")).to_be_visible()
    page.unroute(LIVING)
    fill(page, {asked: "67"})
    page.keyboard.press("Tab")
    unfold(page, "#vouw-ingevuld")
    expect(page.locator("#vouw-ingevuld")).to_contain_text("67", timeout=TIMEOUT)
    expect(page.locator("#levend [data-bij=wacht]")).to_be_hidden()
    expect(page.locator("#balk")).to_be_in_viewport()
    expect(page.locator(".balk button")).to_be_in_viewport()
    clean(page)
