"""Connections of clients that are slow, strange or too many: each has an end, and none holds up another."""

import socket
import time
from collections.abc import Iterator

import pytest

from tests.hulp.dienst import Dienst, dienst, head, read_all

PATIENCE = 1  # of this service, in seconds, over a head and a message
FAR = 15  # seconds in which a machine that is busy with something else must have come to it


@pytest.fixture(scope="module")
def tight() -> Iterator[Dienst]:
    with dienst(
        koptijd=PATIENCE, berichttijd=PATIENCE, berichttempo=1_000_000, rusttijd=2, verbindingen=30, proxy="127.0.0.1",
        toegang="open", toetsen_per_minuut=40,
    ) as found:  # fmt: skip
        yield found


def _ends(line: socket.socket) -> tuple[bytes, float]:
    start = time.monotonic()
    return read_all(line), time.monotonic() - start


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"G"], ids=["nothing", "half", "one"])
def test_a_head_that_does_not_come_ends(tight: Dienst, sent: bytes) -> None:
    with tight.connect() as line:
        line.sendall(sent)
        answer, seconds = _ends(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"\r\nconnection: close\r\n" in answer
    assert PATIENCE * 0.8 < seconds < FAR


def test_a_head_that_comes_drop_by_drop_ends_too(tight: Dienst) -> None:
    start = time.monotonic()
    with tight.connect() as line:
        answer = b""
        line.settimeout(0.2)
        line.sendall(b"GET / HTTP/1.1\r\n")
        while not answer and time.monotonic() - start < FAR:
            try:
                line.sendall(b"X-A: b\r\n")
                answer = line.recv(65_536)
            except TimeoutError:
                continue
            except OSError:
                break
    assert time.monotonic() - start < FAR
    assert not answer or answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("length", ["Content-Length: 1000", "Transfer-Encoding: chunked"])
def test_a_message_that_does_not_come_ends(tight: Dienst, length: str) -> None:
    with tight.connect() as line:
        line.sendall(head("/v1/toetsen", "POST", "Content-Type: application/json", length))
        answer, seconds = _ends(line)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert PATIENCE * 0.8 < seconds < FAR


def test_a_second_request_on_a_connection_has_as_little_time(tight: Dienst) -> None:
    with tight.connect() as line:
        line.sendall(head("/gezond"))
        assert line.recv(65_536).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /gezond HTTP/1.1\r\nHo")
        answer, seconds = _ends(line)
    assert b"HTTP/1.1 408 " in answer
    assert seconds < FAR


def test_a_message_that_keeps_coming_may_take_longer(tight: Dienst) -> None:
    body = b'{"vermogen": 8000}'
    with tight.connect() as line:
        lines = ("Content-Type: application/json", f"Content-Length: {len(body)}", "Connection: close")
        line.sendall(head("/v1/toetsen?velden=peildatum", "POST", *lines))
        for at in range(0, len(body), 6):
            line.sendall(body[at : at + 6])
            time.sleep(PATIENCE / 10)
        assert read_all(line).startswith(b"HTTP/1.1 200 ")


def test_who_does_not_read_is_let_go(tight: Dienst) -> None:
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        line.connect(("127.0.0.1", tight.port))
        line.settimeout(FAR)
        # many whole answers on one connection, of which nothing is read
        body = b"{}"
        ask = head("/v1/toetsen", "POST", "Content-Type: application/json", f"Content-Length: {len(body)}") + body
        line.sendall(ask * 400)
        time.sleep(PATIENCE + 4)
        found = read_all(line)
    assert found.count(b"HTTP/1.1 200") < 400


def test_more_connections_than_there_may_be_are_refused_and_end(tight: Dienst) -> None:
    lines = [tight.connect() for _ in range(45)]
    try:
        time.sleep(PATIENCE / 2)
        start = time.monotonic()
        answers = [read_all(line) for line in lines]
        assert time.monotonic() - start < FAR
        refused = [answer for answer in answers if answer.startswith(b"HTTP/1.1 503 ")]
        assert len(refused) >= 45 - 30
        assert all(b"\r\nretry-after: " in answer for answer in refused)
    finally:
        for line in lines:
            line.close()
    assert tight.get("/gezond")[0] == 200


BOTH = (
    head("/v1/toetsen", "POST", "Content-Type: application/json", "Content-Length: 4", "Transfer-Encoding: chunked")
    + b"2\r\n{}\r\n0\r\n\r\n"
)


def test_two_lengths_are_refused_and_the_connection_closed(tight: Dienst) -> None:
    answer = tight.say(BOTH + head("/gezond"))
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1, "wat erna kwam is niet als verzoek gelezen"


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 4", "Content-Length: 5"),
        ("Content-Length: +4",),
        ("Content-Length: 0x4",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding : chunked",),
        ("X: a\x00b",),
        ("Host: evil.example",),
    ],
)
def test_a_head_that_can_be_read_in_two_ways_is_refused(tight: Dienst, lines: tuple[str, ...]) -> None:
    answer = tight.say(
        head("/v1/toetsen", "POST", "Content-Type: application/json", *lines) + b"{}{}" + head("/gezond")
    )
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("raw", [b"\x16\x03\x01\x02\x00\x01\x00", b"hallo\r\n\r\n", b"\x00" * 9])
def test_what_is_no_http_is_refused_and_said_in_json(tight: Dienst, raw: bytes) -> None:
    assert tight.say(raw).startswith(b"HTTP/1.1 40")
    tight.lines()


