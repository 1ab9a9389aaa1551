"""The whole run: the answers of the single check, the same in every form, and the questions of a rent round."""

import random
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from regels.lezers import kolommen
from regels.opmaak import datum
from regels.vraag import VraagFout
from service.portefeuille.doelen import WONINGEN, Doel, doelen
from service.portefeuille.draaien import check_start
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.koppeling import Koppeling
from service.portefeuille.overzicht import Overzicht, Staafbeeld, staven
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden
from tests.hulp.portefeuille import (
    DAG,
    GEWOON,
    RONDE,
    Uitkomst,
    draai_bestand,
    draai_rijen,
    rij,
    write_csv,
    write_excel,
)

BESLUITEN = (
    "daeb-doelgroep",
    "primaire-doelgroep",
    "passende-huur",
    "huurtoeslag",
    "huurverhoging-wettelijk",
    "huurklasse",
)


def _overview(done: Uitkomst, title: str) -> Overzicht:
    return next(part for part in done.verslag.overzichten if part.titel == title)


# equal to the single check


def _cells(question: Mapping[str, Any]) -> dict[str, str]:
    """A question as a Dutch spreadsheet writes it, under the names of the targets."""
    found = {}
    for name, doel in doelen(PAKKET)[WONINGEN].items():
        value: Any = question
        for key in doel.pointer.split("/")[1:] if doel.pointer else []:
            value = value[int(key)] if isinstance(value, list) and int(key) < len(value) else (
                value.get(key) if isinstance(value, dict) else None
            )  # fmt: skip
        if doel.pointer and value is not None and not isinstance(value, dict | list):
            found[name] = _cell(value, doel)
    return found


def _cell(value: Any, doel: Doel) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if doel.soort == "datum":
        return "-".join(reversed(str(value).split("-")))
    if doel.soort == "bedrag":
        return f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return str(value)


def _questions(count: int) -> list[dict[str, Any]]:
    rng, found = random.Random(5), []
    while len(found) < count:
        question = huishouden(rng, compleet=rng.random() < 0.5) | {"peildatum": DAG.isoformat(), "huurronde": RONDE}
        question.get("woning", {}).pop("ingangsdatumVoorstel", None)
        if len(question.get("personen") or []) > 3 or isinstance(question.get("woning", {}).get("servicekosten"), dict):
            continue
        try:
            read(question)
        except VraagFout:
            continue
        found.append(question)
    return found


def test_every_row_has_the_outcome_rule_and_amounts_of_the_single_check(tmp_path: Path) -> None:
    questions = _questions(60)
    cells = [_cells(question) for question in questions]
    names = sorted({name for row in cells for name in row})
    rows = [{"nr": f"W{at}", **{name: row.get(name, "") for name in names}} for at, row in enumerate(cells)]
    koppeling = Koppeling(PAKKET, {"nr": "verwijzing"} | {name: name for name in names})
    done = draai_bestand(write_csv(tmp_path / "w.csv", rows), koppeling=koppeling, besluiten=BESLUITEN)
    assert done.aantallen() == (60, 60, 0, 0)
    columns = {kolom.naam: kolom for kolom in kolommen.resultaat(PAKKET, DAG, RONDE, BESLUITEN)}
    compared = 0
    for row, question in zip(done.rijen.iter_rows(named=True), questions, strict=True):
        uitslag = toets(read(question))
        if len(uitslag.conclusies) == 1:
            continue  # a check that was stopped
        for besluit in BESLUITEN:
            single = uitslag.conclusie(besluit)
            assert row[f"{besluit}__uitkomst"] == single.uitkomst
            if single.redenen:
                assert row[f"{besluit}__regel"] == single.redenen[0].regel
            for name, value in single.waarden.items():
                compared += 1
                ours = row[f"{besluit}__{name}"]
                if isinstance(value, Decimal):
                    assert ours is not None
                    assert round(value, 6) == Decimal(str(ours)), (besluit, name, columns[f"{besluit}__{name}"].deler)
                else:
                    assert ours == value
    assert compared > 500


# the household as a whole


