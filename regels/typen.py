"""Types of the condition language, and the binding of names to what they stand for.

A type is one of four kinds. Numbers carry a unit, so that euros a month and euros a year do not mix by accident:

- ``getal``: a number with a unit (``euro per maand``, ``jaar``, ``procent``; empty: a plain number)
- ``waarheid``: ja or nee
- ``keuze``: one word of a closed list
- ``datum``: a day
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

from regels.eenheden import BARE, DATE, TRUTH, UNITS, Type, unit_text
from regels.taal import (
    IEDER,
    And,
    Arithmetic,
    Call,
    Choice,
    Compare,
    Date,
    Field,
    Figure,
    InGroup,
    LanguageError,
    Loop,
    Member,
    Name,
    Node,
    Not,
    Number,
    Or,
    Quantity,
    Truth,
    Word,
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names an expression may use, with their types, by what they are."""

    fields: Mapping[str, Type]
    person_fields: Mapping[str, Type]
    quantities: Mapping[str, Type]
    person_quantities: Mapping[str, Type]
    figures: Mapping[str, tuple[Type, frozenset[str]]]
    in_person: bool = False
    allow_known: bool = False
    allow_each: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def bind(node: Node, scope: Scope, expected: Type | None = None) -> tuple[Node, Type]:
    """``node`` with every name bound, and its type.

    ``expected`` gives words (``huurder``, ``laag``) their list. Raises :class:`LanguageError` for an unknown name, a
    wrong type or a mix of units.
    """
    bound, kind = _Binder(scope).bind(node, expected)
    if expected is not None and not _fits(kind, expected):
        _fault(node, f"hier hoort {expected}, maar dit is {kind}")
    return bound, kind


def _fault(node: Node, message: str) -> NoReturn:
    raise LanguageError(message, node.at)


def _fits(kind: Type, expected: Type) -> bool:
    if kind.kind != expected.kind:
        return False
    if kind.kind == "getal":
        return kind.unit is None or expected.unit is None or kind.unit == expected.unit
    return kind.words <= expected.words if kind.kind == "keuze" else True


def _multiply(left: Type, right: Type, sign: int) -> Type:
    if left.unit is None and right.unit is None:
        return BARE
    powers = dict(left.unit or ())
    for name, power in right.unit or ():
        powers[name] = powers.get(name, 0) + sign * power
    return Type("getal", tuple(sorted((name, power) for name, power in powers.items() if power)))


MONTHLY, YEARLY, YEARS = UNITS["euro per maand"], UNITS["euro per jaar"], UNITS["jaar"]
MONTHS, YEAR = UNITS["maanden"], UNITS["jaartal"]

# name -> (types of the arguments, type of the result); the polymorphic functions are handled in the binder
FUNCTIONS: Mapping[str, tuple[tuple[Type, ...], Type]] = {
    "per_jaar": ((MONTHLY,), YEARLY),
    "per_maand": ((YEARLY,), MONTHLY),
    "in_maanden": ((YEARS,), MONTHS),
    "jaren_tussen": ((DATE, DATE), YEARS),
    "maanden_tussen": ((DATE, DATE), MONTHS),
    "maanden_voor": ((DATE, MONTHS), DATE),
    "jaarbegin": ((DATE,), DATE),
    "maandbegin": ((DATE,), DATE),
    "jaar_van": ((DATE,), YEAR),
}
ROUNDING = ("naar_beneden", "naar_boven", "halve_omhoog")
SAME_TYPE = ("min", "max", "eerste_bekende")


