"""Decisions of the rule files: their rules, what every rule of them shares, and the steps that follow."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from regels.bestanden import Item
from regels.declaraties import ALTIJD
from regels.eenheden import DATE, TRUTH
from regels.regelset import (
    GESLOTEN,
    NIET_VAN_TOEPASSING,
    ONDERWERPEN,
    STATUSSEN,
    UITKOMSTEN,
    ZEKERHEDEN,
    Besluit,
    Opbrengst,
    Regel,
    Vervolg,
)
from regels.taal import And, Node, Not
from regels.uitdrukkingen import Expressions
from regels.venster import Venster

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
        "som",
        "bron",
        "geldig",
    }
)
_SOM = frozenset({"maand", "jaar", "mogelijk", "een_van"})
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
_VERVOLG = frozenset({"tekst", "huurder", "alleen_medewerker", "url", "voor", "bij", "als", "naar"})


@dataclass
class Decisions(Expressions):
    """Reads decisions after every name was declared."""

    besluiten: dict[str, Besluit] = field(default_factory=dict)
    # what every rule of a decision shares: its window, its sources and the condition under which it applies at all
    gemeenschappelijk: dict[str, tuple[Venster, tuple[str, ...], Node | None]] = field(default_factory=dict)

    def _decision(self, name: str, item: Item, defaults: Mapping[str, Item]) -> Besluit:
        keys = self.faults.mapping(item, _BESLUIT, frozenset({"vraag", "regels"}))
        window = self.rule_window(keys["geldig"]) if "geldig" in keys else ALTIJD
        sources = self.source(keys["bron"]) if "bron" in keys else ()
        only = self._bind(keys["alleen_als"], self.scope, TRUTH) if "alleen_als" in keys else None
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
            toont=frozenset(map(self.faults.text, self.faults.items(keys["toont"])))
            if "toont" in keys
            else frozenset(),
            plaats=item.place,
            gemeenten=self.eigenaren.gemeenten_van(item.place.file),
            som=self._yields(keys["som"]) if "som" in keys else None,
        )

    def _yields(self, item: Item) -> Opbrengst:
        keys = self.faults.mapping(item, _SOM)
        names = {key: self.faults.text(part) for key, part in keys.items()}
        return Opbrengst(**{key: names.get(key, "") for key in sorted(_SOM)}, plaats=item.place)

    def _reach(self) -> dict[tuple[str, ...], Node]:
        """For the municipalities of each decision whether a question is of them."""
        found: dict[tuple[str, ...], Node] = {}
        names = {veld.waarden_van: veld.naam for veld in self.velden.values()}
        for decision in self.besluiten.values():
            about = decision.gemeenten
            if about and about not in found:
                text = self.eigenaren.bereik(about, names.get("gemeenten", "gemeente"), names.get("corporaties", ""))
                if bound := self._bind(Item(decision.plaats, text), self.scope, TRUTH):
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
        day = self._bind(Item(item.place, since.isoformat()), self.scope, DATE)
        always = self._bind(Item(item.place, "ja"), self.scope, TRUTH)
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
        condition = self._bind(keys["als"], self.scope, TRUTH) if "als" in keys else None
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
            venster=self.rule_window(keys["geldig"]) if "geldig" in keys else window,
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
                    voor=self._bind(keys["voor"], self.scope, DATE) if "voor" in keys else None,
                    bij=tuple(self.faults.word(word, UITKOMSTEN) for word in self.faults.items(keys["bij"]))
                    if "bij" in keys
                    else (),
                    naar=tuple(map(self.faults.text, self.faults.items(keys["naar"]))) if "naar" in keys else (),
                    plaats=entry.place,
                )
            )
        return tuple(steps)


def _until(window: Venster, end: date) -> Venster:
    """``window`` as far as it lies before ``end``."""
    last = end - timedelta(days=1)
    return Venster(window.vanaf, last if window.tot_en_met is None else min(last, window.tot_en_met))
