"""Random households through a table and through the single check: every answer must be the same.

``python -m tests.hulp.gelijk --jaar 2026 --aantal 1000000`` is what ``make nacht`` runs; the tests run samples of it.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal

from regels import Vraag
from regels.vraag import VraagFout
from tests.hulp.geladen import PAKKET, read
from tests.hulp.huishoudens import Vraagdata, huishouden
from tests.hulp.tabellen import uit_de_tabel, uit_de_toets, vergelijkbaar

# before and after the round of the year, and the round of a year before
DATUMS = (("02-17", 0), ("07-02", 0), ("12-31", 1))
# another day than 1 July on which the new rent of that round starts: a table has one, so a batch has one
INGANG = {"07-02": (9, 0), "12-31": (2, 1)}
BATCH = 5_000


def ingang(jaar: int, dag: str, eerder: int) -> date | None:
    """The day on which the new rent of this batch starts; None: 1 July."""
    if dag not in INGANG:
        return None
    maand, later = INGANG[dag]
    return date(jaar - eerder + later, maand, 1)


def _op_een_dag(data: Vraagdata, jaar: int, dag: str, eerder: int) -> Vraagdata:
    """The question with the dates of its batch."""
    woning, start = data.setdefault("woning", {}), ingang(jaar, dag, eerder)
    woning.pop("ingangsdatumVoorstel", None)
    if start is not None:
        woning["ingangsdatumVoorstel"] = start.isoformat()
    return data | {"peildatum": f"{jaar}-{dag}", "huurronde": jaar - eerder}


def vragen(jaar: int, dag: str, eerder: int, aantal: int, begin: int) -> Iterator[Vraag]:
    """Households of one day and one round, the same for every ``begin``; half of them complete."""
    rng = random.Random(f"{jaar} {dag} {begin}")
    while aantal:
        data = _op_een_dag(huishouden(rng, compleet=aantal % 2 == 0, jaar=jaar), jaar, dag, eerder)
        try:
            yield read(data)
        except VraagFout:
            continue
        aantal -= 1


def aan_de_rand(rng: random.Random, jaar: int, dag: str, eerder: int) -> Vraag:
    """A household in which every number is the lowest or the highest there is."""
    while True:
        data = _op_een_dag(huishouden(rng, jaar=jaar), jaar, dag, eerder)
        for veld in PAKKET.velden.values():
            if veld.soort in ("bedrag", "heel_bedrag", "aantal"):
                parts = {"vraag": [data], "woning": [data["woning"]], "persoon": data["personen"]}.get(veld.groep, [])
                for part in parts:
                    if veld.json in part and not isinstance(part[veld.json], dict):
                        end = rng.choice((veld.minimum, veld.maximum))
                        assert isinstance(end, Decimal)
                        part[veld.json] = float(end) if veld.soort == "bedrag" else int(end)
        try:
            return read(data)
        except VraagFout:
            continue


def verschillen(jaar: int, dag: str, eerder: int, aantal: int, begin: int) -> list[str]:
    """Each difference: the household as JSON, and the decisions that differ."""
    asked = list(vragen(jaar, dag, eerder, aantal, begin))
    answers = uit_de_tabel(asked, date.fromisoformat(f"{jaar}-{dag}"), jaar - eerder)
    found = []
    for vraag, from_table in zip(asked, answers, strict=True):
        one, other = vergelijkbaar(from_table), vergelijkbaar(uit_de_toets(vraag))
        if one != other:
            wrong = [besluit for besluit in one | other if one.get(besluit) != other.get(besluit)]
            found.append(f"{', '.join(wrong)}: {vraag.model_dump_json(by_alias=True, exclude_none=True)}")
    return found


def main() -> None:
    """Compare many households of one year in parallel processes; ends with 1 when anything differs."""
    parser = argparse.ArgumentParser(description="Compare a table with the single check.")
    parser.add_argument("--jaar", type=int, default=2026)
    parser.add_argument("--aantal", type=int, default=1_000_000)
    asked = parser.parse_args()
    batches = [
        (asked.jaar, *DATUMS[number % len(DATUMS)], min(BATCH, asked.aantal - begin), begin + 1)
        for number, begin in enumerate(range(0, asked.aantal, BATCH))
    ]
    wrong = done = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for batch, found in zip(batches, pool.map(verschillen, *zip(*batches, strict=True)), strict=True):
            done += batch[3]
            wrong += len(found)
            print(
                "\n".join([*found, f"{done} huishoudens van {asked.jaar} vergeleken, {wrong} verschillen"]), flush=True
            )
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
