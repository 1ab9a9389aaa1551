"""Signing in with a password: who gets in, who does not, and what neither of them learns."""

import re
from time import perf_counter

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from sqlalchemy import select
from structlog.testing import capture_logs

from service.basis.poort import Poort
from service.opslag.opslag import Opslag
from service.toegang.aanmelding import is_known, mark
from service.toegang.deur import Deur
from service.toegang.rechten import Rol
from service.toegang.terug import own_path
from service.toegang.toegangstabellen import Gebruiker, Sessie
from service.toegang.wachtwoorden import Hasher
from tests.hulp.ingang import DOOR, EIGEN, HTML, WACHTWOORD, app_of, browser, deur_van, settings_of, sign_in, somebody
from tests.web.pagina import read_page

COOKIE = "__Host-huurtoets-sessie"


def _account(client: TestClient) -> int:
    return client.get("/account").status_code


def test_who_gives_name_and_password_is_in_and_sees_the_account(app: Poort, deur: Deur) -> None:
    somebody(deur, "a@voorbeeld.nl", Rol.CONSULENT)
    client = browser(app)
    assert _account(client) == 401
    assert sign_in(client, " A@Voorbeeld.NL ") == 303
    page = read_page(client.get("/account").text)
    assert "a@voorbeeld.nl" in page.one("main").text
    assert "consulent" in page.one("main").text
    assert "Afmelden" in page.one("header").text


def test_the_cookie_says_nothing_goes_nowhere_else_and_no_script_reads_it(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    answer = browser(app).post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD})
    found = {line.partition("=")[0]: line for line in answer.headers.get_list("set-cookie")}
    session = found[COOKIE]
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax; Secure", session)
    assert "HttpOnly" in found["__Host-huurtoets-apparaat"] and "Secure" in found["__Host-huurtoets-apparaat"]


def test_on_this_machine_alone_the_cookie_needs_no_https(opslag: Opslag) -> None:
    settings = settings_of(adres=None)
    deur = deur_van(opslag, settings)
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app_of(deur, settings), adres="http://127.0.0.1", client="127.0.0.1")
    answer = client.post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD})
    session = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("huurtoets-sessie="))
    assert "HttpOnly" in session and "Secure" not in session
    assert _account(client) == 200


@pytest.mark.parametrize("name", ["a", "niemand", "geblokkeerd", "x" * 300, "\x00", "' OR 1=1 --"])
def test_whoever_it_is_that_does_not_get_in_hears_the_same(app: Poort, deur: Deur, name: str) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    somebody(deur, "geblokkeerd", Rol.CONSULENT)
    deur.gebruikers.blokkeer("geblokkeerd", DOOR)
    wrong = EIGEN if name == "a" else WACHTWOORD
    answer = browser(app).post("/aanmelden", data={"naam": name, "wachtwoord": wrong})
    assert answer.status_code == 401
    assert "horen niet bij elkaar" in read_page(answer.text).one("main").text
    assert not answer.headers.get_list("set-cookie")


def test_a_name_that_is_not_there_takes_as_long(deur: Deur) -> None:
    costly = Hasher(PasswordHasher(time_cost=2, memory_cost=16_384, parallelism=1))
    kept = costly.hash(WACHTWOORD)

    def taken(kept: str | None) -> float:
        begin = perf_counter()
        assert not costly.klopt(kept, EIGEN)
        return perf_counter() - begin

    # in turn, and the quickest of each: another process may have the processor for a while
    both = [(taken(kept), taken(None)) for _ in range(9)]
    there, absent = (min(times) for times in zip(*both, strict=True))
    assert 0.5 < absent / there < 2


@pytest.mark.parametrize("given", [{}, {"naam": "a"}, {"naam": " ", "wachtwoord": WACHTWOORD}, {"wachtwoord": "x"}])
def test_a_form_with_nothing_in_it_says_what_to_fill_in(app: Poort, given: dict[str, str]) -> None:
    answer = browser(app).post("/aanmelden", data=given)
    assert answer.status_code == 400
    assert "Vul de naam" in read_page(answer.text).one("main").text


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}, {}],
)
def test_a_form_that_is_not_of_this_page_signs_nobody_in_or_out(
    app: Poort, deur: Deur, headers: dict[str, str]
) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    assert sign_in(client, "a") == 303
    del client.headers["sec-fetch-site"]
    for address in ("/aanmelden", "/afmelden", "/account/wachtwoord", "/account/sessies", "/huurder"):
        form = {"naam": "a", "wachtwoord": WACHTWOORD, "sessie": "alle"}
        assert client.post(address, data=form, headers=headers).status_code == 403, address
    assert _account(client) == 200


