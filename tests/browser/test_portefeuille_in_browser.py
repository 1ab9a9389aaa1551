"""A portfolio as a person does it in a browser: with scripts, without them, on a narrow screen, and read out."""

import zipfile
from pathlib import Path
from urllib.parse import urljoin

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.test_toegankelijk import WCAG
from tests.hulp.portefeuille import rij, write_csv

pytestmark = pytest.mark.browser
ROWS = [
    rij("W1", Kale_huur="713,02", Energielabel="E", Voorgestelde_huur="742,26"),
    rij("W2", Kale_huur="x"),
    *(rij(f"X{at}", Verhuurder="woonconcept", Energielabel="ABCDEFG"[at % 7]) for at in range(30)),
]


@pytest.fixture
def bestand(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "woningen.csv", [row | {"Naam huurder": "Jansen"} for row in ROWS])


def to_mapping(page: Page, file: Path) -> None:
    page.goto(urljoin(page.url, "/portefeuille"))
    page.get_by_label("Woningen", exact=True).set_input_files(file)
    page.get_by_role("button", name="Verder").click()
    page.get_by_role("heading", name="Welke kolom is welk gegeven?").wait_for()


def to_trial(page: Page, file: Path) -> None:
    to_mapping(page, file)
    page.get_by_label("Peildatum").fill("1 maart 2026")
    page.get_by_label("Huurronde").fill("2026")
    page.get_by_role("button", name="Proef draaien").click()
    page.get_by_role("heading", name="Uitkomst van de proef").wait_for(timeout=60_000)


def to_result(page: Page, file: Path) -> None:
    to_trial(page, file)
    page.get_by_label("Soort resultaat").select_option("parquet")
    page.get_by_role("button", name="Doorrekenen").click()
    page.get_by_role("heading", name="Het resultaat is klaar").wait_for(timeout=60_000)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_file_becomes_a_result(open_page, bestand: Path, tmp_path: Path, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    to_mapping(page, bestand)
    assert page.get_by_label("Kale huur", exact=True).input_value() == "woning_kale_huur"
    assert page.get_by_text("Deze kolom lijkt een naam en wordt niet gelezen.").is_visible()
    to_result(page, bestand)
    assert "Jansen" not in page.content()
    with page.expect_download() as download:
        page.get_by_role("button", name="Resultaat ophalen").click()
    download.value.save_as(tmp_path / "uit.zip")
    rows = _parquet(tmp_path / "uit.zip")
    assert rows["verwijzing"].to_list()[:2] == ["W1", "X0"]
    address = page.url
    page.goto(address)
    with page.expect_download() as download:
        page.get_by_role("button", name="Resultaat ophalen").click()
    download.value.save_as(tmp_path / "weer.zip")
    assert (tmp_path / "weer.zip").read_bytes() == (tmp_path / "uit.zip").read_bytes()
    page.get_by_role("button", name="Alles wissen").click()
    page.goto(address)
    assert page.get_by_role("heading", name="Dit bestand is er niet meer").is_visible()


def _parquet(path: Path) -> pl.DataFrame:
    with zipfile.ZipFile(path) as parts:
        return pl.read_parquet(parts.read("resultaat.parquet"))


def test_the_koppeling_can_be_mended_after_a_refusal(open_page, bestand: Path) -> None:
    page = open_page()
    to_mapping(page, bestand)
    page.get_by_label("Kale huur", exact=True).select_option("vermogen")
    page.get_by_role("button", name="Proef draaien").click()
    assert "meer dan één kolom" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Kale huur", exact=True).input_value() == "vermogen", "wat gekozen is, blijft staan"
    page.get_by_label("vermogen", exact=True).select_option("negeren")
    page.get_by_role("button", name="Proef draaien").click()
    page.get_by_role("heading", name="Uitkomst van de proef").wait_for(timeout=60_000)
    page.get_by_role("button", name="Koppeling wijzigen").click()
    assert page.get_by_label("Kale huur", exact=True).input_value() == "vermogen"
    page.get_by_role("button", name="Alles wissen").click()
    assert page.get_by_role("heading", name="Toets een portefeuille").is_visible()


STEPS = {"begin": None, "koppelen": to_mapping, "proef": to_trial, "klaar": to_result}


@pytest.mark.parametrize("step", STEPS)
def test_axe_finds_no_violation(open_page, bestand: Path, step: str) -> None:
    page = open_page(bypass_csp=True)
    _bring(page, bestand, step)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("step", [step for step in STEPS if step != "klaar"])
def test_a_narrow_screen_never_scrolls_sideways(open_page, bestand: Path, step: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    _bring(page, bestand, step)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_narrow_screen_with_forced_colours_keeps_the_main_button_and_the_bars(open_page, bestand: Path) -> None:
    page = open_page(viewport={"width": 320, "height": 640}, forced_colors="active")
    _bring(page, bestand, "klaar")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    looks = "e => (s => [s.backgroundColor, s.color, s.outlineStyle])(getComputedStyle(e))"
    button = page.get_by_role("button", name="Resultaat ophalen")
    at_rest = button.evaluate(looks)
    page.get_by_role("link", name="Huurtoets").first.focus()
    page.keyboard.press("Tab")
    assert button.evaluate("e => e === document.activeElement")
    assert button.evaluate(looks) == [*at_rest[:2], "solid"]
    assert at_rest != page.get_by_role("button", name="Alles wissen").evaluate(looks)
    # how long the whole of a bar is
    bar = page.locator(".staaf").first
    assert bar.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    assert bar.evaluate("e => (s => s.stroke !== s.fill)(getComputedStyle(e.querySelector('.staaf__streep')))")


def _bring(page: Page, file: Path, step: str) -> None:
    bring = STEPS[step]
    if bring is None:
        page.goto(urljoin(page.url, "/portefeuille"))
    else:
        bring(page, file)
