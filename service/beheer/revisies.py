"""The published revisions: which there are, their files, and the rule set each of them is."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FormaatFout
from regels.laden import hash_of
from service.basis.vankracht import ONBEKEND, OnbekendeRegels, Revisievermelding
from service.beheer.beheerfouten import BeheerFout, Veranderd
from service.beheer.inhoud import kept
from service.beheer.revisietabellen import Revisie
from service.opslag.grootboek import sealed
from service.opslag.grootboektabellen import Boeking
from service.opslag.opslag import Opslag

# what the ledger calls the publication of a revision
GEPUBLICEERD: Final = "regels-gepubliceerd"
_NUMBER: Final = re.compile(r"\d{1,9}", re.ASCII)
_HASH: Final = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


def subject_of(nummer: int) -> str:
    """What the ledger calls a revision."""
    return f"revisie:{nummer}"


class Revisies:
    """The revisions in a database; an archive (:class:`service.basis.vankracht.Archief`) for who answers by them."""

    def __init__(self, opslag: Opslag) -> None:
        self.opslag = opslag

    def nieuwste(self) -> int | None:
        """The number of the revision in force; None while there is none."""
        with self.opslag.database.lezen() as session:
            return newest(session)

    def lijst(self) -> Sequence[Revisie]:
        """Every revision, the newest first."""
        with self.opslag.database.lezen() as session:
            return session.scalars(select(Revisie).order_by(Revisie.nummer.desc())).all()

    def inhoud(self, nummer: int) -> tuple[Revisie, dict[str, bytes]]:
        """A revision with its files, held to what was published.

        Raises :class:`BeheerFout` when there is none, and :class:`Veranderd`.
        """
        with self.opslag.database.lezen() as session:
            found = revision(session, nummer)
            return found, self.checked(session, found)

    def laad(self, nummer: int) -> Regelset:
        """The rule set of a revision.

        Raises as :meth:`inhoud` does, :class:`RegelsetError` and :class:`FormaatFout`.
        """
        found, files = self.inhoud(nummer)
        return bewaard(files, str(nummer), found.formaat)

    def checked(self, session: Session, found: Revisie) -> dict[str, bytes]:
        """The files of ``found``, held to its hash and to the ledger. Raises :class:`Veranderd`."""
        if hash_of(found.bestanden) != found.hash or self._published(session, found.nummer) != found.hash:
            raise Veranderd(
                f"Revisie {found.nummer} in de database is niet wat er volgens het grootboek is gepubliceerd. Kijk "
                "met: huurtoets grootboek controleer. Zet een reservekopie terug met: huurtoets database herstel"
            )
        return kept(session, found.bestanden)

    def _published(self, session: Session, nummer: int) -> str | None:
        """The hash that the ledger has of a revision; None when it has none that its key made."""
        entry = session.scalars(
            select(Boeking).where(Boeking.onderwerp == subject_of(nummer), Boeking.wat == GEPUBLICEERD)
        ).first()
        if entry is None or self.opslag.grootboek.sleutels.zegel(sealed(entry)) != entry.zegel:
            return None
        about: Mapping[str, object] = json.loads(entry.inhoud)
        return str(about.get("hash"))

    # as an archive

    def regels(self, naam: str) -> Regelset:
        """The set of a revision by its number or its hash. Raises :class:`OnbekendeRegels`."""
        with self.opslag.database.lezen() as session:
            found = named(session, naam)
        if found is None:
            raise OnbekendeRegels(ONBEKEND)
        try:
            return self.laad(found.nummer)
        except FormaatFout as error:
            raise OnbekendeRegels(str(error)) from None
        except RegelsetError as error:
            raise OnbekendeRegels(
                f"Revisie {found.nummer} kan met deze versie van Huurtoets niet meer worden berekend "
                f"({len(error.faults)} fouten in de regelbestanden)."
            ) from None

    def revisies(self) -> list[Revisievermelding]:
        """Every revision, the newest first."""
        return [
            Revisievermelding(str(one.nummer), one.versie, one.hash, one.gepubliceerd, one.reden)
            for one in self.lijst()
        ]


def newest(session: Session) -> int | None:
    """The number of the last revision; None while there is none."""
    return session.scalar(select(func.max(Revisie.nummer)))


def revision(session: Session, nummer: int) -> Revisie:
    """A revision by its number. Raises :class:`BeheerFout`."""
    found = session.get(Revisie, nummer)
    if found is None:
        raise BeheerFout(f"Er is geen revisie {nummer}. Zie: huurtoets regels revisies")
    return found


def named(session: Session, naam: str) -> Revisie | None:
    """A revision by its number, or the last one with a hash."""
    if _NUMBER.fullmatch(naam):
        return session.get(Revisie, int(naam))
    if not _HASH.fullmatch(naam):
        return None
    return session.scalars(select(Revisie).where(Revisie.hash == naam).order_by(Revisie.nummer.desc())).first()
