"""A function of the rules, written out as Python.

A tree of small functions that call each other costs a call for every node of it, and that was most of a check. Written
out, a formula is one function. What differs between two stretches of days (the figures, mostly) is not in the text but
given to it, so that a formula that stays the same is compiled once for all years. A function is called after the
decision or quantity that it is of, and a traceback shows its lines.
"""

import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, NamedTuple

from regels.lezers.onbekend import Unknown, together

# How many different texts are kept.
TEXTS: Final = 8192
# Python takes a hundred blocks in each other; what is this deep goes into a function of its own.
DEEP: Final = 60
# What a text is said to be a file of; not in < >, or a traceback would not ask for its lines.
_FILE: Final = "regels:{}"
# Of an expression that is longer than this many signs the value is kept, or it would grow without end.
LONG: Final = 400


class Atom(NamedTuple):
    """An expression in the text, to be used once; it has its value when each variable in ``needs`` is known.

    ``constant`` is the value of what is always the same.
    """

    text: str
    needs: tuple[str, ...] = ()
    constant: object = None

    @classmethod
    def named(cls, name: str, *, sure: bool = False) -> "Atom":
        """The variable ``name``."""
        return cls(name, () if sure else (name,))

    @property
    def sure(self) -> bool:
        """Whether its value can never be unknown."""
        return not self.needs

    @property
    def known(self) -> str:
        """The condition that its value is known."""
        return " and ".join(f"type({name}) is not Unknown" for name in self.needs) or "True"

    @property
    def value(self) -> str:
        """What it is, known or not."""
        if self.sure or self.needs == (self.text,):
            return self.text
        waits = self.needs[0] if len(self.needs) == 1 else f"together({', '.join(self.needs)})"
        return f"{self.text} if {self.known} else {waits}"


class Person(NamedTuple):
    """The variables of a resident: the index, what is known of this resident, and what that rests on."""

    number: str
    values: str
    bits: str


