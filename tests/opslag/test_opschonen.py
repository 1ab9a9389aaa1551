"""Retention: what is past its time goes, on the day and not before, with one entry as proof."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time
from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from service.opslag.bewaard import moment_text
from service.opslag.grootboektabellen import BeschermdeInhoud
from service.opslag.opschonen import Opgeruimd, Opruiming, schoon_op
from service.opslag.opslag import Opslag
from service.opslag.wissen import erased_in
from tests.opslag.boeken import WIE, count, faults, write_traced

BEGIN = "2026-11-26T12:00:00+00:00"


@pytest.fixture
def somebody(ingericht: Opslag) -> str:
    with freeze_time(BEGIN):
        return write_traced(ingericht, {"naam": "Ada"})[0]


def _erased(opslag: Opslag) -> frozenset[str]:
    with opslag.database.lezen() as session:
        return erased_in(session)


@pytest.mark.parametrize(
    ("moment", "gone"),
    [("2033-11-26T11:59:59+00:00", False), ("2033-11-26T12:00:00+00:00", False), ("2033-11-26T12:00:01+00:00", True)],
)
def test_a_subject_goes_seven_years_after_its_last_entry(
    ingericht: Opslag, somebody: str, moment: str, gone: bool
) -> None:
    with freeze_time(moment):
        done = schoon_op(ingericht, (), wie=WIE)
    assert _erased(ingericht) == ({somebody} if gone else set())
    assert done[0] == Opgeruimd("medewerker", int(gone), "2026-11-26")
    assert faults(ingericht) == []


def test_the_last_entry_counts_and_not_the_first(ingericht: Opslag, somebody: str) -> None:
    from service.opslag.grootboek import Feit

    with freeze_time("2030-01-01T12:00:00+00:00"), ingericht.database.schrijven() as session:
        feit = Feit(WIE, "opgeschoond", "Proef.", betrokkene=somebody, beschermd={"naam": "Ada"})
        ingericht.grootboek.schrijf(session, feit)
    with freeze_time("2036-12-31T12:00:00+00:00"):
        schoon_op(ingericht, (), wie=WIE)
    assert _erased(ingericht) == set()
    with freeze_time("2037-01-01T12:00:01+00:00"):
        schoon_op(ingericht, (), wie=WIE)
    assert _erased(ingericht) == {somebody}


def test_a_leap_day_has_a_day_in_every_year(ingericht: Opslag) -> None:
    with freeze_time("2032-02-29T12:00:00+00:00"):
        assert schoon_op(ingericht, (), wie=WIE)[0].voor == "2025-02-28"


def test_the_proof_stands_in_the_ledger(ingericht: Opslag, somebody: str) -> None:
    with freeze_time("2034-01-01T12:00:00+00:00"):
        schoon_op(ingericht, (), wie="opdrachtregel:nachtrun")
    with ingericht.database.lezen() as session:
        row = session.execute(text("SELECT wie, wat, inhoud FROM boeking ORDER BY nummer DESC LIMIT 1")).one()
    assert (row.wie, row.wat) == ("opdrachtregel:nachtrun", "opgeschoond")
    assert json.loads(row.inhoud) == {
        "eigen reservekopie": {"aantal": 0, "voor": "2033-12-02"},
        "medewerker": {"aantal": 1, "voor": "2027-01-01"},
    }


def test_a_rehearsal_counts_and_changes_nothing(ingericht: Opslag, somebody: str) -> None:
    old = _own_backup(ingericht, days=31)
    before = count(ingericht)

    def away(session: Session, moment: datetime) -> int:
        found = session.execute(delete(BeschermdeInhoud).where(BeschermdeInhoud.nummer == 0))
        session.execute(text("INSERT INTO betrokkene (kenmerk, soort, gemaakt) VALUES ('x', 'y', 'z')"))
        return 3 + max(found.rowcount, 0)  # type: ignore[attr-defined]

    with freeze_time("2034-01-01T12:00:00+00:00"):
        done = schoon_op(ingericht, (Opruiming("iets", 10, away),), wie=WIE, proef=True)
    assert [(part.soort, part.aantal) for part in done] == [("medewerker", 1), ("eigen reservekopie", 1), ("iets", 3)]
    assert (_erased(ingericht), count(ingericht), old.exists()) == (set(), before, True)
    with ingericht.database.lezen() as session:
        assert session.scalar(text("SELECT COUNT(*) FROM betrokkene WHERE kenmerk = 'x'")) == 0


def _own_backup(opslag: Opslag, days: float) -> Path:
    opslag.map_.kopieen.mkdir(exist_ok=True)
    path = opslag.map_.kopieen / f"voor-0001-{days}.hbk"
    path.write_bytes(b"x")
    moment = datetime.now().astimezone().timestamp() - days * 86_400
    os.utime(path, (moment, moment))
    return path


def test_own_backups_go_after_thirty_days_and_no_other_file(ingericht: Opslag) -> None:
    kept, gone = _own_backup(ingericht, days=29.9), _own_backup(ingericht, days=30.1)
    other = ingericht.map_.kopieen / "met-de-hand.txt"
    other.write_text("x")
    os.utime(other, (0, 0))
    schoon_op(ingericht, (), wie=WIE)
    assert (kept.exists(), gone.exists(), other.exists()) == (True, False, True)


def test_another_room_hears_from_which_moment_and_its_count_is_in_the_proof(ingericht: Opslag) -> None:
    heard: list[str] = []

    def away(_: Session, moment: datetime) -> int:
        heard.append(moment_text(moment))
        return 5

    with freeze_time("2026-11-26T12:00:00+00:00"):
        schoon_op(ingericht, (Opruiming("aanmelding", 14, away),), wie=WIE)
    assert heard == [moment_text(datetime.fromisoformat("2026-11-26T12:00:00+00:00") - timedelta(days=14))]
    with ingericht.database.lezen() as session:
        said = session.scalar(text("SELECT inhoud FROM boeking ORDER BY nummer DESC LIMIT 1")) or ""
    assert json.loads(said)["aanmelding"] == {"aantal": 5, "voor": "2026-11-12"}


def test_who_stands_on_the_list_and_was_not_erased_yet_is_erased(ingericht: Opslag, somebody: str) -> None:
    """As after a crash between the list and the database."""
    ingericht.wislijst.voeg_toe([somebody])
    with freeze_time(BEGIN):
        schoon_op(ingericht, (), wie=WIE)
    assert _erased(ingericht) == {somebody}
    assert faults(ingericht) == []
