"""Loading the rule files: from YAML text to a bound, checked :class:`regels.regelset.Regelset`.

After the first pass (``regels.declaraties``) every name has its type; here every expression is parsed and bound, and
the whole is checked. All faults are reported at once.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from regels import bereik, jaarschijf
from regels.beleid.verwerken import voeg_toe
from regels.bestanden import Item, Place, parse_file
from regels.controle import check
from regels.declaraties import ALTIJD, Declarations
from regels.eenheden import DATE, TRUTH, Type
from regels.eigenaren import BESTAND as EIGENAAR
from regels.eigenaren import check_owners, owner_of, read_owners
from regels.regelset import (
    GESLOTEN,
    NIET_VAN_TOEPASSING,
    ONDERWERPEN,
    STATUSSEN,
    UITKOMSTEN,
    ZEKERHEDEN,
    Aanname,
    Besluit,
    Formule,
    Onderdeel,
    Regel,
    Regelset,
    Venster,
    Vervolg,
    Zin,
)
from regels.taal import And, LanguageError, Node, Not, parse
from regels.teksten import BESTAND as TEKSTEN
from regels.teksten import Lezer
from regels.typen import Scope, bind
from regels.velden import read_fields

_FORMULE = frozenset({"geldig", "formule", "bron", "zekerheid"})
_BESLUIT = frozenset(
    {
        "vraag",
        "onderwerp",
        "datum",
        "alleen_als",
        "anders",
        "waarden",
        "regels",
        "vervolg",
        "stopt",
        "toont",
        "gesloten",
        "bron",
        "geldig",
    }
)
_GESLOTEN = frozenset({"sinds", "zegt", "omdat", "bron", "zekerheid", "vervolg"})
_REGEL = frozenset(
    {
        "naam",
        "als",
        "dan",
        "zegt",
        "omdat",
        "bron",
        "zekerheid",
        "waarden",
        "vervolg",
        "status",
        "besluit_voor",
        "geldig",
    }
)
_VERVOLG = frozenset({"tekst", "huurder", "alleen_medewerker", "url", "voor", "bij", "als"})


def load(bestanden: Iterable[tuple[str, bytes]]) -> Regelset:
    """The rule set in these files, each with its name (``landelijk/2026.yaml``), in whichever order they come.

    Raises :class:`regels.bestanden.RegelsetError` with every fault that was found.
    """
    loader = _Loader()
    try:
        result = loader.load(dict(sorted(bestanden, key=lambda file: file[0].split("/"))))
    except LanguageError as error:  # a fault in a place that has no better address
        loader.faults.add(Place("regelset", 0), str(error))
        loader.faults.raise_if_any()
        raise
    return result


@dataclass
class _Loader(Declarations):
    besluiten: dict[str, Besluit] = field(default_factory=dict)
    # what every rule of a decision shares: its window, its sources and the condition under which it applies at all
    gemeenschappelijk: dict[str, tuple[Venster, tuple[str, ...], Node | None]] = field(default_factory=dict)

    def load(self, bestanden: Mapping[str, bytes]) -> Regelset:
        parts = [Onderdeel(name.removesuffix(".yaml"), _hash(content)) for name, content in bestanden.items()]
        roots = {name: parse_file(content, name, self.faults) for name, content in bestanden.items()}
        version = self._version(roots.pop("versie.yaml", Item(Place("versie.yaml", 1), {})))
        self.eigenaren = read_owners(roots, self.faults)
        check_owners(self.eigenaren.alle, {owner_of(name): root.place for name, root in roots.items()}, self.faults)
        for name in [name for name in roots if name.endswith(f"/{EIGENAAR}")]:
            del roots[name]
        fields = roots.pop("velden.yaml", Item(Place("velden.yaml", 1), {}))
        self.velden = read_fields(fields, self.faults, self.eigenaren)
        for name in [name for name in roots if name.endswith("bronnen.yaml")]:
            self.sources(roots.pop(name))
        texts = {name: roots.pop(name) for name in list(roots) if name.rsplit("/", 1)[-1] == TEKSTEN}
        rules, slices, policies = {}, [], {}
        for name, root in roots.items():
            file = name.rsplit("/", 1)[-1]
            if "/beleid/" in name:
                policies[name] = root
            elif re.fullmatch(r"\d{4}\.yaml", file):
                self.figures(root)
            elif match := jaarschijf.FILE.fullmatch(file):
                slices.append(jaarschijf.Slices(self).read(root, int(match[1])))
            else:
                rules[name] = root
        self.missing_figures()
        landlords = voeg_toe(policies, rules, texts, self)
        for root in rules.values():
            self.declare(root)
        for root in rules.values():
            self._define(root)
        for root in rules.values():
            self._extend(root)
        assumptions, reach = self._assumptions(), self._reach()
        self.faults.raise_if_any()
        reader = Lezer(self.besluiten, self.faults, {name: self.eigenaren.invullen(name) for name in texts})
        whole = hashlib.sha256("".join(f"{part.naam} {part.hash}\n" for part in parts).encode()).hexdigest()
        result = Regelset(
            versie=version,
            hash=f"sha256:{whole}",
            onderdelen=tuple(parts),
            bronnen=self.bronnen,
            velden=self.velden,
            aannamen=assumptions,
            eigenaren=self.eigenaren,
            bereik=reach,
            teksten=reader.read(texts, self.grootheden),
            cijfers={
                name: tuple(sorted(series, key=lambda c: c.venster.vanaf)) for name, series in self.cijfers.items()
            },
            grootheden=self.grootheden,
            besluiten=dict(sorted(self.besluiten.items(), key=lambda item: list(ONDERWERPEN).index(item[1].onderwerp))),
            jaarschijven=tuple(slices),
            beleid=landlords,
        )
        check(result, self.faults)
        bereik.check(result, self.faults)
        jaarschijf.check(result, self)
        self.faults.raise_if_any()
        return result

    def _version(self, root: Item) -> str:
        keys = self.faults.mapping(root, frozenset({"versie"}), frozenset({"versie"}))
        return self.faults.text(keys["versie"]) if "versie" in keys else ""

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
        scope = replace(self.scope(), in_person=quantity.per_persoon)
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
                    venster=self.window(keys["geldig"], block) if "geldig" in keys else ALTIJD,
                    tekst=self.faults.text(keys["formule"]),
                    boom=tree[0] if tree else Not(0, Not(0, And(0, ()))),
                    bronnen=self.source(source) if source else (),
                    zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
                )
            )
        self.grootheden[name] = replace(quantity, formules=tuple(formulas))

    def _decision(self, name: str, item: Item, defaults: Mapping[str, Item]) -> Besluit:
        keys = self.faults.mapping(item, _BESLUIT, frozenset({"vraag", "regels"}))
        window = self.window(keys["geldig"], item) if "geldig" in keys else ALTIJD
        sources = self.source(keys["bron"]) if "bron" in keys else ()
        only = self._bind(keys["alleen_als"], self.scope(), TRUTH) if "alleen_als" in keys else None
        closed = self._closed(keys["gesloten"], sources) if "gesloten" in keys else None
        if closed:
            window = _until(window, closed.venster.vanaf)
        common = self.gemeenschappelijk[name] = (window, sources, only[0] if only else None)
        rules = [self._rule(rule, *common) for rule in self.faults.items(keys["regels"])] if "regels" in keys else []
        if only:
            rules.insert(0, self._otherwise(keys, only[0], window, sources, item))
        if closed:
            for rule in rules:
                if rule.venster.tot_en_met is None or rule.venster.tot_en_met >= closed.venster.vanaf:
                    self.faults.add(rule.plaats, f"'{rule.naam}' geldt nog als het besluit al gesloten is")
            rules.append(closed)
        values, labels = self._values(keys.get("waarden"))
        subject = keys.get("onderwerp") or defaults.get("onderwerp")
        return Besluit(
            id=name,
            vraag=self.filled(keys["vraag"]) if "vraag" in keys else "",
            onderwerp=self.faults.word(subject, tuple(ONDERWERPEN)) if subject else self.missing(item, "onderwerp"),
            datum=self.date_name(keys.get("datum") or defaults.get("datum"), item),
            waarden=values,
            labels=labels,
            regels=tuple(rules),
            vervolg=self._next_steps(keys.get("vervolg")),
            stopt="stopt" in keys and self.faults.word(keys["stopt"], ("ja", "nee")) == "ja",
            plaats=item.place,
            gemeenten=self.eigenaren.gemeenten_van(item.place.file),
        )

    def _reach(self) -> dict[tuple[str, ...], Node]:
        """For the municipalities of each decision whether a question is of them."""
        found: dict[tuple[str, ...], Node] = {}
        names = {veld.waarden_van: veld.naam for veld in self.velden.values()}
        for decision in self.besluiten.values():
            about = decision.gemeenten
            if about and about not in found:
                text = self.eigenaren.bereik(about, names.get("gemeenten", "gemeente"), names.get("corporaties", ""))
                if bound := self._bind(Item(decision.plaats, text), self.scope(), TRUTH):
                    found[about] = bound[0]
        return found

    def _otherwise(
        self, keys: Mapping[str, Item], only: Node, window: Venster, sources: tuple[str, ...], item: Item
    ) -> Regel:
        reason = keys.get("anders")
        if reason is None:
            self.faults.add(
                item, "bij 'alleen_als' hoort 'anders': wat er gezegd wordt als de toets niet van toepassing is"
            )
            reason = Item(item.place, "-")
        sentence = self._sentence(reason)
        return Regel(
            naam=NIET_VAN_TOEPASSING,
            venster=window,
            als_tekst=f"niet ({self.faults.text(keys['alleen_als'])})",
            als=Not(only.at, only),
            dan="niet_van_toepassing",
            zegt=sentence,
            omdat=(sentence,),
            bronnen=sources,
            zekerheid="officieel",
            waarden={},
            labels={},
            vervolg=(),
            status="vastgesteld",
            besluit_voor=None,
            plaats=item.place,
        )

    def _closed(self, item: Item, sources: tuple[str, ...]) -> Regel:
        """The rule of a scheme that has ended: whatever is known of a household, it says since when."""
        keys = self.faults.mapping(item, _GESLOTEN, frozenset({"sinds", "zegt"}))
        empty = Item(item.place, "-")
        since = self.faults.day(keys["sinds"]) if "sinds" in keys else date.max
        since = since if since > ALTIJD.vanaf else date.max  # what is no day was reported
        sentence = self._sentence(keys.get("zegt", empty))
        day = self._bind(Item(item.place, since.isoformat()), self.scope(), DATE)
        always = self._bind(Item(item.place, "ja"), self.scope(), TRUTH)
        own = self.source(keys["bron"]) if "bron" in keys else ()
        if not own and not sources:
            self.faults.add(item, "'bron' ontbreekt, bij 'gesloten' en bij het besluit")
        return Regel(
            naam=GESLOTEN,
            venster=Venster(since, None),
            als_tekst="ja",
            als=always[0] if always else And(0, ()),
            dan="niet_van_toepassing",
            zegt=sentence,
            omdat=tuple(self._reason(reason) for reason in self.faults.items(keys["omdat"]))
            if "omdat" in keys
            else (sentence,),
            bronnen=own or sources,
            zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
            waarden={"geslotenSinds": day} if day else {},
            labels={"geslotenSinds": "Gesloten sinds"},
            vervolg=self._next_steps(keys.get("vervolg")),
            status="vastgesteld",
            besluit_voor=None,
            plaats=item.place,
        )

    def _rule(self, item: Item, window: Venster, sources: tuple[str, ...], only: Node | None) -> Regel:
        keys = self.faults.mapping(item, _REGEL, frozenset({"naam", "als", "dan", "zegt", "omdat"}))
        empty = Item(item.place, "-")
        condition = self._bind(keys["als"], self.scope(), TRUTH) if "als" in keys else None
        tree = condition[0] if condition else And(0, ())
        values, labels = self._values(keys.get("waarden"))
        status = self.faults.word(keys["status"], STATUSSEN) if "status" in keys else "vastgesteld"
        outcome = self.faults.word(keys["dan"], UITKOMSTEN) if "dan" in keys else "onbekend"
        if status != "vastgesteld" and outcome != "besluit_ontbreekt":
            self.faults.add(item, "beleid dat niet is vastgesteld geeft 'besluit_ontbreekt'")
        own = self.source(keys["bron"]) if "bron" in keys else ()
        if not own and not sources:
            self.faults.add(item, "'bron' ontbreekt, bij de regel en bij het besluit")
        return Regel(
            naam=self.faults.text(keys.get("naam", empty)),
            venster=self.window(keys["geldig"], item) if "geldig" in keys else window,
            als_tekst=self.faults.text(keys.get("als", empty)),
            als=And(tree.at, (only, tree)) if only is not None else tree,
            dan=outcome,
            zegt=self._sentence(keys.get("zegt", empty)),
            omdat=tuple(self._reason(reason) for reason in self.faults.items(keys.get("omdat", empty))),
            bronnen=own or sources,
            zekerheid=self.faults.word(keys["zekerheid"], ZEKERHEDEN) if "zekerheid" in keys else "officieel",
            waarden=values,
            labels=labels,
            vervolg=self._next_steps(keys.get("vervolg")),
            status=status,
            besluit_voor=self.faults.day(keys["besluit_voor"]) if "besluit_voor" in keys else None,
            plaats=item.place,
        )

    def _reason(self, item: Item) -> Zin:
        if not isinstance(item.value, dict):
            return self._sentence(item)
        keys = self.faults.mapping(item, frozenset({"als", "tekst"}), frozenset({"als", "tekst"}))
        return self._said_when(keys) if frozenset({"als", "tekst"}) <= keys.keys() else Zin(())

    def _said_when(self, keys: Mapping[str, Item]) -> Zin:
        """The sentence in ``tekst`` with its ``als``: what is known may decide what is said, never the outcome."""
        scope = replace(self.scope(), allow_known=True)
        condition = self._bind(keys["als"], scope, TRUTH) if "als" in keys else None
        return replace(self._sentence(keys["tekst"]), als=condition[0] if condition else None)

    def _next_steps(self, item: Item | None) -> tuple[Vervolg, ...]:
        steps = []
        for entry in self.faults.items(item) if item else ():
            keys = self.faults.mapping(entry, _VERVOLG, frozenset({"tekst"}))
            if "tekst" not in keys:
                continue
            staff = "alleen_medewerker" in keys and self.faults.word(keys["alleen_medewerker"], ("ja", "nee")) == "ja"
            if staff == ("huurder" in keys):
                self.faults.add(entry, "een stap heeft 'huurder', of is 'alleen_medewerker: ja'; een van de twee")
            steps.append(
                Vervolg(
                    zin=self._said_when(keys),
                    huurder=self._sentence(keys["huurder"]) if "huurder" in keys else None,
                    url=self.faults.text(keys["url"]) if "url" in keys else None,
                    voor=self._bind(keys["voor"], self.scope(), DATE) if "voor" in keys else None,
                    bij=tuple(self.faults.word(word, UITKOMSTEN) for word in self.faults.items(keys["bij"]))
                    if "bij" in keys
                    else (),
                )
            )
        return tuple(steps)

    def _values(self, item: Item | None) -> tuple[dict[str, tuple[Node, Type]], dict[str, str]]:
        values, labels = {}, {}
        for name, entry in self.faults.mapping(item).items() if item else ():
            label, expression = name, entry
            if isinstance(entry.value, dict):
                keys = self.faults.mapping(entry, frozenset({"label", "waarde"}), frozenset({"label", "waarde"}))
                label, expression = self.filled(keys.get("label", entry)), keys.get("waarde", entry)
            text = expression.value
            if isinstance(text, str) and text.startswith("'") and text.endswith("'"):
                words = frozenset({text[1:-1]})
                values[name] = (parse(text), Type("keuze", words=words))
            elif bound := self._bind(expression, self.scope()):
                values[name] = bound
            labels[name] = label
        return values, labels

    def _sentence(self, item: Item) -> Zin:
        text = self.filled(item)
        parts: list[str | tuple[Node, Type]] = []
        for index, piece in enumerate(re.split(r"\{([^{}]*)\}", text)):
            if index % 2 == 0:
                if piece:
                    parts.append(piece)
            elif bound := self._bind(Item(item.place, piece), self.scope()):
                parts.append(bound)
        return Zin(tuple(parts))

    # help

    def _bind(self, item: Item, scope: Scope, expected: Type | None = None) -> tuple[Node, Type] | None:
        text = self.faults.text(item)
        try:
            return bind(parse(text), replace(scope, groups=self.groups(item.place.file)), expected)
        except LanguageError as error:
            shown = " ".join(text.split())
            self.faults.add(item, f"in '{shown}', teken {error.at + 1}: {error}")
            return None

    def _assumptions(self) -> dict[str, tuple[Aanname, ...]]:
        found = {}
        for name, veld in self.velden.items():
            if not veld.uitgangspunten:
                continue
            scope = replace(self.scope(), in_person=veld.groep == "persoon", allow_known=True)
            bound = []
            for entry in veld.uitgangspunten:
                condition = self._bind(entry.als, scope, TRUTH) if entry.als else None
                if value := self._bind(entry.waarde, scope, veld.type):
                    bound.append(Aanname(entry.id, name, condition[0] if condition else None, value[0], entry.tekst))
            found[name] = tuple(bound)
        return found


def _until(window: Venster, end: date) -> Venster:
    """``window`` as far as it lies before ``end``."""
    last = end - timedelta(days=1)
    return Venster(window.vanaf, last if window.tot_en_met is None else min(last, window.tot_en_met))


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
