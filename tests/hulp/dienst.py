"""The service as a program of its own, with settings of the test, and plain sockets to talk to it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

_UP = 90  # seconds; a machine that does something else as well is slow


@dataclass(frozen=True)
class Dienst:
    """A service that runs, and what it wrote to standard error."""

    port: int
    process: subprocess.Popen[bytes]
    stderr: Path
    tmp: Path

    @property
    def log(self) -> str:
        return self.stderr.read_text(encoding="utf-8")

    def lines(self) -> list[dict[str, Any]]:
        """Every line of the log; one that is no JSON fails."""
        return [json.loads(line) for line in self.log.splitlines()]

    def connect(self, seconds: float = 20) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)

    def say(self, raw: bytes, seconds: float = 20) -> bytes:
        """Send ``raw`` on a connection of its own, and read until the service closes it."""
        with self.connect(seconds) as line:
            line.sendall(raw)
            return read_all(line)

    def get(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        found = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            found.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = found.getresponse()
            return answer.status, answer.read()
        finally:
            found.close()

    def stop(self, how: signal.Signals = signal.SIGTERM, within: float = 60) -> float:
        """End it, and give how many seconds that took."""
        start = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(timeout=within)
        return time.monotonic() - start


def read_all(line: socket.socket) -> bytes:
    found = b""
    while True:
        try:
            part = line.recv(65_536)
        except ConnectionResetError:
            return found
        if not part:
            return found
        found += part


def head(path: str, method: str = "GET", *lines: str) -> bytes:
    """A request as text, to its empty line."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *lines, "", ""]).encode("latin-1")


@contextmanager
def dienst(
    map_: Path | None = None, werkers: int = 1, python: str = sys.executable, **settings: object
) -> Iterator[Dienst]:
    """``huurtoets start`` on a free port, with ``settings`` in its environment; files of it lie in ``map_``.

    Another ``python`` has the product installed, and does not see this folder.
    """
    with tempfile.TemporaryDirectory(prefix="dienst-") as name, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        tmp = map_ or Path(name)
        stderr = Path(name) / "stderr.txt"
        own = {f"HUURTOETS_{key.upper()}": str(value) for key, value in settings.items()}
        command = [python, "-m", "service.opdracht.commando", "start", "--port", str(port), "--werkers", str(werkers)]
        with stderr.open("wb") as log:
            process = subprocess.Popen(
                command,
                env=os.environ | own | {"TMPDIR": str(tmp)},
                cwd=None if python == sys.executable else tmp,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        found = Dienst(port, process, stderr, tmp)
        try:
            _wait(found)
            yield found
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(timeout=30)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _wait(found: Dienst) -> None:
    end = time.monotonic() + _UP
    while time.monotonic() < end and found.process.poll() is None:
        try:
            if found.get("/gezond")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    assert found.process.poll() is not None, f"the service neither answers nor ends: {found.log[-2_000:]}"
    raise RuntimeError(f"the service did not start: {found.log[-2_000:]}")
