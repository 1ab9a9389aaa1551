"""A landlord's decision in a draft: opened as what one would type, and what was typed put back into its files."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from regels.beleid.blokken import STATUSSEN_BELEID
from regels.beleid.inlezen import BESTAND
from regels.bestanden import Faults, RegelsetError, parse_file
from regels.eigenaren import BESTAND as EIGENAAR
from regels.eigenaren import owner_of, read_owner
from regels.laden import hash_of_file
from service.beheer.beheerfouten import BeheerFout, Ingehaald
from service.beheer.beleidsbestand import put_in, read_plain, same
from service.beheer.beleidsvakken import ER, JA, NIEUW, Pad, Plat, Sleutelvak, Tekstvak, Vormlezing, Vormveld, as_list
from service.beheer.beleidsvorm import BELEID, REKENT, with_both_edges
from service.beheer.wetsbron import genoemde_artikelen

Bestanden = Mapping[str, bytes]
NIEUWE_BRON: Final = Sleutelvak(
    tuple(Vormveld(name, Tekstvak(), True) for name in ("titel", "url", "datum", "vindplaats")),
)
_BRON: Final = "nieuwe_bron"
_WOORDEN: Final = "woorden"
_GESCHIEDENIS: Final = "geschiedenis"
_LONGEST: Final = 60
_ZONDER_VOLGORDE: Final = ("is", "voor", "treft", "inkomen")
# what has happened stays visible; that nothing was known is nothing that happened
_TELLEN: Final = tuple(word for word in STATUSSEN_BELEID if word != "onbekend")


@dataclass(frozen=True)
class Beleidsronde:
    """A round of a landlord in a draft; ``status`` is empty where nothing was entered."""

    verhuurder: str
    naam: str
    ronde: int
    status: str
    gewijzigd: bool

    @property
    def bestand(self) -> str:
        """Its file."""
        return file_of(self.verhuurder, self.ronde)


@dataclass(frozen=True)
class Beleidsstuk:
    """A policy as it stands in a draft.

    ``getypt`` is what one would have typed; ``vorig`` the same of the round before, to look at; ``basis`` is what was
    published; ``woorden`` are the own words for outcomes, which stay as they are or go.
    """

    ronde: Beleidsronde
    inhoud: bytes
    plat: dict[str, Plat]
    getypt: Mapping[str, str]
    vorig: Mapping[str, str]
    basis: dict[str, Plat]
    woorden: tuple[tuple[str, str, str], ...]
    bronnen: Mapping[str, str]

    @property
    def volledig(self) -> bool:
        """Whether the form shows all that the file says; what it would leave out, it may not write."""
        rest = {key: value for key, value in self.plat.items() if key != _WOORDEN}
        again = BELEID.lees(Vormlezing(BELEID.typ(rest, ""), streng=False), "", (), True)
        return same(_meaning(again or {}), _meaning(rest))

    @property
    def kenmerk(self) -> str:
        """What it stands in the draft now; it changes with the file."""
        return hash_of_file(self.inhoud)


@dataclass(frozen=True)
class Ingevuld:
    """What was typed, as the files that it makes; with ``fouten`` by field these are as far as it could be read."""

    getypt: Mapping[str, str]
    bestanden: dict[str, bytes]
    plat: dict[str, Plat]
    fouten: dict[str, str]
    waar: Mapping[Pad, str]


def file_of(verhuurder: str, ronde: int) -> str:
    """The file of a policy."""
    return f"{verhuurder}/beleid/{ronde}.yaml"


def rondes(bestanden: Bestanden, basis: Bestanden, jaar: int) -> list[Beleidsronde]:
    """Every round of every landlord, the newest first; with those of ``jaar`` and of the year after."""
    found = []
    for owner, name in landlords(bestanden).items():
        years = {int(match["ronde"]) for file in bestanden if (match := BESTAND.fullmatch(file)) and match[1] == owner}
        for year in sorted(years | {jaar, jaar + 1}, reverse=True):
            found.append(_ronde(bestanden, basis, owner, name, year))
    return found


def landlords(bestanden: Bestanden) -> dict[str, str]:
    """The corporations of a draft, with how they are called."""
    found = {}
    for file, content in bestanden.items():
        if file.endswith(f"/{EIGENAAR}"):
            faults = Faults()
            owner = read_owner(owner_of(file), parse_file(content, file, faults), faults)
            if owner.soort == "corporatie":
                found[owner.id] = owner.naam
    return found


def open_(bestanden: Bestanden, basis: Bestanden, verhuurder: str, ronde: int) -> Beleidsstuk:
    """A policy of a draft. Raises :class:`BeheerFout` for a landlord that is not there."""
    names = landlords(bestanden)
    if verhuurder not in names or not 2000 <= ronde <= 2100:
        raise BeheerFout("Deze verhuurder of deze ronde staat niet in dit concept. Kies er een uit de lijst.")
    file = file_of(verhuurder, ronde)
    content, plain = bestanden.get(file, b""), _plain(bestanden, file)
    return Beleidsstuk(
        ronde=_ronde(bestanden, basis, verhuurder, names[verhuurder], ronde),
        inhoud=content,
        plat=plain,
        getypt=BELEID.typ(plain, "") if plain else _begin(),
        vorig=BELEID.typ(_plain(bestanden, file_of(verhuurder, ronde - 1)), ""),
        basis=_plain(basis, file),
        woorden=tuple(_woorden(plain)),
        bronnen=sources(bestanden, verhuurder),
    )


def fill_in(bestanden: Bestanden, stuk: Beleidsstuk, getypt: Mapping[str, str]) -> Ingevuld:
    """What was typed as files, with what is wrong in it, as far as that can be seen without the other rules."""
    typed = with_history(stuk, getypt)
    reading = Vormlezing(typed, streng=typed.get("status") == REKENT)
    if not stuk.volledig:
        reading.fout(
            "status",
            f"Het bestand {stuk.ronde.bestand} zegt iets dat hier niet te zien is. Wijzig het bestand zelf.",
        )
    made: dict[str, bytes] = {}
    if NIEUW in {value for name, value in typed.items() if ".bron." in f".{name}"}:
        typed, made = _new_source(bestanden, stuk, typed, reading)
    reading.getypt = typed
    found = BELEID.lees(reading, "", (), True)
    data = found if isinstance(found, dict) else {}
    _check_history(stuk, data, reading)
    words = _kept_words(stuk, typed, reading)
    if words:
        data[_WOORDEN] = words
    if BELEID.typ(data, "") == BELEID.typ(stuk.plat, "") and words == stuk.plat.get(_WOORDEN, {}) and stuk.inhoud:
        data = stuk.plat
    made[stuk.ronde.bestand] = put_in(stuk.inhoud, stuk.ronde.bestand, data)
    return Ingevuld(getypt, made, data, reading.fouten, reading.waar)


def put(bestanden: Bestanden, stuk: Beleidsstuk, getypt: Mapping[str, str], kenmerk: str) -> dict[str, bytes]:
    """The files of a draft with what was typed; ``kenmerk`` is what the policy was when somebody began to type.

    Raises :class:`Ingehaald` when another changed it since; of the sources of the landlord what others added stays.
    """
    if hash_of_file(bestanden.get(stuk.ronde.bestand, b"")) != kenmerk:
        raise Ingehaald(
            "Een ander heeft dit besluit intussen gewijzigd. Wat u typte, staat hieronder en is niet bewaard. Open het "
            "besluit in een ander tabblad, kijk wat er nu staat, en neem uw wijzigingen daar over."
        )
    fresh = replace(stuk, bronnen=sources(bestanden, stuk.ronde.verhuurder))
    return {**bestanden, **fill_in(bestanden, fresh, getypt).bestanden}


def with_history(stuk: Beleidsstuk, getypt: Mapping[str, str]) -> dict[str, str]:
    """What was typed; where the status became another one, with a line for what it was, of which the day is asked."""
    typed = dict(getypt)
    was = str(stuk.basis.get("status", ""))
    index = 0
    while f"{_GESCHIEDENIS}.{index}.{ER}" in typed:
        if typed.get(f"{_GESCHIEDENIS}.{index}.status") == was:
            return typed
        index += 1
    if was in _TELLEN and typed.get("status") and typed["status"] != was:
        line: dict[str, Plat] = {"status": was} | ({"bron": stuk.basis["bron"]} if "bron" in stuk.basis else {})
        moved = BELEID.typ({_GESCHIEDENIS: [{}] * index + [line]}, "")
        typed = {key: value for key, value in moved.items() if key.startswith(f"{_GESCHIEDENIS}.{index}.")} | dict(
            getypt
        )
    return typed


def _check_history(stuk: Beleidsstuk, data: Mapping[str, Plat], reading: Vormlezing) -> None:
    kept = as_list(data.get(_GESCHIEDENIS, []))
    for line in as_list(stuk.basis.get(_GESCHIEDENIS, [])):
        if not any(same(line, one) for one in kept):
            reading.fout(
                _GESCHIEDENIS, "Wat over deze ronde is gepubliceerd, blijft staan. Zet de regel terug die u weghaalde."
            )


def _meaning(value: Plat) -> Plat:
    """What a file says: the order of some words makes no difference, nor on which side an edge of people is."""
    if isinstance(value, list):
        return [_meaning(one) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Plat] = {}
    for key, inner in value.items():
        if key in _ZONDER_VOLGORDE:
            found[key] = sorted(as_list(inner), key=str)
        else:
            found[key] = _meaning(with_both_edges(inner) if key == "personen" else inner)
    return found


# own words


def _woorden(plain: Mapping[str, Plat]) -> Iterator[tuple[str, str, str]]:
    """Each outcome with words of its own: the decision, the outcome, and the first of what is said."""
    words = plain.get(_WOORDEN, {})
    for decision, block in words.items() if isinstance(words, dict) else ():
        for rule, said in block.items() if isinstance(block, dict) else ():
            yield decision, rule, _first_text(said)


def _first_text(value: Plat) -> str:
    if isinstance(value, str):
        return value
    children = list(value.values()) if isinstance(value, dict) else value
    return _first_text(children[0]) if children else ""


def _kept_words(stuk: Beleidsstuk, typed: Mapping[str, str], reading: Vormlezing) -> dict[str, Plat]:
    found: dict[str, Plat] = {}
    words = stuk.plat.get(_WOORDEN, {})
    for decision, block in words.items() if isinstance(words, dict) else ():
        kept = {}
        for rule, said in block.items() if isinstance(block, dict) else ():
            at = f"{_WOORDEN}.{decision}.{rule}"
            if typed.get(at) != JA:
                kept[rule] = said
                reading.waar[(_WOORDEN, decision, rule)] = at
        if kept:
            found[decision] = kept
    return found


# sources


def sources(bestanden: Bestanden, verhuurder: str) -> dict[str, str]:
    """The titles of all sources by name, those of the landlord first."""
    found: dict[str, str] = {}
    own = f"{verhuurder}/bronnen.yaml"
    files = [file for file in bestanden if file.rpartition("/")[2] == "bronnen.yaml"]
    for file in sorted(files, key=lambda name: (name != own, name)):
        for name, entry in _plain(bestanden, file).items():
            said = (
                [str(entry[key]) for key in ("titel", "vindplaats") if key in entry] if isinstance(entry, dict) else []
            )
            found[name] = ": ".join(said) or name
    return found


def _new_source(
    bestanden: Bestanden, stuk: Beleidsstuk, typed: Mapping[str, str], reading: Vormlezing
) -> tuple[dict[str, str], dict[str, bytes]]:
    """What was typed with the name of the new source where that was chosen, and the file of sources with it."""
    described = NIEUWE_BRON.lees(reading, _BRON, (_BRON,), True)
    entry = dict(described) if isinstance(described, dict) else {}
    if law := genoemde_artikelen(bestanden, str(entry.get("url", "")), str(entry.get("vindplaats", ""))):
        entry["artikelen"] = list(law)
    name = _free_name(str(entry.get("titel", "")) or "bron", stuk)
    renamed = {key: name if value == NIEUW and ".bron." in f".{key}" else value for key, value in typed.items()}
    file = f"{stuk.ronde.verhuurder}/bronnen.yaml"
    known = _plain(bestanden, file)
    return renamed, {file: put_in(bestanden.get(file, b""), file, {**known, name: entry})}


def _free_name(title: str, stuk: Beleidsstuk) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "bron"
    if not name[0].isalpha():
        name = f"bron-{name}"
    again, index = name, 2
    while again in stuk.bronnen:
        again, index = f"{name}-{index}", index + 1
    return again


# parts


def _ronde(bestanden: Bestanden, basis: Bestanden, owner: str, name: str, year: int) -> Beleidsronde:
    file = file_of(owner, year)
    status = str(_plain(bestanden, file).get("status", ""))
    return Beleidsronde(owner, name, year, status, bestanden.get(file) != basis.get(file))


def _plain(bestanden: Bestanden, file: str) -> dict[str, Plat]:
    try:
        found = read_plain(bestanden[file], file) if file in bestanden else {}
    except RegelsetError as error:
        raise BeheerFout(f"Dit bestand van het concept is niet te lezen: {error}") from None
    return found if isinstance(found, dict) else {}


def _begin() -> dict[str, str]:
    """A form in which nothing was filled in: the rows that every decision has."""
    return {f"bron.0.{ER}": "1", f"onderdelen.0.{ER}": "1"}
