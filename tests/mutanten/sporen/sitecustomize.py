"""Loaded by every Python of a traced run: notes which test came past which mark, also in processes that a test starts.

A mark is a line ``geraakt__(7)`` that :mod:`tests.mutanten.merken` put at the start of a function of a copy.
"""

import builtins
import os
from pathlib import Path

_SEEN: set[tuple[int, int, str]] = set()
_FOLDER = os.environ.get("MUTANTEN_SPOREN", "")


def geraakt__(mark: int) -> None:
    """The running test came past ``mark``; outside a test the name is empty. Written at once: a process may be ended."""
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    if (os.getpid(), mark, test) not in _SEEN:
        _SEEN.add((os.getpid(), mark, test))
        with (Path(_FOLDER) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{mark}\t{test}\n")


builtins.geraakt__ = geraakt__  # type: ignore[attr-defined]
