"""What the law permits as an answer to a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Vraag = Mapping[str, Any]
HALVE_CENT = Decimal("0.005")


@dataclass(frozen=True)
class Antwoord:
    """One outcome, and the values that must then be there."""

    uitkomst: str
    waarden: Mapping[str, Decimal] = field(default_factory=dict)

    def is_gelijk(self, uitkomst: str, waarden: Mapping[str, Any]) -> bool:
        """Whether an answer is this one; an amount may differ less than half a cent."""
        return uitkomst == self.uitkomst and all(
            isinstance(waarden.get(name), Decimal | int) and abs(waarden[name] - value) < HALVE_CENT
            for name, value in self.waarden.items()
        )

    def __str__(self) -> str:
        values = ", ".join(f"{name} {value}" for name, value in self.waarden.items())
        return f"{self.uitkomst} ({values})" if values else self.uitkomst


Mag = list[Antwoord]


def ja(**waarden: Decimal | int) -> Antwoord:
    return Antwoord("ja", {name: Decimal(value) for name, value in waarden.items()})


NEE = Antwoord("nee")
NVT = Antwoord("niet_van_toepassing")
VOORLEGGEN = Antwoord("voorleggen")
ONBEKEND = Antwoord("onbekend")
GEEN_REGELS = Antwoord("geen_regels")


def alle(lezingen: Iterable[Mag]) -> Mag:
    """Every answer of every reading, each once."""
    found: Mag = []
    for answers in lezingen:
        found += [answer for answer in answers if answer not in found]
    return found


def is_toegestaan(mag: Mag, uitkomst: str, waarden: Mapping[str, Any]) -> bool:
    """Whether one of the permitted answers is the one that was given."""
    return any(answer.is_gelijk(uitkomst, waarden) for answer in mag)
