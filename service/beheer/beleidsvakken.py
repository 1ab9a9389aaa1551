"""The fields of a form that stands for a rule file: each reads its value from the file and what was typed to it.

A value of a file is text, a list or a mapping of these (``Plat``); what is not there is None. What was typed is text by
name; the name of a field is that of the field around it with its own. Nothing here has a default: what was not answered
is a fault where it is asked, and otherwise left out of the file.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, Protocol

from regels.opmaak import getal, maandbedrag
from service.invoer.bedragen import Melding, read_amount, read_number
from service.invoer.datums import read_date

Plat = str | list["Plat"] | dict[str, "Plat"]
Getypt = Mapping[str, str]
Pad = tuple[str | int, ...]
ER: Final = "er"  # the name of what says that a row is there, also when nothing in it was filled in
SOORT: Final = "soort"
JA: Final = "ja"
# a new source is described beside the form, and gets its name when it is kept
NIEUW: Final = "nieuw"
_PERCENT: Final = re.compile(r"(\d{1,3})(?:[.,](\d{1,6}))?\s*(?:%|procent)?", re.ASCII)
KIES: Final = "Kies een mogelijkheid. Staat het niet in het besluit? Kies dan onbekend."
_VUL: Final = "Vul dit in."


@dataclass
class Vormlezing:
    """What was typed while it is read: ``fouten`` by field, and ``waar`` in the file each field goes.

    ``streng``: a decision that was taken, of which everything is asked.
    """

    getypt: Getypt
    streng: bool
    fouten: dict[str, str] = field(default_factory=dict)
    waar: dict[Pad, str] = field(default_factory=dict)

    def tekst(self, at: str) -> str:
        """What was typed in a field."""
        return self.getypt.get(at, "").strip()

    def fout(self, at: str, zegt: str) -> None:
        """Note what is wrong in a field; the first thing that was noted stays."""
        self.fouten.setdefault(at, zegt)

    def rijen(self, at: str) -> Iterator[str]:
        """The names of the rows of a list."""
        index = 0
        while f"{at}.{index}.{ER}" in self.getypt:
            yield f"{at}.{index}"
            index += 1


class Vormvak(Protocol):
    """A field, or several that belong together."""

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """What stands in a file, as somebody would type it."""
        ...

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """What was typed, as it stands in a file; ``moet``: it is asked."""
        ...


class LosVak:
    """A field of one text."""

    zegt = _VUL

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """The text of the file, in the way in which people write it."""
        return {at: self.geschreven(waarde)} if isinstance(waarde, str) else {}

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """The text for the file."""
        lezing.waar[pad] = at
        text = lezing.tekst(at)
        if not text:
            if moet:
                lezing.fout(at, self.zegt)
            return None
        found = self.gelezen(text)
        if isinstance(found, Melding):
            lezing.fout(at, found.tekst)
            return None
        return found

    def geschreven(self, waarde: str) -> str:
        """As people write it."""
        return waarde

    def gelezen(self, text: str) -> str | Melding:
        """As a file has it."""
        return text


class Tekstvak(LosVak):
    """A sentence, or a condition in the language of the rules."""

    def gelezen(self, text: str) -> str | Melding:
        """On one line."""
        return " ".join(text.split())


class Bronvak(LosVak):
    """The name of a source."""

    zegt = "Kies de bron: waar staat dit?"


@dataclass(frozen=True)
class Woordvak(LosVak):
    """One of some words."""

    opties: tuple[str, ...]
    zegt = KIES

    def gelezen(self, text: str) -> str | Melding:
        """The word itself."""
        return text if text in self.opties else Melding(KIES)


@dataclass(frozen=True)
class Getalvak(LosVak):
    """A number: a ``procent``, a ``bedrag`` or an ``aantal``."""

    soort: str

    def geschreven(self, waarde: str) -> str:
        """With a comma."""
        try:
            value = Decimal(waarde)
        except InvalidOperation:
            return waarde
        if self.soort == "bedrag" and value == value.quantize(Decimal("0.01")):
            return maandbedrag(value).partition("\N{NO-BREAK SPACE}")[2]
        return getal(value)

    def gelezen(self, text: str) -> str | Melding:
        """With a point, and without zeros that say nothing."""
        if self.soort == "procent":
            match = _PERCENT.fullmatch(text)
            if match is None:
                return Melding("Schrijf het percentage als getal, bijvoorbeeld 3,2.")
            return _plain(Decimal(".".join(filter(None, match.groups()))))
        found = read_amount(text) if self.soort == "bedrag" else read_number(text)
        return found if isinstance(found, Melding) else _plain(Decimal(found))


class Dagvak(LosVak):
    """A date."""

    def geschreven(self, waarde: str) -> str:
        """Day first."""
        try:
            day = date.fromisoformat(waarde)
        except ValueError:
            return waarde
        return f"{day.day}-{day.month}-{day.year}"

    def gelezen(self, text: str) -> str | Melding:
        """Year first."""
        found = read_date(text)
        return found if isinstance(found, Melding) else found.isoformat()


@dataclass(frozen=True)
class Vinkvak:
    """Some of a few words, each ticked or not."""

    opties: tuple[str, ...]

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """A tick for each word."""
        return {f"{at}.{word}": JA for word in as_list(waarde) if isinstance(word, str)}

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """The words that were ticked."""
        lezing.waar[pad] = at
        found: list[Plat] = [word for word in self.opties if lezing.tekst(f"{at}.{word}")]
        if not found and moet:
            lezing.fout(at, "Kies er minstens een.")
        return found or None


@dataclass(frozen=True)
class Vormveld:
    """A key of a mapping. ``moet``: it is always asked, or of a decision that was taken (``streng``), or never."""

    sleutel: str
    vak: Vormvak
    moet: bool | str = False


@dataclass(frozen=True)
class Sleutelvak:
    """A mapping with known keys; without any of them it is not there."""

    velden: tuple[Vormveld, ...]

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """All its keys."""
        found: dict[str, str] = {}
        if not isinstance(waarde, dict):
            return found
        for veld in self.velden:
            if veld.sleutel in waarde:
                found |= veld.vak.typ(waarde[veld.sleutel], f"{at}.{veld.sleutel}".lstrip("."))
        return found

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """All its keys."""
        lezing.waar.setdefault(pad, at)
        found: dict[str, Plat] = {}
        for veld in self.velden:
            inner = f"{at}.{veld.sleutel}".lstrip(".")
            value = veld.vak.lees(lezing, inner, (*pad, veld.sleutel), self.asked(lezing, veld, at))
            if value is not None:
                found[veld.sleutel] = value
        return found or None

    def asked(self, lezing: Vormlezing, veld: Vormveld, at: str) -> bool:
        """Whether a key has to be there."""
        return lezing.streng if veld.moet == "streng" else bool(veld.moet)


@dataclass(frozen=True)
class Rijenvak:
    """Rows of one kind, as many as there are. ``een``: a row is there before anybody asked for one."""

    vak: Vormvak
    een: bool = False

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """All its rows; one value counts as a list of one."""
        found: dict[str, str] = {}
        for index, item in enumerate(as_list(waarde)):
            found |= {f"{at}.{index}.{ER}": "1"} | self.vak.typ(item, f"{at}.{index}{self.naam}")
        return found

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """All its rows; one in which nothing was filled in is not there."""
        lezing.waar[pad] = at
        found: list[Plat] = []
        for row in lezing.rijen(at):
            filled = any(text.strip() for name, text in lezing.getypt.items() if _in_row(name, row))
            if not filled and self.naam:
                continue
            value = self.vak.lees(lezing, f"{row}{self.naam}", (*pad, len(found)), True)
            if value is not None:
                found.append(value)
        if not found and moet:
            first = f"{at}.0{self.naam}"
            lezing.waar[pad] = first
            lezing.fout(first, self.vak.zegt if isinstance(self.vak, LosVak) else "Voeg er een toe.")
        return found or None

    @property
    def naam(self) -> str:
        """What a row of one text is called within its row; others have names of their own."""
        return ".w" if isinstance(self.vak, LosVak) else ""


def as_list(waarde: Plat) -> list[Plat]:
    """A list, where one value counts as a list of one."""
    return waarde if isinstance(waarde, list) else [waarde]


def _in_row(name: str, row: str) -> bool:
    return name.startswith(f"{row}.") and name != f"{row}.{ER}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
