"""How a household goes against a claim, in words: which rules apply, and the values that do not fit together."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain

import z3

from regels.eenheden import Type
from regels.lezers.bewijs.symbolen import Symbool, code
from regels.lezers.bewijs.vertaler import Vertaler
from regels.opmaak import bedrag, datum, getal, procent
from regels.regelset import Regel, Regelset
from regels.stand import names_of
from regels.taal import Field, Figure, Loop, Node, Quantity, children
from regels.taaltekst import text_of

GEEN_REGEL = "Geen enkele regel geldt."


def welke_regels(regels: Sequence[Regel], op: str, writer: Vertaler, model: z3.ModelRef) -> Iterator[str]:
    """Which of these rules apply, and what they look at beside the household itself."""
    names = [regel.naam for regel in regels if z3.is_true(model.eval(writer.waar(regel.als, op), True))]
    if names:
        yield "Meer dan één regel geldt: " + ", ".join(f"'{name}'" for name in names) + "."
    else:
        yield GEEN_REGEL
    yield from waarden((regel.als for regel in regels), op, writer, model)


def waarden(
    trees: Iterable[Node], op: str, writer: Vertaler, model: z3.ModelRef, *, velden: bool = False
) -> Iterator[str]:
    """The quantities and figures (and ``velden``) that stand in ``trees``, each with the value it has here."""
    seen: set[str] = set()
    for node in chain.from_iterable(_named(tree) for tree in trees):
        text = text_of(node)
        if text in seen or (isinstance(node, Field) and not velden):
            continue
        seen.add(text)
        symbol = writer.vertaal(node, op)
        if z3.is_true(model.eval(symbol.bekend, True)):
            yield f"{_label(writer.stand.regels, node)}: {woord(writer.stand.regels, node, symbol, model)}"


def _named(tree: Node) -> Iterator[Node]:
    """The names in ``tree`` that are about the household as a whole."""
    if isinstance(tree, Loop):
        return
    if isinstance(tree, Quantity | Figure | Field):
        if isinstance(tree, Figure) or not tree.per_person:
            yield tree
        return
    for child in children(tree):
        yield from _named(child)


def twee_waarden(
    copies: tuple[Vertaler, Vertaler], trees: Sequence[Node], op: str, model: z3.ModelRef
) -> Iterator[str]:
    """The value of each of ``trees`` in both households that are compared."""
    for tree in trees:
        regels = copies[0].stand.regels
        first, second = (woord(regels, tree, copy.vertaal(tree, op), model) for copy in copies)
        yield f"{_label(regels, tree)}: eerst {first}, daarna {second}"


def plaats_in_test(regels: Regelset, trees: Iterable[Node]) -> tuple[str, tuple[str, ...]]:
    """Where a household can be tested: the decision that looks at the most of the names in ``trees``, and which of its
    values are one of them.
    """
    wanted = {_name(node) for tree in trees for node in _named(tree)}
    shared = {name: len(wanted & names_of(regels, besluit)) for name, besluit in regels.besluiten.items()}
    most = max(shared.values(), default=0)
    found = next((besluit for name, besluit in regels.besluiten.items() if most and shared[name] == most), None)
    if found is None:
        return "", ()
    values_of = [found.waarden, *(regel.waarden for regel in found.regels)]
    shown = {name: tree for part in values_of for name, (tree, _) in part.items()}
    values = [name for name, tree in shown.items() if isinstance(tree, Quantity | Figure) and tree.name in wanted]
    return found.id, tuple(values)


def _name(node: Node) -> str:
    assert isinstance(node, Quantity | Figure | Field)
    return node.name


def _label(regels: Regelset, node: Node) -> str:
    if isinstance(node, Quantity):
        return regels.grootheden[node.name].label
    if isinstance(node, Figure):
        key = f" ({text_of(node.key)})" if node.key is not None else ""
        return regels.cijfers[node.name][0].label + key
    return regels.velden[node.name].label if isinstance(node, Field) and node.name in regels.velden else text_of(node)


def _type(regels: Regelset, node: Node) -> Type:
    if isinstance(node, Quantity):
        return regels.grootheden[node.name].type
    if isinstance(node, Figure):
        return regels.cijfers[node.name][0].type
    assert isinstance(node, Field)
    return regels.velden[node.name].type if node.name in regels.velden else Type("datum")


def woord(regels: Regelset, node: Node, symbol: Symbool, model: z3.ModelRef) -> str:
    """The value of ``node`` in this household, as it is read."""
    kind = _type(regels, node)
    parts = [model.eval(part, True) for part in symbol.delen]
    if kind.kind == "waarheid":
        return "ja" if z3.is_true(parts[0]) else "nee"
    if kind.kind == "datum":
        return datum(date(*(part.as_long() for part in parts)))
    if kind.kind == "keuze":
        return next((word for word in sorted(kind.words) if code(word) == parts[0].as_long()), "onbekend")
    return _number(kind, parts[0])


def _number(kind: Type, term: z3.ArithRef) -> str:
    if not z3.is_rational_value(term):
        term = term.approx(6) if z3.is_algebraic_value(term) else term
    value = Decimal(term.numerator_as_long()) / Decimal(term.denominator_as_long())
    if kind.percent:
        return procent(value)
    return bedrag(round(value, 4)) if ("euro", 1) in (kind.unit or ()) else getal(value)
