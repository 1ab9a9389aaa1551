"""A session ends unused, ends at all, and is noted now and then."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select

from service.basis.klok import nu
from service.opslag.opslag import Opslag
from service.toegang.deur import Deur
from service.toegang.rechten import Rol
from service.toegang.toegangstabellen import Sessie
from service.toegang.wie import NIEMAND
from tests.hulp.ingang import DOOR, deur_van, settings_of, somebody

BEGIN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


class Klok:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = BEGIN

    def __call__(self) -> datetime:
        return self.now

    def verder(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def klok() -> Klok:
    return Klok()


@pytest.fixture
def deur(opslag: Opslag, klok: Klok) -> Deur:
    return deur_van(opslag, settings_of(sessie_rust=600, sessie_duur=3_600), klok=klok)


def _in(deur: Deur) -> str:
    return deur.sessies.begin(somebody(deur, "a", Rol.CONSULENT))


@pytest.mark.parametrize(("seconds", "there"), [(0, True), (599, True), (600, False), (601, False)])
def test_a_session_that_is_not_used_ends(deur: Deur, klok: Klok, seconds: int, there: bool) -> None:
    token = _in(deur)
    klok.verder(seconds)
    assert deur.sessies.van(token).aangemeld is there


def test_a_session_that_is_used_goes_on_and_still_ends(deur: Deur, klok: Klok) -> None:
    token = _in(deur)
    for _ in range(7):
        klok.verder(500)
        assert deur.sessies.van(token).aangemeld, klok.now
    klok.verder(99)
    assert deur.sessies.van(token).aangemeld
    klok.verder(1)
    assert deur.sessies.van(token) is NIEMAND


def test_a_session_that_began_while_somebody_was_blocked_is_nobodys(deur: Deur) -> None:
    """The password was right, and the block came before the session was written."""
    who = somebody(deur, "a", Rol.CONSULENT)
    deur.gebruikers.blokkeer("a", DOOR)
    token = deur.sessies.begin(who)
    assert deur.sessies.van(token) is NIEMAND
    deur.gebruikers.geef_vrij("a", DOOR)
    assert deur.sessies.van(token) is NIEMAND, "and it does not come to life later"


def test_use_is_noted_once_a_minute_and_not_with_every_request(deur: Deur, klok: Klok) -> None:
    token = _in(deur)
    written: list[str] = []
    database = deur.gebruikers._opslag.database
    event.listen(database._engine, "before_cursor_execute", lambda _c, _k, statement, *_: written.append(statement))
    for _ in range(50):
        klok.verder(1)
        deur.sessies.van(token)
    assert not [statement for statement in written if statement.startswith("UPDATE")]
    klok.verder(10)
    deur.sessies.van(token)
    assert len([statement for statement in written if statement.startswith("UPDATE")]) == 1


def test_what_ran_out_is_gone_when_somebody_signs_in(deur: Deur, klok: Klok) -> None:
    who = somebody(deur, "a", Rol.CONSULENT)
    for _ in range(3):
        deur.sessies.begin(who)
    klok.verder(700)
    assert deur.sessies.lijst(who) == []
    deur.sessies.begin(who)
    with deur.gebruikers._opslag.database.lezen() as session:
        assert len(session.scalars(select(Sessie)).all()) == 1


def test_tidying_up_takes_what_was_not_used_for_a_week_and_says_how_many(deur: Deur, opslag: Opslag) -> None:
    from service.opdracht.grootboekopdracht import opruimingen
    from service.opslag.opschonen import schoon_op

    who = somebody(deur, "a", Rol.CONSULENT)
    old, new = (deur_van(opslag, klok=lambda at=at: nu() - at) for at in (timedelta(days=8), timedelta(hours=1)))
    new.sessies.begin(who)
    old.sessies.begin(who)
    gone = {found.soort: found.aantal for found in schoon_op(opslag, opruimingen(), wie="opdrachtregel:proef")}
    assert gone["aanmelding"] == 1
    with opslag.database.lezen() as session:
        assert len(session.scalars(select(Sessie)).all()) == 1


@pytest.mark.parametrize("token", ["", "x", "\x00", "\ud800", "a" * 100_000, "' OR 1=1"])
def test_what_is_no_session_is_nobody(deur: Deur, token: str) -> None:
    _in(deur)
    assert deur.sessies.van(token) is NIEMAND


def test_somebody_is_known_by_what_the_account_says_now(deur: Deur) -> None:
    made = somebody(deur, "a", Rol.CONSULENT, Rol.ADVISEUR, organisatie="duinrand/loket", persoon="Jan ")
    found = deur.sessies.van(deur.sessies.begin(made))
    assert (found.naam, found.persoon, str(found.organisatie)) == ("a", "jan", "duinrand/loket")
    assert found.rollen == {Rol.CONSULENT, Rol.ADVISEUR}
    assert found.sessie


def test_a_session_lasts_where_it_cannot_be_noted(deur: Deur, klok: Klok, monkeypatch: pytest.MonkeyPatch) -> None:
    from service.opslag.opslagfouten import AlleenLezen

    token = _in(deur)

    def only_reading() -> None:
        raise AlleenLezen("alleen te lezen")

    monkeypatch.setattr(deur.gebruikers._opslag.database, "schrijven", only_reading)
    klok.verder(500)
    assert deur.sessies.van(token).aangemeld
    klok.verder(100)
    assert not deur.sessies.van(token).aangemeld