def _whole(question: Mapping[str, Any]) -> dict[str, str]:
    """What a corporation may know of a household without who lives there."""
    people = question["personen"]
    income = str(sum(person["inkomen"] for person in people))
    return {
        "aantal_personen": str(len(people)),
        "aow_huishouden": "ja" if any(person["leeftijd"] >= 70 for person in people) else "nee",
        "inkomen_toewijzing": income,
        "rekeninkomen": income,
    }


def _adults(rng: random.Random) -> list[dict[str, Any]]:
    roles = ["huurder", *rng.sample(["partner", "medebewoner", "medebewoner"], rng.randint(0, 3))]
    incomes = (0, 14700, 19325, 20000, 25768, 28775, 29400, 39925, 51537, 56910)
    return [
        {"rol": role, "leeftijd": rng.choice([40, 70]), "inkomen": rng.choice(incomes) + rng.choice([0, 1])}
        for role in roles
    ]


def test_a_household_as_a_whole_has_the_outcome_of_its_residents_or_is_unknown(tmp_path: Path) -> None:
    rng = random.Random(8)
    besluiten = ("daeb-doelgroep", "primaire-doelgroep", "passende-huur", "huurtoeslag", "huurquote")
    base = {name: cell for name, cell in rij().items() if not name.startswith("p1_")}
    questions = [{"personen": _adults(rng)} for _ in range(80)]
    rents = [rng.choice(["498,20", "713,02", "713,03", "764,14", "764,15"]) for _ in questions]
    rows = [
        base | {"VHE-nummer": f"W{at}", "Kale huur": rents[at]} | _whole(question)
        for at, question in enumerate(questions)
    ]
    found = draai_rijen(tmp_path, rows, besluiten=besluiten).rijen
    determined = 0
    for row, question, rent in zip(found.iter_rows(named=True), questions, rents, strict=True):
        amount = float(rent.replace(",", "."))
        single = toets(read({
            "peildatum": "2026-03-01", "soort": "huurder", "verhuurder": "wetland-wonen", "vermogen": 1000, **question,
            "woning": {"kaleHuur": amount, "wwsMaximum": 900, "energielabel": "C", "zelfstandig": True},
        }))  # fmt: skip
        for besluit in besluiten:
            outcome = row[f"{besluit}__uitkomst"]
            assert outcome in (single.conclusie(besluit).uitkomst, "onbekend")
            determined += outcome != "onbekend"
        # these three need nothing but the household as a whole
        assert "onbekend" not in (row["daeb-doelgroep__uitkomst"], row["primaire-doelgroep__uitkomst"])
        assert row["daeb-doelgroep__inkomen"] == sum(person["inkomen"] for person in question["personen"])
        assert "/personen" in row["huurtoeslag__ontbreekt"] or row["huurtoeslag__uitkomst"] != "onbekend"
    assert determined > 200


def test_one_household_income_serves_both_tests(tmp_path: Path) -> None:
    base = {name: cell for name, cell in rij().items() if not name.startswith("p1_")}
    row = base | {"aantal personen": "1", "AOW": "nee", "inkomen": "29.401"}
    columns = {"VHE-nummer": "verwijzing", "aantal personen": "aantal_personen", "AOW": "aow_huishouden"}
    ignored = {"Kale huur": "negeren", "Maximale huur": "negeren"}
    koppeling = Koppeling(PAKKET, columns | ignored | {"inkomen": "huishoudinkomen"})
    found = draai_rijen(tmp_path, [row], koppeling=koppeling, besluiten=("daeb-doelgroep", "primaire-doelgroep")).rijen
    assert found["daeb-doelgroep__uitkomst"].item() == "ja"
    assert found["primaire-doelgroep__uitkomst"].item() == "nee"


@pytest.mark.parametrize(
    ("column", "low", "high", "besluit", "value"),
    [
        ("Kale huur", "713,02", "713,03", "huurklasse__klasse", ("betaalbaar-laag", "betaalbaar-hoog")),
        ("Kale huur", "932,93", "932,94", "huurklasse__klasse", ("duur", "boven-de-grens")),
        ("Kale huur", "349,99", "350,00", "huurverhoging-wettelijk__grond", ("laag-bedrag", "percentage")),
        ("p1_inkomen_opgave", "29.400", "29.401", "primaire-doelgroep__uitkomst", ("ja", "nee")),
        ("p1_inkomen_opgave", "51.537", "51.538", "daeb-doelgroep__uitkomst", ("ja", "nee")),
    ],
)
def test_the_limits_hold_to_the_cent(
    tmp_path: Path, column: str, low: str, high: str, besluit: str, value: tuple[str, str]
) -> None:
    rows = [rij("W1") | {column: low}, rij("W2") | {column: high}]
    assert tuple(draai_rijen(tmp_path, rows).rijen[besluit]) == value


