"""A rule set made ready to answer: for one stretch of days, every decision compiled for both readers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from regels.lezers.rete import Rete
from regels.lezers.uitleg import Compiler, Function
from regels.ontbreekt import Volgorde
from regels.opmaak import Writer, writer
from regels.regelset import Besluit, Regel, Regelset, Vervolg, Zin
from regels.stand import Gat, Stand, segment
from regels.stappen import Stappen
from regels.taal import Node
from regels.typen import Type
from regels.uitslag import Bronvermelding, RegelsetVermelding


@dataclass(frozen=True, slots=True)
class Tekst:
    """A sentence with its values compiled; ``vorm`` has a place (``{}``) for each of them."""

    vorm: str
    waarden: tuple[tuple[Function, Writer], ...]
    als: Function | None


@dataclass(frozen=True, slots=True)
class KlareWaarde:
    """A value that is shown: how it is computed, called and written; ``procent`` as it is named (15 for 15%)."""

    naam: str
    label: str
    waarde: Function
    schrijf: Writer
    procent: bool


@dataclass(frozen=True, slots=True)
class KlaarVervolg:
    """A next step, compiled."""

    tekst: Tekst
    url: str | None
    voor: Function | None
    bij: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KlareRegel:
    """A rule, compiled."""

    regel: Regel
    als: Function
    zegt: Tekst
    omdat: tuple[Tekst, ...]
    waarden: tuple[KlareWaarde, ...]
    vervolg: tuple[KlaarVervolg, ...]


@dataclass(frozen=True, slots=True)
class KlaarBesluit:
    """A decision, compiled; with a ``gat`` there is nothing in force to answer from."""

    besluit: Besluit
    regels: tuple[KlareRegel, ...]
    waarden: tuple[KlareWaarde, ...]
    vervolg: tuple[KlaarVervolg, ...]
    gat: Gat | None


class Programma:
    """Everything that holds on one peildatum and rondedatum, compiled."""

    def __init__(self, stand: Stand) -> None:
        self.stand = stand
        self._woorden = dict(_words(stand.regels))
        self._compiler = Compiler(stand)
        self.besluiten = [self._besluit(besluit) for besluit in stand.regels.besluiten.values()]
        open_ = [(klaar.besluit, tuple(r.regel for r in klaar.regels)) for klaar in self.besluiten if klaar.gat is None]
        self.rete = Rete(self._compiler, open_)
        self.stappen = Stappen(stand, self.writer)
        self.volgorde = Volgorde(stand.regels.velden)
        self.gevraagd: dict[str, str] = {}  # how a missing field is asked for, by its pointer
        regels = stand.regels
        self.regelset = RegelsetVermelding(regels.versie, regels.hash, [part.naam for part in regels.onderdelen])
        self.bronnen = {
            name: Bronvermelding(bron.titel, bron.url, bron.datum, bron.vindplaats)
            for name, bron in regels.bronnen.items()
        }

    def writer(self, kind: Type) -> Writer:
        """How values of ``kind`` are written, with the words that the rule set has for them."""
        return writer(kind, self._woorden.get(kind.words))

    def _besluit(self, besluit: Besluit) -> KlaarBesluit:
        # without a rule in force only the next steps remain, and those need no figures
        gat, datum = self.stand.gat(besluit), besluit.datum
        regels = () if gat else tuple(self._regel(regel, datum) for regel in self.stand.regels_van(besluit))
        values = () if gat else self._values(besluit.waarden, besluit.labels, datum)
        return KlaarBesluit(besluit, regels, values, self._steps(besluit.vervolg, datum), gat)

    def _regel(self, regel: Regel, datum: str) -> KlareRegel:
        return KlareRegel(
            regel=regel,
            als=self._compiler.compile(regel.als, datum),
            zegt=self._text(regel.zegt, datum),
            omdat=tuple(self._text(zin, datum) for zin in regel.omdat),
            waarden=self._values(regel.waarden, regel.labels, datum),
            vervolg=self._steps(regel.vervolg, datum),
        )

    def _text(self, zin: Zin, datum: str) -> Tekst:
        form = "".join("{}" if not isinstance(part, str) else _escaped(part) for part in zin.delen)
        values = [part for part in zin.delen if not isinstance(part, str)]
        return Tekst(
            vorm=form if values else form.format(),
            waarden=tuple((self._compiler.compile(node, datum), self.writer(kind)) for node, kind in values),
            als=self._compiler.compile(zin.als, datum) if zin.als is not None else None,
        )

    def _values(
        self, values: Mapping[str, tuple[Node, Type]], labels: Mapping[str, str], datum: str
    ) -> tuple[KlareWaarde, ...]:
        return tuple(
            KlareWaarde(name, labels[name], self._compiler.compile(node, datum), self.writer(kind), kind.percent)
            for name, (node, kind) in values.items()
        )

    def _steps(self, steps: tuple[Vervolg, ...], datum: str) -> tuple[KlaarVervolg, ...]:
        return tuple(
            KlaarVervolg(
                tekst=self._text(step.zin, datum),
                url=step.url,
                voor=self._compiler.compile(step.voor[0], datum) if step.voor is not None else None,
                bij=step.bij,
            )
            for step in steps
        )


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


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
