"""From the templates of ``landelijk/huurbeleid.yaml`` and the ways of a policy to rules of the decisions."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from regels.beleid.beleidsbedragen import HUUR, MAAND
from regels.beleid.blokken import REKENT, Beleid, Beleidsdeel, Beleidsherkomst, Energielabel, LabelRij
from regels.beleid.bundel import Bundel, en, is_woord, keten, of, vul, woordketen
from regels.beleid.labels import label_is, later, opsomming, twijfel
from regels.beleid.wegen import BEDRAGEN, WOORDEN, Weg, dag
from regels.bestanden import Faults, Item
from regels.opmaak import datum

BELEID, LABEL = "huurverhoging-beleid", "efg-ontzien"
SCHEIDING: Final = "."  # between the template and the landlord in the name of a rule
_DEEL: Final[Mapping[str, str]] = {
    "garage": "garage",
    "woonwagen": "woonwagen",
    "kamer": "niet zelfstandig en niet woonwagen",
    "sociaal": "gewone_woning en is_gereguleerd",
    "middenhuur": "gewone_woning en niet is_gereguleerd en middenhuur",
    "vrije_sector": "gewone_woning en niet is_gereguleerd en niet middenhuur",
}
_STATUS: Final[Mapping[str, str]] = {
    "voornemen": "een voornemen",
    "verwacht": "een verwachting",
    "vastgesteld": "een besluit",
    "onbekend": "niet bekend",
}
Sjablonen = Mapping[str, Mapping[str, Item]]


class Schrijver:
    """Writes all that one policy needs."""

    def __init__(self, beleid: Beleid, sjablonen: Sjablonen, naam: str, faults: Faults) -> None:
        self.beleid, self.sjablonen, self.verhuurder, self.faults = beleid, sjablonen, naam, faults
        self.bundel = Bundel(beleid.ronde, beleid.plaats)
        self.used: set[str] = set()

    def schrijf(self) -> Bundel:
        """The figures, quantities and rules of this policy."""
        self._beleid()
        self._labels()
        for key, words in self.beleid.woorden.items():
            if key not in self.used:
                place = next(iter(words.values())).place if words else self.beleid.plaats
                self.faults.add(place, f"woorden voor '{key}': zo'n uitkomst heeft dit beleid niet")
        self.bundel.ruim_op()
        return self.bundel

    # huurverhoging-beleid

    def _beleid(self) -> None:
        policy = self.beleid
        if policy.status == "onbekend":
            self._regel(BELEID, "geen-bron", "", {}, policy.herkomst)
        elif policy.status != REKENT:
            params = {"besluit_voor": self._besluit_voor(policy.besluit_voor)} if policy.besluit_voor else {}
            extra: dict[str, Any] = {"status": policy.status, "besluit_voor": policy.besluit_voor}
            if policy.besluit_voor is None:
                extra["omdat"] = ["Wanneer het besluit er komt, is niet bekend."]
            self._regel(BELEID, "besluit-ontbreekt", "", params, policy.herkomst, extra, self._voorgenomen())
        else:
            self._vastgesteld()

    def _besluit_voor(self, day: Any) -> str:
        name = f"{self.beleid.id}_besluit_voor"
        return self.bundel.cijfer(
            name, "Uiterste dag van het besluit over de huurverhoging", day, "datum", self.beleid.herkomst
        )

    def _voorgenomen(self) -> list[Any]:
        """What was meant, where that is one percentage for every home."""
        parts = self.beleid.delen
        if len(parts) != 1 or getattr(parts[0].basis.krijgt, "soort", "") != "procent":
            return []
        name, cel = f"{self.beleid.id}_voornemen", parts[0].basis.krijgt
        value = getattr(cel, "waarde", None) or Decimal(0)
        self.bundel.cijfer(name, "Voorgenomen huurverhoging", value, "procent", parts[0].basis.herkomst)
        said = "Het voornemen is een verhoging met {" if self.beleid.status == "voornemen" else "Verwacht wordt {"
        return [said + name + "}."]

    def _vastgesteld(self) -> None:
        policy = self.beleid
        several = len(policy.delen) > 1
        ways = [
            Weg(self.bundel, policy, part, f"{policy.id}_{index}" if several else policy.id)
            for index, part in enumerate(policy.delen, 1)
        ]
        whole = len(ways) == 1 and not policy.delen[0].voor and not self._met_bedrag(ways[0])
        ground, new, params = ways[0].grond, ways[0].nieuw, self._params(ways[0])
        words = list(ways[0].woorden)
        if not whole:
            chosen = self._deel
            words = list(dict.fromkeys([word for way in ways for word in way.woorden] + ["ander-soort"]))
            here = [(is_woord(chosen, f"deel_{index}"), way) for index, way in enumerate(ways, 1)]
            known = {word: WOORDEN[word] for word in words}
            ground = self.bundel.grootheid(
                f"{policy.id}_uitkomst",
                "Wat het beleid deze woning geeft",
                known,
                keten([(condition, way.grond) for condition, way in here], "'ander-soort'"),
            )
            if several:
                params = self._gedeeld(here)
                new = params["nieuw"]
        if any(self._met_bedrag(way) for way in ways):
            params["percentage"] = self.bundel.grootheid(
                f"{policy.id}_percentage",
                "Verhoging in procenten",
                "procent",
                f"halve_omhoog(({new} - {HUUR}) / {HUUR}, 0.0001)",
            )
        for word in words:
            reasons = self._uitzonderingen(ways) if word in (*BEDRAGEN, "tot-grens", "geen") else []
            origin = self._herkomst(ways, word)
            self._regel(
                BELEID, word, is_woord(ground, word), self._params_van(word, ways, params), origin, None, reasons
            )

    def _met_bedrag(self, way: Weg) -> bool:
        return any(word in BEDRAGEN for word in way.wegen)

    @cached_property
    def _deel(self) -> str:
        """The quantity that says which part a home belongs to."""
        parts = self.beleid.delen
        names = {f"deel_{index}": f"onderdeel {index} van het beleid" for index, _ in enumerate(parts, 1)}
        pairs = list(zip(map(self._voor, parts), names, strict=True))
        label = "Onderdeel van het beleid"
        formula = woordketen(pairs, "geen_deel")
        return self.bundel.grootheid(f"{self.beleid.id}_deel", label, names | {"geen_deel": "geen"}, formula)

    def _voor(self, part: Beleidsdeel) -> str:
        if not part.voor:
            return "is_gereguleerd"
        garage = any("garage" in other.voor for other in self.beleid.delen)
        return of(en("niet garage" if garage and word != "garage" else "", _DEEL[word]) for word in part.voor)

    def _params(self, way: Weg) -> dict[str, str]:
        return {
            "nieuw": way.nieuw,
            "afgerond": way.afgerond,
            "wet": way.wet,
            "verhoging": f"{way.naam}_verhoging",
            "dag": dag(self.beleid),
        }

    def _gedeeld(self, here: Sequence[tuple[str, Weg]]) -> dict[str, str]:
        """One quantity over all parts for each of the amounts that are shown."""
        params = {"dag": dag(self.beleid)}
        money = [(condition, way) for condition, way in here if self._met_bedrag(way)]
        labels = {
            "nieuw": "Nieuwe huur volgens het beleid",
            "afgerond": "Nieuwe huur volgens het beleid, voor de grenzen",
            "wet": "Hoogste nieuwe huur volgens de wet",
            "verhoging": "Verhoging volgens het beleid, voor de grenzen",
        }
        for key, label in labels.items():
            pairs = [(condition, self._params(way)[key]) for condition, way in money]
            otherwise = f"{HUUR} - {HUUR}" if key == "verhoging" else HUUR
            params[key] = (
                self.bundel.grootheid(f"{self.beleid.id}_{key}", label, MAAND, keten(pairs, otherwise))
                if money
                else HUUR
            )
        return params

    def _params_van(self, word: str, ways: Sequence[Weg], params: Mapping[str, str]) -> Mapping[str, str]:
        own = dict(params)
        for way in ways:
            part, block = way.deel, way.deel.energielabel
            if block is not None:
                own.setdefault("labels", opsomming(block.ontziet))
                own.setdefault("labeldag", _labeldag(block, dag(self.beleid)))
            for key in ("meeste", "gemiddeld"):
                said = getattr(part, key)
                if said is not None and word in ("meeste-huurders", "gemiddelde"):
                    label = "Huurverhoging voor de meeste huurders" if key == "meeste" else "Gemiddelde huurverhoging"
                    name = f"{way.naam}_{key}"
                    own["meeste" if key == "meeste" else "gemiddelde"] = self.bundel.cijfer(
                        name, label, said.procent, "procent", said.herkomst, said.plaats
                    )
        return own

    def _herkomst(self, ways: Sequence[Weg], word: str) -> Beleidsherkomst:
        block = next((way.deel.energielabel for way in ways if way.deel.energielabel is not None), None)
        if word in ("ontzien", "deels-ontzien", "label-klopt-niet", "label-later") and block is not None:
            return block.herkomst
        if word.startswith("inkom"):
            return ways[0].deel.iah.herkomst
        return self.beleid.herkomst

    def _uitzonderingen(self, ways: Sequence[Weg]) -> list[Any]:
        found = []
        for way in ways:
            for what in ("alles", "basis", "iah"):
                for u in way.deel.treffend(what):
                    index = way.deel.uitzonderingen.index(u) + 1
                    found.append({"als": f"{way.bedragen.uitzondering[what]} = u{index}", "tekst": u.tekst})
        return [
            reason for index, reason in enumerate(found) if reason["tekst"] not in [r["tekst"] for r in found[:index]]
        ]

    # efg-ontzien

    def _labels(self) -> None:
        policy = self.beleid
        blocks = [part for part in policy.delen if part.energielabel is not None]
        if not blocks:
            self._regel(LABEL, "geen-bron", "", {}, policy.herkomst)
            return
        several = len(policy.delen) > 1 or bool(policy.delen[0].voor)
        names: dict[str, int] = {}
        for index, part in enumerate(policy.delen, 1):
            here = is_woord(self._deel, f"deel_{index}") if several else ""
            if part.energielabel is None:
                self._regel(LABEL, _uniek("geen-bron", names), here, {}, policy.herkomst)
            else:
                self._labeldeel(part.energielabel, here, names, index)
        if several:
            outside = is_woord(self._deel, "geen_deel")
            self._regel(LABEL, _uniek("geen-bron", names), outside, {}, policy.herkomst)

    def _labeldeel(self, block: Energielabel, here: str, names: dict[str, int], part: int) -> None:
        doubt, after = twijfel(block), later(block, dag(self.beleid))
        known = tuple(
            label
            for row in block.rijen
            for label in row.labels
            if row.labels != ("zonder_label",) or row.soort != "onbekend"
        )
        params = {"labels": opsomming(block.ontziet), "labeldag": _labeldag(block, dag(self.beleid))}
        anything = label_is(known, block) if known else ""
        if doubt:
            self._regel(LABEL, _uniek("label-klopt-niet", names), en(here, anything, doubt), params, block.herkomst)
        clear = f"niet {doubt}" if doubt else ""
        if after:
            self._regel(LABEL, _uniek("label-later", names), en(here, clear, anything, after), params, block.herkomst)
            clear = en(clear, f"niet {after}")
        for index, row in enumerate(block.rijen, 1):
            if row.soort == "onbekend" and row.labels == ("zonder_label",):
                continue
            self._labelrij(block, row, en(here, label_is(row.labels, block), clear), params, names, f"{part}_{index}")

    def _labelrij(
        self, block: Energielabel, row: LabelRij, when: str, params: Mapping[str, str], names: dict[str, int], at: str
    ) -> None:
        own, extra = dict(params), dict[str, Any]()
        if row.status not in (REKENT, "onbekend"):
            template = "besluit-ontbreekt"
            extra = {"status": row.status, "besluit_voor": row.besluit_voor or self.beleid.besluit_voor}
        elif row.soort == "gewoon":
            template = "niet-ontzien" if block.ontziet else "geen-onderscheid"
        elif row.soort == "onbekend" or row.status == "onbekend":
            template = "label-onbekend"
        elif row.soort == "ontzien":
            template = "ontziet-hoeveel-onbekend"
        else:
            template = "ontziet"
            name, label = f"{self.beleid.id}_label_{at}_krijgt", "Huurverhoging bij dit energielabel"
            own["percentage"] = self.bundel.cijfer(name, label, row.procent or Decimal(0), "procent", block.herkomst)
        self._regel(LABEL, _uniek(row.naam or template, names), when, own, block.herkomst, extra, template=template)

    # a rule from its template

    def _regel(
        self,
        decision: str,
        name: str,
        when: str,
        params: Mapping[str, str],
        origin: Beleidsherkomst,
        extra: Mapping[str, Any] | None = None,
        reasons: Iterable[Any] = (),
        template: str = "",
    ) -> None:
        if name.startswith("geen-bron"):
            origin = Beleidsherkomst(origin.bronnen, "officieel")  # that nothing was entered is sure
        base = self.sjablonen[decision][template or name.rstrip("-23456789")]
        own = self.beleid.woorden.get(f"{decision}/{name}", {})
        self.used.add(f"{decision}/{name}")
        filled = dict(vul(base, {**params, "verhuurder": self.verhuurder}).value)  # type: ignore[arg-type]
        keys: dict[str, Any] = filled | dict(extra or {}) | dict(own)
        more = [*reasons, *self._ook(decision)]
        keys["omdat"] = [*_lijst(keys["omdat"]), *more]
        if "grond" in keys:
            ground = keys.pop("grond")
            values = dict(keys["waarden"].value) if "waarden" in keys else {}
            keys["waarden"] = values | {"grond": f"'{ground.value}'"}
        keys = {key: value for key, value in keys.items() if value is not None}
        if "huurder" in keys:
            self.bundel.huurder.setdefault(decision, {})[f"{name}{SCHEIDING}{self.beleid.verhuurder}"] = keys.pop(
                "huurder"
            )
        if "bron" not in keys and origin.bronnen:
            keys["bron"] = list(origin.bronnen)
        keys.setdefault("zekerheid", origin.zekerheid)
        keys |= {
            "naam": f"{name}{SCHEIDING}{self.beleid.verhuurder}",
            "als": en(f"verhuurder = {self.beleid.verhuurder}", when),
        }
        self.bundel.regel(decision, keys)

    def _ook(self, decision: str) -> list[Any]:
        """What is told with every answer about the increase: additions, what is possible on request, the history."""
        if decision != BELEID:
            return []
        policy = self.beleid
        found: list[Any] = list(policy.toelichting)
        for part in policy.delen:
            found += part.op_verzoek
        if policy.status == REKENT and (policy.ingangsdatum.month, policy.ingangsdatum.day) != (7, 1):
            found.append(f"De nieuwe huur gaat in op {datum(policy.ingangsdatum)}.")
        for event in policy.geschiedenis:
            text = f" {event.tekst}" if event.tekst else ""
            found.append(f"Op {datum(event.op)} was dit {_STATUS[event.status]}.{text}")
        if policy.status == REKENT and policy.besloten_op is not None and policy.besloten_op >= policy.ingangsdatum:
            found.append(
                f"Het besluit is van {datum(policy.besloten_op)}, na {datum(policy.ingangsdatum)}. "
                "Een voorstel moet er {aanzegtermijn} vooraf zijn; ging de nieuwe huur eerder in, leg dat dan voor."
            )
        return found


def _labeldag(block: Energielabel, start: str) -> str:
    if block.peildatum is None:
        return start
    named = {"contract": "contract_vanaf", "ingangsdatum": start}
    return named.get(str(block.peildatum), str(block.peildatum))


def _uniek(name: str, names: dict[str, int]) -> str:
    names[name] = names.get(name, 0) + 1
    return name if names[name] == 1 else f"{name}-{names[name]}"


def _lijst(value: Any) -> list[Any]:
    found = value.value if isinstance(value, Item) else value
    return list(found) if isinstance(found, list) else [value]