# forms


TYPED = [
    {"VHE-nummer": "W1", "soort": "huurder", "Verhuurder": "woonconcept", "Kale huur": 1012.4, "Energielabel": "E",
     "Maximale huur": 1300, "Zelfstandig": True, "Contract vanaf": date(2020, 5, 1), "p1_rol": "huurder",
     "p1_leeftijd_opgave": 40, "p1_inkomen_opgave": 24500},
    {"VHE-nummer": "W2", "soort": "huurder", "Verhuurder": "woonconcept", "Kale huur": 655.12, "Energielabel": None,
     "Maximale huur": 812.4, "Zelfstandig": False, "Contract vanaf": None, "p1_rol": "huurder",
     "p1_leeftijd_opgave": 70, "p1_inkomen_opgave": 0},
]  # fmt: skip


def _written(folder: Path, suffix: str) -> Path:
    path = folder / f"in{suffix}"
    if suffix == ".xlsx":
        return write_excel(path, TYPED)
    if suffix == ".parquet":
        pl.DataFrame(TYPED).write_parquet(path)
        return path
    return write_csv(path, [
        {k: ("ja" if v else "nee") if isinstance(v, bool) else f"{v:%d-%m-%Y}" if isinstance(v, date)
         else str(v).replace(".", ",") if isinstance(v, float) else v for k, v in row.items()} for row in TYPED
    ])  # fmt: skip


def _plain(frame: pl.DataFrame) -> list[dict[str, str]]:
    """Every cell as a plain text, so that forms can be compared."""

    def cell(value: Any) -> str:
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if isinstance(value, datetime | date):
            return value.strftime("%Y-%m-%d")
        if isinstance(value, str) and not value.replace(",", "").lstrip("-").isdecimal():
            return value
        return (
            f"{Decimal(str(value).replace(',', '.')):f}".rstrip("0").rstrip(".")
            if "." in str(value).replace(",", ".")
            else str(value)
        )

    return [{name: cell(value) for name, value in row.items()} for row in frame.to_dicts()]


@pytest.mark.parametrize("before", [".csv", ".xlsx", ".parquet"])
def test_every_form_in_gives_the_same_result(tmp_path: Path, before: str) -> None:
    (tmp_path / "ander").mkdir()
    found = draai_bestand(_written(tmp_path, before)).rijen
    assert found.equals(draai_bestand(_written(tmp_path / "ander", ".csv")).rijen)
    assert found["huurverhoging-wettelijk__huidigeHuur"].to_list() == [Decimal("1012.40"), Decimal("655.12")]


@pytest.mark.parametrize("after", [".csv", ".xlsx"])
def test_every_form_out_holds_the_same_cells(tmp_path: Path, after: str) -> None:
    path = _written(tmp_path, ".csv")
    assert _plain(draai_bestand(path, uit=f"uit{after}").rijen) == _plain(draai_bestand(path).rijen)


def test_a_result_is_a_table_that_can_be_read_again(tmp_path: Path) -> None:
    first = draai_bestand(_written(tmp_path, ".csv"), uit="uit.csv").uit
    koppeling = Koppeling(PAKKET, {"verwijzing": "verwijzing", "woning_kale_huur": "woning_kale_huur"})
    again = draai_bestand(first, koppeling=koppeling, besluiten=("huurklasse",))
    assert [str(value) for value in again.rijen["woning_kale_huur"]] == ["1012.40", "655.12"]


def test_amounts_in_excel_are_numbers_and_can_be_added(tmp_path: Path) -> None:
    done = draai_bestand(_written(tmp_path, ".csv"), uit="uit.xlsx")
    assert done.rijen["woning_kale_huur"].sum() == pytest.approx(1667.52)


# the report


