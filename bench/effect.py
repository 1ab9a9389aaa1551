"""``python -m bench.effect``: four policies of a landlord on many homes, beside the same table computed once.

Every variant is a policy of its own. The ratio is the work of the whole comparison to that of one run of all decisions
over the same table by the column reader, so that it means the same on another machine.
"""

import argparse
from datetime import date
from time import perf_counter, process_time
from typing import Final

import narwhals as nw
from rich.console import Console
from rich.table import Table

from bench.portefeuille_tabel import huishoudens
from regels.bron import bewaard, pakketbestanden
from regels.lezers import kolommen
from service.effect.effect import Huishoudens, effect
from service.effect.kanten import Vergelijkkant

DAY: Final = date(2026, 7, 1)
PERCENTS: Final = ("1", "2", "3", "4.1")
_POLICY: Final = """\
status: vastgesteld
besloten_op: 2026-03-20
bron: {bron}
onderdelen:
  - basis: {{procent: {percent}}}
    iah: nee
"""


def sides() -> tuple[Vergelijkkant, list[Vergelijkkant]]:
    """The rules of the product, and four policies of the first landlord that has one of this round."""
    files = pakketbestanden()
    place = next(name for name in sorted(files) if name.endswith(f"/beleid/{DAY.year}.yaml"))
    source = files[f"{place.split('/')[0]}/bronnen.yaml"].decode().split(":")[0].splitlines()[-1]
    sets = [
        bewaard(files | {place: _POLICY.format(bron=source, percent=percent).encode()}, percent) for percent in PERCENTS
    ]
    old = Vergelijkkant("product", bewaard(files, "product"), DAY, DAY.year)
    return old, [Vergelijkkant(name, made, DAY, DAY.year) for name, made in zip(PERCENTS, sets, strict=True)]


def main() -> None:
    """Measure the sizes that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.effect", description="Measure four policies side by side.")
    parser.add_argument("--rijen", type=int, nargs="*", default=[10_000, 100_000], help="homes to compare on")
    asked = parser.parse_args()
    shown = Table("homes", "load s", "compare s", "cpu s", "one run cpu s", "ratio", title="Four policies side by side")
    for rows in asked.rijen:
        table = huishoudens(rows).drop("nr")
        start = perf_counter()
        old, new = sides()
        loaded = perf_counter() - start
        work = process_time()
        query = kolommen.toets(nw.from_native(table.lazy()), old.regels, DAY, DAY.year, ontbreekt=False).to_native()
        query.drop(table.columns).collect()
        one = process_time() - work
        start, work = perf_counter(), process_time()
        found = effect(Huishoudens(table, "bench"), old, new)
        seconds, cpu = perf_counter() - start, process_time() - work
        assert len(found.varianten) == len(PERCENTS)
        numbers = (f"{value:.2f}" for value in (loaded, seconds, cpu, one, cpu / one))
        shown.add_row(f"{rows:,}", *numbers)
    Console(width=100).print(shown)


if __name__ == "__main__":
    main()
