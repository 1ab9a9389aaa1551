"""The tiles above the tables of a portfolio: what came in, and what came out of the main decisions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from regels import Regelset
from regels.eensgezind import can_agree
from regels.opmaak import getal
from service.portefeuille.vragen import NAAM_IN_RESULTAAT
from web.raamwerk.teksten import groep

_NOT_ASKED: Final = ("niet_van_toepassing", "geen_regels", "")


@dataclass(frozen=True, slots=True)
class Tegel:
    """One tile: a number, what it counts, and the other counts of the same."""

    titel: str
    getal: str
    wat: str
    verder: tuple[tuple[str, str], ...] = ()


def tiles(regels: Regelset, parts: Sequence[Mapping[str, Any]]) -> tuple[Tegel, ...]:
    """The tiles of the tables that are kept of a report: the rows first, then the main decisions in their order."""
    if not parts:
        return ()
    (first, what, read), *rest = parts[0]["rijen"]
    others = tuple((word, height) for table, word, height in rest if table == first and height != "0")
    return (Tegel(first, read, what.lower(), others), *_outcomes(regels, parts))


def _outcomes(regels: Regelset, parts: Sequence[Mapping[str, Any]]) -> list[Tegel]:
    counted: dict[str, Counter[str]] = {}
    for part in parts:
        if part["kop"][1:2] == [NAAM_IN_RESULTAAT]:
            for _, besluit, _, outcome, _, height in part["rijen"]:
                counted.setdefault(besluit, Counter())[outcome] += _number(height)
    words = {word: said.lower() for word, said in groep("algemeen.uitkomsten").items()}
    found = []
    for besluit in regels.teksten.hoofdzaken:
        if not can_agree(regels.besluiten[besluit], "ja"):
            continue  # it answers by its values: so many times ja would tell nothing
        known = [(word, count) for word, count in counted.get(besluit, Counter()).most_common() if count]
        asked = [(words[word], getal(Decimal(count))) for word, count in known if word not in _NOT_ASKED]
        if asked:
            (what, count), *more = asked
            found.append(Tegel(regels.teksten.titel(besluit), count, what, tuple(more)))
    return found


def _number(shown: str) -> int:
    return int("".join(filter(str.isdecimal, shown)))
