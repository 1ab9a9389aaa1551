"""A rule set made ready to answer: for one stretch of days, every decision compiled for both readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from regels.lezers.rete import Rete
from regels.lezers.uitleg import Compiler, Function, Used
from regels.ontbreekt import Volgorde
from regels.regelset import Besluit, Regel, Regelset, Vervolg, Zin
from regels.stand import Gat, Stand, segment
from regels.taal import Node
from regels.typen import Type
from regels.uitslag import Stap


@dataclass(frozen=True, slots=True)
class Tekst:
    """A sentence with its values compiled."""

    delen: tuple["str | tuple[Function, Type]", ...]
    als: Function | None


@dataclass(frozen=True, slots=True)
class KlaarVervolg:
    """A next step, compiled."""

    tekst: Tekst
    url: str | None
    voor: Function | None
    bij: tuple[str, ...]


Waarden = Mapping[str, tuple[Function, Type]]


@dataclass(frozen=True, slots=True)
class KlareRegel:
    """A rule, compiled."""

    regel: Regel
    als: Function
    zegt: Tekst
    omdat: tuple[Tekst, ...]
    waarden: Waarden
    vervolg: tuple[KlaarVervolg, ...]


@dataclass(frozen=True, slots=True)
class KlaarBesluit:
    """A decision, compiled; with a ``gat`` there is nothing in force to answer from."""

    besluit: Besluit
    regels: tuple[KlareRegel, ...]
    waarden: Waarden
    vervolg: tuple[KlaarVervolg, ...]
    gat: Gat | None


class Programma:
    """Everything that holds on one peildatum and rondedatum, compiled."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self.compiler = Compiler(stand)
        self.besluiten = [self._besluit(besluit) for besluit in stand.regels.besluiten.values()]
        open_ = [(klaar.besluit, tuple(r.regel for r in klaar.regels)) for klaar in self.besluiten if klaar.gat is None]
        self.rete = Rete(self.compiler, open_)
        self.woorden = dict(_words(stand.regels))
        self.cijferstappen: dict[Used, Stap] = {}  # the step of a figure is the same for every household
        self.volgorde = Volgorde(stand.regels.velden)
        self.gevraagd: dict[str, str] = {}  # how a missing field is asked for, by its pointer

    def _besluit(self, besluit: Besluit) -> KlaarBesluit:
        # without a rule in force only the next steps remain, and those need no figures
        gat, datum = self.stand.gat(besluit), besluit.datum
        regels = () if gat else tuple(self._regel(regel, datum) for regel in self.stand.regels_van(besluit))
        values = {} if gat else self._values(besluit.waarden, datum)
        return KlaarBesluit(besluit, regels, values, self._steps(besluit.vervolg, datum), gat)

    def _regel(self, regel: Regel, datum: str) -> KlareRegel:
        return KlareRegel(
            regel=regel,
            als=self.compiler.compile(regel.als, datum),
            zegt=self._text(regel.zegt, datum),
            omdat=tuple(self._text(zin, datum) for zin in regel.omdat),
            waarden=self._values(regel.waarden, datum),
            vervolg=self._steps(regel.vervolg, datum),
        )

    def _text(self, zin: Zin, datum: str) -> Tekst:
        parts = tuple(
            part if isinstance(part, str) else (self.compiler.compile(part[0], datum), part[1]) for part in zin.delen
        )
        return Tekst(parts, self.compiler.compile(zin.als, datum) if zin.als is not None else None)

    def _values(self, values: Mapping[str, tuple[Node, Type]], datum: str) -> Waarden:
        return {name: (self.compiler.compile(node, datum), kind) for name, (node, kind) in values.items()}

    def _steps(self, steps: tuple[Vervolg, ...], datum: str) -> tuple[KlaarVervolg, ...]:
        return tuple(
            KlaarVervolg(
                tekst=self._text(step.zin, datum),
                url=step.url,
                voor=self.compiler.compile(step.voor[0], datum) if step.voor is not None else None,
                bij=step.bij,
            )
            for step in steps
        )


def _words(regels: Regelset) -> Iterator[tuple[frozenset[str], Mapping[str, str]]]:
    for veld in regels.velden.values():
        if veld.waarden:
            yield veld.type.words, veld.waarden
    for grootheid in regels.grootheden.values():
        if grootheid.woorden:
            yield grootheid.type.words, grootheid.woorden


_CACHE: dict[tuple[int, int, int], Programma] = {}


def programma(regels: Regelset, peildatum: date, rondedatum: date) -> Programma:
    """The compiled rules for these dates; days between two changes share one."""
    key = (id(regels), segment(regels, peildatum), segment(regels, rondedatum))
    found = _CACHE.get(key)
    if found is None or found.stand.regels is not regels:
        found = _CACHE[key] = Programma(Stand(regels, peildatum, rondedatum))
    return found
