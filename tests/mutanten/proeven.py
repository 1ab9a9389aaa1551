"""One change after another, each against the tests that come past it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from pathlib import Path
from queue import Queue

from tests.mutanten.kopie import HUIS, TE_LANG, gevallen, kopie, pytest
from tests.mutanten.merken import gelezen, merk
from tests.mutanten.monster import Mutant

# tests that take minutes or a browser come past everything; a change that only they see is a change that nobody sees
ZONDER = ("--ignore=tests/browser", "--ignore=tests/bench", "-m", "not vooraan and not traag")
_LANG = 3600
_START = 40  # seconds in which a run of pytest is up on a busy machine


@dataclass(frozen=True)
class Uitkomst:
    """What became of one change: ``gezien``, ``leeft``, ``te_lang`` (it never ends: seen) or ``geen_test``.

    ``onterecht``: what saw it fails without the change too.
    """

    mutant: Mutant
    hoe: str
    tests: int
    door: str = ""  # the test that saw it, or the file that could not be read any more; empty: nothing could start

    @property
    def leeft(self) -> bool:
        return self.hoe in ("leeft", "geen_test", "onterecht")


def sporen(werk: Path, mutanten: Iterable[Mutant]) -> tuple[Mapping[int, set[str]], Mapping[str, float]]:
    """The tests that come past each change, and the seconds that each test takes: one run of all tests in a copy."""
    boom, folder = kopie(werk / "gemerkt"), werk / "sporen"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    merk(boom, mutanten)
    times = werk / "duur.json"
    run = ["-n", "2", "--dist", "worksteal", "-p", "tests.mutanten.duur", *ZONDER]
    pytest(boom, run, 2 * 3600, MUTANTEN_SPOREN=str(folder), MUTANTEN_DUUR=str(times))
    return gelezen(folder), json.loads(times.read_text("utf-8"))


def kies(mutant: Mutant, langs: set[str], duur: Mapping[str, float], seconden: float) -> list[str]:
    """The tests to try, for so many seconds together: first of the files whose tests nearly all come past.

    What is read while loading is seen by whoever loads first: the tests of files that name the module are added. What
    no test comes past, such as a line outside a function that no test names, gets some of all.
    """
    module = mutant.bestand.removesuffix(".py").replace("/", ".")
    functions = {name.partition("[")[0] for name in langs}
    files: dict[str, list[str]] = defaultdict(list)
    for name in sorted(duur, key=lambda name: (duur[name], name)):
        files[name.partition("::")[0]].append(name)
    near = {file: [name for name in names if name.partition("[")[0] in functions] for file, names in files.items()}
    share = {file: len(near[file]) / len(names) + (module in _text(file)) for file, names in files.items()}
    order = sorted((file for file in files if share[file]), key=lambda file: (-share[file], file))
    chosen, left = [], seconden
    for name in chain.from_iterable([near[file] or files[file] for file in order] or zip_longest(*files.values())):
        if name is not None and duur[name] <= left:
            chosen.append(name)
            left -= duur[name]
    return chosen


_TEXTS: dict[str, str] = {}


def _text(file: str) -> str:
    if file not in _TEXTS:
        _TEXTS[file] = (HUIS / file).read_text("utf-8")
    return _TEXTS[file]


def beproef(boom: Path, mutant: Mutant, tests: list[str], seconden: float) -> Uitkomst:
    """Whether one of ``tests`` fails in ``boom`` with the change made; afterwards the file is as it was."""
    if not tests:
        return Uitkomst(mutant, "geen_test", 0)
    file, names = boom / mutant.bestand, boom.parent / f"{boom.name}.tests"
    names.write_text("\n".join(tests), "utf-8")
    file.write_text(mutant.tekst, "utf-8")
    try:
        code = pytest(boom, ["-x", "-n", "0", f"@{names}"], _START + 5 * seconden)
    finally:
        file.write_text(mutant.bron, "utf-8")
    if code in (0, TE_LANG):
        return Uitkomst(mutant, "leeft" if code == 0 else "te_lang", len(tests))
    return Uitkomst(mutant, "gezien", len(tests), next(iter(gevallen(boom)), ""))


def terecht(werk: Path, found: Iterable[Uitkomst]) -> list[Uitkomst]:
    """``found``, in which a change that was seen by what fails without it too is ``onterecht``."""
    found, boom = list(found), kopie(werk / "boom-0")
    names = {one.door for one in found if one.door}
    failed: set[str] = set()
    for chosen, options in (({n for n in names if "::" in n}, []), ({n for n in names if "::" not in n}, ["--co"])):
        if chosen:
            code = pytest(boom, ["-n", "0", *options, *sorted(chosen)], _LANG)
            if code not in (0, 1):
                raise RuntimeError(f"de tests die iets zagen lopen niet zonder de wijzigingen; zie {boom.name}.uit")
            failed |= set(gevallen(boom))
    return [replace(one, hoe="onterecht") if one.door in failed else one for one in found]


def alle(
    werk: Path, mutanten: Iterable[Mutant], tests: Mapping[int, list[str]], seconden: float, naast: int
) -> Iterable[Uitkomst]:
    """What became of each of ``mutanten``, ``naast`` of them at a time, in their order."""
    free: Queue[Path] = Queue()
    for number in range(naast):
        free.put(kopie(werk / f"boom-{number}"))

    def one(mutant: Mutant) -> Uitkomst:
        boom = free.get()
        try:
            return beproef(boom, mutant, tests[mutant.nummer], seconden)
        finally:
            free.put(boom)

    with ThreadPoolExecutor(naast) as threads:
        yield from threads.map(one, mutanten)
