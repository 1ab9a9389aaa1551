"""A question that was refused: what in it could be a BSN, said without repeating it.

A question that can be read has no place for one: its fields are amounts, dates and words from a list.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from regels.vraag import Fout
from service.invoer.bsn import holds_bsn, names_bsn

BSN: Final = (
    "Dit lijkt op een burgerservicenummer (BSN). Haal het weg: voor deze toets mag het BSN niet worden gebruikt."
)
_KEY: Final = "De naam van een veld lijkt op een burgerservicenummer (BSN). Haal dit veld weg."


def without_bsn(value: object, faults: Iterable[Fout]) -> list[Fout]:
    """The ``faults`` of a question (as parsed from JSON), with what could be a BSN first and in no pointer."""
    found = dict.fromkeys(_found(value, ""))
    places = {fault.veld for fault in found}
    rest = [fault for fault in faults if fault.veld not in places and not holds_bsn(fault.veld)]
    return [*found, *rest]


def _found(value: object, place: str) -> Iterator[Fout]:
    stack = [(value, place)]
    while stack:
        part, at = stack.pop()
        if isinstance(part, str):
            if holds_bsn(part):
                yield Fout(at, BSN)
        elif isinstance(part, list):
            stack += [(item, f"{at}/{index}") for index, item in reversed(list(enumerate(part)))]
        elif isinstance(part, dict):
            for key, item in reversed(part.items()):
                if holds_bsn(key):
                    yield Fout(at, _KEY)
                elif names_bsn(key):
                    yield Fout(_at(at, key), BSN)
                else:
                    stack.append((item, _at(at, key)))


def _at(place: str, key: str) -> str:
    """The pointer of a field; a key that is no plain word may be a personal value, and is not shown."""
    return f"{place}/{key}" if key.isidentifier() and key.isascii() and len(key) <= 40 else place
