"""What every rule that may still apply agrees on: then that is the answer, whatever the missing facts turn out to be.

Exactly one rule applies to a complete household, and one that is known to be false stays so when a missing fact is
filled in. So if all others come out the same, that is the outcome. It holds under the assumptions of the answer.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from regels.lezers.code import Code
from regels.lezers.onbekend import Unknown
from regels.lezers.toestand import State, Used, Value
from regels.ontbreekt import CIJFER
from regels.regelset import ZEKERHEDEN, ZONDER_WAARDEN, Besluit, Regelset
from regels.taal import repeated
from regels.teksten import OF
from regels.uitslag import Conclusie, Ontbrekend, Uitslag

if TYPE_CHECKING:
    from regels.programma import KlaarBesluit, KlareRegel, Programma

BLIJFT: Final = "Wat nog niet is ingevuld, verandert deze uitkomst niet, zolang de uitgangspunten kloppen."
NIET_AF: Final = "Wel kan wat erbij staat nog veranderen."
_ZINNEN: Final = 3  # of more sentences none is said
_Part = TypeVar("_Part")


class Eensgezind:
    """What the rules of one decision come to together, written out when that is first asked for."""

    def __init__(self, programma: "Programma", klaar: "KlaarBesluit") -> None:
        self._compiler, self._klaar = programma.compiler, klaar
        self.waarden = lru_cache(None)(self._values_of)

    @cached_property
    def _rust(self) -> Callable[[State], int]:
        """What finds the bits of all that the conditions rest on, true or not."""
        besluit, rules = self._klaar.besluit, self._klaar.regels
        code = self._compiler.code(f"{besluit.id} samen", again=repeated([rule.regel.als for rule in rules]))
        used = code.new("0")
        for rule in rules:
            code.begin()
            code.settle(self._compiler.write(rule.regel.als, besluit.datum, code))
            code.add(f"{used} |= {code.used()}")
        return code.function(used)

    def _values_of(self, rule: "KlareRegel") -> Callable[[State], Mapping[str, Value]]:
        """What finds the values that go with ``rule``, known or not, and nothing that is said of them."""
        besluit, own = self._klaar.besluit, rule.regel
        code = Code(f"{besluit.id} {own.naam} waarden", traced=False)
        shared = {} if own.dan in ZONDER_WAARDEN else besluit.waarden
        found = code.new("{}")
        for name, (node, _) in {**shared, **own.waarden}.items():
            code.add(f"{found}[{name!r}] = {code.settle(self._compiler.write(node, besluit.datum, code)).text}")
        return code.function(found)

    def wachten(
        self, state: State, rules: Sequence["KlareRegel"], unknown: Sequence[Unknown]
    ) -> Sequence[tuple[str, ...]]:
        """What each value waits for that is not the same by all ``rules``, which themselves wait for ``unknown``."""
        found = [self.waarden(rule)(state) for rule in rules]
        waiting = []
        for name in dict.fromkeys(name for values in found for name in values):
            there = [values[name] for values in found if name in values]
            gaps = [value for value in there if isinstance(value, Unknown)]
            known = [value for value in there if not isinstance(value, Unknown)]
            if len(there) < len(rules) or any(value != known[0] for value in known[1:]):
                gaps += unknown
            if gaps and (fields := tuple(dict.fromkeys(field for gap in gaps for field in gap.fields))):
                waiting.append(fields)
        return waiting

    def rest_op(self, state: State) -> tuple[int, list[str]]:
        """The bits of what is known and the conditions rest on, and what was assumed among that, in words."""
        used = [one for one in self._compiler.used(self._rust(state)) if not isinstance(_value(one, state), Unknown)]
        assumed = dict.fromkeys(state.assumed[one].tekst for one in used if one in state.assumed)
        return sum(one.bit for one in used), list(assumed)


def _value(one: Used, state: State) -> Value:
    if one.figure is not None:
        return one.figure
    return (state.values if one.person is None else state.persons[one.person][1])[one.slot]


def can_agree(besluit: Besluit, uitkomst: str) -> bool:
    """Whether ``uitkomst`` answers the question; what never says nee answers by its values, and its ja says nothing."""
    return uitkomst != "ja" or any(regel.dan == "nee" for regel in besluit.regels)


def agree(besluit: Besluit, rules: Sequence["KlareRegel"], unknown: Sequence[Unknown]) -> bool:
    """Whether ``rules``, which may all apply, come out the same, and none waits for a figure that does not exist."""
    same = bool(rules) and all(rule.uitkomst == rules[0].uitkomst for rule in rules)
    if not same or not can_agree(besluit, rules[0].uitkomst):
        return False
    return not any(field.startswith(CIJFER) for part in unknown for field in part.fields)


def weakest(rules: Iterable["KlareRegel"]) -> str:
    """The least that the rules are sure of."""
    return max((rule.regel.zekerheid for rule in rules), key=ZEKERHEDEN.index)


def common(lists: Sequence[Sequence[_Part]]) -> list[_Part]:
    """What is in all ``lists``, in the order of the first."""
    first, *others = lists
    return [part for part in first if all(part in other for other in others)]


def sentence(sentences: Sequence[str | None], missing: Sequence[Ontbrekend]) -> str:
    """What is said: the sentence of all rules when they have the same, and that nothing changes the outcome."""
    first = sentences[0]
    own = first if all(one == first for one in sentences) else None
    more = (NIET_AF, missing[0].tekst) if missing else ()
    return " ".join(filter(None, (own, BLIJFT, *more)))


def eigen_zin(c: Conclusie) -> str | None:
    """What is said of ``c`` without the general sentence; None where rules agree that have no sentence together."""
    own, general, _ = c.tekst.partition(BLIJFT)
    return None if general and (not own or OF in own) else own.rstrip()


def voor_lezers(regels: Regelset, uitslag: Uitslag) -> Uitslag:
    """``uitslag`` as it is shown: where rules agree without a sentence together, each of theirs before the general one.

    Only where all of them need no value. The answer itself keeps the words of its format.
    """
    return replace(uitslag, conclusies=[_with_sentences(regels, c) for c in uitslag.conclusies])


def _with_sentences(regels: Regelset, c: Conclusie) -> Conclusie:
    if not c.tekst.startswith(BLIJFT):
        return c
    said = dict.fromkeys(rule.zegt.delen for rule in regels.besluiten[c.id].regels if rule.naam in c.regel)
    own = [part for parts in said for part in parts if isinstance(part, str)]
    if len(own) > _ZINNEN or any(len(parts) != 1 for parts in said) or len(own) < len(said):
        return c
    text = f"{OF.join(own)} {c.tekst}"
    redenen = [replace(one, tekst=text) if one.tekst == c.tekst else one for one in c.redenen]
    return replace(c, tekst=text, redenen=redenen)
