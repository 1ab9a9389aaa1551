"""What differs between two rule sets is told figure by figure and rule by rule, in words."""

from pathlib import Path

from typer.testing import CliRunner

from regels.regelset import Regelset
from service.beheer.regelverschil import Onderdeelwijziging, Regelwijziging, wijzigingen
from service.opdracht.commando import app
from tests.hulp.regelsets import CIJFERS, REGELS, laad, schrijf
from tests.hulp.wetten import GEHEEL, WET

NEXT_YEAR = """\
later:
  geldig: {vanaf: 2027-01-01, tot_en_met: 2027-12-31}
  grens: {label: Grens, waarde: 1100, eenheid: euro per jaar, bron: wet, zekerheid: afgeleid}
"""


def changed(tmp_path: Path, **anders: str) -> tuple[Regelwijziging, ...]:
    before, after = laad(tmp_path / "oud"), laad(tmp_path / "nieuw", **anders)
    return wijzigingen(before, after)


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_nothing_differs_from_itself(tmp_path: Path) -> None:
    assert changed(tmp_path) == ()


def test_a_figure_that_changed_says_what_it_was_and_by_how_much_it_moves(tmp_path: Path) -> None:
    [change] = changed(tmp_path, cijfers=CIJFERS.replace("1000", "1025"))
    assert plain(change.zin) == (
        "cijfer gewijzigd: Grens (grens) vanaf 1 januari 2026. waarde: € 1.000 wordt € 1.025 (+2,5%)"
    )
    assert (change.eigenaar, change.schuift) == ("land", "+2,5%")


def test_a_figure_of_a_next_year_stands_beside_that_of_the_year_before(tmp_path: Path) -> None:
    [change] = changed(tmp_path, cijfers=CIJFERS + NEXT_YEAR)
    assert (change.wat, plain(change.eerder), change.schuift) == ("erbij", "€ 1.000", "+10%")
    assert plain(change.zin).endswith("Daarvoor: € 1.000, dus +10%")


def test_a_rule_says_which_of_its_parts_changed_and_no_other(tmp_path: Path) -> None:
    [change] = changed(tmp_path, regels=REGELS.replace("zegt: Het past.", "zegt: Het past precies."))
    assert change.soort == "regel"
    assert change.delen == (Onderdeelwijziging("zegt", "Het past.", "Het past precies."),)


def test_a_rule_that_went_says_what_it_was(tmp_path: Path) -> None:
    rules = REGELS.replace("inkomen <= grens", "inkomen <= grens en open")
    rules += (
        "      - {naam: dicht, als: inkomen <= grens en niet open, dan: nee, zegt: Het is dicht., omdat: Daarom.}\n"
    )
    before, after = laad(tmp_path / "oud", regels=rules), laad(tmp_path / "nieuw")
    gone = [change for change in wijzigingen(before, after) if change.wat == "weg"]
    assert [change.naam for change in gone if change.soort == "regel"] == ["proef/dicht"]
    assert "Was: als inkomen <= grens en niet open" in gone[0].zin


def test_another_source_is_told_also_where_the_value_is_the_same(tmp_path: Path) -> None:
    regels: Regelset = laad(tmp_path / "oud")
    after = laad(tmp_path / "nieuw", cijfers=CIJFERS.replace("zekerheid: officieel", "zekerheid: afgeleid"))
    [change] = wijzigingen(regels, after)
    assert change.delen == (Onderdeelwijziging("zekerheid", "officieel", "afgeleid"),)


def test_the_command_compares_two_folders(tmp_path: Path) -> None:
    old, new = schrijf(tmp_path / "oud"), schrijf(tmp_path / "nieuw", cijfers=CIJFERS.replace("1000", "1025"))
    ran = CliRunner().invoke(app, ["regels", "verschil", str(new), "--van", str(old)])
    assert ran.exit_code == 0
    assert plain(ran.output).splitlines() == [
        "Van map oud naar map nieuw.",
        "cijfer gewijzigd: Grens (grens) vanaf 1 januari 2026. waarde: € 1.000 wordt € 1.025 (+2,5%)",
        "bestand gewijzigd: land/2026.yaml",
    ]


def test_the_command_says_what_keeps_a_folder_from_loading(tmp_path: Path) -> None:
    old, new = schrijf(tmp_path / "oud"), schrijf(tmp_path / "nieuw", cijfers=CIJFERS.replace("1000", "veel"))
    ran = CliRunner().invoke(app, ["regels", "verschil", str(new), "--van", str(old)])
    assert ran.exit_code == 1 and "land/2026.yaml" in ran.output


def test_a_member_of_the_law_says_which_of_its_parts_changed(tmp_path: Path) -> None:
    before = laad(tmp_path / "oud", **GEHEEL)
    after = laad(tmp_path / "nieuw", **(GEHEEL | {"wet": WET.replace("kans: soms", "kans: zelden")}))
    [change] = wijzigingen(before, after)
    assert (change.soort, change.naam, change.eigenaar) == ("wet", "proefwet/2/1:deur", "land")
    assert plain(change.zin) == (
        "wet gewijzigd: Proefwet, artikel 2 lid 1 (deur) (proefwet/2/1:deur) vanaf 1 januari 2026. "
        "kans: soms wordt zelden"
    )
