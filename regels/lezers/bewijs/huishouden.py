"""A household that Z3 found: as a question, in words, and as the start of an example."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import yaml
import z3

from regels.lezers.bewijs.feiten import Feiten
from regels.lezers.bewijs.symbolen import Symbool, code
from regels.opmaak import bedrag, datum, getal
from regels.ronde import begin_of_round, round_of
from regels.velden import Veld, Waarde

Vraagdata = dict[str, Any]
Feit = tuple[str, int | None, Waarde]


def feiten_van(feiten: Feiten, model: z3.ModelRef) -> list[Feit]:
    """What is filled in, as (field, resident, value)."""
    found: list[Feit] = []
    order = list(feiten.regels.velden)
    for (name, person), symbol in sorted(feiten.velden.items(), key=lambda item: _place(item[0], order)):
        if z3.is_true(model.eval(symbol.bekend, model_completion=True)):
            found.append((name, person, _waarde(feiten.regels.velden[name], symbol, model)))
    if all(name != "peildatum" for name, _, _ in found):
        found.insert(0, ("peildatum", None, feiten.peildata[0][0]))
    return found


def _place(key: tuple[str, int | None], order: list[str]) -> tuple[int, int]:
    """The household first, then its residents one by one, each in the order of the form."""
    name, person = key
    return 0 if person is None else person + 1, order.index(name)


def _waarde(veld: Veld, symbol: Symbool, model: z3.ModelRef) -> Waarde:
    parts = [model.eval(part, model_completion=True) for part in symbol.delen]
    if veld.soort == "datum":
        return date(*(part.as_long() for part in parts))
    if veld.soort == "ja_nee":
        return bool(z3.is_true(parts[0]))
    if veld.soort == "keuze":
        return next(word for word in veld.waarden if code(word) == parts[0].as_long())
    return Decimal(parts[0].numerator_as_long()) / Decimal(parts[0].denominator_as_long())


def vraag(feiten: Feiten, facts: list[Feit]) -> Vraagdata:
    """The household as a question."""
    question: Vraagdata = {"huurronde": round_of(feiten.rondedatum)}
    if feiten.rondedatum != begin_of_round(round_of(feiten.rondedatum)):
        question["woning"] = {"ingangsdatumVoorstel": feiten.rondedatum.isoformat()}
    persons: dict[int, Vraagdata] = {}
    for name, person, value in facts:
        veld = feiten.regels.velden[name]
        place = question
        if person is not None:
            place = persons.setdefault(person, {})
        elif veld.groep in ("woning", "servicekosten"):
            place = question.setdefault("woning", {})
        if veld.groep == "servicekosten":
            place = place.setdefault("servicekosten", {})
        place[veld.json] = _json(value)
    if persons:
        question["personen"] = [persons[index] for index in sorted(persons)]
    return dict(sorted(question.items(), key=lambda item: (item[0] != "peildatum", isinstance(item[1], list | dict))))


def _json(value: Waarde) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def in_woorden(feiten: Feiten, facts: list[Feit]) -> Iterator[str]:
    """The household in words: each field by its label."""
    for name, person, value in facts:
        veld = feiten.regels.velden[name]
        who = "" if person is None else f"bewoner {person + 1}, "
        yield f"{who}{veld.label}: {_woord(veld, value)}"


def _woord(veld: Veld, value: Waarde) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return datum(value)
    if isinstance(value, Decimal):
        return bedrag(value) if veld.soort in ("bedrag", "heel_bedrag") else getal(value)
    return veld.waarden[value]


def voorbeeld(question: Vraagdata, plaats: tuple[str, tuple[str, ...]], zegt: str, mis: tuple[str, ...]) -> str:
    """The household as a file for ``tests/voorbeelden``; source and outcome are for a person to fill in."""
    besluit, values = plaats
    expected: Vraagdata = {"uitkomst": ""} | ({"waarden": dict.fromkeys(values, "")} if values else {})
    how = "".join(f"#   {line}\n" for line in mis)
    return (
        f"# Tegenvoorbeeld. Dit klopte niet: {zegt}\n{how}"
        "# Reken met de hand uit wat er hoort uit te komen, schrijf dat hier, en vul alles tussen '' in.\n"
        f"bron: ''\nvraag:\n{_yaml(question)}verwacht:\n{_yaml({besluit: expected} if besluit else {})}"
    )


def _yaml(value: Vraagdata) -> str:
    body = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, default_flow_style=None, width=110)
    return "".join(f"  {line}\n" for line in body.splitlines())
