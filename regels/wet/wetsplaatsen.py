"""What an answer leaves out, with its places in the law, and those places in words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

# the opposite of ``lid_in_woorden``: the member, and the letter or definition in it
_LID: Final = re.compile(r"(?:lid (?P<lid>\S+))? ?(?:onder (?P<letter>\S+)|\((?P<woord>[^)]+)\))?")


@dataclass(frozen=True, slots=True)
class Wetsplaats:
    """A place in the law: the title, the article, the member in words, where it can be read, and why it is left out."""

    wet: str
    artikel: str
    lid: str
    url: str
    reden: str


@dataclass(frozen=True, slots=True)
class NietGetoetst:
    """Something that an answer leaves out: a sentence for the reader, the decisions it could change, and the law.

    ``kans`` says how often it matters to those it is about: ``vaak``, ``soms`` or ``zelden``.
    """

    tekst: str
    kans: str
    besluiten: list[str]
    plaatsen: list[Wetsplaats]


def artikelen_in_woorden(plaatsen: Iterable[Wetsplaats]) -> Iterator[tuple[str, str]]:
    """Each article once with its members together, and where it can be read."""
    for (law, article, url), places in groupby(plaatsen, lambda place: (place.wet, place.artikel, place.url)):
        members = leden_in_woorden(dict.fromkeys(place.lid for place in places))
        yield f"{law}, artikel {article} {members}".rstrip(), url


def leden_in_woorden(leden: Iterable[str]) -> str:
    """Members of one article together: ``lid 1, 2 en 4``, or ``lid 2, onder a en c``.

    A letter is left out beside the whole of its member, and all are beside the whole article, which is empty.
    """
    parts = [match for name in leden if (match := _LID.fullmatch(name))]
    whole = [part["lid"] for part in parts if not part["letter"] and not part["woord"]]
    if None in whole:
        return ""
    below: dict[str | None, tuple[list[str], list[str]]] = {}
    for part in parts:
        if part["lid"] not in whole:
            letters, words = below.setdefault(part["lid"], ([], []))
            (letters if part["letter"] else words).append(part["letter"] or part["woord"])
    said = [f"lid {_together(whole)}"] if whole else []
    for member, (letters, words) in below.items():
        named = f"lid {member}" if member else ""
        if words:
            said.append(f"{named} ({_together(words)})".lstrip())
        if letters:
            said.append(", ".join(filter(None, (named, f"onder {_together(letters)}"))))
    return _together(said)


def _together(words: Sequence[str]) -> str:
    """``a``, ``a en b``, ``a, b en c``."""
    *first, last = words
    return f"{', '.join(first)} en {last}" if first else last
