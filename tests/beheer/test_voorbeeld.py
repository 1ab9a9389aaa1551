"""A preview: every surface of the product on a chosen day by the rules of a draft, for who may see it, and marked."""

import io
import re
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from regels.bron import bestanden_in, pakketbestanden
from service.app import create_app
from service.basis.drukte import kind_of
from service.basis.instellingen import Instellingen
from service.basis.klok import alsof, vandaag
from service.basis.vankracht import VanKracht
from service.basis.voorbeeld import KOP, Voorbeeld, binnen, gevraagd
from service.beheer.voorbeelden import GeenVoorbeeld, Voorbeelden
from service.opslag.opslag import Opslag
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.taken import Grenzen, Taken
from service.toegang.rechten import WIE_MAG, Recht, Rol
from service.toegang.wacht import declared
from tests.hulp.beheer import CIJFERS, furnish, limit_of
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.duinrand import with_duinrand
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import browser
from tests.hulp.lus import in_een_lus
from tests.hulp.portefeuille import csv_bytes, rij
from tests.web.hulp_papier import pages
from web.beheer.voorbeeldpagina import blocks, offered

NAAM: Final = "verzonnen-2027"
DAG: Final = date(2027, 7, 1)
P: Final = Voorbeeld(NAAM, DAG).pad
BANNER: Final = "CONCEPT: dit geldt niet."
JSON: Final = {"accept": "application/json"}
VRAAG: Final[dict[str, Any]] = {
    "soort": "huurder",
    "personen": [{"rol": "huurder", "geboortedatum": "1980-03-01", "inkomen": 30000}],
}
TOETS: Final = "/v1/toetsen?besluiten=daeb-doelgroep"


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Kamer:
    """A draft with made-up figures of 2027, of which the rules in force know nothing."""
    made = kamer_in(tmp_path_factory.mktemp("voorbeeld"), pakketbestanden())
    drafts, enters = made.huis.concepten, made.huis.invoerder
    begun = drafts.begin(enters, NAAM, "Verzonnen")
    later = dict(bestanden_in(with_duinrand(tmp_path_factory.mktemp("sets"))))
    drafts.bewaar(enters, NAAM, later, begun.opgeslagen)
    return made


@pytest.fixture(scope="module")
def invoerder(kamer: Kamer) -> TestClient:
    return kamer.invoerder


# who may


def _routes(app: Any) -> Iterator[tuple[str, str, frozenset[Recht]]]:
    """Every route of the application, as an address within a preview."""
    for path, methods, rights in declared(app.routes):
        for method in sorted(methods - {"HEAD"}):
            yield method, P + re.sub(r"\{[^}]*\}", "x", path), rights


@pytest.fixture(scope="module")
def routes() -> list[tuple[str, str, frozenset[Recht]]]:
    seen: list[BaseRoute] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.app.check_declared", lambda found: seen.extend(found))
        create_app(PAKKET, Instellingen())

    class App:
        routes = seen

    found = list(_routes(App))
    assert len(found) > 30
    return found


def test_without_the_right_no_route_of_a_preview_says_anything(
    kamer: Kamer, routes: list[tuple[str, str, frozenset[Recht]]]
) -> None:
    nobody, other = browser(kamer.app), kamer.als(Rol.CONSULENT)
    assert Rol.CONSULENT not in WIE_MAG[Recht.REGELS_INZIEN]
    for method, path, _ in [*routes, ("GET", "/concept", frozenset()), ("GET", "/concept/er-is-niets", frozenset())]:
        for client, expected in ((nobody, 401), (other, 403)):
            answer = client.request(method, path, headers=JSON)
            assert answer.status_code == expected, f"{method} {path}"
            assert KOP.decode() not in answer.headers and NAAM not in answer.text


@pytest.mark.parametrize("toegang", [None, "open"])
def test_where_nobody_can_sign_in_there_is_no_preview(toegang: Any) -> None:
    client = browser(create_app(PAKKET, Instellingen(toegang=toegang)), adres="http://127.0.0.1", client="127.0.0.1")
    for path in ("/concept", f"{P}/", f"{P}/huurder", f"{P}/v1/openapi.json"):
        assert client.get(path).status_code == 403


