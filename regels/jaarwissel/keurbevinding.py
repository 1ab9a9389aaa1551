"""A finding about a figure of a new year, and how its values are written."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regels.bestanden import Faults, Item, Place
from regels.eenheden import DATE, TRUTH
from regels.jaarwissel.jaarbestanden import Jaarcijfer
from regels.opmaak import writer
from regels.velden import Waarde

STOP: Final = "stop"
WAARSCHUWING: Final = "waarschuwing"
MELDING: Final = "melding"


@dataclass(frozen=True, slots=True)
class Verwachting:
    """What a formula gives: ``waarde`` as it would be typed in the file (a percentage as 4.1), never filled in.

    ``lezing`` says by which reading of the law, where there are more; ``bron`` names the sources of the formula.
    """

    waarde: Waarde
    lezing: str
    bron: tuple[str, ...]

    @property
    def tekst(self) -> str:
        """The value as it stands in a file."""
        return als_tekst(self.waarde)


@dataclass(frozen=True, slots=True)
class Keurbevinding:
    """Something to look at in what was filled in.

    A ``stop`` must be mended, a ``waarschuwing`` is accepted with a reason, a ``melding`` is only told. ``code`` is the
    same as long as the value and what it was compared with are the same. ``cel`` is empty where there is no table, or
    where it is about the whole figure; ``cijfer`` and ``groep`` are empty where it is about the whole file.
    """

    code: str
    soort: str
    bestand: str
    groep: str
    cijfer: str
    cel: str
    zegt: str
    verwacht: tuple[Verwachting, ...] = ()


def als_tekst(waarde: Waarde) -> str:
    """A value as it stands in a rule file."""
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    return format(waarde, "f") if isinstance(waarde, Decimal) else str(waarde)


def als_getypt(one: Jaarcijfer, value: Waarde) -> Waarde:
    """A value of the language as it is typed: a percentage as 4.1."""
    if not isinstance(value, Decimal) or isinstance(value, bool):
        return value
    return _plain(value * 100 if one.type.percent else value)


def _plain(value: Decimal) -> Decimal:
    """Without zeros behind it, and never with an exponent."""
    return Decimal(format(value.normalize(), "f"))


def toon(one: Jaarcijfer, value: Waarde) -> str:
    """A value of the language as a reader expects it."""
    return writer(one.type)(value)


def toon_getypt(one: Jaarcijfer, typed: Waarde) -> str:
    """A value as it is typed, as a reader expects it."""
    return toon(one, typed / 100 if one.type.percent and isinstance(typed, Decimal) else typed)


def noem(one: Jaarcijfer, cell: str) -> str:
    """What a cell is called."""
    return f"{one.label}, {cell.replace('_', ' ')}" if cell else one.label


def waarom_niet(one: Jaarcijfer, text: str) -> str:
    """Why a text is no value of this kind, in the words of the loader."""
    faults, item = Faults(), Item(Place("", 0), text)
    if one.type == TRUTH:
        faults.word(item, ("ja", "nee"))
    elif one.type == DATE:
        faults.day(item)
    else:
        faults.number(item)
    return faults.found[0].split(": ", 1)[1]


def kenmerk(text: str) -> str:
    """Ten signs that are another for another text."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
