"""The folds below the first screen of an answer, in the order of use of an entrance. It decides nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from regels.teksten import Teksten
from regels.uitslag import Conclusie
from web.formulier.formulierbeeld import Formulierbeeld
from web.formulier.indeling import Ingang
from web.papieren.knoppen import Knoppen
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import outcome_word
from web.uitkomst.antwoord import SOM, Antwoord, Onderwerp, order_of, short_amount
from web.uitkomst.sombeeld import Sombeeld
from web.uitkomst.wat_als import WatAls

_SUMMED_UP: Final = 3


@dataclass(frozen=True, slots=True)
class Vouw:
    """A fold: ``soort`` says which template draws it, ``kort`` what it comes to, ``ankers`` the ids inside it."""

    id: str
    soort: str
    titel: str
    kort: str
    ankers: tuple[str, ...] = ()
    onderwerp: Onderwerp | None = None


def folds(
    teksten: Teksten,
    ingang: Ingang,
    antwoord: Antwoord,
    som: Sombeeld | None,
    watals: WatAls | None,
    papieren: Knoppen | None,
    beeld: Formulierbeeld,
) -> tuple[Vouw, ...]:
    """Everything below the first screen. Of a check that stopped only what was filled in."""
    assumed = antwoord.uitslag.uitgangspunten
    filled = _part("ingevuld", tekst("algemeen.antwoord.ingevuld"), _number("ingevuld", len(beeld.ingevuld)))
    if antwoord.gestopt is not None:
        return (_subject(teksten, antwoord.van(antwoord.gestopt)), filled)
    found = list(_subjects(teksten, ingang, antwoord, som))
    if antwoord.beelden:
        drawn = ", ".join(beeld.titel for beeld in antwoord.beelden)
        inside = tuple(f"beeld-{beeld.id}" for beeld in antwoord.beelden)
        found.append(Vouw("beelden", "beelden", tekst("uitkomst.overzicht.beelden"), drawn, inside))
    if watals is not None:
        found.append(_part("wat-als", tekst("uitkomst.overzicht.wat_als"), tekst("uitkomst.deel.wat_als")))
    if papieren is not None:
        found.append(_part("papieren", tekst("papieren.knoppen.kop"), tekst("uitkomst.deel.papieren")))
    likely = sum(not one.zelden for one in antwoord.ongetoetst)
    left_out = _number("niet", likely) if likely else tekst("uitkomst.deel.niet")
    found.append(_part("niet-getoetst", tekst("uitkomst.overzicht.niet_getoetst"), left_out))
    if assumed:
        found.append(_part("uitgangspunten", tekst("algemeen.antwoord.uitgegaan"), _number("aangenomen", len(assumed))))
    return (*found, filled)


def _part(name: str, title: str, short: str) -> Vouw:
    return Vouw(name, name, title, short)


def _number(what: str, number: int) -> str:
    words = groep("uitkomst.deel.aantal")
    return words[f"{what}_een"] if number == 1 else words[what].format(aantal=number)


def _subjects(teksten: Teksten, ingang: Ingang, antwoord: Antwoord, som: Sombeeld | None) -> Iterator[Vouw]:
    subjects = {subject.id: subject for subject in antwoord.onderwerpen}
    for name in order_of(ingang):
        if name in subjects:
            yield _subject(teksten, subjects[name])
        elif name == SOM and som is not None:
            found = tekst("uitkomst.deel.som", zeker=len(som.zekere), mogelijk=len(som.mogelijke))
            yield Vouw(SOM, SOM, tekst("uitkomst.som.kop"), found)


def _subject(teksten: Teksten, subject: Onderwerp) -> Vouw:
    short = ". ".join(_line(teksten, c) for c in subject.kern[:_SUMMED_UP])
    return Vouw(
        id=subject.id,
        soort="onderwerp",
        titel=subject.titel,
        kort=short or _count(subject.conclusies) or tekst("uitkomst.deel.niets"),
        ankers=tuple(f"conclusie-{c.id}" for c in (*subject.conclusies, *subject.rest)),
        onderwerp=subject,
    )


def _line(teksten: Teksten, c: Conclusie) -> str:
    """A conclusion in a few words: its title, and the amount, else the outcome."""
    amount = short_amount(c) if c.uitkomst in ("ja", "nee") else ""
    word = outcome_word(c).lower()
    said = f"{word}, {amount}" if amount and word != tekst("uitkomst.bekend").lower() else amount or word
    return f"{teksten.titel(c.id).removesuffix('?')}: {said}"


def _count(conclusions: tuple[Conclusie, ...]) -> str:
    counts: Counter[str] = Counter(c.uitkomst for c in conclusions)
    words = groep("algemeen.uitkomsten").items()
    return ", ".join(f"{counts[key]} {word.lower()}" for key, word in words if counts[key])