def test_a_preview_asks_for_its_own_right_and_for_that_of_the_page(
    kamer: Kamer, routes: list[tuple[str, str, frozenset[Recht]]]
) -> None:
    """An auditor sees drafts, and computes no portfolio; an account or the drafts themselves are in no preview."""
    auditor = kamer.als(Rol.AUDITOR)
    for method, path, rights in routes:
        if method == "POST" and rights == {Recht.TOETSEN}:
            continue  # the same router as the pages that are asked for, and each takes its time
        status = auditor.request(method, path, headers=JSON).status_code
        if rights == {Recht.TOETSEN}:
            assert status not in (401, 403) and status < 500, f"{method} {path}: {status}"
        elif rights == {Recht.PORTEFEUILLE}:
            assert status == 403, f"{method} {path}: {status}"
        else:
            assert status == 404, f"{method} {path}: {status}"


def test_a_form_of_another_website_does_nothing_in_a_preview(invoerder: TestClient) -> None:
    answer = invoerder.post(f"{P}/huurder", data={"actie": "toetsen"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


# what it answers


def test_the_draft_answers_on_the_chosen_day_and_the_rules_in_force_go_on_without_it(invoerder: TestClient) -> None:
    inside = invoerder.post(P + TOETS, json=VRAAG, headers=JSON)
    outside = invoerder.post(TOETS, json=VRAAG | {"peildatum": DAG.isoformat()}, headers=JSON)
    assert inside.status_code == outside.status_code == 200
    assert inside.json()["peildatum"] == DAG.isoformat()
    assert inside.json()["conclusies"][0]["uitkomst"] == "ja"
    assert outside.json()["conclusies"][0]["uitkomst"] == "geen_regels"
    assert inside.json()["regelset"]["revisie"] == f"concept {NAAM}"
    assert inside.headers[KOP.decode()] == NAAM and KOP.decode() not in outside.headers
    assert invoerder.post(TOETS, json=VRAAG, headers=JSON).json()["peildatum"] != DAG.isoformat()


def test_in_a_preview_no_other_rules_answer_and_outside_it_those_of_a_draft_never_do(invoerder: TestClient) -> None:
    listed = invoerder.get(f"{P}/v1/regelsets", headers=JSON).json()["regelsets"]
    assert [one["revisie"] for one in listed] == [f"concept {NAAM}"]
    assert invoerder.post(f"{P}{TOETS}&regelset=0", json=VRAAG, headers=JSON).status_code == 400
    assert invoerder.get(f"{P}/v1/regelsets/0", headers=JSON).status_code == 404
    own = listed[0]["hash"]
    assert invoerder.post(f"{P}{TOETS}&regelset={own}", json=VRAAG, headers=JSON).status_code == 200
    assert invoerder.post(f"{TOETS}&regelset={own}", json=VRAAG, headers=JSON).status_code == 400


def test_every_page_says_that_it_is_a_preview_and_its_links_stay_in_it(invoerder: TestClient) -> None:
    answered = invoerder.post(f"{P}/huurder", data={"actie": "toetsen", "woning.kaleHuur": "700"})
    shown = [
        invoerder.get(P + path) for path in ("/", "/huurder", "/stappen/huurder", "/over", "/portefeuille", "/weg")
    ]
    for page in [answered, *shown]:
        assert BANNER in page.text and "<title>Concept: " in page.text, page.url
        assert page.headers["cache-control"] == "no-store"
        links = re.findall(r'(?:href|src|action|formaction|hx-post|data-plek|data-adres)="(/[^"]*)"', page.text)
        allowed = ("/static/", "/account", "/afmelden", f"/beheer/concepten/{NAAM}")
        assert [link for link in links if not link.startswith((f"{P}/", *allowed)) and link != "/beheer"] == []
    assert answered.status_code == 200 and "1 juli 2027" in answered.text
    assert BANNER not in invoerder.get("/huurder").text


def test_what_is_typed_in_a_preview_stays_apart_in_the_memory_of_the_tab(invoerder: TestClient) -> None:
    keys = {
        re.findall(r'data-ingang="([^"]*)"', invoerder.get(f"{begin}/huurder").text)[0]
        for begin in ("", P, Voorbeeld(NAAM, date(2027, 1, 1)).pad)
    }
    assert len(keys) == 3 and "/huurder" in keys


def test_a_paper_of_a_preview_says_so_on_each_page_and_in_its_name(invoerder: TestClient) -> None:
    form = {"woning.kaleHuur": "700", "ingang": "huurder"}
    for welk in ("overzicht", "dossier"):
        answer = invoerder.post(f"{P}/papieren/{welk}", data=form)
        assert answer.headers["content-disposition"].endswith(f"huurtoets-concept-{welk}.pdf")
        found = pages(answer.content)
        assert len(found) > 1 and all("CONCEPT. Dit papier" in page and NAAM in page for page in found)
        printed = invoerder.post(f"{P}/papieren/{welk}/afdrukken", data=form).text
        assert "CONCEPT. Dit papier" in printed
    real = invoerder.post("/papieren/overzicht", data=form)
    assert "concept" not in real.headers["content-disposition"]
    assert not any("CONCEPT" in page for page in pages(real.content))


def test_the_limits_and_the_headers_of_a_page_are_those_it_has_outside_a_preview(invoerder: TestClient) -> None:
    assert kind_of("POST", f"{P}/papieren/overzicht") == kind_of("POST", "/papieren/overzicht") == "papieren"
    assert kind_of("POST", f"{P}/portefeuille") == "bestanden"
    assert kind_of("GET", f"{P}/static/x.js") == "toetsen"  # nothing is served there, so it is not free
    described = invoerder.get(f"{P}/v1/openapi.json", headers=JSON)
    assert "access-control-allow-origin" not in described.headers and "api-version" in described.headers
    assert described.json()["servers"] == [{"url": f"{P}/"}]
    assert invoerder.get("/v1/openapi.json", headers=JSON).json()["servers"] == [{"url": "/"}]
    sent = {"content": b"x", "headers": {"content-length": "20000000"}}
    inside, outside = (invoerder.post(f"{where}/portefeuille", **sent).status_code for where in (P, ""))
    assert inside == outside != 413


def _done(client: TestClient, address: str) -> str:
    for _ in range(200):
        text = client.get(address).text
        if "data-voortgang" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("it takes too long")


def test_a_portfolio_of_a_preview_is_marked_in_each_row_and_seen_nowhere_else(invoerder: TestClient) -> None:
    sent = invoerder.post(f"{P}/portefeuille", files={"woningen": ("w.csv", csv_bytes([rij(), rij("W2")]))})
    there = sent.headers["location"]
    assert there.startswith(f"{P}/portefeuille/")
    assert invoerder.get(there).status_code == 200 and 'value="1-7-2027"' in invoerder.get(there).text
    assert invoerder.get(there.removeprefix(P)).status_code == 404
    assert invoerder.post(f"{there.removeprefix(P)}/draaien", data={"vorm": "csv"}).status_code == 404
    mine = invoerder.post("/portefeuille", files={"woningen": ("w.csv", csv_bytes([rij()]))}).headers["location"]
    assert invoerder.get(P + mine).status_code == 404
    coupled = {"peildatum": "1-7-2027", "huurronde": "2027", **_chosen(invoerder.get(there).text)}
    assert invoerder.post(f"{there}/koppeling", data=coupled).status_code == 303
    assert f"(concept {NAAM})" in _done(invoerder, there)
    assert invoerder.post(f"{there}/draaien", data={"vorm": "csv"}).status_code == 303
    _done(invoerder, there)
    file = invoerder.post(f"{there}/ophalen")
    assert f"concept-{NAAM}-resultaat.zip" in file.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(file.content)) as parts:
        head, *rows = parts.read("resultaat.csv").decode("utf-8-sig").splitlines()
    assert head.startswith("concept;") and len(rows) == 2 and all(row.startswith(f"{NAAM};") for row in rows)


def test_a_portfolio_of_a_draft_that_changed_since_asks_to_begin_again(tmp_path: Path) -> None:
    """What computes already goes on by the rules it has; what has yet to begin cannot."""
    drafts = {"a": replace(PAKKET, revisie="concept a")}
    taken = Taken(VanKracht(PAKKET), Grenzen(), tmp_path, van_concept=lambda name, _: drafts.get(name))
    task = taken.nieuw(("w.csv", io.BytesIO(csv_bytes([rij()]))), ("", io.BytesIO()), None, drafts["a"])
    assert task.concept == "a" and taken.regels(task) is drafts["a"]
    del drafts["a"]
    with pytest.raises(PortefeuilleFout, match="gewijzigd"):
        taken.koppeling(task)
    taken.stop()


def _chosen(page: str) -> dict[str, str]:
    found = {}
    for name, options in re.findall(
        r'<select class="invoer" id="[^"]*" name="([^"]*)"[^>]*>(.*?)</select>', page, re.S
    ):
        picked = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = picked[1] if picked else ""
    return found


# addresses


@pytest.mark.parametrize(
    "path",
    [
        "/concept/A/2027-07-01/", "/concept/a_b/2027-07-01/", "/concept/..%2f..%2fbeheer/2027-07-01/",
        "/concept/%0d%0aset-cookie:x/2027-07-01/", "/concept/" + "a" * 61 + "/2027-07-01/",
        "/concept/-a/2027-07-01/", "/concept//2027-07-01/", f"/concept/{NAAM}/1999-12-31/",
        f"/concept/{NAAM}/9999-12-31/", "/concept/x'or'1/2027-07-01/", "/concept/%00/2027-07-01/", "/concept/é/",
        "/concept/er-is-niets/2027-07-01/", f"{P}/concept/{NAAM}/2027-07-01/", f"{P}%2f..%2f..", f"{P}//evil.example",
    ],
)  # fmt: skip
def test_an_address_that_is_no_preview_is_not_found(invoerder: TestClient, path: str) -> None:
    answer = invoerder.get(path)
    assert answer.status_code == 404, answer.text
    assert "location" not in answer.headers and "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "path", [f"/concept/{NAAM}", f"/concept/{NAAM}/", f"/concept/{NAAM}/2027-02-30/", f"/concept/{NAAM}/huurder"]
)
def test_without_a_day_one_is_chosen_first(invoerder: TestClient, path: str) -> None:
    answer = invoerder.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/beheer/concepten/{NAAM}/voorbeeld")