def test_the_rows_add_up_and_the_tie_out_stands_with_the_result(tmp_path: Path) -> None:
    rows = [rij("W1"), rij("W2", Kale_huur="x"), rij("D"), rij("D"), rij("W5", soort="wie")]
    done = draai_rijen(tmp_path, rows)
    assert done.aantallen() == (5, 1, 2, 2)
    sheet = done.bladen()["Samenvatting"]
    assert [tuple(row[:3]) for row in sheet.rows()[3:7]] == [
        ("Woningen", "Gelezen", "5"), ("Woningen", "Aangenomen", "1"), ("Woningen", "Afgewezen", "2"),
        ("Woningen", "Dubbel", "2"),
    ]  # fmt: skip


def test_a_trial_run_judges_and_counts_and_computes_nothing(tmp_path: Path) -> None:
    done = draai_rijen(tmp_path, [rij("W1"), rij("W2", Kale_huur="x")], proef=True)
    assert done.aantallen() == (2, 1, 1, 0)
    assert not done.uit.exists()
    assert len(done.afgewezen) == 1
    titles = [part.titel for part in done.verslag.overzichten]
    assert "Uitkomsten" not in titles
    missing = {row[0] for row in _overview(done, "Velden die niemand gaf").rijen}
    assert "contract_vanaf" in missing
    assert "kale_huur" not in missing


def test_without_any_accepted_row_there_is_a_head_and_a_report(tmp_path: Path) -> None:
    for after in (".csv", ".xlsx", ".parquet"):
        done = draai_rijen(tmp_path, [rij(Kale_huur="x")], uit=f"uit{after}", besluiten=("huurklasse",))
        assert done.aantallen() == (1, 0, 1, 0)
        assert "huurklasse__klasse" in done.rijen.columns


# the questions of a rent round, worked out by hand


RONDE_RIJEN = [
    # 713,02 is the first aftoppingsgrens of 2026; E, F and G are the bad labels
    rij("A1", Kale_huur="713,02", Energielabel="E", Voorgestelde_huur="742,25"),
    rij("A2", Kale_huur="713,03", Energielabel="B", Voorgestelde_huur="713,03"),
    rij("A3", Kale_huur="400,00", Energielabel="F", Verhuurder="woonconcept", p1_inkomen_opgave=""),
    rij(
        "A4",
        Kale_huur="400,00",
        Energielabel="G",
        Verhuurder="woonconcept",
        p1_inkomen_opgave="60000",
        Huishoudverklaring="L",
    ),
    rij("A5", Kale_huur="", Energielabel="", Verhuurder="particulier"),
]


@pytest.fixture(scope="module")
def ronde(tmp_path_factory: pytest.TempPathFactory) -> Uitkomst:
    """One run over the rows above."""
    return draai_rijen(tmp_path_factory.mktemp("ronde"), RONDE_RIJEN)


def test_the_share_up_to_the_first_limit_is_counted_against_the_agreement(ronde: Uitkomst) -> None:
    part = _overview(ronde, "Aandeel huren tot de eerste aftoppingsgrens")
    assert part.rijen == (
        ("Wetland Wonen", 1, 2, 0, "50%", "75%", "nee"), ("Woonconcept", 2, 2, 0, "100%", "75%", "ja"),
        ("Particuliere verhuurder", 0, 0, 1, "onbekend", "", ""), ("Samen", 3, 4, 1, "75%", "75%", "ja"),
    )  # fmt: skip
    assert "713,02" in part.uitleg
    assert part.beeld == Staafbeeld((50, 100, None, 75), 75), (
        "een balk van het aandeel zelf, met de afspraak als streepje"
    )


def test_rents_that_only_go_down_have_no_bar_of_a_rise() -> None:
    assert staven([Decimal("-0.02"), Decimal("-0.05"), None]) == Staafbeeld((0, 0, None))


def test_labels_are_counted_and_the_bad_ones_together(ronde: Uitkomst) -> None:
    part = _overview(ronde, "Energielabels")
    assert {row[0]: row[-1] for row in part.rijen if row[-1]} == {
        "B": 1, "E": 1, "F": 1, "G": 1, "onbekend": 1, "E, F, G samen": 3,
    }  # fmt: skip


