"""The steps an answer rests on: from what a reader used to figures, fields and quantities with their values."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, cast

from regels.lezers.onbekend import Unknown
from regels.lezers.uitleg import State, Used
from regels.opmaak import Writer
from regels.regelset import ZEKERHEDEN, Cijfer
from regels.stand import Stand
from regels.typen import Type
from regels.uitslag import Stap, Zekerheid
from regels.velden import label_van

_Make = Callable[[State], Stap]
# of a value from a closed list there is one step, of an amount or a day one each time
_CLOSED: Final = ("waarheid", "keuze")
_VALUES: Final = 64
# Of how many different sets of steps the sources and the certainty are kept.
_SETS: Final = 4096


class Stappen:
    """Of each figure, quantity and field its step, or how that is made from a state; found out when first needed.

    What is the same for every household is made once: the step of a figure, and of each value from a closed list; and
    so is what goes for a set of steps (``bits``), for there are few different ones.
    """

    def __init__(self, stand: Stand, used: Callable[[int], list[Used]], writer: Callable[[Type], Writer]) -> None:
        self._stand, self._writer = stand, writer
        self._known: dict[Used, Stap | _Make] = {}
        self._used = used
        self._made_of = lru_cache(_SETS)(self._made_of_)
        self.bronnen = lru_cache(_SETS)(self._bronnen)
        self.zekerheid = lru_cache(_SETS)(self._zekerheid)

    def of(self, bits: int, state: State, made: dict[Used, Stap]) -> list[Stap]:
        """The steps in order; ``made`` has those of this state that were made before, and gets the new ones."""
        return [
            how if how.__class__ is Stap else made.get(used) or made.setdefault(used, how(state))
            for used, how in self._made_of(bits)
        ]

    def _made_of_(self, bits: int) -> list[tuple[Used, Any]]:
        return [(used, self._known.get(used) or self._build(used)) for used in self._used(bits)]

    def _bronnen(self, bits: int, own: tuple[str, ...] = ()) -> dict[str, None]:
        """The sources ``own``, and those of each step, each once."""
        found = dict.fromkeys(own)
        for used in self._used(bits):
            found |= dict.fromkeys(self._basis(used)[0])
        return found

    def _zekerheid(self, bits: int, own: str) -> Zekerheid:
        """Of ``own`` and the certainty of each step the one that says least; a field that was filled in has none."""
        marks = {self._basis(one)[1] for one in self._used(bits)} - {None}
        return cast(Zekerheid, max((own, *marks), key=ZEKERHEDEN.index))

    def _basis(self, used: Used) -> tuple[list[str], Zekerheid | None]:
        """The sources of a step, and how certain it is."""
        if used.kind == "veld":
            return [], None
        if used.figure is not None:
            return [used.figure.bron], cast(Zekerheid, used.figure.zekerheid)
        formule = self._stand.formule(used.name)
        assert formule is not None
        return list(formule.bronnen), cast(Zekerheid, formule.zekerheid)

    def _build(self, used: Used) -> Stap | _Make:
        if used.figure is not None:
            return self._known.setdefault(used, self._figure(used, used.figure))
        return self._known.setdefault(used, self._field(used) if used.kind == "veld" else self._quantity(used))

    def _figure(self, used: Used, figure: Cijfer) -> Stap:
        table = figure.waarde
        value = table[used.key] if isinstance(table, Mapping) and used.key is not None else table
        which = [used.key.replace("_", " ")] if used.key is not None else []
        which += [f"op {used.year}"] if used.year is not None else []
        label = f"{figure.label} ({', '.join(which)})" if which else figure.label
        sources, certainty = self._basis(used)
        text = self._writer(figure.type)(value)
        return Stap("cijfer", used.name, label, text, sources, certainty, opmerking=figure.opmerking)

    def _quantity(self, used: Used) -> _Make:
        quantity, person = self._stand.regels.grootheden[used.name], used.person
        name, label, write = used.name, label_van(quantity.label, person), self._writer(quantity.type)
        sources, certainty = self._basis(used)

        def new(value: object) -> Stap:
            text = "onbekend" if value.__class__ is Unknown else write(value)
            return Stap("grootheid", name, label, text, sources, certainty, None, "", person)

        made = lru_cache(_VALUES)(new) if quantity.type.kind in _CLOSED else new
        return lambda state: made(state.memo[used][0])

    def _field(self, used: Used) -> _Make:
        veld, person = self._stand.regels.velden[used.name], used.person
        name, label, pointer = used.name, veld.label_van(person), used.pointer
        write: Callable[[Any], str] = self._writer(veld.type)

        def new(value: object, taken: bool) -> Stap:
            if value.__class__ is Unknown:
                text = "niet ingevuld"
            else:
                text = f"{write(value)} (aangenomen)" if taken else write(value)
            return Stap("veld", name, label, text, [], None, pointer, "", person)

        made = lru_cache(_VALUES)(new) if veld.type.kind in _CLOSED else new
        return lambda state: made(state.memo[used][0], used in state.assumed)
