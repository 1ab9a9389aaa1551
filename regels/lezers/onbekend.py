"""What is not known, as a value."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Of how many pairs it is kept what they wait for together: gaps come back in every question.
JOINED: Final = 4096


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that waits for the fields at these JSON pointers.

    For Python it is true, and the functions that are written out count on that.
    """

    fields: tuple[str, ...]

    def __add__(self, other: "Unknown") -> "Unknown":
        return _joined(self.fields, other.fields)


@lru_cache(maxsize=JOINED)
def _joined(fields: tuple[str, ...], others: tuple[str, ...]) -> Unknown:
    return Unknown(fields + tuple(pointer for pointer in others if pointer not in fields))


def together(*values: object) -> Unknown | None:
    """All that ``values`` wait for; None when each of them is known."""
    found: Unknown | None = None
    for value in values:
        if isinstance(value, Unknown):
            found = value if found is None else found + value
    return found
