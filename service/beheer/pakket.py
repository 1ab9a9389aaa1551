"""What comes with the product: revision 0 of a new database, and a draft when a newer version brings other rules."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from regels.bestanden import Faults, parse_file
from regels.bron import pakketbestanden
from regels.formaat import FORMAAT
from regels.laden import hash_of, manifest
from service.basis.klok import nu
from service.beheer.concepten import Concepten, in_force, new_draft
from service.beheer.inhoud import differing, keep
from service.beheer.publicatie import book_revision
from service.beheer.revisies import newest
from service.beheer.revisietabellen import (
    GEPUBLICEERD,
    INGETROKKEN,
    OPEN,
    Concept,
    Pakketstand,
    Revisie,
    as_text,
)
from service.opslag.grootboek import Feit
from service.opslag.opslagfouten import Botsing

_PRODUCT: Final = "product:huurtoets"
# how the name of a draft begins that came with the product
_NAAM: Final = "pakket-"


def take_in(concepten: Concepten, bestanden: Mapping[str, bytes] | None = None) -> str | None:
    """Take in the rule files of this product, or ``bestanden``; the name of the draft that came of it, if any.

    In a new database they are revision 0. When an earlier version of the product was taken in, the files that it
    changed become a draft on top of the revision in force; what is answered by does not change. Files that were taken
    in before change nothing.
    """
    files = pakketbestanden() if bestanden is None else dict(bestanden)
    whole = manifest(files)
    database = concepten.opslag.database
    with database.lezen() as session:
        if session.get(Pakketstand, hash_of(whole)) is not None:
            return None
    try:
        with database.schrijven() as session:
            if session.get(Pakketstand, hash_of(whole)) is not None:
                return None
            keep(session, files.values())
            number = session.scalar(select(func.max(Pakketstand.volgnummer)))
            seen = Pakketstand(
                hash=hash_of(whole),
                manifest=as_text(whole),
                versie=_version(files),
                volgnummer=0 if number is None else number + 1,
                concept="",
                gezien=nu(),
            )
            if newest(session) is None:
                session.add(seen)
                _first(concepten, session, seen)
                return None
            made = _draft(concepten, session, seen)
            seen.concept = made or ""
            session.add(seen)
            return made
    except Botsing:  # another process of the service took it in
        return None


def _first(concepten: Concepten, session: Session, seen: Pakketstand) -> None:
    made = Revisie(
        nummer=0,
        hash=seen.hash,
        manifest=seen.manifest,
        formaat=FORMAAT,
        versie=seen.versie,
        reden=f"De regels die met Huurtoets kwamen, versie {seen.versie}.",
        herstelt=None,
        concept="",
        rapport="",
        gepubliceerd=nu(),
    )
    session.add(made)
    book_revision(concepten, session, _PRODUCT, made, {})


def _taken_over(session: Session) -> dict[str, str] | None:
    """The files of the last version of the product whose changes are in force here."""
    for one in session.scalars(select(Pakketstand).order_by(Pakketstand.volgnummer.desc())):
        made = session.get(Concept, one.concept) if one.concept else None
        if made is None or made.stand == GEPUBLICEERD:
            return one.bestanden
    return None


def _withdraw_earlier(concepten: Concepten, session: Session, reason: str) -> None:
    """What came with the version before, and nobody touched, is in the newer draft as well."""
    waiting = select(Concept).where(Concept.stand == OPEN, Concept.invoerders == "", Concept.naam.like(f"{_NAAM}%"))
    for one in session.scalars(waiting.order_by(Concept.naam)).all():
        one.stand, one.gewijzigd = INGETROKKEN, nu()
        fact = Feit(_PRODUCT, "concept-ingetrokken", reason, f"concept:{one.naam}", {"hash": one.hash})
        concepten.opslag.grootboek.schrijf(session, fact)


def _draft(concepten: Concepten, session: Session, seen: Pakketstand) -> str | None:
    """What the product changed, on top of the revision in force; nothing where that has it all already."""
    current = in_force(session)
    own, came = current.bestanden, dict(current.bestanden)
    was = _taken_over(session) or own
    kept_own = []
    for name, hash_ in differing(was, seen.bestanden).items():
        if own.get(name) == hash_:
            continue
        if own.get(name) != was.get(name):
            kept_own.append(name)  # changed here as well: what stands there stays
        elif hash_ is None:
            del came[name]
        else:
            came[name] = hash_
    if came == own and not kept_own:
        return None
    name = f"{_NAAM}{seen.hash.removeprefix('sha256:')[:12]}"
    caution = "".join(
        f"{file} is hier gewijzigd, en ook in het product. Wat hier staat is gebleven; vergelijk het.\n"
        for file in sorted(kept_own)
    )
    reason = f"Nieuwe versie van de regels van Huurtoets: {seen.versie}."
    _withdraw_earlier(concepten, session, reason)
    found = new_draft(name, reason, current, came, let_op=caution)
    session.add(found)
    fact = Feit(_PRODUCT, "concept-begonnen", reason, f"concept:{name}", {
        "basis": current.nummer, "hash": found.hash, "zelfGewijzigd": sorted(kept_own),
    })  # fmt: skip
    concepten.opslag.grootboek.schrijf(session, fact)
    return name


def _version(files: Mapping[str, bytes]) -> str:
    faults = Faults()
    root = parse_file(files.get("versie.yaml", b""), "versie.yaml", faults)
    found = root.value.get("versie") if isinstance(root.value, dict) else None
    return found.value[:200] if found is not None and isinstance(found.value, str) else ""
