"""Random households, built from the declared fields, so that a new field is tested without anyone thinking of it.

Amounts and dates are drawn close to the limits of 2026 as often as anywhere else: that is where rules break.
"""

import random
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from regels.velden import Veld, velden
from regels.vraag import VraagFout, read

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
DAGEN = ("1958-12-31", "1959-01-01", "1959-01-02", "2003-01-01", "2003-01-02", "2004-12-31", "2005-01-01", "2008-01-01")
PEILDATA = ("2026-01-01", "2026-02-17", "2026-06-30", "2026-07-01", "2026-07-02", "2026-12-31")
Vraagdata = dict[str, Any]


def huishouden(rng: random.Random, *, compleet: bool = True) -> Vraagdata:
    """A question that can be read; ``compleet``: with every field filled in, else with some left out."""
    while True:
        question = _question(rng, 0.0 if compleet else rng.choice([0.05, 0.2, 0.5]))
        try:
            read(question)
        except VraagFout:
            continue
        return question


def _question(rng: random.Random, gaps: float) -> Vraagdata:
    question = _group("vraag", rng, gaps)
    question["peildatum"] = rng.choice(PEILDATA)
    question["huurronde"] = rng.choice((2026, 2026, 2026, 2026, 2026, 2025, 2024))
    question["personen"] = [_person(role, rng, gaps) for role in _roles(rng)]
    question["woning"] = _group("woning", rng, gaps)
    if "servicekosten" in question["woning"] and rng.random() < 0.5:
        question["woning"]["servicekosten"] = _group("servicekosten", rng, gaps)
    _possible(question["woning"], rng)
    if gaps and rng.random() < 0.1:
        del question[rng.choice(["personen", "woning"])]
    return question


def _possible(dwelling: Vraagdata, rng: random.Random) -> None:
    """Most contracts began long ago; a rent that was raised in the future is no question."""
    if "contractVanaf" in dwelling:
        dwelling["contractVanaf"] = rng.choice(("1998-05-01", "2024-03-01", "2026-01-01", "2026-02-01", "2026-07-01"))
    if "laatsteVerhoging" in dwelling:
        dwelling["laatsteVerhoging"] = rng.choice(("2023-07-01", "2025-07-01", "2025-07-02", "2026-02-01"))
    if dwelling.get("contractVanaf", "") >= "2026-07-01":
        dwelling.pop("huurVoorRonde", None)
        dwelling.pop("laatsteVerhoging", None)


def _roles(rng: random.Random) -> list[str]:
    others = [role for role in ("partner",) if rng.random() < 0.5]
    others += rng.choices(("kind", "medebewoner", "onderhuurder"), (5, 2, 1), k=rng.choice((0, 0, 0, 1, 1, 2, 4)))
    return ["huurder", *others]


def _person(role: str, rng: random.Random, gaps: float) -> Vraagdata:
    person = _group("persoon", rng, gaps)
    person.pop(rng.choice(("geboortedatum", "leeftijd")), None)
    if role in ("huurder", "partner"):
        person.pop("vermogen", None)
    return person | {"rol": role}


def _group(group: str, rng: random.Random, gaps: float) -> Vraagdata:
    fields = [veld for veld in velden().values() if veld.groep == group]
    return {veld.json: _value(veld, rng) for veld in fields if rng.random() >= gaps}


def _value(veld: Veld, rng: random.Random) -> object:
    if veld.naam in _OFTEN:
        return rng.random() < 0.92
    if veld.naam in ("vermogen", "vermogen_bewoner") and rng.random() < 0.7:
        return rng.choice((0, 8000, 38478, 38479))
    if veld.naam == "aangezegd_op":
        return rng.choice(("2026-04-12", "2026-04-30", "2026-05-01", "2026-05-02"))
    if veld.naam == "wws_maximum":
        return round(rng.uniform(300, 3000), 2)
    if veld.naam == "soort":
        return rng.choice(("huurder", "huurder", "huurder", "woningzoekende"))
    return _DRAW[veld.soort](veld, rng)


# what is seldom otherwise, and would hide the rest of the rules if it were
_OFTEN = {"ingeschreven", "rechtmatig_verblijf", "zelfde_huishouden_in_juli", "zelfstandig", "gereguleerd"}


def _amount(veld: Veld, rng: random.Random) -> object:
    return rng.choice(HUREN) if rng.random() < 0.5 else round(rng.uniform(150, 1500), 2)


def _whole(veld: Veld, rng: random.Random) -> object:
    if rng.random() < 0.5:
        return rng.choice(BEDRAGEN)
    return rng.randint(0, 110_000) if rng.random() < 0.3 else rng.randint(0, 35_000)


def _count(veld: Veld, rng: random.Random) -> object:
    return rng.choice((0, 3, 17, 18, 19, 20, 21, 22, 23, 40, 66, 67, 68, 90))


def _day(veld: Veld, rng: random.Random) -> object:
    if rng.random() < 0.5:
        return rng.choice(DAGEN)
    return (date(1930, 1, 1) + timedelta(days=rng.randint(0, 35_000))).isoformat()


_DRAW: Mapping[str, Callable[[Veld, random.Random], object]] = {
    "bedrag": _amount,
    "heel_bedrag": _whole,
    "aantal": _count,
    "jaartal": lambda veld, rng: 2026,
    "datum": _day,
    "keuze": lambda veld, rng: rng.choice(list(veld.waarden)),
    "ja_nee": lambda veld, rng: rng.random() < 0.12,
}


def facts_of(question: Vraagdata) -> list[tuple[Any, ...]]:
    """The places of everything that is filled in, except who there is and when it is asked."""
    fixed = {"peildatum", "huurronde", "rol"}

    def places(value: object, path: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        if isinstance(value, dict):
            return [place for key, child in value.items() for place in places(child, (*path, key))]
        if isinstance(value, list):
            return [place for index, child in enumerate(value) for place in places(child, (*path, index))]
        return [] if path[-1] in fixed else [path]

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


_PLACES = [veld for veld in velden().values() if veld.groep in ("vraag", "woning") and veld.naam != "peildatum"]
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