def test_the_fixteam_gets_references_and_a_low_income_only_from_income(ronde: Uitkomst) -> None:
    sheet = ronde.bladen()["Fixteam"]
    assert [(row[0], row[-1]) for row in sheet.rows()[1:]] == [("A1", "ja"), ("A3", "onbekend"), ("A4", "nee")]
    assert _overview(ronde, "Fixteam").rijen == (("Wetland Wonen", 1, 0, 0, 0), ("Woonconcept", 0, 1, 1, 0))


def test_homes_for_the_fixteam_that_cannot_be_told_are_counted_and_not_left_out(tmp_path: Path) -> None:
    rows = [rij("A1", Energielabel="E"), rij("A2", Energielabel=""), rij("A3", Energielabel="E", Verhuurder=""),
            rij("A4", Energielabel="B", Verhuurder="")]  # fmt: skip
    part = _overview(draai_rijen(tmp_path, rows), "Fixteam")
    assert part.rijen == (("Wetland Wonen", 1, 0, 0, 1), ("onbekend", 0, 0, 0, 1))


def test_rows_that_can_object_are_listed(tmp_path: Path) -> None:
    # 713,02 plus 4,1% is 742,25 rounded down; a cent more is too much
    rows = [rij("A1", Kale_huur="713,02", Voorgestelde_huur="742,25", Aangezegd_op="1-4-2026"),
            rij("A2", Kale_huur="713,02", Voorgestelde_huur="742,26", Aangezegd_op="1-4-2026")]  # fmt: skip
    done = draai_rijen(tmp_path, rows)
    assert [row[0] for row in done.bladen()["Bezwaar"].rows()[1:]] == ["A2"]
    assert _overview(done, "Rijen waartegen bezwaar te verwachten is").rijen[0][2:] == (1, 0, 0)


def test_rows_that_do_not_fit_on_a_sheet_are_counted_and_where_they_are_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.portefeuille.werkboek.EXCEL_RIJEN", 3)
    rows = [rij(f"A{at}", Kale_huur="713,02", Voorgestelde_huur="742,26", Aangezegd_op="1-4-2026") for at in range(5)]
    done = draai_rijen(tmp_path, rows)
    assert [row[0] for row in done.bladen()["Bezwaar"].rows()[1:]] == ["A0", "A1"]
    part = _overview(done, "Niet op het blad")
    assert part.rijen == (("Bezwaar", 3), ("Kolommen", 143))
    # what the sentence points to
    assert "bezwaar-huurverhoging__uitkomst" in part.uitleg
    assert done.rijen.filter(pl.col("bezwaar-huurverhoging__uitkomst") == "ja").height == 5
    assert "Niet op het blad" in done.bladen()["Samenvatting"].to_series().to_list()


@pytest.mark.parametrize(
    ("start", "rent"), [(None, "520.50"), (date(2027, 2, 1), "520.50"), (date(2026, 9, 1), "520.50")]
)
def test_one_run_has_one_start_day(tmp_path: Path, start: date | None, rent: str) -> None:
    """500 x 1,041; a yearly increase on 1 November 2025 stops July and September, not February."""
    early = rij("A2", Kale_huur="500,00") | {"Datum laatste huurverhoging": "1-11-2025", "Reden huurwijziging": "JAA"}
    improved = early | {"VHE-nummer": "A3", "Reden huurwijziging": "REN"}
    plain = rij("A1", Kale_huur="500,00") | {"Datum laatste huurverhoging": "", "Reden huurwijziging": ""}
    done = draai_rijen(tmp_path, [plain, early, improved], ingangsdatum=start)
    found = done.rijen.rows_by_key("verwijzing", named=True, unique=True)
    outcomes = [found[name]["huurverhoging-wettelijk__uitkomst"] for name in ("A1", "A2", "A3")]
    assert outcomes == ["ja", "ja" if start == date(2027, 2, 1) else "nee", "ja"]
    assert str(found["A1"]["huurverhoging-wettelijk__maximaleHuur"]) == rent
    dates = dict(_overview(done, "Gerekend met").rijen)
    assert dates["Nieuwe huur gaat in op"] == datum(start or date(2026, 7, 1))


def test_a_start_day_outside_the_round_is_refused_as_in_one_check() -> None:
    with pytest.raises(PortefeuilleFout, match="De ronde van 2026 loopt van 1 juli 2026 tot en met 30 juni 2027"):
        check_start(PAKKET, date(2027, 7, 1), 2026)
    check_start(PAKKET, date(2027, 6, 30), 2026)


