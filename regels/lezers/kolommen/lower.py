"""From the trees of the rules to the graph of column expressions, with the meaning that ``uitleg`` gives them.

Loops over persons are written out for the places that the table has (p1, p2, ...). Numbers are fractions: an integer
expression over a denominator that is known beforehand, so that nothing is rounded before a rule says so.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from math import lcm
from typing import Any

from regels.lezers.functies import FUNCTIONS
from regels.lezers.kolommen.graph import Graph, total
from regels.lezers.kolommen.layout import GEGEVEN, gegeven
from regels.lezers.kolommen.nodes import INT64, Unsupported, Vertex
from regels.lezers.kolommen.numbers import Num, Numbers, Value, reduced
from regels.plekken import PERSONEN, Plek
from regels.ronde import round_of
from regels.stand import Stand, cijfer_op
from regels.taal import (
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Date,
    Field,
    Figure,
    Loop,
    Member,
    Not,
    Number,
    Or,
    Quantity,
    Truth,
    Word,
)
from regels.taal import Node as Tree
from regels.typen import ROUNDING
from regels.velden import Veld, Waarde

_KINDS = {"waarheid": "bool", "keuze": "word", "datum": "date", "getal": "int"}


class Lowering:
    """The values of one :class:`Stand` as nodes of a graph, for a table with these columns and places for persons."""

    def __init__(self, stand: Stand, graph: Graph, columns: frozenset[str], persons: int) -> None:
        self.stand = stand
        self.graph = graph
        self.numbers = Numbers(graph)
        self.columns = columns
        self.persons = persons
        self._quantities: dict[tuple[str, int | None], Value] = {}
        self._fields: dict[tuple[str, int | None], Value] = {}
        self.present = [self._present(index) for index in range(persons)]
        # with nobody filled in it is unknown who lives there, and so is every loop; with more people than the table has
        # places for as well, for those would be forgotten
        self.somebody = self.present[0] if persons else graph.false
        if persons and PERSONEN in columns:
            fits = graph.compare("<=", self._number_of_persons(), graph.const(persons))
            self.somebody = graph.all(self.somebody, graph.is_true(fits))

    def _present(self, index: int) -> Vertex:
        graph = self.graph
        if PERSONEN in self.columns:
            return graph.is_true(graph.compare(">", self._number_of_persons(), graph.const(index)))
        fields = [veld for veld in self.stand.regels.velden.values() if veld.groep == "persoon"]
        filled = [graph.known(self.column(veld, later)) for later in range(index, self.persons) for veld in fields]
        return graph.any(*filled)

    def _number_of_persons(self) -> Vertex:
        return self.graph.column(PERSONEN, "int", lo=0, hi=INT64)

    def value(self, tree: Tree, datum: str, person: int | None = None) -> Value:
        """``tree``; figures are those of the date called ``datum``, and fields of a person those of ``person``."""
        build: Callable[[Any, str, int | None], Value] = getattr(self, "_" + type(tree).__name__.lower())
        return build(tree, datum, person)

    def node(self, tree: Tree, datum: str, person: int | None = None) -> Vertex:
        """``tree`` when it is no number."""
        value = self.value(tree, datum, person)
        assert isinstance(value, Vertex)
        return value

    def number(self, tree: Tree, datum: str, person: int | None = None) -> Num:
        """``tree`` when it is a number that was not divided by another."""
        return self.numbers.plain(self.value(tree, datum, person))

    # values

    def _number(self, tree: Number, datum: str, person: int | None) -> Value:
        return self.numbers.constant(tree.value)

    def _date(self, tree: Date, datum: str, person: int | None) -> Value:
        return self.numbers.constant(tree.value)

    def _word(self, tree: Word, datum: str, person: int | None) -> Value:
        return self.numbers.constant(tree.value)

    def _truth(self, tree: Truth, datum: str, person: int | None) -> Value:
        return self.numbers.constant(tree.value)

    def _field(self, tree: Field, datum: str, person: int | None) -> Value:
        if tree.name in self.stand.datums:
            return self.numbers.constant(self.stand.datums[tree.name])
        key = (tree.name, person if tree.per_person else None)
        if key not in self._fields:
            self._fields[key] = self._read_field(tree.name, key[1])
        return self._fields[key]

    def _read_field(self, name: str, person: int | None) -> Value:
        veld = self.stand.regels.velden[name]
        if name == "huurronde":
            return self._as_value(veld, self.graph.const(round_of(self.stand.datums["rondedatum"])))
        filled = self._as_value(veld, self.column(veld, person))
        return self.numbers.first([filled, self._assumed(veld, person)])

    def column(self, veld: Veld, person: int | None) -> Vertex:
        """The column of a field as it is in the table."""
        name, kind = Plek(veld, person).kolom, _KINDS[veld.type.kind]
        if name not in self.columns:
            return self.graph.null(kind)
        lo = hi = 0
        if kind == "int":
            assert isinstance(veld.minimum, Decimal) and isinstance(veld.maximum, Decimal)
            scale = field_scale(veld)
            lo, hi = int(veld.minimum * scale), int(veld.maximum * scale)
        return self.graph.column(name, kind, True, lo, hi)

    def _as_value(self, veld: Veld, node: Vertex) -> Value:
        return Num(node, field_scale(veld)) if node.kind == "int" else node

    def _assumed(self, veld: Veld, person: int | None) -> Value:
        found: Value = self._as_value(veld, self.graph.null(_KINDS[veld.type.kind]))
        for aanname in reversed(self.stand.regels.aannamen.get(veld.naam, ())):
            value = self.value(aanname.waarde, "peildatum", person)
            applies = self.graph.true if aanname.als is None else self.node(aanname.als, "peildatum", person)
            found = self.numbers.merge(lambda a, b, c=applies: self.graph.when(c, a, b), value, found)  # type: ignore[misc]
        return found

    def _quantity(self, tree: Quantity, datum: str, person: int | None) -> Value:
        key = (tree.name, person if tree.per_person else None)
        if key not in self._quantities:
            quantity = self.stand.regels.grootheden[tree.name]
            formule = self.stand.formule(tree.name)
            self._quantities[key] = (
                self._unknown(_KINDS[quantity.type.kind])
                if formule is None
                else self.value(formule.boom, quantity.datum, key[1])
            )
            if (given := self.given(tree.name)) is not None:
                value: Value = Num(given, 1) if given.kind == "int" else given
                self._quantities[key] = self.numbers.first([value, self._quantities[key]])
        return self._quantities[key]

    def given(self, name: str) -> Vertex | None:
        """The column of a quantity that the table gives itself."""
        if name not in self.columns or name not in GEGEVEN:
            return None
        kolom = next(kolom for kolom in gegeven(self.stand.regels) if kolom.naam == name)
        if not isinstance(kolom.minimum, Decimal) or not isinstance(kolom.maximum, Decimal):
            return self.graph.column(name, "bool")
        return self.graph.column(name, "int", True, int(kolom.minimum), int(kolom.maximum))

    def _unknown(self, kind: str) -> Value:
        return Num(self.graph.null("int"), 1) if kind == "int" else self.graph.null(kind)

    def _figure(self, tree: Figure, datum: str, person: int | None) -> Value:
        key = self.node(tree.key, datum, person) if tree.key is not None else None
        kind = _KINDS[self.stand.regels.cijfers[tree.name][0].type.kind]
        if tree.on is None:
            figure = self.stand.cijfer(tree.name, datum)
            return self._unknown(kind) if figure is None else self._cell(figure.waarde, key, kind)
        day = self.node(tree.on, datum, person)
        if day.op == "const":
            figure = cijfer_op(self.stand.regels, tree.name, day.data)
            return self._unknown(kind) if figure is None else self._cell(figure.waarde, key, kind)
        found = self._unknown(kind)
        for figure in self.stand.regels.cijfers[tree.name]:
            inside = self.graph.compare(">=", day, self.graph.const(figure.venster.vanaf))
            if figure.venster.tot_en_met is not None:
                before = self.graph.compare("<=", day, self.graph.const(figure.venster.tot_en_met))
                inside = self.graph.all(inside, before)
            cell = self._cell(figure.waarde, key, kind)
            found = self.numbers.merge(lambda a, b, c=inside: self.graph.when(c, a, b), cell, found)  # type: ignore[misc]
        return found

    def _cell(self, value: "Waarde | Mapping[str, Waarde]", key: Vertex | None, kind: str) -> Value:
        if not isinstance(value, Mapping):
            return self.numbers.constant(value)
        assert key is not None
        cells = {word: self.numbers.constant(cell) for word, cell in value.items()}
        if kind != "int":
            return self.graph.look_up(key, {w: c for w, c in cells.items() if isinstance(c, Vertex)}, kind)
        numbers = {word: self.numbers.plain(cell) for word, cell in cells.items()}
        den = lcm(*(number.den for number in numbers.values()))
        return Num(self.graph.look_up(key, {w: n.over(self.graph, den) for w, n in numbers.items()}, kind), den)

    # choice

    def _choice(self, tree: Choice, datum: str, person: int | None) -> Value:
        condition = self.node(tree.condition, datum, person)
        yes, no = self.value(tree.yes, datum, person), self.value(tree.no, datum, person)
        return self.numbers.merge(lambda a, b: self.graph.ite(condition, a, b), yes, no)

    # conditions

    def _and(self, tree: And, datum: str, person: int | None) -> Value:
        return self.graph.all(*(self.node(part, datum, person) for part in tree.parts))

    def _or(self, tree: Or, datum: str, person: int | None) -> Value:
        return self.graph.any(*(self.node(part, datum, person) for part in tree.parts))

    def _not(self, tree: Not, datum: str, person: int | None) -> Value:
        return self.graph.no(self.node(tree.part, datum, person))

    def _compare(self, tree: Compare, datum: str, person: int | None) -> Value:
        left, right = self.value(tree.left, datum, person), self.value(tree.right, datum, person)
        if isinstance(left, Vertex):
            assert isinstance(right, Vertex)
            return self.graph.compare(tree.op, left, right)
        one, other = self.numbers.plain(left), self.numbers.plain(right)
        den = lcm(one.den, other.den)
        return self.graph.compare(tree.op, one.over(self.graph, den), other.over(self.graph, den))

    def _member(self, tree: Member, datum: str, person: int | None) -> Value:
        return self.graph.one_of(self.node(tree.left, datum, person), frozenset(tree.words))

    # numbers

    def _arithmetic(self, tree: Arithmetic, datum: str, person: int | None) -> Value:
        left, right = self.value(tree.left, datum, person), self.value(tree.right, datum, person)
        if tree.op == "/":
            return self.numbers.divide(self.numbers.plain(left), self.numbers.plain(right))
        one, other = self.numbers.plain(left), self.numbers.plain(right)
        if tree.op == "*":
            return reduced(self.graph, Num(self.graph.mul(one.node, other.node), one.den * other.den))
        den = lcm(one.den, other.den)
        combine = self.graph.add if tree.op == "+" else self.graph.sub
        return Num(combine(one.over(self.graph, den), other.over(self.graph, den)), den)

    def each(self, tree: Loop, datum: str, index: int) -> Num:
        """What an ``ieder`` gives the resident at this place: nothing for whom it is not about."""
        assert tree.value is not None
        graph = self.graph
        holds = graph.true if tree.condition is None else self.node(tree.condition, datum, index)
        number = self.number(tree.value, datum, index)
        about = graph.is_true(graph.all(self.somebody, self.present[index], holds))
        return Num(graph.when(about, number.node, graph.null("int")), number.den)

    def _loop(self, tree: Loop, datum: str, person: int | None) -> Value:
        graph = self.graph
        holds = [
            graph.all(present, graph.true if tree.condition is None else self.node(tree.condition, datum, index))
            for index, present in enumerate(self.present)
        ]
        if tree.kind == "enige":
            return graph.when(self.somebody, graph.any(*holds), graph.null("bool"))
        one = Num(graph.const(1), 1)
        numbers = [one if tree.value is None else self.number(tree.value, datum, i) for i in range(self.persons)]
        den = lcm(*(number.den for number in numbers))
        zero = graph.const(0)
        parts = [graph.ite(hold, number.over(graph, den), zero) for hold, number in zip(holds, numbers, strict=True)]
        return Num(graph.when(self.somebody, total(graph, parts), graph.null("int")), den)

    # functions

    def _call(self, tree: Call, datum: str, person: int | None) -> Value:
        graph, name = self.graph, tree.function
        values = [self.value(argument, datum, person) for argument in tree.arguments]
        if name == "bekend":
            value = values[0]
            return graph.known(value if isinstance(value, Vertex) else self.numbers.plain(value).node)
        if name == "eerste_bekende":
            return self.numbers.first(values)
        if name in ("min", "max"):
            return self.numbers.extreme(name, values)
        if name in ROUNDING:
            return self.numbers.round(name, values[0], self.numbers.plain(values[1]))
        if name in ("per_jaar", "in_maanden"):
            return self.numbers.times(values[0], 12)
        if name == "per_maand":
            return self.numbers.divide(self.numbers.plain(values[0]), Num(graph.const(12), 1))
        return self._calendar(name, values)

    def _calendar(self, name: str, values: list[Value]) -> Value:
        graph = self.graph
        nodes = [value if isinstance(value, Vertex) else self.numbers.plain(value).node for value in values]
        if all(node.op == "const" for node in nodes):
            whole = [Decimal(node.data) if node.kind == "int" else node.data for node in nodes]
            return self.numbers.constant(FUNCTIONS[name](*whole))
        if name in ("jaren_tussen", "maanden_tussen"):
            return Num(graph.span("years" if name == "jaren_tussen" else "months", *nodes), 1)
        if name == "maanden_voor":
            if nodes[1].op != "const":
                raise Unsupported("een aantal maanden dat niet vast is")
            return graph.day("months_before", nodes[0], nodes[1].data)
        if name == "jaar_van":
            return Num(graph.day("year", nodes[0]), 1)
        return graph.day({"jaarbegin": "year_start", "maandbegin": "month_start"}[name], nodes[0])


def field_scale(veld: Veld) -> int:
    """How many of the stored whole numbers make one."""
    return 100 if veld.soort == "bedrag" else 1
