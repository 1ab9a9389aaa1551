"""The answer as the templates see it: grouped, with anchors for what can be changed. It decides nothing."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from regels.regelset import ONDERWERPEN
from regels.uitslag import Bronvermelding, Conclusie, Stap, Uitslag
from web.teksten import groep, tekst
from web.vakken import anchor

# outcomes that say nothing about this household, and from how many in one subject they fold away
_QUIET = ("niet_van_toepassing", "geen_regels")
_MANY = 3


@dataclass(frozen=True, slots=True)
class Gemis:
    """A fact that is missing: the words, the anchor of its field, and what waits for it."""

    anker: str
    tekst: str
    voor: str


@dataclass(frozen=True, slots=True)
class Bedrag:
    """A value of a conclusion, with its name; ``marge``: it is the distance to a limit."""

    label: str
    tekst: str
    marge: bool


@dataclass(frozen=True, slots=True)
class Onderwerp:
    """The conclusions of one subject; ``rest`` is what says nothing about this household, and folds away."""

    id: str
    titel: str
    conclusies: tuple[Conclusie, ...]
    rest: tuple[Conclusie, ...]


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An :class:`Uitslag` with what the page needs around it."""

    uitslag: Uitslag
    onderwerpen: tuple[Onderwerp, ...]
    gemis: tuple[Gemis, ...]
    samenvatting: str
    anker: Callable[[str], str]
    aangenomen: Mapping[str, str]

    def bronnen(self, conclusie: Conclusie) -> dict[str, tuple[int, Bronvermelding]]:
        """The sources of one conclusion, numbered."""
        names = dict.fromkeys(name for reden in conclusie.redenen for name in reden.bronnen)
        return {name: (number, self.uitslag.bronnen[name]) for number, name in enumerate(names, 1)}

    def bedragen(self, conclusie: Conclusie) -> list[Bedrag]:
        """The values that have a name for a reader; what falls short of a limit is written without a minus sign."""
        found = []
        for shown in conclusie.weergave:
            value = conclusie.waarden[shown.naam]
            margin = shown.naam == "marge"
            if margin and isinstance(value, Decimal) and value < 0:
                found.append(Bedrag(tekst("algemeen.antwoord.boven_de_grens"), shown.tekst.replace("-", ""), margin))
            elif shown.label != shown.naam:
                found.append(Bedrag(shown.label, shown.tekst, margin))
        return found

    def stappen(self, conclusie: Conclusie) -> list[tuple[str, list[Stap]]]:
        """The steps of one conclusion: what was filled in, the figures, and what was computed."""
        return [
            (title, found)
            for kind, title in groep("algemeen.stappen").items()
            if (found := [step for step in conclusie.stappen if step.soort == kind])
        ]


def show_answer(uitslag: Uitslag, persons: int) -> Antwoord:
    """``uitslag`` for the templates; ``persons`` is the number of people on the form."""
    subjects = [_subject(key, title, uitslag.conclusies) for key, title in ONDERWERPEN.items()]

    def place(pointer: str) -> str:
        return anchor(pointer, persons)

    return Antwoord(
        uitslag=uitslag,
        onderwerpen=tuple(subject for subject in subjects if subject.conclusies or subject.rest),
        gemis=tuple(_missing(uitslag, place)),
        samenvatting=_count(uitslag),
        anker=place,
        aangenomen={veld: taken.tekst for taken in uitslag.uitgangspunten for veld in taken.velden},
    )


def _subject(key: str, title: str, conclusions: list[Conclusie]) -> Onderwerp:
    own = [c for c in conclusions if c.onderwerp == key]
    rest = tuple(c for c in own if c.uitkomst in _QUIET)
    if key != "regelingen" and len(rest) < _MANY:
        rest = ()
    return Onderwerp(key, title, tuple(c for c in own if c not in rest), rest)


def _missing(uitslag: Uitslag, place: Callable[[str], str]) -> Iterator[Gemis]:
    """Every missing fact once; those that would decide a conclusion first stand first."""
    waiting = [c for c in uitslag.conclusies if c.ontbreekt]
    first = [c.ontbreekt[0] for c in waiting]
    for gap in dict.fromkeys([*first, *(gap for c in waiting for gap in c.ontbreekt)]):
        yield Gemis(place(gap.veld), gap.tekst, _waits([c for c in waiting if gap in c.ontbreekt]))


def _waits(conclusions: list[Conclusie]) -> str:
    if len(conclusions) == 1:
        return conclusions[0].vraag
    subjects = dict.fromkeys(ONDERWERPEN[c.onderwerp].lower() for c in conclusions)
    return tekst("algemeen.antwoord.vragen", aantal=len(conclusions), onderwerpen=", ".join(subjects))


def _count(uitslag: Uitslag) -> str:
    counts: Counter[str] = Counter(c.uitkomst for c in uitslag.conclusies)
    shown = [f"{counts[key]} {word.lower()}" for key, word in groep("algemeen.uitkomsten").items() if counts[key]]
    return ", ".join(shown)
