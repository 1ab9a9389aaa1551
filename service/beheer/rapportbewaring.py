"""Where the report of a draft is kept: once under its hash, with the acceptances of the moment in it."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from regels.laden import hash_of_file
from service.basis.klok import nu
from service.beheer.inhoud import keep, kept
from service.beheer.rapportvorm import Aanvaard, Regelrapport
from service.beheer.revisietabellen import Aanvaarding, Concept


def report_of(session: Session, found: Concept) -> Regelrapport | None:
    """The report of what stands in a draft; None where there is none of that."""
    if not found.over:
        return None
    return Regelrapport.lees(kept(session, {"rapport": found.rapport})["rapport"])


def put_report(session: Session, found: Concept, rapport: Regelrapport) -> bool:
    """Make this the report of a draft; False where it was that already."""
    written = rapport.data()
    keep(session, [written])
    if hash_of_file(written) == found.rapport and rapport.inhoud == found.rapport_over:
        return False
    found.rapport, found.rapport_over = hash_of_file(written), rapport.inhoud
    found.rapport_klopt, found.gewijzigd = rapport.klopt, nu()
    return True


def acceptances(session: Session, naam: str) -> Mapping[str, Aanvaard]:
    """What was accepted in a draft, by the code of the warning."""
    rows = session.scalars(select(Aanvaarding).where(Aanvaarding.concept == naam))
    return {row.code: Aanvaard(row.reden, row.door) for row in rows}
