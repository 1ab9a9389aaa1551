"""The cases that others published, each compared as its source allows."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import regels
from regels.bron import uit_map
from regels.regelset import Regelset
from service.beheer.gevallen import Rekengeval, rekengevallen
from tests.hulp.geladen import PAKKET, read, toets

SETS = Path(regels.__file__).parent / "sets"
PUBLISHED = {"huurtoeslag": 36 + 3, "huurverhoging": 8, "zorgtoeslag": 54, "kindgebonden-budget": 17}
OUTSIDE = {"beleid-habeko-2023", "beleid-triada-2022", "beleid-prowonen-2023", "huurcommissie-2019"}
BILL, LAW = "-34.67", "-37.72"  # the reduction of the basishuur of 2024: in the bill of 2023, and as it became law
CASES = {case.naam: case for case in rekengevallen()}
COMPUTED = [case for case in CASES.values() if not case.buiten]
VARIANTS = [case for case in COMPUTED if case.verwacht.get("huurtoeslag", {}).get("marge") == {"perMaand": 4}]


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """The rules with the figure of the bill in place of that of the law."""
    folder = tmp_path_factory.mktemp("wetsvoorstel") / "sets"
    shutil.copytree(SETS, folder)
    path = folder / "landelijk" / "2024.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(f"waarde: {LAW}\n") == 1
    path.write_text(text.replace(f"waarde: {LAW}\n", f"waarde: {BILL}\n"), encoding="utf-8")
    return uit_map(folder)


def test_all_published_rows_are_accounted_for() -> None:
    outside = {case.naam for case in CASES.values() if case.buiten}
    assert outside == OUTSIDE
    assert len(CASES) == len(rekengevallen()), "twee gevallen hebben dezelfde naam"
    assert len(VARIANTS) == 8
    counted = Counter(besluit for case in COMPUTED for besluit in list(case.verwacht)[:1])
    assert counted["huurtoeslag"] == PUBLISHED["huurtoeslag"]
    assert counted["zorgtoeslag"] == PUBLISHED["zorgtoeslag"]
    assert counted["kindgebonden-budget"] == PUBLISHED["kindgebonden-budget"]
    increases = counted.total() - sum(counted[name] for name in PUBLISHED)
    assert increases + len(outside) == PUBLISHED["huurverhoging"]
    assert all(case.bron for case in CASES.values())


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case.naam)
def test_what_a_case_expects_is_what_is_compared(case: Rekengeval) -> None:
    assert case.verwacht or case.cijfers
    for expected in case.verwacht.values():
        assert expected.keys() <= {"uitkomst", "waarden", "marge"}
        assert expected.get("marge", {}).keys() <= expected.get("waarden", {}).keys()


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case.naam)
def test_the_published_amount_comes_out(case: Rekengeval) -> None:
    assert list(case.mis(PAKKET)) == []


@pytest.mark.parametrize("case", VARIANTS, ids=lambda case: case.naam)
def test_the_example_of_the_bill_comes_out_with_the_figure_of_the_bill(case: Rekengeval, bill: Regelset) -> None:
    published = case.verwacht["huurtoeslag"]["waarden"]["perMaand"]
    found = [
        toets(rules.vraag(case.vraag), rules).conclusie("huurtoeslag").waarden["perMaand"] for rules in (bill, PAKKET)
    ]
    assert found[0] == published
    assert published < found[1] <= published + 4


def test_a_case_that_comes_out_otherwise_is_told() -> None:
    case = next(case for case in COMPUTED if "perMaandOnafgerond" in str(case.verwacht))
    value = case.verwacht["huurtoeslag"]["waarden"]["perMaandOnafgerond"]
    for other in (value - 1, value + 1):
        off = {"huurtoeslag": {**case.verwacht["huurtoeslag"], "waarden": {"perMaandOnafgerond": other}}}
        assert len(list(replace(case, verwacht=off).mis(PAKKET))) == 1
    no = {"huurtoeslag": {"uitkomst": "nee"}}
    assert "gepubliceerd is 'nee'" in next(replace(case, verwacht=no).mis(PAKKET))
    cells = replace(case, cijfers={"iah_grens_hoog": {"eenpersoons": 1}})
    assert "cijfer iah_grens_hoog[eenpersoons]" in next(cells.mis(PAKKET))


@pytest.mark.parametrize(("income", "outcome"), [(56527, "ja"), (56528, "nee")])
def test_the_drop_is_measured_at_the_published_limit(income: int, outcome: str) -> None:
    question = {
        "peildatum": "2022-10-01", "soort": "huurder", "verhuurder": "andere-corporatie", "eerdereIah": "hoog",
        "personen": [{"rol": "huurder", "leeftijd": 40, "inkomenT1": income}], "woning": {"zelfstandig": True},
    }  # fmt: skip
    assert toets(read(question)).conclusie("huurverlaging-na-inkomensdaling").uitkomst == outcome


@pytest.mark.parametrize("round_", [2019, 2021])
def test_a_round_before_the_first_rules_has_no_answer(round_: int) -> None:
    question = {"peildatum": f"{round_}-03-01", "huurronde": round_, "soort": "huurder"}
    assert toets(read(question)).conclusie("huurverhoging-wettelijk").uitkomst == "geen_regels"