def test_a_preview_begins_at_its_start(invoerder: TestClient) -> None:
    assert invoerder.get(P).headers["location"] == f"{P}/"


def test_an_address_in_a_preview_is_called_as_it_is_outside_it() -> None:
    assert binnen(f"{P}/huurder") == "/huurder" and binnen("/huurder") == "/huurder" and binnen(P) == ""
    assert gevraagd(f"{P}/x") == Voorbeeld(NAAM, DAG) and gevraagd(f"{P}x") is None


def test_the_day_of_one_request_is_not_that_of_another() -> None:
    def asked(day: date) -> date:
        with alsof(day):
            time.sleep(0.01)
            return vandaag()

    days = [date(2099, 1, number) for number in range(1, 9)]  # none of them is today when this runs
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda day: copy_context().run(asked, day), days)) == days
    assert vandaag() not in days


# choosing the day


def test_the_day_is_chosen_on_a_page_that_leads_into_the_preview(invoerder: TestClient) -> None:
    address = f"/beheer/concepten/{NAAM}/voorbeeld"
    assert 'value="1-7-2027"' in invoerder.get(address).text
    assert 'value="3-4-2028"' in invoerder.get(f"{address}?dag=2028-04-03").text
    assert invoerder.post(address, data={"dag": "1 juli 2027"}).headers["location"] == f"{P}/"
    for typed in ("morgen", "", "31-12-1999", "<b>"):
        wrong = invoerder.post(address, data={"dag": typed})
        assert wrong.status_code == 400 and 'role="alert"' in wrong.text
    assert 'value="morgen"' in invoerder.post(address, data={"dag": "morgen"}).text
    assert invoerder.get("/beheer/concepten/er-is-niets/voorbeeld").status_code == 404


