"""The check of a draft on its way: in a process of its own, one at a time on a machine, seen and stopped from any page.

How far it is stands in a file, and that it runs is a lock which ends with it, so that every process of the service and
every reload of the page sees the same.
"""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO, Final

from service.basis.klok import nu
from service.beheer.beheerfouten import BeheerFout, Ingehaald
from service.beheer.concepten import Concepten, demand
from service.opslag.gegevensmap import write_whole
from service.toegang.rechten import Recht
from service.toegang.wie import Wie

# how a check ended; empty while it runs
KLAAR: Final = "klaar"
GESTOPT: Final = "gestopt"
INGEHAALD: Final = "ingehaald"
MISLUKT: Final = "mislukt"
PROCES: tuple[str, ...] = ("-m", "service.opdracht.controleproces")
_PATIENCE: Final = 5.0  # seconds for a process to begin, or to be gone


@dataclass(frozen=True, slots=True)
class Controlestand:
    """How far the last check is: at which part of the report, and at how many of all parts of the proof."""

    concept: str
    inhoud: str
    begonnen: str
    deel: str = "controle"
    gedaan: int = 0
    totaal: int = 0
    proces: int = 0
    einde: str = ""
    zegt: str = ""

    @property
    def loopt(self) -> bool:
        """Whether it still runs."""
        return not self.einde

    def schrijf(self, path: Path) -> None:
        """Note it where every process sees it."""
        write_whole(path, json.dumps(asdict(self)).encode())

    @staticmethod
    def lees(path: Path) -> "Controlestand | None":
        """What was noted last; None where nothing was."""
        try:
            return Controlestand(**json.loads(path.read_bytes()))
        except (OSError, ValueError, TypeError):
            return None


class Controleloop:
    """Begins, shows and stops the check of a draft."""

    def __init__(self, concepten: Concepten) -> None:
        self.concepten = concepten
        self.opslag = concepten.opslag

    def stand(self) -> Controlestand | None:
        """How far the last check is; one that ended without a word has gone wrong."""
        found = Controlestand.lees(self.opslag.map_.controle)
        if found is None or not found.loopt:
            return found
        with self._lock() as lock:
            if not _taken(lock):
                found = Controlestand.lees(self.opslag.map_.controle) or found  # it may have ended in between
                return found if not found.loopt else replace(found, einde=MISLUKT)
        return found

    def begin(self, wie: Wie, naam: str, *, bewijs: bool = True, besluit: str | None = None) -> None:
        """Begin the check of a draft; its report is kept when it is done.

        Without ``bewijs`` nothing is proven, with ``besluit`` only that decision. Raises :class:`Ingehaald` while
        another check runs.
        """
        demand(wie, Recht.REGELS_INVOEREN)
        found = self.concepten.lees(naam)
        if found.stand != "open":
            raise BeheerFout(f"Concept '{naam}' is {found.stand}. Begin een nieuw concept.")
        self.opslag.map_.maak()
        with self._lock() as lock:
            if not _take(lock) and not self._soon(lock):
                busy = Controlestand.lees(self.opslag.map_.controle)
                raise Ingehaald(
                    f"De controle van concept '{busy.concept if busy else naam}' loopt nog. Wacht tot die klaar is, of "
                    "stop haar."
                )
            Controlestand(naam, found.hash, f"{nu():%d-%m-%Y %H:%M}").schrijf(self.opslag.map_.controle)
            self._start(lock, wie, naam, bewijs=bewijs, besluit=besluit)

    def _soon(self, lock: "IO[str]") -> bool:
        """Take the lock where no check has it, but somebody who only looks or a process that is just ending."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if _take(lock):
                return True
            found = Controlestand.lees(self.opslag.map_.controle)
            if found is not None and found.loopt:
                return False
            time.sleep(0.02)
        return False

    def _start(self, lock: "IO[str]", wie: Wie, naam: str, *, bewijs: bool, besluit: str | None) -> None:
        told = {
            "map": str(self.opslag.map_.map_),
            "url": self.opslag.url,
            "sleutel": str(self.opslag.sleutel) if self.opslag.sleutel is not None else None,
            "concept": naam,
            "wie": wie.id,
            "bewijs": bewijs,
            "besluit": besluit,
            "ouder": os.getpid(),
        }
        child = subprocess.Popen(  # noqa: S603 - a module of our own
            [sys.executable, *PROCES],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(lock.fileno(),),
            start_new_session=True,
            text=True,
        )
        with suppress(OSError), child.stdin as given:  # type: ignore[union-attr]
            given.write(json.dumps(told))
        threading.Thread(target=child.wait, daemon=True).start()

    def stop(self, wie: Wie, naam: str) -> None:
        """Stop the check of this draft; nothing happens where none runs."""
        demand(wie, Recht.REGELS_INVOEREN)
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            found = self.stand()
            if found is None or not found.loopt or found.concept != naam:
                return
            if found.proces:
                with suppress(ProcessLookupError):
                    os.kill(found.proces, signal.SIGKILL)
                self._ended(replace(found, einde=GESTOPT), end)
                return
            time.sleep(0.05)  # it is still beginning
        raise BeheerFout("De controle begint nog. Probeer het over een paar tellen weer.")

    def _ended(self, stopped: Controlestand, end: float) -> None:
        """Note that it was stopped, unless it ended by itself just before or another one began."""
        while time.monotonic() < end:
            with self._lock() as lock:
                if _take(lock):
                    now = Controlestand.lees(self.opslag.map_.controle)
                    if now is not None and now.loopt and now.proces == stopped.proces:
                        stopped.schrijf(self.opslag.map_.controle)
                    return
            time.sleep(0.05)

    def _lock(self) -> "IO[str]":
        self.opslag.map_.maak()
        return self.opslag.map_.controle.with_suffix(".slot").open("a", encoding="ascii")


def _take(lock: "IO[str]") -> bool:
    """Take the lock until it is closed, here and in a process that it was handed to; False where another has it."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _taken(lock: "IO[str]") -> bool:
    """Whether a check has the lock. Looking takes it together with others who look, and never from a check."""
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
