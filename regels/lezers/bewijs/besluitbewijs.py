"""What goes against a decision: a household with no rule, or with two."""

from collections.abc import Iterable

import z3

from regels.lezers.bewijs.symbolen import Term, en, niet, of
from regels.lezers.bewijs.vertaler import Vertaler
from regels.regelset import Regel


def geen_of_twee(regels: Iterable[Regel], datum: str, writer: Vertaler) -> Term:
    """No rule, or two. Where a decision may wait for something, no rule means that each is known not to hold."""
    values = [writer.vertaal(regel.als, datum) for regel in regels]
    true = [en(value.bekend, value.term) for value in values]
    none = [niet(one) for one in true]
    if writer.feiten.geval.open:
        none = [en(value.bekend, niet(value.term)) for value in values]
    two = niet(z3.AtMost(*true, 1)) if len(true) > 1 else z3.BoolVal(False)
    return of(en(*none), two)