def test_an_older_browser_that_names_its_page_is_let_in(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    del client.headers["sec-fetch-site"]
    form = {"naam": "a", "wachtwoord": WACHTWOORD}
    assert client.post("/aanmelden", data=form, headers={"origin": "https://toets.example"}).status_code == 303


def test_a_session_that_was_there_before_is_not_the_one_after(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    client.cookies.set(COOKIE, "gekozen-door-een-ander", domain="toets.example")
    assert sign_in(client, "a") == 303
    first = client.cookies[COOKIE]
    assert first != "gekozen-door-een-ander"
    assert sign_in(client, "a") == 303
    second = client.cookies[COOKIE]
    assert second != first
    with deur.gebruikers._opslag.database.lezen() as session:
        assert len(session.scalars(select(Sessie)).all()) == 1
    old = browser(app)
    old.cookies.set(COOKIE, first, domain="toets.example")
    assert _account(old) == 401


def test_what_the_browser_holds_is_not_what_is_kept(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    sign_in(client, "a")
    with deur.gebruikers._opslag.database.lezen() as session:
        kept = session.scalars(select(Sessie)).one()
        password = session.scalars(select(Gebruiker.wachtwoord)).one()
    assert client.cookies[COOKIE] not in (kept.sleutel, kept.kenmerk)
    stolen = browser(app)
    stolen.cookies.set(COOKIE, kept.sleutel, domain="toets.example")
    assert _account(stolen) == 401
    assert password and password.startswith("$argon2id$") and WACHTWOORD not in password


@pytest.mark.parametrize(
    "terug",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/ /evil", "javascript:alert(1)",
     "/%0d%0aset-cookie:a=b\r\nx:y", "", "evil.example", "/aanmelden?terug=/x", "/" + "a" * 600, "/é", "/\tx", "///x"],
)  # fmt: skip
def test_nobody_is_led_elsewhere_after_signing_in(app: Poort, deur: Deur, terug: str) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    answer = client.post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD, "terug": terug})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert own_path(terug) == "/"
    assert client.get("/aanmelden", params={"terug": terug}).headers["location"] == "/"


def test_who_was_on_the_way_to_a_page_gets_there(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    asked = client.get("/huurder?x=1")
    assert asked.status_code == 401
    back = read_page(asked.text).one("input", name="terug").attributes["value"]
    answer = client.post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD, "terug": back})
    assert answer.headers["location"] == "/huurder?x=1"


def test_nobody_is_told_so_as_a_page_and_as_a_problem(app: Poort) -> None:
    client = browser(app)
    page = client.get("/huurder")
    assert page.status_code == 401
    assert read_page(page.text).one("h1").text == "Aanmelden"
    problem = client.post("/v1/toetsen", json={})
    assert problem.status_code == 401
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["title"] == "Niet aangemeld"
    assert {page.headers["www-authenticate"], problem.headers["www-authenticate"]} == {
        'Cookie realm="Huurtoets", form-action="/aanmelden"'
    }


def test_somebody_without_the_role_is_told_so_as_a_page_and_as_a_problem(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.FIXTEAM)
    client = browser(app)
    sign_in(client, "a")
    page = client.get("/portefeuille")
    assert page.status_code == 403
    assert "geen rol" in read_page(page.text).one("main").text
    problem = client.get("/portefeuille", headers={"accept": "application/json"})
    assert problem.status_code == 403
    assert problem.headers["content-type"] == "application/problem+json"
    assert "/portefeuille" not in read_page(client.get("/").text).one("footer").text


