"""A typesetter in a process of its own: papers come in on standard input, documents go out on standard output.

It ends when its input does, so however the service ends, this ends with it. Nothing is written to a file or a log.
"""

import resource
import signal
import struct
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from web.papieren.model import Papier, as_values

# a paper: how long its JSON is, and the moment it was made; a document: whether it is one, MiB in use, how long it is
QUESTION: Final = struct.Struct(">Iq")
ANSWER: Final = struct.Struct(">?II")
_KIB: Final = 1024


def read_exactly(source: IO[bytes], size: int) -> bytes | None:
    """So many bytes of ``source``; None when it ends before them."""
    found = source.read(size)
    return found if len(found) == size else None


def main() -> None:
    """Set papers until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which closes the input
    from web.papieren.zetter import Zetter  # after that, for it takes a moment

    zetter = Zetter()
    first = Papier("overzicht", "Titel", "", as_values([]), (), "", "Pagina", "van")
    zetter.set_paper(first, datetime.fromtimestamp(0, UTC))  # so that nobody waits for the fonts and the template
    source, target = sys.stdin.buffer, sys.stdout.buffer
    while (head := read_exactly(source, QUESTION.size)) is not None:
        size, moment = QUESTION.unpack(head)
        text = read_exactly(source, size)
        if text is None:
            return
        try:
            document, good = zetter.set_json(text.decode(), moment), True
        except Exception:  # what it says may hold what a person typed; the service logs that it happened
            document, good = b"", False
        target.write(ANSWER.pack(good, _used(), len(document)) + document)
        target.flush()


def _used() -> int:
    """The most memory this process had, in MiB."""
    try:
        # on Linux what getrusage tells includes the process that started this one, however large it is
        told = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(told.partition("VmHWM:")[2].split()[0]) // _KIB
    except (OSError, IndexError, ValueError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak // (_KIB * _KIB) if sys.platform == "darwin" else peak // _KIB


if __name__ == "__main__":
    main()
