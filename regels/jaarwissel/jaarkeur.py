"""What was filled in, held against the law, the years before and itself: findings, never a correction."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import permutations
from typing import Final

from regels.declaraties import CONCEPT
from regels.jaarwissel.jaarbestanden import Jaarbestanden, Jaarcijfer, dag_ervoor, lees
from regels.jaarwissel.jaarformule import Jaarformule
from regels.jaarwissel.jaarkennis import (
    CEL,
    DAG_ERVOOR,
    FACTOR,
    MELDT,
    NIEUW,
    PRECIES,
    VANAF,
    VORIG,
    Cijfergrens,
    Jaarcontrole,
    Kennis,
    kennis_van,
)
from regels.jaarwissel.keurbevinding import (
    MELDING,
    STOP,
    WAARSCHUWING,
    Keurbevinding,
    Verwachting,
    als_getypt,
    kenmerk,
    noem,
    toon,
    toon_getypt,
    waarom_niet,
)
from regels.opmaak import getal as als_getal
from regels.velden import Waarde

_JAAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_KIJK: Final = "Kijk in de bron of het daar zo staat."


def keur(bestanden: Mapping[str, bytes], jaar: int | None = None) -> tuple[Keurbevinding, ...]:
    """All that is found in the figures of ``jaar`` (the newest there is) and in every draft of a figure."""
    files = lees(bestanden)
    return tuple(_Keuring(files, kennis_van(files)).alles(files.nieuwste if jaar is None else jaar))


def verwacht(
    bestanden: Mapping[str, bytes], groep: str, cijfer: str, cel: str = "", jaar: int | None = None
) -> tuple[Verwachting, ...]:
    """What the law's formulas give for one cell, by what is filled in now; empty where there is none, or not yet."""
    files = lees(bestanden)
    judge = _Keuring(files, kennis_van(files))
    for one in files.van_jaar(files.nieuwste if jaar is None else jaar):
        if (one.groep, one.naam) == (groep, cijfer):
            return judge.van_cel(one, cel)
    return ()


def verwachtingen(
    bestanden: Mapping[str, bytes], bestand: str, groep: str, jaar: int
) -> Mapping[tuple[str, str], tuple[Verwachting, ...]]:
    """What the law's formulas give for every cell of a group, by figure and cell."""
    files = lees(bestanden)
    judge = _Keuring(files, kennis_van(files))
    return {
        (one.naam, cell): judge.van_cel(one, cell)
        for one in files.van_jaar(jaar)
        if (one.bestand, one.groep) == (bestand, groep)
        for cell in one.cellen
    }