def test_signing_out_ends_it_and_clears_what_the_tab_holds(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    sign_in(client, "a")
    token = client.cookies[COOKIE]
    answer = client.post("/afmelden")
    assert (answer.status_code, answer.headers["location"]) == (303, "/afgemeld")
    assert '"storage"' in answer.headers["clear-site-data"]
    assert COOKIE not in client.cookies
    assert read_page(client.get("/afgemeld").text).one("h1").text == "U bent afgemeld"
    client.cookies.set(COOKIE, token, domain="toets.example")
    assert _account(client) == 401


def test_signing_out_everywhere_ends_every_session(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    somebody(deur, "b", Rol.CONSULENT)
    here, there, other = browser(app), browser(app), browser(app)
    assert [sign_in(client, name) for client, name in ((here, "a"), (there, "a"), (other, "b"))] == [303] * 3
    assert here.post("/account/sessies", data={"sessie": "alle"}).headers["location"] == "/afgemeld"
    assert [_account(client) for client in (here, there, other)] == [401, 401, 200]


def test_one_session_elsewhere_is_ended_and_that_of_another_is_not(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    somebody(deur, "b", Rol.CONSULENT)
    here, there, other = browser(app), browser(app), browser(app)
    for client, name in ((here, "a"), (there, "a"), (other, "b")):
        sign_in(client, name)
    shown = read_page(here.get("/account").text).all("button", name="sessie")
    ids = [button.attributes["value"] for button in shown if button.attributes["value"] != "alle"]
    assert len(ids) == 1
    other.post("/account/sessies", data={"sessie": ids[0]})
    assert _account(there) == 200, "another cannot end it"
    here.post("/account/sessies", data={"sessie": ids[0]})
    assert [_account(client) for client in (here, there, other)] == [200, 401, 200]


def test_a_block_ends_every_session_at_once_and_keeps_out(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    sign_in(client, "a")
    deur.gebruikers.blokkeer("a", DOOR)
    assert _account(client) == 401
    assert sign_in(client, "a") == 401
    deur.gebruikers.geef_vrij("a", DOOR)
    assert _account(client) == 401, "the old session does not come back"
    assert sign_in(client, "a") == 303


def test_other_roles_hold_from_the_next_request_on(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.ADVISEUR)
    client = browser(app)
    sign_in(client, "a")
    assert client.get("/portefeuille").status_code == 200
    deur.gebruikers.geef_rollen("a", [Rol.CONSULENT], DOOR)
    assert client.get("/portefeuille").status_code == 403


def test_a_password_for_once_leads_to_a_password_of_ones_own(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT, eerst=True)
    client = browser(app)
    answer = client.post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD, "terug": "/huurder"})
    assert answer.headers["location"] == "/account"
    assert client.get("/huurder").status_code == 403
    form = {"oud": WACHTWOORD, "nieuw": EIGEN, "herhaald": EIGEN}
    assert client.post("/account/wachtwoord", data=form).status_code == 303
    assert client.get("/huurder").status_code == 200
    assert sign_in(browser(app), "a", WACHTWOORD) == 401


def test_another_password_ends_the_sessions_elsewhere_and_renews_this_one(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    here, there = browser(app), browser(app)
    sign_in(here, "a")
    sign_in(there, "a")
    before = here.cookies[COOKIE]
    form = {"oud": WACHTWOORD, "nieuw": EIGEN, "herhaald": EIGEN}
    assert here.post("/account/wachtwoord", data=form).headers["location"] == "/account?gewijzigd=1"
    assert here.cookies[COOKIE] != before
    assert [_account(here), _account(there)] == [200, 401]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"oud": EIGEN, "nieuw": "kasteel rivier lepel mist", "herhaald": "kasteel rivier lepel mist"}, "klopt niet"),
        ({"oud": WACHTWOORD, "nieuw": EIGEN, "herhaald": "x"}, "niet gelijk"),
        ({"oud": WACHTWOORD, "nieuw": "kort", "herhaald": "kort"}, "te kort"),
        ({"oud": WACHTWOORD, "nieuw": WACHTWOORD, "herhaald": WACHTWOORD}, "al had"),
        ({}, "klopt niet"),
    ],
)
def test_a_password_that_cannot_be_changed_so_says_why(app: Poort, deur: Deur, form: dict[str, str], said: str) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    sign_in(client, "a")
    answer = client.post("/account/wachtwoord", data=form)
    assert answer.status_code == 400
    main = read_page(answer.text).one("main")
    assert said in main.text
    assert WACHTWOORD not in answer.text and EIGEN not in answer.text
    assert _account(client) == 200


