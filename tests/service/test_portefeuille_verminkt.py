"""Changed files of every kind: an answer or a sentence, never an end of the service, and never a half result."""

import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from service.portefeuille import lezer
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import read_koppeling
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import draai_bestand
from tests.hulp.verminken import gave, verminkt

LANGST = 60.0


def read_all(folder: Path, seed: int, count: int) -> None:
    """Read so many changed files, each as the command does."""
    lezer.start()
    for number, (ending, content) in enumerate(islice(verminkt(gave(folder / "gaaf"), seed), count)):
        place = folder / f"{number}"
        place.mkdir()
        path = place / f"w.{ending}"
        path.write_bytes(content)
        began = time.monotonic()
        with suppress(PortefeuilleFout):
            if ending == "yaml":
                read_koppeling(path, PAKKET)
            else:
                found = draai_bestand(path, besluiten=("huurklasse",), vast={"soort": "huurder"}, proef=True)
                found.verslag.check()
        assert time.monotonic() - began < LANGST
        assert not list(place.glob(".*")), "niets half"
        for made in place.iterdir():
            made.unlink()
        place.rmdir()
    assert [path.name for path in folder.iterdir()] == ["gaaf"]


@pytest.mark.parametrize("seed", [1, 2])
def test_changed_files_end_in_an_answer_or_a_sentence(tmp_path: Path, seed: int) -> None:
    read_all(tmp_path, seed, 60)


@pytest.mark.traag
@pytest.mark.parametrize("seed", range(10, 14))
def test_two_thousand_changed_files_end_in_an_answer_or_a_sentence(tmp_path: Path, seed: int) -> None:
    read_all(tmp_path, seed, 500)
