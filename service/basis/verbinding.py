"""A connection: how many there may be, and how long a client may take over a head, a message and an answer.

uvicorn has a limit for a connection that is idle after an answer, and no other: one that never sends a first byte,
sends its head or its message drop by drop, or does not read what it gets, stays for ever. Each of these ends here.
"""

import asyncio
import json
import socket
from collections import Counter
from typing import Any, Final

import h11
import structlog
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from service.basis.drukte import is_own
from service.basis.einde import STOPT
from service.basis.instellingen import instellingen
from service.basis.problemen import MEDIA_TYPE, TITELS

log = structlog.get_logger()
# Of this process. A protocol of its own is made for each connection, and they share this.
_BY_ADDRESS: Final[Counter[str]] = Counter()
_LATER: Final = 5


class Verbinding(H11Protocol):
    """The HTTP of uvicorn with an end to waiting."""

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any], _loop: Any = None) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.settings = instellingen()
        self._address = ""
        self._slow: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._begun = self._received = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        own = transport.get_extra_info("socket")
        if own is not None and own.family in (socket.AF_INET, socket.AF_INET6):
            # asyncio leaves this out for the sockets that uvicorn shares between processes: 40 ms for a short answer
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        host = self.client[0] if self.client else ""
        if host and not is_own(host) and host not in self.settings.proxyadressen:
            self._address = host
            _BY_ADDRESS[host] += 1
        if (
            len(self.connections) > self.settings.verbindingen
            or _BY_ADDRESS[self._address] > self.settings.verbindingen_per_adres
        ):
            self._end(503, "Er zijn te veel verbindingen. Probeer het zo opnieuw.")
            return
        self._wait_for(self.settings.koptijd, self._head_late)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_waiting()
        self._stuck = _ended(self._stuck)
        if self._address:
            _BY_ADDRESS[self._address] -= 1
            if _BY_ADDRESS[self._address] <= 0:
                del _BY_ADDRESS[self._address]

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._received += len(data)
        super().data_received(data)

    def handle_events(self) -> None:
        before = self.conn.their_state
        super().handle_events()
        state = self.conn.their_state
        if self.transport.is_closing():
            self._stop_waiting()
        elif state is h11.IDLE:
            # between requests uvicorn counts; the first bytes of a next one start a head
            if self.conn.trailing_data[0]:
                if self._slow is None or before is not h11.IDLE:
                    self._wait_for(self.settings.koptijd, self._head_late)
            elif self.cycle is not None:
                self._stop_waiting()
        elif state is h11.SEND_BODY:
            if before is not h11.SEND_BODY or self._slow is None:
                self._begun, self._received = self.loop.time(), 0
                self._wait_for(self.settings.berichttijd, self._body_late)
        else:
            self._stop_waiting()

    # what is late

    def _wait_for(self, seconds: float, late: Any) -> None:
        self._stop_waiting()
        self._slow = self.loop.call_later(seconds, late)

    def _stop_waiting(self) -> None:
        self._slow = _ended(self._slow)

    def _head_late(self) -> None:
        self._end(408, "Het verzoek kwam te langzaam binnen.")

    def _body_late(self) -> None:
        """A large message may take longer, as long as it keeps coming, and as long as there is no answer yet."""
        answered = self.cycle is not None and self.cycle.response_complete
        more = 0 if answered else self._received / self.settings.berichttempo
        left = self._begun + self.settings.berichttijd + more - self.loop.time()
        if left > 0:
            self._wait_for(left, self._body_late)
        else:
            self._end(408, "Het bericht kwam te langzaam binnen.")

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(self.settings.berichttijd, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stuck = _ended(self._stuck)

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._lingers()

    def _lingers(self) -> None:
        """What was not read by now is dropped: a closed transport waits for it without end."""
        self._stuck = self._stuck or self.loop.call_later(self.settings.berichttijd, self.transport.abort)

    # how it ends

    def shutdown(self) -> None:
        STOPT.set()
        if not self.transport.is_closing():
            super().shutdown()

    def send_400_response(self, msg: str) -> None:
        self._end(400, "Dit is geen geldig HTTP-verzoek.")

    def _unsupported_upgrade_warning(self) -> None:
        """Nothing: a client asks for another protocol, and gets an ordinary answer."""

    def _end(self, status: int, text: str) -> None:
        """Say why, when nothing was said yet, and close."""
        self._stop_waiting()
        if self.transport.is_closing():
            return
        log.info("verbinding", status=status)
        begun = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # the application hears that nobody listens any more
            self.cycle.message_event.set()
        if not begun:
            self.transport.write(_answer(status, text))
        self.transport.close()
        self._lingers()


def _ended(timer: asyncio.TimerHandle | None) -> asyncio.TimerHandle | None:
    """No timer; ``timer`` no longer runs."""
    if timer is not None:
        timer.cancel()
    return None


def _answer(status: int, text: str) -> bytes:
    """A whole answer: the application is not asked, and h11 is in no state to write one."""
    body = json.dumps({"type": "about:blank", "title": TITELS[status], "status": status, "detail": text})
    lines = [
        f"HTTP/1.1 {status} {TITELS[status]}",
        f"content-type: {MEDIA_TYPE}",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "connection: close",
        *([f"retry-after: {_LATER}"] if status == 503 else []),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n" + body).encode("ascii")
