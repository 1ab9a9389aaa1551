"""The answer as the templates see it: its subjects, what is missing and what to do. It decides nothing."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Final

from regels.eensgezind import voor_lezers
from regels.regelset import ONDERWERPEN, Regelset
from regels.taal import Truth
from regels.teksten import Teksten
from regels.uitslag import Bronvermelding, Conclusie, Mogelijk, Stap, Uitslag, Vervolgstap
from web.formulier.indeling import Ingang
from web.formulier.vakken import anchor
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import open_question
from web.raamwerk.wetswoord import Ongetoetst, unchecked
from web.uitkomst.beelden import Beeld, beelden, distance
from web.uitkomst.voorwaarde import Voorwaarden, in_place
from web.uitkomst.waarom import Waarom, why

# outcomes that say nothing about this household, and fold away
QUIET = ("niet_van_toepassing", "geen_regels")
# of several values the one that matters: the first of these that is there, and how the overview writes it
_AMOUNTS = {
    "marge": "",
    "perMaand": "per_maand",
    "nieuweHuur": "nieuwe_huur",
    "maximaleHuur": "huur_tot",
    "maximum": "hoogstens",
    "nettoHuur": "netto",
    "quote": "deel",
    "percentage": "bedrag",
    "maximumPercentage": "hoogstens",
    "huurgrens": "huur_tot",
    "reguliereHuur": "huur_tot",
    "hoogsteNieuweHuur": "huur_tot",
    "bedragPerJaar": "per_jaar",
    "hoogstensPerJaar": "per_jaar",
    "grens": "grens",
    "uiterlijk": "voor",
}
_NEXT_AT_MOST = 3
_DWELLING = "/woning/"


# the subjects by what who comes in by an entrance looks at first; the sum is one of them
SOM: Final = "som"
_ORDER: Mapping[str, tuple[str, ...]] = {
    "huurder": ("huurtoeslag", "huurverhoging", "betaalbaarheid", SOM, "regelingen", "toewijzing"),
    "woning": ("toewijzing", "betaalbaarheid", "huurtoeslag", SOM, "regelingen", "huurverhoging"),
    "zoeken": ("toewijzing", "betaalbaarheid", "huurtoeslag", SOM, "regelingen", "huurverhoging"),
    "opzoeken": (SOM, "regelingen", "huurtoeslag", "betaalbaarheid", "huurverhoging", "toewijzing"),
}
_Rang = Callable[[Conclusie], tuple[bool, int, int]]


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
    """The conclusions of one subject.

    ``kern`` are the main things among its ``conclusies``; ``rest`` says nothing about this household and
    folds away.
    """

    id: str
    titel: str
    kern: tuple[Conclusie, ...]
    conclusies: tuple[Conclusie, ...]
    rest: tuple[Conclusie, ...]


@dataclass(frozen=True, slots=True)
class Stapnu:
    """A next step in the overview, with the conclusion it follows from."""

    tekst: str
    url: str | None
    voor: date | None
    conclusie: str
    titel: str


@dataclass(frozen=True, slots=True)
class Antwoord:
    """An :class:`Uitslag` with what the page needs around it. ``gestopt``: the one conclusion that ended the check."""

    uitslag: Uitslag
    onderwerpen: tuple[Onderwerp, ...]
    gemis: tuple[Gemis, ...]
    stappen_nu: tuple[Stapnu, ...]
    beelden: tuple[Beeld, ...]
    gestopt: Conclusie | None
    anker: Callable[[str], str]
    waarom: Callable[[Conclusie], Waarom]
    voorwaarden: Callable[[Conclusie], Voorwaarden | None]
    aangenomen: Mapping[str, str]
    ongetoetst: tuple[Ongetoetst, ...]

    def found(self, names: Sequence[str]) -> list[Conclusie]:
        """The conclusions with these names, in their order."""
        known = {c.id: c for c in self.uitslag.conclusies}
        return [known[name] for name in names if name in known]

    def van(self, conclusie: Conclusie) -> Onderwerp:
        """The subject of one conclusion."""
        return next(subject for subject in self.onderwerpen if subject.id == conclusie.onderwerp)

    def first_steps(self, names: Sequence[str]) -> tuple[Stapnu, ...]:
        """What to do first: the steps of the conclusions with these names before those of others."""
        sure = {c.id for c in self.uitslag.conclusies if c.uitkomst != "voorleggen"}
        own = sorted(self.stappen_nu, key=lambda step: (step.conclusie not in names, step.conclusie not in sure))
        return tuple(own[:_NEXT_AT_MOST])

    @property
    def zonder_regels(self) -> tuple[Conclusie, ...]:
        """What was not checked because no rules are known on this date."""
        return tuple(c for c in self.uitslag.conclusies if c.uitkomst == "geen_regels")

    def bronnen(self, conclusie: Conclusie) -> dict[str, tuple[int, Bronvermelding]]:
        """The sources of one conclusion, numbered."""
        return sources_of(conclusie, self.uitslag)

    def bedragen(self, conclusie: Conclusie) -> list[Bedrag]:
        """The values of one conclusion that have a name for a reader."""
        return amounts(conclusie)

    def kort(self, conclusie: Conclusie) -> str:
        """The amount that matters most of one conclusion, in a few words."""
        return short_amount(conclusie)

    def reden(self, conclusie: Conclusie) -> str:
        """The one thing to say about a conclusion."""
        return one_reason(conclusie)

    def invoer(self, conclusie: Conclusie) -> list[Stap]:
        """What was filled in or assumed, and decided this conclusion."""
        return [step for step in conclusie.stappen if step.soort == "veld" and step.veld]

    def stappen(self, conclusie: Conclusie) -> list[tuple[str, list[Stap]]]:
        """The other steps of one conclusion: the figures, and what was computed."""
        return [
            (title, found)
            for kind, title in groep("algemeen.stappen").items()
            if kind != "veld" and (found := [step for step in conclusie.stappen if step.soort == kind])
        ]


def show_answer(regels: Regelset, uitslag: Uitslag, persons: int, ingang: Ingang, *, zoekt: bool = False) -> Antwoord:
    """``uitslag`` for the templates of who came by ``ingang``; ``persons`` are on the form.

    Who still looks for a home (``zoekt``) is not asked about one: what waits for it says nothing yet.
    """
    uitslag = voor_lezers(regels, uitslag)
    waits = {c.id for c in uitslag.conclusies if zoekt and any(gap.veld.startswith(_DWELLING) for gap in c.ontbreekt)}
    said = [c for c in uitslag.conclusies if c.id not in waits]
    subjects = [_subject(regels.teksten, key, title, uitslag.conclusies, waits) for key, title in ONDERWERPEN.items()]

    @cache  # most conclusions rest on the same few fields
    def place(pointer: str) -> str:
        return anchor(regels, pointer, persons)

    return Antwoord(
        uitslag=uitslag,
        onderwerpen=tuple(subject for subject in subjects if subject.conclusies or subject.rest),
        gemis=tuple(_missing(said, place, _rank(regels.teksten, ingang))),
        stappen_nu=tuple(_next_steps(regels, uitslag, _rank(regels.teksten, ingang))),
        beelden=beelden(regels.teksten, uitslag),
        gestopt=uitslag.conclusies[0] if len(uitslag.conclusies) == 1 else None,
        anker=place,
        waarom=partial(why, regels),
        voorwaarden=partial(in_place, regels, short_amount),
        aangenomen={veld: taken.tekst for taken in uitslag.uitgangspunten for veld in taken.velden},
        ongetoetst=unchecked(regels.teksten, uitslag),
    )


def questions_left(number: int) -> str:
    """How many questions are left, in words."""
    words = {0: tekst("uitkomst.eerste.vragen_geen"), 1: tekst("uitkomst.eerste.vraag_een")}
    return words.get(number, tekst("uitkomst.eerste.vragen", aantal=number))


def order_of(ingang: Ingang) -> tuple[str, ...]:
    """The subjects and the sum in the order of use of an entrance."""
    return _ORDER[ingang.id]


def sources_of(conclusie: Conclusie, uitslag: Uitslag) -> dict[str, tuple[int, Bronvermelding]]:
    """The sources of one conclusion, numbered: those of its rule first, then those of its values."""
    names = dict.fromkeys(name for reden in conclusie.redenen for name in reden.bronnen)
    names |= dict.fromkeys(name for step in conclusie.stappen for name in step.bronnen)
    return {name: (number, uitslag.bronnen[name]) for number, name in enumerate(names, 1)}


def amounts(conclusie: Conclusie) -> list[Bedrag]:
    """The named values of a conclusion; what falls short of a limit is written without a minus sign."""
    found = []
    for shown in conclusie.weergave:
        value = conclusie.waarden[shown.naam]
        margin = shown.naam == "marge"
        if margin and isinstance(value, Decimal) and value < 0:
            found.append(Bedrag(tekst("algemeen.antwoord.boven_de_grens"), shown.tekst.replace("-", ""), margin))
        elif shown.label != shown.naam:
            found.append(Bedrag(shown.label, shown.tekst, margin))
    return found


def main_amount(conclusie: Conclusie) -> Bedrag | None:
    """The one value of a conclusion that matters most; None when it has none."""
    labelled = [shown for shown in conclusie.weergave if shown.label != shown.naam]
    for name in _AMOUNTS:
        for index, shown in enumerate(labelled):
            if shown.naam == name:
                return amounts(conclusie)[index]
    return None


def short_amount(conclusie: Conclusie | Mogelijk) -> str:
    """The value that matters most in a few words; empty when there is none."""
    written = {shown.naam: shown.tekst for shown in conclusie.weergave}
    if conclusie.uitkomst == "onbekend":
        written.pop("marge", None)  # there is room below a limit only when the limit holds
    name = next((name for name in _AMOUNTS if name in written), "")
    if not name:
        return ""
    margin = conclusie.waarden[name]
    if name == "marge" and isinstance(margin, Decimal):
        return distance(margin, written[name])
    return groep("uitkomst.overzicht.bedrag")[_AMOUNTS[name]].format(bedrag=written[name])


def one_reason(conclusie: Conclusie) -> str:
    """The first thing to say about a conclusion: what it waits for, why it is so, or what it is."""
    if conclusie.ontbreekt:
        return conclusie.ontbreekt[0].tekst
    if open_question(conclusie) or conclusie.uitkomst not in ("ja", "nee"):
        return conclusie.tekst
    return next((reden.tekst for reden in conclusie.redenen), conclusie.tekst)


def _subject(teksten: Teksten, key: str, title: str, conclusions: list[Conclusie], waits: Collection[str]) -> Onderwerp:
    own = [c for c in conclusions if c.onderwerp == key]
    quiet = {c.id for c in own if c.uitkomst in QUIET} | set(waits)
    main = {c.id: c for c in own if c.id in teksten.hoofdzaken and c.uitkomst != "niet_van_toepassing"}
    main = {id: c for id, c in main.items() if id not in waits}
    shown = tuple(c for c in own if c.id in main or c.id not in quiet)
    return Onderwerp(
        id=key,
        titel=title,
        kern=tuple(main[name] for name in teksten.hoofdzaken if name in main),
        conclusies=shown,
        rest=tuple(c for c in own if c not in shown),
    )


def _missing(said: list[Conclusie], place: Callable[[str], str], rank: _Rang) -> Iterator[Gemis]:
    """Every missing fact once: what the first things wait for in front, and of those what would decide first."""
    waiting = sorted((c for c in said if c.ontbreekt), key=rank)
    first = [c.ontbreekt[0] for c in waiting]
    for gap in dict.fromkeys([*first, *(gap for c in waiting for gap in c.ontbreekt)]):
        yield Gemis(place(gap.veld), gap.tekst, _waits([c for c in waiting if gap in c.ontbreekt]))


def _rank(teksten: Teksten, ingang: Ingang) -> _Rang:
    """The order of an entrance: its first screen, then its subjects, and in each what matters most."""
    first, subjects, main = teksten.eerst(ingang.id), order_of(ingang), teksten.hoofdzaken
    known = {name: place for place, name in enumerate((*first, *(name for name in main if name not in first)))}
    return lambda c: (c.id not in first, subjects.index(c.onderwerp), known.get(c.id, len(known)))


def _next_steps(regels: Regelset, uitslag: Uitslag, rank: _Rang) -> Iterator[Stapnu]:
    """The next steps that follow from what is known: those with a last day first, then in order of weight.

    What is said to every household, whatever it filled in, stands with its own outcome only.
    """
    said = (c for c in sorted(uitslag.conclusies, key=rank) if c.uitkomst not in (*QUIET, "onbekend"))
    open_ = [c for c in said if not _said_to_all(regels, c)]
    steps: dict[str, tuple[Vervolgstap, Conclusie]] = {}
    for c in open_:
        for step in c.vervolg:
            steps.setdefault(step.tekst, (step, c))
    for step, c in sorted(steps.values(), key=lambda found: found[0].voor or date.max):
        yield Stapnu(step.tekst, step.url, step.voor, c.id, regels.teksten.titel(c.id))


def _said_to_all(regels: Regelset, c: Conclusie) -> bool:
    """Whether the rule of ``c`` has no condition but that the decision is in force."""
    rules = [rule for rule in regels.besluiten[c.id].regels if rule.naam in c.regel]
    return any(isinstance(rule.als, Truth) and rule.als.value for rule in rules)


def _waits(conclusions: list[Conclusie]) -> str:
    if len(conclusions) == 1:
        return conclusions[0].vraag
    subjects = dict.fromkeys(ONDERWERPEN[c.onderwerp].lower() for c in conclusions)
    return tekst("algemeen.antwoord.vragen", aantal=len(conclusions), onderwerpen=", ".join(subjects))
