"""Memory of one process over many checks: flat, or it leaks."""

import json
import os
from itertools import cycle, islice
from multiprocessing import get_context
from pathlib import Path

from bench.huishoudens import ALL
from regels import toets
from regels.vraag import read_json


def memory(marks: list[int]) -> list[tuple[int, float]]:
    """The resident memory in MiB after each number of checks in ``marks``, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (marks,))


def _run(marks: list[int]) -> list[tuple[int, float]]:
    questions = cycle([read_json(json.dumps(household)) for household in ALL.values()])
    done, found = 0, []
    for mark in marks:
        for vraag in islice(questions, mark - done):
            toets(vraag)
        done = mark
        found.append((mark, _resident()))
    return found


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
