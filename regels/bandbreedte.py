"""The answer to a household of which only a band is known that the income lies in.

The bands lie between the income limits of the rule set. The income is followed from one end of the band to the other
(:mod:`regels.langs`), and a question with a band is checked at both ends of every stretch in which another rule applies
to some decision; for a couple with the income at either of the two. Where all those answers agree a decision has that
outcome, else it is unknown, and the income is what is missing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import cast

from regels.domein import Stuk, uiterste
from regels.langs import Poging, walk_along
from regels.plekken import Plek
from regels.programma import KlaarBesluit, programma
from regels.regelset import Regelset
from regels.som import between, sum_of
from regels.stand import cijfer_op, names_of
from regels.toets import toets
from regels.uitslag import Conclusie, Ontbrekend, Uitslag
from regels.vraag import Vraag

# the limits of the allocation: between two of them nothing changes there
_GRENZEN = ("passend_inkomensgrens", "passend_inkomensgrens_aow", "daeb_grens")
_SAMEN = ("huurder", "partner")
_INCOME = "inkomen_opgave"
# of a question with every income filled in nothing more is looked for
_PARTS = tuple(part.name for kind in (Uitslag, Conclusie) for part in fields(kind) if part.name != "mogelijk")

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
    answers = [toets(question, regels, None, _PARTS) for question in _questions(vraag, band, regels)]
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


def _questions(vraag: Vraag, band: Band, regels: Regelset) -> Iterator[Vraag]:
    persons = vraag.personen or [regels.vragen.persoon.model_validate({"rol": _SAMEN[0]})]
    couple = [index for index, person in enumerate(persons) if person.rol in _SAMEN]
    for earner in couple or [0]:

        def with_income(income: int, earner: int = earner) -> Vraag:
            own = [
                person.model_copy(update={_INCOME: income if index == earner else 0})
                if index in couple or index == earner
                else person
                for index, person in enumerate(persons)
            ]
            return vraag.model_copy(update={"personen": own})

        for income in sorted(_incomes(with_income(band.laag), earner, band, regels)):
            yield with_income(income)


def _incomes(vraag: Vraag, earner: int, band: Band, regels: Regelset) -> set[int]:
    """The ends of the band, and of each stretch in which another rule applies to some decision."""
    veld = regels.velden[_INCOME]
    high = uiterste(veld)[1] if band.hoog is None else Decimal(band.hoog)
    facts, persons = vraag.feiten()
    persons = tuple(
        {name: value for name, value in person.items() if index != earner or name != _INCOME}
        for index, person in enumerate(persons)
    )
    ready = programma(regels, cast(date, facts["peildatum"]), cast(date, facts["rondedatum"]))
    state = ready.state(facts, persons)
    trial = Poging(ready, state, state, (Plek(veld, earner),))
    found = {band.laag, int(high)}
    for klaar in ready.besluiten:
        if klaar.gat is None and _INCOME in names_of(regels, klaar.besluit):
            found |= _turns(trial, klaar, Stuk(Decimal(band.laag), high, Decimal(1)))
    return found


def _turns(trial: Poging, klaar: KlaarBesluit, stuk: Stuk) -> set[int]:
    """On both sides of where another rule begins to apply."""
    found: set[int] = set()
    last: tuple[str, ...] | None = None
    for line, (_, rules, *_) in walk_along(stuk, lambda spoor: trial(klaar, (spoor,)), dag=False):
        if last not in (None, rules):
            found |= {int(line.van) - 1, int(line.van)}
        last = rules
    return found


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
