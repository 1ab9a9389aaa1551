"""What is asked: the household, the dwelling and the landlord.

The models are built from ``sets/velden.yaml``, so that a field is declared once. What stays empty is unknown. An
unknown key, a wrong type or a value outside its domain is a fault with a JSON pointer and a Dutch sentence; all faults
are reported at once.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationError,
    WithJsonSchema,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError, from_json

from regels.opmaak import bedrag, datum
from regels.regelset import Waarde
from regels.velden import Veld, velden


def begin_of_round(huurronde: int) -> date:
    """1 July of this year: the first day of the huurronde, and the day on which most increases take effect."""
    return date(huurronde, 7, 1)


def round_of(day: date) -> int:
    """The huurronde that ``day`` lies in: a round runs from 1 July up to and including 30 June."""
    return day.year if day >= begin_of_round(day.year) else day.year - 1


@dataclass(frozen=True, slots=True)
class Fout:
    """One fault in a question: where (JSON pointer) and what, with what to enter instead."""

    veld: str
    tekst: str


class VraagFout(Exception):
    """The question cannot be read; ``fouten`` lists everything that is wrong with it."""

    def __init__(self, fouten: list[Fout]) -> None:
        super().__init__(f"{len(fouten)} fout(en) in de vraag")
        self.fouten = fouten


class _Onderdeel(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class _Vraag(_Onderdeel):
    """One question to :func:`regels.toets`.

    ``peildatum`` may be left out by a caller, but must be filled in before the question reaches the rules.
    """

    @model_validator(mode="after")
    def _samenhang(self) -> Self:
        faults = list(_inconsistencies(self))
        if faults:
            raise PydanticCustomError("samenhang", "samenhang", {"fouten": faults})
        return self

    def op(self, peildatum: date) -> Self:
        """This question with ``peildatum`` filled in where it was left out.

        Raises :class:`VraagFout` when a date in the question does not fit that day.
        """
        if getattr(self, "peildatum", None) is not None:
            return self
        try:
            return type(self).model_validate(self.model_dump(exclude_none=True) | {"peildatum": peildatum})
        except ValidationError as error:  # the day decides whether the other dates fit
            raise VraagFout(_faults(error)) from None

    @property
    def rondedatum(self) -> date:
        """The day on which the rent increase takes effect: the proposed day, else 1 July of the huurronde.

        A landlord may propose any day (BW 7:252 lid 1 and 2 under d); 1 July is custom.
        """
        dwelling = getattr(self, "woning", None)
        proposed: date | None = getattr(dwelling, "ingangsdatum_voorstel", None)
        ronde = getattr(self, "huurronde", None)
        return proposed or begin_of_round(int(ronde) if ronde is not None else self._peildatum().year)

    def _peildatum(self) -> date:
        peildatum: date | None = getattr(self, "peildatum", None)
        if peildatum is None:
            raise VraagFout([Fout("/peildatum", "De peildatum ontbreekt.")])
        return peildatum

    def feiten(self) -> tuple[dict[str, Waarde], tuple[dict[str, Waarde], ...]]:
        """The flat facts of the household and of each person; what is unknown is left out."""
        facts = _known(self)
        persons: list[BaseModel] = facts.pop("personen", [])
        dwelling: BaseModel | None = facts.pop("woning", None)
        if dwelling is not None:
            facts |= _dwelling(dwelling)
        facts["peildatum"], facts["rondedatum"] = self._peildatum(), self.rondedatum
        return facts, tuple(_known(person) for person in persons)


def _dwelling(dwelling: BaseModel) -> dict[str, Waarde]:
    facts = _known(dwelling)
    if isinstance(costs := facts.get(_COSTS), BaseModel):
        del facts[_COSTS]
        facts |= _known(costs)
    return facts


def _known(part: BaseModel) -> dict[str, Any]:
    return {
        name: Decimal(value) if type(value) is int else value for name, value in vars(part).items() if value is not None
    }


def _fault(text: str) -> PydanticCustomError:
    return PydanticCustomError("huurtoets", "{tekst}", {"tekst": text})


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _amount(veld: Veld) -> Callable[[Any], object]:
    low, high = veld.minimum, veld.maximum
    assert isinstance(low, Decimal) and isinstance(high, Decimal)

    def read(value: Any) -> object:
        number = _number(value)
        if number is None:
            raise _fault("Vul een bedrag in als getal, bijvoorbeeld 655.12.")
        if number < low or number > high:
            raise _fault(f"Vul een bedrag in van {bedrag(low)} tot en met {bedrag(high)}.")
        if number != round(number, 2):
            raise _fault("Vul een bedrag in met hoogstens twee cijfers achter de komma.")
        return round(number, 2)

    return read


def _whole(veld: Veld) -> Callable[[Any], object]:
    low, high = veld.minimum, veld.maximum
    assert isinstance(low, Decimal) and isinstance(high, Decimal)
    what = "een bedrag in hele euro's" if veld.soort == "heel_bedrag" else "een heel getal"

    def read(value: Any) -> object:
        number = _number(value)
        if number is None or number != number.to_integral_value():
            raise _fault(f"Vul {what} in, bijvoorbeeld {'24500' if veld.soort == 'heel_bedrag' else int(low) + 26}.")
        if number < low or number > high:
            raise _fault(f"Vul {what} in van {int(low)} tot en met {int(high)}.")
        return int(number)

    return read


def _day(veld: Veld) -> Callable[[Any], object]:
    low, high = veld.minimum, veld.maximum
    assert isinstance(low, date) and isinstance(high, date)

    def read(value: Any) -> object:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                raise _fault("Deze datum bestaat niet. Schrijf jaar-maand-dag, bijvoorbeeld 2026-07-01.") from None
        if type(value) is not date:
            raise _fault("Schrijf de datum als jaar-maand-dag, bijvoorbeeld 2026-07-01.")
        if not low <= value <= high:
            raise _fault(f"Vul een datum in van {datum(low)} tot en met {datum(high)}.")
        return value

    return read


def _choice(veld: Veld) -> Callable[[Any], object]:
    def read(value: Any) -> object:
        if not isinstance(value, str) or value not in veld.waarden:
            raise _fault(f"Kies een van: {', '.join(veld.waarden)}.")
        return value

    return read


def _yes_no(veld: Veld) -> Callable[[Any], object]:
    def read(value: Any) -> object:
        if not isinstance(value, bool):
            raise _fault("Vul true (ja) of false (nee) in, of laat het veld weg.")
        return value

    return read


_READERS = {"bedrag": _amount, "heel_bedrag": _whole, "aantal": _whole, "jaartal": _whole}
_READERS |= {"datum": _day, "keuze": _choice, "ja_nee": _yes_no}


def _schema(veld: Veld) -> dict[str, Any]:
    kind: dict[str, Any] = {"title": veld.label, "description": veld.waarom}
    if veld.soort == "datum":
        return kind | {"type": "string", "format": "date"}
    if veld.soort == "keuze":
        return kind | {"type": "string", "enum": list(veld.waarden)}
    if veld.soort == "ja_nee":
        return kind | {"type": "boolean"}
    assert isinstance(veld.minimum, Decimal) and isinstance(veld.maximum, Decimal)
    if veld.soort == "bedrag":
        return kind | {
            "type": "number",
            "minimum": float(veld.minimum),
            "maximum": float(veld.maximum),
            "multipleOf": 0.01,
        }
    return kind | {"type": "integer", "minimum": int(veld.minimum), "maximum": int(veld.maximum)}


def _optional(read: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda value: None if value is None else read(value)


def _fields(group: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, veld in velden().items():
        if veld.groep == group:
            schema = WithJsonSchema({"anyOf": [_schema(veld), {"type": "null"}], "title": veld.label})
            kind = Annotated[Any, PlainValidator(_optional(_READERS[veld.soort](veld))), schema]
            found[name] = (kind, Field(default=None, alias=veld.json))
    return found


Persoon = create_model("Persoon", __base__=_Onderdeel, __module__=__name__, **_fields("persoon"))
Persoon.__doc__ = "One resident. Everyone who lives in the dwelling is listed, children and subtenants included."
_COSTS = "servicekosten_totaal"
Servicekosten = create_model("Servicekosten", __base__=_Onderdeel, __module__=__name__, **_fields("servicekosten"))
Servicekosten.__doc__ = "The service costs, each kind apart."
_dwelling_fields = _fields("woning")
_one_amount, _costs_field = _dwelling_fields[_COSTS]
_BY_SHAPE = ("=soorten", "=bedrag")
_dwelling_fields[_COSTS] = (
    Annotated[
        Annotated[Servicekosten, Tag(_BY_SHAPE[0])] | Annotated[_one_amount, Tag(_BY_SHAPE[1])],
        Discriminator(lambda value: _BY_SHAPE[0] if isinstance(value, dict | Servicekosten) else _BY_SHAPE[1]),
    ],
    _costs_field,
)
Woning = create_model("Woning", __base__=_Onderdeel, __module__=__name__, **_dwelling_fields)
Woning.__doc__ = "The dwelling and its contract."
MOST_PERSONS = 30

if TYPE_CHECKING:

    class Vraag(_Vraag):
        """One question; see :class:`_Vraag` and ``sets/velden.yaml`` for the fields."""
else:
    Vraag = create_model(
        "Vraag",
        __base__=_Vraag,
        __module__=__name__,
        personen=(list[Persoon] | None, Field(default=None, max_length=MOST_PERSONS)),
        woning=(Woning | None, Field(default=None)),
        **_fields("vraag"),
    )
    Vraag.__doc__ = "One question: the household, the dwelling and the landlord on a date."


def read_json(body: bytes | str) -> Vraag:
    """The question in ``body``. Raises :class:`VraagFout` with every fault when it is not one."""
    return read(parse_json(body))


_NESTS = (dict, list)


def parse_json(body: bytes | str) -> object:
    """The JSON in ``body``. Raises :class:`VraagFout` when it is no JSON (NaN, infinity and deep nesting included).

    A name that an object has twice is refused: which of the two was meant cannot be known.
    """
    try:
        found: object = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise VraagFout([Fout("", f"Dit is geen geldige JSON: {_json_fault(str(error))}.")]) from None
    # every name has a colon behind it, so as many colons as there are names leave none that was there twice
    if _names_in(found) != (body.count(b":") if isinstance(body, bytes) else body.count(":")):
        json.loads(body, object_pairs_hook=_once, parse_int=str, parse_float=str)
    return found


def _names_in(value: object) -> int:
    if isinstance(value, dict):
        return len(value) + sum([_names_in(part) for part in value.values() if part.__class__ in _NESTS])
    if isinstance(value, list):
        return sum([_names_in(part) for part in value if part.__class__ in _NESTS])
    return 0


def _once(pairs: list[tuple[str, object]]) -> None:
    if len(dict(pairs)) < len(pairs):
        raise VraagFout([Fout("", "Een veld staat er tweemaal in één object. Haal er één weg.")])


def read(value: object) -> Vraag:
    """``value`` (as parsed from JSON) as a question. Raises :class:`VraagFout` with every fault."""
    try:
        return Vraag.model_validate(value)
    except ValidationError as error:
        raise VraagFout(_faults(error)) from None


def _json_fault(message: str) -> str:
    place = re.search(r"line (\d+) column (\d+)", message)
    if "recursion" in message:
        return "er zijn te veel lagen in elkaar"
    return f"fout op regel {place[1]}, teken {place[2]}" if place else "de tekst is niet te lezen"


_TEXTS = {
    "model_type": "Hier hoort een object met velden te staan.",
    "extra_forbidden": "Dit veld bestaat niet. Haal het weg, of controleer de spelling.",
    "list_type": "Hier hoort een lijst van personen te staan.",
    "too_long": f"Vul hoogstens {MOST_PERSONS} personen in.",
    "recursion_loop": "Er zijn te veel lagen in elkaar.",
    "invalid_key": "De naam van een veld is altijd tekst.",
}


def _faults(error: ValidationError) -> list[Fout]:
    found = []
    for item in error.errors(include_url=False, include_input=False):
        if item["type"] == "samenhang":
            found += [Fout(pointer, text) for pointer, text in item["ctx"]["fouten"]]
        else:
            text = (
                item["msg"] if item["type"] == "huurtoets" else _TEXTS.get(item["type"], "Deze waarde kan hier niet.")
            )
            found.append(Fout(_pointer(item["loc"]), text))
    return found


def _pointer(place: tuple[int | str, ...]) -> str:
    # the shape that was read is no place, and a key that is no plain word may be a personal value: neither is shown
    parts = [str(part) for part in place if part not in _BY_SHAPE]
    return "".join(f"/{part}" for part in parts if re.fullmatch(r"\d{1,3}|[A-Za-z][A-Za-z0-9_-]{0,39}", part))


def _inconsistencies(vraag: Any) -> Iterator[tuple[str, str]]:
    """Faults between fields, as (pointer, text)."""
    persons = vraag.personen or []
    for role, name in (("huurder", "huurder"), ("partner", "partner")):
        places = [index for index, person in enumerate(persons) if person.rol == role]
        for index in places[1:]:
            yield f"/personen/{index}/rol", f"Er is al een {name}. Kies hier medebewoner of kind."
    if persons and all(person.rol not in ("huurder", None) for person in persons):
        yield "/personen", "Geef aan wie de huurder (of de aanvrager) is: één persoon heeft de rol huurder."
    for index, person in enumerate(persons):
        if person.geboortedatum is not None and person.leeftijd_opgave is not None:
            yield f"/personen/{index}/leeftijd", "Vul de geboortedatum in of de leeftijd, niet allebei."
        if person.geboortedatum is not None and vraag.peildatum is not None and person.geboortedatum > vraag.peildatum:
            yield f"/personen/{index}/geboortedatum", "De geboortedatum ligt na de peildatum."
        if _too_old(person, persons, vraag.peildatum):
            yield (
                f"/personen/{index}/{'leeftijd' if person.geboortedatum is None else 'geboortedatum'}",
                "Dit kind is niet jonger dan de huurder of de partner. Klopt de leeftijd? Kies medebewoner als dit een "
                "ouder of een andere bewoner is.",
            )
        if person.vermogen_bewoner is not None and person.rol in ("huurder", "partner"):
            yield f"/personen/{index}/vermogen", "Vul het vermogen van huurder en partner samen in bij vermogen."
    if vraag.woning is not None:
        yield from _proposed(vraag.huurronde, vraag.woning.ingangsdatum_voorstel)
    if vraag.woning is not None and vraag.soort == "huurder":
        known = (vraag.huurronde, vraag.peildatum, vraag.woning.ingangsdatum_voorstel) != (None, None, None)
        yield from _contract(vraag.peildatum, vraag.rondedatum if known else None, vraag.woning)


def _proposed(huurronde: int | None, day: date | None) -> Iterator[tuple[str, str]]:
    if huurronde is not None and day is not None and round_of(day) != huurronde:
        first, last = begin_of_round(huurronde), begin_of_round(huurronde + 1) - timedelta(days=1)
        yield (
            "/woning/ingangsdatumVoorstel",
            f"De ronde van {huurronde} loopt van {datum(first)} tot en met {datum(last)}. "
            "Vul een dag daarbinnen in, of kies een andere ronde.",
        )


def _too_old(person: Any, persons: list[Any], peildatum: date | None) -> bool:
    """Whether a child is as old as everyone whose child it can be, or older.

    The child of another resident is no child of theirs. A stepchild may be older than the partner of its parent, so it
    must be younger than one of the two; while an age is not known, nothing is said.
    """
    if (
        person.rol != "kind"
        or person.soort_kind == "van_medebewoner"
        or peildatum is None
        or (own := _age(person, peildatum)) is None
    ):
        return False
    parents = [_age(other, peildatum) for other in persons if other.rol in ("huurder", "partner")]
    return bool(parents) and all(age is not None and own >= age for age in parents)


def _age(person: Any, peildatum: date) -> int | None:
    """The age on 1 January; below zero for who was born later that year."""
    born = person.geboortedatum
    if born is None:
        return None if person.leeftijd_opgave is None else int(person.leeftijd_opgave)
    return int(peildatum.year - born.year - ((born.month, born.day) != (1, 1)))


def _contract(peildatum: date | None, round_: date | None, dwelling: Any) -> Iterator[tuple[str, str]]:
    start, raised = dwelling.contract_vanaf, dwelling.laatste_verhoging
    if start is not None and peildatum is not None and start > peildatum:
        yield "/woning/contractVanaf", "Het contract van een huurder begint niet na de peildatum. Kies woningzoekende."
    if start is not None and raised is not None and raised < start:
        yield "/woning/laatsteVerhoging", "De vorige huurverhoging ligt vóór het begin van het contract."
    if round_ is None:
        return
    if raised is not None and raised >= round_:
        yield "/woning/laatsteVerhoging", f"Vul de huurverhoging vóór die van {datum(round_)} in."
    if start is not None and start >= round_ and dwelling.huur_voor_ronde is not None:
        yield (
            "/woning/huurVoorRonde",
            f"Het contract begon niet vóór {datum(round_)}, dus de dag ervoor was er geen huur. Laat dit veld leeg.",
        )
