"""The rent allowance: Wht 1a to 21, Awir 2 to 14, Besluit op de huurtoeslag 2 to 2c, Wet IB 2001 2.15."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import product

from tests.wet.antwoord import NEE, ONBEKEND, VOORLEGGEN, Antwoord, Mag, Vraag, alle, ja
from tests.wet.cijfers import AFBOUW_2026, CIJFERS, LAAG_B, LAAG_C, MINIMUM_PER_JAAR
from tests.wet.mensen import Mens, mensen, peildatum, soort_huishouden, zonder_onderhuurder

NUL = Decimal(0)
SERVICEKOSTEN = ("energie", "schoonmaak", "huismeester", "recreatie")


def huurtoeslag(vraag: Vraag) -> Mag:
    """Each reading of who belongs to the household; where they differ it is for Dienst Toeslagen."""
    household = zonder_onderhuurder(mensen(vraag))
    readings = [_van_huishouden(vraag, people) for people in _lezingen(household)]
    answers = alle(readings)
    if all(answer == NEE for answer in answers):
        return [NEE]
    asked = len(readings) > 1 or vraag.get("ingeschreven") is False  # Wht 9(2): it can be waived
    if asked:
        return [VOORLEGGEN, ONBEKEND]
    return answers


def _lezingen(household: Sequence[Mens]) -> Iterator[list[Mens]]:
    """With and without everyone who is, or on request can be, left out.

    Not registered: no partner and no medebewoner (Wht 1a(3), Awir 2(1)e), or registered wrongly (Wht 9). More than a
    year in a home, an institution or prison, or living there because of a need for care: on request (Besluit 2 to 2c).
    """

    def doubtful(person: Mens) -> bool:
        if person.rol == "huurder":
            return False
        return person.feiten.get("ingeschreven") is False or person.ja("opgenomen") or person.ja("inwonendOmZorg")

    choices = [(True, False) if doubtful(person) else (True,) for person in household]
    for kept in product(*choices):
        yield [person for person, keep in zip(household, kept, strict=True) if keep]
    if any(person.feiten.get("ingeschreven") is False or person.ja("opgenomen") for person in household[:1]):
        yield list(household)  # the tenant himself: again for Dienst Toeslagen to say


def _van_huishouden(vraag: Vraag, people: Sequence[Mens]) -> Mag:
    dwelling = vraag["woning"]
    if vraag.get("rechtmatigVerblijf") is False:
        return [NEE]  # Awir 9(2) and (3)
    amount = _bedrag(vraag, people)
    if amount == [NEE]:
        return [NEE]  # the conditions are cumulative: what else is unknown does not matter
    gates = [_vermogen(vraag, people), _woning(dwelling)]
    if NEE in gates:
        return [NEE]
    if people[0].leeftijd(peildatum(vraag)) < 18:
        # Wht 8; Awir 10(2): only with a child of his own, or when both parents have died
        gates.append(VOORLEGGEN)
    open_gates = [gate for gate in gates if gate is not None]
    if not open_gates:
        return amount
    return alle([open_gates, [ONBEKEND, VOORLEGGEN]])


def _woning(dwelling: Vraag) -> Antwoord | None:
    """Wht 11; None: no objection."""
    if dwelling["zelfstandig"] or dwelling.get("aangewezenComplex"):
        return None
    return NEE if dwelling.get("aangewezenComplex") is False else ONBEKEND


def _eigen_kind(person: Mens) -> bool:
    return person.rol == "kind" and person.soort_kind == "eigen"


def _vermogen(vraag: Vraag, people: Sequence[Mens]) -> Antwoord | None:
    """Awir 7(3) and (4), Wet IB 2001 2.15(2) and (4); None: within the limits."""
    year = peildatum(vraag).year
    alone, together = CIJFERS[year].vermogen
    new_year = date(year, 1, 1)
    for person in people:
        whole_year = person.feiten.get("heelHetJaar") is not False
        grown = person.rol in ("kind", "medebewoner") and person.leeftijd(new_year) >= 18
        if grown and whole_year and person.feiten.get("vermogen", 0) > alone:
            return NEE
    partner = next((person for person in people if person.rol == "partner"), None)
    own = Decimal(vraag["vermogen"])
    children = [p.feiten.get("vermogen", 0) for p in people if _eigen_kind(p) and p.leeftijd(new_year) < 18]
    of_children = Decimal(sum(children))
    others = any(
        p.rol in ("kind", "medebewoner")
        and not _eigen_kind(p)
        and p.leeftijd(new_year) < 18
        and p.feiten.get("vermogen", 0)
        for p in people
    )
    limit = together if partner is not None else alone
    listed = next((p for p in mensen(vraag) if p.rol == "partner"), None)
    if listed is not None and (partner is None or partner.feiten.get("heelHetJaar") is False):
        # the assets of the two were asked together and only those of the tenant count
        return None if own + of_children <= alone else VOORLEGGEN
    if own > limit:
        return NEE
    if own + of_children > limit:
        # half of it may be of another parent with authority, who need not live here
        return NEE if own + of_children / 2 > limit else VOORLEGGEN
    # whose the assets of a grandchild, a foster child or the child of a co-resident are, the question does not say
    return VOORLEGGEN if others and own + sum(p.feiten.get("vermogen", 0) for p in people) > limit else None


def _rekeninkomen(vraag: Vraag, people: Sequence[Mens]) -> Decimal | None:
    """Awir 7(1), (2) and (6); None: an income is not known."""
    year = peildatum(vraag).year
    total = NUL
    for person in people:
        income = person.inkomen("inkomen")
        if income is None:
            return None
        exempt = person.rol == "kind" and person.soort_kind != "kleinkind"  # a grandchild is of the second degree
        if year >= 2026 and person.rol in ("kind", "medebewoner") and person.ja("kinderbijslagOfPleegvergoeding"):
            exempt = True
        if exempt and person.op_1_januari() < 23:
            income = max(0, income - CIJFERS[year].kind_vrij)  # "slechts voor zover het meer bedraagt": no loss either
        total += income
    return total


def _rekenhuur(vraag: Vraag) -> Decimal | None:
    """Wht 5: until 2025 with four kinds of service costs; None: not known which kinds they are."""
    dwelling = vraag["woning"]
    rent = Decimal(str(dwelling["kaleHuur"]))
    if peildatum(vraag).year >= 2026:
        return rent
    costs = dwelling.get("servicekosten")
    if isinstance(costs, dict):
        return rent + sum(min(Decimal(12), Decimal(str(costs.get(kind, 0)))) for kind in SERVICEKOSTEN)
    return rent if not costs else None


def _bedrag(vraag: Vraag, people: Sequence[Mens]) -> Mag:
    """Wht 13 and 16 to 21, Awir 14(4)."""
    day = peildatum(vraag)
    figures, first_of_month = CIJFERS[day.year], day.replace(day=1)  # Awir 5
    income, rent = _rekeninkomen(vraag, people), _rekenhuur(vraag)
    if income is None or rent is None:
        return [ONBEKEND, NEE] if income is None else [ONBEKEND, NEE, ja()]
    dwelling = vraag["woning"]
    many = soort_huishouden(people)
    adults = any(person.leeftijd(first_of_month) >= figures.jong for person in people)
    child = any(person.rol == "kind" and person.soort_kind != "kleinkind" for person in people)
    grandchild = any(person.rol == "kind" and person.soort_kind == "kleinkind" for person in people)
    handicap = any(person.ja("handicap") for person in people)
    old_on_1_january = any(person.aow(date(day.year, 1, 1)) for person in people)
    old_now = any(person.aow(first_of_month) for person in people)
    highest = figures.maximum if adults or child or handicap else figures.kwaliteitskorting
    if grandchild and highest < figures.maximum:
        return [VOORLEGGEN, ONBEKEND, NEE, ja()]  # Wht 13(1)a names the child of a resident, who may not live here
    unsure: Mag = []
    if rent > highest and day.year <= 2025 and dwelling.get("verworvenRecht") is not True:
        if dwelling.get("aangepast") is not True and len(people) < 8:
            return [NEE]
        unsure = [VOORLEGGEN, ONBEKEND]  # Wht 13(2)a and b: whether the excess, or the dwelling, is of that kind
    counted = min(rent, highest)

    if day.year >= 2026 or day.year == 2025:
        elderly, top_layer = False, True
    else:
        elderly = old_on_1_january
        top_layer = many == 0 or old_now or dwelling.get("aangepast") is True
    point = (figures.ijkpunt_ouderen if elderly else figures.ijkpunt)[many]
    norm = figures.normhuur - (figures.verlaging_ouderen if elderly else figures.verlaging)[many]
    taper = NUL
    if income > point and day.year >= 2026:
        taper = (income - point) * AFBOUW_2026[many] / 12
    elif income > point:
        a, b = figures.factoren[many + 2 * elderly]
        norm = a * income * income + b * income
    base = norm + figures.aanpassing
    quality, top = figures.kwaliteitskorting, figures.aftopping[int(len(people) > 2)]
    month = max(NUL, min(counted, quality) - base)
    month += LAAG_B * max(NUL, min(counted, top) - max(base, quality))
    if top_layer:
        month += LAAG_C * max(NUL, counted - max(base, top))
    month = max(NUL, month - taper)
    year = (12 * month).quantize(Decimal(1), ROUND_HALF_UP)
    if year < MINIMUM_PER_JAAR:
        return [NEE]
    return unsure or [ja(perMaand=month.to_integral_value(ROUND_FLOOR), perJaar=year)]
