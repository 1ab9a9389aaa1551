"""Time and memory of the papers, beside a document of one line by the same typesetter."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from zoneinfo import ZoneInfo

from bench.geheugen import resident
from bench.geladen import regels
from bench.huishoudens import COMPLETE, Household
from bench.tijd import Times, timed
from regels import toets
from regels.uitslag import Uitslag
from web.papieren.dossier import compose_dossier
from web.papieren.model import Alinea, Papier, Papiersectie, as_values
from web.papieren.overzichtpapier import compose_overzicht
from web.papieren.papierinvoer import Gegeven
from web.papieren.zetter import Zetter

Maker = Callable[[str], Papier]
PLAIN = "contender: a document of one line"
_NOW = datetime(2026, 3, 1, 14, 5, tzinfo=ZoneInfo("Europe/Amsterdam"))
_USUAL = "older couple, label E"
_LARGE = "household of six, high income"


def papers(rounds: int) -> dict[str, Times]:
    """The time to compose and set each paper, without the check; no two are the same, as with real households."""
    zetter, makers = Zetter(), _makers()
    found: dict[str, list[int]] = {name: [] for name in makers}
    for number in range(rounds + 1):
        for name, make in makers.items():
            into: list[int] = []
            timed(partial(_set, zetter, make, str(number)), into)
            found[name] += into if number else []  # the first reads the fonts and the template
    return {name: Times(times) for name, times in found.items()}


def memory(rounds: int) -> tuple[float, float]:
    """MiB resident after half of the rounds, and after all of them, in a process of its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_fill, (rounds,))


def _fill(rounds: int) -> tuple[float, float]:
    zetter, makers = Zetter(), _makers()
    for number in range(rounds):
        for make in makers.values():
            _set(zetter, make, str(number))
        if number == rounds // 2:
            half = resident()
    return half, resident()


def _set(zetter: Zetter, make: Maker, reference: str) -> bytes:
    return zetter.set_paper(make(reference), _NOW)


def _makers() -> dict[str, Maker]:
    """How to compose each paper with a reference, the contender first."""
    found: dict[str, Maker] = {PLAIN: _plain}
    for name in (_USUAL, _LARGE):
        uitslag = toets(regels().lees(json.dumps(COMPLETE[name])), regels())
        given = tuple(_given(COMPLETE[name]))
        found[f"overview, {name}"] = partial(_overview, uitslag, given)
        found[f"dossier, {name}"] = partial(_dossier, uitslag, given)
    return found


def _plain(reference: str) -> Papier:
    part = Papiersectie("Deel", (Alinea("Regel"),))
    return Papier("overzicht", "Titel", "", as_values([("Kenmerk", reference)]), (part,), "", "Pagina", "van")


def _overview(uitslag: Uitslag, given: tuple[Gegeven, ...], reference: str) -> Papier:
    return compose_overzicht(regels().teksten, uitslag, given, reference, _NOW, "de balie")


def _dossier(uitslag: Uitslag, given: tuple[Gegeven, ...], reference: str) -> Papier:
    return compose_dossier(regels().teksten, uitslag, given, reference, _NOW)


def _given(household: Household) -> Iterator[Gegeven]:
    """As many inputs as the form would give, with the labels of the fields."""
    known = household | household["woning"]
    for veld in regels().velden.values():
        if veld.json in known and veld.groep != "persoon":
            yield Gegeven(veld.label, str(known[veld.json]), "opgegeven")
        yield from (
            Gegeven(f"Persoon {number}, {veld.label}", str(person[veld.json]), "opgegeven")
            for number, person in enumerate(household["personen"], 1)
            if veld.groep == "persoon" and veld.json in person
        )
