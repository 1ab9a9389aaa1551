"""The gate: hosts, headers, and a log that holds nothing personal."""

import asyncio
import json

import pytest
from fastapi.testclient import TestClient
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

import service.api.toetsen
from regels.toets import LezersVerschil
from service.basis.instellingen import Instellingen
from service.basis.poort import Poort
from tests.hulp.lus import in_een_lus


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST", "[::1]:8000"])
def test_a_known_host_is_let_in(client: TestClient, host: str) -> None:
    assert client.get("/gezond", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil:8000", "[::2]"])
def test_an_unknown_host_is_refused(client: TestClient, host: str) -> None:
    response = client.get("/gezond", headers={"host": host})
    assert (response.status_code, response.headers["content-type"]) == (421, "application/problem+json")


@pytest.mark.parametrize("path", ["/", "/gezond", "/v1/regelsets", "/bestaat-niet"])
def test_the_security_headers_are_on_every_answer(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_the_health_checks_answer(client: TestClient) -> None:
    assert client.get("/gezond").json() == {"status": "gezond"}
    assert client.get("/gereed").json()["status"] == "gereed"


def test_the_log_has_no_address_and_no_value(client: TestClient) -> None:
    with capture_logs() as logs:
        client.post("/v1/toetsen?bsn=123456782", json={"vermogen": 98765432, "123456782": 1})
        client.get("/jansen/123456782")
    text = json.dumps(logs)
    assert len(logs) == 2
    assert "98765432" not in text
    assert "123456782" not in text
    assert "jansen" not in text


@pytest.mark.parametrize("query", ["", "?besluiten=huurtoeslag&velden=uitkomst"])
def test_a_difference_between_the_readers_is_an_incident_and_never_an_answer(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    def differ(*asked: object, **more: object) -> None:
        raise LezersVerschil("huurtoeslag", {"a"}, {"b"})

    monkeypatch.setattr(service.api.toetsen, "toets", differ)
    with capture_logs() as logs:
        response = client.post(f"/v1/toetsen{query}", json={"vermogen": 98765432})
    assert response.status_code == 500
    incident = response.json()["incident"]
    assert any(entry.get("incident") == incident and entry["besluit"] == "huurtoeslag" for entry in logs)
    assert "98765432" not in json.dumps(logs) + response.text


@pytest.mark.parametrize("query", ["", "?besluiten=huurtoeslag&velden=uitkomst"])
def test_an_unforeseen_fault_is_an_incident_without_its_text(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    def fail(*asked: object, **more: object) -> None:
        raise RuntimeError("vermogen 98765432")

    monkeypatch.setattr(service.api.toetsen, "toets", fail)
    with capture_logs() as logs:
        response = client.post(f"/v1/toetsen{query}", json={"vermogen": 98765432})
    assert response.status_code == 500
    assert response.json()["incident"] in json.dumps(logs)
    assert "98765432" not in json.dumps(logs) + response.text


@pytest.mark.parametrize(("pad", "gelezen"), [("/portefeuille", 4), ("/", 1)])
def test_an_upload_that_is_too_large_is_read_to_its_end_so_that_a_browser_shows_the_answer(
    pad: str, gelezen: int
) -> None:
    parts = [
        {"type": "http.request", "body": b"x" * 3_000_000, "more_body": more} for more in (True, True, True, False)
    ]
    read: list[int] = []
    statuses: list[int] = []
    settings = Instellingen(maximale_omvang=1_000_000, portefeuille_omvang=500_000)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        with pytest.raises(HTTPException) as refused:
            while (await receive())["more_body"]:
                pass
        statuses.append(refused.value.status_code)

    async def receive() -> Message:
        read.append(1)
        return parts[len(read) - 1]

    async def send(message: Message) -> None:
        pass

    scope = {
        "type": "http", "method": "POST", "path": pad, "client": ("127.0.0.1", 1), "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip
    in_een_lus(Poort(app, settings), scope, receive, send)
    assert statuses == [413]
    assert len(read) == gelezen


@pytest.mark.parametrize("began", [False, True])
def test_who_still_waits_when_the_service_stops_is_asked_to_come_again(began: bool) -> None:
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if began:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        raise asyncio.CancelledError

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": "/", "client": ("127.0.0.1", 1), "headers": [(b"host", b"127.0.0.1")],
    }  # fmt: skip
    in_een_lus(Poort(app, Instellingen()), scope, receive, send)
    statuses = [message["status"] for message in sent if message["type"] == "http.response.start"]
    assert statuses == ([200] if began else [503])
    assert began or "De dienst stopt" in sent[-1]["body"].decode()
