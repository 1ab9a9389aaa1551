"""``python -m service.portefeuille.kind``: the process in which files of others are read.

It loads the libraries once and then waits; each file is read by a copy of it (a fork), which costs milliseconds, gets
limits on memory, processor time and what it may write, and ends when the file was read. Whatever a file does to such a
copy ends there. This program itself never looks into a file and has no thread that does work, so it is safe to copy.

It is told of a file over a socket: one byte, and with it the socket on which question and answer go, and the reading
end of a pipe that closes when nobody waits for the answer any more.
"""

import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import polars as pl

from service.basis.apart import limit, unforeseen
from service.portefeuille.fouten import PortefeuilleFout, disk_full, too_large
from service.portefeuille.koppelbestand import read_parts
from service.portefeuille.tabelbron import Tabelbron, open_bron
from service.portefeuille.vormen import PER_KEER

# rows of which the service sees every column, to judge what a column is
EERSTE: Final = 10_000
_GIVES_WAY: Final = 10
_LARGEST_QUESTION: Final = 4 << 20
_TOO_MUCH: Final = "Dit bestand is uitgepakt te groot. Laat alleen de kolommen staan die nodig zijn, of deel het op."


@dataclass
class _Job:
    """One file that is being read: the process, the socket of the answer, and the pipe of who waits for it."""

    pid: int
    answer: socket.socket
    waits: int


def main() -> None:
    """Wait for files until the other side is gone."""
    control = socket.socket(fileno=int(sys.argv[1]))
    wake, woken = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    jobs: dict[int, _Job] = {}
    with selectors.DefaultSelector() as waiting:
        waiting.register(control, selectors.EVENT_READ)
        waiting.register(wake, selectors.EVENT_READ)
        while True:
            for key, _ in waiting.select():
                if key.fileobj is control:
                    if not _begin(control, jobs, waiting):
                        for job in jobs.values():
                            os.kill(job.pid, signal.SIGKILL)
                        return
                elif key.fd == wake:
                    with suppress(BlockingIOError):
                        os.read(wake, 4096)
                    _reap(jobs, waiting)
                elif key.data in jobs:  # nobody waits for it any more
                    waiting.unregister(key.fileobj)
                    with suppress(ProcessLookupError):
                        os.kill(key.data, signal.SIGKILL)


def _begin(control: socket.socket, jobs: dict[int, _Job], waiting: selectors.BaseSelector) -> bool:
    """Copy this process for the next file; False when there is no other side any more."""
    told, handles, _, _ = socket.recv_fds(control, 1, 2)
    if not told:
        return False
    if len(handles) != 2:
        return True
    answer, waits = socket.socket(fileno=handles[0]), handles[1]
    pid = os.fork()
    if pid == 0:
        try:
            control.close()
            for job in jobs.values():
                job.answer.close()
                os.close(job.waits)
            os.close(waits)
            _answer(answer)
        finally:
            os._exit(0)
    jobs[pid] = _Job(pid, answer, waits)
    waiting.register(waits, selectors.EVENT_READ, pid)
    return True


def _reap(jobs: dict[int, _Job], waiting: selectors.BaseSelector) -> None:
    """Tell how each process ended that did."""
    while jobs:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        job = jobs.pop(pid)
        with suppress(KeyError):
            waiting.unregister(job.waits)
        os.close(job.waits)
        job.answer.setblocking(False)
        with suppress(OSError):
            job.answer.sendall(json.dumps({"einde": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
        job.answer.close()


# in the copy


def _answer(answer: socket.socket) -> None:
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with answer, answer.makefile("rb") as said:
        asked = json.loads(said.readline(_LARGEST_QUESTION))
        limit(asked["grenzen"])
        os.nice(_GIVES_WAY)  # to who waits for a page
        answer.sendall(json.dumps(_done(asked)).encode() + b"\n")


def _done(asked: dict[str, Any]) -> dict[str, Any]:
    """The answer; what went wrong is told without anything of the file in it."""
    try:
        return _TASKS[asked["taak"]](asked)
    except PortefeuilleFout as error:
        return {"fout": str(error)}
    except MemoryError:
        return {"einde": -signal.SIGABRT}
    except BaseException as error:
        if (said := disk_full(error)) is not None:
            return {"fout": said}
        if too_large(error):
            return {"fout": _TOO_MUCH}
        return unforeseen(error)


def _describe(asked: dict[str, Any]) -> dict[str, Any]:
    """What is in the file: its columns, and its first rows in ``eerste.arrow``."""
    bron = _open(asked)
    names = bron.leesbaar()
    frame = next(bron.lees(names, EERSTE), None)
    if frame is not None:
        _write(frame.drop("rij"), Path(asked["map"]) / "eerste.arrow")
    return {
        "soort": bron.soort,
        "kolommen": bron.kolommen,
        "meldingen": bron.meldingen,
        "leesbaar": names,
        "getallen": bron.getallen(),
        "stelsel_1904": bron.stelsel_1904,
    }


def _convert(asked: dict[str, Any]) -> dict[str, Any]:
    """The rows of some columns as text, in parts beside each other."""
    bron, folder, left = _open(asked), Path(asked["map"]), asked["grenzen"]["uitvoer"]
    columns, height, number = list(asked["kolommen"]), 0, -1
    for number, frame in enumerate(bron.lees(columns, PER_KEER)):
        left -= _write(frame, folder / f"deel-{number:06}.arrow")
        if left < 0:
            raise PortefeuilleFout(_TOO_MUCH)
        height += frame.height
    return {"delen": number + 1, "rijen": height}


def _open(asked: dict[str, Any]) -> Tabelbron:
    return open_bron(Path(asked["pad"]), Path(asked["map"]), asked["naam"])


def _write(frame: pl.DataFrame, place: Path) -> int:
    """Write ``frame``, its columns called by their number, and say how many bytes it took."""
    os.close(os.open(place, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    numbered = frame.rename({name: str(at) for at, name in enumerate(frame.columns)})
    numbered.write_ipc(place, compression="lz4")
    return place.stat().st_size


def _couple(asked: dict[str, Any]) -> dict[str, Any]:
    return {"delen": read_parts(Path(asked["pad"]))}


_TASKS: Final = {"bekijk": _describe, "zet om": _convert, "koppeling": _couple}

if __name__ == "__main__":
    main()
