"""The claims about a decision: exactly one of its rules applies, and each of its rules can apply."""

from collections.abc import Iterable

import z3

from regels.lezers.bewijs.symbolen import Term, en, niet, of
from regels.lezers.bewijs.vertaler import Vertaler
from regels.regelset import Besluit, Regel
from regels.stand import Stand
from regels.taal import Node


def wortels(besluit: Besluit, stand: Stand) -> list[tuple[Node, str]] | None:
    """The conditions of the rules in force; None when the decision cannot be answered on those days."""
    if stand.gat(besluit) is not None:
        return None
    return [(regel.als, besluit.datum) for regel in stand.regels_van(besluit)]


def geen_of_twee(regels: Iterable[Regel], datum: str, writer: Vertaler) -> Term:
    """No rule, or two. Where a decision may wait for something, no rule means that each is known not to hold."""
    values = [writer.vertaal(regel.als, datum) for regel in regels]
    true = [en(value.bekend, value.term) for value in values]
    none = [niet(one) for one in true]
    if writer.feiten.geval.open:
        none = [en(value.bekend, niet(value.term)) for value in values]
    two = niet(z3.AtMost(*true, 1)) if len(true) > 1 else z3.BoolVal(False)
    return of(en(*none), two)
