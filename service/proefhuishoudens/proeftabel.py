"""The table of illustrative households, with the columns of a portfolio: the same for the same seed, on any machine."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from math import log, sqrt
from random import Random
from typing import Any, Final

import polars as pl

from regels import Regelset
from regels.lezers import kolommen
from service.proefhuishoudens.huishoudcellen import Huishoudsoort, cellen, rows_of
from service.proefhuishoudens.jaarindex import figure, income_index, rent_index
from service.proefhuishoudens.marges import ALLES_MIDDEN, Aannames, check_aannames, marges, waarde
from service.proefhuishoudens.verdeling import NORMAAL, Klassen, Lognormaal, on_points

# of the table only; a portfolio does not know them and passes them over
GEWICHT: Final = "gewicht"
TYPE: Final = "huishoudtype"
KLASSE: Final = "inkomensklasse"
INKOMEN: Final = "inkomen"
PLEKKEN: Final = 5
_CENTS: Final = 100
_EDGE: Final = 1e-9
# the places of who can have an income: the tenant and the partner
_EARNERS: Final = 2
_COUPLES: Final = ("paar", "paar_met_kinderen")


def proefhuishoudens(
    aantal: int, zaad: int, jaar: int, regels: Regelset, *, gekozen: Aannames = ALLES_MIDDEN
) -> pl.DataFrame:
    """``aantal`` illustrative households as they are on 31 December before ``jaar``, with the incomes of ``jaar``.

    The columns are those of :func:`regels.lezers.kolommen.schema`, with a reference, what each row weighs (``gewicht``:
    for how many homes it stands) and its kind (``huishoudtype``, ``inkomensklasse``, ``inkomen``). ``gekozen`` takes
    the low or the high value of an assumption instead of the middle one. Between two levels all else is drawn the same.
    """
    check_aannames(gekozen)
    made = _Trekking(aantal, zaad, jaar, regels, gekozen)
    found = dict(made.columns())
    return pl.DataFrame(found, schema_overrides=_types(regels, found))


def _types(regels: Regelset, names: Collection[str]) -> dict[str, pl.Enum]:
    return {
        kolom.naam: pl.Enum(kolom.woorden)
        for kolom in kolommen.schema(regels, personen=PLEKKEN)
        if kolom.woorden and kolom.naam in names
    }


class _Trekking:
    """One draw: each part of it has a row of random numbers of its own."""

    def __init__(self, count: int, seed: int, year: int, regels: Regelset, chosen: Aannames) -> None:
        shares = cellen(chosen)
        self._seed, self._year, self._regels, self._chosen = seed, year, regels, chosen
        self._known = marges()
        homes = sum(self._known["woningen"]["aantal"].values())
        self._cells: list[Huishoudsoort] = []
        self._weights: list[float] = []
        for cell, rows in rows_of(shares, count).items():
            self._cells += [cell] * rows
            self._weights += [shares[cell] * homes / rows] * rows

    def columns(self) -> Iterator[tuple[str, Sequence[Any]]]:
        """Every column, by name."""
        size = len(self._cells)
        places = self._draw("inkomen")
        incomes, rank = self._incomes(places)
        rents, rent_rank = self._rents(rank)
        yield "verwijzing", [f"proef-{number:06}" for number in range(1, size + 1)]
        yield GEWICHT, self._weights
        yield TYPE, [cell.type for cell in self._cells]
        yield KLASSE, [cell.klasse + 1 for cell in self._cells]
        now = [round(income * income_index(self._regels, self._year)) for income in incomes]
        yield INKOMEN, now
        yield "soort", ["huurder"] * size
        yield "verhuurder", [cell.verhuurder for cell in self._cells]
        yield "vermogen", [round(part) for part in on_points(self._known["vermogen"]["punten"], self._draw("vermogen"))]
        yield "inkomenscategorie", self._categories(incomes)
        yield from self._home(rents, rent_rank)
        yield from self._residents(incomes)

    def _draw(self, what: str) -> list[float]:
        draw = Random(f"{self._seed} {what}").random  # noqa: S311 - an illustration, and the same one every time
        return [min(max(draw(), _EDGE), 1 - _EDGE) for _ in self._cells]

    def _incomes(self, places: Sequence[float]) -> tuple[list[float], list[float]]:
        """The income of each household in the reference year, and which part of all has less."""
        known = self._known["inkomen"]
        means = [part["gemiddeld"] for part in known["klassen"]]
        bounds = [known["laagste"], *(sqrt(low * high) for low, high in pairwise(means))]
        bounds.append(known["hoogste"])
        spread = waarde("inkomen.spreiding", self._chosen)
        total = sum(part["aandeel"] for part in known["klassen"])
        found, rank, below = [0.0] * len(places), [0.0] * len(places), 0.0
        for klasse, mean in enumerate(means):
            rows = [row for row, cell in enumerate(self._cells) if cell.klasse == klasse]
            spot = [places[row] for row in rows]
            share = known["klassen"][klasse]["aandeel"] / total
            drawn = Lognormaal.met(mean, spread, bounds[klasse], bounds[klasse + 1]).bij(spot)
            for row, income, part in zip(rows, drawn, spot, strict=True):
                found[row], rank[row] = income, below + part * share
            below += share
        return found, rank

    def _rents(self, rank: Sequence[float]) -> tuple[list[float], list[float]]:
        """The rent at the end of the year before, linked to the income by rank; and which part of all is lower."""
        linked = _linked(rank, self._draw("huur"), waarde("huur.samenhang", self._chosen))
        carry = rent_index(self._year - 1)
        return [round(rent * carry, 2) for rent in rent_classes(self._regels, self._chosen).bij(linked)], linked

    def _categories(self, incomes: Sequence[float]) -> list[str]:
        """What the tax office would declare: the income of two years ago against the limits of the round.

        Of a year without limits it is the category by those of the nearest year that has them.
        """
        names = self._known["inkomen"]["categorieen"]
        starts = sorted(cijfer.venster.vanaf for cijfer in self._regels.cijfers[names["hoog"]])
        day = next((start for start in reversed(starts) if start.year <= self._year), starts[0])
        limits_of = {
            key: {level: float(figure(self._regels, f"{name}.{key}", day)) for level, name in names.items()}
            for key in ("eenpersoons", "meerpersoons")
        }
        back = income_index(self._regels, day.year - 2)
        found = []
        for cell, income in zip(self._cells, incomes, strict=True):
            limits = limits_of["eenpersoons" if cell.type == "alleen" else "meerpersoons"]
            then = income * back
            found.append("hoog" if then > limits["hoog"] else "midden" if then > limits["midden"] else "laag")
        return found

    def _home(self, rents: Sequence[float], rank: Sequence[float]) -> Iterator[tuple[str, Sequence[Any]]]:
        low, high = (waarde(f"wws.{name}", self._chosen) / 100 for name in ("laagste", "hoogste"))
        parts = [low + (high - low) * part for part in self._draw("wws")]
        size = len(self._cells)
        yield "woning_kale_huur", [round(rent * _CENTS) for rent in rents]
        yield "woning_servicekosten_totaal", [0] * size
        yield "woning_zelfstandig", [True] * size
        yield "woning_wws_maximum", [round(rent / part * _CENTS) for rent, part in zip(rents, parts, strict=True)]
        yield "woning_energielabel", self._labels(rank)
        end = date(self._year - 1, 12, 31)
        last = date(self._year - 1, 7, 1)
        yield "woning_label_datum", [end - timedelta(days=int(part * 8 * 365)) for part in self._draw("labeldatum")]
        leave = 1 - waarde("verhuizing.kans", self._chosen) / 100
        yield (
            "woning_contract_vanaf",
            [last - timedelta(days=int(min(50.0, _years(part, leave)) * 365)) for part in self._draw("contract")],
        )
        yield "woning_laatste_verhoging", [last] * size

    def _labels(self, rank: Sequence[float]) -> list[str]:
        """The label by landlord; the worse, the lower the rent, as strong as ``labels.samenhang``."""
        known, worst = (
            self._known["labels"],
            _linked(rank, self._draw("label"), waarde("labels.samenhang", self._chosen)),
        )
        ends = {}
        for landlord in self._known["woningen"]["aantal"]:
            counts, total, found = known[landlord], 0, []
            for count in reversed(counts):
                total += count
                found.append(total / sum(counts))
            ends[landlord] = found
        words = known["soorten"][::-1]
        return [
            words[next(index for index, end in enumerate(ends[cell.verhuurder]) if part <= end + _EDGE)]
            for cell, part in zip(self._cells, worst, strict=True)
        ]

    def _residents(self, incomes: Sequence[float]) -> Iterator[tuple[str, Sequence[Any]]]:
        people = [
            _people(cell, self._known, draws) for cell, draws in zip(self._cells, self._households(), strict=True)
        ]
        yield "personen", [len(household) for household in people]
        factors = [income_index(self._regels, self._year - back) for back in range(3)]
        names = ("inkomen_opgave", "inkomen_t1", "inkomen_t2")
        for place in range(PLEKKEN):
            own = [household[place] if place < len(household) else None for household in people]
            yield f"p{place + 1}_rol", [one and one[0] for one in own]
            yield f"p{place + 1}_geboortedatum", [one and _born(self._year, *one[1:3]) for one in own]
            if place >= _EARNERS:
                continue
            for name, factor in zip(names, factors, strict=True):
                shares = zip(own, incomes, strict=True)
                yield (
                    f"p{place + 1}_{name}",
                    [
                        None if one is None or one[3] is None else round(income * factor * one[3])
                        for one, income in shares
                    ],
                )

    def _households(self) -> Iterator[tuple[float, ...]]:
        parts = ("leeftijd", "leeftijd partner", "dag", "kinderen", "kind 1", "kind 2", "kind 3", "aandeel")
        return zip(*(self._draw(part) for part in parts), strict=True)


def rent_classes(regels: Regelset, gekozen: Aannames) -> Klassen:
    """The rents of the reference year: the shares of the classes, and the mean."""
    known = marges()["huur"]
    day = date(known["grensjaar"], 12, 31)
    grow = 1 / rent_index(day.year)
    ends = [float(figure(regels, part["grens"], day)) * grow for part in known["klassen"]]
    shares = [waarde(f"huur.klassen.{index}.aandeel", gekozen) / 100 for index in range(len(ends))]
    steps = [high - low for low, high in zip([0.0, *shares], [*shares, 1.0], strict=True)]
    return Klassen.met(known["gemiddeld"], (known["laagste"], *ends, known["hoogste"]), tuple(steps))


def _linked(rank: Sequence[float], draws: Sequence[float], strength: float) -> list[float]:
    """Parts that are linked to ``rank`` as strongly as ``strength``: a Gaussian copula."""
    if not strength:
        return list(draws)
    rest, score, back = sqrt(1 - strength**2), NORMAAL.inv_cdf, NORMAAL.cdf
    return [
        min(max(back(strength * score(one) + rest * score(other)), _EDGE), 1 - _EDGE)
        for one, other in zip(rank, draws, strict=True)
    ]


def _years(part: float, stays: float) -> float:
    """After how many years this part of the households has left, when each year ``stays`` of them stay."""
    return log(1 - part) / log(stays)


_Bewoner = tuple[str, int, float, float | None]


def _people(cell: Huishoudsoort, known: Any, draws: tuple[float, ...]) -> list[_Bewoner]:
    """Role, age, place in the year, and the share of the income of each resident."""
    age, second, day, kids, *children, share = draws
    grown = _age(cell, known["leeftijd"], age)
    earns = 0.5 + share / 2 if cell.type in _COUPLES else 1.0
    found: list[_Bewoner] = [("huurder", grown, day, earns)]
    if cell.type in _COUPLES:
        found.append(("partner", _age(cell, known["leeftijd"], second), 1 - day, 1 - earns))
    if cell.type in known["kinderen"]:
        number = 1 + sum(kids * 100 >= edge for edge in accumulate(known["kinderen"][cell.type][:-1]))
        oldest = known["kinderen"]["oudste"]
        found += [("kind", int(own * (oldest + 1)), own * 7 % 1, None) for own in children[:number]]
    return found


def _age(cell: Huishoudsoort, known: Any, part: float) -> int:
    if cell.aow:
        return int(known["jongste_aow"] + part * (known["oudste_aow"] + 1 - known["jongste_aow"]))
    oldest = known["ouder_oudste"] if cell.type in marges()["kinderen"] else known["oudste"]
    young, middle = known["jongste"], known["midden"]
    return int(young + part * 2 * (middle - young) if part < 0.5 else middle + (part - 0.5) * 2 * (oldest + 1 - middle))


def _born(year: int, age: int, day: float) -> date:
    """A birthday that makes this age on 1 January."""
    return date(year, 1, 1) - timedelta(days=int(age * 365.25 + day * 365))
