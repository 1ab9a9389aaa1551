"""Strict files: everything that is wrong is refused at load, all at once, with file and line."""

import re
from datetime import date
from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.bron import uit_map
from regels.venster import Venster
from tests.hulp.geladen import PAKKET
from tests.hulp.regelsets import BRONNEN, CIJFERS, REGELS, VELDEN, besluit, laad, schrijf


def window(start: str, end: str) -> str:
    """The same figure in another window."""
    return CIJFERS.replace("proef:", "later:").replace("2026-01-01", start).replace("2026-12-31", end)


def faults(folder: Path, **files: str) -> list[str]:
    with pytest.raises(RegelsetError) as error:
        laad(folder, **files)
    return error.value.faults


def test_the_small_rule_set_is_valid(tmp_path: Path) -> None:
    assert set(laad(tmp_path).besluiten) == {"proef"}


def test_the_rules_of_the_product_load() -> None:
    assert PAKKET.versie


CASES = {
    "unknown key in a figure": (
        {"cijfers": CIJFERS + "    kleur: rood\n"},
        "land/2026.yaml:9: onbekende sleutel 'kleur'",
    ),
    "unknown key in a rule": (
        {"regels": REGELS.replace("omdat: Het inkomen is {inkomen}.", "omdat: Ja.\n        want: nee")},
        "land/proef.yaml:13: onbekende sleutel 'want'; bedoelde u een van",
    ),
    "unknown key in a field": (
        {"velden": VELDEN.replace("label: Huur,", "label: Huur, tip: x,")},
        "velden.yaml:12: onbekende sleutel 'tip'",
    ),
    "duplicate key": ({"cijfers": CIJFERS + "    waarde: 3\n"}, "land/2026.yaml:9: 'waarde' staat hier twee keer"),
    "duplicate figure": (
        {"cijfers": CIJFERS + CIJFERS[CIJFERS.index("  grens:") :]},
        "land/2026.yaml:9: 'grens' staat hier twee keer",
    ),
    "figure without source": (
        {"cijfers": CIJFERS.replace("    bron: wet\n", "")},
        "land/2026.yaml:3: 'bron' ontbreekt",
    ),
    "figure without confidence": (
        {"cijfers": CIJFERS.replace("    zekerheid: officieel\n", "")},
        "land/2026.yaml:3: 'zekerheid' ontbreekt",
    ),
    "figure without window": (
        {"cijfers": CIJFERS.replace("  geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}\n", "")},
        "land/2026.yaml:1: 'geldig' ontbreekt",
    ),
    "unknown source": (
        {"cijfers": CIJFERS.replace("bron: wet", "bron: boek")},
        "land/2026.yaml:7: er is geen bron 'boek'",
    ),
    "wrong confidence": (
        {"cijfers": CIJFERS.replace("officieel", "zeker")},
        "land/2026.yaml:8: 'zeker' kan hier niet; kies uit afgeleid, officieel, onbevestigd, secundair",
    ),
    "wrong unit": ({"cijfers": CIJFERS.replace("euro per jaar", "dollar")}, "land/2026.yaml:6: 'dollar' kan hier niet"),
    "wrong number": ({"cijfers": CIJFERS.replace("1000", "1.000,00")}, "land/2026.yaml:5: '1.000,00' is geen getal"),
    "not a number": ({"cijfers": CIJFERS.replace("1000", "nan")}, "land/2026.yaml:5: 'nan' is geen getal"),
    "wrong date": (
        {"cijfers": CIJFERS.replace("2026-12-31", "2026-02-30")},
        "land/2026.yaml:2: '2026-02-30' is geen datum",
    ),
    "window ends before it begins": (
        {"cijfers": CIJFERS.replace("2026-12-31", "2025-12-31")},
        "land/2026.yaml:2: dit venster eindigt (2025-12-31) voordat het begint (2026-01-01)",
    ),
    "rule without omdat": (
        {"regels": REGELS.replace("        omdat: Het inkomen is {inkomen}.\n", "")},
        "land/proef.yaml:8: 'omdat' ontbreekt",
    ),
    "rule with empty omdat": (
        {"regels": REGELS.replace("omdat: Het inkomen is {inkomen}.", "omdat:")},
        "land/proef.yaml:12: hier hoort tekst te staan",
    ),
    "rule without source": ({"regels": REGELS.replace("    bron: wet\n", "")}, "land/proef.yaml:7: 'bron' ontbreekt"),
    "unknown outcome": (
        {"regels": REGELS.replace("dan: nee", "dan: misschien")},
        "land/proef.yaml:15: 'misschien' kan hier niet",
    ),
    "unknown name in a condition": (
        {"regels": REGELS.replace("als: inkomen > grens", "als: inkomn > grens")},
        "land/proef.yaml:14: in 'inkomn > grens', teken 1: 'inkomn'",
    ),
    "unknown name in a sentence": (
        {"regels": REGELS.replace("{inkomen}", "{inkomn}")},
        "land/proef.yaml:12: in 'inkomn', teken 1:",
    ),
    "units mixed up": (
        {"regels": REGELS.replace("als: inkomen > grens", "als: huur > grens")},
        "land/proef.yaml:14: in 'huur > grens', teken 1: eenheden lopen door elkaar",
    ),
    "no condition": (
        {"regels": REGELS.replace("als: inkomen > grens", "als: inkomen +")},
        "land/proef.yaml:14: in 'inkomen +', teken 10: het einde past hier niet",
    ),
    "overlapping windows": (
        {"cijfers": CIJFERS + window("2026-12-30", "2027-12-31")},
        "land/2026.yaml:11: het venster van 'grens' overlapt dat van land/2026.yaml:3",
    ),
    "a gap between windows": (
        {"cijfers": CIJFERS + window("2027-02-01", "2027-12-31")},
        "land/2026.yaml:11: 'grens' geldt niet van 2027-01-01 tot 2027-02-01; zet in 'opmerking' waarom",
    ),
    "an open window before another": (
        {"cijfers": CIJFERS.replace(", tot_en_met: 2026-12-31", "") + window("2027-01-01", "2027-12-31")},
        "land/2026.yaml:11: het venster van 'grens' overlapt",
    ),
    "other unit in a later window": (
        {"cijfers": CIJFERS + window("2027-01-01", "2027-12-31").replace("euro per jaar", "euro")},
        "land/2026.yaml:11: 'grens' heeft in land/2026.yaml:3 een andere eenheid of andere sleutels",
    ),
    "unused figure": (
        {"cijfers": CIJFERS + CIJFERS[CIJFERS.index("  grens:") :].replace("grens:", "ongebruikt:")},
        "land/2026.yaml:9: geen regel gebruikt het cijfer 'ongebruikt'",
    ),
    "unused quantity": (
        {
            "regels": besluit(
                ("a", "inkomen <= grens", "ja"),
                ("b", "inkomen > grens", "nee"),
                grootheden="  dubbel: {label: Dubbel, eenheid: euro per jaar, formule: inkomen * 2}\n",
            )
        },
        "land/proef.yaml:4: geen regel gebruikt de grootheid 'dubbel'",
    ),
    "a circle": (
        {
            "regels": besluit(
                ("a", "een <= grens", "ja"),
                ("b", "een > grens", "nee"),
                grootheden="  een: {label: Een, eenheid: euro per jaar, formule: twee + 1}\n"
                "  twee: {label: Twee, eenheid: euro per jaar, formule: een - 1}\n",
            )
        },
        "deze grootheden wachten op elkaar: een -> twee -> een",
    ),
    "a circle of what empty fields are taken for": (
        {
            "velden": VELDEN.replace(
                "  open: {soort: ja_nee, label: Open, waarom: Het telt.}\n",
                "  open: {soort: ja_nee, label: Open, waarom: Het telt., "
                "uitgangspunten: [{id: a, als: dicht, waarde: ja, tekst: Het is open.}]}\n",
            ).replace(
                "  dicht: {soort: ja_nee, label: Dicht, waarom: Het telt.}\n",
                "  dicht: {soort: ja_nee, label: Dicht, waarom: Het telt., "
                "uitgangspunten: [{id: b, als: niet open, waarde: ja, tekst: Het is dicht.}]}\n",
            ),
            "regels": besluit(("a", "open", "ja"), ("b", "niet open", "nee")),
        },
        "velden.yaml:5: deze velden en grootheden wachten op elkaar: open -> dicht -> open",
    ),
    "two formulas on one day": (
        {
            "regels": besluit(
                ("a", "een <= grens", "ja"),
                ("b", "een > grens", "nee"),
                grootheden="  een:\n    label: Een\n    eenheid: euro per jaar\n    formules:\n"
                "      - {geldig: {vanaf: 2026-01-01}, formule: inkomen}\n"
                "      - {geldig: {vanaf: 2026-12-31}, formule: inkomen + 1}\n",
            )
        },
        "land/proef.yaml:4: twee formules van 'een' gelden op dezelfde dag",
    ),
    "two rules of one name": (
        {"regels": besluit(("a", "inkomen <= grens", "ja"), ("a", "inkomen > grens", "nee"))},
        "land/proef.yaml:8: er zijn 2 regels 'a' op dezelfde dag",
    ),
    "undecided policy that computes": (
        {"regels": REGELS.replace("        dan: nee\n", "        dan: nee\n        status: voornemen\n")},
        "land/proef.yaml:13: beleid dat niet is vastgesteld geeft 'besluit_ontbreekt'",
    ),
    "alleen_als without anders": (
        {"regels": REGELS.replace("    regels:\n", "    alleen_als: open\n    regels:\n")},
        "land/proef.yaml:4: bij 'alleen_als' hoort 'anders'",
    ),
    "a decision without any rule": (
        {"regels": REGELS + "  leeg:\n    vraag: Wat?\n    bron: wet\n    regels: []\n"},
        "land/proef.yaml:18: het besluit 'leeg' heeft geen regels",
    ),
    "a second decision of the same name": ({"extra": REGELS}, "het besluit 'proef' bestaat al in land/"),
    "rules for a decision that does not exist": (
        {"extra": "aanvullingen:\n  weg:\n    - {naam: a, als: open, dan: ja, zegt: Ja., omdat: Ja., bron: wet}\n"},
        "land/extra.yaml:2: er is geen besluit 'weg' om aan te vullen",
    ),
    "a name that is taken": (
        {
            "regels": besluit(
                ("a", "inkomen <= grens", "ja"),
                ("b", "inkomen > grens", "nee"),
                grootheden="  huur: {label: Huur, eenheid: euro per maand, formule: huur}\n",
            )
        },
        "land/proef.yaml:4: de naam 'huur' is al in gebruik",
    ),
    "a source twice": (
        {"bronnen": BRONNEN + BRONNEN.replace("wet:", "wet2:").replace("titel: Wet, ", "")},
        "land/bronnen.yaml:2: 'titel' ontbreekt",
    ),
    "a field without bounds": (
        {"velden": VELDEN.replace(", min: 0, max: 10000", "")},
        "velden.yaml:12: 'min' en 'max' ontbreken",
    ),
    "a choice without words": (
        {"velden": VELDEN.replace(", waarden: {rood: Rood, blauw: Blauw}", "")},
        "velden.yaml:4: 'waarden' hoort bij een keuze, en alleen daarbij",
    ),
    "no YAML": ({"cijfers": "proef: [1,\n  2: {"}, "land/2026.yaml:3: dit is geen goed YAML"),
    "a list where keys belong": ({"cijfers": "- 1\n"}, "land/2026.yaml:1: hier horen sleutels met waarden te staan"),
    "no source in the list": (
        {"cijfers": CIJFERS.replace("bron: wet", "bron: []")},
        "land/2026.yaml:7: hier hoort een bron",
    ),
    "no version": ({"versie": "hash: x\n"}, "versie.yaml:1: 'versie' ontbreekt"),
    "an empty file": ({"versie": ""}, "versie.yaml:1: 'versie' ontbreekt"),
}


