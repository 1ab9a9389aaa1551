"""What one household reads together: for whom each text must be true, and that no two of them contradict each other.

Hundreds of random households, of each year, whole and with gaps, with the examples of the rules. What is written here
stands in ``voor_wie.yaml``: from the sources, in words and in the language of the rules.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from regels.lezers.bewijs.stelling import lees
from regels.lezers.uitleg import Function
from regels.programma import Programma, programma
from regels.regelset import Besluit
from regels.uitslag import Conclusie, Uitslag
from regels.vraag import Vraag, VraagFout
from tests.hulp import voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden
from tests.web.tegenspraak import CHECKS

JAREN = range(2022, 2027)
PER_JAAR, VEEL = 90, 2_000
# without a rule nothing is claimed about a household: what the texts for these must say stands in other tests
WITHOUT_RULE = ("onbekend", "geen_regels")


@dataclass(frozen=True, slots=True)
class Regel:
    """A line of the list: when a text is true, and what must be and may not be in it."""

    voor: str
    als: str = ""
    noemt: tuple[str, ...] = ()
    zwijgt: tuple[str, ...] = ()
    stap: tuple[str, ...] = ()


LIJST: Mapping[str, Mapping[str, Regel]] = {
    besluit: {key: Regel(**line) for key, line in lines.items()}
    for besluit, lines in yaml.safe_load((Path(__file__).parent / "voor_wie.yaml").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("besluit", PAKKET.besluiten.values(), ids=lambda besluit: besluit.id)
def test_each_decision_and_outcome_says_for_whom_it_must_be_true(besluit: Besluit) -> None:
    lines = LIJST.get(besluit.id, {})
    outcomes = {regel.dan for regel in besluit.regels} - {*WITHOUT_RULE}
    known = outcomes | {f"{regel.dan}/{regel.naam}" for regel in besluit.regels}
    assert sorted(outcomes - lines.keys()) == []
    assert sorted(lines.keys() - known) == []


def households(per_jaar: int) -> Iterator[tuple[dict[str, Any], Vraag]]:
    """The households of the examples, and random ones: each year, one in two complete."""
    for case in voorbeelden():
        yield case.vraag, read(case.vraag)
    for jaar in JAREN:
        rng = random.Random(jaar)
        for number in range(per_jaar):
            data = huishouden(rng, compleet=number % 2 == 0, jaar=jaar)
            try:
                yield data, read(data)
            except VraagFout:
                continue


@cache
def _condition(made: Programma, text: str) -> Function:
    return made.compiler.compile(lees(made.stand.regels, text), "peildatum")


def _unfit(c: Conclusie, line: Regel, made: Programma, vraag: Vraag) -> Iterator[str]:
    text = PAKKET.teksten.huurder(c)
    steps = " ".join(step.huurder for step in c.vervolg)
    yield from (f"noemt niet '{words}': {text}" for words in line.noemt if not re.search(words, text))
    yield from (f"noemt '{words}': {text}" for words in line.zwijgt if re.search(words, text))
    if len(c.regel) == 1:  # of rules that agree only the steps of all of them are told
        yield from (f"heeft geen stap met '{words}': {steps}" for words in line.stap if not re.search(words, steps))
    if line.als:
        holds, _ = _condition(made, line.als)(made.state(*vraag.feiten()), None)
        if holds is not True and (c.uitkomst in ("ja", "nee") or holds is False):
            yield f"geldt ook voor een ander dan {line.voor}"


def _wrong(data: Mapping[str, Any], vraag: Vraag, uitslag: Uitslag) -> Iterator[str]:
    facts = vraag.feiten()[0]
    peildatum, rondedatum = facts["peildatum"], facts["rondedatum"]
    assert isinstance(peildatum, date) and isinstance(rondedatum, date)
    made = programma(PAKKET, peildatum, rondedatum)
    answer = {c.id: c for c in uitslag.conclusies}
    for c in uitslag.conclusies:
        rule = f"{c.uitkomst}/{c.redenen[0].regel}" if c.redenen else c.uitkomst
        if line := LIJST.get(c.id, {}).get(rule) or LIJST.get(c.id, {}).get(c.uitkomst):
            yield from (f"{c.id} {rule} {said}" for said in _unfit(c, line, made, vraag))
        for step in c.vervolg:
            if step.voor is not None and step.voor <= peildatum:
                yield f"{c.id}: een termijn die voorbij is: {step.tekst}"
    if len(answer) == len(PAKKET.besluiten):  # else another decision silenced them
        for check in CHECKS:
            yield from (f"{check.__name__}: {said}" for said in check(answer, data))


def what_is_wrong(per_jaar: int) -> str:
    found: Counter[str] = Counter()
    for data, vraag in households(per_jaar):
        found.update({re.sub(r"\d[\d.,]*", "0", said) for said in _wrong(data, vraag, toets(vraag))})
    return "\n".join(f"{count} keer: {said}" for said, count in found.most_common())


def test_what_hundreds_of_households_read_is_true_for_them() -> None:
    assert what_is_wrong(PER_JAAR) == ""


@pytest.mark.traag
def test_what_ten_thousand_households_read_is_true_for_them() -> None:
    assert what_is_wrong(VEEL) == ""
