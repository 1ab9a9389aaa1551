"""Writing in the ledger, and what is wrong with it, for the tests."""

from service.opslag.grootboek import Feit
from service.opslag.grootboekcontrole import check_ledger
from service.opslag.opslag import Opslag
from service.opslag.sleutels import make_key
from service.opslag.wissen import first_seal

WIE = "gebruiker:7"


def begin(opslag: Opslag) -> None:
    """What ``maak`` does beside the tables."""
    make_key(opslag.sleutelbestand)
    with opslag.database.schrijven() as session:
        feit = Feit("opdrachtregel:proef", "database-gemaakt", "Proef.", "database", {"schema": "0001"})
        opslag.grootboek.schrijf(session, feit)
        opslag.wislijst.hoort_bij(first_seal(session))


def write(opslag: Opslag, count: int = 1) -> list[int]:
    numbers = []
    for _ in range(count):
        with opslag.database.schrijven() as session:
            feit = Feit(WIE, "opgeschoond", "Omdat het een proef is.", "database", {"n": 1, "é": ["a", None, True]})
            numbers.append(opslag.grootboek.schrijf(session, feit))
    return numbers


def write_traced(opslag: Opslag, beschermd: dict[str, str]) -> tuple[str, int]:
    with opslag.database.schrijven() as session:
        subject = opslag.grootboek.nieuwe_betrokkene(session, "medewerker")
        feit = Feit(WIE, "opgeschoond", "Proef.", betrokkene=subject, beschermd=beschermd)
        return subject, opslag.grootboek.schrijf(session, feit)


def faults(opslag: Opslag, bekend: tuple[tuple[int, str], ...] = ()) -> list[str]:
    with opslag.database.lezen() as session:
        found = check_ledger(session, opslag.grootboek, opslag.wislijst.betrokkenen(), bekend)
    return [fault.tekst for fault in found.gebreken]


def count(opslag: Opslag) -> int:
    with opslag.database.lezen() as session:
        return check_ledger(session, opslag.grootboek, frozenset()).aantal
