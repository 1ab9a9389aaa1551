"""Pictures of an answer, as shapes with coordinates: income against its limits, the ladder of rents, old and new rent.

Every value comes from the ``waarden`` of the answer, and every picture has a table with the same in words. What is
unknown is not drawn; ``let_op`` says what is missing. Where nothing can be drawn there is no picture.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from regels.teksten import Beeldrol, Teksten
from regels.uitslag import Conclusie, Uitslag
from web.raamwerk.teksten import groep, tekst

# One unit is a pixel at the width the pictures are made for; a phone of 320 pixels shows them almost unshrunk.
BREEDTE = 340
LETTER = 13
_LINE = 18
_BAR = 16
_TRACK = "baan"
# a conclusion with its part in the pictures
Part = tuple[Conclusie, Beeldrol]
# the highest rent and its rise, and these without a rise by income
_HIGHEST, _ORDINARY = ("nieuw", "erbij"), ("gewoon", "gewoon_erbij")


@dataclass(frozen=True, slots=True)
class Vlak:
    """A filled rectangle; ``klasse`` says what it stands for."""

    x: float
    y: float
    breedte: float
    hoogte: float
    klasse: str


@dataclass(frozen=True, slots=True)
class Lijn:
    """A straight line."""

    van_x: float
    van_y: float
    naar_x: float
    naar_y: float
    klasse: str


@dataclass(frozen=True, slots=True)
class Woord:
    """A line of text that starts at ``x``, or ends there; ``y`` is its baseline."""

    x: float
    y: float
    tekst: str
    einde: bool = False
    sterk: bool = False


@dataclass(frozen=True, slots=True)
class Beeldrij:
    """A line of the table beside a picture; ``conclusie`` is where its amounts are explained."""

    naam: str
    cellen: tuple[str, ...]
    conclusie: str


@dataclass(frozen=True, slots=True)
class Beeld:
    """One picture, and the same as a table."""

    id: str
    titel: str
    beschrijving: str
    hoogte: float
    vlakken: tuple[Vlak, ...]
    lijnen: tuple[Lijn, ...]
    woorden: tuple[Woord, ...]
    koppen: tuple[str, ...]
    rijen: tuple[Beeldrij, ...]
    let_op: tuple[str, ...] = ()
    breedte: float = BREEDTE


def beelden(teksten: Teksten, uitslag: Uitslag) -> tuple[Beeld, ...]:
    """The pictures that can be drawn of ``uitslag``; ``teksten`` say which decision has a part in which."""
    parts = [(c, teksten.van(c.id).beeld) for c in uitslag.conclusies]
    drawn = (_incomes(parts), _ladder(parts), _rents(parts))
    return tuple(picture for picture in drawn if picture is not None)


def _numbers(conclusie: Conclusie | None) -> tuple[Mapping[str, Decimal], Mapping[str, str]]:
    """The numbers of a conclusion, and how each is written; a quiet conclusion has none."""
    if conclusie is None:
        return {}, {}
    numbers = {name: value for name, value in conclusie.waarden.items() if isinstance(value, Decimal)}
    return numbers, {shown.naam: shown.tekst for shown in conclusie.weergave}


def _missing(conclusies: Iterable[Conclusie]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(gap.tekst for c in conclusies for gap in c.ontbreekt[:1]))


def distance(margin: Decimal, written: str) -> str:
    """A distance to a limit in words: room that is left, or too much; ``written`` is the amount."""
    if margin < 0:
        return tekst("uitkomst.marge.te_veel", bedrag=written.replace("-", ""))
    return tekst("uitkomst.marge.ruimte", bedrag=written)


# bars: income against its limits, and old and new rent


@dataclass(frozen=True, slots=True)
class _Staaf:
    """A bar: its name, its length, what comes on top of it, the limit, and the words above and below it."""

    naam: str
    lengte: Decimal
    erbij: Decimal
    grens: Decimal | None
    boven: str
    onder: tuple[str, str]


def _bars(bars: list[_Staaf]) -> tuple[list[Vlak], list[Lijn], list[Woord], float]:
    longest = max([bar.lengte + bar.erbij for bar in bars] + [bar.grens for bar in bars if bar.grens is not None])
    per_unit = BREEDTE / float(longest) if longest > 0 else 0.0
    shapes, lines, words, y = [], [], [], 0.0
    for bar in bars:
        words.append(Woord(0, y + LETTER, bar.naam, sterk=True))
        words.append(Woord(BREEDTE, y + LETTER, bar.boven, einde=True, sterk=True))
        top = y + _LINE + 2
        length, extra = float(max(bar.lengte, Decimal(0))) * per_unit, float(bar.erbij) * per_unit
        shapes.append(Vlak(0, top, BREEDTE, _BAR, _TRACK))
        shapes.append(Vlak(0, top, round(length, 1), _BAR, "staaf"))
        if bar.erbij:
            shapes.append(Vlak(round(length, 1), top, round(extra, 1), _BAR, "erbij"))
        if bar.grens is not None:
            x = round(min(float(bar.grens) * per_unit, BREEDTE - 1), 1)
            lines.append(Lijn(x, top - 3, x, top + _BAR + 3, "grens"))
        y = top + _BAR
        if any(bar.onder):
            y += _LINE
            words.append(Woord(0, y, bar.onder[0]))
            words.append(Woord(BREEDTE, y, bar.onder[1], einde=True))
        y += _LINE
    return shapes, lines, [word for word in words if word.tekst], y - _LINE / 2


def _incomes(parts: list[Part]) -> Beeld | None:
    """Income against each limit; the same income may count differently for two limits."""
    names = {c.id: part.inkomen for c, part in parts if part.inkomen}
    shown = [c for c, part in parts if part.inkomen and "grens" in c.waarden]
    bars, rows = [], []
    for c in shown:
        value, written = _numbers(c)
        known = "inkomen" in value
        room = distance(value["marge"], written["marge"]) if "marge" in value else ""
        limit = tekst("uitkomst.beeld.inkomen.grens", bedrag=written["grens"])
        income = written["inkomen"] if known else tekst("uitkomst.beeld.onbekend")
        bars.append(
            _Staaf(names[c.id], value.get("inkomen", Decimal(0)), Decimal(0), value["grens"], room, (income, limit))
        )
        rows.append(Beeldrij(names[c.id], (income, written["grens"], room or tekst("uitkomst.beeld.onbekend")), c.id))
    if not bars:
        return None
    shapes, lines, words, height = _bars(bars)
    return Beeld(
        id="inkomen",
        titel=tekst("uitkomst.beeld.inkomen.titel"),
        beschrijving=tekst("uitkomst.beeld.inkomen.beschrijving"),
        hoogte=height,
        vlakken=tuple(shapes),
        lijnen=tuple(lines),
        woorden=tuple(words),
        koppen=tuple(groep("uitkomst.beeld.inkomen.kop").values()),
        rijen=tuple(rows),
        let_op=_missing(c for c in shown if "inkomen" not in c.waarden),
    )


def _rents(parts: list[Part]) -> Beeld | None:
    """The rent before the round, the one the landlord decided, and the highest; that without an income if need be."""
    lawful, part = next(((c, part.huren) for c, part in parts if "nieuw" in part.huren), (None, {}))
    if lawful is None:
        return None
    value, written = _numbers(lawful)
    if (before := part["oud"]) not in value:
        return None
    names = groep("uitkomst.beeld.huren.rij")
    old, bars, rows = value[before], [], []

    def add(name: str, rent: Decimal, shown: str, more: str, of: Conclusie, limit: Decimal | None = None) -> None:
        """One rent: what it has above the old one is hatched where ``more`` says what that is."""
        extra = max(rent - old, Decimal(0)) if more else Decimal(0)
        bars.append(_Staaf(names[name], rent - extra, extra, limit, shown, (more, "")))
        rows.append(Beeldrij(names[name], (shown, more), of.id))

    add("oud", old, written[before], "", lawful)
    policy = ((c, p.huren["besloten"], p.huren["besloten_erbij"]) for c, p in parts if "besloten" in p.huren)
    for c, decided, rise in policy:
        numbers, told = _numbers(c)
        if numbers.keys() >= {decided, rise}:
            add("besloten", numbers[decided], told[decided], _more(numbers[rise], told[rise]), c)
    unsure = bool(lawful.ontbreekt)
    highest, rise = (part.get(key, "") for key in (_ORDINARY if unsure else _HIGHEST))
    if lawful_known := value.keys() >= {highest, rise}:
        most = tekst("uitkomst.beeld.huren.hoogstens", bedrag=written[rise])
        add("gewoon" if unsure else "nieuw", value[highest], written[highest], most, lawful)
    if len(bars) == 1:
        return None
    for c, asked in ((c, p.huren["voorstel"]) for c, p in parts if "voorstel" in p.huren):
        numbers, told = _numbers(c)
        if asked in numbers:
            add("voorstel", numbers[asked], told[asked], "", c, value[highest] if lawful_known else None)
    if (points := part.get("punten", "")) in value:
        add("punten", value[points], written[points], "", lawful)
    shapes, lines, words, height = _bars(bars)
    return Beeld(
        id="huren",
        titel=tekst("uitkomst.beeld.huren.titel"),
        beschrijving=tekst("uitkomst.beeld.huren.beschrijving"),
        hoogte=height,
        vlakken=tuple(shapes),
        lijnen=tuple(lines),
        woorden=tuple(words),
        koppen=tuple(groep("uitkomst.beeld.huren.kop").values()),
        rijen=tuple(rows),
        let_op=_missing([lawful]),
    )


def _more(rise: Decimal, shown: str) -> str:
    return tekst("uitkomst.beeld.huren.erbij", bedrag=shown) if rise else tekst("uitkomst.beeld.huren.blijft")


# the ladder: every limit of the rent at its height, with this rent among them

_AXIS = 114
_TOP = 12


@dataclass(frozen=True, slots=True)
class _Sport:
    """A rung: its height in euros, how that is written, its names, and whether it is the rent itself."""

    bedrag: Decimal
    geschreven: str
    namen: tuple[str, ...]
    huur: bool
    conclusie: str


def _ladder(parts: list[Part]) -> Beeld | None:
    # that which has the rent itself comes first: of limits of one amount its name does too
    rising = sorted((pair for pair in parts if pair[1].ladder), key=lambda pair: not pair[1].ladder_huur)
    rungs = list(_rungs(rising))
    rent = next((rung for rung in rungs if rung.huur), None)
    if not any(not rung.huur for rung in rungs):
        return None
    # of two equal amounts the limit stands above the rent: a rent on the limit is within it
    rungs.sort(key=lambda rung: (-rung.bedrag, rung.huur))
    shapes, lines, words, height = _rise(rungs)
    unknown = [c for c, part in rising if rent is None and part.ladder_huur]
    return Beeld(
        id="ladder",
        titel=tekst("uitkomst.beeld.ladder.titel"),
        beschrijving=groep("uitkomst.beeld.ladder.beschrijving")["met_huur" if rent else "zonder_huur"],
        hoogte=height,
        vlakken=tuple(shapes),
        lijnen=tuple(lines),
        woorden=tuple(words),
        koppen=tuple(groep("uitkomst.beeld.ladder.kop").values()),
        rijen=tuple(Beeldrij(", ".join(r.namen), (r.geschreven, _beside(r, rent)), r.conclusie) for r in rungs),
        let_op=_missing(unknown),
    )


def _beside(rung: _Sport, rent: _Sport | None) -> str:
    if rent is None or rung.huur:
        return ""
    where = "gelijk" if rung.bedrag == rent.bedrag else "hoger" if rung.bedrag > rent.bedrag else "lager"
    return groep("uitkomst.beeld.ladder.plaats")[where]


def _rungs(parts: list[Part]) -> Iterator[_Sport]:
    """The limits, those of the same amount together, and the rent."""
    together: dict[Decimal, _Sport] = {}
    for c, part in parts:
        value, written = _numbers(c)
        for limit, name in part.ladder.items():
            if limit in value:
                known = together.get(value[limit])
                names = (*known.namen, name) if known else (name,)
                where = known.conclusie if known else c.id
                together[value[limit]] = _Sport(value[limit], written[limit], names, False, where)
    yield from together.values()
    for c, part in parts:
        value, written = _numbers(c)
        if part.ladder_huur in value:
            rent = tekst("uitkomst.beeld.ladder.huur")
            yield _Sport(value[part.ladder_huur], written[part.ladder_huur], (rent,), True, c.id)


def _rise(rungs: list[_Sport]) -> tuple[list[Vlak], list[Lijn], list[Woord], float]:
    """The rungs at their height, with their words beside them: moved apart where two would touch."""
    lines_of = [len(rung.namen) * _LINE for rung in rungs]
    height = max(float(sum(lines_of)) * 1.3, 130.0)
    top, low = rungs[0].bedrag, rungs[-1].bedrag
    per_unit = (height - _LINE) / float(top - low) if top > low else 0.0
    real = [_TOP + float(top - rung.bedrag) * per_unit for rung in rungs]
    placed = spread(real, [float(size) for size in lines_of], height + _TOP)
    shapes, words = [Vlak(_AXIS - 2, _TOP, 4, round(real[-1] - _TOP, 1), "stijl")], []
    lines = []
    for rung, y, at in zip(rungs, real, placed, strict=True):
        kind = "huur" if rung.huur else "sport"
        if rung.huur:
            shapes.insert(0, Vlak(0, round(at - 11, 1), BREEDTE, _LINE, "rij"))
        lines.append(Lijn(_AXIS - 6, round(y, 1), _AXIS + 6, round(y, 1), kind))
        lines.append(Lijn(_AXIS + 6, round(y, 1), _AXIS + 13, round(at - 2, 1), "wijzer"))
        lines.append(Lijn(_AXIS - 13, round(at - 2, 1), _AXIS - 6, round(y, 1), "wijzer"))
        words.append(Woord(_AXIS - 16, round(at + 2.5, 1), rung.geschreven, einde=True, sterk=rung.huur))
        for index, name in enumerate(rung.namen):
            words.append(Woord(_AXIS + 16, round(at + 2.5 + index * _LINE, 1), name, sterk=rung.huur))
    return shapes, lines, words, height + 2 * _TOP


def spread(places: list[float], sizes: list[float], bottom: float) -> list[float]:
    """``places`` from top to bottom, moved so that each has its size of room and the last ends above ``bottom``.

    Needs ``sum(sizes) <= bottom - places[0]``; the order never changes.
    """
    moved = list(places)
    for index in range(1, len(moved)):
        moved[index] = max(moved[index], moved[index - 1] + sizes[index - 1])
    limit = bottom
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], limit - sizes[index])
        limit = moved[index]
    return moved
