"""A landlord's decision in a browser: what is asked follows the choices, and the households what was typed."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from regels.bron import pakketbestanden
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang.rechten import Rol
from tests.browser.test_toegankelijk import WCAG
from tests.hulp.beheer import Concepten, Revisies, take_in
from tests.hulp.ingang import WACHTWOORD, app_of, deur_van, settings_of, somebody
from tests.hulp.luisteren import serving

pytestmark = pytest.mark.browser
NAAM = "invoerder"
RONDE = next(name for name in sorted(pakketbestanden()) if name.endswith("/beleid/2026.yaml"))
ADRES = f"/beheer/concepten/besluit/beleid/{RONDE.partition('/')[0]}/2026"
DEEL = "v-onderdelen-0"


@pytest.fixture(scope="module")
def dienst(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with a draft."""
    opslag = Opslag(Gegevensmap(tmp_path_factory.mktemp("beleid") / "gegevens"))
    maak(opslag, wie="opdrachtregel:proef")
    deur = deur_van(opslag, settings_of(adres=None))
    who = somebody(deur, NAAM, Rol.REGELBEHEERDER)
    concepten = Concepten(Revisies(opslag))
    take_in(concepten, pakketbestanden())
    concepten.begin(who, "besluit", "Proef")
    with serving(app_of(deur, settings_of(adres=None))) as address:
        yield address
    opslag.sluit()


@pytest.fixture
def besluit(browser: Browser, dienst: str) -> Iterator[Callable[..., Page]]:
    """Opens the decision, signed in, in a fresh browser."""
    contexts = []

    def start(**options: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1366, "height": 768}, "locale": "nl-NL"} | options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"{dienst}/aanmelden?terug={ADRES}")
        page.fill("#naam", NAAM)
        page.fill("#wachtwoord", WACHTWOORD)
        page.press("#wachtwoord", "Enter")
        page.wait_for_url(f"**{ADRES}")
        return page

    yield start
    for context in contexts:
        context.close()


def accessible(page: Page) -> None:
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    assert found.violations_count == 0, found.generate_report()


def test_what_is_asked_and_the_households_follow_what_is_typed(besluit: Callable[..., Page]) -> None:
    page = besluit()
    accessible(page)
    assert not page.is_visible(f"#{DEEL}-basis-procent")
    page.select_option(f"#{DEEL}-basis-soort", "procent")
    assert page.is_visible(f"#{DEEL}-basis-procent") and not page.is_visible(f"#{DEEL}-basis-bedrag")
    page.fill(f"#{DEEL}-basis-procent", "4,2")
    page.select_option("#v-status", "vastgesteld")
    # the kind of decision changed: since when it was an intention is asked, and what is typed elsewhere stays
    page.wait_for_selector("#v-geschiedenis-0-op")
    assert page.input_value(f"#{DEEL}-basis-procent") == "4,2"
    page.wait_for_selector(f'#proef a[href="#{DEEL}-laag_bedrag-soort"]')
    accessible(page)


def test_a_row_comes_without_a_place_in_the_history_and_has_the_focus(besluit: Callable[..., Page]) -> None:
    page = besluit(viewport={"width": 390, "height": 844})
    before = page.evaluate("history.length")
    page.fill("#v-besloten_op", "morgen")
    page.click('[value="erbij:onderdelen.0.tot"]')
    page.wait_for_selector(f"#{DEEL}-tot-0-grens")
    assert page.evaluate("history.length") == before and page.input_value("#v-besloten_op") == "morgen"
    assert page.evaluate("document.activeElement.id") == f"{DEEL}-tot-0"
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_by_keyboard_alone_a_fault_leads_to_its_field(besluit: Callable[..., Page]) -> None:
    page = besluit()
    page.fill("#v-besluit_voor", "morgen")
    page.press("#v-besluit_voor", "Enter")  # the first button of the form keeps it
    page.wait_for_selector(".fouten")
    assert page.evaluate("document.activeElement.classList.contains('fouten')")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "v-besluit_voor"
    assert page.input_value("#v-besluit_voor") == "morgen"
    accessible(page)
