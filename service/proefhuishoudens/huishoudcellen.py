"""How many households of each kind: a starting matrix with known ratios, made to fit the margins (IPF).

A kind is type x pension age x income class x landlord. Fitting keeps the ratios of the starting matrix: it adds no link
and corrects no wrong one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from service.proefhuishoudens.marges import Aannames, marges, waarde

TYPEN: Final = ("alleen", "paar", "eenouder", "paar_met_kinderen")
# a margin fits within a tenth of a point; this is far below
_NEAR: Final = 1e-9
_ROUNDS: Final = 1000


@dataclass(frozen=True, slots=True, order=True)
class Huishoudsoort:
    """One kind of household; ``klasse`` is the income class, from 0."""

    type: str
    aow: bool
    klasse: int
    verhuurder: str


def cellen(gekozen: Aannames) -> dict[Huishoudsoort, float]:
    """The share of each kind; those that cannot be are left out."""
    margins = _margins(gekozen)
    share = _start(tuple(margins["klasse"]), tuple(margins["verhuurder"]))
    for _ in range(_ROUNDS):
        worst = 0.0
        for name, wanted in margins.items():
            found = dict.fromkeys(wanted, 0.0)
            for cell, part in share.items():
                found[getattr(cell, name)] += part
            worst = max(worst, *(abs(found[key] - aim) for key, aim in wanted.items()))
            share = {
                cell: part * wanted[getattr(cell, name)] / found[getattr(cell, name)] for cell, part in share.items()
            }
        if worst < _NEAR:
            return share
    raise ValueError("De randtotalen van de proefhuishoudens passen niet bij elkaar; zie marges.yaml.")


def _margins(gekozen: Aannames) -> dict[str, dict[object, float]]:
    known = marges()
    types = {name: waarde(f"typen.{name}", gekozen) for name in known["typen"]}
    types["paar"] = 100 - sum(types.values())
    old = waarde("aow.aandeel", gekozen)
    classes = dict(enumerate(part["aandeel"] for part in known["inkomen"]["klassen"]))
    margins: dict[str, dict[object, float]] = {
        "type": {name: types[name] for name in TYPEN},
        "aow": {True: old, False: 100 - old},
        "klasse": {number: share for number, share in classes.items()},  # noqa: C416 - of another key type
        "verhuurder": dict(known["woningen"]["aantal"]),
    }
    return {
        name: {key: part / sum(wanted.values()) for key, part in wanted.items()} for name, wanted in margins.items()
    }


def _start(classes: tuple[object, ...], landlords: tuple[object, ...]) -> dict[Huishoudsoort, float]:
    known = marges()
    seed, impossible = known["beginmatrix"], known["aow"]["onmogelijk"]
    found = {}
    for type_, aow, klasse, landlord in product(TYPEN, (False, True), classes, landlords):
        if aow and type_ in impossible:
            continue
        assert isinstance(klasse, int)
        too_high = seed["te_hoog"][f"{type_}_aow" if aow else type_]
        allowance = seed["huurtoeslag"]["alleen" if type_ == "alleen" else "meer"]
        found[Huishoudsoort(type_, aow, klasse, str(landlord))] = _odds(too_high, seed["deel_te_hoog"][klasse]) * _odds(
            allowance, seed["deel_huurtoeslag"][klasse]
        )
    return found


def _odds(percentage: float, part: float) -> float:
    """How likely against the rest, for the part of a class that it is about."""
    return float((percentage / (100 - percentage)) ** part)


def rows_of(shares: Mapping[Huishoudsoort, float], count: int) -> dict[Huishoudsoort, int]:
    """How many of ``count`` rows each kind gets: at least one, and by the largest remainder."""
    spare = count - len(shares)
    if spare < 0:
        raise ValueError(f"Neem minstens {len(shares)} huishoudens: van elke soort een.")
    found = {cell: int(share * spare) for cell, share in shares.items()}
    rest = sorted(shares, key=lambda cell: (found[cell] - shares[cell] * spare, cell))
    for cell in rest[: spare - sum(found.values())]:
        found[cell] += 1
    return {cell: number + 1 for cell, number in found.items()}
