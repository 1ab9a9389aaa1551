"""A new owner and a new year: files with everything that is to be filled in, which the loader names all at once."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from regels.bestanden import RegelsetError
from regels.bron import uit_map
from regels.nieuw import NieuwFout, emptied, nieuw_jaar, nieuwe_eigenaar
from tests.hulp.regelsets import CIJFERS, schrijf

JAAR = """\
# De cijfers van 2026, met een kop die over dat jaar gaat.
huur:
  geldig: {vanaf: 2026-07-01, tot_en_met: 2027-06-30}
  grens:
    label: Grens
    waarde: 932.93
    eenheid: euro per maand
    bron: wet
    zekerheid: officieel
    opmerking: Zo stond het in 2026.
  tabel:
    label: Tabel
    waarde: {een: 1, meer: 2}
    eenheid: euro
    geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}
    bron: [wet, besluit]
    zekerheid: officieel
  lijst:
    label: Lijst
    waarde:
      vijf: 5
      zes: 6
    eenheid: euro
    bron: wet
    zekerheid: officieel
  blijft:
    label: Blijft gelden
    waarde: 3
    eenheid: euro
    geldig: {vanaf: 2026-01-01}
    bron: wet
    zekerheid: officieel
altijd:
  geldig: {vanaf: 2026-01-01}
  # een groep zonder einde gaat vanzelf door
  gewoon: {label: Gewoon, waarde: 1, eenheid: euro, bron: wet, zekerheid: officieel}
ervoor:
  geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}
  staat_er_al: {label: Staat er al, waarde: 1, eenheid: euro, bron: wet, zekerheid: officieel}
erna:
  geldig: {vanaf: 2027-01-01, tot_en_met: 2027-12-31}
  staat_er_al: {label: Staat er al, waarde: 2, eenheid: euro, bron: wet, zekerheid: officieel}
"""


def test_a_new_year_has_the_figures_of_the_last_one_with_every_value_empty() -> None:
    text = emptied(JAAR, 2026, 2027)
    assert yaml.safe_load(text) == {
        "huur": {
            "geldig": {"vanaf": yaml.safe_load("2027-07-01"), "tot_en_met": yaml.safe_load("2028-06-30")},
            "status": "concept",
            "grens": {"label": "Grens", "waarde": None, "eenheid": "euro per maand", "bron": None, "zekerheid": None},
            "tabel": {
                "label": "Tabel",
                "waarde": {"een": None, "meer": None},
                "eenheid": "euro",
                "geldig": {"vanaf": yaml.safe_load("2027-01-01"), "tot_en_met": yaml.safe_load("2027-12-31")},
                "bron": None,
                "zekerheid": None,
            },
            "lijst": {
                "label": "Lijst",
                "waarde": {"vijf": None, "zes": None},
                "eenheid": "euro",
                "bron": None,
                "zekerheid": None,
            },
        },
        "erna": {
            "geldig": {"vanaf": yaml.safe_load("2028-01-01"), "tot_en_met": yaml.safe_load("2028-12-31")},
            "status": "concept",
            "staat_er_al": {"label": "Staat er al", "waarde": None, "eenheid": "euro", "bron": None, "zekerheid": None},
        },
    }


def test_a_new_year_shows_what_the_value_was_and_no_remark_of_that_year() -> None:
    text = emptied(JAAR, 2026, 2027)
    assert "    waarde:  # in 2026: 932.93\n" in text
    assert "waarde: {een: , meer: }  # in 2026: {een: 1, meer: 2}\n" in text
    assert "      vijf:  # in 2026: 5\n      zes:  # in 2026: 6\n" in text
    assert "Zo stond het" not in text and "een kop die" not in text
    assert all(line == line.rstrip() for line in text.split("\n"))


def test_what_is_written_above_a_group_goes_along_to_the_new_year() -> None:
    text = emptied(JAAR.replace("erna:", "# Van het besluit\n# over de winter.\nerna:"), 2026, 2027)
    assert "\n\n# Van het besluit\n# over de winter.\nerna:\n" in text


def test_a_new_year_is_made_for_each_owner_that_has_the_year_before() -> None:
    before = JAAR.replace("2027-", "2025-").replace("2026-", "2024-")
    files = {"land/2026.yaml": JAAR, "huis/2024.yaml": before, "land/2025.yaml": before, "velden.yaml": ""}
    assert list(nieuw_jaar(files, 2027)) == ["land/2027.yaml"]
    with pytest.raises(NieuwFout, match="geen cijfers van 2028"):
        nieuw_jaar(files, 2029)
    with pytest.raises(NieuwFout, match="die van 2027 staan er al"):
        nieuw_jaar({"land/2026.yaml": JAAR, "land/2027.yaml": ""}, 2027)


def test_what_ends_in_an_older_file_is_asked_too_unless_something_comes_after_it() -> None:
    older = """\
