"""Two distributions with a mean that is given: a truncated log-normal one, and one of classes with their shares."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, expm1, log, log1p
from statistics import NormalDist
from typing import Final

NORMAAL: Final = NormalDist()
_STEPS: Final = 80


def solved(value: Callable[[float], float], wanted: float, low: float, high: float) -> float:
    """Where the rising function ``value`` is ``wanted``, between ``low`` and ``high``."""
    if not value(low) <= wanted <= value(high):
        raise ValueError(f"{wanted} ligt niet tussen {value(low):.2f} en {value(high):.2f}")
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) < wanted else (low, middle)
    return (low + high) / 2


@dataclass(frozen=True, slots=True)
class Lognormaal:
    """A log-normal distribution between two bounds."""

    mu: float
    sigma: float
    van: float
    tot: float

    @classmethod
    def met(cls, gemiddeld: float, sigma: float, van: float, tot: float) -> "Lognormaal":
        """The one with this mean."""
        low, high = log(van) - 4 * sigma, log(tot) + 4 * sigma
        return cls(solved(lambda mu: cls(mu, sigma, van, tot).gemiddeld, gemiddeld, low, high), sigma, van, tot)

    def _part(self, shift: float = 0.0) -> tuple[float, float]:
        low, high = ((log(bound) - self.mu) / self.sigma - shift for bound in (self.van, self.tot))
        return NORMAAL.cdf(low), NORMAAL.cdf(high)

    @property
    def gemiddeld(self) -> float:
        """Its mean."""
        (low, high), (low_s, high_s) = self._part(), self._part(self.sigma)
        return exp(self.mu + self.sigma**2 / 2) * (high_s - low_s) / (high - low)

    def bij(self, deel: Sequence[float]) -> list[float]:
        """The values below which these parts of it lie."""
        low, high = self._part()
        inverse, mu, sigma, width = NORMAAL.inv_cdf, self.mu, self.sigma, high - low
        return [exp(mu + sigma * inverse(low + part * width)) for part in deel]


@dataclass(frozen=True, slots=True)
class Klassen:
    """Classes with bounds and shares; inside each the density leans to one side, in all by the same ``helling``.

    Of all distributions with these shares and a mean this is the flattest (of maximal entropy): nothing else is put in.
    """

    grenzen: tuple[float, ...]
    aandelen: tuple[float, ...]
    helling: float

    @classmethod
    def met(cls, gemiddeld: float, grenzen: tuple[float, ...], aandelen: tuple[float, ...]) -> "Klassen":
        """The one with this mean."""
        return cls(
            grenzen, aandelen,
            solved(lambda slope: cls(grenzen, aandelen, slope).gemiddeld, gemiddeld, -0.2, 0.2),
        )  # fmt: skip

    @property
    def gemiddeld(self) -> float:
        """Its mean."""
        found = 0.0
        for low, high, share in zip(self.grenzen[:-1], self.grenzen[1:], self.aandelen, strict=True):
            lean = self.helling * (high - low)
            middle = 0.5 if abs(lean) < 1e-6 else 1 / -expm1(-lean) - 1 / lean
            found += share * (low + (high - low) * middle)
        return found

    def bij(self, deel: Sequence[float]) -> list[float]:
        """The values below which these parts of it lie."""
        ends, total = [], 0.0
        for share in self.aandelen:
            total += share
            ends.append(total)
        found = []
        for part in deel:
            index = min(bisect_left(ends, part), len(ends) - 1)
            inside = min(1.0, (part - (ends[index] - self.aandelen[index])) / self.aandelen[index])
            low, high = self.grenzen[index], self.grenzen[index + 1]
            lean = self.helling * (high - low)
            found.append(low + (high - low) * (inside if abs(lean) < 1e-6 else log1p(inside * expm1(lean)) / lean))
        return found


def on_points(points: Sequence[Sequence[float]], deel: Sequence[float]) -> list[float]:
    """The values below which these parts lie: between two points linear in the logarithm, from zero in the amount."""
    parts = [point[0] for point in points]
    found = []
    for part in deel:
        index = max(1, min(bisect_left(parts, part), len(parts) - 1))
        (low, start), (high, end) = points[index - 1], points[index]
        where = (part - low) / (high - low)
        found.append(start * (end / start) ** where if start > 0 else start + (end - start) * where)
    return found
