"""Huurtoeslag, the schemes together and what they leave, along the income of the tenant: two curves with one table.

No source here carries taxes, so there is no net wage: what is left is told before taxes, and is called so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import pairwise
from typing import Final

from regels import Regelset, Vraag
from regels.opmaak import bedrag, getal
from regels.verloop import INKOMEN, TOT, Minder, Verlooppost, Verlooppunt, Verloopuitslag, verloop
from web.raamwerk.teksten import groep, tekst
from web.uitkomst.beelden import BREEDTE, LETTER, Beeld, Beeldrij, Lijn, Woord

STAP: Final = 2_500
# how much of the curve lies above the income of now
_BEYOND: Final = 20_000
_HEIGHT: Final = 130.0
_TOP: Final = 52.0
_GAP: Final = 72.0
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Verloopbeeld:
    """The curve, and its words.

    ``meer`` says what a thousand euros more takes away, ``minder`` of which schemes, and ``grenzen`` where one begins
    to change or comes out otherwise. Without a ``beeld`` there is nothing to draw, and ``toelichting`` says why.
    """

    beeld: Beeld | None
    meer: str
    minder: tuple[str, ...]
    grenzen: tuple[str, ...]
    toelichting: tuple[str, ...]


def show_course(vraag: Vraag, regels: Regelset) -> Verloopbeeld:
    """The course for the tenant of ``vraag``. Raises what :func:`regels.verloop.verloop` raises."""
    income = next((person.inkomen_opgave or 0 for person in vraag.personen or () if person.rol == "huurder"), 0)
    most = regels.velden[INKOMEN].maximum
    assert isinstance(most, Decimal)
    until = min(max(TOT, -(-(income + _BEYOND) // STAP) * STAP), int(most) // STAP * STAP)
    found = verloop(vraag, regels, None, max(0, until - 40 * STAP), until, STAP)
    more = found.meer
    drawn = any(point.maand for point in found.punten)
    curves = tuple(_curves(vraag, regels, found)) if drawn else ()
    return Verloopbeeld(
        beeld=_draw(found, curves, income if more else None) if drawn else None,
        meer=_more(found),
        minder=tuple(_less(post) for post in more.posten if post.jaar) if more else (),
        grenzen=tuple(_turns(found)),
        toelichting=(*found.toelichting, *_left_out(vraag)),
    )


def _more(found: Verloopuitslag) -> str:
    more = found.meer
    if more is None:
        return ""
    extra = bedrag(Decimal(more.meer))
    if more.procent is None:
        return tekst("uitkomst.verloop.meer_onzeker", meer=extra)
    if not more.jaar:
        return tekst("uitkomst.verloop.meer_niets", meer=extra)
    share = f"{getal(more.procent)}%"
    return tekst("uitkomst.verloop.meer", meer=extra, minder=bedrag(more.jaar), procent=share)


def _less(post: Minder) -> str:
    lost = post.jaar or Decimal(0)
    if lost < 0:
        return tekst("uitkomst.verloop.erbij", titel=post.titel, bedrag=bedrag(-lost))
    return tekst("uitkomst.verloop.eraf", titel=post.titel, bedrag=bedrag(lost))


def _turns(found: Verloopuitslag) -> Iterator[str]:
    words = groep("algemeen.uitkomsten")
    for scheme, last in sorted(found.gelijk_tot.items(), key=lambda same: same[1]):
        yield tekst("uitkomst.verloop.gelijk", titel=found.titels[scheme], inkomen=bedrag(Decimal(last)))
    for turn in found.omslagen:
        yield tekst(
            "uitkomst.verloop.omslag",
            titel=turn.titel,
            inkomen=bedrag(Decimal(turn.inkomen)),
            was=words[turn.was].lower(),
            wordt=words[turn.wordt].lower(),
        )


@dataclass(frozen=True, slots=True)
class _Kromme:
    """A curve: its column, its name, the class of its line, and its amount a month at a point; None where it has none.

    ``paneel`` is the scale it is drawn on, from the top.
    """

    kop: str
    naam: str
    klasse: str
    paneel: int
    bedrag: Callable[[Verlooppunt], Decimal | None]


def _curves(vraag: Vraag, regels: Regelset, found: Verloopuitslag) -> Iterator[_Kromme]:
    names, heads = groep("uitkomst.verloop.kromme"), groep("uitkomst.verloop.tabel")
    scheme = regels.teksten.in_huurruimte("toeslag")[0]
    if scheme in found.titels:
        yield _Kromme(heads["toeslag"], names["toeslag"], "toeslag", 0, partial(_of_scheme, scheme))
    yield _Kromme(heads["maand"], names["samen"], "verloop", 0, _together)
    rent = vraag.woning.kale_huur if vraag.woning else None
    others = _of_others(vraag, found.persoon)
    key = "over" if rent is not None else "over_zonder_huur"
    left = partial(_left, others, rent or Decimal(0))
    yield _Kromme(heads[key], names[key], "verloop", 1, left)


def _of_scheme(scheme: str, point: Verlooppunt) -> Decimal | None:
    post: Verlooppost = next(post for post in point.posten if post.besluit == scheme)
    return post.maand


def _together(point: Verlooppunt) -> Decimal:
    return point.maand


def _left(others: int, rent: Decimal, point: Verlooppunt) -> Decimal:
    """Gross income a month of everybody, with the schemes, less the rent; of an income that is not there, nothing."""
    income = Decimal(point.inkomen + others) / _MONTHS
    return (income + point.maand - rent).quantize(Decimal(1), ROUND_HALF_UP)


def _of_others(vraag: Vraag, who: int) -> int:
    return sum(one.inkomen_opgave or 0 for number, one in enumerate(vraag.personen or ()) if number != who)


def _left_out(vraag: Vraag) -> Iterator[str]:
    if any(one.inkomen_opgave is None for one in vraag.personen or ()):
        yield tekst("uitkomst.verloop.niet_iedereen")


def _draw(found: Verloopuitslag, curves: tuple[_Kromme, ...], income: int | None) -> Beeld:
    points = sorted(
        {point.inkomen: point for point in (*found.kantelpunten, *found.punten)}.values(), key=lambda p: p.inkomen
    )
    first, last = points[0].inkomen, points[-1].inkomen
    across = (BREEDTE - _GAP) / (last - first)
    lines: list[Lijn] = []
    words: list[Woord] = []
    heads, floor = groep("uitkomst.verloop.tabel"), 0.0
    turns = {round(_GAP + (turn.inkomen - first) * across, 1) for turn in found.omslagen}
    now = None if income is None or income < first else round(_GAP + (income - first) * across, 1)  # a loss lies left
    for panel in sorted({curve.paneel for curve in curves}):
        own = [curve for curve in curves if curve.paneel == panel]
        begin, floor = _panel(lines, words, own, points, floor, across)
        lines += [Lijn(x, begin, x, floor, "kantel") for x in sorted(turns)]
        if now is not None:
            lines.append(Lijn(now, begin, now, floor, "nu"))
    words += [
        Woord(_GAP, floor + LETTER + 5, bedrag(Decimal(first))),
        Woord(BREEDTE, floor + LETTER + 5, bedrag(Decimal(last)), einde=True),
    ]
    if now is not None and income is not None:
        right = now > BREEDTE / 2
        text = tekst("uitkomst.verloop.nu", inkomen=bedrag(Decimal(income)))
        # a short line from the words to the curve below
        words.append(Woord(now - 5 if right else now + 5, LETTER, text, einde=right, sterk=True))
        lines.append(Lijn(now, 2, now, LETTER + 4, "nu"))
    return Beeld(
        id="verloop",
        titel=tekst("uitkomst.verloop.titel"),
        beschrijving=tekst("uitkomst.verloop.beschrijving"),
        hoogte=floor + LETTER + 12,
        vlakken=(),
        lijnen=tuple(lines),
        woorden=tuple(words),
        koppen=(heads["inkomen"], *(curve.kop for curve in curves), heads["verlies"], heads["procent"]),
        rijen=tuple(_row(point, curves) for point in points),
    )


def _panel(
    lines: list[Lijn], words: list[Woord], curves: list[_Kromme], points: list[Verlooppunt], top: float, across: float
) -> tuple[float, float]:
    """Draw these curves on one scale below ``top``; the heights between which they lie."""
    begin = top + _TOP + (LETTER + 4) * (len(curves) - 1)
    amounts = [amount for curve in curves for point in points if (amount := curve.bedrag(point)) is not None]
    low, high = min(Decimal(0), *amounts), max(Decimal(1), *amounts)
    up = _HEIGHT / float(high - low)
    floor = begin + _HEIGHT
    first = points[0].inkomen

    def place(point: Verlooppunt, amount: Decimal) -> tuple[float, float]:
        return round(_GAP + (point.inkomen - first) * across, 1), round(begin + float(high - amount) * up, 1)

    zero = round(begin + float(high) * up, 1)
    lines += [Lijn(_GAP, zero, BREEDTE, zero, "as"), Lijn(_GAP, begin, _GAP, floor, "as")]
    for at, curve in enumerate(curves):
        for one, other in pairwise(points):
            left, right = curve.bedrag(one), curve.bedrag(other)
            if left is not None and right is not None:
                lines.append(Lijn(*place(one, left), *place(other, right), curve.klasse))
        y = begin - 14 - (LETTER + 4) * (len(curves) - 1 - at)
        lines.append(Lijn(0, y - 4, 16, y - 4, curve.klasse))
        words.append(Woord(22, y, curve.naam, sterk=True))
    words.append(Woord(_GAP - 6, begin + 5, bedrag(high), einde=True))
    words.append(Woord(_GAP - 6, floor, bedrag(low), einde=True))
    return begin, floor


def _row(point: Verlooppunt, curves: tuple[_Kromme, ...]) -> Beeldrij:
    lost = "" if point.verlies is None else bedrag(point.verlies)
    share = "" if point.procent is None else f"{getal(point.procent)}%"
    amounts = (curve.bedrag(point) for curve in curves)
    shown = ("" if amount is None else bedrag(amount) for amount in amounts)
    return Beeldrij(bedrag(Decimal(point.inkomen)), (*shown, lost, share), "")