def test_guessing_ends_and_says_when_to_come_again(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    codes = [sign_in(client, "a", EIGEN) for _ in range(11)]
    assert codes == [401] * 10 + [429]
    answer = client.post("/aanmelden", data={"naam": "a", "wachtwoord": WACHTWOORD})
    assert answer.status_code == 429, "also with the right one: who guesses learns nothing"
    assert 1 <= int(answer.headers["retry-after"]) <= 1800
    assert [sign_in(browser(app), "niemand", EIGEN) for _ in range(11)] == codes, "a name that is not there too"


def test_guessing_elsewhere_does_not_shut_out_a_browser_that_was_in_before(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    own = browser(app)
    assert sign_in(own, "a") == 303
    own.post("/afmelden")
    guesses = [sign_in(browser(app, client=f"198.51.100.{at}"), "a", EIGEN) for at in range(12)]
    assert guesses[-1] == 429
    assert sign_in(own, "a") == 303


def test_one_address_guesses_at_many_names_for_only_so_long(app: Poort, deur: Deur) -> None:
    codes = [sign_in(browser(app), f"naam-{at}", EIGEN) for at in range(101)]
    assert codes == [401] * 100 + [429]
    assert sign_in(browser(app, client="198.51.100.1"), "naam-0", EIGEN) == 401


def test_who_gets_in_starts_counting_again(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    for _ in range(3):
        client = browser(app)
        assert [sign_in(client, "a", EIGEN) for _ in range(9)] == [401] * 9
        assert sign_in(client, "a") == 303


def test_the_mark_of_a_browser_is_of_one_password() -> None:
    kept = "$argon2id$een"
    made = mark(kept)
    assert is_known(kept, made)
    assert made != mark(kept)
    for other, cookie in ((kept + "x", made), (None, made), (kept, ""), (kept, "."), (kept, made[:-1]), (kept, "é.é")):
        assert not is_known(other, cookie)


def test_a_password_kept_by_older_parameters_is_kept_by_those_of_now(opslag: Opslag) -> None:
    old = deur_van(opslag)
    somebody(old, "a", Rol.CONSULENT)
    new = Hasher(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    deur = deur_van(opslag, hasher=new)
    before = deur.gebruikers.zoek("a")
    assert before and before.wachtwoord and new.verouderd(before.wachtwoord)
    client = browser(app_of(deur))
    assert sign_in(client, "a") == 303
    after = deur.gebruikers.zoek("a")
    assert after and after.wachtwoord and not new.verouderd(after.wachtwoord)
    assert new.klopt(after.wachtwoord, WACHTWOORD)
    client.post("/afmelden")
    assert sign_in(client, "a") == 303


def test_the_log_says_that_and_how_and_never_who_or_with_what(app: Poort, deur: Deur) -> None:
    who = somebody(deur, "a@voorbeeld.nl", Rol.CONSULENT)
    with capture_logs() as logs:
        client = browser(app)
        sign_in(client, "a@voorbeeld.nl", EIGEN)
        sign_in(client, "b@voorbeeld.nl", EIGEN)
        sign_in(client, "a@voorbeeld.nl")
        client.get("/account")
    said = [entry for entry in logs if entry["event"] == "aanmelden"]
    assert [(entry["gelukt"], entry["account"]) for entry in said] == [(False, who.id), (False, ""), (True, who.id)]
    text = repr(logs)
    assert not [part for part in ("voorbeeld.nl", EIGEN, WACHTWOORD, client.cookies[COOKIE]) if part in text]


def test_no_answer_holds_a_secret(app: Poort, deur: Deur) -> None:
    """So that compressing it tells nothing (BREACH)."""
    somebody(deur, "a", Rol.BEHEERDER)
    client = browser(app)
    sign_in(client, "a")
    held = [client.cookies[COOKIE], client.cookies["__Host-huurtoets-apparaat"], WACHTWOORD]
    for address in ("/account", "/", "/huurder", "/aanmelden"):
        assert not [secret for secret in held if secret in client.get(address).text], address


def test_a_page_with_an_account_is_kept_nowhere(app: Poort, deur: Deur) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    client = browser(app)
    sign_in(client, "a")
    assert client.get("/account").headers["cache-control"] == "no-store"


def test_without_a_cookie_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch, app: Poort, deur: Deur) -> None:
    def never(token: str) -> None:
        raise AssertionError("it was looked up")

    monkeypatch.setattr(deur.sessies, "van", never)
    assert browser(app).post("/v1/toetsen", json={}).status_code == 401
    local = browser(app, adres="http://127.0.0.1", client="127.0.0.1")
    assert local.post("/v1/toetsen", json={}).status_code == 200, "directly on this machine nobody signs in"
    assert local.get("/aanmelden").status_code == 200


def test_html_is_what_a_person_asks(app: Poort) -> None:
    assert browser(app).get("/account", headers=HTML).headers["content-type"].startswith("text/html")
