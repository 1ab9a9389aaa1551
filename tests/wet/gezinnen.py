"""Households for the schemes: those of ``huishoudens`` with birthdays, incomes and assets around the limits of schemes.

Of the same seed always the same household.
"""

import random
from datetime import date
from decimal import Decimal

from tests.wet.huishoudens import Gegevens, huishouden
from tests.wet.mensen import maanden_later
from tests.wet.regelingcijfers import NORMEN, TOESLAGEN, VERMOGEN_PW, Toeslagjaar

# around these birthdays an amount starts, changes or ends; and around 27 who can be a partner, or shares costs
VERJAARDAGEN = (0, 12, 12, 16, 16, 18, 18, 21, 27)


def gezin(rng: random.Random, jaar: int) -> Gegevens:
    """One complete question of ``jaar``."""
    question = huishouden(rng, jaar)
    day = date.fromisoformat(question["peildatum"])
    question.pop("toetsinkomen", None)
    people, figures = question["personen"], TOESLAGEN[jaar]
    if rng.random() < 0.45:
        born = max(date.fromisoformat(person["geboortedatum"]) for person in people[:2] if person["rol"] != "kind")
        oldest = day.year - born.year - 17
        for _ in range(rng.choice((1, 1, 2, 3, 5))):
            people.append({"rol": "kind", "geboortedatum": _jarig(rng, day, oldest).isoformat()})
    for person in people[1:]:
        if rng.random() < 0.3 and person["rol"] == "kind":
            oldest = day.year - date.fromisoformat(people[0]["geboortedatum"]).year - 17
            person["geboortedatum"] = _jarig(rng, day, oldest).isoformat()
    if rng.random() < 0.08:
        # of whom nearly nobody rents a home: who becomes of age around this day
        people[0]["geboortedatum"] = _rond(rng, day, 18).isoformat()
        del people[1:]
    _inkomens(rng, people, figures)
    if rng.random() < 0.35:
        near = [limit + more for limit in figures.vermogen for more in (-1, 0, 1)]
        question["vermogen"] = rng.choice(near)
    for person in people:
        if person["rol"] in ("kind", "medebewoner") and rng.random() < 0.15:
            person["vermogen"] = rng.choice((0, figures.vermogen[0] - 1, figures.vermogen[0], figures.vermogen[0] + 1))
    for person in people:
        _toeslagen(rng, person, any(other["rol"] == "partner" for other in people))
    _minima(rng, question)
    return question


def _toeslagen(rng: random.Random, person: Gegevens, paar: bool) -> None:
    """What only zorgtoeslag and kindgebonden budget ask of a person, told now and then."""
    if person["rol"] in ("partner", "kind", "medebewoner") and rng.random() < 0.15:
        usual = "wel" if person["rol"] == "partner" else "geen"
        # beside a partner nobody else is one
        other = ("geen",) if paar and person["rol"] != "partner" else ("wel", "geen", "onzeker")
        person["toeslagpartner"] = rng.choice((usual, usual, *other))
    if rng.random() < 0.12:
        person["verzekerd"] = rng.random() < 0.5
    if person["rol"] == "kind" and rng.random() < 0.2:
        person["kinderbijslag"] = rng.random() < 0.6


def _minima(rng: random.Random, question: Gegevens) -> None:
    """What only the schemes beside social assistance ask, as often told as not."""
    day = date.fromisoformat(question["peildatum"])
    for name, part in (("inInstelling", 0.1), ("volledigeAow", 0.6), ("student", 0.2), ("drieJaarLaagInkomen", 0.6),
                       ("inkomenstoeslagGehad", 0.4)):  # fmt: skip
        if rng.random() < 0.7:
            question[name] = rng.random() < part
    if rng.random() < 0.9:
        limits = [float(norm) for norm in NORMEN[day.year, 1 + (day.month > 6)]]
        question["nettoMaandinkomen"] = round(rng.choice((0, 900, *limits, *(1.3 * limit for limit in limits))), 2)
        question["inclusiefVakantiegeld"] = rng.random() < 0.5
    if rng.random() < 0.25 and day.year in VERMOGEN_PW:
        question["vermogen"] = rng.choice([limit + more for limit in VERMOGEN_PW[day.year] for more in (-1, 0, 1)])


def _rond(rng: random.Random, day: date, age: int) -> date:
    """A birthday with which somebody becomes so old in this month, the one before or the one after."""
    near = maanden_later(day.replace(day=1), rng.choice((-1, 0, 0, 1)))
    return date(near.year - age, near.month, rng.choice((1, 2, 10, 15, 27, 28)))


def _jarig(rng: random.Random, day: date, oldest: int) -> date:
    """A child around one of its birthdays as often as not; nobody is born after the day of the question."""
    if rng.random() < 0.6:
        ages = [age for age in VERJAARDAGEN if age < oldest]
        if ages:
            return min(_rond(rng, day, rng.choice(ages)), day)
    return maanden_later(day, -rng.randint(0, max(1, min(12 * oldest, 12 * 17) - 1)))


def _inkomens(rng: random.Random, people: list[Gegevens], figures: Toeslagjaar) -> None:
    """The incomes of the year: around the thresholds, where nothing is left, and anywhere between."""
    paar = any(person["rol"] == "partner" for person in people)
    ends = [figures.drempel, figures.drempel + figures.drempel_partner, _op(figures, False), _op(figures, True)]
    for person in people:
        if person["rol"] in ("huurder", "partner") or person.get("inkomen") is not None or rng.random() < 0.8:
            total = rng.choice(ends) + rng.choice((-3000, -200, -2, -1, 0, 1, 2, 150, 2000))
            draw = rng.choice((total, total, rng.randint(0, 60_000), rng.randint(0, 130_000), 0, -4000))
            person["inkomen"] = int(draw)
    if paar:
        # together at the limit of a couple
        tenant, partner = people[0], next(person for person in people if person["rol"] == "partner")
        if rng.random() < 0.6:
            together = rng.choice(ends) + rng.choice((-9000, -400, -1, 0, 1, 300, 5000))
            partner["inkomen"] = rng.choice((0, together // 3, together // 2, together + 2500))
            tenant["inkomen"] = together - partner["inkomen"]


def _op(figures: Toeslagjaar, paar: bool) -> int:
    """About where the zorgtoeslag ends."""
    rest = figures.standaardpremie * (1 + paar) - figures.norm[paar] * figures.drempel / 100 - Decimal(24)
    return int(figures.drempel + rest * 100 / figures.afbouw_zorg)
