"""The fields of the question, as declared in ``sets/velden.yaml``: each name once, for all who need it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from regels.bestanden import Faults, Item, Place
from regels.eenheden import DATE, TRUTH, UNITS, Type, unit_text
from regels.eigenaren import WAARDEN_VAN, Eigenaren

# what a field, a figure or a quantity can be
Waarde = Decimal | bool | str | date
GROEPEN = ("vraag", "woning", "persoon", "servicekosten")
# what a household gets already: a field for every scheme that says what it brings, and no rule reads it
ONTVANGT = "ontvangt"
ONTVANGST = "ontvangst"
SOORTEN = frozenset({"datum", "bedrag", "heel_bedrag", "aantal", "jaartal", "keuze", "ja_nee"})
_SLEUTELS = frozenset(
    {
        "soort",
        "json",
        "eenheid",
        "label",
        "waarom",
        "waarden",
        "waarden_van",
        "buiten",
        "min",
        "max",
        "uitgangspunten",
        "gebruik",
    }
)
_ONTVANGT = frozenset({"label", "waarom", "min", "max"})
BELEID = "beleid"  # the use of a field that is only there when the policy of a landlord asks for it
_UITGANGSPUNT = frozenset({"id", "als", "waarde", "tekst"})

_PLACES = {"vraag": "/", "woning": "/woning/", "servicekosten": "/woning/servicekosten/", ONTVANGT: "/ontvangt/"}


@dataclass(frozen=True, slots=True)
class Velduitgangspunt:
    """What is taken as given while a field is empty; ``als`` and ``waarde`` are expressions, still as text."""

    id: str
    als: Item | None
    waarde: Item
    tekst: str


@dataclass(frozen=True, slots=True)
class Veld:
    """One field: its name in the rules, its name in JSON, its domain and the words around it.

    With ``waarden_van`` its words are owners or their places, and ``buiten`` is the word for what is none of them.
    ``gebruik`` is ``beleid`` for a field that a rule set only has when the policy of a landlord uses it.
    """

    naam: str
    groep: str
    json: str
    soort: str
    type: Type
    label: str
    waarom: str
    waarden: Mapping[str, str]
    minimum: Decimal | date | None
    maximum: Decimal | date | None
    uitgangspunten: tuple[Velduitgangspunt, ...]
    plaats: Place
    waarden_van: str = ""
    buiten: str = ""
    gebruik: str = ""

    @property
    def verlies(self) -> bool:
        """Whether it may be below zero: a loss is an income."""
        return isinstance(self.minimum, Decimal) and self.minimum < 0

    def pointer(self, persoon: int | None = None) -> str:
        """The JSON pointer of this field; ``persoon`` is the index of the person it belongs to."""
        if self.groep == "persoon":
            return f"/personen/{persoon}/{self.json}"
        return _PLACES[self.groep] + self.json

    def label_van(self, persoon: int | None) -> str:
        """The label, with whose field it is; ``persoon`` as in :meth:`pointer`."""
        return label_van(self.label, persoon)


def label_van(label: str, persoon: int | None) -> str:
    """``label``, and of which resident: the first is person 1."""
    return label if persoon is None else f"{label} (persoon {persoon + 1})"


def camel(name: str) -> str:
    """``kale_huur`` as ``kaleHuur``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def read_fields(root: Item, faults: Faults, owners: Eigenaren | None = None) -> dict[str, Veld]:
    """The declarations in ``root`` by name, with the words of ``owners``; faults are collected, not raised."""
    owners = owners or Eigenaren({})
    found: dict[str, Veld] = {}
    for group, block in faults.mapping(root, frozenset({*GROEPEN, ONTVANGT})).items():
        for name, item in faults.mapping(block).items() if group != ONTVANGT else ():
            if name in found:
                faults.add(item, f"het veld '{name}' bestaat al bij '{found[name].groep}'")
            found[name] = _field(name, group, item, faults, owners)
    return found


