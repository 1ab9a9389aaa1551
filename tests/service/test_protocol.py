"""What holds for every address: HEAD, media types, compression, and limits by client and by number."""

import gzip
import threading
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time

import service.api.toetsen
from service.app import create_app
from service.basis.instellingen import Instellingen
from tests.hulp.geladen import PAKKET, toets
from tests.hulp.lus import in_een_lus
from tests.service.conftest import OWN
from tests.web.pagina import read_page

ADDRESSES = ["/", "/huurder", "/stappen/huurder", "/over", "/toegankelijkheid", "/portefeuille", "/gezond", "/gereed",
             "/v1/regelsets", "/v1/openapi.json", "/static/invoer.js", "/static/bouw/huurtoets.css"]  # fmt: skip
HTML = {"accept": "text/html"}


def _client(host: str, **settings: int) -> TestClient:
    return TestClient(
        create_app(PAKKET, Instellingen(toegang="open", **settings)),  # type: ignore[arg-type]
        base_url="http://127.0.0.1",
        raise_server_exceptions=False,
        client=(host, 1),
    )


@pytest.fixture
def _within_a_minute() -> Iterator[None]:
    """What is counted by the minute is counted in the middle of one, whenever the test runs."""
    with freeze_time("2026-11-27 10:30:20", tick=True):
        yield


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_a_body(client: TestClient, address: str) -> None:
    got, asked = client.get(address), client.head(address)
    assert (asked.status_code, asked.content) == (200, b"")
    for name in ("content-type", "content-security-policy", "cache-control"):
        assert asked.headers[name] == got.headers[name]


def test_head_of_what_cannot_be_fetched_is_refused_as_get_is(client: TestClient) -> None:
    assert client.head("/v1/toetsen").status_code == client.get("/v1/toetsen").status_code == 405
    assert client.head("/bestaat-niet").status_code == 404
    assert client.delete("/over").headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "x", "application/xml"],
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, kind: str) -> None:
    response = client.post("/v1/toetsen", content=b"{}", headers={"content-type": kind})
    assert (response.status_code, response.headers["content-type"]) == (415, "application/problem+json")
    assert "application/json" in response.json()["detail"]


@pytest.mark.parametrize("kind", ["application/json", "application/JSON; charset=UTF-8", None])
def test_json_is_read_however_its_kind_is_written(client: TestClient, kind: str | None) -> None:
    headers = {"content-type": kind} if kind else {}
    assert client.post("/v1/toetsen", content=b"{}", headers=headers).status_code == 200


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_answers_and_pages_are_compressed_for_who_can_read_it(client: TestClient, coding: str) -> None:
    for response in (
        client.post("/v1/toetsen", json={}, headers={"accept-encoding": coding}),
        client.get("/huurder", headers={"accept-encoding": coding}),
    ):
        assert response.headers["content-encoding"] == coding
        assert "accept-encoding" in response.headers["vary"].lower()


