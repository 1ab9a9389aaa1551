"""The edge's clock. The rules never read one: every question carries its peildatum."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

# the day of the preview that is being answered
_DAY: Final[ContextVar[date | None]] = ContextVar("dag", default=None)


def nu() -> datetime:
    """This moment in the Netherlands: when a document was made."""
    return datetime.now(ZoneInfo("Europe/Amsterdam"))


def vandaag() -> date:
    """Today in the Netherlands, or the day of the preview; this fills in a peildatum that was left out."""
    return dag_van(nu())


def dag_van(moment: datetime) -> date:
    """The day that counts as today at ``moment``: its own, or that of the preview."""
    return _DAY.get() or moment.date()


@contextmanager
def alsof(dag: date) -> Iterator[None]:
    """What is asked in this block, is asked as if it were ``dag``; what others ask at the same time is not."""
    before = _DAY.set(dag)
    try:
        yield
    finally:
        _DAY.reset(before)
