"""The first pass over the rule files: sources, figures and quantities, each declared with its type.

An expression may use a name that stands in a later file, so every name is known before any expression is bound.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from regels.bestanden import Faults, Item, Place
from regels.eenheden import DATE, TRUTH, UNITS, Type
from regels.eigenaren import Eigenaren, owner_of
from regels.regelset import DATUMS, ZEKERHEDEN, Bron, Cijfer, Grootheid
from regels.typen import Scope
from regels.velden import Veld, Waarde
from regels.venster import Venster

_CIJFER = frozenset({"label", "waarde", "eenheid", "bron", "zekerheid", "geldig", "opmerking", "gebruik", "status"})
_GROOTHEID = frozenset(
    {"label", "eenheid", "waarden", "per", "datum", "formules", "formule", "bron", "geldig", "zekerheid"}
)
# a figure about a whole portfolio is in no rule: a rule is about one household. One for policies is in a rule only when
# a landlord's policy needs it
GEBRUIK = ("portefeuille", "beleid")
# the status of figures that are not decided or not all there: for the answers they do not exist
CONCEPT = "concept"
ALTIJD = Venster(date(2000, 1, 1), None)


@dataclass
class Declarations:
    """What the files declare, and the faults met on the way."""

    faults: Faults = field(default_factory=Faults)
    eigenaren: Eigenaren = field(default_factory=lambda: Eigenaren({}))
    bronnen: dict[str, Bron] = field(default_factory=dict)
    bronplaatsen: dict[str, Place] = field(default_factory=dict)
    velden: dict[str, Veld] = field(default_factory=dict)
    cijfers: dict[str, list[Cijfer]] = field(default_factory=dict)
    grootheden: dict[str, Grootheid] = field(default_factory=dict)
    # the figures of each group of an owner in its last year, and where that stands
    _groups: dict[tuple[str, str], tuple[frozenset[str], Place]] = field(default_factory=dict)
    # figures that are a draft: checked like the others, and in no series
    ontwerpen: list[Cijfer] = field(default_factory=list)
    _corporaties: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _lost: list[tuple[str, date, Item, str]] = field(default_factory=list)

    def sources(self, root: Item) -> None:
        """Read a file of sources."""
        wanted = frozenset({"titel", "url", "datum", "vindplaats"})
        for name, item in self.faults.mapping(root).items():
            if name in self.bronnen:
                self.faults.add(item, f"de bron '{name}' bestaat al")
            keys = self.faults.mapping(item, wanted | {"artikelen"}, wanted)
            self.bronplaatsen[name] = item.place
            self.bronnen[name] = Bron(
                name,
                **{key: self.faults.text(keys[key]) if key in keys else "" for key in sorted(wanted)},
                artikelen=tuple(map(self.faults.text, self.faults.items(keys["artikelen"])))
                if "artikelen" in keys
                else (),
            )

    def figures(self, root: Item) -> None:
        """Read a file of figures: groups with a window, each with figures."""
        for title, group in self.faults.mapping(root).items():
            entries = dict(self.faults.mapping(group))
            window = self.window(entries.pop("geldig", None), group)
            draft = self._draft(entries.pop("status", None))
            ended = [
                self.faults.text(name) for name in self.faults.items(entries.pop("vervallen", Item(group.place, [])))
            ]
            for name, item in entries.items():
                self._figure(name, item, window, draft=draft)
            self._complete(title, group, window, (frozenset(entries), frozenset(ended)))

    def _draft(self, status: Item | None) -> bool:
        return status is not None and self.faults.word(status, (CONCEPT,)) == CONCEPT

    def missing_figures(self) -> None:
        """Note each figure that a group had the year before, and that is nowhere on the first day of this one.

        And each draft of days on which the figure is there.
        """
        for name, day, group, message in self._lost:
            drafts = [figure for figure in self.ontwerpen if figure.naam == name]
            if not any(figure.venster.bevat(day) for figure in (*self.cijfers.get(name, ()), *drafts)):
                self.faults.add(group, message)
        for draft in self.ontwerpen:
            for figure in self.cijfers.get(draft.naam, ()):
                if figure.venster.bevat(draft.venster.vanaf) or draft.venster.bevat(figure.venster.vanaf):
                    self.faults.add(draft.plaats, f"het venster van '{draft.naam}' overlapt dat van {figure.plaats}")

    def _complete(
        self, title: str, group: Item, window: Venster, figures: tuple[frozenset[str], frozenset[str]]
    ) -> None:
        """Keep for later which figures this group of its owner had in the year before, and has no longer."""
        names, ended = figures
        if group.place.file.count("/") > 1:
            return  # figures of the policy of one round: each round stands by itself
        key = (owner_of(group.place.file), title)
        before, place = self._groups.get(key, (frozenset[str](), group.place))
        for name in sorted(before - names - ended):
            said = f"de groep '{title}' mist '{name}' uit {place}; geef het, of zet het bij 'vervallen' als het ophield"
            self._lost.append((name, window.vanaf, group, said))
        for name in sorted(ended - before):
            self.faults.add(group, f"'{name}' staat bij 'vervallen', en stond niet in de groep '{title}' ervoor")
        self._groups[key] = (names, group.place)

    def _figure(self, name: str, item: Item, window: Venster, *, draft: bool = False) -> None:
        keys = self.faults.mapping(item, _CIJFER, frozenset({"label", "waarde", "eenheid", "bron", "zekerheid"}))
        if "status" in keys:
            draft = self._draft(keys["status"]) or draft
            if "geldig" not in keys:
                self.faults.add(keys["status"], "'status' hoort bij de groep, of bij een cijfer met een eigen 'geldig'")
        if "waarde" not in keys or "eenheid" not in keys or (not draft and self._empty(name, keys)):
            return  # without these there is no figure to declare; without the others the name is still known
        kind = UNITS.get(self.faults.word(keys["eenheid"], tuple(UNITS)), UNITS["getal"])
        cell = keys["waarde"]
        value: Waarde | Mapping[str, Waarde]
        value = (
            {key: self._value(child, kind, draft=draft) for key, child in self._cells(cell.value).items()}
            if isinstance(cell.value, dict)
            else self._value(cell, kind, draft=draft)
        )
        given = {key: part for key, part in keys.items() if not draft or part.value != ""}
        figure = Cijfer(
            naam=name,
            label=self.filled(keys["label"]) if "label" in keys else name,
            venster=self.window(keys["geldig"], item) if "geldig" in keys else window,
            waarde=value,
            type=kind,
            bron=next(iter(self.source(given["bron"])), "") if "bron" in given else "",
            zekerheid=self.faults.word(given["zekerheid"], ZEKERHEDEN) if "zekerheid" in given else "",
            opmerking=self.faults.text(given["opmerking"]) if "opmerking" in given else "",
            plaats=item.place,
            gebruik=self.faults.word(keys["gebruik"], GEBRUIK) if "gebruik" in keys else "",
        )
        series = self.cijfers.get(name, [])
        if series and (series[0].type != kind or keys_of(series[0]) != keys_of(figure)):
            self.faults.add(item, f"'{name}' heeft in {series[0].plaats} een andere eenheid of andere sleutels")
        if draft:
            self.ontwerpen.append(figure)
        else:
            self.cijfers.setdefault(name, series).append(figure)

    def _empty(self, name: str, keys: Mapping[str, Item]) -> bool:
        """Whether something of a figure is still to be filled in, as in the files of a new year; each is noted."""
        cells = keys["waarde"].value
        empty = (
            {f"{name}[{key}]": cell for key, cell in cells.items() if cell.value == ""}
            if isinstance(cells, dict)
            else {}
        )
        for cell, item in ({name: keys["waarde"]} if cells == "" else empty).items():
            self.faults.add(item, f"'{cell}' heeft nog geen waarde; vul die in")
        lacking = [key for key in ("bron", "zekerheid") if key in keys and keys[key].value == ""]
        for key in lacking:
            self.faults.add(keys[key], f"bij '{name}' is '{key}' nog leeg; vul die in")
        return bool(cells == "" or empty or lacking)

    def _cells(self, cells: Mapping[str, Item]) -> Mapping[str, Item]:
        """The cells of a table; one by places or owners has for those of other owners what it says of all others."""
        for veld in self.velden.values():
            if veld.buiten and veld.buiten in cells:
                return dict.fromkeys(veld.waarden, cells[veld.buiten]) | dict(cells)
        return cells

    def _value(self, item: Item, kind: Type, *, draft: bool = False) -> Waarde:
        if draft and item.value == "":
            return Decimal(0)  # nothing reads it
        if kind == TRUTH:
            return self.faults.word(item, ("ja", "nee")) == "ja"
        if kind == DATE:
            return self.faults.day(item)
        number = self.faults.number(item)
        return number / 100 if kind.percent else number

    def declare(self, root: Item) -> None:
        """Declare the quantities of a file of rules; their formulas follow in the second pass."""
        keys = self.faults.mapping(root, frozenset({"onderwerp", "datum", "grootheden", "besluiten", "aanvullingen"}))
        if "grootheden" not in keys:
            return
        for name, item in self.faults.mapping(keys["grootheden"]).items():
            entry = self.faults.mapping(item, _GROOTHEID, frozenset({"label", "eenheid"}))
            words = (
                {w: self.faults.text(t) for w, t in self.faults.mapping(entry["waarden"]).items()}
                if "waarden" in entry
                else {}
            )
            unit = self.faults.text(entry["eenheid"]) if "eenheid" in entry else "getal"
            if unit != "keuze" and unit not in UNITS:
                self.faults.add(item, f"'{unit}' is geen eenheid; kies uit keuze, {', '.join(sorted(UNITS))}")
            for taken in (self.grootheden, self.cijfers, self.velden):
                if name in taken:
                    self.faults.add(item, f"de naam '{name}' is al in gebruik")
            self.grootheden[name] = Grootheid(
                naam=name,
                label=self.filled(entry["label"]) if "label" in entry else name,
                type=Type("keuze", words=frozenset(words)) if unit == "keuze" else UNITS.get(unit, UNITS["getal"]),
                woorden=words,
                per_persoon="per" in entry and self.faults.word(entry["per"], ("persoon",)) == "persoon",
                datum=self.date_name(entry.get("datum") or keys.get("datum"), item),
                formules=(),
                plaats=item.place,
            )

    @cached_property
    def scope(self) -> Scope:
        """Every declared name with its type, for binding: asked for when all of them are declared."""
        fields = {name: veld.type for name, veld in self.velden.items() if veld.groep != "persoon"}
        return Scope(
            fields=fields | {"rondedatum": DATE},
            person_fields={name: veld.type for name, veld in self.velden.items() if veld.groep == "persoon"},
            quantities={name: g.type for name, g in self.grootheden.items() if not g.per_persoon},
            person_quantities={name: g.type for name, g in self.grootheden.items() if g.per_persoon},
            figures={name: (series[0].type, keys_of(series[0])) for name, series in self.cijfers.items()},
        )

    def groups(self, file: str) -> Mapping[str, tuple[str, ...]]:
        """The groups of landlords that a condition in ``file`` may name; asked for when all fields are declared."""
        if file not in self._corporaties:
            others = next((veld.buiten for veld in self.velden.values() if veld.waarden_van == "corporaties"), "")
            self._corporaties[file] = self.eigenaren.groepen(file, others)
        return self._corporaties[file]

    # help

    def filled(self, item: Item) -> str:
        """The text in ``item``, with what it says of its owner filled in: ``{gemeente_telefoon}``."""
        text = self.faults.text(item)
        if "{" in text:
            for name, value in self.eigenaren.invullen(item.place.file).items():
                text = text.replace(f"{{{name}}}", value)
        return text

    def source(self, item: Item) -> tuple[str, ...]:
        """The names of the sources in ``item``; unknown ones are faults."""
        names = tuple(self.faults.text(entry) for entry in self.faults.items(item))
        if not names:
            self.faults.add(item, "hier hoort een bron te staan")
        for name in names:
            if name not in self.bronnen:
                self.faults.add(item, f"er is geen bron '{name}'; zet die in bronnen.yaml van deze map")
        return names

    def window(self, item: Item | None, parent: Item) -> Venster:
        """The window in ``item``; a missing one is a fault at ``parent``."""
        if item is None:
            self.faults.add(parent, "'geldig' ontbreekt; schrijf {vanaf: 2026-01-01, tot_en_met: 2026-12-31}")
            return ALTIJD
        keys = self.faults.mapping(item, frozenset({"vanaf", "tot_en_met"}), frozenset({"vanaf"}))
        start = self.faults.day(keys["vanaf"]) if "vanaf" in keys else date.min
        end = self.faults.day(keys["tot_en_met"]) if "tot_en_met" in keys else None
        if end is not None and end < start:
            self.faults.add(item, f"dit venster eindigt ({end}) voordat het begint ({start})")
        return Venster(start, end)

    def rule_window(self, item: Item) -> Venster:
        """The window in ``item`` of a rule or a formula, which may end with figures (``zolang``) or begin after them.

        So a rule goes on as soon as the figures of a new year are there, and one that says that they are not ends.
        """
        keys = item.value if isinstance(item.value, dict) else {}
        if not keys.keys() & {"zolang", "na"}:
            return self.window(item, item)
        after = "na" in keys
        known = frozenset({"na"}) if after else frozenset({"vanaf", "zolang"})
        self.faults.mapping(item, known, known)
        start = self.faults.day(keys["vanaf"]) if "vanaf" in keys else date.min
        ends = [self._last_day(name) for name in self.faults.items(keys["na" if after else "zolang"])]
        end = min((day for day in ends if day is not None), default=None)
        if after:
            if end is None:
                self.faults.add(item, "deze cijfers hebben geen einde, dus er komt niets na; haal deze regel weg")
            return Venster(start if end is None else end + timedelta(days=1), None)
        if end is not None and end < start:
            self.faults.add(item, f"deze cijfers eindigen ({end}) voordat het venster begint ({start})")
        return Venster(start, end)

    def _last_day(self, name: Item) -> date | None:
        """The last day on which a figure is there; None when it has no end."""
        series = self.cijfers.get(self.faults.text(name), [])
        if not series:
            self.faults.add(name, f"er is geen cijfer '{name.value}'; controleer de spelling")
        ends = [figure.venster.tot_en_met for figure in series]
        return None if None in ends else max((end for end in ends if end is not None), default=None)

    def date_name(self, item: Item | None, parent: Item) -> str:
        """Which date picks what is in force."""
        return self.faults.word(item, DATUMS) if item else self.missing(parent, "datum")

    def missing(self, item: Item, key: str) -> str:
        """Note that ``key`` is missing."""
        self.faults.add(item, f"'{key}' ontbreekt, hier en bovenaan het bestand")
        return ""


def keys_of(figure: Cijfer) -> frozenset[str]:
    return frozenset(figure.waarde) if isinstance(figure.waarde, Mapping) else frozenset()
