"""The same question gets the same answer, whoever asked before, in whatever order and in whichever process."""

import json
import os
import subprocess
import sys
from datetime import date

from regels.programma import MOST_KEPT
from regels.stand import segment
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.volgorde import AANTAL, TABELLEN, gezegd, volgorde, vragen

# (order, days of the warm-up, how words are hashed): each a process of its own
PROCESSES = (("op", (), "0"), ("af", ("2100-12-31", "2000-01-01", "2026-07-01"), "1"))


def test_questions_get_the_same_bytes_in_every_order_and_process() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.hulp.volgorde", order, *days],
            env=os.environ | {"PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for order, days, seed in PROCESSES
    ]
    here = gezegd(volgorde("door elkaar"))
    again = gezegd(volgorde("nog eens"))
    said = [json.loads(process.communicate()[0]) for process in running]
    assert [process.returncode for process in running] == [0] * len(PROCESSES)
    assert len(said[0]) == AANTAL + len(TABELLEN)
    for name in said[0]:
        found = {own[name] for own in (*said, here, again) if name in own}
        number = int(name) if name.isdecimal() else None
        assert len(found) == 1, name if number is None else vragen()[number]


def test_the_questions_are_of_many_days_rounds_and_stretches() -> None:
    days = [date.fromisoformat(data["peildatum"]) for data in vragen()]
    assert min(days).year < 2010 and max(days).year > 2090
    assert {2022, 2023, 2024, 2025, 2026} <= {day.year for day in days}
    assert len({data["huurronde"] for data in vragen()}) > 20


def test_the_questions_are_of_more_stretches_than_are_kept_compiled() -> None:
    stretches = set()
    for data in vragen():
        days = date.fromisoformat(data["peildatum"]), date(data["huurronde"], 7, 1)
        stretches.add(tuple(segment(PAKKET, day) for day in days))
    assert len(stretches) > MOST_KEPT


def test_a_day_without_rules_is_named_as_the_day_of_the_question() -> None:
    for day, words in (("2031-05-06", "6 mei 2031"), ("2064-02-29", "29 februari 2064"), ("2031-05-06", "6 mei 2031")):
        found = toets(read({"peildatum": day, "huurronde": int(day[:4])})).conclusie("passende-huur")
        assert found.uitkomst == "geen_regels"
        assert f"Voor {words} zijn geen regels ingevoerd" in found.tekst
