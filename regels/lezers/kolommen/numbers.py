"""Numbers of a table: an integer expression over a denominator that is known beforehand, never rounded by accident."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import gcd, lcm

from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.nodes import Unsupported, Vertex
from regels.velden import Waarde


@dataclass(frozen=True, slots=True)
class Num:
    """``node / den``, exactly."""

    node: Vertex
    den: int

    def over(self, graph: Graph, den: int) -> Vertex:
        """The integer that is this number times ``den``, a multiple of the denominator."""
        return graph.mul(self.node, graph.const(den // self.den))


@dataclass(frozen=True, slots=True)
class Quotient:
    """``above / below``, not yet divided; unknown where ``below`` is 0."""

    above: Num
    below: Num


Value = Vertex | Num | Quotient


class Numbers:
    """Computing with values, exactly."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def plain(self, value: Value) -> Num:
        """``value`` as one integer over a fixed denominator."""
        if isinstance(value, Quotient):
            below = value.below
            if below.node.op != "const":
                raise Unsupported("rekenen met een deling die nog niet is afgerond")
            return Num(self.graph.mul(value.above.node, self.graph.const(below.den)), value.above.den * below.node.data)
        assert isinstance(value, Num)
        return value

    def constant(self, value: Waarde) -> Value:
        """A value of a figure or of the text of a rule."""
        if isinstance(value, Decimal):
            above, below = value.as_integer_ratio()
            return Num(self.graph.const(above), below)
        return self.graph.const(value)

    def merge(self, pick: Callable[[Vertex, Vertex], Vertex], yes: Value, no: Value) -> Value:
        """``pick`` of two values of one kind."""
        if isinstance(yes, Vertex):
            assert isinstance(no, Vertex)
            return pick(yes, no)
        if isinstance(yes, Quotient) or isinstance(no, Quotient):
            one, other = self._quotient(yes), self._quotient(no)
            above, below = (
                self.merge(pick, one.above, other.above),
                self.merge(pick, one.below, other.below),
            )
            assert isinstance(above, Num) and isinstance(below, Num)
            return Quotient(above, below)
        assert isinstance(no, Num)
        den = lcm(yes.den, no.den)
        return Num(pick(yes.over(self.graph, den), no.over(self.graph, den)), den)

    def _quotient(self, value: Value) -> Quotient:
        if isinstance(value, Quotient):
            return value
        return Quotient(self.plain(value), Num(self.graph.const(1), 1))

    def first(self, values: Sequence[Value]) -> Value:
        """The first of ``values`` that is known."""
        if all(isinstance(value, Vertex) for value in values):
            return self.graph.coalesce(*(value for value in values if isinstance(value, Vertex)))
        numbers = [self.plain(value) for value in values]
        den = lcm(*(number.den for number in numbers))
        return Num(self.graph.coalesce(*(number.over(self.graph, den) for number in numbers)), den)

    def divide(self, above: Num, below: Num) -> Value:
        """``above / below``."""
        if below.node.op != "const":
            return Quotient(above, below)
        if below.node.data == 0:
            return Num(self.graph.null("int"), 1)
        sign = -1 if below.node.data < 0 else 1
        node = self.graph.mul(above.node, self.graph.const(sign * below.den))
        return reduced(self.graph, Num(node, above.den * abs(below.node.data)))

    def times(self, value: Value, factor: int) -> Value:
        """``value`` times a whole number."""
        if isinstance(value, Quotient):
            above = self.times(value.above, factor)
            assert isinstance(above, Num)
            return Quotient(above, value.below)
        number = self.plain(value)
        return reduced(self.graph, Num(self.graph.mul(number.node, self.graph.const(factor)), number.den))

    def extreme(self, name: str, values: Sequence[Value]) -> Value:
        """The ``min`` or ``max`` of ``values``."""
        if isinstance(values[0], Vertex):
            nodes = [value for value in values if isinstance(value, Vertex)]
            found = nodes[0]
            for node in nodes[1:]:
                found = self.graph.extreme(name, found, node)
            return found
        numbers = [self.plain(value) for value in values]
        den = lcm(*(number.den for number in numbers))
        best = numbers[0].over(self.graph, den)
        for number in numbers[1:]:
            best = self.graph.extreme(name, best, number.over(self.graph, den))
        return Num(best, den)

    def round(self, name: str, value: Value, step: Num) -> Value:
        """``value`` rounded to ``step`` by the function of the language called ``name``."""
        if step.node.op != "const":
            raise Unsupported("afronden op een stap die niet vast is")
        whole = self.rounded(name, self._over_step(value, step))
        return reduced(self.graph, Num(self.graph.mul(whole, self.graph.const(step.node.data)), step.den))

    def _over_step(self, value: Value, step: Num) -> Value:
        scaled = self.divide(self._quotient(value).above, step)
        return Quotient(self.plain(scaled), value.below) if isinstance(value, Quotient) else scaled

    def rounded(self, name: str, value: Value) -> Vertex:
        """``value`` as a whole number, rounded by the function of the language called ``name``."""
        graph = self.graph
        if isinstance(value, Quotient):
            above, below = value.above, value.below
            top, bottom = graph.mul(above.node, graph.const(below.den)), graph.mul(below.node, graph.const(above.den))
        else:
            number = reduced(graph, self.plain(value))
            top, bottom = number.node, graph.const(number.den)
        if name == "naar_beneden":
            return graph.floor_div(top, bottom)
        if name == "naar_boven":
            return graph.mul(graph.floor_div(graph.mul(top, graph.const(-1)), bottom), graph.const(-1))
        if bottom.op == "const" and bottom.data == 1:
            return top
        up = self._half_up(top, bottom)
        if top.lo >= 0:
            return up
        down = graph.mul(self._half_up(graph.mul(top, graph.const(-1)), bottom), graph.const(-1))
        return graph.ite(graph.compare(">=", top, graph.const(0)), up, down)

    def _half_up(self, top: Vertex, bottom: Vertex) -> Vertex:
        graph = self.graph
        if bottom.op == "const" and bottom.data % 2 == 0:
            return graph.floor_div(graph.add(top, graph.const(bottom.data // 2)), bottom)
        double = graph.mul(top, graph.const(2))
        return graph.floor_div(graph.add(double, bottom), graph.mul(bottom, graph.const(2)))


def reduced(graph: Graph, number: Num) -> Num:
    """The same number with the smallest denominator that can be seen."""
    node = number.node
    factor = node.data if node.op == "const" else node.args[1].data if _scaled(node) else 1
    common = gcd(factor, number.den)
    if common < 2:
        return number
    rest = graph.const(factor // common)
    return Num(rest if node.op == "const" else graph.mul(node.args[0], rest), number.den // common)


def _scaled(node: Vertex) -> bool:
    return node.op == "mul" and node.args[1].op == "const"
