"""Portfolios of the page: each a private folder that lives an hour at most, computed one at a time.

All that is known of a task stands in its folder, so that any process of the service can show it. A folder is gone
an hour after its last use, and as soon as the process that made it no longer exists.
"""

import atexit
import contextlib
import json
import os
import queue
import re
import secrets
import shutil
import stat
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

import structlog

from regels.opmaak import getal, maandbedrag
from regels.regelset import Regelset
from service.apart import Leesgrenzen
from service.logboek import incident
from service.portefeuille import eigenaar
from service.portefeuille.doelen import PERSONEN, WONINGEN
from service.portefeuille.draaien import Opdracht, check_start, draai, no_room_is_said, open_tables
from service.portefeuille.fouten import Afgebroken, PortefeuilleFout
from service.portefeuille.koppeling import Koppeling, check, complete, propose, read_koppeling, said
from service.portefeuille.overzicht import Overzicht
from service.portefeuille.tabellen import ANDERE_SOORT, SOORTEN, Tabel
from service.portefeuille.verslag import Verslag

EEN_UUR: Final = 3600
LOPEND: Final = ("wacht", "tellen", "rekenen", "schrijven")
_ID: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_EVERY: Final = 30.0
_BEING_MADE: Final = 60.0
# of everyone together: what lies on the disk has an end too
_TASKS_AT_MOST: Final = 20
_SAY_AFTER: Final = 0.3
# in the folder of a task: what was read of its files, the tables and the koppeling
_READ, _TABLES, _COUPLED = "gelezen", "tabellen.json", "koppeling.json"
_GONE: Final = "Dit bestand is er niet meer. Begin opnieuw."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Grenzen:
    """How much the page takes on; ``omvang`` and ``geheugen`` in bytes, ``duur`` and ``bewaren`` in seconds."""

    omvang: int = 50_000_000
    duur: int = 900
    wachtrij: int = 4
    bewaren: int = EEN_UUR
    geheugen: int = Leesgrenzen().geheugen


@dataclass(frozen=True, slots=True)
class Taak:
    """One portfolio as the page knows it. ``fase``: koppelen, one of ``LOPEND``, proef, klaar or fout."""

    id: str
    fase: str = "koppelen"
    gedaan: int = 0
    geheel: int = 0
    fout: str = ""
    aangenomen: int = 0
    schoon: bool = True
    overzichten: list[dict[str, Any]] = field(default_factory=list)
    meldingen: list[str] = field(default_factory=list)
    vorm: str = ""
    peildatum: str = ""
    huurronde: int = 0
    ingangsdatum: str = ""
    eigenaar: list[int] = field(default_factory=list)

    @property
    def loopt(self) -> bool:
        """Whether it waits or is being computed."""
        return self.fase in LOPEND


class Vol(PortefeuilleFout):
    """Too many tasks wait already."""


