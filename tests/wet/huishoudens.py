"""Households as they come to a desk, weighted to the exceptions and to both sides of every limit.

Of the same seed always the same household. Nothing here imports the product: names and domains are those of the API.
"""

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from tests.wet.cijfers import (
    AOW_MAANDEN,
    CIJFERS,
    LAGE_HUUR,
    LIBERALISATIE,
    MIDDENHUUR,
    VERLAGING_HALFJAAR,
    VERLAGING_TOT,
)
from tests.wet.mensen import maanden_later

Gegevens = dict[str, Any]
CORPORATIES: Final = ("wetland-wonen", "woonconcept", "andere-corporatie")
# which incomes are known: expected, of last year, of the year before
BEKEND: Final = (
    ("inkomen",), ("inkomen", "inkomenT1"), ("inkomen", "inkomenT1", "inkomenT2"), ("inkomenT1",), ("inkomenT2",),
    ("inkomenT1", "inkomenT2"), ("inkomen", "inkomenT2"),
)  # fmt: skip
LEEFTIJDEN_KIND: Final = (0, 4, 11, 15, 16, 17, 17, 18, 19, 21, 22, 22, 23, 25, 26, 27, 30)
AANVANG: Final = ("1990-06-30", "1994-06-30", "1994-07-01", "2021-12-31", "2023-03-01", "2023-03-02",
           "2024-06-30", "2024-07-01")  # fmt: skip
REDENEN: Final = ("jaarlijks", "woningverbetering", "einde_korting", "nieuw_contract", "ander")


def huishouden(rng: random.Random, jaar: int) -> Gegevens:
    """One complete, ordinary question of ``jaar``."""
    return _Tekening(rng, jaar).vraag()


