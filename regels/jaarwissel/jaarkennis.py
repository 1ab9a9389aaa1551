"""What is known of the figures of a new year before they are there: ``sets/<eigenaar>/jaarwissel.yaml``.

Who announces a figure, where and by when; between which limits it plausibly lies; and the formulas of the law, in the
language of the rules. In a formula ``nieuw`` is the value at hand and ``vorig`` that of the window before, ``cel`` the
key in its table, ``vanaf`` the first day of its window and ``dag_ervoor`` the day before that.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from regels.bestanden import Faults, Item, Place
from regels.eenheden import DATE, TRUTH, Type
from regels.jaarwissel.aankondiging import Aankondiging
from regels.jaarwissel.jaarbestanden import Jaarbestanden
from regels.taal import Field, LanguageError, Node, parse, walk
from regels.typen import Scope, bind
from regels.venster import Venster

NIEUW, VORIG, CEL, VANAF, DAG_ERVOOR = "nieuw", "vorig", "cel", "vanaf", "dag_ervoor"
PRECIES, VERWACHT, MELDT = "precies", "verwacht", "meldt"
FACTOR, WAARDE = "factor", "waarde"
_ALTIJD: Final = Venster(date.min, None)
_DAG: Final = re.compile(r"(\d{2})-(\d{2})")
_WACHT: Final = frozenset({"van", "waar", "adres", "uiterlijk", "toelichting"})
_CIJFER: Final = frozenset({"wacht", FACTOR, WAARDE, "gelijk", "bron"})
_CONTROLE: Final = frozenset(
    {"cijfer", "cel", "soort", "formule", "lezingen", "tussen", "moet", "marge", "speling", "geldig", "zegt", "bron"}
)
_VORMEN: Final = ("formule", "lezingen", "tussen", "moet")


@dataclass(frozen=True, slots=True)
class Cijfergrens:
    """Between which limits a figure plausibly lies: its value as it is typed, or what it is times the one before."""

    van: str
    laagste: Decimal
    hoogste: Decimal
    bronnen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lezing:
    """A formula for the expected value, and which reading of the law it is where there are more."""

    lezing: str
    boom: Node
    bronnen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Jaarcontrole:
    """A check on one figure: what it is expected to be (``lezingen``), between what it lies, or what must hold.

    With both of the first, ``tussen`` says how far a value may be from what is expected.
    """

    naam: str
    cijfer: str
    cellen: frozenset[str]
    soort: str
    lezingen: tuple[Lezing, ...]
    tussen: tuple[Node, Node] | None
    moet: Node | None
    marge: Decimal
    speling: Decimal
    venster: Venster
    zegt: str
    bronnen: tuple[str, ...]
    per_cel: bool


@dataclass(frozen=True, slots=True)
class Kennis:
    """All of it, by figure."""

    aankondigingen: Mapping[str, Aankondiging]
    grenzen: Mapping[str, tuple[Cijfergrens, ...]]
    gelijk: Mapping[str, tuple[str, ...]]
    controles: Mapping[str, tuple[Jaarcontrole, ...]]
    fouten: tuple[str, ...] = ()

    def wacht_op(self, cijfer: str) -> Aankondiging | None:
        """From whom a figure comes."""
        return self.aankondigingen.get(cijfer)


def kennis_van(files: Jaarbestanden) -> Kennis:
    """What the files say; faults in them are kept, and what they are about is left out."""
    figures = {name: (series[0].type, frozenset(series[0].cellen) - {""}) for name, series in files.reeksen.items()}
    reader = Kennislezer(Faults(), figures, files.bronnen)
    for root in files.kennis.values():
        reader.lees(root)
    return reader.kennis()


class Kennislezer:
    """Reads the files of all owners; ``figures`` has the type and the keys of each figure."""

    def __init__(
        self, faults: Faults, figures: Mapping[str, tuple[Type, frozenset[str]]], bronnen: Collection[str]
    ) -> None:
        self._faults, self._figures, self._bronnen = faults, figures, bronnen
        self._announced: dict[str, Aankondiging] = {}
        self._limits: dict[str, tuple[Cijfergrens, ...]] = {}
        self._same: dict[str, tuple[str, ...]] = {}
        self._checks: dict[str, list[Jaarcontrole]] = {}

    def kennis(self) -> Kennis:
        """What was read."""
        checks = {name: tuple(found) for name, found in self._checks.items()}
        return Kennis(self._announced, self._limits, self._same, checks, tuple(self._faults.found))

    def lees(self, root: Item) -> None:
        """Read one file."""
        keys = self._faults.mapping(root, frozenset({"wacht", "cijfers", "controles"}))
        awaited = dict(self._awaited(keys["wacht"])) if "wacht" in keys else {}
        for name, item in self._faults.mapping(keys["cijfers"]).items() if "cijfers" in keys else ():
            if self._known(name, item):
                self._figure(name, item, awaited)
        for name, item in self._faults.mapping(keys["controles"]).items() if "controles" in keys else ():
            self._check(name, item)

    def _known(self, name: str, item: Item) -> bool:
        if name not in self._figures:
            self._faults.add(item, f"er is geen cijfer '{name}'; controleer de spelling")
        return name in self._figures

    def _awaited(self, item: Item) -> Iterator[tuple[str, Aankondiging]]:
        for name, entry in self._faults.mapping(item).items():
            keys = self._faults.mapping(entry, _WACHT, frozenset({"van", "waar", "uiterlijk"}))
            text = {key: self._faults.text(part) for key, part in keys.items() if key != "uiterlijk"}
            days = tuple(self._day(day) for day in self._faults.items(keys["uiterlijk"])) if "uiterlijk" in keys else ()
            if None in days or not days:
                continue
            yield (
                name,
                Aankondiging(
                    name,
                    text.get("van", ""),
                    text.get("waar", ""),
                    text.get("adres", ""),
                    tuple(day for day in days if day is not None),
                    text.get("toelichting", ""),
                ),
            )

    def _day(self, item: Item) -> tuple[int, int] | None:
        """A day of the year, as month and day."""
        parts = _DAG.fullmatch(self._faults.text(item))
        try:
            found = date(2023, int(parts[1]), int(parts[2])) if parts else None
        except ValueError:
            found = None
        if found is None:
            self._faults.add(item, "'uiterlijk' is een dag van het jaar; schrijf bijvoorbeeld 11-25")
            return None
        return found.month, found.day

    def _figure(self, name: str, item: Item, awaited: Mapping[str, Aankondiging]) -> None:
        keys = self._faults.mapping(item, _CIJFER)
        if name in self._announced or name in self._limits or name in self._same:
            self._faults.add(item, f"'{name}' staat al in een ander bestand")
        sources = self._sources(keys.get("bron"))
        if "wacht" in keys:
            whom = self._faults.word(keys["wacht"], tuple(awaited))
            if whom in awaited:
                self._announced[name] = awaited[whom]
        limits = tuple(self._limit(kind, keys[kind], sources) for kind in (FACTOR, WAARDE) if kind in keys)
        if limits:
            self._limits[name] = limits
            if self._figures[name][0].kind != "getal":
                self._faults.add(item, f"'{name}' is geen getal, dus het heeft geen grenzen")
        if "gelijk" in keys and self._faults.word(keys["gelijk"], ("ja",)) == "ja":
            self._same[name] = sources

    def _limit(self, kind: str, item: Item, sources: tuple[str, ...]) -> Cijfergrens:
        ends = [self._faults.number(part) for part in self._faults.items(item)]
        if len(ends) != 2 or ends[0] > ends[1]:
            self._faults.add(item, f"schrijf bij '{kind}' de laagste en de hoogste, zoals [1.00, 1.10]")
            ends = [Decimal(0), Decimal(0)]
        return Cijfergrens(kind, ends[0], ends[1], sources)

    def _check(self, name: str, item: Item) -> None:
        keys = self._faults.mapping(item, _CONTROLE, frozenset({"cijfer", "soort", "zegt", "bron"}))
        shapes = [shape for shape in _VORMEN if shape in keys]
        if len(shapes) != 1 and shapes != ["formule", "tussen"]:
            self._faults.add(item, f"geef bij '{name}' één van {', '.join(_VORMEN)}, of formule en tussen")
        elif "cijfer" in keys:
            for figure in self._faults.items(keys["cijfer"]):
                if self._known(self._faults.text(figure), figure):
                    self._bound(name, self._faults.text(figure), keys)

    def _bound(self, name: str, figure: str, keys: Mapping[str, Item]) -> None:
        kind, cells = self._figures[figure]
        words = (
            frozenset(self._faults.word(part, cells) for part in self._faults.items(keys["cel"]))
            if "cel" in keys
            else cells
        )
        sources = self._sources(keys.get("bron"))
        readings = tuple(self._readings(keys, figure, sources))
        ends = self._faults.items(keys["tussen"]) if "tussen" in keys else []
        between = [tree for end in ends if (tree := self._tree(end, figure, kind))]
        must = self._tree(keys["moet"], figure, TRUTH) if "moet" in keys else None
        if not (readings or len(between) == 2 or must):
            if "tussen" in keys and len(ends) != 2:
                self._faults.add(keys["tussen"], "schrijf bij 'tussen' de laagste en de hoogste")
            return
        trees = [*(reading.boom for reading in readings), *between, *([must] if must else [])]
        named = {node.name for tree in trees for node in walk(tree) if isinstance(node, Field)}
        self._checks.setdefault(figure, []).append(
            Jaarcontrole(
                naam=name,
                cijfer=figure,
                cellen=words or frozenset({""}),
                soort=self._faults.word(keys["soort"], (PRECIES, VERWACHT, MELDT)) if "soort" in keys else VERWACHT,
                lezingen=readings,
                tussen=(between[0], between[1]) if len(between) == 2 else None,
                moet=must,
                marge=self._faults.number(keys["marge"]) if "marge" in keys else Decimal(0),
                speling=self._faults.number(keys["speling"]) if "speling" in keys else Decimal(0),
                venster=self._window(keys["geldig"]) if "geldig" in keys else _ALTIJD,
                zegt=self._faults.text(keys["zegt"]) if "zegt" in keys else "",
                bronnen=sources,
                per_cel=must is None or bool(named & {NIEUW, VORIG, CEL}),
            )
        )

    def _readings(self, keys: Mapping[str, Item], figure: str, sources: tuple[str, ...]) -> Iterator[Lezing]:
        kind = self._figures[figure][0]
        if "formule" in keys and (tree := self._tree(keys["formule"], figure, kind)):
            yield Lezing("", tree, sources)
        wanted = frozenset({"lezing", "formule", "bron"})
        for entry in self._faults.items(keys["lezingen"]) if "lezingen" in keys else ():
            parts = self._faults.mapping(entry, wanted, wanted)
            if wanted <= parts.keys() and (tree := self._tree(parts["formule"], figure, kind)):
                yield Lezing(self._faults.text(parts["lezing"]), tree, self._sources(parts["bron"]))

    def _tree(self, item: Item, figure: str, expected: Type) -> Node | None:
        kind, cells = self._figures[figure]
        fields = {NIEUW: kind, VORIG: kind, VANAF: DATE, DAG_ERVOOR: DATE}
        if cells:
            fields[CEL] = Type("keuze", words=cells)
        text = self._faults.text(item)
        try:
            return bind(parse(text), Scope(fields, {}, {}, {}, self._figures), expected)[0]
        except LanguageError as error:
            self._faults.add(item, f"in '{' '.join(text.split())}', teken {error.at + 1}: {error}")
            return None

    def _sources(self, item: Item | None) -> tuple[str, ...]:
        names = tuple(self._faults.text(part) for part in self._faults.items(item)) if item is not None else ()
        for name in names:
            if name not in self._bronnen:
                self._faults.add(
                    item or Place("", 0), f"er is geen bron '{name}'; zet die in bronnen.yaml van deze map"
                )
        return names

    def _window(self, item: Item) -> Venster:
        keys = self._faults.mapping(item, frozenset({"vanaf", "tot_en_met"}))
        start = self._faults.day(keys["vanaf"]) if "vanaf" in keys else date.min
        return Venster(start, self._faults.day(keys["tot_en_met"]) if "tot_en_met" in keys else None)
