"""Comparisons of the page: each in a private folder and a process of its own, one at a time; gone within an hour.

All that is known of one stands in its folder, so that any process of the service can show it. Uploaded tables are
removed as soon as they were read, and with the folder at the latest.
"""

import atexit
import contextlib
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final

import structlog
from pydantic import TypeAdapter

from service.effect.effectproces import (
    FOUT,
    ONVERWACHT,
    OPDRACHT,
    OPDRACHTVORM,
    UITKOMST,
    UITKOMSTVORM,
    WAAR,
    Effectopdracht,
)
from service.effect.effectuitkomst import Effect
from service.portefeuille import eigenaar
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.lezer import environment
from service.portefeuille.taakmap import private_file
from service.portefeuille.tabellen import ANDERE_SOORT, SOORTEN
from service.portefeuille.taken import WachtrijVol

Tabellen = Mapping[str, tuple[str, BinaryIO]]
_ID: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_ROOT: Final = Path(__file__).parents[2]
_KEEP: Final = 3600
_MOST: Final = 12
_PATIENCE: Final = 900
_ABOUT: Final = "over.json"
_STOPPED: Final = "Het berekenen is gestopt: het duurde te lang of vroeg te veel geheugen. Neem een kleiner bestand."
_BROKEN: Final = "Het berekenen is mislukt. Probeer het opnieuw, en vraag de beheerder als het weer misgaat."
_FULL: Final = "Er wordt al genoeg berekend. Probeer het over een paar minuten opnieuw."
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Effecttaak:
    """A comparison: of which draft (``naam``, with its ``hash`` then), who made it, and what came of it so far."""

    id: str
    naam: str
    hash: str
    van: str
    eigenaar: tuple[int, ...] = ()
    fout: str = ""
    effect: Effect | None = None
    afgewezen: int = 0

    @property
    def loopt(self) -> bool:
        """Whether it waits or is being computed."""
        return self.effect is None and not self.fout


_FORM: Final = TypeAdapter(Effecttaak)


