"""What is asynchronous, in a test that is not: in a thread of its own.

The tests in a browser leave a loop that runs in theirs, and a worker process may have run one of those before.
"""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import anyio

_Found = TypeVar("_Found")


def apart(function: Callable[..., _Found], *args: Any) -> _Found:
    """What ``function`` gives, which may run a loop itself."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *args).result()


def in_een_lus(function: Callable[..., Awaitable[_Found]], *args: Any) -> _Found:
    """What ``function`` gives when it was waited for."""
    return apart(anyio.run, function, *args)
