"""The half page with which a dossier begins, and what the papers share to write a value, a step and a moment."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from regels.opmaak import datum
from regels.teksten import Teksten
from regels.uitslag import Conclusie, Uitslag, Vervolgstap
from web.papieren.model import Alinea, Deel, Lijst, Papiertabel, Punt
from web.raamwerk.somwoord import in_a_year, total
from web.raamwerk.teksten import groep, tekst
from web.raamwerk.uitkomstwoord import outcome_word

# so many lines of what is missing and of what to do, so that it stays half a page
_MISSING_AT_MOST: Final = 4
_STEPS_AT_MOST: Final = 3
_NOT_SAID: Final = ("niet_van_toepassing", "geen_regels")


def summary(teksten: Teksten, uitslag: Uitslag) -> Iterator[Deel]:
    """The main outcomes with their amount, what the schemes bring, what is missing and what to do first."""
    found = {c.id: c for c in uitslag.conclusies if c.uitkomst not in _NOT_SAID}
    main = [found[name] for name in teksten.hoofdzaken if name in found]
    if main:
        yield Papiertabel(
            tekst("papieren.samenvatting.bijschrift"),
            tuple(groep("papieren.samenvatting.kop").values()),
            tuple((teksten.titel(c.id), outcome_word(c), _amount(teksten, c)) for c in main),
            (5, 3, 6),
        )
    else:
        yield Alinea(tekst("papieren.samenvatting.niets"))
    if together := " ".join(_together(uitslag)):
        yield Alinea(together)
    missing = dict.fromkeys(gap.tekst for c in (*main, *found.values()) for gap in c.ontbreekt)
    if missing:
        shown = list(missing)[:_MISSING_AT_MOST]
        yield Alinea(tekst("papieren.samenvatting.ontbreekt", aantal=len(missing)))
        yield Lijst(tuple(Punt(text) for text in shown))
    steps = {step.tekst: step for c in (*main, *found.values()) if c.uitkomst != "onbekend" for step in c.vervolg}
    if first := sorted(steps.values(), key=lambda step: step.voor or date.max)[:_STEPS_AT_MOST]:
        yield Alinea(tekst("papieren.samenvatting.doen"))
        yield Lijst(tuple(as_point(step) for step in first))


def _amount(teksten: Teksten, c: Conclusie) -> str:
    """The distance to the limit, the value that the bar shows, or else the first of the paper, with its name."""
    own = teksten.van(c.id)
    known = dict(values(c))
    name = next((name for name in ("marge", own.balk_waarde, *own.papier, *own.papier_onbekend) if name in known), "")
    return ": ".join(known[name]) if name else ""


def _together(uitslag: Uitslag) -> Iterator[str]:
    if uitslag.som is None:
        return
    if sure := total(uitslag.som.zeker):
        year = in_a_year(uitslag.som.zeker)
        yield tekst("papieren.samenvatting.zeker", bedrag=sure)
        if year:
            yield f"{year}."
    if possible := total(uitslag.som.mogelijk):
        yield tekst("papieren.samenvatting.mogelijk", bedrag=possible)


def moment(when: datetime) -> str:
    """``when`` as a Dutch reader writes it, to the minute."""
    return tekst("papieren.moment", dag=datum(when.date()), tijd=f"{when:%H:%M}")


def as_point(step: Vervolgstap) -> Punt:
    """A next step with its deadline before it and its address after it."""
    return Punt(step.tekst, tekst("papieren.voor", dag=datum(step.voor)) if step.voor else "", step.url or "")


def values(c: Conclusie) -> Iterator[tuple[str, tuple[str, str]]]:
    """The values of ``c``: the name, and how it is called and written; above a limit without a minus sign."""
    for shown in c.weergave:
        value = c.waarden[shown.naam]
        if shown.naam == "marge" and isinstance(value, Decimal) and value < 0:
            yield shown.naam, (tekst("algemeen.antwoord.boven_de_grens"), shown.tekst.replace("-", ""))
        else:
            yield shown.naam, (shown.label[:1].upper() + shown.label[1:], shown.tekst)
