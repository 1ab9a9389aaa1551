"""Accounts from the command line: a password comes by stdin, and who does it is known."""

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from service.basis.instellingen import instellingen
from service.opdracht.commando import app
from service.opslag.grootboektabellen import Boeking
from service.opslag.inrichten import maak
from service.opslag.opslag import Opslag
from service.toegang import gebruikersopdracht
from service.toegang.rechten import Recht, Rol
from service.toegang.toegangsfouten import GebruikerFout
from tests.hulp.ingang import EIGEN, SNEL, WACHTWOORD, deur_van

ADMIN = ["gebruiker", "maak", "beheer", "--rol", "beheerder", "--organisatie", "steenwijkerland"]


@pytest.fixture
def kept(lege_opslag: Opslag, monkeypatch: pytest.MonkeyPatch) -> Opslag:
    maak(lege_opslag, wie="opdrachtregel:proef")
    monkeypatch.setenv("HUURTOETS_GEGEVENSMAP", str(lege_opslag.map_.map_))
    if lege_opslag.url:
        monkeypatch.setenv("HUURTOETS_DATABASE_URL", lege_opslag.url)
    instellingen.cache_clear()
    monkeypatch.setattr("service.toegang.wachtwoorden.Hasher", lambda: SNEL)
    yield lege_opslag
    instellingen.cache_clear()


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def _first(opslag: Opslag) -> None:
    assert run(*ADMIN, stdin=f"{WACHTWOORD}\n").exit_code == 0
    users = deur_van(opslag).gebruikers
    found = users.zoek("beheer")
    assert found
    from service.toegang.gebruikers import as_wie

    users.kies_wachtwoord(as_wie(found), WACHTWOORD, EIGEN)


def test_the_first_is_an_administrator_and_the_ledger_says_who_had_the_machine(kept: Opslag) -> None:
    other = run("gebruiker", "maak", "a", "--rol", "consulent", "--organisatie", "steenwijkerland", stdin=WACHTWOORD)
    assert (other.exit_code, "eerst een beheerder" in other.output) == (2, True)
    made = run(*ADMIN, stdin=f"{WACHTWOORD}\n")
    assert made.exit_code == 0, made.output
    with kept.database.lezen() as session:
        entry = session.scalars(select(Boeking).where(Boeking.wat == "gebruiker-gemaakt")).one()
    assert entry.wie.startswith("opdrachtregel:")
    assert WACHTWOORD not in made.output


def test_after_that_an_administrator_does_it_and_gives_a_password(kept: Opslag) -> None:
    _first(kept)
    new = ["gebruiker", "maak", "a", "--rol", "consulent", "--organisatie", "steenwijkerland/loket"]
    assert "--door" in run(*new, stdin=f"{WACHTWOORD}\n").output
    wrong = run(*new, "--door", "beheer", stdin=f"{WACHTWOORD}\n{WACHTWOORD}\n")
    assert (wrong.exit_code, "horen niet bij elkaar" in wrong.output) == (2, True)
    unknown = run(*new, "--door", "niemand", stdin=f"{EIGEN}\n{WACHTWOORD}\n")
    assert unknown.output.splitlines()[-1] == wrong.output.splitlines()[-1]
    made = run(*new, "--door", "beheer", stdin=f"{EIGEN}\n{WACHTWOORD}\n")
    assert made.exit_code == 0, made.output
    listed = run("gebruiker", "lijst").output.splitlines()
    assert listed == ["a\tsteenwijkerland/loket\tconsulent", "beheer\tsteenwijkerland\tbeheerder"]
    for command, said in (
        (["rollen", "a", "--rol", "adviseur", "--rol", "auditor"], "adviseur, auditor"),
        (["blokkeer", "a"], "geblokkeerd"),
        (["vrijgeven", "a"], "weer aanmelden"),
        (["herstel", "a"], "eigen wachtwoord"),
        (["verwijder", "a"], "niet meer"),
    ):
        answer = run("gebruiker", *command, "--door", "beheer", stdin=f"{EIGEN}\n{WACHTWOORD}\n")
        assert (answer.exit_code, said in answer.output) == (0, True), answer.output
    with kept.database.lezen() as session:
        who = session.scalars(select(Boeking.wie).where(Boeking.wat == "gebruiker-verwijderd")).one()
    assert who.startswith("gebruiker:")


