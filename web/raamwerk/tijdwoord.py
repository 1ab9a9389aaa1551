"""A moment as a page writes it: in the time of the Netherlands, to the minute."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from regels.opmaak import datum

_ZONE: Final = ZoneInfo("Europe/Amsterdam")


def moment(when: datetime) -> str:
    """``when`` in words."""
    here = when.astimezone(_ZONE)
    return f"{datum(here.date())}, {here:%H:%M} uur"
