"""In which stretches of days a claim has to be shown: once for each different content.

All that a claim rests on, formulas, figures and domains, is its cone. Stretches between two changes with the same cone
are one; a cone that does not use the rondedatum is shown once for all rounds.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from regels.lezers.bewijs.feiten import GEBOREN, LEEFTIJD, SOORTEN_KOSTEN, TOTAAL, VOOR_DE_RONDE
from regels.regelset import Regelset
from regels.stand import Stand, edges, looptijd
from regels.taal import Field, Figure, Node, Quantity, plain, walk

# only of these an assumption can matter in a household that is complete
OPENGELATEN = {*VOOR_DE_RONDE, *SOORTEN_KOSTEN, *TOTAAL, LEEFTIJD, GEBOREN, "vermogen_bewoner"}
Wortels = Iterable[tuple[Node, str]]  # expressions, each with the date that picks it and its figures
_Found = TypeVar("_Found")
Maak = Callable[[Stand], list[tuple[Node, str]] | None]


def naam_van_ronde(dag: date) -> str:
    """The year of the round; of another day than 1 July that day itself."""
    return str(dag.year) if (dag.month, dag.day) == (7, 1) else dag.isoformat()


@dataclass
class Kegel:
    """What expressions rest on, in one stand."""

    velden: set[str] = field(default_factory=set)
    grootheden: dict[str, int] = field(default_factory=dict)  # name -> number of steps from the expressions
    inhoud: set[str] = field(default_factory=set)
    peildatum: bool = False
    rondedatum: bool = False
    andere_dag: bool = False  # a figure is read on another day


@dataclass(frozen=True)
class Tijdvak:
    """Days with one content: the stand that holds on them, the peildata in it, and the rounds."""

    stand: Stand
    peildata: tuple[tuple[date, date], ...]
    rondes: tuple[date, ...]
    kegel: Kegel
    sleutel: str

    @property
    def ronde(self) -> date:
        """The rondedatum of this content; where it does not matter, one of them."""
        return self.stand.datums["rondedatum"]

    def __str__(self) -> str:
        parts = [f"{first} t/m {last}" for first, last in self.peildata] if self.kegel.peildatum else []
        if self.kegel.rondedatum:
            parts.append("ronde " + ", ".join(naam_van_ronde(ronde) for ronde in self.rondes))
        return "; ".join(parts) or "alle dagen"


def kegel(stand: Stand, wortels: Wortels) -> Kegel:
    """The cone of these expressions."""
    found = Kegel()
    layer, depth = list(wortels), 0
    for node, datum in layer:
        found.inhoud.add(f"{datum} {_tekst(node)}")
        _datum(datum, found)
    while layer:
        below: list[tuple[Node, str]] = []
        for node, datum in layer:
            for part in _namen(node):
                below += _reken(stand, part, datum, depth, found)
        layer, depth = below, depth + 1
    return found


def _reken(stand: Stand, part: Node, datum: str, depth: int, found: Kegel) -> Iterator[tuple[Node, str]]:
    regels = stand.regels
    if isinstance(part, Field):
        found.peildatum |= part.name == "peildatum"
        found.rondedatum |= part.name in ("rondedatum", "huurronde")
        if part.name in ("rondedatum", "huurronde"):
            found.inhoud.add(f"rondedatum {stand.datums['rondedatum']}")
        elif part.name not in found.velden:
            found.velden.add(part.name)
            veld = regels.velden[part.name]
            found.inhoud.add(f"veld {part.name} {veld.soort} {sorted(veld.waarden)} {veld.minimum} {veld.maximum}")
            if part.name == GEBOREN:  # no birthday lies after the peildatum
                found.peildatum = True
            for aanname in regels.aannamen.get(part.name, ()) if part.name in OPENGELATEN else ():
                found.inhoud.add(f"aanname {part.name} {aanname.als!r} {aanname.waarde!r}")
                yield from ((tree, "peildatum") for tree in (aanname.als, aanname.waarde) if tree is not None)
    elif isinstance(part, Figure):
        _cijfer(stand, part, datum, found)
    elif isinstance(part, Quantity) and part.name not in found.grootheden:
        found.grootheden[part.name] = depth
        own, formule = regels.grootheden[part.name].datum, stand.formule(part.name)
        _datum(own, found)
        if formule is not None:
            found.inhoud.add(f"grootheid {part.name} {own} {_tekst(formule.boom)}")
            yield formule.boom, own


def _per_boom(look: Callable[[Node], _Found]) -> Callable[[Node], _Found]:
    """``look`` once for each tree, which every stretch asks again; to compare trees would cost more than to look."""
    found: dict[int, tuple[Node, _Found]] = {}  # with the tree, so that nothing else gets its id

    def known(node: Node) -> _Found:
        if id(node) not in found:
            found[id(node)] = (node, look(node))
        return found[id(node)][1]

    return known


@_per_boom
def _namen(node: Node) -> tuple[Field | Figure | Quantity, ...]:
    """The fields, figures and quantities of the tree."""
    return tuple(part for part in walk(node) if isinstance(part, Field | Figure | Quantity))


@_per_boom
def _tekst(node: Node) -> str:
    """The tree as text, without places."""
    return repr(plain(node))


def _cijfer(stand: Stand, part: Figure, datum: str, found: Kegel) -> None:
    if part.on is None:
        _datum(datum, found)
        figure = stand.cijfer(part.name, datum)
        found.inhoud.add(f"cijfer {part.name} {datum} {figure and figure.waarde}")
    else:
        found.andere_dag = True
        series = stand.regels.cijfers[part.name]
        found.inhoud |= {f"cijfer {part.name} {figure.venster} {figure.waarde}" for figure in series}


def _datum(datum: str, found: Kegel) -> None:
    """A formula or figure was picked by this date: another date may pick another."""
    found.peildatum |= datum == "peildatum"
    found.rondedatum |= datum == "rondedatum"


def stukken(regels: Regelset, van: date, tot: date) -> list[tuple[date, date]]:
    """The stretches of days without any change, as first and last day."""
    starts = [van, *(day for day in edges(regels) if van < day <= tot)]
    ends = [*starts[1:], tot + timedelta(days=1)]
    return [(start, end - timedelta(days=1)) for start, end in zip(starts, ends, strict=True)]


def rondes(regels: Regelset, van: date, tot: date) -> list[date]:
    """The days on which a rent increase takes effect: 1 July, and 1 January for what changes halfway a round."""
    days = [date(year, month, 1) for year in range(van.year, tot.year + 1) for month in (1, 7)]
    first = max(van, date(looptijd(regels)[0].year, 7, 1))  # of the round before that nothing is known
    return [day for day in days if first <= day <= tot] or [date(van.year, 7, 1)]


class Tijd:
    """The stands of a period; each is made once."""

    def __init__(self, regels: Regelset, van: date | None = None, tot: date | None = None) -> None:
        self.regels = regels
        first, last = looptijd(regels)
        self.stukken = stukken(regels, van or first, tot or last)
        self.rondes = rondes(regels, van or first, tot or last)
        self._standen: dict[tuple[int, int], Stand] = {}

    def stand(self, dag: date, ronde: date) -> Stand:
        """The stand on these dates."""
        days = edges(self.regels)
        key = (bisect_right(days, dag), ronde.toordinal())
        if key not in self._standen:
            self._standen[key] = Stand(self.regels, dag, ronde, einden=False)  # only of complete households
        return self._standen[key]

    def stroken(self, maak: Maak) -> list[Tijdvak]:
        """The different contents in this period. ``maak`` gives the expressions of a stand; None: nothing in force."""
        groups: dict[str, list[tuple[tuple[date, date], date, Stand, Kegel]]] = {}
        for stuk in self.stukken:
            settled = True  # nothing here depends on the peildatum
            for ronde in self.rondes:
                stand = self.stand(stuk[0], ronde)
                roots = maak(stand)
                cone = kegel(stand, roots or ())
                settled &= roots is not None and not cone.peildatum
                if roots is not None:
                    groups.setdefault(_sleutel(cone), []).append((stuk, ronde, stand, cone))
                if not cone.rondedatum and roots is not None:
                    break
            if settled:
                break
        return [_strook(key, found) for key, found in groups.items()]


def _sleutel(cone: Kegel) -> str:
    return hashlib.sha256("\n".join(sorted(cone.inhoud)).encode()).hexdigest()


def _strook(key: str, found: list[tuple[tuple[date, date], date, Stand, Kegel]]) -> Tijdvak:
    days: list[tuple[date, date]] = []
    for first, last in sorted({stuk for stuk, _, _, _ in found}):
        if days and days[-1][1] + timedelta(days=1) == first:
            days[-1] = (days[-1][0], last)
        else:
            days.append((first, last))
    rounds = tuple(sorted({ronde for _, ronde, _, _ in found}))
    cone = found[0][3]
    text = f"{key} {days if cone.peildatum else ''} {rounds if cone.rondedatum else ''}"
    return Tijdvak(found[0][2], tuple(days), rounds, cone, hashlib.sha256(text.encode()).hexdigest())
