"""What is missing, on Spark: the same sets of bits, written as Spark SQL, for narwhals has no operations on bits.

The conditions come from narwhals as columns; a set is a choice or a union of constants. The words are put in order by
functions of Spark on arrays, where Polars decodes each combination in Python.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final

import narwhals as nw

from regels.lezers.kolommen.answers import Answer
from regels.lezers.kolommen.emit import levels
from regels.lezers.kolommen.missing import BITS, Fields, Missing
from regels.lezers.kolommen.nodes import Vertex
from regels.ontbreekt import CIJFER, Volgorde

# the unknown rules (u, as a list of one list, so that it is made once), and the fields (x, number i) with those of them
# that wait for it (f); what most rules wait for first, then what is in the rule with the fewest (n), then the order of
# the fields file
_ORDER: Final = """
if({unknown}, transform(array(filter({rules}, r -> r.n > 0)), u -> concat_ws(' ', array_sort(transform(
  filter(
    transform({fields}, (x, i) -> struct(i, x.p, filter(u, r -> getbit(r.w[x.w], x.b) = 1) AS f)),
    x -> size(x.f) > 0
  ),
  x -> struct(-size(x.f) AS c, array_min(x.f.n) AS n, x.i, x.p)
)).p))[0], NULL)
"""


class SparkAsked:
    """What the decisions of ``answers`` wait for; ``conditions`` are the columns that :meth:`apply` needs."""

    def __init__(self, answers: Sequence[Answer], missing: Missing) -> None:
        self._missing = missing
        self._answers = answers
        self._order = Volgorde(missing.lowering.stand.regels.velden)
        self._rules = {answer.besluit.id: answer.wachten(missing) for answer in answers}
        roots = dict.fromkeys(n for rules in self._rules.values() for fields in rules for n in fields.values())
        stages = levels(roots, _parts, lambda node, uses: uses > 1 and node.op != "const")
        stages.append([node for node in roots if node.op != "const" and not any(node in stage for stage in stages)])
        self._stages = [stage for stage in stages if stage]
        self._names = {node: f"__s{index}" for index, node in enumerate(n for stage in stages for n in stage)}
        needed = dict.fromkeys(node.args[0] for node in _within(roots) if node.op == "when")
        needed.update(dict.fromkeys(answer.onbekend for answer in answers))
        empty = {node: f"`{node.args[0].data}` IS NULL" for node in needed if _is_empty_cell(node)}
        self._names |= {node: f"__c{index}" for index, node in enumerate(needed)} | empty
        self.conditions: dict[str, Vertex] = {self._names[node]: node for node in needed if node not in empty}

    def apply(self, frame: nw.LazyFrame[Any], keep: Sequence[str]) -> nw.LazyFrame[Any]:
        """``frame`` with the texts of the missing fields, of which ``keep`` are left."""
        native = frame.to_native()
        for stage in self._stages:
            native = native.selectExpr("*", *(f"{self._write(node)} AS {self._names[node]}" for node in stage))
        native = native.selectExpr("*", *(f"{self._text(a)} AS `{a.besluit.id}__ontbreekt`" for a in self._answers))
        texts: nw.LazyFrame[Any] = nw.from_native(native)
        return texts.select(*keep)

    def _sql(self, node: Vertex) -> str:
        if node.op == "const":
            return f"{node.data}L"
        return self._names.get(node) or self._write(node)

    def _write(self, node: Vertex) -> str:
        if node.op == "union":
            return f"({' | '.join(map(self._sql, node.args))})"
        condition, yes, no = node.args
        return f"if({self._names[condition]}, {self._sql(yes)}, {self._sql(no)})"

    def _text(self, answer: Answer) -> str:
        rules = [fields for fields in self._rules[answer.besluit.id] if fields]
        words = sorted({word for fields in rules for word in fields})
        asked = list(self._fields({word: [fields[word] for fields in rules if word in fields] for word in words}))
        unknown = self._names[answer.onbekend]
        if not asked:
            return "CAST(NULL AS STRING)"
        ordered = _ORDER.format(
            unknown=unknown, fields=_array(asked), rules=_array(self._rule(fields, words) for fields in rules)
        )
        return f"nullif({ordered}, '')"

    def _rule(self, fields: Fields, words: Iterable[int]) -> str:
        sets = [self._sql(fields[word]) if word in fields else "0L" for word in words]
        return f"named_struct('w', {_array(sets)}, 'n', {' + '.join(f'bit_count({each})' for each in sets)})"

    def _fields(self, sets: Mapping[int, Sequence[Vertex]]) -> Iterable[str]:
        """The fields that ``sets`` can have, by the number of bits they are in, in the order of the fields file."""
        some = {word: reduce(or_, (n.data for n in _within(nodes) if n.op == "const")) for word, nodes in sets.items()}
        places = self._missing.places
        for pointer in self._order([[pointer] for pointer in places]):
            word, bit = divmod(places[pointer], BITS)
            if some.get(word, 0) >> bit & 1 and not pointer.startswith(CIJFER):
                yield f"named_struct('w', {list(sets).index(word)}, 'b', {bit}, 'p', '{pointer}')"


def _parts(node: Vertex) -> Sequence[Vertex]:
    """The sets that a set is made of."""
    return [part for part in node.args if part.kind == "int"]


def _is_empty_cell(node: Vertex) -> bool:
    return node.op == "is_null" and node.args[0].op == "column"


def _within(roots: Iterable[Vertex]) -> Iterable[Vertex]:
    """All sets that ``roots`` are made of, each once."""
    seen: set[Vertex] = set()
    waiting = list(roots)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += _parts(node)
            yield node


def _array(parts: Iterable[str]) -> str:
    return f"array({', '.join(parts)})"
