"""Comparisons that stand too long: which are removed, and which only wait for their turn."""

import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from service.effect.effectproces import Effectopdracht, Kantopdracht
from service.effect.effecttaken import Effecttaken
from service.portefeuille.fouten import PortefeuilleFout

SIDE = Kantopdracht("leeg", {}, 1, date(2026, 7, 1), 2026)


@pytest.fixture
def taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Effecttaken]:
    made = Effecttaken(tmp_path)
    monkeypatch.setattr(Effecttaken, "_run", lambda *_: 0)
    with made._turn:  # somebody else computes
        yield made
    made.stop()


def test_who_waits_for_long_keeps_the_place_and_what_was_done_long_ago_goes(taken: Effecttaken, tmp_path: Path) -> None:
    id_ = taken.begin("proef", "0" * 64, "1", Effectopdracht(SIDE, (SIDE,)), {})
    (folder,) = (found for found in tmp_path.rglob("*") if found.name == id_)
    hours_ago = time.time() - 3 * 3600
    os.utime(folder, (hours_ago, hours_ago))
    assert (waiting := taken.lees("proef", id_)) is not None and waiting.loopt

    (folder / "fout.json").write_text('"Mislukt."')
    assert (done := taken.lees("proef", id_)) is not None and done.fout == "Mislukt."
    os.utime(folder, (hours_ago, hours_ago))
    assert taken.lees("proef", id_) is None and not folder.exists()


def test_a_place_that_others_can_read_is_not_used(taken: Effecttaken, tmp_path: Path) -> None:
    (tmp_path / f"huurtoets-effect-{os.getuid()}").mkdir()
    (tmp_path / f"huurtoets-effect-{os.getuid()}").chmod(0o755)
    with pytest.raises(PortefeuilleFout, match="niet van de dienst alleen"):
        taken.begin("proef", "0" * 64, "1", Effectopdracht(SIDE, (SIDE,)), {})
