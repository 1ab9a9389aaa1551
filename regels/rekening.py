"""How an amount came to be, in at most five lines: the steps that an owner names in its ``teksten.yaml``.

A decision can have several such sums, each with a name. A line is a value of the answer or a step it rests on, with
the words around it; the last line is what comes out. Nothing is computed here: whoever shows a sum shows the first of
which all is known and that adds up, so words that no longer fit the rules lead to no sum, and never to a wrong one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from regels.bestanden import Faults, Item, Place
from regels.regelset import Regelset
from regels.stand import names_of

HOOGSTENS: Final = 5
# how a line counts: added, taken off, what comes out, and what is only said with it
TEKENS: Final = ("plus", "min", "is", "dus")
_LINE: Final = frozenset({"tekst", "bedrag", "teken", "per", "mag_ontbreken", "onder_nul"})
# a value of the answer, a step, or the cell of a figure: {basishuur}, {vergoeding[daarboven]}
_PLACE: Final = re.compile(r"\{([a-zA-Z_]+(?:\[[a-z_0-9]+\])?)\}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rekenregel:
    """A line: words, and the name of the value or step with its amount; without one it is what the lines before give.

    ``per_maand``: the amount is one of a year, and a twelfth of it counts. ``mag_ontbreken``: in some years there is no
    such step, and the line is left out. ``onder_nul`` are the words for what comes out below zero.
    """

    tekst: str
    bedrag: str = ""
    teken: str = "plus"
    per_maand: bool = False
    mag_ontbreken: bool = False
    onder_nul: str = ""


@dataclass(frozen=True, slots=True)
class Rekening:
    """A sum; with ``bij`` only where that step is ``ja``."""

    naam: str
    regels: tuple[Rekenregel, ...]
    bij: str = ""
    plaats: Place = Place("", 1)  # noqa: RUF009 - a place does not change


def places_in(text: str) -> list[str]:
    """The names in ``text`` that a value is put in for."""
    return _PLACE.findall(text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its values. Raises :class:`KeyError` for one that is not known."""
    return _PLACE.sub(lambda match: values[match[1]], text)


def read_sums(item: Item, faults: Faults) -> tuple[Rekening, ...]:
    """The sums of one decision, in order."""
    return tuple(_sum(name, part, faults) for name, part in faults.mapping(item).items())


def _sum(name: str, item: Item, faults: Faults) -> Rekening:
    keys = faults.mapping(item, frozenset({"bij", "regels"}), frozenset({"regels"}))
    lines = tuple(_line(part, faults) for part in faults.items(keys["regels"])) if "regels" in keys else ()
    if len(lines) > HOOGSTENS:
        faults.add(item, f"een som heeft hoogstens {HOOGSTENS} regels, en dit zijn er {len(lines)}")
    if "is" not in [line.teken for line in lines] or any(not line.bedrag for line in lines if line.teken != "is"):
        faults.add(item, "een som heeft een regel met 'teken: is', en elke andere regel heeft een 'bedrag'")
    return Rekening(name, lines, faults.text(keys["bij"]) if "bij" in keys else "", item.place)


def _line(item: Item, faults: Faults) -> Rekenregel:
    keys = faults.mapping(item, _LINE, frozenset({"tekst"}))
    text = faults.text(keys["tekst"]) if "tekst" in keys else ""
    if re.search(r"[{}]", _PLACE.sub("", text)):
        faults.add(item, "een plaats voor een waarde is een naam tussen accolades: {naam} of {naam[sleutel]}")
    return Rekenregel(
        text,
        faults.text(keys["bedrag"]) if "bedrag" in keys else "",
        faults.word(keys["teken"], TEKENS) if "teken" in keys else "plus",
        "per" in keys and faults.word(keys["per"], ("maand",)) == "maand",
        "mag_ontbreken" in keys and faults.word(keys["mag_ontbreken"], ("ja", "nee")) == "ja",
        faults.text(keys["onder_nul"]) if "onder_nul" in keys else "",
    )


def check(regels: Regelset, faults: Faults) -> None:
    """Every name in a sum is a value of its decision, or a step that it can rest on."""
    for id, own in regels.teksten.besluiten.items():
        if not own.waarom:
            continue
        decision = regels.besluiten[id]
        shown = {*decision.waarden, *decision.toont, *(name for rule in decision.regels for name in rule.waarden)}
        steps = names_of(regels, decision)
        for one in own.waarom:
            for name in dict.fromkeys(_names(one)):
                bare, _, key = name.partition("[")
                if bare not in shown | steps:
                    faults.add(
                        one.plaats, f"de som '{one.naam}' van '{id}' noemt '{bare}', en daar rust dit besluit niet op"
                    )
                elif key and not _has_cell(regels, bare, key.removesuffix("]")):
                    faults.add(one.plaats, f"de som '{one.naam}' van '{id}' noemt '{name}', en die cel is er niet")


def _names(one: Rekening) -> Iterator[str]:
    yield from filter(None, (one.bij, *(line.bedrag for line in one.regels)))
    for line in one.regels:
        yield from places_in(line.tekst)


def _has_cell(regels: Regelset, name: str, key: str) -> bool:
    tables = [figure.waarde for figure in regels.cijfers.get(name, ())]
    return any(isinstance(table, Mapping) and key in table for table in tables)
