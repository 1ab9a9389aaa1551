"""The illustrative households: made of the margins, the same every time, and honest about what they fail."""

from functools import cache
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from typer.testing import CliRunner

from regels.lezers import kolommen
from service.opdracht.commando import app
from service.proefhuishoudens.huishoudcellen import cellen
from service.proefhuishoudens.marges import ALLES_MIDDEN, aannames, marges
from service.proefhuishoudens.proefbestand import schrijf
from service.proefhuishoudens.proeftabel import proefhuishoudens
from service.proefhuishoudens.proeftoets import Proefmeting, Proefuitkomst, keur
from service.proefhuishoudens.verdeling import Klassen, Lognormaal
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import DAG, RONDE, draai_bestand

COUNT = 4_000


@cache
def households() -> pl.DataFrame:
    """Of 2026; nothing in it changes."""
    return proefhuishoudens(COUNT, 1, 2026, PAKKET)


@cache
def checks() -> tuple[Proefuitkomst, ...]:
    return keur(PAKKET, COUNT, 1)


def share(who: pl.Expr, table: pl.DataFrame | None = None) -> float:
    """In per cent of the weights."""
    table = households() if table is None else table
    return float(table.filter(who)["gewicht"].sum() / table["gewicht"].sum() * 100)


def test_the_same_seed_gives_the_same_households_and_another_seed_others() -> None:
    assert proefhuishoudens(200, 7, 2026, PAKKET).equals(proefhuishoudens(200, 7, 2026, PAKKET))
    assert not proefhuishoudens(200, 7, 2026, PAKKET).equals(proefhuishoudens(200, 8, 2026, PAKKET))


def test_the_margins_fit_within_a_tenth_of_a_point() -> None:
    known = marges()
    for number, klasse in enumerate(known["inkomen"]["klassen"], 1):
        assert share(pl.col("inkomensklasse") == number) == pytest.approx(klasse["aandeel"], abs=0.1)
    for name, levels in known["typen"].items():
        assert share(pl.col("huishoudtype") == name) == pytest.approx(levels["midden"], abs=0.1)
    homes = known["woningen"]["aantal"]
    for landlord, number in homes.items():
        assert households().filter(pl.col("verhuurder").cast(pl.String) == landlord)["gewicht"].sum() == pytest.approx(
            number
        )
    born = pl.col("p1_geboortedatum").dt.year()
    assert share(born < 2026 - 66) == pytest.approx(known["aow"]["aandeel"]["midden"], abs=0.1)


def test_the_rent_is_60_to_95_per_cent_of_the_highest_one_by_points() -> None:
    parts = households()["woning_kale_huur"] / households()["woning_wws_maximum"]
    assert parts.min() == pytest.approx(0.60, abs=0.001) and parts.max() == pytest.approx(0.95, abs=0.001)


def test_the_known_ratios_stay_after_fitting() -> None:
    """By hand: odds of 33 in 100 against 2 in 100 for the highest class; fitting multiplies rows and columns only."""
    found = cellen(ALLES_MIDDEN)
    part = {(c.type, c.aow, c.klasse): share for c, share in found.items() if c.verhuurder == "woonconcept"}
    ratio = part["paar", False, 4] / part["paar", True, 4] / (part["paar", False, 1] / part["paar", True, 1])
    assert ratio == pytest.approx((33 / 67) / (2 / 98))
    assert ("eenouder", True, 0) not in part


def test_a_truncated_log_normal_has_the_mean_that_was_asked() -> None:
    made = Lognormaal.met(29_200, 0.3, 24_700, 36_100)
    drawn = made.bij([(number + 0.5) / 10_000 for number in range(10_000)])
    assert sum(drawn) / len(drawn) == pytest.approx(29_200, rel=1e-4)
    assert min(drawn) >= 24_700
    assert max(drawn) <= 36_100


def test_classes_have_their_shares_and_the_mean_that_was_asked() -> None:
    made = Klassen.met(560, (300, 450, 650, 900), (0.2, 0.6, 0.2))
    drawn = made.bij([(number + 0.5) / 10_000 for number in range(10_000)])
    assert sum(drawn) / len(drawn) == pytest.approx(560, rel=1e-4)
    assert [sum(value <= limit for value in drawn) / 10_000 for limit in (450, 650)] == pytest.approx([0.2, 0.8])
    with pytest.raises(ValueError, match="ligt niet tussen"):
        Klassen.met(900, (300, 450, 650, 900), (0.2, 0.6, 0.2))


def test_another_level_of_one_assumption_leaves_all_else_as_it_was() -> None:
    other = proefhuishoudens(COUNT, 1, 2026, PAKKET, gekozen={"huur.samenhang": "laag"})
    moved = {name for name in households().columns if not households()[name].equals(other[name])}
    assert moved == {"woning_kale_huur", "woning_wws_maximum"}


@pytest.mark.parametrize("name", aannames())
def test_each_assumption_can_be_low_and_high(name: str) -> None:
    low, high = (proefhuishoudens(300, 1, 2026, PAKKET, gekozen={name: level}) for level in ("laag", "hoog"))
    # the share up to the highest aftoppingsgrens was measured: its low and its high are the same
    assert low.equals(high) is (name == "huur.klassen.2.aandeel")


