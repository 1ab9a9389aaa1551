"""From draft to revision: a report of it, the approval of somebody else, and publication; four eyes on one hash."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from regels.bestanden import RegelsetError
from regels.bron import bewaard
from regels.formaat import FORMAAT
from regels.laden import hash_of
from service.basis.klok import nu
from service.beheer.aanvaardingen import Aanvaardingen
from service.beheer.beheerfouten import BeheerFout, Ingehaald, MagNiet
from service.beheer.concepten import Concepten, demand, draft, locked
from service.beheer.inhoud import applied
from service.beheer.rapportbewaring import acceptances, put_report, report_of
from service.beheer.rapportvorm import Regelrapport
from service.beheer.revisies import GEPUBLICEERD as GEBOEKT
from service.beheer.revisies import newest, revision, subject_of
from service.beheer.revisietabellen import GEPUBLICEERD, Concept, Revisie, as_text
from service.opslag.grootboek import Feit, Json
from service.opslag.opslagfouten import Botsing
from service.toegang.rechten import Recht
from service.toegang.wie import Wie


class Publicatie:
    """What happens to a draft once it is entered."""

    def __init__(self, concepten: Concepten) -> None:
        self.concepten = concepten
        self.opslag = concepten.opslag
        self.aanvaardingen = Aanvaardingen(concepten)

    # the report

    def leg_vast(self, wie: Wie, naam: str, rapport: Regelrapport) -> Concept:
        """Keep the report of a draft, for who approves it. Raises :class:`Ingehaald` when it changed since."""
        if not wie.mag(Recht.REGELS_GOEDKEUREN):
            demand(wie, Recht.REGELS_INVOEREN)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            if found.hash != rapport.inhoud:
                raise Ingehaald(f"Concept '{naam}' is gewijzigd sinds dit rapport. Controleer het opnieuw.")
            rapport = rapport.met(acceptances(session, naam))
            if not put_report(session, found, rapport):
                return found
            self.concepten.approval_lapses(session, wie, found)
            about: dict[str, Json] = {
                "hash": found.hash, "rapport": found.rapport, "klopt": rapport.klopt, "bewijs": rapport.bewijs,
            }  # fmt: skip
            self.concepten.book(session, wie, "concept-gecontroleerd", "Rapport gemaakt.", found, about)
            return found

    def rapport(self, naam: str) -> Regelrapport | None:
        """The report of what stands in the draft now; None when there is none."""
        with self.opslag.database.lezen() as session:
            return report_of(session, draft(session, naam))

    # approval

    def keur_goed(self, wie: Wie, naam: str, over: str) -> Concept:
        """Approve a draft: ``over`` (:attr:`Concept.over`) is the content with the report that was looked at.

        Raises :class:`MagNiet` for who entered any of it, by this account or another one of the same person.
        """
        demand(wie, Recht.REGELS_GOEDKEUREN)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            self._by_another(wie, found)
            if report_of(session, found) is None:
                raise BeheerFout(
                    f"Van wat er nu in concept '{naam}' staat, is er geen rapport. Maak het met: "
                    f"huurtoets regels concept controleer {naam}"
                )
            if found.over != over:
                raise Ingehaald(f"Concept '{naam}' is gewijzigd sinds u keek. Bekijk het opnieuw.")
            if not found.rapport_klopt:
                raise BeheerFout(
                    f"Concept '{naam}' is niet in orde. Herstel eerst de fouten in het rapport, en aanvaard met een "
                    "reden de waarschuwingen die zo goed zijn."
                )
            if found.goedgekeurd:
                raise BeheerFout(f"Concept '{naam}' is al goedgekeurd.")
            found.goedgekeurd_door, found.goedgekeurd_persoon = wie.id, self.concepten.mark_of(wie)
            found.goedgekeurd_over, found.gewijzigd = found.over, nu()
            about: dict[str, Json] = {
                "hash": found.hash, "rapport": found.rapport, "basis": found.basis, "ingevoerdDoor": found.door,
            }  # fmt: skip
            self.concepten.book(session, wie, "concept-goedgekeurd", found.reden, found, about)
            return found

    def deed_mee(self, wie: Wie, found: Concept) -> bool:
        """Whether somebody had a hand in a draft, by this account or another one, and so never approves it."""
        return wie.id in found.door or self.concepten.mark_of(wie) in found.personen.split(",")

    def _by_another(self, wie: Wie, found: Concept) -> None:
        if self.deed_mee(wie, found):
            raise MagNiet("Wie invoert, keurt niet goed. Vraag een ander om dit concept te bekijken en goed te keuren.")

    # publication

    def publiceer(self, wie: Wie, naam: str) -> Revisie:
        """Make the approved draft the revision in force.

        Raises :class:`BeheerFout` when it is not approved or does not load, :class:`Ingehaald` when another revision
        was published since it began, :class:`MagNiet` when nobody else than the approver had a hand in it.
        """
        demand(wie, Recht.REGELS_PUBLICEREN)
        found, files, _ = self.concepten.bestanden(naam)
        version = _loads(naam, files)
        try:
            with self.opslag.database.schrijven() as session:
                return self._publish(session, wie, locked(session, naam), found.hash, version)
        except Botsing:  # of two who publish at once the database lets one
            raise self._overtaken(naam, found.basis, None) from None

    def _publish(self, session: Session, wie: Wie, found: Concept, loaded: str, version: str) -> Revisie:
        if not found.goedgekeurd or found.hash != loaded:
            raise BeheerFout(
                f"Concept '{found.naam}' is niet goedgekeurd zoals het er nu staat. Laat een ander het bekijken en "
                f"goedkeuren met: huurtoets regels goedkeuren {found.naam}"
            )
        self._two_people(wie, found)
        last = newest(session)
        if last is None or last != found.basis:
            raise self._overtaken(found.naam, found.basis, last)
        whole = applied(revision(session, last).bestanden, found.anders)
        if hash_of(whole) != found.hash:
            raise BeheerFout(f"Concept '{found.naam}' past niet op zijn revisie. Bewaar het opnieuw.")
        made = Revisie(
            nummer=last + 1,
            hash=found.hash,
            manifest=as_text(whole),
            formaat=found.formaat,
            versie=version,
            reden=found.reden,
            herstelt=found.herstelt,
            concept=found.naam,
            rapport=found.rapport,
            gepubliceerd=nu(),
        )
        session.add(made)
        found.stand, found.gewijzigd = GEPUBLICEERD, nu()
        book_revision(self.concepten, session, f"gebruiker:{wie.id}", made, {
            "ingevoerdDoor": found.door, "goedgekeurdDoor": found.goedgekeurd_door,
        })  # fmt: skip
        return made

    def _two_people(self, wie: Wie, found: Concept) -> None:
        """Where nobody entered anything (it came with the product), who publishes is another than who approved."""
        same = wie.id == found.goedgekeurd_door or self.concepten.mark_of(wie) == found.goedgekeurd_persoon
        if not found.door and same:
            raise MagNiet("Dit concept kwam met het product. Wie het goedkeurde, publiceert het niet. Vraag een ander.")

    def _overtaken(self, naam: str, basis: int, last: int | None) -> Ingehaald:
        number = last if last is not None else self.concepten.revisies.nieuwste()
        return Ingehaald(
            f"Intussen is revisie {number} gepubliceerd, en concept '{naam}' staat op revisie {basis}. Er is niets "
            f"gepubliceerd. Breng het bij met: huurtoets regels concept bijwerken {naam}. Daarna is een nieuw rapport "
            "en een nieuwe goedkeuring nodig."
        )


def book_revision(concepten: Concepten, session: Session, door: str, made: Revisie, inhoud: Mapping[str, Json]) -> None:
    """Write a publication in the ledger, with the hash that a revision is held to from now on."""
    about: dict[str, Json] = {
        "hash": made.hash,
        "formaat": made.formaat,
        "herstelt": made.herstelt,
        "concept": made.concept,
        "rapport": made.rapport,
    }
    fact = Feit(door, GEBOEKT, made.reden, subject_of(made.nummer), about | dict(inhoud))
    concepten.opslag.grootboek.schrijf(session, fact)


def _loads(naam: str, files: Mapping[str, bytes]) -> str:
    """The version that a draft names. Raises :class:`BeheerFout` when it does not load with this product."""
    try:
        return bewaard(files, f"concept {naam}", FORMAAT).versie
    except RegelsetError as error:
        raise BeheerFout(
            f"Concept '{naam}' is met deze versie van Huurtoets niet te laden ({len(error.faults)} fouten). Controleer "
            f"het opnieuw met: huurtoets regels concept controleer {naam}"
        ) from None
