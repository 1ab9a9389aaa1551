"""Social assistance and what stands beside it: Participatiewet (Pw) 4, 19a, 21 to 23, 34 to 36b and 47a."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tests.wet.antwoord import GEEN_REGELS, NEE, NVT, ONBEKEND, VOORLEGGEN, Antwoord, Mag, Vraag, alle
from tests.wet.mensen import Mens, mensen, peildatum
from tests.wet.regelingcijfers import (
    KOSTENDELER,
    KOSTENDELER_DEEL,
    KOSTENDELER_VAST,
    NORMEN,
    VERMOGEN_PW,
    ZONDER_VAKANTIEGELD,
)

OPEN: Mag = [VOORLEGGEN, ONBEKEND]
CENT = Decimal("0.01")


def aanvragers(vraag: Vraag) -> list[Mens]:
    """The tenant and the partner: the household of Pw 4."""
    return [person for person in mensen(vraag) if person.rol in ("huurder", "partner")]


def _afgerond(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def norm(day: date, people: Sequence[Mens], delers: int) -> Decimal:
    """Pw 21, 22 and 22a, with holiday pay: of who is 21 or older, with so many who share the costs."""
    alone, couple, alone_aow, couple_aow = NORMEN[day.year, 1 + (day.month > 6)]
    aow = any(person.aow(day) for person in people)
    if not delers:
        return (couple_aow if aow else couple) if len(people) == 2 else (alone_aow if aow else alone)
    together = delers + len(people)
    each = (KOSTENDELER_VAST + KOSTENDELER_DEEL * together) / together * (couple_aow if aow else couple)
    return _afgerond(each) * len(people)


def bijstandsnorm(vraag: Vraag) -> Mag:
    """How high the norm of the household is; nothing is said of a right."""
    day, people = peildatum(vraag), aanvragers(vraag)
    if vraag.get("nettoMaandinkomen") is None or vraag.get("inclusiefVakantiegeld") is None:
        return OPEN
    if any(person.leeftijd(day) < 21 for person in people):
        return OPEN  # Pw 20: other norms, and what the parents can pay
    if vraag.get("inInstelling") is True:
        return OPEN  # Pw 23: other norms
    odd = any(person.ja("opgenomen") or person.feiten.get("ingeschreven") is False for person in mensen(vraag))
    # Pw 19a(1): a resident of that age, not one who rents with a contract; a student is known by his studies only
    delers = [
        person
        for person in mensen(vraag)
        if person.rol in ("kind", "medebewoner") and person.leeftijd(day) >= KOSTENDELER[day.year]
    ]
    part = Decimal(1) if vraag["inclusiefVakantiegeld"] else ZONDER_VAKANTIEGELD
    amount = _afgerond(norm(day, people, len(delers)) * part)
    found = Antwoord("voorleggen" if delers else "ja", {"norm": amount})
    return [found, *OPEN] if odd else [found]


# -- assets


def _vermogen_te_hoog(vraag: Vraag) -> bool | None:
    """Pw 34(3): a single parent and a couple have twice the limit; None where the limit or what counts is not known.

    Of a family that of the children counts too (Pw 4 and 34(1)a), which the question asks apart.
    """
    day = peildatum(vraag)
    if day.year not in VERMOGEN_PW:
        return None
    alone, together = VERMOGEN_PW[day.year]
    children = [child for child in mensen(vraag) if child.rol == "kind" and child.leeftijd(day) < 18]
    own, of_children = vraag["vermogen"], sum(child.feiten.get("vermogen", 0) for child in children)
    family = len(aanvragers(vraag)) == 2
    limits = {together} if family else {alone, together} if children else {alone}
    if own > max(limits):
        return True
    return False if own + of_children <= min(limits) else None


def _tussen(vraag: Vraag) -> bool:
    """Whether somebody is 21 or older and has not reached the pension age (Pw 36(1): a right of a person)."""
    day = peildatum(vraag)
    return any(person.leeftijd(day) >= 21 and not person.aow(day) for person in aanvragers(vraag))


def individuele_inkomenstoeslag(vraag: Vraag) -> Mag:
    """Pw 36: it may be given, by local rules; what the law itself refuses is sure."""
    if not _tussen(vraag) or vraag.get("inkomenstoeslagGehad") is True or _vermogen_te_hoog(vraag):
        return [NEE]
    return [VOORLEGGEN, ONBEKEND, GEEN_REGELS, NEE]


def aio(vraag: Vraag) -> Mag:
    """Pw 47a: from the pension age; with a full AOW only beside a partner who has none yet."""
    day, people = peildatum(vraag), aanvragers(vraag)
    if not any(person.aow(day) for person in people):
        return [NEE, NVT]
    if vraag.get("volledigeAow") is True and all(person.aow(day) for person in people):
        return [NEE, NVT]
    too_much = _vermogen_te_hoog(vraag)
    if too_much:
        # with a full AOW of all there is none either, but then it is not about them
        return [NEE, *([ONBEKEND] if vraag.get("volledigeAow") is None else [])]
    # the supplement is what the net income is under the norm; a small part of it may be left out of it (Pw 31, 33, 34a)
    income = vraag.get("nettoMaandinkomen")
    above = income is not None and Decimal(str(income)) > norm(day, people, 0) * ZONDER_VAKANTIEGELD
    delers = [person for person in mensen(vraag) if person.rol in ("kind", "medebewoner")]
    return OPEN if too_much is False and not above and not delers else [NEE, *OPEN]


def studietoeslag(vraag: Vraag) -> Mag:
    """Pw 36b: a right that rests on a medical judgement; its lowest amount by age is set by decree."""
    if vraag.get("student") is not True:
        return [NEE, NVT, *OPEN, GEEN_REGELS]
    return [*OPEN, GEEN_REGELS]


def energietoeslag(vraag: Vraag) -> Mag:
    """Pw 35(4) and (5): of 2023; never for who is 18, 19 or 20, nor for who can get student finance."""
    day, people = peildatum(vraag), aanvragers(vraag)
    if not date(2023, 1, 1) <= day <= date(2024, 8, 31):
        return [NEE, NVT, GEEN_REGELS, *OPEN]
    told = all(vraag.get(name) is not None for name in ("inInstelling", "student", "nettoMaandinkomen"))
    if all(18 <= person.leeftijd(day) <= 20 for person in people):
        return [NEE, NVT, GEEN_REGELS, *([] if told else [ONBEKEND])]
    allowed = [NEE, NVT, GEEN_REGELS, *OPEN]
    excluded = vraag.get("student") is True or any(18 <= person.leeftijd(day) <= 20 for person in people)
    return allowed if excluded else alle([allowed, [Antwoord("ja")]])
