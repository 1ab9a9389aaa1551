"""What of the law is taken as given, stands among the assumptions of every answer that rests on it."""

import random
from collections.abc import Iterator
from typing import Any

from regels.uitslag import Conclusie, Uitslag
from regels.wet.wetsregels import UITGANGSPUNT
from tests.hulp import voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden, without

ENOUGH, MOST = 60, 400
UNKNOWN = "niet ingevuld"
TENANT = {"rol": "huurder", "leeftijd": 40, "inkomen": 20000}
# what a household by chance seldom has: a rent above the limit, which ended a right until 2026, and a room
RARE = [
    {"peildatum": day, "vermogen": 0, "woning": {"servicekosten": 0} | dwelling, "personen": [TENANT]}
    for day, dwelling in (
        ("2025-06-01", {"kaleHuur": 1100, "zelfstandig": True}),
        ("2026-06-01", {"kaleHuur": 500, "zelfstandig": False, "aangewezenComplex": False}),
    )
]
# what the law rows say: a decision, and a field that it takes as given
PAIRS = {
    (decision, field)
    for law in PAKKET.wetten.values()
    for texts in law.artikelen.values()
    for text in texts
    for row in text.rijen.values()
    if row.wordt == UITGANGSPUNT
    for decision in row.raakt
    for field in row.wijst_naar
}


def questions() -> Iterator[dict[str, Any]]:
    """What is rare, and then in turn households without what may be taken as given and the worked examples."""
    yield from RARE
    examples = iter(voorbeelden())
    rng, fields = random.Random(19), [PAKKET.velden[name] for name in {field for _, field in PAIRS}]
    for _ in range(MOST):
        question = huishouden(rng)
        people = range(len(question["personen"]))
        given = {veld.pointer(person) for veld in fields for person in people}
        yield without(question, {_path(pointer) for pointer in given})
        if (example := next(examples, None)) is not None:
            yield example.vraag


def _path(pointer: str) -> tuple[Any, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in pointer.strip("/").split("/"))


def filled_in(question: dict[str, Any], pointer: str) -> bool:
    found: Any = question
    for part in pointer.strip("/").split("/"):
        found = found[int(part)] if isinstance(found, list) else (found or {}).get(part)
    return found is not None


def rested_on(question: dict[str, Any], answer: Uitslag) -> Iterator[tuple[Conclusie, str, str]]:
    """Each conclusion with the name and the place of a field that it rests on and that was left out.

    A step without a value rests on nothing: it says that nothing was filled in.
    """
    for conclusion in answer.conclusies:
        for step in conclusion.stappen:
            if step.soort == "veld" and step.veld and step.waarde != UNKNOWN and not filled_in(question, step.veld):
                yield conclusion, step.naam, step.veld


def test_an_exception_that_is_taken_as_given_stands_among_the_assumptions_of_each_answer_that_uses_it() -> None:
    seen: set[tuple[str, str]] = set()
    for number, question in enumerate(questions()):
        answer = toets(read(question), PAKKET, {decision for decision, _ in PAIRS}, ("stappen",))
        taken = {pointer for assumed in answer.uitgangspunten for pointer in assumed.velden}
        for conclusion, field, pointer in rested_on(question, answer):
            if (conclusion.id, field) in PAIRS:
                assert pointer in taken, (conclusion.id, pointer)
                seen.add((conclusion.id, field))
        if number >= ENOUGH and seen == PAIRS:
            break
    assert PAIRS
    assert PAIRS - seen == set()
