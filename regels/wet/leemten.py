"""What an answer leaves out: the members of the law that are not checked, and that could matter to this household."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, cast

from regels.lezers.toestand import State
from regels.lezers.uitleg import Compiler
from regels.regelset import ZONDER_WAARDEN, Regelset, eens
from regels.uitslag import Conclusie
from regels.velden import Waarde
from regels.venster import Venster
from regels.wet.wetsplaatsen import NietGetoetst, Wetsplaats
from regels.wet.wetsregels import KANSEN, NIET_GETOETST, Wet, Wetslid, Wetstekst, lid_in_woorden

_READ_AT: Final = "https://wetten.overheid.nl/"
_KEPT: Final = 512


@dataclass(frozen=True, slots=True)
class _Leemte:
    """A member that is not checked beside one of the decisions that it could change, by the date of that decision."""

    besluit: str
    datum: str
    venster: Venster
    rij: Wetslid
    plaats: Wetsplaats


class Leemten:
    """The members that are not checked, with the conditions of all of them compiled for one stretch of days."""

    def __init__(self, regels: Regelset, compiler: Compiler) -> None:
        self._all = _unchecked(regels)
        self._order = {id: place for place, id in enumerate(regels.besluiten)}
        self._conditions = {(one.rij.als_tekst, one.datum): one.rij.als for one in self._all if one.rij.als is not None}
        self._refuted = self._compile(compiler)
        self._told = lru_cache(_KEPT)(self._tell)

    def van(
        self,
        state: State,
        feiten: Mapping[str, Waarde],
        conclusies: Sequence[Conclusie],
        besluiten: Collection[str] | None,
    ) -> list[NietGetoetst]:
        """What ``conclusies`` leave out for the household with this ``state``: the likely first, each sentence once.

        With ``besluiten`` only beside those; one that can stop the whole check is among the conclusions unasked.
        """
        own = [one for one in conclusies if besluiten is None or one.id in besluiten] or conclusies
        said = tuple(one.id for one in own if one.uitkomst not in ZONDER_WAARDEN)
        # what a condition computes or takes as given is no part of the answer
        refuted = frozenset(self._refuted(state.copy()))
        peildatum, rondedatum = cast(date, feiten["peildatum"]), cast(date, feiten["rondedatum"])
        return list(self._told(peildatum, rondedatum, said, refuted))

    def _compile(self, compiler: Compiler) -> Callable[[State], list[int]]:
        """All conditions in one function: which of them are known to be false."""
        code = compiler.code("niet getoetst")
        found = code.new("[]")
        for number, ((_, datum), tree) in enumerate(self._conditions.items()):
            value = code.settle(compiler.write(tree, datum, code)).text
            with code.block(f"if {value} is False:"):
                code.add(f"{found}.append({number})")
        made: Callable[[State], list[int]] = code.function(found)
        return made

    def _tell(
        self, peildatum: date, rondedatum: date, said: tuple[str, ...], refuted: frozenset[int]
    ) -> list[NietGetoetst]:
        dates = {"peildatum": peildatum, "rondedatum": rondedatum}
        false = {key for number, key in enumerate(self._conditions) if number in refuted}
        sentences: dict[str, list[_Leemte]] = {}
        for one in self._all:
            if (
                one.besluit in said
                and one.venster.bevat(dates[one.datum])
                and (one.rij.als_tekst, one.datum) not in false
            ):
                sentences.setdefault(one.rij.zin, []).append(one)
        made = [self._one(sentence, found) for sentence, found in sentences.items()]
        return sorted(made, key=lambda one: (KANSEN.index(one.kans), self._order[one.besluiten[0]]))

    def _one(self, sentence: str, found: list[_Leemte]) -> NietGetoetst:
        return NietGetoetst(
            tekst=sentence,
            kans=min((one.rij.kans for one in found), key=KANSEN.index),
            besluiten=sorted({one.besluit for one in found}, key=self._order.__getitem__),
            plaatsen=list(dict.fromkeys(one.plaats for one in found)),
        )


@eens
def _unchecked(regels: Regelset) -> tuple[_Leemte, ...]:
    return tuple(
        _Leemte(id, regels.besluiten[id].datum, text.venster, row, _place(law, article, text, row))
        for law in regels.wetten.values()
        for article, texts in law.artikelen.items()
        for text in texts
        for row in text.rijen.values()
        if row.wordt == NIET_GETOETST
        for id in row.raakt
    )


def _place(law: Wet, article: str, text: Wetstekst, row: Wetslid) -> Wetsplaats:
    state = f"/{max(text.gelezen)}" if text.gelezen else ""
    url = f"{_READ_AT}{law.bwb}{state}#Artikel{article}"
    return Wetsplaats(law.titel, article, lid_in_woorden(row.naam), url, row.reden)
