"""Another revision comes into force in a running service: noticed, loaded beside what answers, and put in its place.

Each process looks for itself, in a thread. A revision that does not load is refused, and the one of before stays.
"""

import gc
import threading
import time
from collections.abc import Callable
from datetime import date
from typing import Final

import structlog

from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from service.basis.vankracht import VanKracht, make_ready
from service.beheer.begin import note
from service.beheer.beheerfouten import Veranderd
from service.beheer.revisies import Revisies
from service.opslag.opslagfouten import OpslagFout

# in seconds: how often it looks for a new revision, and holds the one in force to what was published
KIJK: Final = 0.5
CONTROLEER: Final = 60.0
log = structlog.get_logger()


class Herlader:
    """Keeps ``van_kracht`` at the newest revision; ``stop`` ends the service when published content was changed."""

    def __init__(
        self, van_kracht: VanKracht, revisies: Revisies, vandaag: Callable[[], date], stop: Callable[[str], None]
    ) -> None:
        self._van_kracht, self._revisies, self._today, self._stop = van_kracht, revisies, vandaag, stop
        self._seen = _number(van_kracht.nu.revisie)
        self._away = False
        self._ended = threading.Event()
        self._checked = time.monotonic()

    def start(self) -> None:
        """Look from now on."""
        self._ended.clear()
        threading.Thread(target=self._watch, name="herladen", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def kijk(self) -> None:
        """Look once: load a newer revision, and hold the one in force to what was published now and then."""
        try:
            newest = self._revisies.nieuwste()
            if newest is not None and newest != self._seen:
                self._load(newest)
            elif time.monotonic() - self._checked > CONTROLEER:
                self._checked = time.monotonic()
                current = _number(self._van_kracht.nu.revisie)
                if current is not None:
                    self._revisies.inhoud(current)
            self._away = False
        except Veranderd as error:
            self._ended.set()
            self._stop(str(error))
        except OpslagFout as error:
            if not self._away:  # said once, and what was loaded goes on answering
                log.warning("database", reden=str(error))
            self._away = True

    def _load(self, number: int) -> None:
        gc.disable()  # it would walk all that is being made again and again, and everybody waits for that
        try:
            kept, files = self._revisies.inhoud(number)
            found = bewaard(files, str(number), kept.formaat)
            make_ready(found, self._today())
        except (RegelsetError, FormaatFout) as error:
            self._seen = number  # refused, and not tried again
            log.error("regels", revisie=number, geladen=False, reden=str(error))
            return
        finally:
            gc.enable()
        self._van_kracht.vervang(found)
        self._seen = number
        note(self._revisies.opslag, number, kept.formaat, files)
        gc.unfreeze()  # the set of before may go
        gc.collect()
        gc.freeze()
        log.info("regels", revisie=number, geladen=True, versie=found.versie, hash=found.hash)

    def _watch(self) -> None:
        while not self._ended.wait(KIJK):
            try:
                self.kijk()
            except Exception as error:  # a defect of ours must not leave the service at old rules in silence
                log.error("regels", geladen=False, reden=type(error).__name__)


def _number(revisie: str | None) -> int | None:
    return int(revisie) if revisie is not None and revisie.isdecimal() else None
