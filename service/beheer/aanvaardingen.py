"""Warnings about a draft that somebody accepts with a reason; they are a part of what is approved."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.basis.klok import nu
from service.beheer.beheerfouten import BeheerFout
from service.beheer.concepten import Concepten, check_reason, demand, draft, locked
from service.beheer.rapportbewaring import acceptances, put_report, report_of
from service.beheer.revisietabellen import Aanvaarding, Concept
from service.opslag.grootboek import Json
from service.toegang.rechten import Recht
from service.toegang.wie import Wie

_CODE_MOST: Final = 400


class Aanvaardingen:
    """The accepted warnings of drafts, by the code of the finding; a code names the value, so it lapses with that."""

    def __init__(self, concepten: Concepten) -> None:
        self.concepten = concepten
        self.opslag = concepten.opslag

    def van(self, naam: str) -> Mapping[str, Aanvaarding]:
        """What was accepted in a draft, by code. Raises :class:`BeheerFout` when there is no such draft."""
        with self.opslag.database.lezen() as session:
            draft(session, naam)
            rows = session.scalars(select(Aanvaarding).where(Aanvaarding.concept == naam).order_by(Aanvaarding.code))
            return MappingProxyType({row.code: row for row in rows})

    def aanvaard(self, wie: Wie, naam: str, code: str, reden: str) -> Aanvaarding:
        """Accept the warning ``code`` of a draft. Who does that has a hand in the draft, and does not approve it."""
        demand(wie, Recht.REGELS_INVOEREN)
        check_reason(reden)
        _check_code(code)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            known = session.get(Aanvaarding, (naam, code))
            if known is not None and known.reden == reden:
                return known
            made = known or Aanvaarding(concept=naam, code=code)
            made.reden, made.door, made.wanneer = reden, wie.id, nu()
            session.add(made)
            self._changed(session, wie, found)
            about: dict[str, Json] = {"code": code, "hash": found.hash}
            self.concepten.book(session, wie, "waarschuwing-aanvaard", reden, found, about)
            return made

    def trek_terug(self, wie: Wie, naam: str, code: str) -> None:
        """The warning ``code`` of a draft is not accepted any more; nothing happens where it was not."""
        demand(wie, Recht.REGELS_INVOEREN)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            known = session.get(Aanvaarding, (naam, code))
            if known is None:
                return
            session.delete(known)
            self._changed(session, wie, found)
            about: dict[str, Json] = {"code": code, "hash": found.hash}
            why = "De waarschuwing is niet meer aanvaard."
            self.concepten.book(session, wie, "aanvaarding-teruggetrokken", why, found, about)

    def _changed(self, session: Session, wie: Wie, found: Concept) -> None:
        """The report has the acceptances of now, what was found stays as it was; an approval was of another report."""
        report = report_of(session, found)
        found.gewijzigd = nu()
        self.concepten.entered(found, wie)
        if report is None:
            return
        session.flush()
        put_report(session, found, report.met(acceptances(session, found.naam)))
        self.concepten.approval_lapses(session, wie, found)


def _check_code(code: str) -> None:
    if not code or len(code) > _CODE_MOST or not code.isprintable():
        raise BeheerFout("Dit is geen waarschuwing die te aanvaarden is. Open de pagina opnieuw.")
