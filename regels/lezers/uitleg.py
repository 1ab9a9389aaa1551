"""The explaining reader: three-valued evaluation of the condition tree, that keeps what it used.

Every expression becomes a function of a :class:`State`, written out as Python (:mod:`regels.lezers.code`). A value that
cannot be known yet is :class:`Unknown` and says which fields it waits for; ``en`` and ``of`` are Kleene's, everything
else is unknown when an input it needs is.
"""

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal
from itertools import count
from operator import attrgetter
from typing import Any, Final

from regels.lezers.cijfers import Figures
from regels.lezers.code import Atom, Code, Person
from regels.lezers.functies import FUNCTIONS
from regels.lezers.onbekend import Unknown
from regels.lezers.toestand import RONDEDATUM, Layout, Used, Uses, Value
from regels.regelset import Cijfer
from regels.stand import Stand, ranks
from regels.taal import (
    IEDER,
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Date,
    Field,
    Loop,
    Member,
    Node,
    Not,
    Number,
    Or,
    Quantity,
    Truth,
    Word,
    plain,
)

# of a state, and of a resident where something is asked of each: the value, and the bits of all it rests on
Function = Callable[..., tuple[Value, int]]
_Find = Callable[..., Value]  # the same, but that the bits are kept in the state

_CONSTANTS: Final = (Number, Date, Word, Truth)
_COMPARE: Final = {"=": "=="}  # the others are as in Python
_NO_PERSONS: Final = Unknown(("/personen",))
_NOTHING_KNOWN: Final = Unknown(())
_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)


