"""Asks the process that reads files (``kind``), and puts its end into words: a file never takes the service along."""

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import structlog

from service.basis.apart import Einde, Leesgrenzen, ended
from service.portefeuille.fouten import PortefeuilleFout

_ROOT: Final = Path(__file__).parents[2]
_MEBIBYTE: Final = 1 << 20
# other work may keep the processor from it
_PATIENCE: Final = 10
_LARGEST_ANSWER: Final = 32 * _MEBIBYTE
_THREADS: Final = 2
_GRACE: Final = 5.0
log = structlog.get_logger()

TE_LANG: Final = (
    "Het lezen van dit bestand duurt te lang, en is gestopt. Deel het op, of bewaar het als CSV of Parquet."
)
KAPOT: Final = "Dit bestand is niet te lezen; het is waarschijnlijk beschadigd. Open het, en bewaar het opnieuw."
_WORDS: Final = {
    Einde.TE_GROOT: "Het lezen van dit bestand vraagt te veel geheugen, en is gestopt. Laat alleen de kolommen staan "
    "die nodig zijn, wis lege rijen en kolommen onder en naast de tabel, of bewaar het als CSV.",
    Einde.TE_LANG: TE_LANG,
    Einde.KAPOT: KAPOT,
}
NIET_GESTART: Final = "Er kan nu geen bestand worden gelezen. Probeer het straks opnieuw."


def vraag(taak: str, path: Path, grenzen: Leesgrenzen | None = None, **meer: object) -> dict[str, Any]:
    """The answer of a fresh process about the file at ``path``.

    Raises :class:`PortefeuilleFout` when the file cannot be read, or when the process came to its end over it. When
    this is left for another reason (Ctrl-C) the process ends too.
    """
    limits = (grenzen or Leesgrenzen()).van(path)
    asked = {"taak": taak, "pad": str(path.absolute()), "grenzen": limits, **meer}
    patience = _PATIENCE + _PATIENCE * limits["tijd"]
    try:
        answers = _ask(json.dumps(asked).encode() + b"\n", patience)
    except TimeoutError:
        raise PortefeuilleFout(TE_LANG) from None
    found = next((part for part in answers if "einde" not in part), None)
    if found is None:
        raise PortefeuilleFout(_WORDS[ended(int(answers[0]["einde"]) if answers else 0)])
    if "onverwacht" in found:
        log.warning("bestand niet gelezen", taak=taak, soort=found["onverwacht"], plaats=found["plaats"])
        raise PortefeuilleFout(KAPOT)
    if "fout" in found:
        raise PortefeuilleFout(str(found["fout"]))
    return found


def _ask(question: bytes, patience: float) -> list[dict[str, Any]]:
    for _ in range(3):
        ours, theirs = socket.socketpair()
        waits, hold = os.pipe()
        try:
            with ours:
                with theirs:
                    if not _READER.hand_over(theirs, waits):
                        continue
                ours.settimeout(patience)
                ours.sendall(question)
                said = b""
                while part := ours.recv(1 << 16):
                    said += part
                    if len(said) > _LARGEST_ANSWER:
                        raise PortefeuilleFout(KAPOT)
        except ConnectionError:
            continue  # the process that copies itself was ended meanwhile
        finally:
            os.close(waits)
            os.close(hold)  # whoever still reads for us is ended
        if said:
            return [json.loads(line) for line in said.splitlines()]
    raise PortefeuilleFout(NIET_GESTART)


class _Reader:
    """The process that waits for files; started when it is first needed, and again when it is gone."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._pid = 0

    def start(self) -> None:
        """Have it ready."""
        with self._lock:
            self._ready()

    def hand_over(self, answer: socket.socket, waits: int) -> bool:
        """Give it a file to read, by the socket of question and answer."""
        with self._lock:
            control = self._ready()
            try:
                socket.send_fds(control, [b"b"], [answer.fileno(), waits])
            except OSError:
                self._drop()
                return False
        return True

    def _ready(self) -> socket.socket:
        process = self._process
        if self._control is None or process is None or self._pid != os.getpid() or process.poll() is not None:
            self._drop()
            ours, theirs = socket.socketpair()
            with theirs:
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, "-m", "service.portefeuille.kind", str(theirs.fileno())],
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=_ROOT,
                    pass_fds=[theirs.fileno()], start_new_session=True, env=environment(),
                )  # fmt: skip
            self._control, self._pid = ours, os.getpid()
        assert self._control is not None
        return self._control

    def stop(self) -> None:
        """End it, and whatever it still reads."""
        with self._lock:
            process = self._process if self._pid == os.getpid() else None
            self._drop()
        if process is not None:
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()

    def _drop(self) -> None:
        if self._control is not None:
            with suppress(OSError):
                self._control.close()
        self._process, self._control = None, None


def environment() -> dict[str, str]:
    """Few threads, so that what the libraries take of the address space is the same on every machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RUST_")}
    return kept | {"POLARS_MAX_THREADS": str(_THREADS), "PYTHONDONTWRITEBYTECODE": "1"}


_READER: Final = _Reader()


atexit.register(_READER.stop)


def stop() -> None:
    """End the process that reads files; it is started again when it is needed."""
    _READER.stop()


def start() -> None:
    """Have the process that reads files ready, beside other work."""
    _READER.start()
