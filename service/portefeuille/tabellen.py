"""A table of which another process read the file: its columns, and its rows as text in a private folder."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

import polars as pl

from service.basis.apart import Leesgrenzen
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.lezer import KAPOT, vraag
from service.portefeuille.vormen import ANDERE_SOORT, PER_KEER, RIJ, SOORTEN

__all__ = ["ANDERE_SOORT", "PER_KEER", "RIJ", "SOORTEN", "Tabel", "normal", "open_table"]
_CONVERTED: Final = "omgezet.json"


@dataclass(frozen=True)
class Tabel:
    """A table that can be read more than once; ``meldingen`` says what the user must know.

    ``map`` is the private folder with what was read of ``pad``. ``leesbaar`` are the columns of a kind that can be
    read, ``getal`` those that hold numbers in the file itself.
    """

    soort: str
    kolommen: tuple[str, ...]
    meldingen: tuple[str, ...]
    pad: Path
    naam: str
    map: Path
    leesbaar: tuple[str, ...]
    getal: tuple[str, ...]
    stelsel_1904: bool = False
    grenzen: Leesgrenzen = Leesgrenzen()  # noqa: RUF009 - frozen, so one for all

    def lees(self, kolommen: Sequence[str], per: int = PER_KEER) -> Iterator[pl.DataFrame]:
        """These columns as text (empty cells are null), with the row number in the file as ``rij``."""
        wanted = list(dict.fromkeys(kolommen))
        stored = self.haal(wanted)
        places = {name: str(at) for at, name in enumerate((RIJ, *stored))}
        for part in sorted(self.map.glob("deel-*.arrow")):
            frame = _read(part).select(pl.col(places[name]).alias(name) for name in (RIJ, *wanted))
            yield from frame.iter_slices(per) if frame.height > per else (frame,)

    def haal(self, kolommen: Sequence[str]) -> tuple[str, ...]:
        """Have these columns read from the file, unless they were; the columns that now are there.

        Raises :class:`PortefeuilleFout`.
        """
        known = self.map / _CONVERTED
        done = tuple(json.loads(known.read_text(encoding="utf-8"))) if known.exists() else None
        if done is not None and set(kolommen) <= set(done):
            return done
        wanted = tuple(dict.fromkeys((*(done or ()), *kolommen)))
        for part in self.map.glob("deel-*.arrow"):
            part.unlink()
        known.unlink(missing_ok=True)
        vraag("zet om", self.pad, self.grenzen, map=str(self.map), naam=self.naam, kolommen=wanted)
        known.touch(mode=0o600)
        known.write_text(json.dumps(wanted), encoding="utf-8")
        return wanted

    def eerste(self) -> dict[str, pl.Series]:
        """The first rows as text, by column; a column of a kind that cannot be read is left out."""
        place = self.map / "eerste.arrow"
        if not place.exists():
            return {name: pl.Series(name, [], dtype=pl.String) for name in self.leesbaar}
        frame = _read(place)
        return {name: frame[str(at)].alias(name) for at, name in enumerate(self.leesbaar)}

    def delen(self) -> Iterator[dict[str, pl.Series]]:
        """All rows as text, part by part, by column; a column of a kind that cannot be read is left out."""
        for frame in self.lees(self.leesbaar):
            yield {name: frame[name] for name in self.leesbaar}

    def getallen(self) -> frozenset[str]:
        """The columns that hold numbers in the file itself: there a date may be an Excel day number."""
        return frozenset(self.getal)

    def as_json(self) -> str:
        """All that is known of this table, to be read back by :meth:`from_json`."""
        return json.dumps(asdict(self), default=str)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The table that :meth:`as_json` wrote."""
        found = json.loads(text)
        lists = {name: tuple(found[name]) for name in ("kolommen", "meldingen", "leesbaar", "getal")}
        paths = {name: Path(found[name]) for name in ("pad", "map")}
        return cls(**found | lists | paths | {"grenzen": Leesgrenzen(**found["grenzen"])})


def _read(place: Path) -> pl.DataFrame:
    try:
        return pl.read_ipc(place)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise PortefeuilleFout(KAPOT) from None


def open_table(path: Path, folder: Path, *, naam: str | None = None, grenzen: Leesgrenzen | None = None) -> Tabel:
    """The table in ``path``; ``folder`` is a private place for what is read of it. Raises :class:`PortefeuilleFout`.

    ``naam`` is the name the user gave the file, when that is not the name it has here.
    """
    called, limits = naam or path.name, grenzen or Leesgrenzen()
    if Path(called).suffix.lower() not in SOORTEN:
        raise PortefeuilleFout(ANDERE_SOORT)
    for left in (folder / "eerste.arrow", folder / _CONVERTED, *folder.glob("deel-*.arrow")):
        left.unlink(missing_ok=True)
    found = vraag("bekijk", path, limits, map=str(folder.absolute()), naam=called)
    return Tabel(
        found["soort"], tuple(found["kolommen"]), tuple(found["meldingen"]), path, called, folder.absolute(),
        tuple(found["leesbaar"]), tuple(found["getallen"]), bool(found["stelsel_1904"]), limits,
    )  # fmt: skip


def normal(name: str) -> str:
    """``name`` without case, accents on separators or signs: how column names are compared."""
    return re.sub(r"[^a-z0-9+]", "", name.lower())
