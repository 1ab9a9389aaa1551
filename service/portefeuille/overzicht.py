"""A small table for people: the same one for the sheet, the page and the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

Cel = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Overzicht:
    """A table with a title. ``beeld`` has the bar of each row."""

    titel: str
    kop: tuple[str, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    uitleg: str = ""
    beeld: "Staafbeeld | None" = None


@dataclass(frozen=True, slots=True)
class Staafbeeld:
    """The bars of a table, in hundredths of the width, a bar for each row or None; ``streep`` is what is aimed at."""

    staven: tuple[int | None, ...]
    streep: int | None = None


def staven(
    values: Sequence[Decimal | int | None], whole: Decimal | int | None = None, streep: Decimal | None = None
) -> Staafbeeld:
    """Bars for ``values``; the whole width is ``whole``, or the longest."""
    full = whole or max(value for value in (0, *values, streep) if value is not None)

    def hundredths(value: Decimal | int) -> int:
        return max(0, round(Decimal(100) * value / full)) if full else 0

    return Staafbeeld(
        tuple(None if value is None else hundredths(value) for value in values),
        None if streep is None else hundredths(streep),
    )


def of_draft(deel: Overzicht, concept: str) -> Overzicht:
    """``deel`` with the draft in its title, where it was computed by one."""
    return replace(deel, titel=f"{deel.titel} (concept {concept})") if concept else deel


def table(
    titel: str,
    kop: Sequence[str],
    rijen: Sequence[Sequence[Cel]],
    uitleg: str = "",
    beeld: "Staafbeeld | None" = None,
) -> Overzicht:
    """An :class:`Overzicht` from lists."""
    return Overzicht(titel, tuple(kop), tuple(tuple(row) for row in rijen), uitleg, beeld)
