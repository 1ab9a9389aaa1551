"""Signing in with a real provider, in a process of its own."""

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from structlog.testing import capture_logs

from service.basis.instellingen import Instellingen
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag
from service.toegang.aanmeldkeuze import AanmeldkeuzeFout, check_choice, read_provider
from service.toegang.oidc import Reis
from service.toegang.rechten import Rol
from service.toegang.toegangstabellen import Gebruiker
from tests.hulp.aanbieder import Aanbieder, aanbieder, free_port, link_of
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import DOOR, app_of, browser, deur_van, settings_of, somebody
from tests.web.pagina import read_page

TRIP = "__Host-huurtoets-reis"
ROLLEN = "toets=consulent,advies=adviseur,regels=regelbeheerder,controle=controller"
MENSEN: Mapping[str, Mapping[str, object]] = {
    "anna": {
        "email": "anna@voorbeeld.nl",
        "preferred_username": "Anna@voorbeeld.nl",
        "roles": ["toets", "advies", "x"],
    },
    "bert": {"email": "bert@voorbeeld.nl", "roles": "toets"},
    "niets": {"email": "niets@voorbeeld.nl", "roles": ["iets anders"]},
    "beide": {"email": "beide@voorbeeld.nl", "roles": ["regels", "controle"]},
    "nest": {"realm_access": {"roles": ["toets"]}, "organisatie": "steenwijkerland/loket"},
    "elders": {"realm_access": {"roles": ["toets"]}, "organisatie": "nergens"},
}


@pytest.fixture(scope="module")
def dienst() -> Iterator[Aanbieder]:
    with aanbieder(**MENSEN) as found:
        yield found


def _settings(found: Aanbieder, **more: object) -> Instellingen:
    own: dict[str, object] = {
        "oidc_uitgever": found.adres,
        "oidc_client": "huurtoets",
        "oidc_geheim": "geheim",
        "oidc_rollen": ROLLEN,
        "oidc_organisatie": "steenwijkerland",
    }
    return settings_of(**(own | more))


def _browser(opslag: Opslag, found: Aanbieder, **more: object) -> TestClient:
    settings = _settings(found, **more)
    return browser(app_of(deur_van(opslag, settings), settings))


def _away(client: TestClient, terug: str = "/huurder") -> str:
    answer = client.get("/aanmelden/dienst", params={"terug": terug})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def _back(client: TestClient, query: Mapping[str, str]) -> httpx.Response:
    # a browser comes back from another site
    return client.get("/aanmelden/terug", params=dict(query), headers={"sec-fetch-site": "cross-site"})


