"""What comes out when many households are put to two rule sets: counts and amounts, and no household.

Counts are of households, by their weight. ``None`` where a count is under ``minstens`` and not zero: of so few nothing
is said.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Uitkomstwissel:
    """How many households go from one outcome to another."""

    van: str
    naar: str
    huishoudens: int | None


@dataclass(frozen=True, slots=True)
class Bedragklasse:
    """How many households have an amount from ``vanaf`` up to (not including) ``tot``, before and after."""

    vanaf: Decimal
    tot: Decimal
    voor: int | None
    na: int | None


@dataclass(frozen=True, slots=True)
class Bedrageffect:
    """What becomes of the amount of a decision.

    Of the households with an amount on both sides: how many get the same, more or less, and the mean before and after;
    ``erbij`` and ``weg`` have one on one side only.
    """

    naam: str
    eenheid: str
    gelijk: int | None
    hoger: int | None
    lager: int | None
    erbij: int | None
    weg: int | None
    gemiddeld_voor: Decimal | None
    gemiddeld_na: Decimal | None
    verdeling: tuple[Bedragklasse, ...]


@dataclass(frozen=True, slots=True)
class Groepeffect:
    """A group of households: how many, how many get another outcome or amount, and what the amount moves on average."""

    groep: str
    huishoudens: int | None
    anders: int | None
    verschil: Decimal | None


@dataclass(frozen=True, slots=True)
class Indeling:
    """One way to part the households."""

    naam: str
    groepen: tuple[Groepeffect, ...]


@dataclass(frozen=True, slots=True)
class Rijvoorbeeld:
    """A household that gets another answer, by its row in the table only."""

    rij: int
    van: str
    naar: str
    voor: Decimal | None
    na: Decimal | None


@dataclass(frozen=True, slots=True)
class Besluiteffect:
    """One decision: for how many households it comes out otherwise, and how."""

    besluit: str
    titel: str
    anders: int | None
    wissels: tuple[Uitkomstwissel, ...]
    bedrag: Bedrageffect | None
    indelingen: tuple[Indeling, ...]
    voorbeelden: tuple[Rijvoorbeeld, ...]


@dataclass(frozen=True, slots=True)
class Kosten:
    """What a year costs, in whole euros, of the households whose rent and huurtoeslag are known on every side.

    ``huur`` goes to the landlord, ``huurder`` is that less ``toeslag``; ``nieuw`` is how many of the
    ``huishoudens`` get a new rent by the policy.
    """

    naam: str
    huishoudens: int
    nieuw: int | None
    huur: int
    toeslag: int

    @property
    def huurder(self) -> int:
        """What tenants pay themselves."""
        return self.huur - self.toeslag


@dataclass(frozen=True, slots=True)
class Varianteffect:
    """The effect of one new set: for how many households anything changes, decision by decision."""

    naam: str
    peildatum: date
    anders: int | None
    besluiten: tuple[Besluiteffect, ...]
    kosten: Kosten | None


@dataclass(frozen=True, slots=True)
class Effect:
    """All that is known of the difference: ``oud`` is what the ``varianten`` are compared with.

    ``bron`` says which households these are; ``illustratief`` that they are made up from statistics.
    """

    oud: str
    peildatum: date
    huishoudens: int
    rijen: int
    minstens: int
    bron: str
    illustratief: bool
    kosten: Kosten | None
    varianten: tuple[Varianteffect, ...]
