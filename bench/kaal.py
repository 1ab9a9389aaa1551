"""The contender: the same conditions as plain Python, written out and compiled once.

No unknown, no trail, no reasons, no second reader: what the outcomes alone cost. It answers households of which
everything is known, and only so far as it agrees with :func:`regels.toets` does its time mean anything.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from regels.lezers.functies import FUNCTIONS
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
from regels.velden import Waarde

Facts = Mapping[str, Waarde]
Decide = Callable[[Facts, tuple[Facts, ...]], dict[str, str]]


def _first(options: Iterable[Callable[[], Any]]) -> Any:
    return next((value for option in options if (value := option()) is not None), None)


def write_out(stand: Stand) -> Decide:
    """The decisions of ``stand`` that are in force, as one function of the facts: decision to outcome."""
    writer = _Writer(stand)
    body = []
    for besluit in stand.regels.besluiten.values():
        if stand.gat(besluit) is None:
            for index, regel in enumerate(stand.regels_van(besluit)):
                condition = writer.expression(regel.als, besluit.datum)
                body += [f" {'elif' if index else 'if'} {condition}:", f"  found[{besluit.id!r}] = {regel.dan!r}"]
    lines = [*writer.lines, "def decide(f, persons):", " m, p, found = {}, None, {}", *body, " return found"]
    exec(compile("\n".join(lines), "<rules>", "exec"), writer.names)
    return cast(Decide, writer.names["decide"])


class _Writer:
    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.lines: list[str] = []
        self.names: dict[str, Any] = {
            **{f"fn_{name}": function for name, function in FUNCTIONS.items()},
            "first": _first,
            "figure_on": lambda name, day: getattr(cijfer_op(stand.regels, name, day), "waarde", None),
            "Decimal": Decimal,
        }
        self._written: set[str] = set()

    def expression(self, node: Node, datum: str) -> str:
        """``node`` as Python text: ``f`` are the facts, ``p`` the person at hand, ``m`` what was computed before."""

        def text(part: Node) -> str:
            return self.expression(part, datum)

        match node:
            case Number(value=value) | Date(value=value):
                return self._constant(value)
            case Word(value=value) | Truth(value=value):
                return repr(value)
            case Field(name=name, per_person=per_person):
                return f"{'p' if per_person else 'f'}.get({name!r})"
            case Quantity(name=name):
                self._quantity(name)
                return f"q_{name}(f, persons, p, m)"
            case Figure(name=name, key=key, on=Node() as on):
                value = f"figure_on({name!r}, {text(on)})"
                return value if key is None else f"{value}[{text(key)}]"
            case Figure(name=name, key=key):
                figure = self.stand.cijfer(name, datum)
                value = self._constant(figure.waarde if figure else None)
                return value if key is None else f"{value}[{text(key)}]"
            case Arithmetic(op=op, left=left, right=right):
                return f"({text(left)} {op} {text(right)})"
            case Compare(op=op, left=left, right=right):
                return f"({text(left)} {'==' if op == '=' else op} {text(right)})"
            case Member(left=left, words=words):
                return f"({text(left)} in {words!r})"
            case And(parts=parts):
                return f"({' and '.join(map(text, parts)) or 'True'})"
            case Or(parts=parts):
                return f"({' or '.join(map(text, parts))})"
            case Not(part=part):
                return f"(not {text(part)})"
            case Choice(condition=condition, yes=yes, no=no):
                return f"({text(yes)} if {text(condition)} else {text(no)})"
            case Loop(kind=kind, value=looped, condition=held):
                each = f"for p in persons if {text(held) if held is not None else True}"
                if kind == "enige":
                    return f"any(True {each})"
                return f"sum(({text(looped) if looped is not None else 1} {each}), Decimal(0))"
            case Call(function="bekend", arguments=arguments):
                return f"({text(arguments[0])} is not None)"
            case Call(function="eerste_bekende", arguments=arguments):
                return f"first(({', '.join(f'lambda: {text(argument)}' for argument in arguments)}))"
            case Call(function=function, arguments=arguments):
                return f"fn_{function}({', '.join(map(text, arguments))})"
        raise TypeError(node)

    def _constant(self, value: object) -> str:
        name = f"c{len(self.names)}"
        self.names[name] = value
        return name

    def _quantity(self, name: str) -> None:
        if name in self._written:
            return
        self._written.add(name)
        quantity = self.stand.regels.grootheden[name]
        formule = self.stand.formule(name)
        body = self.expression(formule.boom, quantity.datum) if formule else "None"
        key = f"({name!r}, id(p))" if quantity.per_persoon else repr(name)
        self.lines += [
            f"def q_{name}(f, persons, p, m):",
            f" k = {key}",
            f" if k not in m: m[k] = {body}",
            " return m[k]",
        ]
