"""What is asked: the household, the dwelling and the landlord.

What every question can do stands here; which fields it has, the rule set says (:mod:`regels.vraagmodel`). What stays
empty is unknown. An unknown key, a wrong type or a value outside its domain is a fault with a JSON pointer and a Dutch
sentence; all faults are reported at once.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError, from_json

from regels.ronde import begin_of_round
from regels.samenhang import inconsistencies
from regels.velden import ONTVANGT, Waarde

MOST_PERSONS: Final = 30
KOSTEN: Final = "servicekosten_totaal"
# how the two shapes of the service costs are told apart: by kind, or one amount
VORMEN: Final = ("=soorten", "=bedrag")
_NESTS: Final = (dict, list)


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


class Vraagdeel(BaseModel):
    """A part of a question. Its fields are those of the rule set, so a checker knows only that there are some."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Persoon(Vraagdeel):
    """One resident. Everyone who lives in the dwelling is listed, children and subtenants included."""


class Servicekosten(Vraagdeel):
    """The service costs, each kind apart."""


class Woning(Vraagdeel):
    """The dwelling and its contract."""


class Ontvangt(Vraagdeel):
    """What is received already, by the decision it is of: yes, no, or how much."""


class Vraag(Vraagdeel):
    """One question: the household, the dwelling and the landlord on a date."""

    # ``peildatum`` may be left out by a caller, but must be filled in before the question reaches the rules
    if TYPE_CHECKING:
        peildatum: date | None
        huurronde: int | None
        personen: list[Persoon] | None
        woning: Woning | None

    @model_validator(mode="after")
    def _samenhang(self) -> Self:
        faults = list(inconsistencies(self))
        if faults:
            raise PydanticCustomError("samenhang", "samenhang", {"fouten": faults})
        return self

    def op(self, peildatum: date) -> Self:
        """This question with ``peildatum`` filled in where it was left out.

        Raises :class:`VraagFout` when a date in the question does not fit that day.
        """
        if self.peildatum is not None:
            return self
        return self.gelezen(self.model_dump(exclude_none=True) | {"peildatum": peildatum})

    @classmethod
    def gelezen(cls, value: object) -> Self:
        """``value`` (as parsed from JSON) as a question. Raises :class:`VraagFout` with every fault."""
        try:
            return cls.model_validate(value)
        except ValidationError as error:
            raise VraagFout(_faults(error)) from None

    @property
    def rondedatum(self) -> date:
        """The day on which the rent increase takes effect: the proposed day, else 1 July of the huurronde.

        A landlord may propose any day (BW 7:252 lid 1 and 2 under d); 1 July is custom.
        """
        proposed: date | None = self.woning.ingangsdatum_voorstel if self.woning is not None else None
        return proposed or begin_of_round(self.huurronde if self.huurronde is not None else self._peildatum().year)

    def _peildatum(self) -> date:
        if self.peildatum is None:
            raise VraagFout([Fout("/peildatum", "De peildatum ontbreekt.")])
        return self.peildatum

    def feiten(self) -> tuple[dict[str, Waarde], tuple[dict[str, Waarde], ...]]:
        """The flat facts of the household and of each person; what is unknown is left out."""
        facts = _known(self)
        persons: list[BaseModel] = facts.pop("personen", [])
        dwelling: BaseModel | None = facts.pop("woning", None)
        facts.pop(ONTVANGT, None)  # no rule reads it
        if dwelling is not None:
            facts |= _dwelling(dwelling)
        facts["peildatum"], facts["rondedatum"] = self._peildatum(), self.rondedatum
        return facts, tuple(_known(person) for person in persons)

    def ontvangsten(self) -> dict[str, bool | Decimal]:
        """What was filled in about money that is received already, by decision: an amount, or whether there is some."""
        part: BaseModel | None = getattr(self, ONTVANGT, None)
        return {} if part is None else {veld: value for veld, value in _by_alias(part) if value is not None}


def _by_alias(part: BaseModel) -> Iterator[tuple[str, Any]]:
    for name, field in type(part).model_fields.items():
        yield field.alias or name, getattr(part, name)


def _dwelling(dwelling: BaseModel) -> dict[str, Waarde]:
    facts = _known(dwelling)
    if isinstance(costs := facts.get(KOSTEN), BaseModel):
        del facts[KOSTEN]
        facts |= _known(costs)
    return facts


def _known(part: BaseModel) -> dict[str, Any]:
    return {
        name: Decimal(value) if value.__class__ is int else value
        for name, value in vars(part).items()
        if value is not None
    }


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
    parts = [str(part) for part in place if part not in VORMEN]
    return "".join(f"/{part}" for part in parts if re.fullmatch(r"\d{1,3}|[A-Za-z][A-Za-z0-9_-]{0,39}", part))
