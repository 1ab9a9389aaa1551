"""What is due about the rules, as a calendar that other programs follow (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from regels.agenda import Termijn
from web.raamwerk.teksten import groep, tekst

MEDIA_TYPE: Final = "text/calendar"
_MAKER: Final = "-//Huurtoets//NL"
_EVERY: Final = timedelta(days=1)


def feed(termijnen: Iterable[Termijn], moment: datetime) -> bytes:
    """The calendar at ``moment``: a whole day for each, with an identifier that stays the same."""
    from icalendar import Calendar, Event  # one address needs it, and it takes time to import

    calendar = Calendar()
    calendar.add("prodid", _MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", tekst("agenda.kalender"))
    calendar.add("name", tekst("agenda.kalender"))
    calendar.add("refresh-interval", _EVERY, parameters={"value": "DURATION"})
    for one in termijnen:
        event = Event()
        event.add("uid", f"{one.sleutel}@huurtoets")
        event.add("dtstamp", moment.astimezone(UTC))
        event.add("dtstart", one.dag)
        event.add("dtend", one.dag + _EVERY)
        event.add("summary", one.titel)
        event.add("description", "\n".join([one.toelichting, *(f"- {name}" for name in one.namen)]))
        event.add("categories", [groep("agenda.soort")[one.soort]])
        event.add("transp", "TRANSPARENT")
        if one.adres:
            event.add("url", one.adres)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
