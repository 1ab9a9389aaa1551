"""Why an amount is what it is, in at most five lines: those of ``teksten.yaml``, as far as they add up."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regels.opmaak import bedrag, maandbedrag
from regels.regelset import Regelset
from regels.rekening import HOOGSTENS, Rekening, Rekenregel, filled
from regels.stappen import AANGENOMEN
from regels.uitslag import Conclusie
from service.invoer.bedragen import read_amount

_MONTHS: Final = 12
_CENT: Final = Decimal("0.01")
# what the lines may differ together by being written in whole cents
_ROUNDED: Final = Decimal("0.02")
_EURO: Final = Decimal(1)


@dataclass(frozen=True, slots=True)
class Waaromregel:
    """A line: words, how it counts (``plus``, ``min``, ``is`` or ``dus``; the first one has no sign) and the amount."""

    tekst: str
    teken: str
    bedrag: str


@dataclass(frozen=True, slots=True)
class Waarom:
    """The sum, with what comes out last, or else the first reasons; ``verder`` are the other reasons."""

    som: tuple[Waaromregel, ...]
    redenen: tuple[str, ...]
    verder: tuple[str, ...]


def why(regels: Regelset, conclusie: Conclusie) -> Waarom:
    """The first sum of this decision of which everything is known and that adds up; else its reasons."""
    sums = regels.teksten.van(conclusie.id).waarom
    known = _known(conclusie) if sums else {}
    reasons = tuple(dict.fromkeys(reden.tekst for reden in conclusie.redenen if reden.tekst != conclusie.tekst))
    for one in sums:
        if (not one.bij or known.get(one.bij) == "ja") and (lines := _lines(one, conclusie, known)):
            return Waarom(lines, (), reasons)
    return Waarom((), reasons[:HOOGSTENS], reasons[HOOGSTENS:])


def _known(conclusie: Conclusie) -> dict[str, str]:
    """Every value and step of the answer as it is written, by its name; the cell of a figure as ``figure[key]`` too."""
    found: dict[str, str] = {}
    for step in conclusie.stappen:
        if step.persoon is None:
            value = step.waarde.removesuffix(AANGENOMEN)
            found.setdefault(step.naam, value)
            key = step.label.rpartition("(")[2].removesuffix(")").replace(" ", "_")
            found.setdefault(f"{step.naam}[{key}]", value)
    return found | {shown.naam: shown.tekst for shown in conclusie.weergave}


def _lines(one: Rekening, conclusie: Conclusie, known: Mapping[str, str]) -> tuple[Waaromregel, ...]:
    """The lines of a sum; none when a value is not known or it does not add up."""
    parts: list[_Deel] = []
    after: list[Waaromregel | None] = []
    for line in one.regels:
        if line.teken == "dus":
            after.append(_line(line, line.tekst, known.get(line.bedrag), known))
        elif line.teken == "is":
            after.append(_result(line, parts, conclusie, known))
        elif not (line.mag_ontbreken and line.bedrag not in known):
            amount = _amount(line.bedrag, conclusie, known)
            if amount is None:
                return ()
            cents = line.per_maand or "," in known[line.bedrag]
            amount = (amount / _MONTHS if line.per_maand else amount).quantize(_CENT)
            if amount or not parts:  # what adds nothing needs no line; the first says what it begins with
                parts.append(_Deel(line, amount, cents))
    if len(parts) == 1 and conclusie.uitkomst != "ja":
        return ()  # one amount alone is no reason why not
    lines = [*(part.written(known, first=part is parts[0]) for part in parts), *after]
    return tuple(line for line in lines if line) if None not in lines else ()


@dataclass(slots=True)
class _Deel:
    """An amount that counts, in whole cents; ``cents``: it is written with them."""

    line: Rekenregel
    amount: Decimal
    cents: bool

    @property
    def counts(self) -> Decimal:
        return -self.amount if self.line.teken == "min" else self.amount

    def written(self, known: Mapping[str, str], *, first: bool) -> Waaromregel | None:
        return _line(self.line, self.line.tekst, _euros(self.amount, self.cents), known, first=first)


def _line(
    line: Rekenregel, text: str, written: str | None, known: Mapping[str, str], *, first: bool = False
) -> Waaromregel | None:
    """A line with its words; None when a value in them is not known."""
    try:
        return Waaromregel(filled(text, known), "" if first else line.teken, written) if written else None
    except KeyError:
        return None


def _result(line: Rekenregel, parts: list[_Deel], conclusie: Conclusie, known: Mapping[str, str]) -> Waaromregel | None:
    """What comes out; None when the lines before do not make it."""
    total = sum((part.counts for part in parts), Decimal(0))
    cents = any(part.cents for part in parts)
    stated = _amount(line.bedrag, conclusie, known) if line.bedrag else total
    if stated is None or (stated < 0 and not line.onder_nul) or not (stated or line.bedrag or line.onder_nul):
        return None
    if line.bedrag:
        whole = "," not in known[line.bedrag]
        # of a monthly amount in whole euros the cents fell off
        lost = min(max(total - stated, Decimal(0)), _EURO - _CENT if cents and whole else Decimal(0))
        short = stated + lost - total
        if abs(short) > (_ROUNDED if cents else 0):
            return None
        # each line was rounded to the cent by itself: the last one takes what that made of the sum
        parts[-1].amount += -short if parts[-1].line.teken == "min" else short
    written = known[line.bedrag].replace("-", "") if line.bedrag else _euros(abs(total), cents)
    return _line(line, line.onder_nul if stated < 0 else line.tekst, written, known)


def _amount(name: str, conclusie: Conclusie, known: Mapping[str, str]) -> Decimal | None:
    value = conclusie.waarden.get(name)
    if isinstance(value, Decimal):
        return value
    read = read_amount(known.get(name, ""), verlies=True)
    return read if isinstance(read, Decimal) else None


def _euros(amount: Decimal, cents: bool) -> str:
    return maandbedrag(amount) if cents else bedrag(amount)