class _Binder:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def bind(self, node: Node, expected: Type | None = None) -> tuple[Node, Type]:
        method = getattr(self, "_" + type(node).__name__.lower())
        bound, kind = method(node, expected)
        return bound, kind

    def _number(self, node: Number, expected: Type | None) -> tuple[Node, Type]:
        return node, BARE

    def _date(self, node: Date, expected: Type | None) -> tuple[Node, Type]:
        return node, DATE

    def _word(self, node: Word, expected: Type | None) -> tuple[Node, Type]:
        if expected is not None and expected.kind == "waarheid" and node.value in ("ja", "nee"):
            return Truth(node.at, node.value == "ja"), TRUTH
        if expected is None or expected.kind != "keuze":
            _fault(
                node, f"'{node.value}' is hier geen bekende naam; controleer de spelling (velden, grootheden, cijfers)"
            )
        if node.value not in expected.words:
            _fault(node, f"'{node.value}' is geen waarde van deze keuze; kies uit {', '.join(sorted(expected.words))}")
        return node, expected

    def _name(self, node: Name, expected: Type | None) -> tuple[Node, Type]:
        name, scope = node.name, self.scope
        if name in scope.fields:
            return Field(node.at, name, False), scope.fields[name]
        if name in scope.quantities:
            return Quantity(node.at, name, False), scope.quantities[name]
        if name in scope.figures:
            kind, keys = scope.figures[name]
            if keys:
                _fault(
                    node,
                    f"'{name}' is een tabel; schrijf {name}[sleutel] met een sleutel uit {', '.join(sorted(keys))}",
                )
            return Figure(node.at, name), kind
        if name in scope.person_fields or name in scope.person_quantities:
            if not scope.in_person:
                _fault(node, f"'{name}' hoort bij een persoon; gebruik aantal, som of enige over personen")
            if name in scope.person_fields:
                return Field(node.at, name, True), scope.person_fields[name]
            return Quantity(node.at, name, True), scope.person_quantities[name]
        return self._word(Word(node.at, name), expected)

    def _figure(self, node: Figure, expected: Type | None) -> tuple[Node, Type]:
        if node.name not in self.scope.figures:
            _fault(node, f"er is geen cijfer '{node.name}'")
        kind, keys = self.scope.figures[node.name]
        if not keys:
            _fault(node, f"'{node.name}' is geen tabel; schrijf alleen {node.name}")
        assert node.key is not None
        key, _ = bind(node.key, self.scope, Type("keuze", words=keys))
        return replace(node, key=key), kind

    def _arithmetic(self, node: Arithmetic, expected: Type | None) -> tuple[Node, Type]:
        (left, lk), (right, rk) = self.bind(node.left), self.bind(node.right)
        for part, kind in ((node.left, lk), (node.right, rk)):
            if kind.kind != "getal":
                _fault(part, f"rekenen kan alleen met getallen; dit is {kind}")
        if node.op in "+-":
            if not (_fits(lk, rk) or _fits(rk, lk)):
                _fault(node, f"eenheden lopen door elkaar: {unit_text(lk)} {node.op} {unit_text(rk)}; reken eerst om")
            kind = rk if lk.unit is None else lk
        else:
            kind = _multiply(lk, rk, 1 if node.op == "*" else -1)
        return replace(node, left=left, right=right), kind

    def _compare(self, node: Compare, expected: Type | None) -> tuple[Node, Type]:
        left, right = node.left, node.right
        if _is_word(left, self.scope):
            right, rk = self.bind(right)
            left, lk = self.bind(left, rk)
        else:
            left, lk = self.bind(left)
            right, rk = self.bind(right, lk)
        if lk.kind != rk.kind:
            _fault(node, f"dit vergelijkt {lk} met {rk}")
        if lk.kind == "getal" and not (_fits(lk, rk) or _fits(rk, lk)):
            _fault(node, f"eenheden lopen door elkaar: {unit_text(lk)} {node.op} {unit_text(rk)}")
        if lk.kind in ("keuze", "waarheid") and node.op not in ("=", "!="):
            _fault(node, f"{lk} vergelijk je met = of !=")
        return replace(node, left=left, right=right, kind=lk.kind), TRUTH

    def _member(self, node: Member, expected: Type | None) -> tuple[Node, Type]:
        left, kind = self.bind(node.left)
        if kind.kind != "keuze":
            _fault(node, f"'in' werkt op een keuze; dit is {kind}")
        for word in node.words:
            if word not in kind.words:
                _fault(node, f"'{word}' is geen waarde van deze keuze; kies uit {', '.join(sorted(kind.words))}")
        return replace(node, left=left), TRUTH

    def _ingroup(self, node: InGroup, expected: Type | None) -> tuple[Node, Type]:
        known = self.scope.groups
        if node.group not in known:
            names = f"; kies uit {', '.join(sorted(known))}" if known else ""
            _fault(node, f"er is hier geen groep '{node.group}'{names}. Losse woorden staan tussen haakjes")
        return self._member(Member(node.at, node.left, known[node.group]), expected)

    def _and(self, node: And, expected: Type | None) -> tuple[Node, Type]:
        return And(node.at, tuple(self._truth(part) for part in node.parts)), TRUTH

    def _or(self, node: Or, expected: Type | None) -> tuple[Node, Type]:
        return Or(node.at, tuple(self._truth(part) for part in node.parts)), TRUTH

    def _not(self, node: Not, expected: Type | None) -> tuple[Node, Type]:
        return Not(node.at, self._truth(node.part)), TRUTH

    def _truth(self, node: Node) -> Node:
        bound, kind = self.bind(node, TRUTH)
        if kind.kind != "waarheid":
            _fault(node, f"hier hoort een voorwaarde (ja/nee); dit is {kind}")
        return bound

    def _choice(self, node: Choice, expected: Type | None) -> tuple[Node, Type]:
        condition = self._truth(node.condition)
        yes, yk = self.bind(node.yes, expected)
        no, nk = self.bind(node.no, expected or yk)
        if not (_fits(yk, nk) or _fits(nk, yk)):
            _fault(node, f"na 'dan' staat {yk} en na 'anders' {nk}; die moeten gelijk zijn")
        return Choice(node.at, condition, yes, no), nk if yk.unit is None else yk

    def _call(self, node: Call, expected: Type | None) -> tuple[Node, Type]:
        name, arguments = node.function, node.arguments
        if name in FUNCTIONS:
            wanted, result = FUNCTIONS[name]
            if len(arguments) != len(wanted):
                _fault(node, f"{name} vraagt {len(wanted)} waarden, niet {len(arguments)}")
            return replace(
                node, arguments=tuple(bind(a, self.scope, w)[0] for a, w in zip(arguments, wanted, strict=True))
            ), result
        if name in ROUNDING:
            return self._rounding(node)
        if name in SAME_TYPE:
            return self._same_type(node, expected)
        if name == "bekend":
            if not self.scope.allow_known:
                _fault(node, "bekend() mag alleen in de voorwaarde van een uitgangspunt")
            return replace(node, arguments=(self.bind(arguments[0])[0],)), TRUTH
        if name == "op":
            return self._on(node)
        known = sorted([*FUNCTIONS, *ROUNDING, *SAME_TYPE, "op"])
        _fault(node, f"onbekende functie '{name}'; de taal kent {', '.join(known)}")

    def _rounding(self, node: Call) -> tuple[Node, Type]:
        if len(node.arguments) != 2:
            _fault(node, f"{node.function} vraagt een bedrag en de stap van het afronden")
        value, kind = self.bind(node.arguments[0])
        step, step_kind = self.bind(node.arguments[1])
        if kind.kind != "getal" or not _fits(step_kind, kind):
            _fault(node, f"de stap van het afronden is {step_kind}, het bedrag is {kind}")
        return replace(node, arguments=(value, step)), kind

    def _same_type(self, node: Call, expected: Type | None) -> tuple[Node, Type]:
        bound, kind = [], expected
        for argument in node.arguments:
            part, found = self.bind(argument, kind)
            if kind is not None and not (_fits(found, kind) or _fits(kind, found)):
                _fault(argument, f"in {node.function} staat {found} naast {kind}")
            if kind is None or kind.unit is None:
                kind = found
            bound.append(part)
        assert kind is not None
        if node.function != "eerste_bekende" and kind.kind not in ("getal", "datum"):
            _fault(node, f"{node.function} werkt op getallen of datums; dit is {kind}")
        return replace(node, arguments=tuple(bound)), kind

    def _on(self, node: Call) -> tuple[Node, Type]:
        if len(node.arguments) != 2:
            _fault(node, "op vraagt een datum en een cijfer: op(contract_vanaf, daeb_huurgrens)")
        day, _ = bind(node.arguments[0], self.scope, DATE)
        figure, kind = self.bind(node.arguments[1])
        if not isinstance(figure, Figure):
            _fault(node, "het tweede deel van op() is een cijfer uit de regelset")
        return replace(figure, on=day), kind

    def _loop(self, node: Loop, expected: Type | None) -> tuple[Node, Type]:
        if self.scope.in_person:
            _fault(node, "een lus over personen kan niet in een andere lus staan")
        if node.kind == IEDER and not self.scope.allow_each:
            _fault(node, "ieder() mag alleen als hele waarde van een besluit")
        inner = _Binder(replace(self.scope, in_person=True))
        condition = None if node.condition is None else inner._truth(node.condition)
        if node.kind == "enige":
            return replace(node, condition=condition), TRUTH
        if node.kind == "aantal":
            return replace(node, condition=condition), UNITS["personen"]
        assert node.value is not None
        value, kind = inner.bind(node.value)
        if kind.kind != "getal":
            _fault(node, f"{node.kind} {'geeft getallen' if node.kind == IEDER else 'telt getallen op'}; dit is {kind}")
        if node.kind == IEDER and kind.percent:
            _fault(node, "ieder() werkt niet op een percentage")
        return replace(node, value=value, condition=condition), replace(kind, each=node.kind == IEDER)


def _is_word(node: Node, scope: Scope) -> bool:
    return isinstance(node, Word) or (
        isinstance(node, Name)
        and not any(
            node.name in names
            for names in (scope.fields, scope.person_fields, scope.quantities, scope.person_quantities, scope.figures)
        )
    )
