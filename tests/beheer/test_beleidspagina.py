"""A landlord's decision on its page: entered over HTTP, kept with what was typed, and followed by households."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from regels.bron import pakketbestanden
from service.beheer.beleidsinvoer import open_
from service.toegang.rechten import Rol
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.beleidsbesluit import besluit_getypt

PAKKET = pakketbestanden()
RONDES = sorted(name for name in PAKKET if name.endswith("/beleid/2026.yaml"))


@pytest.fixture(scope="module")
def kamer(tmp_path_factory: pytest.TempPathFactory) -> Kamer:
    return kamer_in(tmp_path_factory.mktemp("kamer"), PAKKET)


def begun(kamer: Kamer, naam: str) -> str:
    """The address of the decisions of a new draft."""
    assert kamer.invoerder.post("/beheer/nieuw/besluit", data={"naam": naam, "reden": "Proef"}).status_code == 303
    return f"/beheer/concepten/{naam}/beleid"


def address(begin: str, name: str, round_: int = 2026) -> str:
    return f"{begin}/{name.partition('/')[0]}/{round_}"


def fields(page: str) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    form = page[page.index('<form id="besluit"') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and value and ('type="checkbox"' not in tag or "checked" in tag):
            found[unescape(name[1])] = unescape(value[1])
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[unescape(name)] = unescape(chosen[1]) if chosen else ""
    return found


def decision(page: str, name: str) -> dict[str, str]:
    stuk = open_(PAKKET, PAKKET, name.partition("/")[0], 2026)
    return {key: value for key, value in fields(page).items() if not key.startswith("bron.")} | besluit_getypt(stuk)


@pytest.mark.parametrize("name", RONDES)
def test_a_decision_is_entered_without_scripts_and_read_back(kamer: Kamer, name: str) -> None:
    client, at = kamer.invoerder, address(begun(kamer, f"besluit-{RONDES.index(name)}"), name)
    page = client.get(at).text
    assert "Besluit ontbreekt" in page
    answer = client.post(at, data=decision(page, name) | {"doe": "bewaar"})
    assert (answer.status_code, answer.headers.get("location")) == (303, f"{at}?bewaard=1")
    again = client.get(f"{at}?bewaard=1").text
    assert "Het besluit is bewaard" in again and "Gewone verhoging" in again and "670,80" in again
    read = fields(again)
    assert read["status"] == "vastgesteld" and read["onderdelen.0.basis.procent"] == "3,2"
    assert read["geschiedenis.0.status"] == "voornemen" and read["geschiedenis.0.op"] == "12-2-2026"
    listed = client.get(at.rpartition("/")[0].rpartition("/")[0]).text
    assert listed.count("gewijzigd in dit concept") == 1


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "fout"), RONDES[0])
    typed = decision(client.get(at).text, RONDES[0]) | {"onderdelen.0.basis.procent": "4,2", "doe": "bewaar"}
    answer = client.post(at, data=typed)
    assert answer.status_code == 400 and 'id="v-onderdelen-0-basis-procent"' in answer.text
    assert '<a href="#v-onderdelen-0-basis-procent">Percentage: 4,2% is' in answer.text
    shown = fields(answer.text)
    assert {name: shown.get(name) for name in typed if name != "doe" and typed[name]} == {
        name: value for name, value in typed.items() if name != "doe" and value
    }
    assert "4,2% is meer dan de wet toelaat" in answer.text
    assert "voornemen" in client.get(at).text.split("<select")[1].split("selected")[1][:30]


def test_words_for_an_outcome_that_is_gone_are_told_by_the_name_of_that_outcome(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "woorden"), RONDES[0])
    typed = decision(client.get(at).text, RONDES[0])
    gone = next(name for name in typed if name.startswith("woorden."))
    answer = client.post(at, data=typed | {gone: "", "doe": "bewaar"})
    assert f">{gone.rpartition('.')[2]}: Deze uitkomst bestaat niet meer" in answer.text


def test_the_households_follow_what_was_typed_and_keep_nothing(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "volgt"), RONDES[0])
    page = client.get(at).text
    typed = decision(page, RONDES[0]) | {"proef.huur": "700"}
    followed = client.post(f"{at}/proef", data=typed)
    assert followed.status_code == 200 and "722,40" in followed.text and "<html" not in followed.text
    without = client.post(at, data=typed | {"doe": "reken"})
    assert without.status_code == 200 and "722,40" in without.text
    half = client.post(f"{at}/proef", data=typed | {"onderdelen.0.basis.soort": ""}).text
    assert "#v-onderdelen-0-basis-soort" in half and "722,40" not in half
    assert fields(client.get(at).text) == fields(page)


def test_rows_come_and_go_and_take_nothing_that_was_typed(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "rijen"), RONDES[0], 2027)
    typed = fields(client.get(at).text) | {"besloten_op": "morgen"}
    for act, row in (("erbij:onderdelen.0.tot", "onderdelen.0.tot.0.er"), ("erbij:onderdelen", "onderdelen.1.er")):
        typed = fields(client.post(at, data=typed | {"doe": act}).text)
        assert typed[row] == "1" and typed["besloten_op"] == "morgen"
    typed = fields(client.post(at, data=typed | {"doe": "weg:onderdelen.0"}).text)
    assert "onderdelen.1.er" not in typed and "onderdelen.0.tot.0.er" not in typed


def test_a_new_round_shows_the_one_before_and_fills_in_nothing(kamer: Kamer) -> None:
    page = kamer.invoerder.get(address(begun(kamer, "ronde"), RONDES[0], 2027)).text
    assert "Vorige ronde: voornemen" in page
    empty = {name: value for name, value in fields(page).items() if not name.endswith(".er")}
    assert {value for name, value in empty.items() if name not in ("gelezen", "proef.huur", "proef.punten")} == {""}


def test_what_is_seldom_needed_is_folded_until_something_is_typed_there(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "zelden"), RONDES[0], 2027)
    page = client.get(at).text
    assert 'class="zelden"' in page and 'class="zelden" open' not in page
    typed = fields(page) | {"onderdelen.0.meeste.procent": "4"}
    assert client.post(at, data=typed | {"doe": "reken"}).text.count('class="zelden" open') == 1


def test_somebody_else_who_saved_first_is_not_overwritten(kamer: Kamer) -> None:
    client, at = kamer.invoerder, address(begun(kamer, "samen"), RONDES[0])
    page = client.get(at).text
    typed = decision(page, RONDES[0]) | {"doe": "bewaar"}
    assert client.post(at, data=typed).status_code == 303
    late = client.post(at, data=typed | {"onderdelen.0.basis.procent": "2,9"})
    assert late.status_code == 409 and fields(late.text)["onderdelen.0.basis.procent"] == "2,9"
    assert fields(client.get(at).text)["onderdelen.0.basis.procent"] == "3,2"


@pytest.mark.parametrize("rol", [Rol.CONTROLLER, Rol.AUDITOR])
def test_who_only_looks_can_save_nothing(kamer: Kamer, rol: Rol) -> None:
    begin = begun(kamer, f"kijkt-{rol}")
    at, client = address(begin, RONDES[0]), kamer.als(rol)
    page = client.get(at)
    assert page.status_code == 200 and 'value="bewaar"' not in page.text
    assert client.post(at, data={"doe": "bewaar"}).status_code == 403


@pytest.mark.parametrize("path", ["niemand/2026", "niemand/1200", "steenwijkerland/2026"])
def test_a_landlord_that_is_not_there_is_said(kamer: Kamer, path: str) -> None:
    begin = begun(kamer, f"geen-{path.replace('/', '-')}")
    client: TestClient = kamer.invoerder
    assert client.get(f"{begin}/{path}").status_code == 400


def test_two_who_enter_the_decisions_of_two_landlords_lose_nothing(kamer: Kamer) -> None:
    begin, clients = begun(kamer, "twee"), (kamer.invoerder, kamer.als(Rol.REGELBEHEERDER, "tweede"))
    forms = [decision(one.get(address(begin, name)).text, name) for one, name in zip(clients, RONDES, strict=False)]
    for one, name, typed in zip(clients, RONDES, forms, strict=False):
        assert one.post(address(begin, name), data=typed | {"doe": "bewaar"}).status_code == 303
    for name in RONDES[:2]:
        assert fields(kamer.invoerder.get(address(begin, name)).text)["status"] == "vastgesteld"
