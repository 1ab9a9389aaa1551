"""What an answer leaves out in words, the same on the page and on paper: beside which decisions, and by which law."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from regels.teksten import Teksten
from regels.uitslag import Uitslag
from regels.wet.wetsregels import NietGetoetst, Wetsplaats
from web.raamwerk.teksten import tekst

# so many decisions are named, and of the others how many there are
_NAMED: Final = 3
_SELDOM: Final = "zelden"


@dataclass(frozen=True, slots=True)
class Ongetoetst:
    """Something that is not checked: the sentence, beside which decisions, and the articles with their address."""

    tekst: str
    bij: str
    wetten: tuple[tuple[str, str], ...]
    zelden: bool

    @property
    def wet(self) -> str:
        """The articles in one line."""
        return "; ".join(name for name, _ in self.wetten)


def unchecked(teksten: Teksten, uitslag: Uitslag) -> tuple[Ongetoetst, ...]:
    """What ``uitslag`` leaves out, the likely first."""
    return tuple(
        Ongetoetst(one.tekst, _beside(teksten, one), tuple(_articles(one.plaatsen)), one.kans == _SELDOM)
        for one in uitslag.niet_getoetst or ()
    )


def _beside(teksten: Teksten, one: NietGetoetst) -> str:
    titles = [teksten.titel(id).removesuffix("?") for id in one.besluiten]
    named, more = titles[:_NAMED], len(titles) - _NAMED
    said = ", ".join(named)
    return tekst("algemeen.wet.en_nog", besluiten=said, aantal=more) if more > 0 else said


def _articles(plaatsen: list[Wetsplaats]) -> Iterator[tuple[str, str]]:
    """Each article once, with its members together; a letter is left out beside the whole of its member."""
    for (law, article, url), places in groupby(plaatsen, lambda place: (place.wet, place.artikel, place.url)):
        named = list(dict.fromkeys(place.lid for place in places if place.lid))
        members = ", ".join(name for name in named if not any(name.startswith(f"{other} ") for other in named))
        yield " ".join(filter(None, (tekst("algemeen.wet.artikel", wet=law, artikel=article), members))), url
