"""``docs/jaarwissel.md`` as a test reads it: its steps in order, and pages on which only what it names is used."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Locator, Page, expect

from tests.hulp.dienst import Dienst
from tests.hulp.geladen import PAKKET
from tests.hulp.verzonnen import CIJFERS_2027, ingevuld

DOCUMENT: Final = Path(__file__).parents[2] / "docs" / "jaarwissel.md"
EERST: Final = "paard batterij nietje correct"
EIGEN: Final = "fiets lantaarn kaneel drempel"
# the decision that is proven: the whole takes minutes
BEZWAAR: Final = "Grond voor bezwaar huurverhoging"
CONCEPT: Final = "cijfers-2027"
_RUSTIG: Final = 60_000
_GEWOON: Final = 5_000  # what Playwright itself waits
_LANG: Final = 240_000  # milliseconds; a check runs below everything else on the machine
# made up, with two mistakes that no formula of the law sees; a third is typed
FOUT: Final = {
    "huurverhoging/maximum_percentage": "6.8",
    "huurverhoging/maximum_percentage_kamer": "6.8",
    "huurverhoging/iah_maximum": "{midden: 100, hoog: 50}",
}
_KOP: Final = re.compile(r"^## \d+\. (.+)$", re.MULTILINE)


def stappen() -> dict[str, str]:
    """The numbered steps of the document, in order: the heading and its text."""
    parts = _KOP.split(DOCUMENT.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@dataclass
class Gang:
    """Somebody who follows the document: a step may not be skipped, and what is used on a page stands in its step."""

    te_gaan: dict[str, str] = field(default_factory=stappen)
    hier: str = ""

    @contextmanager
    def stap(self, kop: str) -> Iterator[None]:
        """The next step."""
        assert next(iter(self.te_gaan), None) == kop, f"hier volgt '{next(iter(self.te_gaan), 'niets meer')}'"
        self.hier = " ".join(self.te_gaan.pop(kop).split())
        yield

    def noemt(self, name: str) -> str:
        """A name on the page, that stands in this step."""
        assert f"**{name}**" in self.hier, f"deze stap van het document noemt '{name}' niet"
        return name

    def knop(self, page: Page | Locator, name: str) -> None:
        """Press the button of this name."""
        page.get_by_role("button", name=self.noemt(name), exact=True).first.click()

    def ga(self, page: Page | Locator, name: str) -> None:
        """Follow the link of this name."""
        page.get_by_role("link", name=self.noemt(name), exact=True).first.click()

    def vul(self, page: Page | Locator, name: str, value: str) -> None:
        """Fill in the field of this name."""
        page.get_by_label(self.noemt(name), exact=True).first.fill(value)

    def kies(self, page: Page | Locator, name: str, value: str) -> None:
        """Choose in the list of this name."""
        page.get_by_label(self.noemt(name), exact=True).first.select_option(label=value)

    def open(self, page: Page | Locator, name: str) -> None:
        """Fold out the part of this name."""
        page.locator("summary", has_text=self.noemt(name)).first.click()

    def opdrachten(self) -> list[list[str]]:
        """The commands of this step, as they stand in the document; of an organisation that the rules know."""
        owner = next(iter(PAKKET.eigenaren.van_soort("gemeente"))).id
        blocks = re.findall(r"```sh (.*?)```", self.hier)
        lines = re.findall(r"huurtoets .*?(?=huurtoets |$)", " ".join(blocks))
        return [[owner if word == "ORGANISATIE" else word for word in line.split()] for line in lines]


def opdracht(map_: Path, words: list[str], *typed: str) -> str:
    """Run a command of the document on the data directory ``map_``, with these passwords typed in; what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "service.opdracht.commando", *words[1:]],
        env=os.environ | {"HUURTOETS_GEGEVENSMAP": str(map_)},
        input="".join(f"{line}\n" for line in typed),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Jaarwissel:
    """Three people who follow the document; after each step ``beeld`` sees the page it was on."""

    def __init__(
        self,
        browser: Browser,
        map_: Path,
        start: Callable[[Path], Dienst],
        beeld: Callable[[str, Page], None] = lambda naam, page: None,
    ) -> None:
        self.gang, self.map_, self.beeld, self._start, self._browser = Gang(), map_, beeld, start, browser
        self._contexts = []

    def sluit(self) -> None:
        """Close the browsers."""
        for one in self._contexts:
            one.close()
        expect.set_options(timeout=_GEWOON)

    def _page(self) -> Page:
        context = self._browser.new_context(viewport={"width": 1366, "height": 768}, locale="nl-NL")
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(_RUSTIG)
        expect.set_options(timeout=_RUSTIG)
        return page

    def _aanmelden(self, page: Page, name: str, password: str) -> None:
        page.goto(f"{self.adres}/aanmelden")
        self.gang.vul(page, "Naam van uw account", name)
        self.gang.vul(page, "Wachtwoord", password)
        self.gang.knop(page, "Aanmelden")

    def _eigen_wachtwoord(self, page: Page, name: str) -> None:
        self._aanmelden(page, name, EERST)
        self.gang.vul(page, "Het wachtwoord dat u nu hebt", EERST)
        self.gang.vul(page, "Het nieuwe wachtwoord", EIGEN)
        self.gang.vul(page, "Het nieuwe wachtwoord, nog een keer", EIGEN)
        self.gang.knop(page, "Wachtwoord wijzigen")

    def _concept(self) -> None:
        self.jansen.goto(f"{self.adres}/beheer/concepten/{CONCEPT}")

    def _groep(self, name: str) -> None:
        self._concept()
        self.gang.ga(self.jansen, "Cijfers invoeren")
        self.gang.ga(self.jansen, name)

    def alles(self) -> None:
        """Every step."""
        self.accounts()
        self.begin()
        self.groep()
        self.bestand()
        self.opvallend()
        self.bewijs()
        self.effect()
        self.voorbeeld()
        self.goedkeuren()
        self.publiceren()

    def accounts(self) -> None:
        """Step 1."""
        with self.gang.stap("Maak de database en de accounts"):
            make, first, *others = self.gang.opdrachten()
            opdracht(self.map_, make)
            opdracht(self.map_, first, EERST)
            self.dienst = self._start(self.map_)
            self.adres = f"http://127.0.0.1:{self.dienst.port}"
            beheer, self.jansen, self.de_vries = self._page(), self._page(), self._page()
            self._eigen_wachtwoord(beheer, "beheer")
            for words in others:
                opdracht(self.map_, words, EIGEN, EERST)
            self._eigen_wachtwoord(self.jansen, "jansen")
            self._eigen_wachtwoord(self.de_vries, "de-vries")

    def begin(self) -> None:
        """Step 2."""
        with self.gang.stap("Begin een concept"):
            self.jansen.goto(f"{self.adres}/")
            self.gang.ga(self.jansen, "Regels beheren")
            self.gang.ga(self.jansen, "Nieuw jaar")
            expect(self.jansen.get_by_label("Jaar van de cijfers")).to_have_value("2027")
            self.gang.knop(self.jansen, "Concept beginnen")
            expect(self.jansen.get_by_role("link", name="Cijfers invoeren")).to_be_visible()
            self.beeld("taken", self.jansen)

    def groep(self) -> None:
        """Step 3: two digits are swapped, and what the law gives stands below it."""
        page = self.jansen
        with self.gang.stap("Vul een groep cijfers in"):
            self.gang.ga(page, "Cijfers invoeren")
            self.gang.ga(page, "Huurgrenzen")
            self.gang.kies(page, "Bron van deze groep", "Een nieuwe bron, hieronder beschreven")
            if not page.get_by_label("Adres op internet").is_visible():
                self.gang.open(page, "Nieuwe bron beschrijven")
            for name, value in (
                ("Titel", "Verzonnen"), ("Adres op internet", "https://voorbeeld.nl/"),
                ("Datum", "20-11-2026"), ("Plaats in het stuk", "tabel 1"),
            ):  # fmt: skip
                self.gang.vul(page, name, value)
            page.get_by_label(self.gang.noemt("Zekerheid van deze groep")).select_option("onbevestigd")
            for cell, value in (("kwaliteitskortingsgrens.", "515,64"), ("aftoppingsgrens.laag", "773,98"),
                                ("aftoppingsgrens.hoog", "790,89")):  # fmt: skip
                page.locator(f"[id='w-{cell}']").fill(value)
            page.locator("[id='w-aftoppingsgrens.laag']").press("Tab")
            page.locator("[id='w-aftoppingsgrens.laag']").dispatch_event("change")
            below = page.locator("[id='bij-aftoppingsgrens.laag']")
            expect(below.locator(".bij__stop")).to_contain_text("737,98")
            below.evaluate("part => part.closest('.cijfers').scrollIntoView()")
            self.beeld("cijfers", page)
            self.gang.knop(page, "Bewaren en groep klaar maken")
            expect(below.locator(".bij__stop")).to_contain_text("737,98")
            page.locator("[id='w-aftoppingsgrens.laag']").fill("737,98")
            self.gang.knop(page, "Bewaren en groep klaar maken")
            page.wait_for_url(lambda url: "/huurgrenzen" not in url)

    def bestand(self) -> None:
        """Step 4: the other figures, made up, in a file."""
        page = self.jansen
        with self.gang.stap("Vul de rest in, of stuur een bestand"):
            self._concept()
            self.gang.ga(page, "Cijfers invoeren")
            self.gang.open(page, "Bestanden ophalen en terugsturen")
            with page.expect_download() as fetched:
                page.get_by_role("link", name="landelijk/2027.yaml ophalen").click()
            text = Path(fetched.value.path()).read_text(encoding="utf-8")
            source = re.search(r"bron: (verzonnen\S*)", text)
            assert source is not None
            filled = ingevuld(text, {**CIJFERS_2027, **FOUT}).replace("bron: verzonnen\n", f"bron: {source[1]}\n")
            file = self.map_.parent / fetched.value.suggested_filename
            file.write_text(filled, encoding="utf-8")
            page.get_by_label("Welk bestand u terugstuurt").select_option("landelijk/2027.yaml")
            page.get_by_label(self.gang.noemt("Het gewijzigde bestand"), exact=True).set_input_files(file)
            self.gang.knop(page, "Terugsturen")
            expect(page.get_by_role("status").first).to_contain_text("bewaard")

    def opvallend(self) -> None:
        """Step 5: warnings that are accepted too easily."""
        page = self.jansen
        with self.gang.stap("Bekijk wat opvalt"):
            self._groep("Hoogste huurverhoging")
            reasons = page.locator("[id^='reden-']")
            assert reasons.count() >= 2
            for number in range(reasons.count()):
                reasons.nth(number).fill("Zo staat het in het bericht.")
            self.gang.knop(page, "Bewaren")
            expect(page.locator(".bij__aanvaard").first).to_contain_text("Zo staat het in het bericht.")

    def _controle(self) -> None:
        page = self.jansen
        self._concept()
        self.gang.ga(page, "Controleren")
        page.locator("input[name='bewijs'][value='een']").check()
        page.get_by_label("Welk besluit").select_option(label=BEZWAAR)
        self.gang.knop(page, "Controle starten")
        page.locator("#rapport").wait_for(timeout=_LANG)

    def bewijs(self) -> None:
        """Step 6: the proof shows a household for which it goes wrong."""
        page = self.jansen
        with self.gang.stap("Controleer"):
            assert {"**Alle besluiten**", "**Alleen één besluit**", "**Welk besluit**"} <= set(
                re.findall(r"\*\*[^*]+\*\*", self.gang.hier)
            )
            self._controle()
            proof = page.locator("section.rapport__deel", has=page.locator("#deel-bewijs"))
            expect(proof).to_contain_text(
                "Met categorie hoog mag de huur nooit minder omhoog dan met categorie midden."
            )
            proof.locator("summary").first.click()
            proof.evaluate("part => part.scrollIntoView()")
            self.beeld("rapport", page)
            self._groep("Hoogste huurverhoging")
            page.locator("[id='w-iah_maximum.midden']").fill("50")
            page.locator("[id='w-iah_maximum.hoog']").fill("100")
            self.gang.knop(page, "Bewaren")

    def effect(self) -> None:
        """Step 7: a percentage that could be, and is not what was announced."""
        page = self.jansen
        with self.gang.stap("Bekijk het verschil en het effect"):
            self._concept()
            self.gang.ga(page, "Bekijken wat er anders wordt")
            expect(page.locator("main")).to_contain_text("6,8")
            self._concept()
            self.gang.ga(page, "Bekijken wie het raakt")
            self.gang.knop(page, "Berekenen")
            raised = page.locator("details.effectbesluit", has=page.locator("h3", has_text="Wettelijke huurverhoging"))
            raised.wait_for(timeout=_LANG)
            expect(raised).to_contain_text("Lager: 0.")
            raised.evaluate("part => { part.open = true; part.scrollIntoView(); }")
            self.beeld("effect", page)
            self._groep("Hoogste huurverhoging")
            for name in ("maximum_percentage.", "maximum_percentage_kamer."):
                page.locator(f"[id='w-{name}']").fill("3,8")
            self.gang.knop(page, "Bewaren")
            self._concept()
            self.gang.ga(page, "Bekijken wie het raakt")
            self.gang.knop(page, "Berekenen")
            raised.wait_for(timeout=_LANG)
            expect(raised).to_contain_text("Bedrag hoger: 0.")

    def voorbeeld(self) -> None:
        """Step 8."""
        page = self.jansen
        with self.gang.stap("Probeer het uit"):
            self._concept()
            self.gang.ga(page, "Uitproberen met een huishouden")
            self.gang.vul(page, "Op welke dag", "1-7-2027")
            self.gang.knop(page, "Voorbeeld openen")
            expect(page.locator("body")).to_contain_text(CONCEPT)
            assert f"/concept/{CONCEPT}/2027-07-01/" in page.url

    def goedkeuren(self) -> None:
        """Step 9: another person signs what was checked."""
        other = self.de_vries
        with self.gang.stap("Controleer opnieuw en laat goedkeuren"):
            self._controle()
            while self.jansen.locator(".bevinding__vorm").count():
                line = self.jansen.locator(".bevinding__vorm").first
                self.gang.vul(line, "Waarom het zo goed is", "Dit is een proef met verzonnen cijfers.")
                self.gang.knop(line, "Aanvaarden")
                self.jansen.wait_for_load_state()
            expect(self.jansen.locator("#rapport + .utrecht-alert")).to_contain_text("In orde")
            other.goto(f"{self.adres}/")
            self.gang.ga(other, "Regels beheren")
            other.get_by_role("link", name=CONCEPT).click()
            self.gang.ga(other, "Goedkeuren")
            other.get_by_label(
                self.gang.noemt(
                    "Ik heb bekeken wat er anders wordt, wie het raakt en welke waarschuwingen zijn aanvaard."
                )
            ).check()
            self.beeld("goedkeuren", other)
            self.gang.knop(other, "Goedkeuren")
            expect(other.get_by_role("status").first).to_contain_text("de-vries")

    def publiceren(self) -> None:
        """Step 10, and until the service answers by it."""
        page = self.jansen
        with self.gang.stap("Publiceer"):
            self._concept()
            self.gang.ga(page, "Publiceren")
            self.gang.knop(page, "Publiceren als revisie 1")
            expect(page.get_by_role("status").first).to_contain_text("revisie 1")
            until = time.monotonic() + _RUSTIG / 1000
            while page.request.get(f"{self.adres}/v1/regelsets").json()["regelsets"][0]["revisie"] != "1":
                assert time.monotonic() < until, "de dienst antwoordt niet met revisie 1"
                page.wait_for_timeout(200)
