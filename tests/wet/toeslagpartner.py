"""Who asks for an allowance together, by month: Awir 3 and 5, AWR 5a, Wzt 1, Zvw 24."""

from dataclasses import dataclass
from datetime import date

from tests.wet.antwoord import Vraag
from tests.wet.mensen import Mens, mensen, peildatum
from tests.wet.regelingcijfers import PARTNER_IN_RECHTE_LIJN, TOT_EN_MET_PARTNER_IN_RECHTE_LIJN


@dataclass(frozen=True)
class Paar:
    """One reading of who asks: alone, or with a partner; and whether the partner is insured as far as that is told."""

    ik: Mens
    partner: Mens | None = None
    partner_verzekerd: bool = True


def maand(day: date) -> int:
    return day.year * 12 + day.month


def maand_van(person: Mens, age: int) -> int:
    """The number of the month in which somebody becomes so old."""
    born = date.fromisoformat(person.feiten["geboortedatum"])
    return (born.year + age) * 12 + born.month


def nu(vraag: Vraag) -> int:
    return maand(peildatum(vraag))


def meerderjarig(vraag: Vraag, person: Mens) -> bool:
    """Awir 5: by the age on the first day of the month."""
    return person.leeftijd(peildatum(vraag).replace(day=1)) >= 18


def verzekerde(vraag: Vraag, person: Mens) -> bool:
    """Wzt 1(1)c: from the month after the one in which he becomes 18; that he is insured is assumed."""
    return nu(vraag) > maand_van(person, 18) and person.feiten.get("verzekerd") is not False


def verzekering_open(person: Mens) -> bool:
    """Who is in an institution may be in prison, and then is not insured (Zvw 24)."""
    return person.ja("opgenomen") and person.feiten.get("verzekerd") is None


def _minderjarig_dit_jaar(vraag: Vraag) -> bool:
    """Awir 3(2)e and (3): a child under age at some time of this year makes partners for the rest of it."""
    return any(person.op_1_januari() < 18 for person in mensen(vraag))


def _ingeschreven(person: Mens) -> bool:
    return person.feiten.get("ingeschreven") is not False


def lezingen(vraag: Vraag) -> tuple[list[Paar], bool]:
    """Every reading of who is the partner of the tenant, and whether that may be told as sure."""
    readings, sure = _lezingen(vraag)
    prison = [
        Paar(pair.ik, pair.partner, False) for pair in readings if pair.partner and verzekering_open(pair.partner)
    ]
    return [*readings, *prison], sure and not prison


def _lezingen(vraag: Vraag) -> tuple[list[Paar], bool]:
    tenant, *others = mensen(vraag)
    adults = [person for person in others if person.rol == "partner" or meerderjarig(vraag, person)]
    sure = [person for person in adults if person.feiten.get("toeslagpartner") == "wel"]
    told = next((person for person in adults if person.rol == "partner"), None)
    maybe = [person for person in adults if person.feiten.get("toeslagpartner") == "onzeker" and person is not told]
    if told is not None and told not in sure:
        if told.feiten.get("toeslagpartner") == "geen":
            # with a child under age in the home the law says otherwise (Awir 3(2)e)
            found, firm = [Paar(tenant)], not _minderjarig_dit_jaar(vraag)
        else:
            found, firm = _met_partner(tenant, told)
        return [*found, *[Paar(tenant, person) for person in (*sure, *maybe)]], firm and not sure and not maybe
    unsaid = [person for person in adults if "toeslagpartner" not in person.feiten]
    if sure:
        # there is never more than one (3(4)); who else could be it makes what was told doubtful
        others = [person for person in unsaid if _vreemd(person) or _kind_als_partner(vraag, tenant, person)]
        doubt = len(sure) > 1 or maybe or (told is None and others)
        return [Paar(tenant, person) for person in (*sure, *maybe)], not doubt
    return _zonder_partner(vraag, tenant, unsaid, maybe)


def _zonder_partner(vraag: Vraag, tenant: Mens, others: list[Mens], maybe: list[Mens]) -> tuple[list[Paar], bool]:
    """Of whom the question does not say whether they are partners: Awir 3(2)."""
    if not _minderjarig_dit_jaar(vraag):
        # Awir 3(2)f: who was partner last year still is; a child that is grown up now may have made them so
        grown = any(person.rol == "kind" for person in others) and any(_vreemd(person) for person in others)
        return [Paar(tenant), *[Paar(tenant, person) for person in maybe]], not grown and not maybe
    sure = [person for person in others if _kind_als_partner(vraag, tenant, person)]
    maybe = [*maybe, *[person for person in others if _vreemd(person)]]
    readings = [*([] if sure and not maybe else [Paar(tenant)]), *[Paar(tenant, person) for person in (*sure, *maybe)]]
    return readings, len(readings) == 1 and not sure


def _met_partner(tenant: Mens, told: Mens) -> tuple[list[Paar], bool]:
    """Awir 3(1), (2) and (6), AWR 5a: only a spouse is one without being registered at the address.

    Who is in a nursing home stays one until they ask otherwise; who is in prison is not insured (Zvw 24).
    """
    if told.feiten.get("toeslagpartner") == "onzeker" or not _ingeschreven(told) or told.ja("opgenomen"):
        return [Paar(tenant, told), Paar(tenant)], False
    return [Paar(tenant, told)], True


def _vreemd(person: Mens) -> bool:
    """Another adult who is partner by law where a child under age is registered, unless related in the first degree.

    Awir 3(2)e: not a subtenant, who can ask otherwise with his contract. A grandchild is of the second degree; a foster
    child is one until they ask otherwise together (3(5)b).
    """
    if not _ingeschreven(person):
        return False
    return person.rol == "medebewoner" or (person.rol == "kind" and person.soort_kind != "eigen")


def _kind_als_partner(vraag: Vraag, tenant: Mens, person: Mens) -> bool:
    """Awir 3(5)a until 2024: parent and child, both 27 or older on 1 January, with a child under age in the home."""
    return (
        peildatum(vraag).year <= TOT_EN_MET_PARTNER_IN_RECHTE_LIJN
        and person.rol == "kind"
        and person.soort_kind == "eigen"
        and _ingeschreven(person)
        and min(tenant.op_1_januari(), person.op_1_januari()) >= PARTNER_IN_RECHTE_LIJN
    )
