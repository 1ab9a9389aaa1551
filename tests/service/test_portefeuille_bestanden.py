"""Every file that went wrong, or may: read right, or refused in a sentence that says where and what to do."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from service.basis.apart import Leesgrenzen
from service.portefeuille import lezer
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import Koppeling, propose, read_koppeling
from service.portefeuille.lezer import vraag
from service.portefeuille.tabellen import open_table
from tests.hulp.bestanden import GEVALLEN, KOPPELINGEN, NAMEN, WONINGEN, csv_text
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import draai_bestand

VAST = {"soort": "huurder"}


@pytest.mark.parametrize("naam", GEVALLEN)
def test_a_file_is_read_right_or_refused_in_a_sentence(tmp_path: Path, naam: str) -> None:
    geval = GEVALLEN[naam]
    geval.maak(tmp_path / naam)
    if geval.weigert:
        with pytest.raises(PortefeuilleFout, match=geval.weigert) as refused:
            draai_bestand(tmp_path / naam, besluiten=("huurklasse",), vast=VAST)
        assert str(refused.value).endswith(".")
        assert sorted(path.name for path in tmp_path.iterdir()) == [naam], "er blijft niets half achter"
        return
    found = draai_bestand(tmp_path / naam, besluiten=("huurklasse",), vast=VAST)
    assert found.aantallen() == geval.telt
    reasons = " ".join(f"{one['gevonden']} {one['reden']}" for one in found.afgewezen)
    for words in geval.redenen:
        assert words in reasons
    assert geval.meldt in " ".join(found.verslag.meldingen)


def test_what_means_unknown_is_counted(tmp_path: Path) -> None:
    GEVALLEN["label-onbekend.csv"].maak(tmp_path / "w.csv")
    part = draai_bestand(tmp_path / "w.csv", besluiten=("huurklasse",), vast=VAST).verslag.niet_geweten()
    assert part is not None
    assert part.rijen == tuple(("Energielabel", text, 1) for text in ("-", "geen label", "n.v.t.", "onbekend"))


def test_days_from_1904_are_the_day_that_excel_shows(tmp_path: Path) -> None:
    GEVALLEN["stelsel-1904.xlsx"].maak(tmp_path / "w.xlsx")
    found = draai_bestand(tmp_path / "w.xlsx", besluiten=("huurverhoging-wettelijk",), vast=VAST, proef=True)
    assert found.verslag.aangenomen == 3, "42185 is 1 juli 2019, en niet 30 juni 2015, van voor het contract"


# columns that are asked about


@pytest.mark.parametrize(
    ("column", "cells", "asked"),
    [
        ("Netto huur", ["600,00", "700,00", ""], True),
        ("Streefhuur", ["€ 800", "", ""], True),
        ("Inkomen huishouden", ["24.000", "31.000", "x"], True),
        ("Aantal kinderen", ["1", "2", "0"], True),
        ("Geboortedatum huurder", ["1-2-1960", "", ""], True),
        ("Huurklasse", ["1", "2", "3"], False),
        ("Huurdernummer", ["1", "2", "3"], False),
        ("Verhuurdernaam", ["1", "2", "3"], False),
        ("Opmerking over de huur", ["te hoog", "goed", "goed"], False),
        ("Netto huur", ["", "", ""], False),
        ("Bouwjaar", ["1960", "1970", "1980"], False),
    ],
)
def test_a_column_that_looks_like_rent_income_or_residents_has_to_be_coupled_or_ignored(
    tmp_path: Path, column: str, cells: list[str], asked: bool
) -> None:
    rows = [(*NAMEN, column), *((*row, cell) for row, cell in zip(WONINGEN, cells, strict=True))]
    (tmp_path / "w.csv").write_text(csv_text(rows), encoding="utf-8")
    proposed = propose(PAKKET, open_table(tmp_path / "w.csv", tmp_path), None, VAST)
    if not asked:
        assert draai_bestand(tmp_path / "w.csv", koppeling=proposed, proef=True).verslag.aangenomen == 3
        return
    with pytest.raises(PortefeuilleFout) as refused:
        draai_bestand(tmp_path / "w.csv", koppeling=proposed, proef=True)
    assert f"'{column}: negeren'" in str(refused.value)
    silent = Koppeling(PAKKET, {name: to for name, to in proposed.woningen.items() if name != column}, {}, VAST)
    with pytest.raises(PortefeuilleFout, match=column):
        draai_bestand(tmp_path / "w.csv", koppeling=silent, proef=True)
    chosen = Koppeling(PAKKET, {**proposed.woningen, column: "negeren"}, {}, VAST)
    assert draai_bestand(tmp_path / "w.csv", koppeling=chosen, proef=True).verslag.aangenomen == 3


def test_two_columns_that_are_called_alike_are_asked_about(tmp_path: Path) -> None:
    (tmp_path / "w.csv").write_text("VHE-nummer;Label;Labelklasse\n1;A;G\n", encoding="utf-8")
    found = propose(PAKKET, open_table(tmp_path / "w.csv", tmp_path), None, {}).woningen
    assert found == {"VHE-nummer": "verwijzing", "Label": "kiezen", "Labelklasse": "kiezen"}


# the koppeling


@pytest.mark.parametrize("naam", KOPPELINGEN)
def test_a_koppeling_that_is_none_is_refused_at_once(tmp_path: Path, naam: str) -> None:
    (tmp_path / "k.yaml").write_bytes(KOPPELINGEN[naam])
    lezer.start()
    began = time.process_time()
    with pytest.raises(PortefeuilleFout, match="koppeling") as refused:
        read_koppeling(tmp_path / "k.yaml", PAKKET)
    assert str(refused.value).endswith(".")
    assert time.process_time() - began < 1


# the process that reads


def _asked(path: Path, **limits: int) -> dict[str, Any]:
    class Small(Leesgrenzen):
        def van(self, path: Path) -> dict[str, int]:
            return super().van(path) | limits

    return vraag("zet om", path, Small(), map=str(path.parent), naam=path.name, kolommen=["VHE-nummer"])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "w.csv"
    path.write_text(csv_text([NAMEN, *WONINGEN]) + csv_text([WONINGEN[0]]) * 600_000, encoding="utf-8")
    return path


def test_a_file_that_asks_too_much_memory_ends_in_a_sentence(table: Path) -> None:
    with pytest.raises(PortefeuilleFout, match=r"te veel geheugen|beschadigd"):
        _asked(table, geheugen=450 << 20)
    assert vraag("bekijk", table, map=str(table.parent), naam="w.csv")["kolommen"], "het volgende bestand wordt gelezen"


def test_a_file_that_takes_too_long_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text("VHE-nummer;Opmerking\n" + 'W1;x"x\n' * 4_000_000, encoding="utf-8")
    with pytest.raises(PortefeuilleFout, match="duurt te lang"):
        _asked(path, tijd=1)


def test_more_output_than_is_allowed_is_said(tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_bytes("VHE-nummer;Kale huur\nW1;600\n".encode("utf-16"))  # of which a copy is made
    with pytest.raises(PortefeuilleFout, match="uitgepakt te groot"):
        _asked(path, uitvoer=10)


def test_no_word_of_a_file_is_in_what_is_logged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    secret = b"geheim-123456782"
    for number, content in enumerate((b"PAR1" + secret * 9 + b"PAR1", secret, b"PK\x03\x04" + secret * 50)):
        for ending in ("csv", "xlsx", "parquet"):
            path = tmp_path / f"{number}.{ending}"
            path.write_bytes(content)
            with suppress(PortefeuilleFout):
                assert "geheim" in str(open_table(path, tmp_path).kolommen)
            try:
                vraag("bekijk", path, map=str(tmp_path), naam=path.name)
            except PortefeuilleFout as refused:
                assert "geheim" not in str(refused)
    said = capfd.readouterr()
    assert "geheim" not in said.out + said.err


def test_a_reader_that_was_ended_is_started_again(table: Path) -> None:
    lezer.start()
    process = lezer._READER._process
    assert process is not None
    process.kill()
    process.wait()
    assert open_table(table, table.parent).kolommen == NAMEN


def test_what_comes_back_is_text_and_nothing_that_runs(tmp_path: Path) -> None:
    GEVALLEN["foutcellen.xlsx"].maak(tmp_path / "w.xlsx")
    table = open_table(tmp_path / "w.xlsx", tmp_path)
    assert all(kind == pl.String for frame in table.lees(NAMEN) for kind in frame.drop("rij").dtypes)
    assert json.loads((tmp_path / "omgezet.json").read_text()) == list(NAMEN)
