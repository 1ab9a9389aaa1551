"""``python -m tests.hulp.drukte``: every file that people make, by command and page, while ten users work.

Prints what the users waited for, and what the processes hold at rest after each round of all files. The test of the
same name in ``tests/service`` judges the answers; a time is measured and never asserted.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Final

from bench.menigte import Crowd, visit
from bench.processen import resident
from tests.hulp.bestanden import GEVALLEN, GROTE, KOPPELINGEN, NAMEN, WONINGEN, Geval, csv_text
from tests.hulp.dienst import Dienst, dienst
from tests.hulp.opladen import Bezoeker

GEBRUIKERS: Final = 10
# seconds that a user thinks between two steps, and that the service rests before its memory is looked at
DENKT: Final = 5.0
_RUST: Final = 4.0
_LONGEST: Final = 600
_RONDES: Final = 2
VAST: Final = {"soort": "huurder"}
_TABLE: Final = csv_text([NAMEN, *WONINGEN]).encode()
# what a table is drawn with
_LINES: Final = re.compile("[\u2500-\u257f]")
ALLE: Final = (*GEVALLEN.values(), *GROTE.values())
Oordeel = Callable[[str, str, str], None]


@dataclass
class Gemeten:
    """What a run gave: what the users met, and MiB of the workers at rest before the files and after each round."""

    menigte: Crowd = field(default_factory=Crowd)
    rust: list[float] = field(default_factory=list)
    duur: dict[str, float] = field(default_factory=dict)
    processen: list[frozenset[int]] = field(default_factory=list)

    def p95(self) -> dict[str, float]:
        """Of each kind of step, in milliseconds."""
        waits = self.menigte.waits
        every = {**waits, "alles": [wait for kind in waits.values() for wait in kind]}
        return {kind: quantiles(found, n=20)[-1] * 1000 for kind, found in every.items() if len(found) > 1}


def in_drukte(folder: Path, gevallen: Sequence[Geval], oordeel: Oordeel, rondes: int) -> Gemeten:
    """Offer every file by page and command, ``rondes`` times, while ten users work.

    ``oordeel`` hears the name of each file, the way it went ("pagina" or "opdracht") and what was said.
    """
    found = Gemeten()
    source = folder / "bron"
    source.mkdir()
    for geval in gevallen:
        geval.maak(source / geval.naam)
    (source / "tabel.csv").write_bytes(_TABLE)
    with dienst(folder, werkers=2) as run, _users(run, found.menigte):
        _rest(run, found)
        for _ in range(rondes):
            for geval in gevallen:
                began = time.monotonic()
                oordeel(geval.naam, "pagina", _by_page(run, source / geval.naam))
                oordeel(geval.naam, "opdracht", _by_command(source / geval.naam, folder / "uit"))
                found.duur[geval.naam] = time.monotonic() - began
            for naam, content in KOPPELINGEN.items():
                oordeel(naam, "koppeling", _koppeling_by_page(run, content))
                (source / "k.yaml").write_bytes(content)
                more = ("--koppeling", str(source / "k.yaml"))
                oordeel(naam, "koppeling", _by_command(source / "tabel.csv", folder / "uit", VAST, *more))
            _rest(run, found)
    return found


@contextmanager
def _users(run: Dienst, found: Crowd) -> Iterator[None]:
    done = threading.Event()
    work = visit(run.port, run.process.pid, found, DENKT, GEBRUIKERS, lambda: not done.is_set())
    thread = threading.Thread(target=asyncio.run, args=(work,))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _rest(run: Dienst, found: Gemeten) -> None:
    time.sleep(_RUST)
    found.rust.append(resident(run.process.pid)["workers"])
    found.processen.append(frozenset(_workers(run.process.pid)))


def _workers(pid: int) -> Iterator[int]:
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            try:
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                command = (place / "cmdline").read_text()
            except OSError:
                continue
            if parent == pid and "spawn_main" in command:
                yield int(place.name)


def _by_page(run: Dienst, path: Path, fields: Mapping[str, str] = VAST) -> str:
    return Bezoeker(run.port).judge(path.name, path.read_bytes(), **fields)


def _koppeling_by_page(run: Dienst, content: bytes) -> str:
    """What is said of a koppeling that comes with a table that is good."""
    visitor = Bezoeker(run.port)
    offered = visitor.upload(woningen=("w.csv", _TABLE), koppeling=("k.yaml", content))
    if offered.naar:
        visitor.send(f"{offered.naar}/wissen", {})
        return "aangenomen"
    return offered.words


def _by_command(path: Path, out: Path, fixed: Mapping[str, str] = VAST, *more: str) -> str:
    """What the command says, on one line, with the code it ends with in front; a result it wrote is removed."""
    out.mkdir(exist_ok=True)
    given = [part for name, value in fixed.items() for part in ("--vast", f"{name}={value}")]
    done = subprocess.run(
        [sys.executable, "-m", "service.opdracht.commando", "portefeuille", str(path), str(out / "uit.csv"), *given,
         *more],
        capture_output=True, text=True, timeout=_LONGEST, check=False, env=os.environ | {"COLUMNS": "500"},
    )  # fmt: skip
    rejected = out / "uit-afgewezen.csv"
    reasons = rejected.read_text(encoding="utf-8-sig") if rejected.exists() else ""
    for made in out.iterdir():
        made.unlink()
    said = f"{done.returncode} {done.stderr} {done.stdout} {reasons}"
    return " ".join(_LINES.sub(" ", said).split())


def main() -> None:
    """Run it, and print."""
    with tempfile.TemporaryDirectory() as name:
        found = in_drukte(Path(name), ALLE, lambda *_: None, _RONDES)
    print("load", *(f"{part:.1f}" for part in os.getloadavg()))
    for kind, wait in found.p95().items():
        print(f"{kind}: {len(found.menigte.waits.get(kind, ()))} times, p95 {wait:.0f} ms")
    print("no good answer:", len(found.menigte.errors), *found.menigte.errors[:3])
    print("MiB of the workers at rest:", *(f"{mib:.0f}" for mib in found.rust))
    print("longest:", *(f"{n} {s:.1f} s;" for n, s in sorted(found.duur.items(), key=lambda item: -item[1])[:5]))


if __name__ == "__main__":
    main()