class _Tekening:
    def __init__(self, rng: random.Random, jaar: int) -> None:
        self.rng, self.jaar, self.cijfers = rng, jaar, CIJFERS[jaar]
        self.peildatum = self._peildatum()

    def kans(self, part: float) -> bool:
        return self.rng.random() < part

    def soms(self, target: Gegevens, key: str, part: float, *values: Any) -> None:
        """Fill in one of ``values`` now and then."""
        if self.kans(part):
            target[key] = self.rng.choice(values)

    def _peildatum(self) -> date:
        year = self.jaar
        edges = [date(year, m, d) for m, d in ((1, 1), (3, 1), (5, 31), (6, 1), (6, 30), (7, 1), (7, 2), (12, 31))]
        if self.kans(0.35):
            return self.rng.choice(edges)
        return date(year, 1, 1) + timedelta(days=self.rng.randint(0, 364))

    def vraag(self) -> Gegevens:
        rng = self.rng
        tenant = self.kans(0.6)
        question: Gegevens = {
            "peildatum": self.peildatum.isoformat(),
            "soort": "huurder" if tenant else "woningzoekende",
            "verhuurder": "particulier" if self.kans(0.15) else rng.choice(CORPORATIES),
        }
        people = self._mensen()
        question["personen"] = people
        question["vermogen"] = self._vermogen(any(p["rol"] == "partner" for p in people))
        self.soms(question, "toetsinkomen", 0.35, "verwacht", "t-1", "t-2")
        self.soms(question, "ingeschreven", 0.2, *[True] * 8, False)
        self.soms(question, "rechtmatigVerblijf", 0.2, *[True] * 12, False)
        self.soms(question, "asielvergunning", 0.15, True, False, False)
        self.soms(question, "zorgindicatie", 0.15, True, False, False)
        if len(people) == 1:
            self.soms(question, "student", 0.12, True, False)
        question["woning"] = self._woning()
        if tenant:
            self._zittend(question)
        return question

    # -- people

    def _geboren(self, age: int) -> date:
        """A birthday with which somebody is so old on 1 January, at the edges now and then."""
        first = date(self.jaar - age - 1, 1, 2)
        if self.kans(0.2):
            return self.rng.choice((first, date(self.jaar - age, 1, 1)))
        if self.kans(0.2):  # a birthday in the month of the question
            return date(self.jaar - age - 1, self.peildatum.month, self.rng.randint(2, 28))
        born = first + timedelta(days=self.rng.randint(0, 364))
        return born if (born.month, born.day) != (2, 29) else date(born.year, 3, 1)

    def _oudere(self) -> date:
        """Around the pension age: of those who reach it this year, or reached it in the last one."""
        year = self.jaar - self.rng.choice((0, 0, 1))
        at_new_year = maanden_later(date(year, 1, 1), -AOW_MAANDEN[year])
        return at_new_year + timedelta(days=self.rng.choice((-1, 0, 1, 20, 59, 89, 91, 120, 180, 240, 300)))

    def _mensen(self) -> list[Gegevens]:
        rng = self.rng
        kind = rng.choices(("volwassen", "oud", "jong"), (5, 3, 3))[0]
        if kind == "jong":
            born = self._geboren(rng.choice((18, 19, 20, 20, 21, 22, 22, 23, 25)))
        elif kind == "oud":
            born = self._oudere() if self.kans(0.6) else self._geboren(rng.randint(69, 85))
        else:
            born = self._geboren(rng.randint(26, 62))
        people: list[Gegevens] = [{"rol": "huurder", "geboortedatum": born}]
        if self.kans(0.45):
            other = born + timedelta(days=rng.randint(-1500, 1500))
            if kind == "jong":
                other = self._geboren(rng.choice((18, 19, 20, 21, 22, 24)))
            elif kind == "oud" and self.kans(0.5):
                other = self._oudere()
            people.append({"rol": "partner", "geboortedatum": other})
        youngest = max(person["geboortedatum"] for person in people)
        oldest_child = self.jaar - youngest.year - 17
        for _ in range(rng.choices((0, 1, 2, 3), (5, 4, 2, 1))[0]):
            ages = [age for age in LEEFTIJDEN_KIND if age < oldest_child]
            if ages:
                people.append({"rol": "kind", "geboortedatum": self._geboren(rng.choice(ages))})
        for role, part in (("medebewoner", 0.12), ("onderhuurder", 0.06)):
            if self.kans(part):
                people.append({"rol": role, "geboortedatum": self._geboren(rng.choice((19, 22, 30, 45, 60, 70)))})
        self._inkomens(people)
        for person in people:
            self._persoon(person, len(people), any(other["rol"] == "medebewoner" for other in people))
            person["geboortedatum"] = person["geboortedatum"].isoformat()
        return people

    def _leeftijd(self, person: Gegevens) -> int:
        born: date = person["geboortedatum"]
        return self.jaar - born.year - ((born.month, born.day) > (1, 1))

    def _inkomens(self, people: list[Gegevens]) -> None:
        """The incomes of the known years: the sum near one of the limits of this household as often as not."""
        rng, figures = self.rng, self.cijfers
        many = int(len(people) > 1)
        by_size = (
            figures.daeb, figures.norminkomen, figures.norminkomen_ouderen, figures.ijkpunt, figures.ijkpunt_ouderen,
            *((2 * one, 2 * more) for one, more in VERLAGING_HALFJAAR.get(self.jaar, ())),
        )  # fmt: skip
        limits = [*(pair[many] for pair in by_size), *figures.iah[many]]
        known = rng.choices(BEKEND, (6, 8, 8, 2, 1, 2, 1))[0]
        adults = [person for person in people if self._leeftijd(person) >= 18]
        level = rng.choice(limits)
        for veld in known:
            index = {"inkomen": Decimal(1), "inkomenT1": figures.index[0], "inkomenT2": figures.index[1]}[veld]
            if veld == "inkomenT1" and self.kans(0.4):
                index = Decimal(1)  # the limits of the increase by income know no index
            near = int(level / index) + rng.choice((-8000, -900, -2, -1, 0, 0, 1, 2, 700, 9000))
            low, high = rng.randint(5_000, 32_000), rng.randint(30_000, 95_000)
            total = rng.choice((near, near, near, low, low, high))
            parts = [rng.random() + 0.1 for _ in adults]
            for person, part in zip(adults, parts, strict=True):
                person[veld] = int(total * part / sum(parts))
            if adults:
                adults[0][veld] += total - sum(person[veld] for person in adults)
            if adults and self.kans(0.05):  # a loss
                lost = rng.choice((500, 4000, 25_000))
                rng.choice(adults)[veld] -= lost
            for person in people:
                if person not in adults and self.kans(0.3):
                    person[veld] = rng.choice((0, -1500, 2500, figures.kind_vrij, figures.kind_vrij + 1, 12_000))
                elif person["rol"] == "kind" and person in adults and self.kans(0.3):
                    person[veld] = rng.choice((0, -3000, *(figures.kind_vrij + more for more in (-1, 0, 600))))

    def _persoon(self, person: Gegevens, size: int, shared: bool) -> None:
        role, age = person["rol"], self._leeftijd(person)
        if role == "kind":
            of_resident = ("van_medebewoner", "van_medebewoner") if shared else ()
            self.soms(person, "soortKind", 0.4 if shared else 0.2, "eigen", "kleinkind", "pleegkind", *of_resident)
            self.soms(person, "onderhouden", 0.6 if age >= 17 else 0.1, True, False, True)
        if role in ("kind", "medebewoner"):
            limit = self.cijfers.vermogen[0]
            self.soms(person, "vermogen", 0.3, 0, 3000, limit - 1, limit, limit + 1, 2 * limit)
            if 16 <= age < 24:
                self.soms(person, "kinderbijslagOfPleegvergoeding", 0.25, True, False)
        if role in ("partner", "kind", "medebewoner"):
            self.soms(person, "heelHetJaar", 0.25, True, False)
            self.soms(person, "ingeschreven", 0.1, True, True, False)
            self.soms(person, "opgenomen", 0.04, True, False)
            self.soms(person, "inwonendOmZorg", 0.04, True, False)
        if age < 24 and role != "onderhuurder":
            self.soms(person, "handicap", 0.15, True, False)
        if size <= 3 and 17 <= age < 30:
            self.soms(person, "studeertVoltijds", 0.3, True, True, False)

    def _vermogen(self, partner: bool) -> int:
        alone, together = self.cijfers.vermogen
        free, free_together = self.cijfers.vermogen_54a
        limit = together if partner else alone
        exempt = free_together if partner else free
        near = (limit - 1, limit, limit + 1, alone, alone + 1, exempt, exempt + 1, 250_000)
        return self.rng.choice(near) if self.kans(0.4) else self.rng.choice((0, 2500, 12_000))

    # -- the dwelling

    def _huur(self) -> float:
        figures, rng = self.cijfers, self.rng
        limits = [figures.kwaliteitskorting, *figures.aftopping, figures.maximum - 40, figures.maximum,
                  Decimal(LAGE_HUUR[self.jaar]), VERLAGING_TOT.get(self.jaar, Decimal("575.03"))]  # fmt: skip
        if self.kans(0.5):
            return float(rng.choice(limits) + rng.choice((Decimal("-0.01"), Decimal(0), Decimal("0.01"), Decimal(-9))))
        return round(rng.uniform(260, 1250), 2)

    def _woning(self) -> Gegevens:
        dwelling: Gegevens = {"kaleHuur": self._huur(), "zelfstandig": not self.kans(0.12)}
        if not dwelling["zelfstandig"]:
            self.soms(dwelling, "aangewezenComplex", 0.9, True, False, False)
            self.soms(dwelling, "onvrijeEtage", 0.15, True, False)
        elif self.kans(0.04):
            dwelling["woonwagen"] = True
        if self.jaar <= 2025:
            costs = (0, 4.5, 11.99, 12, 12.01, 30)
            kinds = ("energie", "schoonmaak", "huismeester", "recreatie")
            dwelling["servicekosten"] = {kind: self.rng.choice(costs) for kind in kinds} if self.kans(0.4) else 0
            self.soms(dwelling, "verworvenRecht", 0.15, True, False)
        else:
            self.soms(dwelling, "servicekosten", 0.3, 0, 25, 60.5)
        self.soms(dwelling, "aangepast", 0.15, True, False)
        return dwelling

    def _zittend(self, question: Gegevens) -> None:
        """What only a sitting tenant has: a contract, a landlord who asks more, an income category."""
        rng, dwelling = self.rng, question["woning"]
        start = self._aanvang(dwelling, date.fromisoformat(question["personen"][0]["geboortedatum"]))
        if dwelling["kaleHuur"] < dwelling.get("huurBijAanvang", 0) and self.kans(0.85):
            dwelling["kaleHuur"] = dwelling["huurBijAanvang"]  # a rent seldom goes down
        day = date(self.jaar, 7, 1)
        if self.kans(0.2):
            months = range(7, 13) if self.jaar == 2022 else range(1, 13)
            day = date(self.jaar, rng.choice(list(months)), 1)
            dwelling["ingangsdatumVoorstel"] = day.isoformat()
        rent = Decimal(str(dwelling["kaleHuur"]))
        if self.peildatum > day and (start is None or start < day):
            rent -= Decimal(rng.choice((0, 0, 5, 12)))
            dwelling["huurVoorRonde"] = float(rent)
        room = rng.choice((-10, 0, 0.01, 4, 17.5, 25, 49.99, 50, 75, 100, 150, 400))
        dwelling["wwsMaximum"] = float(rent + Decimal(str(room)))
        self._vorige(dwelling, start, day)
        question["inkomenscategorie"] = rng.choice(("laag", "midden", "midden", "hoog", "hoog", "geen"))
        self.soms(question, "eerdereIah", 0.4, "geen", "midden", "hoog")
        self.soms(question, "zorggroep", 0.12, True, False, False)
        self.soms(question, "inkomenHalfjaar", 0.3, *self._halfjaar())
        self.soms(dwelling, "allIn", 0.06, True, False)
        self.soms(dwelling, "tijdelijkeKorting", 0.06, True, False)
        self.soms(dwelling, "tijdelijkeVerhuur", 0.08, "geen", "leegstand", "te_koop")
        self.soms(dwelling, "huurverhogingsbeding", 0.08, True, False)
        self.soms(dwelling, "gebrekenVastgesteld", 0.08, True, False)

    def _halfjaar(self) -> list[int]:
        limits = [limit for row in VERLAGING_HALFJAAR.get(self.jaar, ((12000, 16000),)) for limit in row]
        return [limit + more for limit in limits for more in (-1, 0, 1, 4000)]

    def _aanvang(self, dwelling: Gegevens, born: date) -> date | None:
        """When the contract began, and at which rent: around the limit of that day."""
        rng = self.rng
        if self.kans(0.1):
            dwelling["gereguleerd"] = rng.choice((True, True, False)) if dwelling["zelfstandig"] else True
        if self.kans(0.25):
            return None
        first, last = max(date(1986, 1, 1), min(maanden_later(born, 18 * 12), self.peildatum)), self.peildatum
        start = first + timedelta(days=rng.randint(0, (last - first).days))
        if self.kans(0.3):
            start = max(first, date.fromisoformat(rng.choice(AANVANG)))
        elif self.kans(0.15):
            start = last - timedelta(days=rng.randint(0, 400))
        start = min(start, last)
        dwelling["contractVanaf"] = start.isoformat()
        if self.kans(0.6):
            limit = next((amount for day, amount in reversed(LIBERALISATIE) if day <= start), Decimal("300"))
            if start >= date(2024, 7, 1) and self.kans(0.4):
                limit = MIDDENHUUR[min(start.year, 2026)]
            steps = ("-200", "-120", "-0.01", "0.01", "40", "0")
            # in the first year the limit itself was free already (the note of the ministry's table), later it was not
            first_year = start < date(1990, 7, 1)
            dwelling["huurBijAanvang"] = float(limit + Decimal(rng.choice(steps[:5] if first_year else steps)))
        if start < date(1994, 7, 1):
            self.soms(dwelling, "gereedVoorJuli1989", 0.7, True, False)
        return start

    def _vorige(self, dwelling: Gegevens, start: date | None, day: date) -> None:
        if not self.kans(0.45):
            return
        year_ago = maanden_later(day, -12)
        one = timedelta(days=1)
        around = [year_ago, year_ago - one, year_ago + one]
        raised = self.rng.choice([*around, *(maanden_later(day, -months) for months in (24, 4, 1))])
        if raised < day and (start is None or raised >= start):
            dwelling["laatsteVerhoging"] = raised.isoformat()
            self.soms(dwelling, "redenLaatsteVerhoging", 0.5, *REDENEN)
