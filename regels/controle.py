"""Checks that need the whole rule set: windows, use, circles, and an end to every answer."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from regels.bestanden import Faults
from regels.eenheden import UNITS
from regels.regelset import Cijfer, Regelset, Vervolg, Zin
from regels.taal import Field, Figure, Node, Quantity, walk
from regels.venster import Venster

_PER_MONTH = {UNITS[name].unit: name for name in ("euro per maand",)}
_PER_YEAR = {UNITS[name].unit: name for name in ("euro per jaar", "euro")}


def check(regels: Regelset, faults: Faults) -> None:
    """Note every fault that only shows when all files are read."""
    for series in regels.cijfers.values():
        _windows(series, faults)
    for quantity in regels.grootheden.values():
        if not quantity.formules:
            faults.add(quantity.plaats, f"'{quantity.naam}' heeft geen formule")
        _overlap([formula.venster for formula in quantity.formules], quantity.naam, quantity, faults)
    for decision in regels.besluiten.values():
        if not decision.regels:
            faults.add(decision.plaats, f"het besluit '{decision.id}' heeft geen regels")
        names = [rule.naam for rule in decision.regels]
        for rule in decision.regels:
            same = [r for r in decision.regels if r.naam == rule.naam and r.venster.raakt(rule.venster)]
            if len(same) > 1 and same[0] is rule:
                faults.add(rule.plaats, f"er zijn {names.count(rule.naam)} regels '{rule.naam}' op dezelfde dag")
    _yields(regels, faults)
    _unused(regels, faults)
    _circles(regels, faults)


def _yields(regels: Regelset, faults: Faults) -> None:
    """What a decision says that it brings (``som``) is a value it shows, in the unit that belongs there."""
    found = {decision.id: decision.som for decision in regels.besluiten.values() if decision.som is not None}
    groups = [yields.een_van for yields in found.values()]
    for id, yields in found.items():
        decision, place = regels.besluiten[id], yields.plaats
        shown = [decision.waarden, *(rule.waarden for rule in decision.regels)]
        if not yields.maand and not yields.jaar:
            faults.add(place, "'som' noemt geen bedrag; schrijf {maand: perMaand, jaar: perJaar}, of een van de twee")
        for key, name, units in (
            ("maand", yields.maand, _PER_MONTH),
            ("jaar", yields.jaar, _PER_YEAR),
            ("mogelijk", yields.mogelijk, _PER_MONTH),
        ):
            kinds = [values[name][1] for values in shown if name in values]
            if name and not kinds:
                known = sorted({value for values in shown for value in values})
                faults.add(place, f"'{id}' heeft geen waarde '{name}'; kies uit {', '.join(known) or 'geen enkele'}")
            if any(kind.unit not in units for kind in kinds):
                faults.add(place, f"'{name}' bij '{key}' is niet altijd {' of '.join(units.values())}")
        if yields.een_van and groups.count(yields.een_van) == 1:
            faults.add(
                place, f"geen andere regeling heeft 'een_van: {yields.een_van}'; haal het weg, of vul het daar in"
            )


def used(regels: Regelset) -> Iterator[Node]:
    """Every bound expression of the rule set."""
    for quantity in regels.grootheden.values():
        yield from (formula.boom for formula in quantity.formules)
    for assumptions in regels.aannamen.values():
        for assumption in assumptions:
            yield assumption.waarde
            if assumption.als is not None:
                yield assumption.als
    for decision in regels.besluiten.values():
        yield from (node for node, _ in decision.waarden.values())
        yield from _steps(decision.vervolg)
        for rule in decision.regels:
            yield rule.als
            yield from (node for node, _ in rule.waarden.values())
            yield from _steps(rule.vervolg)
            for sentence in (rule.zegt, *rule.omdat):
                yield from sentence_nodes(sentence)


def _steps(steps: tuple[Vervolg, ...]) -> Iterator[Node]:
    for step in steps:
        yield from sentence_nodes(step.zin)
        if step.huurder is not None:
            yield from sentence_nodes(step.huurder)
        if step.voor is not None:
            yield step.voor[0]


def sentence_nodes(sentence: Zin) -> Iterator[Node]:
    """The expressions in a sentence."""
    if sentence.als is not None:
        yield sentence.als
    yield from (part[0] for part in sentence.delen if not isinstance(part, str))


def _windows(series: tuple[Cijfer, ...], faults: Faults) -> None:
    for earlier, later in pairwise(series):
        end = earlier.venster.tot_en_met
        if end is None or end >= later.venster.vanaf:
            faults.add(later.plaats, f"het venster van '{later.naam}' overlapt dat van {earlier.plaats}")
        elif end + timedelta(days=1) < later.venster.vanaf and not later.opmerking:
            faults.add(
                later.plaats,
                f"'{later.naam}' geldt niet van {end + timedelta(days=1)} tot {later.venster.vanaf}; "
                "zet in 'opmerking' waarom",
            )


def _overlap(windows: list[Venster], name: str, owner: object, faults: Faults) -> None:
    for index, window in enumerate(windows):
        if any(window.raakt(other) for other in windows[index + 1 :]):
            faults.add(owner.plaats, f"twee formules van '{name}' gelden op dezelfde dag")  # type: ignore[attr-defined]


def _unused(regels: Regelset, faults: Faults) -> None:
    names = {node.name for tree in used(regels) for node in walk(tree) if isinstance(node, Figure | Quantity)}
    for series in regels.cijfers.values():
        if series[0].naam not in names and not series[0].gebruik:
            faults.add(series[0].plaats, f"geen regel gebruikt het cijfer '{series[0].naam}'")
        if series[0].naam in names and series[0].gebruik == "portefeuille":
            faults.add(series[0].plaats, f"'{series[0].naam}' is van de portefeuille; een regel kan het niet gebruiken")
    for quantity in regels.grootheden.values():
        if quantity.naam not in names:
            faults.add(quantity.plaats, f"geen regel gebruikt de grootheid '{quantity.naam}'")


def _circles(regels: Regelset, faults: Faults) -> None:
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = path[path.index(name) :]
            what = "grootheden" if all(part in regels.grootheden for part in circle) else "velden en grootheden"
            place = regels.grootheden[name].plaats if name in regels.grootheden else regels.velden[name].plaats
            faults.add(place, f"deze {what} wachten op elkaar: {' -> '.join([*circle, name])}")
            return
        if name in done:
            return
        for tree in definitions(regels, name):
            for node in walk(tree):
                if isinstance(node, Quantity | Field):
                    visit(node.name, (*path, name))
        done.add(name)

    for name in [*regels.grootheden, *regels.aannamen]:
        visit(name, ())


def definitions(regels: Regelset, name: str) -> Iterator[Node]:
    """The expressions that say what a quantity or a field is: its formulas, or its assumptions."""
    if name in regels.grootheden:
        yield from (formula.boom for formula in regels.grootheden[name].formules)
    for assumption in regels.aannamen.get(name, ()):
        yield assumption.waarde
        if assumption.als is not None:
            yield assumption.als


def last_day(windows: Mapping[str, Venster] | list[Venster]) -> date | None:
    """The last day any of the windows holds; None when one has no end."""
    ends = [window.tot_en_met for window in (windows.values() if isinstance(windows, Mapping) else windows)]
    return None if any(end is None for end in ends) else max((end for end in ends if end is not None), default=None)
