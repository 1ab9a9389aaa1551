"""Text as a person types it, read by the kind of its field: for the form, what-if and the cells of a file alike."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from regels.velden import Veld
from service.invoer.bedragen import Melding, read_amount, read_number, read_whole_amount
from service.invoer.datums import read_date
from service.invoer.meldingen import tekst

Gelezen = Decimal | int | bool | date | str
_WORDS: Final = re.compile(r"[^\d]*").fullmatch
JA_NEE: Final[Mapping[str, bool]] = {"ja": True, "nee": False}


def read_text(veld: Veld, text: str) -> Gelezen | Melding:
    """``text`` as a value of ``veld``, or why it cannot be read; whether it fits there is judged by the question."""
    match veld.soort:
        case "ja_nee":
            return JA_NEE[text] if text in JA_NEE else Melding(tekst("meldingen.keuze.ja_nee"))
        case "keuze":
            return read_word(text, veld.waarden)
        case "datum":
            return read_date(text)
        case "ontvangst":
            return read_received(text)
        case kind:
            return read_number_of(kind, text, verlies=veld.verlies)


def read_received(text: str) -> bool | Decimal | Melding:
    """``text`` as yes, no or an amount."""
    found = JA_NEE.get(text.lower())
    amount = read_amount(text) if found is None else found
    return Melding(tekst("meldingen.keuze.ontvangst")) if isinstance(amount, Melding) and _WORDS(text) else amount


def read_word(text: str, words: Collection[str]) -> str | Melding:
    """``text`` as one of ``words``."""
    return text if text in words else Melding(tekst("meldingen.keuze.lijst"))


def read_number_of(soort: str, text: str, *, verlies: bool) -> Decimal | int | Melding:
    """``text`` as an amount or a number, by the kind of a field; with ``verlies`` an amount may be below zero."""
    match soort:
        case "bedrag":
            return read_amount(text, verlies=verlies)
        case "heel_bedrag":
            return read_whole_amount(text, verlies=verlies)
        case _:
            return read_number(text)