def test_a_compressed_answer_is_the_same_answer(client: TestClient) -> None:
    plain = client.post("/v1/toetsen", json={}, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    with client.stream("POST", "/v1/toetsen", json={}, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert gzip.decompress(raw) == plain.content
    assert len(raw) * 4 < len(plain.content)


def test_a_paper_is_not_compressed_again(client: TestClient) -> None:
    answer = client.post(
        "/papieren/overzicht", data={"soort": "huurder"}, headers={"accept-encoding": "gzip, br, zstd"}
    )
    assert answer.headers["content-type"] == "application/pdf"
    assert "content-encoding" not in answer.headers


@pytest.mark.usefixtures("_within_a_minute")
def test_one_client_has_its_share_of_a_minute_and_another_still_has_its_own() -> None:
    app = create_app(PAKKET, Instellingen(toegang="open", toetsen_per_minuut=3))
    first, second = (
        TestClient(app, base_url="http://127.0.0.1", client=(host, 1)) for host in ("203.0.113.1", "2001:db8::1")
    )
    assert [first.post("/v1/toetsen", json={}).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = first.post("/v1/toetsen", json={})
    assert refused.headers["content-type"] == "application/problem+json"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] in refused.json()["detail"]
    assert second.post("/v1/toetsen", json={}).status_code == 200
    assert [first.get(address).status_code for address in ("/gezond", "/static/invoer.js")] == [200, 200]


@pytest.mark.usefixtures("_within_a_minute")
def test_a_person_who_is_refused_gets_a_page() -> None:
    with _client("203.0.113.1", toetsen_per_minuut=1) as own:
        own.post("/huurder/antwoord", data={})
        answer = own.post("/huurder", data={"vermogen": "1"}, headers=HTML)
    assert answer.status_code == 429
    assert read_page(answer.text).one("h1").text == "Te veel verzoeken"
    assert answer.headers["retry-after"] in answer.text


@pytest.mark.usefixtures("_within_a_minute")
def test_papers_and_files_have_shares_of_their_own() -> None:
    with _client("203.0.113.1", papieren_per_minuut=1, bestanden_per_minuut=1) as own:
        assert [own.post("/papieren/overzicht", data={}).status_code for _ in range(2)] == [200, 429]
        assert [own.post("/portefeuille", data={}).status_code for _ in range(2)] == [403, 429]
        assert own.post("/huurder", data={}).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_not_counted(host: str) -> None:
    with _client(host, toetsen_per_minuut=1) as own:
        assert [own.get("/over").status_code for _ in range(3)] == [200, 200, 200]


def test_addresses_of_one_house_are_one_client_and_no_address_is_one_too() -> None:
    for first, second in (("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"), ("_hidden", "unknown")):
        app = create_app(PAKKET, Instellingen(toegang="open", toetsen_per_minuut=1))
        codes = [
            TestClient(app, base_url="http://127.0.0.1", client=(host, 1)).get("/over").status_code
            for host in (first, second)
        ]
        assert codes == [200, 429]


def test_an_office_behind_one_address_and_the_bar_fit() -> None:
    with _client("203.0.113.1") as own:
        # fifty people who leave a field every other second, for six seconds
        assert {own.get("/v1/regelsets").status_code for _ in range(50 * 3)} == {200}
    per_second = Instellingen().toetsen_per_minuut / 60
    assert per_second >= 50 / 2


def test_what_comes_while_it_is_full_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, go = threading.Event(), threading.Event()

    def slow(vraag: object, *asked: object, **more: object) -> object:
        inside.set()
        assert go.wait(30)
        return toets(vraag)  # type: ignore[arg-type]

    monkeypatch.setattr(service.api.toetsen, "toets", slow)
    app = create_app(PAKKET, Instellingen(gelijktijdig=1))
    with TestClient(app, base_url="http://127.0.0.1") as own:
        codes: list[int] = []
        first = threading.Thread(
            target=lambda: codes.append(own.post("/v1/toetsen", json={"peildatum": "2026-03-01"}).status_code)
        )
        first.start()
        assert inside.wait(30)
        full = own.get("/over", headers=HTML)
        assert own.get("/gezond").status_code == 200, "a check computes beside the loop, and health does not wait"
        go.set()
        first.join(30)
        assert codes == [200]
        assert own.get("/over").status_code == 200
    assert full.status_code == 503
    assert int(full.headers["retry-after"]) >= 1
    assert read_page(full.text).one("h1").text == "Te druk"


def test_gereed_fails_when_a_page_cannot_be_made(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no template")

    monkeypatch.setattr("service.app.start_page", broken)
    assert client.get("/gereed").status_code == 500


def test_a_client_that_left_is_no_incident() -> None:
    app, sent = create_app(PAKKET), []

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    for path, kind in (("/v1/toetsen", b"application/json"), ("/huurder", b"application/x-www-form-urlencoded")):
        headers = [(b"host", b"127.0.0.1"), (b"content-type", kind), (b"content-length", b"99")]
        scope = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}
        scope |= {"client": OWN, "server": ("127.0.0.1", 80), "scheme": "http", "http_version": "1.1"}
        in_een_lus(app, scope, receive, send)
    assert {message["status"] for message in sent if message["type"] == "http.response.start"} == {499}
