"""The way a home goes through a policy: the order of application, as one choice.

1. the part for this kind of home; 2. exceptions that touch everything; 3. income category: the income-dependent
increase instead of the ordinary one; 4. base and low amount; 5. label; 6. limits; 7. the law; 8. rounding. What the
policy leaves open ends in a word of its own, and is put to a person.
"""

from collections.abc import Mapping
from typing import Final

from regels.beleid.beleidsbedragen import HUUR, MAAND, Bedragen
from regels.beleid.blokken import GEREGULEERD, Beleid, Beleidsdeel, cellen
from regels.beleid.bundel import Bundel, Paren, een_van, en, is_woord, keten, of, woordketen
from regels.beleid.labels import label_is, later, twijfel

# what comes out with an amount that still meets limits and the law
BEDRAGEN: Final = ("percentage", "laag-bedrag", "inkomensafhankelijk", "deels-ontzien")
WOORDEN: Final[Mapping[str, str]] = {
    "percentage": "de gewone verhoging",
    "laag-bedrag": "het vaste bedrag bij een lage huur",
    "inkomensafhankelijk": "de inkomensafhankelijke verhoging",
    "deels-ontzien": "een lagere verhoging om het energielabel",
    "ontzien": "geen verhoging, om het energielabel",
    "geen": "geen verhoging",
    "tot-grens": "tot een grens",
    "mag-niet": "geen verhoging, de wet staat haar niet toe",
    "begon-later": "geen verhoging, het contract begon later",
    "contract-eerst": "eerst het contract",
    "volgens-contract": "volgens het contract",
    "ander-soort": "een ander soort woning",
    "basis-onbekend": "de verhoging is niet bekend",
    "meeste-huurders": "alleen die van de meeste huurders is bekend",
    "gemiddelde": "alleen het gemiddelde is bekend",
    "inkomen-onbekend": "de verhoging om het inkomen is niet bekend",
    "inkomen-of-basis": "niet gezegd is of de gewone verhoging voorgaat",
    "label-en-inkomen": "niet gezegd is of het label het inkomen voorgaat",
    "label-en-laag-bedrag": "niet gezegd is of het label het vaste bedrag voorgaat",
    "label-klopt-niet": "het label klopt misschien niet",
    "label-later": "het label is van na de dag die telt",
    "label-onbekend": "niet gezegd is wat dit label krijgt",
    "ontzien-onbekend": "hoeveel er wordt ontzien is niet bekend",
    "laag-bedrag-onbekend": "niet gezegd is of het vaste bedrag geldt",
}


_ALTIJD: Final = en("ja")


