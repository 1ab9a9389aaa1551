"""``python -m service.effect.effectproces MAP``: one comparison, in a process of its own with limits.

In ``MAP`` stands what to do (``opdracht.json``, :class:`Effectopdracht`). What comes out is written beside it:
``uitkomst.json``, or ``fout.json`` with a sentence. The tables are removed as soon as they were read.
"""

import json
import os
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from regels.bron import bewaard
from regels.formaat import FORMAAT
from regels.regelset import Regelset
from service.basis.apart import Leesgrenzen, limit, unforeseen
from service.effect.effect import effect
from service.effect.effectuitkomst import Effect
from service.effect.eigen_tabel import own_homes, widest
from service.effect.illustratief import AANTAL, illustrative
from service.effect.kanten import Vergelijkkant
from service.portefeuille.eigenaar import remove
from service.portefeuille.fouten import PortefeuilleFout

OPDRACHT, UITKOMST, FOUT = "opdracht.json", "uitkomst.json", "fout.json"
# where an error was that nobody foresaw, and how the process ends then
WAAR, ONVERWACHT = "waar.json", 3
_GIVES_WAY: Final = 10
_SECONDS: Final = 600
_OUTPUT: Final = 4 << 30
_STANDING: Final = 2 << 30


@dataclass(frozen=True, slots=True)
class Kantopdracht:
    """One side: its rule files (base64), and the dates of the question."""

    naam: str
    bestanden: Mapping[str, str]
    formaat: int
    peildatum: date
    huurronde: int

    @classmethod
    def van(cls, naam: str, bestanden: Mapping[str, bytes], dag: date, formaat: int = FORMAAT) -> "Kantopdracht":
        """The side of these files on ``dag``, in the round of that year."""
        told = {name: b64encode(content).decode("ascii") for name, content in bestanden.items()}
        return cls(naam, told, formaat, dag, dag.year)

    def regels(self) -> Regelset:
        """Its rule set. Raises :class:`regels.bestanden.RegelsetError`."""
        return bewaard({name: b64decode(text) for name, text in self.bestanden.items()}, self.naam, self.formaat)


@dataclass(frozen=True, slots=True)
class Effectopdracht:
    """What to compare, on which households: the tables (names in the folder), else the illustrative ones."""

    oud: Kantopdracht
    nieuw: tuple[Kantopdracht, ...]
    woningen: str = ""
    personen: str = ""
    koppeling: str = ""
    geheugen: int = Leesgrenzen().geheugen
    aantal: int = AANTAL

    def met(self, tabel: str, bestand: str) -> "Effectopdracht":
        """The same with this file as ``woningen``, ``personen`` or ``koppeling``."""
        return replace(
            self,
            woningen=bestand if tabel == "woningen" else self.woningen,
            personen=bestand if tabel == "personen" else self.personen,
            koppeling=bestand if tabel == "koppeling" else self.koppeling,
        )


@dataclass(frozen=True, slots=True)
class Effectuitkomst:
    """What came out; ``afgewezen`` rows of one's own table could not be used."""

    effect: Effect
    afgewezen: int = 0


OPDRACHTVORM: Final = TypeAdapter(Effectopdracht)
UITKOMSTVORM: Final = TypeAdapter(Effectuitkomst)


def compute(opdracht: Effectopdracht, folder: Path) -> Effectuitkomst:
    """The comparison. Raises :class:`PortefeuilleFout` where the tables cannot be used."""
    old = opdracht.oud
    sets = [one.regels() for one in (old, *opdracht.nieuw)]
    rejected = 0
    if opdracht.woningen:
        given = [folder / name if name else None for name in (opdracht.woningen, opdracht.personen, opdracht.koppeling)]
        private = folder / "tussen"
        private.mkdir(mode=0o700)
        assert given[0] is not None
        limits = Leesgrenzen(opdracht.geheugen)
        households, rejected = own_homes(
            widest(sets), given[0], given[1], given[2], old.peildatum, old.huurronde, private, limits
        )
        for path in (*given, private):
            if path is not None:
                remove(path)
    else:
        households = illustrative(sets[0], old.huurronde, opdracht.aantal)
    sides = [
        Vergelijkkant(one.naam, regels, one.peildatum, one.huurronde)
        for one, regels in zip((old, *opdracht.nieuw), sets, strict=True)
    ]
    return Effectuitkomst(effect(households, sides[0], sides[1:]), rejected)


def main() -> None:
    """Read what to do, do it, write what came out."""
    folder = Path(sys.argv[1])
    os.umask(0o077)
    os.nice(_GIVES_WAY)  # to who waits for a page
    opdracht = OPDRACHTVORM.validate_json((folder / OPDRACHT).read_bytes())
    limit({"geheugen": _STANDING + opdracht.geheugen, "tijd": _SECONDS, "uitvoer": _OUTPUT})
    try:
        found = UITKOMSTVORM.dump_json(compute(opdracht, folder))
    except PortefeuilleFout as error:
        _write(folder / FOUT, TypeAdapter(str).dump_json(str(error)))
    except BaseException as error:  # what a library says may hold a cell: only its kind and our own place go on
        _write(folder / WAAR, json.dumps(unforeseen(error)).encode())
        raise SystemExit(ONVERWACHT) from None
    else:
        _write(folder / UITKOMST, found)


def _write(place: Path, content: bytes) -> None:
    part = place.with_suffix(".deel")
    part.write_bytes(content)
    part.replace(place)


if __name__ == "__main__":
    main()
