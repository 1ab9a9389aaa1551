"""One field of a question in JSON: how its value is read, what is refused with which words, and its schema."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from regels.opmaak import bedrag, datum
from regels.velden import Veld


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
    if veld.soort == "bedrag":
        return kind | {
            "type": "number",
            "minimum": float(veld.minimum),
            "maximum": float(veld.maximum),
            "multipleOf": 0.01,
        }
    return kind | {"type": "integer", "minimum": int(veld.minimum), "maximum": int(veld.maximum)}


def reader(veld: Veld) -> Callable[[Any], object]:
    """Reads a value of ``veld``, or null; raises what :func:`refusal` puts into words."""
    read = _READERS[veld.soort](veld)
    return lambda value: None if value is None else read(value)


def refusal(veld: Veld, value: object) -> str | None:
    """Why ``value`` cannot be a value of ``veld``; None when it can."""
    try:
        reader(veld)(value)
    except PydanticCustomError as error:
        return error.message()
    return None
