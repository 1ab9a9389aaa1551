"""Which of the missing fields are asked: those that can change something that is shown, as the rest is filled in.

A decision waits for every field that one of its rules looks at, also where another missing field settles it whatever
that one is. A field is not asked when every way to fill in the others decides without it. That is looked at where all
these ways can be tried: an amount or a day among the others is followed (:mod:`regels.langs`), the rest is tried word
by word. Where there are too many ways the field is asked.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from typing import Any, Final

from regels.controle import definitions, sentence_nodes
from regels.domein import geheel, in_plaats_van, woorden
from regels.langs import Poging, Uitgekomen, walk_along
from regels.plekken import Plek
from regels.programma import KlaarBesluit
from regels.regelset import Besluit, Regelset, eens
from regels.taal import Field, Node, Quantity, walk

# how many ways there may be to fill in the others, each along so many stretches at most
MEESTE_WEGEN: Final = 48
MEESTE_TRAJECTEN: Final = 40
# a few ways are tried first: most fields are seen to matter at once
_PROEVEN: Final = 3


def te_proberen(plekken: Sequence[Plek]) -> bool:
    """Whether there is any field among these of which every way to fill in the others may be tried."""
    amounts = [plek for plek in plekken if not woorden(plek.veld)]
    apart = [
        plek for number, plek in enumerate(amounts) if not any(in_plaats_van(plek, other) for other in amounts[:number])
    ]
    return len(plekken) > 1 and len(apart) <= 2  # the field itself, and one that is followed


class Nodig:
    """Which of the missing fields at ``plekken`` one decision asks."""

    def __init__(self, proef: Poging, klaar: KlaarBesluit, plekken: Sequence[Plek]) -> None:
        self._proef, self._klaar, self._plekken = proef, klaar, plekken
        self._words = [woorden(plek.veld) for plek in plekken]
        self._instead = [
            frozenset(place for place, other in enumerate(plekken) if in_plaats_van(own, other)) for own in plekken
        ]

    def onnodig(self) -> frozenset[int]:
        """The places of the fields that need not be asked: filling in all others decides."""
        left_out: set[int] = set()
        said = said_of(self._proef.programma.stand.regels, self._klaar.besluit)
        for index in reversed(range(len(self._plekken))):
            last = len(left_out) == len(self._plekken) - 1
            if not last and self._plekken[index].veld.naam not in said and self._never({*left_out, index}):
                left_out.add(index)
        return frozenset(left_out)

    def _never(self, empty: set[int]) -> bool:
        """Whether every way to fill in the others decides while the fields at ``empty`` are left so."""
        closed = empty.union(*(self._instead[index] for index in empty))
        free = [place for place, words in enumerate(self._words) if words and place not in closed]
        amounts = [place for place, words in enumerate(self._words) if not words and place not in closed]
        # of what stands in for each other one is filled in, each in turn; of others no two can be followed together
        if any(other not in self._instead[amounts[0]] for other in amounts[1:]):
            return False
        if prod(len(self._words[place]) for place in free) > MEESTE_WEGEN:
            return False
        lines: list[int | None] = [*amounts] or [None]
        return all(
            self._decides(found)
            for along in lines
            for words in self._in_any_order(free)
            for found in self._along(along, dict(zip(free, words, strict=True)))
        )

    def _in_any_order(self, free: Sequence[int]) -> Iterator[Sequence[Any]]:
        """Every way to fill in the choices; a few from anywhere among them in front."""
        ways = list(product(*(self._words[place] for place in free)))
        rng = random.Random(len(ways))  # noqa: S311  nobody guesses anything by it
        yield from rng.sample(ways, min(_PROEVEN, len(ways)))
        yield from ways

    def _along(self, along: int | None, words: dict[int, Any]) -> Iterator[Uitgekomen | None]:
        """What comes out with these words, for each stretch of the amount or day at ``along``; None: there are more."""
        values: list[Any] = [words.get(place) for place in range(len(self._plekken))]

        def at(value: Any) -> Uitgekomen:
            if along is not None:
                values[along] = value
            return self._proef(self._klaar, values)

        if along is None:
            yield at(None)
            return
        veld = self._plekken[along].veld
        for number, (_, found) in enumerate(walk_along(geheel(veld), at, dag=veld.soort == "datum")):
            yield found if number < MEESTE_TRAJECTEN else None
            if number == MEESTE_TRAJECTEN:
                return

    @staticmethod
    def _decides(found: Uitgekomen | None) -> bool:
        """Whether this is an answer, with all the values that go with it."""
        return found is not None and found[0] != "onbekend" and not found[3]


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
