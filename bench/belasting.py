"""Checks a second over HTTP: a server with two workers, and a client that only waits for answers. Loopback only."""

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from statistics import median, quantiles

from bench.huishoudens import ALL

HOST = "127.0.0.1"
CONNECTIONS = 16
WORKERS = 2
_START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Load:
    """What a server answered: requests a second, and the wait of one request in milliseconds."""

    per_second: float
    median: float
    p99: float


def service(seconds: float) -> Load:
    """The load that ``huurtoets start`` carries for ``seconds``."""
    port = _free_port()
    command = ["service.opdracht", "start", "--host", HOST, "--port", str(port), "--werkers", str(WORKERS)]
    with _server(command, port):
        return asyncio.run(_measure(port, seconds))


def empty(seconds: float) -> Load:
    """The load that an application without rules carries on the same server, for ``seconds``."""
    port = _free_port()
    command = ["uvicorn", "bench.leeg:app", "--host", HOST, "--port", str(port), "--workers", str(WORKERS)]
    with _server([*command, "--log-level", "warning", "--no-access-log", "--no-server-header"], port):
        return asyncio.run(_measure(port, seconds))


@contextmanager
def _server(module: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-m", *module], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(process, port)
        yield
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


async def _measure(port: int, seconds: float) -> Load:
    await asyncio.gather(*(_connection(port, 0.5) for _ in range(CONNECTIONS)))  # every worker compiles its rules
    start = time.perf_counter()
    found = await asyncio.gather(*(_connection(port, seconds) for _ in range(CONNECTIONS)))
    elapsed = time.perf_counter() - start
    waits = [wait for waits in found for wait in waits]
    return Load(len(waits) / elapsed, median(waits) * 1000, quantiles(waits, n=100)[98] * 1000)


async def _connection(port: int, seconds: float) -> list[float]:
    reader, writer = await asyncio.open_connection(HOST, port)
    end, waits = time.perf_counter() + seconds, []
    for request in cycle([_request(port, json.dumps(household)) for household in ALL.values()]):
        start = time.perf_counter()
        if start > end:
            break
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if not head.startswith("http/1.1 200"):
            raise RuntimeError(head.splitlines()[0])
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
        waits.append(time.perf_counter() - start)
    writer.close()
    await writer.wait_closed()
    return waits


def _request(port: int, body: str) -> bytes:
    lines = [
        "POST /v1/toetsen HTTP/1.1",
        f"Host: {HOST}:{port}",
        "Content-Type: application/json",
        f"Content-Length: {len(body.encode())}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
