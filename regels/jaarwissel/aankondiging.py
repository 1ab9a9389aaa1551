"""From whom a figure comes."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Aankondiging:
    """From whom a figure comes, where it is published, and by which days of a year: the last before its window."""

    naam: str
    van: str
    waar: str
    adres: str
    uiterlijk: tuple[tuple[int, int], ...]
    toelichting: str

    def dag(self, vanaf: date) -> date:
        """The last such day before ``vanaf``."""
        days = (date(year, month, day) for year in (vanaf.year - 1, vanaf.year) for month, day in self.uiterlijk)
        return max(day for day in days if day < vanaf)
