"""Texts with a key, from files: for what is said to a user and belongs to no field and no rule.

A key is the name of a file and the keys that lead to the text in it (``algemeen.knop.toetsen``). What differs each time
stands in a text as ``{naam}``. The files of a book are read once, when its first text is asked.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from regels.bestanden import Faults, Item, read_file
from regels.teksten import TekstFout, check_text, plaatsen

_KEY: Final = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)


class Tekstboek:
    """The texts in some files of the package ``pakket``."""

    def __init__(self, pakket: str, bestanden: tuple[str, ...]) -> None:
        self._package, self._files = pakket, bestanden
        self._groups: dict[str, Mapping[str, str]] = {}

    @cached_property
    def alle(self) -> Mapping[str, str]:
        """Every text by its key."""
        found: dict[str, str] = {}
        faults = Faults()

        def collect(prefix: str, item: Item) -> None:
            for key, child in faults.mapping(item).items():
                if not _KEY.fullmatch(key):
                    faults.add(child, f"'{key}' kan geen sleutel zijn; gebruik kleine letters, cijfers, - en _")
                if isinstance(child.value, dict):
                    collect(f"{prefix}.{key}", child)
                else:
                    found[f"{prefix}.{key}"] = check_text(child, faults)

        for name in self._files:
            collect(name, read_file(files(self._package) / f"{name}.yaml", f"{name}.yaml", faults))
        faults.raise_if_any()
        return MappingProxyType(found)

    @cached_property
    def _places(self) -> Mapping[str, frozenset[str]]:
        return {key: plaatsen(text) for key, text in self.alle.items()}

    def tekst(self, sleutel: str, /, **waarden: object) -> str:
        """The text with this key, with ``waarden`` in their places. Raises :class:`TekstFout`."""
        text = self.alle.get(sleutel)
        if text is None:
            raise TekstFout(f"er is geen tekst '{sleutel}'")
        places = self._places[sleutel]
        if places != waarden.keys():
            raise TekstFout(f"'{sleutel}' heeft plaats voor {sorted(places)}, niet voor {sorted(waarden)}")
        return text.format_map(waarden) if waarden else text

    def groep(self, naam: str) -> Mapping[str, str]:
        """The texts whose key starts with ``naam``, by the rest of their key, as they stand.

        Raises :class:`TekstFout`.
        """
        found = self._groups.get(naam)
        if found is None:
            start = f"{naam}."
            own = {key.removeprefix(start): text for key, text in self.alle.items() if key.startswith(start)}
            if not own:
                raise TekstFout(f"er is geen groep '{naam}'")
            found = self._groups[naam] = MappingProxyType(own)
        return found
