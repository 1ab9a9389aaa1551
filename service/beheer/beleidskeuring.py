"""A policy that is being entered, tried with all rules of its draft: what is wrong, at the field that it is about."""

import re
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from regels import Regelset
from regels.bestanden import RegelsetError
from regels.laden import hash_of, load, manifest
from service.beheer.beleidsbestand import line_by_line
from service.beheer.beleidsvakken import Pad, Plat

_FAULT: Final = re.compile(r"(?P<bestand>[^:]+):(?P<regel>\d+): (?P<zegt>.*)", re.DOTALL)
_MISSING: Final = re.compile(r"'(\w+)' ontbreekt")
# each is a whole rule set, of some ten megabytes
_KEPT: Final = 4


@dataclass(frozen=True)
class Beleidsoordeel:
    """What came of it: the rules when all is well, what is wrong by field, and what is wrong in other files."""

    regels: Regelset | None
    fouten: Mapping[str, str]
    elders: tuple[str, ...]


class Beleidskeuring:
    """Tries policies, one at a time: each takes a processor for a third of a second. The last few are kept."""

    def __init__(self) -> None:
        self._one = threading.Lock()
        self._kept: OrderedDict[str, Regelset | RegelsetError] = OrderedDict()

    def keur(self, bestanden: Mapping[str, bytes], naam: str, inhoud: Plat, waar: Mapping[Pad, str]) -> Beleidsoordeel:
        """Load all files of the draft with ``inhoud`` as the policy in ``naam``; ``waar`` says which field is where."""
        text, places = line_by_line(inhoud)
        found = self._load(dict(bestanden) | {naam: text})
        if isinstance(found, Regelset):
            return Beleidsoordeel(found, {}, ())
        faults: dict[str, str] = {}
        elsewhere: list[str] = []
        for fault in found.faults:
            match = _FAULT.fullmatch(fault)
            if match is None or match["bestand"] != naam:
                elsewhere.append(fault)
                continue
            line = int(match["regel"])
            place = places[line - 1] if 0 < line <= len(places) else ()
            at = field_of(place, match["zegt"], waar)
            faults[at] = f"{faults[at]} {_sentence(match['zegt'])}" if at in faults else _sentence(match["zegt"])
        return Beleidsoordeel(None, faults, tuple(elsewhere))

    def _load(self, files: Mapping[str, bytes]) -> Regelset | RegelsetError:
        key = hash_of(manifest(files))
        with self._one:
            if key not in self._kept:
                try:
                    self._kept[key] = load(files.items())
                except RegelsetError as error:
                    self._kept[key] = error
            self._kept.move_to_end(key)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def field_of(place: Pad, says: str, waar: Mapping[Pad, str]) -> str:
    """The field that a fault at ``place`` of the file is about; what is missing is beside or below that."""
    missing = _MISSING.match(says)
    if missing:
        for around in (place, place[:-1]):
            if (*around, missing[1]) in waar:
                return waar[(*around, missing[1])]
    for length in range(len(place), 0, -1):
        if place[:length] in waar:
            return waar[place[:length]]
    return ""


def _sentence(text: str) -> str:
    whole = text[:1].upper() + text[1:]
    return whole if whole.endswith((".", "?")) else f"{whole}."
