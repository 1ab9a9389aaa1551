"""A function of the rules, written out as Python.

A tree of small functions that call each other costs a call for every node of it, and that was most of a check. Written
out, a formula is one function. What differs between two stretches of days (the figures, mostly) is not in the text but
given to it, so that a formula that stays the same is compiled once for all years.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, NamedTuple

from regels.lezers.onbekend import Unknown, together

# How many different texts are kept.
TEXTS: Final = 8192
# Python takes a hundred blocks in each other; what is this deep goes into a function of its own.
DEEP: Final = 60


class Atom(NamedTuple):
    """A name or a literal in the text; ``sure`` when its value can never be unknown."""

    text: str
    sure: bool


class Code:
    """A function under construction.

    In its text ``s`` is the state, ``p`` the index of the resident it is about, and ``t`` what has been used (a set of
    bits; left out when ``traced`` is off). ``v1``, ``v2``... are its variables and ``k0``, ``k1``... the values that it
    was given; ``Unknown`` and ``together`` are those of :mod:`regels.lezers.onbekend`.
    """

    def __init__(self, *, traced: bool = True) -> None:
        self.person = "p"
        self._traced = traced
        self._lines: list[str] = []
        self._depth = 2
        self._variables = 0
        self._given: dict[int, tuple[str, object]] = {}
        self._read: dict[str, str] = {}  # what is read once, at the start
        # what was found and noted on every way to the line at hand, and so need not be again
        self._found: dict[str, tuple[Atom, str]] = {}
        self._noted: set[str] = set()

    def add(self, line: str) -> None:
        """A line in the block at hand."""
        self._lines.append(" " * self._depth + line)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """What is added inside stands under ``head``; what is found inside counts for nothing behind it."""
        self.add(head)
        self._depth += 1
        with self.scope():
            yield
        self._depth -= 1

    @contextmanager
    def scope(self) -> Iterator[None]:
        """What is found and noted inside is found and noted anew behind it, for its bits may have been taken back."""
        found, noted = self._found.copy(), self._noted.copy()
        yield
        self._found, self._noted = found, noted

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
        """The variable with a part of the state (``facts``, ``memo``)."""
        self._read[part] = f"s.{part}"
        return part

    def use(self, bits: str) -> None:
        """Note what the function uses."""
        if self._traced and bits not in self._noted:
            self._noted.add(bits)
            self.add(f"t |= {bits}")

    def once(self, what: str, find: Callable[[], tuple[Atom, str]]) -> Atom:
        """A value that ``find`` writes with the bits it rests on, unless it was found on every way to here."""
        if what not in self._found:
            self._found[what] = find()
        atom, bits = self._found[what]
        self.use(bits)
        return atom

    def call(self, function: Callable[..., Any]) -> Atom:
        """The value of a function that was finished before, for the same state and resident."""
        value, bits = self.variable(), self.variable()
        self.add(f"{value}, {bits} = {self.given(function)}(s, {self.person})")
        self.use(bits)
        return Atom(value, False)

    def begin(self) -> None:
        """Another result of the same function, which used nothing yet."""
        self.add("t = 0")
        self._noted.clear()

    def unless_unknown(self, value: str, *needed: Atom) -> Atom:
        """``value``, unless something that it needs is unknown."""
        unsure = list(dict.fromkeys(atom.text for atom in needed if not atom.sure))
        if not unsure:
            return Atom(self.new(value), True)
        known = " and ".join(f"type({text}) is not Unknown" for text in unsure)
        waits = unsure[0] if len(unsure) == 1 else f"together({', '.join(unsure)})"
        return Atom(self.new(f"{value} if {known} else {waits}"), False)

    def function(self, result: str, head: str = "run(s, p=0)", last: str = "") -> Callable[..., Any]:
        """The finished function, which returns ``result``; ``last`` is a line before that."""
        names, values = zip(*self._given.values(), strict=True) if self._given else ((), ())
        lines = [f"  {name} = {value}" for name, value in self._read.items()]
        lines += ["  t = 0"] if self._traced else []
        text = "\n".join([*lines, *self._lines, f"  {last}", f"  return {result}", f" return {head.partition('(')[0]}"])
        made: Callable[..., Any] = compiled(f"def make({', '.join(names)}):\n def {head}:\n{text}")(*values)
        return made


@lru_cache(maxsize=TEXTS)
def compiled(text: str) -> Callable[..., Any]:
    """The function ``make`` of ``text``, which makes the one that is meant of the values that it is given."""
    names: dict[str, Any] = {"Unknown": Unknown, "together": together}
    # the text is written above: of a rule file only words and names are in it, as literals that repr writes
    exec(compile(text, "<regels>", "exec"), names)  # noqa: S102
    made: Callable[..., Any] = names["make"]
    return made
