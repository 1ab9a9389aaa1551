"""``python -m tests.mutanten``: the share of small changes that no test notices, and which they are."""

import argparse
import json
import subprocess
from collections import Counter
from collections.abc import Iterator

from tests.mutanten.kopie import HUIS, kopie
from tests.mutanten.monster import Mutant, monster
from tests.mutanten.proeven import Uitkomst, alle, kies, sporen, terecht

WERK = HUIS / ".mutanten"


def main() -> None:
    given = _arguments()
    WERK.mkdir(exist_ok=True)
    mutanten = monster(kopie(WERK / "bron"), given.aantal, given.zaad)
    langs, duur = _traced(given, mutanten)
    if given.alleen:
        mutanten = [mutant for mutant in mutanten if mutant.nummer in given.alleen]
    found = {one.mutant.nummer: one for one in _round(given, mutanten, langs, duur, given.seconden)}
    # what lives is tried against all that come past it: most are seen in seconds, and only these ask for minutes
    living = [one.mutant for one in found.values() if one.leeft]
    found |= {one.mutant.nummer: one for one in _round(given, living, langs, duur, given.daarna)}
    _report(terecht(WERK, found.values()))


def _round(
    given: argparse.Namespace,
    mutanten: list[Mutant],
    langs: dict[int, set[str]],
    duur: dict[str, float],
    seconden: float,
) -> Iterator[Uitkomst]:
    """What became of each of ``mutanten``, told as it is known."""
    tests = {mutant.nummer: kies(mutant, langs[mutant.nummer], duur, seconden) for mutant in mutanten}
    for one in alle(WERK, mutanten, tests, seconden, given.naast):
        print(f"{one.mutant.nummer:4} {one.hoe:9} {one.mutant.bestand}:{one.mutant.regel}", flush=True)
        yield one


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutanten", description=__doc__)
    parser.add_argument("--aantal", type=int, default=200, help="hoeveel wijzigingen (200)")
    parser.add_argument("--zaad", type=int, default=2026, help="hetzelfde zaad geeft dezelfde wijzigingen (2026)")
    parser.add_argument("--seconden", type=float, default=25, help="hoeveel seconden aan tests per wijziging (25)")
    parser.add_argument("--daarna", type=float, default=900, help="en voor wat dan nog leeft (900)")
    parser.add_argument("--naast", type=int, default=2, help="hoeveel wijzigingen tegelijk (2)")
    parser.add_argument("--alleen", type=int, nargs="+", metavar="NR", help="alleen deze nummers nog eens")
    return parser.parse_args()


def _traced(given: argparse.Namespace, mutanten: list[Mutant]) -> tuple[dict[int, set[str]], dict[str, float]]:
    """Which tests come past what, kept for the commit, the seed and the number: it takes a whole run of the tests."""
    commit = subprocess.run(
        ["git", "-C", HUIS, "rev-parse", "HEAD"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.strip()
    kept = WERK / f"sporen-{commit[:12]}-{given.zaad}-{given.aantal}.json"
    if not kept.exists():
        print("Eerst één keer alle tests, om te zien welke waarlangs komen...", flush=True)
        langs, duur = sporen(WERK, mutanten)
        data = {"langs": {number: sorted(tests) for number, tests in langs.items()}, "duur": duur}
        kept.write_text(json.dumps(data), "utf-8")
    data = json.loads(kept.read_text("utf-8"))
    return {mutant.nummer: set(data["langs"].get(str(mutant.nummer), ())) for mutant in mutanten}, data["duur"]


def _report(found: list[Uitkomst]) -> None:
    living = [one for one in found if one.leeft]
    print(f"\n{len(found)} wijzigingen, {len(living)} niet gezien ({len(living) / len(found):.1%})")
    for room, number in sorted(Counter(one.mutant.bestand.partition("/")[0] for one in found).items()):
        alive = sum(one.mutant.bestand.startswith(f"{room}/") for one in living)
        print(f"  {room}: {alive} van {number}")
    for one in living:
        mutant = one.mutant
        print(f"\n{mutant.nummer}: {mutant.bestand}:{mutant.regel} ({mutant.bewerking}; {one.hoe}, {one.tests} tests)")
        print(mutant.verschil)


if __name__ == "__main__":
    main()
