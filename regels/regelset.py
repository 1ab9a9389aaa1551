"""The rule set: figures, quantities and decisions of all owners and years, loaded and checked.

A :class:`Regelset` is a value: ``regels.bron`` makes it, it does not change, and it is handed along. What was worked
out from it is kept with it (:meth:`Regelset.bewaar`, :func:`eens`), and goes when it goes. What is in force on a date
is picked by ``regels.stand``.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any, Final, TypeVar, cast

from regels.beleid.blokken import Beleid
from regels.bestanden import Place
from regels.eenheden import Type
from regels.eigenaren import Eigenaren
from regels.jaarwissel.aankondiging import Aankondiging
from regels.opmaak import regelsetnaam
from regels.plekken import Plek, places
from regels.taal import Node
from regels.teksten import Teksten
from regels.velden import Veld, Waarde
from regels.venster import Venster
from regels.vraag import MOST_PERSONS, Vraag, parse_json
from regels.vraagmodel import Vraagmodel
from regels.wet.wetsregels import Wet

UITKOMSTEN = ("ja", "nee", "onbekend", "besluit_ontbreekt", "voorleggen", "niet_van_toepassing", "geen_regels")
ZEKERHEDEN = ("officieel", "secundair", "afgeleid", "onbevestigd")
ONDERWERPEN = {
    "toewijzing": "Toewijzing",
    "huurtoeslag": "Huurtoeslag",
    "huurverhoging": "Huurverhoging",
    "betaalbaarheid": "Betaalbaarheid",
    "regelingen": "Regelingen",
}
ZONDER_WAARDEN = ("niet_van_toepassing", "geen_regels")  # with these outcomes the values of a decision are not shown
NIET_VAN_TOEPASSING = "niet-van-toepassing"  # the name of the rule for what ``alleen_als`` leaves out
GESLOTEN = "gesloten"  # the name of the only rule of a scheme that has ended
STATUSSEN = ("vastgesteld", "voornemen", "verwacht")
DATUMS = ("peildatum", "rondedatum")

_Made = TypeVar("_Made")
_NOTHING: Final = object()


@dataclass(frozen=True, slots=True)
class Bron:
    """A source: what it is, where it can be read, of which day, and the place in it."""

    id: str
    titel: str
    url: str
    datum: str
    vindplaats: str
    artikelen: tuple[str, ...] = ()  # the places in the law, as ``regels.wet`` has them


@dataclass(frozen=True, slots=True)
class Cijfer:
    """A figure in one window: a number, a word, ja/nee or a table of numbers by key.

    ``gebruik`` is ``portefeuille`` for a figure about many homes together, which no rule for one household may use.
    """

    naam: str
    label: str
    venster: Venster
    waarde: Waarde | Mapping[str, Waarde]
    type: Type
    bron: str
    zekerheid: str
    opmerking: str
    plaats: Place
    gebruik: str = ""


@dataclass(frozen=True, slots=True)
class Formule:
    """How a quantity is computed in one window."""

    venster: Venster
    tekst: str
    boom: Node
    bronnen: tuple[str, ...]
    zekerheid: str


@dataclass(frozen=True, slots=True)
class Grootheid:
    """A named step that is computed, for the household or for each person."""

    naam: str
    label: str
    type: Type
    woorden: Mapping[str, str]
    per_persoon: bool
    datum: str
    formules: tuple[Formule, ...]
    plaats: Place


@dataclass(frozen=True, slots=True)
class Zin:
    """A sentence with places for values: text parts and expressions with their type; said only when ``als`` holds."""

    delen: tuple["str | tuple[Node, Type]", ...]
    als: Node | None = None


@dataclass(frozen=True, slots=True)
class Vervolg:
    """A next step; only with the outcomes in ``bij`` (empty: with all).

    ``zin`` is written for staff, ``huurder`` for the tenant; a step without it says that it is for staff only. ``naar``
    are the decisions it sends to: they exist on every day that it is said (:mod:`regels.verwijzing`).
    """

    zin: Zin
    huurder: Zin | None
    url: str | None
    voor: tuple[Node, Type] | None
    bij: tuple[str, ...]
    naar: tuple[str, ...] = ()
    plaats: Place | None = None


@dataclass(frozen=True, slots=True)
class Regel:
    """One way a decision can come out, with the condition, the reasons and the values that go with it."""

    naam: str
    venster: Venster
    als_tekst: str
    als: Node
    dan: str
    zegt: Zin
    omdat: tuple[Zin, ...]
    bronnen: tuple[str, ...]
    zekerheid: str
    waarden: Mapping[str, tuple[Node, Type]]
    labels: Mapping[str, str]
    vervolg: tuple[Vervolg, ...]
    status: str
    besluit_voor: date | None
    plaats: Place


@dataclass(frozen=True, slots=True)
class Opbrengst:
    """Which values of a decision say what a household gets by it: paid by ``maand``, and in a ``jaar``.

    ``mogelijk`` is what it may be in a month, while not known. Of those with the same ``een_van`` there is one at most.
    """

    maand: str
    jaar: str
    mogelijk: str
    een_van: str
    plaats: Place


@dataclass(frozen=True, slots=True)
class Besluit:
    """A decision: a question that has exactly one answer for every household whose facts are known.

    With ``stopt`` an outcome ``voorleggen`` ends the whole check. With ``gemeenten`` it is only for one of those
    (:attr:`Regelset.bereik`). ``toont`` are values of rules written for the policy of a landlord, also while no policy
    has such a rule. ``som`` says how much a scheme brings.
    """

    id: str
    vraag: str
    onderwerp: str
    datum: str
    waarden: Mapping[str, tuple[Node, Type]]
    labels: Mapping[str, str]
    regels: tuple[Regel, ...]
    vervolg: tuple[Vervolg, ...]
    stopt: bool
    plaats: Place
    gemeenten: tuple[str, ...] = ()
    toont: frozenset[str] = frozenset()
    som: Opbrengst | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Aanname:
    """A bound assumption (uitgangspunt) of a field, equal to itself only."""

    id: str
    veld: str
    als: Node | None
    waarde: Node
    tekst: str


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """One rule file, with the hash of its content."""

    naam: str
    hash: str


@dataclass(frozen=True, slots=True)
class Meting:
    """A number of the agreements that is only followed; on ``op`` it equals a figure, and ``telt`` names a count."""

    label: str
    waarde: Decimal
    eenheid: str
    type: Type
    gelijk_aan: str
    op: date | None
    plaats: Place
    telt: str = ""


@dataclass(frozen=True, slots=True)
class Herziening:
    """When someone must look at a statement again."""

    als: str
    voor: date | None


@dataclass(frozen=True, slots=True)
class Bepaling:
    """One statement of the agreements, in our own words: what became of it, and where that stands."""

    id: str
    afspraak: str
    partij: tuple[str, ...]
    status: str
    venster: Venster
    tekst: str
    wordt: str
    wijst_naar: tuple[str, ...]
    reden: str
    cijfers: Mapping[str, Meting]
    herzien: Herziening | None
    plaats: Place


@dataclass(frozen=True, slots=True)
class Jaarschijf:
    """The slice of one year of the agreements of ``eigenaar``, with all its statements."""

    jaar: int
    bron: str
    bepalingen: Mapping[str, Bepaling]
    eigenaar: str


@dataclass(frozen=True, eq=False)
class Regelset:
    """All rules of all owners and years, under one version; equal to itself only.

    ``revisie`` is the published revision that it is, or the draft; None is a set that was not kept. In the
    ``eerste_formaat`` (:mod:`regels.formaat`) it answers as it did then.
    """

    versie: str
    hash: str
    onderdelen: tuple[Onderdeel, ...]
    bronnen: Mapping[str, Bron]
    velden: Mapping[str, Veld]
    aannamen: Mapping[str, tuple[Aanname, ...]]
    eigenaren: Eigenaren
    teksten: Teksten
    # what is asked about money that is received already, by the decision that it is of
    ontvangt: Mapping[str, Veld]
    # whether a question is of these municipalities, for those that a decision is of
    bereik: Mapping[tuple[str, ...], Node]
    cijfers: Mapping[str, tuple[Cijfer, ...]]
    grootheden: Mapping[str, Grootheid]
    besluiten: Mapping[str, Besluit]
    jaarschijven: tuple[Jaarschijf, ...]
    beleid: tuple[Beleid, ...] = ()
    wetten: Mapping[str, Wet] = field(default_factory=dict)  # what became of the law
    wacht: Mapping[str, Aankondiging] = field(default_factory=dict)  # from whom a figure of a new year comes
    revisie: str | None = None
    eerste_formaat: bool = False
    _bewaard: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def naam(self) -> str:
        """How it is called for a reader."""
        return regelsetnaam(self.versie, self.revisie)

    @property
    def vragen(self) -> Vraagmodel:
        """The models of a question to these rules."""
        return _models(self)

    def vraag(self, waarde: object) -> Vraag:
        """``waarde`` (as parsed from JSON) as a question. Raises :class:`regels.vraag.VraagFout` with every fault."""
        return self.vragen.vraag.gelezen(waarde)

    def lees(self, tekst: bytes | str) -> Vraag:
        """The question in JSON. Raises :class:`regels.vraag.VraagFout` with every fault when it is not one."""
        return self.vraag(parse_json(tekst))

    def plekken(self, personen: int) -> tuple[Plek, ...]:
        """Every field of a question with so many residents."""
        return self.bewaar((Plek, personen), lambda: places(self.velden, personen))

    def plek(self, pointer: str) -> Plek | None:
        """The field at a JSON pointer."""
        return _by_pointer(self).get(pointer)

    def bewaar(self, sleutel: Hashable, maak: Callable[[], _Made]) -> _Made:
        """What ``maak`` gives: made once for ``sleutel``, and kept as long as this rule set."""
        found = self._bewaard.get(sleutel, _NOTHING)
        if found is _NOTHING:
            found = self._bewaard.setdefault(sleutel, maak())  # of two threads that make it, both get the first
        return cast(_Made, found)


def eens(maak: Callable[[Regelset], _Made]) -> Callable[[Regelset], _Made]:
    """``maak``, worked out once for each rule set and kept with it."""

    @wraps(maak)
    def kept(regels: Regelset) -> _Made:
        found = regels._bewaard.get(maak, _NOTHING)  # asked for many times in a check
        return regels.bewaar(maak, lambda: maak(regels)) if found is _NOTHING else cast(_Made, found)

    return kept


@eens
def _models(regels: Regelset) -> Vraagmodel:
    return Vraagmodel(regels.velden, regels.ontvangt)


@eens
def _by_pointer(regels: Regelset) -> Mapping[str, Plek]:
    return {plek.pointer: plek for plek in (*regels.plekken(MOST_PERSONS), *map(Plek, regels.ontvangt.values()))}
