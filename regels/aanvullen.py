"""A further look at what is missing in an answer: what of it is asked, and what one missing fact would give.

It is looked at for each decision apart, and rests on what that decision rests on. A page asks again after every field
that was left, so what was found is kept by those facts. Of the facts only a digest is kept, with a key of this process.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from secrets import token_bytes
from typing import Any, Final, TypeVar

from regels.domein import Domein, in_plaats_van
from regels.laatst import Laatst
from regels.langs import Langs, Poging
from regels.lezers.toestand import RONDEDATUM, State
from regels.mogelijk import possible
from regels.nodig import Nodig, kandidaten
from regels.plekken import Plek
from regels.programma import KlaarBesluit, Programma
from regels.regelset import Regelset, eens
from regels.stand import names_of
from regels.uitslag import Conclusie, Mogelijk, Uitslag
from regels.velden import Waarde
from regels.vraag import Vraag

# of how many decisions with missing facts it is kept what was found
_KEPT: Final = 4_096
_SECRET: Final = token_bytes(32)
_Found = TypeVar("_Found", list[Mogelijk], frozenset[int])


def vul_aan(uitslag: Uitslag, programma: Programma, state: State, vraag: Vraag, delen: Collection[str] | None) -> None:
    """Look further at what is missing in ``uitslag``, which has this ``state``: what is asked, and what it gives.

    Of what is not in ``delen`` nothing is done.
    """
    waiting = [conclusion for conclusion in uitslag.conclusies if conclusion.ontbreekt]
    less, more = (delen is None or part in delen for part in ("ontbreekt", "mogelijk"))
    if not waiting or not (less or more):
        return
    gaps = Gaten(programma, state, *vraag.feiten())
    decisions = {klaar.besluit.id: klaar for klaar in programma.besluiten}
    # of which municipality the question is, must be known first
    elsewhere = {about for about, holds in programma.bereik.items() if holds(state)[0] is not True}
    for conclusion in waiting:
        klaar = decisions[conclusion.id]
        if klaar.besluit.gemeenten in elsewhere:
            continue
        if less:
            _ask_less(conclusion, gaps.onnodig(klaar, [gap.veld for gap in conclusion.ontbreekt]))
        if more:
            conclusion.mogelijk = gaps.possible(conclusion, klaar, vraag)


def _ask_less(conclusion: Conclusie, out: Collection[int]) -> None:
    """Leave what need not be asked out of ``ontbreekt``; what is said names the first that is left."""
    if out:
        first = conclusion.ontbreekt[0]
        conclusion.ontbreekt = [gap for place, gap in enumerate(conclusion.ontbreekt) if place not in out]
        conclusion.tekst = conclusion.tekst.replace(first.tekst, conclusion.ontbreekt[0].tekst)


class Gaten:
    """The missing fields of one question with these facts, of which ``state`` has what was computed."""

    def __init__(
        self,
        programma: Programma,
        state: State,
        facts: Mapping[str, Waarde],
        persons: Sequence[Mapping[str, Waarde]],
    ) -> None:
        self._programma, self._state = programma, state
        self._regels = programma.stand.regels
        self._facts, self._persons = facts, persons
        self._given = programma.state(facts, persons)
        self._domains: dict[str, Domein] = {}
        self._lines: dict[str, Langs] = {}

    def onnodig(self, klaar: KlaarBesluit, pointers: Sequence[str]) -> frozenset[int]:
        """The places among ``pointers``, for which a decision waits, of what need not be asked."""
        places = plekken_van(self._regels, pointers)
        if places is None or not kandidaten(self._regels, klaar.besluit, places):
            return frozenset()

        def find() -> frozenset[int]:
            return Nodig(Poging(self._programma, self._state, self._given, places), klaar, places).onnodig()

        return self._kept(klaar, pointers, find)

    def possible(self, conclusion: Conclusie, klaar: KlaarBesluit, vraag: Vraag) -> list[Mogelijk]:
        """What each stretch gives of the only missing field; of what says the same in two ways, of the first."""
        places = plekken_van(self._regels, [gap.veld for gap in conclusion.ontbreekt])
        if not places or any(not in_plaats_van(places[0], other) for other in places[1:]):
            return []
        plek = places[0]
        if plek.pointer not in self._domains:
            self._domains[plek.pointer] = Domein(vraag, self._regels, plek)
        domain = self._domains[plek.pointer]

        def find() -> list[Mogelijk]:
            if plek.pointer not in self._lines:
                trial = Poging(self._programma, self._state, self._given, (plek,))
                self._lines[plek.pointer] = Langs(trial, domain)
            return possible(self._lines[plek.pointer], klaar, self._programma)

        return list(self._kept(klaar, [plek.pointer, domain.bereik], find))

    def _kept(self, klaar: KlaarBesluit, about: Sequence[Any], find: Callable[[], _Found]) -> _Found:
        """What ``find`` finds of a decision, for all questions with the same facts that it rests on."""
        shared, own = _rests_on(self._regels)(klaar.besluit.id)
        facts = [(name, self._facts[name]) for name in shared if name in self._facts]
        persons = [[(name, person[name]) for name in own if name in person] for person in self._persons]
        told = repr((klaar.besluit.id, about, facts, persons)).encode()
        key = blake2b(told, key=_SECRET, digest_size=16).digest()
        found: _Found = _bewaard(self._regels).get(key, find)
        return found


def plekken_van(regels: Regelset, pointers: Sequence[str]) -> list[Plek] | None:
    """Where missing fields stand; None where it is not known who there are, or which rules are in force."""
    places = [regels.plek(pointer) for pointer in pointers]
    known = [plek for plek in places if plek is not None and Domein.bruikbaar(plek)]
    return known if len(known) == len(places) else None


@eens
def _bewaard(_: Regelset) -> Laatst[bytes, Any]:
    return Laatst(_KEPT)


@eens
def _rests_on(regels: Regelset) -> Callable[[str], tuple[list[str], list[str]]]:
    """Of a decision the fields that it may rest on: of the household, and of each resident."""

    @cache
    def found(id: str) -> tuple[list[str], list[str]]:
        names = sorted(names_of(regels, regels.besluiten[id]) & regels.velden.keys())
        own = [name for name in names if regels.velden[name].groep == "persoon"]
        shared = [name for name in names if name not in own]
        return list(dict.fromkeys((*shared, "peildatum", RONDEDATUM))), own

    return found
