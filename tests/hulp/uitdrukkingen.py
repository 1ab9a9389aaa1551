"""Random conditions of the language over the fields of :mod:`tests.hulp.regelsets`, and random facts for them."""

import random
from datetime import date
from typing import Any

from tests.hulp.regelsets import Given

NUMBERS = ("0", "1", "999.99", "1000", "1000.01", "50000")
QUANTITIES = """\
  rijk: {label: Rijk, eenheid: ja/nee, formule: inkomen > grens en niet open}
  apart: {label: Apart, eenheid: ja/nee, formule: als open dan rijk anders kleur = rood}
  meer: {label: Meer, eenheid: euro per jaar, formule: inkomen * 3 - grens}
  gezin: {label: Gezin, eenheid: ja/nee, formule: enige(personen met rol = kind)}
"""
LEAVES = (
    "open", "dicht", "rijk", "apart", "gezin", "kleur = rood", "kleur != blauw", "kleur in (rood, blauw)",
    "kleur in (blauw)",
    "kleur niet in (rood)", "dag < 2026-01-01", "dag >= 2026-01-01", "dag = 2026-01-01", "dag != 2026-01-01",
    "open = ja", "dicht != ja", "open = dicht", "aantal(personen) > 1", "enige(personen met loon > 5)",
    "som(loon van personen) <= 1000", "(als open dan dicht anders rijk)",
)  # fmt: skip


def condition(rng: random.Random, depth: int = 3) -> str:
    kind = rng.randrange(8) if depth else rng.randrange(4)
    if kind < 2:
        return rng.choice(LEAVES)
    if kind < 4:
        left = rng.choice(("inkomen", "meer", "inkomen - grens", "min(inkomen, meer)", "max(0, meer)", "inkomen / 3"))
        right = rng.choice((*NUMBERS, "grens", "meer"))
        return f"{left} {rng.choice(('=', '!=', '<', '<=', '>', '>='))} {right}"
    if kind == 4:
        return f"niet ({condition(rng, depth - 1)})"
    joined = " en " if kind < 7 else " of "
    return "(" + joined.join(condition(rng, depth - 1) for _ in range(rng.randint(2, 3))) + ")"


def facts(rng: random.Random) -> Given:
    made: dict[str, Any] = {
        "inkomen": rng.choice((0, 1, 333, 999, 1000, 1001, 50000)), "kleur": rng.choice(("rood", "blauw")),
        "open": rng.random() < 0.5, "dicht": rng.random() < 0.5,
        "dag": rng.choice((date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2))),
    }  # fmt: skip
    persons = tuple(
        {key: value for key, value in (("rol", rng.choice(("huurder", "kind"))), ("loon", rng.choice((0, 5, 6, 1000))))
         if rng.random() < 0.8}
        for _ in range(rng.randrange(4))
    )  # fmt: skip
    return {name: value for name, value in made.items() if rng.random() < 0.75}, persons
