"""The living page: ten people who type, each a household of their own, beside an empty page of the same service.

A step is one field that was left: everything that was typed so far goes along, with the folds that are open, as the
page sends it. Of three households in four one fact stays unknown, so the last answers have `mogelijk` too.
After each step the same person asks the empty form, so what others take of the machine counts for both.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.belasting import FORM, HOST, USERS, free_port, server, start

PAGE = "/huurder"
LIVING = f"{PAGE}/antwoord"
# how often the wait for the living answer may be that for the empty page
MOST = 2.0
_WARM = 200  # answers
# no answer of before may be given again: each person and each round has amounts of its own
_OWN = ("woning.kaleHuur", "personen.0.inkomen", "vermogen")
_OPEN = ("", "", "", "huurtoeslag")
# what a household may not know
_UNKNOWN = ("", "personen.1.inkomen", "vermogen", "personen.0.inkomen")
_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited in milliseconds, of so many times."""

    times: int
    median: float
    p95: float


@dataclass(slots=True)
class Typed:
    """The waits in seconds for the living answer and for the empty page, in one run."""

    living: list[float] = field(default_factory=list)
    empty: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        """The p95 of the living answer as a multiple of that of the empty page."""
        return waits(self.living).p95 / waits(self.empty).p95


def waits(found: list[float]) -> Waits:
    """The same in numbers."""
    return Waits(len(found), median(found) * 1000, quantiles(found, n=20)[18] * 1000)


def steps(user: int, turn: int) -> Iterator[str]:
    """The bodies that the page sends while one household is typed in, field by field."""
    number = 1 + user + 97 * turn
    unknown = _UNKNOWN[(user + turn) % len(_UNKNOWN)]
    own = {name: str(int(FORM[name].split(",")[0]) + number) for name in _OWN}
    so_far = {"ingang": FORM["ingang"]}
    for at, (name, value) in enumerate(FORM.items()):
        if name == unknown:
            continue
        so_far[name] = own.get(name, value)
        if at:
            yield urlencode(so_far | {"vouwen": _OPEN[at % len(_OPEN)]})


def measure(answers: int, pause: float) -> Typed:
    """What ten people wait for until there are ``answers``, on a service of its own.

    They read for ``pause`` seconds after each answer.
    """
    port = free_port()
    with server(start(port), port):
        asyncio.run(typing(port, _WARM, pause / 4, USERS))  # every worker compiles its rules
        return asyncio.run(typing(port, answers, pause, USERS))


async def typing(port: int, answers: int, pause: float, users: int) -> Typed:
    """Have ``users`` type on the service on ``port`` until they have ``answers``."""
    found = Typed()
    await asyncio.gather(*(_user(port, found, user, pause, pause * user / users, answers) for user in range(users)))
    return found


async def _user(port: int, found: Typed, user: int, pause: float, later: float, answers: int) -> None:
    await asyncio.sleep(later)  # people do not begin together
    reader, writer = await asyncio.open_connection(HOST, port)
    for turn in cycle(range(1_000)):
        for body in steps(user, turn):
            if len(found.living) >= answers:
                writer.close()
                await writer.wait_closed()
                return
            for waited, request in ((found.living, _request(port, body)), (found.empty, _request(port))):
                waited.append(await _wait(reader, writer, request))
                await asyncio.sleep(pause)


def _request(port: int, body: str | None = None) -> bytes:
    lines = [f"GET {PAGE} HTTP/1.1" if body is None else f"POST {LIVING} HTTP/1.1", f"Host: {HOST}:{port}"]
    lines.append("Accept-Encoding: gzip, br, zstd")
    if body is not None:
        lines += [f"Content-Type: {_FORM_TYPE}", f"Content-Length: {len(body)}", "HX-Request: true"]
    return "\r\n".join([*lines, "", body or ""]).encode()


async def _wait(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> float:
    begun = time.perf_counter()
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    if not head.startswith("http/1.1 200"):
        raise RuntimeError(head.splitlines()[0])
    await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    return time.perf_counter() - begun
