"""One fact away: what a decision that waits for one field says for each value of it, by stretch."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from regels.domein import getal_van, stap, uiterste
from regels.langs import WISSELT, Langs, TeVeel, Traject
from regels.opmaak import Writer
from regels.programma import KlaarBesluit, Programma
from regels.uitslag import Bereikwaarde, Gegeven, Mogelijk, Waardelabel
from regels.velden import Veld, Waarde

# what has more stretches than this is not told
MEESTE: Final = 8
_Same = Callable[[Traject, Traject], bool]


def possible(line: Langs, klaar: KlaarBesluit, programma: Programma) -> list[Mogelijk]:
    """The outcomes of ``klaar`` by stretch; empty where nothing more would be known, and where there are too many."""
    try:
        found = list(line.delen(klaar))
    except TeVeel:
        return []
    if all(part.uitkomst == "onbekend" for part in found):
        return []
    parts = _few(found, words=bool(line.woorden))
    if not all(_holds(line, klaar, part) for part in parts):
        return []
    return [_told(part, line, klaar, programma) for part in parts]


def _holds(line: Langs, klaar: KlaarBesluit, part: Traject) -> bool:
    """Whether a check of each end of the stretch says the same: what was followed is held against what was counted."""
    return all(line.op(klaar, end).uitkomst == part.uitkomst for end in (part.van, part.tot))


# how many stretches there are


def _few(parts: list[Traject], *, words: bool) -> list[Traject]:
    """As many as can be told: what is most alike is taken together first."""
    steps: list[_Same] = [_same_values, _same_rule, _same_outcome]
    if words and len(parts) <= MEESTE:
        return parts
    for same in steps:
        parts = list(_joined(parts, same))
        if len(parts) <= MEESTE:
            return parts
    return []


def _same_values(one: Traject, other: Traject) -> bool:
    """One rule; and what is one amount all along the one stretch is the same along the other."""
    if not _same_rule(one, other):
        return False
    apart = (name for name, value in one.waarden.items() if other.waarden.get(name) != value)
    return all(_goes_on(one, name) and _goes_on(other, name) for name in apart)


def _goes_on(part: Traject, name: str) -> bool:
    """Whether a value goes up or down in this stretch, or it is too short to tell."""
    return part.van == part.tot or isinstance(part.waarden.get(name), Bereikwaarde)


def _same_rule(one: Traject, other: Traject) -> bool:
    return _same_outcome(one, other) and one.regels == other.regels


def _same_outcome(one: Traject, other: Traject) -> bool:
    return one.uitkomst == other.uitkomst


def _joined(parts: list[Traject], same: _Same) -> Iterator[Traject]:
    last: Traject | None = None
    for part in parts:
        if last is not None and same(last, part):
            last = _both(last, part)
            continue
        if last is not None:
            yield last
        last = part
    if last is not None:
        yield last


def _both(one: Traject, other: Traject) -> Traject:
    values = {name: _range(value, other.waarden[name]) for name, value in one.waarden.items() if name in other.waarden}
    rules = tuple(dict.fromkeys((*one.regels, *other.regels)))
    return Traject(one.van, other.tot, one.uitkomst, rules, values, one.wacht | other.wacht)


def _range(one: Gegeven | Bereikwaarde, other: Gegeven | Bereikwaarde) -> Gegeven | Bereikwaarde:
    if one == other:
        return one
    ends = [end for value in (one, other) for end in _ends(value)]
    if any(not isinstance(end, Decimal | date) for end in ends):
        return WISSELT
    return Bereikwaarde(min(ends), max(ends))


def _ends(value: Gegeven | Bereikwaarde) -> tuple[Any, Any]:
    return (value.laagste, value.hoogste) if isinstance(value, Bereikwaarde) else (value, value)


# how they are told


def _told(part: Traject, line: Langs, klaar: KlaarBesluit, programma: Programma) -> Mogelijk:
    veld = line.plek.veld
    values = {name: value for name, value in part.waarden.items() if value != WISSELT}
    low, high, word = _limits(veld, part)
    write = programma.writer(veld.type)
    said = [write(own) for own in _between(line.woorden, part)] if line.woorden else _stretch(veld, low, high, write)
    clause = (
        f"het antwoord op '{line.plek.label}' {_one_of(said)} is" if line.woorden else f"'{line.plek.label}' {said}"
    )
    display = list(_display(values, part, klaar, programma))
    return Mogelijk(line.plek.pointer, clause, low, high, word, part.uitkomst, values, display)


def _limits(veld: Veld, part: Traject) -> tuple[Any, Any, Gegeven]:
    """The ends of the stretch, of an amount or a day only where it has any; and the one value that it is."""
    if part.van == part.tot:
        return (None, None, part.van) if isinstance(part.van, str | bool) else (part.van, part.tot, part.van)
    if isinstance(part.van, str | bool):
        return part.van, part.tot, None
    low, high = uiterste(veld)
    return part.van if getal_van(part.van) > low else None, part.tot if getal_van(part.tot) < high else None, None


def _between(words: tuple[Waarde, ...], part: Traject) -> tuple[Waarde, ...]:
    return words[words.index(part.van) : words.index(part.tot) + 1]


def _one_of(said: Sequence[str]) -> str:
    *first, last = said
    return f"{', '.join(first)} of {last}" if first else last


def _stretch(veld: Veld, low: Any, high: Any, write: Writer) -> str:
    """An amount or a day in this stretch, as the end of a sentence with 'als'."""
    if low is None and high is None:
        return "is ingevuld"
    if low == high:
        return f"{write(low)} is"
    if veld.soort == "datum":
        if low is None:
            return f"op of voor {write(high)} ligt"
        return f"op of na {write(low)} ligt" if high is None else f"van {write(low)} tot en met {write(high)} ligt"
    if low is None:
        return f"niet hoger is dan {write(high)}"
    above = f"hoger is dan {write(low - stap(veld))}"
    return above if high is None else f"{above} en niet hoger dan {write(high)}"


def _display(
    values: Mapping[str, Gegeven | Bereikwaarde], part: Traject, klaar: KlaarBesluit, programma: Programma
) -> Iterator[Waardelabel]:
    """How the values are called and written."""
    rule = next((own.regel for own in klaar.regels if own.regel.naam in part.regels), None)
    labels = {**klaar.besluit.labels, **(rule.labels if rule else {})}
    kinds = {**klaar.besluit.waarden, **(rule.waarden if rule else {})}
    for name, value in values.items():
        write = programma.writer(kinds[name][1])
        percent = kinds[name][1].percent
        low, high = ((end / 100 if percent else end) for end in _ends(value))
        text = write(low) if low == high else f"{write(low)} tot en met {write(high)}"
        yield Waardelabel(name, labels[name], text)
