"""The condition language: text in, tree out.

One grammar for conditions (``inkomen <= daeb_grens[huishoudtype]``) and for formulas (``min(a, b) * 3``). The words are
Dutch, because policy officers read them; the tree below is what the readers in ``regels.lezers`` walk. A freshly parsed
tree knows only :class:`Name`; ``regels.typen.bind`` decides what each name is and whether the types fit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

IEDER = "ieder"


class LanguageError(Exception):
    """A text that is not an expression of the language. ``at`` is the offset of the fault in the text."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of an expression; ``at`` is where it starts in the text."""

    at: int


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number in the text. It has no unit of its own and takes that of its neighbour."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Date(Node):
    """A date in the text."""

    value: date


@dataclass(frozen=True, slots=True)
class Word(Node):
    """A word of a closed list (``huurder``, ``E``); after binding, ``ja`` and ``nee`` are :class:`Truth`."""

    value: str


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """``ja`` or ``nee`` as a value."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name that is not bound yet."""

    name: str


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A bound name: a field of the question (of the person at hand, when ``per_person``)."""

    name: str
    per_person: bool


@dataclass(frozen=True, slots=True)
class Quantity(Node):
    """A bound name: a quantity (grootheid) of the rule set."""

    name: str
    per_person: bool


@dataclass(frozen=True, slots=True)
class Figure(Node):
    """A figure (cijfer) of the rule set; ``key`` picks the cell of a table, ``on`` another date than the usual one."""

    name: str
    key: Node | None = None
    on: Node | None = None


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``left op right`` for ``+ - * /``."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """``left op right``; ``kind`` (getal, datum, keuze, waarheid) is known after binding."""

    op: str
    left: Node
    right: Node
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Member(Node):
    """``left in (word, ...)``."""

    left: Node
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InGroup(Node):
    """``left in group``, a named group of words; binding makes a :class:`Member` of it."""

    left: Node
    group: str


@dataclass(frozen=True, slots=True)
class And(Node):
    """All parts hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """``als condition dan yes anders no``."""

    condition: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the language with its arguments."""

    function: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """``aantal``, ``som`` or ``enige`` over the persons for whom ``condition`` holds; ``ieder`` lists their values."""

    kind: str
    value: Node | None
    condition: Node | None


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below ``node``."""
    for name in node.__dataclass_fields__:  # what fields() goes over, without looking at each of them every time
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))


def walk(node: Node) -> Iterator[Node]:
    """``node`` and all below it, in reading order."""
    to_go = [node]
    while to_go:
        yield (node := to_go.pop())
        to_go += reversed([*children(node)])


@lru_cache(maxsize=16_384)
def plain(node: Node) -> Node:
    """The same tree without places, so that equal conditions compare equal; every stretch of days asks it anew."""
    parts: list[Any] = []
    for name in node.__dataclass_fields__:
        value = 0 if name == "at" else getattr(node, name)
        if isinstance(value, tuple):
            value = tuple(plain(item) if isinstance(item, Node) else item for item in value)
        parts.append(plain(value) if isinstance(value, Node) else value)
    return type(node)(*parts)


def repeated(trees: Iterable[Node]) -> frozenset[Node]:
    """The comparisons that stand in ``trees`` more than once, without places."""
    count = Counter(plain(node) for tree in trees for node in walk(tree) if isinstance(node, Compare | Member))
    return frozenset(node for node, times in count.items() if times > 1)


def vervang(node: Node, names: Mapping[str, Node]) -> Node:
    """The same tree with a tree in the place of each field in ``names``."""
    if isinstance(node, Field) and node.name in names:
        return names[node.name]
    changes: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            changes[field.name] = vervang(value, names)
        elif isinstance(value, tuple):
            changes[field.name] = tuple(vervang(item, names) if isinstance(item, Node) else item for item in value)
    return replace(node, **changes)


