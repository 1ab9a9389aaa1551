"""A claim about amounts: what it says, and how it is read as expressions of a rule set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from regels.eenheden import DATE, TRUTH, Type
from regels.regelset import Cijfer, Regelset
from regels.taal import Node, parse
from regels.typen import Scope, bind


@dataclass(frozen=True, slots=True)
class Stelling:
    """``dan`` holds for every household for which ``als`` holds.

    ``waarden_van``: names in it may be values that this decision shows, and it is shown for each rule that shows them.
    ``per_persoon``: it is about any one resident.
    """

    id: str
    zegt: str
    bron: str
    dan: str
    als: str = "ja"
    datum: str = "peildatum"
    waarden_van: str = ""
    per_persoon: bool = False
    steunt_op: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verloop:
    """``wat`` never rises (or never falls) when ``met`` grows and all else stays the same.

    ``vanaf_nul``: ``met`` is not negative; ``geheel``: and a whole number. ``vanaf`` and ``tot`` (both or neither):
    ``met`` is a choice, and goes from the one word to the other. ``zonder``: only where this quantity has no formula in
    force. ``steunt_op``: other claims about the same ``met``.
    """

    id: str
    zegt: str
    bron: str
    wat: str
    met: str
    stijgt: bool
    datum: str = "peildatum"
    geheel: bool = False
    vanaf_nul: bool = False
    vanaf: str = ""
    tot: str = ""
    zonder: str = ""
    per_persoon: bool = False
    steunt_op: tuple[str, ...] = ()


WHT, BTIV, UHW, BW = "Wet op de huurtoeslag", "Woningwet", "Uitvoeringswet huurprijzen woonruimte", "BW boek 7"
BEIDE: Final = ("eenpersoons", "meerpersoons")
RONDE: Final = "rondedatum"


def lees(
    regels: Regelset,
    tekst: str,
    *,
    verwacht: Type | None = TRUTH,
    per_persoon: bool = False,
    extra: Mapping[str, Type] | None = None,
) -> Node:
    """``tekst`` as a bound expression. Raises :class:`regels.taal.LanguageError` when a name in it is gone."""
    return bind(parse(tekst), _scope(regels, per_persoon, extra or {}), verwacht)[0]


def _scope(regels: Regelset, per_persoon: bool, extra: Mapping[str, Type]) -> Scope:
    """The names a claim may use: those of the rules, and ``extra``."""
    fields: dict[str, Type] = {"rondedatum": DATE, **extra}
    persons: dict[str, Type] = {}
    for name, veld in regels.velden.items():
        (persons if veld.groep == "persoon" else fields)[name] = veld.type
    return Scope(
        fields=fields,
        person_fields=persons,
        quantities={name: g.type for name, g in regels.grootheden.items() if not g.per_persoon},
        person_quantities={name: g.type for name, g in regels.grootheden.items() if g.per_persoon},
        figures={name: (series[0].type, _keys(series[0])) for name, series in regels.cijfers.items()},
        in_person=per_persoon,
    )


def _keys(figure: Cijfer) -> frozenset[str]:
    return frozenset(figure.waarde) if isinstance(figure.waarde, Mapping) else frozenset()
