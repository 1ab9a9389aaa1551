"""What the page shows of an effect: sentences, tables, and pictures that have the same as a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regels.opmaak import bedrag, datum, getal, maandbedrag
from service.effect.effectuitkomst import (
    Bedrageffect,
    Besluiteffect,
    Effect,
    Groepeffect,
    Indeling,
    Kosten,
    Varianteffect,
)
from service.effect.effectwoorden import ILLUSTRATIEF, count, moved
from web.raamwerk.teksten import groep, tekst
from web.uitkomst.beelden import BREEDTE, LETTER, Beeld, Beeldrij, Vlak, Woord

_LINE: Final = 18
_BAR: Final = 9
_GAP: Final = 8
# decisions that are open when the page comes
_OPEN: Final = 2


@dataclass(frozen=True, slots=True)
class Indelingsbeeld:
    """One way to part the households, as a table: group, households, how many differ, and by how much on average."""

    naam: str
    rijen: tuple[tuple[str, ...], ...]
    verschil: bool


@dataclass(frozen=True, slots=True)
class Besluitbeeld:
    """One decision: its sentences, the outcomes, the picture of its amounts, and the groups."""

    id: str
    titel: str
    kop: str
    zinnen: tuple[str, ...]
    wissels: tuple[tuple[str, str, str], ...]
    beeld: Beeld | None
    indelingen: tuple[Indelingsbeeld, ...]
    voorbeelden: tuple[tuple[str, str, str, str, str], ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Variantbeeld:
    """One new set."""

    id: str
    naam: str
    dag: str
    kop: str
    besluiten: tuple[Besluitbeeld, ...]


@dataclass(frozen=True, slots=True)
class Effectbeeld:
    """The whole: what was compared, what it costs, and each variant."""

    inleiding: str
    let_op: str
    klein: str
    kosten: tuple[tuple[str, ...], ...]
    kostenbeeld: Beeld | None
    kosten_van: str
    varianten: tuple[Variantbeeld, ...]


def effectbeeld(effect: Effect) -> Effectbeeld:
    """The view of ``effect``."""
    compared = tekst(
        "effect.uitkomst.inleiding",
        huishoudens=getal(Decimal(effect.huishoudens)),
        oud=effect.oud,
        dag=datum(effect.peildatum),
    )
    costs = [effect.kosten, *(variant.kosten for variant in effect.varianten)]
    return Effectbeeld(
        compared,
        ILLUSTRATIEF if effect.illustratief else "",
        tekst("effect.uitkomst.klein", minstens=effect.minstens),
        tuple(_cost_rows(effect, costs)),
        _cost_picture(costs),
        tekst("effect.kosten.van", huishoudens=getal(Decimal(effect.kosten.huishoudens))) if effect.kosten else "",
        tuple(_variant(effect, at, variant) for at, variant in enumerate(effect.varianten, 1)),
    )


# what a year costs


def _cost_rows(effect: Effect, costs: Sequence[Kosten | None]) -> Iterator[tuple[str, ...]]:
    first = costs[0]
    for cost in costs:
        if cost is not None and first is not None:
            same = cost is first
            yield (
                cost.naam,
                count(cost.nieuw, effect.minstens),
                _euros(cost.huur),
                "" if same else moved(cost.huur - first.huur),
                _euros(cost.toeslag),
                _euros(cost.huurder),
                "" if same else moved(cost.huurder - first.huurder),
            )


def _cost_picture(costs: Sequence[Kosten | None]) -> Beeld | None:
    """By how much each variant moves what landlords get and what tenants pay."""
    first = costs[0]
    if first is None:
        return None
    rows = [
        (one.naam, one.huur - first.huur, one.huurder - first.huurder)
        for one in costs[1:]
        if one is not None and (one.huur, one.huurder) != (first.huur, first.huurder)
    ]
    if not rows:
        return None
    said = groep("effect.kostenbeeld")
    return _paired(
        "kosten",
        said["titel"],
        said["beschrijving"],
        (said["rij"], said["verhuurder"], said["huurder"]),
        [(name, landlord, tenant, moved(landlord), moved(tenant)) for name, landlord, tenant in rows],
    )


def _euros(value: int) -> str:
    return bedrag(Decimal(value))


# one variant


def _variant(effect: Effect, at: int, variant: Varianteffect) -> Variantbeeld:
    least = effect.minstens
    head = tekst(
        "effect.uitkomst.anders",
        anders=count(variant.anders, least),
        huishoudens=getal(Decimal(effect.huishoudens)),
    )
    return Variantbeeld(
        f"variant-{at}",
        variant.naam,
        datum(variant.peildatum),
        head if variant.besluiten else tekst("effect.uitkomst.niets"),
        tuple(
            _decision(f"v{at}-{number}", one, least, shown=number <= _OPEN)
            for number, one in enumerate(variant.besluiten, 1)
        ),
    )


def _decision(id_: str, one: Besluiteffect, least: int, *, shown: bool) -> Besluitbeeld:
    words = groep("algemeen.uitkomsten")
    return Besluitbeeld(
        id_,
        one.titel,
        tekst("effect.besluit.kop", anders=count(one.anders, least)),
        tuple(_sentences(one.bedrag, least)) if one.bedrag is not None else (),
        tuple((words.get(way.van, ""), words.get(way.naar, ""), count(way.huishoudens, least)) for way in one.wissels),
        _amounts(id_, one, least),
        tuple(_parted(part, least) for part in one.indelingen if part.groepen),
        tuple(
            (
                str(row.rij),
                words.get(row.van, ""),
                words.get(row.naar, ""),
                "" if row.voor is None else maandbedrag(row.voor),
                "" if row.na is None else maandbedrag(row.na),
            )
            for row in one.voorbeelden
        ),
        shown,
    )


def _sentences(amount: Bedrageffect, least: int) -> Iterator[str]:
    yield tekst(
        "effect.bedrag.wie",
        hoger=count(amount.hoger, least),
        lager=count(amount.lager, least),
        gelijk=count(amount.gelijk, least),
    )
    if amount.erbij != 0 or amount.weg != 0:
        yield tekst("effect.bedrag.een_kant", erbij=count(amount.erbij, least), weg=count(amount.weg, least))
    if amount.gemiddeld_voor is not None and amount.gemiddeld_na is not None:
        yield tekst(
            "effect.bedrag.gemiddeld", voor=maandbedrag(amount.gemiddeld_voor), na=maandbedrag(amount.gemiddeld_na)
        )


def _amounts(id_: str, one: Besluiteffect, least: int) -> Beeld | None:
    amount = one.bedrag
    if amount is None or not amount.verdeling:
        return None
    said = groep("effect.bedragbeeld")
    rows = [
        (
            f"{bedrag(part.vanaf)} tot {bedrag(part.tot)}",
            part.voor or 0,
            part.na or 0,
            count(part.voor, least),
            count(part.na, least),
        )
        for part in amount.verdeling
    ]
    title = tekst("effect.bedrag.titel", naam=amount.naam or one.titel, eenheid=amount.eenheid)
    return _paired(id_, title, said["beschrijving"], (said["rij"], said["voor"], said["na"]), rows)


def _parted(part: Indeling, least: int) -> Indelingsbeeld:
    moves = any(group.verschil is not None for group in part.groepen)
    rows = (
        (
            group.groep,
            count(group.huishoudens, least),
            "" if group.huishoudens is None else count(group.anders, least),
            *((_difference(group),) if moves else ()),
        )
        for group in part.groepen
    )
    return Indelingsbeeld(part.naam, tuple(rows), moves)


def _difference(group: Groepeffect) -> str:
    if group.verschil is None:
        return ""
    return f"{'+' if group.verschil > 0 else ''}{maandbedrag(group.verschil)}"


# a picture: two bars for each row, the first hatched and the second solid, each with its number


def _paired(
    id_: str, title: str, about: str, heads: tuple[str, str, str], rows: Iterable[tuple[str, int, int, str, str]]
) -> Beeld:
    every = list(rows)
    longest = max(max(abs(first), abs(second)) for _, first, second, _, _ in every) or 1
    # behind the bar stands what it is, and its number
    per_unit = BREEDTE * 0.45 / longest
    shapes, words, y = [], [], 0.0
    for name, first, second, said_first, said_second in every:
        words.append(Woord(0, y + LETTER, name, sterk=True))
        y += _LINE + 3
        for at, (value, said, kind) in enumerate(((first, said_first, "erbij"), (second, said_second, "staaf")), 1):
            length = round(max(abs(value) * per_unit, 1.0 if value else 0.0), 1)
            shapes.append(Vlak(0, y, length, _BAR, kind))
            words.append(Woord(length + 6, y + _BAR, f"{heads[at].lower()} {said}"))
            y += _LINE - 2
        y += _GAP
    return Beeld(
        id_,
        title,
        about,
        y,
        tuple(shapes),
        (),
        tuple(words),
        heads,
        tuple(Beeldrij(name, (first, second), "") for name, _, _, first, second in every),
    )