def test_a_head_that_is_too_large_is_refused(tight: Dienst) -> None:
    for lines in ([f"X-{n}: {'a' * 900}" for n in range(40)], [f"X-{n}: a" for n in range(200)]):
        assert tight.say(head("/", "GET", *lines)).startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 "))


def test_a_chunk_that_is_wrong_ends_the_connection_and_is_no_incident(tight: Dienst) -> None:
    raw = head("/huurder", "POST", "Content-Type: application/x-www-form-urlencoded", "Transfer-Encoding: chunked")
    assert b" 500 " not in tight.say(raw + b"5\r\nabcde\r\nzzz\r\n")
    assert "incident" not in tight.log


def test_a_client_that_leaves_is_no_incident(tight: Dienst) -> None:
    for path, kind in (("/v1/toetsen", "application/json"), ("/huurder", "application/x-www-form-urlencoded")):
        with tight.connect() as line:
            line.sendall(head(path, "POST", f"Content-Type: {kind}", "Content-Length: 500") + b"vermogen=98765432")
        with tight.connect() as line:
            line.sendall(head("/papieren/dossier", "POST", f"Content-Type: {kind}", "Content-Length: 2") + b"{}")
    time.sleep(1)
    assert tight.get("/gezond")[0] == 200
    assert "incident" not in tight.log
    assert "98765432" not in tight.log


def test_requests_are_counted_by_the_client_that_the_proxy_names(tight: Dienst) -> None:
    def ask(client: str) -> tuple[int, bytes]:
        return tight.get("/v1/regelsets", X_Forwarded_For=client)

    if (second := time.time() % 60) > 30:  # counted by the minute: not over the end of one
        time.sleep(60 - second)
    assert {ask("203.0.113.9")[0] for _ in range(40)} == {200}
    assert ask("203.0.113.9")[0] == 429
    assert ask("127.0.0.1, 203.0.113.9")[0] == 429, "alleen wat de proxy zelf zag telt"
    assert ask("203.0.113.10")[0] == 200
    assert {tight.get("/v1/regelsets")[0] for _ in range(45)} == {200}, "deze machine zelf telt niet"


def test_every_line_of_the_log_is_json_and_has_no_value(tight: Dienst) -> None:
    tight.say(head("/v1/toetsen?a=76543210", "POST", "Content-Length: 9", "Connection: close") + b"[76543210")
    assert len(tight.lines()) > 10
    assert "76543210" not in tight.log
    assert {line.get("tekst", line["event"]) for line in tight.lines()} == {
        "verzoek",
        "verbinding",
        "Invalid HTTP request received.",
    }
