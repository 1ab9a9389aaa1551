"""The rule set in force in this process: replaced as a whole while it serves, with older ones beside it on demand.

What was begun with a set ends with it: a request takes the one in force once (:func:`rules_in`), and a portfolio keeps
the hash of its own.
"""

import threading
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol, cast

from regels import Regelset
from regels.programma import programma

# where a request has the set that it began with
_PINNED: Final = "huurtoets.regels"
# how many others are held ready, of some ten megabytes each
_OLDER_AT_MOST: Final = 4


# what was asked for is not repeated: it may be anything that somebody typed
ONBEKEND: Final = "Deze regelset is er niet. Zie /v1/regelsets , of: huurtoets regels revisies"


class OnbekendeRegels(Exception):
    """There is no rule set of this name, or an answer by it can no longer be computed; the text says which."""


@dataclass(frozen=True, slots=True)
class Revisievermelding:
    """A published revision in a list; ``reden`` is why it was made."""

    revisie: str
    versie: str
    hash: str
    gepubliceerd: datetime
    reden: str


class Archief(Protocol):
    """Where revisions are kept."""

    def regels(self, naam: str) -> Regelset:
        """The set of a revision, by its number or hash. Raises :class:`OnbekendeRegels`."""
        ...

    def revisies(self) -> list[Revisievermelding]:
        """Every published revision, the newest first."""
        ...


class VanKracht:
    """The set in force, with :meth:`met` for others by the name that an answer has of them."""

    def __init__(self, regels: Regelset, archief: Archief | None = None) -> None:
        self._nu, self._archief = regels, archief
        self._others: dict[str, Regelset] = {}
        self._lock, self._loading = threading.Lock(), threading.Lock()

    @property
    def nu(self) -> Regelset:
        """The set in force."""
        return self._nu

    @property
    def archief(self) -> Archief | None:
        """Where its revisions are kept; None where none are."""
        return self._archief

    def vervang(self, regels: Regelset) -> None:
        """From now on ``regels``; what was begun with the set of before can still ask for it."""
        before, self._nu = self._nu, regels
        self._keep(before)

    def klaar(self, naam: str) -> Regelset | None:
        """The set of this name when it is there already; ``naam`` is its revision or its hash."""
        current = self._nu
        if naam in (current.revisie, current.hash):
            return current
        with self._lock:
            for key, regels in self._others.items():
                if naam in (regels.revisie, regels.hash):
                    self._others[key] = self._others.pop(key)  # asked for last goes last
                    return regels
        return None

    def met(self, naam: str) -> Regelset:
        """The set of this name, which may have to be loaded. Raises :class:`OnbekendeRegels`."""
        found = self.klaar(naam)
        if found is not None:
            return found
        with self._loading:  # one at a time: each takes a processor for a while
            found = self.klaar(naam)
            if found is None:
                if self._archief is None:
                    raise OnbekendeRegels(ONBEKEND)
                found = self._archief.regels(naam)
                self._keep(found)
        return found

    def _keep(self, regels: Regelset) -> None:
        with self._lock:
            self._others[f"{regels.revisie} {regels.hash}"] = regels
            while len(self._others) > _OLDER_AT_MOST:
                del self._others[next(iter(self._others))]


def make_ready(regels: Regelset, today: date) -> None:
    """Compile what the questions of today need, so that nobody waits for it."""
    for brief in (False, True):
        programma(regels, today, date(today.year, 7, 1), brief=brief)


def pin(scope: MutableMapping[str, Any], regels: Regelset) -> None:
    """Let this request be answered by ``regels``, whatever comes into force meanwhile."""
    scope[_PINNED] = regels


def rules_in(scope: MutableMapping[str, Any]) -> Regelset:
    """The rule set that this request began with."""
    found = scope.get(_PINNED)
    if found is None:
        found = scope["app"].state.regels.nu
        pin(scope, found)
    return cast(Regelset, found)
