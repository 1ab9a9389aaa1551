"""A step that sends to another decision: only where and when that decision is there."""

import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.stand import edges
from regels.verwijzing import exists
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden
from tests.hulp.regelsets import REGELS, TEKSTEN, laad

STEP = "        vervolg: [{tekst: Ga daarheen., huurder: U kunt daarheen., naar: NAAR}]\n"
FIRST = "        zegt: Het past.\n"
OTHER = """\
  ander:
    vraag: Is er iets anders?
    bron: wet
    regels:
      - {naam: een, als: ja, dan: voorleggen, geldig: {vanaf: 2000-01-01, tot_en_met: 2026-06-30}, zegt: J., omdat: J.}
      - {naam: later, als: ja, dan: LATER, geldig: {vanaf: 2026-07-01}, zegt: Zo., omdat: Zo.}
"""
CLOSED = """\
  ander:
    vraag: Is er iets anders?
    bron: wet
    regels:
      - {naam: een, als: ja, dan: voorleggen, geldig: {vanaf: 2000-01-01, tot_en_met: 2026-06-30}, zegt: J., omdat: J.}
    gesloten: {sinds: 2026-07-01, zegt: Voorbij.}
"""
WORDS = TEKSTEN + "ander:\n  titel: Iets anders\n  vakterm: Ander\n  toelichting: Nog een besluit.\n"


def pointing(naar: str, other: str = OTHER.replace("LATER", "voorleggen"), geldig: str = "") -> dict[str, str]:
    """The small rule set with a step that sends to ``naar``, and a second decision."""
    rules = REGELS.replace(FIRST, FIRST + STEP.replace("NAAR", naar) + geldig) + other
    return {"regels": rules, "teksten": WORDS}


def test_a_step_may_send_to_a_decision_that_is_there_on_every_day(tmp_path: Path) -> None:
    (step,) = laad(tmp_path, **pointing("ander")).besluiten["proef"].regels[0].vervolg
    assert step.naar == ("ander",)


GONE = "'naar' wijst naar 'ander', en dat is er niet op {}"
LATE = OTHER.replace("vanaf: 2000", "vanaf: 2026").replace("LATER", "voorleggen")


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (pointing("anders"), "'naar' wijst naar 'anders', en dat besluit is er niet"),
        (pointing("ander", OTHER.replace("LATER", "geen_regels")), GONE.format("2026-07-01")),
        (pointing("ander", CLOSED), GONE.format("2026-07-01")),
        (pointing("ander", LATE), GONE.format("2000-01-01")),
    ],
    ids=["unknown", "nothing entered", "closed", "not yet"],
)
def test_a_step_that_sends_to_nothing_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(RegelsetError, match=re.escape(message)) as error:
        laad(tmp_path, **files)
    assert "land/proef.yaml:12" in str(error.value)


def test_a_step_that_ends_with_the_other_decision_is_allowed(tmp_path: Path) -> None:
    window = "        geldig: {vanaf: 2026-01-01, tot_en_met: 2026-06-30}\n"
    laad(tmp_path, **pointing("ander", CLOSED, window))


# the days of the product: what is said on a day names no scheme that is not there on that day

NAMES = {
    "Geldloket": "geldloket",
    "schuldhulp": "schuldhulpverlening",
    "Fixteam": "fixteam",
    "VoorzieningenWijzer": "voorzieningenwijzer",
    "energiecoach": "energiecoach",
    "gebiedsteam": "gebiedsteam",
    "Volwassenenfonds": "volwassenenfonds",
    "Noodfonds Energie": "noodfonds-energie",
    "GBLT": "kwijtschelding-waterschap",
    "kinderbijslag": "kinderbijslag",
    "[Zz]orgtoeslag": "zorgtoeslag",
    "[Kk]indgebonden budget": "kindgebonden-budget",
}
DAYS = [day for day in sorted(edges(PAKKET)) if date(2022, 1, 1) <= day <= date(2027, 6, 30)]


def _questions(count: int) -> list[dict]:
    rng, found = random.Random(15), []
    while len(found) < count:
        question = huishouden(rng, compleet=len(found) % 2 == 0)
        question.pop("meerdereProblemen", None)
        found.append(question)
    return found


def test_no_step_names_a_scheme_that_is_not_there_on_that_day() -> None:
    wrong, asked = set(), 0
    questions = _questions(8)
    for number, edge in enumerate(DAYS):
        for day in {max(DAYS[0], edge - timedelta(days=1)), edge}:
            question = {**questions[number % len(questions)], "peildatum": day.isoformat(), "huurronde": day.year}
            question["personen"] = [
                {"rol": "huurder", "leeftijd": 40, "inkomen": 20000},
                {"rol": "kind", "leeftijd": 8},
            ]
            question["woning"] = {"kaleHuur": 600, "zelfstandig": True}
            for c in toets(read(question)).conclusies:
                asked += 1
                for step in c.vervolg:
                    for name, id in NAMES.items():
                        named = re.search(name, f"{step.tekst} {step.huurder}")
                        if named and id != c.id and id in PAKKET.besluiten and not exists(PAKKET.besluiten[id], day):
                            wrong.add(f"{c.id} op {day}: {step.tekst}")
    assert asked > 1000
    assert sorted(wrong) == []