wet_2022:
  geldig: {vanaf: 2022-01-01, tot_en_met: 2026-12-31}
  leeftijd: {label: Leeftijd, waarde: 21, eenheid: jaar, bron: wet, zekerheid: officieel}
  gevolgd:
    {label: G, waarde: 1, eenheid: jaar, bron: wet, geldig: {vanaf: 2022-01-01, tot_en_met: 2025-12-31}}
lang:
  geldig: {vanaf: 2022-01-01, tot_en_met: 2027-12-31}
  plan: {label: Plan, waarde: 21, eenheid: jaar, bron: wet, zekerheid: officieel}
voorbij:
  geldig: {vanaf: 2022-01-01, tot_en_met: 2025-12-31}
  weg: {label: Weg, waarde: 21, eenheid: jaar, bron: wet, zekerheid: officieel}
"""
    later = """\
wet:
  geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}
  gevolgd: {label: Gevolgd in 2026, waarde: 1, eenheid: jaar, bron: wet, zekerheid: officieel}
"""
    made = yaml.safe_load(nieuw_jaar({"land/2022.yaml": older, "land/2026.yaml": later}, 2027)["land/2027.yaml"])
    assert {group: {*figures} - {"geldig", "status"} for group, figures in made.items()} == {
        "wet": {"gevolgd"},
        "wet_2027": {"leeftijd"},
    }
    assert made["wet_2027"]["geldig"] == {"vanaf": date(2027, 1, 1), "tot_en_met": date(2027, 12, 31)}
    assert made["wet"]["gevolgd"]["label"] == "Gevolgd in 2027"
    alone = nieuw_jaar({"land/2022.yaml": older, "land/2025.yaml": ""}, 2027)["land/2027.yaml"]
    assert [line for line in alone.split("\n") if line.endswith(":")] == ["wet_2027:"]
    assert "# in 2026: 21" not in alone and "waarde: , eenheid" in alone


def test_a_new_year_answers_nothing_until_it_is_no_draft_any_more(tmp_path: Path) -> None:
    schrijf(tmp_path)
    made = nieuw_jaar({"land/2026.yaml": CIJFERS}, 2027)["land/2027.yaml"]
    (tmp_path / "land/2027.yaml").write_text(made, encoding="utf-8")
    assert [figure.venster.vanaf.year for figure in uit_map(tmp_path).cijfers["grens"]] == [2026]
    filled = (
        made.replace("waarde:", "waarde: 1100")
        .replace("bron:", "bron: wet")
        .replace("zekerheid:", "zekerheid: officieel")
    )
    (tmp_path / "land/2027.yaml").write_text(filled, encoding="utf-8")
    assert [figure.venster.vanaf.year for figure in uit_map(tmp_path).cijfers["grens"]] == [2026]
    _with_year(tmp_path, filled.replace("  status: concept\n", ""))
    assert [figure.venster.vanaf.year for figure in uit_map(tmp_path).cijfers["grens"]] == [2026, 2027]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("eenheid: euro per jaar", "eenheid: euros", "'euros' kan hier niet"),
        ("eenheid: euro per jaar", "eenheid: euro", "een andere eenheid of andere sleutels"),
        ("waarde:", "waarde: {laag: , hoog: }", "een andere eenheid of andere sleutels"),
        ("waarde:", "waarde: 1.100,00", "is geen getal"),
        ("bron:", "bron: nergens", "er is geen bron 'nergens'"),
        ("zekerheid:", "zekerheid: gok", "'gok' kan hier niet"),
        ("label:", "etiket:", "onbekende sleutel 'etiket'"),
        ("  status: concept\n", "  status: klad\n", "'klad' kan hier niet"),
        ("vanaf: 2027-01-01", "vanaf: 2026-07-01", "overlapt dat van land/2026.yaml"),
        ("    label:", "    status: concept\n    label:", "bij een cijfer met een eigen 'geldig'"),
    ],
)
def test_the_structure_of_a_draft_is_checked(tmp_path: Path, was: str, becomes: str, said: str) -> None:
    schrijf(tmp_path)
    made = nieuw_jaar({"land/2026.yaml": CIJFERS}, 2027)["land/2027.yaml"]
    bare = "\n".join(line.split("  # in")[0].rstrip() for line in made.split("\n"))
    assert was in bare
    (tmp_path / "land/2027.yaml").write_text(bare.replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(RegelsetError, match=said):
        uit_map(tmp_path)


def test_a_figure_with_a_window_of_its_own_can_be_a_draft_by_itself(tmp_path: Path) -> None:
    schrijf(tmp_path)
    draft = """
  later:
    label: Later
    waarde:
    eenheid: euro per jaar
    bron:
    zekerheid:
    geldig: {vanaf: 2027-07-01, tot_en_met: 2027-12-31}
    status: concept
