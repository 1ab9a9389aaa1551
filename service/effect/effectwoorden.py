"""An effect in a few sentences: whom it touches, for who approves and for who reads along at the command line."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from regels.opmaak import bedrag, datum, getal
from regels.regelset import Regelset
from regels.ronde import begin_of_round
from regels.stand import edges, looptijd
from service.effect.effect import Huishoudens, effect
from service.effect.effectuitkomst import Besluiteffect, Effect, Kosten, Varianteffect
from service.effect.kanten import Vergelijkkant

_MOST: Final = 8
ILLUSTRATIEF: Final = (
    "Dit zijn illustratieve huishoudens, gemaakt van gepubliceerde statistiek. Zij zeggen welke kant het op gaat en "
    "hoe groot het ongeveer is, en niets over een dorp, een kleine groep of een mens. Gebruik ze niet om een andere "
    "huurgrens te wegen. Welke toetsen zij halen en missen, zegt: huurtoets regels proefhuishoudens."
)


def in_words(effect_: Effect) -> Iterator[str]:
    """Whom each variant touches, a sentence each."""
    if effect_.illustratief:
        yield ILLUSTRATIEF
    for variant in effect_.varianten:
        yield (
            f"{variant.naam}, op {datum(variant.peildatum)}, naast {effect_.oud}, op {datum(effect_.peildatum)}: van "
            f"de {getal(Decimal(effect_.huishoudens))} huishoudens krijgen er "
            f"{count(variant.anders, effect_.minstens)} een andere uitkomst of een ander bedrag."
        )
        for one in variant.besluiten[:_MOST]:
            yield f"- {one.titel}: {_decision(one, effect_.minstens)}"
        if len(variant.besluiten) > _MOST:
            yield f"- en nog {len(variant.besluiten) - _MOST} andere besluiten."
        yield from _money(effect_, variant)


def _decision(one: Besluiteffect, least: int) -> str:
    told = [f"{count(one.anders, least)} huishoudens"]
    if one.bedrag is not None:
        ways = (("meer", one.bedrag.hoger), ("minder", one.bedrag.lager))
        told += [f"{count(number, least)} {word}" for word, number in ways if number != 0]
    told += [
        f"{count(way.huishoudens, least)} van {way.van} naar {way.naar}".replace("_", " ") for way in one.wissels[:3]
    ]
    return "; ".join(told)


def _money(effect_: Effect, variant: Varianteffect) -> Iterator[str]:
    before, after = effect_.kosten, variant.kosten
    if before is None or after is None or (before.huur, before.toeslag) == (after.huur, after.toeslag):
        return
    yield f"- Per jaar voor verhuurders: {moved(after.huur - before.huur)}; voor huurders: {moved_of(before, after)}."


def cost_rows(effect_: Effect) -> Iterator[tuple[str, ...]]:
    """What a year costs by each set: its name, the rent, the huurtoeslag, and what tenants pay."""
    for cost in (effect_.kosten, *(variant.kosten for variant in effect_.varianten)):
        if cost is not None:
            yield cost.naam, *(bedrag(Decimal(euros)) for euros in (cost.huur, cost.toeslag, cost.huurder))


def moved_of(before: Kosten, after: Kosten) -> str:
    """By how much what tenants pay moves."""
    return moved(after.huurder - before.huurder)


def moved(euros: int) -> str:
    """An amount more or less."""
    return f"{bedrag(Decimal(abs(euros)))} {'meer' if euros > 0 else 'minder'}" if euros else "hetzelfde"


def count(number: int | None, least: int) -> str:
    """A number of households; of few it is only said that they are few."""
    return f"minder dan {least}" if number is None else getal(Decimal(number))


def dagen(oud: Regelset, nieuw: Regelset, vandaag: date) -> tuple[date, date]:
    """The days to compare on when nobody chose them: in the newest round that differs, and for the old set the last
    round that it has."""
    last, newest = (begin_of_round(looptijd(regels)[1].year - 1) for regels in (oud, nieuw))
    came = max((day.year for day in set(edges(nieuw)) - set(edges(oud))), default=vandaag.year)
    new = min(begin_of_round(max(came, vandaag.year)), newest)
    return min(new, last), new


def effect_kort(oud: Regelset, nieuw: Regelset, huishoudens: Huishoudens, vandaag: date) -> tuple[str, ...]:
    """Whom the step from one rule set to the other touches, in a few sentences."""
    first, second = dagen(oud, nieuw, vandaag)
    sides = (
        Vergelijkkant("de regels van nu", oud, first, first.year),
        Vergelijkkant("het concept", nieuw, second, second.year),
    )
    return tuple(in_words(effect(huishoudens, sides[0], [sides[1]])))
