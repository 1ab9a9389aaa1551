"""The explaining reader: three-valued evaluation of the condition tree, with a trail of what it used.

Every expression becomes a small function of a :class:`State`. A value that cannot be known yet is :class:`Unknown` and
says which fields it waits for; ``en`` and ``of`` are Kleene's, everything else is unknown when an input it needs is.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, cast

from regels.lezers.functies import FUNCTIONS
from regels.ontbreekt import CIJFER
from regels.regelset import Aanname, Cijfer, Waarde
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
    Node,
    Not,
    Number,
    Or,
    Quantity,
    Truth,
    Word,
)

Value = Any  # Waarde | Unknown, spelled out where it leaves this module; Any keeps the many small functions readable
Function = Callable[["State"], Value]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that waits for the fields at these JSON pointers."""

    fields: tuple[str, ...]

    def __add__(self, other: "Unknown") -> "Unknown":
        return Unknown(self.fields + tuple(pointer for pointer in other.fields if pointer not in self.fields))


@dataclass(frozen=True, slots=True, eq=False)
class Used:
    """Something the answer rests on: a figure (with the key of its table), a quantity or a field.

    Each is made once for a compiled rule set, so that identity is equality and gathering them costs little.
    """

    kind: str
    name: str
    person: int | None = None
    key: str | None = None
    figure: Cijfer | None = None
    year: int | None = None  # of a figure that is read on another date than the usual one
    pointer: str = ""  # of a field: its place in the question


class _Uses(dict[int, Used]):
    """The same quantity or field of each resident, made when it is first used."""

    def __init__(self, make: Callable[[int], Used]) -> None:
        self._make = make

    def __missing__(self, person: int) -> Used:
        return self.setdefault(person, self._make(person))


@dataclass(slots=True)
class State:
    """One question under evaluation.

    ``memo`` has what was computed or taken as given, ``trails`` what each of those rests on, and ``assumed`` by which
    assumption an empty field got its value. ``trail`` gathers what the expression under evaluation uses.
    """

    facts: Mapping[str, Waarde]
    persons: tuple[Mapping[str, Waarde], ...]
    person: int = 0
    memo: dict[Used, Value] = field(default_factory=dict)
    trails: dict[Used, list[Used]] = field(default_factory=dict)
    trail: list[Used] = field(default_factory=list)
    assumed: dict[Used, tuple[Aanname, Value]] = field(default_factory=dict)


_COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


