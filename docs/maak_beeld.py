"""Make the pictures in ``docs/beeld``: ``PYTHONPATH=. python docs/maak_beeld.py``, with ``jaarwissel`` those of that.

``antwoord.png`` is the real answer to one invented household, ``document.png`` the first page of the overview that it
takes home. ``jaarwissel-*.png`` are the pages of ``jaarwissel.md``, while the test of that document follows it.
"""

import shutil
import sys
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.hulp.dienst import dienst
from tests.hulp.jaarwisselgang import Jaarwissel

IMAGES = Path(__file__).parent / "beeld"
WIDTH, HEIGHT = 1366, 1000
DOCUMENT_SCALE = 1.25
COLOURS = 256
TYPED = {
    "peildatum": "01-03-2026",
    "woning.kaleHuur": "655,12",
    "woning.servicekosten": "20",
    "woning.wwsMaximum": "812,40",
    "vermogen": "8.000",
    "personen.0.geboortedatum.dag": "03-02-1958",
    "personen.0.inkomen": "24.500",
    "personen.1.geboortedatum.dag": "30-09-1961",
    "personen.1.inkomen": "0",
}
CHOSEN = {
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "woning.energielabel": "E",
    "inkomenscategorie": "laag",
    "personen.0.rol": "huurder",
    "personen.1.rol": "partner",
}
TICKED = {"woning.zelfstandig": "ja"}


def main() -> None:
    """Start the service, fill in the form in a headless Chromium, and take the pictures."""
    if "jaarwissel" in sys.argv:
        _pictures_of_the_new_year()
        return
    with TemporaryDirectory() as folder, dienst(gegevensmap=folder) as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(f"http://127.0.0.1:{service.port}/huurder")
        _fill_in(page)
        _keep(Image.open(BytesIO(page.screenshot())), IMAGES / "antwoord.png")
        _picture_of_the_overview(page, IMAGES / "document.png")
        browser.close()


def _pictures_of_the_new_year() -> None:
    def keep(name: str, page: Page) -> None:
        _keep(Image.open(BytesIO(page.screenshot())), IMAGES / f"jaarwissel-{name}.png")

    with sync_playwright() as playwright, ExitStack() as stack:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        folder = Path(stack.enter_context(TemporaryDirectory()))
        Jaarwissel(
            browser,
            folder / "gegevens",
            lambda map_: stack.enter_context(dienst(gegevensmap=map_, toegang="aanmelden")),
            keep,
        ).alles()
        browser.close()


def _fill_in(page: Page) -> None:
    page.locator("button[value=toevoegen]").click()
    page.locator("[name='personen.1.rol']").wait_for()
    page.evaluate("document.querySelectorAll('#formulier details').forEach(part => { part.open = true; })")
    for name, value in TICKED.items():
        page.locator(f"[name='{name}'][value='{value}']").check()
    for name, value in CHOSEN.items():
        page.locator(f"select[name='{name}']").select_option(value)
    for name, value in TYPED.items():
        page.locator(f"input[name='{name}']").fill(value)
    page.locator("#formulier button[value=toetsen]").last.click()
    page.wait_for_load_state()
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")


def _picture_of_the_overview(page: Page, target: Path) -> None:
    page.locator("#vouw-papieren").evaluate("fold => { fold.open = true; }")
    page.locator("#kenmerk").fill("VOORBEELD")
    with page.expect_download() as download:
        page.locator("#papieren button").first.click()
    first = pypdfium2.PdfDocument(download.value.path())[0]
    _keep(first.render(scale=DOCUMENT_SCALE).to_pil(), target)


def _keep(image: Image.Image, target: Path) -> None:
    """A palette instead of full colours: a third of the bytes, and on these flat pages no difference to see."""
    image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main()
