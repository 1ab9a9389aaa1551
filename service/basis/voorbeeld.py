"""A preview: the product as it would be on some day by the rules of a draft. Which one, stands in the address.

The draft and the day are the begin of the address (``/concept/NAAM/2027-07-01``), so that going back, a reload and two
tabs beside each other each keep their own.
"""

import re
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

# where previews are, and whatever begins with it asks for the right to see them
WORTEL: Final = "/concept"
# the same as of a draft, and a day
_PREFIX: Final = re.compile(rf"{WORTEL}/([a-z0-9][a-z0-9-]{{0,59}})/([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?=/|\Z)")
_DRAFT: Final = re.compile(rf"{WORTEL}/([a-z0-9][a-z0-9-]{{0,59}})(?=/|\Z)")
_KEY: Final = "huurtoets.voorbeeld"
# what an answer says of itself
KOP: Final = b"huurtoets-concept"


@dataclass(frozen=True, slots=True)
class Voorbeeld:
    """Of which draft, and on which day."""

    concept: str
    dag: date

    @property
    def pad(self) -> str:
        """The begin of each address in it."""
        return f"{WORTEL}/{self.concept}/{self.dag.isoformat()}"


def is_voorbeeld(pad: str) -> bool:
    """Whether an address is one of previews, good or not."""
    return pad == WORTEL or pad.startswith(f"{WORTEL}/")


def gevraagd(pad: str) -> Voorbeeld | None:
    """The preview that an address is in; None where it names no draft or no day."""
    found = _PREFIX.match(pad)
    try:
        return None if found is None else Voorbeeld(found[1], date.fromisoformat(found[2]))
    except ValueError:
        return None


def concept_in(pad: str) -> str:
    """The draft that an address names; empty where that is no name."""
    found = _DRAFT.match(pad)
    return found[1] if found is not None else ""


def binnen(pad: str) -> str:
    """An address without the preview that it is in: what the same page is called outside it."""
    found = _PREFIX.match(pad)
    return pad if found is None else pad[found.end() :]


def begin(scope: MutableMapping[str, Any], voorbeeld: Voorbeeld) -> None:
    """From here on the rest of the address is looked at, and every link of a page begins with the preview."""
    scope[_KEY] = voorbeeld
    scope["root_path"] = scope.get("root_path", "") + voorbeeld.pad


def voorbeeld_in(scope: MutableMapping[str, Any]) -> Voorbeeld | None:
    """The preview that this request is in."""
    found: Voorbeeld | None = scope.get(_KEY)
    return found


def huis_in(scope: MutableMapping[str, Any]) -> str:
    """The begin of an address of this service itself, whatever preview this request is in."""
    root: str = scope.get("root_path", "")
    found = voorbeeld_in(scope)
    return root if found is None else root.removesuffix(found.pad)