def test_the_huursom_is_an_average_against_the_maximum_of_its_year(tmp_path: Path) -> None:
    rents = {"A1": "525,00", "A2": "520,00", "A3": ""}
    rows = [rij(name, Kale_huur="500,00", Voorgestelde_huur=rent) for name, rent in rents.items()]
    part = _overview(draai_rijen(tmp_path, rows, dag=date(2025, 3, 1), ronde=2025), "Huursom")
    assert part.rijen == (("Wetland Wonen", 2, 3, "4,5%", "4,5%", "ja"),)
    part = _overview(draai_rijen(tmp_path, rows), "Huursom")
    assert part.rijen == (("Wetland Wonen", 2, 3, "4,5%", "niet gevonden", "onbekend"),)


def test_outcomes_and_amounts_are_counted_per_landlord(ronde: Uitkomst) -> None:
    outcomes = {row[1:5]: row[5] for row in _overview(ronde, "Uitkomsten").rijen}
    assert outcomes[("huurklasse", "Woonconcept", "ja", "goedkoop")] == 2
    amounts = {row[:3]: row[3:] for row in _overview(ronde, "Bedragen").rijen}
    assert amounts[(PAKKET.teksten.titel("huurklasse"), "Kale huur", "Woonconcept")] == (
        2,
        Decimal("800.00"),
        *[Decimal("400.00")] * 3,
    )


# a large table


@pytest.mark.parametrize("after", [".csv", ".xlsx", ".parquet"])
def test_batches_with_other_columns_make_one_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    dwellings = [{name: cell for name, cell in rij(f"W{at}").items() if not name.startswith("p1_")} for at in range(6)]
    people = [
        {"VHE-nummer": f"W{at}", "rol": role, "leeftijd": "40", "inkomen": "20000"}
        for at in range(5)
        for role in ("huurder", "partner", "medebewoner", "medebewoner")[:at]
    ]
    files = write_csv(tmp_path / "w.csv", dwellings), write_csv(tmp_path / "p.csv", people)
    whole = draai_bestand(*files, uit=f"heel{after}", besluiten=("daeb-doelgroep", "huurtoeslag"))
    monkeypatch.setattr("service.portefeuille.draaien.PER_KEER", 2)
    parts = draai_bestand(*files, uit=f"delen{after}", besluiten=("daeb-doelgroep", "huurtoeslag"))
    assert parts.rijen.equals(whole.rijen)
    assert parts.verslag.overzichten == whole.verslag.overzichten
    assert parts.rijen["daeb-doelgroep__uitkomst"].n_unique() == 3


SCRIPT = """
import resource, sys
from pathlib import Path
from tests.hulp.portefeuille import draai_bestand
done = draai_bestand(Path(sys.argv[1]), besluiten=("huurklasse",))
print(done.verslag.aangenomen, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def _large(path: Path, count: int) -> Path:
    frame = pl.DataFrame({"nr": range(count)}).select(
        pl.lit("W") + pl.col("nr").cast(pl.String).alias("VHE-nummer"),
        *(pl.lit(str(cell)).alias(name) for name, cell in GEWOON.items() if name != "VHE-nummer"),
    ).rename({"literal": "VHE-nummer"})  # fmt: skip
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        frame.write_csv(path, separator=";")
    return path


def _peak(path: Path, count: int) -> int:
    _large(path, count)
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(path)], capture_output=True, text=True, check=True)
    accepted, peak = map(int, done.stdout.split())
    assert accepted == count
    return peak


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_ten_times_the_rows_do_not_take_ten_times_the_memory(tmp_path: Path, suffix: str) -> None:
    less, more = _peak(tmp_path / f"a{suffix}", 30_000), _peak(tmp_path / f"b{suffix}", 300_000)
    assert more < less * 1.6 + 64


def test_fifty_thousand_rows_are_answered_and_add_up(tmp_path: Path) -> None:
    done = draai_bestand(_large(tmp_path / "w.csv", 50_000), uit="uit.csv")
    assert done.aantallen() == (50_000, 50_000, 0, 0)
    assert done.rijen["huurklasse__klasse"].value_counts().rows() == [("betaalbaar-laag", 50_000)]
