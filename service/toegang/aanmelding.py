"""Signing in with a password: how often, for how long, and without telling which accounts there are.

Attempts are counted for an account and for an address. A browser that signed in before has a count of its own, so that
nobody shuts somebody else out by guessing from elsewhere (the device cookie of OWASP).
"""

import hashlib
import hmac
import math
import secrets
import time
from collections.abc import Callable
from functools import partial
from typing import Final, ParamSpec, TypeVar

import structlog
from anyio import CapacityLimiter, to_thread
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from service.basis.drukte import client_of, is_own
from service.toegang.gebruikers import NAAM_MOST, Gebruikers, as_wie
from service.toegang.wie import Wie

# checking a password takes 64 MiB: so many at a time
_AT_ONCE: Final = 2
# an office shares an address
_PER_ADDRESS: Final = 10
_NONCE: Final = 16
_P = ParamSpec("_P")
_T = TypeVar("_T")
log = structlog.get_logger()


class AanmeldFout(Exception):
    """Nobody signed in; the text is the same for a wrong name, a wrong password and a blocked account."""


class TeVaak(AanmeldFout):
    """Too many attempts; ``seconden`` until the next."""

    def __init__(self, seconden: int) -> None:
        super().__init__(f"Er is te vaak geprobeerd om aan te melden. Probeer het over {seconden} seconden opnieuw.")
        self.seconden = seconden


class Aanmelding:
    """Signs in with a password. ``pogingen``: how many attempts an account has in a quarter of an hour."""

    def __init__(self, gebruikers: Gebruikers, pogingen: int) -> None:
        self._users = gebruikers
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._per_account: RateLimitItem = parse(f"{pogingen}/15minutes")
        self._per_address: RateLimitItem = parse(f"{pogingen * _PER_ADDRESS}/15minutes")
        self._hashing = CapacityLimiter(_AT_ONCE)

    async def meld_aan(self, naam: str, wachtwoord: str, adres: str, apparaat: str = "") -> tuple[Wie, str]:
        """Who signed in, and what marks this browser from now on. Raises :class:`AanmeldFout`."""
        if not is_own(adres):
            await self._count(self._per_address, "adres", client_of(adres))
        name = naam.strip().casefold()[:NAAM_MOST]
        found = await to_thread.run_sync(self._users.zoek, name)
        kept = found.wachtwoord if found is not None else None
        known = is_known(kept, apparaat)
        bucket = ("apparaat", apparaat) if known else ("account", hashlib.sha256(name.encode()).hexdigest())
        await self._count(self._per_account, *bucket)
        right = await to_thread.run_sync(self._users.hasher.klopt, kept, wachtwoord, limiter=self._hashing)
        if not right or found is None or kept is None or found.geblokkeerd is not None:
            log.info("aanmelden", gelukt=False, wijze="wachtwoord", account=found.kenmerk if found else "")
            raise AanmeldFout("De naam en het wachtwoord horen niet bij elkaar. Probeer het opnieuw, of vraag beheer.")
        await self._limiter.clear(self._per_account, *bucket)
        who = as_wie(found)
        if self._users.hasher.verouderd(kept):
            kept = await to_thread.run_sync(self._users.herhash, who, wachtwoord, limiter=self._hashing)
        log.info("aanmelden", gelukt=True, wijze="wachtwoord", account=who.id)
        return who, mark(kept)

    async def tel(self, naam: str) -> None:
        """Count an attempt of somebody who signed in and gives a password again. Raises :class:`TeVaak`."""
        await self._count(self._per_account, "opnieuw", naam)

    async def met_rust(self, work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """What ``work`` gives; not too many passwords are looked at at a time."""
        return await to_thread.run_sync(partial(work, *args, **kwargs), limiter=self._hashing)

    async def _count(self, limit: RateLimitItem, *bucket: str) -> None:
        if await self._limiter.hit(limit, *bucket):
            return
        window = await self._limiter.get_window_stats(limit, *bucket)
        log.info("aanmelden", gelukt=False, wijze="te vaak", account="")
        raise TeVaak(max(1, math.ceil(window.reset_time - time.time())))


def mark(kept: str) -> str:
    """What a browser holds to be known of this account; it ends with the password."""
    nonce = secrets.token_urlsafe(_NONCE)
    return f"{nonce}.{_seal(kept, nonce)}"


def is_known(kept: str | None, apparaat: str) -> bool:
    """Whether a browser holds a mark of this account."""
    nonce, _, seal = apparaat.partition(".")
    right = _seal(kept or secrets.token_urlsafe(_NONCE), nonce)
    return hmac.compare_digest(right.encode(), seal.encode("utf-8", "surrogatepass")) and kept is not None


def _seal(kept: str, nonce: str) -> str:
    key = hashlib.sha256(b"apparaat" + kept.encode()).digest()
    return hmac.new(key, nonce.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
