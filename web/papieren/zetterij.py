"""The typesetters of a service: a few processes that set papers beside each other, and a queue with an end.

A process is replaced after so many papers, or when it has grown: typst keeps parts of earlier documents.
"""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from web.papieren.model import Papier
from web.papieren.zetproces import ANSWER, QUESTION, read_exactly

Zet = Callable[[Papier, datetime], bytes]
_MOST_MIB: Final = 400


class ZetterijVol(Exception):
    """Too many papers wait already, or the service stops; it can be asked again."""


class ZetFout(Exception):
    """A paper could not be set: a defect. Nothing of the paper is in it."""


@dataclass(frozen=True, slots=True)
class Omvang:
    """How many processes set papers, how many papers may wait for them, how long one may take (in seconds), and after
    how many a process is replaced.
    """

    processen: int = 2
    wachtrij: int = 20
    duur: int = 20
    verversen: int = 200


class _Proces:
    """One process that sets papers, one at a time."""

    def __init__(self) -> None:
        # -P: what lies in the folder where the service was started is not imported
        self._run = subprocess.Popen(
            [sys.executable, "-P", "-m", "web.papieren.zetproces"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in a terminal goes to the service alone
        )
        self.made = self.mib = 0
        self.late = False

    @property
    def pid(self) -> int:
        return self._run.pid

    def set_paper(self, text: bytes, moment: int, seconds: int) -> bytes:
        """The document. Raises :class:`ZetFout` when there is none, and :class:`OSError` when the process is gone."""
        source, target = self._run.stdout, self._run.stdin
        assert source is not None and target is not None
        late = threading.Timer(seconds, self._too_late)
        late.daemon = True
        late.start()
        try:
            target.write(QUESTION.pack(len(text), moment) + text)
            target.flush()
            head = read_exactly(source, ANSWER.size)
            if head is None:
                raise ZetFout if self.late else BrokenPipeError
            good, self.mib, size = ANSWER.unpack(head)
            document = read_exactly(source, size)
        finally:
            late.cancel()
        self.made += 1
        if not good or document is None:
            raise ZetFout
        return document

    def _too_late(self) -> None:
        self.late = True
        self._run.kill()

    def stop(self) -> None:
        """End it from any thread; who waits for it hears that it is gone."""
        self._run.kill()
        self._run.wait()

    def end(self) -> None:
        """End it, and let its pipes go: for the thread that uses it."""
        self.stop()
        for pipe in (self._run.stdin, self._run.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was not sent is not missed


class Zetterij:
    """The processes of one service; they start when they are needed."""

    def __init__(self, omvang: Omvang) -> None:
        self.omvang = omvang
        self._lock = threading.Lock()
        self._inside = 0
        self._closed = False
        self._running: set[_Proces] = set()
        # the one that was used last is used first, so that a second only starts when there is work for it
        self._places: queue.LifoQueue[_Proces | None] = queue.LifoQueue()
        for _ in range(omvang.processen):
            self._places.put(None)

    @property
    def plaatsen(self) -> int:
        """How many papers may be inside at a time, waiting or being set."""
        return self.omvang.processen + self.omvang.wachtrij

    def set_paper(self, papier: Papier, gemaakt: datetime) -> bytes:
        """``papier`` as PDF, dated ``gemaakt``. Raises :class:`ZetterijVol`, and :class:`ZetFout`: a defect."""
        with self._lock:
            if self._closed or self._inside >= self.plaatsen:
                raise ZetterijVol
            self._inside += 1
        try:
            return self._set(json.dumps(asdict(papier), ensure_ascii=False).encode(), int(gemaakt.timestamp()))
        finally:
            with self._lock:
                self._inside -= 1

    def warm(self) -> None:
        """Start one process beforehand; nobody waits for it."""
        self._places.put(self._alive(self._places.get()))

    def close(self) -> None:
        """End every process; papers that wait are told to come again."""
        with self._lock:
            self._closed = True
            running = list(self._running)
        for process in running:
            process.stop()

    def _set(self, text: bytes, moment: int) -> bytes:
        try:
            process: _Proces | None = self._places.get(timeout=self.omvang.duur)
        except queue.Empty:
            raise ZetterijVol from None
        try:
            process = self._alive(process)
            try:
                return process.set_paper(text, moment, self.omvang.duur)
            except OSError:
                # it was ended from outside; a paper is the same a second time
                process = self._again(process)
                try:
                    return process.set_paper(text, moment, self.omvang.duur)
                except OSError:
                    self._gone(process)
                    process = None
                    raise (ZetterijVol if self._closed else ZetFout) from None
        finally:
            self._places.put(self._rested(process))

    def _alive(self, process: _Proces | None) -> _Proces:
        with self._lock:
            if self._closed:
                raise ZetterijVol
            if process is not None:
                return process
            started = _Proces()
            self._running.add(started)
        return started

    def _gone(self, process: _Proces) -> None:
        with self._lock:
            self._running.discard(process)
        process.end()

    def _again(self, process: _Proces) -> _Proces:
        self._gone(process)
        return self._alive(None)

    def _rested(self, process: _Proces | None) -> _Proces | None:
        """``process``, or a new one in its place when it has done enough."""
        if process is None or not (process.late or process.made >= self.omvang.verversen or process.mib >= _MOST_MIB):
            return process
        self._gone(process)
        try:
            return self._alive(None)
        except ZetterijVol:
            return None
