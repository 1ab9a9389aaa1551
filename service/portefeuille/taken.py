"""Portfolios of the page: each a private folder that lives an hour at most, computed one at a time.

All that is known of a task stands in its folder, so that any process of the service can show it. A folder is gone
an hour after its last use, and as soon as the process that made it no longer exists.
"""

import atexit
import contextlib
import os
import queue
import re
import secrets
import stat
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

import structlog

from regels.opmaak import conceptnaam
from regels.regelset import Regelset
from service.basis.apart import Leesgrenzen
from service.basis.logboek import incident
from service.basis.vankracht import OnbekendeRegels, VanKracht
from service.portefeuille import eigenaar
from service.portefeuille.doelen import PERSONEN, WONINGEN
from service.portefeuille.draaien import Opdracht, check_start, draai, no_room_is_said, open_tables
from service.portefeuille.fouten import Afgebroken, PortefeuilleFout
from service.portefeuille.koppeling import Koppeling, check, complete, propose, read_koppeling, said
from service.portefeuille.taakmap import Taak, Taakmap, done, private_file

EEN_UUR: Final = 3600
_ID: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_EVERY: Final = 30.0
_BEING_MADE: Final = 60.0
# of everyone together: what lies on the disk has an end too
_TASKS_AT_MOST: Final = 20
_SAY_AFTER: Final = 0.3
_RULES_GONE: Final = "De regels waarmee dit bestand is begonnen, zijn er niet meer. Begin opnieuw."
_DRAFT_CHANGED: Final = "Het concept is gewijzigd nadat dit bestand is begonnen. Begin opnieuw."
log = structlog.get_logger()
# values of a column that are shown beside it
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Grenzen:
    """How much the page takes on; ``omvang`` and ``geheugen`` in bytes, ``duur`` and ``bewaren`` in seconds."""

    omvang: int = 50_000_000
    duur: int = 900
    wachtrij: int = 4
    bewaren: int = EEN_UUR
    geheugen: int = Leesgrenzen().geheugen


class WachtrijVol(PortefeuilleFout):
    """Too many tasks wait already."""


