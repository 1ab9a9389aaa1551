"""The pages of drafts over HTTP: who sees what, beginning a draft, its tasks, and what each fault says."""

import re

import pytest
from fastapi.testclient import TestClient

from regels.bron import pakketbestanden
from service.app import create_app
from service.basis.instellingen import Instellingen
from service.toegang.rechten import Rol
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import browser
from web.beheer.beheerroutes import DELEN
from web.raamwerk.teksten import groep


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Kamer:
    return kamer_in(tmp_path_factory.mktemp("kamer"), pakketbestanden())


def begin(client: TestClient, soort: str, **filled: str) -> tuple[int, str]:
    """The status, and where it leads."""
    answer = client.post(f"/beheer/nieuw/{soort}", data=filled)
    return answer.status_code, answer.headers.get("location", answer.text)


def test_who_enters_sees_the_revision_in_force_and_can_begin_a_draft(kamer: Kamer) -> None:
    page = kamer.invoerder.get("/beheer").text
    assert 'href="/beheer/nieuw/jaar"' in page and "van kracht" in page
    assert 'href="/beheer"' in kamer.invoerder.get("/huurder").text


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.ADVISEUR, Rol.AUDITOR])
def test_who_only_looks_is_offered_no_draft(kamer: Kamer, rol: Rol) -> None:
    client = kamer.als(rol)
    assert "/beheer/nieuw/" not in client.get("/beheer").text
    assert client.get("/beheer/nieuw/jaar").status_code == 403
    assert begin(client, "leeg", naam="mag-niet", reden="x")[0] == 403
    assert kamer.invoerder.get("/beheer/concepten/mag-niet").status_code == 404


def test_who_has_no_role_for_it_gets_no_link(kamer: Kamer) -> None:
    assert 'href="/beheer"' not in kamer.als(Rol.CONSULENT).get("/huurder").text


def test_a_new_year_has_the_empty_figures_of_every_owner(kamer: Kamer) -> None:
    form = kamer.invoerder.get("/beheer/nieuw/jaar").text
    assert 'value="2027"' in form and 'value="cijfers-2027"' in form
    assert begin(kamer.invoerder, "jaar", jaar="2027", naam="cijfers-2027", reden="Cijfers") == (
        303, "/beheer/concepten/cijfers-2027",
    )  # fmt: skip
    files = kamer.huis.concepten.bestanden("cijfers-2027")[1]
    assert "landelijk/2027.yaml" in files
    assert "cijfers-2027" in kamer.invoerder.get("/beheer").text


def test_an_empty_draft_stands_on_the_revision_in_force(kamer: Kamer) -> None:
    assert begin(kamer.invoerder, "leeg", naam="leeg-1", reden="Een fout")[0] == 303
    page = kamer.keurder.get("/beheer/concepten/leeg-1").text
    assert "Een fout" in page and "Op revisie 0" in page


@pytest.mark.parametrize(
    ("soort", "filled", "said"),
    [
        ("leeg", {"naam": "Met Hoofdletters", "reden": "x"}, "kleine letters"),
        ("leeg", {"naam": "zonder-reden", "reden": " "}, "Geef een reden"),
        ("leeg", {"naam": "dubbel", "reden": "x"}, "al een concept"),
        ("jaar", {"naam": "raar-jaar", "reden": "x", "jaar": "27"}, "vier cijfers"),
        ("jaar", {"naam": "ver-jaar", "reden": "x", "jaar": "2040"}, "2039"),
    ],
)
def test_what_cannot_begin_says_why_and_keeps_what_was_typed(
    kamer: Kamer, soort: str, filled: dict[str, str], said: str
) -> None:
    if filled["naam"] == "dubbel":
        begin(kamer.invoerder, "leeg", naam="dubbel", reden="x")
    status, text = begin(kamer.invoerder, soort, **filled)
    assert status == 400 and said in text
    assert all(f'value="{value}"' in text for value in filled.values())
    assert filled["naam"] == "dubbel" or kamer.invoerder.get(f"/beheer/concepten/{filled['naam']}").status_code == 404


def test_the_tasks_are_those_that_have_a_page(kamer: Kamer) -> None:
    begin(kamer.invoerder, "leeg", naam="taken", reden="x")
    page = kamer.invoerder.get("/beheer/concepten/taken").text
    titles = groep("beheer.taken")
    assert [title for title in titles.values() if title in page] == [titles[part.naam] for part in DELEN if part.naam]
    for link in re.findall(r'href="([^"]+)" id="taak-', page):
        assert kamer.invoerder.get(link).status_code == 200, link


def test_a_draft_that_was_withdrawn_can_be_read_and_no_longer_changed(kamer: Kamer) -> None:
    begin(kamer.invoerder, "leeg", naam="weg", reden="x")
    path = "/beheer/concepten/weg"
    assert kamer.keurder.post(f"{path}/intrekken", data={"reden": "Dubbel"}).status_code == 403
    refused = kamer.invoerder.post(f"{path}/intrekken", data={"reden": ""})
    assert refused.status_code == 400 and "Geef een reden" in refused.text
    assert kamer.invoerder.post(f"{path}/intrekken", data={"reden": "Dubbel"}).headers["location"] == "/beheer"
    page = kamer.invoerder.get(path).text
    assert "afgesloten" in page and "intrekken" not in page


def test_a_draft_is_brought_up_to_a_newer_revision(kamer: Kamer) -> None:
    huis = kamer.huis
    for name in ("oudste", "jongste"):
        begin(kamer.invoerder, "leeg", naam=name, reden="x")
    huis.concepten.wijzig(
        huis.invoerder, "jongste", lambda files: {**files, "teksten.yaml": files["teksten.yaml"] + b"\n# x\n"}
    )
    huis.approve("jongste")
    huis.publicatie.publiceer(huis.invoerder, "jongste")
    assert "/bijwerken" in kamer.invoerder.get("/beheer/concepten/oudste").text
    assert "/bijwerken" not in kamer.keurder.get("/beheer/concepten/oudste").text
    answer = kamer.invoerder.post("/beheer/concepten/oudste/bijwerken")
    assert answer.headers["location"] == "/beheer/concepten/oudste"
    assert "/bijwerken" not in kamer.invoerder.get("/beheer/concepten/oudste").text


def test_a_form_of_another_website_begins_nothing(kamer: Kamer) -> None:
    answer = kamer.invoerder.post(
        "/beheer/nieuw/leeg", data={"naam": "vreemd", "reden": "x"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert kamer.invoerder.get("/beheer/concepten/vreemd").status_code == 404


def test_where_nobody_can_sign_in_the_page_says_what_that_takes() -> None:
    client = browser(create_app(PAKKET, Instellingen()), adres="http://127.0.0.1", client="127.0.0.1")
    page = client.get("/beheer")
    assert page.status_code == 200 and "HUURTOETS_TOEGANG" in page.text and "regelbeheerder" in page.text
    assert client.get("/beheer/concepten/x").status_code == 404