@pytest.mark.parametrize(("files", "message"), CASES.values(), ids=CASES)
def test_a_fault_in_the_files_is_refused_with_its_place(tmp_path: Path, files: dict[str, str], message: str) -> None:
    found = faults(tmp_path, **files)
    assert any(message in fault for fault in found), found


def test_all_faults_are_told_at_once_and_each_has_file_and_line(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        cijfers=CIJFERS.replace("    bron: wet\n", "").replace("1000", "veel") + "    tint: rood\n",
        regels=REGELS.replace("dan: nee", "dan: misschien").replace("als: inkomen > grens", "als: inkomn > grens"),
        bronnen=BRONNEN.replace(", vindplaats: artikel 1", ""),
    )
    text = "\n".join(found)
    for part in ("'bron' ontbreekt", "'tint'", "'misschien'", "'inkomn'", "'vindplaats' ontbreekt"):
        assert part in text
    assert all(re.match(r"[\w/.-]+:\d+: ", fault) for fault in found)


def test_a_gap_that_is_explained_is_allowed(tmp_path: Path) -> None:
    later = window("2027-02-01", "2027-12-31") + "    opmerking: In januari 2027 gold niets.\n"
    assert len(laad(tmp_path, cijfers=CIJFERS + later).cijfers["grens"]) == 2


