"""From what was typed in the form to a question, with every fault at once.

The names in the form are the JSON pointers with dots (``woning.kaleHuur``, ``personen.0.inkomen``). What is typed is
kept as it was, for showing it again; empty is unknown.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from starlette.exceptions import HTTPException

from regels import Regelset, Vraag, toets
from regels.bandbreedte import Band, bands, check_band, knows_income
from regels.opmaak import bedrag
from regels.plekken import Plek, form_name, pointer_of
from regels.regelset import eens
from regels.uitslag import Uitslag
from regels.vraag import MOST_PERSONS, Fout, VraagFout
from regels.wijzer import get, put
from service.invoer.bedragen import Melding
from service.invoer.bsn import holds_bsn
from service.invoer.datums import read_date_parts
from service.invoer.lezen import Gelezen, read_text
from web.formulier.stroken import MEEST, NAAM, VOLLEDIG, Stroken, count_slips, numbered_slips, read_slips
from web.raamwerk.teksten import tekst

_PERSON = re.compile(r"personen\.(\d{1,3})\.([A-Za-z0-9.]+)", re.ASCII)
# a date that people know by heart has three fields
GESPLITST = "geboortedatum"
DELEN = ("dag", "maand", "jaar")
# how many fields a form may have
FIELDS_AT_MOST = 1_000
INGANG, BAND, STAP = "ingang", "inkomensband", "stap"
_OF_THE_FORM = frozenset({INGANG, BAND, STAP})
# in front of the name of a field that is asked again beside the answer; it counts where the field itself is empty
VRAAG = "vraag."
# what is posted with the form and is no part of the question: it stands beside the answer
KENMERK, MERK, GRENS, VOUWEN, DEEL, ANDERS = "kenmerk", "merk", "grens", "vouwen", "deel", "anders."
_BESIDE = frozenset({KENMERK, MERK, GRENS, VOUWEN, DEEL})


class TeVeelPersonen(HTTPException):
    """More people than a form can hold."""

    def __init__(self) -> None:
        super().__init__(400, tekst("invoer.te_veel.tekst", aantal=MOST_PERSONS))


@dataclass(frozen=True, slots=True)
class Formulier:
    """What was typed in a form with the fields of ``regels``: the text of each by name, and the number of people."""

    regels: Regelset
    tekst: Mapping[str, str]
    personen: int
    actie: str = ""
    vreemd: bool = False

    @classmethod
    def empty(cls, regels: Regelset, **vooraf: str) -> "Formulier":
        """A fresh form: one person, the tenant, and what an entrance fills in beforehand."""
        return cls(regels, {"personen.0.rol": "huurder"} | vooraf, 1)

    @classmethod
    def parse(cls, regels: Regelset, items: Iterable[tuple[str, object]]) -> "Formulier":
        """The posted ``items``; people and their slips are numbered from 0 without gaps.

        What is no part of this form is not kept; ``vreemd`` tells that there was something. Raises
        :class:`TeVeelPersonen` before anything is made of them: a page with a thousand people takes seconds.
        """
        own: dict[str, str] = {}
        rows: dict[int, dict[str, str]] = {}
        action, strange = "", False
        items = _with_answers(items)
        known = {plek.naam for plek in places(regels, 0)} | _OF_THE_FORM
        for name, value in items:
            if name in _BESIDE or name.startswith(ANDERS):
                continue
            match = _PERSON.fullmatch(name)
            target = own if match is None else rows.setdefault(int(match[1]), {})
            key = name if match is None else match[2]
            if not isinstance(value, str) or key in target:
                strange = True
            elif name == "actie":
                action = value
            elif key in known if match is None else _of_a_person(regels, key):
                target[key] = value
            else:
                strange = True
        if len(rows) > MOST_PERSONS:
            raise TeVeelPersonen
        people = [numbered_slips(rows[index]) for index in sorted(rows)]
        return cls(regels, own | _numbered(people), max(1, len(people)), action, strange)

    @property
    def ingang(self) -> str:
        """The entrance this form was opened by, as it was posted."""
        return self.tekst.get(INGANG, "")

    def added(self) -> "Formulier":
        """This form with one more, empty, person."""
        return Formulier(self.regels, self.tekst, min(self.personen + 1, MOST_PERSONS))

    def without(self, person: int) -> "Formulier":
        """This form without ``person``; the others move up."""
        people = [own for index, own in enumerate(self._people()) if index != person]
        return Formulier(self.regels, self._shared() | _numbered(people), max(1, len(people)))

    def with_slip(self, person: int) -> "Formulier":
        """This form with one more, empty, income slip for ``person``."""
        rows = count_slips(self.tekst, person)
        if rows >= MEEST or not 0 <= person < self.personen:
            return self
        return Formulier(
            self.regels, dict(self.tekst) | {f"personen.{person}.stroken.{rows}.bedrag": ""}, self.personen
        )

    def without_slip(self, person: int, slip: int) -> "Formulier":
        """This form without one income slip of ``person``; the others move up."""
        people = [
            numbered_slips(own, slip) if index == person else dict(own) for index, own in enumerate(self._people())
        ]
        return Formulier(self.regels, self._shared() | _numbered(people), self.personen)

    def _people(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = [{} for _ in range(self.personen)]
        for name, text in self.tekst.items():
            if match := _PERSON.fullmatch(name):
                found[int(match[1])][match[2]] = text
        return found

    def _shared(self) -> dict[str, str]:
        return {name: text for name, text in self.tekst.items() if not name.startswith("personen.")}


@dataclass(frozen=True, slots=True)
class Invoer:
    """A form as it was read: the values by name, the slips, the faults, and the question when there are none.

    ``rest`` is the question without the fields that have a fault: what can be told while somebody mends them.
    """

    formulier: Formulier
    gelezen: Mapping[str, Gelezen]
    fouten: tuple[Fout, ...]
    vraag: Vraag | None
    stroken: tuple[Stroken, ...] = ()
    band: Band | None = None
    rest: Vraag | None = None

    @property
    def regels(self) -> Regelset:
        """The rules that the form was read by."""
        return self.formulier.regels

    def unjudged(self) -> "Invoer":
        """The same without its faults: for a form that is not finished."""
        return replace(self, fouten=())

    def uitslag(self, anders: Vraag | None = None) -> Uitslag:
        """The answer to the question, or to another one (``anders``) about the same household.

        There must be a question, if need be without the faulty fields. The band counts while nobody has an income of
        their own. Raises what :func:`regels.toets` raises.
        """
        asked = anders or self.rest
        assert asked is not None
        if self.band is None or knows_income(asked):
            return toets(asked, self.regels)
        return check_band(asked, self.band, self.regels)


def _with_answers(items: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    """``items`` with what was answered beside the answer in the place of the field that it is about."""
    posted = list(items)
    answers = {name.removeprefix(VRAAG): value for name, value in posted if name.startswith(VRAAG) and value}
    own = [item for item in posted if not item[0].startswith(VRAAG)]
    filled = {name for name, value in own if value}
    left = [(name, value) for name, value in own if name not in answers or name in filled]
    return left + [(name, value) for name, value in answers.items() if name not in filled]


def read_form(form: Formulier, vandaag: date) -> Invoer:
    """The question in ``form``; ``vandaag`` is the peildatum where none was typed."""
    values: dict[str, Gelezen] = {}
    faults = [Fout("", tekst("algemeen.keuze.vreemd"))] * form.vreemd
    for plek in places(form.regels, form.personen):
        value = _value(form, plek)
        if isinstance(value, Melding):
            faults.append(Fout(plek.pointer, value.tekst))
        elif value is not None:
            values[plek.naam] = value
    slips = tuple(read_slips(form.tekst, person) for person in range(form.personen))
    faults += _add_up(slips, values)
    faults += _twice(values)
    data = _nested(values, form.personen)
    if not form.tekst.get("peildatum", "").strip():
        data["peildatum"] = vandaag.isoformat()
    vraag, rest, found = _question(form.regels, data)
    faults += [fault for fault in found if fault.veld not in {known.veld for known in faults}]
    band = _band(form, values, vandaag)
    if isinstance(band, Fout):
        faults.append(band)
    if faults or isinstance(band, Fout):
        told = tuple(_without_bsn(form, fault) for fault in faults)
        return Invoer(form, values, told, None, slips, None if isinstance(band, Fout) else band, rest)
    return Invoer(form, values, (), vraag, slips, band, vraag)


def _without_bsn(form: Formulier, fault: Fout) -> Fout:
    """``fault``, or where a BSN was typed that; what was typed is not repeated then."""
    typed = form.tekst.get(form_name(fault.veld), "")
    return Fout(fault.veld, tekst("algemeen.keuze.bsn")) if holds_bsn(typed) else fault


def places(regels: Regelset, persons: int) -> tuple[Plek, ...]:
    """Every field of a form with this many people; which municipality is not asked where there is one."""
    known = _places(regels)
    return known[persons] if persons in known else known.setdefault(persons, _made_places(regels, persons))


@eens
def _places(regels: Regelset) -> dict[int, tuple[Plek, ...]]:
    return {}  # asked for tens of times in an answer


def _made_places(regels: Regelset, persons: int) -> tuple[Plek, ...]:
    found = (*regels.plekken(persons), *map(Plek, regels.ontvangt.values()))
    if regels.eigenaren.meer_gemeenten:
        return found
    return tuple(plek for plek in found if plek.veld.waarden_van != "gemeenten")


def _of_a_person(regels: Regelset, key: str) -> bool:
    return key in _names_of_a_person(regels) or NAAM.fullmatch(key) is not None


@eens
def _names_of_a_person(regels: Regelset) -> frozenset[str]:
    own = {veld.json for veld in regels.velden.values() if veld.groep == "persoon"}
    return frozenset(own | {f"{GESPLITST}.{part}" for part in DELEN} | {VOLLEDIG})


def _numbered(people: list[dict[str, str]]) -> dict[str, str]:
    return {f"personen.{index}.{name}": text for index, person in enumerate(people) for name, text in person.items()}


def _value(form: Formulier, plek: Plek) -> Gelezen | Melding | None:
    """What was typed in one field, as a value; None where nothing was."""
    parts = [form.tekst.get(f"{plek.naam}.{part}", "").strip() for part in DELEN]
    if plek.veld.json == GESPLITST and any(parts):
        return read_date_parts(*parts)
    text = form.tekst.get(plek.naam, "").strip()
    return read_text(plek.veld, text) if text else None


def _band(form: Formulier, values: Mapping[str, Gelezen], vandaag: date) -> Band | Fout | None:
    """The band of incomes that was chosen; one of those on the peildatum."""
    chosen = form.tekst.get(BAND, "")
    if not chosen:
        return None
    day = values.get("peildatum", vandaag)
    known = bands(day if isinstance(day, date) else vandaag, form.regels)
    found = [band for band in known if band.id == chosen]
    if not found:
        return Fout(pointer_of(BAND), tekst("invoer.band.verlopen"))
    couple = [p for p in range(form.personen) if values.get(f"personen.{p}.rol") in ("huurder", "partner")]
    if any(f"personen.{person}.inkomen" in values for person in couple):
        return Fout(pointer_of(BAND), tekst("invoer.band.dubbel"))
    return found[0]


def _add_up(slips: tuple[Stroken, ...], values: dict[str, Gelezen]) -> Iterable[Fout]:
    """Put the sums of the slips that are said to be everything in ``values``; the faults of all slips."""
    for person, own in enumerate(slips):
        yield from own.fouten
        name = f"personen.{person}.inkomen"
        if own.inkomen is None:
            continue
        if values.setdefault(name, own.inkomen) != own.inkomen:
            yield Fout(pointer_of(name), tekst("invoer.strook.anders", som=bedrag(Decimal(own.inkomen))))


def _nested(values: Mapping[str, Gelezen], persons: int) -> dict[str, Any]:
    """The values in the JSON shape of a question."""
    data: dict[str, Any] = {"personen": [{} for _ in range(persons)]}
    for name, value in values.items():
        pointer = pointer_of(name)
        if not isinstance(get(data, pointer.rpartition("/")[0]), Decimal):  # one amount of service costs stays that
            put(data, pointer, value.isoformat() if isinstance(value, date) else value)
    return data


def _twice(values: Mapping[str, Gelezen]) -> list[Fout]:
    """A field that is filled in both as one amount and as its parts; JSON has room for one of the two."""
    whole = {name.rpartition(".")[0] for name in values} & values.keys()
    return [Fout(pointer_of(name), tekst("algemeen.keuze.dubbel")) for name in whole]


def _question(regels: Regelset, data: dict[str, Any]) -> tuple[Vraag | None, Vraag | None, list[Fout]]:
    """The question, the question without what is wrong, and every fault.

    Fields that do not fit are left out once, to find what does not fit together; what follows from that is no fault.
    """
    faults: list[Fout] = []
    rest = deepcopy(data)
    for tried in range(3):
        try:
            found = regels.vraag(rest)
        except VraagFout as error:
            faults += [fault for fault in error.fouten if fault not in faults and tried < 2]
            for fault in error.fouten:
                put(rest, fault.veld, None)
        else:
            # of another day than the one that was meant there is nothing to tell
            return (None if faults else found), (found if found.peildatum else None), faults
    return None, None, faults
