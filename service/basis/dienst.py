"""The server: uvicorn with the limits of the settings."""

import contextlib
import os
import resource
from typing import Any

import uvicorn
from pydantic import ValidationError

from service.basis.drukte import is_own
from service.basis.instellingen import Instellingen, instellingen
from service.basis.logboek import configure, log_config

# descriptors beside those of connections: files, pipes to the typesetters, portfolios that are being written
_OTHER_FILES = 256
# seconds after which a process that says nothing is replaced; one that starts on a busy machine says nothing for longer
# than the five of uvicorn, and would be replaced for ever
_SILENCE = 60
_TYPESETTERS = 4


def read_settings() -> Instellingen:
    """The settings of the environment. Raises :class:`ValueError` that names those that cannot be used."""
    try:
        return instellingen()
    except ValidationError as error:
        names = [f"HUURTOETS_{'_'.join(map(str, fault['loc'])).upper()}" for fault in error.errors()]
        text = f"Deze waarde kan niet: {', '.join(names)}. Zie docs/beheer.md voor wat er mag staan."
        raise ValueError(text) from None


_NO_ADDRESS = (
    "Op dit adres kan een ander de dienst bereiken, en aanmelden kan alleen met https. Zet HUURTOETS_ADRES op het "
    "adres met https waarop anderen de dienst vinden. Zie docs/beheer.md."
)


def undecided(host: str, settings: Instellingen) -> str:
    """What to do before the service may listen on ``host``; empty when it may."""
    if host == "localhost" or is_own(host) or settings.toegang == "open":
        return ""
    if settings.toegang == "aanmelden":
        return "" if settings.adres else _NO_ADDRESS
    return (
        f"Op {host} kan een ander de dienst bereiken. Kies eerst wie hem mag gebruiken: HUURTOETS_TOEGANG=aanmelden "
        "(wie zich aanmeldt) of HUURTOETS_TOEGANG=open (ieder, en alleen voor de toets van één huishouden, die niets "
        "bewaart). Zie docs/beheer.md."
    )


def serve(app: str, settings: Instellingen, *, host: str, port: int, werkers: int, factory: bool) -> None:
    """Run the application named ``app`` until it is told to stop."""
    configure(settings.logniveau)
    # as many typesetters as there are processors, over all processes; those read the settings again
    each = max(1, min(_TYPESETTERS, (os.cpu_count() or 1) // werkers))
    os.environ.setdefault("HUURTOETS_PAPIEREN_PROCESSEN", str(each))
    instellingen.cache_clear()
    _raise_file_limit(settings.verbindingen + _OTHER_FILES)
    proxies: dict[str, Any] = {"proxy_headers": False}
    if settings.proxyadressen:
        proxies = {"proxy_headers": True, "forwarded_allow_ips": sorted(settings.proxyadressen)}
    uvicorn.run(
        app,
        factory=factory,
        host=host,
        port=port,
        workers=werkers,
        http="service.basis.verbinding:Verbinding",
        http2=False,
        ws="none",
        loop="asyncio",
        access_log=False,
        server_header=False,
        log_level="warning",
        log_config=log_config(),
        h11_max_incomplete_event_size=settings.kopomvang,
        timeout_worker_healthcheck=_SILENCE,
        timeout_keep_alive=settings.rusttijd,
        timeout_graceful_shutdown=settings.stoptijd,
        **proxies,
    )


def _raise_file_limit(needed: int) -> None:
    """Ask for as many open files as the connections need; macOS gives 256."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
