"""Which fields an unknown value waits for, as sets of bits: what ``Unknown.fields`` is in the explaining reader.

A field is one bit, for the whole table; a set is empty (0) where the value is known. The sets follow the trees of the
rules, because simplifying may keep the value but lose who is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from regels.lezers.kolommen.lower import Lowering
from regels.lezers.kolommen.nodes import Vertex
from regels.lezers.kolommen.numbers import Num, Quotient, Value
from regels.ontbreekt import CIJFER, NIEMAND
from regels.stand import cijfer_op
from regels.taal import And, Call, Choice, Field, Figure, Loop, Or, Quantity, children
from regels.taal import Node as Tree

BITS: Final = 62
Key = tuple[str, int | None]
Fields = Mapping[int, Vertex]


class Missing:
    """The missing fields of the values of a :class:`Lowering`. A set is numbers by place, each with ``BITS`` fields."""

    def __init__(self, lowering: Lowering) -> None:
        self.lowering = lowering
        self.graph = lowering.graph
        self._none = self.graph.const(0)
        self.places: dict[str, int] = {}
        self._quantities: dict[Key, Fields] = {}
        self._fields: dict[Key, Fields] = {}

    def pointers(self, numbers: Mapping[int, int]) -> frozenset[str]:
        """The pointers in a set, given as plain numbers by place."""
        return frozenset(
            pointer for pointer, place in self.places.items() if numbers.get(place // BITS, 0) >> place % BITS & 1
        )

    def fields(self, tree: Tree, datum: str, person: int | None = None) -> Fields:
        """What ``tree`` waits for."""
        build: Callable[[Any, str, int | None], Fields] | None
        build = getattr(self, "_" + type(tree).__name__.lower(), None)
        if build is not None:
            found: Fields = build(tree, datum, person)
            return found
        return self.union(*(self.fields(part, datum, person) for part in children(tree)))

    def union(self, *sets: Fields) -> Fields:
        """All that is in any of ``sets``."""
        places = dict.fromkeys(place for found in sets for place in found)
        return {place: self.graph.union(*(found[place] for found in sets if place in found)) for place in places}

    def _where(self, condition: Vertex, yes: Fields, no: Fields) -> Fields:
        none = self._none
        found = {
            place: self.graph.when(condition, yes.get(place, none), no.get(place, none)) for place in {**yes, **no}
        }
        return {place: node for place, node in found.items() if node is not none}

    def only(self, condition: Vertex, found: Fields) -> Fields:
        """``found`` where ``condition`` holds, and nothing elsewhere."""
        return self._where(condition, found, {})

    def _bit(self, pointer: str) -> Fields:
        place, bit = divmod(self.places.setdefault(pointer, len(self.places)), BITS)
        return {place: self.graph.const(1 << bit)}

    def _unknown(self, value: Value) -> Vertex:
        if isinstance(value, Quotient):
            return self.graph.any(self._unknown(value.above), self._unknown(value.below))
        return self.graph.is_null(value.node if isinstance(value, Num) else value)

    # names

    def _field(self, tree: Field, datum: str, person: int | None) -> Fields:
        if tree.name in (*self.lowering.stand.datums, "huurronde"):
            return {}
        key = (tree.name, person if tree.per_person else None)
        if key not in self._fields:
            self._fields[key] = self._read_field(*key)
        return self._fields[key]

    def _read_field(self, name: str, person: int | None) -> Fields:
        regels = self.lowering.stand.regels
        veld = regels.velden[name]
        found = self._bit(veld.pointer(person))
        for aanname in reversed(regels.aannamen.get(name, ())):
            applies = self.graph.true
            if aanname.als is not None:
                applies = self.lowering.node(aanname.als, "peildatum", person)
            found = self._where(applies, self.fields(aanname.waarde, "peildatum", person), found)
        return self.only(self.graph.is_null(self.lowering.column(veld, person)), found)

    def _quantity(self, tree: Quantity, datum: str, person: int | None) -> Fields:
        key = (tree.name, person if tree.per_person else None)
        if key not in self._quantities:
            formule = self.lowering.stand.formule(tree.name)
            grootheid = self.lowering.stand.regels.grootheden[tree.name]
            self._quantities[key] = {} if formule is None else self.fields(formule.boom, grootheid.datum, key[1])
            if (given := self.lowering.given(tree.name)) is not None:
                self._quantities[key] = self.only(self.graph.is_null(given), self._quantities[key])
        return self._quantities[key]

    def _figure(self, tree: Figure, datum: str, person: int | None) -> Fields:
        found = {} if tree.key is None else self.fields(tree.key, datum, person)
        if tree.on is None:
            return {} if self.lowering.stand.cijfer(tree.name, datum) is None else found
        day = self.lowering.node(tree.on, datum, person)
        absent = self._bit(f"{CIJFER}{tree.name}")
        known = [self.graph.known(day)]
        if tree.key is not None:
            known.append(self.graph.known(self.lowering.node(tree.key, datum, person)))
        outside = self.graph.no(self._inside(tree.name, day))
        return self.union(
            self.fields(tree.on, datum, person), found, self.only(self.graph.all(*known, outside), absent)
        )

    def _inside(self, name: str, day: Vertex) -> Vertex:
        """Whether the figure exists on ``day``."""
        graph, regels = self.graph, self.lowering.stand.regels
        if day.op == "const":
            return graph.const(cijfer_op(regels, name, day.data) is not None)
        inside = []
        for figure in regels.cijfers[name]:
            start = graph.compare(">=", day, graph.const(figure.venster.vanaf))
            end = figure.venster.tot_en_met
            inside.append(graph.all(start, graph.compare("<=", day, graph.const(end))) if end is not None else start)
        return graph.any(*inside)

    # what may be known although a part is not

    def _and(self, tree: And, datum: str, person: int | None) -> Fields:
        return self._kleene(tree, datum, person)

    def _or(self, tree: Or, datum: str, person: int | None) -> Fields:
        return self._kleene(tree, datum, person)

    def _kleene(self, tree: And | Or, datum: str, person: int | None) -> Fields:
        parts = self.union(*(self.fields(part, datum, person) for part in tree.parts))
        return self.only(self.graph.is_null(self.lowering.node(tree, datum, person)), parts)

    def _choice(self, tree: Choice, datum: str, person: int | None) -> Fields:
        condition = self.lowering.node(tree.condition, datum, person)
        no = self.only(self.graph.no(condition), self.fields(tree.no, datum, person))
        chosen = self._where(condition, self.fields(tree.yes, datum, person), no)
        return self.union(self.fields(tree.condition, datum, person), chosen)

    def _call(self, tree: Call, datum: str, person: int | None) -> Fields:
        if tree.function == "bekend":
            return {}
        parts = self.union(*(self.fields(argument, datum, person) for argument in tree.arguments))
        if tree.function != "eerste_bekende":
            return parts
        return self.only(self._unknown(self.lowering.value(tree, datum, person)), parts)

    def _loop(self, tree: Loop, datum: str, person: int | None) -> Fields:
        found = self.union(
            *(self._turn(tree, datum, index, present) for index, present in enumerate(self.lowering.present))
        )
        if tree.kind == "enige":
            found = self.only(self.graph.is_null(self.lowering.node(tree, datum)), found)
        return self._where(self.lowering.somebody, found, self._bit(NIEMAND))

    def _turn(self, tree: Loop, datum: str, index: int, present: Vertex) -> Fields:
        found: Fields = {}
        holds = present
        if tree.condition is not None:
            found = self.only(present, self.fields(tree.condition, datum, index))
            holds = self.graph.all(present, self.lowering.node(tree.condition, datum, index))
        if tree.value is not None:
            found = self.union(found, self.only(holds, self.fields(tree.value, datum, index)))
        return found


class Absent(Missing):
    """Where a value waits for a figure that does not exist: one truth, and no set of fields."""

    def __init__(self, lowering: Lowering) -> None:
        super().__init__(lowering)
        self._none = self.graph.false

    def where(self, trees: Iterable[Tree], datum: str) -> Vertex:
        """Where one of ``trees`` waits for a figure."""
        return self.union(*(self.fields(tree, datum) for tree in trees)).get(0, self.graph.false)

    def union(self, *sets: Fields) -> Fields:
        """Whether it is so of any of ``sets``."""
        found = [each[0] for each in sets if 0 in each]
        return {0: self.graph.any(*found)} if found else {}

    def _bit(self, pointer: str) -> Fields:
        return {0: self.graph.true} if pointer.startswith(CIJFER) else {}
