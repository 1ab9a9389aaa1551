"""Steps that send to another decision (``naar``): on every day that such a step is said, that decision must exist.

A scheme that has ended, or of which nothing was found, is no place to send somebody to; and a decision of one
municipality is none for the households of another.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from regels.bestanden import Faults
from regels.regelset import GESLOTEN, NIET_VAN_TOEPASSING, Besluit, Regel, Regelset, Vervolg
from regels.venster import Venster


def check(regels: Regelset, faults: Faults) -> None:
    """Note each step that sends to a decision that is not there on a day that the step is said."""
    for decision in regels.besluiten.values():
        for step, window in _said(decision):
            for name in step.naar:
                if (reason := _lacking(regels, decision, name, window)) and step.plaats is not None:
                    faults.add(step.plaats, reason)


def exists(besluit: Besluit, dag: date) -> bool:
    """Whether a household can be sent to ``besluit`` on ``dag``."""
    return any(_answers(rule) and rule.venster.bevat(dag) for rule in besluit.regels)


def _answers(rule: Regel) -> bool:
    return rule.naam not in (GESLOTEN, NIET_VAN_TOEPASSING) and rule.dan != "geen_regels"


def _said(decision: Besluit) -> Iterator[tuple[Vervolg, Venster]]:
    """Each step of a decision, with the window of each rule that it goes with."""
    for rule in decision.regels:
        for step in (*rule.vervolg, *decision.vervolg):
            if not step.bij or rule.dan in step.bij:
                yield step, rule.venster


def _lacking(regels: Regelset, decision: Besluit, name: str, window: Venster) -> str:
    """Why nobody can be sent to the decision called ``name`` in all of ``window``; empty when everybody can."""
    target = regels.besluiten.get(name)
    if target is None:
        return f"'naar' wijst naar '{name}', en dat besluit is er niet"
    if target.gemeenten and not (decision.gemeenten and set(decision.gemeenten) <= set(target.gemeenten)):
        return f"'naar' wijst naar '{name}', en dat is er niet in elke gemeente waar deze stap wordt gezegd"
    missing = next((day for day in _days(target, window) if not exists(target, day)), None)
    if missing is None:
        return ""
    return (
        f"'naar' wijst naar '{name}', en dat is er niet op {missing}: het is dan gesloten, of er is niets ingevoerd; "
        "wijs naar iets anders, of laat de stap dan weg"
    )


def _days(target: Besluit, window: Venster) -> list[date]:
    """The days of ``window`` on which it may begin to be otherwise: its first, and where rules of the target change."""
    edges = {window.vanaf}
    for rule in target.regels:
        edges.add(rule.venster.vanaf)
        if rule.venster.tot_en_met is not None:
            edges.add(rule.venster.tot_en_met + timedelta(days=1))
    return sorted(day for day in edges if window.bevat(day))