def test_the_days_that_are_offered_are_of_the_years_that_the_draft_changes() -> None:
    today = date(2026, 11, 27)
    assert offered(["landelijk/2027.yaml", "bronnen.yaml"], today) == (DAG, date(2027, 1, 1), today)
    assert offered(["landelijk/2024.yaml", "x/versie.yaml"], today) == (today,)
    assert offered(["ergens/beleid/2026.yaml"], today) == (today,)
    assert offered(["ergens/beleid/2026.yaml"], date(2026, 3, 1)) == (date(2026, 7, 1), date(2026, 3, 1))


# a draft of which there is no preview


def test_a_draft_that_does_not_load_says_what_is_missing_and_where_to_enter_it(kamer: Kamer) -> None:
    drafts, enters = kamer.huis.concepten, kamer.huis.invoerder
    drafts.begin(enters, "stuk", "Stuk")
    text = b"zekerheid: officieel"
    drafts.wijzig(enters, "stuk", lambda files: dict(files) | {
        "landelijk/2026.yaml": files["landelijk/2026.yaml"].replace(text, b"zekerheid: zeker", 1)
    })  # fmt: skip
    page = kamer.invoerder.get("/concept/stuk/2027-07-01/huurder")
    assert page.status_code == 409 and BANNER not in page.text
    assert "landelijk/2026.yaml" in page.text and "kan hier niet" in page.text
    assert 'href="/beheer/concepten/stuk/cijfers"' in page.text
    told = kamer.invoerder.get("/concept/stuk/2027-07-01/v1/regelsets", headers=JSON)
    assert told.status_code == 409 and told.json()["fouten"][0].startswith("landelijk/2026.yaml:")
    drafts.wijzig(enters, "stuk", lambda _: pakketbestanden())
    assert kamer.invoerder.get("/concept/stuk/2027-07-01/huurder").status_code == 200
    drafts.trek_in(enters, "stuk", "Weg")
    gone = kamer.invoerder.get("/concept/stuk/2027-07-01/huurder")
    assert gone.status_code == 410 and "ingetrokken" in gone.text


