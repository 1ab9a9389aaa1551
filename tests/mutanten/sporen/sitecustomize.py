"""Loaded by every Python of a traced run: notes which test came past which mark, also in processes that a test starts.

A mark is a line ``geraakt__(7)`` that :mod:`tests.mutanten.merken` put at the start of a function of a copy. What is
marked may be called millions of times: only the first time in a test is written, at once, as a process may be ended.
"""

import builtins
import os
from pathlib import Path

_SEEN: set[int] = set()
_FOLDER = os.environ.get("MUTANTEN_SPOREN", "")


def geraakt__(mark: int, seen: set[int] = _SEEN) -> None:
    """The running test came past ``mark``; outside a test its name is empty."""
    if mark not in seen:
        seen.add(mark)
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
        with (Path(_FOLDER) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{mark}\t{test}\n")


builtins.geraakt__ = geraakt__  # type: ignore[attr-defined]
builtins.volgende_test__ = _SEEN.clear  # type: ignore[attr-defined]
