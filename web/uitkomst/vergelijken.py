"""Two answers beside each other: what comes out differently, and why."""

from dataclasses import dataclass

from regels.regelset import ONDERWERPEN
from regels.teksten import Teksten
from regels.uitslag import Bronvermelding, Conclusie, Uitslag
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import QUIET, Bedrag, amounts, main_amount, sources_of


@dataclass(frozen=True, slots=True)
class Wijziging:
    """One value that was changed, in words; ``naam`` and ``getypt`` are how the form would have it."""

    label: str
    oud: str
    nieuw: str
    naam: str
    getypt: str


@dataclass(frozen=True, slots=True)
class Kant:
    """One side of a difference: the conclusion, and the amount that matters or that changed."""

    conclusie: Conclusie | None
    bedrag: Bedrag | None


@dataclass(frozen=True, slots=True)
class Verschil:
    """A decision that comes out differently, with the reasons of the new answer and its sources."""

    id: str
    titel: str
    onderwerp: str
    oud: Kant
    nieuw: Kant
    anders: bool
    redenen: tuple[str, ...]
    bronnen: tuple[Bronvermelding, ...]


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """Two answers beside each other: what was changed, and what that changes."""

    wijzigingen: tuple[Wijziging, ...]
    verschillen: tuple[Verschil, ...]
    totaal: int

    @property
    def samenvatting(self) -> str:
        """How much changes, in one sentence."""
        if not self.wijzigingen:
            return tekst("uitkomst.watals.niets")
        if not self.verschillen:
            return tekst("uitkomst.watals.zelfde")
        return tekst("uitkomst.watals.verschillen", aantal=len(self.verschillen), totaal=self.totaal)


def compare(teksten: Teksten, old: Uitslag, new: Uitslag, wijzigingen: tuple[Wijziging, ...]) -> Vergelijking:
    """What differs between two answers: other outcomes first, then other amounts, in the order of the subjects."""
    before, after = ({c.id: c for c in answer.conclusies} for answer in (old, new))
    order = list(ONDERWERPEN)
    names = dict.fromkeys([*before, *after])
    found = [d for name in names if (d := _difference(teksten, before.get(name), after.get(name), new)) is not None]
    found.sort(key=lambda d: (not d.anders, order.index(d.onderwerp)))
    return Vergelijking(wijzigingen, tuple(found), len(names))


def _difference(teksten: Teksten, old: Conclusie | None, new: Conclusie | None, answer: Uitslag) -> Verschil | None:
    some = new or old
    assert some is not None
    other = old is None or new is None or old.uitkomst != new.uitkomst
    if not other and old is not None and new is not None and _same(old, new):
        return None
    reasons = [reden.tekst for reden in new.redenen] or [new.tekst] if new else []
    sources = tuple(bron for _, bron in sources_of(new, answer).values()) if new else ()
    left, right = _sides(old, new)
    said = tuple(dict.fromkeys(reasons))
    return Verschil(some.id, teksten.titel(some.id), some.onderwerp, left, right, other, said, sources)


def _same(old: Conclusie, new: Conclusie) -> bool:
    return new.uitkomst in QUIET or (old.tekst, old.weergave) == (new.tekst, new.weergave)


def _sides(old: Conclusie | None, new: Conclusie | None) -> tuple[Kant, Kant]:
    """Both sides with the amount that matters, or the first that differs when that one is the same."""
    first, second = (main_amount(c) if c else None for c in (old, new))
    if old and new and first == second:
        one = {amount.label: amount for amount in amounts(old)}
        two = {amount.label: amount for amount in amounts(new)}
        differs = next((label for label in two if one.get(label) != two[label]), None)
        if differs is not None:
            first, second = one.get(differs), two[differs]
    return Kant(old, first), Kant(new, second)
