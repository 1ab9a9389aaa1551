"""The form of a landlord's decision as the page shows it: each field with its words, what was typed, what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from regels.beleid.banden import WOORDEN
from service.beheer.beleidsinvoer import NIEUWE_BRON, Beleidsstuk
from service.beheer.beleidskeus import Keusvak
from service.beheer.beleidstabel import BOVEN, NAAR, Tabelvak, dimensions, edge_of
from service.beheer.beleidsvakken import (
    ER,
    NIEUW,
    SOORT,
    Bronvak,
    Dagvak,
    Getalvak,
    Rijenvak,
    Sleutelvak,
    Tekstvak,
    Vinkvak,
    Vormvak,
    Woordvak,
)
from service.beheer.beleidsvorm import BELEID
from web.raamwerk.teksten import groep, tekst

# what is seldom needed, and stands folded until it is
_ZELDEN: Final = ("bron", "zekerheid", "naam")
_ZELDEN_BIJ_LABEL: Final = ("status", "besluit_voor")
_GEMELD: Final = ("meeste", "gemiddeld", "op_verzoek")
_TEKENS: Final = {"procent": "%", "bedrag": "€"}
# own words for outcomes stand apart from the questions
WOORDEN_NAAM: Final = "woorden"
_LANG: Final = ("tekst", "altijd", "op_verzoek", "titel", "vindplaats", "url", "als", "zelf", "alleen_als")


@dataclass
class Beleidsvak:
    """A field on the page, or several: ``delen`` with ``zelden`` folded, and ``per`` what each option asks further."""

    soort: str
    naam: str
    label: str = ""
    hint: str = ""
    fout: str = ""
    waarde: str = ""
    teken: str = ""
    vorig: str = ""
    opties: list[tuple[str, str]] = field(default_factory=list)
    gekozen: frozenset[str] = frozenset()
    delen: list["Beleidsvak"] = field(default_factory=list)
    zelden: list["Beleidsvak"] = field(default_factory=list)
    per: list[tuple[str, "Beleidsvak"]] = field(default_factory=list)
    lang: bool = False
    bron: bool = False
    erbij: str = ""
    zelden_kop: str = ""

    @property
    def id(self) -> str:
        """The name as an id."""
        return id_of(self.naam)

    @property
    def open(self) -> bool:
        """Whether something that is seldom needed was filled in, or is wrong."""
        return any(part.gevuld for part in self.zelden)

    @property
    def gevuld(self) -> bool:
        """Whether anything was filled in here, or is wrong."""
        inner = (*self.delen, *self.zelden, *(part for _, part in self.per))
        return bool(self.waarde or self.fout or self.gekozen) or any(part.gevuld for part in inner)


def _seldom(name: str) -> str:
    if name == "onderdelen":
        return tekst("beleid.zelden.deel")
    return tekst("beleid.zelden.label") if name in ("energielabel", "rijen") else tekst("beleid.zelden.anders")


def _is_words(naam: str) -> bool:
    return naam.startswith(f"{WOORDEN_NAAM}.")


def id_of(naam: str) -> str:
    """The id of a field by its name; a label with a plus has none."""
    return "v-" + naam.replace("+", "p").replace(".", "-")


class Vormbeeld:
    """Builds what the page shows of what was typed in ``getypt``, with ``fouten`` by field."""

    def __init__(self, stuk: Beleidsstuk, getypt: Mapping[str, str], fouten: Mapping[str, str]) -> None:
        self.stuk, self.getypt, self.fouten = stuk, getypt, fouten
        self.bronnen = [("", tekst("beleid.kies")), *stuk.bronnen.items(), (NIEUW, tekst("beleid.nieuwe_bron"))]
        self.named: dict[str, str] = {}
        self.words, self.labels, self.hints = groep("beleid.woord"), groep("beleid.veld"), groep("beleid.hulp")

    def beeld(self) -> Beleidsvak:
        """The whole form."""
        whole = self._groep(BELEID, "", "")
        whole.delen += whole.zelden
        whole.zelden = []
        return whole

    def deel(self, sleutel: str) -> Beleidsvak:
        """One of the parts of the form."""
        return next(part for part in self.beeld().delen if part.naam == sleutel)

    def nieuwe_bron(self) -> Beleidsvak:
        """What is asked of a new source."""
        return self._groep(NIEUWE_BRON, "nieuwe_bron", "nieuwe_bron")

    def kiest_nieuw(self) -> bool:
        """Whether somewhere a new source was chosen."""
        return any(value == NIEUW for name, value in self.getypt.items() if ".bron." in f".{name}")

    def fout_lijst(self) -> list[tuple[str, str, str]]:
        """Every fault: where it leads, what it is about, and what it says."""
        if not self.named:
            self.beeld()
            self.nieuwe_bron()
        return [
            (id_of(at) if at else "", self._kort(at), tekst("beleid.vorm.woord_weg") if _is_words(at) else said)
            for at, said in self.fouten.items()
        ]

    # fields

    def _vak(self, vak: Vormvak, at: str, name: str, outer: str = "") -> Beleidsvak:
        key = f"{outer}_{name}" if f"{outer}_{name}" in self.labels else name
        label, hint = self.labels.get(key, name), self.hints.get(key, "")
        if isinstance(vak, Sleutelvak):
            made = self._groep(vak, at, name)
        elif isinstance(vak, Rijenvak):
            made = self._lijst(vak, at, name)
        elif isinstance(vak, Keusvak):
            made = self._keus(vak, at, name)
        elif isinstance(vak, Tabelvak):
            made = self._tabel(vak, at)
        elif isinstance(vak, Vinkvak):
            made = self._vinkjes(vak.opties, at, name)
        else:
            made = self._los(vak, at, name)
        made.label, made.hint = label, hint
        self.named[made.naam] = label
        return made

    def _los(self, vak: Vormvak, at: str, name: str) -> Beleidsvak:
        made = Beleidsvak("tekst", at, fout=self.fouten.get(at, ""), waarde=self.getypt.get(at, ""))
        made.vorig = self.stuk.vorig.get(at, "")
        if isinstance(vak, Woordvak):
            made.soort, made.opties = "woord", [("", tekst("beleid.kies")), *self._opties(name, vak.opties)]
            made.vorig = self._word(name, made.vorig) if made.vorig else ""
        elif isinstance(vak, Bronvak):
            made.soort, made.opties, made.bron = "woord", list(self.bronnen), True
            if made.waarde and made.waarde not in dict(made.opties):
                made.opties.append((made.waarde, made.waarde))
            made.vorig = self.stuk.bronnen.get(made.vorig, made.vorig)
        elif isinstance(vak, Getalvak):
            made.soort, made.teken = "getal", _TEKENS.get(vak.soort, "")
        elif isinstance(vak, Dagvak):
            made.soort = "dag"
        made.lang = isinstance(vak, Tekstvak) and name in _LANG
        return made

    def _groep(self, vak: Sleutelvak, at: str, name: str) -> Beleidsvak:
        made = Beleidsvak("groep", at, fout=self.fouten.get(at, ""))
        made.zelden_kop = _seldom(name)
        for part in vak.velden:
            seldom = part.sleutel in (*_ZELDEN, *_GEMELD) or (
                name in ("rijen", "energielabel") and part.sleutel in _ZELDEN_BIJ_LABEL
            )
            inner = self._vak(part.vak, f"{at}.{part.sleutel}".lstrip("."), part.sleutel, name)
            (made.zelden if seldom and at and name != "geschiedenis" else made.delen).append(inner)
        return made

    def _lijst(self, vak: Rijenvak, at: str, name: str) -> Beleidsvak:
        made = Beleidsvak("lijst", at, fout=self.fouten.get(at, ""), erbij=groep("beleid.erbij")[name])
        index = 0
        while f"{at}.{index}.{ER}" in self.getypt:
            row = self._vak(vak.vak, f"{at}.{index}{vak.naam}", name)
            row.label, row.hint = self._rij(name, index), ""
            made.delen.append(row)
            index += 1
        return made

    def _keus(self, vak: Keusvak, at: str, name: str) -> Beleidsvak:
        here = f"{at}.{SOORT}"
        made = Beleidsvak("keus", here, fout=self.fouten.get(here, ""), waarde=self.getypt.get(here, ""))
        made.opties = [("", tekst("beleid.kies")), *self._opties(name, [one.woord for one in vak.opties])]
        before = self.stuk.vorig.get(here, "")
        made.vorig = self._word(name, before) if before else ""
        for option in vak.opties:
            if option.inhoud is not None:
                inner = self._vak(option.inhoud, f"{at}.{option.woord}", option.woord, name)
                if isinstance(option.inhoud, Sleutelvak):
                    inner = self._groep(option.inhoud, f"{at}.{option.woord}", name)
                elif inner.label == option.woord:
                    inner.label = self._word(name, option.woord)
                made.per.append((option.woord, inner))
        if vak.herkomst is not None:
            made.zelden, made.zelden_kop = self._groep(vak.herkomst, at, name).zelden, _seldom("")
        return made

    def _vinkjes(self, words: Iterable[str], at: str, name: str) -> Beleidsvak:
        ticked = frozenset(word for word in words if self.getypt.get(f"{at}.{word}"))
        made = Beleidsvak("vinkjes", at, fout=self.fouten.get(at, ""), gekozen=ticked)
        made.opties = self._opties(name, words)
        made.vorig = ", ".join(label for word, label in made.opties if self.stuk.vorig.get(f"{at}.{word}"))
        return made

    # tables

    def _tabel(self, vak: Tabelvak, at: str) -> Beleidsvak:
        made = Beleidsvak("tabel", at, fout=self.fouten.get(at, ""))
        for index in (0, 1):
            here = f"{at}.naar.{index}"
            choice = Beleidsvak("woord", here, self.labels[f"naar_{index}"], fout=self.fouten.get(here, ""))
            choice.waarde = self.getypt.get(here, "")
            choice.opties = [("", tekst("beleid.kies")), *self._opties("naar", NAAR)]
            made.delen.append(choice)
        names = dimensions(self.getypt, at)
        if "aandeel_wws" in names:
            made.delen.append(self._vak(Getalvak("procent"), f"{at}.afgerond_op", "afgerond_op"))
        if names:
            made.delen.append(self._rijen(vak, f"{at}.rijen", names))
        return made

    def _rijen(self, vak: Tabelvak, at: str, names: list[str]) -> Beleidsvak:
        made = Beleidsvak("lijst", at, self.labels["tabelrijen"], fout=self.fouten.get(at, ""))
        made.erbij = groep("beleid.erbij")["rijen"]
        made.hint = self.hints["tabelrijen"] if names[0] not in WOORDEN else ""
        index = 0
        while f"{at}.{index}.{ER}" in self.getypt:
            here = f"{at}.{index}"
            row = Beleidsvak("groep", here, self._rij("tabelrij", index))
            if names[0] in WOORDEN:
                part = self._vinkjes(WOORDEN[names[0]], f"{here}.is", "is")
                part.label = self._word("naar", names[0])
                row.delen.append(part)
            else:
                edge = self._vak(edge_of(names[0]), f"{here}.grens", "grens", "tabel")
                side = self._vak(Woordvak(BOVEN), f"{here}.rand", "rand")
                row.delen += [side, edge]
            inner = (
                self._rijen(vak, f"{here}.rijen", names[1:])
                if names[1:]
                else self._vak(vak.cel, f"{here}.krijgt", "krijgt")
            )
            row.delen.append(inner)
            made.delen.append(row)
            index += 1
        return made

    # words

    def _opties(self, name: str, words: Iterable[str]) -> list[tuple[str, str]]:
        return [(word, self._word(name, word)) for word in words]

    def _word(self, name: str, word: str) -> str:
        return self.words.get(f"{name}_{word}", self.words.get(word, word))

    def _rij(self, name: str, index: int) -> str:
        return tekst("beleid.rij", naam=groep("beleid.rijnaam").get(name, name), nummer=index + 1)

    def _kort(self, at: str) -> str:
        """What a field is called in the list of faults: its own label, or of own words the outcome."""
        if at in self.named:
            return self.named[at]
        head, _, last = at.rpartition(".")
        return last if _is_words(at) else self.named.get(head, "")