def test_an_assumption_or_a_level_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=r"geen aanname 'huur.klasse'"):
        proefhuishoudens(200, 1, 2026, PAKKET, gekozen={"huur.klasse": "laag"})
    with pytest.raises(ValueError, match="'laagst' is geen niveau"):
        proefhuishoudens(200, 1, 2026, PAKKET, gekozen={"huur.samenhang": "laagst"})
    with pytest.raises(ValueError, match="minstens"):
        proefhuishoudens(10, 1, 2026, PAKKET)


def test_incomes_and_rents_of_a_year_without_figures_stay_those_of_the_last_year() -> None:
    later = proefhuishoudens(COUNT, 1, 2027, PAKKET)
    assert later["woning_kale_huur"].equals(households()["woning_kale_huur"])
    # the last index, of 2026, once more
    assert (later["inkomen"] / households()["inkomen"]).mean() == pytest.approx(1.0376, abs=1e-4)
    assert later["p1_inkomen_t1"].equals(households()["p1_inkomen_opgave"])


def test_the_first_check_counts_as_it_is_written_down() -> None:
    """2021, by hand: income under 23.638 alone or 32.081 together, and a rent above 633,25 or, with three, 678,66"""
    table = proefhuishoudens(COUNT, 1, 2021, PAKKET)
    found = cut = 0.0
    for row in table.iter_rows(named=True):
        people, rent = row["personen"], row["woning_kale_huur"] / 100
        limit = 633.25 if people < 3 else 678.66
        if row["inkomen"] <= (23_638 if people == 1 else 32_081) and rent > limit:
            found += row["gewicht"]
            cut += row["gewicht"] * (rent - limit)
    first = checks()[0]
    assert first.code == "C1"
    assert first.metingen[0].waarde == pytest.approx(found / table["gewicht"].sum() * 2_312_981)
    assert first.metingen[1].waarde == pytest.approx(cut / found)


def test_a_quote_is_what_a_whole_year_costs_of_the_income_of_that_year() -> None:
    """2023, of the highest incomes, who get no huurtoeslag: twelve months of rent and the net costs beside it"""
    table = proefhuishoudens(COUNT, 1, 2023, PAKKET).filter(pl.col("inkomensklasse") == 5)
    beside = marges()["inkomen"]["klassen"][4]
    a_month = table["woning_kale_huur"] / 100 + beside["lasten"] - beside["netto_lasten"]
    quotes = a_month * 12 / table["inkomen"] * 100
    measured = next(one for one in checks() if one.code == "C7").metingen[-1]
    assert measured.wat == "gemiddelde van klasse 5"
    assert measured.waarde == pytest.approx((quotes * table["gewicht"]).sum() / table["gewicht"].sum())


@pytest.mark.parametrize(("value", "right"), [(4.99, False), (5, True), (7, True), (7.01, False)])
def test_a_check_is_right_up_to_and_with_its_limits(value: float, right: bool) -> None:
    assert Proefmeting("deel", value, 5, 7, "%").klopt is right
    assert Proefmeting("deel", value, None, 7, "%").klopt is (value <= 7)


def test_the_portfolio_reads_the_written_set_without_a_question_and_rejects_nothing(tmp_path: Path) -> None:
    schrijf(households().head(60), PAKKET, tmp_path / "proef.csv")
    found = draai_bestand(tmp_path / "proef.csv", besluiten=["huurtoeslag"])
    assert found.aantallen() == (60, 60, 0, 0)
    frame = nw.from_native(households().head(60).lazy())
    asked = kolommen.toets(frame, PAKKET, DAG, RONDE, ["huurtoeslag"]).to_native().collect()
    amounts = "huurtoeslag__perMaand"
    assert found.rijen[amounts].cast(pl.Int64).to_list() == asked[amounts].to_list()
    assert found.rijen[amounts].null_count() < 30
    with pytest.raises(ValueError, match=r"geen \.csv of \.parquet"):
        schrijf(households(), PAKKET, tmp_path / "proef.xlsx")


def test_the_command_prints_what_fails_and_the_limits_with_it() -> None:
    done = CliRunner().invoke(app, ["regels", "proefhuishoudens", "--aantal", "400", "--bronnen"])
    assert done.exit_code == 0, done.output
    assert "Illustratieve huishoudens: 400 rijen" in done.output
    assert "klopt niet" in done.output
    for limit in marges()["grenzen"]:
        assert limit in done.output
    assert "https://www.cbs.nl/nl-nl/cijfers/detail/85950NED" in done.output


def test_every_source_that_is_named_is_described_and_each_is_used() -> None:
    used: set[str] = set()

    def look(value: object) -> None:
        if isinstance(value, dict):
            for key, item in value.items():
                if key in ("bron", "bron_jaren"):
                    used.update(item)
                elif key != "bronnen":
                    look(item)
        elif isinstance(value, list):
            for item in value:
                look(item)

    look(dict(marges()))
    assert used == marges()["bronnen"].keys()
