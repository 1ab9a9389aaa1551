"""Drafts: who may begin, change and withdraw one. Each step is an entry of the ledger, in the same unit of work."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from regels.formaat import FORMAAT, FormaatFout, in_use
from regels.laden import hash_of, manifest
from service.basis.klok import nu
from service.beheer.beheerfouten import BeheerFout, GeenConcept, Ingehaald, MagNiet
from service.beheer.inhoud import applied, differing, keep, kept
from service.beheer.revisies import Revisies, newest, revision
from service.beheer.revisietabellen import INGETROKKEN, OPEN, Concept, Revisie, as_text
from service.opslag.grootboek import Feit, Json
from service.toegang.rechten import Recht
from service.toegang.wie import Wie

_NAAM: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}", re.ASCII)
_PART: Final = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)
_DEEP, _LONG = 4, 120
# what all rule files of a draft may be together, in bytes
MOST: Final = 20_000_000
_REDEN_MOST: Final = 2_000
# what is done to the files of a draft
Bewerking = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]


class Concepten:
    """The drafts in a database, on top of its revisions."""

    def __init__(self, revisies: Revisies) -> None:
        self.revisies = revisies
        self.opslag = revisies.opslag

    # looking

    def lijst(self) -> Sequence[Concept]:
        """Every draft, what was changed last first."""
        with self.opslag.database.lezen() as session:
            return session.scalars(select(Concept).order_by(Concept.gewijzigd.desc(), Concept.naam)).all()

    def lees(self, naam: str) -> Concept:
        """A draft. Raises :class:`GeenConcept` when there is none."""
        with self.opslag.database.lezen() as session:
            return draft(session, naam)

    def bestanden(self, naam: str) -> tuple[Concept, dict[str, bytes], dict[str, bytes]]:
        """A draft with all its files, and those of the revision it stands on."""
        with self.opslag.database.lezen() as session:
            found = draft(session, naam)
            basis = self.revisies.checked(session, revision(session, found.basis))
            return found, self.files(session, found), basis

    def van_kracht(self) -> dict[str, bytes]:
        """The files of the revision in force, which a new draft begins with. Raises :class:`BeheerFout`."""
        with self.opslag.database.lezen() as session:
            return self._of_today(session, in_force(session))

    def files(self, session: Session, found: Concept) -> dict[str, bytes]:
        """All files of a draft, held to its hash."""
        whole = applied(revision(session, found.basis).bestanden, found.anders)
        return kept(session, whole)

    # changing

    def begin(self, wie: Wie, naam: str, reden: str, herstelt: int | None = None) -> Concept:
        """A draft on top of the revision in force; ``herstelt`` is the revision whose mistake it corrects."""
        demand(wie, Recht.REGELS_INVOEREN)
        if not _NAAM.fullmatch(naam):
            raise BeheerFout("Geef het concept een naam van kleine letters, cijfers en -, in hoogstens 60 tekens.")
        check_reason(reden)
        with self.opslag.database.schrijven() as session:
            if session.get(Concept, naam) is not None:
                raise BeheerFout(f"Er is al een concept '{naam}'. Kies een andere naam.")
            basis = in_force(session)
            if herstelt is not None:
                revision(session, herstelt)
            files = self._of_today(session, basis)
            keep(session, files.values())
            whole = manifest(files)
            found = new_draft(naam, reden, basis, whole, herstelt=herstelt)
            session.add(found)
            about = {"basis": basis.nummer, "herstelt": herstelt, "hash": found.hash}
            self.book(session, wie, "concept-begonnen", reden, found, about)
            return found

    def bewaar(self, wie: Wie, naam: str, bestanden: Mapping[str, bytes], opgeslagen: int) -> Concept:
        """These are all files of the draft; ``opgeslagen`` is how often it had been changed when they were read.

        Raises :class:`Ingehaald` when somebody saved it since. An approval does not survive a change.
        """
        demand(wie, Recht.REGELS_INVOEREN)
        check_files(bestanden)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            if found.opgeslagen != opgeslagen:
                raise Ingehaald(
                    f"Iemand anders heeft concept '{naam}' intussen bewaard. Uw wijzigingen zijn niet bewaard. Haal "
                    "het concept in een andere map op, neem uw wijzigingen daar over, en bewaar het dan."
                )
            return self._store(session, wie, found, bestanden)

    def wijzig(self, wie: Wie, naam: str, bewerking: Bewerking) -> Concept:
        """Change the files of the draft as they are now: ``bewerking`` gets all of them, and gives all of them back.

        Nobody else changes the draft meanwhile, so what two people do to different parts of a file is both kept. What
        ``bewerking`` raises changes nothing. An approval does not survive a change.
        """
        demand(wie, Recht.REGELS_INVOEREN)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            made = bewerking(self.files(session, found))
            check_files(made)
            return self._store(session, wie, found, made)

    def breng_bij(self, wie: Wie, naam: str) -> Concept:
        """Put the draft on top of the revision in force, when that changed no file that the draft changed.

        Raises :class:`BeheerFout` that names the files which both changed.
        """
        demand(wie, Recht.REGELS_INVOEREN)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            basis, now = revision(session, found.basis), in_force(session)
            if basis.nummer == now.nummer:
                return found
            theirs = differing(basis.bestanden, now.bestanden)
            both = sorted(name for name, hash_ in found.anders.items() if theirs.get(name, hash_) != hash_)
            if both:
                raise BeheerFout(
                    f"Revisie {now.nummer} heeft ook gewijzigd: {', '.join(both)}. Begin een nieuw concept op revisie "
                    f"{now.nummer}, neem uw wijzigingen daarin over, en trek dit concept in."
                )
            found.basis = now.nummer
            whole = applied(now.bestanden, found.anders)
            self._put(found, differing(now.bestanden, whole), whole)
            self.entered(found, wie)
            self.approval_lapses(session, wie, found)
            about: dict[str, Json] = {"vorigeBasis": basis.nummer, "basis": now.nummer, "hash": found.hash}
            self.book(session, wie, "concept-bijgebracht", f"Bijgebracht tot revisie {now.nummer}.", found, about)
            return found

    def trek_in(self, wie: Wie, naam: str, reden: str) -> None:
        """No longer a draft; what was entered stays readable."""
        demand(wie, Recht.REGELS_INVOEREN)
        check_reason(reden)
        with self.opslag.database.schrijven() as session:
            found = locked(session, naam)
            found.stand, found.gewijzigd = INGETROKKEN, nu()
            self.book(session, wie, "concept-ingetrokken", reden, found, {"hash": found.hash})

    # parts

    def _store(self, session: Session, wie: Wie, found: Concept, bestanden: Mapping[str, bytes]) -> Concept:
        if found.formaat != FORMAAT:
            raise BeheerFout(f"Concept '{found.naam}' heeft een ouder formaat. Begin een nieuw concept.")
        whole = manifest(bestanden)
        if hash_of(whole) == found.hash:
            return found
        keep(session, bestanden.values())
        before = found.anders
        self._put(found, differing(revision(session, found.basis).bestanden, whole), whole)
        self.entered(found, wie)
        changed = sorted(name for name in before | found.anders if before.get(name) != found.anders.get(name))
        about: dict[str, Json] = {"basis": found.basis, "hash": found.hash, "bestanden": changed}
        self.approval_lapses(session, wie, found)
        self.book(session, wie, "concept-bewaard", "Bestanden gewijzigd.", found, about)
        return found

    def _put(self, found: Concept, anders: Mapping[str, str | None], whole: Mapping[str, str]) -> None:
        found.wijzigingen, found.hash = as_text(anders), hash_of(whole)
        found.opgeslagen += 1
        found.gewijzigd = nu()

    def entered(self, found: Concept, wie: Wie) -> None:
        """Note that this person had a hand in the draft, and so never approves it."""
        found.invoerders = ",".join(dict.fromkeys([*found.door, wie.id]))
        marks = [one for one in found.personen.split(",") if one]
        found.personen = ",".join(dict.fromkeys([*marks, self.mark_of(wie)]))

    def mark_of(self, wie: Wie) -> str:
        """What a person is known by in a draft: the same for each account, also after one is gone, and no name."""
        return self.opslag.grootboek.sleutels.zegel(f"persoon {wie.persoon}".encode())

    def approval_lapses(self, session: Session, wie: Wie, found: Concept) -> None:
        """Take an approval away, for what was approved is no longer what stands there."""
        if not found.goedgekeurd_door:
            return
        about = {"over": found.goedgekeurd_over, "door": found.goedgekeurd_door}
        found.goedgekeurd_door = found.goedgekeurd_persoon = found.goedgekeurd_over = ""
        self.book(session, wie, "goedkeuring-vervallen", "Het concept is gewijzigd.", found, about)

    def _of_today(self, session: Session, basis: Revisie) -> dict[str, bytes]:
        """The files of a revision, in the format of today."""
        files = self.revisies.checked(session, basis)
        try:
            return dict(in_use(files, basis.formaat))
        except FormaatFout as error:
            raise BeheerFout(str(error)) from None

    def book(
        self, session: Session, wie: Wie, wat: str, waarom: str, found: Concept, inhoud: Mapping[str, Json]
    ) -> None:
        """Write a step in the ledger."""
        about = Feit(f"gebruiker:{wie.id}", wat, waarom, f"concept:{found.naam}", inhoud)
        self.opslag.grootboek.schrijf(session, about)


def new_draft(
    naam: str, reden: str, basis: Revisie, whole: Mapping[str, str], *, herstelt: int | None = None, let_op: str = ""
) -> Concept:
    """A draft that nobody entered anything in."""
    return Concept(
        naam=naam,
        reden=reden,
        herstelt=herstelt,
        basis=basis.nummer,
        formaat=FORMAAT,
        stand=OPEN,
        opgeslagen=0,
        wijzigingen=as_text(differing(basis.bestanden, whole)),
        hash=hash_of(whole),
        let_op=let_op,
        invoerders="",
        personen="",
        rapport="",
        rapport_over="",
        rapport_klopt=False,
        goedgekeurd_door="",
        goedgekeurd_persoon="",
        goedgekeurd_over="",
        gewijzigd=nu(),
    )


def demand(wie: Wie, recht: Recht) -> None:
    """Raises :class:`MagNiet` unless this person may."""
    if not wie.aangemeld or not wie.mag(recht):
        raise MagNiet(f"Uw account heeft geen rol die dit mag ({recht}). Vraag beheer om de rol die u nodig hebt.")


def in_force(session: Session) -> Revisie:
    """The revision in force. Raises :class:`BeheerFout`."""
    number = newest(session)
    if number is None:
        raise BeheerFout("Er is nog geen revisie. Start de dienst, of gebruik: huurtoets regels revisies")
    return revision(session, number)


def draft(session: Session, naam: str) -> Concept:
    """A draft by its name. Raises :class:`GeenConcept`."""
    return _found(session, naam, select(Concept).where(Concept.naam == naam))


def locked(session: Session, naam: str) -> Concept:
    """A draft that may still change, and that nobody else changes until this unit of work ends."""
    found = _found(session, naam, select(Concept).where(Concept.naam == naam).with_for_update())
    if found.stand != OPEN:
        raise BeheerFout(f"Concept '{naam}' is {found.stand}. Begin een nieuw concept.")
    return found


def _found(session: Session, naam: str, query: Select[Concept]) -> Concept:
    found = session.scalars(query).first()
    if found is None:
        raise GeenConcept(f"Er is geen concept '{naam}'. Zie: huurtoets regels concept lijst")
    return found


def check_reason(reden: str) -> None:
    """Raises :class:`BeheerFout` unless there is one."""
    if not reden.strip() or len(reden) > _REDEN_MOST:
        raise BeheerFout(f"Geef een reden, van hoogstens {_REDEN_MOST} tekens.")


def check_files(bestanden: Mapping[str, bytes]) -> None:
    """Raises :class:`BeheerFout` for what can be no rule files; whether they are right is said by the report."""
    if not bestanden:
        raise BeheerFout("Er zijn geen regelbestanden. Geef de map met versie.yaml en velden.yaml.")
    for name in bestanden:
        parts = name.split("/")
        whole = len(name) <= _LONG and len(parts) <= _DEEP and name.endswith(".yaml")
        if not whole or not all(map(_PART.fullmatch, parts)):
            raise BeheerFout(
                f"'{name[:_LONG]}' is geen naam voor een regelbestand. Gebruik kleine letters, cijfers en -, en .yaml."
            )
    if sum(map(len, bestanden.values())) > MOST:
        raise BeheerFout(f"De regelbestanden zijn samen groter dan {MOST // 1_000_000} MB.")
