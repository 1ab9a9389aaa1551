"""Checking, approving and publishing on the pages: what somebody sees, may do, and is told when it cannot be done."""

import itertools
import re
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from service.basis.poort import Poort
from service.beheer.controleloop import Controleloop, Controlestand
from service.beheer.rapportvorm import GEEN_BEWIJS
from service.beheer.regelrapport import draw_up
from service.opslag.gegevensmap import Gegevensmap
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang.rechten import Rol
from service.toegang.wie import Wie
from tests.hulp.beheer import KLEIN, Huis, furnish, with_limit
from tests.hulp.ingang import app_of, browser, deur_van, sign_in, somebody

BEGIN = "/beheer/concepten"


@dataclass
class Kamer:
    """A service, what it keeps, and a browser for each of the people."""

    huis: Huis
    app: Poort
    invoerder: TestClient
    keurder: TestClient
    lezer: TestClient


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kamer]:
    opslag = Opslag(Gegevensmap(tmp_path_factory.mktemp("keuring") / "gegevens"))
    maak(opslag, wie="opdrachtregel:proef")
    huis = furnish(opslag)
    deur = deur_van(opslag)
    app = app_of(deur)
    clients = []
    for name, role in (("voert-in", Rol.REGELBEHEERDER), ("keurt", Rol.CONTROLLER), ("leest", Rol.AUDITOR)):
        somebody(deur, name, role)
        client = browser(app)
        assert sign_in(client, name) == 303
        clients.append(client)
    yield Kamer(huis, app, *clients)
    opslag.sluit()


def text_of(answer: Response) -> str:
    """What a page says, without its tags."""
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


LIMITS = itertools.count(1200)


def draft(kamer: Kamer, naam: str) -> str:
    """A draft with a limit that no revision had."""
    kamer.huis.change(naam, next(LIMITS))
    return f"{BEGIN}/{naam}"


def reported(kamer: Kamer, naam: str) -> None:
    """A report without a proof, as the check makes it."""
    huis = kamer.huis
    huis.publicatie.leg_vast(huis.invoerder, naam, draw_up(*huis.concepten.bestanden(naam), 1, None))


def test_a_draft_goes_from_check_to_revision_by_two_people(kamer: Kamer) -> None:
    at = draft(kamer, "hele-weg")
    assert "nog geen rapport" in text_of(kamer.invoerder.get(f"{at}/controle"))
    assert "Start eerst de controle" in text_of(kamer.keurder.get(f"{at}/goedkeuren"))
    assert kamer.invoerder.post(f"{at}/controle", data={"bewijs": "geen"}).status_code == 303
    shown = awaited(kamer.invoerder, f"{at}/controle")
    assert "Niet alles is bewezen" in shown
    assert "Waarschuwing: Er is niets bewezen." in shown
    assert "kan nog niet worden goedgekeurd" in text_of(kamer.keurder.get(f"{at}/goedkeuren"))
    accept = {"code": GEEN_BEWIJS, "reden": "De grens is met de hand nagerekend."}
    assert kamer.invoerder.post(f"{at}/controle/aanvaard", data=accept).status_code == 303
    page = kamer.keurder.get(f"{at}/goedkeuren")
    said = text_of(page)
    assert "gewijzigd: land/2026.yaml" in said
    assert "Aanvaard door voert-in: De grens is met de hand nagerekend." in said
    over = re.search(r'name="over" value="([^"]+)"', page.text)
    assert over is not None
    signed = kamer.keurder.post(f"{at}/goedkeuren", data={"over": over[1], "akkoord": "ja"})
    assert (signed.status_code, signed.headers["location"]) == (303, f"{at}/goedkeuren")
    assert "Goedgekeurd door keurt" in text_of(kamer.keurder.get(f"{at}/goedkeuren"))
    before = kamer.huis.revisies.nieuwste()
    assert kamer.invoerder.post(f"{at}/publiceren").status_code == 303
    assert kamer.huis.revisies.nieuwste() == (before or 0) + 1
    assert "gepubliceerd als revisie" in text_of(kamer.invoerder.get(f"{at}/publiceren"))
    again = kamer.invoerder.post(f"{at}/publiceren")
    assert (again.status_code, "is gepubliceerd" in text_of(again)) == (400, True)


