"""The texts of decisions, read from the files of their owners and checked: every decision has what it needs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from regels.bestanden import Faults, Item
from regels.eigenaren import owner_of
from regels.regelset import Besluit
from regels.rekening import read_sums
from regels.teksten import (
    BESTAND,
    HUREN,
    HUURRUIMTE,
    INGANGEN,
    PORTEFEUILLE,
    ZONDER_WAARDE,
    Beeldrol,
    BesluitTekst,
    Eersterol,
    Teksten,
    Varianten,
    check_text,
    plaatsen,
)

_REQUIRED = frozenset({"titel", "vakterm", "toelichting"})
_KEYS = _REQUIRED | {
    "overzicht",
    "alleen_medewerker",
    "balk",
    "eerst",
    "duur",
    "papier",
    "papier_onbekend",
    "beeld",
    "huurruimte",
    "portefeuille",
    "huurder",
    "per_regel",
    "waarom",
}
_BALK = frozenset({"naam", "waarde", "bij"})
_EERST = frozenset({"bij", "waarde", "op", "zonder"})
_BEELD = frozenset({"inkomen", "ladder", "ladder_huur", "huren"})
_BEZOEK = "bezoek"  # names the quantity with the labels for which there is a visit
_INCOME_ROW = ("grens",)  # what a row of the picture of incomes cannot do without


class Tekstlezer:
    """Reads the texts of the owners for the decisions of a rule set; faults are collected, not raised.

    ``invullen`` gives what a text in a file may say of its owner: ``{gemeente_telefoon}``.
    """

    def __init__(self, besluiten: Mapping[str, Besluit], faults: Faults, invullen: Mapping[str, Mapping[str, str]]):
        self.decisions, self.faults, self.fill = besluiten, faults, invullen
        self.found: dict[str, BesluitTekst] = {}
        self.more: list[tuple[str, Item]] = []

    def read(self, roots: Mapping[str, Item], grootheden: Mapping[str, object]) -> Teksten:
        """The texts in ``roots`` (name of the file to content), with everything that is missing noted."""
        shared = roots.get(BESTAND)
        standard = self._by_key(shared, None) if shared else {}
        for file, root in roots.items():
            if file != BESTAND:
                for id, item in self.faults.mapping(root).items():
                    self._decision(id, item)
        # what a landlord says in its own file goes before what is written for its policy
        for id, item in sorted(self.more, key=lambda more: more[1].place.file.endswith(BESTAND)):
            self._added(id, item)
        texts = Teksten(standard, {id: self.found[id] for id in self.decisions if id in self.found})
        for id, decision in self.decisions.items():
            if id not in self.found:
                where = f"{owner_of(decision.plaats.file)}/{BESTAND}"
                self.faults.add(decision.plaats, f"het besluit '{id}' heeft geen teksten in {where}")
            else:
                self._check(decision, texts, grootheden)
        self._once_in_the_table(texts)
        return texts

    def _once_in_the_table(self, texts: Teksten) -> None:
        """The table of rents has one place for each role: a second decision with it would never be read."""
        for id, own in texts.besluiten.items():
            for role in own.huurruimte:
                if (first := texts.in_huurruimte(role)[0]) != id:
                    self.faults.add(
                        own.plaats, f"'{id}' heeft bij 'huurruimte' de rol '{role}', en die heeft '{first}' al"
                    )

    def _decision(self, id: str, item: Item) -> None:
        decision = self.decisions.get(id)
        if decision is None:
            self.faults.add(item, f"er is geen besluit '{id}' voor deze teksten")
        elif owner_of(decision.plaats.file) != owner_of(item.place.file):
            self.more.append((id, item))
        else:
            self.found[id] = self._texts(item)

    def _texts(self, item: Item) -> BesluitTekst:
        faults = self.faults
        keys = faults.mapping(item, _KEYS, _REQUIRED)
        own = {key: self._plain(keys[key]) for key in sorted(_REQUIRED & keys.keys())}
        bar = faults.mapping(keys["balk"], _BALK, _BALK - {"waarde"}) if "balk" in keys else {}
        return BesluitTekst(
            titel=own.get("titel", ""),
            vakterm=own.get("vakterm", ""),
            toelichting=own.get("toelichting", ""),
            overzicht=self._place(keys["overzicht"]) if "overzicht" in keys else 0,
            alleen_medewerker="alleen_medewerker" in keys
            and faults.word(keys["alleen_medewerker"], ("ja", "nee")) == "ja",
            kort=self._plain(bar["naam"]) if "naam" in bar else "",
            balk=self._entrances(bar.get("bij")),
            balk_waarde=faults.text(bar["waarde"]) if "waarde" in bar else "",
            eerst=self._first(keys["eerst"]) if "eerst" in keys else Eersterol(),
            duur=self._plain(keys["duur"]) if "duur" in keys else "",
            papier=self._names(keys.get("papier")),
            papier_onbekend=self._names(keys.get("papier_onbekend")),
            beeld=self._picture(keys["beeld"]) if "beeld" in keys else Beeldrol(),
            huurruimte=self._words(keys.get("huurruimte"), HUURRUIMTE),
            portefeuille=self._roles(keys.get("portefeuille")),
            huurder=self._by_key(keys.get("huurder"), None),
            per_regel=self._by_key(keys.get("per_regel"), None),
            waarom=read_sums(keys["waarom"], self.faults) if "waarom" in keys else (),
            plaats=item.place,
        )

    def _first(self, item: Item) -> Eersterol:
        keys = self.faults.mapping(item, _EERST, frozenset({"bij"}))
        named = {name: self.faults.text(keys[name]) for name in sorted(keys.keys() - {"bij"})}
        if (other := named.get("zonder", "")) and other not in self.decisions:
            self.faults.add(keys["zonder"], f"er is geen besluit '{other}' om bij weg te laten")
        return Eersterol(self._entrances(keys.get("bij")), named.get("waarde", ""), named.get("op", ""), other)

    def _entrances(self, item: Item | None) -> dict[str, int]:
        """A place in the order of some entrances."""
        found = self.faults.mapping(item, frozenset(INGANGEN)) if item else {}
        return {name: self._place(part) for name, part in found.items()}

    def _picture(self, item: Item) -> Beeldrol:
        keys = self.faults.mapping(item, _BEELD)
        return Beeldrol(
            inkomen=self._plain(keys["inkomen"]) if "inkomen" in keys else "",
            ladder=self._words(keys.get("ladder")),
            ladder_huur=self.faults.text(keys["ladder_huur"]) if "ladder_huur" in keys else "",
            huren=self._words(keys.get("huren"), HUREN),
        )

    def _added(self, id: str, item: Item) -> None:
        """The texts that a landlord gives for its own rules in a decision of another owner."""
        if id not in self.found:
            return  # the decision itself has no texts, and that is noted
        keys = self.faults.mapping(item, frozenset({"per_regel"}), frozenset({"per_regel"}))
        own = self._by_key(keys.get("per_regel"), None)
        files = {rule.naam: owner_of(rule.plaats.file) for rule in self.decisions[id].regels}
        for name in own:
            if name not in files:
                here = [rule for rule, owner in files.items() if owner == owner_of(item.place.file)]
                said = f"; kies uit {', '.join(here)}" if here else ""
                self.faults.add(item, f"'{id}' heeft geen regel '{name}' voor deze tekst{said}")
            elif files[name] != owner_of(item.place.file):
                self.faults.add(item, f"de regel '{name}' van '{id}' is van een ander; zet de tekst in {files[name]}")
        known = self.found[id]
        live = {name: text for name, text in own.items() if name in files}
        self.found[id] = replace(known, per_regel={**known.per_regel, **live})

    # what must be there

    def _check(self, decision: Besluit, texts: Teksten, grootheden: Mapping[str, object]) -> None:
        own = texts.besluiten[decision.id]
        for dead in sorted(own.per_regel.keys() - {rule.naam for rule in decision.regels}):
            self.faults.add(own.plaats, f"'{decision.id}' heeft geen regel '{dead}' voor deze tekst")
        if own.balk and not own.kort:
            self.faults.add(own.plaats, f"'{decision.id}' staat in de balk en heeft daar geen 'naam'")
        cases = [(rule.dan, rule.naam, rule.plaats) for rule in decision.regels]
        for outcome, name, place in (
            *cases,
            ("onbekend", None, decision.plaats),
            ("geen_regels", None, decision.plaats),
        ):
            found = texts.gevonden(decision.id, outcome, name)
            if not found:
                rule = f" (regel '{name}')" if name else ""
                self.faults.add(
                    place,
                    f"'{decision.id}' heeft geen tekst voor de huurder bij '{outcome}'{rule}; "
                    f"zet die in {owner_of(place.file)}/{BESTAND}",
                )
            self._values_in(decision, found, outcome, name, own)
        shown = {value for rule in decision.regels for value in rule.waarden}
        known = frozenset(decision.waarden) | decision.toont | shown
        for value in _named_values(own):
            if value not in known:
                self.faults.add(own.plaats, f"'{decision.id}' heeft geen waarde '{value}'; kies uit {_list(known)}")
        if own.portefeuille.get(_BEZOEK, "") not in {"", *grootheden}:
            self.faults.add(own.plaats, f"er is geen grootheid '{own.portefeuille[_BEZOEK]}' met labels")

    def _values_in(
        self, decision: Besluit, found: Varianten, outcome: str, name: str | None, own: BesluitTekst
    ) -> None:
        """Every place in a text is a value of the rules that it is read with."""
        rules = [rule for rule in decision.regels if rule.naam == name]
        values = set[str]() if outcome in ("niet_van_toepassing", "geen_regels") else set(decision.waarden)
        for rule in rules:
            values |= set(rule.waarden)
        for text in found:
            for place in sorted(plaatsen(text) - values):
                self.faults.add(
                    own.plaats,
                    f"de tekst '{text[:40]}...' van '{decision.id}' noemt de waarde '{place}', en die is er niet bij "
                    f"{f'de regel {name!r}' if name else outcome}",
                )

    def _roles(self, item: Item | None) -> dict[str, str]:
        if item is None:
            return {}
        for role, part in self.faults.mapping(item).items():
            if role in ZONDER_WAARDE:
                self._place(part)
        return self._words(item, PORTEFEUILLE)

    # help

    def _text(self, item: Item) -> str:
        text = self.faults.text(item)
        for name, value in self.fill.get(item.place.file, {}).items():
            text = text.replace(f"{{{name}}}", value)
        return check_text(item, self.faults, text)

    def _plain(self, item: Item) -> str:
        """A text that is shown as it is, beside any answer."""
        text = self._text(item)
        if plaatsen(text):
            self.faults.add(item, f"hier wordt geen waarde ingevuld; laat {{{min(plaatsen(text))}}} weg")
        return text

    def _variants(self, item: Item) -> Varianten:
        found = tuple(self._text(part) for part in self.faults.items(item))
        if not found or plaatsen(found[-1]):
            self.faults.add(item, "de laatste variant heeft geen plaats voor een waarde; die past altijd")
        if any(not plaatsen(text) for text in found[:-1]):
            self.faults.add(item, "na een variant zonder waarden komt geen andere; die wordt nooit gelezen")
        return found

    def _by_key(self, item: Item | None, known: frozenset[str] | None) -> dict[str, Varianten]:
        return {key: self._variants(part) for key, part in self.faults.mapping(item, known).items()} if item else {}

    def _place(self, item: Item) -> int:
        number = self.faults.number(item)
        if number != int(number) or number < 1:
            self.faults.add(item, "een plaats in de volgorde is een heel getal vanaf 1")
        return int(number)

    def _names(self, item: Item | None) -> tuple[str, ...]:
        return tuple(self.faults.text(part) for part in self.faults.items(item)) if item else ()

    def _words(self, item: Item | None, known: tuple[str, ...] | None = None) -> dict[str, str]:
        keys = self.faults.mapping(item, frozenset(known) if known else None) if item else {}
        return {key: self._plain(part) for key, part in keys.items()}


def _named_values(own: BesluitTekst) -> Iterator[str]:
    yield from filter(None, (own.balk_waarde, own.eerst.waarde, own.eerst.op, own.beeld.ladder_huur))
    yield from (*own.papier, *own.papier_onbekend, *own.beeld.ladder, *own.beeld.huren.values())
    yield from own.huurruimte.values()
    yield from (value for role, value in own.portefeuille.items() if role not in (*ZONDER_WAARDE, _BEZOEK))
    if own.beeld.inkomen:
        yield from _INCOME_ROW


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "geen enkele"
