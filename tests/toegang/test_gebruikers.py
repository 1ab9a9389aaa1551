"""Accounts, and what the ledger says of them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from service.opslag.grootboekcontrole import check_ledger
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag
from service.toegang.deur import Deur
from service.toegang.gebruikers import read_name
from service.toegang.organisaties import Organisatie
from service.toegang.rechten import Rol
from service.toegang.toegangsfouten import GebruikerFout, WachtwoordFout, ZelfdePersoon
from service.toegang.wie import Door
from tests.hulp.ingang import DOOR, EIGEN, WACHTWOORD, somebody

WAAR = Organisatie("duinrand")


def _entries(opslag: Opslag) -> list[tuple[Boeking, Mapping[str, Any], Mapping[str, Any]]]:
    """Every entry with its content, and with what can be traced to somebody."""
    with opslag.database.lezen() as session:
        found = session.scalars(select(Boeking).order_by(Boeking.nummer)).all()
        return [
            (entry, json.loads(entry.inhoud), dict(opslag.grootboek.beschermd(session, entry.nummer) or {}))
            for entry in found
        ]


def _whole(opslag: Opslag) -> None:
    with opslag.database.lezen() as session:
        assert not check_ledger(session, opslag.grootboek, opslag.wislijst.betrokkenen(), ()).gebreken


def test_every_change_is_an_entry_that_says_who_and_why_and_names_nobody(deur: Deur, opslag: Opslag) -> None:
    admin = somebody(deur, "beheer@voorbeeld.nl", Rol.BEHEERDER)
    by = Door(f"gebruiker:{admin.id}", "Nieuwe collega.", admin.id)
    users = deur.gebruikers
    made = users.maak("a@voorbeeld.nl", WACHTWOORD, [Rol.CONSULENT], WAAR, by, persoon="Jan Jansen")
    users.geef_rollen("a@voorbeeld.nl", [Rol.ADVISEUR], by)
    users.blokkeer("a@voorbeeld.nl", by)
    users.geef_vrij("a@voorbeeld.nl", by)
    users.herstel("a@voorbeeld.nl", EIGEN, by)
    users.kies_wachtwoord(made, EIGEN, WACHTWOORD)
    users.verwijder("a@voorbeeld.nl", by)
    assert users.zoek("a@voorbeeld.nl") is None
    about = [(entry, content, traced) for entry, content, traced in _entries(opslag) if made.id in entry.onderwerp]
    assert [entry.wat.removeprefix("gebruiker-") for entry, _, _ in about] == [
        "gemaakt", "rollen", "geblokkeerd", "vrijgegeven", "wachtwoord-hersteld", "wachtwoord-gekozen", "verwijderd",
    ]  # fmt: skip
    assert [entry.wie for entry, _, _ in about] == [by.wie] * 5 + [f"gebruiker:{made.id}", by.wie]
    assert {entry.waarom for entry, _, _ in about[:5]} == {"Nieuwe collega."}
    assert [content["rollen"] for _, content, _ in about[:2]] == [["consulent"], ["adviseur"]]
    assert about[0][2] == {"naam": "a@voorbeeld.nl", "persoon": "jan jansen"}
    for entry, content, _ in about:
        open_part = f"{entry.wie} {entry.onderwerp} {entry.waarom} {content}"
        assert "jan" not in open_part.lower() and "voorbeeld" not in open_part
        assert WACHTWOORD not in open_part and "argon2" not in open_part
    _whole(opslag)


def test_who_enters_does_not_approve_in_one_account(deur: Deur) -> None:
    with pytest.raises(GebruikerFout, match="twee mensen"):
        deur.gebruikers.maak("a", WACHTWOORD, [Rol.REGELBEHEERDER, Rol.CONTROLLER], WAAR, DOOR)
    somebody(deur, "a", Rol.REGELBEHEERDER)
    with pytest.raises(GebruikerFout, match="twee mensen"):
        deur.gebruikers.geef_rollen("a", [Rol.CONTROLLER, Rol.REGELBEHEERDER], DOOR)
    found = deur.gebruikers.zoek("a")
    assert found and found.rollen == "regelbeheerder"


def test_one_person_does_not_hold_both_by_two_accounts_without_the_ledger_saying_so(deur: Deur, opslag: Opslag) -> None:
    users = deur.gebruikers
    first = users.maak("jan-1", WACHTWOORD, [Rol.REGELBEHEERDER], WAAR, DOOR, persoon="Jan Jansen")
    with pytest.raises(ZelfdePersoon, match="grootboek"):
        users.maak("jan-2", WACHTWOORD, [Rol.CONTROLLER], WAAR, DOOR, persoon=" JAN jansen ")
    assert users.zoek("jan-2") is None
    second = users.maak("jan-2", WACHTWOORD, [Rol.AUDITOR], WAAR, DOOR, persoon="jan jansen")
    with pytest.raises(ZelfdePersoon):
        users.geef_rollen("jan-2", [Rol.CONTROLLER], DOOR)
    users.geef_rollen("jan-2", [Rol.CONTROLLER], DOOR, dubbel=True)
    said = [content for entry, content, _ in _entries(opslag) if second.id in entry.onderwerp]
    assert [(content["zelfdePersoonAls"], content["voertInEnKeurtGoed"]) for content in said] == [
        ([first.id], False),
        ([first.id], True),
    ]
    _whole(opslag)


def test_accounts_of_two_people_have_nothing_to_do_with_each_other(deur: Deur, opslag: Opslag) -> None:
    somebody(deur, "a", Rol.REGELBEHEERDER)
    somebody(deur, "b", Rol.CONTROLLER)
    assert not [content for _, content, _ in _entries(opslag) if "zelfdePersoonAls" in content]


def test_nobody_changes_their_own_account_but_the_password(deur: Deur) -> None:
    admin = somebody(deur, "beheer", Rol.BEHEERDER)
    by = Door(f"gebruiker:{admin.id}", "Zelf.", admin.id)
    users = deur.gebruikers
    for change in (
        lambda: users.geef_rollen("beheer", [Rol.CONTROLLER], by),
        lambda: users.blokkeer("beheer", by),
        lambda: users.geef_vrij("beheer", by),
        lambda: users.verwijder("beheer", by),
        lambda: users.herstel("beheer", EIGEN, by),
    ):
        with pytest.raises(GebruikerFout, match="eigen account"):
            change()


@pytest.mark.parametrize("name", ["", " ", "a b", "a\tb", "x" * 255, "\x00", "\ud800"])
def test_a_name_is_one_word_that_can_be_typed(deur: Deur, name: str) -> None:
    with pytest.raises(GebruikerFout):
        read_name(name)
    assert deur.gebruikers.zoek(name) is None


def test_a_name_stands_there_once_whatever_its_capitals(deur: Deur) -> None:
    somebody(deur, "Jan@Voorbeeld.nl", Rol.CONSULENT)
    with pytest.raises(GebruikerFout, match="al een gebruiker"):
        deur.gebruikers.maak("jan@voorbeeld.NL", WACHTWOORD, [Rol.CONSULENT], WAAR, DOOR)
    assert deur.gebruikers.zoek(" JAN@voorbeeld.nl") is not None


def test_what_is_wrong_changes_nothing_and_writes_nothing(deur: Deur, opslag: Opslag) -> None:
    somebody(deur, "a", Rol.CONSULENT)
    before = len(_entries(opslag))
    users = deur.gebruikers
    for wrong in (
        lambda: users.maak("b", "kort", [Rol.CONSULENT], WAAR, DOOR),
        lambda: users.herstel("a", "kort", DOOR),
    ):
        with pytest.raises(WachtwoordFout):
            wrong()
    for missing in (
        lambda: users.blokkeer("weg", DOOR),
        lambda: users.geef_rollen("weg", [Rol.CONSULENT], DOOR),
        lambda: users.herstel("weg", WACHTWOORD, DOOR),
    ):
        with pytest.raises(GebruikerFout, match="geen gebruiker"):
            missing()
    assert len(_entries(opslag)) == before
    assert [found.naam for found in users.lijst()] == ["a"]


def test_a_role_that_no_longer_exists_gives_nothing(deur: Deur, opslag: Opslag) -> None:
    from service.toegang.gebruikers import roles_of
    from service.toegang.toegangstabellen import Gebruiker

    assert roles_of(Gebruiker(rollen="consulent,tovenaar,")) == {Rol.CONSULENT}
    assert roles_of(Gebruiker(rollen="")) == frozenset()
