"""What is said when the day of a check has no rules: what is missing, since when, and the last day that has them."""

from dataclasses import dataclass, replace
from datetime import date

from regels.opmaak import datum
from regels.regelset import Regelset
from regels.ronde import begin_of_round, round_of
from regels.stand import Gat, Stand
from regels.uitslag import Uitslag
from web.formulier.indeling import Ingang
from web.formulier.invoer import Formulier
from web.raamwerk.teksten import tekst

_TRIES = 4


@dataclass(frozen=True, slots=True)
class ZonderRegels:
    """The one message. ``wat`` are the titles of what cannot be answered, ``velden`` the form on the last day."""

    kop: str
    wat: tuple[str, ...]
    sinds: str
    knop: str
    velden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Dag:
    peildatum: date
    huurronde: int


@dataclass(frozen=True, slots=True)
class _Leemte:
    """What a decision lacks, as :class:`Gat` tells it, beside a day."""

    gat: Gat

    def dag(self, day: _Dag) -> date:
        """The day that has no rules."""
        return day.peildatum if self.gat.datum == "peildatum" else begin_of_round(day.huurronde)

    def nog_niet(self, day: _Dag) -> bool:
        """Whether there were no rules yet."""
        return self.gat.laatste is not None and self.gat.laatste.vanaf > self.dag(day)

    def naar(self, day: _Dag) -> _Dag | None:
        """The nearest day that has what is missing; None where there is none."""
        window = self.gat.laatste
        if window is None or window.bevat(self.dag(day)):  # another gap brought it there already
            return None if window is None else day
        last = window.vanaf if self.nog_niet(day) else window.tot_en_met
        if last is None:
            return None
        if self.gat.datum == "peildatum":
            return _Dag(last, min(day.huurronde, last.year))
        return replace(day, huurronde=last.year if self.nog_niet(day) else round_of(last))


def show_without_rules(regels: Regelset, ingang: Ingang, form: Formulier, uitslag: Uitslag) -> ZonderRegels | None:
    """The message for ``uitslag``; None when what this entrance came for has rules on its day.

    What began later than that day is missed only where it is the first thing of the entrance.
    """
    day = _Dag(uitslag.peildatum, uitslag.huurronde)
    without = {c.id for c in uitslag.conclusies if c.uitkomst == "geen_regels"}
    first = [id for id in regels.teksten.eerst(ingang.id) if id in regels.besluiten]
    if without.isdisjoint(first):  # to look for a gap costs more than the answer
        return None
    gaps = _gaps(regels, day, first)
    missed = [id for id in first if id in gaps and (id == first[0] or not gaps[id].nog_niet(day))]
    if not missed:
        return None
    lead, other = gaps[missed[0]], _last_day(regels, day, missed)
    return ZonderRegels(
        kop=tekst("uitkomst.zonder_regels.kop", dag=datum(lead.dag(day))),
        wat=tuple(regels.teksten.titel(id).removesuffix("?") for id in missed),
        sinds=_since(day, lead),
        knop="" if other is None else _button(day, other),
        velden=() if other is None else _filled(form, day, other),
    )


def _gaps(regels: Regelset, day: _Dag, wanted: list[str]) -> dict[str, _Leemte]:
    state = Stand(regels, day.peildatum, begin_of_round(day.huurronde))
    return {id: _Leemte(gap) for id in wanted if (gap := state.gat(regels.besluiten[id])) is not None}


def _since(day: _Dag, gap: _Leemte) -> str:
    window = gap.gat.laatste
    if window is not None and gap.nog_niet(day):
        return tekst("uitkomst.zonder_regels.eerste", dag=datum(window.vanaf))
    if window is None or window.tot_en_met is None:
        return tekst("uitkomst.zonder_regels.nooit")
    return tekst("uitkomst.zonder_regels.tot", dag=datum(window.tot_en_met))


def _last_day(regels: Regelset, day: _Dag, wanted: list[str]) -> _Dag | None:
    """The day nearest to ``day`` on which all of ``wanted`` have rules; None where none is found."""
    for _ in range(_TRIES):
        gaps = _gaps(regels, day, wanted)
        if not gaps:
            return day
        for gap in gaps.values():
            moved = gap.naar(day)
            if moved is None:
                return None
            day = moved
    return None


def _button(day: _Dag, other: _Dag) -> str:
    if other.peildatum == day.peildatum:
        return tekst("uitkomst.zonder_regels.knop_ronde", ronde=other.huurronde)
    return tekst("uitkomst.zonder_regels.knop", dag=datum(other.peildatum))


def _filled(form: Formulier, day: _Dag, other: _Dag) -> tuple[tuple[str, str], ...]:
    """What was typed, with the other day; the round is left to that day where it follows from it."""
    typed = dict(form.tekst) | {"peildatum": f"{other.peildatum:%d-%m-%Y}"}
    if typed.get("huurronde", "").strip() or other.peildatum == day.peildatum:
        typed["huurronde"] = str(other.huurronde)
    return tuple(typed.items())
