"""Which process made something, so that what a process that ended left behind can be told from what is in use."""

import os
import re
import shutil
from pathlib import Path
from typing import Final

_MARK: Final = re.compile(r"\.?(?:.*[.-])?(\d+)-(\d+)-[A-Za-z0-9_]+(?:\.deel)?")
_REMOVALS: Final = 20


def zelf() -> list[int]:
    """This process: its number, and when it began."""
    return [os.getpid(), _begun(os.getpid())]


def mark() -> str:
    """This process, in the name of a file or folder."""
    return "-".join(map(str, zelf()))


def alive(owner: list[int]) -> bool:
    """Whether the process still exists; a later one with the same number is not taken for it."""
    if len(owner) != 2:
        return False
    try:
        os.kill(owner[0], 0)
    except (ProcessLookupError, PermissionError, OverflowError):
        return False
    return _begun(owner[0]) == owner[1]


def left_behind(place: Path) -> bool:
    """Whether ``place`` has a name that :func:`mark` is in, is ours, and its process is gone."""
    found = _MARK.fullmatch(place.name)
    try:
        return found is not None and place.lstat().st_uid == os.getuid() and not alive([int(found[1]), int(found[2])])
    except OSError:
        return False


def remove(place: Path) -> None:
    """Remove a file or a folder; what is not there any more is no fault."""
    if place.is_symlink() or not place.is_dir():
        place.unlink(missing_ok=True)
        return
    for _ in range(_REMOVALS):  # who has not heard of it yet may write a file meanwhile
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return


def _begun(pid: int) -> int:
    """When a process began, 0 where that is unknown."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return int(text.rpartition(")")[2].split()[19])
    except (OSError, ValueError, IndexError):
        return 0
