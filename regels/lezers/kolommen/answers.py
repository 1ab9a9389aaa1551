"""The decisions as columns: which rule applies, the outcome, and the values that go with it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Final

import narwhals as nw

from regels.eenheden import Type, unit_text
from regels.lezers.kolommen.agreed import Groups, Shared, waiting
from regels.lezers.kolommen.layout import Kolom
from regels.lezers.kolommen.lower import Lowering
from regels.lezers.kolommen.missing import Absent, Fields, Missing
from regels.lezers.kolommen.nodes import Vertex
from regels.lezers.kolommen.numbers import Num, Quotient, Value
from regels.regelset import ZONDER_WAARDEN, Besluit, Regel
from regels.stand import Stand
from regels.taal import Loop
from regels.taal import Node as Tree
from regels.velden import label_van

FINEST: Final = 10**6
_DTYPES = {"waarheid": nw.Boolean(), "keuze": nw.String(), "datum": nw.Date(), "getal": nw.Int64()}


@dataclass(frozen=True, slots=True)
class Answer:
    """One decision: its rules with their conditions, and the nodes of its columns.

    ``onbekend`` is where a field may be missing: it is unknown, or only the rules agree. ``groepen`` has where they do,
    and ``gedeeld`` each value by those rules. ``binnen`` is whether a row is of the municipality of the decision; None
    when it is of all.
    """

    besluit: Besluit
    regels: tuple[tuple[Regel, Vertex], ...]
    kolommen: Mapping[str, Vertex]
    onbekend: Vertex
    groepen: Groups | None = None
    gedeeld: Mapping[str, Shared] = field(default_factory=dict)
    binnen: Vertex | None = None

    def wachten(self, missing: Missing) -> list[Fields]:
        """What each rule waits for, or where the rules agree each value, and before those the municipality."""
        rules = [missing.fields(regel.als, self.besluit.datum) for regel, _ in self.regels]
        if self.groepen is not None:
            alone = missing.graph.no(self.groepen.any_agreed(missing.graph))
            rules = [missing.only(alone, fields) for fields in rules]
            rules += waiting(missing, self.besluit, self.regels, self.groepen, self.gedeeld)
        if self.binnen is None:
            return rules
        reach = missing.lowering.stand.regels.bereik[self.besluit.gemeenten]
        inside = missing.graph.is_true(self.binnen)
        return [missing.fields(reach, "peildatum"), *(missing.only(inside, fields) for fields in rules)]


class Answers:
    """The answers of one :class:`Lowering`, as nodes; ``dividers`` fixes how fine each number is (by column).

    Without ``stoppen`` no decision ends the check: each says what its own rules do.
    """

    def __init__(self, lowering: Lowering, dividers: Mapping[str, int], *, stoppen: bool = True) -> None:
        self.lowering = lowering
        self.graph = lowering.graph
        self.stand: Stand = lowering.stand
        self.dividers = dividers
        self._absent = Absent(lowering)
        self._stop: Vertex | None = None if stoppen else lowering.graph.false

    def answer(self, besluit: Besluit) -> Answer:
        """The columns of ``besluit``; empty for a row of another municipality."""
        graph, inside = self.graph, self._inside(besluit)
        found = self._answer(besluit)
        if inside is None:
            return found
        here, unsure = graph.is_true(inside), graph.is_null(inside)
        columns = {name: graph.when(here, node, graph.null(node.kind)) for name, node in found.kolommen.items()}
        outcome = f"{besluit.id}__uitkomst"
        asked = graph.const("onbekend")
        if not besluit.stopt:
            asked = graph.when(self.stop, graph.null("word"), asked)
        columns[outcome] = graph.when(unsure, asked, columns[outcome])
        waits = unsure if besluit.stopt else graph.all(unsure, graph.no(self.stop))
        unknown = graph.any(graph.all(here, found.onbekend), waits)
        return replace(found, kolommen=columns, onbekend=unknown, binnen=inside)

    def _inside(self, besluit: Besluit) -> Vertex | None:
        """Whether a row is of the municipality of ``besluit``; None when that holds for every row."""
        if not besluit.gemeenten:
            return None
        inside = self.lowering.node(self.stand.regels.bereik[besluit.gemeenten], "peildatum")
        return None if inside is self.graph.true else inside

    def _answer(self, besluit: Besluit) -> Answer:
        graph = self.graph
        name = f"{besluit.id}__"
        if self.stand.gat(besluit) is not None:
            columns = {f"{name}uitkomst": graph.const("geen_regels"), f"{name}regel": graph.null("word")}
            return Answer(besluit, (), self._unless_stopped(besluit, columns), graph.false)
        rules, groups = self._groups(besluit)
        shared: dict[str, Shared] = {}
        columns = {
            f"{name}uitkomst": self._outcome(groups),
            f"{name}regel": self._rule(rules, groups),
            **{name + value: node for value, node in self._values(besluit, rules, groups, shared)},
        }
        waits = graph.any(groups.unknown, groups.any_agreed(graph))
        spoken = waits if besluit.stopt else graph.all(waits, graph.no(self.stop))
        return Answer(besluit, rules, self._unless_stopped(besluit, columns), spoken, groups, shared)

    def _groups(self, besluit: Besluit) -> tuple[tuple[tuple[Regel, Vertex], ...], Groups]:
        rules = tuple((r, self.lowering.node(r.als, besluit.datum)) for r in self.stand.regels_van(besluit))
        absent = None
        if not self.stand.regels.eerste_formaat:
            absent = self._absent.where((regel.als for regel, _ in rules), besluit.datum)
        return rules, Groups.of(self.graph, besluit, rules, absent)

    def _outcome(self, groups: Groups) -> Vertex:
        graph = self.graph
        # with no rule true and nothing unknown there is no answer: a defect of the rules, that no outcome may hide
        found = graph.when(groups.unknown, graph.const("onbekend"), graph.null("word"))
        for outcome, true in reversed(groups.true.items()):
            said = graph.any(true, groups.agreed.get(outcome, graph.false))
            found = graph.when(said, graph.const(outcome), found)
        return found

    def _rule(self, rules: tuple[tuple[Regel, Vertex], ...], groups: Groups) -> Vertex:
        graph = self.graph
        found = graph.when(groups.any_agreed(graph), groups.first(graph, rules), graph.null("word"))
        for regel, condition in reversed(rules):
            found = graph.when(condition, graph.const(regel.naam), found)
        return found

    # a decision that ends the whole check

    @property
    def stop(self) -> Vertex:
        """Whether a decision with ``stopt`` says ``voorleggen``: then nothing else is said."""
        if self._stop is None:
            graph, conditions = self.graph, []
            for besluit in self.stand.regels.besluiten.values():
                if besluit.stopt and self.stand.gat(besluit) is None:
                    _, groups = self._groups(besluit)
                    said = [found.get("voorleggen", graph.false) for found in (groups.true, groups.agreed)]
                    conditions.append(graph.all(graph.any(*said), self._inside(besluit) or graph.true))
            self._stop = graph.is_true(graph.any(*conditions))
        return self._stop

    def _unless_stopped(self, besluit: Besluit, columns: Mapping[str, Vertex]) -> Mapping[str, Vertex]:
        if besluit.stopt:
            return columns
        return {name: self.graph.when(self.stop, self.graph.null(n.kind), n) for name, n in columns.items()}

    # values

    def _values(
        self,
        besluit: Besluit,
        rules: tuple[tuple[Regel, Vertex], ...],
        groups: Groups,
        by_rule: dict[str, Shared],
    ) -> Iterator[tuple[str, Vertex]]:
        """The values; those of rules that agree are put in ``by_rule``."""
        graph = self.graph
        spoken = graph.any(groups.unknown, *(c for r, c in rules if r.dan not in ZONDER_WAARDEN))
        agreed = groups.any_agreed(graph)
        for column, name, place in self._places(besluit):
            kind = values_of(besluit, self.stand)[name][1]
            shared = self.stand.waarden_van(besluit).get(name)
            nodes = {
                regel.naam: (condition, self._cell(besluit, column, regel.waarden[name], place))
                for regel, condition in rules
                if name in regel.waarden
            }
            found = graph.null(_node_kind(kind))
            if shared is not None:
                found = self._cell(besluit, column, shared, place)
            own = found
            for condition, node in reversed(nodes.values()):
                own = graph.when(condition, graph.coalesce(node, found), own)
            value = own if shared is None else graph.when(spoken, own, graph.null(found.kind))
            open_rules = [
                (graph.is_null(c), nodes[r.naam][1] if r.naam in nodes else _beside(r, shared, found))
                for r, c in rules
                if r.dan in groups.agreed
            ]
            if any(node is not None for _, node in open_rules):
                each = Shared(open_rules)
                value = graph.when(agreed, each.value(graph), value)
                if not kind.each:
                    by_rule[name] = each
            elif shared is not None:
                value = graph.when(agreed, graph.null(value.kind), value)
            yield column, value

    def _places(self, besluit: Besluit) -> Iterator[tuple[str, str, int]]:
        """Each column of a value: its name, that of the value, and the place of the resident it is about."""
        for name, (_, kind) in values_of(besluit, self.stand).items():
            if not kind.each:
                yield name, name, 0
            else:
                for place in count():
                    if f"{besluit.id}__{(column := of_place(name, place))}" not in self.dividers:
                        break
                    yield column, name, place

    def _cell(self, besluit: Besluit, column: str, shown: tuple[Tree, Type], place: int) -> Vertex:
        value = value_at(self.lowering, besluit, shown, place)
        if isinstance(value, Vertex):
            return value
        return self._scaled(value, self.dividers[f"{besluit.id}__{column}"])

    def _scaled(self, value: Num | Quotient, divider: int) -> Vertex:
        graph = self.graph
        if isinstance(value, Num) and divider % value.den == 0:
            return value.over(graph, divider)
        if isinstance(value, Num):
            return self.lowering.numbers.rounded(
                "halve_omhoog", Num(graph.mul(value.node, graph.const(divider)), value.den)
            )
        above = Num(graph.mul(value.above.node, graph.const(divider)), value.above.den)
        return self.lowering.numbers.rounded("halve_omhoog", Quotient(above, value.below))


def _beside(regel: Regel, shared: object, found: Vertex) -> Vertex | None:
    """A value of the question with ``regel``, when there is one."""
    return None if shared is None or regel.dan in ZONDER_WAARDEN else found


def of_place(name: str, place: int) -> str:
    """The column of a value of the resident at ``place``, called as in the input: the first is ``p1_``."""
    return f"p{place + 1}_{name}"


def value_at(lowering: Lowering, besluit: Besluit, shown: tuple[Tree, Type], place: int) -> Value:
    """A value as it is shown; of one for each resident that of ``place``, empty where the table has no such place."""
    tree, kind = shown
    if not kind.each:
        return shown_value(lowering, lowering.value(tree, besluit.datum), kind)
    assert isinstance(tree, Loop)
    if place >= lowering.persons:
        return Num(lowering.graph.null("int"), 1)
    return lowering.each(tree, besluit.datum, place)


def shown_value(lowering: Lowering, value: Value, kind: Type) -> Value:
    """``value`` as it is named and written: 15 for 15%."""
    if not kind.percent or isinstance(value, Vertex):
        return value
    return lowering.numbers.times(value, 100)


def values_of(besluit: Besluit, stand: Stand) -> dict[str, tuple[str, Type]]:
    """The names that ``besluit`` can have in its ``waarden``, with label and type."""
    if stand.gat(besluit) is not None:
        return {}
    found = {name: (besluit.labels[name], kind) for name, (_, kind) in stand.waarden_van(besluit).items()}
    for regel in stand.regels_van(besluit):
        for name, (_, kind) in regel.waarden.items():
            found.setdefault(name, (regel.labels[name], kind))
    return found


def _node_kind(kind: Type) -> str:
    return {"waarheid": "bool", "keuze": "word", "datum": "date", "getal": "int"}[kind.kind]


def columns_of(besluit: Besluit, lowering: Lowering, missing: bool, personen: int) -> Iterator[Kolom]:
    """The columns of the answer to ``besluit``; ``lowering`` is of a table that has every column."""
    name = f"{besluit.id}__"
    yield Kolom(f"{name}uitkomst", nw.String(), besluit.vraag)
    yield Kolom(f"{name}regel", nw.String(), "Reden: de regel die geldt")
    for value, (label, kind) in values_of(besluit, lowering.stand).items():
        numeric = kind.kind == "getal"
        divider = _divider(besluit, value, lowering) if numeric else 1
        unit = unit_text(kind) if numeric else ""
        if not kind.each:
            yield Kolom(name + value, _DTYPES[kind.kind], label, deler=divider, eenheid=unit)
            continue
        for place in range(personen):
            own = label_van(label, place)
            yield Kolom(name + of_place(value, place), _DTYPES[kind.kind], own, deler=divider, eenheid=unit)
    if missing:
        yield Kolom(f"{name}ontbreekt", nw.String(), "Wat ontbreekt, het beslissende gegeven eerst")


def _divider(besluit: Besluit, name: str, lowering: Lowering) -> int:
    """The smallest power of ten that holds the value exactly; beyond six decimals it is rounded to six."""
    divider = 1
    stand = lowering.stand
    for source in (stand.waarden_van(besluit), *(regel.waarden for regel in stand.regels_van(besluit))):
        if name in source:
            value = value_at(lowering, besluit, source[name], 0)
            den = value.den if isinstance(value, Num) else 3  # a third of anything has no end of decimals
            while divider < FINEST and divider % den:
                divider *= 10
    return divider


def chosen(stand: Stand, besluiten: Collection[str] | None) -> list[Besluit]:
    """The decisions that are asked, in the order of the rule set. Raises :class:`ValueError` for an unknown one."""
    known = stand.regels.besluiten
    if besluiten is not None and (strange := sorted(set(besluiten) - set(known))):
        raise ValueError(f"er is geen besluit {', '.join(strange)}; kies uit {', '.join(known)}")
    return [besluit for besluit in known.values() if besluiten is None or besluit.id in besluiten]
