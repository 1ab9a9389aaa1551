"""What is written for one policy: figures, quantities and rules of the existing language, each with its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from regels.beleid.blokken import Beleidsherkomst
from regels.bestanden import Item, Place

_WOORD = re.compile(r"[a-zA-Z][a-zA-Z0-9_]*")
Paren = list[tuple[str, str]]  # a condition and what holds with it; the first that is true counts


def stuk(place: Place, value: Any) -> Item:
    """``value`` as it would have been read from a file at ``place``."""
    if isinstance(value, Item):
        return value
    if isinstance(value, Mapping):
        return Item(place, {key: stuk(place, child) for key, child in value.items()})
    if isinstance(value, list | tuple):
        return Item(place, [stuk(place, child) for child in value])
    return Item(place, str(value))


def woorden(item: Item) -> set[str]:
    """Every word below ``item`` that may be a name."""
    if isinstance(item.value, str):
        return set(_WOORD.findall(item.value))
    children = item.value.values() if isinstance(item.value, dict) else item.value
    return set[str]().union(*(woorden(child) for child in children))


def vul(item: Item, params: Mapping[str, str]) -> Item:
    """The template with every ``«...»`` filled in."""
    if isinstance(item.value, dict):
        return Item(item.place, {key: vul(child, params) for key, child in item.value.items()})
    if isinstance(item.value, list):
        return Item(item.place, [vul(child, params) for child in item.value])
    return Item(item.place, re.sub(r"«(\w+)»", lambda found: params.get(found[1], found[0]), item.value))


def en(*parts: str) -> str:
    """All of these conditions; an empty one is left out."""
    return " en ".join(f"({part})" for part in parts if part)


def of(parts: Iterable[str]) -> str:
    """One of these conditions."""
    return " of ".join(f"({part})" for part in parts)


def keten(pairs: Paren, otherwise: str) -> str:
    """The first of these that holds."""
    return "".join(f"als {condition} dan {value} anders " for condition, value in pairs) + otherwise


def woordketen(pairs: Paren, otherwise: str) -> str:
    """As :func:`keten`, of words; between quotes, for a word may be the name of a quantity too."""
    return keten([(condition, f"'{word}'") for condition, word in pairs], f"'{otherwise}'")


def is_woord(name: str, word: str) -> str:
    """Whether a choice is this word."""
    return f"{name} = '{word}'"


def een_van(name: str, words: Iterable[str]) -> str:
    """Whether a choice is one of these words."""
    return f"{name} in ({', '.join(words)})"


def venster(ronde: int) -> dict[str, str]:
    """The days of a round."""
    return {"vanaf": date(ronde, 7, 1).isoformat(), "tot_en_met": date(ronde + 1, 6, 30).isoformat()}


@dataclass
class Bundel:
    """Collects what is written for the policy of one landlord in one round."""

    ronde: int
    plaats: Place
    cijfers: dict[str, Item] = field(default_factory=dict)
    grootheden: dict[str, Item] = field(default_factory=dict)
    regels: dict[str, list[Item]] = field(default_factory=dict)
    huurder: dict[str, dict[str, Item]] = field(default_factory=dict)  # what the tenant reads, by decision and rule

    def cijfer(
        self,
        name: str,
        label: str,
        value: Decimal | date,
        unit: str,
        origin: Beleidsherkomst,
        place: Place | None = None,
    ) -> str:
        """Write a figure; gives its name."""
        entry: dict[str, Any] = {"label": label, "waarde": value, "eenheid": unit, "zekerheid": origin.zekerheid}
        if origin.bronnen:
            entry["bron"] = origin.bronnen[0]
        self.cijfers[name] = stuk(place or self.plaats, entry)
        return name

    def grootheid(
        self,
        name: str,
        label: str,
        unit: str | Mapping[str, str],
        formula: str,
        origin: Beleidsherkomst | None = None,
        place: Place | None = None,
    ) -> str:
        """Write a quantity; ``unit`` is a unit, or the words of a choice with their labels."""
        entry: dict[str, Any] = {
            "label": label,
            "formule": formula,
            "geldig": venster(self.ronde),
            "datum": "rondedatum",
        }
        entry |= {"eenheid": unit} if isinstance(unit, str) else {"eenheid": "keuze", "waarden": dict(unit)}
        if origin is not None and origin.bronnen:
            entry |= {"bron": list(origin.bronnen), "zekerheid": origin.zekerheid}
        self.grootheden[name] = stuk(place or self.plaats, entry)
        return name

    def ruim_op(self) -> None:
        """Take away the figures and quantities that no rule comes to."""
        used: set[str] = set()
        todo = [rule for found in self.regels.values() for rule in found]
        while todo:
            for word in woorden(todo.pop()) - used:
                used.add(word)
                if word in self.grootheden:
                    todo.append(self.grootheden[word])
        self.cijfers = {name: item for name, item in self.cijfers.items() if name in used}
        self.grootheden = {name: item for name, item in self.grootheden.items() if name in used}

    def woorden(self) -> set[str]:
        """Every word in what was written that may be a name."""
        found = {word for item in self.grootheden.values() for word in woorden(item)}
        return found.union(*(woorden(rule) for rules in self.regels.values() for rule in rules))

    def regel(self, decision: str, rule: Mapping[str, Any], place: Place | None = None) -> None:
        """Write a rule of a decision."""
        entry = {"geldig": venster(self.ronde), **rule}
        self.regels.setdefault(decision, []).append(stuk(place or self.plaats, entry))