def test_a_figure_may_be_used_as_the_last_day_of_a_step_alone(tmp_path: Path) -> None:
    day = "  laatste: {label: Laatste dag, waarde: 2026-12-01, eenheid: datum, bron: wet, zekerheid: officieel}\n"
    step = "    vervolg:\n      - {tekst: Vraag het aan., huurder: Vraag het aan., voor: laatste}\n"
    rules = laad(tmp_path, cijfers=CIJFERS + day, regels=REGELS + step)
    assert rules.cijfers["laatste"][0].waarde == date(2026, 12, 1)


def test_figures_keep_every_digit(tmp_path: Path) -> None:
    figure = laad(tmp_path, cijfers=CIJFERS.replace("1000", "0.10")).cijfers["grens"][0]
    assert str(figure.waarde) == "0.10"


def test_a_file_of_all_owners_stands_beside_the_folders(tmp_path: Path) -> None:
    folder = schrijf(tmp_path)
    (folder / "land/2026.yaml").rename(folder / "2026.yaml")
    assert str(uit_map(folder).cijfers["grens"][0].plaats) == "2026.yaml:3"


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    one = laad(tmp_path / "a")
    same = laad(tmp_path / "b")
    other = laad(tmp_path / "c", cijfers=CIJFERS.replace("1000", "1001"))
    assert one.hash == same.hash != other.hash
    changed = {a.naam for a, b in zip(one.onderdelen, other.onderdelen, strict=True) if a.hash != b.hash}
    assert changed == {"land/2026"}


