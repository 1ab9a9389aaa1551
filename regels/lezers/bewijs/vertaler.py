"""The condition tree written for Z3, with the meaning that ``uitleg`` gives it: unknown spreads, Kleene's en and of.

How much is written out is chosen by the caller. A quantity that is left free stands for every value of its type, and a
loop that is left free for every household: what holds then, holds for all of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

import z3

from regels.eenheden import Type
from regels.lezers.bewijs.feiten import ELK, Feiten
from regels.lezers.bewijs.symbolen import (
    FUNCTIES,
    JA,
    NEE,
    Symbool,
    Term,
    code,
    en,
    getal,
    kies,
    kies_waarde,
    maal,
    niet,
    of,
    rond,
    uit_tabel,
    uiterste,
    vast,
)
from regels.regelset import Cijfer
from regels.stand import Stand
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
    children,
    plain,
)
from regels.typen import ROUNDING

_COMPARE: Mapping[str, Callable[[Term, Term], Term]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@dataclass
class Vertaler:
    """Writes expressions for one stand and one household.

    ``binnen``: the quantities that are written out (None: all); ``los``: the loops stay free; ``gegeven``: values that
    are put in the place of a name. ``anders``: the quantities that follow from those; in a copy they have names of
    their own, while all else is shared.
    """

    stand: Stand
    feiten: Feiten
    binnen: frozenset[str] | None = None
    los: bool = False
    gegeven: Mapping[str, Symbool] = field(default_factory=dict)
    anders: frozenset[str] = frozenset()
    kopie: str = ""
    persoon: int | None = None
    lussen: dict[tuple[Loop, str], Symbool] = field(default_factory=dict)
    domein: list[Term] = field(default_factory=list)
    ontbreekt: list[Term] = field(default_factory=list)  # a figure that is read on a day on which there is none
    _memo: dict[tuple[str, int | None], Symbool] = field(default_factory=dict)
    _zeker: dict[str, bool] = field(default_factory=dict)

    def vertaal(self, node: Node, datum: str) -> Symbool:
        """``node`` as a symbol; figures are those of the date called ``datum``."""
        build: Callable[[Any, str], Symbool] = getattr(self, "_" + type(node).__name__.lower())
        return build(node, datum)

    def waar(self, node: Node, datum: str) -> Term:
        """Whether the condition is true, and known to be."""
        value = self.vertaal(node, datum)
        return en(value.bekend, value.term)

    # values

    def _number(self, node: Number, datum: str) -> Symbool:
        return vast(node.value)

    def _date(self, node: Date, datum: str) -> Symbool:
        return vast(node.value)

    def _word(self, node: Word, datum: str) -> Symbool:
        return vast(node.value)

    def _truth(self, node: Truth, datum: str) -> Symbool:
        return vast(node.value)

    def _field(self, node: Field, datum: str) -> Symbool:
        if node.name in self.gegeven:
            return self.gegeven[node.name]
        symbol = self.feiten.veld(node.name, self.persoon if node.per_person else None)
        return symbol if z3.is_true(symbol.bekend) else kies_waarde(symbol.bekend, symbol, self._aanname(node, symbol))

    def _aanname(self, node: Field, symbol: Symbool) -> Symbool:
        """What is taken as given while the field is empty."""
        found = Symbool(symbol.delen, NEE)
        for aanname in reversed(self.stand.regels.aannamen.get(node.name, ())):
            applies = JA if aanname.als is None else self.waar(aanname.als, "peildatum")
            found = kies_waarde(applies, self.vertaal(aanname.waarde, "peildatum"), found)
        return found

    def _quantity(self, node: Quantity, datum: str) -> Symbool:
        name, person = node.name, self.persoon if node.per_person else None
        if name in self.gegeven:
            return self.gegeven[name]
        if (name, person) not in self._memo:
            formule = self.stand.formule(name)
            if formule is None:
                self._memo[name, person] = self._vrij(name, person, known=NEE)
            elif self.binnen is None or name in self.binnen or node.per_person:
                self._memo[name, person] = self.vertaal(formule.boom, self.stand.regels.grootheden[name].datum)
            else:
                known = JA if self.zeker(node) else z3.Bool(f"bekend:{name}{self._teken(name)}")
                self._memo[name, person] = self._vrij(name, person, known)
        return self._memo[name, person]

    def _vrij(self, name: str, person: int | None, known: Term) -> Symbool:
        kind = self.stand.regels.grootheden[name].type
        return Symbool(self.vrij(f"grootheid:{name}.{person}{self._teken(name)}", kind), known)

    def _teken(self, name: str) -> str:
        return self.kopie if name in self.anders else ""

    def met(self, gegeven: Mapping[str, Symbool], anders: frozenset[str], kopie: str) -> "Vertaler":
        """A copy about the same household in which other values are given; ``anders`` follows from those values."""
        return replace(self, gegeven=gegeven, anders=anders, kopie=kopie, _memo={})

    def vrij(self, name: str, kind: Type) -> tuple[Term, ...]:
        """Any value of this type."""
        if kind.kind == "waarheid":
            return (z3.Bool(name),)
        if kind.kind == "datum":
            return tuple(z3.Int(f"{name}.{part}") for part in ("jaar", "maand", "dag"))
        if kind.kind == "getal":
            return (z3.Real(name),)
        word = z3.Int(name)
        self.domein.append(z3.Or(*(word == code(value) for value in sorted(kind.words))))
        return (word,)

    def _figure(self, node: Figure, datum: str) -> Symbool:
        key = self.vertaal(node.key, datum) if node.key is not None else Symbool((JA,))
        if node.on is not None:
            return self._figure_on(node.name, self.vertaal(node.on, datum), key)
        figure = self.stand.cijfer(node.name, datum)
        if figure is None:
            first = _cell(self.stand.regels.cijfers[node.name][0], key)
            return Symbool(first.delen, NEE)
        return _cell(figure, key)

    def _figure_on(self, name: str, day: Symbool, key: Symbool) -> Symbool:
        found: Symbool | None = None
        for figure in reversed(self.stand.regels.cijfers[name]):
            window, cell = figure.venster, _cell(figure, key)
            within = day.term >= vast(window.vanaf).term
            if window.tot_en_met is not None:
                within = en(within, day.term <= vast(window.tot_en_met).term)
            found = kies_waarde(within, cell, found or Symbool(cell.delen, NEE))
        assert found is not None
        known = en(day.bekend, key.bekend)
        if self.feiten.geval.open:
            return Symbool(found.delen, en(known, found.bekend))
        self.ontbreekt.append(en(known, niet(found.bekend)))  # such a household may wait for the figure
        return Symbool(found.delen, known)

    # arithmetic and conditions

    def _arithmetic(self, node: Arithmetic, datum: str) -> Symbool:
        left, right = self.vertaal(node.left, datum), self.vertaal(node.right, datum)
        known = en(left.bekend, right.bekend)
        if node.op == "/":
            return Symbool((left.term / right.term,), en(known, right.term != getal(0)))
        if node.op == "*":
            return Symbool((maal(left.term, right.term),), known)
        return Symbool((left.term + right.term if node.op == "+" else left.term - right.term,), known)

    def _compare(self, node: Compare, datum: str) -> Symbool:
        left, right = self.vertaal(node.left, datum), self.vertaal(node.right, datum)
        return Symbool((_COMPARE[node.op](left.term, right.term),), en(left.bekend, right.bekend))

    def _member(self, node: Member, datum: str) -> Symbool:
        left = self.vertaal(node.left, datum)
        return Symbool((of(*(left.term == code(word) for word in node.words)),), left.bekend)

    def _and(self, node: And, datum: str) -> Symbool:
        parts = [self.vertaal(part, datum) for part in node.parts]
        no = of(*(en(part.bekend, niet(part.term)) for part in parts))
        return Symbool((niet(no),), of(no, en(*(part.bekend for part in parts))))

    def _or(self, node: Or, datum: str) -> Symbool:
        parts = [self.vertaal(part, datum) for part in node.parts]
        yes = of(*(en(part.bekend, part.term) for part in parts))
        return Symbool((yes,), of(yes, en(*(part.bekend for part in parts))))

    def _not(self, node: Not, datum: str) -> Symbool:
        part = self.vertaal(node.part, datum)
        return Symbool((niet(part.term),), part.bekend)

    def _choice(self, node: Choice, datum: str) -> Symbool:
        condition = self.vertaal(node.condition, datum)
        found = kies_waarde(condition.term, self.vertaal(node.yes, datum), self.vertaal(node.no, datum))
        return Symbool(found.delen, en(condition.bekend, found.bekend))

    def _call(self, node: Call, datum: str) -> Symbool:
        arguments = [self.vertaal(argument, datum) for argument in node.arguments]
        if node.function == "bekend":
            return Symbool((arguments[0].bekend,))
        if node.function == "eerste_bekende":
            found = arguments[-1]
            for argument in reversed(arguments[:-1]):
                found = kies_waarde(argument.bekend, argument, found)
            return found
        known = en(*(argument.bekend for argument in arguments))
        if node.function in ("min", "max"):
            return Symbool(uiterste(node.function, arguments), known)
        if node.function in ROUNDING:
            return Symbool((rond(node.function, arguments[0].term, arguments[1].term),), known)
        return Symbool(FUNCTIES[node.function](*arguments), known)

    # loops

    def _loop(self, node: Loop, datum: str) -> Symbool:
        if self.los:
            return self._losse_lus(node, datum)
        if not self.feiten.personen:  # nobody was named, so nothing is known of them
            return Symbool((NEE if node.kind == "enige" else getal(0),), NEE)
        parts = [self.bijdrage(node, datum, person) for person in range(self.feiten.personen)]
        if node.kind == "enige":
            yes = of(*(en(part.bekend, part.term) for part in parts))
            return Symbool((yes,), of(yes, en(*(part.bekend for part in parts))))
        return Symbool((z3.Sum([part.term for part in parts]),), en(*(part.bekend for part in parts)))

    def bijdrage(self, node: Loop, datum: str, persoon: int) -> Symbool:
        """What one resident brings to a loop: ja or nee, or a number."""
        outer, self.persoon = self.persoon, persoon
        holds = Symbool((JA,)) if node.condition is None else self.vertaal(node.condition, datum)
        value = Symbool((getal(1),)) if node.value is None else self.vertaal(node.value, datum)
        self.persoon = outer
        if node.kind == "enige":
            return holds
        return Symbool((kies(holds.term, value.term, getal(0)),), en(holds.bekend, of(niet(holds.term), value.bekend)))

    def _losse_lus(self, node: Loop, datum: str) -> Symbool:
        key = (cast(Loop, plain(node)), datum)
        if key not in self.lussen:
            name = f"lus:{len(self.lussen)}"
            term = z3.Bool(name) if node.kind == "enige" else z3.Real(name)
            self.lussen[key] = Symbool((term,), JA if self.zeker(node) else z3.Bool(f"bekend:{name}"))
        return self.lussen[key]

    # what is known in any case

    def zeker(self, node: Node) -> bool:
        """Whether ``node`` is known in every household of this case; when in doubt, no."""
        if isinstance(node, Field):
            return node.name in self.gegeven or node.name == "rondedatum" or self.feiten.zeker(node.name)
        if isinstance(node, Quantity):
            return node.name in self.gegeven or self._zekere_grootheid(node.name)
        if isinstance(node, Call) and node.function == "bekend":
            return True
        if isinstance(node, Call) and node.function == "eerste_bekende":
            return any(self.zeker(argument) for argument in node.arguments)
        if isinstance(node, Figure) and node.on is not None and self.feiten.geval.open:
            return False
        if isinstance(node, Arithmetic) and node.op == "/":
            return isinstance(node.right, Number) and node.right.value != Decimal(0) and self.zeker(node.left)
        return all(self.zeker(child) for child in children(node))

    def _zekere_grootheid(self, name: str) -> bool:
        if name not in self._zeker:
            formule = self.stand.formule(name)
            self._zeker[name] = formule is not None and self.zeker(formule.boom)
        return self._zeker[name]

    # what holds for free loops

    def elke_lus(self) -> list[tuple[Loop, Symbool, Symbool]]:
        """Every free loop: its tree, its symbol, and what any one resident brings to it."""
        return [(node, symbol, self.bijdrage(node, datum, ELK)) for (node, datum), symbol in list(self.lussen.items())]


def _cell(figure: Cijfer, key: Symbool) -> Symbool:
    value = figure.waarde
    if not isinstance(value, Mapping):
        return vast(value)
    found = uit_tabel(key.term, value)
    return Symbool(found.delen, en(key.bekend, found.bekend))
