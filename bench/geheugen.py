"""Memory of one process over many checks: flat, or it leaks."""

import os
from collections.abc import Iterator
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from bench.geladen import regels
from bench.huishoudens import PARTIAL
from regels import Vraag, toets


def memory(marks: list[int]) -> list[tuple[int, float]]:
    """The resident memory in MiB after each number of checks in ``marks``, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (marks,))


def _run(marks: list[int]) -> list[tuple[int, float]]:
    questions, done, found = _questions(), 0, []
    for mark in marks:
        for vraag in islice(questions, mark - done):
            toets(vraag, regels())
        done = mark
        found.append((mark, resident()))
    return found


def _questions() -> Iterator[Vraag]:
    """Questions without end, each with amounts of its own: what is remembered by amount shows."""
    for number, household in enumerate(cycle(PARTIAL.values())):
        dwelling = household.get("woning", {}) | {"kaleHuur": (30_000 + number % 60_000) / 100}
        yield regels().vraag(household | {"vermogen": number % 90_000, "woning": dwelling})


def resident() -> float:
    """The resident memory of this process, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def highest() -> float:
    """The resident memory of this process at its highest, in MiB; its own, and not that of the process it came from."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
