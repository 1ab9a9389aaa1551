"""A provider of OpenID Connect as a process of its own, that can be started again on the same port with other keys."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import httpx

_UP = 60  # seconds


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Aanbieder:
    """A provider that runs."""

    port: int

    @property
    def adres(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def aanmelden(self, url: str, sub: str) -> dict[str, str]:
        """What comes back with a browser that signed in there as ``sub``."""
        return self._answer(url, {"sub": sub})

    def weigeren(self, url: str) -> dict[str, str]:
        """What comes back with a browser that did not agree."""
        return self._answer(url, {"action": "deny"})

    @staticmethod
    def _answer(url: str, form: Mapping[str, str]) -> dict[str, str]:
        answer = httpx.post(url, data=dict(form), follow_redirects=False, timeout=20)
        assert answer.status_code in (302, 303), answer.text[:500]
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@contextmanager
def aanbieder(port: int = 0, *, levensduur: int = 3_600, **mensen: Mapping[str, object]) -> Iterator[Aanbieder]:
    """A provider that knows ``mensen``: what it says of each."""
    found = Aanbieder(port or free_port())
    known = [f"--user-claims={json.dumps({'sub': sub, **claims})}" for sub, claims in mensen.items()]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", f"--port={found.port}", f"--token-max-age={levensduur}", *known],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"},
    )
    try:
        end = time.monotonic() + _UP
        while True:
            assert process.poll() is None and time.monotonic() < end, "the provider does not start"
            try:
                if httpx.get(f"{found.adres}/jwks", timeout=5).status_code == 200:
                    break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def link_of(page: str) -> str:
    """Where the page to sign in on leads to the provider."""
    found = re.search(r'href="([^"]*/aanmelden/dienst[^"]*)"', page)
    assert found
    return found[1].replace("&amp;", "&")
