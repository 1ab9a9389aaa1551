"""A backup lets nobody in who was let out since, and erases nobody who still works here."""

from pathlib import Path

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select

from service.opslag.herstel import zet_terug
from service.opslag.opschonen import schoon_op
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.opslag.reservekopie import maak_kopie
from service.opslag.wissen import erased_in, first_seal, wis
from service.toegang.deur import Deur
from service.toegang.naherstel import NAZORG
from service.toegang.rechten import Rol
from service.toegang.toegangstabellen import Gebruiker, Sessie
from tests.hulp.ingang import DOOR, somebody


@pytest.fixture
def bemand(deur: Deur, opslag: Opslag) -> Opslag:
    """Three accounts, of which one is signed in."""
    for name in ("blijft", "verwijderd", "geblokkeerd"):
        wie = somebody(deur, f"{name}@voorbeeld.nl", Rol.CONSULENT)
    deur.sessies.begin(wie)
    with opslag.database.lezen() as session:
        opslag.wislijst.hoort_bij(first_seal(session))
    return opslag


def _accounts(opslag: Opslag) -> dict[str, bool]:
    with opslag.database.lezen() as session:
        found = session.scalars(select(Gebruiker).order_by(Gebruiker.naam)).all()
        return {account.naam.split("@")[0]: account.geblokkeerd is not None for account in found}


def _signed_in(opslag: Opslag) -> int:
    with opslag.database.lezen() as session:
        return session.scalar(select(func.count()).select_from(Sessie)) or 0


def test_who_was_removed_or_blocked_since_stays_so_and_nobody_is_signed_in(
    deur: Deur, bemand: Opslag, tmp_path: Path
) -> None:
    maak_kopie(bemand, tmp_path / "a.hbk")
    deur.gebruikers.verwijder("verwijderd@voorbeeld.nl", DOOR)
    deur.gebruikers.blokkeer("geblokkeerd@voorbeeld.nl", DOOR)
    deur.sessies.begin(somebody(deur, "later@voorbeeld.nl", Rol.CONSULENT))
    zet_terug(bemand, tmp_path / "a.hbk", wie="gebruiker:1", vervang=True, nazorg=(NAZORG,))
    assert _accounts(bemand) == {"blijft": False, "geblokkeerd": True}
    assert _signed_in(bemand) == 0


def test_on_another_machine_the_accounts_are_those_of_the_backup(bemand: Opslag, tmp_path: Path) -> None:
    maak_kopie(bemand, tmp_path / "a.hbk")
    bemand.database.bijwerken(None)
    assert bemand.database.schema() is None
    zet_terug(bemand, tmp_path / "a.hbk", wie="gebruiker:1", vervang=True, nazorg=(NAZORG,))
    assert _accounts(bemand) == {"blijft": False, "geblokkeerd": False, "verwijderd": False}
    assert _signed_in(bemand) == 0


def test_somebody_with_an_account_is_not_erased_by_hand_or_by_time(deur: Deur, bemand: Opslag) -> None:
    with bemand.database.lezen() as session:
        subject = session.scalar(select(Gebruiker.betrokkene).where(Gebruiker.naam == "verwijderd@voorbeeld.nl")) or ""
    with pytest.raises(OpslagFout, match="gebruiker"):
        wis(bemand, [subject], wie="gebruiker:1", waarom="Op verzoek.")
    with freeze_time("2040-01-01T12:00:00+00:00"):
        schoon_op(bemand, (), wie="gebruiker:1")
    with bemand.database.lezen() as session:
        assert erased_in(session) == frozenset()
    assert subject not in bemand.wislijst.betrokkenen()
    deur.gebruikers.verwijder("verwijderd@voorbeeld.nl", DOOR)
    assert wis(bemand, [subject], wie="gebruiker:1", waarom="Op verzoek.") == 1
