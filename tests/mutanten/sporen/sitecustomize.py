"""Loaded by every Python of a traced run: notes which test came past which mark, also in processes that a test starts.

A mark is a line ``geraakt__(7)`` that :mod:`tests.mutanten.merken` put at the start of a function of a copy.
"""

import atexit
import builtins
import os
from pathlib import Path

_SEEN: set[tuple[int, str]] = set()
_FOLDER = os.environ.get("MUTANTEN_SPOREN", "")


def geraakt__(mark: int) -> None:
    """The running test came past ``mark``; outside a test the name is empty."""
    _SEEN.add((mark, os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]))


def _keep() -> None:
    with (Path(_FOLDER) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"{mark}\t{test}\n" for mark, test in sorted(_SEEN))
    _SEEN.clear()


builtins.geraakt__ = geraakt__  # type: ignore[attr-defined]
if _FOLDER:
    atexit.register(_keep)
