"""What the fields of one question must have to do with each other."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from regels.opmaak import datum
from regels.ronde import begin_of_round, round_of


def inconsistencies(vraag: Any) -> Iterator[tuple[str, str]]:
    """Faults between fields, as (pointer, text)."""
    persons = vraag.personen or []
    roles = [person.rol for person in persons]
    for role in ("huurder", "partner"):
        if roles.count(role) > 1:
            for index in [index for index, own in enumerate(roles) if own == role][1:]:
                yield f"/personen/{index}/rol", f"Er is al een {role}. Kies hier medebewoner of kind."
    if persons and "huurder" not in roles and None not in roles:
        yield "/personen", "Geef aan wie de huurder (of de aanvrager) is: één persoon heeft de rol huurder."
    for index, person in enumerate(persons):
        born = person.geboortedatum
        if born is not None and person.leeftijd_opgave is not None:
            yield f"/personen/{index}/leeftijd", "Vul de geboortedatum in of de leeftijd, niet allebei."
        if born is not None and vraag.peildatum is not None and born > vraag.peildatum:
            yield f"/personen/{index}/geboortedatum", "De geboortedatum ligt na de peildatum."
        if person.rol == "kind" and _too_old(person, persons, vraag.peildatum):
            yield (
                f"/personen/{index}/{'leeftijd' if person.geboortedatum is None else 'geboortedatum'}",
                "Dit kind is niet jonger dan de huurder of de partner. Klopt de leeftijd? Kies medebewoner als dit een "
                "ouder of een andere bewoner is.",
            )
        if person.vermogen_bewoner is not None and person.rol in ("huurder", "partner"):
            yield f"/personen/{index}/vermogen", "Vul het vermogen van huurder en partner samen in bij vermogen."
    if vraag.woning is not None:
        yield from _proposed(vraag.huurronde, vraag.woning.ingangsdatum_voorstel)
    if vraag.woning is not None and vraag.soort == "huurder":
        known = (vraag.huurronde, vraag.peildatum, vraag.woning.ingangsdatum_voorstel) != (None, None, None)
        yield from _contract(vraag.peildatum, vraag.rondedatum if known else None, vraag.woning)


def _proposed(huurronde: int | None, day: date | None) -> Iterator[tuple[str, str]]:
    if huurronde is not None and day is not None and round_of(day) != huurronde:
        first, last = begin_of_round(huurronde), begin_of_round(huurronde + 1) - timedelta(days=1)
        yield (
            "/woning/ingangsdatumVoorstel",
            f"De ronde van {huurronde} loopt van {datum(first)} tot en met {datum(last)}. "
            "Vul een dag daarbinnen in, of kies een andere ronde.",
        )


def _too_old(person: Any, persons: list[Any], peildatum: date | None) -> bool:
    """Whether a child is as old as everyone whose child it can be, or older.

    The child of another resident is no child of theirs. A stepchild may be older than the partner of its parent, so it
    must be younger than one of the two; while an age is not known, nothing is said.
    """
    if person.soort_kind == "van_medebewoner" or peildatum is None or (own := _age(person, peildatum)) is None:
        return False
    parents = [_age(other, peildatum) for other in persons if other.rol in ("huurder", "partner")]
    return bool(parents) and all(age is not None and own >= age for age in parents)


def _age(person: Any, peildatum: date) -> int | None:
    """The age on 1 January; below zero for who was born later that year."""
    born = person.geboortedatum
    if born is None:
        return None if person.leeftijd_opgave is None else int(person.leeftijd_opgave)
    return int(peildatum.year - born.year - ((born.month, born.day) != (1, 1)))


def _contract(peildatum: date | None, round_: date | None, dwelling: Any) -> Iterator[tuple[str, str]]:
    start, raised = dwelling.contract_vanaf, dwelling.laatste_verhoging
    if start is not None and peildatum is not None and start > peildatum:
        yield "/woning/contractVanaf", "Het contract van een huurder begint niet na de peildatum. Kies woningzoekende."
    if start is not None and raised is not None and raised < start:
        yield "/woning/laatsteVerhoging", "De vorige huurverhoging ligt vóór het begin van het contract."
    if round_ is None:
        return
    if raised is not None and raised >= round_:
        yield "/woning/laatsteVerhoging", f"Vul de huurverhoging vóór die van {datum(round_)} in."
    if start is not None and start >= round_ and dwelling.huur_voor_ronde is not None:
        yield (
            "/woning/huurVoorRonde",
            f"Het contract begon niet vóór {datum(round_)}, dus de dag ervoor was er geen huur. Laat dit veld leeg.",
        )
