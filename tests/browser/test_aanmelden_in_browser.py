"""Signing in and out and one's own account, in a browser: with and without scripts, for everyone to read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from service.opslag.gegevensmap import Gegevensmap
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang.rechten import Rol
from tests.browser.test_toegankelijk import WCAG
from tests.hulp.ingang import EIGEN, WACHTWOORD, app_of, deur_van, settings_of, somebody
from tests.hulp.luisteren import serving

pytestmark = pytest.mark.browser
STATES = ["aanmelden", "mislukt", "eerst", "account", "nieuw account", "wachtwoord fout", "geen toegang", "afgemeld"]


@pytest.fixture(scope="module")
def ingang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that people sign in to."""
    opslag = Opslag(Gegevensmap(tmp_path_factory.mktemp("ingang") / "gegevens"))
    maak(opslag, wie="opdrachtregel:proef")
    settings = settings_of(adres=None, oidc_uitgever="http://127.0.0.1:9", oidc_client="x", oidc_rollen="a=auditor",
                           oidc_organisatie="steenwijkerland", oidc_naam="gemeente Waterstad")  # fmt: skip
    deur = deur_van(opslag, settings)
    somebody(deur, "w.van-der-lange-naam@geldloket.voorbeeld.nl", Rol.CONSULENT, organisatie="steenwijkerland/loket")
    somebody(deur, "nieuw", Rol.CONSULENT, eerst=True)
    with serving(app_of(deur, settings)) as address:
        yield address
    opslag.sluit()


@pytest.fixture
def at(browser: Browser, ingang: str) -> Iterator[Callable[..., Page]]:
    """Opens the page to sign in on, in a fresh browser."""
    contexts = []

    def start(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, "locale": "nl-NL"} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{ingang}/aanmelden")
        return page

    yield start
    for context in contexts:
        context.close()


def fill_in(page: Page, naam: str, wachtwoord: str) -> None:
    page.get_by_label("Naam van uw account").fill(naam)
    page.get_by_label("Wachtwoord").fill(wachtwoord)
    page.get_by_role("button", name="Aanmelden").click()


def bring_to(page: Page, state: str, ingang: str) -> None:
    """Bring the page into ``state``."""
    name = "nieuw" if state == "nieuw account" else "w.van-der-lange-naam@geldloket.voorbeeld.nl"
    if state == "eerst":
        page.goto(f"{ingang}/account")
    elif state == "mislukt":
        fill_in(page, "niemand", EIGEN)
    elif state != "aanmelden":
        fill_in(page, name, WACHTWOORD)
    if state in ("account", "wachtwoord fout"):
        page.goto(f"{ingang}/account")
    if state == "wachtwoord fout":
        page.get_by_label("Het wachtwoord dat u nu hebt").fill("x")
        page.get_by_label("Het nieuwe wachtwoord", exact=True).fill("kort")
        page.get_by_label("nog een keer").fill("kort")
        page.get_by_role("button", name="Wachtwoord wijzigen").click()
    if state == "geen toegang":
        # directly on this machine a portfolio asks for nobody
        page.set_extra_http_headers({"x-forwarded-proto": "http"})
        page.goto(f"{ingang}/portefeuille")
        page.set_extra_http_headers({})
    if state == "afgemeld":
        page.get_by_role("button", name="Afmelden").click()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_and_a_narrow_screen_with_large_text_never_scrolls(
    at: Callable[..., Page], ingang: str, state: str
) -> None:
    page = at(bypass_csp=True)
    bring_to(page, state, ingang)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()
    assert len(found.response["passes"]) > 5
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_signs_in_chooses_a_password_and_signs_out(
    at: Callable[..., Page], ingang: str, scripts: bool, tmp_path: Path
) -> None:
    page = at(java_script_enabled=scripts)
    fill_in(page, "w.van-der-lange-naam@geldloket.voorbeeld.nl", EIGEN)
    assert "horen niet bij elkaar" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Naam van uw account").input_value().startswith("w.van")
    fill_in(page, "w.van-der-lange-naam@geldloket.voorbeeld.nl", WACHTWOORD)
    page.get_by_role("link", name="Aangemeld als").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Mijn account"
    page.get_by_label("Het wachtwoord dat u nu hebt").fill(WACHTWOORD)
    page.get_by_label("Het nieuwe wachtwoord", exact=True).fill(WACHTWOORD)
    page.get_by_label("nog een keer").fill(WACHTWOORD)
    page.get_by_role("button", name="Wachtwoord wijzigen").click()
    assert "al had" in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Afmelden", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "U bent afgemeld"
    page.goto(f"{ingang}/account")
    assert page.get_by_role("heading", level=1).inner_text() == "Aanmelden"


def test_what_was_typed_is_gone_from_the_tab_after_signing_out(at: Callable[..., Page], ingang: str) -> None:
    page = at()
    fill_in(page, "w.van-der-lange-naam@geldloket.voorbeeld.nl", WACHTWOORD)
    page.goto(f"{ingang}/huurder")
    page.evaluate("sessionStorage.setItem('proef', 'inkomen')")
    page.get_by_role("button", name="Afmelden", exact=True).click()
    assert page.get_by_role("heading", level=1).inner_text() == "U bent afgemeld"
    assert page.evaluate("sessionStorage.getItem('proef')") is None
