"""What a decision is called, what the tenant reads about its outcome, and how it is presented.

The answer itself (``Conclusie.tekst`` and its reasons) is written for staff. In ``teksten.yaml`` of an owner each of
its decisions has a short title, the legal term with a gloss, and for every outcome a text in plain Dutch. A text may
have variants: the first one of which all values are known is used, and the last one needs none. A rule may have a text
of its own, where one outcome comes from rules with different meanings; a landlord gives the texts of the rules that it
adds to a decision of another owner.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from regels.bestanden import Faults, Item, Place
from regels.eigenaren import owner_of

if TYPE_CHECKING:
    from regels.regelset import Besluit
    from regels.uitslag import Conclusie

BESTAND: Final = "teksten.yaml"
# the ways in to the form, of each of which the bar follows some decisions
INGANGEN: Final = ("huurder", "woning", "zoeken", "opzoeken")
_REQUIRED = frozenset({"titel", "vakterm", "toelichting"})
_KEYS = _REQUIRED | {
    "overzicht",
    "alleen_medewerker",
    "balk",
    "papier",
    "papier_onbekend",
    "beeld",
    "huurruimte",
    "portefeuille",
    "huurder",
    "per_regel",
}
_BALK = frozenset({"naam", "waarde", "bij"})
_BEELD = frozenset({"inkomen", "ladder", "ladder_huur", "huren"})
# what a picture or a table does with a decision: the role, and the value of the decision that fills it
HUREN: Final = ("oud", "nieuw", "erbij", "gewoon", "gewoon_erbij", "punten", "voorstel")
HUURRUIMTE: Final = ("klasse", "passend", "hoogste", "toeslag")
PORTEFEUILLE: Final = ("klasse", "oude_huur", "laag_inkomen", "bezwaar", "bezoek", "telt")
_ZONDER_WAARDE = ("bezwaar", "telt")  # these say their place among those with the same role
_BEZOEK = "bezoek"  # names the quantity with the labels for which there is a visit
_INCOME_ROW = ("grens",)  # what a row of the picture of incomes cannot do without
_PLACEHOLDER = re.compile(r"\{([a-z][A-Za-z_]*)\}", re.ASCII)
# the distance to a limit has a sign in the answer; here the sentence says on which side it lies
_DISTANCE = "marge"

Varianten = tuple[str, ...]


class TekstFout(Exception):
    """A text that does not exist, or that was given other values than it has places for: a fault in the product."""


def plaatsen(text: str) -> frozenset[str]:
    """The names of the places for values in ``text``."""
    return frozenset(_PLACEHOLDER.findall(text))


def check_text(item: Item, faults: Faults, text: str | None = None) -> str:
    """The text in ``item`` (or ``text`` in its place); a brace that marks no place for a value is a fault."""
    found = faults.text(item) if text is None else text
    if re.search(r"[{}]", _PLACEHOLDER.sub("", found)):
        faults.add(item, "een plaats voor een waarde is een naam tussen accolades: {naam}")
    return found


@dataclass(frozen=True, slots=True)
class Beeldrol:
    """The part of a decision in the pictures: a row of incomes, rungs of the ladder (value to name), the rents."""

    inkomen: str = ""
    ladder: Mapping[str, str] = field(default_factory=dict)
    ladder_huur: str = ""
    huren: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BesluitTekst:
    """The texts of one decision; ``huurder`` by outcome, ``per_regel`` by the name of a rule.

    ``overzicht`` is its place among the main things of the overview (0: a link below them), ``balk`` its place in the
    bar of each entrance. ``huurruimte`` and ``portefeuille`` say by role which value they use.
    """

    titel: str = ""
    vakterm: str = ""
    toelichting: str = ""
    overzicht: int = 0
    alleen_medewerker: bool = False
    kort: str = ""
    balk: Mapping[str, int] = field(default_factory=dict)
    balk_waarde: str = ""
    papier: tuple[str, ...] = ()
    papier_onbekend: tuple[str, ...] = ()
    beeld: Beeldrol = Beeldrol()
    huurruimte: Mapping[str, str] = field(default_factory=dict)
    portefeuille: Mapping[str, str] = field(default_factory=dict)
    huurder: Mapping[str, Varianten] = field(default_factory=dict)
    per_regel: Mapping[str, Varianten] = field(default_factory=dict)
    plaats: Place = Place(BESTAND, 1)  # noqa: RUF009 - likewise


@dataclass(frozen=True)
class Teksten:
    """The texts of all decisions of a rule set, and what is said of an outcome for which a decision has none."""

    standaard: Mapping[str, Varianten]
    besluiten: Mapping[str, BesluitTekst]

    def van(self, id: str) -> BesluitTekst:
        """The texts of a decision. Raises :class:`TekstFout`."""
        if id not in self.besluiten:
            raise TekstFout(f"het besluit '{id}' heeft geen teksten in {BESTAND}")
        return self.besluiten[id]

    def titel(self, id: str) -> str:
        """A few words for overviews. Raises :class:`TekstFout`."""
        return self.van(id).titel

    def vakterm(self, id: str) -> str:
        """What the law or the sector calls it. Raises :class:`TekstFout`."""
        return self.van(id).vakterm

    def toelichting(self, id: str) -> str:
        """What the legal term means, for staff. Raises :class:`TekstFout`."""
        return self.van(id).toelichting

    def varianten(self, id: str, uitkomst: str, regel: str | None = None) -> Varianten:
        """The texts for an outcome of a decision, by this rule where there is one. Raises :class:`TekstFout`."""
        found = self.gevonden(id, uitkomst, regel)
        if not found:
            raise TekstFout(f"'{id}' heeft geen tekst voor de uitkomst '{uitkomst}' (regel '{regel}')")
        return found

    def gevonden(self, id: str, uitkomst: str, regel: str | None) -> Varianten:
        """As :meth:`varianten`, and empty when there is no text."""
        own = self.van(id)
        return own.per_regel.get(regel or "") or own.huurder.get(uitkomst) or self.standaard.get(uitkomst) or ()

    def huurder(self, conclusie: "Conclusie") -> str:
        """What the tenant reads about ``conclusie``. Raises :class:`TekstFout` when there is no text for it."""
        rule = conclusie.redenen[0].regel if conclusie.redenen else None
        values = {shown.naam: shown.tekst for shown in conclusie.weergave}
        if _DISTANCE in values:
            values[_DISTANCE] = values[_DISTANCE].replace("-", "")
        texts = self.varianten(conclusie.id, conclusie.uitkomst, rule)
        return next(text for text in texts if plaatsen(text) <= values.keys()).format_map(values)

    @cached_property
    def hoofdzaken(self) -> tuple[str, ...]:
        """What a household comes for, in the order of the overview; all else is a link below it."""
        return tuple(sorted((id for id, own in self.besluiten.items() if own.overzicht), key=self._weight))

    def _weight(self, id: str) -> int:
        return self.besluiten[id].overzicht

    def balk(self, ingang: str) -> tuple[str, ...]:
        """The decisions that the bar of an entrance follows, in order."""
        shown = [id for id, own in self.besluiten.items() if ingang in own.balk]
        return tuple(sorted(shown, key=lambda id: self.besluiten[id].balk[ingang]))

    def met_rol(self, rol: str) -> dict[str, str]:
        """The decisions that have a role in the portfolio, with the value that fills it."""
        found = {id: own.portefeuille[rol] for id, own in self.besluiten.items() if rol in own.portefeuille}
        return dict(sorted(found.items(), key=lambda item: item[1])) if rol in _ZONDER_WAARDE else found

    def in_huurruimte(self, rol: str) -> tuple[str, str]:
        """The one decision with a role in the table of rents, and its value; empty when there is none."""
        found = ((id, own.huurruimte[rol]) for id, own in self.besluiten.items() if rol in own.huurruimte)
        return next(found, ("", ""))


class Lezer:
    """Reads the texts of the owners for the decisions of a rule set; faults are collected, not raised.

    ``invullen`` gives what a text in a file may say of its owner: ``{gemeente_telefoon}``.
    """

    def __init__(self, besluiten: Mapping[str, "Besluit"], faults: Faults, invullen: Mapping[str, Mapping[str, str]]):
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
        for id, item in self.more:
            self._added(id, item)
        texts = Teksten(standard, {id: self.found[id] for id in self.decisions if id in self.found})
        for id, decision in self.decisions.items():
            if id not in self.found:
                where = f"{owner_of(decision.plaats.file)}/{BESTAND}"
                self.faults.add(decision.plaats, f"het besluit '{id}' heeft geen teksten in {where}")
            else:
                self._check(decision, texts, grootheden)
        return texts

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
        own = {key: self._text(keys[key]) for key in sorted(_REQUIRED & keys.keys())}
        bar = faults.mapping(keys["balk"], _BALK, _BALK - {"waarde"}) if "balk" in keys else {}
        return BesluitTekst(
            titel=own.get("titel", ""),
            vakterm=own.get("vakterm", ""),
            toelichting=own.get("toelichting", ""),
            overzicht=self._place(keys["overzicht"]) if "overzicht" in keys else 0,
            alleen_medewerker="alleen_medewerker" in keys
            and faults.word(keys["alleen_medewerker"], ("ja", "nee")) == "ja",
            kort=self._text(bar["naam"]) if "naam" in bar else "",
            balk={name: self._place(part) for name, part in faults.mapping(bar["bij"], frozenset(INGANGEN)).items()}
            if "bij" in bar
            else {},
            balk_waarde=faults.text(bar["waarde"]) if "waarde" in bar else "",
            papier=self._names(keys.get("papier")),
            papier_onbekend=self._names(keys.get("papier_onbekend")),
            beeld=self._picture(keys["beeld"]) if "beeld" in keys else Beeldrol(),
            huurruimte=self._words(keys.get("huurruimte"), HUURRUIMTE),
            portefeuille=self._roles(keys.get("portefeuille")),
            huurder=self._by_key(keys.get("huurder"), None),
            per_regel=self._by_key(keys.get("per_regel"), None),
            plaats=item.place,
        )

    def _picture(self, item: Item) -> Beeldrol:
        keys = self.faults.mapping(item, _BEELD)
        return Beeldrol(
            inkomen=self._text(keys["inkomen"]) if "inkomen" in keys else "",
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
            if name in files and files[name] != owner_of(item.place.file):
                self.faults.add(item, f"de regel '{name}' van '{id}' is van een ander; zet de tekst in {files[name]}")
        known = self.found[id]
        self.found[id] = replace(known, per_regel={**known.per_regel, **own})

    # what must be there

    def _check(self, decision: "Besluit", texts: Teksten, grootheden: Mapping[str, object]) -> None:
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
        self, decision: "Besluit", found: Varianten, outcome: str, name: str | None, own: BesluitTekst
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
            if role in _ZONDER_WAARDE:
                self._place(part)
        return self._words(item, PORTEFEUILLE)

    # help

    def _text(self, item: Item) -> str:
        text = self.faults.text(item)
        for name, value in self.fill.get(item.place.file, {}).items():
            text = text.replace(f"{{{name}}}", value)
        return check_text(item, self.faults, text)

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
        return {key: self._text(part) for key, part in keys.items()}


def _named_values(own: BesluitTekst) -> Iterator[str]:
    yield from filter(None, (own.balk_waarde, own.beeld.ladder_huur))
    yield from (*own.papier, *own.papier_onbekend, *own.beeld.ladder, *own.beeld.huren.values())
    yield from own.huurruimte.values()
    yield from (value for role, value in own.portefeuille.items() if role not in (*_ZONDER_WAARDE, _BEZOEK))
    if own.beeld.inkomen:
        yield from _INCOME_ROW


def _list(words: frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "geen enkele"
