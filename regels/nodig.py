"""Which of the missing fields are asked: those that can change something that is shown, as the rest is filled in.

A decision waits for every field that one of its rules looks at, also where another missing field settles it whatever
that one is. A field is not asked when every way to fill in the others decides without it. That is looked at where all
these ways can be tried: an amount or a day among the others is followed (:mod:`regels.langs`), the rest is tried word
by word. Where there are too many ways the field is asked.

A few ways are tried first: most fields are seen to matter in one or two of them, and then nothing is followed.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from typing import Any, Final

from regels.controle import definitions, sentence_nodes
from regels.domein import geheel, in_plaats_van, proefwaarden, woorden
from regels.langs import Poging, Uitgekomen, walk_along
from regels.plekken import Plek
from regels.programma import KlaarBesluit
from regels.regelset import Besluit, Regelset, eens
from regels.taal import Field, Node, Quantity, walk

# how many ways there may be to fill in the others, each along so many stretches at most
MEESTE_WEGEN: Final = 48
MEESTE_TRAJECTEN: Final = 40
# in how many ways it is tried first whether a field may stay empty
_PROEVEN: Final = 3


def kandidaten(regels: Regelset, besluit: Besluit, plekken: Sequence[Plek]) -> list[int]:
    """The places of the fields of which every way to fill in the others may be tried; none is left out before these."""
    if len(plekken) < 2:
        return []
    ways, said = Wegen(plekken), said_of(regels, besluit)
    return [place for place, plek in enumerate(plekken) if plek.veld.naam not in said and ways.te_proberen({place})]


class Nodig:
    """Which of the missing fields at ``plekken`` one decision asks."""

    def __init__(self, proef: Poging, klaar: KlaarBesluit, plekken: Sequence[Plek]) -> None:
        self._proef, self._klaar, self._ways = proef, klaar, Wegen(plekken)
        self._some = [proefwaarden(proef.programma.stand.regels, plek) for plek in plekken]

    def onnodig(self) -> frozenset[int]:
        """The places of the fields that need not be asked: filling in all others decides."""
        left_out: set[int] = set()
        said = said_of(self._proef.programma.stand.regels, self._klaar.besluit)
        plekken = self._ways.plekken
        for index in reversed(range(len(plekken))):
            last, empty = len(left_out) == len(plekken) - 1, {*left_out, index}
            if last or plekken[index].veld.naam in said or not self._ways.te_proberen(empty):
                continue
            if self._seems_needless(empty) and self._never(empty):
                left_out.add(index)
        return frozenset(left_out)

    def _seems_needless(self, empty: set[int]) -> bool:
        """Whether a few ways to fill in the others decide while the fields at ``empty`` are left so."""
        for way in range(_PROEVEN):
            values: list[Any] = [None] * len(self._some)
            for place in self._ways.eerste(empty):
                values[place] = self._some[place][way]
            if not _decides(self._proef(self._klaar, values)):
                return False
        return True

    def _never(self, empty: set[int]) -> bool:
        """Whether every way to fill in the others decides while the fields at ``empty`` are left so."""
        free, amounts = self._ways.in_te_vullen(empty)
        lines: list[int | None] = [*amounts] or [None]
        return all(
            found is not None and _decides(found)
            for along in lines
            for words in product(*(self._ways.woorden[place] for place in free))
            for found in self._along(along, dict(zip(free, words, strict=True)))
        )

    def _along(self, along: int | None, words: dict[int, Any]) -> Iterator[Uitgekomen | None]:
        """What comes out with these words, for each stretch of the amount or day at ``along``; None: there are more."""
        values: list[Any] = [words.get(place) for place in range(len(self._some))]

        def at(value: Any) -> Uitgekomen:
            if along is not None:
                values[along] = value
            return self._proef(self._klaar, values)

        if along is None:
            yield at(None)
            return
        veld = self._ways.plekken[along].veld
        for number, (_, found) in enumerate(walk_along(geheel(veld), at, dag=veld.soort == "datum")):
            yield found if number < MEESTE_TRAJECTEN else None
            if number == MEESTE_TRAJECTEN:
                return


class Wegen:
    """The ways to fill in the fields at ``plekken`` while some of them stay empty; ``woorden`` are those of choices."""

    def __init__(self, plekken: Sequence[Plek]) -> None:
        self.plekken = plekken
        self.woorden = [woorden(plek.veld) for plek in plekken]
        self._instead = [
            frozenset(place for place, other in enumerate(plekken) if in_plaats_van(own, other)) for own in plekken
        ]

    def in_te_vullen(self, empty: Collection[int]) -> tuple[list[int], list[int]]:
        """The choices that are filled in, and the amounts and days."""
        closed = {*empty, *(other for place in empty for other in self._instead[place])}
        places = [place for place in range(len(self.plekken)) if place not in closed]
        return [place for place in places if self.woorden[place]], [
            place for place in places if not self.woorden[place]
        ]

    def te_proberen(self, empty: Collection[int]) -> bool:
        """Whether there are few enough. Of what stands in for each other one is filled in, each in turn.

        Of other amounts and days no two can be followed together.
        """
        free, amounts = self.in_te_vullen(empty)
        apart = any(other not in self._instead[amounts[0]] for other in amounts[1:])
        return not apart and prod(len(self.woorden[place]) for place in free) <= MEESTE_WEGEN

    def eerste(self, empty: Collection[int]) -> list[int]:
        """All that are filled in where there are few enough, and of what stands in for each other the first."""
        free, amounts = self.in_te_vullen(empty)
        return free + amounts[:1]


def _decides(found: Uitgekomen) -> bool:
    """Whether this is an answer, with all the values that go with it."""
    return found[0] != "onbekend" and not found[3]


def said_of(regels: Regelset, besluit: Besluit) -> frozenset[str]:
    """The fields that a sentence of ``besluit`` may speak of, or a value that is one for each resident.

    Those leave out what is not known, so it would not be noticed that it is missing.
    """
    return _said(regels)(besluit.id)


@eens
def _said(regels: Regelset) -> Callable[[str], frozenset[str]]:
    @cache
    def said(id: str) -> frozenset[str]:
        return frozenset(_fields(regels, list(_spoken(regels.besluiten[id]))))

    return said


def _spoken(besluit: Besluit) -> Iterator[Node]:
    steps = besluit.vervolg
    for rule in besluit.regels:
        steps += rule.vervolg
        for sentence in (rule.zegt, *rule.omdat):
            yield from sentence_nodes(sentence)
    for step in steps:
        for said in (step.zin, step.huurder):
            yield from sentence_nodes(said) if said is not None else ()
        if step.voor is not None:
            yield step.voor[0]
    for values in (besluit.waarden, *(rule.waarden for rule in besluit.regels)):
        yield from (node for node, kind in values.values() if kind.each)


def _fields(regels: Regelset, trees: list[Node]) -> Iterator[str]:
    """The fields that ``trees`` rest on, by whatever way."""
    seen: set[str] = set()
    while trees:
        for node in walk(trees.pop()):
            if isinstance(node, Field | Quantity) and node.name not in seen:
                seen.add(node.name)
                trees += definitions(regels, node.name)
                if isinstance(node, Field):
                    yield node.name