def read_received(root: Item, faults: Faults, schemes: Mapping[str, tuple[str, Type]]) -> dict[str, Veld]:
    """A field for each scheme (its title, and the unit it is paid in), with the words and limits in ``root``."""
    block = root.value.get(ONTVANGT) if isinstance(root.value, dict) else None
    if block is None:
        return {}
    keys = faults.mapping(block, _ONTVANGT, _ONTVANGT)
    label, why = (faults.text(keys[key]) if key in keys else "" for key in ("label", "waarom"))
    low, high = (_bound("bedrag", keys.get(key), block, faults) for key in ("min", "max"))
    return {
        id: Veld(
            naam=f"{ONTVANGT}_{id.replace('-', '_')}",
            groep=ONTVANGT,
            json=id,
            soort=ONTVANGST,
            type=unit,
            label=label.replace("{regeling}", title).replace("{per}", per(unit)),
            waarom=why,
            waarden={},
            minimum=low,
            maximum=high,
            uitgangspunten=(),
            plaats=block.place,
        )
        for id, (title, unit) in schemes.items()
    }


def per(unit: Type) -> str:
    """How often an amount in ``unit`` comes: ``per maand``."""
    return unit_text(unit).removeprefix("euro ")


def _field(name: str, group: str, item: Item, faults: Faults, owners: Eigenaren) -> Veld:
    keys = faults.mapping(item, _SLEUTELS, frozenset({"soort", "label", "waarom"}))
    text = {key: faults.text(keys[key]) for key in ("soort", "json", "eenheid", "label", "waarom") if key in keys}
    kind = text.get("soort", "")
    if kind not in SOORTEN:
        faults.add(keys.get("soort", item), f"'{kind}' is geen soort veld; kies uit {', '.join(sorted(SOORTEN))}")
    source = faults.word(keys["waarden_van"], WAARDEN_VAN) if "waarden_van" in keys else ""
    outside = _words(keys.get("buiten"), faults)
    if (source in WAARDEN_VAN) != (len(outside) == 1):
        faults.add(item, "bij 'waarden_van' hoort 'buiten': het ene woord voor wat er niet bij is")
    words = (owners.woorden(source) if source in WAARDEN_VAN else {}) | outside | _words(keys.get("waarden"), faults)
    if (kind == "keuze") != bool(words):
        faults.add(item, "'waarden' hoort bij een keuze, en alleen daarbij")
    return Veld(
        naam=name,
        groep=group,
        json=text.get("json", camel(name)),
        soort=kind,
        type=_type(kind, text.get("eenheid", ""), words, item, faults),
        label=text.get("label", ""),
        waarom=text.get("waarom", ""),
        waarden=words,
        minimum=_bound(kind, keys.get("min"), item, faults),
        maximum=_bound(kind, keys.get("max"), item, faults),
        uitgangspunten=tuple(_assumption(entry, faults) for entry in faults.items(keys["uitgangspunten"]))
        if "uitgangspunten" in keys
        else (),
        plaats=item.place,
        waarden_van=source,
        buiten=next(iter(outside), ""),
        gebruik=faults.word(keys["gebruik"], (BELEID,)) if "gebruik" in keys else "",
    )


def _words(item: Item | None, faults: Faults) -> dict[str, str]:
    return {word: faults.text(label) for word, label in faults.mapping(item).items()} if item else {}


def _type(kind: str, unit: str, words: Mapping[str, str], item: Item, faults: Faults) -> Type:
    fixed = {
        "datum": DATE,
        "ja_nee": TRUTH,
        "keuze": Type("keuze", words=frozenset(words)),
        "jaartal": UNITS["jaartal"],
    }
    if kind in fixed:
        return fixed[kind]
    if unit not in UNITS:
        faults.add(item, f"'{unit}' is geen eenheid; kies uit {', '.join(sorted(UNITS))}")
        return UNITS["getal"]
    return UNITS[unit]


def _bound(kind: str, bound: Item | None, item: Item, faults: Faults) -> Decimal | date | None:
    if kind in ("keuze", "ja_nee"):
        return None
    if bound is None:
        faults.add(item, "'min' en 'max' ontbreken; elk bedrag, aantal en elke datum heeft grenzen")
        return None
    return faults.day(bound) if kind == "datum" else faults.number(bound)


def _assumption(item: Item, faults: Faults) -> Velduitgangspunt:
    keys = faults.mapping(item, _UITGANGSPUNT, frozenset({"id", "waarde", "tekst"}))
    empty = Item(item.place, "")
    return Velduitgangspunt(
        id=faults.text(keys.get("id", empty)),
        als=keys.get("als"),
        waarde=keys.get("waarde", empty),
        tekst=faults.text(keys.get("tekst", empty)),
    )
