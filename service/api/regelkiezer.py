"""Which rules a request of the API is answered by: those in force, or older ones that have to be loaded first."""

from typing import Final

from anyio import CapacityLimiter, to_thread

from regels import Regelset
from regels.opmaak import conceptnaam
from service.basis.vankracht import OnbekendeRegels, VanKracht

# loading takes a processor for a while, so they come one by one, and no more than so many wait
_WAITING_AT_MOST: Final = 8
# in how many seconds it can be asked again
LATER: Final = 5


class TeDruk(Exception):
    """Too many older rule sets are being loaded already."""


class Regelkiezer:
    """Finds the rule set of a name without holding up who asks by the one in force."""

    def __init__(self, van_kracht: VanKracht) -> None:
        self._van_kracht, self._waiting = van_kracht, 0
        self._one = CapacityLimiter(1)

    async def regels(self, naam: str, huidig: Regelset) -> Regelset:
        """The set of this revision or hash; ``huidig`` is the one that the request began with.

        Raises :class:`service.basis.vankracht.OnbekendeRegels` and :class:`TeDruk`.
        """
        if naam in (huidig.revisie, huidig.hash):
            return huidig
        if conceptnaam(huidig.revisie):
            raise OnbekendeRegels("In het voorbeeld van een concept antwoorden alleen de regels van dat concept.")
        found = self._van_kracht.klaar(naam)
        if found is not None:
            return found
        if self._waiting >= _WAITING_AT_MOST:
            raise TeDruk("Er worden al genoeg oudere regelsets geladen. Probeer het zo opnieuw.")
        self._waiting += 1
        try:
            return await to_thread.run_sync(self._van_kracht.met, naam, limiter=self._one)
        finally:
            self._waiting -= 1
