"""Where a request came from: straight from this machine, or by way of another address, another name or a proxy."""

from functools import lru_cache
from ipaddress import ip_address
from typing import Final

from starlette.types import Scope

from service.basis.drukte import is_own

# what a proxy, a tunnel or a balancer adds; every name that starts with x-forwarded- besides
_PASSED_ON: Final = frozenset(
    {b"forwarded", b"via", b"x-real-ip", b"x-client-ip", b"x-original-host", b"cf-connecting-ip", b"true-client-ip"}
)
_FORWARDED: Final = b"x-forwarded-"
# the gate asks it first, and the guard again
_KNOWN: Final = "huurtoets.rechtstreeks"
_OWN_NAMES: Final = (b"127.0.0.1", b"localhost", b"[::1]")


def came_directly(scope: Scope) -> bool:
    """Whether a request came to the loopback address, by its name, and nobody says to have passed it on."""
    known: bool | None = scope.get(_KNOWN)
    if known is None:
        known = scope[_KNOWN] = _directly(scope)
    return known


def _directly(scope: Scope) -> bool:
    client = scope.get("client")
    if client is None or _is_elsewhere(client[0]):
        return False
    named = False
    for name, value in scope["headers"]:
        if name in _PASSED_ON or name[: len(_FORWARDED)] == _FORWARDED:
            return False
        named = named or (name == b"host" and _is_own_name(value))
    return named


@lru_cache(maxsize=64)
def _is_elsewhere(host: str) -> bool:
    """Whether this is the address of another machine; what is no address was never given by a network."""
    if is_own(host):
        return False
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def _is_own_name(host: bytes) -> bool:
    name = host[: host.find(b"]") + 1] if host.startswith(b"[") else host.partition(b":")[0]
    return name.strip().lower() in _OWN_NAMES