"""
    _with_year(tmp_path, CIJFERS.replace("2026-", "2027-").rstrip() + draft)
    assert "later" not in uit_map(tmp_path).cijfers


def test_what_is_not_filled_in_is_named_all_at_once(tmp_path: Path) -> None:
    schrijf(tmp_path)
    text = (
        emptied(CIJFERS, 2026, 2027).replace("  status: concept\n", "")
        + "\n"
        + CIJFERS.replace("proef:", "tabel:")
        .replace("grens:", "ladder:")
        .replace("waarde: 1000", "waarde: {laag: , hoog: 3}")
    )
    with pytest.raises(RegelsetError) as error:
        _with_year(tmp_path, text)
    assert [fault.split(": ", 1)[1] for fault in error.value.faults] == [
        "'grens' heeft nog geen waarde; vul die in",
        "bij 'grens' is 'bron' nog leeg; vul die in",
        "bij 'grens' is 'zekerheid' nog leeg; vul die in",
        "'ladder[laag]' heeft nog geen waarde; vul die in",
    ]
    assert {fault.split(":")[0] for fault in error.value.faults} == {"land/2027.yaml"}


def _with_year(folder: Path, text: str) -> None:
    (folder / "land/2027.yaml").write_text(text, encoding="utf-8")
    uit_map(folder)


def test_a_group_that_lost_a_figure_is_refused_until_it_says_that_it_ended(tmp_path: Path) -> None:
    more = CIJFERS + CIJFERS[CIJFERS.index("  grens:") :].replace("grens:", "norm:") + "    gebruik: portefeuille\n"
    schrijf(tmp_path, cijfers=more)
    later = CIJFERS.replace("2026-", "2027-")
    with pytest.raises(RegelsetError, match=r"land/2027.yaml:1: de groep 'proef' mist 'norm' uit land/2026.yaml:1"):
        _with_year(tmp_path, later)
    _with_year(tmp_path, later.replace("  grens:", "  vervallen: [norm]\n  grens:"))
    with pytest.raises(RegelsetError, match="'nooit' staat bij 'vervallen'"):
        _with_year(tmp_path, later.replace("  grens:", "  vervallen: [norm, nooit]\n  grens:"))


def test_a_new_owner_gets_files_in_which_the_loader_names_what_is_empty(tmp_path: Path) -> None:
    schrijf(tmp_path)
    made = nieuwe_eigenaar(["land/eigenaar.yaml"], "dorp", "gemeente")
    made |= nieuwe_eigenaar(["dorp/eigenaar.yaml"], "huis", "corporatie", ("dorp",))
    for name, text in made.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(RegelsetError) as error:
        _with_year(tmp_path, CIJFERS.replace("2026-", "2027-"))
    said = "\n".join(error.value.faults)
    for name, key in (
        ("dorp", "naam"),
        ("dorp", "dorp-kern"),
        ("dorp", "telefoon"),
        ("huis", "naam"),
        ("huis", "website"),
    ):
        assert any(
            f.startswith(f"{name}/eigenaar.yaml:") and f"'{key}' is nog leeg" in f for f in error.value.faults
        ), said


@pytest.mark.parametrize(
    ("id", "soort", "gemeenten", "said"),
    [
        ("Het Huis", "corporatie", ("dorp",), "kleine letters"),
        ("huis", "bedrijf", (), "kies uit gemeente, corporatie"),
        ("huis", "corporatie", (), "--gemeente"),
        ("huis", "corporatie", ("stad",), "Er is geen map 'stad'"),
        ("dorp", "gemeente", (), "bestaat al"),
    ],
)
def test_an_owner_that_cannot_be_made_says_what_to_do(
    id: str, soort: str, gemeenten: tuple[str, ...], said: str
) -> None:
    with pytest.raises(NieuwFout, match=said):
        nieuwe_eigenaar(["dorp/eigenaar.yaml", "land/eigenaar.yaml"], id, soort, gemeenten)
