"""The data directory: the embedded database, and what must stand beside a database and not in it."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from service.opslag.opslagfouten import GeenOpslag


def standaardmap() -> Path:
    """Where data is kept when no setting says so: ``$XDG_DATA_HOME/huurtoets``."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local/share") / "huurtoets"


@dataclass(frozen=True)
class Gegevensmap:
    """A directory that only the service may read, with a place for each thing."""

    map_: Path

    @property
    def database(self) -> Path:
        """The embedded database."""
        return self.map_ / "huurtoets.sqlite3"

    @property
    def sleutel(self) -> Path:
        """The key of the ledger, unless a setting names another place."""
        return self.map_ / "sleutel"

    @property
    def gewist(self) -> Path:
        """Who was erased: kept outside the database, so that a backup cannot bring anybody back."""
        return self.map_ / "gewist.txt"

    @property
    def anker(self) -> Path:
        """The last entry of the ledger that was written from here."""
        return self.map_ / "grootboek.anker"

    @property
    def kopieen(self) -> Path:
        """Backups that the product makes by itself, before it changes the tables."""
        return self.map_ / "reservekopieen"

    @property
    def regels(self) -> Path:
        """The rules that this machine answered by last, for when the database cannot be reached at the start."""
        return self.map_ / "regels.json"

    @property
    def bewezen(self) -> Path:
        """What was proven of the rules before."""
        return self.map_ / "bewezen.json"

    @property
    def controle(self) -> Path:
        """How far the check of a draft is."""
        return self.map_ / "controle.json"

    def maak(self) -> None:
        """Make the directory, for its owner alone. Raises :class:`GeenOpslag`."""
        try:
            self.map_.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise GeenOpslag(
                f"De gegevensmap {self.map_} is niet te maken ({error.strerror}). "
                "Noem met HUURTOETS_GEGEVENSMAP een map waarin de dienst mag schrijven."
            ) from None


def beside(path: Path) -> Path:
    """A name beside ``path`` for what is being made, which no other process or thread takes."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")


def write_whole(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Put ``data`` at ``path`` so that a reader finds the old file or the new one, also after a crash."""
    new = beside(path)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
