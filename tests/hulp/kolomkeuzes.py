"""``python -m tests.hulp.kolomkeuzes RIJEN SEED AANTAL``: portfolios in which columns are absent, each run whole.

In a process of its own, because the number of threads of Polars is settled when it is first used. Prints what went
wrong, and nothing when all went right; AANTAL 0 runs them all.
"""

import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from service.portefeuille.draaien import Opdracht, draai, private_folder
from service.portefeuille.koppeling import Koppeling
from tests.hulp.geladen import PAKKET

# a column, and what stands in every row; with the rents below it no row is rejected
CELLEN: Final = {
    "woning_kale_huur": "612,34", "woning_energielabel": "E", "woning_contract_vanaf": "01-07-2019",
    "woning_laatste_verhoging": "01-07-2025", "woning_voorgestelde_huur": "630,00", "woning_wws_maximum": "900,00",
    "verhuurder": "woonconcept", "woning_zelfstandig": "ja", "inkomenscategorie": "L", "soort": "huurder",
    "woning_reden_laatste_verhoging": "JAA", "p1_rol": "huurder", "p1_leeftijd_opgave": "40",
    "p1_inkomen_opgave": "20000",
    "aantal_personen": "2", "rekeninkomen": "20000",
}  # fmt: skip
GEHEEL: Final = {"aantal_personen", "rekeninkomen"}


def keuzes() -> Iterator[tuple[str, ...]]:
    """No column, each one alone, all but one, and all; who lives there comes from one place."""
    for without in (GEHEEL, {name for name in CELLEN if name.startswith("p1_")}):
        names = [name for name in CELLEN if name not in without]
        yield ()
        yield from ((name,) for name in names)
        yield from (tuple(name for name in names if name != left_out) for left_out in names)
        yield tuple(names)


def main(rows: int, seed: int, some: int) -> None:
    """Run them."""
    wanted = list(dict.fromkeys(keuzes()))
    for columns in [(), *random.Random(seed).sample(wanted, some)] if some else wanted:
        try:
            accepted = _accepted(rows, columns)
        except Exception as error:
            print(type(error).__name__, error, columns)
        else:
            if accepted != rows:
                print(accepted, "of", rows, columns)


def _accepted(rows: int, columns: tuple[str, ...]) -> int:
    cells = "".join(f";{CELLEN[name]}" for name in columns)
    coupled = Koppeling(PAKKET, {"Nr": "verwijzing", **{name: name for name in columns}})
    with tempfile.TemporaryDirectory() as name, private_folder() as private:
        folder = Path(name)
        table = ";".join(("Nr", *columns)) + "\n" + "".join(f"W{at}{cells}\n" for at in range(rows))
        (folder / "w.csv").write_text(table, encoding="utf-8")
        opdracht = Opdracht(
            folder / "w.csv", coupled, date(2026, 3, 1), 2026, folder / "s.xlsx", folder / "a.csv",
            uit=str(folder / "u.parquet"),
        )  # fmt: skip
        return draai(opdracht, private, lambda *_: None).aangenomen


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
