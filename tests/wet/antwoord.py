"""What the law permits as an answer to a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

Vraag = Mapping[str, Any]
HALVE_CENT = Decimal("0.005")


# a list has one amount for each resident, in the order of the question; None for whom it is not about
Waarde = Decimal | Sequence[Decimal | None]


def _gelijk(said: object, value: Waarde | None) -> bool:
    if isinstance(value, Decimal):
        return isinstance(said, Decimal | int) and abs(said - value) < HALVE_CENT
    if value is None:
        return said is None
    return isinstance(said, list) and len(said) == len(value) and all(map(_gelijk, said, value))


@dataclass(frozen=True)
class Antwoord:
    """One outcome, and the values that must then be there."""

    uitkomst: str
    waarden: Mapping[str, Waarde] = field(default_factory=dict)

    def is_gelijk(self, uitkomst: str, waarden: Mapping[str, Any]) -> bool:
        """Whether an answer is this one; an amount may differ less than half a cent."""
        return uitkomst == self.uitkomst and all(
            _gelijk(waarden.get(name), value) for name, value in self.waarden.items()
        )

    def __str__(self) -> str:
        values = ", ".join(f"{name} {value}" for name, value in self.waarden.items())
        return f"{self.uitkomst} ({values})" if values else self.uitkomst


Mag = list[Antwoord]


def ja(**waarden: Waarde | int) -> Antwoord:
    return Antwoord(
        "ja", {name: Decimal(value) if isinstance(value, int) else value for name, value in waarden.items()}
    )


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
