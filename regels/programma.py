"""A rule set made ready to answer: for one stretch of days, every decision compiled for both readers."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Final, cast

from regels.eenheden import Type
from regels.eensgezind import Eensgezind
from regels.laatst import Laatst
from regels.lezers.code import Code
from regels.lezers.onbekend import Unknown
from regels.lezers.rete import Rete
from regels.lezers.toestand import State, Used
from regels.lezers.uitleg import Compiler, Function
from regels.ontbreekt import Volgorde
from regels.opmaak import Writer, writer
from regels.regelset import ZONDER_WAARDEN, Aanname, Besluit, Regel, Regelset, Vervolg, Zin, eens
from regels.stand import Gat, Stand, segment
from regels.stappen import Stappen
from regels.taal import Node, repeated
from regels.uitslag import (
    Gegeven,
    Ontbrekend,
    RegelsetVermelding,
    Uitgangspunt,
    Uitkomst,
    Vervolgstap,
    Waardelabel,
)
from regels.wet.leemten import Leemten

_ASKED: Final = 64  # of how many choices of decisions it is kept which these are
_WAITING: Final = 1_024  # and of how many sets of missing fields in which order they are asked
_ASSUMED: Final = 1_024  # and of how many sets of assumptions how they are told
MOST_KEPT: Final = 64  # with every date that can be asked there are some 800, of a megabyte each
_Key = tuple[int, int, bool]
# What is said of a state, and the bits of what it rests on. A sentence of which a value is unknown is None.
Zeg = Callable[[State], tuple[str | None, int]]
# what is known of the values that are shown, by name; how each is called and written; and what they rest on
Waarden = Callable[[State], tuple[dict[str, Gegeven], list[Waardelabel], int]]
# what is said where a rule applies: the reasons, the sentence, the values, and what these rest on; and what only the
# values rest on that the decision shows with every rule
Antwoord = Callable[[State], tuple[list[str], str | None, dict[str, Gegeven], list[Waardelabel], int, int]]
# the rules that apply, what the rules wait for of which that is unknown, the bits of what the true one rests on, and
# those unknown rules
Gelden = Callable[[State], tuple[list["KlareRegel"], list[Unknown], int, list["KlareRegel"]]]


@dataclass(frozen=True, slots=True)
class KlaarVervolg:
    """A next step, compiled; ``vast`` is the step itself where nothing of the household is in it, as is usual."""

    vast: Vervolgstap | None
    zegt: Zeg
    huurder: Zeg | None
    url: str | None
    voor: Function | None
    bij: tuple[str, ...]

    def after(self, uitkomst: str) -> bool:
        """Whether it goes with this outcome."""
        return not self.bij or uitkomst in self.bij


@dataclass(frozen=True, slots=True, eq=False)
class KlareRegel:
    """A rule, compiled; ``alleen`` is what both readers say when it is the only one that applies."""

    alleen: frozenset[str]
    uitkomst: Uitkomst
    regel: Regel
    antwoord: Antwoord
    vervolg: tuple[KlaarVervolg, ...]


@dataclass(frozen=True, slots=True, eq=False)
class KlaarBesluit:
    """A decision, compiled; with a ``gat`` there is nothing in force to answer from."""

    besluit: Besluit
    regels: tuple[KlareRegel, ...]
    gelden: Gelden
    waarden: Waarden
    vervolg: tuple[KlaarVervolg, ...]
    gat: Gat | None


class Programma:
    """Everything that holds on one peildatum and rondedatum, compiled.

    A brief one says what comes out: outcomes, sentences and values. What these rest on is not kept, and there are no
    reasons, next steps or words for a value; so it takes two thirds of the time.
    """

    def __init__(self, stand: Stand, *, brief: bool = False) -> None:
        self.stand, self.brief = stand, brief
        self._woorden = dict(_words(stand.regels))
        self.compiler = Compiler(stand, traced=not brief)
        self.besluiten = [self._besluit(besluit) for besluit in stand.regels.besluiten.values()]
        open_ = [(klaar.besluit, tuple(r.regel for r in klaar.regels)) for klaar in self.besluiten if klaar.gat is None]
        self.rete = Rete(self.compiler, open_)
        self.bereik = {
            about: self.compiler.compile(tree, "peildatum", "bereik") for about, tree in stand.regels.bereik.items()
        }
        self.state = self.compiler.layout.state
        self.asked = lru_cache(_ASKED)(self._asked)
        self.samen = lru_cache(None)(partial(Eensgezind, self))
        self.uitgangspunten = lru_cache(_ASSUMED)(_taken_as_given)
        self.stappen = Stappen(stand, self.compiler.used, self.writer)
        self.volgorde = lru_cache(_WAITING)(Volgorde(stand.regels.velden))
        self.gevraagd: dict[str, Ontbrekend] = {}  # how a missing field is asked for, by its pointer
        regels = stand.regels
        parts = [part.naam for part in regels.onderdelen]
        self.regelset = RegelsetVermelding(regels.versie, regels.hash, parts, regels.revisie)

    @cached_property
    def leemten(self) -> Leemten:
        """What the answers leave out; compiled for the first that is asked to say so."""
        return Leemten(self.stand.regels, self.compiler)

    def writer(self, kind: Type) -> Writer:
        """How values of ``kind`` are written, with the words that the rule set has for them."""
        return writer(kind, self._woorden.get(kind.words))

    def _besluit(self, besluit: Besluit) -> KlaarBesluit:
        # without a rule in force only the next steps remain, and those need no figures
        gat, datum = self.stand.gat(besluit), besluit.datum
        steps = self._steps(besluit, besluit.vervolg)
        regels = () if gat else tuple(self._regel(besluit, regel, steps) for regel in self.stand.regels_van(besluit))
        code = self.compiler.code(f"{besluit.id} waarden")
        found, display = self._values({} if gat else self.stand.waarden_van(besluit), besluit.labels, datum, code)
        return KlaarBesluit(
            besluit,
            regels,
            self._apply(besluit, regels),
            code.function(f"{found}, {display}, {code.used()}"),
            steps,
            gat,
        )

    def _asked(self, besluiten: tuple[str, ...]) -> list[KlaarBesluit]:
        """These decisions, and those that can stop the whole check."""
        return [klaar for klaar in self.besluiten if klaar.besluit.id in besluiten or klaar.besluit.stopt]

    def _apply(self, besluit: Besluit, regels: tuple[KlareRegel, ...]) -> Gelden:
        """All rules of a decision in one function, for they ask the same things."""
        code = self.compiler.code(besluit.id, again=repeated([klaar.regel.als for klaar in regels]))
        true, unknown, used, open_ = code.new("[]"), code.new("[]"), code.new("0"), code.new("[]")
        for klaar in regels:
            code.begin()
            value = code.settle(self.compiler.write(klaar.regel.als, besluit.datum, code)).text
            with code.block(f"if {value} is True:"):
                code.add(f"{true}.append({code.given(klaar)})")
                code.add(f"{used} = {code.used()}")
            with code.block(f"elif {value}:"):
                code.add(f"{unknown}.append({value})")
                code.add(f"{open_}.append({code.given(klaar)})")
        return code.function(f"{true}, {unknown}, {used}, {open_}")

    def _regel(self, besluit: Besluit, regel: Regel, steps: tuple[KlaarVervolg, ...]) -> KlareRegel:
        own = self._steps(besluit, regel.vervolg)
        return KlareRegel(
            alleen=frozenset({regel.naam}),
            uitkomst=cast(Uitkomst, regel.dan),
            regel=regel,
            antwoord=self._answer(besluit, regel),
            vervolg=tuple(step for step in (*own, *steps) if step.after(regel.dan)),
        )

    def _answer(self, besluit: Besluit, regel: Regel) -> Antwoord:
        code, datum, silent = (
            self.compiler.code(f"{besluit.id} {regel.naam}"),
            besluit.datum,
            regel.dan in ZONDER_WAARDEN,
        )
        reasons, said = code.new("[]"), code.new("None")
        for zin in () if self.brief else regel.omdat:
            self._say(zin, datum, code, f"{reasons}.append({{}})")
        self._say(regel.zegt, datum, code, f"{said} = {{}}")
        own, own_display = self._values(regel.waarden, regel.labels, datum, code)
        used = code.new(code.used())
        code.begin()
        # the values that go with the question are shown with their sources, but the outcome does not rest on them
        shared, display = self._values({} if silent else besluit.waarden, besluit.labels, datum, code)
        return code.function(f"{reasons}, {said}, {shared} | {own}, {display} + {own_display}, {used}, {code.used()}")

    def _text(self, zin: Zin, name: str, datum: str) -> Zeg:
        code = self.compiler.code(name)
        said = code.new("None")
        self._say(zin, datum, code, f"{said} = {{}}")
        return code.function(f"{said}, {code.used()}")

    def _say(self, zin: Zin, datum: str, code: Code, how: str) -> None:
        """The sentence as a part of ``code``, where ``how`` says what is done with it (``{}``).

        Nothing is said, and nothing used, of which a value is unknown.
        """
        if zin.als is None and all(isinstance(part, str) for part in zin.delen):
            code.add(how.format(code.given("".join(part for part in zin.delen if isinstance(part, str)))))
            return
        rests = code.new("0")
        with ExitStack() as blocks:
            if zin.als is not None:
                condition = code.settle(self.compiler.write(zin.als, datum, code))
                blocks.enter_context(code.block(f"if {condition.text} is True:"))
            blocks.enter_context(code.apart())
            texts = []
            for part in zin.delen:
                if isinstance(part, str):
                    texts.append(code.given(part))
                    continue
                node, kind = part
                value = self.compiler.write(node, datum, code)
                if not value.sure:
                    blocks.enter_context(code.block(f"if {value.known}:"))
                write = self.writer(kind)
                if value.constant is None:
                    texts.append(code.new(f"{code.given(write)}({value.text})"))
                else:
                    texts.append(code.given(write(value.constant)))
            code.add(how.format("f'" + "".join("{" + text + "}" for text in texts) + "'"))
            code.add(f"{rests} = {code.used()}")
        code.use(rests)

    def _values(
        self, values: Mapping[str, tuple[Node, Type]], labels: Mapping[str, str], datum: str, code: Code
    ) -> tuple[str, str]:
        """What is known of the values, and how it is shown, as parts of ``code``."""
        found, display = code.new("{}"), code.new("[]")
        for name, (node, kind) in values.items():
            with code.apart():
                value = code.settle(self.compiler.write(node, datum, code))
                rests = code.used()
            with code.block(f"if {value.known}:"):  # what is not shown rests on nothing
                code.use(rests)
                code.add(f"{found}[{name!r}] = {value.text}{' * 100' if kind.percent else ''}")
                if self.brief:
                    continue
                if value.constant is None:
                    text = f"{code.given(self.writer(kind))}({value.text})"
                    label = f"{code.given(Waardelabel)}({name!r}, {code.given(labels[name])}, {text})"
                else:
                    label = code.given(Waardelabel(name, labels[name], self.writer(kind)(value.constant)))
                code.add(f"{display}.append({label})")
        return found, display

    def _steps(self, besluit: Besluit, steps: tuple[Vervolg, ...]) -> tuple[KlaarVervolg, ...]:
        if self.brief:
            return ()
        name, datum = "vervolg", besluit.datum  # most say nothing but their words, and share a function
        return tuple(
            KlaarVervolg(
                vast=_fixed(step),
                zegt=self._text(step.zin, name, datum),
                huurder=self._text(step.huurder, name, datum) if step.huurder is not None else None,
                url=step.url,
                voor=self.compiler.compile(step.voor[0], datum, name) if step.voor is not None else None,
                bij=step.bij,
            )
            for step in steps
        )


def _fixed(step: Vervolg) -> Vervolgstap | None:
    """The step, when it says the same to every household on every day."""
    said = [zin for zin in (step.zin, step.huurder) if zin is not None]
    parts = [[part for part in zin.delen if isinstance(part, str)] for zin in said]
    plain = all(zin.als is None and len(words) == len(zin.delen) for zin, words in zip(said, parts, strict=True))
    if step.voor is not None or not plain:
        return None
    staff, *tenant = ("".join(words) for words in parts)
    return Vervolgstap(staff, step.url, None, "".join(tenant))


def _taken_as_given(assumed: tuple[tuple[Used, Aanname], ...]) -> list[Uitgangspunt]:
    """What was taken as given, each once, with the fields that it was taken for."""
    found: dict[str, Uitgangspunt] = {}
    for used, aanname in assumed:
        if aanname.id in found:
            found[aanname.id].velden.append(used.pointer)
        else:
            found[aanname.id] = Uitgangspunt(aanname.id, aanname.tekst, used.pointer, [used.pointer])
    return list(found.values())


def _words(regels: Regelset) -> Iterator[tuple[frozenset[str], Mapping[str, str]]]:
    for veld in regels.velden.values():
        if veld.waarden:
            yield veld.type.words, veld.waarden
    for grootheid in regels.grootheden.values():
        if grootheid.woorden:
            yield grootheid.type.words, grootheid.woorden


def programma(regels: Regelset, peildatum: date, rondedatum: date, *, brief: bool = False) -> Programma:
    """The compiled rules for these dates; days between two changes share one."""
    key = _key(regels, peildatum, rondedatum, brief)
    return _compiled(regels).get(key, lambda: Programma(Stand(regels, peildatum, rondedatum), brief=brief))


def is_compiled(regels: Regelset, peildatum: date, rondedatum: date, *, brief: bool = False) -> bool:
    """Whether :func:`programma` has these already; it takes a quarter of a second to make them."""
    return _key(regels, peildatum, rondedatum, brief) in _compiled(regels)


@eens
def _compiled(_: Regelset) -> "Laatst[_Key, Programma]":
    return Laatst(MOST_KEPT)


def _key(regels: Regelset, peildatum: date, rondedatum: date, brief: bool) -> _Key:
    return segment(regels, peildatum), segment(regels, rondedatum), brief
