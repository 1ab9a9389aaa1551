"""From the year of the margins to another: incomes with an index of the rules, rents with the published averages."""

from datetime import date
from typing import Any

from regels import Regelset
from regels.stand import cijfer_op
from service.proefhuishoudens.marges import marges


def figure(regels: Regelset, naam: str, day: date) -> Any:
    """The value of a figure on ``day``; of a table with ``naam.sleutel`` one cell. None where there is none."""
    name, _, key = naam.partition(".")
    found = cijfer_op(regels, name, day)
    if found is None:
        return None
    value = found.waarde
    return value[key] if key and isinstance(value, dict) else value


def income_index(regels: Regelset, year: int) -> float:
    """By what an income of the reference year is multiplied to be one of ``year``.

    Of a year without an index, it is that of the nearest year that has one.
    """
    known = marges()
    reference, name, first = known["jaar"], known["inkomen"]["index"], known["inkomen"]["eerste_jaar_index"]
    last = max(cijfer.venster.vanaf.year for cijfer in regels.cijfers[name])
    found = 1.0
    for step in range(min(year, reference) + 1, max(year, reference) + 1):
        index = float(figure(regels, name, date(min(max(step, first), last), 1, 1)))
        found = found * index if year > reference else found / index
    return found


def rent_index(year: int) -> float:
    """By what a rent of the reference year is multiplied to be one at the end of ``year``; see ``huur.jaren``.

    Of a year without a published average it is that of the last one before it.
    """
    known = marges()
    averages = known["huur"]["jaren"]
    before = [day for day in averages if day <= year] or [min(averages)]
    return float(averages[max(before)] / averages[known["jaar"]])
