"""``huurtoets regels dekking --wet``: every member of the law, what became of it, and the counts."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.opdracht.commando import app
from tests.hulp.regelsets import schrijf
from tests.hulp.wetten import GEHEEL


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return schrijf(tmp_path_factory.mktemp("wetten"), **GEHEEL)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--regels", str(folder), "regels", "dekking", *arguments])
    return done.exit_code, done.output


def test_every_member_has_a_row_and_every_kind_a_count(folder: Path) -> None:
    code, said = run(folder, "--wet")
    rows = [line.split("\t") for line in said.splitlines() if "\t" in line][1:]
    assert code == 0
    told = " ".join("/".join(row[1:3]) for row in rows)
    assert told == "1/1 1/2 1/2a 1/2b 1/3 1/1 2/1 2/1:deur 2/1-a 3/0"
    assert rows[7][5:] == ["niet_getoetst", "Een deur.", "", "Niet gevraagd. Raakt proef. Kans: soms. Als open. Deur?"]
    assert rows[9][4] == "niet: In geen kopie te vinden."
    counts = [line for line in said.splitlines() if "\t" not in line]
    assert counts[0] == "Proefwet (BWBR0000001): 3 artikelen, 10 rijen"
    assert "  artikel 2: 1 niet getoetst, 2 geen effect" in counts
    assert "   3 geen effect: raakt het antwoord van geen huishouden" in counts
    assert counts[-2:] == ["   1 teksten van een artikel zijn niet gelezen", "  10 rijen van 1 wet"]


def test_the_same_as_json(folder: Path) -> None:
    (law,) = json.loads(run(folder, "--wet", "proefwet", "--json")[1])
    first = law["artikelen"][0]["teksten"][0]
    assert (law["wet"], law["bwb"], law["aantal"], law["perSoort"]["geen_effect"]) == ("proefwet", "BWBR0000001", 10, 3)
    assert (first["vanaf"], first["totEnMet"], first["gelezen"]) == ("2026-01-01", "2026-06-30", ["2025-07-01"])
    assert first["rijen"][3]["raakt"] == ["proef"]


@pytest.mark.parametrize(("asked", "said"), [(("--wet", "andere"), "Kies uit proefwet."), (("proefwet",), "met --wet")])
def test_a_law_that_is_not_there_is_said(folder: Path, asked: tuple[str, ...], said: str) -> None:
    code, told = run(folder, *asked)
    assert code == 2
    assert said in told
