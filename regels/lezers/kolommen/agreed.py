"""What all rules agree on that may still apply to a row, as columns: :mod:`regels.eensgezind` for a whole table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regels.eensgezind import can_agree
from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.missing import Fields, Missing
from regels.lezers.kolommen.nodes import Vertex
from regels.regelset import ZONDER_WAARDEN, Besluit, Regel
from regels.taal import Node as Tree

Rules = Sequence[tuple[Regel, Vertex]]


@dataclass(frozen=True, slots=True)
class Groups:
    """The rules of a decision by outcome: where one of a group applies, and where all that may apply are of it.

    ``unknown`` is where neither holds for any group, though something is unknown.
    """

    true: dict[str, Vertex]
    agreed: dict[str, Vertex]
    unknown: Vertex

    @classmethod
    def of(cls, graph: Graph, besluit: Besluit, rules: Rules, absent: Vertex | None) -> "Groups":
        """Those of ``rules``, which agree nowhere that is ``absent``: without it (None) what is unknown stays so."""
        conditions: dict[str, list[Vertex]] = {}
        for regel, condition in rules:
            conditions.setdefault(regel.dan, []).append(condition)
        true = {outcome: graph.any(*own) for outcome, own in conditions.items()}
        unknown = graph.is_null(graph.any(*true.values()))
        closed = {outcome: graph.is_true(graph.no(group)) for outcome, group in true.items()}
        agreed: dict[str, Vertex] = {
            outcome: graph.all(unknown, graph.no(absent), *(closed[other] for other in true if other != outcome))
            for outcome in true
            if absent is not None and can_agree(besluit, outcome)
        }
        left = graph.all(unknown, *(graph.no(where) for where in agreed.values()))
        return cls(true, agreed, left)

    def any_agreed(self, graph: Graph) -> Vertex:
        """Where some group agrees."""
        return graph.any(*self.agreed.values())

    def first(self, graph: Graph, rules: Rules) -> Vertex:
        """Of the rules that agree the name of the first."""
        found = graph.null("word")
        for regel, condition in reversed(rules):
            if regel.dan in self.agreed:
                found = graph.when(graph.is_null(condition), graph.const(regel.naam), found)
        return found


@dataclass(frozen=True, slots=True)
class Shared:
    """One value by the rules that may agree: what each shows for it (None: nothing), in one column."""

    rules: Sequence[tuple[Vertex, Vertex | None]]  # where it may apply, and the value

    def varies(self, graph: Graph) -> Vertex:
        """Where two rules that may apply have another value, or only one of them has it."""
        known = self._first_known(graph)
        there = self._there(graph)
        parts = []
        for open_, node in self.rules:
            if node is None:
                parts.append(graph.all(there, open_))
            elif known is not node:
                parts.append(graph.all(open_, graph.is_true(graph.compare("!=", node, known))))
        return graph.any(*parts)

    def value(self, graph: Graph) -> Vertex:
        """The value where it is known and the same by all of them; empty elsewhere."""
        known = self._first_known(graph)
        whole = graph.all(
            self._there(graph),
            graph.no(self.varies(graph)),
            *(graph.any(graph.no(open_), graph.known(node)) for open_, node in self.rules if node is not None),
        )
        return graph.when(whole, known, graph.null(known.kind))

    def _there(self, graph: Graph) -> Vertex:
        return graph.any(*(open_ for open_, node in self.rules if node is not None))

    def _first_known(self, graph: Graph) -> Vertex:
        nodes = [(open_, node) for open_, node in self.rules if node is not None]
        if len({id(node) for _, node in nodes}) == 1:
            return nodes[0][1]
        found = graph.null(nodes[0][1].kind)
        for open_, node in reversed(nodes):
            found = graph.when(graph.all(open_, graph.known(node)), node, found)
        return found


def shown_by(besluit: Besluit, regel: Regel) -> Mapping[str, Tree]:
    """The values that are shown with ``regel``."""
    shared = {} if regel.dan in ZONDER_WAARDEN else besluit.waarden
    return {name: tree for name, (tree, kind) in {**shared, **regel.waarden}.items() if not kind.each}


def waiting(
    missing: Missing, besluit: Besluit, rules: Rules, groups: Groups, shared: Mapping[str, Shared]
) -> list[Fields]:
    """Where rules agree: what each value waits for that is not shown."""
    where = groups.any_agreed(missing.graph)
    trees = {regel.naam: shown_by(besluit, regel) for regel, _ in rules}
    conditions = [missing.fields(regel.als, besluit.datum) for regel, _ in rules if regel.dan in groups.agreed]
    found = []
    for name, each in shared.items():
        own = [
            missing.only(missing.graph.is_null(condition), missing.fields(trees[regel.naam][name], besluit.datum))
            for regel, condition in rules
            if regel.dan in groups.agreed and name in trees[regel.naam]
        ]
        all_rules = missing.only(each.varies(missing.graph), missing.union(*conditions))
        found.append(missing.only(where, missing.union(*own, all_rules)))
    return found
