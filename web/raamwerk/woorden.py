"""The value of a field in words, and as one would type it."""

from datetime import date
from decimal import Decimal

from regels.opmaak import bedrag, datum, getal, maandbedrag
from regels.velden import ONTVANGST, Veld
from service.invoer.lezen import Gelezen
from web.raamwerk.teksten import tekst


def in_words(veld: Veld, value: Gelezen) -> str:
    """A value as a reader expects it; a rent is always written with cents."""
    if isinstance(value, bool):
        return tekst("algemeen.veld.ja") if value else tekst("algemeen.veld.nee")
    if isinstance(value, date):
        return datum(value)
    if isinstance(value, str):
        return veld.waarden[value]
    if veld.soort == "bedrag":
        return maandbedrag(Decimal(value))
    return bedrag(Decimal(value)) if veld.soort in ("heel_bedrag", ONTVANGST) else str(value)


def beside_another(veld: Veld, value: Gelezen | None) -> str:
    """A value in a comparison, within a sentence."""
    if value is None:
        return tekst("algemeen.veld.niet_ingevuld").lower()
    words = in_words(veld, value)
    return words.lower() if isinstance(value, bool) else words


def as_typed(value: Gelezen | None) -> str:
    """A value as one would type it: an amount with a comma and without a sign for euros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return maandbedrag(value).partition("\N{NO-BREAK SPACE}")[2]
    return getal(Decimal(value)) if isinstance(value, int) else str(value)
