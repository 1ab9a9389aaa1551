"""Who the rules belong to: the country, a municipality or a housing corporation, as its ``eigenaar.yaml`` says.

Which landlords, municipalities and villages there are to choose from, who is bound by an agreement and whom to call all
come from here; no shared rule and no code names one of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from regels.bestanden import Faults, Item, Place

BESTAND: Final = "eigenaar.yaml"
SOORTEN: Final = ("landelijk", "gemeente", "corporatie")
# where the words of a field come from, in velden.yaml as ``waarden_van``
WAARDEN_VAN: Final = ("corporaties", "gemeenten", "plaatsen")
# named groups of landlords: of every file, and of a file in the folder of a municipality or of one of its corporations
CORPORATIES, PARTIJEN = "corporaties", "partijen_van_de_afspraak"

_SLEUTELS: Final = {
    "landelijk": frozenset({"soort", "naam"}),
    "gemeente": frozenset({"soort", "naam", "plaatsen", "afspraken", "contact"}),
    "corporatie": frozenset({"soort", "naam", "gemeenten", "contact"}),
}
_VERPLICHT: Final = {
    "landelijk": frozenset({"soort", "naam"}),
    "gemeente": frozenset({"soort", "naam", "plaatsen", "contact"}),
    "corporatie": frozenset({"soort", "naam", "gemeenten", "contact"}),
}
_AFSPRAKEN = frozenset({"naam", "corporaties", "partijen"})
_CONTACT = frozenset({"telefoon", "waarvoor", "website"})


@dataclass(frozen=True, slots=True)
class Eigenaar:
    """An owner of rules. ``gemeenten`` are those it is about: a municipality is about itself, the country about all."""

    id: str
    soort: str
    naam: str
    gemeenten: tuple[str, ...]
    plaatsen: Mapping[str, str] = field(default_factory=dict)
    afspraak: str = ""
    corporaties: tuple[str, ...] = ()  # bound by the agreement of this municipality
    partijen: Mapping[str, str] = field(default_factory=dict)  # who else it names
    contact: Mapping[str, str] = field(default_factory=dict)
    plaats: Place = Place(BESTAND, 1)  # noqa: RUF009 - frozen, so one for all


def owner_of(file: str) -> str:
    """The folder that ``file`` (``eigenaar/bestand.yaml``) stands in; empty for a file of all owners."""
    return file.rpartition("/")[0].partition("/")[0]


def read_owner(name: str, root: Item, faults: Faults) -> Eigenaar:
    """The owner of the folder ``name``; faults are collected, not raised."""
    keys = faults.mapping(root, None, frozenset({"soort"}))
    kind = faults.word(keys["soort"], SOORTEN) if "soort" in keys else ""
    if kind in SOORTEN:
        faults.mapping(root, _SLEUTELS[kind], _VERPLICHT[kind])
    agreed = faults.mapping(keys["afspraken"], _AFSPRAKEN, frozenset({"naam"})) if "afspraken" in keys else {}
    return Eigenaar(
        id=name,
        soort=kind,
        naam=_filled("naam", keys["naam"], faults) if "naam" in keys else name,
        gemeenten=(name,) if kind == "gemeente" else _names(keys.get("gemeenten"), faults),
        plaatsen=_words(keys.get("plaatsen"), faults),
        afspraak=_filled("naam", agreed["naam"], faults) if "naam" in agreed else "",
        corporaties=_names(agreed.get("corporaties"), faults),
        partijen=_words(agreed.get("partijen"), faults),
        contact=_words(keys.get("contact"), faults, _CONTACT),
        plaats=root.place,
    )


def read_owners(roots: Mapping[str, Item], faults: Faults) -> "Eigenaren":
    """The owners in the files ``eigenaar.yaml`` among ``roots`` (name of the file to content)."""
    return Eigenaren(
        {
            owner_of(name): read_owner(owner_of(name), root, faults)
            for name, root in roots.items()
            if name.endswith(f"/{BESTAND}")
        }
    )


def _names(item: Item | None, faults: Faults) -> tuple[str, ...]:
    return tuple(faults.text(part) for part in faults.items(item)) if item else ()


def _words(item: Item | None, faults: Faults, known: frozenset[str] | None = None) -> dict[str, str]:
    return {key: _filled(key, part, faults) for key, part in faults.mapping(item, known).items()} if item else {}


def _filled(key: str, item: Item, faults: Faults) -> str:
    """The text in ``item``; in the file of a new owner it may still be empty."""
    if item.value == "":
        faults.add(item, f"'{key}' is nog leeg; vul dat in")
        return ""
    return faults.text(item)


def check_owners(owners: Mapping[str, "Eigenaar"], folders: Mapping[str, Place], faults: Faults) -> None:
    """Note what does not fit: a folder without owner, an unknown municipality or corporation, a place of two."""
    for name, place in folders.items():
        if name and name not in owners:
            faults.add(place, f"de map '{name}' heeft geen {BESTAND}; zet daarin wie de eigenaar is")
    places: dict[str, str] = {}
    called: dict[str, str] = {}
    for owner in owners.values():
        if not re.fullmatch(r"[a-z][a-z0-9-]*", owner.id):
            faults.add(owner.plaats, f"de map '{owner.id}' heeft geen goede naam; schrijf kleine letters, cijfers en -")
        if owner.soort == "corporatie" and owner.naam and called.setdefault(owner.naam, owner.id) != owner.id:
            faults.add(owner.plaats, f"zo heet '{called[owner.naam]}' ook al; geef elke corporatie een eigen naam")
        for name in owner.gemeenten:
            if name not in owners or owners[name].soort != "gemeente":
                known = ", ".join(one.id for one in owners.values() if one.soort == "gemeente")
                faults.add(owner.plaats, f"er is geen gemeente '{name}' onder de eigenaren; kies uit {known}")
        for name in owner.corporaties:
            if name not in owners or owners[name].soort != "corporatie":
                faults.add(owner.plaats, f"er is geen corporatie '{name}' onder de eigenaren")
            elif owner.id not in owners[name].gemeenten:
                faults.add(owner.plaats, f"'{name}' staat in de afspraken, en verhuurt volgens {BESTAND} niet hier")
        for word in owner.plaatsen:
            if word in places:
                faults.add(owner.plaats, f"de plaats '{word}' is al van '{places[word]}'; geef haar een andere sleutel")
            places[word] = owner.id


@dataclass(frozen=True)
class Eigenaren:
    """All owners of a rule set, by the name of their folder."""

    alle: Mapping[str, Eigenaar]

    def van_soort(self, soort: str) -> tuple[Eigenaar, ...]:
        """The owners of this kind."""
        return tuple(owner for owner in self.alle.values() if owner.soort == soort)

    @property
    def meer_gemeenten(self) -> bool:
        """Whether a question has to say of which municipality it is."""
        return len(self.van_soort("gemeente")) > 1

    def namen(self, soort: str) -> str:
        """The names of the owners of this kind in one phrase."""
        return _listed([owner.naam for owner in self.van_soort(soort)], "en")

    def woorden(self, waarvan: str) -> dict[str, str]:
        """The words that the owners give a field, see :data:`WAARDEN_VAN`."""
        if waarvan == "plaatsen":
            return {word: name for owner in self.alle.values() for word, name in owner.plaatsen.items()}
        kind = {"corporaties": "corporatie", "gemeenten": "gemeente"}[waarvan]
        return {owner.id: owner.naam for owner in self.van_soort(kind)}

    def gemeenten_van(self, file: str) -> tuple[str, ...]:
        """The municipalities that what stands in ``file`` is about; empty: all."""
        owner = self.alle.get(owner_of(file))
        return owner.gemeenten if owner else ()

    def bereik(self, gemeenten: tuple[str, ...], veld: str, verhuurder: str) -> str:
        """The condition that a question is of ``gemeenten``; ``veld`` and ``verhuurder`` are names of fields.

        What was filled in counts, else the one municipality of the landlord, else the only one there is.
        """
        own = f"{veld} in ({', '.join(gemeenten)})"
        if not self.meer_gemeenten:
            return f"eerste_bekende({own}, ja)"
        alone = [owner for owner in self.van_soort("corporatie") if len(owner.gemeenten) == 1]
        near = [owner.id for owner in alone if owner.gemeenten[0] in gemeenten]
        if not alone:
            return own
        here = f"{verhuurder} in ({', '.join(near)})" if near else "nee"
        landlord = f"als {verhuurder} in ({', '.join(owner.id for owner in alone)}) dan {here} anders {own}"
        return f"eerste_bekende({own}, {landlord}, {own})"

    def groepen(self, file: str, buiten: str = "") -> dict[str, tuple[str, ...]]:
        """The groups of landlords that a condition in ``file`` may name; ``buiten`` is any other corporation."""
        found = {CORPORATIES: (*self.woorden("corporaties"), *filter(None, [buiten]))}
        if municipalities := self.gemeenten_van(file):
            found[PARTIJEN] = tuple(
                sorted({name for one in municipalities if one in self.alle for name in self.alle[one].corporaties})
            )
        return found

    def invullen(self, file: str) -> dict[str, str]:
        """What a text in ``file`` may fill in about its owner and its municipality: ``{gemeente_telefoon}``."""
        return dict(self._about(file))

    def _about(self, file: str) -> Iterator[tuple[str, str]]:
        owner = self.alle.get(owner_of(file))
        if owner is None or owner.soort == "landelijk":
            return
        near = [self.alle[name] for name in owner.gemeenten if name in self.alle]
        for one in dict.fromkeys((owner.id, *(only.id for only in near if len(near) == 1))):
            about = self.alle[one]
            yield f"{about.soort}_naam", about.naam
            yield from ((f"{about.soort}_{key}", text) for key, text in about.contact.items())
        names = [self.alle[name].naam for name in self.groepen(file).get(PARTIJEN, ()) if name in self.alle]
        if names:
            yield "partijen_en", _listed(names, "en")
            yield "partijen_of", _listed(names, "of")


def _listed(names: list[str], word: str) -> str:
    return f" {word} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
