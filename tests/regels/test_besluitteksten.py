"""The texts of a rule set: what is missing or cannot be is refused at load, all at once, with file and line."""

from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.bron import uit_map
from tests.hulp.regelsets import REGELS, TEKSTEN, laad

VOLLEDIG = (
    TEKSTEN
    + """\
  overzicht: 2
  balk: {naam: Proef, waarde: inkomen, bij: {huurder: 1}}
  papier: [inkomen]
  huurder:
    ja: ['Dat past bij {inkomen}.', 'Dat past.']
    onbekend: Dat weten wij nog niet.
  per_regel:
    te-hoog: Dat past niet.
"""
)
MET_WAARDE = REGELS.replace("    bron: wet\n    regels:", "    bron: wet\n    waarden: {inkomen: inkomen}\n    regels:")


def faults(folder: Path, teksten: str, regels: str = MET_WAARDE) -> list[str]:
    with pytest.raises(RegelsetError) as error:
        laad(folder, teksten=teksten, regels=regels)
    return error.value.faults


def test_a_rule_set_carries_its_texts_and_how_they_are_shown(tmp_path: Path) -> None:
    found = laad(tmp_path, teksten=VOLLEDIG, regels=MET_WAARDE).teksten
    assert found.hoofdzaken == ("proef",) and found.balk("huurder") == ("proef",) and found.balk("woning") == ()
    assert found.varianten("proef", "ja") == ("Dat past bij {inkomen}.", "Dat past.")
    assert found.varianten("proef", "nee", "te-hoog") == ("Dat past niet.",)


def test_a_decision_without_texts_is_refused(tmp_path: Path) -> None:
    assert faults(tmp_path, "{}") == ["land/proef.yaml:4: het besluit 'proef' heeft geen teksten in land/teksten.yaml"]


@pytest.mark.parametrize(
    ("was", "wordt", "said"),
    [
        ("  vakterm: Proef\n", "", "land/teksten.yaml:1: 'vakterm' ontbreekt"),
        ("waarde: inkomen", "waarde: bedrag", "'proef' heeft geen waarde 'bedrag'; kies uit inkomen"),
        ("papier: [inkomen]", "papier: [marge]", "'proef' heeft geen waarde 'marge'; kies uit inkomen"),
        ("bij {inkomen}", "bij {huur}", "noemt de waarde 'huur'"),
        ("{huurder: 1}", "{koper: 1}", "onbekende sleutel 'koper'"),
        ("{huurder: 1}", "{huurder: 0}", "een plaats in de volgorde is een heel getal vanaf 1"),
        ("titel: Past het?", "titel: Past {inkomen}?", "hier wordt geen waarde ingevuld; laat {inkomen} weg"),
        ("naam: Proef", "naam: 'Bij {inkomen}'", "hier wordt geen waarde ingevuld; laat {inkomen} weg"),
        ("te-hoog:", "te-laag:", "'proef' heeft geen regel 'te-laag'"),
        (", 'Dat past.']", "]", "de laatste variant heeft geen plaats voor een waarde"),
        ("proef:\n", "ander:\n", "land/teksten.yaml:1: er is geen besluit 'ander' voor deze teksten"),
    ],
)
def test_a_fault_in_the_texts_is_refused_with_its_place(tmp_path: Path, was: str, wordt: str, said: str) -> None:
    assert VOLLEDIG.replace(was, wordt, 1) != VOLLEDIG
    assert any(said in fault for fault in faults(tmp_path, VOLLEDIG.replace(was, wordt, 1)))


def test_an_outcome_without_a_text_is_refused_at_its_rule(tmp_path: Path) -> None:
    laad(tmp_path, teksten=VOLLEDIG, regels=MET_WAARDE)
    (tmp_path / "teksten.yaml").write_text("geen_regels: Vraag het na.\n", encoding="utf-8")
    (tmp_path / "land/teksten.yaml").write_text(VOLLEDIG.replace("  per_regel:\n    te-hoog: Dat past niet.\n", ""))
    with pytest.raises(RegelsetError) as error:
        uit_map(tmp_path)
    assert error.value.faults == [
        "land/proef.yaml:14: 'proef' heeft geen tekst voor de huurder bij 'nee' (regel 'te-hoog'); "
        "zet die in land/teksten.yaml"
    ]


def test_everything_that_is_missing_is_said_together(tmp_path: Path) -> None:
    text = VOLLEDIG.replace("  titel: Past het?\n", "").replace("papier: [inkomen]", "papier: [a, b]")
    assert len(faults(tmp_path, text)) == 3


def test_a_second_decision_for_one_place_in_the_table_of_rents_is_refused(tmp_path: Path) -> None:
    role = "  huurruimte: {hoogste: inkomen}\n"
    second = MET_WAARDE[MET_WAARDE.index("  proef:") :].replace("proef:", "later:", 1)
    texts = VOLLEDIG + role + (VOLLEDIG + role).replace("proef:", "later:", 1)
    assert faults(tmp_path, texts, MET_WAARDE + second) == [
        "land/teksten.yaml:14: 'later' heeft bij 'huurruimte' de rol 'hoogste', en die heeft 'proef' al"
    ]