class Effecttaken:
    """The comparisons of this service; one process at a time computes for each process of the service."""

    def __init__(self, map_: Path | None = None) -> None:
        self._map = map_
        self._turn = threading.Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        atexit.register(self.stop)

    def begin(self, naam: str, hash_: str, van: str, opdracht: Effectopdracht, tabellen: Tabellen) -> str:
        """Begin a comparison on these tables (``woningen``, ``personen``, ``koppeling``: name and content); its id.

        Raises :class:`PortefeuilleFout`; then nothing is kept.
        """
        self._clean()
        root = self._root()
        if len(list(root.iterdir())) >= _MOST:
            raise WachtrijVol(_FULL)
        task = Effecttaak(secrets.token_urlsafe(32), naam, hash_, van, tuple(eigenaar.zelf()))
        folder = root / task.id
        try:
            folder.mkdir(mode=0o700)
            _keep(folder / _ABOUT, _FORM.dump_json(task))
            for name, given in tabellen.items():
                opdracht = opdracht.met(name, _table(folder, name, given))
            _keep(folder / OPDRACHT, OPDRACHTVORM.dump_json(opdracht))
        except OSError:
            eigenaar.remove(folder)
            raise PortefeuilleFout("De dienst heeft geen plaats voor tijdelijke bestanden.") from None
        except BaseException:
            eigenaar.remove(folder)
            raise
        threading.Thread(target=self._work, args=(task.id, folder), name="effect", daemon=True).start()
        return task.id

    def lees(self, naam: str, id_: str) -> Effecttaak | None:
        """A comparison of this draft; None when there is none any more."""
        if not _ID.fullmatch(id_):
            return None
        self._clean()
        folder = self._root() / id_
        try:
            task = _FORM.validate_json((folder / _ABOUT).read_bytes())
            if task.naam != naam:
                return None
            if (folder / UITKOMST).exists():
                found = UITKOMSTVORM.validate_json((folder / UITKOMST).read_bytes())
                return replace(task, effect=found.effect, afgewezen=found.afgewezen)
            if (folder / FOUT).exists():
                return replace(task, fout=TypeAdapter(str).validate_json((folder / FOUT).read_bytes()))
        except (OSError, ValueError):
            return None
        return task

    def wis(self, naam: str, id_: str) -> None:
        """Stop a comparison, and remove all of it."""
        if self.lees(naam, id_) is not None:
            if (process := self._running.get(id_)) is not None:
                process.kill()
            eigenaar.remove(self._root() / id_)

    def stop(self) -> None:
        """Remove every comparison of this process."""
        atexit.unregister(self.stop)
        for process in [*self._running.values()]:
            process.kill()
        with contextlib.suppress(OSError, PortefeuilleFout):
            for folder in self._root().iterdir():
                task = _about(folder)
                if task is not None and list(task.eigenaar) == eigenaar.zelf():
                    eigenaar.remove(folder)

    # parts

    def _root(self) -> Path:
        root = (self._map or Path(tempfile.gettempdir())) / f"huurtoets-effect-{os.getuid()}"
        try:
            root.mkdir(mode=0o700, exist_ok=True)
            found = root.lstat()
        except OSError:
            raise PortefeuilleFout("De dienst heeft geen plaats voor tijdelijke bestanden.") from None
        if root.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
            raise PortefeuilleFout("De map voor tijdelijke bestanden is niet van de dienst alleen. Vraag de beheerder.")
        return root

    def _clean(self) -> None:
        for folder in self._root().iterdir():
            with contextlib.suppress(OSError):
                task, age = _about(folder), time.time() - folder.stat().st_mtime
                lost = age > 60 if task is None else not eigenaar.alive(list(task.eigenaar))
                waits = not ((folder / UITKOMST).exists() or (folder / FOUT).exists())
                if lost or (age > _KEEP and not waits):
                    eigenaar.remove(folder)

    def _work(self, id_: str, folder: Path) -> None:
        with self._turn:
            if not folder.exists():
                return
            try:
                end = self._run(id_, folder)
                if end and folder.exists():
                    log.warning("effect niet berekend", einde=end, **_unforeseen(folder))
                    said = _BROKEN if end == ONVERWACHT else _STOPPED
                    with contextlib.suppress(OSError):
                        _keep(folder / FOUT, TypeAdapter(str).dump_json(said))
            finally:
                for place in (folder / "tussen", *folder.glob("tabel-*")):  # whatever became of it
                    eigenaar.remove(place)

    def _run(self, id_: str, folder: Path) -> int:
        """How the process ended; what a library prints may hold a cell of a table, so nobody reads that."""
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-m", "service.effect.effectproces", str(folder)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=_ROOT,
                start_new_session=True, env=environment(),
            )  # fmt: skip
        except OSError:
            return ONVERWACHT
        self._running[id_] = process
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()
        finally:
            del self._running[id_]


def _unforeseen(folder: Path) -> dict[str, Any]:
    """The kind and the place of an error in the process."""
    try:
        found: dict[str, Any] = json.loads((folder / WAAR).read_bytes())
    except (OSError, ValueError):
        return {}
    return found


def _about(folder: Path) -> Effecttaak | None:
    try:
        return _FORM.validate_json((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return None


def _keep(place: Path, content: bytes) -> None:
    private_file(place).write_bytes(content)


def _table(folder: Path, name: str, given: tuple[str, BinaryIO]) -> str:
    suffix = Path(given[0]).suffix.lower()
    if suffix not in (*SOORTEN, ".yaml", ".yml"):
        raise PortefeuilleFout(ANDERE_SOORT)
    place = private_file(folder / f"tabel-{name}{suffix}")
    with place.open("wb") as kept:
        while part := given[1].read(1 << 20):
            kept.write(part)
    return place.name