def test_faults_stand_by_their_file_with_the_page_where_it_is_entered() -> None:
    found = blocks(
        "a", ["l/2027.yaml:3: fout", "l/2027.yaml:9: nog een", "w/beleid/2026.yaml:1: x", "l/b.yaml:2: y", "z"]
    )
    assert [(one.bestand, one.link, len(one.fouten)) for one in found] == [
        ("l/2027.yaml", "/beheer/concepten/a/cijfers", 2), ("w/beleid/2026.yaml", "/beheer/concepten/a/beleid", 1),
        ("l/b.yaml", "", 1), ("", "", 1),
    ]  # fmt: skip


# the sets of drafts


def test_who_asks_next_gets_the_draft_as_it_is_then_and_who_began_keeps_what_he_began_with(opslag: Opslag) -> None:
    huis = furnish(opslag)
    previews = Voorbeelden(huis.concepten)
    huis.change("grens", 900)
    first = in_een_lus(previews.regels, "grens")
    assert in_een_lus(previews.regels, "grens") is first
    huis.concepten.wijzig(
        huis.invoerder, "grens", lambda files: dict(files) | {CIJFERS: files[CIJFERS].replace(b"900", b"910")}
    )
    second = in_een_lus(previews.regels, "grens")
    assert (limit_of(first), limit_of(second)) == (900, 910)
    assert previews.begonnen("grens", second.hash) is second and previews.begonnen("grens", first.hash) is None
    assert previews.begonnen("er-is-niets", first.hash) is None


def test_however_many_drafts_are_looked_at_a_few_are_held(tmp_path: Path) -> None:
    huis = kamer_in(tmp_path).huis
    previews = Voorbeelden(huis.concepten)
    for number in range(20):
        huis.change(f"grens-{number}", 900 + number)
        assert limit_of(in_een_lus(previews.regels, f"grens-{number}")) == 900 + number
    assert len(previews._ready) == 4
    assert limit_of(in_een_lus(previews.regels, "grens-0")) == 900


def test_a_draft_that_was_published_or_never_was_has_no_preview(tmp_path: Path) -> None:
    huis = kamer_in(tmp_path).huis
    huis.publish("grens", 900)
    previews = Voorbeelden(huis.concepten)
    for name, status in (("grens", 410), ("er-is-niets", 404)):
        with pytest.raises(GeenVoorbeeld) as told:
            in_een_lus(previews.regels, name)
        assert told.value.status == status


def test_a_draft_that_does_not_load_is_not_loaded_again_for_everybody_who_asks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huis = kamer_in(tmp_path).huis
    huis.concepten.begin(huis.invoerder, "stuk", "Stuk")
    huis.concepten.wijzig(huis.invoerder, "stuk", lambda files: dict(files) | {CIJFERS: b"{"})
    previews = Voorbeelden(huis.concepten)
    read = huis.concepten.bestanden
    times = []
    monkeypatch.setattr(huis.concepten, "bestanden", lambda naam: times.append(naam) or read(naam))
    for _ in range(3):
        with pytest.raises(GeenVoorbeeld, match="kan nog niet antwoorden"):
            in_een_lus(previews.regels, "stuk")
    assert times == ["stuk"]
