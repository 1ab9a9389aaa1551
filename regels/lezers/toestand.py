"""One question under evaluation: what is known of it so far, and what each value rests on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from regels.regelset import Aanname, Cijfer, Regelset
from regels.velden import Waarde

Value = Any  # Waarde | Unknown, spelled out where it leaves the readers; a function that was written out is not typed

RONDEDATUM: Final = "rondedatum"  # the only fact that is no field


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """Something the answer rests on: a figure (with the key of its table), a quantity or a field.

    Each is made once for a compiled rule set, and has a bit of its own: what an answer rests on is a set of bits, in
    one number. ``rank`` is its place when they are told.
    """

    kind: str
    name: str
    bit: int
    rank: tuple[int, ...]
    slot: int = -1  # of a quantity or a field: its place among what is known
    person: int | None = None
    key: str | None = None
    figure: Cijfer | None = None
    year: int | None = None  # of a figure that is read on another date than the usual one
    pointer: str = ""  # of a field: its place in the question


class Uses(dict[int, Used]):
    """The same quantity or field of each resident, made when it is first used."""

    def __init__(self, make: Callable[[int], Used]) -> None:
        self._make = make

    def __missing__(self, person: int) -> Used:
        return self.setdefault(person, self._make(person))


@dataclass(slots=True)
class State:
    """What is known of the household (``values``) and of each resident (``persons``, after the index).

    It was filled in, taken as given or computed; None was not asked for yet. Beside it stands what it rests on, its own
    bit included. ``assumed`` has by which assumption an empty field got its value.
    """

    values: list[Value]
    bits: list[int]
    persons: list[tuple[int, list[Value], list[int]]]
    assumed: dict[Used, Aanname]

    def copy(self) -> "State":
        """The same, to go on from; nothing is assumed yet."""
        persons = [(index, values.copy(), bits.copy()) for index, values, bits in self.persons]
        return State(self.values.copy(), self.bits.copy(), persons, {})


class Layout:
    """Where each field and quantity of a rule set stands in a state."""

    def __init__(self, regels: Regelset) -> None:
        own = [name for name, veld in regels.velden.items() if veld.groep == "persoon"]
        own += [name for name, grootheid in regels.grootheden.items() if grootheid.per_persoon]
        shared = [RONDEDATUM, *(name for name in chain(regels.velden, regels.grootheden) if name not in own)]
        self.slots = {name: slot for names in (shared, own) for slot, name in enumerate(names)}
        # what is filled in rests on itself: the bits that a state begins with
        self._bits = [0] * len(shared)
        self._own: list[Uses | None] = [None] * len(own)
        self._bits_of: dict[int, list[int]] = {}

    def add(self, name: str, field: Used | Uses) -> None:
        """The rules use this field."""
        if isinstance(field, Uses):
            self._own[self.slots[name]] = field
            self._bits_of.clear()
        else:
            self._bits[self.slots[name]] = field.bit

    def state(self, facts: Mapping[str, Waarde], persons: Sequence[Mapping[str, Waarde]]) -> State:
        """A question with these facts."""
        slots = self.slots
        values: list[Value] = [None] * len(self._bits)
        for name, value in facts.items():
            values[slots[name]] = value
        return State(values, self._bits.copy(), [self._person(*person) for person in enumerate(persons)], {})

    def _person(self, index: int, facts: Mapping[str, Waarde]) -> tuple[int, list[Value], list[int]]:
        slots = self.slots
        values: list[Value] = [None] * len(self._own)
        for name, value in facts.items():
            values[slots[name]] = value
        if index not in self._bits_of:
            self._bits_of[index] = [0 if field is None else field[index].bit for field in self._own]
        return index, values, self._bits_of[index].copy()
