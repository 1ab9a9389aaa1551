"""Sessions: kept on the side of the service, found by the hash of what a browser holds, and ended by time."""

import hashlib
import secrets
import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.opslag.opslag import Opslag
from service.opslag.opslagfouten import AlleenLezen, OpslagDruk
from service.toegang.gebruikers import as_wie
from service.toegang.toegangstabellen import Gebruiker, Sessie
from service.toegang.wie import NIEMAND, Wie

_BYTES: Final = 32
# a session that is used is noted so often, and not with every request
_NOTED: Final = timedelta(minutes=1)


class Sessies:
    """The sessions of one database. ``rust`` and ``duur``: how long one lasts unused, and at all, in seconds."""

    def __init__(self, opslag: Opslag, rust: int, duur: int, klok: Callable[[], datetime] = nu) -> None:
        self._opslag, self._clock = opslag, klok
        self._idle, self._whole = timedelta(seconds=rust), timedelta(seconds=duur)

    def begin(self, wie: Wie, vorige: str = "") -> str:
        """A new session; what the browser is to hold. The one it held before, and all that ran out, are gone."""
        token, now = secrets.token_urlsafe(_BYTES), self._clock()
        with self._opslag.database.schrijven() as session:
            session.execute(delete(Sessie).where(or_(self._over(now), Sessie.sleutel == _hash(vorige))))
            session.add(
                Sessie(sleutel=_hash(token), kenmerk=str(uuid.uuid4()), gebruiker=wie.id, begonnen=now, gezien=now)
            )
        return token

    def van(self, token: str) -> Wie:
        """Who holds this; nobody when there is no such session, it ran out, or the account is blocked."""
        if not token:
            return NIEMAND
        now = self._clock()
        with self._opslag.database.lezen() as session:
            found = session.execute(
                select(Gebruiker, Sessie.kenmerk, Sessie.gezien)
                .join(Sessie, Sessie.gebruiker == Gebruiker.kenmerk)
                .where(Sessie.sleutel == _hash(token), ~self._over(now), Gebruiker.geblokkeerd.is_(None))
            ).first()
        if found is None:
            return NIEMAND
        if now - found.gezien >= _NOTED:
            # where it cannot be written now, the session lasts as long as it did
            with suppress(AlleenLezen, OpslagDruk), self._opslag.database.schrijven() as session:
                session.execute(update(Sessie).where(Sessie.sleutel == _hash(token)).values(gezien=now))
        return as_wie(found.Gebruiker, found.kenmerk)

    def lijst(self, wie: Wie) -> Sequence[Sessie]:
        """The sessions of somebody, the newest first."""
        with self._opslag.database.lezen() as session:
            own = select(Sessie).where(Sessie.gebruiker == wie.id, ~self._over(self._clock()))
            return session.scalars(own.order_by(Sessie.gezien.desc())).all()

    def einde(self, token: str) -> None:
        """End the session of who holds this."""
        with self._opslag.database.schrijven() as session:
            session.execute(delete(Sessie).where(Sessie.sleutel == _hash(token)))

    def einde_van(self, wie: Wie, kenmerk: str) -> None:
        """End one session of somebody; that of another is not found."""
        own = [one.kenmerk for one in self.lijst(wie) if one.kenmerk == kenmerk]
        with self._opslag.database.schrijven() as session:
            session.execute(delete(Sessie).where(Sessie.gebruiker == wie.id, Sessie.kenmerk.in_(own)))

    def einde_overal(self, wie: Wie) -> None:
        """End every session of somebody."""
        with self._opslag.database.schrijven() as session:
            session.execute(delete(Sessie).where(Sessie.gebruiker == wie.id))

    def _over(self, now: datetime) -> ColumnElement[bool]:
        return or_(Sessie.gezien <= now - self._idle, Sessie.begonnen <= now - self._whole)


def haal_weg(session: Session, voor: datetime) -> int:
    """Take out the sessions that were last used before ``voor``, of whomever; gives how many."""
    old = session.scalars(select(Sessie.sleutel).where(Sessie.gezien < voor)).all()
    session.execute(delete(Sessie).where(Sessie.sleutel.in_(old)))
    return len(old)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
