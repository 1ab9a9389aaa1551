"""The log: one JSON line an event, and never a personal value.

What may be logged is named where it is logged: method, route, status, duration, incident. No address (an unknown path
can hold anything), no body, no exception text.
"""

import json
import logging
import sys
import threading
import traceback
import uuid
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import structlog

DEEPEST: Final = 8
# made once: json.dumps makes one for each line when it is told what to do with what is no JSON
_as_json: Final = json.JSONEncoder(default=repr).encode


def configure(level: str) -> None:
    """Send every event as a JSON line to standard error; what nobody caught too, without its text."""
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)
    threading.excepthook = lambda found: _uncaught(found.exc_type, found.exc_value, found.exc_traceback)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=lambda event, **_: _as_json(event)),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def incident(error: BaseException) -> str:
    """Log ``error`` as an incident and give its number.

    Where it arose is logged; its text may hold a personal value and is left out.
    """
    number = uuid.uuid4().hex[:12]
    places = _places(error.__traceback__)
    structlog.get_logger().error("incident", incident=number, soort=type(error).__name__, plaats=places)
    return number


def log_config() -> dict[str, Any]:
    """What the standard library's logging does with the lines of the server and of other packages."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"regel": {"()": "service.basis.logboek.Logregel"}},
        "handlers": {"fout": {"class": "logging.StreamHandler", "formatter": "regel", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["fout"], "level": "WARNING"},
    }


class Logregel(logging.Formatter):
    """A line of another package as JSON: who said it, and never more of it than what stands in its source.

    A message is put together from values, and asyncio writes an exception into it. Of the server's own lines the text
    is kept as it is written in the code, without those values; of all others only where they come from.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "event": "bericht",
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat().replace("+00:00", "Z"),
            "van": record.name,
            "plaats": [f"{record.module}:{record.lineno} {record.funcName}"],
        }
        if record.name.startswith("uvicorn") and isinstance(record.msg, str):
            line["tekst"] = record.msg.strip()
        if record.exc_info and record.exc_info[0] is not None:
            line["soort"] = record.exc_info[0].__name__
            line["plaats"] = _places(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in frames]


def _uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt | SystemExit):
        incident((error or kind()).with_traceback(trace))