class Weg:
    """Writes the way of one part: ``woorden`` are the ways it can go, ``grond`` and ``nieuw`` the quantities."""

    def __init__(self, bundel: Bundel, beleid: Beleid, deel: Beleidsdeel, naam: str) -> None:
        self.bundel, self.beleid, self.deel, self.naam = bundel, beleid, deel, naam
        self.bedragen = Bedragen(bundel, deel, naam)
        self.rekent = deel.basis.rekent
        self.gereguleerd = not deel.voor or set(deel.voor) <= set(GEREGULEERD)
        self.los = deel.voor == ("garage",)
        self.gewoon = self.bedragen.gewoon() if self.rekent else "0"
        self.ordinary = self.bedragen.na_label(self.gewoon) if self.rekent else "0"
        pairs, last = self._paren()
        self.wegen = tuple(dict.fromkeys([*(word for _, word in pairs), last]))
        self.weg = self._keuze("weg", "Wat het beleid deze woning geeft", woordketen(pairs, last), self.wegen)
        self.grond, self.nieuw, self.afgerond, self.wet, self.woorden = self._uitkomst()

    def _keuze(self, name: str, label: str, formula: str, words: tuple[str, ...]) -> str:
        known = {word: WOORDEN[word] for word in words}
        return self.bundel.grootheid(
            f"{self.naam}_{name}", label, known, formula, self.deel.basis.herkomst, self.deel.plaats
        )

    # the order of application

    def _paren(self) -> tuple[Paren, str]:
        money, part = self.bedragen, self.deel
        pairs: Paren = []
        if self.rekent or part.iah.categorieen("bedrag", "procent", "wettelijk"):
            pairs += self._vooraf()
        for condition, word in (
            (money.treft("alles", "geen"), "geen"),
            (money.treft("alles", "procent"), "percentage"),
        ):
            pairs += [(condition, word)] if condition else []
        pairs += self._inkomen()
        pairs += self._label()
        if not self.rekent:
            contract = all(cel.soort == "volgens_contract" for cel in cellen(part.basis.krijgt))
            return pairs, "volgens-contract" if contract else self._open()
        pairs += self._basis()
        if pairs and pairs[-1][0] == _ALTIJD:
            return pairs[:-1], pairs[-1][1]
        spared = tuple(label for row in self._rijen("procent") for label in row)
        if spared:
            pairs.append((label_is(spared, part.energielabel), "deels-ontzien"))
        return pairs, "percentage"

    def _vooraf(self) -> Paren:
        """What comes before any policy: the contract, the law, and whether there was a rent to raise."""
        if self.los:
            return []
        return [
            ("beleid_contract_eerst", "contract-eerst"),
            (f"beleid_gebreken of {self._te_kort()}", "mag-niet"),
            ("eerste_bekende(begon_in_deze_ronde, nee)", "begon-later"),
        ]

    def _te_kort(self) -> str:
        if self.beleid.ingangsdatum.month == 7 and self.beleid.ingangsdatum.day == 1:
            return "te_kort_geleden"
        months = f"maanden_tussen(laatste_verhoging, {dag(self.beleid)})"
        return f"(reden_laatste_verhoging = jaarlijks en {months} < maanden_tussen_verhogingen)"

    def _open(self) -> str:
        if self.deel.meeste is not None:
            return "meeste-huurders"
        return "gemiddelde" if self.deel.gemiddeld is not None else "basis-onbekend"

    def _inkomen(self) -> Paren:
        money, block, label = self.bedragen, self.deel.iah, self.deel.energielabel
        known = block.categorieen("bedrag", "procent", "wettelijk")
        unknown = block.categorieen("onbekend")
        only = f"({money.tekst(block.alleen_als.value)})" if block.alleen_als is not None else ""
        stopped = money.treft("iah", "geen")
        rest = (only, f"niet {stopped}" if stopped else "")
        asked = en(een_van("inkomenscategorie", known), "iah_mogelijk", *rest) if known else ""
        open_ = en(een_van("inkomenscategorie", unknown), *rest) if unknown else ""
        if not asked and not open_:
            return []
        spared = label_is(label.ontziet, label) if label is not None and label.ontziet else ""
        stops = label.stopt_iah if label is not None and spared else "nee"
        pairs: Paren = []
        if stops != "ja" and open_:
            pairs.append((open_, "inkomen-onbekend"))
        if stops != "nee":
            either = of(condition for condition in (asked, open_) if condition)
            pairs += [(en(either, condition), word) for condition, word in self._onzeker()]
        if stops == "onbekend" and asked:
            pairs.append((en(asked, spared), "label-en-inkomen"))
        if stops == "ja":
            asked, open_ = (en(condition, f"niet ({spared})") if condition else "" for condition in (asked, open_))
            pairs += [(open_, "inkomen-onbekend")] if open_ else []
        if asked:
            amount = money.iah(self.ordinary)
            # a base that is not known may be more than this: at most what the law allows
            gaps = of(money.paden("onbekend", "volgens_contract")) if self.rekent else "ja"
            low, _ = money.laag() if self.rekent else ("", "")
            if block.minstens_basis != "nee" and gaps:
                less = f"{amount} < reguliere_verhoging"
                pairs.append((en(asked, gaps, f"niet ({low})" if low else "", less), "inkomen-of-basis"))
            if block.minstens_basis == "onbekend" and self.rekent:
                pairs.append((en(asked, f"{amount} < {self.ordinary}"), "inkomen-of-basis"))
            pairs.append((asked, "inkomensafhankelijk"))
        return pairs

    def _onzeker(self) -> Paren:
        """When it is not sure which label counts, or what it gives."""
        block = self.deel.energielabel
        if block is None or not block.onderscheidt:
            return []
        unknown = tuple(label for row in self._rijen("onbekend") for label in row if label != "zonder_label")
        found = (
            (twijfel(block), "label-klopt-niet"),
            (later(block, dag(self.beleid)), "label-later"),
            (label_is(unknown, block) if unknown else "", "label-onbekend"),
        )
        return [(condition, word) for condition, word in found if condition]

    def _rijen(self, kind: str) -> list[tuple[str, ...]]:
        block = self.deel.energielabel
        return [row.labels for row in block.rijen if row.soort == kind] if block is not None else []

    def _label(self) -> Paren:
        block = self.deel.energielabel
        pairs = self._onzeker()
        if block is None:
            return pairs
        if some := block.van("ontzien"):
            pairs.append((label_is(some, block), "ontzien-onbekend"))
        low, _ = self.bedragen.laag()
        unsure = "lage_huur" if self.deel.laag_bedrag.soort == "onbekend" and self.rekent else ""
        none, less = block.van("niet"), block.van("procent")
        for labels in (none, less):
            if not labels:
                continue
            here = label_is(labels, block)
            if block.stopt_laag_bedrag == "onbekend" and low:
                pairs.append((en(here, low), "label-en-laag-bedrag"))
            if block.stopt_laag_bedrag != "ja" and unsure:
                pairs.append((en(here, unsure), "laag-bedrag-onbekend"))
        if none:
            keep = f"niet ({low})" if low and block.stopt_laag_bedrag == "nee" else ""
            pairs.append((en(label_is(none, block), keep), "ontzien"))
        return pairs

    def _basis(self) -> Paren:
        money, part = self.bedragen, self.deel
        label = part.energielabel
        low, _ = money.laag()
        pairs: Paren = []
        less = tuple(name for row in self._rijen("procent") for name in row)
        spared = (
            f"niet ({label_is(less, label)})" if less and label is not None and label.stopt_laag_bedrag == "ja" else ""
        )
        if low:
            pairs.append((en(low, spared), "laag-bedrag"))
        if part.laag_bedrag.soort == "onbekend" and not self.los:
            pairs.append((en("lage_huur", spared), "laag-bedrag-onbekend"))
        if nothing := money.treft("basis", "geen"):
            pairs.append((nothing, "geen"))
        instead = money.treft("basis", "procent")
        rest = f"niet {instead}" if instead else ""
        for kinds, word in (("onbekend", self._open()), ("volgens_contract", "volgens-contract"), ("geen", "geen")):
            for condition in money.paden(kinds):
                pairs.append((en(rest, condition), word))
                if pairs[-1][0] == _ALTIJD:
                    return pairs
        return pairs

    # limits, the law, rounding

    def _uitkomst(self) -> tuple[str, str, str, str, tuple[str, ...]]:
        """The ground, the new rent, what it would be without limits, what the law allows, and the grounds there are."""
        ways = [word for word in self.wegen if word in BEDRAGEN]
        if not ways:
            return self.weg, HUUR, HUUR, HUUR, self.wegen
        rise, rounded, lawful = self._verhoging(), "", ""
        step = self.deel.afronding
        rounded = self.bundel.grootheid(
            f"{self.naam}_afgerond",
            "Nieuwe huur volgens het beleid, voor de grenzen",
            MAAND,
            f"{step.hoe}({HUUR} + {rise}, {step.op})",
        )
        lawful = self._wet(rounded)
        limits = self.bedragen.grenzen(lawful)
        new = self.bundel.grootheid(
            f"{self.naam}_nieuw",
            "Nieuwe huur volgens het beleid",
            MAAND,
            f"max({HUUR}, min({', '.join([rounded, *limits, lawful])}))",
            self.deel.basis.herkomst,
        )
        first = f"als niet {een_van(self.weg, ways)} dan {self.weg} anders " if len(ways) < len(self.wegen) else ""
        other = [word for word in self.wegen if word not in ways]
        formula = keten([(condition, f"'{word}'") for condition, word in self._gronden(new, rounded, lawful)], "")
        formula = first + formula + ("'percentage'" if "deels-ontzien" in ways else self.weg)
        words = tuple(dict.fromkeys([*other, *ways, "tot-grens", "geen"]))
        return self._keuze("grond", "Grond van de nieuwe huur", formula, words), new, rounded, lawful, words

    def _gronden(self, new: str, rounded: str, lawful: str) -> Paren:
        """The grounds of a home with an amount, after limits and the law."""
        points = f" of {new} >= wws_maximum" if self.gereguleerd or "middenhuur" in self.deel.voor else ""
        pairs: Paren = []
        if not self.los or self.deel.tot:
            pairs.append((f"{new} < {rounded} en ({new} < {lawful}{points})", "tot-grens"))
        for cel, condition in self.bedragen.cellen():
            if cel.soort == "tot_streefhuur" and "percentage" in self.wegen:
                touched = self.bedragen.treft("basis", "procent", "hoogstens", "geen")
                rest = f"niet {touched}" if touched else ""
                everything = self.bedragen.treft("alles", "procent", "hoogstens")
                rest_all = f"niet {everything}" if everything else ""
                most = f"{HUUR} + {self.gewoon} >= streefhuur"
                pairs.append((en(is_woord(self.weg, "percentage"), condition, rest, rest_all, most), "tot-grens"))
        pairs.append((f"{new} <= {HUUR}", "geen"))
        if "deels-ontzien" in self.wegen:
            pairs.append(
                (
                    f"{is_woord(self.weg, 'deels-ontzien')} en {self.ordinary} < {self.bedragen.zonder_laag()}",
                    "deels-ontzien",
                )
            )
            for word in self.wegen:
                if word in BEDRAGEN and word not in ("deels-ontzien", "percentage"):
                    pairs.append((is_woord(self.weg, word), word))
        return pairs

    def _verhoging(self) -> str:
        """Steps 2 to 5: the increase before limits, the law and rounding."""
        money = self.bedragen
        rise = self.ordinary
        if "inkomensafhankelijk" in self.wegen:
            rise = f"(als {is_woord(self.weg, 'inkomensafhankelijk')} dan {self.naam}_iah anders {rise})"
        formula = money.na_uitzondering("alles", rise)
        return self.bundel.grootheid(
            f"{self.naam}_verhoging", "Verhoging volgens het beleid, voor de grenzen", MAAND, formula
        )

    def _wet(self, rounded: str) -> str:
        """What the law allows at most for this home, on the ground that the policy uses."""
        if self.los:
            return rounded
        if self.gereguleerd:
            formula = "gewone_nieuwe_huur"
            if "inkomensafhankelijk" in self.wegen:
                formula = f"als {is_woord(self.weg, 'inkomensafhankelijk')} dan beleid_wet_inkomen anders {formula}"
        else:
            formula = {True: "beleid_wet_midden", False: "beleid_wet_vrij"}[self.deel.voor == ("middenhuur",)]
        return self.bundel.grootheid(f"{self.naam}_wet", "Hoogste nieuwe huur volgens de wet", MAAND, formula)


def dag(beleid: Beleid) -> str:
    """The day on which the new rent starts, as an expression."""
    if (beleid.ingangsdatum.month, beleid.ingangsdatum.day) == (7, 1):
        return "rondedatum"
    return f"eerste_bekende(ingangsdatum_voorstel, {beleid.ingangsdatum.isoformat()})"
