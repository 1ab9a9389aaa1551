"""The edge's clock. The rules never read one: every question carries its peildatum."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def nu() -> datetime:
    """This moment in the Netherlands: when a document was made."""
    return datetime.now(ZoneInfo("Europe/Amsterdam"))


def vandaag() -> date:
    """Today in the Netherlands; this fills in a peildatum that was left out."""
    return nu().date()
