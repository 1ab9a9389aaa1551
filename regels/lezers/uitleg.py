"""The explaining reader: three-valued evaluation of the condition tree, that keeps what it used.

Every expression becomes a function of a :class:`State`, written out as Python (:mod:`regels.lezers.code`). A value that
cannot be known yet is :class:`Unknown` and says which fields it waits for; ``en`` and ``of`` are Kleene's, everything
else is unknown when an input it needs is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any, Final, cast

from regels.lezers.code import Atom, Code
from regels.lezers.functies import FUNCTIONS
from regels.lezers.onbekend import Unknown
from regels.ontbreekt import CIJFER
from regels.regelset import Aanname, Cijfer, Waarde
from regels.stand import Stand, cijfer_op, ranks
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

Value = Any  # Waarde | Unknown, spelled out where it leaves this module; a function that was written out is not typed


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
    person: int | None = None
    key: str | None = None
    figure: Cijfer | None = None
    year: int | None = None  # of a figure that is read on another date than the usual one
    pointer: str = ""  # of a field: its place in the question


# of a state, and of a resident where something is asked of each: the value, and the bits of all it rests on
Function = Callable[..., tuple[Value, int]]


# the assumptions of a field: when each applies, and what is taken then (made as it is, where that is always the same)
_Options = list[tuple[Aanname, Function | None, Function | tuple[Value, int]]]


class _Uses(dict[int, Used]):
    """The same quantity or field of each resident, made when it is first used."""

    def __init__(self, make: Callable[[int], Used]) -> None:
        self._make = make

    def __missing__(self, person: int) -> Used:
        return self.setdefault(person, self._make(person))


@dataclass(slots=True)
class State:
    """One question under evaluation.

    ``memo`` has what was filled in, taken as given or computed, as far as it was asked for, each with the bits of all
    it rests on (its own included); ``assumed`` has by which assumption an empty field got its value.
    """

    facts: Mapping[str, Waarde]
    persons: tuple[Mapping[str, Waarde], ...]
    memo: dict[Used, tuple[Value, int]] = field(default_factory=dict)
    assumed: dict[Used, tuple[Aanname, Value]] = field(default_factory=dict)


_COMPARE: Final = {"=": "=="}  # the others are as in Python
_NO_PERSONS: Final = Unknown(("/personen",))
_NOTHING_KNOWN: Final = Unknown(())


class Compiler:
    """Turns the expressions of one :class:`Stand` into functions; each quantity and field is compiled once."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._quantities: dict[str, tuple[Used | _Uses, Function] | None] = {}
        self._fields: dict[str, tuple[Used | _Uses, Function]] = {}
        self._figures: dict[tuple[str, date, str | None, int | None], Used] = {}
        self._later: list[tuple[str, _Options]] = []
        self._ranks = ranks(stand.regels)
        self._bits = count()
        self._of_bit: dict[int, Used] = {}

    def used(self, bits: int) -> list[Used]:
        """What the bits stand for, in the order in which it is told."""
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._of_bit[lowest])
            bits ^= lowest
        return sorted(found, key=lambda used: used.rank)

    def _use(
        self,
        kind: str,
        name: str,
        place: tuple[int, ...],
        *,
        person: int | None = None,
        key: str | None = None,
        figure: Cijfer | None = None,
        year: int | None = None,
        pointer: str = "",
    ) -> Used:
        bit = 1 << next(self._bits)
        made = Used(kind, name, bit, (self._ranks[name], *place), person, key, figure, year, pointer)
        return self._of_bit.setdefault(bit, made)

    def compile(self, node: Node, datum: str) -> Function:
        """The function for ``node``; figures are those of the date called ``datum``."""
        code = Code()
        made = code.function(f"{self.write(node, datum, code).text}, t")
        self.finish()
        return made

    def write(self, node: Node, datum: str, code: Code) -> Atom:
        """``node`` as a part of ``code``: what has its value there. :meth:`finish` comes before the function runs."""
        if code.deep and not isinstance(node, Number | Date | Word | Truth):
            return code.call(self.compile(node, datum))
        write: Callable[[Any, str, Code], Atom] = getattr(self, "_" + type(node).__name__.lower())
        return write(node, datum, code)

    def finish(self) -> None:
        """Compile what empty fields are taken for; a server answers in threads, and none may find this half done."""
        while self._later:
            name, options = self._later.pop()
            options += [
                (
                    aanname,
                    None if aanname.als is None else self.compile(aanname.als, "peildatum"),
                    (aanname.waarde.value, 0)
                    if isinstance(aanname.waarde, Number | Word | Date | Truth)
                    else self.compile(aanname.waarde, "peildatum"),
                )
                for aanname in self.stand.regels.aannamen.get(name, ())
            ]

    # values

    def _number(self, node: Number | Date, datum: str, code: Code) -> Atom:
        return Atom(code.given(node.value), True)

    def _word(self, node: Word | Truth, datum: str, code: Code) -> Atom:
        return Atom(repr(node.value), True)

    _date, _truth = _number, _word

    def _field(self, node: Field, datum: str, code: Code) -> Atom:
        name = node.name
        if name == "rondedatum":
            return Atom(code.new(f"{code.state('facts')}[{name!r}]"), True)
        if name not in self._fields:
            self._fields[name] = self._uses("veld", name, node.per_person), self._find(name)
        return self._known(self._fields[name], node.per_person, code)

    def _known(self, what: tuple[Used | _Uses, Function], per_person: bool, code: Code) -> Atom:
        """A field or a quantity: found out once a question, and remembered."""
        uses, find = (code.given(part) for part in what)
        person = code.person if per_person else "0"

        def read() -> tuple[Atom, str]:
            used = code.new(f"{uses}[{person}]") if per_person else uses
            value, bits = code.variable(), code.variable()
            code.add(f"e = {code.state('memo')}.get({used})")
            code.add(f"if e is None: e = {find}(s, {used}, {person})")
            code.add(f"{value}, {bits} = e")
            return Atom(value, False), bits

        return code.once(f"{uses}[{person}]", read)

    def _uses(self, kind: str, name: str, per_person: bool) -> Used | _Uses:
        def make(person: int | None = None) -> Used:
            pointer = self.stand.regels.velden[name].pointer(person) if kind == "veld" else ""
            return self._use(kind, name, (-1 if person is None else person,), person=person, pointer=pointer)

        return _Uses(make) if per_person else make()

    def _find(self, name: str) -> Function:
        """What a field is: as it was filled in, else the value of the assumption that applies, else unknown."""
        # an assumption may use other fields, so it is compiled when what asks for it has been
        options: _Options = []
        self._later.append((name, options))

        def assume(state: State, used: Used, person: int) -> tuple[Value, int]:
            for aanname, condition, value in options:
                # what decides whether an assumption applies is not a reason for the answer
                if condition is None or condition(state, person)[0] is True:
                    taken, bits = value if isinstance(value, tuple) else value(state, person)
                    state.assumed[used] = aanname, taken
                    return taken, bits | used.bit
            return Unknown((used.pointer,)), used.bit

        def find(state: State, used: Used, person: int) -> tuple[Value, int]:
            value = (state.facts if used.person is None else state.persons[person]).get(name)
            found = state.memo[used] = assume(state, used, person) if value is None else (value, used.bit)
            return found

        return find

    def _quantity(self, node: Quantity, datum: str, code: Code) -> Atom:
        name = node.name
        if name not in self._quantities:
            self._quantities[name] = self._computed(name, node.per_person)
        found = self._quantities[name]
        return Atom(code.given(_NOTHING_KNOWN), False) if found is None else self._known(found, node.per_person, code)

    def _computed(self, name: str, per_person: bool) -> tuple[Used | _Uses, Function] | None:
        """How a quantity is known, and the function that computes it and remembers what it rests on."""
        formule = self.stand.formule(name)
        if formule is None:
            return None
        code = Code()
        value = self.write(formule.boom, self.stand.regels.grootheden[name].datum, code)
        found = f"{code.state('memo')}[u] = {value.text}, t | u.bit"
        compute = code.function("found", "compute(s, u, p)", last=f"found = {found}")
        return self._uses("grootheid", name, per_person), compute

    def _figure(self, node: Figure, datum: str, code: Code) -> Atom:
        if node.on is not None:
            return self._figure_on(node, datum, code)
        figure = self.stand.cijfer(node.name, datum)
        if figure is None:
            return Atom(code.given(_NOTHING_KNOWN), False)
        table = figure.waarde
        if not isinstance(table, Mapping):
            code.use(code.given(self._figure_use(figure).bit))
            return Atom(code.given(table), True)
        assert node.key is not None
        word = self.write(node.key, datum, code)
        bits = code.given({key: self._figure_use(figure, key).bit for key in table})
        if word.sure:
            code.use(f"{bits}[{word.text}]")
            return Atom(code.new(f"{code.given(table)}[{word.text}]"), True)
        found = code.new(word.text)
        with code.block(f"if type({found}) is not Unknown:"):
            code.use(f"{bits}[{found}]")
            code.add(f"{found} = {code.given(table)}[{found}]")
        return Atom(found, False)

    def _figure_use(self, figure: Cijfer, key: str | None = None, year: int | None = None) -> Used:
        mark = (figure.naam, figure.venster.vanaf, key, year)
        if mark not in self._figures:
            place = list(figure.waarde).index(key) if isinstance(figure.waarde, Mapping) and key is not None else 0
            since = figure.venster.vanaf.toordinal()
            made = self._use("cijfer", figure.naam, (since, place), key=key, figure=figure, year=year)
            return self._figures.setdefault(mark, made)
        return self._figures[mark]

    def _figure_on(self, node: Figure, datum: str, code: Code) -> Atom:
        regels, use, name = self.stand.regels, self._figure_use, node.name

        def read(dag: date, word: str | None) -> tuple[Value, int]:
            figure = cijfer_op(regels, name, dag)
            if figure is None:
                return Unknown((f"{CIJFER}{name}",)), 0
            bit = use(figure, word, figure.venster.vanaf.year).bit
            return figure.waarde if word is None else cast(Mapping[str, Waarde], figure.waarde)[word], bit

        assert node.on is not None
        dag = self.write(node.on, datum, code)
        word = self.write(node.key, datum, code) if node.key is not None else Atom("None", True)
        found = code.unless_unknown(f"{code.given(read)}({dag.text}, {word.text})", dag, word).text
        with code.block(f"if type({found}) is not Unknown:"):
            bits = code.variable()
            code.add(f"{found}, {bits} = {found}")
            code.use(bits)
        return Atom(found, False)

    # arithmetic and conditions

    def _arithmetic(self, node: Arithmetic, datum: str, code: Code) -> Atom:
        left, right = self.write(node.left, datum, code), self.write(node.right, datum, code)
        if node.op == "/":
            divided = code.unless_unknown(f"{code.given(_divide)}({left.text}, {right.text})", left, right)
            return Atom(divided.text, False)
        return code.unless_unknown(f"{left.text} {node.op} {right.text}", left, right)

    def _compare(self, node: Compare, datum: str, code: Code) -> Atom:
        left, right = self.write(node.left, datum, code), self.write(node.right, datum, code)
        return code.unless_unknown(f"{left.text} {_COMPARE.get(node.op, node.op)} {right.text}", left, right)

    def _member(self, node: Member, datum: str, code: Code) -> Atom:
        left = self.write(node.left, datum, code)
        return code.unless_unknown(f"{left.text} in {node.words!r}", left)

    def _not(self, node: Not, datum: str, code: Code) -> Atom:
        part = self.write(node.part, datum, code)
        return code.unless_unknown(f"not {part.text}", part)

    def _and(self, node: And, datum: str, code: Code) -> Atom:
        return self._kleene(node.parts, datum, code, stop=False)

    def _or(self, node: Or, datum: str, code: Code) -> Atom:
        return self._kleene(node.parts, datum, code, stop=True)

    def _kleene(self, parts: tuple[Node, ...], datum: str, code: Code, *, stop: bool) -> Atom:
        first, *others = parts
        atom = self.write(first, datum, code)
        found, sure = code.new(atom.text), atom.sure
        for part in others:
            # what has been found is not ``stop``: it says nothing yet (``not stop``), or it is unknown
            with code.block(f"if {found} is not {stop}:"):
                text, known = self.write(part, datum, code)
                with code.block(f"if {text} is not {not stop}:"):
                    more = (
                        text if sure else f"{text} if {text} is {stop} or {found} is {not stop} else {found} + {text}"
                    )
                    code.add(f"{found} = {more}")
                sure = sure and known
        return Atom(found, sure)

    def _choice(self, node: Choice, datum: str, code: Code) -> Atom:
        condition = self.write(node.condition, datum, code)
        found, sure = code.new(condition.text), condition.sure
        with code.block(f"if {condition.text} is True:"):
            yes = self.write(node.yes, datum, code)
            code.add(f"{found} = {yes.text}")
        with code.block(f"elif {condition.text} is False:"):
            no = self.write(node.no, datum, code)
            code.add(f"{found} = {no.text}")
        return Atom(found, sure and yes.sure and no.sure)

    def _loop(self, node: Loop, datum: str, code: Code) -> Atom:
        persons, outer = code.state("persons"), code.person
        found = code.new("False" if node.kind == "enige" else code.given(_ZERO))
        unknown = code.new(f"None if {persons} else {code.given(_NO_PERSONS)}")
        person = code.variable()
        with code.block(f"for {person} in range(len({persons})):"):
            code.person = person
            condition = self.write(node.condition, datum, code).text if node.condition is not None else "True"
            part = code.new(condition)
            with code.block(f"if {part} is True:"):
                if node.kind == "enige":
                    code.add(f"{found}, {unknown} = True, None")
                    code.add("break")
                else:
                    value = self.write(node.value, datum, code).text if node.value is not None else code.given(_ONE)
                    code.add(f"{part} = {value}")
                    with code.block(f"if type({part}) is not Unknown:"):
                        code.add(f"{found} += {part}")
                        code.add("continue")
            with code.block(f"if {part} is not False:"):
                code.add(f"{unknown} = {part} if {unknown} is None else {unknown} + {part}")
        code.person = outer
        return Atom(code.new(f"{found} if {unknown} is None else {unknown}"), False)

    def _call(self, node: Call, datum: str, code: Code) -> Atom:
        if node.function == "eerste_bekende":
            return self._first_known(node.arguments, datum, code)
        arguments = [self.write(argument, datum, code) for argument in node.arguments]
        if node.function == "bekend":
            return Atom(code.new(f"type({arguments[0].text}) is not Unknown"), True)
        combine = code.given(FUNCTIONS[node.function])
        return code.unless_unknown(f"{combine}({', '.join(atom.text for atom in arguments)})", *arguments)

    def _first_known(self, arguments: tuple[Node, ...], datum: str, code: Code) -> Atom:
        first, *others = arguments
        atom = self.write(first, datum, code)
        found, sure = code.new(atom.text), atom.sure
        for argument in others:
            with code.block(f"if type({found}) is Unknown:"):
                text, known = self.write(argument, datum, code)
                code.add(f"{found} = {found} + {text} if type({text}) is Unknown else {text}")
                sure = sure or known
        return Atom(found, sure)


_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


def _divide(a: Decimal, b: Decimal) -> Value:
    return _NOTHING_KNOWN if b == 0 else a / b
