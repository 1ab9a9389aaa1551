"""Who a social dwelling may be let to: Woningwet 1, 46 and 48; BTIV 16, 54, 54a, 56 and 57; Wht 14 and 20."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import product

from tests.wet.antwoord import NEE, NVT, ONBEKEND, VOORLEGGEN, Antwoord, Mag, Vraag, alle, ja
from tests.wet.cijfers import CIJFERS, Jaar
from tests.wet.mensen import Mens, mensen, peildatum, soort_huishouden, zonder_onderhuurder

VELDEN = {"verwacht": "inkomen", "t-1": "inkomenT1", "t-2": "inkomenT2"}
TOON_EERST = ("t-1", "t-2", "verwacht")  # which income an answer names when all are on one side
Som = tuple[Decimal, Decimal]  # lowest and highest


def _onderhouden(person: Mens, meerderjarig_op: date) -> bool | None:
    """Whether this is a child that is left out (Woningwet 1 'huishoudinkomen', Awir 4); None: not known."""
    if person.rol != "kind" or person.soort_kind == "van_medebewoner":
        return False  # Awir 4: a descendant or foster child of the tenant or his partner
    told = person.feiten.get("onderhouden")
    if told is not None:
        return bool(told)
    return True if person.leeftijd(meerderjarig_op) < 18 else None


def _sommen(vraag: Vraag, meerderjarig_op: date, met_onderhuurder: bool) -> dict[str, Som]:
    """The household income of each year that is known for everyone who counts, indexed (BTIV 56)."""
    figures = CIJFERS[peildatum(vraag).year]
    index = {"verwacht": Decimal(1), "t-1": figures.index[0], "t-2": figures.index[1]}
    people = mensen(vraag) if met_onderhuurder else zonder_onderhuurder(mensen(vraag))
    found = {}
    for name, veld in VELDEN.items():
        low = high = Decimal(0)
        for person in people:
            left_out = _onderhouden(person, meerderjarig_op)
            if left_out:
                continue
            income = person.inkomen(veld)
            if income is None:
                break
            low += min(0, income) if left_out is None else income
            high += max(0, income) if left_out is None else income
        else:
            found[name] = (low * index[name], high * index[name])
    return found


def _naar_inkomen(vraag: Vraag, sums: dict[str, Som], limit: int) -> Mag:
    """BTIV 56(5) to (7): either of two years, or the expected income at the request of the tenant."""
    chosen = vraag.get("toetsinkomen")
    if chosen in VELDEN:
        sums = {name: value for name, value in sums.items() if name == chosen}
    if not sums:
        return [ONBEKEND]
    low, high = sums[next(name for name in TOON_EERST if name in sums)]
    values = {"inkomen": low} if low == high else {}
    if all(top <= limit for _, top in sums.values()):
        return [ja(**values)]
    if all(bottom > limit for bottom, _ in sums.values()):
        return [Antwoord("nee", values)]
    sides = {top <= limit for bottom, top in sums.values() if (bottom > limit) == (top > limit)}
    open_sides = any((bottom > limit) != (top > limit) for bottom, top in sums.values())
    return [VOORLEGGEN] * (len(sides) == 2) + [ONBEKEND] * open_sides


def _inkomenstoets(vraag: Vraag, limit: int) -> Mag:
    """Both readings where the text has two.

    A child that came of age this year: as it is today, or as it was on 1 January (Awir 4 names no day). A subtenant has
    his main residence there with the consent of the tenant, so by the letter he is a resident (Woningwet 1), but he
    runs a household of his own, which is how huurtoeslag and landlords count him.
    """
    today = peildatum(vraag)
    days = {today, date(today.year, 1, 1)}
    has_subtenant = any(person.rol == "onderhuurder" for person in mensen(vraag))
    return alle(
        _naar_inkomen(vraag, _sommen(vraag, day, counted), limit)
        for day, counted in product(sorted(days), (False, True) if has_subtenant else (False,))
    )


def _studenten(vraag: Vraag) -> bool | None:
    """BTIV 54(2)a: a household of one or two persons who study full time; None where the text is open."""
    people = zonder_onderhuurder(mensen(vraag))
    if len(people) > 2:
        return False
    told = [person.feiten.get("studeertVoltijds") for person in people]
    if len(people) == 1 and told[0] is None:
        told = [vraag.get("student")]
    if all(told):
        return True
    # a student with a young child is a household of two of which everyone who can study does so
    return None if any(told) and any(person.leeftijd(peildatum(vraag)) < 18 for person in people) else False


def _met_groep(vraag: Vraag, in_groep: bool, naar_inkomen: Mag) -> Mag:
    students = _studenten(vraag)
    if in_groep or students:
        return [ja()]
    return alle([naar_inkomen, [ja(), VOORLEGGEN]]) if students is None else naar_inkomen


def _asiel(vraag: Vraag) -> bool:
    return vraag.get("asielvergunning") is True


def daeb_doelgroep(vraag: Vraag) -> Mag:
    """Woningwet 48(1), BTIV 16(1) and 57."""
    limit = CIJFERS[peildatum(vraag).year].daeb[soort_huishouden(mensen(vraag))]
    return _met_groep(vraag, _asiel(vraag) or vraag.get("zorgindicatie") is True, _inkomenstoets(vraag, limit))


def _norminkomen(figures: Jaar, people: Sequence[Mens], year: int) -> int:
    """Wht 14 by the types of Wht 2: the pension age on 1 January, of anyone but a subtenant."""
    own = zonder_onderhuurder(people)
    elderly = any(person.aow(date(year, 1, 1)) for person in own)
    return (figures.norminkomen_ouderen if elderly else figures.norminkomen)[soort_huishouden(own)]


def primaire_doelgroep(vraag: Vraag) -> Mag:
    """Woningwet 46(2), BTIV 54(2): the care groups of BTIV 57 do not count here."""
    year = peildatum(vraag).year
    limit = _norminkomen(CIJFERS[year], mensen(vraag), year)
    return _met_groep(vraag, _asiel(vraag), _inkomenstoets(vraag, limit))


def passende_huur(vraag: Vraag) -> Mag:
    """Woningwet 46(2): a landlord that is a toegelaten instelling, a new contract, a dwelling with huurtoeslag."""
    dwelling = vraag["woning"]
    if vraag["verhuurder"] == "particulier" or vraag["soort"] == "huurder":
        return [NVT]
    if not (dwelling["zelfstandig"] or dwelling.get("aangewezenComplex") or dwelling.get("onvrijeEtage")):
        return [NVT, ONBEKEND] if dwelling.get("aangewezenComplex") is None else [NVT]
    found = alle(_norm(vraag, outcome.uitkomst) for outcome in primaire_doelgroep(vraag))
    if dwelling.get("woonwagen"):
        # Wht 11(3): there is huurtoeslag for a hired woonwagen and none for a standplaats alone; the field says either
        found = alle([found, [NVT, VOORLEGGEN, ONBEKEND]])
    return found


def _norm(vraag: Vraag, primair: str) -> Mag:
    if primair == "nee":
        return [NVT]
    figures = CIJFERS[peildatum(vraag).year]
    people = zonder_onderhuurder(mensen(vraag))
    rent = Decimal(str(vraag["woning"]["kaleHuur"]))
    limit = figures.aftopping[int(len(people) > 2)]
    ordinary = vraag["woning"].get("aangepast") is not True and len(people) < 8  # Wht 13(2)
    if rent > figures.maximum and peildatum(vraag).year <= 2025 and ordinary:
        return [NVT]  # Wht 13(1): no huurtoeslag above it, and so no norm
    if rent <= limit:
        answer = ja(huurgrens=limit)
    elif rent <= figures.maximum and (exception := _ouderen_met_vermogen(vraag, figures, people)):
        answer = exception
    else:
        answer = Antwoord("nee", {"huurgrens": limit})
    if primair == "ja":
        return [answer]  # since 2026 there is huurtoeslag at any rent (Wht 13(1)), and so the norm
    return [answer, ONBEKEND, VOORLEGGEN] if answer.uitkomst == "ja" else [ONBEKEND, VOORLEGGEN]


def _ouderen_met_vermogen(vraag: Vraag, figures: Jaar, people: Sequence[Mens]) -> Antwoord | None:
    """BTIV 54a: a household that consists of people of pension age, with assets above the limit."""
    if not all(person.aow(peildatum(vraag)) for person in people):
        return None
    partners = any(person.rol == "partner" for person in people)
    return VOORLEGGEN if vraag["vermogen"] > figures.vermogen_54a[int(partners)] else None


def vrije_toewijzingsruimte(vraag: Vraag) -> Mag:
    """Woningwet 48(1) and (3), BTIV 59: for who is not in the target group, by the choice of the corporation."""
    if vraag["verhuurder"] == "particulier" or vraag["soort"] == "huurder":
        return [NVT]
    within = {"ja": [NVT], "nee": [VOORLEGGEN, ja(), NEE]}
    return alle(within.get(outcome.uitkomst, [VOORLEGGEN, ONBEKEND]) for outcome in daeb_doelgroep(vraag))