class Compiler:
    """Turns the expressions of one :class:`Stand` into functions; each quantity and field is compiled once."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._quantities: dict[str, Function] = {}
        self._fields: dict[str, Function] = {}
        self._figures: dict[tuple[str, date, str | None, int | None], Used] = {}

    def compile(self, node: Node, datum: str) -> Function:
        """The function for ``node``; figures are those of the date called ``datum``."""
        build: Callable[[Any, str], Function] = getattr(self, "_" + type(node).__name__.lower())
        return build(node, datum)

    def _use(self, figure: Cijfer, key: str | None = None, year: int | None = None) -> Used:
        mark = (figure.naam, figure.venster.vanaf, key, year)
        found = self._figures.get(mark)
        return found or self._figures.setdefault(mark, Used("cijfer", figure.naam, None, key, figure, year))

    # values

    def _number(self, node: Number, datum: str) -> Function:
        value = node.value
        return lambda state: value

    def _date(self, node: Date, datum: str) -> Function:
        value = node.value
        return lambda state: value

    def _word(self, node: Word, datum: str) -> Function:
        value = node.value
        return lambda state: value

    def _truth(self, node: Truth, datum: str) -> Function:
        value = node.value
        return lambda state: value

    def _field(self, node: Field, datum: str) -> Function:
        name = node.name
        if name == "rondedatum":
            return lambda state: state.facts["rondedatum"]
        if name not in self._fields:
            self._fields[name] = self._read_field(name, node.per_person)
        return self._fields[name]

    def _read_field(self, name: str, per_person: bool) -> Function:
        veld, taken = self.stand.regels.velden[name], self._taken(name)
        if per_person:
            uses = _Uses(lambda person: Used("veld", name, person, pointer=veld.pointer(person)))

            def read_person(state: State) -> Value:
                person = state.person
                used = uses[person]
                state.trail.append(used)
                value = state.persons[person].get(name)
                return taken(state, used) if value is None else value

            return read_person
        used = Used("veld", name, pointer=veld.pointer())

        def read(state: State) -> Value:
            state.trail.append(used)
            value = state.facts.get(name)
            return taken(state, used) if value is None else value

        return read

    def _taken(self, name: str) -> Callable[[State, Used], Value]:
        """What an empty field is: the value of the assumption that applies, else unknown; found out once a question."""
        # an assumption may use other fields, so compile it when it is first needed
        options: list[tuple[Aanname, Function | None, Function]] = []

        def compiled() -> list[tuple[Aanname, Function | None, Function]]:
            if not options:
                options.extend(
                    (
                        aanname,
                        None if aanname.als is None else self.compile(aanname.als, "peildatum"),
                        self.compile(aanname.waarde, "peildatum"),
                    )
                    for aanname in self.stand.regels.aannamen.get(name, ())
                )
            return options

        def assume(state: State, used: Used) -> Value:
            outer = state.trail
            try:
                for aanname, condition, value in compiled():
                    # what decides whether an assumption applies is not a reason for the answer
                    state.trail = []
                    if condition is None or condition(state) is True:
                        state.trail = state.trails[used] = []
                        taken = value(state)
                        state.assumed[used] = aanname, taken
                        return taken
                return Unknown((used.pointer,))
            finally:
                state.trail = outer

        def taken(state: State, used: Used) -> Value:
            if used not in state.memo:
                state.memo[used] = assume(state, used)
            return state.memo[used]

        return taken

    def _quantity(self, node: Quantity, datum: str) -> Function:
        name = node.name
        if name not in self._quantities:
            self._quantities[name] = self._read_quantity(name, node.per_person)
        return self._quantities[name]

    def _read_quantity(self, name: str, per_person: bool) -> Function:
        formule = self.stand.formule(name)
        if formule is None:
            return lambda state: Unknown(())
        function = self.compile(formule.boom, self.stand.regels.grootheden[name].datum)

        def compute(state: State, used: Used) -> Value:
            outer = state.trail
            state.trail = state.trails[used] = []
            value = state.memo[used] = function(state)
            state.trail = outer
            return value

        if per_person:
            uses = _Uses(lambda person: Used("grootheid", name, person))

            def read_person(state: State) -> Value:
                used = uses[state.person]
                state.trail.append(used)
                return state.memo[used] if used in state.memo else compute(state, used)

            return read_person
        used = Used("grootheid", name)

        def read(state: State) -> Value:
            state.trail.append(used)
            return state.memo[used] if used in state.memo else compute(state, used)

        return read

    def _figure(self, node: Figure, datum: str) -> Function:
        if node.on is not None:
            cell = self.compile(node.key, datum) if node.key is not None else None
            return self._figure_on(node.name, self.compile(node.on, datum), cell)
        figure = self.stand.cijfer(node.name, datum)
        if figure is None:
            return lambda state: Unknown(())
        table = figure.waarde
        if not isinstance(table, Mapping):
            used = self._use(figure)

            def read(state: State) -> Value:
                state.trail.append(used)
                return table

            return read
        assert node.key is not None
        key = self.compile(node.key, datum)
        uses = {word: self._use(figure, word) for word in table}

        def look_up(state: State) -> Value:
            word = key(state)
            if word.__class__ is Unknown:
                return word
            state.trail.append(uses[word])
            return table[word]

        return look_up

    def _figure_on(self, name: str, day: Function, key: Function | None) -> Function:
        regels, use = self.stand.regels, self._use

        def read(state: State) -> Value:
            dag = day(state)
            word = key(state) if key is not None else None
            if dag.__class__ is Unknown:
                return dag + word if word.__class__ is Unknown else dag
            if word.__class__ is Unknown:
                return word
            figure = cijfer_op(regels, name, dag)
            if figure is None:
                return Unknown((f"{CIJFER}{name}",))
            state.trail.append(use(figure, word, figure.venster.vanaf.year))
            return figure.waarde if word is None else cast(Mapping[str, Waarde], figure.waarde)[word]

        return read

    # arithmetic and conditions

    def _arithmetic(self, node: Arithmetic, datum: str) -> Function:
        if node.op == "/":
            return self._strict(_divide, node.left, node.right, datum)
        return self._strict(_ARITHMETIC[node.op], node.left, node.right, datum)

    def _compare(self, node: Compare, datum: str) -> Function:
        return self._strict(_COMPARE[node.op], node.left, node.right, datum)

    def _strict(self, combine: Callable[[Any, Any], Any], left: Node, right: Node, datum: str) -> Function:
        one, other = self.compile(left, datum), self.compile(right, datum)
        if isinstance(right, Number | Word | Date | Truth):
            fixed = right.value

            def apply_fixed(state: State) -> Value:
                a = one(state)
                return a if a.__class__ is Unknown else combine(a, fixed)

            return apply_fixed

        def apply(state: State) -> Value:
            a, b = one(state), other(state)
            if a.__class__ is Unknown:
                return a + b if b.__class__ is Unknown else a
            return b if b.__class__ is Unknown else combine(a, b)

        return apply

    def _member(self, node: Member, datum: str) -> Function:
        left, words = self.compile(node.left, datum), frozenset(node.words)

        def apply(state: State) -> Value:
            value = left(state)
            return value if value.__class__ is Unknown else value in words

        return apply

    def _and(self, node: And, datum: str) -> Function:
        return self._kleene(node.parts, datum, stop=False)

    def _or(self, node: Or, datum: str) -> Function:
        return self._kleene(node.parts, datum, stop=True)

    def _kleene(self, parts: tuple[Node, ...], datum: str, *, stop: bool) -> Function:
        functions = [self.compile(part, datum) for part in parts]

        def apply(state: State) -> Value:
            unknown: Unknown | None = None
            for function in functions:
                value = function(state)
                if value is stop:
                    return stop
                if value.__class__ is Unknown:
                    unknown = value if unknown is None else unknown + value
            return (not stop) if unknown is None else unknown

        return apply

    def _not(self, node: Not, datum: str) -> Function:
        part = self.compile(node.part, datum)

        def apply(state: State) -> Value:
            value = part(state)
            return value if value.__class__ is Unknown else not value

        return apply

    def _choice(self, node: Choice, datum: str) -> Function:
        condition, yes, no = (self.compile(part, datum) for part in (node.condition, node.yes, node.no))

        def apply(state: State) -> Value:
            value = condition(state)
            if value.__class__ is Unknown:
                return value
            return yes(state) if value else no(state)

        return apply

    def _loop(self, node: Loop, datum: str) -> Function:
        condition = self.compile(node.condition, datum) if node.condition is not None else (lambda state: True)
        value = self.compile(node.value, datum) if node.value is not None else (lambda state: Decimal(1))
        any_person = node.kind == "enige"

        def apply(state: State) -> Value:
            if not state.persons:
                return Unknown(("/personen",))
            outer, unknown, total = state.person, None, Decimal(0)
            for index in range(len(state.persons)):
                state.person = index
                part = condition(state)
                if part is True:
                    if any_person:
                        state.person = outer
                        return True
                    part = value(state)
                    if part.__class__ is not Unknown:
                        total += part
                        continue
                if part is not False:
                    unknown = part if unknown is None else unknown + part
            state.person = outer
            if unknown is not None:
                return unknown
            return False if any_person else total

        return apply

    def _call(self, node: Call, datum: str) -> Function:
        arguments = [self.compile(argument, datum) for argument in node.arguments]
        if node.function == "bekend":
            return lambda state: arguments[0](state).__class__ is not Unknown
        if node.function == "eerste_bekende":
            return _first_known(arguments)
        combine = FUNCTIONS[node.function]

        def apply(state: State) -> Value:
            values = [argument(state) for argument in arguments]
            unknown: Unknown | None = None
            for value in values:
                if value.__class__ is Unknown:
                    unknown = value if unknown is None else unknown + value
            return combine(*values) if unknown is None else unknown

        return apply


def _first_known(arguments: list[Function]) -> Function:
    def apply(state: State) -> Value:
        unknown: Unknown | None = None
        for argument in arguments:
            value = argument(state)
            if value.__class__ is not Unknown:
                return value
            unknown = value if unknown is None else unknown + value
        return unknown

    return apply


def _divide(a: Decimal, b: Decimal) -> Value:
    return Unknown(()) if b == 0 else a / b
