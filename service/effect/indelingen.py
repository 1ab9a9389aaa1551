"""How households are parted: by what kind of household it is, its income, its rent, its label and its landlord."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import polars as pl

from regels.lezers.kolommen import GROOTHEID
from regels.opmaak import bedrag
from regels.regelset import Regelset
from regels.taal import Quantity

ONBEKEND: Final = "onbekend"
_KIND, _INCOME = "passend_huishouden", "inkomen_toewijzing"
# in steps of ten thousand euros, the last one open
_STEP: Final = 10_000
_STEPS: Final = 6
_CLASS: Final = "klasse"


@dataclass(frozen=True, slots=True)
class Groepkolom:
    """One way to part: its name, the column, and the word for each value in the order in which they are told."""

    naam: str
    kolom: str
    woorden: Mapping[str, str]


def nodig(regels: Regelset) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The decisions and the quantities that parting needs, as far as a set has them."""
    return tuple(regels.teksten.met_rol(_CLASS)), tuple(name for name in (_KIND, _INCOME) if name in regels.grootheden)


def indelingen(regels: Regelset, frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[Groepkolom, ...]]:
    """A column for each way of parting that ``frame`` (input and answers of ``regels``) allows, and what they are."""
    found: list[tuple[Groepkolom, pl.Expr]] = []
    has = frozenset(frame.columns)
    if (kind := f"{GROOTHEID}{_KIND}") in has:
        words = regels.grootheden[_KIND].woorden
        found.append((Groepkolom("Soort huishouden", "soort", _bare(words)), pl.col(kind)))
    if (income := f"{GROOTHEID}{_INCOME}") in has:
        step = (pl.col(income).clip(0, _STEP * _STEPS) // _STEP).cast(pl.String)
        found.append((Groepkolom("Inkomen per jaar", "inkomen", _incomes()), step))
    for id, value in regels.teksten.met_rol(_CLASS).items():
        if (column := f"{id}__{value}") in has:
            found.append(
                (Groepkolom(regels.teksten.vakterm(id), "klasse", _words_of(regels, id, value)), pl.col(column))
            )
            break
    for name, title, field in (
        ("woning_energielabel", "Energielabel", "energielabel"),
        ("verhuurder", "Verhuurder", "verhuurder"),
    ):
        if name in has and field in regels.velden:
            found.append((Groepkolom(title, f"groep_{field}", regels.velden[field].waarden), pl.col(name)))
    made = frame.select(
        expression.cast(pl.String).fill_null(ONBEKEND).alias(kolom.kolom) for kolom, expression in found
    )
    return made, tuple(kolom for kolom, _ in found)


def _incomes() -> dict[str, str]:
    names = [f"{_from(at)} tot {_from(at + 1)}" for at in range(_STEPS)]
    names[0] = f"minder dan {_from(1)}"
    return {str(at): name for at, name in enumerate([*names, f"{_from(_STEPS)} of meer"])}


def _from(at: int) -> str:
    """Where a step of incomes begins."""
    return bedrag(Decimal(at * _STEP))


def _bare(words: Mapping[str, str]) -> dict[str, str]:
    """Words of a sentence as those of a table."""
    return {key: word.removeprefix("een ") for key, word in words.items()}


def _words_of(regels: Regelset, besluit: str, value: str) -> Mapping[str, str]:
    tree = regels.besluiten[besluit].waarden.get(value)
    if tree is not None and isinstance(tree[0], Quantity):
        return regels.grootheden[tree[0].name].woorden
    return {}
