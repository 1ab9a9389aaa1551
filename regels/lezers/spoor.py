"""A number or a day that is followed through the rules: how far along a field everything comes out the same way.

The rules are evaluated at one value of the field, as they always are, but with a :class:`Spoor` in its place. It is
computed with like the number that it is, and remembers how it came from the field. Whenever it is compared with a
limit, the :class:`Baan` is cut off where that comparison would come out otherwise. So one evaluation tells what is
decided at this value and up to where exactly that holds, whatever the rules do with the field on the way.

How high and how low a followed number gets on a stretch is found with the same operations on the two ends, which is
exact for what goes one way. For what does not, the stretch is shorter than it might be, and never too long.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any, Final

_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
Ends = tuple[Decimal, Decimal]
# Of a comparison: what must hold of the lowest and the highest difference to be sure that it comes out the same, by the
# sign and by how it came out.
_Must = Callable[[Decimal, Decimal], bool]
_MUST: Final[Mapping[tuple[str, bool], _Must]] = {
    ("<", True): lambda low, high: high < 0,
    ("<", False): lambda low, high: low >= 0,
    ("<=", True): lambda low, high: high <= 0,
    ("<=", False): lambda low, high: low > 0,
    ("=", True): lambda low, high: low == high == 0,
    ("=", False): lambda low, high: low > 0 or high < 0,
}


class Baan:
    """A stretch of a field from ``van`` up to and including ``tot``, by steps of ``stap``; days are numbered.

    It begins as long as it may be, and every comparison makes it as short as it must be.
    """

    __slots__ = ("stap", "tot", "van")

    def __init__(self, van: Decimal, tot: Decimal, stap: Decimal) -> None:
        self.van, self.tot, self.stap = van, tot, stap

    def hold(self, spoor: "Spoor", must: _Must) -> None:
        """End the stretch before the first value of which it is not sure that ``must`` holds of ``spoor``."""
        if must(*spoor.ends(self.van, self.tot)):
            return

        def holds(steps: int) -> bool:
            return must(*spoor.ends(self.van, self.van + steps * self.stap))

        good, bad = 0, int((self.tot - self.van) / self.stap)
        # what comes straight from the field crosses zero at a place that can be computed
        if (zero := spoor.nul()) is not None:
            near = int((zero - self.van) / self.stap)
            for steps in (near + 1, near, near - 1):
                if good < steps < bad:
                    good, bad = (steps, bad) if holds(steps) else (good, steps)
        while bad - good > 1:
            middle = (good + bad) // 2
            good, bad = (middle, bad) if holds(middle) else (good, middle)
        self.tot = self.van + good * self.stap


class _Blad:
    """What a followed number is made of: the field itself, or what a function makes of followed numbers."""

    __slots__ = ("_made", "_of")

    def __init__(self, made: Callable[..., Decimal] | None = None, of: "tuple[Spoor | Decimal, ...]" = ()) -> None:
        self._made, self._of = made, of

    @property
    def is_veld(self) -> bool:
        """Whether it is the field itself."""
        return self._made is None

    def ends(self, low: Decimal, high: Decimal) -> Ends:
        """The lowest and the highest that it gets while the field goes from ``low`` to ``high``.

        Each function here goes one way with each of its parts, so that it has both at a corner.
        """
        if self._made is None:
            return low, high
        parts = [part.ends(low, high) if part.__class__ is Spoor else (part,) for part in self._of]
        found = [self._made(*corner) for corner in product(*parts)]
        return (found[0], found[0]) if low == high else (min(found), max(found))


class Spoor:
    """A number that is followed: ``nu`` at the begin of the line, and how it comes from the field.

    It is a sum: so many times each of its parts, and ``vast``. With ``dag`` it is the number of a day, and it is
    compared with days.
    """

    __slots__ = ("_delen", "_vast", "dag", "lijn", "nu")
    __hash__ = None  # type: ignore[assignment]

    def __init__(
        self, lijn: Baan, nu: Decimal, delen: Mapping[_Blad, Decimal], vast: Decimal = _ZERO, *, dag: bool = False
    ) -> None:
        self.lijn, self.nu, self._delen, self._vast, self.dag = lijn, nu, delen, vast, dag

    @classmethod
    def van(cls, lijn: Baan, *, dag: bool = False) -> "Spoor":
        """The field itself."""
        return cls(lijn, lijn.van, {_Blad(): _ONE}, dag=dag)

    @property
    def waarde(self) -> Decimal | date:
        """What it is at the begin of the line."""
        return date.fromordinal(int(self.nu)) if self.dag else self.nu

    def ends(self, low: Decimal, high: Decimal) -> Ends:
        """The lowest and the highest that it gets while the field goes from ``low`` to ``high``."""
        lowest = highest = self._vast
        for part, times in self._delen.items():
            one, other = part.ends(low, high)
            lowest, highest = (
                (lowest + one * times, highest + other * times)
                if times > 0
                else (lowest + other * times, highest + one * times)
            )
        return lowest, highest

    def nul(self) -> Decimal | None:
        """About where it is zero; None when it comes from the field by another way than a sum."""
        if len(self._delen) != 1:
            return None
        ((part, times),) = self._delen.items()
        return -self._vast / times if part.is_veld else None

    def grenzen(self) -> tuple[Decimal | date, Decimal | date]:
        """The lowest and the highest that it is on its line."""
        return self._as_told(*self.ends(self.lijn.van, self.lijn.tot))

    def aan_de_einden(self) -> tuple[Decimal | date, Decimal | date]:
        """What it is at the begin and at the end of its line."""
        return self._as_told(self.nu, self.ends(self.lijn.tot, self.lijn.tot)[0])

    def _as_told(self, one: Decimal, other: Decimal) -> tuple[Decimal | date, Decimal | date]:
        return (date.fromordinal(int(one)), date.fromordinal(int(other))) if self.dag else (one, other)

    # arithmetic

    def _sum(self, other: Any, times: Decimal) -> "Spoor":
        """This and ``times`` (1 or -1) the other."""
        if isinstance(other, Decimal | int):
            return Spoor(self.lijn, self.nu + other * times, self._delen, self._vast + other * times)
        parts = dict(self._delen)
        for part, often in other._delen.items():
            parts[part] = parts.get(part, _ZERO) + often * times
        delen = {part: often for part, often in parts.items() if often}
        return Spoor(self.lijn, self.nu + other.nu * times, delen, self._vast + other._vast * times)

    def __add__(self, other: Any) -> "Spoor":
        return self._sum(other, _ONE)

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Spoor":
        return self._sum(other, -_ONE)

    def __rsub__(self, other: Any) -> "Spoor":
        return (self * -1)._sum(other, _ONE)

    def __mul__(self, other: Any) -> "Spoor":
        if isinstance(other, Spoor):
            return self._through(_times, self, other)
        delen = {part: often * other for part, often in self._delen.items()} if other else {}
        return Spoor(self.lijn, self.nu * other, delen, self._vast * other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Spoor":
        return self._through(_divided, self, other)

    def __rtruediv__(self, other: Any) -> "Spoor":
        return self._through(_divided, other, self)

    def to_integral_value(self, rounding: str) -> "Spoor":
        """As :meth:`decimal.Decimal.to_integral_value`."""
        return self._through(lambda value: value.to_integral_value(rounding), self)

    def _through(self, made: Callable[..., Decimal], *of: Any) -> "Spoor":
        now = made(*(part.nu if isinstance(part, Spoor) else part for part in of))
        return Spoor(self.lijn, now, {_Blad(made, of): _ONE})

    # comparisons

    def _compare(self, sign: str, other: Any) -> bool:
        limit = Decimal(other.toordinal()) if isinstance(other, date) else other
        there = limit.nu if isinstance(limit, Spoor) else limit
        found = self.nu < there if sign == "<" else self.nu <= there if sign == "<=" else self.nu == there
        self.lijn.hold(self - limit, _MUST[sign, found])
        return bool(found)

    def __lt__(self, other: Any) -> bool:
        return self._compare("<", other)

    def __le__(self, other: Any) -> bool:
        return self._compare("<=", other)

    def __gt__(self, other: Any) -> bool:
        return not self._compare("<=", other)

    def __ge__(self, other: Any) -> bool:
        return not self._compare("<", other)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spoor | Decimal | int | date) and self._compare("=", other)


def _times(one: Decimal, other: Decimal) -> Decimal:
    return one * other


def _divided(one: Decimal, other: Decimal) -> Decimal:
    return one / other  # on a stretch the divisor is not zero: whoever divides has looked at that


def gevolgd(function: Callable[..., Any], *args: Any) -> Spoor:
    """What ``function`` of days and numbers makes of ``args`` of which some are followed.

    It must go one way with each of them.
    """
    lijn = next(_followed(args)).lijn
    of = tuple(Decimal(arg.toordinal()) if isinstance(arg, date) else arg for arg in args)
    days = [isinstance(arg, date) or (isinstance(arg, Spoor) and arg.dag) for arg in args]

    def made(*numbers: Decimal) -> Decimal:
        parts = (date.fromordinal(int(n)) if day else n for n, day in zip(numbers, days, strict=True))
        found = function(*parts)
        return Decimal(found.toordinal()) if isinstance(found, date) else found

    now = function(*(arg.waarde if isinstance(arg, Spoor) else arg for arg in args))
    day = isinstance(now, date)
    return Spoor(lijn, Decimal(now.toordinal()) if day else now, {_Blad(made, of): _ONE}, dag=day)


def _followed(args: tuple[Any, ...]) -> Iterator[Spoor]:
    return (arg for arg in args if isinstance(arg, Spoor))
