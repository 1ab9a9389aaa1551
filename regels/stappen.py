"""The steps an answer rests on: from what a reader used to figures, fields and quantities with their values."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final, cast

from regels.eenheden import Type
from regels.lezers.onbekend import Unknown
from regels.lezers.toestand import State, Used
from regels.opmaak import Writer
from regels.regelset import ZEKERHEDEN, Cijfer
from regels.stand import Stand
from regels.uitslag import Bronvermelding, Stap, Zekerheid
from regels.velden import label_van

# a step by the value that it is about
_Make = Callable[[Any], Stap]
_Figures = dict[Used, Stap]
# how the steps are made of the values in one list: each with its place there; in words from a closed list, and others
_Plain = list[tuple[int, list[tuple[Used, int, "_PerValue"]], list[tuple[Used, int, _Make]]]]
_Assumable = list[tuple[Used, int, int, _Make, _Make]]  # as it was filled in, and as it was taken
# what is written behind a value that was taken as given
AANGENOMEN: Final = " (aangenomen)"
_UNKNOWN: Final = Unknown(())
# of a value from a closed list there is one step, of an amount or a day one each time
_CLOSED: Final = ("waarheid", "keuze")
# Of how many different sets of steps it is kept what goes for them.
_SETS: Final = 4096
# What is in a set is asked a few times in a row, when it is new.
_JUST_NOW: Final = 16


class _PerValue(dict[object, Stap]):
    """The step of each value from a closed list."""

    def __init__(self, make: _Make) -> None:
        self._make = make

    def __missing__(self, value: object) -> Stap:
        if value.__class__ is Unknown and value is not _UNKNOWN:
            return self[_UNKNOWN]  # whatever it waits for
        return self.setdefault(value, self._make(value))

    __call__ = dict.__getitem__  # so that it is one of those that make a step


def _place(used: Used) -> int:
    """In which list of :class:`Gemaakt` the value of a field or a quantity is."""
    return 0 if used.person is None else used.person + 1


class Stappen:
    """Of each figure, quantity and field its step, or how that is made from a value; found out when first needed.

    What is the same for every household is made once: the step of a figure, and of each value from a closed list; and
    so is what goes for a set of steps (``bits``), for households have many of those in common.
    """

    def __init__(self, stand: Stand, used: Callable[[int], list[Used]], writer: Callable[[Type], Writer]) -> None:
        self._stand, self._writer = stand, writer
        self._mentioned = {
            name: Bronvermelding(bron.titel, bron.url, bron.datum, bron.vindplaats)
            for name, bron in stand.regels.bronnen.items()
        }
        # of each field, figure and quantity of the rules
        self._figure = lru_cache(None)(self._figure_step)
        self._quantity = lru_cache(None)(self._quantity_steps)
        self._field = lru_cache(None)(self._field_steps)
        self._basis = lru_cache(None)(self._sources_of)
        # of each set of them that was met
        self._used = lru_cache(_JUST_NOW)(used)
        self._pick = lru_cache(_SETS)(self._picker)
        self._how = lru_cache(_SETS)(self._how_made)
        self.bronnen = lru_cache(_SETS)(self._bronnen)
        self.zekerheid = lru_cache(_SETS)(self._zekerheid)

    def of(self, bits: int, gemaakt: "Gemaakt") -> list[Stap]:
        """The steps in order; ``gemaakt`` has those that were made before, and gets the new ones."""
        made, new = gemaakt.stappen, bits & ~gemaakt.bits
        if new:
            gemaakt.bits |= new
            known, assumed = gemaakt.known, gemaakt.state.assumed
            figures, plain, assumable = self._how(new)
            made |= figures
            for place, closed, open_ in plain:
                values = known[place]
                for one, slot, steps in closed:
                    made[one] = steps[values[slot]]
                for one, slot, make in open_:
                    made[one] = make(values[slot])
            for one, place, slot, filled, taken in assumable:
                made[one] = (taken if one in assumed else filled)(known[place][slot])
        return list(self._pick(bits)(made))

    def _picker(self, bits: int) -> Callable[[_Figures], Iterable[Stap]]:
        """What takes the steps of ``bits`` from all that were made, in order."""
        used = self._used(bits)
        return itemgetter(*used) if len(used) > 1 else lambda made: [made[one] for one in used]

    def _how_made(self, bits: int) -> tuple[_Figures, _Plain, _Assumable]:
        figures: _Figures = {}
        plain: _Plain = []
        assumable: _Assumable = []
        for used in sorted(self._used(bits), key=_place):
            place = _place(used)
            if used.figure is not None:
                figures[used] = self._figure(used)
            elif used.name in self._stand.regels.aannamen:
                filled, taken = self._field(used, ""), self._field(used, AANGENOMEN)
                assumable.append((used, place, used.slot, filled, taken))
            else:
                make = self._quantity(used) if used.kind == "grootheid" else self._field(used, "")
                if not plain or plain[-1][0] != place:
                    plain.append((place, [], []))
                _, closed, open_ = plain[-1]
                if isinstance(make, _PerValue):
                    closed.append((used, used.slot, make))
                else:
                    open_.append((used, used.slot, make))
        return figures, plain, assumable

    def _bronnen(self, bits: int, own: tuple[str, ...] = ()) -> dict[str, Bronvermelding]:
        """The sources ``own``, and those of each step, each once."""
        names = chain(own, *(self._basis(used)[0] for used in self._used(bits)))
        return {name: self._mentioned[name] for name in names}

    def _zekerheid(self, bits: int, own: str) -> Zekerheid:
        """Of ``own`` and the certainty of each step the one that says least; a field that was filled in has none."""
        marks = {self._basis(one)[1] for one in self._used(bits)} - {None}
        return cast(Zekerheid, max((own, *marks), key=ZEKERHEDEN.index))

    def _sources_of(self, used: Used) -> tuple[list[str], Zekerheid | None]:
        """The sources of a step, and how certain it is."""
        if used.kind == "veld":
            return [], None
        if used.figure is not None:
            return [used.figure.bron], cast(Zekerheid, used.figure.zekerheid)
        formule = self._stand.formule(used.name)
        assert formule is not None
        return list(formule.bronnen), cast(Zekerheid, formule.zekerheid)

    def _figure_step(self, used: Used) -> Stap:
        figure = cast(Cijfer, used.figure)
        table = figure.waarde
        value = table[used.key] if isinstance(table, Mapping) and used.key is not None else table
        which = [used.key.replace("_", " ")] if used.key is not None else []
        which += [f"op {used.year}"] if used.year is not None else []
        label = f"{figure.label} ({', '.join(which)})" if which else figure.label
        sources, certainty = self._basis(used)
        text = self._writer(figure.type)(value)
        return Stap("cijfer", used.name, label, text, sources, certainty, opmerking=figure.opmerking)

    def _quantity_steps(self, used: Used) -> _Make:
        quantity, person = self._stand.regels.grootheden[used.name], used.person
        name, label, write = used.name, label_van(quantity.label, person), self._writer(quantity.type)
        sources, certainty = self._basis(used)

        def new(value: object) -> Stap:
            text = "onbekend" if value.__class__ is Unknown else write(value)
            return Stap("grootheid", name, label, text, sources, certainty, None, "", person)

        return _PerValue(new) if quantity.type.kind in _CLOSED else new

    def _field_steps(self, used: Used, end: str) -> _Make:
        veld, person = self._stand.regels.velden[used.name], used.person
        name, label, pointer = used.name, veld.label_van(person), used.pointer
        write: Callable[[Any], str] = self._writer(veld.type)

        def new(value: object) -> Stap:
            text = "niet ingevuld" if value.__class__ is Unknown else f"{write(value)}{end}"
            return Stap("veld", name, label, text, [], None, pointer, "", person)

        return _PerValue(new) if veld.type.kind in _CLOSED else new


class Gemaakt:
    """The steps of one answer, which its conclusions share; ``known`` has the values of the household, then of each
    resident.
    """

    def __init__(self, state: State) -> None:
        self.state = state
        self.known = [state.values, *(known for _, known, _ in state.persons)]
        self.bits = 0
        self.stappen: dict[Used, Stap] = {}