def test_somebody_signs_in_there_and_is_in_here(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    page = client.get("/huurder")
    assert page.status_code == 401
    answer = client.get(link_of(page.text))
    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and len(asked["code_challenge"][0]) == 43
    assert asked["redirect_uri"] == ["https://toets.example/aanmelden/terug"]
    assert asked["response_type"] == ["code"] and "openid" in asked["scope"][0]
    assert len(asked["state"][0]) >= 32 and len(asked["nonce"][0]) >= 20
    back = _back(client, dienst.aanmelden(answer.headers["location"], "anna"))
    assert (back.status_code, back.headers["location"]) == (303, "/huurder")
    main = read_page(client.get("/account").text).one("main").text
    assert "anna@voorbeeld.nl" in main and "adviseur, consulent" in main and "Steenwijkerland" in main
    assert TRIP not in client.cookies
    assert client.get("/portefeuille").status_code == 200


def test_the_account_is_made_once_and_follows_the_provider(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    for _ in range(2):
        _back(client, dienst.aanmelden(_away(client), "anna"))
    with opslag.database.lezen() as session:
        account = session.scalars(select(Gebruiker)).one()
        entries = session.scalars(select(Boeking.wat)).all()
    assert (account.uitgever, account.onderwerp, account.wachtwoord) == (dienst.adres, "anna", None)
    assert entries == ["gebruiker-gemaakt"]
    other = _browser(opslag, dienst, oidc_rollen="toets=auditor")
    _back(other, dienst.aanmelden(_away(other), "anna"))
    with opslag.database.lezen() as session:
        assert session.scalars(select(Gebruiker.rollen)).one() == "auditor"
        assert session.scalars(select(Boeking.wat)).all() == ["gebruiker-gemaakt", "gebruiker-rollen"]
    assert other.get("/portefeuille").status_code == 403


def test_who_has_no_role_there_any_more_gets_in_no_more(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    _back(client, dienst.aanmelden(_away(client), "bert"))
    assert client.get("/account").status_code == 200
    none = _browser(opslag, dienst, oidc_rollen="weg=consulent")
    answer = _back(none, dienst.aanmelden(_away(none), "bert"))
    assert answer.status_code == 403
    assert "nog geen rol" in read_page(answer.text).one("main").text
    assert client.get("/huurder").status_code == 403, "and what was open has no role either"


@pytest.mark.parametrize(("sub", "said"), [("niets", "nog geen rol"), ("beide", "twee mensen")])
def test_somebody_with_no_role_or_with_two_that_clash_is_refused(
    opslag: Opslag, dienst: Aanbieder, sub: str, said: str
) -> None:
    client = _browser(opslag, dienst)
    answer = _back(client, dienst.aanmelden(_away(client), sub))
    assert answer.status_code == 403
    assert said in read_page(answer.text).one("main").text
    assert client.get("/account").status_code == 401
    with opslag.database.lezen() as session:
        assert session.scalars(select(Gebruiker)).all() == []


def test_a_blocked_account_stays_out(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    _back(client, dienst.aanmelden(_away(client), "anna"))
    deur_van(opslag).gebruikers.blokkeer("anna@voorbeeld.nl", DOOR)
    assert client.get("/account").status_code == 401
    assert _back(client, dienst.aanmelden(_away(client), "anna")).status_code == 403


def test_a_name_that_was_taken_here_is_not_taken_over(opslag: Opslag, dienst: Aanbieder) -> None:
    here = somebody(deur_van(opslag), "anna@voorbeeld.nl", Rol.BEHEERDER)
    client = _browser(opslag, dienst)
    _back(client, dienst.aanmelden(_away(client), "anna"))
    with opslag.database.lezen() as session:
        found = {account.naam: account for account in session.scalars(select(Gebruiker))}
    assert found["anna@voorbeeld.nl"].kenmerk == here.id and found["anna@voorbeeld.nl"].rollen == "beheerder"
    assert found[f"anna@{dienst.adres}"].rollen == "adviseur,consulent"
    assert found[f"anna@{dienst.adres}"].persoon == found["anna@voorbeeld.nl"].persoon, "one person, and it shows"


def test_roles_and_organisation_come_from_where_the_settings_say(opslag: Opslag, dienst: Aanbieder) -> None:
    settings = {"oidc_rolclaim": "realm_access.roles", "oidc_organisatieclaim": "organisatie", "oidc_organisatie": None}
    client = _browser(opslag, dienst, **settings)
    _back(client, dienst.aanmelden(_away(client), "nest"))
    main = read_page(client.get("/account").text).one("main").text
    assert "Steenwijkerland, loket" in main and "consulent" in main
    other = _browser(opslag, dienst, **settings)
    answer = _back(other, dienst.aanmelden(_away(other), "elders"))
    assert answer.status_code == 403
    assert "bij welke organisatie" in read_page(answer.text).one("main").text


def _forged(client: TestClient, query: dict[str, str], how: str) -> dict[str, str]:
    cookie = client.cookies[TRIP]
    trip = json.loads(base64.urlsafe_b64decode(cookie))
    if how == "no cookie":
        del client.cookies[TRIP]
    elif how == "another state":
        query["state"] = "x" + query["state"][1:]
    elif how == "no state":
        del query["state"]
    elif how == "no code":
        del query["code"]
    elif how == "another code":
        query["code"] = "zelfbedacht"
    elif how == "another issuer":
        query["iss"] = "https://evil.example"
    elif how in ("nonce", "verifier"):
        changed = Reis(**(trip | {how: "x" * 48}))
        client.cookies.set(TRIP, changed.as_cookie(), domain="toets.example")
    elif how == "no JSON":
        client.cookies.set(TRIP, base64.urlsafe_b64encode(b"[]").decode(), domain="toets.example")
    return query


@pytest.mark.parametrize(
    "how",
    ["no cookie", "another state", "no state", "no code", "another code", "another issuer", "nonce", "no JSON"],
)
def test_what_was_changed_on_the_way_signs_nobody_in(opslag: Opslag, dienst: Aanbieder, how: str) -> None:
    client = _browser(opslag, dienst)
    query = dienst.aanmelden(_away(client), "anna")
    answer = _back(client, _forged(client, query, how))
    assert answer.status_code == 400, how
    assert "Begin opnieuw" in answer.text or "Vraag beheer" in answer.text
    assert client.get("/account").status_code == 401
    with opslag.database.lezen() as session:
        assert session.scalars(select(Gebruiker)).all() == []


@pytest.mark.parametrize("claim", ["aud", "iss", "nonce"])
def test_a_token_for_another_client_signs_nobody_in(opslag: Opslag, dienst: Aanbieder, claim: str) -> None:
    """The provider signed it, for somebody, some service or some attempt that is not this one."""
    settings = _settings(dienst)
    deur = deur_van(opslag, settings)
    client = browser(app_of(deur, settings))
    query = dienst.aanmelden(_away(client), "anna")
    assert deur.oidc
    own = deur.oidc.uitgever
    whole = deur.oidc._claims

    async def as_another(code: str, trip: Reis, redirect: str) -> Mapping[str, object]:
        app = await deur.oidc._provider()  # type: ignore[union-attr]
        fetch = app.fetch_access_token

        async def fetched(**given: object) -> Mapping[str, object]:
            token: Mapping[str, object] = await fetch(**given)
            other = {"aud": {"client": "ander"}, "iss": {"adres": "https://ander.example"}}.get(claim, {})
            deur.oidc.uitgever = replace(own, **other)  # type: ignore[union-attr]
            return token

        app.fetch_access_token = fetched
        return await whole(code, replace(trip, nonce="ander") if claim == "nonce" else trip, redirect)

    deur.oidc._claims = as_another  # type: ignore[method-assign]
    answer = _back(client, query)
    assert answer.status_code == 400
    assert "niet te vertrouwen" in read_page(answer.text).one("main").text


def test_an_answer_is_good_for_once(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    url = _away(client)
    cookie = client.cookies[TRIP]
    query = dienst.aanmelden(url, "anna")
    assert _back(client, query).status_code == 303
    again = _browser(opslag, dienst)
    again.cookies.set(TRIP, cookie, domain="toets.example")
    assert _back(again, query).status_code == 400


def test_the_place_to_go_to_is_a_page_of_the_service_whatever_the_cookie_says(
    opslag: Opslag, dienst: Aanbieder
) -> None:
    client = _browser(opslag, dienst)
    query = dienst.aanmelden(_away(client, "//evil.example"), "anna")
    assert _back(client, query).headers["location"] == "/"
    query = dienst.aanmelden(_away(client), "anna")
    trip = Reis.read(client.cookies[TRIP])
    assert trip
    forged = Reis(trip.state, trip.nonce, trip.verifier, "https://evil.example/")
    client.cookies.set(TRIP, forged.as_cookie(), domain="toets.example")
    assert _back(client, query).headers["location"] == "/"


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ({"error": "access_denied", "error_description": "<b>nee</b>"}, 403, "geen toestemming"),
        ({"error": "server_error", "error_description": "geheim"}, 400, "niet aangemeld"),
        ({"error": "<script>"}, 400, "niet aangemeld"),
    ],
)
def test_a_refusal_of_the_provider_is_said_in_our_own_words(
    opslag: Opslag, dienst: Aanbieder, query: dict[str, str], status: int, said: str
) -> None:
    client = _browser(opslag, dienst)
    state = parse_qs(urlsplit(_away(client)).query)["state"][0]
    answer = _back(client, query | {"state": state})
    assert answer.status_code == status
    assert said in read_page(answer.text).one("main").text
    assert not [text for text in query.values() if text in answer.text]


def test_who_says_no_there_hears_it_here(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    url = _away(client)
    answer = dienst.weigeren(url)
    state = parse_qs(urlsplit(url).query)["state"][0]
    assert answer["error"] == "access_denied"
    assert _back(client, {"state": state} | answer).status_code == 403


def test_another_key_of_the_provider_is_fetched_when_it_is_first_used(opslag: Opslag) -> None:
    port = free_port()
    with aanbieder(port, **MENSEN) as first:
        client = _browser(opslag, first)
        assert _back(client, first.aanmelden(_away(client), "anna")).status_code == 303
    with aanbieder(port, **MENSEN) as second:
        assert _back(client, second.aanmelden(_away(client), "anna")).status_code == 303


@pytest.mark.parametrize(("lasts", "status"), [(-60, 303), (-300, 400)])
def test_clocks_may_differ_a_little(opslag: Opslag, lasts: int, status: int) -> None:
    with aanbieder(levensduur=lasts, **MENSEN) as found:
        client = _browser(opslag, found)
        assert _back(client, found.aanmelden(_away(client), "anna")).status_code == status


def test_a_provider_that_is_away_is_said_and_comes_back(opslag: Opslag) -> None:
    port = free_port()
    settings = _settings(Aanbieder(port))
    client = browser(app_of(deur_van(opslag, settings), settings))
    with capture_logs() as logs:
        answer = client.get("/aanmelden/dienst")
    assert answer.status_code == 503
    assert "niet te bereiken" in read_page(answer.text).one("main").text
    assert not [entry for entry in logs if entry["event"] == "incident"]
    assert client.get("/aanmelden").status_code == 200, "a password still works"
    assert client.get("/afgemeld").status_code == 200
    with aanbieder(port, **MENSEN) as found:
        assert _back(client, found.aanmelden(_away(client), "anna")).status_code == 303


def test_a_provider_that_calls_itself_otherwise_is_not_believed(opslag: Opslag, dienst: Aanbieder) -> None:
    settings = _settings(dienst, oidc_uitgever=dienst.adres.replace("127.0.0.1", "localhost"))
    client = browser(app_of(deur_van(opslag, settings), settings))
    answer = client.get("/aanmelden/dienst")
    # it answers by the name it was called by, so that of the settings is made another
    assert answer.status_code == 302
    slash = _settings(dienst, oidc_uitgever=dienst.adres + "/")
    client = browser(app_of(deur_van(opslag, slash), slash))
    answer = client.get("/aanmelden/dienst")
    assert answer.status_code == 503
    assert "noemt zichzelf anders" in answer.text


def test_signing_out_shows_where_to_sign_out_there(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    _back(client, dienst.aanmelden(_away(client), "anna"))
    client.post("/afmelden")
    links = [link.attributes.get("href") for link in read_page(client.get("/afgemeld").text).all("a")]
    assert f"{dienst.adres}/oauth2/end_session" in links


def test_the_log_says_nothing_of_who_or_what_came(opslag: Opslag, dienst: Aanbieder) -> None:
    client = _browser(opslag, dienst)
    with capture_logs() as logs:
        query = dienst.aanmelden(_away(client), "anna")
        _back(client, query)
        _back(client, query)
    text = repr(logs)
    assert not [part for part in ("anna", query["code"], query["state"], "geheim") if part in text]


def test_without_a_provider_there_is_no_way_to_one(opslag: Opslag) -> None:
    client = browser(app_of(deur_van(opslag)))
    assert client.get("/aanmelden/dienst").status_code == 404
    assert client.get("/aanmelden/terug?code=x&state=y").status_code == 404
    assert "/aanmelden/dienst" not in client.get("/aanmelden").text


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"oidc_client": None}, "HUURTOETS_OIDC_CLIENT"),
        ({"oidc_rollen": None}, "HUURTOETS_OIDC_ROLLEN"),
        ({"oidc_uitgever": None}, "HUURTOETS_OIDC_UITGEVER"),
        ({"oidc_uitgever": "http://id.example"}, "https://"),
        ({"oidc_uitgever": "id.example"}, "https://"),
        ({"oidc_rollen": "toets"}, "WAARDE=ROL"),
        ({"oidc_rollen": "toets=tovenaar"}, "consulent"),
        ({"oidc_rollen": "=consulent"}, "WAARDE=ROL"),
        ({"oidc_organisatie": "nergens"}, "HUURTOETS_OIDC_ORGANISATIE"),
        ({"oidc_organisatie": None}, "HUURTOETS_OIDC_ORGANISATIE"),
        ({"adres": "http://toets.example"}, "https"),
        ({"adres": "toets.example"}, "HUURTOETS_ADRES"),
        ({"adres": None, "proxy": "127.0.0.1"}, "HUURTOETS_ADRES"),
    ],
)
def test_settings_with_which_nobody_can_sign_in_are_named(settings: dict[str, object], said: str) -> None:
    base = _settings(Aanbieder(1), oidc_uitgever="https://id.example")
    wrong = base.model_copy(update=settings)
    with pytest.raises(AanmeldkeuzeFout, match=said):
        check_choice(wrong, PAKKET.eigenaren)


def test_a_claim_that_is_an_address_is_taken_whole_and_a_value_may_hold_an_equals_sign() -> None:
    settings = _settings(Aanbieder(1), oidc_rolclaim="https://x.example/rollen", oidc_rollen="cn=toets=consulent")
    found = read_provider(settings, PAKKET.eigenaren)
    assert found is not None
    assert found.rolclaim == ("https://x.example/rollen",)
    assert found.rollen == {"cn=toets": Rol.CONSULENT}
