"""Made-up households beside a policy: what each would pay, on which ground and why. They are nobody's.

There is one for each income category and each kind of label of the policy, one with a low rent, one for each other
kind of home, and one for each exception that is a plain fact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from regels import Regelset, toets
from regels.beleid.blokken import REKENT, ZONDER_LABEL, Beleid, Beleidsdeel
from regels.beleid.sjabloon import BELEID
from regels.uitslag import Conclusie
from regels.velden import BELEID as VOOR_BELEID
from regels.velden import Veld

HUUR: Final = Decimal("650.00")
PUNTEN: Final = Decimal("820.00")
LAGE_HUUR: Final = Decimal("300.00")
_INKOMENS: Final = ("laag", "midden", "hoog")
_GEWOON: Final = "C"
# what has an assumption of its own, or a household of its own
_ZONDER: Final = "zonder_energielabel"
_NIET_EENS: Final = frozenset({"garage", _ZONDER})
_SOORTEN: Final[Mapping[str, Mapping[str, Any]]] = {
    "kamer": {"zelfstandig": False, "kaleHuur": Decimal("400.00"), "wwsMaximum": Decimal("500.00")},
    "woonwagen": {"woonwagen": True},
    "vrije_sector": {"gereguleerd": False, "huurBijAanvang": Decimal("1200.00"), "kaleHuur": Decimal("1300.00")},
    "middenhuur": {
        "gereguleerd": False,
        "huurBijAanvang": Decimal("1000.00"),
        "kaleHuur": Decimal("1050.00"),
        "wwsMaximum": Decimal("1150.00"),
    },
    "garage": {"garage": True, "kaleHuur": Decimal("60.00")},
}


@dataclass(frozen=True)
class Gezin:
    """A made-up household: what is special about it, and its question."""

    soort: str
    inkomen: str
    label: str
    bijzonder: str
    woning: Mapping[str, Any]
    vraag: Mapping[str, Any]


@dataclass(frozen=True)
class Gezinsuitkomst:
    """What came out for a household; without ``nieuw`` no rent was computed."""

    gezin: Gezin
    huur: Decimal
    uitkomst: str
    nieuw: Decimal | None
    verhoging: Decimal | None
    grond: str
    zegt: str
    omdat: tuple[str, ...]


def uitkomsten(
    regels: Regelset, verhuurder: str, ronde: int, huur: Decimal = HUUR, punten: Decimal = PUNTEN
) -> list[Gezinsuitkomst]:
    """What each household of this landlord would pay in this round, with this rent and this maximum of the points."""
    policy = next((one for one in regels.beleid if (one.verhuurder, one.ronde) == (verhuurder, ronde)), None)
    if policy is None:
        return []
    return [_asked(regels, policy, gezin) for gezin in _gezinnen(regels, policy, huur, punten)]


def _gezinnen(regels: Regelset, policy: Beleid, huur: Decimal, punten: Decimal) -> Iterator[Gezin]:
    home = {"kaleHuur": huur, "wwsMaximum": punten, "zelfstandig": True}
    special: dict[str, Any] = {"contractVanaf": f"{policy.ronde - 11}-03-01", "labelKloptNiet": False}
    facts: list[Veld] = []
    asked: dict[str, Any] = {}
    for field in regels.velden.values():
        if field.gebruik == VOOR_BELEID and field.soort == "ja_nee" and field.naam not in _NIET_EENS:
            facts.append(field)
            (special if field.groep == "woning" else asked)[field.json] = False
    if "streefhuur" in regels.velden:
        special["streefhuur"] = (huur * Decimal("1.1")).quantize(Decimal("0.01"))
    whole = policy.status == REKENT
    for part in policy.delen or (None,):
        kinds = part.voor if part is not None and part.voor else ("sociaal",)
        for kind in kinds:
            own = home | special | dict(_SOORTEN.get(kind, {}))
            if kind != "sociaal":
                yield Gezin(kind, "laag", _GEWOON, "", own | {"energielabel": _GEWOON}, asked)
                continue
            labels = [one for one in _labels(part) if one != ZONDER_LABEL or _ZONDER in regels.velden]
            for label in labels:
                for income in _INKOMENS if whole else _INKOMENS[:1]:
                    yield Gezin(kind, income, label, "", own | _with(label), asked)
            if not whole:
                continue
            for label in (labels[0], *_spared(part)):
                low = own | _with(label) | {"kaleHuur": LAGE_HUUR}
                yield Gezin(kind, "laag", label, "lage_huur", low, asked)
            for field in facts:
                place = own | _with(labels[0])
                if field.groep == "woning":
                    yield Gezin(kind, "laag", labels[0], field.label, place | {field.json: True}, asked)
                else:
                    yield Gezin(kind, "laag", labels[0], field.label, place, asked | {field.json: True})


def _labels(part: Beleidsdeel | None) -> tuple[str, ...]:
    """One label of each kind that the policy knows."""
    block = part.energielabel if part is not None else None
    if block is None:
        return (_GEWOON,)
    return tuple(_GEWOON if _GEWOON in row.labels else row.labels[-1] for row in block.rijen if row.labels)


def _spared(part: Beleidsdeel | None) -> tuple[str, ...]:
    block = part.energielabel if part is not None else None
    return block.ontziet[-1:] if block is not None else ()


def _with(label: str) -> dict[str, Any]:
    return {"zonderEnergielabel": True} if label == ZONDER_LABEL else {"energielabel": label}


def _asked(regels: Regelset, policy: Beleid, gezin: Gezin) -> Gezinsuitkomst:
    home = dict(gezin.woning) | {"huurVoorRonde": gezin.woning["kaleHuur"]}
    start = policy.ingangsdatum.isoformat()
    question = {"soort": "huurder", "verhuurder": policy.verhuurder, "peildatum": start, "huurronde": policy.ronde}
    whole = question | {"inkomenscategorie": gezin.inkomen, "woning": home} | dict(gezin.vraag)
    found = toets(regels.vraag(whole), regels, (BELEID,)).conclusie(BELEID)
    rent = Decimal(str(home["kaleHuur"]))
    return Gezinsuitkomst(
        gezin,
        rent,
        found.uitkomst,
        _amount(found, "nieuweHuur"),
        _amount(found, "verhoging"),
        str(found.waarden.get("grond", "")),
        found.tekst,
        tuple(reason.tekst for reason in found.redenen),
    )


def _amount(found: Conclusie, name: str) -> Decimal | None:
    value = found.waarden.get(name)
    return value if isinstance(value, Decimal) else None
