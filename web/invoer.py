"""From what was typed in the form to a question, with every fault at once.

The names in the form are the JSON pointers with dots (``woning.kaleHuur``, ``personen.0.inkomen``). What is typed is
kept as it was, for showing it again; empty is unknown.
"""

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from regels import Vraag
from regels.velden import Veld, velden
from regels.vraag import MOST_PERSONS, Fout, VraagFout, read
from web.bedragen import Melding, read_amount, read_number, read_whole_amount
from web.datums import read_date
from web.teksten import tekst

Gelezen = Decimal | int | bool | date | str
_PERSON = re.compile(r"personen\.(\d{1,3})\.([A-Za-z0-9]+)", re.ASCII)
YES_NO = {"ja": True, "nee": False}


@dataclass(frozen=True, slots=True)
class Formulier:
    """What was typed: the text of each field by name, and the number of people."""

    tekst: Mapping[str, str]
    personen: int
    actie: str = ""
    vreemd: bool = False

    @classmethod
    def empty(cls) -> "Formulier":
        """A fresh form: one person, the tenant."""
        return cls({"personen.0.rol": "huurder"}, 1)

    @classmethod
    def parse(cls, items: Iterable[tuple[str, object]]) -> "Formulier":
        """The posted ``items``; people are numbered from 0 without gaps.

        What is no part of this form is not kept; ``vreemd`` tells that there was something.
        """
        own: dict[str, str] = {}
        rows: dict[int, dict[str, str]] = {}
        action, strange = "", False
        known, of_person = {name for name, _ in fields(0)}, _names_of_a_person()
        for name, value in items:
            match = _PERSON.fullmatch(name)
            target = own if match is None else rows.setdefault(int(match[1]), {})
            key = name if match is None else match[2]
            if not isinstance(value, str) or key in target:
                strange = True
            elif name == "actie":
                action = value
            elif key in (known if match is None else of_person):
                target[key] = value
            else:
                strange = True
        people = [rows[index] for index in sorted(rows)]
        return cls(own | _numbered(people), max(1, len(people)), action, strange)

    def added(self) -> "Formulier":
        """This form with one more, empty, person."""
        return Formulier(self.tekst, min(self.personen + 1, MOST_PERSONS))

    def without(self, person: int) -> "Formulier":
        """This form without ``person``; the others move up."""
        people = [
            {name: self.tekst.get(f"personen.{index}.{name}", "") for name in _names_of_a_person()}
            for index in range(self.personen)
            if index != person
        ]
        own = {name: text for name, text in self.tekst.items() if not name.startswith("personen.")}
        return Formulier(own | _numbered(people), max(1, len(people)))


@dataclass(frozen=True, slots=True)
class Invoer:
    """A form as it was read: the values by name, the faults, and the question when there are none."""

    formulier: Formulier
    gelezen: Mapping[str, Gelezen]
    fouten: tuple[Fout, ...]
    vraag: Vraag | None


def read_form(form: Formulier, vandaag: date) -> Invoer:
    """The question in ``form``; ``vandaag`` is the peildatum where none was typed."""
    values: dict[str, Gelezen] = {}
    faults = [Fout("", tekst("algemeen.keuze.vreemd"))] * form.vreemd
    for name, veld in fields(form.personen):
        if text := form.tekst.get(name, "").strip():
            value = _read(veld, text)
            if isinstance(value, Melding):
                faults.append(Fout(pointer_of(name), value.tekst))
            else:
                values[name] = value
    faults += _twice(values)
    data = _nested(values, form.personen)
    if not form.tekst.get("peildatum", "").strip():
        data["peildatum"] = vandaag.isoformat()
    vraag, found = _question(data)
    faults += [fault for fault in found if fault.veld not in {known.veld for known in faults}]
    return Invoer(form, values, tuple(faults), vraag if not faults else None)


def fields(persons: int) -> Iterable[tuple[str, Veld]]:
    """Every field of a form with this many people, with its name in the form."""
    for veld in velden().values():
        if veld.groep == "persoon":
            for index in range(persons):
                yield name_of(veld.pointer(index)), veld
        else:
            yield name_of(veld.pointer()), veld


def name_of(pointer: str) -> str:
    """The name in the form of the field at a JSON pointer."""
    return pointer.removeprefix("/").replace("/", ".")


def pointer_of(name: str) -> str:
    """The JSON pointer of the field with this name in the form."""
    return "/" + name.replace(".", "/")


def _names_of_a_person() -> frozenset[str]:
    return frozenset(veld.json for veld in velden().values() if veld.groep == "persoon")


def _numbered(people: list[dict[str, str]]) -> dict[str, str]:
    return {f"personen.{index}.{name}": text for index, person in enumerate(people) for name, text in person.items()}


def _read(veld: Veld, text: str) -> Gelezen | Melding:
    match veld.soort:
        case "bedrag":
            return read_amount(text)
        case "heel_bedrag":
            return read_whole_amount(text)
        case "aantal" | "jaartal":
            return read_number(text)
        case "datum":
            return read_date(text)
        case "ja_nee":
            return YES_NO[text] if text in YES_NO else Melding(tekst("algemeen.keuze.ja_nee"))
        case _:
            return text if text in veld.waarden else Melding(tekst("algemeen.keuze.lijst"))


def _nested(values: Mapping[str, Gelezen], persons: int) -> dict[str, Any]:
    """The values in the JSON shape of a question."""
    data: dict[str, Any] = {"personen": [{} for _ in range(persons)]}
    for name, value in values.items():
        *path, last = name.split(".")
        place: Any = data
        for part in path:
            place = place[int(part)] if isinstance(place, list) else place.setdefault(part, {})
        if isinstance(place, dict):
            place[last] = value.isoformat() if isinstance(value, date) else value
    return data


def _twice(values: Mapping[str, Gelezen]) -> list[Fout]:
    """A field that is filled in both as one amount and as its parts; JSON has room for one of the two."""
    whole = {name.rpartition(".")[0] for name in values} & values.keys()
    return [Fout(pointer_of(name), tekst("algemeen.keuze.dubbel")) for name in whole]


def _question(data: dict[str, Any]) -> tuple[Vraag | None, list[Fout]]:
    """The question, or every fault: fields that do not fit are left out once, to find what does not fit together."""
    try:
        return read(data), []
    except VraagFout as error:
        faults = error.fouten
    rest = deepcopy(data)
    for fault in faults:
        _leave_out(rest, fault.veld)
    try:
        read(rest)
    except VraagFout as error:
        faults = faults + [fault for fault in error.fouten if fault not in faults]
    return None, faults


def _leave_out(data: Any, pointer: str) -> None:
    *path, last = pointer.split("/")[1:] or [""]
    for part in path:
        data = data[int(part)] if isinstance(data, list) else data.get(part, {})
    if isinstance(data, dict):
        data.pop(last, None)
