"""One decision along one empty field: what comes out for each value that may be filled in there, by stretch.

A choice is tried word by word. Along an amount or a day a number is followed (:mod:`regels.lezers.spoor`), so that each
evaluation gives a whole stretch in which the same rule applies, up to the last cent, euro or day.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from regels.controle import definitions
from regels.domein import Domein, Stuk, waarde_van, woorden
from regels.eensgezind import agree
from regels.lezers.onbekend import Unknown
from regels.lezers.spoor import Baan, Spoor
from regels.lezers.toestand import Layout, State
from regels.ontbreekt import CIJFER
from regels.plekken import Plek
from regels.programma import KlaarBesluit, KlareRegel, Programma
from regels.regelset import Regelset, eens
from regels.taal import Field, Quantity, walk
from regels.uitslag import Bereikwaarde, Gegeven, Uitkomst
from regels.velden import Waarde

# a value that differs within a stretch, of which the lowest and the highest are not known
WISSELT: Final = Bereikwaarde(None, None)
# How many evaluations a field is worth; what has more stretches says nothing.
MEESTE: Final = 160


class TeVeel(Exception):
    """There are more stretches along this field than it is worth."""


@dataclass(frozen=True, slots=True)
class Traject:
    """The values from ``van`` up to and including ``tot`` (of a choice the same word), and what comes out for them.

    ``wacht`` is what the decision still waits for.
    """

    van: Waarde
    tot: Waarde
    uitkomst: Uitkomst
    regels: tuple[str, ...]
    waarden: dict[str, Gegeven | Bereikwaarde]
    wacht: frozenset[str]


# what comes out: the outcome, the rules, the values that go with it, and what it still waits for
Uitgekomen = tuple[Uitkomst, tuple[str, ...], dict[str, Any], frozenset[str]]


class Poging:
    """The decisions with other values in the empty fields at ``plekken``.

    ``state`` has what was computed without them, and ``gegeven`` only what was filled in.
    """

    def __init__(self, programma: Programma, state: State, gegeven: State, plekken: Sequence[Plek]) -> None:
        self.programma = programma
        names = frozenset(plek.veld.naam for plek in plekken)
        self._start = _without_computed(programma, state, gegeven, names)
        slots = programma.compiler.layout.slots
        self._places = [(plek.persoon, slots[plek.veld.naam]) for plek in plekken]

    def __call__(self, klaar: KlaarBesluit, values: Iterable[Any]) -> Uitgekomen:
        """What comes out with these values, which may be followed; None leaves a field empty."""
        state = self._start.copy()
        for (person, slot), value in zip(self._places, values, strict=True):
            (state.values if person is None else state.persons[person][1])[slot] = value
        true, unknown, _, open_ = klaar.gelden(state)
        if len(true) == 1:
            return self._by_rules(klaar, true, state, ())
        if not true and agree(klaar.besluit, open_, unknown):
            return self._by_rules(klaar, open_, state, unknown)
        return "onbekend", (), {}, _waits(unknown)

    def _by_rules(
        self, klaar: KlaarBesluit, rules: Sequence[KlareRegel], state: State, unknown: Sequence[Unknown]
    ) -> Uitgekomen:
        """What the one rule that applies says, or all that may apply while they come out the same."""
        samen = self.programma.samen(klaar)
        waiting = samen.wachten(state, rules, unknown)
        first, *others = [samen.waarden(rule)(state) for rule in rules]
        kinds = {**klaar.besluit.waarden, **rules[0].regel.waarden}
        values = {
            name: value * 100 if kinds[name][1].percent else value
            for name, value in first.items()
            if not isinstance(value, Unknown) and all(_same(value, other.get(name)) for other in others)
        }
        names = tuple(rule.regel.naam for rule in rules)
        return rules[0].uitkomst, names, values, _asked(pointer for fields in waiting for pointer in fields)


def _same(value: Any, other: Any) -> bool:
    return not isinstance(other, Unknown) and other is not None and bool(value == other)


def _waits(unknown: Iterable[Unknown]) -> frozenset[str]:
    """The fields that these wait for."""
    return _asked(pointer for part in unknown for pointer in part.fields)


def _asked(pointers: Iterable[str]) -> frozenset[str]:
    """A figure that is not there is not asked."""
    return frozenset(pointer for pointer in pointers if not pointer.startswith(CIJFER))


class Langs:
    """The decisions along the empty field of ``domein``, by a trial of that field alone."""

    def __init__(self, proef: Poging, domein: Domein) -> None:
        self._proef, self._domein, self.plek = proef, domein, domein.plek

    @property
    def woorden(self) -> tuple[Waarde, ...]:
        """The values of a choice, or of a yes or no; none of an amount or a day."""
        return self._domein.woorden

    def delen(self, klaar: KlaarBesluit) -> Iterator[Traject]:
        """What comes out for each value, in order. Raises :class:`TeVeel`."""
        if woorden(self.plek.veld):
            yield from (self.op(klaar, word) for word in self.woorden)
            return
        veld, left = self.plek.veld, MEESTE
        for stuk in self._domein.stukken:
            for line, found in walk_along(stuk, lambda spoor: self._proef(klaar, (spoor,)), dag=veld.soort == "datum"):
                left -= 1
                if not left:
                    raise TeVeel
                yield _made(waarde_van(veld, line.van), waarde_van(veld, line.tot), *found)

    def op(self, klaar: KlaarBesluit, waarde: Waarde) -> Traject:
        """What comes out for one value."""
        return _made(waarde, waarde, *self._proef(klaar, (waarde,)))


def walk_along(stuk: Stuk, evaluate: Callable[[Spoor], Uitgekomen], *, dag: bool) -> Iterator[tuple[Baan, Uitgekomen]]:
    """The stretches of ``stuk`` in which everything comes out the same way, each with what ``evaluate`` finds there."""
    here = stuk.van
    while here <= stuk.tot:
        line = Baan(here, stuk.tot, stuk.stap)
        found = evaluate(Spoor.van(line, dag=dag))
        yield line, found  # only now is known how far it goes
        here = line.tot + stuk.stap


def _made(
    van: Waarde, tot: Waarde, uitkomst: Uitkomst, rules: tuple[str, ...], values: dict[str, Any], waits: frozenset[str]
) -> Traject:
    return Traject(van, tot, uitkomst, rules, {name: _written(value) for name, value in values.items()}, waits)


def _written(value: Any) -> Gegeven | Bereikwaarde:
    """A value as it is told: of what is followed the lowest and the highest, where those differ."""
    parts = value if isinstance(value, list) else [value]
    ends = [_ends(part) for part in parts]
    if any(end is None for end in ends):
        return WISSELT
    low, high = ([end[side] for end in ends if end is not None] for side in (0, 1))
    if not isinstance(value, list):
        low, high = low[0], high[0]
    return low if low == high else Bereikwaarde(low, high)


def _ends(value: Any) -> tuple[Any, Any] | None:
    """The lowest and the highest; None when those are not sure to be reached."""
    if not isinstance(value, Spoor):
        return value, value
    found, at = value.grenzen(), value.aan_de_einden()
    return found if found in (at, at[::-1]) else None


def _without_computed(programma: Programma, state: State, gegeven: State, names: frozenset[str]) -> State:
    """``gegeven``, which has what was filled in, with what was computed that rests on none of the fields ``names``."""
    stale = [_slots(programma.stand.regels)(name) for name in names]

    def kept(values: list[Any], computed: list[Any], stale: frozenset[int]) -> list[Any]:
        return [
            found if own is None and slot not in stale else own
            for slot, (own, found) in enumerate(zip(values, computed, strict=True))
        ]

    shared, own = (frozenset().union(*(each[side] for each in stale)) for side in (0, 1))
    persons = [
        (index, kept(values, computed, own), bits.copy())
        for (index, values, _), (_, computed, bits) in zip(gegeven.persons, state.persons, strict=True)
    ]
    return State(kept(gegeven.values, state.values, shared), state.bits.copy(), persons, {})


@eens
def _slots(regels: Regelset) -> Callable[[str], tuple[frozenset[int], frozenset[int]]]:
    """The places, of the household and of a resident, of a field and of what rests on it."""
    slots, resting = Layout(regels).slots, resting_on(regels)

    @cache
    def found(name: str) -> tuple[frozenset[int], frozenset[int]]:
        places: tuple[set[int], set[int]] = set(), set()
        for other in (name, *resting(name)):
            quantity = regels.grootheden.get(other)
            per_person = regels.velden[other].groep == "persoon" if quantity is None else quantity.per_persoon
            places[per_person].add(slots[other])
        return frozenset(places[False]), frozenset(places[True])

    return found


@eens
def resting_on(regels: Regelset) -> Callable[[str], frozenset[str]]:
    """Of a field or quantity: the quantities, and the fields with an assumption, that look at it, by whatever way."""
    users: dict[str, set[str]] = {}
    for name in (*regels.grootheden, *regels.velden):
        for tree in definitions(regels, name):
            for node in walk(tree):
                if isinstance(node, Field | Quantity):
                    users.setdefault(node.name, set()).add(name)

    @cache
    def found(name: str) -> frozenset[str]:
        seen: set[str] = set()
        to_go = [name]
        while to_go:
            for other in users.get(to_go.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    to_go.append(other)
        return frozenset(seen - {name})

    return found
