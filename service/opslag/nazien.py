"""Looking over a database: its own files, the references in it, the key, and who must have been erased."""

from sqlalchemy import Connection, select

from service.opslag.grootboek import last_entry
from service.opslag.grootboektabellen import Betrokkene
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import OpslagFout
from service.opslag.wissen import erased_in, first_seal

_RIGHTS = 0o077


def look_over(opslag: Opslag) -> list[str]:
    """All that is wrong, in sentences. Raises :class:`OpslagFout` when it cannot be read."""
    found = []
    with opslag.database.snapshot() as connection:
        if opslag.database.soort == "sqlite":
            found += _sqlite(connection)
    with opslag.database.lezen() as session:
        number, _ = last_entry(session)
        missing = erased_in(session) - opslag.wislijst.betrokkenen()
        ledger = first_seal(session)
        due = opslag.wislijst.betrokkenen() & frozenset(
            session.scalars(select(Betrokkene.kenmerk).where(Betrokkene.sleutel.is_not(None)))
        )
    if number == 0:
        found.append("Het grootboek is leeg; de eerste boeking ontbreekt.")
    elif ledger not in opslag.wislijst.grootboeken():
        found.append(
            f"De lijst van wie gewist is ({opslag.wislijst.bestand}) ontbreekt, of is van een ander grootboek."
        )
    if missing:
        found.append(f"Gewist, en niet op de lijst {opslag.wislijst.bestand}: {len(missing)} betrokkenen.")
    if due:
        found.append(f"Op de lijst van wie gewist is, en nog niet gewist: {len(due)}. Doe dat met: huurtoets opschonen")
    try:
        _ = opslag.grootboek.sleutels
        if opslag.sleutelbestand.stat().st_mode & _RIGHTS:
            found.append(
                f"De sleutel {opslag.sleutelbestand} is ook voor anderen te lezen. Maak hem voor de dienst alleen."
            )
    except OpslagFout as error:
        found.append(str(error))
    return found


def _sqlite(connection: Connection) -> list[str]:
    found = []
    if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
        found.append(
            "Het bestand van de database is beschadigd. Zet een reservekopie terug: huurtoets database herstel"
        )
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
        found.append(f"{len(broken)} verwijzingen in de database wijzen nergens heen.")
    return found
