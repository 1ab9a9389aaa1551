"""The folder of one portfolio of the page: its files, what was read of them, how far it is, and what comes out.

Everything of a task stands in its folder, readable for the service only, so that any process of it can show it.
"""

import contextlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

from regels.opmaak import getal, maandbedrag
from regels.regelset import Regelset
from service.portefeuille.doelen import PERSONEN, WONINGEN
from service.portefeuille.fouten import Afgebroken, PortefeuilleFout
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.overzicht import Overzicht
from service.portefeuille.tabellen import ANDERE_SOORT, SOORTEN, Tabel
from service.portefeuille.verslag import Verslag

LOPEND: Final = ("wacht", "tellen", "rekenen", "schrijven")
# what was read of the files, the tables, the koppeling, and how far it is
_READ, _TABLES, _COUPLED, _TASK = "gelezen", "tabellen.json", "koppeling.json", "taak.json"
_GONE: Final = "Dit bestand is er niet meer. Begin opnieuw."


@dataclass(frozen=True, slots=True)
class Taak:
    """One portfolio as the page knows it. ``fase``: koppelen, one of ``LOPEND``, proef, klaar or fout.

    ``regels`` is the hash of the rule set that it began with, and ends with; ``concept`` is the draft that this set is
    of, for a portfolio of a preview, which is shown in a preview of that draft and nowhere else.
    """

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
    regels: str = ""
    concept: str = ""

    @property
    def loopt(self) -> bool:
        """Whether it waits or is being computed."""
        return self.fase in LOPEND


@dataclass(frozen=True, slots=True)
class Taakmap:
    """What stands in the folder of a task."""

    pad: Path

    def taak(self) -> Taak | None:
        """How far it is; None when there is none any more."""
        try:
            return Taak(**json.loads((self.pad / _TASK).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def schrijf(self, task: Taak) -> None:
        """Keep how far it is. Raises :class:`Afgebroken` when the folder was removed in the meantime."""
        try:
            place = private_file(self.pad / f".taak.{secrets.token_hex(4)}")
            place.write_text(json.dumps(asdict(task)), encoding="utf-8")
            place.replace(self.pad / _TASK)
        except FileNotFoundError:
            raise Afgebroken from None

    def bewaar(self, name: str, given: tuple[str, BinaryIO]) -> None:
        """Keep a file that was sent (its name and its content) as the table ``name``."""
        suffix = Path(given[0]).suffix.lower()
        if suffix not in SOORTEN:
            raise PortefeuilleFout(ANDERE_SOORT)
        with private_file(self.pad / f"{name}{suffix}").open("wb") as kept:
            shutil.copyfileobj(given[1], kept)

    def bestanden(self) -> tuple[Path, Path | None]:
        """The files of the dwellings and of the persons. Raises :class:`PortefeuilleFout` when they are gone."""
        found = {path.stem: path for path in self.pad.iterdir() if path.suffix in SOORTEN}
        if WONINGEN not in found:
            raise PortefeuilleFout(_GONE)
        return found[WONINGEN], found.get(PERSONEN)

    def gelezen(self) -> Path:
        """A new folder for what is read of the files."""
        path = self.pad / _READ
        path.mkdir(mode=0o700)
        return path

    def bewaar_tabellen(self, tables: tuple[Tabel, Tabel | None]) -> None:
        """Keep what is known of the tables."""
        kept = [table.as_json() if table is not None else None for table in tables]
        private_file(self.pad / _TABLES).write_text(json.dumps(kept), encoding="utf-8")

    def tabellen(self) -> tuple[Tabel, Tabel | None]:
        """What is known of the tables. Raises :class:`PortefeuilleFout` when they are gone."""
        try:
            first, second = json.loads((self.pad / _TABLES).read_text(encoding="utf-8"))
        except OSError:
            raise PortefeuilleFout(_GONE) from None
        return Tabel.from_json(first), Tabel.from_json(second) if second is not None else None

    def koppel(self, koppeling: Koppeling) -> None:
        """Keep which column is which field."""
        parts = {WONINGEN: dict(koppeling.woningen), PERSONEN: dict(koppeling.personen), "vast": dict(koppeling.vast)}
        private_file(self.pad / _COUPLED).write_text(json.dumps(parts), encoding="utf-8")

    def koppeling(self, regels: Regelset) -> Koppeling:
        """Which column is which field."""
        return Koppeling(regels, **json.loads((self.pad / _COUPLED).read_text(encoding="utf-8")))

    @property
    def uit(self) -> Path:
        """Where the results are."""
        return self.pad / "uit"

    def maak_uit(self) -> Path:
        """The folder for the results, without those of the run before."""
        self.uit.mkdir(mode=0o700, exist_ok=True)
        (self.uit / "resultaat.zip").unlink(missing_ok=True)
        return self.uit

    def resultaat(self, vorm: str) -> Path:
        """The file to download: the workbook, or a zip with the result, the summary and the rejected rows.

        It may be asked again, also while someone still receives it, so a zip is made once and then left alone.
        """
        os.utime(self.pad)  # this is a use
        if vorm == "xlsx":
            return self.uit / "resultaat.xlsx"
        bundle = self.uit / "resultaat.zip"
        if not bundle.exists():
            place = private_file(self.uit / f".zip.{secrets.token_hex(4)}")
            with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as parts:
                for name in (f"resultaat.{vorm}", "samenvatting.xlsx", "afgewezen.csv"):
                    parts.write(self.uit / name, name)
            place.replace(bundle)
        return bundle

    @contextlib.contextmanager
    def tussen(self) -> Iterator[Path]:
        """A folder for what is between the tables and the results, gone at the end of the block."""
        with tempfile.TemporaryDirectory(prefix="tussen-", dir=self.pad, ignore_cleanup_errors=True) as name:
            yield Path(name)


def done(task: Taak, verslag: Verslag, *, proef: bool) -> Taak:
    """``task`` with what came out of its run."""
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


def private_file(path: Path) -> Path:
    """``path`` as an empty file that only this user can read."""
    os.close(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    return path
