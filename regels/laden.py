"""Loading the rule files: from YAML text to a bound, checked :class:`regels.regelset.Regelset`.

Two passes, because an expression may use a name that stands in a later file: first every figure and quantity is declared
with its type, then every expression is parsed and bound. All faults are reported at once.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from regels.bestanden import Faults, Item, Place, read_file, yaml_files
from regels.controle import check
from regels.regelset import (
    DATUMS,
    ONDERWERPEN,
    STATUSSEN,
    UITKOMSTEN,
    ZEKERHEDEN,
    Aanname,
    Besluit,
    Bron,
    Cijfer,
    Formule,
    Grootheid,
    Onderdeel,
    Regel,
    Regelset,
    Venster,
    Vervolg,
    Waarde,
    Zin,
)
from regels.taal import And, LanguageError, Node, Not, parse
from regels.typen import DATE, TRUTH, UNITS, Scope, Type, bind
from regels.velden import Veld, read_fields

_CIJFER = frozenset({"label", "waarde", "eenheid", "bron", "zekerheid", "geldig", "opmerking"})
_GROOTHEID = frozenset({"label", "eenheid", "waarden", "per", "datum", "formules", "formule", "bron", "geldig", "zekerheid"})
_FORMULE = frozenset({"geldig", "formule", "bron", "zekerheid"})
_BESLUIT = frozenset({"vraag", "onderwerp", "datum", "alleen_als", "anders", "waarden", "regels", "vervolg", "bron", "geldig"})
_REGEL = frozenset(
    {"naam", "als", "dan", "zegt", "omdat", "bron", "zekerheid", "waarden", "vervolg", "status", "besluit_voor", "geldig"}
)
_VERVOLG = frozenset({"tekst", "url", "voor", "bij", "als"})
_ALTIJD = Venster(date(2000, 1, 1), None)


@lru_cache(maxsize=1)
def regelset() -> Regelset:
    """The rule set that comes with this product."""
    return load(files("regels") / "sets")


def load(folder: Path | Traversable) -> Regelset:
    """The rule set in ``folder``. Raises :class:`regels.bestanden.RegelsetError` with every fault that was found."""
    loader = _Loader()
    try:
        result = loader.load(folder)
    except LanguageError as error:  # a fault in a place that has no better address
        loader.faults.add(Place("regelset", 0), str(error))
        loader.faults.raise_if_any()
        raise
    return result


@dataclass
class _Loader:
    faults: Faults = field(default_factory=Faults)
    bronnen: dict[str, Bron] = field(default_factory=dict)
    velden: dict[str, Veld] = field(default_factory=dict)
    cijfers: dict[str, list[Cijfer]] = field(default_factory=dict)
    grootheden: dict[str, Grootheid] = field(default_factory=dict)
    besluiten: dict[str, Besluit] = field(default_factory=dict)
    # what every rule of a decision shares: its window, its sources and the condition under which it applies at all
    gemeenschappelijk: dict[str, tuple[Venster, tuple[str, ...], Node | None]] = field(default_factory=dict)

    def load(self, folder: Path | Traversable) -> Regelset:
        parts, roots = [], {}
        for name, path in yaml_files(folder):
            parts.append(Onderdeel(name.removesuffix(".yaml"), _hash(path.read_bytes())))
            roots[name] = read_file(path, name, self.faults)
        version = self._version(roots.pop("versie.yaml", Item(Place("versie.yaml", 1), {})))
        self.velden = read_fields(roots.pop("velden.yaml", Item(Place("velden.yaml", 1), {})), self.faults)
        for name in [name for name in roots if name.endswith("bronnen.yaml")]:
            self._sources(roots.pop(name))
        rules = {}
        for name, root in roots.items():
            if re.fullmatch(r"\d{4}\.yaml", name.rsplit("/", 1)[-1]):
                self._figures(root)
            else:
                rules[name] = root
        for root in rules.values():
            self._declare(root)
        for root in rules.values():
            self._define(root)
        for root in rules.values():
            self._extend(root)
        assumptions = self._assumptions()
        self.faults.raise_if_any()
        whole = hashlib.sha256("".join(f"{part.naam} {part.hash}\n" for part in parts).encode()).hexdigest()
        result = Regelset(
            versie=version,
            hash=f"sha256:{whole}",
            onderdelen=tuple(parts),
            bronnen=self.bronnen,
            velden=self.velden,
            aannamen=assumptions,
            cijfers={name: tuple(sorted(series, key=lambda c: c.venster.vanaf)) for name, series in self.cijfers.items()},
            grootheden=self.grootheden,
            besluiten=self.besluiten,
        )
        check(result, self.faults)
        self.faults.raise_if_any()
        return result

    def _version(self, root: Item) -> str:
        keys = self.faults.mapping(root, frozenset({"versie"}), frozenset({"versie"}))
        return self.faults.text(keys["versie"]) if "versie" in keys else ""

    # first pass: sources, figures, names of quantities

    def _sources(self, root: Item) -> None:
        wanted = frozenset({"titel", "url", "datum", "vindplaats"})
        for name, item in self.faults.mapping(root).items():
            if name in self.bronnen:
                self.faults.add(item, f"de bron '{name}' bestaat al")
            keys = self.faults.mapping(item, wanted, wanted)
            self.bronnen[name] = Bron(name, **{key: self.faults.text(keys[key]) if key in keys else "" for key in sorted(wanted)})

    def _figures(self, root: Item) -> None:
        for group in self.faults.mapping(root).values():
            entries = dict(self.faults.mapping(group))
            window = self._window(entries.pop("geldig", None), group)
            for name, item in entries.items():
                self._figure(name, item, window)

    def _figure(self, name: str, item: Item, window: Venster) -> None:
        keys = self.faults.mapping(item, _CIJFER, frozenset({"label", "waarde", "eenheid", "bron", "zekerheid"}))
        if not frozenset({"label", "waarde", "eenheid", "bron", "zekerheid"}) <= keys.keys():
            return
        kind = UNITS.get(self.faults.word(keys["eenheid"], tuple(UNITS)), UNITS["getal"])
        cell = keys["waarde"]
        value: Waarde | Mapping[str, Waarde]
        value = (
            {key: self._value(child, kind) for key, child in cell.value.items()}
            if isinstance(cell.value, dict)
            else self._value(cell, kind)
        )
        figure = Cijfer(
            naam=name,
            label=self.faults.text(keys["label"]),
            venster=self._window(keys["geldig"], item) if "geldig" in keys else window,
            waarde=value,
            type=kind,
            bron=self._source(keys["bron"])[0],
            zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN),
            opmerking=self.faults.text(keys["opmerking"]) if "opmerking" in keys else "",
            plaats=item.place,
        )
        series = self.cijfers.setdefault(name, [])
        if series and (series[0].type != kind or _keys(series[0]) != _keys(figure)):
            self.faults.add(item, f"'{name}' heeft in {series[0].plaats} een andere eenheid of andere sleutels")
        series.append(figure)

    def _value(self, item: Item, kind: Type) -> Waarde:
        if kind == TRUTH:
            return self.faults.word(item, ("ja", "nee")) == "ja"
        if kind == DATE:
            return self.faults.day(item)
        number = self.faults.number(item)
        return number / 100 if kind.percent else number

    def _declare(self, root: Item) -> None:
        keys = self.faults.mapping(root, frozenset({"onderwerp", "datum", "grootheden", "besluiten", "aanvullingen"}))
        if "grootheden" not in keys:
            return
        for name, item in self.faults.mapping(keys["grootheden"]).items():
            entry = self.faults.mapping(item, _GROOTHEID, frozenset({"label", "eenheid"}))
            words = {w: self.faults.text(t) for w, t in self.faults.mapping(entry["waarden"]).items()} if "waarden" in entry else {}
            unit = self.faults.text(entry["eenheid"]) if "eenheid" in entry else "getal"
            if unit != "keuze" and unit not in UNITS:
                self.faults.add(item, f"'{unit}' is geen eenheid; kies uit keuze, {', '.join(sorted(UNITS))}")
            for taken in (self.grootheden, self.cijfers, self.velden):
                if name in taken:
                    self.faults.add(item, f"de naam '{name}' is al in gebruik")
            self.grootheden[name] = Grootheid(
                naam=name,
                label=self.faults.text(entry["label"]) if "label" in entry else name,
                type=Type("keuze", words=frozenset(words)) if unit == "keuze" else UNITS.get(unit, UNITS["getal"]),
                woorden=words,
                per_persoon="per" in entry and self.faults.word(entry["per"], ("persoon",)) == "persoon",
                datum=self._date_name(entry.get("datum") or keys.get("datum"), item),
                formules=(),
                plaats=item.place,
            )

    # second pass: expressions

    def _define(self, root: Item) -> None:
        keys = root.value if isinstance(root.value, dict) else {}
        for name, item in self.faults.mapping(keys["grootheden"]).items() if "grootheden" in keys else ():
            self._quantity(name, self.faults.mapping(item), item)
        for name, item in self.faults.mapping(keys["besluiten"]).items() if "besluiten" in keys else ():
            if name in self.besluiten:
                self.faults.add(item, f"het besluit '{name}' bestaat al in {self.besluiten[name].plaats}")
            self.besluiten[name] = self._decision(name, item, keys)

    def _extend(self, root: Item) -> None:
        """Add the rules that one owner (a landlord) brings to a decision of another file."""
        keys = root.value if isinstance(root.value, dict) else {}
        for name, item in self.faults.mapping(keys["aanvullingen"]).items() if "aanvullingen" in keys else ():
            if name not in self.besluiten:
                self.faults.add(item, f"er is geen besluit '{name}' om aan te vullen")
                continue
            decision, common = self.besluiten[name], self.gemeenschappelijk[name]
            rules = tuple(self._rule(rule, *common) for rule in self.faults.items(item))
            self.besluiten[name] = replace(decision, regels=decision.regels + rules)

    def _quantity(self, name: str, entry: Mapping[str, Item], item: Item) -> None:
        quantity = self.grootheden[name]
        scope = replace(self._scope(), in_person=quantity.per_persoon)
        formulas = []
        sources = entry.get("bron")
        for block in self.faults.items(entry["formules"]) if "formules" in entry else [item]:
            keys = self.faults.mapping(block, _FORMULE if "formules" in entry else None, frozenset({"formule"}))
            if "formule" not in keys:
                continue
            tree = self._bind(keys["formule"], scope, quantity.type)
            source = keys.get("bron") or sources
            formulas.append(
                Formule(
                    venster=self._window(keys["geldig"], block) if "geldig" in keys else _ALTIJD,
                    tekst=self.faults.text(keys["formule"]),
                    boom=tree[0] if tree else Not(0, Not(0, And(0, ()))),
                    bronnen=self._source(source) if source else (),
                    zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
                )
            )
        self.grootheden[name] = replace(quantity, formules=tuple(formulas))

    def _decision(self, name: str, item: Item, defaults: Mapping[str, Item]) -> Besluit:
        keys = self.faults.mapping(item, _BESLUIT, frozenset({"vraag", "regels"}))
        window = self._window(keys["geldig"], item) if "geldig" in keys else _ALTIJD
        sources = self._source(keys["bron"]) if "bron" in keys else ()
        only = self._bind(keys["alleen_als"], self._scope(), TRUTH) if "alleen_als" in keys else None
        common = self.gemeenschappelijk[name] = (window, sources, only[0] if only else None)
        rules = [self._rule(rule, *common) for rule in self.faults.items(keys["regels"])] if "regels" in keys else []
        if only:
            rules.insert(0, self._otherwise(keys, only[0], window, sources, item))
        values, labels = self._values(keys.get("waarden"))
        for rule in rules:
            labels |= {key: key for key in rule.waarden if key not in labels}
        subject = keys.get("onderwerp") or defaults.get("onderwerp")
        return Besluit(
            id=name,
            vraag=self.faults.text(keys["vraag"]) if "vraag" in keys else "",
            onderwerp=self.faults.word(subject, tuple(ONDERWERPEN)) if subject else self._missing(item, "onderwerp"),
            datum=self._date_name(keys.get("datum") or defaults.get("datum"), item),
            waarden=values,
            labels=labels,
            regels=tuple(rules),
            vervolg=self._next_steps(keys.get("vervolg")),
            plaats=item.place,
        )

    def _otherwise(self, keys: Mapping[str, Item], only: Node, window: Venster, sources: tuple[str, ...], item: Item) -> Regel:
        reason = keys.get("anders")
        if reason is None:
            self.faults.add(item, "bij 'alleen_als' hoort 'anders': wat er gezegd wordt als de toets niet van toepassing is")
            reason = Item(item.place, "-")
        sentence = self._sentence(reason)
        return Regel(
            "niet-van-toepassing", window, f"niet ({self.faults.text(keys['alleen_als'])})", Not(only.at, only),
            "niet_van_toepassing", sentence, (sentence,), sources, "officieel", {}, (), "vastgesteld", None, item.place,
        )  # fmt: skip

    def _rule(self, item: Item, window: Venster, sources: tuple[str, ...], only: Node | None) -> Regel:
        keys = self.faults.mapping(item, _REGEL, frozenset({"naam", "als", "dan", "zegt", "omdat"}))
        empty = Item(item.place, "-")
        condition = self._bind(keys["als"], self._scope(), TRUTH) if "als" in keys else None
        tree = condition[0] if condition else And(0, ())
        values, _ = self._values(keys.get("waarden"))
        status = self.faults.word(keys["status"], STATUSSEN) if "status" in keys else "vastgesteld"
        outcome = self.faults.word(keys["dan"], UITKOMSTEN) if "dan" in keys else "onbekend"
        if status != "vastgesteld" and outcome != "besluit_ontbreekt":
            self.faults.add(item, "beleid dat niet is vastgesteld geeft 'besluit_ontbreekt'")
        own = self._source(keys["bron"]) if "bron" in keys else ()
        if not own and not sources:
            self.faults.add(item, "'bron' ontbreekt, bij de regel en bij het besluit")
        return Regel(
            naam=self.faults.text(keys.get("naam", empty)),
            venster=self._window(keys["geldig"], item) if "geldig" in keys else window,
            als_tekst=self.faults.text(keys.get("als", empty)),
            als=And(tree.at, (only, tree)) if only is not None else tree,
            dan=outcome,
            zegt=self._sentence(keys.get("zegt", empty)),
            omdat=tuple(self._reason(reason) for reason in self.faults.items(keys.get("omdat", empty))),
            bronnen=own or sources,
            zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
            waarden=values,
            vervolg=self._next_steps(keys.get("vervolg")),
            status=status,
            besluit_voor=self.faults.day(keys["besluit_voor"]) if "besluit_voor" in keys else None,
            plaats=item.place,
        )

    def _reason(self, item: Item) -> Zin:
        if not isinstance(item.value, dict):
            return self._sentence(item)
        keys = self.faults.mapping(item, frozenset({"als", "tekst"}), frozenset({"als", "tekst"}))
        if not frozenset({"als", "tekst"}) <= keys.keys():
            return Zin(())
        condition = self._bind(keys["als"], self._scope(), TRUTH)
        return replace(self._sentence(keys["tekst"]), als=condition[0] if condition else None)

    def _next_steps(self, item: Item | None) -> tuple[Vervolg, ...]:
        steps = []
        for entry in self.faults.items(item) if item else ():
            keys = self.faults.mapping(entry, _VERVOLG, frozenset({"tekst"}))
            if "tekst" not in keys:
                continue
            condition = self._bind(keys["als"], self._scope(), TRUTH) if "als" in keys else None
            steps.append(
                Vervolg(
                    zin=replace(self._sentence(keys["tekst"]), als=condition[0] if condition else None),
                    url=self.faults.text(keys["url"]) if "url" in keys else None,
                    voor=self._bind(keys["voor"], self._scope(), DATE) if "voor" in keys else None,
                    bij=tuple(self.faults.word(word, UITKOMSTEN) for word in self.faults.items(keys["bij"])) if "bij" in keys else (),
                )
            )
        return tuple(steps)

    def _values(self, item: Item | None) -> tuple[dict[str, tuple[Node, Type]], dict[str, str]]:
        values, labels = {}, {}
        for name, entry in self.faults.mapping(item).items() if item else ():
            label, expression = name, entry
            if isinstance(entry.value, dict):
                keys = self.faults.mapping(entry, frozenset({"label", "waarde"}), frozenset({"label", "waarde"}))
                label, expression = self.faults.text(keys.get("label", entry)), keys.get("waarde", entry)
            text = expression.value
            if isinstance(text, str) and text.startswith("'") and text.endswith("'"):
                words = frozenset({text[1:-1]})
                values[name] = (parse(text), Type("keuze", words=words))
            elif bound := self._bind(expression, self._scope()):
                values[name] = bound
            labels[name] = label
        return values, labels

    def _sentence(self, item: Item) -> Zin:
        text = self.faults.text(item)
        parts: list[str | tuple[Node, Type]] = []
        for index, piece in enumerate(re.split(r"\{([^{}]*)\}", text)):
            if index % 2 == 0:
                if piece:
                    parts.append(piece)
            elif bound := self._bind(Item(item.place, piece), self._scope()):
                parts.append(bound)
        return Zin(tuple(parts))

    # help

    def _bind(self, item: Item, scope: Scope, expected: Type | None = None) -> tuple[Node, Type] | None:
        text = self.faults.text(item)
        try:
            return bind(parse(text), scope, expected)
        except LanguageError as error:
            shown = " ".join(text.split())
            self.faults.add(item, f"in '{shown}', teken {error.at + 1}: {error}")
            return None

    def _scope(self) -> Scope:
        fields = {name: veld.type for name, veld in self.velden.items() if veld.groep != "persoon"}
        return Scope(
            fields=fields | {"rondedatum": DATE},
            person_fields={name: veld.type for name, veld in self.velden.items() if veld.groep == "persoon"},
            quantities={name: g.type for name, g in self.grootheden.items() if not g.per_persoon},
            person_quantities={name: g.type for name, g in self.grootheden.items() if g.per_persoon},
            figures={name: (series[0].type, _keys(series[0])) for name, series in self.cijfers.items()},
        )

    def _assumptions(self) -> dict[str, tuple[Aanname, ...]]:
        found = {}
        for name, veld in self.velden.items():
            if not veld.uitgangspunten:
                continue
            scope = replace(self._scope(), in_person=veld.groep == "persoon", allow_known=True)
            bound = []
            for entry in veld.uitgangspunten:
                condition = self._bind(entry.als, scope, TRUTH) if entry.als else None
                if value := self._bind(entry.waarde, scope, veld.type):
                    bound.append(Aanname(entry.id, name, condition[0] if condition else None, value[0], entry.tekst))
            found[name] = tuple(bound)
        return found

    def _source(self, item: Item) -> tuple[str, ...]:
        names = tuple(self.faults.text(entry) for entry in self.faults.items(item))
        for name in names:
            if name not in self.bronnen:
                self.faults.add(item, f"er is geen bron '{name}'; zet die in bronnen.yaml van deze map")
        return names

    def _window(self, item: Item | None, parent: Item) -> Venster:
        if item is None:
            self.faults.add(parent, "'geldig' ontbreekt; schrijf {vanaf: 2026-01-01, tot_en_met: 2026-12-31}")
            return _ALTIJD
        keys = self.faults.mapping(item, frozenset({"vanaf", "tot_en_met"}), frozenset({"vanaf"}))
        start = self.faults.day(keys["vanaf"]) if "vanaf" in keys else date.min
        end = self.faults.day(keys["tot_en_met"]) if "tot_en_met" in keys else None
        if end is not None and end < start:
            self.faults.add(item, f"dit venster eindigt ({end}) voordat het begint ({start})")
        return Venster(start, end)

    def _date_name(self, item: Item | None, parent: Item) -> str:
        return self.faults.word(item, DATUMS) if item else self._missing(parent, "datum")

    def _missing(self, item: Item, key: str) -> str:
        self.faults.add(item, f"'{key}' ontbreekt, hier en bovenaan het bestand")
        return ""


def _keys(figure: Cijfer) -> frozenset[str]:
    return frozenset(figure.waarde) if isinstance(figure.waarde, Mapping) else frozenset()


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
