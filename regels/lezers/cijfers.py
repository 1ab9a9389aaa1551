"""How a figure is read in what is written for an expression: the one in force, or the one of another day."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from regels.lezers.code import Atom, Code
from regels.lezers.onbekend import Unknown
from regels.lezers.toestand import Used, Value
from regels.ontbreekt import CIJFER
from regels.regelset import Cijfer
from regels.stand import Stand, cijfer_op
from regels.taal import Figure, Node, Word
from regels.velden import Waarde

_NOTHING_KNOWN = Unknown(())


class Figures:
    """The part of a compiler that is about figures; the rest of it writes what is asked here."""

    stand: Stand
    _figures: dict[tuple[str, date, str | None, int | None], Used]
    # what the rest of it has
    write: Callable[[Node, str, Code], Atom]
    _use: Callable[..., Used]

    def _figure(self, node: Figure, datum: str, code: Code) -> Atom:
        if node.on is not None:
            return self._figure_on(node, datum, code)
        figure = self.stand.cijfer(node.name, datum)
        if figure is None:
            return Atom.named(code.given(_NOTHING_KNOWN))
        table = figure.waarde
        if not isinstance(table, Mapping):
            code.use(self._figure_use(figure).bit)
            return Atom(code.given(table), constant=table)
        assert node.key is not None
        if isinstance(node.key, Word):
            code.use(self._figure_use(figure, node.key.value).bit)
            return Atom(code.given(table[node.key.value]), constant=table[node.key.value])
        word = code.settle(self.write(node.key, datum, code))
        bits = code.given({key: self._figure_use(figure, key).bit for key in table})
        code.use(f"{bits}[{word.text}]" if word.sure else f"({bits}[{word.text}] if {word.known} else 0)")
        return code.unless_unknown(f"{code.given(table)}[{word.text}]", word)

    def _figure_use(self, figure: Cijfer, key: str | None = None, year: int | None = None) -> Used:
        mark = (figure.naam, figure.venster.vanaf, key, year)
        if mark not in self._figures:
            place = list(figure.waarde).index(key) if isinstance(figure.waarde, Mapping) and key is not None else 0
            since = figure.venster.vanaf.toordinal()
            made = self._use("cijfer", figure.naam, (since, place), key=key, figure=figure, year=year)
            return self._figures.setdefault(mark, made)
        return self._figures[mark]

    def _figure_on(self, node: Figure, datum: str, code: Code) -> Atom:
        regels, use, name = self.stand.regels, self._figure_use, node.name

        def read(dag: date, word: str | None) -> tuple[Value, int]:
            figure = cijfer_op(regels, name, dag)
            if figure is None:
                return Unknown((f"{CIJFER}{name}",)), 0
            bit = use(figure, word, figure.venster.vanaf.year).bit
            return figure.waarde if word is None else cast(Mapping[str, Waarde], figure.waarde)[word], bit

        assert node.on is not None
        dag = self.write(node.on, datum, code)
        word = self.write(node.key, datum, code) if node.key is not None else Atom("None")
        found = code.new(code.unless_unknown(f"{code.given(read)}({dag.text}, {word.text})", dag, word).value)
        with code.block(f"if type({found}) is not Unknown:"):
            bits = code.variable()
            code.add(f"{found}, {bits} = {found}")
            code.use(bits)
        return Atom.named(found)
