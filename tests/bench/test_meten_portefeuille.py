"""The measurement of a portfolio compares the same work: by hand and by the rules the sums are equal."""

from datetime import date
from pathlib import Path

import pytest

from bench import een, portefeuille
from bench.geladen import regels
from bench.handwerk import Handwerk, figures
from bench.portefeuille import BESLUITEN, contender, linear, ours, same, sums, whole
from bench.portefeuille_bestand import run
from bench.portefeuille_tabel import EIGHT, PEILDATUM, RONDE, huishoudens
from regels import toets
from regels.stand import Stand


def test_by_hand_and_by_the_rules_it_comes_to_the_same() -> None:
    table = huishoudens(5_000, EIGHT)
    hand = Handwerk(figures(Stand(regels(), PEILDATUM, date(RONDE, 7, 1)))).run(table.lazy()).collect()
    found = sums(ours(table.lazy()).collect())
    assert same(found, sums(hand))
    assert len(found["efg"]) == 4
    assert found["per_maand"] > 0


def test_a_difference_in_one_row_is_seen() -> None:
    table = huishoudens(1_000, EIGHT)
    found = ours(table.lazy()).collect()
    raised = found.with_columns(hoogste=found["hoogste"] + (found["hoogste"] == found["hoogste"].max()).cast(int))
    assert not same(sums(found), sums(raised))


def test_a_contender_that_is_not_installed_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERGELIJKING", "/nergens/python")
    assert contender("zen_model.py") is None


def test_every_decision_is_measured_with_gaps_too() -> None:
    found = whole(200, 0.2, missing=True)
    assert found["columns"] > 150
    assert found["peak"] > 0


def test_the_cost_of_a_row_is_shown_for_every_size_beside_what_is_fixed() -> None:
    shown = linear([100, 1_000])
    assert list(shown.columns[0].cells) == ["1 (fixed)", "100", "1,000"]


def test_one_household_at_a_time_is_the_same_household() -> None:
    table = huishoudens(50, EIGHT)
    rows = ours(table.lazy()).collect().to_dicts()
    for vraag, row in zip(een.questions(table), rows, strict=True):
        answer = toets(vraag, regels(), BESLUITEN)
        assert answer.conclusie("daeb-doelgroep").uitkomst == row["daeb"]
        assert answer.conclusie("huurklasse").waarden["klasse"] == row["klasse"]
        assert answer.conclusie("huurtoeslag").uitkomst == row["huurtoeslag"]


def test_a_contender_that_is_not_there_leaves_only_our_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERGELIJKING", "/nergens/python")
    monkeypatch.setattr(portefeuille, "TRACED", 20)
    shown = portefeuille.one_household()
    assert shown.row_count == 1
    assert "steps" in str(next(iter(shown.columns[0].cells)))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_that_is_measured_from_file_to_file_has_no_rejected_row(tmp_path: Path, kind: str) -> None:
    seconds, cpu, peak = run(300, kind, tmp_path)  # raises when a row is rejected
    assert min(seconds, cpu, peak) > 0
    assert (tmp_path / f"uit.{kind}").stat().st_size > 100_000
