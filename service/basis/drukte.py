"""How much one client may ask in a minute, and how much everybody together at one moment.

A client is an address; of IPv6 the first 64 bits, for a house gets that many. This machine itself is not counted, nor
is the question whether the service lives. Each process counts for itself.
"""

import ipaddress
import math
import re
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, Literal

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter

from service.basis.instellingen import Mate
from service.basis.voorbeeld import binnen

Soort = Literal["toetsen", "papieren", "bestanden"]
_FREE: Final = ("/gezond", "/static/")
_PAPERS: Final = "/papieren/"
_COURSE: Final = "/v1/verloop"  # as much work as a paper
# where whole tables are sent
_UPLOADS: Final = re.compile(r"/portefeuille|/beheer/concepten/[^/]+/effect")
_HOUSE: Final = 64


@lru_cache(maxsize=4096)
def is_own(host: str) -> bool:
    """Whether an address is this machine."""
    try:
        return _address(host).is_loopback
    except ValueError:
        return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    found = ipaddress.ip_address(host)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


@lru_cache(maxsize=4096)
def client_of(host: str) -> str:
    """What requests are counted by; whatever is no address shares one name, so that it cannot be made up."""
    try:
        found = _address(host)
    except ValueError:
        return "?"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found), _HOUSE), strict=False))
    return str(found)


class Teller:
    """Counts the requests of each client."""

    def __init__(self, mate: Mate, clock: Callable[[], float] = time.time) -> None:
        self._limits: Mapping[Soort, RateLimitItemPerMinute] = {
            "toetsen": RateLimitItemPerMinute(mate.toetsen),
            "papieren": RateLimitItemPerMinute(mate.papieren),
            "bestanden": RateLimitItemPerMinute(mate.bestanden),
        }
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._clock = clock

    async def late(self, method: str, path: str, host: str) -> int:
        """In how many seconds this request may come again; 0 is that it may come now."""
        soort = kind_of(method, path)
        if soort is None or is_own(host):
            return 0
        limit, client = self._limits[soort], client_of(host)
        if await self._limiter.hit(limit, soort, client):
            return 0
        window = await self._limiter.get_window_stats(limit, soort, client)
        return max(1, math.ceil(window.reset_time - self._clock()))


def kind_of(method: str, path: str) -> Soort | None:
    """What a request is counted as; None is that it is not."""
    if path.startswith(_FREE):
        return None
    path = binnen(path)
    if method == "POST" and path.startswith((_PAPERS, _COURSE)):
        return "papieren"
    return "bestanden" if is_upload(method, path) else "toetsen"


def is_upload(method: str, path: str) -> bool:
    """Whether whole tables may be sent with a request."""
    return method == "POST" and _UPLOADS.fullmatch(path) is not None