class _Written:
    """The text of a function, where a traceback looks for its lines."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, _module: str) -> str:
        """All of it, for :mod:`linecache`."""
        return self.text


class Code:
    """A function under construction, called ``name``.

    In its text ``s`` is the state, ``p`` the index of the resident it is about, ``values`` and ``bits`` what is known
    of the household and what that rests on (``own`` and ``own_bits``: of the resident), and ``t`` what has been used,
    left out when ``traced`` is off. What is used is joined to it where ways part and meet, all at once. ``v1``,
    ``v2``... are its variables and ``k0``, ``k1``... the values that it was given; ``Unknown`` and ``together`` are
    those of :mod:`regels.lezers.onbekend`.
    """

    def __init__(self, name: str, *, traced: bool = True, again: Collection[object] = ()) -> None:
        self.name = name
        self.again = again  # what is written more than once, and kept when it is first found
        self.person = Person("p", "own", "own_bits")
        self._traced = traced
        self._lines: list[str] = []
        self._depth = 2
        self._variables = 0
        self._given: dict[int, tuple[str, object]] = {}
        self._read: dict[str, str] = {}  # what is read once, at the start
        # what was found and noted on every way to the line at hand, and so need not be again
        self._found: dict[object, tuple[Atom, str]] = {}
        self._noted: set[str | int] = set()
        self._total, self._begun = "t", False  # where what was used is joined, and whether that was done before
        self._new: list[str] = []  # the variables with bits that were not joined yet
        self._bits = 0  # and the bits that are known here already

    def add(self, line: str) -> None:
        """A line in the block at hand."""
        self._lines.append(" " * self._depth + line)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """What is added inside stands under ``head``; what is found inside counts for nothing behind it."""
        self._join(always=not self._begun)
        self.add(head)
        self._depth += 1
        found, noted = self._found.copy(), self._noted.copy()
        yield
        self._join()
        # it is found and noted anew behind it, where it may have been passed by
        self._found, self._noted = found, noted
        self._depth -= 1

    @property
    def deep(self) -> bool:
        """Whether the block at hand is as deep as is wise."""
        return self._depth > DEEP

    def new(self, value: str) -> str:
        """A new variable with ``value``."""
        name = self.variable()
        self.add(f"{name} = {value}")
        return name

    def variable(self) -> str:
        """A name that is not in use."""
        self._variables += 1
        return f"v{self._variables}"

    def given(self, value: object) -> str:
        """The name of a value that is not in the text itself."""
        return self._given.setdefault(id(value), (f"k{len(self._given)}", value))[0]

    def state(self, part: str) -> str:
        """The variable with a part of the state."""
        self._read[part] = f"s.{part}"
        return part

    def lists(self, *, per_person: bool) -> tuple[str, str]:
        """The variables with what is known of the household or of the resident, and with what that rests on."""
        if not per_person:
            return self.state("values"), self.state("bits")
        if self.person.number == "p":
            self._read[f"_, {self.person.values}, {self.person.bits}"] = "s.persons[p]"
        return self.person.values, self.person.bits

    def use(self, bits: str | int) -> None:
        """Note what the function uses: bits in a variable, or bits that are known here already."""
        if not self._traced or bits in self._noted:
            return
        self._noted.add(bits)
        if isinstance(bits, int):
            self._bits |= bits
        else:
            self._new.append(bits)

    def used(self) -> str:
        """All that was used on the way to here."""
        known = [self.given(self._bits)] if self._bits else []
        return " | ".join([*([self._total] if self._begun else []), *self._new, *known]) or "0"

    def _join(self, *, always: bool = False) -> None:
        if self._traced and (always or self._new or self._bits):
            self.add(f"{self._total} = {self.used()}")
            self._begun, self._new, self._bits = True, [], 0

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is used inside is not noted: :meth:`used` tells it, for where it turns out to count."""
        outer = self._total, self._begun, self._new, self._bits
        self._total, self._begun, self._new, self._bits = self.variable(), False, [], 0
        noted = self._noted.copy()
        yield
        self._noted = noted
        self._total, self._begun, self._new, self._bits = outer

    def once(self, what: object, find: Callable[[], tuple[Atom, str]]) -> Atom:
        """A value that ``find`` writes with the bits it rests on, unless it was found on every way to here."""
        if what not in self._found:
            self._found[what] = find()
        atom, bits = self._found[what]
        self.use(bits)
        return atom

    def call(self, function: Callable[..., Any]) -> Atom:
        """The value of a function that was finished before, for the same state and resident."""
        value, bits = self.variable(), self.variable()
        self.add(f"{value}, {bits} = {self.given(function)}(s, {self.person.number})")
        self.use(bits)
        return Atom.named(value)

    def begin(self) -> None:
        """Another result of the same function, which used nothing yet."""
        self._begun, self._new, self._bits = False, [], 0
        self._noted.clear()

    def unless_unknown(self, value: str, *needed: Atom) -> Atom:
        """``value``, unless something that it needs is unknown."""
        made = Atom(f"({value})", tuple(dict.fromkeys(name for atom in needed for name in atom.needs)))
        return made if len(value) < LONG else self.settle(made)

    def settle(self, atom: Atom) -> Atom:
        """The same in a variable, for what is used more than once."""
        if atom.text.isidentifier() and atom.needs in ((), (atom.text,)):
            return atom
        return Atom.named(self.new(atom.value), sure=atom.sure)

    def function(self, result: str, parameters: str = "s, p=0") -> Callable[..., Any]:
        """The finished function, which returns ``result``."""
        # what is given is found faster than what is global, in a text that is shorter for Python
        given = [("Unknown", Unknown), ("together", together), ("type", type), *self._given.values()]
        names, values = zip(*given, strict=True)
        read = [f"  {name} = {value}" for name, value in self._read.items()]
        name = _identifier(self.name)
        text = "\n".join([*read, *self._lines, f"  return {result}", f" return {name}"])
        head = f"def make({', '.join(names)}):\n def {name}({parameters}):"
        made: Callable[..., Any] = compiled(f"{head}\n{text}")(*values)
        return made


def _identifier(name: str) -> str:
    """``name`` as Python writes names; the underscore keeps it apart from what a text uses itself."""
    return f"{re.sub(r'[^0-9a-zA-Z]+', '_', name)}_"


def written(function: Callable[..., Any]) -> tuple[str, dict[str, object]]:
    """The text of a function that was made here, and the values that it was given, by name."""
    source: _Written = function.__globals__["__loader__"]
    given = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return source.text, {name: cell.cell_contents for name, cell in given}


@lru_cache(maxsize=TEXTS)
def compiled(text: str) -> Callable[..., Any]:
    """The function ``make`` of ``text``, which makes the one that is meant of the values that it is given."""
    name = text.partition("\n def ")[2].partition("_(")[0]
    names: dict[str, Any] = {"__name__": name, "__loader__": _Written(text)}
    # the text is written above: of a rule file only words and names are in it, as literals that repr writes
    exec(compile(text, _FILE.format(name), "exec"), names)  # noqa: S102
    made: Callable[..., Any] = names["make"]
    return made
