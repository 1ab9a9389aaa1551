"""Columns of personal names, known by their shape: initials, forms of address, tussenvoegsels and capitalised words.

No list of anyone's people is needed. The few given and family names in ``namen.yaml`` are ordinary ones of the country;
they tell names from villages and complexes, which have the same shape. Streets and organisations have own words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from importlib.resources import files
from itertools import islice
from typing import Any, Final

import yaml

_LISTS: Final[dict[str, Any]] = yaml.safe_load((files(__package__) / "namen.yaml").read_text(encoding="utf-8"))


def _words(name: str) -> frozenset[str]:
    return frozenset(_LISTS[name].split())


_GIVEN, _FAMILY = _words("voornamen"), _words("achternamen")
_FAMILY_BETWEEN: Final = frozenset(
    f"{between} {name}" for between, names in _LISTS["achternamen_met_tussenvoegsel"].items() for name in names.split()
)
_BETWEEN, _FORMS_OF_ADDRESS, _DEGREES = _words("tussenvoegsels"), _words("aanspreekvormen"), _words("graden")
_OTHER: Final = _words("geen_naam")
_STREET: Final = re.compile(
    r".{2,}(?:straat|weg|laan|plein|kade|gracht|singel|steeg|pad|plantsoen|dreef|park|hof|allee|markt|brug|hoeve|haven)"
)
_INITIAL: Final = r"(?:[a-z]|th|ch|ph|ij|tj|chr|joh)\."
_INITIALS: Final = re.compile(rf"{_INITIAL}(?:-?{_INITIAL})*[a-z]?", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]['’]?[^\W\d_'’.]+(?:['’][^\W\d_]+)*", re.UNICODE)
_ALONE: Final = re.compile(r"[A-Z]{1,4}")
_SEVERAL: Final = re.compile(r"\s+(?:en|of|&|\+)\s+|\s*[/;&\n]\s*")

FEWEST: Final = 3
_LOOKED_AT: Final = 2_000
_FULL, _NEARLY_ALL, _KNOWN = 0.5, 0.8, 0.15


class Vorm(Enum):
    """What a text looks like: surely a name, a name of the country, what could be a name, or something else."""

    NAAM = "naam"
    BEKEND = "bekend"
    MOGELIJK = "mogelijk"
    ANDERS = "anders"


@dataclass(frozen=True, slots=True)
class _Delen:
    """The parts of one text, in lower case."""

    woorden: tuple[str, ...]
    tussen: tuple[str, ...]
    voorletters: bool
    aanspreekvorm: bool
    komma: bool


def shape_of(text: str) -> Vorm:
    """What ``text`` looks like; of several names in one cell the first counts."""
    parts = _parts(_SEVERAL.split(text.strip())[0])
    if parts is None:
        return Vorm.ANDERS
    words = parts.woorden
    family = words[-1] in _FAMILY or f"{' '.join(parts.tussen)} {words[-1]}" in _FAMILY_BETWEEN
    swapped = parts.komma and (words[0] in _FAMILY or f"{' '.join(parts.tussen)} {words[0]}" in _FAMILY_BETWEEN)
    given = words[0] in _GIVEN or (parts.komma and words[-1] in _GIVEN)
    if parts.voorletters or parts.aanspreekvorm or (given and len(words) > 1):
        return Vorm.NAAM
    if len(words) > 1 and parts.tussen and (family or swapped):
        return Vorm.NAAM
    return Vorm.BEKEND if family or swapped or given else Vorm.MOGELIJK


def _parts(text: str) -> _Delen | None:
    """The parts of what could be a name; None for anything else."""
    if not 2 <= len(text) <= 60 or any(map(str.isdigit, text)):
        return None
    uniform = text.isupper() or text.islower()
    found: list[str] = []
    between: list[str] = []
    initials = address = False
    for token in text.replace(",", " ").replace("(", " ").replace(")", " ").replace("-", " ").split():
        low = token.lower()
        bare = low.rstrip(".")
        if bare in _FORMS_OF_ADDRESS:
            address = True
        elif _INITIALS.fullmatch(token) or (found and _ALONE.fullmatch(token) and "," in text):
            initials = True
        elif bare in _DEGREES or (_ALONE.fullmatch(token) and len(token) < 3 and not uniform):
            continue
        elif bare in _BETWEEN:
            between.append(bare)
        elif _WORD.fullmatch(token) and (token[0].isupper() or uniform or token[:2] in ("'t", "d'")):
            found.append(low)
        else:
            return None
    if not 1 <= len(found) <= 4 or any(word in _OTHER for word in found) or _STREET.fullmatch(found[-1]):
        return None
    return _Delen(tuple(found), tuple(between), initials, address, "," in text)


def full_of_names(cells: Iterable[str], *, titled: bool = False) -> bool:
    """Whether a column holds personal names, by its different cells; ``titled``: its title says so.

    At least three, and: half are certainly names; or nearly all could be and some are names of the country, which with
    a title that says so is no longer asked.
    """
    shapes = [shape_of(cell) for cell in islice(cells, _LOOKED_AT)]
    sure = shapes.count(Vorm.NAAM)
    known = sure + shapes.count(Vorm.BEKEND)
    possible = known + shapes.count(Vorm.MOGELIJK)
    if len(shapes) < FEWEST:
        return False
    if sure >= max(FEWEST, _FULL * len(shapes)):
        return True
    return possible >= _NEARLY_ALL * len(shapes) and (titled or known >= max(FEWEST, _KNOWN * len(shapes)))


def is_name(title: str) -> bool:
    """Whether the title of a column is itself the name of a person, as where a file has no titles.

    An abbreviation before a word ("Hr. Bruto", "P. Maand") is no reason to refuse a file: one ordinary name is asked.
    """
    parts = _parts(title)
    known = parts is not None and any(word in _FAMILY or word in _GIVEN for word in parts.woorden)
    return shape_of(title) is Vorm.NAAM and (known or bool(parts and parts.tussen))


def sample(cells: Sequence[str]) -> Sequence[str]:
    """At most as many of ``cells`` as are looked at, spread over them."""
    return cells[:: -(-len(cells) // _LOOKED_AT) or 1]
