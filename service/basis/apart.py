"""Work apart: in a copy of this process, with an end to memory, processor time and output.

Whatever a file of somebody else does to such a copy ends there; only the result comes back, or how the copy came to its
end. The copies of :mod:`service.portefeuille.kind` are limited in the same way.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Final

_DIES_WITH_PARENT: Final = 1
_MEBIBYTE: Final = 1 << 20
# what the libraries take of the address space before they read anything, and what any file may take on top of it
_STANDING: Final = 1_600 * _MEBIBYTE
# what a file may take for each of its bytes, and the longest it may need: a workbook is held whole
_PER_BYTE: Final = 80
_SECONDS: Final = 20
_SECONDS_PER_MEBIBYTE: Final = 2
_OUTPUT: Final = 1 << 30
_OUTPUT_PER_BYTE: Final = 30
_ANSWER_AT_MOST: Final = 256 * _MEBIBYTE
_KINDS: Final = {
    "geheugen": resource.RLIMIT_AS,
    "tijd": resource.RLIMIT_CPU,
    "uitvoer": resource.RLIMIT_FSIZE,
}


class Einde(Enum):
    """How a copy came to its end before it was done."""

    TE_GROOT = "vraagt te veel geheugen"
    TE_LANG = "duurt te lang"
    KAPOT = "is niet te lezen"


class Gestopt(Exception):
    """The copy came to its end. ``waar``: where in our own code, when that is known; nothing of what was read."""

    def __init__(self, einde: Einde, waar: str = "") -> None:
        super().__init__(einde.value)
        self.einde, self.waar = einde, waar


@dataclass(frozen=True, slots=True)
class Leesgrenzen:
    """How much reading a file may take at most: ``geheugen`` in bytes, on top of what the libraries take."""

    geheugen: int = 2_048 * _MEBIBYTE

    def van(self, path: Path) -> dict[str, int]:
        """The limits for one file: a small one needs little."""
        try:
            size = path.stat().st_size
        except OSError:
            size = 0
        return {
            "geheugen": _STANDING + min(self.geheugen, max(256 * _MEBIBYTE, _PER_BYTE * size)),
            "tijd": _SECONDS + _SECONDS_PER_MEBIBYTE * size // _MEBIBYTE,
            "uitvoer": _OUTPUT + _OUTPUT_PER_BYTE * size,
        }


def apart(work: Callable[[], Any], limits: Mapping[str, int]) -> Any:
    """What ``work`` gives, a value of JSON, done in a copy of this process. Raises :class:`Gestopt`.

    ``work`` may print. A thread of this process does not exist in the copy, so none may be needed there.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(ours)
            limit(limits)
            with open(theirs, "wb") as told:  # noqa: PTH123 - a pipe has no path
                told.write(json.dumps(_done(work)).encode())
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(0)
    os.close(theirs)
    said = b""
    try:
        with open(ours, "rb") as answer:  # noqa: PTH123
            said = answer.read(_ANSWER_AT_MOST + 1)
    finally:
        if not said or len(said) > _ANSWER_AT_MOST:  # it ended, we were stopped, or it says too much
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if len(said) > _ANSWER_AT_MOST:
        raise Gestopt(Einde.TE_GROOT)
    found: dict[str, Any] = json.loads(said) if said else {"einde": status}
    if "gaf" in found:
        return found["gaf"]
    if "onverwacht" in found:
        raise Gestopt(Einde.KAPOT, f"{found['onverwacht']} in {found['plaats'][-1]}")
    raise Gestopt(ended(found["einde"]))


def _done(work: Callable[[], Any]) -> dict[str, Any]:
    try:
        return {"gaf": work()}
    except MemoryError:
        return {"einde": -signal.SIGABRT}
    except BaseException as error:
        return unforeseen(error)


def unforeseen(error: BaseException) -> dict[str, Any]:
    """What may be told of an error in a copy: its kind and its place, and nothing of what was read."""
    places = [f"{Path(at.filename).name}:{at.lineno}" for at in traceback.extract_tb(error.__traceback__)[-8:]]
    return {"onverwacht": type(error).__name__, "plaats": places}


def ended(code: int) -> Einde:
    """What the exit code of a copy that gave no answer means; a negative one is a signal."""
    if code == -signal.SIGXCPU:
        return Einde.TE_LANG
    return Einde.KAPOT if code in (0, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL) else Einde.TE_GROOT


def limit(limits: Mapping[str, int], *, sterf: bool = True) -> None:
    """No more memory, processor time and output than this; and the first to go where memory runs out.

    With ``sterf`` it ends when the thread that began it does.
    """
    if sterf:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file that is too large is an error to be told of
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for name, kind in _KINDS.items():
        most, hard = limits[name], resource.getrlimit(kind)[1]
        with suppress(ValueError, OSError):  # not every system has every limit
            # the hard limit stays: a process that comes to a hard limit of time is killed without saying why
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def free() -> None:
    """Take the limits off again: everything of others was read, and what follows is work of our own."""
    for kind in _KINDS.values():
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (resource.getrlimit(kind)[1],) * 2)
