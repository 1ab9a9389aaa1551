"""The same questions in some order, after a warm-up: ``python -m tests.hulp.volgorde ORDER DAY`` prints what was said.

Run as a process of its own, so that nothing was asked before. What is kept between questions may save time, and never
decide what somebody reads: the answers are compared as they are sent, byte for byte.
"""

import hashlib
import json
import random
import sys
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from regels import Vraag
from regels.vraag import VraagFout
from tests.hulp.geladen import read, toets
from tests.hulp.huishoudens import huishouden
from tests.hulp.tabellen import uit_de_tabel

AANTAL = 140
FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)
# the years in which one stretch of days follows another
RULES = date(2022, 1, 1), date(2027, 6, 30)
# a table is of one day and one round: inside the years of the rules, in one stretch of days, and far outside
TABELLEN = ((date(2022, 6, 30), 2022), (date(2026, 11, 26), 2026), (date(2026, 11, 27), 2026), (date(2051, 3, 1), 2051))
IN_TABEL = 25


@cache
def vragen() -> tuple[dict[str, Any], ...]:
    """The questions: five years, whole and with gaps, on days of that year, of the rules, and any from 2000 to 2100."""
    rng, found = random.Random(12), list[dict[str, Any]]()
    while len(found) < AANTAL:
        data = huishouden(rng, compleet=rng.random() < 0.5, jaar=rng.randint(2022, 2026))
        if rng.random() < 0.8:
            first, last = (FIRST, LAST) if rng.random() < 0.4 else RULES
            day = first + timedelta(days=rng.randint(0, (last - first).days))
            data |= {"peildatum": day.isoformat(), "huurronde": rng.choice((day.year, data["huurronde"]))}
        if _read(data) is not None:
            found.append(data)
    return tuple(found)


def volgorde(naam: str) -> list[int]:
    """The numbers of the questions: ``op``, ``af``, or mixed by this word."""
    numbers = list(range(AANTAL))
    if naam == "af":
        numbers.reverse()
    elif naam != "op":
        random.Random(naam).shuffle(numbers)
    return numbers


def gezegd(numbers: Iterable[int]) -> dict[str, str]:
    """Of each question, asked in this order, a hash of the bytes of its answer."""
    return {str(number): _hash(toets(read(vragen()[number])).json()) for number in numbers}


def in_tabellen(numbers: list[int]) -> dict[str, str]:
    """What tables say of some of the questions; the tables run in the order of ``numbers``."""
    found = {}
    for place in [number for number in numbers if number < len(TABELLEN)]:
        day, year = TABELLEN[place]
        asked = [_read(data | {"peildatum": day.isoformat(), "huurronde": year}) for data in vragen()[:IN_TABEL]]
        rows = uit_de_tabel([vraag for vraag in asked if vraag is not None], day, year)
        found[f"{day} {year}"] = _hash(json.dumps(rows, default=str))
    return found


def _read(data: dict[str, Any]) -> Vraag | None:
    try:
        return read(data)
    except VraagFout:
        return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    order, *days = sys.argv[1:]
    for day in days:
        toets(read({"peildatum": day, "huurronde": int(day[:4])}))
    asked = volgorde(order)
    print(json.dumps(gezegd(asked) | in_tabellen(asked), sort_keys=True))
