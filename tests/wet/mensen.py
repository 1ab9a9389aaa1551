"""Who lives there: ages by the calendar, and who belongs to which household."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.wet.antwoord import Vraag
from tests.wet.cijfers import AOW_MAANDEN, AOW_VOOR_2019


def dag(text: str) -> date:
    return date.fromisoformat(text)


def peildatum(vraag: Vraag) -> date:
    return dag(vraag["peildatum"])


def maanden_later(day: date, months: int) -> date:
    """The same day so many months later; a day that is not there becomes the first after it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return date(year, month + 2, 1)


@dataclass(frozen=True)
class Mens:
    """One resident of the question."""

    feiten: Mapping[str, Any]
    jaar: int

    @property
    def rol(self) -> str:
        return str(self.feiten["rol"])

    @property
    def soort_kind(self) -> str:
        return str(self.feiten.get("soortKind") or "eigen")

    def leeftijd(self, op: date) -> int:
        """The age on a day; who gave an age gave that of 1 January and is drawn where that makes no difference."""
        if "leeftijd" in self.feiten:
            return int(self.feiten["leeftijd"])
        born = dag(self.feiten["geboortedatum"])
        return op.year - born.year - ((op.month, op.day) < (born.month, born.day))

    def op_1_januari(self) -> int:
        return self.leeftijd(date(self.jaar, 1, 1))

    def aow(self, op: date) -> bool:
        """Whether the pension age has been reached, at the age that held in the year it was reached (AOW 7a(1))."""
        if "leeftijd" in self.feiten:
            return self.op_1_januari() >= 68
        born = dag(self.feiten["geboortedatum"])
        if maanden_later(born, AOW_VOOR_2019) < date(2019, 1, 1):
            return True
        years = [year for year in AOW_MAANDEN if year <= op.year]
        return any(maanden_later(born, AOW_MAANDEN[year]) <= min(op, date(year, 12, 31)) for year in years)

    def inkomen(self, veld: str) -> int | None:
        """The income of a year; a child under age of which nothing is said has none (said in the answer)."""
        value = self.feiten.get(veld)
        if value is None and self.rol == "kind" and self.op_1_januari() < 18:
            return 0
        return value

    def ja(self, veld: str) -> bool:
        return self.feiten.get(veld) is True


def mensen(vraag: Vraag) -> list[Mens]:
    return [Mens(person, peildatum(vraag).year) for person in vraag["personen"]]


def zonder_onderhuurder(people: Sequence[Mens]) -> list[Mens]:
    return [person for person in people if person.rol != "onderhuurder"]


def soort_huishouden(people: Sequence[Mens]) -> int:
    """0 for one person, 1 for more; a subtenant is no part of it (Wht 2)."""
    return int(len(zonder_onderhuurder(people)) > 1)
