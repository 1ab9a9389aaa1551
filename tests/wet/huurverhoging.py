"""What the rent may become: BW 7:247 to 252c, UHW 10, 10a and 13, Leegstandwet 15 and 16, Woningwet 54a and 54b."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from tests.wet.antwoord import GEEN_REGELS, NEE, NVT, ONBEKEND, VOORLEGGEN, Antwoord, Mag, Vraag, alle, ja
from tests.wet.cijfers import (
    CIJFERS,
    IAH_BEDRAG,
    LAGE_HUUR,
    LAGE_HUUR_VERHOGING,
    LIBERALISATIE,
    MIDDENHUUR,
    PERCENTAGE,
    VERLAGING_2021,
    VERLAGING_HALFJAAR,
    VERLAGING_TOT,
)
from tests.wet.mensen import Mens, dag, maanden_later, mensen, peildatum, soort_huishouden, zonder_onderhuurder

CENT = Decimal("0.01")


def ingangsdatum(vraag: Vraag) -> date:
    """The day that the landlord proposes; 1 July by custom."""
    proposed = vraag["woning"].get("ingangsdatumVoorstel")
    return dag(proposed) if proposed else date(vraag.get("huurronde") or peildatum(vraag).year, 7, 1)


def _periode(day: date) -> int:
    return day.year if day >= date(day.year, 7, 1) else day.year - 1


# BW 7:247: which contracts the rules of rent prices hold for
GEREGULEERD, VRIJ, MIDDEN, NIET_BEKEND = "gereguleerd", "vrij", "midden", "niet bekend"


def gereguleerd(vraag: Vraag) -> set[str]:
    """Regulated, free or middenhuur; more than one where the question or the law does not settle it."""
    dwelling = vraag["woning"]
    letting = dwelling.get("tijdelijkeVerhuur")
    if letting == "te_koop":
        return {VRIJ, NIET_BEKEND}  # Leegstandwet 16(10): the rules of rent prices do not hold
    told = dwelling.get("gereguleerd")
    if letting == "leegstand" or _altijd(dwelling):  # Leegstandwet 16(2): BW 7:247 does not hold then
        # who says that it is not contradicts himself
        return {GEREGULEERD} if told is not False else {GEREGULEERD, VRIJ, NIET_BEKEND}
    if told is not None:
        return {GEREGULEERD if told else VRIJ}
    found = _naar_aanvang(dwelling, ingangsdatum(vraag))
    if found is None:
        return {GEREGULEERD} if vraag["verhuurder"] != "particulier" else {NIET_BEKEND}
    return found


def _altijd(dwelling: Vraag) -> bool:
    """Whatever the rent at the start: 7:247 is about a dwelling of its own (7:234, so no room and no woonwagen), with
    a contract from 1 July 1994 or completed from 1 July 1989."""
    if not dwelling["zelfstandig"] or dwelling.get("woonwagen"):
        return True
    if "contractVanaf" not in dwelling:
        return False
    start = dag(dwelling["contractVanaf"])
    return start < date(1989, 7, 1) or (start < date(1994, 7, 1) and dwelling.get("gereedVoorJuli1989") is True)


def _naar_aanvang(dwelling: Vraag, day: date) -> set[str] | None:
    """By the rent and the day at the start; None: one of the two is not known."""
    if "contractVanaf" not in dwelling:
        return None
    start, now = dag(dwelling["contractVanaf"]), Decimal(str(dwelling["kaleHuur"]))
    limit = LIBERALISATIE[bisect_right([day for day, _ in LIBERALISATIE], start) - 1][1]
    lowering_counts = day >= date(2024, 7, 1)  # 7:247 as it is since then; on 1 January 2024 it did not say so
    if lowering_counts and now < limit:
        return {GEREGULEERD}  # it began with no more, or was lowered to less, for the amounts only went up
    if "huurBijAanvang" not in dwelling:
        return None
    rent = Decimal(str(dwelling["huurBijAanvang"]))
    if rent <= limit:
        return {GEREGULEERD}
    if start < date(1994, 7, 1) and dwelling.get("gereedVoorJuli1989") is None:
        found = {NIET_BEKEND}
    elif start >= date(2024, 7, 1) and rent <= MIDDENHUUR[min(start.year, 2026)]:
        found = {MIDDEN}
    else:
        found = {VRIJ}
    # lowered, and perhaps below the amount of that day
    return found | {GEREGULEERD, NIET_BEKEND} if lowering_counts and now < rent else found


def _te_vroeg(dwelling: Vraag, day: date) -> Mag | None:
    """BW 7:250(1) and 251: once in twelve months, by proposal; None: no objection."""
    if "laatsteVerhoging" not in dwelling:
        return None
    raised = dag(dwelling["laatsteVerhoging"])
    if maanden_later(raised, 12) <= day:
        return None
    reason = dwelling.get("redenLaatsteVerhoging") or "jaarlijks"
    if reason == "jaarlijks":
        return [NEE, VOORLEGGEN]  # 250(3): earlier by as much as the period before was longer, which is not asked
    if reason in ("woningverbetering", "nieuw_contract"):
        return None  # BW 7:255 is another way; a new contract is no increase
    return [NEE, VOORLEGGEN, ONBEKEND, ja()]  # the end of a discount (250(3), UHW 10a), or something else


def _zonder_bedrag(vraag: Vraag) -> Mag | None:
    """What stops the computation of an increase; None: it can be computed."""
    dwelling, day = vraag["woning"], ingangsdatum(vraag)
    if vraag["soort"] != "huurder":
        return [NVT]
    kinds = gereguleerd(vraag)
    if kinds != {GEREGULEERD}:
        answers = {VRIJ: [NVT], MIDDEN: [VOORLEGGEN, NVT], NIET_BEKEND: [ONBEKEND, VOORLEGGEN]}
        return alle(answers.get(kind, [ja(), NEE, VOORLEGGEN]) for kind in sorted(kinds))
    if dwelling.get("allIn") is True:
        return [VOORLEGGEN, NEE, ONBEKEND, NVT]  # BW 7:258: first split; no amount can be named
    if dwelling.get("huurverhogingsbeding") is True:
        return [VOORLEGGEN, NVT]  # BW 7:248: the contract decides
    if "contractVanaf" in dwelling and dag(dwelling["contractVanaf"]) >= day:
        return [NVT, NEE, ONBEKEND, VOORLEGGEN]
    if dwelling.get("gebrekenVastgesteld") is True:
        return [NEE]  # BW 7:250(2)
    return None


def _huur_ervoor(vraag: Vraag) -> Decimal | None:
    dwelling = vraag["woning"]
    if "huurVoorRonde" in dwelling:
        return Decimal(str(dwelling["huurVoorRonde"]))
    return Decimal(str(dwelling["kaleHuur"])) if peildatum(vraag) <= ingangsdatum(vraag) else None


def _gewoon(vraag: Vraag, rent: Decimal) -> Decimal:
    """The ordinary new rent: 25 euro when it is low, else a percentage, never a part of a cent above it."""
    period, dwelling = _periode(ingangsdatum(vraag)), vraag["woning"]
    if dwelling["zelfstandig"] and not dwelling.get("woonwagen") and rent < LAGE_HUUR[period]:
        return rent + LAGE_HUUR_VERHOGING
    return (rent * (1 + PERCENTAGE[period] / 100)).quantize(CENT, ROUND_FLOOR)


def _percentage_bekend(vraag: Vraag) -> bool:
    """The percentage of 2022 for rooms, woonwagens and standplaatsen is not in the sources that could be read."""
    dwelling = vraag["woning"]
    own = dwelling["zelfstandig"] and not dwelling.get("woonwagen")
    return own or _periode(ingangsdatum(vraag)) > 2022


def _iah_mogelijk(vraag: Vraag) -> bool:
    """BW 7:252a(1): a dwelling of its own, no woonwagen, and a household statement that says middle or high."""
    dwelling = vraag["woning"]
    return dwelling["zelfstandig"] and not dwelling.get("woonwagen") and vraag.get("inkomenscategorie") in IAH_BEDRAG


def huurverhoging_wettelijk(vraag: Vraag) -> Mag:
    """The highest rent that the law allows on the proposed day."""
    found = _zonder_bedrag(vraag) or _met_bedrag(vraag)
    dwelling = vraag["woning"]
    if NVT in found and len(found) == 1:
        return found
    if dwelling.get("tijdelijkeKorting") is True:
        # BW 7:252c, UHW 10a: the rent may go back further than a year's increase, and not bound by the twelve months
        return alle([[answer for answer in found if answer.uitkomst != "ja"], [VOORLEGGEN, ONBEKEND]])
    if dwelling.get("tijdelijkeVerhuur") == "leegstand":
        return alle([found, [VOORLEGGEN]])  # Leegstandwet 15: the permit holds the highest rent
    return found


def _met_bedrag(vraag: Vraag) -> Mag:
    dwelling = vraag["woning"]
    rent, highest = _huur_ervoor(vraag), Decimal(str(dwelling["wwsMaximum"]))
    early = _te_vroeg(dwelling, ingangsdatum(vraag))
    if early is not None and ja() not in early:
        return early
    if rent is None:
        return alle([[ONBEKEND], early or []])
    if rent >= highest:
        return alle([[NEE], early or []])  # UHW 13(5)
    if not _percentage_bekend(vraag):
        return [ONBEKEND, VOORLEGGEN]
    ordinary = _gewoon(vraag, rent)
    wanted = [ordinary]
    if _iah_mogelijk(vraag):
        raised = max(ordinary, rent + IAH_BEDRAG[vraag["inkomenscategorie"]])
        # 252a(6)a: for the care group it does not come about once the tenant has shown it; may be asked before
        wanted = [ordinary, raised] if vraag.get("zorggroep") else [raised]
    answers = [ja(maximaleHuur=min(new, highest), maximaleVerhoging=min(new, highest) - rent) for new in wanted]
    if "contractVanaf" in dwelling and maanden_later(dag(dwelling["contractVanaf"]), 2) > ingangsdatum(vraag):
        answers += [NEE, VOORLEGGEN]  # BW 7:252(1): no proposal could be two months old
    return alle([answers, early or []])


def inkomensafhankelijke_huurverhoging(vraag: Vraag) -> Mag:
    """BW 7:252a: at most 50 or 100 euro, and never where the rent may not rise so far."""
    if vraag["soort"] != "huurder":
        return [NVT, NEE]
    lawful = huurverhoging_wettelijk(vraag)
    dwelling = vraag["woning"]
    if not dwelling["zelfstandig"] or dwelling.get("woonwagen") or dwelling.get("huurverhogingsbeding"):
        return [NVT, NEE]
    if vraag.get("inkomenscategorie") not in IAH_BEDRAG:
        # 'no' and 'not applicable' are two outcomes: which of them can hang on a fact that is not known
        return alle([[NEE, NVT], [answer for answer in lawful if answer.uitkomst == "onbekend"]])
    if not any(answer.uitkomst == "ja" for answer in lawful):
        return alle([[NEE, NVT], [answer for answer in lawful if answer.uitkomst != "ja"]])
    rent, highest = _huur_ervoor(vraag), Decimal(str(dwelling["wwsMaximum"]))
    if rent is None:
        return [ONBEKEND, ja()]
    answers = [ja(maximum=min(IAH_BEDRAG[vraag["inkomenscategorie"]], highest - rent))]
    if vraag.get("zorggroep"):
        answers += [NEE, VOORLEGGEN, NVT]
    return alle([answers, [a for a in lawful if a.uitkomst != "ja"], [NVT, NEE] if len(lawful) > 1 else []])


def _inkomen_vorig_jaar(vraag: Vraag, people: Sequence[Mens], day: date) -> Decimal | None:
    """BW 7:252a(2)b: tenant and other residents; of another resident under 23 on 1 January what is above an amount."""
    total = Decimal(0)
    for person in people:
        income = person.inkomen("inkomenT1")
        if income is None:
            return None
        if person.rol != "huurder" and person.leeftijd(date(day.year, 1, 1)) < 23:
            total += max(Decimal(0), income - CIJFERS[day.year].jonger_23)
        else:
            total += income
    return total


def _onder_grens(vraag: Vraag, category: str, day: date) -> Mag:
    """Whether the income of last year is not above the limit; with and without a subtenant (practice unconfirmed)."""
    everyone = mensen(vraag)
    found: Mag = []
    for people in (everyone, zonder_onderhuurder(everyone)):
        income = _inkomen_vorig_jaar(vraag, people, day)
        if income is None:
            found.append(ONBEKEND)
            continue
        limit = CIJFERS[day.year].iah[int(len(people) > 1)][category == "hoog"]
        found.append(ja() if income <= limit else NEE)
        if 0 < abs(income - limit) < 2:  # the amount for those under 23 may be rounded to whole euros, per person
            found += [ja(), NEE] if any(p.op_1_januari() < 23 for p in people[1:]) else []
    if len({answer.uitkomst for answer in found}) > 1:
        found += [VOORLEGGEN]
    return alle([found])


def bezwaar_inkomen_vorig_jaar(vraag: Vraag) -> Mag:
    """BW 7:252a(6)b and c: the income of the year before the proposed day."""
    dwelling, day = vraag["woning"], ingangsdatum(vraag)
    kinds = gereguleerd(vraag)
    new = "contractVanaf" in dwelling and dag(dwelling["contractVanaf"]) >= day
    if vraag["soort"] != "huurder" or not _iah_mogelijk(vraag) or not kinds & {GEREGULEERD, NIET_BEKEND}:
        return [NVT, NEE]
    if dwelling.get("huurverhogingsbeding") is True:
        return [NVT, NEE]
    if new:
        # there was no rent to raise; or what the question says of it has to be put straight first
        return [NVT, NEE, VOORLEGGEN, ONBEKEND]
    found = _onder_grens(vraag, vraag["inkomenscategorie"], day)
    if kinds != {GEREGULEERD}:
        return alle([found, [NVT, NEE, ONBEKEND, VOORLEGGEN]])
    lawful = {answer.uitkomst for answer in inkomensafhankelijke_huurverhoging(vraag)}
    if lawful != {"ja"}:
        # against a proposal that cannot stand for another reason the income is a ground all the same
        found = alle([found, [NVT, NEE], [VOORLEGGEN, ONBEKEND] if lawful & {"voorleggen", "onbekend"} else []])
    if peildatum(vraag) >= day:
        found = alle([found, [NVT, NEE, VOORLEGGEN]])  # 253(1): before the rent goes up
    return found


def huurverlaging_na_inkomensdaling(vraag: Vraag) -> Mag | None:
    """BW 7:252b: after an increase by income, when the income of last year is not above the limit."""
    category = vraag.get("eerdereIah")
    dwelling = vraag["woning"]
    if vraag["soort"] != "huurder" or category not in IAH_BEDRAG or not dwelling["zelfstandig"]:
        return [NVT, NEE, ONBEKEND] if category is None else [NVT, NEE]
    kinds = gereguleerd(vraag)
    today = peildatum(vraag)
    if kinds != {GEREGULEERD}:
        return alle(
            [[NVT, NEE, VOORLEGGEN, ONBEKEND], _onder_grens(vraag, category, today) if GEREGULEERD in kinds else []]
        )
    if today >= date(today.year, 11, 1):
        return None  # the earliest day lies in the next year, of which neither the limits nor the income are known
    answers = [_onder_grens(vraag, category, today)]
    if today < date(today.year, 7, 1) and today.year - 1 in CIJFERS:
        # the limits change on 1 January (UHW 10(2)); pages give them from 1 July
        older = CIJFERS[today.year - 1].iah[soort_huishouden(mensen(vraag))][category == "hoog"]
        newer = CIJFERS[today.year].iah[soort_huishouden(mensen(vraag))][category == "hoog"]
        income = _inkomen_vorig_jaar(vraag, mensen(vraag), today)
        if income is not None and older < income <= newer:
            answers += [[ja(), NEE]]
    if dwelling.get("woonwagen"):
        answers += [[NVT, NEE, ONBEKEND]]
    return alle(answers)


def eenmalige_huurverlaging(vraag: Vraag) -> Mag | None:
    """Woningwet 54a and 54b: of 1 March 2023 until 30 December 2024."""
    today, dwelling = peildatum(vraag), vraag["woning"]
    if not date(2023, 3, 1) <= today <= date(2024, 12, 30):
        return [GEEN_REGELS, NVT, NEE]
    if vraag["verhuurder"] == "particulier" or vraag["soort"] != "huurder":
        return [NVT, NEE]
    if not dwelling["zelfstandig"] and not dwelling.get("woonwagen"):
        return [NVT, NEE]
    kinds = gereguleerd(vraag)
    if GEREGULEERD not in kinds and NIET_BEKEND not in kinds:
        return [NVT, NEE]
    if Decimal(str(dwelling["kaleHuur"])) <= VERLAGING_TOT[today.year]:
        return [NEE, NVT]
    if "contractVanaf" in dwelling and dag(dwelling["contractVanaf"]) > date(2023, 3, 1):
        return [NEE, NVT]
    if kinds != {GEREGULEERD} or "contractVanaf" not in dwelling:
        return None
    return _naar_inkomen_verlaging(vraag, today)


def _naar_inkomen_verlaging(vraag: Vraag, today: date) -> Mag:
    people = mensen(vraag)
    many = soort_huishouden(people)
    elderly = any(person.aow(date(today.year, 1, 1)) for person in zonder_onderhuurder(people))
    half_year, own_duty = VERLAGING_HALFJAAR[today.year][elderly][many], VERLAGING_2021[elderly][many]
    readings: list[Mag] = []
    counted = [person for person in people if not _kind_onder_27(person, today)]
    for group in (counted, zonder_onderhuurder(counted)):
        answers: set[bool | None] = set()
        if vraag.get("inkomenHalfjaar") is not None:
            answers.add(vraag["inkomenHalfjaar"] <= half_year)
        else:
            expected = [person.inkomen("inkomen") for person in group]
            answers.add(None if None in expected else Decimal(sum(i or 0 for i in expected)) / 2 <= half_year)
        if today.year == 2023 and not vraag["woning"].get("woonwagen"):
            of_2021 = [person.inkomen("inkomenT2") for person in group]
            within = None if None in of_2021 else sum(i or 0 for i in of_2021) <= own_duty
            answers.add(within)
        if today.year == 2024:
            pass  # the corporation acted before 1 June 2023; the income of 2021 is three years old here
        outcome: Mag = [ja()] if True in answers else [NEE] if answers == {False} else [ONBEKEND, NEE, VOORLEGGEN]
        if today >= date(2023, 6, 1) and today.year == 2023 and outcome == [ja()]:
            # after 1 June only the request is left, and the Huurcommissie within six weeks
            outcome = [ja(), NEE, VOORLEGGEN, ONBEKEND]
        readings.append(outcome)
    unsure = any(
        person.rol == "kind" and 18 <= person.op_1_januari() < 28 and "onderhouden" not in person.feiten
        for person in people
    )
    # a child of a co-resident: whether that parent maintains it (54b reads "een bewoner") is not what the question asks
    other = any(p.rol == "kind" and p.soort_kind == "van_medebewoner" and "onderhouden" not in p.feiten for p in people)
    return alle([*readings, [ja(), NEE, ONBEKEND, VOORLEGGEN] if unsure else [], [ONBEKEND] if other else []])


def _kind_onder_27(person: Mens, today: date) -> bool:
    """54b: a child in the sense of Awir 4, of any resident, under 27."""
    if person.rol != "kind" or person.leeftijd(today) >= 27:
        return False
    told = person.feiten.get("onderhouden")
    return bool(told) if told is not None else person.leeftijd(today) < 18


def huurquote(vraag: Vraag, per_maand: Decimal | None) -> Antwoord | None:
    """Not a rule of law: the rent less the allowance that the answer names; ``per_maand`` None: no allowance known."""
    if per_maand is None:
        return None
    return Antwoord("ja", {"nettoHuur": Decimal(str(vraag["woning"]["kaleHuur"])) - per_maand})
