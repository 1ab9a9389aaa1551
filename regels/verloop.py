"""What more income takes away: the schemes of one household together, along the income of one resident.

Every point is a check of its own, and where a scheme begins or ends between two points that is looked for to the euro.
It is about the schemes that are in the sum and look at the income of a year; taxes are not in it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from itertools import pairwise
from typing import Final

from regels.regelset import Regelset, eens
from regels.som import BUITEN, OVERIG, ZEKER, amount_of, schemes
from regels.stand import names_of
from regels.toets import toets
from regels.uitslag import Bedrag, RegelsetVermelding, Uitkomst, Uitslag
from regels.vraag import Fout, Vraag, VraagFout

INKOMEN: Final = "inkomen_opgave"
VERDIENER: Final = "huurder"
VAN, TOT, STAP = 0, 60_000, 1_000
# so many steps at most, and none smaller, so that a curve stays a small multiple of a check
MEESTE_STAPPEN, KLEINSTE_STAP = 100, 100
MEER: Final = 1_000
_ZERO: Final = Decimal(0)
_PARTS: Final = ("conclusies", "id", "uitkomst", "waarden")

ALLEEN_TOESLAGEN = (
    "Het gaat om het bruto inkomen van een jaar, en om wat er dan minder is aan de regelingen die hier staan. "
    "Belasting en premies zijn niet meegerekend: van meer inkomen blijft dus nog minder over."
)
REST_GELIJK = "Al het andere blijft zoals het is ingevuld, ook het inkomen van anderen."
ONZEKER = "Niet meegeteld waar het recht of het bedrag niet vaststaat: {}."
HANGT_NIET_AF = "Niet in het verloop, want daarvoor telt dit inkomen niet: {}."
ZONDER_REGELS = "Voor deze datum zijn geen regels ingevoerd, dus niet in het verloop: {}."
GESTOPT = "De toets stopt bij een ander besluit, dus is er geen verloop."


@dataclass(frozen=True, slots=True)
class Verlooppost:
    """One scheme at one income: what it brings by month and by year; None where that is not sure."""

    besluit: str
    uitkomst: Uitkomst
    maand: Bedrag | None
    jaar: Bedrag | None


@dataclass(frozen=True, slots=True)
class Verlooppunt:
    """All schemes at one income.

    ``verlies`` is what is less a year than at the point before, and ``procent`` that of what more is earned; below zero
    there is more. Both are None at the first point, and where a scheme is sure at one of the two only.
    """

    inkomen: int
    maand: Bedrag
    jaar: Bedrag
    verlies: Bedrag | None
    procent: Bedrag | None
    posten: list[Verlooppost]


@dataclass(frozen=True, slots=True)
class Omslag:
    """Where a scheme comes out otherwise: at ``inkomen`` still ``was``, and at a euro more ``wordt``."""

    besluit: str
    titel: str
    inkomen: int
    was: Uitkomst
    wordt: Uitkomst
    verlies: Bedrag | None


@dataclass(frozen=True, slots=True)
class Minder:
    """What is less of one scheme, by month and by year; None where that is not sure."""

    besluit: str
    titel: str
    maand: Bedrag | None
    jaar: Bedrag | None


@dataclass(frozen=True, slots=True)
class Meerinkomen:
    """What ``meer`` income a year, on top of ``inkomen``, takes away: of each scheme, and in all what is sure."""

    inkomen: int
    meer: int
    maand: Bedrag
    jaar: Bedrag
    procent: Bedrag | None
    posten: list[Minder]


@dataclass(frozen=True, slots=True)
class Verloopuitslag:
    """The schemes along the income of resident ``persoon``; without a scheme that can be computed there are no points.

    ``meer`` is None while that resident has no income in the question. ``titels`` names the schemes of the points.
    ``kantelpunten`` has for each of ``omslagen`` the point before it and the one after it, a euro apart. ``gelijk_tot``
    is, for each scheme with an amount at the lowest income, the last income at which it is still that amount.
    """

    peildatum: date
    regelset: RegelsetVermelding
    persoon: int
    titels: dict[str, str]
    punten: list[Verlooppunt]
    omslagen: list[Omslag]
    kantelpunten: list[Verlooppunt]
    gelijk_tot: dict[str, int]
    meer: Meerinkomen | None
    toelichting: list[str]


def verloop(
    vraag: Vraag, regels: Regelset, persoon: int | None = None, van: int = VAN, tot: int = TOT, stap: int = STAP
) -> Verloopuitslag:
    """The course of the schemes for ``vraag`` while the income of ``persoon`` goes from ``van`` to ``tot`` by ``stap``.

    Without ``persoon`` it is the tenant. Raises :class:`regels.vraag.VraagFout` with what cannot be asked
    (``/persoon``, ``/van``, ``/tot``, ``/stap``, ``/vraag/personen``), and what :func:`regels.toets` raises.
    """
    who = _who(vraag, persoon)
    _judge(regels, van, tot, stap)
    first = toets(vraag, regels, None, _PARTS)
    about = (first.peildatum, first.regelset, who)
    if len(first.conclusies) == 1 and regels.besluiten[first.conclusies[0].id].stopt:
        return Verloopuitslag(*about, {}, [], [], [], {}, None, [GESTOPT])
    here = [c for c in first.conclusies if c.id in schemes(regels)]
    ids = tuple(c.id for c in here if c.id in _by_income(regels) and c.uitkomst not in BUITEN)
    titles = {c.id: regels.teksten.titel(c.id) for c in here}
    words = [
        *_named(HANGT_NIET_AF, [titles[c.id] for c in here if c.id not in _by_income(regels)]),
        *_named(ZONDER_REGELS, [titles[c.id] for c in here if c.uitkomst in BUITEN and c.id in _by_income(regels)]),
    ]
    if not ids:
        return Verloopuitslag(*about, {}, [], [], [], {}, None, words)
    line = _Line(vraag, regels, who, ids)
    incomes = [*range(van, tot, stap), tot]
    points = list(_points(line, incomes))
    turns = sorted(_turns(line, incomes, titles), key=lambda turn: (turn.inkomen, turn.besluit))
    edges = sorted({income for turn in turns for income in (turn.inkomen, turn.inkomen + 1)})
    unsure = {post.besluit for point in points for post in point.posten if post.jaar is None}
    return Verloopuitslag(
        *about,
        {id: titles[id] for id in ids},
        points,
        turns,
        [_point(income, line.at(income)) for income in edges],
        dict(_same_until(line, incomes)),
        _more(line, titles),
        [ALLEEN_TOESLAGEN, REST_GELIJK, *_named(ONZEKER, [titles[id] for id in ids if id in unsure]), *words],
    )


@eens
def _by_income(regels: Regelset) -> frozenset[str]:
    """The schemes that look at the income of a year."""
    return frozenset(id for id in schemes(regels) if INKOMEN in names_of(regels, regels.besluiten[id]))


class _Line:
    """The schemes at any income of one resident; each income is checked once."""

    def __init__(self, vraag: Vraag, regels: Regelset, who: int, ids: tuple[str, ...]) -> None:
        self.vraag, self.regels, self.who, self.ids = vraag, regels, who, ids
        self._known: dict[int, dict[str, Verlooppost]] = {}

    @property
    def income(self) -> int | None:
        """The income in the question."""
        found: int | None = self.vraag.personen[self.who].inkomen_opgave if self.vraag.personen else None
        return found

    def at(self, income: int) -> dict[str, Verlooppost]:
        """What each scheme brings at ``income``."""
        if income not in self._known:
            persons = list(self.vraag.personen or ())
            persons[self.who] = persons[self.who].model_copy(update={INKOMEN: income})
            other = self.vraag.model_copy(update={"personen": persons})
            self._known[income] = self._posts(toets(other, self.regels, self.ids, _PARTS))
        return self._known[income]

    def _posts(self, answer: Uitslag) -> dict[str, Verlooppost]:
        found = {}
        for c in answer.conclusies:
            if c.id in self.ids:
                yields = schemes(self.regels)[c.id]
                month = amount_of(c.waarden.get(yields.maand)) if c.uitkomst in ZEKER else None
                year = amount_of(c.waarden.get(yields.jaar)) if c.uitkomst in ZEKER else None
                if c.uitkomst in OVERIG:
                    month, year = _ZERO if yields.maand else None, _ZERO
                found[c.id] = Verlooppost(c.id, c.uitkomst, month, year)
        return found


def _points(line: _Line, incomes: Sequence[int]) -> Iterator[Verlooppunt]:
    before: tuple[int, dict[str, Verlooppost]] | None = None
    for income in incomes:
        posts = line.at(income)
        lost = _lost(before[1], posts) if before else None
        share = None if lost is None or before is None else _percent(lost, income - before[0])
        yield _point(income, posts, lost, share)
        before = income, posts


def _point(
    income: int, posts: dict[str, Verlooppost], lost: Decimal | None = None, share: Decimal | None = None
) -> Verlooppunt:
    month = sum((post.maand for post in posts.values() if post.maand is not None), _ZERO)
    year = sum((post.jaar for post in posts.values() if post.jaar is not None), _ZERO)
    return Verlooppunt(income, month, year, lost, share, list(posts.values()))


def _lost(before: dict[str, Verlooppost], after: dict[str, Verlooppost]) -> Decimal | None:
    """What is less a year, of the schemes that are sure at both; None where a scheme is sure at one of them only."""
    lost = _ZERO
    for id, post in before.items():
        other = after[id]
        if post.jaar is not None and other.jaar is not None:
            lost += post.jaar - other.jaar
        elif (post.jaar is None) != (other.jaar is None):
            return None
    return lost


def _percent(lost: Decimal, more: int) -> Decimal:
    return (lost * 100 / more).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _turns(line: _Line, incomes: Sequence[int], titles: dict[str, str]) -> Iterator[Omslag]:
    """Where each scheme comes out otherwise, to the euro."""
    for low, high in pairwise(incomes):
        for id in line.ids:
            begin = line.at(low)[id]
            was, same = begin.uitkomst, partial(_is_alike, line, begin, "uitkomst")
            if same(high):
                continue
            left = _last(low, high, same)
            one, other = line.at(left)[id], line.at(left + 1)[id]
            lost = None if one.jaar is None or other.jaar is None else one.jaar - other.jaar
            yield Omslag(id, titles[id], left, was, other.uitkomst, lost)


def _same_until(line: _Line, incomes: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The last income at which each scheme brings what it brings at the lowest, where it has an amount there."""
    for id in line.ids:
        begin = line.at(incomes[0])[id]
        same = partial(_is_alike, line, begin, "jaar")
        change = next((pair for pair in pairwise(incomes) if not same(pair[1])), None)
        if begin.jaar and change:
            yield id, _last(*change, same)


