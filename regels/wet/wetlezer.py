"""Reading ``wetten.yaml`` and ``wetten/<law>.yaml``: each article says how many members it has, and has a row for each.

What needs the decisions and the sources is looked at by :mod:`regels.wet.wetcontrole`.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from regels.bestanden import Faults, Item, Place
from regels.uitdrukkingen import Expressions
from regels.venster import Venster
from regels.wet.wetsregels import (
    GEEN_LEDEN,
    KANSEN,
    NIET_GETOETST,
    RIJNAAM,
    UITGANGSPUNT,
    WORDT,
    Wet,
    Wetslid,
    Wetstekst,
)

LIJST: Final = "wetten.yaml"
MAP: Final = "/wetten/"
BWB: Final = re.compile(r"BWB[RVW]\d{7}")
_WET = frozenset({"titel", "bwb", "artikelen"})
_TEKST = frozenset({"gelezen", "onleesbaar", "vanaf", "tot", "leden", "letters", "rijen"})
_TEKST_VERPLICHT = frozenset({"gelezen", "vanaf", "leden", "rijen"})
_RIJ = frozenset({"tekst", "wordt", "wijst_naar", "reden", "raakt", "kans", "als", "zin"})
# what a row of each kind must say, and what else it may say
_VRAAGT: Final = {
    NIET_GETOETST: frozenset({"reden", "raakt", "kans", "zin"}),
    UITGANGSPUNT: frozenset({"wijst_naar", "raakt"}),
    "geen_effect": frozenset({"reden"}),
}
_WIJST: Final = frozenset({"wijst_naar"})
_MAG: Final = {NIET_GETOETST: frozenset({"als"}), UITGANGSPUNT: frozenset({"reden"})}


def is_wetsbestand(naam: str) -> bool:
    """Whether the rule file called ``naam`` is about the law: ``land/wetten.yaml`` or ``land/wetten/<law>.yaml``."""
    return MAP in naam or naam.rsplit("/", 1)[-1] == LIJST


@dataclass
class Wetlezer:
    """Reads the laws of one rule set, with the faults and the names of ``uitdrukkingen``."""

    uitdrukkingen: Expressions

    @property
    def faults(self) -> Faults:
        """Where the faults are noted."""
        return self.uitdrukkingen.faults

    def lees(self, roots: Mapping[str, Item]) -> dict[str, Wet]:
        """The laws in these files, by name: the lists (``wetten.yaml``) and the rows (``wetten/<law>.yaml``)."""
        found: dict[str, Wet] = {}
        listed: dict[str, list[Item]] = {}
        for name, root in roots.items():
            if name.rsplit("/", 1)[-1] == LIJST and MAP not in name:
                for id, item in self.faults.mapping(root).items():
                    file = f"{name.removesuffix('.yaml')}/{id}.yaml"
                    if id in found:
                        self.faults.add(item, f"de wet '{id}' staat al in {found[id].plaats}; haal er één weg")
                    found[id] = self._law(id, item)
                    keys = item.value if isinstance(item.value, dict) else {}
                    listed[file] = self.faults.items(keys["artikelen"]) if "artikelen" in keys else []
                    if file not in roots:
                        self.faults.add(item, f"de wet '{id}' heeft geen rijen; zet die in {file}")
        for name in (name for name in roots if MAP in name):
            id = name.rsplit("/", 1)[-1].removesuffix(".yaml")
            if name not in listed:
                above = f"{name.rsplit('/', 2)[0]}/{LIJST}"
                self.faults.add(roots[name], f"de wet '{id}' staat niet in {above}; zet haar daar met titel en bwb")
                continue
            found[id] = replace(found[id], artikelen=self._articles(roots[name], listed[name]))
        for bwb, times in Counter(law.bwb for law in found.values()).items():
            same = [law for law in found.values() if law.bwb == bwb]
            if times > 1:
                self.faults.add(same[-1].plaats, f"{bwb} is al van de wet '{same[0].id}'; geef elke wet haar eigen bwb")
        return found

    def _law(self, id: str, item: Item) -> Wet:
        keys = self.faults.mapping(item, _WET, _WET)
        bwb = self.faults.text(keys["bwb"]) if "bwb" in keys else ""
        if "bwb" in keys and not BWB.fullmatch(bwb):
            self.faults.add(keys["bwb"], f"'{bwb}' is geen nummer van wetten.overheid.nl; schrijf zoals BWBR0005181")
        return Wet(id, self.faults.text(keys["titel"]) if "titel" in keys else id, bwb, item.place)

    def _articles(self, root: Item, listed: list[Item]) -> dict[str, tuple[Wetstekst, ...]]:
        rows = self.faults.mapping(root)
        names = [self.faults.text(item) for item in listed]
        for item, name in zip(listed, names, strict=True):
            if name not in rows:
                self.faults.add(item, f"artikel {name} heeft geen rijen in {root.place.file}; zet ze daar")
            if names.count(name) > 1:
                self.faults.add(item, f"artikel {name} staat twee keer bij 'artikelen'; haal er één weg")
        for name, item in rows.items():
            if name not in names:
                self.faults.add(item, f"artikel {name} staat niet bij 'artikelen' van deze wet; zet het daar")
        return {name: self._texts(name, item) for name, item in rows.items()}

    def _texts(self, article: str, item: Item) -> tuple[Wetstekst, ...]:
        found = sorted(
            (self._text(article, block) for block in self.faults.items(item)), key=lambda text: text.venster.vanaf
        )
        for earlier, later in pairwise(found):
            end, start = earlier.venster.tot_en_met, later.venster.vanaf
            if end is None or end >= start:
                said = f"deze tekst van artikel {article} overlapt die van {earlier.plaats}; geef die 'tot: "
                self.faults.add(later.plaats, f"{said}{start - timedelta(days=1)}'")
            elif end + timedelta(days=1) < start:
                said = f"artikel {article} heeft geen rijen van {end + timedelta(days=1)} tot {start}"
                self.faults.add(later.plaats, f"{said}; laat de teksten op elkaar aansluiten")
        for text in found[1:]:
            for state in text.gelezen:
                if state < text.venster.vanaf:
                    said = f"de toestand van {state} is van vóór deze tekst ({text.venster.vanaf})"
                    self.faults.add(text.plaats, f"{said}; zet haar bij de tekst ervoor")
        return tuple(found)

    def _text(self, article: str, item: Item) -> Wetstekst:
        keys = self.faults.mapping(item, _TEKST, _TEKST_VERPLICHT)
        start = self.faults.day(keys["vanaf"]) if "vanaf" in keys else date.min
        end = self.faults.day(keys["tot"]) if "tot" in keys else None
        if end is not None and end < start:
            self.faults.add(item, f"deze tekst eindigt ({end}) voordat hij begint ({start})")
        read = (
            tuple(self.faults.day(state) for state in self.faults.items(keys["gelezen"])) if "gelezen" in keys else ()
        )
        if not read and "gelezen" in keys and "onleesbaar" not in keys:
            self.faults.add(item, "niet gelezen: zeg bij 'onleesbaar' waarom, of zet bij 'gelezen' de toestanden")
        if read and "onleesbaar" in keys:
            self.faults.add(keys["onleesbaar"], "deze tekst is gelezen; haal 'onleesbaar' weg, of maak 'gelezen' leeg")
        for state in read:
            if end is not None and state > end:
                self.faults.add(item, f"de toestand van {state} is van na deze tekst ({end}); zet haar bij een latere")
        rows = self.faults.mapping(keys["rijen"]) if "rijen" in keys else {}
        text = Wetstekst(
            venster=Venster(start, end),
            gelezen=read,
            onleesbaar=self.faults.text(keys["onleesbaar"]) if "onleesbaar" in keys else "",
            leden=self._count(keys["leden"]) if "leden" in keys else 0,
            letters={name: self._count(count) for name, count in self.faults.mapping(keys["letters"]).items()}
            if "letters" in keys
            else {},
            rijen={name: self._row(name, row) for name, row in rows.items()},
            plaats=item.place,
        )
        if {"leden", "rijen"} <= keys.keys():
            self._complete(article, text, keys["rijen"].place)
        return text

    def _count(self, item: Item) -> int:
        text = self.faults.text(item)
        if not re.fullmatch(r"\d{1,3}", text):
            self.faults.add(item, f"'{text}' is geen aantal; schrijf bijvoorbeeld 3")
            return 0
        return int(text)

    def _complete(self, article: str, text: Wetstekst, place: Place) -> None:
        """Note each member and letter that the article has and that has no row, and each row of one it has not."""
        members: list[str] = []
        parts: dict[str, list[str]] = {}
        for name, row in text.rijen.items():
            match = RIJNAAM.fullmatch(name)
            if match is None:
                self.faults.add(row.plaats, f"'{name}' is geen lid; schrijf 2, 2a (letter), 2-a (lid 2a) of 1:bewoner")
            elif part := match["letter"] or match["woord"]:
                parts.setdefault(match["lid"], []).append(part)
            else:
                members.append(match["lid"])
        inserted = [name for name in members if "-" in name]
        wanted = [str(number) for number in range(1, text.leden - len(inserted) + 1)] if text.leden else [GEEN_LEDEN]
        for name in wanted:
            if name not in members:
                said = f"artikel {article} heeft volgens 'leden' {text.leden} leden, en geen rij '{name}'"
                self.faults.add(place, f"{said}; geef die rij, of verbeter 'leden'")
        for name in members:
            if name not in wanted and name not in inserted:
                said = f"rij '{name}' past niet bij 'leden: {text.leden}' van artikel {article}"
                self.faults.add(text.rijen[name].plaats, f"{said}; verbeter 'leden', of haal de rij weg")
        for name in dict.fromkeys([*text.letters, *parts]):
            there, count = parts.get(name, []), text.letters.get(name, 0)
            if name not in members:
                self.faults.add(place, f"er zijn letters van lid {name}, en er is geen rij '{name}'; geef die ook")
            if len(there) != count:
                said = f"lid {name} van artikel {article} heeft volgens 'letters' {count} letters, en rijen voor "
                self.faults.add(place, f"{said}{', '.join(there) or 'geen enkele'}; maak die gelijk")

    def _row(self, name: str, item: Item) -> Wetslid:
        faults = self.faults
        keys = faults.mapping(item, _RIJ, frozenset({"tekst", "wordt"}))
        kind = faults.word(keys["wordt"], tuple(WORDT)) if "wordt" in keys else ""
        asks = _VRAAGT.get(kind, _WIJST)
        may = asks | _MAG.get(kind, frozenset({"reden"})) | {"tekst", "wordt"}
        for key in sorted(asks - keys.keys()) if kind in WORDT else ():
            faults.add(item, f"'{name}' is {kind}, en '{key}' ontbreekt; schrijf {', '.join(sorted(asks))}")
        for key in sorted((keys.keys() & _RIJ) - may) if kind in WORDT else ():
            faults.add(keys[key], f"'{name}' is {kind}, en daarbij hoort geen '{key}'; haal het weg")

        def text(key: str) -> str:
            return faults.text(keys[key]) if key in keys else ""

        def names(key: str) -> tuple[str, ...]:
            return tuple(faults.text(part) for part in faults.items(keys[key])) if key in keys else ()

        return Wetslid(
            naam=name,
            tekst=text("tekst"),
            wordt=kind,
            wijst_naar=names("wijst_naar"),
            reden=text("reden"),
            raakt=names("raakt"),
            kans=faults.word(keys["kans"], KANSEN) if "kans" in keys else "",
            als=self.uitdrukkingen.voorwaarde(keys["als"]) if "als" in keys else None,
            als_tekst=text("als") if "als" in keys else "",
            zin=text("zin"),
            plaats=item.place,
        )