class _Keuring:
    def __init__(self, files: Jaarbestanden, kennis: Kennis) -> None:
        self.files, self.kennis = files, kennis

    def alles(self, jaar: int) -> Iterator[Keurbevinding]:
        for fault in (*self.files.fouten, *self.kennis.fouten):
            name, line, said = fault.split(":", 2)
            yield Keurbevinding(f"lezen:{kenmerk(fault)}", STOP, name, "", "", "", f"Regel {line}: {said.strip()}.")
        found = list(self.files.van_jaar(jaar))
        for one in found:
            yield from self._figure(one)
        yield from self._groups(found)

    def _figure(self, one: Jaarcijfer) -> Iterator[Keurbevinding]:
        yield from self._shape(one)
        yield from self._sources(one)
        for cell, text in one.cellen.items():
            value = one.waarde(cell)
            if value is not None:
                yield from self._plausible(one, cell, value)
            elif text:
                yield self._say(one, cell, "vorm", STOP, f"{noem(one, cell)}: {waarom_niet(one, text)}.")
        for check in self.kennis.controles.get(one.naam, ()):
            yield from self._checked(check, one)

    # what stands there

    def _shape(self, one: Jaarcijfer) -> Iterator[Keurbevinding]:
        before = self.files.voor(one)
        if before is not None and set(before.cellen) != set(one.cellen):
            keys = ", ".join(key or "één waarde" for key in before.cellen)
            yield self._say(one, "", "sleutels", STOP, f"{one.label}: geef {keys}, zoals in {before.bestand}.")
        if before is not None and before.eenheid != one.eenheid:
            said = f"{one.label}: de eenheid is '{one.eenheid}' en was '{before.eenheid}'. Zet de eenheid terug."
            yield self._say(one, "", "eenheid", STOP, said)
        if one.status != CONCEPT and one.leeg:
            said = f"{one.label}: vul nog in: {', '.join(one.leeg)}. Of maak van de groep weer een concept."
            yield self._say(one, "", "leeg", STOP, said)
        if before is not None and (turned := _turned(before, one)):
            high, low = turned
            named = f"{noem(one, high)} is hoger dan {low.replace('_', ' ')}"
            said = f"{named}, en dat was andersom. Zijn zij verwisseld? {_KIJK}"
            yield self._say(one, "", "verwisseld", WAARSCHUWING, said)

    def _sources(self, one: Jaarcijfer) -> Iterator[Keurbevinding]:
        for source in one.bronnen:
            if source not in self.files.bronnen:
                said = f"{one.label}: de bron '{source}' bestaat niet. Kies een andere bron, of voeg haar toe."
                yield self._say(one, "", f"bron-{source}", STOP, said)
        years = [int(year) for source in one.bronnen for year in _JAAR.findall(source)]
        if years and one.venster.vanaf.year not in years and max(years) < one.venster.vanaf.year:
            said = (
                f"{one.label} geldt vanaf {one.venster.vanaf.year}, en de bron '{one.bronnen[0]}' is van {max(years)}. "
                "Noem de bron van het nieuwe jaar, of zeg waarom deze nog klopt."
            )
            yield self._say(one, "", "oude-bron", WAARSCHUWING, said, reads=one.bronnen)

    # what it is beside the year before

    def _plausible(self, one: Jaarcijfer, cell: str, value: Waarde) -> Iterator[Keurbevinding]:
        before = self.files.voor(one)
        was = before.waarde(cell) if before is not None else None
        for limit in self.kennis.grenzen.get(one.naam, ()):
            yield from self._within(limit, one, cell, was)
        if one.naam in self.kennis.gelijk and was is not None and was != value:
            said = (
                f"{noem(one, cell)} is {toon(one, value)} en was {toon(one, was)}. Dit verandert alleen met de "
                f"wet. {_KIJK}"
            )
            expected = (Verwachting(als_getypt(one, was), "", self.kennis.gelijk[one.naam]),)
            yield self._say(one, cell, "anders", WAARSCHUWING, said, expected, (was,))

    def _within(self, limit: Cijfergrens, one: Jaarcijfer, cell: str, was: Waarde | None) -> Iterator[Keurbevinding]:
        value = one.waarde(cell)
        if not isinstance(value, Decimal):
            return
        if limit.van == FACTOR:
            if not isinstance(was, Decimal) or not was:
                return
            factor = value / was
            if not limit.laagste <= factor <= limit.hoogste:
                said = (
                    f"{noem(one, cell)} is {toon(one, value)} en was {toon(one, was)}: {als_getal(factor)} keer. "
                    f"Verwacht is {als_getal(limit.laagste)} tot {als_getal(limit.hoogste)} keer. {_KIJK}"
                )
                yield self._say(one, cell, FACTOR, WAARSCHUWING, said, reads=(was,))
            elif factor == 1 and limit.laagste >= 1:
                said = f"{noem(one, cell)} is precies wat het was: {toon(one, value)}. {_KIJK}"
                yield self._say(one, cell, "zelfde", WAARSCHUWING, said, reads=(was,))
        elif not limit.laagste <= (written := Decimal(one.cellen[cell])) <= limit.hoogste:
            said = (
                f"{noem(one, cell)} is {als_getal(written)}. Verwacht wordt tussen {als_getal(limit.laagste)} en "
                f"{als_getal(limit.hoogste)}. {_KIJK}"
            )
            yield self._say(one, cell, "bereik", WAARSCHUWING, said)

    def van_cel(self, one: Jaarcijfer, cel: str) -> tuple[Verwachting, ...]:
        """All that is expected of a cell: by the formulas, and what it was where only the law changes it."""
        before = self.files.voor(one)
        was = before.waarde(cel) if before is not None and one.naam in self.kennis.gelijk else None
        same = () if was is None else (Verwachting(als_getypt(one, was), "zoals ervoor", self.kennis.gelijk[one.naam]),)
        checks = (check for check in self.controles(one, cel) if check.soort != MELDT)
        return (*same, *(part for check in checks for part in self.verwacht(check, one, cel)))

    # what the law says

    def controles(self, one: Jaarcijfer, cel: str) -> Iterator[Jaarcontrole]:
        """The checks that say something of a cell."""
        for check in self.kennis.controles.get(one.naam, ()):
            if check.venster.bevat(one.venster.vanaf) and cel in check.cellen:
                yield check

    def _checked(self, check: Jaarcontrole, one: Jaarcijfer) -> Iterator[Keurbevinding]:
        cells = check.cellen if check.per_cel else {""}
        for cell in [cell for cell in (one.cellen if check.per_cel else {"": ""}) if cell in cells]:
            if not check.venster.bevat(one.venster.vanaf) or (check.per_cel and one.waarde(cell) is None):
                continue
            if check.moet is not None:
                yield from self._must(check, one, cell)
            else:
                yield from self._expected(check, one, cell)

    def _must(self, check: Jaarcontrole, one: Jaarcijfer, cell: str) -> Iterator[Keurbevinding]:
        assert check.moet is not None
        formula = self._formula(one, cell)
        if formula.waarde(check.moet) is False:
            soort = STOP if check.soort == PRECIES else WAARSCHUWING
            said = f"{noem(one, cell)}: {check.zegt} Dat klopt nu niet. {_KIJK}"
            yield self._say(one, cell, check.naam, soort, said, reads=tuple(formula.gelezen.items()))

    def verwacht(self, check: Jaarcontrole, one: Jaarcijfer, cel: str) -> tuple[Verwachting, ...]:
        """What a check expects of a cell: nothing where something it needs is not there yet."""
        formula = self._formula(one, cel)
        trees = [(reading.boom, reading.lezing, reading.bronnen) for reading in check.lezingen]
        if check.tussen is not None and not trees:
            ends = zip(check.tussen, ("laagste", "hoogste"), strict=True)
            trees = [(tree, end, check.bronnen) for tree, end in ends]
        found = [(formula.waarde(tree), name, sources) for tree, name, sources in trees]
        expected = [Verwachting(als_getypt(one, was), name, by) for was, name, by in found if was is not None]
        if check.tussen is not None and len({part.waarde for part in expected}) == 1:
            expected = [Verwachting(expected[0].waarde, "", check.bronnen)]
        return tuple(expected)

    def _expected(self, check: Jaarcontrole, one: Jaarcijfer, cell: str) -> Iterator[Keurbevinding]:
        expected, value = self.verwacht(check, one, cell), one.waarde(cell)
        if not expected or value is None:
            return
        about = f"{noem(one, cell)} is {toon(one, value)}."
        shown = list(dict.fromkeys(toon_getypt(one, part.waarde) for part in expected))
        off = self._off(check, one, cell, expected)
        if check.soort == MELDT:
            each = " en ".join(f"{toon_getypt(one, part.waarde)} ({part.lezing})" for part in expected)
            yield self._say(one, cell, check.naam, MELDING, f"{about} {check.zegt} Dat geeft {each}.", expected)
        elif off > check.marge:
            stop = check.soort == PRECIES and off > check.speling
            more = "" if not stop else " Staat het daar zo? Dan klopt een ander cijfer niet, of is de wet gewijzigd."
            said = f"{about} {check.zegt} Dat geeft {' of '.join(shown)}. {_KIJK}{more}"
            yield self._say(one, cell, check.naam, STOP if stop else WAARSCHUWING, said, expected)
        elif len(check.lezingen) > 1 and len(shown) > 1:
            near = (part for part in expected if self._off(check, one, cell, (part,)) <= check.marge)
            said = f"{about} Dat past bij deze lezing van de wet: {' en '.join(part.lezing for part in near)}."
            yield self._say(one, cell, f"{check.naam}-lezing", MELDING, said, expected)

    def _off(self, check: Jaarcontrole, one: Jaarcijfer, cell: str, expected: tuple[Verwachting, ...]) -> Decimal:
        """How far a value is from the nearest reading, or from the limits that it lies between."""
        value = one.waarde(cell)
        ends = [end for tree in check.tussen or () if isinstance(end := self._formula(one, cell).waarde(tree), Decimal)]
        if ends and isinstance(value, Decimal):
            return max(min(ends) - value, value - max(ends), Decimal(0))
        typed = None if value is None else als_getypt(one, value)
        if not isinstance(typed, Decimal):
            return Decimal(0 if any(typed == part.waarde for part in expected) else "Infinity")
        return min(abs(typed - part.waarde) for part in expected if isinstance(part.waarde, Decimal))

    def _formula(self, one: Jaarcijfer, cell: str) -> Jaarformule:
        before = self.files.voor(one)
        fields: dict[str, Waarde | None] = {
            NIEUW: one.waarde(cell),
            VORIG: before.waarde(cell) if before is not None else None,
            CEL: cell or None,
            VANAF: one.venster.vanaf,
            DAG_ERVOOR: dag_ervoor(one.venster),
        }
        return Jaarformule(self.files, one.venster.vanaf, fields)

    # groups

    def _groups(self, found: list[Jaarcijfer]) -> Iterator[Keurbevinding]:
        groups: dict[tuple[str, str, str], list[Jaarcijfer]] = {}
        for one in found:
            if one.status == CONCEPT:
                own = one.naam if one.eigen_venster else ""
                groups.setdefault((one.bestand, one.groep, own), []).append(one)
        for (file, group, own), figures in groups.items():
            empty = [one.label for one in figures if one.leeg]
            if empty:
                said = (
                    f"Van {len(figures)} cijfers zijn er {len(empty)} nog niet ingevuld. Tot alles er is, geldt van "
                    "deze groep niets."
                )
                if len(figures) == 1:
                    said = f"Nog niet ingevuld, en geldt tot dan niet: {empty[0]}."
            else:
                said = "Alles is ingevuld, en het is nog een concept: het geldt pas als het is vastgesteld."
            code = f"concept:{file}:{group}:{own}:{len(empty)}"
            yield Keurbevinding(code, MELDING, file, group, own, "", said)

    def _say(
        self,
        one: Jaarcijfer,
        cell: str,
        check: str,
        soort: str,
        said: str,
        expected: tuple[Verwachting, ...] = (),
        reads: tuple[object, ...] = (),
    ) -> Keurbevinding:
        text = one.cellen.get(cell) or ",".join(one.cellen.values())
        place = f"{one.bestand.removesuffix('.yaml')}/{one.groep}/{one.naam}" + (f"/{cell}" if cell else "")
        about = kenmerk(repr((text, [part.tekst for part in expected], reads)))
        return Keurbevinding(
            f"{check}:{place}={text[:40]}:{about}", soort, one.bestand, one.groep, one.naam, cell, said, expected
        )


def _turned(before: Jaarcijfer, one: Jaarcijfer) -> tuple[str, str] | None:
    """Two cells of which the lower one became the higher one."""
    for low, high in permutations(before.cellen, 2):
        was = before.waarde(low), before.waarde(high)
        now = one.waarde(low), one.waarde(high)
        if all(isinstance(part, Decimal) for part in (*was, *now)) and was[0] < was[1] and now[0] > now[1]:  # type: ignore[operator]
            return low, high
    return None
