"""How much is asked, and how much of that can change an answer: now, and as rules of format 1 are still answered.

``python -m tests.hulp.gevraagd --aantal 2000`` counts over the example households and so many random ones with gaps.
A field that is asked is seen to change something when another value of it gives another answer, or decides where the
first does not, with the other missing fields filled in at random (or left out). What is never seen to, may still.
"""

import argparse
import random
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median, quantiles
from typing import Any

from regels import Regelset, Vraag, toets
from regels.domein import Domein, geheel, in_plaats_van, waarde_van, woorden
from regels.langs import Poging, Uitgekomen, walk_along
from regels.lezers.spoor import Spoor
from regels.plekken import Plek
from regels.programma import KlaarBesluit, programma
from regels.uitslag import Uitslag
from tests.hulp import voorbeelden
from tests.hulp.geladen import PAKKET
from tests.hulp.huishoudens import huishouden

PROEVEN = 24
TRAJECTEN = 30
EERDER = replace(PAKKET, eerste_formaat=True)


def vragen(aantal: int) -> Iterator[dict[str, Any]]:
    """Random households of 2026 with gaps."""
    rng = random.Random(18)
    for _ in range(aantal):
        yield huishouden(rng, compleet=False)


class Gevraagd:
    """The counts of some questions by one rule set."""

    def __init__(self, regels: Regelset) -> None:
        self.regels, self.telling = regels, Counter[str]()
        self.tijden: list[float] = []
        self._rng = random.Random(18)

    def tel(self, data: dict[str, Any], *, kijk: bool) -> None:
        """Check one household, and count what it is asked; with ``kijk`` also what of that is seen to matter."""
        vraag = self.regels.vraag(data)
        start = time.process_time()
        found = toets(vraag, self.regels)
        self.tijden.append((time.process_time() - start) * 1000)
        self.telling["verschillende velden"] += len({g.veld for c in found.conclusies for g in c.ontbreekt})
        for conclusion in found.conclusies:
            self.telling["conclusies"] += 1
            self.telling["onbekend"] += conclusion.uitkomst == "onbekend"
            self.telling["met mogelijk"] += bool(conclusion.mogelijk)
            self.telling["gevraagd"] += len(conclusion.ontbreekt)
        if kijk:
            self._look(vraag, found)

    def _look(self, vraag: Vraag, found: Uitslag) -> None:
        facts, persons = vraag.feiten()
        made = programma(self.regels, facts["peildatum"], facts["rondedatum"])  # type: ignore[arg-type]
        state = made.state(facts, persons)
        ready = {klaar.besluit.id: klaar for klaar in made.besluiten}
        for conclusion in found.conclusies:
            places = [self.regels.plek(gap.veld) for gap in conclusion.ontbreekt]
            known = [plek for plek in places if plek is not None and Domein.bruikbaar(plek)]
            trial = Poging(made, state, state, known)
            changes = sum(self._changes(trial, ready[conclusion.id], known, index) for index in range(len(known)))
            self.telling["bekeken"] += len(places)
            self.telling["daarvan verandert"] += changes + len(places) - len(known)

    def _changes(self, trial: Poging, klaar: KlaarBesluit, places: Sequence[Plek], index: int) -> bool:
        others: list[Any] = [None] * len(places)
        for _ in range(PROEVEN):
            if _differs(trial, klaar, places, index, others):
                return True
            others = [None] * len(places)
            for place in self._rng.sample(range(len(places)), len(places)):
                taken = [other for number, other in enumerate(places) if number == index or others[number] is not None]
                if place != index and not any(in_plaats_van(places[place], other) for other in taken):
                    others[place] = self._value(places[place])
        return False

    def _value(self, plek: Plek) -> Any:
        if words := woorden(plek.veld):
            return self._rng.choice(words)
        whole = geheel(plek.veld)
        top = min(whole.tot, self._rng.choice((2, 900, 40_000, 90_000)))
        low = max(whole.van, 0) if plek.veld.soort != "datum" else whole.tot - 73_000
        steps = int((max(top, low) - low) / whole.stap) if plek.veld.soort != "datum" else 60_000
        return waarde_van(plek.veld, low + self._rng.randint(0, max(steps, 0)) * whole.stap)


def _differs(trial: Poging, klaar: KlaarBesluit, places: Sequence[Plek], index: int, others: Sequence[Any]) -> bool:
    first: tuple[Any, ...] | None = None
    for found in _along(trial, klaar, places[index], index, list(others)):
        shown = found[0], found[1], {name: _ends(value) for name, value in found[2].items()}
        if any(low != high for ends in shown[2].values() for low, high in ends):
            return True
        first = first or shown
        if first != shown and "onbekend" not in (first[0], shown[0]):
            return True
        if (first[0] == "onbekend") != (shown[0] == "onbekend"):
            return True
    return False


def _along(trial: Poging, klaar: KlaarBesluit, plek: Plek, index: int, values: list[Any]) -> Iterator[Uitgekomen]:
    def at(value: Any) -> Uitgekomen:
        values[index] = value
        return trial(klaar, values)

    if words := woorden(plek.veld):
        yield from map(at, words)
        return
    for number, (_, found) in enumerate(walk_along(geheel(plek.veld), at, dag=plek.veld.soort == "datum")):
        yield found
        if number == TRAJECTEN:
            return


def _ends(value: Any) -> list[tuple[Any, Any]]:
    parts = value if isinstance(value, list) else [value]
    return [part.grenzen() if isinstance(part, Spoor) else (part, part) for part in parts]


def regel(naam: str, geteld: Gevraagd) -> str:
    """One line of the table of docs/metingen.md."""
    n, times = geteld.telling, geteld.tijden
    cells = ("onbekend", "met mogelijk", "gevraagd", "verschillende velden", "bekeken", "daarvan verandert")
    shown = " | ".join(f"{n[cell]:,}" for cell in cells)
    return f"| {naam} | {n['conclusies']:,} | {shown} | {median(times):.2f} | {quantiles(times, n=20)[-1]:.2f} |"


def tel(naam: str, asked: Iterable[dict[str, Any]], bekijk: int) -> None:
    """Count the same households twice, and print both."""
    before, now = Gevraagd(EERDER), Gevraagd(PAKKET)
    for number, data in enumerate(asked):
        before.tel(data, kijk=number < bekijk)
        now.tel(data, kijk=number < bekijk)
    print(regel(f"{naam}, format 1", before), regel(f"{naam}, now", now), sep="\n", flush=True)


def main() -> None:
    """Count, and print the rows of a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--aantal", type=int, default=2_000)
    parser.add_argument("--bekijk", type=int, default=100, help="of so many also what changes an answer")
    asked = parser.parse_args()
    print("| Households | conclusions | onbekend | with mogelijk | asked | fields | looked at | change | ms | p95 |")
    print("|---|" + "---:|" * 9)
    tel("examples", (case.vraag for case in voorbeelden()), asked.bekijk)
    tel(f"{asked.aantal:,} random with gaps", vragen(asked.aantal), asked.bekijk)


if __name__ == "__main__":
    main()
