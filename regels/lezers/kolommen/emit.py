"""From the graph to narwhals: what is used more than once becomes a column, each after what it needs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from regels.lezers.kolommen.nodes import INT64, Unsupported, Vertex

_PREFIX: Final = "__k"
_TRIVIAL: Final = ("column", "const", "null")
_CHEAP: Final = ("not", "is_true", "is_null", "cmp_const")
# what compares its parts and then gives one of them: each is written twice, so it had better be a column
_TWICE: Final = ("max", "min")
# what a division on Spark holds exactly as a double, and what its decimals have room for
_DOUBLE: Final = 2**50
_DECIMAL: Final = 10**32 - 1
_NULLS: Final = {"int": nw.Int64(), "bool": nw.Boolean(), "word": nw.String(), "date": nw.Date()}
Expr = nw.Expr


def levels(
    outputs: Iterable[Vertex], parts: Callable[[Vertex], Sequence[Vertex]], shared: Callable[[Vertex, int], bool]
) -> list[list[Vertex]]:
    """The nodes that become a column, those of each stage made from columns of the stages before it.

    ``shared`` says whether a node that is used so many times is worth a column.
    """
    uses: dict[Vertex, int] = {}
    order: list[Vertex] = []

    def visit(node: Vertex) -> None:
        uses[node] = uses.get(node, 0) + 1
        if uses[node] == 1:
            for part in parts(node):
                visit(part)
            order.append(node)

    for node in outputs:
        visit(node)
    level: dict[Vertex, int] = {}
    stages: dict[int, list[Vertex]] = {}
    for node in order:
        level[node] = max((level[part] for part in parts(node)), default=0)
        if shared(node, uses[node]):
            stages.setdefault(level[node], []).append(node)
            level[node] += 1
    return [stages[index] for index in sorted(stages)]


def _parts(node: Vertex) -> Sequence[Vertex]:
    return node.args * (1 + (node.op in _TWICE))


def _shared(node: Vertex, uses: int) -> bool:
    cheap = node.op in _CHEAP and node.args[0].op in _TRIVIAL
    return uses > 1 and node.op not in _TRIVIAL and not cheap and node.kind != "word"


class Emitter:
    """Writes nodes as narwhals expressions; ``polars`` chooses between the types of Polars and those of Spark."""

    def __init__(self, outputs: Mapping[str, Vertex], *, polars: bool) -> None:
        self.outputs = outputs
        self.polars = polars
        self.wide = nw.Int128() if polars else nw.Decimal(38, 0)
        self._names: dict[Vertex, str] = {}
        self._words: nw.Enum | nw.String = nw.String()
        self.stages: list[list[Expr]] = self._plan()
        self.last: list[Expr] = [self._output(name, node) for name, node in outputs.items()]

    def apply(self, frame: nw.LazyFrame[Any], keep: Sequence[str]) -> nw.LazyFrame[Any]:
        """``frame`` with the outputs added to the columns ``keep``."""
        for stage in self.stages:
            frame = frame.with_columns(*stage)
        return frame.select(*keep, *self.last)

    # stages

    def _plan(self) -> list[list[Expr]]:
        stages = []
        for stage in levels(self.outputs.values(), _parts, _shared):
            written = [self._build(node) for node in stage]
            names = [f"{_PREFIX}{len(self._names) + index}" for index in range(len(stage))]
            self._names.update(zip(stage, names, strict=True))
            stages.append([each.alias(name) for each, name in zip(written, names, strict=True)])
        return stages

    def _output(self, name: str, node: Vertex) -> Expr:
        if node.kind == "word":
            words = _words(node)
            self._words = nw.Enum(words) if self.polars and words else nw.String()
            written = self._expr(node)
            self._words = nw.String()
            return written.alias(name)
        if node.wide:
            raise OverflowError(f"'{name}' past niet in 64 bits")
        return self._expr(node).alias(name)

    # expressions

    def _expr(self, node: Vertex) -> Expr:
        if node in self._names:
            return nw.col(self._names[node])
        return self._build(node)

    def _build(self, node: Vertex) -> Expr:
        build = getattr(self, f"_{node.op}")
        written: Expr = build(node)
        return written

    def _int(self, node: Vertex, wide: bool) -> Any:
        """An integer operand: a plain number when it is constant, and in the wide type when asked."""
        if node.op == "const" and abs(node.data) <= INT64 and (not wide or self.polars):
            return nw.lit(node.data, dtype=nw.Int64()).cast(self.wide) if wide else node.data
        written = self._expr(node)
        return written.cast(self.wide) if wide and not node.wide else written

    def _column(self, node: Vertex) -> Expr:
        return nw.col(node.data)

    def _const(self, node: Vertex) -> Expr:
        if node.kind == "word":
            return nw.lit(node.data, dtype=self._words)
        if node.kind == "int":
            return nw.lit(node.data, dtype=self.wide if node.wide else nw.Int64())
        return nw.lit(node.data)

    def _null(self, node: Vertex) -> Expr:
        return nw.lit(None, dtype=self._words if node.kind == "word" else _NULLS[node.kind])

    def _and(self, node: Vertex) -> Expr:
        first, *rest = (self._expr(part) for part in node.args)
        for part in rest:
            first = first & part
        return first

    def _or(self, node: Vertex) -> Expr:
        first, *rest = (self._expr(part) for part in node.args)
        for part in rest:
            first = first | part
        return first

    def _not(self, node: Vertex) -> Expr:
        return ~self._expr(node.args[0])

    def _is_null(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).is_null()

    def _is_true(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).fill_null(False)

    def _branch(self, node: Vertex, part: Vertex) -> Expr:
        if node.kind == "int":
            wide = any(arg.wide for arg in node.args[1:]) or node.wide
            operand = self._int(part, wide)
            return nw.lit(operand, dtype=nw.Int64()) if isinstance(operand, int) else operand
        written = self._expr(part)
        if node.kind == "word" and part.op == "column" and isinstance(self._words, nw.String):
            return written.cast(nw.String())
        return written

    def _when(self, node: Vertex) -> Expr:
        condition, yes, no = node.args
        if condition.op == "not" and condition.args[0].op == "is_null" and no.op == "null":
            return nw.when(~self._expr(condition.args[0])).then(self._branch(node, yes))
        written = nw.when(self._expr(condition)).then(self._branch(node, yes))
        return written if no.op == "null" else written.otherwise(self._branch(node, no))

    def _ite(self, node: Vertex) -> Expr:
        condition, yes, no = node.args
        holds = self._expr(condition)
        other = nw.when(~holds).then(self._branch(node, no))
        if yes.op == "null":
            return other
        if no.op == "null":
            return nw.when(holds).then(self._branch(node, yes))
        return nw.when(holds).then(self._branch(node, yes)).otherwise(other)

    def _coalesce(self, node: Vertex) -> Expr:
        first, *rest = (self._branch(node, part) for part in node.args)
        return nw.coalesce(first, *rest)

    # integers

    def _arithmetic(self, node: Vertex) -> tuple[Any, Any, bool]:
        wide = node.wide or any(part.wide for part in node.args)
        return self._int(node.args[0], wide), self._int(node.args[1], wide), wide

    def _narrow(self, node: Vertex, written: Expr, wide: bool) -> Expr:
        return written.cast(nw.Int64()) if wide and not node.wide else written

    def _add(self, node: Vertex) -> Expr:
        left, right, wide = self._arithmetic(node)
        return self._narrow(node, left + right, wide)

    def _sub(self, node: Vertex) -> Expr:
        left, right, wide = self._arithmetic(node)
        return self._narrow(node, left - right, wide)

    def _mul(self, node: Vertex) -> Expr:
        left, right, wide = self._arithmetic(node)
        return self._narrow(node, left * right, wide)

    def _floor_div(self, node: Vertex) -> Expr:
        left, right, wide = self._arithmetic(node)
        if self.polars:
            return self._narrow(node, left // right, wide)
        most = max(abs(node.lo), abs(node.hi))
        if most > _DECIMAL:
            raise Unsupported("een deling waarvan de uitkomst niet in 32 cijfers past")
        if not node.args[1].lo:
            right = nw.when(right != 0).then(right)  # dividing by 0 ends the whole query, where Polars gives unknown
        whole = self._whole(left, right)
        if most > _DOUBLE:
            # not exact to the last digit: what that leaves over is divided once more
            whole = whole.cast(self.wide)
            whole = whole + self._whole(left - whole * right, right).cast(self.wide)
        return whole.cast(self.wide if node.wide else nw.Int64())

    def _whole(self, left: Any, right: Any) -> Expr:
        # Spark divides as a fraction; of a number without remainder that is exact, and rounding takes off the rest
        whole: Expr = ((left - left % right) / right).round(0)
        return whole

    def _union(self, node: Vertex) -> Expr:
        found = self._expr(node.args[0])
        for part in node.args[1:]:
            found = found | self._expr(part)
        return found

    def _max(self, node: Vertex) -> Expr:
        return self._extreme(node, ">")

    def _min(self, node: Vertex) -> Expr:
        return self._extreme(node, "<")

    def _extreme(self, node: Vertex, op: str) -> Expr:
        # in the last branch the value must be empty when the other is: so the one that may be empty comes last
        left, right = node.args
        if not left.nullable:
            left, right = right, left
        one, other = self._branch(node, left), self._branch(node, right)
        if right.nullable and left.nullable:
            better = _COMPARE[op](one, other)
            found = nw.when(better).then(one).otherwise(nw.when(~better).then(other))
        else:
            found = nw.when(_COMPARE[op](other, one)).then(other).otherwise(one)
        return self._narrow(node, found, any(part.wide for part in node.args))

    # comparing

    def _cmp(self, node: Vertex) -> Expr:
        left, right = node.args
        wide = left.wide or right.wide
        one = self._int(left, wide) if left.kind == "int" else self._expr(left)
        other = self._int(right, wide) if right.kind == "int" else self._expr(right)
        return _COMPARE[node.data](one, other)

    def _cmp_const(self, node: Vertex) -> Expr:
        op, value = node.data
        part = node.args[0]
        if isinstance(value, int) and abs(value) > INT64:
            value = nw.lit(value, dtype=self.wide)
        return _COMPARE[op](self._expr(part), value)

    # days

    def _ymd(self, part: Vertex, years: int) -> Expr:
        """A day as a number in which a whole year (``years`` = 10000) or month (100) can be counted off."""
        day = self._expr(part).dt
        year, month = day.year().cast(nw.Int64()), day.month().cast(nw.Int64())
        months = year * 100 + month if years == 10000 else year * 12 + month
        return months * 100 + day.day().cast(nw.Int64())

    def _years(self, node: Vertex) -> Expr:
        return self._spanned(node, 10000)

    def _months(self, node: Vertex) -> Expr:
        return self._spanned(node, 100)

    def _spanned(self, node: Vertex, unit: int) -> Expr:
        start, end = (self._ymd(part, unit) for part in node.args)
        return (end - start) // unit

    def _months_before(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).dt.offset_by(f"{-node.data}mo").cast(nw.Date())

    def _year_start(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).dt.truncate("1y").cast(nw.Date())

    def _month_start(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).dt.truncate("1mo").cast(nw.Date())

    def _year(self, node: Vertex) -> Expr:
        return self._expr(node.args[0]).dt.year().cast(nw.Int64())


_COMPARE: Mapping[str, Callable[[Any, Any], Expr]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _words(node: Vertex) -> list[str]:
    """The words that ``node`` can be, when that does not depend on a column; else none."""
    if node.op == "const":
        return [node.data]
    if node.op == "null":
        return []
    if node.op not in ("when", "ite", "coalesce"):
        return []
    parts = node.args if node.op == "coalesce" else node.args[1:]
    found: dict[str, None] = {}
    for part in parts:
        words = _words(part)
        if not words and part.op != "null":
            return []
        found.update(dict.fromkeys(words))
    return list(found)
