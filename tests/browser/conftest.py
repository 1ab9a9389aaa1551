"""The whole service on a port of its own, and a headless Chromium to read it with."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from service.app import create_app
from tests.hulp.geladen import PAKKET
from tests.hulp.luisteren import serving

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DESKTOP = {"width": 1366, "height": 768}
TIMEOUT = 15_000
DAG = date(2026, 11, 27)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a running service, for which it is a day that has rules, whenever the tests run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.app.vandaag", lambda: DAG)
        app = create_app(PAKKET)
    with serving(app) as here:
        yield f"{here}/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine. Without one: a loud skip, or a failure where HUURTOETS_BROWSER=verplicht."""
    if CHROMIUM is None:
        if os.environ.get("HUURTOETS_BROWSER") == "verplicht":
            pytest.fail("Er is geen Chromium, en HUURTOETS_BROWSER=verplicht.", pytrace=False)
        pytest.skip("OVERGESLAGEN: er is geen Chromium, dus het formulier is niet in een browser getest.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if CHROMIUM is None:
        terminalreporter.section("GEEN CHROMIUM: de browsertests zijn OVERGESLAGEN", sep="!", red=True)


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a page (of the tenant if none is named) in a fresh context; a request that leaves the service fails.

    ``blocked``: the browser runs scripts, and those of the page do not arrive.
    """
    contexts: list[BrowserContext] = []
    strays: list[str] = []

    def start(path: str = "huurder", *, blocked: bool = False, **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "nl-NL"} | options)
        if blocked:
            context.route("**/*.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on("request", lambda request: None if request.url.startswith(address) else strays.append(request.url))
        page.on("console", lambda message: strays.append(message.text) if message.type == "error" else None)
        page.goto(address + path)
        return page

    yield start
    for context in contexts:
        context.close()
    own = (
        "responded with a status of 4",
        "ERR_INTERNET_DISCONNECTED",
        "Failed to fetch",
    )  # what a test brings about itself
    assert not [stray for stray in strays if not any(words in stray for words in own)]
