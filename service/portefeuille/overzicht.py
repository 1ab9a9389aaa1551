"""A small table for people: the same one for the sheet, the page and the terminal."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Cel = str | int | Decimal | None


@dataclass(frozen=True, slots=True)
class Overzicht:
    """A table with a title. ``beeld`` names the columns of the label and the number that a picture shows."""

    titel: str
    kop: tuple[str, ...]
    rijen: tuple[tuple[Cel, ...], ...]
    uitleg: str = ""
    beeld: tuple[int, int] | None = None


def table(
    titel: str,
    kop: Sequence[str],
    rijen: Sequence[Sequence[Cel]],
    uitleg: str = "",
    beeld: tuple[int, int] | None = None,
) -> Overzicht:
    """An :class:`Overzicht` from lists."""
    return Overzicht(titel, tuple(kop), tuple(tuple(row) for row in rijen), uitleg, beeld)
