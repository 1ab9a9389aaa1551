"""What an answer leaves out in words, the same on the page and on paper: beside which decisions, and by which law."""

from dataclasses import dataclass
from typing import Final

from regels.teksten import Teksten
from regels.uitslag import Uitslag
from regels.wet.wetsplaatsen import NietGetoetst, artikelen_in_woorden
from regels.wet.wetsregels import ZELDEN
from web.raamwerk.teksten import tekst

# so many decisions are named, and of the others how many there are
_NAMED: Final = 3


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
        Ongetoetst(one.tekst, _beside(teksten, one), tuple(artikelen_in_woorden(one.plaatsen)), one.kans == ZELDEN)
        for one in uitslag.niet_getoetst or ()
    )


def _beside(teksten: Teksten, one: NietGetoetst) -> str:
    titles = [teksten.titel(id).removesuffix("?") for id in one.besluiten]
    named, more = titles[:_NAMED], len(titles) - _NAMED
    said = ", ".join(named)
    return tekst("algemeen.wet.en_nog", besluiten=said, aantal=more) if more > 0 else said
