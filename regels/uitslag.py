"""What is answered: one conclusion for each decision, with its reasons, values, gaps and next steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, cast

from pydantic import Field, PlainSerializer, TypeAdapter

from regels.opmaak import regelsetnaam
from regels.wet.wetsplaatsen import NietGetoetst

Uitkomst = Literal["ja", "nee", "onbekend", "besluit_ontbreekt", "voorleggen", "niet_van_toepassing", "geen_regels"]
Zekerheid = Literal["officieel", "secundair", "afgeleid", "onbevestigd"]


def _json_number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, list):
        return [_json_number(part) for part in value]
    return value


# a list has one value for each resident, in the order of the question; None for whom it is not about
Gegeven = Annotated[
    Decimal | bool | date | str | list[Decimal | None] | None, PlainSerializer(_json_number, when_used="json")
]


# Dataclasses and not models: an answer holds a few hundred, made by the rules and by nobody else. Those that come in
# numbers are not frozen either, which makes them three times as cheap; nobody changes them after they are made.


@dataclass(slots=True)
class Reden:
    """Why a conclusion came out as it did, by one rule."""

    regel: str
    tekst: str
    bronnen: list[str]


@dataclass(frozen=True, slots=True)
class Ontbrekend:
    """A field that is unknown and matters; ``veld`` is its JSON pointer."""

    veld: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Vervolgstap:
    """What to do next; it must be done before the day ``voor``.

    ``tekst`` is written for staff, ``huurder`` for the tenant; that is empty where a step is for staff only.
    """

    tekst: str
    url: str | None = None
    voor: date | None = None
    huurder: str = ""


@dataclass(slots=True)
class Stap:
    """A figure, a field or a computed step the conclusion rests on, with its value as text.

    ``persoon`` is the index of the resident whose field or step it is.
    """

    soort: Literal["cijfer", "grootheid", "veld"]
    naam: str
    label: str
    waarde: str
    bronnen: list[str]
    zekerheid: Zekerheid | None = None
    veld: str | None = None
    opmerking: str = ""
    persoon: int | None = None


@dataclass(slots=True)
class Waardelabel:
    """How a value in ``waarden`` is called and written for a reader."""

    naam: str
    label: str
    tekst: str


@dataclass(slots=True)
class Bereikwaarde:
    """The lowest and the highest of a value that is not the same in a whole stretch."""

    laagste: Gegeven
    hoogste: Gegeven


@dataclass(slots=True)
class Mogelijk:
    """What comes out in one stretch of the only field that a conclusion waits for.

    ``veld`` is its JSON pointer and ``als`` says the stretch in words. ``van`` and ``tot`` are its ends, both in it; a
    choice has ``waarde`` instead. In ``waarden`` a value that differs within the stretch has its lowest and highest.
    """

    veld: str
    als: str
    van: Gegeven
    tot: Gegeven
    waarde: Gegeven
    uitkomst: Uitkomst
    waarden: dict[str, Gegeven | Bereikwaarde]
    weergave: list[Waardelabel]


@dataclass(slots=True)
class Conclusie:
    """The answer to one decision.

    ``regel`` names the rule that applies, or every rule that may when they all come out the same. When it is
    ``onvolledig`` the outcome is sure, and a field in ``ontbreekt`` can still change a value that is shown.
    ``mogelijk`` says of the only field that is missing what each stretch of it gives.
    """

    id: str
    onderwerp: str
    vraag: str
    uitkomst: Uitkomst
    zekerheid: Zekerheid | None
    tekst: str
    waarden: dict[str, Gegeven]
    weergave: list[Waardelabel]
    redenen: list[Reden]
    stappen: list[Stap]
    ontbreekt: list[Ontbrekend]
    vervolg: list[Vervolgstap]
    regel: list[str] = field(default_factory=list)
    onvolledig: bool = False
    mogelijk: list[Mogelijk] = field(default_factory=list)


# what a conclusion did not say in the first format of the rule files
_SINCE_2: Final = {"conclusies": {"__all__": {"regel", "onvolledig", "mogelijk"}}, "niet_getoetst": True}
# what an answer does not say where nothing of the law was accounted for
_NOT_SAID: Final = {"niet_getoetst": True}


@dataclass(slots=True)
class Uitgangspunt:
    """Something that was taken as given because the question left it out.

    ``velden`` is where it can be changed, one for each person it was taken for; ``veld`` is the first of them.
    """

    id: str
    tekst: str
    veld: str
    velden: list[str]


@dataclass(frozen=True, slots=True)
class Bronvermelding:
    """A source that the answer names."""

    titel: str
    url: str
    datum: str
    vindplaats: str


@dataclass(frozen=True, slots=True)
class RegelsetVermelding:
    """The rule set that answered; ``revisie`` is None where no revisions are kept."""

    versie: str
    hash: str
    onderdelen: list[str]
    revisie: str | None = None

    @property
    def naam(self) -> str:
        """How it is called for a reader."""
        return regelsetnaam(self.versie, self.revisie)


Bedrag = Annotated[Decimal, PlainSerializer(_json_number, when_used="json")]


@dataclass(frozen=True, slots=True)
class Sombedrag:
    """What is paid every month, and in a year; None where that is not known or does not exist."""

    maand: Bedrag | None
    jaar: Bedrag | None


Oordeel = Literal["niet", "minder", "gelijk", "meer", "onzeker"]


@dataclass(frozen=True, slots=True)
class Ontvangst:
    """What is received already of one scheme, as it was filled in, beside what was computed.

    ``verschil`` is what was computed less what is received: above zero is missed, below zero perhaps to be paid back.
    """

    ontvangt: bool
    bedrag: Bedrag | None
    oordeel: Oordeel
    verschil: Bedrag | None
    tekst: str


@dataclass(slots=True)
class Sompost:
    """One scheme in the sum. What has neither ``maand`` nor ``jaar`` has no known amount.

    What is not ``maandelijks`` is paid once a year: it has no ``maand``, and ``ontvangst`` is then by the year.

    ``maand`` and ``jaar`` are the highest where the amount is not exact (for a band of incomes), and ``minstens`` then
    the lowest: that one counts among what is sure. What
    ``telt`` is in the totals: of schemes that exclude each other only one is.
    """

    besluit: str
    titel: str
    uitkomst: Uitkomst
    zekerheid: Zekerheid | None
    maandelijks: bool
    maand: Bedrag | None
    jaar: Bedrag | None
    minstens: Sombedrag | None = None
    telt: bool = True
    ontvangst: Ontvangst | None = None


@dataclass(slots=True)
class Somdeel:
    """Schemes together: what is paid every ``maand``, and the amounts in a ``jaar`` as each scheme gives them."""

    maand: Bedrag
    jaar: Bedrag
    zekerheid: Zekerheid | None
    posten: list[Sompost]


@dataclass(frozen=True, slots=True)
class Somstap:
    """A next step of a scheme in the sum, as :class:`Vervolgstap` has it."""

    besluit: str
    titel: str
    tekst: str
    huurder: str
    voor: date | None
    url: str | None


@dataclass(slots=True)
class Som:
    """What the household may get in all: each scheme once, sure (``ja``) and possible apart.

    ``buiten`` are schemes that are in neither and must be named: no rules were found for this day, or it is received
    while there is no right. ``gemist`` and ``teveel`` are the differences with what is received: a month, and in the
    year of what is paid once a year; None where nothing was filled in about that. ``stappen`` begin with what is due
    first, those of schemes that are not received yet in front.
    """

    zeker: Somdeel
    mogelijk: Somdeel
    buiten: list[Sompost]
    gemist: Sombedrag | None
    teveel: Sombedrag | None
    stappen: list[Somstap]
    toelichting: list[str]


@dataclass(slots=True)
class Uitslag:
    """The whole answer to one question.

    ``som`` is None where it was not asked for, where only some of the decisions were, and where the check stopped.
    ``niet_getoetst`` is None, and left out, where it was not asked for, and by rules that do not account for the law.
    """

    peildatum: date
    huurronde: int
    regelset: RegelsetVermelding
    conclusies: list[Conclusie]
    uitgangspunten: list[Uitgangspunt]
    bronnen: dict[str, Bronvermelding]
    som: Som | None = None
    niet_getoetst: Annotated[list[NietGetoetst] | None, Field(serialization_alias="nietGetoetst")] = None

    def conclusie(self, id: str) -> Conclusie:
        """The conclusion with this id. Raises :class:`KeyError`."""
        for conclusie in self.conclusies:
            if conclusie.id == id:
                return conclusie
        raise KeyError(id)

    def json(self) -> str:
        """The answer as the API gives it: amounts in euros."""
        return self.json_bytes().decode()

    def json_bytes(self, velden: Mapping[str, Any] | None = None) -> bytes:
        """The same in UTF-8; with ``velden`` only those fields, named the way pydantic includes them."""
        return _WRITTEN.dump_json(self, include=cast("Any", velden), exclude=self._left_out, by_alias=True)

    def as_data(self) -> dict[str, Any]:
        """The same as :meth:`json`, as plain Python values."""
        return cast(dict[str, Any], _WRITTEN.dump_python(self, mode="json", exclude=self._left_out, by_alias=True))

    @property
    def _left_out(self) -> Any:
        return _NOT_SAID if self.niet_getoetst is None else None


class EersteUitslag(Uitslag):
    """The answer by rules of the first format, written as it was then."""

    __slots__ = ()

    @property
    def _left_out(self) -> Any:
        return _SINCE_2


_WRITTEN = TypeAdapter(Uitslag)
