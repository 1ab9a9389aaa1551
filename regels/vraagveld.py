"""One field of a question in JSON: how its value is read, what is refused with which words, and its schema."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic_core import CoreSchema, PydanticCustomError, SchemaValidator, ValidationError, core_schema

from regels.eenheden import unit_text
from regels.opmaak import bedrag, datum
from regels.velden import ONTVANGST, Veld, per

_REFUSED: Final = "huurtoets"  # the kind of error whose words are ours
_WRITTEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII).fullmatch


def _fault(text: str) -> PydanticCustomError:
    return PydanticCustomError(_REFUSED, "{tekst}", {"tekst": text})


def _number(value: object) -> Decimal | None:
    if value.__class__ is int:
        return Decimal(value)
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
        cents = round(number, 2)
        if number != cents:
            raise _fault("Vul een bedrag in met hoogstens twee cijfers achter de komma.")
        return cents

    return read


def _whole(veld: Veld) -> Callable[[Any], object]:
    low, high = veld.minimum, veld.maximum
    assert isinstance(low, Decimal) and isinstance(high, Decimal)
    what = "een bedrag in hele euro's" if veld.soort == "heel_bedrag" else "een heel getal"
    lowest, highest = int(low), int(high)

    def read(value: Any) -> object:
        if value.__class__ is int and lowest <= value <= highest:
            return value
        number = _number(value)
        if number is None or number != number.to_integral_value():
            raise _fault(f"Vul {what} in, bijvoorbeeld {'24500' if veld.soort == 'heel_bedrag' else int(low) + 26}.")
        if number < low or number > high:
            raise _fault(f"Vul {what} in van {int(low)} tot en met {int(high)}.")
        return int(number)

    return read


def _received(veld: Veld) -> Callable[[Any], object]:
    amount, period = _amount(veld), per(veld.type)

    def read(value: Any) -> object:
        if isinstance(value, bool):
            return value
        if _number(value) is None:
            raise _fault(
                f"Vul true (ja), false (nee) of het bedrag {period} in, bijvoorbeeld 250, of laat het veld weg."
            )
        return amount(value)

    return read


def _day(veld: Veld) -> Callable[[Any], object]:
    low, high = veld.minimum, veld.maximum
    assert isinstance(low, date) and isinstance(high, date)

    def read(value: Any) -> object:
        if isinstance(value, str) and _WRITTEN(value):
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


# Of a word, and of yes or no, pydantic knows enough: most fields are one of these, and no code of ours runs for them.


def _choice(veld: Veld) -> CoreSchema:
    return _or(f"Kies een van: {', '.join(veld.waarden)}.", core_schema.literal_schema(list(veld.waarden)))


def _yes_no(veld: Veld) -> CoreSchema:
    return _or("Vul true (ja) of false (nee) in, of laat het veld weg.", core_schema.bool_schema(strict=True))


def _or(text: str, kind: CoreSchema) -> CoreSchema:
    return core_schema.custom_error_schema(kind, _REFUSED, custom_error_message=text)


_READERS = {
    "bedrag": _amount,
    ONTVANGST: _received,
    "heel_bedrag": _whole,
    "aantal": _whole,
    "jaartal": _whole,
    "datum": _day,
}
_KINDS = {"keuze": _choice, "ja_nee": _yes_no}


def schema(veld: Veld) -> dict[str, Any]:
    """The JSON schema of a value of ``veld``."""
    kind: dict[str, Any] = {"title": veld.label, "description": veld.waarom}
    if veld.soort == "datum":
        return kind | {"type": "string", "format": "date"}
    if veld.soort == "keuze":
        return kind | {"type": "string", "enum": list(veld.waarden)}
    if veld.soort == "ja_nee":
        return kind | {"type": "boolean"}
    assert isinstance(veld.minimum, Decimal) and isinstance(veld.maximum, Decimal)
    amount = {
        "type": "number",
        "minimum": float(veld.minimum),
        "maximum": float(veld.maximum),
        "multipleOf": 0.01,
    }
    if veld.soort == "bedrag":
        return kind | amount
    if veld.soort == ONTVANGST:
        return kind | {"anyOf": [{"type": "boolean"}, amount | {"description": unit_text(veld.type)}]}
    return kind | {"type": "integer", "minimum": int(veld.minimum), "maximum": int(veld.maximum)}


class Lezer:
    """What reads a value of ``veld``, or null, for pydantic."""

    def __init__(self, veld: Veld) -> None:
        if veld.soort in _KINDS:
            kind = _KINDS[veld.soort](veld)
        else:
            kind = core_schema.no_info_plain_validator_function(_READERS[veld.soort](veld))
        self._kind = core_schema.nullable_schema(kind)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return self._kind

    def refusal(self, value: object) -> str | None:
        """Why ``value`` cannot be one of these; None when it can."""
        try:
            SchemaValidator(self._kind).validate_python(value)
        except ValidationError as error:
            return str(error.errors(include_url=False, include_input=False)[0]["msg"])
        return None