def _is_alike(line: _Line, one: Verlooppost, what: str, income: int) -> bool:
    """Whether the scheme of ``one`` has the same outcome or amount at ``income``."""
    return bool(getattr(line.at(income)[one.besluit], what) == getattr(one, what))


def _last(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """The last income from ``low`` at which ``holds`` is true; it is not at ``high``."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _more(line: _Line, titles: dict[str, str]) -> Meerinkomen | None:
    income = line.income
    if income is None or income + MEER > _most(line.regels):
        return None
    now, then = line.at(income), line.at(income + MEER)
    posts = [
        Minder(id, titles[id], _less(now[id].maand, then[id].maand), _less(now[id].jaar, then[id].jaar)) for id in now
    ]
    lost = sum((post.jaar for post in posts if post.jaar is not None), _ZERO)
    sure = all(post.jaar is not None for post in posts)
    return Meerinkomen(
        income,
        MEER,
        sum((post.maand for post in posts if post.maand is not None), _ZERO),
        lost,
        _percent(lost, MEER) if sure else None,
        posts,
    )


def _less(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    return None if now is None or then is None else now - then


# what can be asked


def _who(vraag: Vraag, persoon: int | None) -> int:
    persons = vraag.personen or []
    if not persons:
        raise VraagFout([Fout("/vraag/personen", "Vul in wie er in de woning wonen, met minstens de huurder.")])
    if persoon is None:
        return next((index for index, person in enumerate(persons) if person.rol == VERDIENER), 0)
    if not 0 <= persoon < len(persons):
        raise VraagFout(
            [Fout("/persoon", f"Deze persoon is er niet. Kies een nummer van 0 tot en met {len(persons) - 1}.")]
        )
    return persoon


def _judge(regels: Regelset, van: int, tot: int, stap: int) -> None:
    most, faults = _most(regels), []
    if not 0 <= van < most:
        faults.append(Fout("/van", f"Vul een inkomen in van 0 tot en met {most - 1}."))
    if not van < tot <= most:
        faults.append(Fout("/tot", f"Vul een inkomen in dat hoger is dan 'van', tot en met {most}."))
    if stap < KLEINSTE_STAP:
        faults.append(Fout("/stap", f"Vul een stap in van minstens {KLEINSTE_STAP}."))
    elif tot - van > stap * MEESTE_STAPPEN:
        faults.append(
            Fout("/stap", f"Dat zijn meer dan {MEESTE_STAPPEN} stappen. Neem een grotere stap, of minder inkomens.")
        )
    if faults:
        raise VraagFout(faults)


def _most(regels: Regelset) -> int:
    most = regels.velden[INKOMEN].maximum
    assert isinstance(most, Decimal)
    return int(most)


def _named(text: str, names: Sequence[str]) -> list[str]:
    return [text.format(", ".join(names))] if names else []
