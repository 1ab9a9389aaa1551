"""Many writers at once, and writers that are killed: nothing is lost, nothing is there twice, the chain is whole."""

import random
import subprocess
import sys
import time

import pytest

from service.opslag.opslag import Opslag
from tests.opslag.boeken import count, faults, write

PROCESSES, THREADS, EACH = 4, 5, 10


def _start(opslag: Opslag, threads: int, each: int) -> "subprocess.Popen[str]":
    command = [
        sys.executable,
        "-m",
        "tests.opslag.schrijver",
        str(opslag.map_.map_),
        opslag.url or "",
        str(threads),
        str(each),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_twenty_writers_at_once_lose_nothing_and_double_nothing(ingericht: Opslag) -> None:
    running = [_start(ingericht, THREADS, EACH) for _ in range(PROCESSES)]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES
    numbers = sorted(int(line) for part in said for line in part.split())
    assert numbers == list(range(2, PROCESSES * THREADS * EACH + 2))
    assert (count(ingericht), faults(ingericht)) == (len(numbers) + 1, [])


def _kill_in_the_middle(opslag: Opslag, turn: int) -> None:
    """Kill a writer some moment after its first entry; all that it said is there, and the ledger goes on."""
    before = count(opslag)
    process = _start(opslag, 2, 100_000)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(random.Random(turn).random() * 0.05)
    process.kill()
    said = [int(first), *map(int, process.stdout.read().splitlines())]
    process.wait()
    process.stdout.close()
    after = count(opslag)
    assert faults(opslag) == []
    assert sorted(said) == list(range(before + 1, before + 1 + len(said)))
    # what was written and not yet said may be there too: one for each of the two threads
    assert len(said) <= after - before <= len(said) + 2
    assert write(opslag) == [after + 1]


@pytest.mark.parametrize("turn", range(4))
def test_a_writer_that_is_killed_loses_nothing_it_said(ingericht: Opslag, turn: int) -> None:
    _kill_in_the_middle(ingericht, turn)


@pytest.mark.traag
def test_a_hundred_writers_that_are_killed_lose_nothing_they_said(ingericht: Opslag) -> None:
    for turn in range(100):
        _kill_in_the_middle(ingericht, turn)
