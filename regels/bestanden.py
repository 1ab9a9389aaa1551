"""The rule files as text with places.

YAML is read as nodes, not as values: every scalar stays text with its file and line, so that the loader decides what a
value is, and each fault can say where it stands. Duplicate keys are faults.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml
from yaml import MappingNode, MarkedYAMLError, Node, ScalarNode, SequenceNode

# libyaml reads the rule files some twenty times faster than Python does, and a command starts with reading them
_FAST: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FAST):  # type: ignore[misc,valid-type]
    """Every scalar stays text, so that nobody has to look whether it could be a number or a day."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


# How many files are kept as they were read; a rule set has some sixty.
FILES: Final = 256
_YAML = {
    "found character that cannot start any token": "zet een tekst die met dit teken begint tussen aanhalingstekens",
    "mapping values are not allowed in this context": "zet een tekst met een dubbele punt tussen aanhalingstekens, "
    "of kijk naar het inspringen",
    "found unexpected end of stream": "een aanhalingsteken of haakje wordt niet gesloten",
}


class RegelsetError(Exception):
    """The rule files do not hold together; ``faults`` lists every fault as ``bestand:regel: wat``."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the rule files."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Item:
    """A value in a rule file: text, a list or a mapping, with its place."""

    place: Place
    value: "str | list[Item] | dict[str, Item]"


@dataclass
class Faults:
    """Collects faults while reading, so that all are reported at once."""

    found: list[str] = field(default_factory=list)

    def add(self, item: Item | Place, message: str) -> None:
        """Note a fault at ``item``."""
        self.found.append(f"{item.place if isinstance(item, Item) else item}: {message}")

    def raise_if_any(self) -> None:
        """Raise :class:`RegelsetError` with all that was found."""
        if self.found:
            raise RegelsetError(sorted(self.found, key=_place_order))

    def mapping(
        self, item: Item, known: frozenset[str] | None = None, required: frozenset[str] = frozenset()
    ) -> Mapping[str, Item]:
        """``item`` as a mapping; unknown and missing keys are faults."""
        if not isinstance(item.value, dict):
            self.add(item, "hier horen sleutels met waarden te staan")
            return {}
        if known is not None:
            for key, child in item.value.items():
                if key.isdigit() and child.value == "":
                    self.add(child, f"'{key}' staat hier los, na een komma; een getal heeft een punt, zoals 3.{key}")
                elif key not in known:
                    self.add(child, f"onbekende sleutel '{key}'; bedoelde u een van {', '.join(sorted(known))}?")
        for key in sorted(required - item.value.keys()):
            self.add(item, f"'{key}' ontbreekt")
        return item.value

    def items(self, item: Item) -> list[Item]:
        """``item`` as a list; one value counts as a list of one."""
        return item.value if isinstance(item.value, list) else [item]

    def text(self, item: Item) -> str:
        """``item`` as text."""
        if isinstance(item.value, str):
            if not item.value:
                self.add(item, "hier hoort tekst te staan")
            return item.value
        self.add(item, "hier hoort tekst te staan")
        return ""

    def number(self, item: Item) -> Decimal:
        """``item`` as an exact number."""
        text = self.text(item)
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            self.add(item, f"'{text}' is geen getal; schrijf {_as_number(text) or 'bijvoorbeeld 713.02'}")
            return Decimal(0)
        return value

    def day(self, item: Item) -> date:
        """``item`` as a date."""
        text = self.text(item)
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.add(item, f"'{text}' is geen datum; schrijf {_as_day(text) or 'bijvoorbeeld 2026-07-01'}")
            return date.min

    def word(self, item: Item, words: frozenset[str] | tuple[str, ...]) -> str:
        """``item`` as one of ``words``."""
        text = self.text(item)
        if text not in words:
            self.add(item, f"'{text}' kan hier niet; kies uit {', '.join(sorted(words))}")
        return text


def _as_number(text: str) -> str:
    """How a number that was written with a comma, a sign of euros or a percentage has to be written; empty if none."""
    bare = re.fullmatch(r"(?:€ ?)?(\d+)(?:[,.](\d+))? ?%?", text)
    return ".".join(filter(None, bare.groups())) if bare else ""


def _as_day(text: str) -> str:
    """How a day in Dutch order has to be written; empty if it is none."""
    parts = re.fullmatch(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", text)
    if parts is None:
        return ""
    day, month, year = parts.groups()
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _unreadable(problem: str, line: str) -> str:
    """What is wrong in YAML on this line, and what to write instead."""
    if "\t" in line:
        return "hier staat een tab; spring in met spaties"
    return _YAML.get(problem, "kijk op deze regel en de regel erboven naar inspringen, haakjes en aanhalingstekens")


def _place_order(fault: str) -> tuple[str, int]:
    file, line, _ = fault.split(":", 2)
    return file, int(line)


def read_file(path: Path | Traversable, name: str, faults: Faults) -> Item:
    """The file at ``path`` as :func:`parse_file` reads it."""
    return parse_file(path.read_bytes(), name, faults)


def parse_file(content: bytes, name: str, faults: Faults) -> Item:
    """The text of a file as an :class:`Item`; what is no YAML in UTF-8 is a fault with its line.

    Nobody changes an item, so a file that is read again as it was, as most of a draft is, gives the one of before.
    """
    item, found = _parsed(content, name)
    faults.found += found
    return item


@lru_cache(maxsize=FILES)
def _parsed(content: bytes, name: str) -> tuple[Item, tuple[str, ...]]:
    root, faults = None, Faults()
    try:
        root = yaml.compose(content.decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(Place(name, line), "dit is geen tekst in UTF-8; bewaar het bestand als UTF-8")
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        text = content.decode("utf-8").splitlines()
        said = _unreadable(error.problem or "", text[line - 1] if line <= len(text) else "")
        faults.add(Place(name, line), f"dit is geen goed YAML: {said}")
    item = _item(root, name, faults) if root is not None else Item(Place(name, 1), {})
    return item, tuple(faults.found)


def _item(node: Node, name: str, faults: Faults) -> Item:
    place = Place(name, node.start_mark.line + 1)
    if isinstance(node, ScalarNode):
        return Item(place, node.value)
    if isinstance(node, SequenceNode):
        return Item(place, [_item(child, name, faults) for child in node.value])
    if not isinstance(node, MappingNode):
        raise TypeError(node)
    pairs: dict[str, Item] = {}
    for key, value in node.value:
        if key.value in pairs:
            faults.add(Place(name, key.start_mark.line + 1), f"'{key.value}' staat hier twee keer; haal er één weg")
        child = _item(value, name, faults)
        pairs[key.value] = Item(Place(name, key.start_mark.line + 1), child.value)
    return Item(place, pairs)