class Taken:
    """The tasks of this service; one thread of each process computes."""

    def __init__(self, regels: Regelset, grenzen: Grenzen, map_: Path | None = None) -> None:
        self.regels, self.grenzen = regels, grenzen
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
                task = self._read(folder)
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
            task = self._read(folder)
            with contextlib.suppress(OSError):
                age = time.time() - folder.stat().st_mtime
                lost = age > _BEING_MADE if task is None else not eigenaar.alive(task.eigenaar)
                if lost or age > self.grenzen.bewaren:
                    eigenaar.remove(folder)

    def _folder(self, id_: str) -> Path:
        return self.root() / id_

    # one task

    def nieuw(self, woningen: tuple[str, BinaryIO], personen: tuple[str, BinaryIO], koppeling: bytes | None) -> Taak:
        """Keep the files (name and content; without a name there is none); without a koppeling propose one.

        Raises :class:`PortefeuilleFout`; then nothing is kept.
        """
        self.opruimen()
        if len(list(self.root().iterdir())) >= _TASKS_AT_MOST:
            raise Vol("Er staan al genoeg bestanden klaar. Probeer het over een paar minuten opnieuw.")
        self._start()
        task = Taak(secrets.token_urlsafe(32), eigenaar=eigenaar.zelf())
        folder = self._folder(task.id)
        try:
            with no_room_is_said():
                folder.mkdir(mode=0o700)
                self._write(task)  # whose it is comes first: a killed process leaves nothing that has no owner
                for name, given in ((WONINGEN, woningen), (PERSONEN, personen)):
                    if given[0]:
                        _keep(folder, name, given)
                tables = open_tables(*_files(folder), _private_folder(folder / _READ), self._lezen)
                chosen = propose(self.regels, *tables, {})
                if koppeling is not None:
                    _private(folder / "koppeling.yaml").write_bytes(koppeling)
                    chosen = complete(read_koppeling(folder / "koppeling.yaml", self.regels), *tables)
                self._keep_tables(folder, tables)
                self._couple(folder, chosen)
                task = replace(task, meldingen=said(chosen, *tables))
                self._write(task)
        except BaseException:
            eigenaar.remove(folder)
            raise
        return task

    def lees(self, id_: str) -> Taak | None:
        """The task with this id; None when there is none any more."""
        if not _ID.fullmatch(id_):
            return None
        with contextlib.suppress(PortefeuilleFout):
            self.opruimen()
        return self._read(self._folder(id_))

    def koppeling(self, id_: str) -> Koppeling:
        """The koppeling of a task."""
        found = json.loads((self._folder(id_) / _COUPLED).read_text(encoding="utf-8"))
        return Koppeling(self.regels, **found)

    def kolommen(self, id_: str) -> dict[str, tuple[str, ...]]:
        """The columns of the files of a task, by table."""
        tables = self._tables(self._folder(id_))
        names = {WONINGEN: tables[0].kolommen} | ({PERSONEN: tables[1].kolommen} if tables[1] else {})
        return {group: tuple(name for name in columns if name) for group, columns in names.items()}

    def koppel(
        self, task: Taak, koppeling: Koppeling, peildatum: date, huurronde: int, ingangsdatum: date | None = None
    ) -> None:
        """Use this koppeling, and judge every row. Raises :class:`PortefeuilleFout` when it does not fit."""
        if ingangsdatum is not None:
            check_start(self.regels, ingangsdatum, huurronde)
        folder = self._folder(task.id)
        check(koppeling, *self._tables(folder))
        self._couple(folder, koppeling)
        start = ingangsdatum.isoformat() if ingangsdatum is not None else ""
        dated = replace(task, peildatum=peildatum.isoformat(), huurronde=huurronde, ingangsdatum=start)
        self.begin(dated, proef=True)

    def begin(self, task: Taak, *, proef: bool, vorm: str = "") -> None:
        """Let it be computed when its turn comes. Raises :class:`Vol`."""
        folder = self._folder(task.id)
        first, second = _files(folder)
        out = folder / "uit"
        out.mkdir(mode=0o700, exist_ok=True)
        (out / "resultaat.zip").unlink(missing_ok=True)  # of the run before
        opdracht = Opdracht(
            first, self.koppeling(task.id), date.fromisoformat(task.peildatum), task.huurronde,
            out / "samenvatting.xlsx", out / "afgewezen.csv", second, str(out / f"resultaat.{vorm or 'csv'}"),
            proef=proef, ingangsdatum=date.fromisoformat(task.ingangsdatum) if task.ingangsdatum else None,
        )  # fmt: skip
        waiting = replace(
            task, fase="wacht", gedaan=0, geheel=0, fout="", overzichten=[], vorm=vorm, eigenaar=eigenaar.zelf()
        )
        with self._lock:
            if self._queue.full():
                raise Vol("Er wachten al genoeg bestanden. Probeer het over een paar minuten opnieuw.")
            self._write(waiting)
            self._queue.put_nowait(opdracht)
        self._start()

    def opnieuw(self, task: Taak) -> None:
        """Back to the koppeling."""
        self._write(replace(task, fase="koppelen", fout="", overzichten=[]))

    def resultaat(self, task: Taak) -> Path:
        """The file to download: the workbook, or a zip with the result, the summary and the rejected rows.

        It may be asked again, also while someone still receives it, so a zip is made once and then left alone.
        """
        folder = self._folder(task.id)
        out = folder / "uit"
        os.utime(folder)  # this is a use
        if task.vorm == "xlsx":
            return out / "resultaat.xlsx"
        bundle = out / "resultaat.zip"
        if not bundle.exists():
            place = _private(out / f".zip.{secrets.token_hex(4)}")
            with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as parts:
                for name in (f"resultaat.{task.vorm}", "samenvatting.xlsx", "afgewezen.csv"):
                    parts.write(out / name, name)
            place.replace(bundle)
        return bundle

    def afgewezen(self, task: Taak) -> Path:
        """The list of rejected rows of a trial run."""
        return self._folder(task.id) / "uit" / "afgewezen.csv"

    def wis(self, id_: str) -> None:
        """Remove everything of a task; a computation that runs stops at its next step."""
        if _ID.fullmatch(id_):
            eigenaar.remove(self._folder(id_))

    # what stands in the folder

    def _couple(self, folder: Path, koppeling: Koppeling) -> None:
        parts = {WONINGEN: dict(koppeling.woningen), PERSONEN: dict(koppeling.personen), "vast": dict(koppeling.vast)}
        _private(folder / _COUPLED).write_text(json.dumps(parts), encoding="utf-8")

    def _keep_tables(self, folder: Path, tables: tuple[Tabel, Tabel | None]) -> None:
        kept = [table.as_json() if table is not None else None for table in tables]
        _private(folder / _TABLES).write_text(json.dumps(kept), encoding="utf-8")

    def _tables(self, folder: Path) -> tuple[Tabel, Tabel | None]:
        try:
            first, second = json.loads((folder / _TABLES).read_text(encoding="utf-8"))
        except OSError:
            raise PortefeuilleFout(_GONE) from None
        return Tabel.from_json(first), Tabel.from_json(second) if second is not None else None

    def _read(self, folder: Path) -> Taak | None:
        try:
            return Taak(**json.loads((folder / "taak.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _write(self, task: Taak) -> None:
        folder = self._folder(task.id)
        try:
            place = _private(folder / f".taak.{secrets.token_hex(4)}")
            place.write_text(json.dumps(asdict(task)), encoding="utf-8")
            place.replace(folder / "taak.json")
        except FileNotFoundError:
            raise Afgebroken from None  # removed in the meantime

    # the thread that computes

    def _start(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="portefeuille", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            opdracht = self._queue.get()
            folder = opdracht.woningen.parent
            if (task := self._read(folder)) is not None:
                self._compute(task, opdracht, folder)

    def _compute(self, task: Taak, opdracht: Opdracht, folder: Path) -> None:
        try:
            with _tables_folder(folder) as private:
                hears = _Hoort(self, task, time.monotonic() + self.grenzen.duur)
                verslag = draai(opdracht, private, hears, self._tables(folder))
            self._write(_done(task, verslag, proef=opdracht.proef))
        except PortefeuilleFout as error:
            self._fail(task, str(error))
        except Afgebroken:
            pass
        except BaseException as error:  # a fault of a library must not end the thread, nor tell what it read
            if self._read(folder) is None:
                return  # removed in the meantime: no library knows what to say of that
            self._fail(task, f"Er ging iets mis. Geef dit nummer door aan beheer: {incident(error)}.")

    def _fail(self, task: Taak, text: str) -> None:
        with contextlib.suppress(Afgebroken):
            self._write(replace(task, fase="fout", fout=text))


class _Hoort:
    """Hears how far a run is, writes it down now and then, and ends it when the time is up."""

    def __init__(self, taken: Taken, task: Taak, until: float) -> None:
        self.taken, self.task, self.until, self.said = taken, task, until, 0.0

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
            self.taken._write(replace(self.task, fase=phase, gedaan=done, geheel=whole))


def _done(task: Taak, verslag: Verslag, *, proef: bool) -> Taak:
    return replace(
        task,
        fase="proef" if proef else "klaar",
        aangenomen=verslag.aangenomen,
        schoon=verslag.schoon,
        meldingen=verslag.meldingen,
        overzichten=[_plain(part) for part in verslag.overzichten],
    )


def _plain(part: Overzicht) -> dict[str, Any]:
    """A table as JSON: every cell as it is shown, and the numbers of its picture."""
    return {
        "titel": part.titel,
        "uitleg": part.uitleg,
        "kop": list(part.kop),
        "rijen": [[_shown(cell) for cell in row] for row in part.rijen],
        "getallen": [all(isinstance(row[at], int | Decimal) for row in part.rijen) for at in range(len(part.kop))],
        "staven": list(part.beeld.staven) if part.beeld else [],
        "streep": part.beeld.streep if part.beeld else None,
    }


def _shown(cell: str | int | Decimal | None) -> str:
    if isinstance(cell, Decimal):
        return maandbedrag(cell)
    if isinstance(cell, int):
        return getal(Decimal(cell))
    return cell or ""


# files


def _private(path: Path) -> Path:
    os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    return path


def _private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700)
    return path


def _keep(folder: Path, name: str, given: tuple[str, BinaryIO]) -> None:
    suffix = Path(given[0]).suffix.lower()
    if suffix not in SOORTEN:
        raise PortefeuilleFout(ANDERE_SOORT)
    with _private(folder / f"{name}{suffix}").open("wb") as kept:
        shutil.copyfileobj(given[1], kept)


def _files(folder: Path) -> tuple[Path, Path | None]:
    found = {path.stem: path for path in folder.iterdir() if path.suffix in SOORTEN}
    if WONINGEN not in found:
        raise PortefeuilleFout(_GONE)
    return found[WONINGEN], found.get(PERSONEN)


@contextlib.contextmanager
def _tables_folder(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tussen-", dir=folder, ignore_cleanup_errors=True) as name:
        yield Path(name)
