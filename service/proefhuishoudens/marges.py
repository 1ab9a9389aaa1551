"""What the illustrative households are made of: ``marges.yaml``, read once, with one level for each assumption."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

NIVEAUS: Final = ("laag", "midden", "hoog")
MIDDEN: Final = "midden"
_FILE: Final = Path(__file__).with_name("marges.yaml")
Aannames = Mapping[str, str]
ALLES_MIDDEN: Final[Aannames] = MappingProxyType({})


@cache
def marges() -> Mapping[str, Any]:
    """The whole file."""
    with _FILE.open(encoding="utf-8") as file:
        found: Mapping[str, Any] = yaml.safe_load(file)
    return MappingProxyType(dict(found))


@cache
def aannames() -> tuple[str, ...]:
    """The name of every margin that has a low, a middle and a high value: ``huur.samenhang``."""
    return tuple(_assumed((), marges()))


def _assumed(place: tuple[str, ...], value: Any) -> Iterator[str]:
    if isinstance(value, list):
        value = {str(index): item for index, item in enumerate(value)}
    if isinstance(value, Mapping):
        if set(NIVEAUS) <= value.keys():
            yield ".".join(place)
        else:
            for name, item in value.items():
                yield from _assumed((*place, str(name)), item)


def waarde(naam: str, gekozen: Aannames) -> float:
    """The value of the margin ``naam`` at the level that was chosen for it; the middle one when none was."""
    found: Any = marges()
    for part in naam.split("."):
        found = found[int(part)] if isinstance(found, list) else found[part]
    level = gekozen.get(naam, MIDDEN)
    if level not in NIVEAUS:
        raise ValueError(f"'{level}' is geen niveau van de aanname '{naam}'. Kies uit {', '.join(NIVEAUS)}.")
    return float(found[level])


def check_aannames(gekozen: Aannames) -> None:
    """Refuse an assumption that does not exist."""
    for naam in gekozen:
        if naam not in aannames():
            raise ValueError(f"Er is geen aanname '{naam}'. Kies uit {', '.join(aannames())}.")
