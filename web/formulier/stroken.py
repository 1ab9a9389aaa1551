"""Income slips: amounts on dated papers, each with its period and how often it comes this year, added up to a year.

They live in the form only. Nothing is filled in for months that were not named: the sum becomes the income of the year
only when the form says that this is all of it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from regels.opmaak import bedrag, maandbedrag
from regels.plekken import pointer_of
from regels.vraag import Fout
from service.invoer.bedragen import Melding, read_amount, read_number
from service.invoer.datums import read_date
from service.invoer.lezen import read_word
from web.raamwerk.teksten import groep, tekst

# how often a period fits in a year; a year amount comes once
PERIODEN: Mapping[str, int] = {"maand": 12, "vier-weken": 13, "jaar": 1}
VELDEN = ("bedrag", "periode", "aantal", "datum", "gezien")
MEEST = 12
VOLLEDIG = "strokenVolledig"
NAAM = re.compile(r"stroken\.(\d{1,2})\.(" + "|".join(VELDEN) + r")", re.ASCII)
_JA = "ja"


@dataclass(frozen=True, slots=True)
class Strook:
    """One slip as it was read: an amount in euros, how often it comes this year, and whether its paper was seen."""

    bedrag: Decimal
    periode: str
    aantal: int
    datum: date | None
    gezien: bool

    @property
    def som(self) -> Decimal:
        """The amount times how often it comes, in euros."""
        return self.bedrag * self.aantal

    @property
    def berekening(self) -> str:
        """The amount, its period and how often it comes, written out."""
        amount, period = maandbedrag(self.bedrag), groep("invoer.periode")[self.periode]
        if self.periode == "jaar":
            return tekst("invoer.strook.eenmaal", bedrag=amount, periode=period)
        return tekst("invoer.strook.keer", bedrag=amount, periode=period, aantal=self.aantal)


@dataclass(frozen=True, slots=True)
class Stroken:
    """The slips of one person. ``inkomen`` is the sum in whole euros, when it is said to be all of the year."""

    regels: tuple[Strook, ...]
    fouten: tuple[Fout, ...]
    volledig: bool

    @property
    def som(self) -> Decimal | None:
        """The sum in euros; None without slips, or when one could not be read."""
        return sum((slip.som for slip in self.regels), Decimal(0)) if self.regels and not self.fouten else None

    @property
    def inkomen(self) -> int | None:
        """The sum in whole euros, cents dropped as the tax office does; None unless it is said to be everything."""
        if self.som is None or not self.volledig:
            return None
        return int(self.som.to_integral_value(rounding=ROUND_FLOOR))

    @property
    def berekening(self) -> str:
        """The computation, written out."""
        parts = [slip.berekening for slip in self.regels]
        return tekst("invoer.strook.som", delen=" + ".join(parts), som=bedrag(self.som or Decimal(0)))


def count_slips(texts: Mapping[str, str], person: int) -> int:
    """How many rows of slips the form has for ``person``."""
    start = f"personen.{person}."
    found = (NAAM.fullmatch(name.removeprefix(start)) for name in texts if name.startswith(start))
    return max((int(match[1]) + 1 for match in found if match), default=0)


def numbered_slips(texts: Mapping[str, str], without: int | None = None) -> dict[str, str]:
    """The names of one person (without its number) with the slips numbered from 0; ``without`` leaves one out."""
    rows: dict[int, dict[str, str]] = {}
    rest: dict[str, str] = {}
    for name, text in texts.items():
        if match := NAAM.fullmatch(name):
            rows.setdefault(int(match[1]), {})[match[2]] = text
        else:
            rest[name] = text
    kept = [rows[index] for index in sorted(rows) if index != without]
    return rest | {f"stroken.{index}.{name}": text for index, row in enumerate(kept) for name, text in row.items()}


def read_slips(texts: Mapping[str, str], person: int) -> Stroken:
    """The slips of ``person`` in the texts of a form; rows without an amount, a count and a date are no slips."""
    slips: list[Strook] = []
    faults: list[Fout] = []
    for index in range(count_slips(texts, person)):
        start = f"personen.{person}.stroken.{index}."
        row = {name: texts.get(start + name, "").strip() for name in VELDEN}
        if not any(row[name] for name in ("bedrag", "aantal", "datum")):
            continue
        read = _read(row)
        if isinstance(read, Strook):
            slips.append(read)
        else:
            faults += [Fout(pointer_of(start + name), fault.tekst) for name, fault in read]
    done = texts.get(f"personen.{person}.{VOLLEDIG}", "") == _JA
    return Stroken(tuple(slips), tuple(faults), done)


def _read(row: Mapping[str, str]) -> Strook | list[tuple[str, Melding]]:
    amount = read_amount(row["bedrag"], verlies=True) if row["bedrag"] else Melding(tekst("invoer.strook.geen_bedrag"))
    period = read_word(row["periode"] or "maand", PERIODEN)
    if isinstance(period, Melding):
        return [("periode", period)]
    count = _count(row["aantal"], period)
    day = read_date(row["datum"]) if row["datum"] else None
    if isinstance(amount, Decimal) and isinstance(count, int) and not isinstance(day, Melding):
        return Strook(amount, period, count, day, row["gezien"] == _JA)
    return list(_faults({"bedrag": amount, "aantal": count, "datum": day}.items()))


def _faults(read: Iterable[tuple[str, object]]) -> Iterator[tuple[str, Melding]]:
    yield from ((name, value) for name, value in read if isinstance(value, Melding))


def _count(text: str, period: str) -> int | Melding:
    most = PERIODEN.get(period, 1)
    if not text:
        return 1 if period == "jaar" else Melding(tekst("invoer.strook.geen_aantal"))
    count = read_number(text)
    if isinstance(count, int) and not 1 <= count <= most:
        return Melding(tekst("invoer.strook.te_vaak", meest=most, periode=groep("invoer.periode").get(period, "")))
    return count
