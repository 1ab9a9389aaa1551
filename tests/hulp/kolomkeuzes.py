"""``python -m tests.hulp.kolomkeuzes RIJEN SEED AANTAL``: portfolios in which columns are absent, each run whole.

In a process of its own, because the number of threads of Polars is settled when it is first used. Prints what went
wrong, and nothing when all went right; AANTAL 0 runs them all.
"""

import random
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, islice
from pathlib import Path
from typing import Final

from service.portefeuille.doelen import WONINGEN, doelen
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
# with these beside the columns above no row is accepted: the household as a whole, and what an age or a role denies
_NIET: Final = {
    "verwijzing", "aow_huishouden", "inkomen_toewijzing", "huishoudinkomen", "p1_geboortedatum", "p1_vermogen_bewoner",
}  # fmt: skip
_PER_SOORT: Final = {"ja_nee": "nee", "datum": "01-07-2019", "bedrag": "40,00", "heel_bedrag": "1"}
_RIJEN: Final = 10


def keuzes() -> Iterator[tuple[str, ...]]:
    """No column, each one alone, all but one, and all, of the columns that most answers need; and ``paren``.

    Who lives there comes from one place. So of those columns every three are there in each of the eight ways.
    """
    for without in (GEHEEL, {name for name in CELLEN if name.startswith("p1_")}):
        names = [name for name in CELLEN if name not in without]
        yield ()
        yield from ((name,) for name in names)
        yield from (tuple(name for name in names if name != left_out) for left_out in names)
        yield tuple(names)
    yield from paren(list(cellen()))


def cellen() -> dict[str, str]:
    """Every column of a dwelling with one resident, and what stands in every row of it."""
    found = {name: cell for name, cell in CELLEN.items() if name not in GEHEEL}
    for name, doel in doelen(PAKKET)[WONINGEN].items():
        if name not in found and name not in GEHEEL | _NIET and not re.match(r"p([2-9]|\d\d)_", name):
            words = doel.veld.waarden if doel.veld is not None else {}
            found[name] = next(iter(words)) if doel.soort == "keuze" else _PER_SOORT[doel.soort]
    return found


def paren(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Ten choices of which every two columns are there in each of the four ways: both, neither, and either.

    Each column is in the first choice and in four of the other nine, no two in the same four. So two columns are
    together in the first, each is somewhere without the other, and one of the nine has neither.
    """
    fours = list(islice(combinations(range(1, _RIJEN), 4), len(names)))
    assert len(fours) == len(names), "te veel kolommen voor zo weinig keuzes"
    yield tuple(names)
    for row in range(1, _RIJEN):
        yield tuple(name for name, four in zip(names, fours, strict=True) if row in four)


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
    cells_of = CELLEN | cellen()
    cells = "".join(f";{cells_of[name]}" for name in columns)
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