NEGATED = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@v_args(meta=True)
class _Builder(Transformer[Token, Node]):
    """Turns Lark's parse tree into our nodes."""

    def number(self, meta: Any, parts: list[Token]) -> Node:
        return Number(meta.start_pos, Decimal(parts[0]))

    def date(self, meta: Any, parts: list[Token]) -> Node:
        try:
            return Date(meta.start_pos, date.fromisoformat(parts[0]))
        except ValueError:
            raise LanguageError(f"'{parts[0]}' is geen bestaande datum", meta.start_pos) from None

    def name(self, meta: Any, parts: list[Token]) -> Node:
        return Name(meta.start_pos, str(parts[0]))

    def string(self, meta: Any, parts: list[Token]) -> Node:
        return Word(meta.start_pos, str(parts[0])[1:-1])

    def word(self, meta: Any, parts: list[Token]) -> Node:
        return Word(meta.start_pos, str(parts[0]).strip("'"))

    def lookup(self, meta: Any, parts: list[Any]) -> Node:
        return Figure(meta.start_pos, str(parts[0]), parts[1])

    def call(self, meta: Any, parts: list[Any]) -> Node:
        return Call(meta.start_pos, str(parts[0]), tuple(parts[1:]))

    def count(self, meta: Any, parts: list[Any]) -> Node:
        return Loop(meta.start_pos, "aantal", None, parts[0])

    def total(self, meta: Any, parts: list[Any]) -> Node:
        return Loop(meta.start_pos, "som", parts[0], parts[1])

    def any_person(self, meta: Any, parts: list[Any]) -> Node:
        return Loop(meta.start_pos, "enige", None, parts[0])

    def each_person(self, meta: Any, parts: list[Any]) -> Node:
        return Loop(meta.start_pos, IEDER, parts[0], parts[1])

    def choice(self, meta: Any, parts: list[Any]) -> Node:
        return Choice(meta.start_pos, *parts)

    def disjunction(self, meta: Any, parts: list[Any]) -> Node:
        return Or(meta.start_pos, tuple(parts))

    def conjunction(self, meta: Any, parts: list[Any]) -> Node:
        return And(meta.start_pos, tuple(parts))

    def negate(self, meta: Any, parts: list[Any]) -> Node:
        return Not(meta.start_pos, parts[0])

    def compare(self, meta: Any, parts: list[Any]) -> Node:
        return Compare(meta.start_pos, str(parts[1]), parts[0], parts[2])

    def member(self, meta: Any, parts: list[Any]) -> Node:
        return Member(meta.start_pos, parts[0], tuple(word.value for word in parts[1:]))

    def no_member(self, meta: Any, parts: list[Any]) -> Node:
        return Not(meta.start_pos, self.member(meta, parts))

    def in_group(self, meta: Any, parts: list[Any]) -> Node:
        return InGroup(meta.start_pos, parts[0], str(parts[1]))

    def not_in_group(self, meta: Any, parts: list[Any]) -> Node:
        return Not(meta.start_pos, self.in_group(meta, parts))

    def arithmetic(self, meta: Any, parts: list[Any]) -> Node:
        return Arithmetic(meta.start_pos, str(parts[1]), parts[0], parts[2])


_PARSER = Lark(
    files("regels").joinpath("taal.lark").read_text(encoding="utf-8"),
    parser="lalr",
    lexer="basic",  # a word of the language is never a name, so that a fault is told where it stands
    maybe_placeholders=True,
    propagate_positions=True,
)


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of ``text``; the same text, which rule files often have, is read once.

    Raises :class:`LanguageError` with the place and what could stand there.
    """
    try:
        tree = _PARSER.parse(text)
        return _Builder().transform(tree)
    except UnexpectedToken as error:
        ended = error.token.type == "$END"
        found, at = ("het einde", len(text)) if ended else (f"'{error.token}'", _offset(error, text))
        raise LanguageError(f"{found} past hier niet; {_expected(error)}", at) from None
    except UnexpectedCharacters as error:
        raise LanguageError(
            f"het teken '{error.char}' hoort niet in de taal; gebruik woorden, cijfers en + - * / = != < <= > >=",
            _offset(error, text),
        ) from None
    except VisitError as error:
        if isinstance(error.orig_exc, LanguageError):
            raise error.orig_exc from None
        raise


def _offset(error: UnexpectedInput, text: str) -> int:
    position = error.pos_in_stream
    return len(text) if position is None or position < 0 else position


def _expected(error: UnexpectedToken) -> str:
    wanted = error.accepts or error.expected
    if "NAME" in wanted:
        return "schrijf hier een naam, een getal of een voorwaarde"
    readable = {"RPAR": "')'", "RSQB": "']'", "COMPARE": "een vergelijking", "DAN": "'dan'", "ANDERS": "'anders'"}
    words = sorted(readable[name] for name in wanted if name in readable)
    return "schrijf hier " + " of ".join(words) if words else "er staat iets te veel"
