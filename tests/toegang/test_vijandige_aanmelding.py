"""Hostile posts on the pages of signing in: no fault of the service, and nobody gets in."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from service.basis.poort import Poort
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag
from service.toegang.deur import Deur
from service.toegang.rechten import Rol
from service.toegang.toegangstabellen import Gebruiker, Sessie
from tests.hulp import vijandig_ingang
from tests.hulp.ingang import app_of, browser, deur_van, settings_of, sign_in, somebody
from tests.hulp.vijandig import Request

BATCH = 100
LONG = pytest.mark.traag
MAKERS = [vijandig_ingang.post, vijandig_ingang.callback]


def _seeds(sample: int, whole: int) -> list[object]:
    return [seed if seed < sample else pytest.param(seed, marks=LONG) for seed in range(whole)]


@pytest.fixture
def with_provider(opslag: Opslag) -> tuple[Poort, Deur]:
    settings = settings_of(
        aanmeldpogingen=1_000, oidc_uitgever="http://127.0.0.1:9", oidc_client="x", oidc_rollen="a=auditor",
        oidc_organisatie="steenwijkerland",
    )  # fmt: skip
    deur = deur_van(opslag, settings)
    return app_of(deur, settings), deur


def _kept(opslag: Opslag) -> tuple[object, ...]:
    with opslag.database.lezen() as session:
        accounts = session.execute(select(Gebruiker.kenmerk, Gebruiker.wachtwoord, Gebruiker.rollen)).all()
        return sorted(map(tuple, accounts)), len(session.scalars(select(Boeking.nummer)).all())


@pytest.mark.parametrize("make", MAKERS, ids=["post", "callback"])
@pytest.mark.parametrize("seed", _seeds(1, 25))
def test_whatever_is_sent_is_answered_and_lets_nobody_in(
    with_provider: tuple[Poort, Deur], opslag: Opslag, make: Callable[[random.Random], Request], seed: int
) -> None:
    app, deur = with_provider
    somebody(deur, "beheer", Rol.BEHEERDER)
    before = _kept(opslag)
    rng, codes = random.Random(seed), Counter[int]()
    with capture_logs() as logs:
        for number in range(BATCH):
            path, body, headers = make(rng)
            client = browser(app)
            raw = [(name, value.encode("latin-1", "replace")) for name, value in headers.items()]
            del client.headers["sec-fetch-site"]
            method = "POST" if make is vijandig_ingang.post else "GET"
            answer = client.request(method, path, content=body, headers=raw)  # type: ignore[arg-type]
            where = f"seed {seed}, number {number}: {path} gave {answer.status_code}"
            assert answer.status_code < 500, where
            location = answer.headers.get("location", "/")
            assert location.startswith("/") and not location.startswith(("//", "/\\")), where
            held = [line for line in answer.headers.get_list("set-cookie") if "Max-Age=0" not in line]
            assert not held, where
            codes[answer.status_code] += 1
    assert not [entry for entry in logs if entry["event"] not in ("verzoek", "aanmelden", "aanmelddienst")]
    assert _kept(opslag) == before
    with opslag.database.lezen() as session:
        assert session.scalars(select(Sessie)).all() == []
    assert set(codes) <= {303, 400, 401, 403, 405, 413, 431, 429}


@pytest.mark.parametrize("seed", _seeds(1, 25))
def test_whatever_somebody_sends_gives_them_no_more_than_their_role(
    with_provider: tuple[Poort, Deur], opslag: Opslag, seed: int
) -> None:
    app, deur = with_provider
    somebody(deur, "beheer", Rol.BEHEERDER)
    somebody(deur, "consulent", Rol.CONSULENT)
    before = _kept(opslag)
    rng, client = random.Random(1_000 + seed), browser(app)
    assert sign_in(client, "consulent") == 303
    del client.headers["sec-fetch-site"]
    for number in range(BATCH):
        path, body, headers = vijandig_ingang.post(rng)
        headers.pop("cookie", None)
        if path.startswith("/afmelden") or b"alle" in body:
            continue
        raw = [(name, value.encode("latin-1", "replace")) for name, value in headers.items()]
        answer = client.post(path, content=body, headers=raw)  # type: ignore[arg-type]
        assert answer.status_code < 500, f"seed {seed}, number {number}: {path} gave {answer.status_code}"
    assert _kept(opslag) == before
    assert client.get("/account").status_code == 200
    assert client.get("/portefeuille").status_code == 403
