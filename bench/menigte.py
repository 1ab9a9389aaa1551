"""A crowd: fifty people who think between their steps, and ask checks, pages and papers. Errors, waits and memory."""

import asyncio
import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from statistics import fmean
from urllib.parse import urlencode

from bench.belasting import FORM, HOST, SHORT, Asked, Load, free_port, server, start
from bench.huishoudens import ALL
from bench.processen import resident

USERS = 50
# of ten steps so many are a check, a page or a paper
MIX = {"check": 6, "page": 3, "paper": 1}
_FORM_TYPE = "application/x-www-form-urlencoded"
# of all that the processes hold: what the last third of a run may have more than the middle one and still be flat
_FLAT = 1.05


@dataclass(slots=True)
class Crowd:
    """What a crowd got: waits by kind in seconds, what was no good answer, and each second MiB by kind of process."""

    waits: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in MIX})
    errors: list[str] = field(default_factory=list)
    memory: list[Mapping[str, float]] = field(default_factory=list)

    def load(self, kind: str, seconds: float) -> Load:
        """The waits of one kind, as the other measurements show them."""
        return Asked(self.waits[kind], seconds).load()

    @property
    def growth(self) -> float:
        """The memory of the last third of the time, as a part of that of the middle third."""
        sums, third = [sum(one.values()) for one in self.memory], len(self.memory) // 3
        return fmean(sums[-third:]) / fmean(sums[third:-third])

    @property
    def flat(self) -> bool:
        """Whether memory no longer grows."""
        return self.growth <= _FLAT


def crowd(seconds: float, pause: float, users: int = USERS) -> Crowd:
    """``users`` who each think for ``pause`` seconds after an answer, for ``seconds``, on two workers."""
    port = free_port()
    with server(start(port), port) as process:
        return asyncio.run(_crowd(port, process.pid, seconds, pause, users))


async def _crowd(port: int, pid: int, seconds: float, pause: float, users: int) -> Crowd:
    found = Crowd()
    end = time.perf_counter() + seconds
    await visit(port, pid, found, pause, users, lambda: time.perf_counter() < end)
    return found


async def visit(port: int, pid: int, found: Crowd, pause: float, users: int, going: Callable[[], bool]) -> None:
    """Have ``users`` ask the service on ``port`` for as long as it is ``going``, and watch its memory."""
    numbers = count()
    watch = asyncio.create_task(_watch(pid, found, going))
    await asyncio.gather(*(_user(port, found, numbers, pause, pause * user / users, going) for user in range(users)))
    await watch


async def _user(
    port: int, found: Crowd, numbers: "count[int]", pause: float, later: float, going: Callable[[], bool]
) -> None:
    await asyncio.sleep(later)
    chance = random.Random(later)
    while going():
        kind = chance.choices(list(MIX), list(MIX.values()))[0]
        request = _step(kind, next(numbers), port)
        start = time.perf_counter()
        status = await _ask(port, request)
        found.waits[kind].append(time.perf_counter() - start)
        if status != "200":
            found.errors.append(f"{kind}: {status}")
        await asyncio.sleep(pause)


def _step(kind: str, number: int, port: int) -> bytes:
    """The next thing that somebody asks; no two papers are the same."""
    household = json.dumps(list(ALL.values())[number % len(ALL)])
    form = urlencode(FORM | {"vermogen": str(8_000 + number)})
    paper = urlencode(FORM | {"kenmerk": f"Z-{number}"})
    steps = {
        "check": [("/v1/toetsen", "application/json", household), ("/huurder/antwoord", _FORM_TYPE, form),
                  (SHORT, "application/json", household)],
        "page": [("/huurder", "", ""), ("/huurder", _FORM_TYPE, form), ("/stappen/huurder", _FORM_TYPE, form)],
        "paper": [("/papieren/overzicht", _FORM_TYPE, paper), ("/papieren/dossier", _FORM_TYPE, paper)],
    }  # fmt: skip
    path, kind_of_body, body = steps[kind][number % len(steps[kind])]
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", f"Host: {HOST}:{port}", "Accept-Encoding: gzip, br, zstd"]
    lines += [f"Content-Type: {kind_of_body}", f"Content-Length: {len(body.encode())}"] if body else []
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n" + body).encode()


async def _ask(port: int, request: bytes) -> str:
    """The status of the answer, when it came whole."""
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
    except OSError as error:
        return type(error).__name__
    head, _, body = answer.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    return head[9:12].decode() if length.isdigit() and int(length) == len(body) else "cut off"


async def _watch(pid: int, found: Crowd, going: Callable[[], bool]) -> None:
    while going():
        found.memory.append(await asyncio.to_thread(resident, pid))
        await asyncio.sleep(1)
