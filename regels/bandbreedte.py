"""The answer to a household of which only a band is known that the income lies in.

The bands lie between the income limits of the rule set. A question with a band is checked at both ends, and on and just
above every yearly amount of the rules in between; for a couple with the income at either of the two. Where all those
answers agree a decision has that outcome, else it is unknown, and the income is what is missing. That is exact for what
changes at a limit or moves one way with the income, which a test holds every decision to.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

from regels.eenheden import UNITS
from regels.regelset import Regelset
from regels.som import between, sum_of
from regels.stand import cijfer_op
from regels.toets import toets
from regels.uitslag import Conclusie, Ontbrekend, Uitslag
from regels.vraag import Vraag

# the limits of the allocation: between two of them nothing changes there
_GRENZEN = ("passend_inkomensgrens", "passend_inkomensgrens_aow", "daeb_grens")
_YEARLY = UNITS["euro per jaar"].unit
_SAMEN = ("huurder", "partner")
_INCOME = "inkomen_opgave"

SAME = "Voor elk inkomen in deze band is de uitkomst hetzelfde."
DIFFERS = "Dat hangt af van het precieze inkomen. Vul in: verwacht inkomen dit jaar."
MISSING = "Vul in: verwacht inkomen dit jaar."


@dataclass(frozen=True, slots=True)
class Band:
    """The incomes from ``laag`` up to and including ``hoog``, in whole euros a year; no ``hoog``: everything above."""

    laag: int
    hoog: int | None

    @property
    def id(self) -> str:
        """The band as a word for a form."""
        return f"{self.laag}-{'' if self.hoog is None else self.hoog}"


def bands(peildatum: date, regels: Regelset) -> tuple[Band, ...]:
    """The bands between the income limits in force on ``peildatum``, lowest first; empty when none is in force."""
    limits = sorted({value for name in _GRENZEN for value in _values(regels, name, peildatum)})
    if not limits:
        return ()
    edges = [-1, *limits]
    return (*(Band(low + 1, high) for low, high in pairwise(edges)), Band(limits[-1] + 1, None))


def check_band(vraag: Vraag, band: Band, regels: Regelset) -> Uitslag:
    """The answer to ``vraag`` when tenant and partner together have an income in ``band``.

    Their own incomes in ``vraag`` are not read. Raises what :func:`regels.toets` raises.
    """
    answers = [toets(question, regels) for question in _questions(vraag, band, regels)]
    first = answers[0]
    by_id = [{c.id: c for c in answer.conclusies} for answer in answers]
    place = _income_field(vraag, regels)
    merged = [
        _merged([own[c.id] for own in by_id], place) for c in first.conclusies if all(c.id in own for own in by_id)
    ]
    sources = {name: source for answer in answers for name, source in answer.bronnen.items()}
    shared = [taken for taken in first.uitgangspunten if all(taken in answer.uitgangspunten for answer in answers)]
    whole = replace(first, conclusies=merged, bronnen=sources, uitgangspunten=shared)
    if first.som is None:
        return whole
    amounts = between([answer.conclusies for answer in answers], regels)
    return replace(whole, som=sum_of(merged, regels, vraag.ontvangsten(), amounts))


def knows_income(vraag: Vraag) -> bool:
    """Whether tenant or partner has an income of their own in ``vraag``, so that a band says nothing more."""
    return any(person.rol in _SAMEN and person.inkomen_opgave is not None for person in (vraag.personen or []))


def _values(regels: Regelset, name: str, day: date) -> Iterator[int]:
    figure = cijfer_op(regels, name, day) if name in regels.cijfers else None
    if figure is None:
        return
    cells = figure.waarde.values() if isinstance(figure.waarde, Mapping) else [figure.waarde]
    yield from (int(cell) for cell in cells if isinstance(cell, Decimal))


def _incomes(band: Band, peildatum: date, regels: Regelset) -> list[int]:
    """The ends of the band, and on and just above each yearly amount inside it."""
    most = regels.velden[_INCOME].maximum
    assert isinstance(most, Decimal)
    high = int(most) if band.hoog is None else band.hoog
    yearly = [name for name, series in regels.cijfers.items() if series[0].type.unit == _YEARLY]
    inside = {value + step for name in yearly for value in _values(regels, name, peildatum) for step in (0, 1)}
    return sorted({band.laag, high} | {value for value in inside if band.laag < value < high})


def _questions(vraag: Vraag, band: Band, regels: Regelset) -> Iterator[Vraag]:
    persons = vraag.personen or [regels.vragen.persoon.model_validate({"rol": _SAMEN[0]})]
    couple = [index for index, person in enumerate(persons) if person.rol in _SAMEN]
    peildatum = vraag.feiten()[0]["peildatum"]
    assert isinstance(peildatum, date)
    for income in _incomes(band, peildatum, regels):
        for earner in couple or [0]:
            own = [
                person.model_copy(update={"inkomen_opgave": income if index == earner else 0})
                if index in couple or index == earner
                else person
                for index, person in enumerate(persons)
            ]
            yield vraag.model_copy(update={"personen": own})


def _income_field(vraag: Vraag, regels: Regelset) -> str:
    for index, person in enumerate(vraag.personen or []):
        if person.rol == _SAMEN[0]:
            return regels.velden[_INCOME].pointer(index)
    return regels.velden[_INCOME].pointer(0)


def _merged(found: list[Conclusie], place: str) -> Conclusie:
    """One conclusion out of those at each income: what they agree on."""
    first = found[0]
    if any(c.uitkomst != first.uitkomst for c in found):
        return _differs(found, place)
    if all(c == first for c in found):
        return first
    steps = [step for step in first.stappen if all(step in c.stappen for c in found)]
    reasons = [reason for reason in first.redenen if all(reason in c.redenen for c in found)]
    return replace(
        _with_shared_values(found),
        tekst=first.tekst if all(c.tekst == first.tekst for c in found) else SAME,
        redenen=reasons,
        stappen=steps,
        ontbreekt=list(dict.fromkeys(gap for c in found for gap in c.ontbreekt)),
        vervolg=[step for step in first.vervolg if all(step in c.vervolg for c in found)],
    )


def _differs(found: list[Conclusie], place: str) -> Conclusie:
    return replace(
        _with_shared_values(found),
        uitkomst="onbekend",
        zekerheid=None,
        tekst=DIFFERS,
        redenen=[],
        stappen=[],
        ontbreekt=[Ontbrekend(veld=place, tekst=MISSING)],
        vervolg=[],
    )


def _with_shared_values(found: list[Conclusie]) -> Conclusie:
    first = found[0]
    shown = [value for value in first.weergave if all(value in c.weergave for c in found)]
    values = {value.naam: first.waarden[value.naam] for value in shown}
    return replace(first, waarden=values, weergave=shown)