def test_who_is_no_administrator_makes_nobody(kept: Opslag) -> None:
    _first(kept)
    new = ["gebruiker", "maak", "a", "--rol", "auditor", "--organisatie", "steenwijkerland"]
    assert run(*new, "--door", "beheer", stdin=f"{EIGEN}\n{WACHTWOORD}\n").exit_code == 0
    again = ["gebruiker", "maak", "b", "--rol", "beheerder", "--organisatie", "steenwijkerland", "--door", "a"]
    first = run(*again, stdin=f"{WACHTWOORD}\n{WACHTWOORD}\n")
    assert (first.exit_code, "eigen wachtwoord" in first.output) == (2, True)
    users = deur_van(kept).gebruikers
    from service.toegang.gebruikers import as_wie

    found = users.zoek("a")
    assert found
    users.kies_wachtwoord(as_wie(found), WACHTWOORD, EIGEN)
    answer = run(*again, stdin=f"{EIGEN}\n{WACHTWOORD}\n")
    assert (answer.exit_code, "mag dit niet" in answer.output) == (2, True)


def test_an_emergency_needs_a_reason_and_the_ledger_names_it(kept: Opslag) -> None:
    _first(kept)
    assert "--reden" in run("gebruiker", "herstel", "beheer", "--noodgeval", stdin=f"{WACHTWOORD}\n").output
    done = run("gebruiker", "herstel", "beheer", "--noodgeval", "--reden", "Wachtwoord kwijt.", stdin=f"{WACHTWOORD}\n")
    assert done.exit_code == 0, done.output
    with kept.database.lezen() as session:
        why = session.scalars(select(Boeking.waarom).where(Boeking.wat == "gebruiker-wachtwoord-hersteld")).one()
    assert why == "Noodgeval: Wachtwoord kwijt."


@pytest.mark.parametrize(
    ("arguments", "stdin", "said"),
    [
        (ADMIN, "", "geen wachtwoord"),
        (ADMIN, "kort\n", "te kort"),
        ([*ADMIN[:-1], "nergens"], WACHTWOORD, "Kies uit"),
        ([*ADMIN, "--rol", "tovenaar"], WACHTWOORD, "tovenaar"),
        ([*ADMIN, "--rol", "regelbeheerder", "--rol", "controller"], WACHTWOORD, "twee mensen"),
        ([*ADMIN, "--wachtwoord", WACHTWOORD], "", "No such option"),
    ],
)
def test_what_cannot_be_is_said_and_makes_nobody(kept: Opslag, arguments: list[str], stdin: str, said: str) -> None:
    answer = run(*arguments, stdin=stdin)
    assert (answer.exit_code, said in answer.output) == (2, True), answer.output
    assert deur_van(kept).gebruikers.leeg()


def test_without_tables_it_says_what_to_do(lege_opslag: Opslag, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUURTOETS_GEGEVENSMAP", str(lege_opslag.map_.map_))
    monkeypatch.setenv("HUURTOETS_DATABASE_URL", lege_opslag.url or "")
    if not lege_opslag.url:
        monkeypatch.delenv("HUURTOETS_DATABASE_URL")
    instellingen.cache_clear()
    answer = run(*ADMIN, stdin=WACHTWOORD)
    instellingen.cache_clear()
    assert (answer.exit_code, "huurtoets database" in answer.output) == (2, True), answer.output


def test_another_command_asks_who_does_it_in_the_same_way(kept: Opslag, monkeypatch: pytest.MonkeyPatch) -> None:
    _first(kept)
    monkeypatch.setattr(gebruikersopdracht, "_password", lambda prompt: EIGEN)
    assert gebruikersopdracht.sign_in_here("beheer", Recht.GEBRUIKERS).rollen == {Rol.BEHEERDER}
    with pytest.raises(GebruikerFout, match=r"regels\.goedkeuren"):
        gebruikersopdracht.sign_in_here("beheer", Recht.REGELS_GOEDKEUREN)
