"""The end of a process of the service, within a time."""

import os
import signal
import threading
from typing import Final

# Set when this process was told to end and first asks its connections to finish. Who tells of something for minutes
# stops then, and does not keep the process for as long as it may wait.
STOPT: Final = threading.Event()


def end_within(seconds: float) -> None:
    """End this process after ``seconds``, when a thread that still computes would keep it.

    Everything was answered, closed and removed by then.
    """
    threading.Thread(target=_end, args=(seconds,), name="einde", daemon=True).start()


def _end(seconds: float) -> None:
    threading.Event().wait(seconds)
    os._exit(0)


def end_now() -> None:
    """Let this process end as it does when it is told to: nothing new is answered, and what was begun is finished."""
    os.kill(os.getpid(), signal.SIGTERM)
