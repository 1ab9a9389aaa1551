"""Every route there is, for every role and for nobody: who may gets an answer, and nobody else does."""

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute

from service.app import create_app
from service.basis.instellingen import Instellingen
from service.basis.poort import Poort
from service.opslag.opslag import Opslag
from service.toegang.deur import Deur
from service.toegang.rechten import WIE_MAG, Recht, Rol
from service.toegang.wacht import declared
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import app_of, browser, sign_in, somebody

# asked last: after it nobody is signed in
_ENDS = ("/afmelden", "/account/sessies")
Route = tuple[str, str, frozenset[Recht]]


def with_routes(make: Callable[[], Poort]) -> tuple[Poort, list[Route]]:
    """An application, and every route that it has: as the check at its start sees them."""
    seen: list[BaseRoute] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("service.app.check_declared", lambda routes: seen.extend(routes))
        app = make()
    return app, routes_of(seen)


def routes_of(routes: list[BaseRoute]) -> list[Route]:
    """Method, address and rights of every route, with something in the place of each parameter."""
    found = [
        (method, re.sub(r"\{[^}]*\}", "x", path) + ("/invoer.js" if path == "/static" else ""), rights)
        for path, methods, rights in declared(routes)
        for method in sorted(methods - {"HEAD"})
    ]
    return sorted(found, key=lambda route: (route[1] in _ENDS, route[1], route[0]))


def _ask(client: TestClient, method: str, path: str) -> int:
    return client.request(method, path, headers={"accept": "application/json"}).status_code


@pytest.fixture
def walked(deur: Deur) -> tuple[Poort, list[Route]]:
    app, found = with_routes(lambda: app_of(deur))
    assert len(found) > 35
    assert {"/v1/toetsen", "/v1/openapi.json", "/gezond", "/static/invoer.js", "/portefeuille", "/account"} <= {
        path for _, path, _ in found
    }
    return app, found


def test_nobody_gets_what_is_free_and_nothing_else(walked: tuple[Poort, list[Route]]) -> None:
    app, routes = walked
    client = browser(app)
    for method, path, rights in routes:
        status = _ask(client, method, path)
        if rights == {Recht.VRIJ}:
            assert status not in (401, 403), f"{method} {path}: {status}"
        else:
            assert status == 401, f"{method} {path}: {status}"


@pytest.mark.parametrize("rol", Rol)
def test_a_role_gets_what_the_table_says_and_nothing_else(
    walked: tuple[Poort, list[Route]], deur: Deur, rol: Rol
) -> None:
    app, routes = walked
    somebody(deur, "iemand", rol)
    client = browser(app)
    assert sign_in(client, "iemand") == 303
    for method, path, rights in routes:
        status = _ask(client, method, path)
        if all(rol in WIE_MAG[right] for right in rights):
            assert status not in (401, 403) and status < 500, f"{method} {path} as {rol}: {status}"
        else:
            assert status == 403, f"{method} {path} as {rol}: {status}"


def test_an_account_without_a_role_gets_its_own_page_and_what_is_free(
    walked: tuple[Poort, list[Route]], deur: Deur
) -> None:
    app, routes = walked
    somebody(deur, "iemand")
    client = browser(app)
    assert sign_in(client, "iemand") == 303
    for method, path, rights in routes:
        status = _ask(client, method, path)
        free = rights <= {Recht.VRIJ, Recht.EIGEN_ACCOUNT}
        assert (status != 403) is free, f"{method} {path}: {status}"


@pytest.mark.parametrize("toegang", [None, "open"])
def test_where_nobody_signs_in_only_what_stores_nothing_is_there(toegang: str | None) -> None:
    settings = Instellingen(toegang=toegang)  # type: ignore[arg-type]
    app, routes = with_routes(lambda: create_app(PAKKET, settings))
    client = browser(app, adres="http://127.0.0.1", client="127.0.0.1")
    assert not [path for _, path, _ in routes if path.startswith(("/account", "/aanmelden"))]
    allowed = {Recht.VRIJ, Recht.TOETSEN} | ({Recht.PORTEFEUILLE} if toegang is None else set())
    for method, path, rights in routes:
        status = _ask(client, method, path)
        assert (status != 403) is (rights <= allowed), f"{method} {path}: {status}"
        assert status != 401, f"{method} {path}"


def test_a_wrong_or_old_cookie_is_nobody(app: Poort) -> None:
    client = browser(app)
    for cookie in ("x", "a" * 43, "%00", "é", '"'):
        raw = cookie.encode().decode("latin-1")
        answer = client.get("/account", headers={"cookie": f"__Host-huurtoets-sessie={raw}".encode("latin-1")})  # type: ignore[dict-item]
        assert answer.status_code == 401, cookie


def test_a_method_that_a_route_does_not_have_tells_nobody_anything(app: Poort, deur: Deur) -> None:
    client = browser(app)
    for path in ("/account", "/portefeuille", "/account/wachtwoord"):
        assert client.request("DELETE", path).status_code == 405


def test_without_a_database_nobody_signs_in_and_what_stores_nothing_works(opslag: Opslag, deur: Deur) -> None:
    """The database goes away while the service runs."""
    somebody(deur, "iemand", Rol.CONSULENT)
    app = app_of(deur)
    client = browser(app)
    assert sign_in(client, "iemand") == 303
    with opslag.database.verbouwen() as connection:
        connection.exec_driver_sql("ALTER TABLE sessie RENAME TO weg")
    assert client.get("/huurder").status_code == 503
    local = browser(app, adres="http://127.0.0.1", client="127.0.0.1")
    assert local.post("/v1/toetsen", json={}).status_code == 200
    assert local.get("/huurder").status_code == 200
    assert client.get("/gezond").status_code == 200
