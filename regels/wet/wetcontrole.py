"""Whether the law rows hold: what they point to is there, each source has its rows, and ``officieel`` was read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from regels.bestanden import Faults, Place
from regels.regelset import Bron, Regelset
from regels.stand import names_of
from regels.venster import Venster
from regels.wet.wetlezer import BWB
from regels.wet.wetsregels import NIET_GETOETST, UITGANGSPUNT, Wetslid, Wetstekst

_DAG = re.compile(r"\d{4}-\d{2}-\d{2}")


def check(regels: Regelset, bronnen: Mapping[str, Place], faults: Faults) -> None:
    """Note each row that points to nothing, each source without rows, and each ``officieel`` that was not read.

    ``bronnen`` says where each source stands. A set without laws asks nothing.
    """
    if not regels.wetten:
        for bron in regels.bronnen.values():
            if bron.artikelen:
                faults.add(bronnen[bron.id], "'artikelen' wijst naar wetten, en er is geen wetten.yaml; haal het weg")
        return
    for law in regels.wetten.values():
        for article, texts in law.artikelen.items():
            for text in texts:
                for row in text.rijen.values():
                    _Rij(regels, faults, f"{law.id}/{article}/{row.naam}", text.venster, row).run()
    for bron in regels.bronnen.values():
        _source(regels, bron, bronnen[bron.id], faults)
    _official(regels, faults)


@dataclass(frozen=True)
class _Rij:
    regels: Regelset
    faults: Faults
    naam: str
    venster: Venster
    rij: Wetslid

    def run(self) -> None:
        row, regels = self.rij, self.regels
        for name in row.wijst_naar:
            self._place(name)
        for name in row.raakt:
            if name not in regels.besluiten:
                known = next(iter(regels.besluiten))
                self._fault(f"bij 'raakt' is '{name}' geen besluit; schrijf bijvoorbeeld {known}")
            elif row.wordt == NIET_GETOETST:
                self._in_force(name, [rule.venster for rule in regels.besluiten[name].regels])
        if not row.wijst_naar:
            return
        kinds = {"grootheid": regels.grootheden, "cijfer": regels.cijfers, "veld": regels.velden}
        pointed = {name.partition("/")[0] for name in row.wijst_naar}
        if row.wordt in kinds and not pointed & kinds[row.wordt].keys():
            self._fault(f"'wordt: {row.wordt}' wijst naar geen {row.wordt}; vul dat bij 'wijst_naar' in")
        if row.wordt == "verwijzing" and not pointed & regels.besluiten.keys():
            self._fault("een verwijzing wijst naar het besluit dat de weg wijst; vul dat bij 'wijst_naar' in")
        if row.wordt == UITGANGSPUNT:
            self._taken(row)

    def _taken(self, row: Wetslid) -> None:
        """What is taken as given, is a field with an assumption that each of the decisions can look at."""
        for name in row.wijst_naar:
            if not self.regels.aannamen.get(name):
                self._fault(f"'{name}' is geen veld met uitgangspunten; noem zo'n veld, of kies een andere 'wordt'")
                continue
            for decision in row.raakt:
                if decision in self.regels.besluiten and name not in _names(self.regels, decision):
                    self._fault(f"'{decision}' gebruikt het veld '{name}' niet; haal het weg bij 'raakt'")

    def _fault(self, message: str) -> None:
        self.faults.add(self.rij.plaats, f"{self.naam}: {message}")

    def _place(self, name: str) -> None:
        regels = self.regels
        decision, _, rule = name.partition("/")
        if decision in regels.besluiten:
            rules = [known for known in regels.besluiten[decision].regels if rule in ("", known.naam)]
            if not rules:
                self._fault(f"het besluit '{decision}' heeft geen regel '{rule}'; controleer de spelling")
            self._in_force(name, [known.venster for known in rules])
        elif not rule and name in regels.grootheden:
            self._in_force(name, [formula.venster for formula in regels.grootheden[name].formules])
        elif not rule and name in regels.cijfers:
            self._in_force(name, [figure.venster for figure in regels.cijfers[name]])
        elif rule or name not in regels.velden:
            self._fault(f"er is geen besluit, regel, cijfer, grootheid of veld '{name}'; controleer de spelling")

    def _in_force(self, name: str, windows: list[Venster]) -> None:
        if windows and not any(window.raakt(self.venster) for window in windows):
            self._fault(f"'{name}' geldt op geen enkele dag van deze tekst; wijs naar wat toen gold")


def _names(regels: Regelset, decision: str) -> frozenset[str]:
    return regels.bewaar((_names, decision), lambda: names_of(regels, regels.besluiten[decision]))


def _source(regels: Regelset, bron: Bron, place: Place, faults: Faults) -> None:
    laws = {law.bwb: law.id for law in regels.wetten.values()}
    found = BWB.search(bron.url)
    law = laws.get(found[0]) if found else None
    if found and law is None:
        said = f"de bron '{bron.id}' is van {found[0]}, en die wet staat niet in wetten.yaml"
        faults.add(place, f"{said}; zet haar daar met haar rijen, of noem een bron buiten wetten.overheid.nl")
    if law is not None and not any(part.startswith(f"{law}/") for part in bron.artikelen):
        said = f"de bron '{bron.id}' is van de wet '{law}', en 'artikelen' noemt daar geen plaats van"
        faults.add(place, f"{said}; schrijf zoals [{law}/1/2]")
    day = _day(bron)
    for part in bron.artikelen:
        texts = list(_texts(regels, part))
        rest = part.partition("/")[2]
        if not rest:
            faults.add(place, f"'{part}' is geen plaats in een wet; schrijf zoals woningwet/46/2")
        elif not texts:
            faults.add(place, f"de bron '{bron.id}' noemt {part}, en daar is geen rij van; zet {rest} bij die wet")
        elif texts and day is not None and not any(text.geldt_op(day) for text in texts):
            said = f"van {part} is er op {day} geen rij; zet die toestand bij 'gelezen'"
            faults.add(place, f"{said}, of verbeter de datum van de bron '{bron.id}'")


def _day(bron: Bron) -> date | None:
    return date.fromisoformat(bron.datum) if _DAG.fullmatch(bron.datum) else None


def _texts(regels: Regelset, part: str) -> Iterator[Wetstekst]:
    """The texts that have a row for ``part``: a law and an article, or a row of it too."""
    law, _, rest = part.partition("/")
    article, _, row = rest.partition("/")
    if law in regels.wetten:
        yield from (text for text in regels.wetten[law].artikelen.get(article, ()) if not row or row in text.rijen)


def _official(regels: Regelset, faults: Faults) -> None:
    """Note what is called ``officieel`` and rests on a place of which the text of that time was not read."""
    unread = {
        bron.id: [(part, text) for part in bron.artikelen for text in _texts(regels, part) if not text.gelezen]
        for bron in regels.bronnen.values()
    }
    for what, place, window, sources in _claims(regels):
        for source in sources:
            for part, text in unread.get(source, ()):
                if text.venster.raakt(window):
                    said = f"'{what}' is officieel, en rust met '{source}' op {part}; dat is niet gelezen"
                    faults.add(place, f"{said} ({text.plaats}); schrijf 'zekerheid: secundair', of lees de tekst")


def _claims(regels: Regelset) -> Iterator[tuple[str, Place, Venster, tuple[str, ...]]]:
    """Each rule, formula and figure that is called ``officieel``, with its window and its sources."""
    for decision in regels.besluiten.values():
        for rule in decision.regels:
            if rule.zekerheid == "officieel":
                yield f"{decision.id}/{rule.naam}", rule.plaats, rule.venster, rule.bronnen
    for quantity in regels.grootheden.values():
        for formula in quantity.formules:
            if formula.zekerheid == "officieel":
                yield quantity.naam, quantity.plaats, formula.venster, formula.bronnen
    for series in regels.cijfers.values():
        for figure in series:
            if figure.zekerheid == "officieel":
                yield figure.naam, figure.plaats, figure.venster, (figure.bron,)