def awaited(client: TestClient, path: str) -> str:
    """The page when the check is done; until then it says how far it is, on every reload."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        shown = text_of(client.get(path))
        if "Bezig" not in shown:
            return shown
        time.sleep(0.2)
    raise AssertionError(shown)


def test_the_second_person_signs_what_was_seen_and_says_so(kamer: Kamer) -> None:
    at = draft(kamer, "tekenen")
    kamer.huis.report("tekenen")
    over = kamer.huis.concepten.lees("tekenen").over
    bare = kamer.keurder.post(f"{at}/goedkeuren", data={"over": over})
    assert (bare.status_code, "Vink aan" in text_of(bare)) == (400, True)
    kamer.huis.concepten.bewaar(kamer.huis.invoerder, "tekenen", with_limit(KLEIN, 9999), 1)
    kamer.huis.report("tekenen")
    late = kamer.keurder.post(f"{at}/goedkeuren", data={"over": over, "akkoord": "ja"})
    assert (late.status_code, "gewijzigd sinds u keek" in text_of(late)) == (409, True)
    assert not kamer.huis.concepten.lees("tekenen").goedgekeurd


def test_who_had_a_hand_in_it_is_told_so_and_gets_no_button(kamer: Kamer) -> None:
    at = draft(kamer, "eigen")
    accepted = somebody(deur_van(kamer.huis.opslag), "voert-in-en-keurt", Rol.CONTROLLER, persoon="invoerder")
    kamer.huis.report("eigen")
    client = browser(kamer.app)
    sign_in(client, accepted.naam)
    page = client.get(f"{at}/goedkeuren")
    assert "Vraag een ander" in text_of(page)
    assert 'name="over"' not in page.text
    over = kamer.huis.concepten.lees("eigen").over
    refused = client.post(f"{at}/goedkeuren", data={"over": over, "akkoord": "ja"})
    assert (refused.status_code, "Wie invoert, keurt niet goed" in text_of(refused)) == (403, True)


def test_a_fault_leads_to_where_it_is_mended(kamer: Kamer) -> None:
    begun = kamer.huis.concepten.begin(kamer.huis.invoerder, "kapot", "Proef")
    broken = KLEIN | {"land/2026.yaml": KLEIN["land/2026.yaml"].replace(b"bron: wet", b"bron: wt", 1)}
    assert broken != KLEIN
    kamer.huis.concepten.bewaar(kamer.huis.invoerder, "kapot", broken, begun.opgeslagen)
    reported(kamer, "kapot")
    page = kamer.invoerder.get(f"{BEGIN}/kapot/controle")
    assert "Fout: land/2026.yaml:" in text_of(page)
    assert f'href="{BEGIN}/kapot/cijfers/land/2026/proef#bij-cijfer-grens"' in page.text
    assert 'id="bij-cijfer-grens"' in kamer.invoerder.get(f"{BEGIN}/kapot/cijfers/land/2026/proef").text
    refused = kamer.keurder.post(f"{BEGIN}/kapot/goedkeuren", data={"over": "x", "akkoord": "ja"})
    assert refused.status_code == 409


def test_a_warning_without_a_reason_stays_open_and_an_acceptance_can_be_taken_back(kamer: Kamer) -> None:
    at = draft(kamer, "redenen")
    reported(kamer, "redenen")
    bare = kamer.invoerder.post(f"{at}/controle/aanvaard", data={"code": GEEN_BEWIJS, "reden": " "})
    assert (bare.status_code, "Geef een reden" in text_of(bare)) == (400, True)
    long = kamer.invoerder.post(f"{at}/controle/aanvaard", data={"code": GEEN_BEWIJS, "reden": "x" * 2_001})
    assert (long.status_code, "x" * 2_001 in long.text) == (400, True), "what was typed is kept"
    kamer.invoerder.post(f"{at}/controle/aanvaard", data={"code": GEEN_BEWIJS, "reden": "Zo is het."})
    assert "Dit concept kan worden goedgekeurd" in text_of(kamer.lezer.get(f"{at}/controle"))
    kamer.invoerder.post(f"{at}/controle/aanvaard", data={"code": GEEN_BEWIJS, "actie": "terug"})
    assert "Dit concept kan worden goedgekeurd" not in text_of(kamer.lezer.get(f"{at}/controle"))


def test_one_check_runs_at_a_time_and_can_be_stopped_from_the_page(
    kamer: Kamer, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, other = draft(kamer, "lang"), draft(kamer, "wacht")
    slow(monkeypatch)
    assert kamer.invoerder.post(f"{at}/controle", data={}).status_code == 303
    assert "Bezig" in text_of(kamer.lezer.get(f"{at}/controle"))
    assert "De controle van concept lang loopt nu" in text_of(kamer.invoerder.get(f"{other}/controle"))
    second = kamer.invoerder.post(f"{other}/controle", data={})
    assert (second.status_code, "loopt nog" in text_of(second)) == (409, True)
    assert kamer.invoerder.post(f"{other}/controle/stop").status_code == 303
    assert "Bezig" in text_of(kamer.invoerder.get(f"{at}/controle")), "only its own draft stops it"
    assert kamer.invoerder.post(f"{at}/controle/stop").status_code == 303
    assert "De controle is gestopt" in text_of(kamer.invoerder.get(f"{at}/controle"))
    assert "Bezig" not in text_of(kamer.invoerder.get(f"{other}/controle"))


def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that notes who it is and then takes for ever."""
    code = (
        "import json, sys, time\n"
        "from dataclasses import replace\n"
        "from pathlib import Path\n"
        "import os\n"
        "from service.beheer.controleloop import Controlestand\n"
        "path = Path(json.loads(sys.stdin.read())['map']) / 'controle.json'\n"
        "replace(Controlestand.lees(path), proces=os.getpid()).schrijf(path)\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setattr("service.beheer.controleloop.PROCES", ("-c", code))


def test_a_check_that_ended_without_a_word_is_said_to_have_failed(
    kamer: Kamer, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = draft(kamer, "stuk")
    monkeypatch.setattr("service.beheer.controleloop.PROCES", ("-c", "pass"))
    kamer.invoerder.post(f"{at}/controle", data={})
    end = time.monotonic() + 30
    while "niet afgekomen" not in (said := text_of(kamer.invoerder.get(f"{at}/controle"))):
        assert time.monotonic() < end, said
        time.sleep(0.1)


def test_a_draft_that_changed_during_the_check_gets_no_report(kamer: Kamer) -> None:
    at = draft(kamer, "ingehaald")
    found = kamer.huis.concepten.lees("ingehaald")
    path: Path = kamer.huis.opslag.map_.controle
    Controlestand("ingehaald", found.hash, "", einde="ingehaald").schrijf(path)
    stand = Controleloop(kamer.huis.concepten).stand()
    assert stand is not None
    assert not stand.loopt
    assert "gewijzigd terwijl de controle liep" in text_of(kamer.invoerder.get(f"{at}/controle"))


def test_twenty_who_accept_sign_and_publish_at_once_get_one_signature_and_one_revision(kamer: Kamer) -> None:
    at = draft(kamer, "met-twintig")
    reported(kamer, "met-twintig")
    deur = deur_van(kamer.huis.opslag)
    enters = [somebody(deur, f"invoer-{n}", Rol.REGELBEHEERDER) for n in range(10)]
    signs = [somebody(deur, f"keur-{n}", Rol.CONTROLLER) for n in range(10)]
    clients = {one.id: browser(kamer.app) for one in (*enters, *signs)}
    for one in (*enters, *signs):
        assert sign_in(clients[one.id], one.naam) == 303

    def accepts(who: Wie) -> int:
        form = {"code": GEEN_BEWIJS, "reden": f"Nagekeken door {who.naam}."}
        return clients[who.id].post(f"{at}/controle/aanvaard", data=form).status_code

    def approves(who: Wie) -> int:
        over = kamer.huis.concepten.lees("met-twintig").over
        return clients[who.id].post(f"{at}/goedkeuren", data={"over": over, "akkoord": "ja"}).status_code

    def publishes(who: Wie) -> int:
        return clients[who.id].post(f"{at}/publiceren").status_code

    before = kamer.huis.revisies.nieuwste()
    with ThreadPoolExecutor(20) as pool:
        accepted = [pool.submit(accepts, who) for who in enters]
        signed = [pool.submit(approves, who) for who in signs]
        assert {one.result() for one in accepted} == {303}
        assert {one.result() for one in signed} <= {303, 400, 409}
        found = kamer.huis.concepten.lees("met-twintig")
        if not found.goedgekeurd:  # all of them came before the last acceptance
            assert 303 in {one.result() for one in [pool.submit(approves, who) for who in signs]}
        assert Counter(one.result() for one in [pool.submit(publishes, who) for who in enters])[303] == 1
    assert kamer.huis.revisies.nieuwste() == (before or 0) + 1
    found = kamer.huis.concepten.lees("met-twintig")
    assert found.goedgekeurd_door in {one.id for one in signs}
    assert {one.id for one in enters} <= set(found.door)
    report = kamer.huis.publicatie.rapport("met-twintig")
    assert report is not None
    assert report.aanvaard[GEEN_BEWIJS].door in {one.id for one in enters}
