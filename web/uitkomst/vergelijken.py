"""Two answers beside each other: now and then of what matters most, what is different and why, and what is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from regels.opmaak import bedrag, datum, maandbedrag
from regels.regelset import ONDERWERPEN
from regels.teksten import Teksten
from regels.uitslag import Bronvermelding, Conclusie, Sompost, Uitslag
from web.formulier.invoer import ANDERS, GRENS
from web.raamwerk.somwoord import amount, total
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import QUIET, Bedrag, amounts, main_amount, sources_of

# of the main things those with one of these values come first, in this order: what a household pays and gets
_FIRST: Final = ("perMaand", "nettoHuur", "nieuweHuur", "maximaleHuur", "marge")
_SURE: Final = ("ja", "nee")


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
class Naast:
    """A main thing or a scheme now and then, whether it differs or not; ``verschil`` says by how much."""

    titel: str
    oud: Kant
    nieuw: Kant
    verschil: str
    anders: bool


@dataclass(frozen=True, slots=True)
class Samen:
    """What the schemes surely bring together now and then, in words."""

    oud: str
    nieuw: str
    verschil: str
    anders: bool


@dataclass(frozen=True, slots=True)
class Vergelijking:
    """Two answers beside each other: what was changed, what matters most now and then, and what is different.

    ``gelijk`` is what stays as it is and is not among ``naast``; ``grens`` is the limit that was crossed, if one was
    asked for, and ``op`` says of which day and by which rules both answers are.
    """

    wijzigingen: tuple[Wijziging, ...]
    verschillen: tuple[Verschil, ...]
    totaal: int
    naast: tuple[Naast, ...] = ()
    samen: Samen | None = None
    gelijk: tuple[tuple[str, Kant], ...] = ()
    op: str = ""
    grens: str = ""

    @property
    def gevraagd(self) -> tuple[str, ...]:
        """What was asked for, as :func:`web.uitkomst.wat_als.asked_before` reads it."""
        return (f"{GRENS}.{self.grens}",) if self.grens else tuple(ANDERS + w.naam for w in self.wijzigingen)

    @property
    def samenvatting(self) -> str:
        """How much changes, in one sentence."""
        if not self.wijzigingen:
            return tekst("uitkomst.watals.niets")
        if not self.verschillen:
            return tekst("uitkomst.watals.zelfde")
        return tekst("uitkomst.watals.verschillen", aantal=len(self.verschillen), totaal=self.totaal)


def compare(
    teksten: Teksten, old: Uitslag, new: Uitslag, wijzigingen: tuple[Wijziging, ...], grens: str = ""
) -> Vergelijking:
    """Two answers beside each other; other outcomes before other amounts, in the order of the subjects."""
    before, after = ({c.id: c for c in answer.conclusies} for answer in (old, new))
    order = list(ONDERWERPEN)
    names = dict.fromkeys([*before, *after])
    found = [d for name in names if (d := _difference(teksten, before.get(name), after.get(name), new)) is not None]
    found.sort(key=lambda d: (not d.anders, order.index(d.onderwerp)))
    beside = {**_main(teksten, before, after), **_schemes(old, new, before, after, teksten)}
    told = {*beside, *(d.id for d in found)}
    rest = [c for name, c in after.items() if name not in told and c.uitkomst not in QUIET]
    return Vergelijking(
        wijzigingen,
        tuple(found),
        len(names),
        tuple(beside.values()),
        _together(old, new),
        tuple((teksten.titel(c.id), Kant(c, main_amount(c))) for c in rest),
        tekst("uitkomst.watals.op", dag=datum(new.peildatum), regels=new.regelset.naam),
        grens,
    )


def _main(teksten: Teksten, before: dict[str, Conclusie], after: dict[str, Conclusie]) -> dict[str, Naast]:
    """The main things that say something about this household on one of both sides."""
    found = {}
    for name in teksten.hoofdzaken:
        old, new = before.get(name), after.get(name)
        if any(c is not None and c.uitkomst not in QUIET for c in (old, new)):
            left, right = _sides(old, new)
            other = old is None or new is None or old.uitkomst != new.uitkomst or not _same(old, new)
            found[name] = Naast(teksten.titel(name), left, right, _by_how_much(old, new, other), other)
    return dict(sorted(found.items(), key=lambda one: _rank(before.get(one[0]), after.get(one[0]))))


def _rank(*sides: Conclusie | None) -> int:
    known = {name for c in sides if c is not None for name in c.waarden}
    return next((place for place, name in enumerate(_FIRST) if name in known), len(_FIRST))


def _by_how_much(old: Conclusie | None, new: Conclusie | None, other: bool) -> str:
    """How much more or less an amount becomes, where both sides have it in euros."""
    if not other:
        return tekst("uitkomst.watals.gelijk")
    for name in _FIRST[:-1]:
        one, two = (c.waarden.get(name) if c is not None and c.uitkomst in _SURE else None for c in (old, new))
        if isinstance(one, Decimal) and isinstance(two, Decimal) and one != two:
            return _more_or_less(two - one)
    return tekst("uitkomst.watals.anders")


def _more_or_less(difference: Decimal) -> str:
    shown = abs(difference)
    written = bedrag(shown) if shown == shown.to_integral_value() else maandbedrag(shown)
    if difference < 0:
        return tekst("uitkomst.watals.lager", bedrag=written)
    return tekst("uitkomst.watals.hoger", bedrag=written) if difference else tekst("uitkomst.watals.gelijk")


def _schemes(
    old: Uitslag, new: Uitslag, before: dict[str, Conclusie], after: dict[str, Conclusie], teksten: Teksten
) -> dict[str, Naast]:
    """The schemes with an amount on one of both sides, that are no main thing."""
    left, right = (dict(_posts(answer)) for answer in (old, new))
    found = {}
    for name in dict.fromkeys([*left, *right]):
        one, two = left.get(name), right.get(name)
        if name in teksten.hoofdzaken:
            continue
        sides = (Kant(before.get(name), _written(one)), Kant(after.get(name), _written(two)))
        sure = one is not None and two is not None and one.uitkomst == two.uitkomst == "ja"
        other = one != two
        if sure and one is not None and two is not None and one.maand is not None and two.maand is not None:
            said = _more_or_less(two.maand - one.maand)
        else:
            said = tekst("uitkomst.watals.anders") if other else tekst("uitkomst.watals.gelijk")
        found[name] = Naast(teksten.titel(name), *sides, said, other)
    return found


def _posts(answer: Uitslag) -> Iterator[tuple[str, Sompost]]:
    if answer.som is not None:
        for part in (answer.som.zeker, answer.som.mogelijk):
            yield from ((post.besluit, post) for post in part.posten if post.maand is not None or post.jaar is not None)


def _written(post: Sompost | None) -> Bedrag | None:
    return None if post is None else Bedrag("", amount(post), False)


def _together(old: Uitslag, new: Uitslag) -> Samen | None:
    if old.som is None or new.som is None:
        return None
    one, two = old.som.zeker, new.som.zeker
    words = [total(part) or bedrag(Decimal(0)) for part in (one, two)]
    return Samen(words[0], words[1], _more_or_less(two.maand - one.maand), words[0] != words[1])


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
