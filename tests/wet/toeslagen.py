"""Zorgtoeslag and kindgebonden budget: Wzt 1 to 3, Wkb 1 and 2, Awir 3, 5, 7, 9, 14, Wet IB 2001 2.15, AKW 4, 6, 7."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from itertools import product

from tests.wet.antwoord import NEE, NVT, ONBEKEND, VOORLEGGEN, Mag, Vraag, alle, ja
from tests.wet.cijfers import MINIMUM_PER_JAAR
from tests.wet.mensen import Mens, mensen, peildatum
from tests.wet.regelingcijfers import TOESLAGEN
from tests.wet.toeslagpartner import Paar, lezingen, maand_van, nu, verzekerde, verzekering_open

OPEN: Mag = [VOORLEGGEN, ONBEKEND]


# -- income and assets


def _inkomen(pair: Paar) -> int | None:
    """Awir 7(1) and 8: the incomes of the year itself, of the two."""
    incomes = [person.inkomen("inkomen") for person in (pair.ik, pair.partner) if person is not None]
    known = [income for income in incomes if income is not None]
    return sum(known) if len(known) == len(incomes) else None


def _vermogen(vraag: Vraag, pair: Paar, soorten: Sequence[str] = ("eigen",)) -> bool | None:
    """Wzt 3(1), Wkb 1(4): whether the assets of 1 January are within the limit; None where that is not known."""
    year = peildatum(vraag).year
    alone, together = TOESLAGEN[year].vermogen
    listed = any(person.rol == "partner" for person in mensen(vraag))
    own = Decimal(vraag["vermogen"])
    # Wet IB 2001 2.15: of a child under age it is that of the parents; half may be of one who lives elsewhere
    children = Decimal(
        sum(
            child.feiten.get("vermogen", 0)
            for child in mensen(vraag)
            if child.rol == "kind" and child.soort_kind in soorten and child.op_1_januari() < 18
        )
    )
    whole_year = pair.partner is not None and pair.partner.feiten.get("heelHetJaar") is not False
    if pair.partner is not None and pair.partner.rol != "partner":
        theirs = pair.partner.feiten.get("vermogen", 0)
        if whole_year:
            return _binnen(own + theirs, children, together)
        # each of the two is "de verzekerde" whose assets count, and either can ask for both
        mine = _binnen(own, children, alone)
        return mine if mine is (theirs <= alone) else None
    if listed and not whole_year:
        # the assets of the two were asked together, and each is held against the limit of one
        return True if own + children <= alone else None
    return _binnen(own, children, together if pair.partner is not None else alone)


def _binnen(own: Decimal, children: Decimal, limit: int) -> bool | None:
    if own + children <= limit:
        return True
    return False if own + children / 2 > limit else None


def uitkomst(year: Decimal) -> Mag:
    """Awir 14: rounded to whole euros, nothing under 24; a twelfth is paid each month, in whole euros."""
    month, rounded = _bedragen(year)
    return [NEE] if rounded < MINIMUM_PER_JAAR else [ja(perMaand=month, perJaar=rounded)]


def _bedragen(year: Decimal) -> tuple[Decimal, Decimal]:
    return (year / 12).to_integral_value(ROUND_FLOOR), year.quantize(Decimal(1), ROUND_HALF_UP)


def _door_de_poort(vraag: Vraag, pair: Paar, amount: Mag) -> Mag:
    """The conditions are cumulative: who is refused for one is refused, whatever of the others is not known."""
    within = _vermogen(vraag, pair)
    if amount == [NEE] or within is False:
        return [NEE]
    if within and _vermogen(vraag, pair, ("eigen", "pleegkind")) is not True:
        # whether assets of a foster child count is for Dienst Toeslagen; its parents are others
        return alle([amount, OPEN])
    return amount if within else OPEN


def _over_lezingen(readings: Sequence[Mag], zeker: bool) -> Mag:
    """What may be said where who is partner can be read in more ways."""
    found = alle(readings)
    # where all readings agree that may be told; of readings that differ none may be told as sure
    return found if zeker else alle([found if len(found) == 1 else [], OPEN])


# -- zorgtoeslag


def zorg_per_jaar(year: int, income: int, verzekerden: int, paar: bool) -> Decimal:
    """Wzt 2(1) to (4): for one, for partners, or half of that for the one of the two who is insured."""
    figures = TOESLAGEN[year]
    norm = figures.norm[paar] * figures.drempel / 100
    norm += figures.afbouw_zorg * max(0, income - figures.drempel) / 100
    found = max(Decimal(0), figures.standaardpremie * (1 + paar) - norm)
    return found / 2 if paar and verzekerden == 1 else found


def _zorg(vraag: Vraag, pair: Paar) -> Mag:
    insured = [verzekerde(vraag, pair.ik)]
    if pair.partner is not None:
        insured.append(pair.partner_verzekerd and verzekerde(vraag, pair.partner))
    if not any(insured):
        return [NEE]
    income = _inkomen(pair)
    if income is None:
        return [NEE] if _vermogen(vraag, pair) is False else [ONBEKEND]
    year = zorg_per_jaar(peildatum(vraag).year, income, sum(insured), pair.partner is not None)
    return _door_de_poort(vraag, pair, uitkomst(year))


def zorgtoeslag(vraag: Vraag) -> Mag:
    """The right of the tenant, with that of the partner."""
    readings, sure = lezingen(vraag)
    found = _over_lezingen([_zorg(vraag, pair) for pair in readings], sure)
    if vraag.get("rechtmatigVerblijf") is False and found != [NEE]:
        # Awir 9(2): not the tenant or not his partner; that of another resident takes nothing away
        alone = len(vraag["personen"]) == 1 + (readings[0].partner is not None)
        found = [NEE] if alone and sure else [NEE, *OPEN]
    if vraag.get("ingeschreven") is False:
        # who is registered, and so may be partner by law, is not known
        return alle([found, OPEN])
    return found


def zorgtoeslag_bewoners(vraag: Vraag) -> Mag:
    """The rights of the other adults, each on their own: the amounts together."""
    readings, sure = lezingen(vraag)
    possible = [pair.partner.feiten for pair in readings if pair.partner is not None]
    found = alle(_eigen(vraag, [pair.partner.feiten] if pair.partner else []) for pair in readings)
    if not sure:
        found = alle([found, _eigen(vraag, possible)])  # of the others it is sure
    if vraag.get("rechtmatigVerblijf") is False and found != [NVT, NEE]:
        return [NEE, *OPEN]
    return found if sure else alle([found, OPEN])


def _eigen(vraag: Vraag, partners: Sequence[Vraag]) -> Mag:
    """Of who is not the partner; a subtenant has a household of his own."""
    own = [
        person
        for person in mensen(vraag)[1:]
        if person.rol != "onderhuurder"
        and nu(vraag) > maand_van(person, 18)
        and not any(person.feiten is partner for partner in partners)
    ]
    if not own:
        return [NVT, NEE]
    found = _samen(vraag, own)
    # strangers can be partners of each other, and the child of one of them makes them so (Awir 3)
    strangers = any(
        person.rol in ("partner", "medebewoner") or person.soort_kind == "van_medebewoner" for person in own
    )
    open_case = (len(own) > 1 and strangers) or any(verzekering_open(person) for person in own)
    return alle([found, OPEN]) if open_case else found


def _samen(vraag: Vraag, own: Sequence[Mens]) -> Mag:
    year = peildatum(vraag).year
    limit = TOESLAGEN[year].vermogen[0]
    of_minors = sum(
        person.feiten.get("vermogen", 0)
        for person in mensen(vraag)
        if person.op_1_januari() < 18
        and (
            person.rol == "medebewoner"
            or (person.rol == "kind" and person.soort_kind in ("kleinkind", "van_medebewoner"))
        )
    )
    each = {id(person.feiten): (Decimal(0), Decimal(0)) for person in own}
    for person in own:
        income, assets = person.inkomen("inkomen"), person.feiten.get("vermogen", 0)
        if not verzekerde(vraag, person) or assets > limit:
            continue
        if income is None:
            return OPEN
        year_amount = zorg_per_jaar(year, income, 1, paar=False)
        if uitkomst(year_amount) == [NEE]:
            continue
        if person.rol == "partner" and vraag["vermogen"] > limit:
            return OPEN  # of the two together it is not known what each has
        if assets + of_minors > limit:
            return OPEN  # the assets of a child under age are those of its parent, who may be this resident
        each[id(person.feiten)] = _bedragen(year_amount)
    months = [each.get(id(person), (None,))[0] for person in vraag["personen"]]
    month, total = map(sum, zip(*each.values(), strict=True))
    return [ja(perMaand=month, perJaar=total, perPersoonPerMaand=months)] if total else [NEE]


# -- kindgebonden budget


def kind_per_jaar(year: int, income: int, kinderen: int, van_12: int, van_16: int, paar: bool) -> Decimal:
    """Wkb 2(2) to (8), of so many children of whom so many are 12 to 15 and 16 to 17 years old."""
    figures = TOESLAGEN[year]
    amounts = [*figures.kinderen[:2], *[figures.kinderen[2]] * kinderen][:kinderen]
    found = Decimal(sum(amounts) + van_12 * figures.vanaf_12 + van_16 * figures.vanaf_16)
    found += 0 if paar else figures.alleen
    threshold = figures.drempel + (figures.drempel_partner if paar else 0)
    return max(Decimal(0), found - figures.afbouw_kind * max(0, income - threshold) / 100)


def _kinderen(vraag: Vraag) -> tuple[list[Mens], list[Mens]]:
    """Of whom there is kinderbijslag, and of whom there may be.

    AKW 4 and 7: a child of one's own in the household; a foster child or grandchild only when it is raised as one's
    own and nobody gets a pleegvergoeding; that of another resident is for that resident.
    """
    sure, maybe = [], []
    for child in mensen(vraag):
        if child.rol != "kind" or not maand_van(child, 0) < nu(vraag) <= maand_van(child, 18):
            continue
        told = child.feiten.get("kinderbijslag")
        if told or (told is None and child.soort_kind == "eigen"):
            sure.append(child)
        elif told is None and child.soort_kind != "van_medebewoner":
            maybe.append(child)
    return sure, maybe


def _extra(vraag: Vraag, children: Sequence[Mens]) -> Iterator[tuple[list[Mens], int, int]]:
    """Wkb 2(3) to (5): from the month after the birthday; of who becomes 18 on the first of a month, both readings."""
    now, day = nu(vraag), peildatum(vraag)
    van_16 = [child for child in children if now > maand_van(child, 16)]
    van_12 = [child for child in children if maand_van(child, 12) < now <= maand_van(child, 16)]
    yield list(children), len(van_12), len(van_16)
    # on the first day itself he is 18: no 16 or 17, and at the start of a quarter there is no kinderbijslag any more
    edge = [child for child in van_16 if child.leeftijd(day.replace(day=1)) >= 18]
    if edge:
        yield list(children), len(van_12), len(van_16) - len(edge)
        yield [child for child in children if child not in edge], len(van_12), len(van_16) - len(edge)


def _kind(vraag: Vraag, pair: Paar, children: Sequence[Mens]) -> Mag:
    if not children:
        return [NEE]
    income = _inkomen(pair)
    if income is None:
        return [NEE] if _vermogen(vraag, pair) is False else [ONBEKEND]
    year, paar = peildatum(vraag).year, pair.partner is not None
    return alle(
        _door_de_poort(
            vraag, pair, uitkomst(kind_per_jaar(year, income, len(who), van_12, van_16, paar)) if who else [NEE]
        )
        for who, van_12, van_16 in _extra(vraag, children)
    )


def kindgebonden_budget(vraag: Vraag) -> Mag:
    """The right of the tenant or the partner, for the children of whom they get kinderbijslag."""
    sure, maybe = _kinderen(vraag)
    if not sure and not maybe:
        return [NVT, NEE]
    readings, firm = lezingen(vraag)
    options = [sure, *([[*sure, *maybe]] if maybe else [])]
    answers = [_kind(vraag, pair, children) for pair, children in product(readings, options)]
    found = _over_lezingen(answers, firm and not maybe)
    if maybe:
        found = alle([found, OPEN])  # of whom the kinderbijslag is not known, that can be asked first
    if vraag.get("rechtmatigVerblijf") is False and found != [NEE]:
        # AKW 6(2): who is not here lawfully is not insured; Wkb 1(5): a partner who is not takes nothing away
        return [NEE, *OPEN]
    told = ("onderhouden", "kinderbijslagOfPleegvergoeding", "ingeschreven")
    odd = any(child.feiten.get(name) is False for child in sure for name in told)
    if odd or vraag.get("ingeschreven") is False or any(child.ja("opgenomen") for child in sure):
        return alle([found, OPEN])
    return found
