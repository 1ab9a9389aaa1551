"""Expressions and sentences of the rule files, bound to what their names stand for."""

import re
from collections.abc import Mapping
from dataclasses import replace

from regels.bestanden import Item
from regels.declaraties import Declarations
from regels.eenheden import TRUTH, Type
from regels.regelset import Zin
from regels.taal import IEDER, LanguageError, Node, parse
from regels.typen import Scope, bind


class Expressions(Declarations):
    """Reads expressions after every name was declared."""

    def voorwaarde(self, item: Item) -> Node | None:
        """The condition in ``item`` about a household, which may ask what is known; None with a fault."""
        bound = self._bind(item, replace(self.scope, allow_known=True), TRUTH)
        return bound[0] if bound else None

    def _reason(self, item: Item) -> Zin:
        if not isinstance(item.value, dict):
            return self._sentence(item)
        keys = self.faults.mapping(item, frozenset({"als", "tekst"}), frozenset({"als", "tekst"}))
        return self._said_when(keys) if frozenset({"als", "tekst"}) <= keys.keys() else Zin(())

    def _said_when(self, keys: Mapping[str, Item]) -> Zin:
        """The sentence in ``tekst`` with its ``als``: what is known may decide what is said, never the outcome."""
        scope = replace(self.scope, allow_known=True)
        condition = self._bind(keys["als"], scope, TRUTH) if "als" in keys else None
        return replace(self._sentence(keys["tekst"]), als=condition[0] if condition else None)

    def _values(self, item: Item | None) -> tuple[dict[str, tuple[Node, Type]], dict[str, str]]:
        values, labels = {}, {}
        for name, entry in self.faults.mapping(item).items() if item else ():
            label, expression = name, entry
            if isinstance(entry.value, dict):
                keys = self.faults.mapping(entry, frozenset({"label", "waarde"}), frozenset({"label", "waarde"}))
                label, expression = self.filled(keys.get("label", entry)), keys.get("waarde", entry)
            text = expression.value
            if isinstance(text, str) and text.startswith("'") and text.endswith("'"):
                words = frozenset({text[1:-1]})
                values[name] = (parse(text), Type("keuze", words=words))
            elif bound := self._bind(expression, self._of_value(text)):
                values[name] = bound
            labels[name] = label
        return values, labels

    def _of_value(self, text: object) -> Scope:
        """The names for a value of a decision: the only place where one for each resident may stand."""
        each = isinstance(text, str) and text.startswith(f"{IEDER}(")
        return replace(self.scope, allow_each=True) if each else self.scope

    def _sentence(self, item: Item) -> Zin:
        text = self.filled(item)
        parts: list[str | tuple[Node, Type]] = []
        for index, piece in enumerate(re.split(r"\{([^{}]*)\}", text)):
            if index % 2 == 0:
                if piece:
                    parts.append(piece)
            elif bound := self._bind(Item(item.place, piece), self.scope):
                parts.append(bound)
        return Zin(tuple(parts))

    def _bind(self, item: Item, scope: Scope, expected: Type | None = None) -> tuple[Node, Type] | None:
        text = self.faults.text(item)
        try:
            return bind(parse(text), replace(scope, groups=self.groups(item.place.file)), expected)
        except LanguageError as error:
            shown = " ".join(text.split())
            self.faults.add(item, f"in '{shown}', teken {error.at + 1}: {error}")
            return None