CLOSED = REGELS + "    gesloten: {sinds: 2026-07-01, zegt: Het is voorbij.}\n"


def test_a_rule_ends_where_its_decision_is_closed(tmp_path: Path) -> None:
    rules = laad(tmp_path, regels=CLOSED).besluiten["proef"].regels
    *before, closed = rules
    assert (closed.naam, closed.dan, closed.venster) == (
        "gesloten",
        "niet_van_toepassing",
        Venster(date(2026, 7, 1), None),
    )
    assert before and {rule.venster.tot_en_met for rule in before} == {date(2026, 6, 30)}


def test_a_rule_that_goes_on_after_its_decision_was_closed_is_a_fault(tmp_path: Path) -> None:
    longer = CLOSED.replace(
        "        dan: ja", "        dan: ja\n        geldig: {vanaf: 2026-01-01, tot_en_met: 2026-07-01}", 1
    )
    assert longer != CLOSED
    assert any("geldt nog als het besluit al gesloten is" in fault for fault in faults(tmp_path, regels=longer))


@pytest.mark.parametrize(
    ("lacks", "said"), [("sinds: 2026-07-01, ", "'sinds' ontbreekt"), (", zegt: Het is voorbij.", "'zegt' ontbreekt")]
)
def test_a_closed_decision_says_since_when(tmp_path: Path, lacks: str, said: str) -> None:
    assert any(said in fault for fault in faults(tmp_path, regels=CLOSED.replace(lacks, "")))


@pytest.mark.parametrize("words", ["", ", alleen_medewerker: nee", ", huurder: U kunt bellen., alleen_medewerker: ja"])
def test_a_step_is_for_the_tenant_or_for_staff_alone(tmp_path: Path, words: str) -> None:
    rules = REGELS + f"    vervolg: [{{tekst: Bel.{words}}}]\n"
    assert any("alleen_medewerker" in fault for fault in faults(tmp_path, regels=rules))
