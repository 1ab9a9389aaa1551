"""The rule sets of drafts, for who looks at a preview: loaded when asked for, and a few of them held ready.

They stand apart from the sets that answer: however many drafts somebody looks at, what is in force stays where it is.
"""

import threading
from typing import Final

from anyio import CapacityLimiter, to_thread

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from service.beheer.beheerfouten import BeheerFout
from service.beheer.concepten import Concepten
from service.beheer.revisies import Revisies
from service.beheer.revisietabellen import GEPUBLICEERD, OPEN, Concept
from service.opslag.opslag import Opslag

# of some ten megabytes each, and more for each day that somebody looks at
_AT_MOST: Final = 4
# loading takes a processor for a while, so they come one by one, and no more than so many wait
_WAITING_AT_MOST: Final = 8
_Key = tuple[str, str]


class GeenVoorbeeld(BeheerFout):
    """A draft of which there is no preview now: why, and every fault in its files."""

    def __init__(self, concept: str, tekst: str, status: int, fouten: tuple[str, ...] = ()) -> None:
        super().__init__(tekst)
        self.concept, self.status, self.fouten = concept, status, fouten


class Voorbeelden:
    """The sets of drafts by their content, so that a draft that changed is loaded anew by who asks next."""

    def __init__(self, concepten: Concepten) -> None:
        self._concepten = concepten
        self._ready: dict[_Key, Regelset | GeenVoorbeeld] = {}
        self._lock, self._loading, self._waiting = threading.Lock(), CapacityLimiter(1), 0

    @classmethod
    def van(cls, opslag: Opslag) -> "Voorbeelden":
        """Of the drafts in ``opslag``, which is not opened before somebody looks."""
        return cls(Concepten(Revisies(opslag)))

    async def regels(self, naam: str) -> Regelset:
        """The rule set of this draft as it stands now. Raises :class:`GeenVoorbeeld`."""
        draft = await to_thread.run_sync(self._open, naam)
        found = self._kept(draft)
        if found is not None:
            return found
        if self._waiting >= _WAITING_AT_MOST:
            raise GeenVoorbeeld(naam, "Er worden al genoeg concepten geladen. Probeer het zo opnieuw.", 503)
        self._waiting += 1
        try:
            return await to_thread.run_sync(self._load, draft, limiter=self._loading)
        finally:
            self._waiting -= 1

    def begonnen(self, naam: str, inhoud: str) -> Regelset | None:
        """The set of a draft by the hash that something was begun with; None when that is no longer what stands there.

        It may have to be loaded.
        """
        with self._lock:
            found = self._ready.get((naam, inhoud))
        if isinstance(found, Regelset):
            return found
        try:
            draft = self._open(naam)
            if draft.hash != inhoud:
                return None
            self._load(draft)
        except GeenVoorbeeld:
            return None
        with self._lock:  # it may have changed while it was loaded
            found = self._ready.get((naam, inhoud))
        return found if isinstance(found, Regelset) else None

    def _open(self, naam: str) -> Concept:
        try:
            found = self._concepten.lees(naam)
        except BeheerFout as error:
            raise GeenVoorbeeld(naam, str(error), 404) from None
        if found.stand == GEPUBLICEERD:
            said = f"Concept '{naam}' is gepubliceerd. De regels ervan gelden nu voor iedereen."
            raise GeenVoorbeeld(naam, said, 410)
        if found.stand != OPEN:
            raise GeenVoorbeeld(naam, f"Concept '{naam}' is {found.stand}. Er is geen voorbeeld meer van.", 410)
        return found

    def _kept(self, draft: Concept) -> Regelset | None:
        """What is ready of a draft. Raises :class:`GeenVoorbeeld` when it is known not to load."""
        key = draft.naam, draft.hash
        with self._lock:
            found = self._ready.pop(key, None)
            if found is not None:
                self._ready[key] = found  # asked for last goes last
        if isinstance(found, GeenVoorbeeld):
            raise GeenVoorbeeld(found.concept, str(found), found.status, found.fouten)
        return found

    def _load(self, draft: Concept) -> Regelset:
        found = self._kept(draft)  # who waited before may have loaded it
        if found is not None:
            return found
        now, files, _ = self._concepten.bestanden(draft.naam)  # it may have changed while this waited
        made = _made(now, files)
        with self._lock:
            for key in [key for key in self._ready if key[0] == now.naam]:
                del self._ready[key]  # of a draft only what stands there now
            self._ready[now.naam, now.hash] = made
            while len(self._ready) > _AT_MOST:
                del self._ready[next(iter(self._ready))]
        if isinstance(made, GeenVoorbeeld):
            raise made
        return made


def _made(draft: Concept, files: dict[str, bytes]) -> Regelset | GeenVoorbeeld:
    try:
        return bewaard(files, f"concept {draft.naam}", draft.formaat)
    except RegelsetError as error:
        said = f"Concept '{draft.naam}' kan nog niet antwoorden."
        return GeenVoorbeeld(draft.naam, said, 409, tuple(error.faults))
    except (FormaatFout, RecursionError) as error:
        said = str(error) if isinstance(error, FormaatFout) else f"In concept '{draft.naam}' zitten te veel lagen."
        return GeenVoorbeeld(draft.naam, said, 409)
