"""The load over HTTP: a server with two workers, and a client that only waits for answers. Loopback only."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.huishoudens import ALL
from bench.processen import processor

HOST = "127.0.0.1"
CONNECTIONS = 16
USERS = 10
WORKERS = 2
_TURNS = 4
_START_SECONDS = 90
_WHOLE = "/v1/toetsen"
# three decisions, without steps, as a screen that lists households would ask
SHORT = f"{_WHOLE}?besluiten=daeb-doelgroep,passende-huur,huurtoeslag&velden=uitkomst,tekst,waarden"
PAGES = {
    "/huurder/antwoord": "the living answer, after leaving a field",
    "/huurder": "the page with the answer",
    "/papieren/overzicht": "the overview as PDF",
}
# two persons who rent: the standard case
FORM = {
    "ingang": "huurder",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "peildatum": "1-3-2026",
    "woning.kaleHuur": "655,12",
    "woning.wwsMaximum": "812,40",
    "woning.energielabel": "E",
    "woning.zelfstandig": "ja",
    "personen.0.rol": "huurder",
    "personen.0.geboortedatum": "3-2-1958",
    "personen.0.inkomen": "24500",
    "personen.1.rol": "partner",
    "personen.1.geboortedatum": "30-9-1961",
    "personen.1.inkomen": "0",
    "vermogen": "8000",
    "inkomenscategorie": "laag",
}


@dataclass(frozen=True, slots=True)
class Load:
    """What a server answered: requests a second, the wait of one in milliseconds, and its processor time.

    ``cpu`` is in microseconds a request, of the server with all its processes and not of the client.
    """

    per_second: float
    median: float
    p95: float
    p99: float
    cpu: float


@dataclass(slots=True)
class Asked:
    """What was asked so far: the waits in seconds, and how long that and the server were busy."""

    waits: list[float] = field(default_factory=list)
    elapsed: float = 0
    cpu: float = 0

    def load(self) -> Load:
        """The same in numbers."""
        marks = quantiles(self.waits, n=100)
        asked = len(self.waits)
        return Load(
            asked / self.elapsed,
            median(self.waits) * 1000,
            marks[94] * 1000,
            marks[98] * 1000,
            self.cpu / asked * 1_000_000,
        )


def side_by_side(seconds: float) -> dict[str, tuple[Load, Load]]:
    """The load that ``huurtoets start`` carries, and an application without rules on the same server, in turns.

    Each for ``seconds``, of whole answers and of short ones; what others take of the machine then counts for both.
    """
    own, empty = free_port(), free_port()
    found = {}
    with server(start(own), own) as first, server(["bench.leeg", str(empty), str(WORKERS)], empty) as second:
        for name, path in (("whole answer", _WHOLE), ("three decisions, no steps", SHORT)):
            asked = Asked(), Asked()
            for _ in range(_TURNS):
                for sofar, port, process in zip(asked, (own, empty), (first, second), strict=True):
                    asyncio.run(_measure(_checks(port, path), port, process.pid, seconds / _TURNS, sofar))
            found[name] = asked[0].load(), asked[1].load()
    return found


def pages(seconds: float, pause: float) -> dict[str, Load]:
    """What ten users at once wait for: the bar while they type, the answer page, and a paper, each for ``seconds``.

    A user reads for ``pause`` seconds after each answer.
    """
    port = free_port()
    body = urlencode(FORM)
    found = {}
    with server(start(port), port) as process:
        for path in PAGES:
            asked = Asked()
            request = _request(port, path, "application/x-www-form-urlencoded", body)
            asyncio.run(_measure([request], port, process.pid, seconds, asked, users=USERS, pause=pause))
            found[path] = asked.load()
    return found


def start(port: int) -> list[str]:
    """The command that starts the service with two workers."""
    return ["service.opdracht.commando", "start", "--host", HOST, "--port", str(port), "--werkers", str(WORKERS)]


@contextmanager
def server(module: list[str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """A server in a process of its own, from when it answers until the end of the block."""
    process = subprocess.Popen([sys.executable, "-m", *module], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(process, port)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=_START_SECONDS)


def _wait_until_up(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            connection = HTTPConnection(HOST, port, timeout=1)
            connection.request("GET", "/gezond")
            connection.getresponse().close()
        except OSError:
            time.sleep(0.1)
        else:
            time.sleep(1)  # one worker answers; give the other a moment
            return
    raise RuntimeError(f"the server on port {port} did not start; run the command by hand to see why")


async def _measure(
    requests: list[bytes],
    port: int,
    pid: int,
    seconds: float,
    asked: Asked,
    *,
    users: int = CONNECTIONS,
    pause: float = 0,
) -> None:
    async def all_for(time_: float) -> list[list[float]]:
        return await asyncio.gather(*(_connection(requests, port, time_, pause, user / users) for user in range(users)))

    await all_for(0.5)  # every worker compiles its rules
    cpu, begun = processor(pid), time.perf_counter()
    asked.waits += [wait for found in await all_for(seconds) for wait in found]
    asked.elapsed += time.perf_counter() - begun
    asked.cpu += processor(pid) - cpu


async def _connection(requests: list[bytes], port: int, seconds: float, pause: float, turn: float) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    await asyncio.sleep(pause * turn)  # users do not start together
    end, waits = time.perf_counter() + seconds, []
    for request in cycle(requests):
        start = time.perf_counter()
        if start > end:
            break
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if not head.startswith("http/1.1 200"):
            raise RuntimeError(head.splitlines()[0])
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        waits.append(time.perf_counter() - start)
        await asyncio.sleep(pause)
    writer.close()
    await writer.wait_closed()
    return waits


def _checks(port: int, path: str) -> list[bytes]:
    return [_request(port, path, "application/json", json.dumps(household)) for household in ALL.values()]


def _request(port: int, path: str, media_type: str, body: str) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {HOST}:{port}",
        f"Content-Type: {media_type}",
        f"Content-Length: {len(body.encode())}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
