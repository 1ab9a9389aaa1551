"""The rent allowance: Wht 1a to 21, Awir 2 to 14, Besluit op de huurtoeslag 2 to 2c, Wet IB 2001 2.15."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import product

from tests.wet.antwoord import NEE, ONBEKEND, VOORLEGGEN, Antwoord, Mag, Vraag, alle, ja
from tests.wet.cijfers import AFBOUW_2026, CIJFERS, LAAG_B, LAAG_C, MINIMUM_PER_JAAR
from tests.wet.mensen import Mens, mensen, peildatum, soort_huishouden, zonder_onderhuurder

NUL = Decimal(0)
ZORG_INKOMEN = {2025: 58_400, 2026: 60_525}  # Besluit 2a
SERVICEKOSTEN = ("energie", "schoonmaak", "huismeester", "recreatie")


def huurtoeslag(vraag: Vraag) -> Mag:
    """The answer for who belongs to the household; where readings of that differ it is for Dienst Toeslagen."""
    everyone = zonder_onderhuurder(mensen(vraag))
    registered = [person for person in everyone if _ingeschreven(person)]
    plain = _van_huishouden(vraag, registered)
    others = [_van_huishouden(vraag, people) for people in _op_verzoek(vraag, registered)]
    if len(registered) < len(everyone):
        others.append(_van_huishouden(vraag, everyone))
    if vraag.get("ingeschreven") is False:
        # Wht 9(2): it can be waived; and who is registered, and so belongs to the household, is not known
        never = all(answer == NEE for answer in alle([plain, *others]))
        return [VOORLEGGEN, ONBEKEND, *([NEE] if never else [])]
    if not others:
        # a child under age that is named so: whose need for care it is, the question does not say
        named = any(person.rol != "huurder" and person.ja("inwonendOmZorg") for person in registered)
        return alle([plain, [VOORLEGGEN, ONBEKEND]]) if named else plain
    # without a request the amount is that of everyone who is registered; but a flat no would hide what can be asked
    firm = plain if plain != [NEE] or all(answers == [NEE] for answers in others) else []
    return alle([firm, [VOORLEGGEN, ONBEKEND]])


def _ingeschreven(person: Mens) -> bool:
    """Who is not registered at the address is no partner and no medebewoner (Wht 1a(3), Awir 2(1)e)."""
    return person.rol == "huurder" or person.feiten.get("ingeschreven") is not False


def _op_verzoek(vraag: Vraag, household: Sequence[Mens]) -> Iterator[list[Mens]]:
    """Without those who on request are left out.

    More than a year in a home, an institution or prison (Besluit 2 and 2c). Living there because of a need for care
    (2a): not that of a child under age, and not above an income of all together, of which that of two years is known.
    """
    year = peildatum(vraag).year
    together = sum(person.inkomen("inkomen") or 0 for person in household)
    with_care = together <= ZORG_INKOMEN.get(year, together)

    def may_leave(person: Mens) -> bool:
        if person.rol == "huurder":
            return False
        return person.ja("opgenomen") or (person.ja("inwonendOmZorg") and with_care and person.op_1_januari() >= 18)

    choices = [(False, True) if may_leave(person) else (True,) for person in household]
    for kept in product(*choices):
        if not all(kept):
            yield [person for person, keep in zip(household, kept, strict=True) if keep]


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
    if dwelling.get("woonwagen") is True:
        gates.append(VOORLEGGEN)  # Wht 1(c) and 11(3): for a woonwagen that is hired, not for a standplaats alone
    open_gates = [gate for gate in gates if gate is not None]
    if not open_gates:
        return alle([amount, [VOORLEGGEN]]) if _pleegkind_met_vermogen(vraag) else amount
    return alle([open_gates, [ONBEKEND, VOORLEGGEN]])


def _woning(dwelling: Vraag) -> Antwoord | None:
    """Wht 11; None: no objection."""
    if dwelling["zelfstandig"] or dwelling.get("aangewezenComplex") or dwelling.get("onvrijeEtage"):
        return None
    return NEE if dwelling.get("aangewezenComplex") is False else ONBEKEND


def _vermogen(vraag: Vraag, people: Sequence[Mens]) -> Antwoord | None:
    """Awir 7(3) and (4), Wet IB 2001 2.15(2) and (4); None: within the limits."""
    year = peildatum(vraag).year
    alone, together = CIJFERS[year].vermogen
    new_year = date(year, 1, 1)
    young = [person for person in mensen(vraag) if person.rol == "kind" and person.leeftijd(new_year) < 18]
    minors = [person for person in mensen(vraag) if person.leeftijd(new_year) < 18]
    others = [
        person
        for person in minors
        if person.rol == "medebewoner"
        or (person.rol == "kind" and person.soort_kind in ("kleinkind", "van_medebewoner"))
    ]
    of_others = sum(person.feiten.get("vermogen", 0) for person in others)
    unsure = False
    for person in people:
        whole_year = person.feiten.get("heelHetJaar") is not False
        if person.rol not in ("kind", "medebewoner") or person.leeftijd(new_year) < 18 or not whole_year:
            continue
        own = person.feiten.get("vermogen", 0)
        if own > alone:
            return NEE
        # the assets of a child under age are those of the parents with authority: this resident may be one of them
        # (an own child that is grown up, or who lives with one, as well as another resident)
        unsure |= own + of_others > alone
    # of the tenant and the partner: wherever the child is counted, and not of a foster child, whose parents are others
    of_children = Decimal(sum(child.feiten.get("vermogen", 0) for child in young if child.soort_kind == "eigen"))
    own_assets = Decimal(vraag["vermogen"])
    partner = next((person for person in people if person.rol == "partner"), None)
    listed = any(person.rol == "partner" for person in mensen(vraag))
    if listed and (partner is None or partner.feiten.get("heelHetJaar") is False):
        # the assets of the two were asked together and only those of the tenant count
        return VOORLEGGEN if own_assets + of_children > alone or unsure else None
    limit = together if partner is not None else alone
    if own_assets > limit:
        return NEE
    if own_assets + of_children > limit:
        # half of it may be of another parent with authority, who need not live here
        return NEE if own_assets + of_children / 2 > limit else VOORLEGGEN
    return VOORLEGGEN if unsure else None


def _pleegkind_met_vermogen(vraag: Vraag) -> bool:
    """A foster child with so much that it decides: the parents are others, yet Dienst Toeslagen asks for a request."""
    limits = CIJFERS[peildatum(vraag).year].vermogen
    foster = [person for person in mensen(vraag) if person.rol == "kind" and person.soort_kind == "pleegkind"]
    assets = sum(child.feiten.get("vermogen", 0) for child in foster if child.op_1_januari() < 18)
    partner = any(person.rol == "partner" and person.feiten.get("heelHetJaar") is not False for person in mensen(vraag))
    return bool(assets) and vraag["vermogen"] + assets > limits[partner]


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
    rent = _rekenhuur(vraag)
    if rent is None:
        return [ONBEKEND, NEE, ja()]
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
    income = _rekeninkomen(vraag, people)
    if income is None:
        return [ONBEKEND]

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
