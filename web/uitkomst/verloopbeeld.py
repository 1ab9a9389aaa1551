"""What more income takes away of the schemes together, as a curve with its table."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from regels import Regelset, Vraag
from regels.opmaak import bedrag, getal
from regels.verloop import INKOMEN, TOT, Minder, Verlooppunt, Verloopuitslag, verloop
from web.raamwerk.teksten import groep, tekst
from web.uitkomst.beelden import BREEDTE, LETTER, Beeld, Beeldrij, Lijn, Woord

STAP: Final = 2_500
# how much of the curve lies above the income of now
_BEYOND: Final = 20_000
_HEIGHT: Final = 170.0
_TOP: Final = 24.0
_GAP: Final = 60.0


@dataclass(frozen=True, slots=True)
class Verloopbeeld:
    """The curve, and its words.

    ``meer`` says what a thousand euros more takes away, ``minder`` of which schemes, and ``grenzen`` where one comes
    out otherwise. Without a ``beeld`` there is nothing to draw, and ``toelichting`` says why.
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
    return Verloopbeeld(
        beeld=_draw(found, income if more else None) if any(point.maand for point in found.punten) else None,
        meer=_more(found),
        minder=tuple(_less(post) for post in more.posten if post.jaar) if more else (),
        grenzen=tuple(_turns(found)),
        toelichting=tuple(found.toelichting),
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
    for turn in found.omslagen:
        yield tekst(
            "uitkomst.verloop.omslag",
            titel=turn.titel,
            inkomen=bedrag(Decimal(turn.inkomen)),
            was=words[turn.was].lower(),
            wordt=words[turn.wordt].lower(),
        )


def _draw(found: Verloopuitslag, income: int | None) -> Beeld:
    points = found.punten
    first, last = points[0].inkomen, points[-1].inkomen
    highest = max(point.maand for point in points)
    across = (BREEDTE - _GAP) / (last - first)
    up = _HEIGHT / float(highest)

    def place(point: Verlooppunt) -> tuple[float, float]:
        return round(_GAP + (point.inkomen - first) * across, 1), round(_TOP + _HEIGHT - float(point.maand) * up, 1)

    floor = _TOP + _HEIGHT
    lines = [Lijn(_GAP, floor, BREEDTE, floor, "as"), Lijn(_GAP, _TOP, _GAP, floor, "as")]
    lines += [Lijn(*place(one), *place(other), "verloop") for one, other in pairwise(points)]
    words = [
        Woord(_GAP - 6, _TOP + 5, bedrag(highest), einde=True),
        Woord(_GAP - 6, floor, bedrag(Decimal(0)), einde=True),
        Woord(_GAP, floor + LETTER + 5, bedrag(Decimal(first))),
        Woord(BREEDTE, floor + LETTER + 5, bedrag(Decimal(last)), einde=True),
    ]
    if income is not None and income >= first:  # a loss lies left of the curve
        x = round(_GAP + (income - first) * across, 1)
        lines.append(Lijn(x, _TOP - 6, x, floor, "nu"))
        text = tekst("uitkomst.verloop.nu", inkomen=bedrag(Decimal(income)))
        right = x > BREEDTE / 2
        words.append(Woord(x - 5 if right else x + 5, _TOP - 8, text, einde=right, sterk=True))
    return Beeld(
        id="verloop",
        titel=tekst("uitkomst.verloop.titel"),
        beschrijving=tekst("uitkomst.verloop.beschrijving"),
        hoogte=floor + LETTER + 12,
        vlakken=(),
        lijnen=tuple(lines),
        woorden=tuple(words),
        koppen=tuple(groep("uitkomst.verloop.tabel").values()),
        rijen=tuple(_row(point) for point in points),
    )


def _row(point: Verlooppunt) -> Beeldrij:
    lost = "" if point.verlies is None else bedrag(point.verlies)
    share = "" if point.procent is None else f"{getal(point.procent)}%"
    return Beeldrij(bedrag(Decimal(point.inkomen)), (bedrag(point.maand), lost, share), "")
