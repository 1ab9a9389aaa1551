"""The log: one JSON line an event, and never a personal value.

What may be logged is named where it is logged: method, route, status, duration, incident. No address (an unknown path
can hold anything), no body, no exception text.
"""

import logging
import sys
import traceback
import uuid
from pathlib import Path
from typing import Final

import structlog

DEEPEST: Final = 8


def configure(level: str) -> None:
    """Send every event as a JSON line to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def incident(error: BaseException) -> str:
    """Log ``error`` as an incident and give its number.

    Where it arose is logged; its text may hold a personal value and is left out.
    """
    number = uuid.uuid4().hex[:12]
    trace = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    places = [f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} {frame.name}" for frame in trace]
    structlog.get_logger().error("incident", incident=number, soort=type(error).__name__, plaats=places)
    return number
