"""The yearly slice (jaarschijf) of the local agreements: what became of each of its statements.

A file ``jaarschijf-<year>.yaml`` accounts for every statement: a rule, a figure, a quota, a referral, or no effect on
one household. Nothing in it decides; it points to what does, and holds the numbers that are only followed. It is read
as strictly as the rules: what it points to exists and was in force, equal numbers are equal, and the sums hold.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import prod
from typing import Final

from regels.bestanden import Item, Place
from regels.declaraties import Declarations
from regels.eenheden import UNITS
from regels.eigenaren import owner_of
from regels.regelset import Bepaling, Besluit, Herziening, Jaarschijf, Meting, Regel, Regelset
from regels.stand import cijfer_op
from regels.venster import Venster

FILE: Final = re.compile(r"jaarschijf-(\d{4})\.yaml")
SOORTEN: Final = {
    "regel": "bepaalt mee wat een antwoord zegt",
    "cijfer": "een getal om te volgen",
    "quotum": "beslist nooit over één huishouden",
    "verwijzing": "wijst een huishouden de weg",
    "geen_effect": "raakt geen huishouden",
}
STATUSSEN: Final = ("besloten", "voornemen", "streefdoel", "open")
# a count of a portfolio that a number of the agreements is a goal for
AANDEEL_LAGE_HUREN: Final = "aandeel_lage_huren"
_BESTAND = frozenset({"bron", "aantal", "bepalingen", "controles"})
_BEPALING = frozenset(
    {"afspraak", "partij", "status", "geldig", "tekst", "wordt", "wijst_naar", "reden", "cijfers", "herzien"}
)
_VERPLICHT = frozenset({"afspraak", "partij", "status", "geldig", "tekst", "wordt"})
_METING = frozenset({"label", "waarde", "eenheid", "gelijk_aan", "op", "telt"})
_CONTROLE = frozenset({"tekst", "som", "product", "uitkomst", "verschil", "opmerking"})
_EENHEDEN = tuple(name for name, kind in UNITS.items() if kind.kind == "getal")


@dataclass
class Slices:
    """Reads the files of one rule set into :class:`Jaarschijf`, with the faults of ``declarations``."""

    declarations: Declarations

    def read(self, root: Item, year: int) -> Jaarschijf:
        """The slice in ``root``; what needs the other files is checked by :func:`check`."""
        faults = self.declarations.faults
        keys = faults.mapping(root, _BESTAND, frozenset({"bron", "aantal", "bepalingen"}))
        statements = {
            name: self._statement(name, item)
            for name, item in (faults.mapping(keys["bepalingen"]).items() if "bepalingen" in keys else ())
        }
        if "aantal" in keys and faults.number(keys["aantal"]) != len(statements):
            faults.add(keys["aantal"], f"er staan {len(statements)} bepalingen")
        for item in faults.items(keys["controles"]) if "controles" in keys else ():
            self._sum(item, statements)
        source = self.declarations.source(keys["bron"])[0] if "bron" in keys else ""
        return Jaarschijf(year, source, statements, owner_of(root.place.file))

    def _statement(self, name: str, item: Item) -> Bepaling:
        faults = self.declarations.faults
        keys = faults.mapping(item, _BEPALING, _VERPLICHT)
        empty = Item(item.place, "-")
        kind = faults.word(keys["wordt"], tuple(SOORTEN)) if "wordt" in keys else ""
        return Bepaling(
            id=name,
            afspraak=faults.text(keys.get("afspraak", empty)),
            partij=tuple(faults.word(party, self._parties(item)) for party in faults.items(keys["partij"]))
            if "partij" in keys
            else (),
            status=faults.word(keys["status"], STATUSSEN) if "status" in keys else "",
            venster=self.declarations.window(keys["geldig"], item) if "geldig" in keys else Venster(date.min, None),
            tekst=faults.text(keys.get("tekst", empty)),
            wordt=kind,
            wijst_naar=tuple(faults.text(place) for place in faults.items(keys["wijst_naar"]))
            if "wijst_naar" in keys
            else (),
            reden=faults.text(keys["reden"]) if "reden" in keys else "",
            cijfers={name: self._figure(entry) for name, entry in faults.mapping(keys["cijfers"]).items()}
            if "cijfers" in keys
            else {},
            herzien=self._review(keys["herzien"]) if "herzien" in keys else None,
            plaats=item.place,
        )

    def _parties(self, item: Item) -> frozenset[str]:
        """Whom a statement may be about: the parties that the owner of the file names, one by one or together."""
        owner = self.declarations.eigenaren.alle.get(owner_of(item.place.file))
        return frozenset(
            {"alle", "gemeente", "corporaties", *((owner and (*owner.corporaties, *owner.partijen)) or ())}
        )

    def _review(self, item: Item) -> Herziening:
        faults = self.declarations.faults
        keys = faults.mapping(item, frozenset({"als", "voor"}), frozenset({"als"}))
        return Herziening(
            als=faults.text(keys["als"]) if "als" in keys else "",
            voor=faults.day(keys["voor"]) if "voor" in keys else None,
        )

    def _figure(self, item: Item) -> Meting:
        faults = self.declarations.faults
        keys = faults.mapping(item, _METING, frozenset({"label", "waarde", "eenheid"}))
        unit = faults.word(keys["eenheid"], _EENHEDEN) if "eenheid" in keys else "getal"
        kind = UNITS.get(unit, UNITS["getal"])
        value = faults.number(keys["waarde"]) if "waarde" in keys else Decimal(0)
        return Meting(
            label=faults.text(keys["label"]) if "label" in keys else "",
            waarde=value / 100 if kind.percent else value,
            eenheid=unit,
            type=kind,
            gelijk_aan=faults.text(keys["gelijk_aan"]) if "gelijk_aan" in keys else "",
            op=faults.day(keys["op"]) if "op" in keys else None,
            plaats=item.place,
            telt=faults.word(keys["telt"], (AANDEEL_LAGE_HUREN,)) if "telt" in keys else "",
        )

    def _sum(self, item: Item, statements: Mapping[str, Bepaling]) -> None:
        faults = self.declarations.faults
        keys = faults.mapping(item, _CONTROLE, frozenset({"tekst", "uitkomst"}))
        if ("som" in keys) == ("product" in keys):
            faults.add(item, "schrijf 'som' of 'product', een van de twee")
            return
        if "verschil" in keys and "opmerking" not in keys:
            faults.add(item, "bij een bekend 'verschil' hoort een 'opmerking' met de uitleg")
        parts = [self._value(part, statements) for part in faults.items(keys.get("som") or keys["product"])]
        result = self._value(keys["uitkomst"], statements) if "uitkomst" in keys else None
        if result is None or None in parts:
            return
        known = [part for part in parts if part is not None]
        total = sum(known, Decimal(0)) if "som" in keys else prod(known)
        known_gap = faults.number(keys["verschil"]) if "verschil" in keys else Decimal(0)
        if total - result != known_gap:
            faults.add(item, f"de rekensom komt uit op {total}, en niet op {result} met een verschil van {known_gap}")

    def _value(self, item: Item, statements: Mapping[str, Bepaling]) -> Decimal | None:
        faults = self.declarations.faults
        statement, _, name = faults.text(item).partition(".")
        if statement not in statements or name not in statements[statement].cijfers:
            faults.add(item, f"er is geen cijfer '{item.value}'; schrijf bepaling.cijfer, bijvoorbeeld A01-04.totaal")
            return None
        return statements[statement].cijfers[name].waarde


def check(regels: Regelset, declarations: Declarations) -> None:
    """Note every statement that points to nothing, or to something that was not in force in its window."""
    for slice_ in regels.jaarschijven:
        for statement in slice_.bepalingen.values():
            _Check(regels, declarations, statement).run()


@dataclass(frozen=True)
class _Check:
    regels: Regelset
    declarations: Declarations
    statement: Bepaling

    def run(self) -> None:
        statement = self.statement
        decisions = [name for name in statement.wijst_naar if name.partition("/")[0] in self.regels.besluiten]
        if statement.wordt == "geen_effect" and statement.wijst_naar:
            self._fault("zonder effect op een huishouden valt er niets aan te wijzen; haal 'wijst_naar' weg")
        if statement.wordt == "regel" and not statement.wijst_naar:
            self._fault("een regel wijst naar een besluit, grootheid, cijfer of veld; vul 'wijst_naar' in")
        if statement.wordt == "verwijzing" and not decisions:
            self._fault("een verwijzing wijst naar het besluit dat haar toont; vul 'wijst_naar' in")
        if statement.wordt in ("cijfer", "quotum") and not statement.cijfers:
            self._fault("hier hoort minstens één getal te staan; vul 'cijfers' in")
        if not statement.wijst_naar and not statement.reden:
            self._fault("zonder 'wijst_naar' hoort er een 'reden' te staan")
        for name in statement.wijst_naar:
            self._place(name)
        for figure in statement.cijfers.values():
            if figure.gelijk_aan:
                self._equal(figure)

    def _fault(self, message: str, place: Place | None = None) -> None:
        self.declarations.faults.add(place or self.statement.plaats, f"{self.statement.id}: {message}")

    def _place(self, name: str) -> None:
        regels = self.regels
        decision, _, rule = name.partition("/")
        if decision in regels.besluiten:
            self._rules(name, regels.besluiten[decision], rule)
        elif rule or not any(name in names for names in (regels.cijfers, regels.grootheden, regels.velden)):
            self._fault(f"er is geen besluit, regel, cijfer, grootheid of veld '{name}'")

    def _rules(self, name: str, decision: Besluit, rule: str) -> None:
        rules: list[Regel] = [known for known in decision.regels if rule in ("", known.naam)]
        if not rules:
            self._fault(f"het besluit '{decision.id}' heeft geen regel '{rule}'")
        elif not any(known.venster.raakt(self.statement.venster) for known in rules):
            self._fault(f"'{name}' geldt op geen enkele dag van deze bepaling")
        if self.statement.wordt == "quotum" and rule and any(known.dan in ("ja", "nee") for known in rules):
            self._fault(f"een quotum beslist nooit over één huishouden, en '{name}' zegt ja of nee")

    def _equal(self, figure: Meting) -> None:
        match = re.fullmatch(r"(\w+)(?:\[([\w-]+)\])?", figure.gelijk_aan)
        if match is None or match[1] not in self.regels.cijfers:
            self._fault(f"er is geen cijfer '{figure.gelijk_aan}'", figure.plaats)
            return
        found = cijfer_op(self.regels, match[1], figure.op or self.statement.venster.vanaf)
        table = found.waarde if found is not None else None
        value = table.get(match[2]) if isinstance(table, Mapping) else table
        if found is None or value != figure.waarde or found.type.unit != figure.type.unit:
            self._fault(f"dit getal is niet gelijk aan '{figure.gelijk_aan}' op die dag ({value})", figure.plaats)
