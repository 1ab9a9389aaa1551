"""Cases that others published, and made-up households: data beside this file, compared with what a rule set answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from regels import Regelset, toets
from regels.vraag import Vraag, VraagFout

Vraagdata = dict[str, Any]
# what comes out of a decision: outcome, values and sentence
Beeld = tuple[str, dict[str, Any], str]
_HERE: Final = files("service.beheer")


@dataclass(frozen=True, slots=True)
class Rekengeval:
    """A published case: the question as JSON, and what comes out of each decision, with how much it may differ.

    ``cijfers`` are cells of figures that the source names. With ``buiten`` it is not computed, and that says why.
    """

    naam: str
    bron: str
    vraag: Vraagdata
    verwacht: Mapping[str, Mapping[str, Any]]
    cijfers: Mapping[str, Mapping[str, Any]]
    buiten: str

    def mis(self, regels: Regelset) -> Iterator[str]:
        """What ``regels`` answers otherwise; nothing where it is as published. Raises :class:`VraagFout`."""
        question = regels.vraag(self.vraag)
        answer = toets(question, regels, tuple(self.verwacht))
        for besluit, expected in self.verwacht.items():
            found = answer.conclusie(besluit)
            if found.uitkomst != expected["uitkomst"]:
                yield f"{besluit} is '{found.uitkomst}', en gepubliceerd is '{expected['uitkomst']}'"
                continue
            for name, value in expected.get("waarden", {}).items():
                margin = Decimal(str(expected.get("marge", {}).get(name, 0)))
                if not _near(found.waarden.get(name), value, margin):
                    yield f"{name} van {besluit} is {found.waarden.get(name)}, en gepubliceerd is {value}"
        for name, cells in self.cijfers.items():
            day = question.rondedatum
            figure = next((one for one in regels.cijfers.get(name, ()) if one.venster.bevat(day)), None)
            for cell, value in cells.items():
                there = None if figure is None or not isinstance(figure.waarde, Mapping) else figure.waarde.get(cell)
                if there != value:
                    yield f"cijfer {name}[{cell}] is {there}, en gepubliceerd is {value}"


def _near(found: object, published: object, margin: Decimal) -> bool:
    if not isinstance(found, Decimal) or isinstance(published, str | bool):
        return found == published
    return abs(found - Decimal(str(published))) <= margin


@dataclass(frozen=True, slots=True)
class Grensveld:
    """Which fields are changed for a limit of a unit, and by how much."""

    plekken: tuple[str, ...]
    stap: Decimal


@cache
def rekengevallen() -> tuple[Rekengeval, ...]:
    """Every published case, file by file."""
    paths = sorted((_HERE / "gepubliceerd").iterdir(), key=lambda path: path.name)
    return tuple(
        Rekengeval(
            naam=told["naam"],
            bron=told["bron"],
            vraag=told.get("vraag", {}),
            verwacht=told.get("verwacht", {}),
            cijfers=told.get("cijfers", {}),
            buiten=told.get("buiten", ""),
        )
        for path in paths
        if path.name.endswith(".yaml")
        for told in _json(yaml.safe_load(path.read_text(encoding="utf-8")))
    )


@cache
def huishoudens() -> Mapping[str, Vraagdata]:
    """The made-up households by name: a question without a day."""
    return {one["naam"]: one["vraag"] for one in _made_up()["huishoudens"]}


@cache
def grensvelden() -> Mapping[str, Grensveld]:
    """By unit of a figure, which fields are changed for a limit."""
    told = _made_up()["velden"]
    return {unit: Grensveld(tuple(one["plekken"]), Decimal(str(one["stap"]))) for unit, one in told.items()}


@cache
def _made_up() -> dict[str, Any]:
    found: dict[str, Any] = _json(yaml.safe_load((_HERE / "huishoudens.yaml").read_text(encoding="utf-8")))
    return found


def _json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    return [_json(item) for item in value] if isinstance(value, list) else value


def gelezen(regels: Regelset, vraag: Vraagdata) -> Vraag | None:
    """The question; None where a rule set has other fields or does not allow what is filled in."""
    try:
        return regels.vraag(vraag)
    except (VraagFout, KeyError):  # the second: a set without a field that every question has
        return None


def met_waarde(vraag: Vraagdata, veld: Grensveld, waarde: Decimal) -> Vraagdata:
    """The question with ``waarde`` at each place of ``veld`` that it has."""
    made: Vraagdata = _copied(vraag)
    for pointer in veld.plekken:
        *path, last = pointer.strip("/").split("/")
        part: Any = made
        for step in path:
            part = part[int(step)] if isinstance(part, list) else part.get(step, {})
        if last in part:
            part[last] = int(waarde) if waarde == waarde.to_integral_value() else float(waarde)
    return made


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def beeld(regels: Regelset, vraag: Vraag) -> dict[str, Beeld]:
    """What comes out of each decision."""
    answer = toets(vraag, regels)
    return {one.id: (one.uitkomst, dict(one.waarden), one.tekst) for one in answer.conclusies}
