"""The 47 cases that others published, each compared as its source allows."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

import regels
from regels.bron import uit_map
from regels.regelset import Regelset
from regels.uitslag import Conclusie
from tests.hulp import MAP
from tests.hulp.geladen import PAKKET, read, toets

FOLDER = MAP / "gepubliceerd"
SETS = Path(regels.__file__).parent / "sets"
PUBLISHED = 36 + 3 + 8
OUTSIDE = {"beleid-habeko-2023", "beleid-triada-2022", "beleid-prowonen-2023", "huurcommissie-2019"}
BILL, LAW = "-34.67", "-37.72"  # the reduction of the basishuur of 2024: in the bill of 2023, and as it became law

with (FOLDER / "huurtoeslag.csv").open(encoding="utf-8", newline="") as _file:
    ALLOWANCE = list(csv.DictReader(_file))
INCREASE: list[dict[str, Any]] = yaml.safe_load((FOLDER / "huurverhoging.yaml").read_text("utf-8"))
COMPUTED = [case for case in INCREASE if "buiten" not in case]


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


def allowance(row: dict[str, str], rules: Regelset = PAKKET) -> Conclusie:
    age = {"ja": 70, "nee": 35, "jong": 19}[row["aow"]]
    others = [{"rol": "partner", "leeftijd": age, "inkomen": 0}, {"rol": "kind", "leeftijd": 4}]
    question = rules.vraag(
        {
            "peildatum": f"{row['jaar']}-03-01",
            "soort": "huurder",
            "vermogen": 0,
            "personen": [
                {"rol": "huurder", "leeftijd": age, "inkomen": int(row["inkomen"])},
                *others[: int(row["personen"]) - 1],
            ],
            "woning": {
                "kaleHuur": float(row["kale_huur"]),
                "servicekosten": float(row["servicekosten"]),
                "zelfstandig": True,
            },
        }
    )
    return toets(question, rules).conclusie("huurtoeslag")


def test_all_published_rows_are_accounted_for() -> None:
    outside = [case for case in INCREASE if "buiten" in case]
    assert {case["naam"] for case in outside} == OUTSIDE and all(case["buiten"] for case in outside)
    assert len(ALLOWANCE) + len(COMPUTED) + len(outside) == PUBLISHED
    assert all(row["bron"].startswith("https://") and row["opmerking"] for row in ALLOWANCE)
    assert all(case["bron"].startswith("https://") and case["citaat"] for case in INCREASE)


@pytest.mark.parametrize(
    "row", ALLOWANCE, ids=lambda row: "-".join(row[key] for key in ("jaar", "personen", "inkomen", "kale_huur"))
)
def test_the_published_allowance_comes_out(row: dict[str, str], bill: Regelset) -> None:
    expected, how = Decimal(row["verwacht"]), row["vergelijking"]
    found = allowance(row)
    assert found.uitkomst == ("ja" if expected else "nee")
    if how == "variant":
        assert allowance(row, bill).waarden["perMaand"] == expected
        assert expected < found.waarden["perMaand"] <= expected + 4
    elif how == "geheel":
        assert found.waarden["perMaand"] == expected
    else:
        margin = {"cent": Decimal("0.01"), "halve-euro": Decimal("0.50")}[how]
        month = found.waarden["perMaandOnafgerond"]
        assert isinstance(month, Decimal)
        assert abs(month - expected) <= margin


@pytest.mark.parametrize("case", COMPUTED, ids=lambda case: case["naam"])
def test_the_published_increase_comes_out(case: dict[str, Any]) -> None:
    facts = dict(case["vraag"])
    rent, last_year = facts.pop("huur"), facts.pop("inkomenT1", None)
    tenant = {"rol": "huurder", "leeftijd": 40} | ({"inkomenT1": last_year} if last_year is not None else {})
    dwelling = {"kaleHuur": rent, "huurVoorRonde": rent, "wwsMaximum": 1000, "zelfstandig": True}
    facts |= {"soort": "huurder", "verhuurder": "andere-corporatie", "personen": [tenant], "woning": dwelling}
    answer = toets(read(facts | {"peildatum": facts["peildatum"].isoformat()}))
    for besluit, values in case["verwacht"].items():
        found = answer.conclusie(besluit)
        assert found.uitkomst == "ja", besluit
        assert {name: found.waarden[name] for name in values} == values, besluit
    for name, limit in case.get("grenzen", {}).items():
        (figure,) = (item for item in PAKKET.cijfers[name] if item.venster.vanaf.year == facts["huurronde"])
        assert isinstance(figure.waarde, dict) or hasattr(figure.waarde, "items")
        assert figure.waarde["eenpersoons"] == limit


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
