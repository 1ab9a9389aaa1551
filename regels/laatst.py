"""What was asked last, kept for the next time; the rest is let go."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Laatst(Generic[K, V]):
    """At most so many values, each by its key; of too many the one that was not asked for longest goes."""

    def __init__(self, hoogstens: int) -> None:
        self._most = hoogstens
        self._kept: dict[K, V] = {}
        self._lock = Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """The value of ``key``, made when it is not there. Two threads may both make it, and then get the same."""
        found = self._kept.get(key)
        if found is None:
            found = make()
        with self._lock:
            found = self._kept.pop(key, found)
            self._kept[key] = found
            if len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return found

    def __contains__(self, key: K) -> bool:
        return key in self._kept
