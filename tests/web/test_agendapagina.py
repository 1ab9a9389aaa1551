"""The agenda of the rules: its page, its calendar, the block on the start page, and the command."""

from datetime import date
from html import unescape

import icalendar
import pytest
from fastapi.testclient import TestClient
from freezegun import freeze_time
from typer.testing import CliRunner

from regels.agenda import agenda, eerste
from regels.opmaak import datum
from service.app import create_app
from service.basis.instellingen import Instellingen
from service.opdracht.commando import app
from tests.hulp.geladen import PAKKET
from tests.hulp.ingang import ADRES, settings_of

# the clock of the machine, and the day it is in the Netherlands
DAYS = [
    ("2026-12-31 22:59", date(2026, 12, 31)),
    ("2026-12-31 23:00", date(2027, 1, 1)),
    ("2027-06-30 21:59", date(2027, 6, 30)),
    ("2027-06-30 22:00", date(2027, 7, 1)),
]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(PAKKET, Instellingen()), base_url="http://127.0.0.1")


@pytest.mark.parametrize(("moment", "today"), DAYS)
def test_page_calendar_and_start_page_answer_on_every_day(client: TestClient, moment: str, today: date) -> None:
    with freeze_time(moment):
        page, start, feed = (client.get(path) for path in ("/agenda", "/", "/agenda.ics"))
        assert (page.status_code, start.status_code, feed.status_code) == (200, 200, 200)
        due = eerste(PAKKET, today)
        assert all(datum(one.dag) in start.text for one in due[:3])
        assert ("agendablok" in start.text) is bool(due)
        assert all(one.titel in unescape(page.text) for one in agenda(PAKKET, today))


def test_the_limits_of_a_new_year_are_due_in_page_calendar_and_command(client: TestClient) -> None:
    """By hand: the Regeling huurtoeslaggrenzen of 2026 was published on 25 November 2025, and 2027 has no figures."""
    with freeze_time("2026-11-24 12:00"):
        page, feed = client.get("/agenda").text, client.get("/agenda.ics").content
    said = CliRunner().invoke(app, ["regels", "agenda", "--op", "2026-11-24"]).output
    assert "Regeling huurtoeslaggrenzen" in page and "Regeling huurtoeslaggrenzen" in said
    assert "25 november 2026" in said
    assert b"DTSTART;VALUE=DATE:20261125" in feed


def test_the_calendar_has_a_whole_day_for_each_with_a_key_that_stays(client: TestClient) -> None:
    with freeze_time("2026-11-27 12:00"):
        answer = client.get("/agenda.ics")
        expected = {f"{one.sleutel}@huurtoets": one for one in agenda(PAKKET, date(2026, 11, 27))}
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    made = icalendar.Calendar.from_ical(answer.content)
    events = {str(event["uid"]): event for event in made.walk("VEVENT")}
    assert events.keys() == expected.keys()
    for key, event in events.items():
        assert event.decoded("dtstart") == expected[key].dag
        assert str(event["summary"]) == expected[key].titel
        assert event["dtstart"].params["VALUE"] == "DATE"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_the_calendar_needs_no_sign_in_and_the_page_does() -> None:
    with TestClient(create_app(PAKKET, settings_of()), base_url=ADRES) as own:
        assert own.get("/agenda.ics").status_code == 200
        assert own.get("/agenda", headers={"accept": "application/json"}).status_code == 401


def test_the_command_says_how_long_it_takes_and_counts_old_sources() -> None:
    found = CliRunner().invoke(app, ["regels", "agenda", "--op", "2026-11-24"]).output
    whole = CliRunner().invoke(app, ["regels", "agenda", "--op", "2026-11-24", "--alles"]).output
    for one in eerste(PAKKET, date(2026, 11, 24)):
        assert one.titel in found
        assert all(f"- {name}" in whole for name in one.namen)
    assert "een jaar of ouder. Toon ze met --alles." in found
    assert len(whole) > len(found)
