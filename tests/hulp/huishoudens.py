"""Random households, built from the declared fields, so that a new field is tested without anyone thinking of it.

Amounts and dates are drawn close to the limits of the year as often as anywhere else: that is where rules break.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from regels.velden import Veld
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read

HUREN = (
    202.52,
    200.71,
    349.99,
    350.00,
    350.01,
    498.20,
    498.21,
    713.02,
    713.03,
    764.14,
    764.15,
    932.93,
    932.94,
    1219.51,
)
BEDRAGEN = (
    0, 1, 5, 6218, 6219, 23425, 28775, 28776, 29400, 29401, 31500, 38479, 38480, 38650, 39925, 39926, 51537, 51538,
    56910, 56911, 59504, 59505, 68858, 68859, 70149, 76958, 76959, 93531, 93532,
)  # fmt: skip
# the limits of the other years: (basishuur, low rent, quality, low, high, maximum, break-even), and incomes and wealth
HUREN_EERDER: dict[int, tuple[float, ...]] = {
    2022: (237.62, 299.99, 300.00, 394.46, 442.46, 442.47, 633.25, 633.26, 678.66, 678.67, 751.47, 763.47, 763.48),
    2023: (225.54, 299.99, 300.00, 404.20, 452.20, 452.21, 647.19, 647.20, 693.60, 693.61, 796.06, 808.06, 808.07),
    2024: (188.95, 299.99, 300.00, 406.47, 454.47, 454.48, 650.43, 650.44, 697.07, 697.08, 862.07, 879.66, 879.67),
    2025: (199.05, 349.99, 350.00, 429.20, 477.20, 477.21, 682.96, 682.97, 731.93, 731.94, 888.07, 900.07, 900.08),
}
BEDRAGEN_EERDER: dict[int, tuple[int, ...]] = {
    2022: (0, 1, 5110, 5111, 17350, 17351, 19075, 19076, 22500, 22501, 24075, 24076, 25450, 25451, 31747, 31748, 32675,
           32676, 40765, 40766, 45014, 45015, 63494, 63495, 120020, 120021, 151767, 151768),
    2023: (0, 1, 5432, 5433, 19375, 19376, 20500, 20501, 25225, 25226, 25475, 25476, 27275, 27276, 33748, 33749, 34575,
           34576, 44035, 44036, 48625, 48626, 67496, 67497, 127582, 127583, 161329, 161330),
    2024: (0, 1, 5970, 5971, 20700, 20701, 22025, 22026, 26975, 26976, 27725, 27726, 29325, 29326, 36952, 36953, 37625,
           37626, 47699, 47700, 52671, 52672, 73904, 73905, 140213, 140214, 177301, 177302),
    2025: (0, 1, 6042, 6043, 22700, 22701, 28375, 28376, 30450, 30451, 37395, 37396, 38500, 38501, 49669, 49670, 54847,
           54848, 74790, 74791, 141896, 141897, 179429, 179430),
}  # fmt: skip
DAGEN = ("1958-12-31", "1959-01-01", "1959-01-02", "2003-01-01", "2003-01-02", "2004-12-31", "2005-01-01", "2008-01-01")
# written as days of 2026 (they are moved): around the AOW age of 66 years and 7 months, and of 66 years and 10 months
DAGEN_AOW = {
    2022: ("1959-05-31", "1959-06-01", "1959-06-02", "1959-07-01", "1959-12-01"),
    2023: ("1959-02-28", "1959-03-01", "1959-03-02", "1959-08-01", "1959-09-01"),
}
# the asset limits of the huurtoeslag, and what is just under them
VERMOGEN = {
    2022: (31746, 31747), 2023: (33747, 33748), 2024: (36951, 36952), 2025: (37394, 37395), 2026: (38478, 38479),
}  # fmt: skip
# from which day a start rent is held against which limit; of 2024 and later also what is middenhuur
BEGINGRENZEN = (
    ("1989-07-01", 340.34), ("1992-07-01", 392.71), ("1994-07-01", 437.33), ("1997-07-01", 492.35),
    ("2011-01-01", 652.52), ("2013-01-01", 681.02), ("2015-01-01", 710.68), ("2020-01-01", 737.14),
    ("2021-01-01", 752.33), ("2022-01-01", 763.47), ("2023-01-01", 808.06), ("2024-01-01", 879.66),
    ("2025-01-01", 900.07), ("2026-01-01", 932.93),
)  # fmt: skip
PEILDATA = ("2026-01-01", "2026-02-17", "2026-06-30", "2026-07-01", "2026-07-02", "2026-12-31")
Vraagdata = dict[str, Any]


def huishouden(rng: random.Random, *, compleet: bool = True, jaar: int = 2026) -> Vraagdata:
    """A question of ``jaar`` that can be read; ``compleet``: every field is filled in, else some are left out."""
    while True:
        question = _question(rng, 0.0 if compleet else rng.choice([0.05, 0.2, 0.5]), jaar)
        try:
            read(question)
        except VraagFout:
            continue
        return question


def _moved(day: str, years: int) -> str:
    """The same day so many years later."""
    return f"{int(day[:4]) + years}{day[4:]}"


def _question(rng: random.Random, gaps: float, jaar: int) -> Vraagdata:
    question = _group("vraag", rng, gaps, jaar)
    question["peildatum"] = _moved(rng.choice(PEILDATA), jaar - 2026)
    question["huurronde"] = jaar - rng.choice((0, 0, 0, 0, 0, 1, 2))
    question["personen"] = [_person(role, rng, gaps, jaar) for role in _roles(rng)]
    question["woning"] = _group("woning", rng, gaps, jaar)
    if "servicekosten" in question["woning"] and rng.random() < 0.5:
        question["woning"]["servicekosten"] = _group("servicekosten", rng, gaps, jaar)
    _possible(question["woning"], rng, jaar - 2026)
    _increase(question["woning"], question["huurronde"], rng)
    if gaps and rng.random() < 0.1:
        del question[rng.choice(["personen", "woning"])]
    return question


def _possible(dwelling: Vraagdata, rng: random.Random, years: int) -> None:
    """Most contracts began long ago; a rent that was raised in the future is no question."""
    if "contractVanaf" in dwelling:
        began = (
            "1993-05-01",
            "1998-05-01",
            "2016-05-01",
            "2024-03-01",
            "2025-03-01",
            "2026-01-01",
            "2026-02-01",
            "2026-07-01",
        )
        dwelling["contractVanaf"] = _moved(rng.choice(began), years)
    if "laatsteVerhoging" in dwelling:
        raised = ("2023-07-01", "2025-07-01", "2025-07-02", "2026-02-01")
        dwelling["laatsteVerhoging"] = _moved(rng.choice(raised), years)
    if "wwsMaximum" in dwelling and "huurVoorRonde" in dwelling and rng.random() < 0.1:
        room = rng.choice((-0.01, 0, 0.01, 10, 24.99, 25, 49.99, 50))
        dwelling["wwsMaximum"] = round(dwelling["huurVoorRonde"] + room, 2)
    if dwelling.get("contractVanaf", "") >= _moved("2026-07-01", years):
        dwelling.pop("huurVoorRonde", None)
        dwelling.pop("laatsteVerhoging", None)


def _increase(dwelling: Vraagdata, ronde: int, rng: random.Random) -> None:
    """Seldom another day than 1 July; start rents around the limit of their own day; often not told what follows."""
    dwelling.pop("ingangsdatumVoorstel", None)
    if rng.random() < 0.15:
        first = date(ronde, 7, 1)
        days = (first, date(ronde, 9, 1), date(ronde + 1, 1, 1), date(ronde + 1, 2, 1), date(ronde + 1, 6, 30))
        dwelling["ingangsdatumVoorstel"] = rng.choice(days).isoformat()
    began = dwelling.get("contractVanaf", "")
    limits = [limit for day, limit in BEGINGRENZEN if began >= day]
    if "huurBijAanvang" in dwelling and limits and rng.random() < 0.5:
        dwelling["huurBijAanvang"] = round(limits[-1] + rng.choice((-0.01, 0, 0.01, 50)), 2)
    if rng.random() < 0.4:
        dwelling.pop("gereguleerd", None)


def _roles(rng: random.Random) -> list[str]:
    others = [role for role in ("partner",) if rng.random() < 0.5]
    others += rng.choices(("kind", "medebewoner", "onderhuurder"), (5, 2, 1), k=rng.choice((0, 0, 0, 1, 1, 2, 4)))
    return ["huurder", *others]


def _person(role: str, rng: random.Random, gaps: float, jaar: int) -> Vraagdata:
    person = _group("persoon", rng, gaps, jaar)
    person.pop(rng.choice(("geboortedatum", "leeftijd")), None)
    if role in ("huurder", "partner"):
        person.pop("vermogen", None)
    return person | {"rol": role}


def _group(group: str, rng: random.Random, gaps: float, jaar: int) -> Vraagdata:
    fields = [veld for veld in PAKKET.velden.values() if veld.groep == group]
    return {veld.json: _value(veld, rng, jaar) for veld in fields if rng.random() >= gaps}


def _value(veld: Veld, rng: random.Random, jaar: int) -> object:
    if veld.naam in _OFTEN:
        return rng.random() < 0.92
    if veld.naam in _SELDOM:
        return rng.random() < 0.04
    if veld.naam in ("vermogen", "vermogen_bewoner") and rng.random() < 0.7:
        return rng.choice((0, 8000, *VERMOGEN[jaar]))
    if veld.verlies and rng.random() < 0.08:
        return -rng.choice((1, 5000, rng.randint(1, 60_000)))
    if veld.naam == "aangezegd_op":
        return _moved(rng.choice(("2026-04-12", "2026-04-30", "2026-05-01", "2026-05-02")), jaar - 2026)
    if veld.naam == "wws_maximum":
        return round(rng.uniform(300, 3000), 2)
    if veld.naam == "tijdelijke_verhuur" and rng.random() < 0.9:
        return "geen"
    if veld.naam in ("all_in", "tijdelijke_korting"):
        return rng.random() < 0.05
    if veld.naam == "reden_laatste_verhoging" and rng.random() < 0.6:
        return "jaarlijks"
    if veld.naam == "soort":
        return rng.choice(("huurder", "huurder", "huurder", "woningzoekende"))
    if veld.groep == "servicekosten" or (veld.naam == "servicekosten_totaal" and rng.random() < 0.7):
        return rng.choice((0, 4.5, 11.99, 12, 12.01, 30, 47.99, 48, 48.01))
    if veld.naam == "geboortedatum" and rng.random() < 0.5:
        return _moved(rng.choice((*DAGEN, *DAGEN_AOW.get(jaar, ()))), jaar - 2026)
    return _DRAW[veld.soort](veld, rng, jaar)


# what is seldom otherwise, and would hide the rest of the rules if it were
_OFTEN = {
    "ingeschreven", "ingeschreven_persoon", "heel_het_jaar", "rechtmatig_verblijf", "zelfde_huishouden_in_juli",
    "zelfstandig", "gereguleerd", "verzekerd", "kinderbijslag",
}  # fmt: skip
# what would put most households before a person if it were as common as other answers
_SELDOM = {"opgenomen", "inwonend_om_zorg"}


def _amount(veld: Veld, rng: random.Random, jaar: int) -> object:
    return rng.choice(HUREN_EERDER.get(jaar, HUREN)) if rng.random() < 0.5 else round(rng.uniform(150, 1500), 2)


def _whole(veld: Veld, rng: random.Random, jaar: int) -> object:
    if rng.random() < 0.5:
        return rng.choice(BEDRAGEN_EERDER.get(jaar, BEDRAGEN))
    return rng.randint(0, 110_000) if rng.random() < 0.3 else rng.randint(0, 35_000)


def _count(veld: Veld, rng: random.Random, jaar: int) -> object:
    return rng.choice((0, 3, 17, 18, 19, 20, 21, 22, 23, 40, 65, 66, 67, 68, 90))


def _day(veld: Veld, rng: random.Random, jaar: int) -> object:
    while True:
        day = rng.choice(DAGEN)
        if rng.random() < 0.5:
            day = (date(1930, 1, 1) + timedelta(days=rng.randint(0, 35_000))).isoformat()
        if str(veld.minimum) <= day <= str(veld.maximum):
            return day


_DRAW: Mapping[str, Callable[[Veld, random.Random, int], object]] = {
    "bedrag": _amount,
    "heel_bedrag": _whole,
    "aantal": _count,
    "jaartal": lambda veld, rng, jaar: jaar,
    "datum": _day,
    "keuze": lambda veld, rng, jaar: rng.choice(list(veld.waarden)),
    "ja_nee": lambda veld, rng, jaar: rng.random() < 0.12,
}


def facts_of(question: Vraagdata) -> list[tuple[Any, ...]]:
    """The places of everything that is filled in, except who there is and when it is asked."""
    fixed = {"peildatum", "huurronde", "ingangsdatumVoorstel", "rol"}

    def places(value: object, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if isinstance(value, dict):
            return [place for key, child in value.items() for place in places(child, (*path, key))]
        if isinstance(value, list):
            return [place for index, child in enumerate(value) for place in places(child, (*path, index))]
        # the child of another resident may be older than the tenant: without that word it would be no question
        return [] if path[-1] in fixed or value == "van_medebewoner" else [path]

    return places(question, ())


def without(question: Vraagdata, drop: set[tuple[Any, ...]]) -> Vraagdata:
    """``question`` with the facts at ``drop`` left out."""

    def keep(value: object, path: tuple[Any, ...]) -> Any:
        if isinstance(value, dict):
            return {key: keep(child, (*path, key)) for key, child in value.items() if (*path, key) not in drop}
        if isinstance(value, list):
            return [keep(child, (*path, index)) for index, child in enumerate(value)]
        return value

    return keep(question, ())  # type: ignore[no-any-return]


_PLACES = [veld for veld in PAKKET.velden.values() if veld.groep in ("vraag", "woning") and veld.naam != "peildatum"]
_NATIVE: Mapping[str, st.SearchStrategy[Any]] = {
    "bedrag": st.sampled_from(HUREN) | st.decimals(1, 3000, places=2).map(float),
    "heel_bedrag": st.sampled_from(BEDRAGEN) | st.integers(0, 120_000),
    "jaartal": st.integers(2022, 2028),
    "datum": st.dates(date(1990, 1, 1), date(2027, 12, 31)).map(date.isoformat),
    "ja_nee": st.booleans(),
}


def _domain(veld: Veld) -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(veld.waarden)) if veld.waarden else _NATIVE[veld.soort]


@st.composite
def compleet(draw: st.DrawFn) -> Vraagdata:
    """Hypothesis: a complete household, drawn by number, with a few facts changed one by one (these shrink)."""
    question = huishouden(random.Random(draw(st.integers(0, 100_000))))
    for veld in draw(st.lists(st.sampled_from(_PLACES), max_size=4, unique_by=lambda veld: veld.naam)):
        target = question["woning"] if veld.groep == "woning" else question
        if veld.json in target:
            target[veld.json] = draw(_domain(veld))
    if question["woning"]["contractVanaf"] < "2026-07-01":  # then there was a rent to know on 30 June
        question["woning"].setdefault("huurVoorRonde", question["woning"]["kaleHuur"])
    try:
        read(question)
    except VraagFout:
        reject()
    return question


@st.composite
def met_weglating(draw: st.DrawFn) -> tuple[Vraagdata, Vraagdata]:
    """Hypothesis: a household with some facts left out, and the same with one or more of them filled in."""
    full = draw(compleet())
    facts = facts_of(full)
    dropped = draw(st.lists(st.sampled_from(facts), min_size=1, max_size=len(facts), unique=True))
    added = draw(st.sets(st.sampled_from(dropped), min_size=1))
    return without(full, set(dropped)), without(full, set(dropped) - added)


def cents(value: object) -> Decimal:
    """A JSON amount as it is written."""
    return Decimal(str(value))


def gevraagd(question: Vraagdata) -> set[str]:
    """The decisions that are answered: those of a municipality only for its own, which without one is the only one."""
    elsewhere = question.get("gemeente") == "andere-gemeente"
    return {id_ for id_, besluit in PAKKET.besluiten.items() if not (elsewhere and besluit.gemeenten)}
