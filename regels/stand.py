"""What is in force on the dates of one question: a :class:`Stand`.

Each decision, quantity and figure is picked by the date its file names: the peildatum, or 1 July of the huurronde.
Nothing outside its window is ever used; what is missing is reported with the window that held last.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from regels.controle import definitions, sentence_nodes
from regels.eenheden import Type
from regels.einden import Einden
from regels.opmaak import datum
from regels.regelset import ZONDER_WAARDEN, Besluit, Cijfer, Formule, Regel, Regelset, eens
from regels.ronde import begin_of_round, round_of
from regels.taal import Field, Figure, Node, Quantity, children, walk
from regels.venster import Venster


@dataclass(frozen=True, slots=True)
class Gat:
    """Why a decision has no rules: what is missing on the date called ``datum``, and when it was last in force."""

    wat: str
    datum: str
    laatste: Venster | None

    def golden(self, dag: date) -> str:
        """When the rules held last, or when they begin, seen from ``dag``."""
        window = self.laatste
        if window is None:
            return "Er is nooit een regel ingevoerd."
        if window.vanaf > dag:
            return f"De eerste regels gelden vanaf {datum(window.vanaf)}."
        if window.tot_en_met is None:
            return f"De laatste regels golden vanaf {datum(window.vanaf)}."
        return f"De laatste regels golden van {datum(window.vanaf)} tot en met {datum(window.tot_en_met)}."


class Stand:
    """The part of a rule set that holds on one peildatum and one rondedatum.

    With ``einden`` its comparisons look at both ends of a sum (:mod:`regels.einden`), which tells nothing more of a
    complete household.
    """

    def __init__(self, regels: Regelset, peildatum: date, rondedatum: date, *, einden: bool = True) -> None:
        self.regels = regels
        self._met_einden = einden and not regels.eerste_formaat
        self.datums = {"peildatum": peildatum, "rondedatum": rondedatum}
        self._formules: dict[str, Formule | None] = {}
        self._gaten: dict[str, Gat | None] = {}
        self._heel: set[str] = set()
        self._regels: dict[str, tuple[Regel, ...]] = {}
        self._einden = Einden(regels.velden, self._boom, self._nooit_negatief)

    def regels_van(self, besluit: Besluit) -> tuple[Regel, ...]:
        """The rules of ``besluit`` that are in force."""
        if besluit.id not in self._regels:
            dag = self.datums[besluit.datum]
            here = [regel for regel in besluit.regels if regel.venster.bevat(dag)]
            self._regels[besluit.id] = tuple(self._ruime_regel(regel) for regel in here)
        return self._regels[besluit.id]

    def waarden_van(self, besluit: Besluit) -> Mapping[str, tuple[Node, Type]]:
        """What ``besluit`` shows with every rule: nothing when only rules are in force that show no values."""
        return besluit.waarden if any(r.dan not in ZONDER_WAARDEN for r in self.regels_van(besluit)) else {}

    def formule(self, naam: str) -> Formule | None:
        """The formula of a quantity that is in force, if there is one."""
        if naam not in self._formules:
            found = self._geschreven(naam)
            self._formules[naam] = self._ruime_formule(found) if found is not None else None
        return self._formules[naam]

    def _ruime_regel(self, regel: Regel) -> Regel:
        als = self._ruim(regel.als)
        return regel if als is regel.als else replace(regel, als=als)

    def _ruime_formule(self, formule: Formule) -> Formule:
        boom = self._ruim(formule.boom)
        return formule if boom is formule.boom else replace(formule, boom=boom)

    def _geschreven(self, naam: str) -> Formule | None:
        quantity = self.regels.grootheden[naam]
        dag = self.datums[quantity.datum]
        return next((f for f in quantity.formules if f.venster.bevat(dag)), None)

    def _boom(self, naam: str) -> Node | None:
        found = self._geschreven(naam)
        return found.boom if found is not None else None

    def _nooit_negatief(self, cijfer: str) -> bool:
        cells = [
            cell
            for one in self.regels.cijfers[cijfer]
            for cell in (one.waarde.values() if isinstance(one.waarde, Mapping) else [one.waarde])
        ]
        return all(isinstance(cell, Decimal) and cell >= 0 for cell in cells)

    def _ruim(self, boom: Node) -> Node:
        return self._einden.ruim(boom) if self._met_einden else boom

    def cijfer(self, naam: str, datum: str) -> Cijfer | None:
        """The figure that is in force on the date called ``datum``, if there is one."""
        return cijfer_op(self.regels, naam, self.datums[datum])

    def gat(self, besluit: Besluit) -> Gat | None:
        """What ``besluit`` lacks on its date; None when it can be answered."""
        if besluit.id not in self._gaten:
            self._gaten[besluit.id] = self._find_gap(besluit)
        return self._gaten[besluit.id]

    def _find_gap(self, besluit: Besluit) -> Gat | None:
        regels = self.regels_van(besluit)
        dag = self.datums[besluit.datum]
        if not regels:
            return Gat(besluit.vraag, besluit.datum, _last([regel.venster for regel in besluit.regels], dag))
        trees = [tree for regel in regels for tree in _trees(regel)]
        trees += [node for node, _ in self.waarden_van(besluit).values()]
        return next((gat for tree in trees if (gat := self._gap(tree, besluit.datum))), None)

    def _gap(self, tree: Node, datum: str) -> Gat | None:
        for node in walk(tree):
            if isinstance(node, Figure) and node.on is None and self.cijfer(node.name, datum) is None:
                series = self.regels.cijfers[node.name]
                return Gat(series[0].label, datum, _last([c.venster for c in series], self.datums[datum]))
            if isinstance(node, Quantity) and node.name not in self._heel:
                quantity = self.regels.grootheden[node.name]
                formule = self.formule(node.name)
                if formule is None:
                    windows = [f.venster for f in quantity.formules]
                    return Gat(quantity.label, quantity.datum, _last(windows, self.datums[quantity.datum]))
                if gat := self._gap(formule.boom, quantity.datum):
                    return gat
                self._heel.add(node.name)
        return None


def _trees(regel: Regel) -> Iterator[Node]:
    yield regel.als
    yield from (node for node, _ in regel.waarden.values())
    # a reason with a condition is left unsaid when its condition cannot be known; it never blocks the answer
    for sentence in (regel.zegt, *(reason for reason in regel.omdat if reason.als is None)):
        yield from sentence_nodes(sentence)


def _last(windows: list[Venster], dag: date) -> Venster | None:
    before = [window for window in windows if window.vanaf <= dag]
    if not before:
        return min(windows, key=lambda window: window.vanaf, default=None)
    return max(before, key=lambda window: window.vanaf)


def cijfer_op(regels: Regelset, naam: str, dag: date) -> Cijfer | None:
    """The figure ``naam`` on ``dag``; None outside its windows."""
    return next((cijfer for cijfer in regels.cijfers[naam] if cijfer.venster.bevat(dag)), None)


def names_of(regels: Regelset, besluit: Besluit) -> frozenset[str]:
    """Every field, quantity and figure that can matter for ``besluit``, on any date."""
    found: set[str] = set()

    def visit(tree: Node) -> None:
        for node in walk(tree):
            if isinstance(node, Field | Figure | Quantity) and node.name not in found:
                found.add(node.name)
                for below in definitions(regels, node.name):
                    visit(below)

    for tree in _all_trees(besluit):
        visit(tree)
    return frozenset(found)


def _all_trees(besluit: Besluit) -> Iterator[Node]:
    """Every expression of a decision that its outcome, values and reasons are made of."""
    for regel in besluit.regels:
        yield from (regel.als, *(node for node, _ in regel.waarden.values()))
        for sentence in (regel.zegt, *regel.omdat):
            yield from sentence_nodes(sentence)
    yield from (node for node, _ in besluit.waarden.values())


@eens
def ranks(regels: Regelset) -> Mapping[str, int]:
    """The order in which fields, figures and quantities are told: that of the rules, what one needs before itself."""
    found: dict[str, int] = {}

    def visit(node: Node) -> None:
        for child in children(node):
            visit(child)
        if isinstance(node, Field | Figure | Quantity):
            tell(node.name)

    def tell(name: str) -> None:
        if name not in found:
            for below in definitions(regels, name):
                visit(below)
            found.setdefault(name, len(found))

    for besluit in regels.besluiten.values():
        for tree in _all_trees(besluit):
            visit(tree)
    for name in (*regels.velden, *regels.cijfers, *regels.grootheden):  # what no outcome is made of
        tell(name)
    return found


@eens
def edges(regels: Regelset) -> list[date]:
    """Every day on which something starts to hold or has just ended, in order."""
    windows = [cijfer.venster for series in regels.cijfers.values() for cijfer in series]
    windows += [formule.venster for quantity in regels.grootheden.values() for formule in quantity.formules]
    windows += [regel.venster for besluit in regels.besluiten.values() for regel in besluit.regels]
    edges = {window.vanaf for window in windows}
    edges |= {window.tot_en_met + timedelta(days=1) for window in windows if window.tot_en_met is not None}
    return sorted(edges)


def segment(regels: Regelset, dag: date) -> int:
    """The stretch of days without any change that ``dag`` lies in; days in one stretch share their :class:`Stand`."""
    return bisect_right(edges(regels), dag)


@eens
def looptijd(regels: Regelset) -> tuple[date, date]:
    """The days that these rules are written for.

    From the first one on which a decision can be answered, to the end of the round in which the newest figure starts.
    """
    days = edges(regels)
    first = next((day for day in days if _answers(regels, day)), days[0] if days else date.min)
    starts = [cijfer.venster.vanaf for series in regels.cijfers.values() for cijfer in series]
    newest = max(starts, default=first)
    return first, begin_of_round(round_of(newest) + 1) - timedelta(days=1)


def _answers(regels: Regelset, day: date) -> bool:
    stand = Stand(regels, day, begin_of_round(day.year))
    return any(stand.gat(besluit) is None for besluit in regels.besluiten.values())
