"""``docs/jaarwissel.md`` from its first step to its last: two people bring a made-up year into force, in a browser."""

import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import polars as pl
import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.hulp_pagina import toets
from tests.hulp.dienst import Dienst, dienst
from tests.hulp.jaarwisselgang import Jaarwissel
from tests.hulp.portefeuille import rij, write_csv
from tests.web.hulp_papier import words

pytestmark = pytest.mark.browser
VRAAG = {
    "soort": "huurder",
    "verhuurder": "andere-corporatie",
    "personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 24000}],
    "vermogen": 0,
    "woning": {"kaleHuur": 650, "zelfstandig": True, "servicekosten": 0},
}


@pytest.fixture
def loop(browser: Browser, tmp_path: Path) -> Iterator[Jaarwissel]:
    """The document to be followed, with a data directory of its own and a browser for each person."""
    with ExitStack() as stack:

        def start(map_: Path) -> Dienst:
            return stack.enter_context(dienst(gegevensmap=map_, toegang="aanmelden"))

        yield (found := Jaarwissel(browser, tmp_path / "gegevens", start))
        found.sluit()


def answers(port: int, day: str) -> dict[str, Any]:
    """What the API says of the household on ``day``: each decision, and by which revision."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    body = json.dumps(VRAAG | {"peildatum": day, "huurronde": int(day[:4])})
    line.request("POST", "/v1/toetsen", body, {"content-type": "application/json"})
    found = json.loads(line.getresponse().read())
    line.close()
    return found


def said(found: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {one["id"]: (one["uitkomst"], one["tekst"], one["waarden"]) for one in found["conclusies"]}


@pytest.mark.vooraan(2)
def test_the_document_is_followed_from_the_first_account_to_the_answer_of_the_new_year(
    loop: Jaarwissel, tmp_path: Path
) -> None:
    loop.accounts()
    port = loop.dienst.port
    before = answers(port, "2026-07-01")
    assert said(answers(port, "2027-07-01"))["huurtoeslag"][0] == "geen_regels"
    loop.begin()
    loop.groep()
    loop.bestand()
    loop.opvallend()
    loop.bewijs()
    loop.effect()
    loop.voorbeeld()
    loop.goedkeuren()
    loop.publiceren()
    assert not loop.gang.te_gaan, "deze stappen van het document zijn niet gevolgd"

    found = answers(port, "2027-07-01")
    assert found["regelset"]["revisie"] == "1"
    # by hand: 515,64 - (261,33 - 1,82 - 47,57) = 303,70; 65% of 650 - 515,64 = 87,334; below the income where it falls
    assert said(found)["huurtoeslag"][0] == "ja"
    assert (said(found)["huurtoeslag"][2]["perMaand"], said(found)["huurtoeslag"][2]["perJaar"]) == (391, 4692)
    assert said(answers(port, "2026-07-01")) == said(before)
    _form(loop.jansen, loop.adres)
    _portfolio(loop.jansen, loop.adres, tmp_path)


def _form(page: Page, origin: str) -> None:
    """The form and the paper answer by the new year too."""
    page.goto(f"{origin}/huurder")
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    typed = {"peildatum": "01-07-2027", "woning.kaleHuur": "650", "woning.servicekosten": "0", "vermogen": "0"}
    for name, value in {**typed, "personen.0.leeftijd": "40", "personen.0.inkomen": "24000"}.items():
        page.locator(f"input[name='{name}']").fill(value)
    page.locator("input[name='woning.zelfstandig'][value='ja']").check()
    for name, value in {"soort": "huurder", "personen.0.rol": "huurder"}.items():
        page.locator(f"select[name='{name}']").select_option(value)
    toets(page)
    expect(page.locator("#conclusie-huurtoeslag").first).to_contain_text("391")
    with page.expect_download() as paper:
        page.locator("#papieren button").first.click()
    text = "".join(one.extract_text() for one in pypdf.PdfReader(paper.value.path()).pages)
    assert "391" in text and "1 juli 2027" in words(text)


def _portfolio(page: Page, origin: str, folder: Path) -> None:
    """A portfolio is answered by it: in 2026 these two were a class higher."""
    page.goto(f"{origin}/portefeuille")
    file = write_csv(folder / "woningen.csv", [rij("W1", Kale_huur="510"), rij("W2", Kale_huur="780")])
    page.get_by_label("Woningen", exact=True).set_input_files(file)
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Peildatum").fill("1 juli 2027")
    page.get_by_label("Huurronde").fill("2027")
    page.get_by_role("button", name="Proef draaien").click()
    page.get_by_role("heading", name="Uitkomst van de proef").wait_for(timeout=60_000)
    page.get_by_label("Soort resultaat").select_option("parquet")
    page.get_by_role("button", name="Doorrekenen").click()
    page.get_by_role("heading", name="Het resultaat is klaar").wait_for(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("button", name="Resultaat ophalen").click()
    with zipfile.ZipFile(download.value.path()) as made:
        table = pl.read_parquet(made.read(next(name for name in made.namelist() if name.endswith(".parquet"))))
    assert table["huurklasse__klasse"].to_list() == ["goedkoop", "betaalbaar-hoog"]
