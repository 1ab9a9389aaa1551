"""The steps an answer rests on: from the trail of a reader to figures, fields and quantities with their values."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from regels.lezers.uitleg import State, Unknown, Used
from regels.opmaak import Writer
from regels.regelset import ZEKERHEDEN
from regels.stand import Stand
from regels.typen import Type
from regels.uitslag import Stap, Zekerheid
from regels.velden import label_van

_Make = Callable[[State], Stap]
# of a value from a closed list there is one step, of an amount or a day one each time
_CLOSED = ("waarheid", "keuze")
_VALUES = 64


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


class Stappen(dict[Used, _Make]):
    """Of each figure, quantity and field how its step is made, found out when it is first needed.

    What is the same for every household is made once: the step of a figure, and of each value from a closed list.
    """

    def __init__(self, stand: Stand, writer: Callable[[Type], Writer]) -> None:
        self._stand, self._writer = stand, writer

    def __missing__(self, used: Used) -> _Make:
        build = {"cijfer": self._figure, "grootheid": self._quantity, "veld": self._field}[used.kind]
        make = self[used] = build(used)
        return make

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

        def new(value: object) -> Stap:
            text = "onbekend" if value.__class__ is Unknown else write(value)
            return Stap("grootheid", name, label, text, sources, certainty, None, "", person)

        made = lru_cache(maxsize=_VALUES)(new) if quantity.type.kind in _CLOSED else new
        return lambda state: made(state.memo[used])

    def _field(self, used: Used) -> _Make:
        veld, person = self._stand.regels.velden[used.name], used.person
        name, label, pointer = used.name, veld.label_van(person), used.pointer
        write: Callable[[Any], str] = self._writer(veld.type)

        def new(value: object, end: str) -> Stap:
            return Stap("veld", name, label, f"{write(value)}{end}", [], None, pointer, "", person)

        made = lru_cache(maxsize=_VALUES)(new) if veld.type.kind in _CLOSED else new
        empty = Stap("veld", name, label, "niet ingevuld", [], None, pointer, "", person)

        def make(state: State) -> Stap:
            value = (state.facts if person is None else state.persons[person]).get(name)
            if value is not None:
                return made(value, "")
            return made(state.memo[used], " (aangenomen)") if used in state.assumed else empty

        return make


class Gemaakt(dict[Used, Stap]):
    """The steps of one answer; its conclusions share them."""

    def __init__(self, stappen: Stappen, state: State) -> None:
        self._stappen, self._state = stappen, state

    def __missing__(self, used: Used) -> Stap:
        step = self[used] = self._stappen[used](self._state)
        return step


def weakest(steps: Iterable[Stap], own: str) -> Zekerheid:
    """Of ``own`` and the certainty of each step the one that says least; a field that was filled in has none."""
    marks = {step.zekerheid for step in steps} - {None}
    return cast(Zekerheid, max((own, *marks), key=ZEKERHEDEN.index))


def sources_of(steps: Iterable[Stap], own: Iterable[str]) -> list[str]:
    """The sources ``own``, and those of the steps, each once."""
    return list(dict.fromkeys(chain(own, chain.from_iterable([step.bronnen for step in steps]))))