class Taken:
    """The tasks of this service; one thread of each process computes."""

    def __init__(
        self,
        van_kracht: VanKracht,
        grenzen: Grenzen,
        map_: Path | None = None,
        van_concept: Callable[[str, str], Regelset | None] | None = None,
    ) -> None:
        """``van_concept`` finds the set of a draft by the hash that a task of a preview was begun with."""
        self.van_kracht, self.grenzen = van_kracht, grenzen
        self._of_draft = van_concept
        self._map = map_
        self._queue: queue.Queue[Opdracht] = queue.Queue(maxsize=grenzen.wachtrij)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._lezen = Leesgrenzen(grenzen.geheugen)
        with contextlib.suppress(PortefeuilleFout):  # without a place nothing was left either
            self.opruimen()

    # with the service

    def start(self) -> None:
        """Remove what is old every so often, also when nobody comes; and everything at the end of this process."""
        self._stopped.clear()
        threading.Thread(target=self._keep_clean, name="opruimen", daemon=True).start()
        atexit.register(self.stop)

    def stop(self) -> None:
        """Remove every task of this process; a computation that runs stops at its next step."""
        self._stopped.set()
        atexit.unregister(self.stop)
        with contextlib.suppress(PortefeuilleFout, OSError):
            for folder in self.root().iterdir():
                task = Taakmap(folder).taak()
                if task is not None and task.eigenaar == eigenaar.zelf():
                    eigenaar.remove(folder)

    def _keep_clean(self) -> None:
        while not self._stopped.wait(min(_EVERY, self.grenzen.bewaren)):
            with contextlib.suppress(PortefeuilleFout, OSError):
                self.opruimen()

    # the folder of all tasks

    def root(self) -> Path:
        """The private folder of all tasks. Raises :class:`PortefeuilleFout` when there is no safe place."""
        try:
            base = self._map or Path(tempfile.gettempdir())
            root = base / f"huurtoets-portefeuille-{os.getuid()}"
            root.mkdir(mode=0o700, exist_ok=True)
            found = root.lstat()
        except OSError:
            raise PortefeuilleFout(
                "De dienst heeft geen plaats voor tijdelijke bestanden. Vraag de beheerder om TMPDIR."
            ) from None
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PortefeuilleFout("De map voor tijdelijke bestanden is niet van de dienst alleen. Vraag de beheerder.")
        return root

    def opruimen(self) -> None:
        """Remove what is older than an hour, or was left by a process that no longer exists."""
        for folder in self.root().iterdir():
            task = Taakmap(folder).taak()
            with contextlib.suppress(OSError):
                age = time.time() - folder.stat().st_mtime
                lost = age > _BEING_MADE if task is None else not eigenaar.alive(task.eigenaar)
                if lost or age > self.grenzen.bewaren:
                    eigenaar.remove(folder)

    def _folder(self, id_: str) -> Taakmap:
        return Taakmap(self.root() / id_)

    # one task

    def nieuw(
        self,
        woningen: tuple[str, BinaryIO],
        personen: tuple[str, BinaryIO],
        koppeling: bytes | None,
        regels: Regelset | None = None,
    ) -> Taak:
        """Keep the files (name and content; without a name there is none); without a koppeling propose one.

        ``regels`` are those that it is computed by: those in force when nothing else is said.

        Raises :class:`PortefeuilleFout`; then nothing is kept.
        """
        self.opruimen()
        if len(list(self.root().iterdir())) >= _TASKS_AT_MOST:
            raise WachtrijVol("Er staan al genoeg bestanden klaar. Probeer het over een paar minuten opnieuw.")
        self._start()
        regels = regels or self.van_kracht.nu
        task = Taak(
            secrets.token_urlsafe(32), eigenaar=eigenaar.zelf(), regels=regels.hash, concept=conceptnaam(regels.revisie)
        )
        folder = self._folder(task.id)
        try:
            with no_room_is_said():
                folder.pad.mkdir(mode=0o700)
                folder.schrijf(task)  # whose it is comes first: a killed process leaves nothing that has no owner
                for name, given in ((WONINGEN, woningen), (PERSONEN, personen)):
                    if given[0]:
                        folder.bewaar(name, given)
                tables = open_tables(*folder.bestanden(), folder.gelezen(), self._lezen)
                chosen = propose(regels, *tables, {})
                if koppeling is not None:
                    given_before = private_file(folder.pad / "koppeling.yaml")
                    given_before.write_bytes(koppeling)
                    chosen = complete(read_koppeling(given_before, regels), *tables)
                folder.bewaar_tabellen(tables)
                folder.koppel(chosen)
                task = replace(task, meldingen=said(chosen, *tables))
                folder.schrijf(task)
        except BaseException:
            eigenaar.remove(folder.pad)
            raise
        return task

    def lees(self, id_: str) -> Taak | None:
        """The task with this id; None when there is none any more."""
        if not _ID.fullmatch(id_):
            return None
        with contextlib.suppress(PortefeuilleFout):
            self.opruimen()
        return self._folder(id_).taak()

    def koppeling(self, task: Taak) -> Koppeling:
        """The koppeling of a task. Raises :class:`PortefeuilleFout` when the rules it began with are gone."""
        return self._folder(task.id).koppeling(self.regels(task))

    def regels(self, task: Taak) -> Regelset:
        """The rules that a task began with. Raises :class:`PortefeuilleFout` when they are gone."""
        if task.concept:
            found = self._of_draft(task.concept, task.regels) if self._of_draft is not None else None
            if found is None:
                raise PortefeuilleFout(_DRAFT_CHANGED)
            return found
        try:
            return self.van_kracht.met(task.regels)
        except OnbekendeRegels:
            raise PortefeuilleFout(_RULES_GONE) from None

    def kolommen(self, id_: str) -> dict[str, tuple[str, ...]]:
        """The columns of the files of a task, by table."""
        tables = self._folder(id_).tabellen()
        names = {WONINGEN: tables[0].kolommen} | ({PERSONEN: tables[1].kolommen} if tables[1] else {})
        return {group: tuple(name for name in columns if name) for group, columns in names.items()}

    def voorbeelden(self, id_: str) -> dict[str, dict[str, tuple[str, ...]]]:
        """The first different values of each column, by table; for the eyes of who offered the file."""
        tables = self._folder(id_).tabellen()
        shown = {WONINGEN: tables[0]} | ({PERSONEN: tables[1]} if tables[1] else {})
        return {
            group: {
                name: tuple(cells.drop_nulls().unique(maintain_order=True).head(_SHOWN).to_list())
                for name, cells in table.eerste().items()
            }
            for group, table in shown.items()
        }

    def koppel(
        self, task: Taak, koppeling: Koppeling, peildatum: date, huurronde: int, ingangsdatum: date | None = None
    ) -> None:
        """Use this koppeling, and judge every row. Raises :class:`PortefeuilleFout` when it does not fit."""
        if ingangsdatum is not None:
            check_start(self.regels(task), ingangsdatum, huurronde)
        folder = self._folder(task.id)
        check(koppeling, *folder.tabellen())
        folder.koppel(koppeling)
        start = ingangsdatum.isoformat() if ingangsdatum is not None else ""
        dated = replace(task, peildatum=peildatum.isoformat(), huurronde=huurronde, ingangsdatum=start)
        self.begin(dated, proef=True)

    def begin(self, task: Taak, *, proef: bool, vorm: str = "") -> None:
        """Let it be computed when its turn comes. Raises :class:`WachtrijVol`."""
        folder = self._folder(task.id)
        first, second = folder.bestanden()
        out = folder.maak_uit()
        opdracht = Opdracht(
            first, self.koppeling(task), date.fromisoformat(task.peildatum), task.huurronde,
            out / "samenvatting.xlsx", out / "afgewezen.csv", second, str(out / f"resultaat.{vorm or 'csv'}"),
            proef=proef, ingangsdatum=date.fromisoformat(task.ingangsdatum) if task.ingangsdatum else None,
        )  # fmt: skip
        waiting = replace(
            task, fase="wacht", gedaan=0, geheel=0, fout="", overzichten=[], vorm=vorm, eigenaar=eigenaar.zelf()
        )
        with self._lock:
            if self._queue.full():
                raise WachtrijVol("Er wachten al genoeg bestanden. Probeer het over een paar minuten opnieuw.")
            folder.schrijf(waiting)
            self._queue.put_nowait(opdracht)
        self._start()

    def opnieuw(self, task: Taak) -> None:
        """Back to the koppeling."""
        self._folder(task.id).schrijf(replace(task, fase="koppelen", fout="", overzichten=[]))

    def resultaat(self, task: Taak) -> Path:
        """The file to download."""
        return self._folder(task.id).resultaat(task.vorm)

    def afgewezen(self, task: Taak) -> Path:
        """The list of rejected rows of a trial run."""
        return self._folder(task.id).uit / "afgewezen.csv"

    def wis(self, id_: str) -> None:
        """Remove everything of a task; a computation that runs stops at its next step."""
        if _ID.fullmatch(id_):
            eigenaar.remove(self._folder(id_).pad)

    # the thread that computes

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="portefeuille", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            opdracht = self._queue.get()
            folder = Taakmap(opdracht.woningen.parent)
            if (task := folder.taak()) is not None:
                self._compute(task, opdracht, folder)

    def _compute(self, task: Taak, opdracht: Opdracht, folder: Taakmap) -> None:
        try:
            with folder.tussen() as private:
                hears = _Hoort(self, folder, task, time.monotonic() + self.grenzen.duur)
                verslag = draai(opdracht, private, hears, folder.tabellen())
            folder.schrijf(done(task, verslag, proef=opdracht.proef))
        except PortefeuilleFout as error:
            _fail(folder, task, str(error))
        except Afgebroken:
            pass
        except BaseException as error:  # a fault of a library must not end the thread, nor tell what it read
            if folder.taak() is None:
                return  # removed in the meantime: no library knows what to say of that
            _fail(folder, task, f"Er ging iets mis. Geef dit nummer door aan beheer: {incident(error)}.")


def _fail(folder: Taakmap, task: Taak, text: str) -> None:
    with contextlib.suppress(Afgebroken):
        folder.schrijf(replace(task, fase="fout", fout=text))


class _Hoort:
    """Hears how far a run is, writes it down now and then, and ends it when the time is up."""

    def __init__(self, taken: Taken, folder: Taakmap, task: Taak, until: float) -> None:
        self.taken, self.folder, self.task, self.until, self.said = taken, folder, task, until, 0.0

    def __call__(self, phase: str, done: int, whole: int) -> None:
        now = time.monotonic()
        if self.taken._stopped.is_set():
            raise Afgebroken
        if now > self.until:
            raise PortefeuilleFout(
                f"Het duurde langer dan {self.taken.grenzen.duur} seconden. Deel het bestand op, of gebruik de "
                "opdracht huurtoets portefeuille."
            )
        if now - self.said > _SAY_AFTER:
            self.said = now
            self.folder.schrijf(replace(self.task, fase=phase, gedaan=done, geheel=whole))
