"""What the schemes bring together, as the page shows it: two totals, a line for each scheme, the first step.

It decides nothing and adds nothing up: every amount is one of :class:`regels.uitslag.Som`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from regels.uitslag import Conclusie, Ontvangst, Som, Sompost, Somstap, Uitslag
from web.raamwerk.somwoord import amount, in_a_year, total


@dataclass(frozen=True, slots=True)
class Somregel:
    """One scheme: its conclusion, what it brings in words, whether that is in the total, and what is received of it."""

    conclusie: Conclusie
    titel: str
    bedrag: str
    telt: bool
    ontvangst: Ontvangst | None


@dataclass(frozen=True, slots=True)
class Sombeeld:
    """The sum for the page. Totals are in words, and empty where there is nothing to count.

    ``gemist`` and ``teveel`` compare it with what is
    received already; ``buiten`` are the schemes that are received while there is no right.
    """

    zeker: str
    zeker_jaar: str
    mogelijk: str
    mogelijk_jaar: str
    gemist: str
    teveel: str
    zekere: tuple[Somregel, ...]
    mogelijke: tuple[Somregel, ...]
    buiten: tuple[Somregel, ...]
    eerst: Somstap | None
    toelichting: tuple[str, ...]


def show_sum(uitslag: Uitslag) -> Sombeeld | None:
    """The sum of ``uitslag``; None where it has none."""
    som = uitslag.som
    if som is None:
        return None
    found = {c.id: c for c in uitslag.conclusies}
    return Sombeeld(
        zeker=total(som.zeker),
        zeker_jaar=in_a_year(som.zeker),
        mogelijk=total(som.mogelijk),
        mogelijk_jaar=in_a_year(som.mogelijk),
        gemist=total(som.gemist) if som.gemist else "",
        teveel=total(som.teveel) if som.teveel else "",
        zekere=tuple(_line(post, found[post.besluit]) for post in som.zeker.posten),
        mogelijke=tuple(_line(post, found[post.besluit]) for post in _by_amount(som.mogelijk.posten)),
        buiten=tuple(replace(_line(post, found[post.besluit]), bedrag="") for post in som.buiten if post.ontvangst),
        eerst=first_step(som),
        toelichting=tuple(som.toelichting),
    )


def first_step(som: Som) -> Somstap | None:
    """What to do first: the step that is due soonest, and without a day one of a scheme that is sure."""
    return next(iter(som.stappen), None)


def _line(post: Sompost, conclusie: Conclusie) -> Somregel:
    return Somregel(conclusie, post.titel, amount(post), post.telt, post.ontvangst)


def _by_amount(posts: Iterable[Sompost]) -> Iterator[Sompost]:
    """Those with an amount first, in their own order."""
    yield from sorted(posts, key=lambda post: post.maand is None and post.jaar is None)
