"""What a process and all that came from it take: processor time and memory, from ``/proc``."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

_KIB = 1024
# a process by what stands on its command line; any other is a worker, or the parent of the workers
_ROLES = {"zetproces": "typesetters", "portefeuille.kind": "reader of files"}
_WORKERS = "workers"
_TICKS = os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> Mapping[str, float]:
    """MiB in memory, by kind; what they share counts for each."""
    found: Counter[str] = Counter()
    for place in _family(pid):
        command = _read(place / "cmdline")
        role = next((role for word, role in _ROLES.items() if word in command), _WORKERS)
        lines = _read(place / "status").splitlines()
        found[role] += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return {role: size / _KIB for role, size in found.items()}


def processor(pid: int) -> float:
    """Seconds of processor time so far, of those that still run."""
    times = (_stat(place)[11:13] for place in _family(pid))
    return sum(int(part) for time in times for part in time) / _TICKS


def _family(pid: int) -> list[Path]:
    parents = {}
    for place in Path("/proc").iterdir():
        if place.name.isdecimal() and (stat := _stat(place)):
            parents[int(place.name)] = int(stat[1])
    own = {pid}
    while more := {child for child, parent in parents.items() if parent in own} - own:
        own |= more
    return [Path("/proc") / str(one) for one in own]


def _stat(place: Path) -> list[str]:
    """The fields behind the name, which may have spaces; none of a process that has ended."""
    return _read(place / "stat").rpartition(")")[2].split()


def _read(place: Path) -> str:
    try:
        return place.read_text()
    except OSError:
        return ""
