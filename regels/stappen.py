"""The steps an answer rests on: from the trail of a reader to figures, fields and quantities with their values."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from regels.lezers.uitleg import State, Unknown, Used
from regels.opmaak import Writer
from regels.stand import Stand
from regels.typen import Type
from regels.uitslag import Stap, Zekerheid
from regels.velden import label_van

_Make = Callable[[State], Stap]


def rests_on(trail: Iterable[Used], trails: Mapping[Used, list[Used]]) -> dict[Used, None]:
    """Everything ``trail`` rests on, each once: what a step needs stands before the step."""
    found: dict[Used, None] = {}
    _gather(trail, trails, found)
    return found


def _gather(trail: Iterable[Used], trails: Mapping[Used, list[Used]], found: dict[Used, None]) -> None:
    for used in trail:
        if used not in found:
            if used in trails:
                _gather(trails[used], trails, found)
            found[used] = None


class Stappen:
    """Makes the steps of answers; what is the same for every household is made once."""

    def __init__(self, stand: Stand, writer: Callable[[Type], Writer]) -> None:
        self._stand, self._writer = stand, writer
        self._makers: dict[Used, _Make] = {}

    def stap(self, used: Used, state: State) -> Stap:
        """The step for ``used``, with the value it has in ``state``."""
        make = self._makers.get(used)
        if make is None:
            build = {"cijfer": self._figure, "grootheid": self._quantity, "veld": self._field}[used.kind]
            make = self._makers[used] = build(used)
        return make(state)

    def _figure(self, used: Used) -> _Make:
        figure = used.figure
        assert figure is not None
        table = figure.waarde
        value = table[used.key] if isinstance(table, Mapping) and used.key is not None else table
        which = [used.key.replace("_", " ")] if used.key is not None else []
        which += [f"op {used.year}"] if used.year is not None else []
        step = Stap(
            soort="cijfer",
            naam=used.name,
            label=f"{figure.label} ({', '.join(which)})" if which else figure.label,
            waarde=self._writer(figure.type)(value),
            bronnen=[figure.bron],
            zekerheid=cast(Zekerheid, figure.zekerheid),
            opmerking=figure.opmerking,
        )
        return lambda state: step

    def _quantity(self, used: Used) -> _Make:
        quantity, formule = self._stand.regels.grootheden[used.name], self._stand.formule(used.name)
        assert formule is not None
        name, label, write = used.name, label_van(quantity.label, used.person), self._writer(quantity.type)
        sources, certainty, person = list(formule.bronnen), cast(Zekerheid, formule.zekerheid), used.person

        def make(state: State) -> Stap:
            value = state.memo[used]
            text = "onbekend" if value.__class__ is Unknown else write(value)
            return Stap("grootheid", name, label, text, sources, certainty, persoon=person)

        return make

    def _field(self, used: Used) -> _Make:
        veld, person = self._stand.regels.velden[used.name], used.person
        name, label, pointer = used.name, veld.label_van(person), veld.pointer(person)
        write: Callable[[Any], str] = self._writer(veld.type)

        def make(state: State) -> Stap:
            value = (state.facts if person is None else state.persons[person]).get(name)
            if value is not None:
                text = write(value)
            elif used in state.assumed:
                text = f"{write(state.memo[used])} (aangenomen)"
            else:
                text = "niet ingevuld"
            return Stap("veld", name, label, text, [], veld=pointer, persoon=person)

        return make