class Compiler(Figures):
    """Turns the expressions of one :class:`Stand` into functions; each quantity and field is compiled once.

    When it is not ``traced``, no function keeps what its value rests on.
    """

    def __init__(self, stand: Stand, *, traced: bool = True) -> None:
        self.stand, self._traced = stand, traced
        self._quantities: dict[str, _Find | None] = {}
        self._fields: dict[str, _Find] = {}
        self._figures = {}
        self._ranks = ranks(stand.regels)
        self._bits = count()
        self._of_bit: dict[int, Used] = {}
        self.layout = Layout(stand.regels)

    def used(self, bits: int) -> list[Used]:
        """What the bits stand for, in the order in which it is told."""
        found = []
        while bits:
            lowest = bits & -bits
            found.append(self._of_bit[lowest])
            bits ^= lowest
        return sorted(found, key=attrgetter("rank"))

    def made(self, name: str) -> Iterator[Callable[..., Any]]:
        """The function that was written for a field or quantity; none when no answer needs it."""
        found = self._fields.get(name) or self._quantities.get(name)
        if found is not None:
            yield found

    def _use(
        self,
        kind: str,
        name: str,
        place: tuple[int, ...],
        *,
        slot: int = -1,
        person: int | None = None,
        key: str | None = None,
        figure: Cijfer | None = None,
        year: int | None = None,
        pointer: str = "",
    ) -> Used:
        bit = 1 << next(self._bits)
        made = Used(kind, name, bit, (self._ranks[name], *place), slot, person, key, figure, year, pointer)
        return self._of_bit.setdefault(bit, made)

    def code(self, name: str, *, again: Collection[object] = ()) -> Code:
        """A function that starts, and keeps what it uses where that is wanted."""
        return Code(name, traced=self._traced, again=again)

    def compile(self, node: Node, datum: str, name: str = "deel") -> Function:
        """The function for ``node``, called ``name``; figures are those of the date called ``datum``."""
        code = self.code(name)
        value = code.settle(self.write(node, datum, code)).text
        return code.function(f"{value}, {code.used()}")

    def write(self, node: Node, datum: str, code: Code) -> Atom:
        """``node`` as a part of ``code``: what has its value there."""
        if code.deep and not isinstance(node, _CONSTANTS):
            return code.call(self.compile(node, datum, code.name))
        write: Callable[[Any, str, Code], Atom] = getattr(self, "_" + type(node).__name__.lower())
        if code.again and (what := plain(node)) in code.again:

            def settled() -> tuple[Atom, str]:
                with code.apart():
                    return code.settle(write(node, datum, code)), code.used()

            return code.once(what, settled)
        return write(node, datum, code)

    # values

    def _number(self, node: Number | Date, datum: str, code: Code) -> Atom:
        return Atom(code.given(node.value), constant=node.value)

    def _word(self, node: Word | Truth, datum: str, code: Code) -> Atom:
        return Atom(repr(node.value), constant=node.value)

    _date, _truth = _number, _word

    def _field(self, node: Field, datum: str, code: Code) -> Atom:
        name = node.name
        if name == RONDEDATUM:
            return Atom(f"{code.state('values')}[{self.layout.slots[name]}]")
        if name not in self._fields:
            uses = self._uses("veld", name, node.per_person)
            self.layout.add(name, uses)
            self._fields[name] = self._find(name, uses)
        return self._known(name, self._fields[name], node.per_person, code)

    def _known(self, name: str, find: _Find, per_person: bool, code: Code) -> Atom:
        """A field or a quantity: found out once a question, and remembered."""
        values, bits = code.lists(per_person=per_person)
        slot = self.layout.slots[name]

        def read() -> tuple[Atom, str]:
            value = code.new(f"{values}[{slot}]")
            code.add(f"if {value} is None: {value} = {code.given(find)}(s, {code.person.number})")
            return Atom.named(value), f"{bits}[{slot}]"

        return code.once(f"{values}[{slot}]", read)

    def _uses(self, kind: str, name: str, per_person: bool) -> Used | Uses:
        def make(person: int | None = None) -> Used:
            pointer = self.stand.regels.velden[name].pointer(person) if kind == "veld" else ""
            place = -1 if person is None else person
            return self._use(kind, name, (place,), slot=self.layout.slots[name], person=person, pointer=pointer)

        return Uses(make) if per_person else make()

    def _find(self, name: str, uses: Used | Uses) -> _Find:
        """What an empty field is: the value of the assumption that applies, else unknown."""
        # what decides whether an assumption applies is not a reason for the answer
        code = Code(f"{name} leeg", traced=False)
        (values, bits), slot = code.lists(per_person=isinstance(uses, Uses)), self.layout.slots[name]
        if isinstance(uses, Uses):
            used = f"{code.given(uses)}[p]"
            nothing = f"Unknown(({used}.pointer,))"
        else:
            used, nothing = code.given(uses), code.given(Unknown((uses.pointer,)))
        for aanname in self.stand.regels.aannamen.get(name, ()):
            applies = Atom("True") if aanname.als is None else self.write(aanname.als, "peildatum", code)
            with code.block(f"if {code.settle(applies).text} is True:"):
                if isinstance(aanname.waarde, _CONSTANTS):
                    code.add(f"taken = {self.write(aanname.waarde, 'peildatum', code).text}")
                else:
                    code.add(f"taken, more = {code.given(self.compile(aanname.waarde, 'peildatum', name))}(s, p)")
                    code.add(f"{bits}[{slot}] |= more")
                code.add(f"s.assumed[{used}] = {code.given(aanname)}")
                code.add(f"{values}[{slot}] = taken")
                code.add("return taken")
        code.add(f"{values}[{slot}] = nothing = {nothing}")
        return code.function("nothing", "s, p")

    def _quantity(self, node: Quantity, datum: str, code: Code) -> Atom:
        name = node.name
        if name not in self._quantities:
            self._quantities[name] = self._computed(name, node.per_person)
        compute = self._quantities[name]
        if compute is None:
            return Atom.named(code.given(_NOTHING_KNOWN))
        return self._known(name, compute, node.per_person, code)

    def _computed(self, name: str, per_person: bool) -> _Find | None:
        """The function that computes a quantity, and remembers it with what it rests on."""
        formule = self.stand.formule(name)
        if formule is None:
            return None
        code, uses = self.code(name), self._uses("grootheid", name, per_person)
        (values, bits), slot = code.lists(per_person=per_person), self.layout.slots[name]
        found = code.settle(self.write(formule.boom, self.stand.regels.grootheden[name].datum, code)).text
        code.use(f"{code.given(uses)}[p].bit" if isinstance(uses, Uses) else uses.bit)
        if self._traced:
            code.add(f"{bits}[{slot}] = {code.used()}")
        code.add(f"{values}[{slot}] = {found}")
        return code.function(found, "s, p")

    # arithmetic and conditions

    def _arithmetic(self, node: Arithmetic, datum: str, code: Code) -> Atom:
        left, right = self.write(node.left, datum, code), self.write(node.right, datum, code)
        if node.op == "/":
            divided = code.new(
                code.unless_unknown(f"{code.given(_divide)}({left.text}, {right.text})", left, right).value
            )
            return Atom.named(divided)
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
        return self._kleene(flat(node, And), datum, code, stop=False)

    def _or(self, node: Or, datum: str, code: Code) -> Atom:
        return self._kleene(flat(node, Or), datum, code, stop=True)

    def _kleene(self, parts: tuple[Node, ...], datum: str, code: Code, *, stop: bool) -> Atom:
        first, *others = parts
        atom = self.write(first, datum, code)
        found, sure = code.new(atom.value), atom.sure
        # what is not known is true for Python
        to_go_on, to_change = ("{} is not True", "{}") if stop else ("{}", "{} is not True")
        for part in others:
            # what has been found is not ``stop``: it says nothing yet (``not stop``), or it is unknown
            with code.block(f"if {to_go_on.format(found)}:"):
                atom = code.settle(self.write(part, datum, code))
                text = atom.text
                with code.block(f"if {to_change.format(text)}:"):
                    more = (
                        text if sure else f"{text} if {text} is {stop} or {found} is {not stop} else {found} + {text}"
                    )
                    code.add(f"{found} = {more}")
                sure = sure and atom.sure
        return Atom.named(found, sure=sure)

    def _choice(self, node: Choice, datum: str, code: Code) -> Atom:
        condition = self.write(node.condition, datum, code)
        found, sure = code.new(condition.value), condition.sure
        with code.block(f"if {found} is True:"):
            yes = self.write(node.yes, datum, code)
            code.add(f"{found} = {yes.value}")
        with code.block(f"elif not {found}:"):
            no = self.write(node.no, datum, code)
            code.add(f"{found} = {no.value}")
        return Atom.named(found, sure=sure and yes.sure and no.sure)

    def _each(self, node: Loop, datum: str, code: Code) -> Atom:
        """A list with for each resident the value, or None for whom it is not about or where it is not known."""
        assert node.value is not None
        persons, outer = code.state("persons"), code.person
        found = code.new("[]")
        code.person = Person(code.variable(), code.variable(), code.variable())
        with code.block(f"for {', '.join(code.person)} in {persons}:"):
            part = code.new("True" if node.condition is None else self.write(node.condition, datum, code).value)
            with code.block(f"if {part} is True:"):
                code.add(f"{part} = {self.write(node.value, datum, code).value}")
            with code.block("else:"):
                code.add(f"{part} = None")
            code.add(f"{found}.append(None if type({part}) is Unknown else {part})")
        code.person = outer
        # of nobody known it is no value
        nothing = code.given(_NOTHING_KNOWN)
        return Atom.named(code.new(f"{found} if any(part is not None for part in {found}) else {nothing}"))

    def _loop(self, node: Loop, datum: str, code: Code) -> Atom:
        if node.kind == IEDER:
            return self._each(node, datum, code)
        persons, outer = code.state("persons"), code.person
        found = code.new("False" if node.kind == "enige" else code.given(_ZERO))
        unknown = code.new(f"None if {persons} else {code.given(_NO_PERSONS)}")
        code.person = Person(code.variable(), code.variable(), code.variable())
        with code.block(f"for {', '.join(code.person)} in {persons}:"):
            part = code.new("True" if node.condition is None else self.write(node.condition, datum, code).value)
            with code.block(f"if {part} is True:"):
                if node.kind == "enige":
                    code.add(f"{found}, {unknown} = True, None")
                    code.add("break")
                else:
                    value = Atom(code.given(_ONE)) if node.value is None else self.write(node.value, datum, code)
                    code.add(f"{part} = {value.value}")
                    with code.block(f"if type({part}) is not Unknown:"):
                        code.add(f"{found} += {part}")
                        code.add("continue")
            with code.block(f"if {part}:"):
                code.add(f"{unknown} = {part} if {unknown} is None else {unknown} + {part}")
        code.person = outer
        found = code.new(f"{found} if {unknown} is None else {unknown}")
        return Atom.named(found)

    def _call(self, node: Call, datum: str, code: Code) -> Atom:
        if node.function == "eerste_bekende":
            return self._first_known(node.arguments, datum, code)
        arguments = [self.write(argument, datum, code) for argument in node.arguments]
        if node.function == "bekend":
            return Atom(f"({arguments[0].known})")
        combine = code.given(FUNCTIONS[node.function])
        return code.unless_unknown(f"{combine}({', '.join(atom.text for atom in arguments)})", *arguments)

    def _first_known(self, arguments: tuple[Node, ...], datum: str, code: Code) -> Atom:
        first, *others = arguments
        atom = self.write(first, datum, code)
        found, sure = code.new(atom.value), atom.sure
        for argument in others:
            with code.block(f"if type({found}) is Unknown:"):
                atom = code.settle(self.write(argument, datum, code))
                text = atom.text
                code.add(f"{found} = {text} if {atom.known} else {found} + {text}")
                sure = sure or atom.sure
        return Atom.named(found, sure=sure)


def flat(node: Node, kind: type[And | Or]) -> tuple[Node, ...]:
    """The parts of ``node``, and of those that are of the same kind their parts."""
    return tuple(part for child in node.parts for part in flat(child, kind)) if isinstance(node, kind) else (node,)


def _divide(a: Decimal, b: Decimal) -> Value:
    return _NOTHING_KNOWN if b == 0 else a / b
