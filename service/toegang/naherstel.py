"""After a restore: nobody is let in again whose account was ended, and nobody is signed in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, inspect, select
from sqlalchemy.orm import Session

from service.opslag.herstel import Nazorg
from service.toegang.toegangstabellen import Gebruiker, Sessie


def _accounts(connection: Connection) -> Mapping[str, datetime | None] | None:
    """The accounts that there are now, each with since when it is blocked; None when there is no such table."""
    if not inspect(connection).has_table(Gebruiker.__tablename__):
        return None
    return {
        row.kenmerk: row.geblokkeerd for row in connection.execute(select(Gebruiker.kenmerk, Gebruiker.geblokkeerd))
    }


def _end(session: Session, now: Mapping[str, datetime | None] | None) -> None:
    """End all sessions; with the accounts of the replaced tables, take away or block those that were since."""
    session.execute(delete(Sessie))
    for found in session.scalars(select(Gebruiker)).all() if now is not None else ():
        if found.kenmerk not in (now or {}):
            session.delete(found)
        elif (blocked := (now or {})[found.kenmerk]) is not None:
            found.geblokkeerd = blocked
    session.flush()


# the accounts that were made since the backup are not in it; roles are those of the backup
NAZORG = Nazorg(_accounts, _end)
