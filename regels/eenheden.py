"""What a value can be: a number with its unit, a date, ja or nee, or one of some words."""

from collections.abc import Mapping
from dataclasses import dataclass

Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is. ``unit`` belongs to ``getal`` (None: a bare number, fits any unit), ``words`` to ``keuze``.

    ``percent`` and ``whole`` say only how a number is written: as a percentage, or without cents when there are none.
    With ``each`` it is a list of such values, one for each resident.
    """

    kind: str
    unit: Dimensions | None = None
    words: frozenset[str] = frozenset()
    percent: bool = False
    whole: bool = False
    each: bool = False

    def __str__(self) -> str:
        if self.kind == "keuze":
            return "een keuze uit " + ", ".join(sorted(self.words))
        if self.kind == "getal":
            return f"een getal ({unit_text(self)})"
        return {"waarheid": "ja/nee", "datum": "een datum"}[self.kind]


TRUTH = Type("waarheid")
DATE = Type("datum")
BARE = Type("getal", None)

UNITS: Mapping[str, Type] = {
    "euro": Type("getal", (("euro", 1),)),
    "euro per maand": Type("getal", (("euro", 1), ("maand", -1))),
    "hele euro per maand": Type("getal", (("euro", 1), ("maand", -1)), whole=True),
    "euro per jaar": Type("getal", (("euro", 1), ("jaar", -1))),
    "maandhuur per jaarinkomen": Type("getal", (("jaar", 1), ("maand", -1))),
    "maandhuur per jaarinkomen in het kwadraat": Type("getal", (("euro", -1), ("jaar", 2), ("maand", -1))),
    "procent": Type("getal", (), percent=True),
    "getal": Type("getal", ()),
    "personen": Type("getal", (("persoon", 1),)),
    "woningen": Type("getal", (("woning", 1),)),
    "jaar": Type("getal", (("jaar", 1),)),
    "maanden": Type("getal", (("maand", 1),)),
    "jaartal": Type("getal", (("jaartal", 1),)),
    "ja/nee": TRUTH,
    "datum": DATE,
}


def unit_text(kind: Type) -> str:
    """The unit of ``kind`` as it is written in the rule files."""
    for name, known in UNITS.items():
        if known.kind == kind.kind and known.unit == kind.unit and known.percent == kind.percent:
            return name
    if kind.unit is None:
        return "zonder eenheid"
    return " ".join(f"{name}^{power}" for name, power in kind.unit) or "getal"
