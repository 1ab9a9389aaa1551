"""Every text of the pages and the papers that belongs to no field and no rule, from the files in this folder.

A text has a key: the name of its file and the keys that lead to it (``algemeen.knop.toetsen``). What differs each time
stands in it as ``{naam}``. ``tekst`` gives one text, ``groep`` the texts that stand together; templates know both, the
first as ``t``. The files are read once, when the first text is asked.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from regels.bestanden import Faults, Item, read_file
from regels.teksten import TekstFout, check_text, plaatsen

BESTANDEN = ("algemeen", "velden", "invoer", "uitkomst", "papieren", "portefeuille")
_KEY = re.compile(r"[a-z][a-z0-9_-]*", re.ASCII)


@cache
def alle() -> Mapping[str, str]:
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

    for name in BESTANDEN:
        collect(name, read_file(files("web.teksten") / f"{name}.yaml", f"{name}.yaml", faults))
    faults.raise_if_any()
    return MappingProxyType(found)


@cache
def _places() -> Mapping[str, frozenset[str]]:
    return {key: plaatsen(text) for key, text in alle().items()}


def tekst(sleutel: str, /, **waarden: object) -> str:
    """The text with this key, with ``waarden`` in their places. Raises :class:`TekstFout`."""
    text = alle().get(sleutel)
    if text is None:
        raise TekstFout(f"er is geen tekst '{sleutel}'")
    places = _places()[sleutel]
    if places != waarden.keys():
        raise TekstFout(f"'{sleutel}' heeft plaats voor {sorted(places)}, niet voor {sorted(waarden)}")
    return text.format_map(waarden) if waarden else text


@cache
def groep(naam: str) -> Mapping[str, str]:
    """The texts whose key starts with ``naam``, by the rest of their key, as they stand. Raises :class:`TekstFout`."""
    start = f"{naam}."
    found = {key.removeprefix(start): text for key, text in alle().items() if key.startswith(start)}
    if not found:
        raise TekstFout(f"er is geen groep '{naam}'")
    return MappingProxyType(found)


__all__ = ["BESTANDEN", "TekstFout", "alle", "check_text", "groep", "plaatsen", "tekst"]
