"""Every route says who may use it, and nobody passes without the right that it asks for."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.testclient import TestClient
from starlette.routing import Route
from typer.testing import CliRunner

from service.app import create_app
from service.basis.dienst import undecided
from service.basis.instellingen import Instellingen, instellingen
from service.basis.rechtstreeks import came_directly
from service.opdracht.commando import app as opdracht
from service.toegang.rechten import WIE_MAG, Recht, Rol
from service.toegang.wacht import (
    Beschermd,
    NietAangemeld,
    NietVerklaard,
    ToegangFout,
    Vereist,
    Wacht,
    check_declared,
    declared,
    mag,
    own_page,
)
from service.toegang.wie import NIEMAND, Wie
from tests.hulp.geladen import PAKKET
from tests.hulp.lus import in_een_lus
from tests.web.pagina import read_page

HTML = {"accept": "text/html"}
PASSED_ON = [
    {"x-forwarded-for": "203.0.113.5"},
    {"x-forwarded-proto": "https"},
    {"x-forwarded-host": "toets.example"},
    {"X-Forwarded-Anything": "1"},
    {"forwarded": "for=203.0.113.5"},
    {"via": "1.1 proxy"},
    {"x-real-ip": "127.0.0.1"},
]


def _app(**settings: object) -> TestClient:
    app = create_app(PAKKET, Instellingen(**settings))  # type: ignore[arg-type]
    return TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)


def _scope(headers: Mapping[str, str], client: tuple[str, int] | None = ("127.0.0.1", 9)) -> dict[str, object]:
    return {
        "type": "http",
        "client": client,
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }


def test_a_route_that_says_nothing_stops_the_start_and_is_named() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter()
    router.get("/stil")(lambda: 1)
    app.include_router(router, prefix="/x")
    with pytest.raises(NietVerklaard, match="GET /x/stil"):
        check_declared(app.routes)


def test_a_route_of_another_kind_says_it_too_or_stops_the_start() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.router.routes.append(Route("/los", lambda request: request))
    app.mount("/bak", app=FastAPI())
    with pytest.raises(NietVerklaard, match=r"/los.*/bak"):
        check_declared(app.routes)


def test_a_dependency_that_is_no_right_says_nothing() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter(dependencies=[Depends(lambda: Recht.VRIJ)])
    router.get("/bijna")(lambda: 1)
    app.include_router(router)
    with pytest.raises(NietVerklaard, match="/bijna"):
        check_declared(app.routes)


def test_router_and_route_declare_together() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter()
    router.get("/x", dependencies=[mag(Recht.GROOTBOEK)])(lambda: 1)
    app.include_router(router, dependencies=[mag(Recht.REGELS_INZIEN)])
    assert list(declared(app.routes)) == [("/x", {"GET"}, {Recht.GROOTBOEK, Recht.REGELS_INZIEN})]


def test_the_service_does_not_start_with_a_route_that_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter()
    router.get("/stil")(lambda: 1)
    monkeypatch.setattr("service.app.over", lambda contact: router)
    # declared by its including router, so still fine
    create_app(PAKKET, Instellingen())
    monkeypatch.setattr("service.app.mag", lambda recht: Depends(lambda: None))
    with pytest.raises(NietVerklaard, match="GET /stil"):
        create_app(PAKKET, Instellingen())


@pytest.mark.parametrize("headers", PASSED_ON, ids=lambda headers: next(iter(headers)))
@pytest.mark.parametrize("path", ["/", "/gezond", "/v1/openapi.json", "/static/invoer.js"])
def test_what_was_passed_on_is_refused_until_a_choice_was_made(path: str, headers: Mapping[str, str]) -> None:
    client = _app()
    assert client.get(path).status_code == 200
    answer = client.get(path, headers=headers)
    assert answer.status_code == 403
    assert "HUURTOETS_TOEGANG" in answer.json()["detail"]
    page = client.get(path, headers={**headers, **HTML})
    assert page.status_code == 403
    if not path.startswith("/v1"):
        assert "HUURTOETS_TOEGANG" in read_page(page.text).one("main").text


@pytest.mark.parametrize("host", ["203.0.113.1", "10.0.0.8", "2001:db8::1", "::ffff:192.0.2.1"])
def test_another_address_is_refused_until_a_choice_was_made(host: str) -> None:
    for settings, status in (({}, 403), ({"toegang": "open"}, 200)):
        app = create_app(PAKKET, Instellingen(**settings))  # type: ignore[arg-type]
        client = TestClient(app, base_url="http://127.0.0.1", client=(host, 1))
        assert client.post("/v1/toetsen", json={}).status_code == status


def test_another_name_is_refused_until_a_choice_was_made() -> None:
    for settings, status in (({}, 403), ({"toegang": "open"}, 200)):
        app = create_app(PAKKET, Instellingen(hosts="toets.example,127.0.0.1", **settings))  # type: ignore[arg-type]
        assert TestClient(app, base_url="http://toets.example").get("/gezond").status_code == status


@pytest.mark.parametrize(
    ("headers", "client", "directly"),
    [
        ({"host": "127.0.0.1:8000"}, ("127.0.0.1", 1), True),
        ({"host": "LocalHost"}, ("::1", 1), True),
        ({"host": "[::1]:8000"}, ("::1", 1), True),
        ({"host": "127.0.0.1"}, None, False),
        ({}, ("127.0.0.1", 1), False),
        ({"host": "127.0.0.1.example"}, ("127.0.0.1", 1), False),
        ({"host": "127.0.0.1"}, ("192.168.1.2", 1), False),
    ],
)
def test_a_request_came_directly(headers: Mapping[str, str], client: tuple[str, int] | None, directly: bool) -> None:
    assert came_directly(_scope(headers, client)) is directly


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "toets.example", ""])
def test_another_address_to_listen_on_asks_for_a_choice(host: str) -> None:
    assert "HUURTOETS_TOEGANG" in undecided(host, Instellingen())
    assert undecided(host, Instellingen(toegang="open")) == ""


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "HUURTOETS_TOEGANG"),
        ({"HUURTOETS_TOEGANG": "aanmelden"}, "HUURTOETS_ADRES"),
        ({"HUURTOETS_TOEGANG": "aanmelden", "HUURTOETS_ADRES": "http://toets.example"}, "https"),
        ({"HUURTOETS_TOEGANG": "aanmelden", "HUURTOETS_ADRES": "https://a.example", "HUURTOETS_OIDC_CLIENT": "x"},
         "HUURTOETS_OIDC_UITGEVER"),
        ({"HUURTOETS_TOEGANG": "iedereen"}, "HUURTOETS_TOEGANG"),
    ],
)  # fmt: skip
def test_the_service_does_not_start_before_a_choice_that_can_be_used(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], said: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("service.basis.dienst.serve", lambda *given, **more: pytest.fail("it started"))
    instellingen.cache_clear()
    answer = CliRunner().invoke(opdracht, ["start", "--host", "0.0.0.0", "--port", "9"])
    instellingen.cache_clear()
    assert (answer.exit_code, said in answer.output) == (2, True), answer.output


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.1.2.3"])
def test_this_machine_asks_for_no_choice(host: str) -> None:
    assert undecided(host, Instellingen()) == ""


def test_an_open_service_checks_one_household_and_no_portfolio() -> None:
    client = _app(toegang="open")
    assert client.post("/huurder", data={}).status_code == 200
    answer = client.get("/portefeuille", headers=HTML)
    assert answer.status_code == 403
    assert "één huishouden" in read_page(answer.text).one("main").text


def test_the_short_way_of_a_check_asks_the_guard_too() -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("it passed")

    guarded = Beschermd(app, Recht.GROOTBOEK, Wacht("open"))
    with pytest.raises(ToegangFout):
        in_een_lus(guarded, _scope({}), None, None)


async def _as(who: Wie, recht: Recht, **headers: str) -> Wie:
    async def recognise(request: Request) -> Wie:
        return who

    scope = _scope({"host": "toets.example", **headers})
    return await Wacht("aanmelden", recognise).laat_door(Request(scope), recht)  # type: ignore[arg-type]


def _somebody(*rollen: Rol, moet_wijzigen: bool = False) -> Wie:
    return Wie("1", "a", "a", frozenset(rollen), moet_wijzigen=moet_wijzigen)


@pytest.mark.parametrize("recht", Recht)
@pytest.mark.parametrize("rol", Rol)
def test_a_role_may_what_the_table_says_and_nothing_else(rol: Rol, recht: Recht) -> None:
    if rol in WIE_MAG[recht]:
        assert in_een_lus(_as, _somebody(rol), recht) in (_somebody(rol), NIEMAND)
        return
    with pytest.raises(ToegangFout, match="geen rol"):
        in_een_lus(_as, _somebody(rol), recht)


@pytest.mark.parametrize("recht", [recht for recht in Recht if recht is not Recht.VRIJ])
def test_who_did_not_sign_in_is_asked_to(recht: Recht) -> None:
    with pytest.raises(NietAangemeld):
        in_een_lus(_as, NIEMAND, recht)


@pytest.mark.parametrize("recht", [recht for recht in Recht if recht not in (Recht.VRIJ, Recht.EIGEN_ACCOUNT)])
def test_an_account_without_a_role_may_nothing_but_look_after_itself(recht: Recht) -> None:
    with pytest.raises(ToegangFout):
        in_een_lus(_as, _somebody(), recht)


def test_who_has_to_choose_a_password_does_that_first() -> None:
    who = _somebody(*Rol, moet_wijzigen=True)
    with pytest.raises(ToegangFout, match="wachtwoord"):
        in_een_lus(_as, who, Recht.TOETSEN)


def test_the_roles_that_enter_do_not_approve() -> None:
    assert WIE_MAG[Recht.REGELS_INVOEREN].isdisjoint(WIE_MAG[Recht.REGELS_GOEDKEUREN])


def test_every_right_stands_in_the_table_and_only_three_ask_for_nobody() -> None:
    assert set(WIE_MAG) == set(Recht)
    nobody = Wacht("aanmelden")
    free = {recht for recht in Recht if nobody.zonder(recht, _scope({"host": "127.0.0.1"}))}
    assert free == {Recht.VRIJ, Recht.TOETSEN, Recht.PORTEFEUILLE}
    assert {recht for recht in Recht if nobody.zonder(recht, _scope({"host": "toets.example"}))} == {Recht.VRIJ}
    assert {recht for recht in Recht if Wacht("open").zonder(recht, _scope({}))} == {Recht.VRIJ, Recht.TOETSEN}


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "cross-site", "origin": "https://toets.example"}, False),
        ({"origin": "https://toets.example"}, True),
        ({"origin": "https://toets.example.evil.example"}, False),
        ({"origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_has_to_say_that_it_is_of_this_service(headers: Mapping[str, str], own: bool) -> None:
    assert own_page(_scope({"host": "toets.example", **headers})) is own


def test_the_dependency_gives_who_is_asking() -> None:
    assert isinstance(mag(Recht.VRIJ).dependency, Vereist)


def _documented() -> dict[str, set[str]]:
    """What docs/beheer.md says that each role may, by right."""
    text = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")
    lines = text[text.index("### What a role may") :].splitlines()
    head = next(line for line in lines if line.startswith("| Right |"))
    roles = re.findall(r"`(\w+)`", head)
    found: dict[str, set[str]] = {}
    for line in lines:
        if match := re.match(r"\| `(\w+\.\w+)`[^|]*\|(.*)\|$", line):
            said = [cell.strip() for cell in match[2].split("|")]
            assert len(said) == len(roles) and set(said) <= {"ja", "nee"}, line
            found[match[1]] = {role for role, word in zip(roles, said, strict=True) if word == "ja"}
    return found


def test_the_table_is_the_one_that_the_operator_reads() -> None:
    assert {str(recht): {str(rol) for rol in rollen} for recht, rollen in WIE_MAG.items()} == _documented()
