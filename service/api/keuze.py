"""What of an answer is asked for, in the query: ``besluiten`` and ``velden``, names with commas between them.

``regelset`` says by which rules: a revision, or the hash of a set.

An answer always says of which day, which round and which rules it is, and a conclusion of which decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Final

from regels.toets import is_brief
from regels.uitslag import Conclusie, Uitslag
from regels.velden import camel

BESLUITEN: Final = "besluiten"
VELDEN: Final = "velden"
REGELSET: Final = "regelset"
_CONCLUSIES: Final = "conclusies"
# the fields of an answer by their names in JSON
_ANSWER: Final = {camel(part.name): part.name for part in fields(Uitslag)}
_CONCLUSION: Final = tuple(part.name for part in fields(Conclusie))
# no name is in both, so a field of a conclusion need not say that it is one; it may
NAMEN: Final = (*_ANSWER, *_CONCLUSION)
_FEW: Final = 8
_ALWAYS: Final = {"peildatum": True, "huurronde": True, "regelset": {"versie", "hash", "revisie"}}


@dataclass(frozen=True, slots=True)
class QueryFout(Exception):
    """A parameter of the query that cannot be used: its name, and what can."""

    naam: str
    tekst: str


@dataclass(frozen=True)
class Keuze:
    """The part of an answer that was asked for; None is everything."""

    besluiten: tuple[str, ...] | None = None
    velden: dict[str, Any] | None = field(default=None, hash=False)

    @cached_property
    def delen(self) -> frozenset[str] | None:
        """The fields that were asked for, of the answer and of a conclusion; None is all of them."""
        if self.velden is None:
            return None
        conclusies = self.velden.get(_CONCLUSIES)
        own = _CONCLUSION if conclusies is True else conclusies["__all__"] if conclusies else ()
        return frozenset(self.velden).union(own)

    @cached_property
    def kort(self) -> bool:
        """Whether it takes no longer to answer than to hand on: of a few decisions what comes out."""
        return self.besluiten is not None and len(self.besluiten) <= _FEW and is_brief(self.delen)

    def write(self, uitslag: Uitslag) -> bytes:
        """The chosen part of ``uitslag`` as JSON."""
        if self.besluiten is not None:
            # a decision that stops everything is evaluated too: it is the answer when it did, and else was not asked
            asked = [c for c in uitslag.conclusies if c.id in self.besluiten]
            uitslag.conclusies = asked or uitslag.conclusies
        return uitslag.json_bytes(self.velden)


ALLES: Final = Keuze()


def asked_set(items: Iterable[tuple[str, str]]) -> str | None:
    """By which rules is asked; None is by those in force. Raises :class:`QueryFout`."""
    names = [text.strip() for name, text in items if name == REGELSET]
    if len(names) > 1 or "" in names:
        raise QueryFout(REGELSET, "Geef bij 'regelset' één revisie of hash. Zie /v1/regelsets voor welke er zijn.")
    return names[0] if names else None


def read_query(items: Sequence[tuple[str, str]], besluiten: Iterable[str]) -> Keuze:
    """The choice in the query ``items``; ``besluiten`` are the decisions there are. Raises :class:`QueryFout`."""
    known = {BESLUITEN: tuple(besluiten), VELDEN: NAMEN}
    given: dict[str, list[str]] = {}
    for name, text in items:
        if name == REGELSET:
            continue
        if name not in known:
            raise QueryFout("", f"Deze parameter bestaat niet. Kies uit: {', '.join((*known, REGELSET))}.")
        given.setdefault(name, []).extend(part.strip() for part in text.split(","))
    for name, parts in given.items():
        if any(part.removeprefix(f"{_CONCLUSIES}.") not in known[name] for part in parts):
            raise QueryFout(name, f"Een naam in '{name}' bestaat niet. Kies uit: {', '.join(known[name])}.")
    if not given:
        return ALLES
    chosen = given.get(BESLUITEN)
    # in the order of the rules, so that what is kept for one order serves the others
    own = None if chosen is None else tuple(name for name in known[BESLUITEN] if name in chosen)
    return Keuze(own, _include(given[VELDEN]) if VELDEN in given else None)


def _include(names: Iterable[str]) -> dict[str, Any]:
    """The fields to write, as pydantic wants them."""
    chosen = {name.removeprefix(f"{_CONCLUSIES}.") for name in names}
    found: dict[str, Any] = _ALWAYS | {_ANSWER[name]: True for name in chosen.intersection(_ANSWER)}
    own = chosen.intersection(_CONCLUSION)
    if own and _CONCLUSIES not in chosen:
        found[_CONCLUSIES] = {"__all__": {"id", *own}}
    return found
