"""The complete household as symbols: every field a variable within its declared domain, and how fields hang together.

What ``regels.vraag`` refuses (two tenants, a birthday after the peildatum, a rent on 30 June of a contract that began
later) is refused here too; nothing else is. A complete household still leaves out what it cannot know, or says in
another way: that is what a :class:`Geval` is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import z3

from regels.lezers.bewijs.symbolen import JA, NEE, Symbool, Term, bestaat, code, en, kies, niet, of, vast
from regels.regelset import Regelset
from regels.ronde import round_of
from regels.velden import Veld

SOORTEN_KOSTEN = frozenset(
    {"servicekosten_energie", "servicekosten_schoonmaak", "servicekosten_huismeester", "servicekosten_recreatie"}
)
TOTAAL = frozenset({"servicekosten_totaal"})
LEEFTIJD, GEBOREN = "leeftijd_opgave", "geboortedatum"
# a contract that began on or after 1 July has no rent on 30 June and no earlier increase (see regels.vraag)
VOOR_DE_RONDE = frozenset({"huur_voor_ronde", "laatste_verhoging"})
EIGEN_VERMOGEN = ("huurder", "partner")
ELK = -1  # any one resident, who stands for all of them


@dataclass(frozen=True, slots=True)
class Geval:
    """A way in which a household is complete.

    ``weg`` is left out. ``open``: a decision may still wait for something: each resident gives a birthday or an age (an
    age does not tell the month), and a figure that is read on another day need not exist on it. ``later``: the
    contract began after 30 June.
    """

    naam: str
    weg: frozenset[str]
    open: bool = False
    later: bool = False


def gevallen(namen: frozenset[str], *, andere_dag: bool = False, ruimste: bool = False) -> Iterator[Geval]:
    """The ways in which a household can be complete, as far as the fields ``namen`` can tell them apart.

    ``andere_dag``: a figure is read on another day. ``ruimste``: only the cases that hold the others.
    """
    by_age = [("", frozenset({LEEFTIJD}), False)]
    if {LEEFTIJD, GEBOREN} & namen or andere_dag:
        by_age.append(("een leeftijd of cijfer kan ontbreken", frozenset(), True))
    by_age = by_age[-1:] if ruimste else by_age
    costs = [("", SOORTEN_KOSTEN)]
    if namen >= TOTAAL | SOORTEN_KOSTEN:
        costs.append(("servicekosten per soort", TOTAAL))
    start: list[tuple[str, frozenset[str], bool]] = [("", frozenset(), False)]
    if namen & VOOR_DE_RONDE:
        start.append(("contract begon na 30 juni", VOOR_DE_RONDE, True))
    for age, no_age, may_wait in by_age:
        for cost, no_cost in costs:
            for begin, no_begin, later in start:
                name = ", ".join(part for part in (age, cost, begin) if part)
                yield Geval(name, no_age | no_cost | no_begin, may_wait, later)


@dataclass
class Feiten:
    """The variables of one household; ``eisen`` is what holds for them."""

    regels: Regelset
    peildata: tuple[tuple[date, date], ...]
    rondedatum: date
    geval: Geval
    personen: int = 0
    velden: dict[tuple[str, int | None], Symbool] = field(default_factory=dict)
    domein: list[Term] = field(default_factory=list)

    def zeker(self, naam: str) -> bool:
        """Whether this field is known in every household of this case."""
        if self.geval.open and naam in (LEEFTIJD, GEBOREN):
            return False
        return naam not in self.geval.weg and naam != "vermogen_bewoner"

    def veld(self, naam: str, persoon: int | None = None) -> Symbool:
        """The field as a symbol; with its domain the first time."""
        if naam == "rondedatum":
            return vast(self.rondedatum)
        if naam == "huurronde":
            return vast(Decimal(round_of(self.rondedatum)))
        key = (naam, persoon)
        if key not in self.velden:
            veld = self.regels.velden[naam]
            self.velden[key] = self.variabele(veld, naam if persoon is None else f"{naam}.{persoon}")
            self.velden[key] = Symbool(self.velden[key].delen, self._bekend(naam, persoon))
        return self.velden[key]

    def variabele(self, veld: Veld, naam: str) -> Symbool:
        if veld.soort == "ja_nee":
            return Symbool((z3.Bool(naam),))
        if veld.soort == "keuze":
            word = z3.Int(naam)
            self.domein.append(z3.Or(*(word == code(value) for value in veld.waarden)))
            return Symbool((word,))
        if veld.soort == "datum":
            return self._dag(veld, naam)
        assert isinstance(veld.minimum, Decimal) and isinstance(veld.maximum, Decimal)
        number, scale = z3.Int(naam), 100 if veld.soort == "bedrag" else 1
        self.domein += [number >= int(veld.minimum * scale), number <= int(veld.maximum * scale)]
        return Symbool((z3.ToReal(number) / scale if scale > 1 else z3.ToReal(number),))

    def _dag(self, veld: Veld, naam: str) -> Symbool:
        day = Symbool(tuple(z3.Int(f"{naam}.{part}") for part in ("jaar", "maand", "dag")))
        assert isinstance(veld.minimum, date) and isinstance(veld.maximum, date)
        ranges = self.peildata if veld.naam == "peildatum" else ((veld.minimum, veld.maximum),)
        self.domein += [
            bestaat(day),
            z3.Or(*(en(day.term >= vast(first).term, day.term <= vast(last).term) for first, last in ranges)),
        ]
        return day

    def _bekend(self, naam: str, persoon: int | None) -> Term:
        if naam in self.geval.weg:
            return NEE
        if self.geval.open and naam in (LEEFTIJD, GEBOREN):
            age = z3.Bool(f"met_leeftijd.{persoon}")
            return age if naam == LEEFTIJD else niet(age)
        if naam == "vermogen_bewoner":
            return niet(self.rol(persoon, *EIGEN_VERMOGEN))
        return JA

    def rol(self, persoon: int | None, *rollen: str) -> Term:
        """Whether this resident has one of these roles."""
        role = self.veld("rol", persoon).term
        return of(*(role == code(word) for word in rollen))

    def eisen(self) -> list[Term]:
        """Everything that holds for the variables that are in use."""
        together = [*self._bewoners(), *self._contract()]
        return [*self.domein, *together]  # after the rest: what hangs together may bring in fields of its own

    def _bewoners(self) -> Iterator[Term]:
        for persoon in range(self.personen):
            if persoon == 0:
                yield self.rol(0, "huurder")
            else:
                yield niet(self.rol(persoon, "huurder"))
        for one in range(1, self.personen):
            for other in range(one + 1, self.personen):
                yield niet(en(self.rol(one, "partner"), self.rol(other, "partner")))
        yield from self._kinderen()
        for (naam, _), day in list(self.velden.items()):
            if naam == GEBOREN:
                yield of(niet(day.bekend), day.term <= self.veld("peildatum").term)

    def _kinderen(self) -> Iterator[Term]:
        """A child is younger than the tenant or the partner, where everyone's age is in use."""
        everyone = range(self.personen)
        if not all({(GEBOREN, persoon), (LEEFTIJD, persoon)} & set(self.velden) for persoon in everyone):
            return
        for kind in everyone[1:]:
            yield of(
                niet(self.rol(kind, "kind")),
                self.veld("soort_kind", kind).term == code("van_medebewoner"),
                *(
                    en(self.rol(ouder, "huurder", "partner"), self._leeftijd(kind) < self._leeftijd(ouder))
                    for ouder in everyone
                    if ouder != kind
                ),
            )

    def _leeftijd(self, persoon: int) -> Term:
        """The age on 1 January, as ``regels.vraag`` counts it."""
        born, age = self.veld(GEBOREN, persoon), self.veld(LEEFTIJD, persoon)
        year, month, day = born.delen
        later = kies(en(month == 1, day == 1), z3.IntVal(0), z3.IntVal(1))
        by_day = self.veld("peildatum").delen[0] - year - later
        return kies(born.bekend, z3.ToReal(by_day), age.term)

    def _contract(self) -> Iterator[Term]:
        used = {naam for naam, _ in self.velden}
        if not self.geval.later and not used & {"contract_vanaf", *VOOR_DE_RONDE}:
            return
        tenant = self.veld("soort").term == code("huurder")
        start, round_ = self.veld("contract_vanaf").term, vast(self.rondedatum).term
        yield of(niet(tenant), start <= self.veld("peildatum").term)
        if self.geval.later:
            yield en(tenant, start >= round_)
        elif used & VOOR_DE_RONDE:
            # without a rent on 30 June and an earlier increase it makes no difference when the contract began
            raised = self.veld("laatste_verhoging").term
            yield of(niet(tenant), en(start <= raised, raised < round_, start < round_))
