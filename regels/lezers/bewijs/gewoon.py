"""A household that is as ordinary as can be: nobody believes a counterexample about a rent of one cent.

These are wishes for what a person reads. They play no part in whether a claim holds.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

import z3

from regels.lezers.bewijs.feiten import Feiten
from regels.lezers.bewijs.symbolen import Symbool, Term, code, en, getal, vast
from regels.velden import Veld

BORN: Final = (date(1950, 1, 1), date(2000, 12, 31))
SINCE: Final = date(2010, 1, 1)
# the work that a wish is worth, as Z3 counts it: it may look for ever among days
WISH: Final = 100_000
# from this amount a rent or an income looks like one; service costs and wealth may be nothing
AT_LEAST: Final = {"bedrag": Decimal(300), "heel_bedrag": Decimal(15_000)}


def gewoonste(solver: z3.Solver, feiten: Feiten) -> z3.ModelRef:
    """A model of ``solver``, which has one, with as many wishes as it can have, tried one after another."""
    model = solver.model()
    solver.set("rlimit", WISH)
    for wish in wensen(feiten):
        solver.push()
        solver.add(wish)
        if solver.check() == z3.sat:
            model = solver.model()
        else:
            solver.pop()
    return model


def wensen(feiten: Feiten) -> Iterator[Term]:
    """What makes a household ordinary, the most telling first."""
    words = [(feiten.regels.velden[name], symbol) for (name, _), symbol in feiten.velden.items()]
    for veld, symbol in words:
        if veld.naam == "soort" and "huurder" in veld.waarden:
            yield symbol.term == code("huurder")
    for veld, symbol in words:
        yield from _wens(veld, symbol)


def _wens(veld: Veld, symbol: Symbool) -> Iterator[Term]:
    if veld.soort == "datum" and veld.naam != "peildatum":
        first, last = BORN if veld.groep == "persoon" else (SINCE, None)
        yield symbol.term >= vast(first).term if last is None else _between(symbol, first, last)
    elif veld.soort in AT_LEAST and veld.groep in ("woning", "persoon"):
        yield symbol.term >= getal(AT_LEAST[veld.soort])


def _between(symbol: Symbool, first: date, last: date) -> Term:
    return en(symbol.term >= vast(first).term, symbol.term <= vast(last).term)
