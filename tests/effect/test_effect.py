"""What other rules mean for many households: only what can differ is computed, and counts are of single checks."""

from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

import polars as pl
import pytest

from regels.bron import bewaard, pakketbestanden
from regels.lezers import kolommen
from regels.regelset import Regelset
from regels.toets import toets
from service.effect.effect import MINSTENS_ILLUSTRATIEF, Huishoudens, effect
from service.effect.effectuitkomst import Groepeffect, Uitkomstwissel
from service.effect.effectwoorden import dagen
from service.effect.kanten import Vergelijkkant
from service.effect.kosten import kosten
from service.effect.veranderd import veranderd
from tests.hulp.beleidsets import PROEF, laad
from tests.hulp.effecten import OPEN, decided
from tests.hulp.geladen import PAKKET

DAY: Final = date(2026, 7, 1)
POLICY: Final = "huurverhoging-beleid"


@pytest.fixture(scope="module")
def undecided() -> Regelset:
    return laad({2026: OPEN})


@pytest.fixture(scope="module")
def three_percent() -> Regelset:
    return laad({2026: decided("3")})


def side(naam: str, regels: Regelset, day: date = DAY) -> Vergelijkkant:
    return Vergelijkkant(naam, regels, day, day.year)


def homes(*rows: dict[str, Any], times: int = 1) -> pl.DataFrame:
    """Single tenants of the made-up landlord, each ``times`` times."""
    usual: dict[str, Any] = {
        "soort": "huurder", "verhuurder": PROEF, "inkomenscategorie": "laag", "vermogen": 1000,
        "woning_kale_huur": 600_00, "woning_zelfstandig": True, "woning_wws_maximum": 900_00,
        "woning_energielabel": "C", "personen": 1, "p1_rol": "huurder", "p1_geboortedatum": date(1980, 1, 1),
        "p1_inkomen_opgave": 20_000,
    }  # fmt: skip
    frame = pl.DataFrame([usual | row for row in rows for _ in range(times)])
    words = _words()
    return frame.with_columns(pl.col(name).cast(pl.Enum(words[name])) for name in frame.columns if name in words)


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {kolom.naam: kolom.woorden for kolom in kolommen.schema(laad({}), personen=1) if kolom.woorden}


# what is computed


def test_a_set_equals_itself() -> None:
    assert veranderd(side("", PAKKET).stand, side("", PAKKET).stand) == ()


def test_the_policy_of_a_landlord_touches_only_what_rests_on_it(undecided: Regelset, three_percent: Regelset) -> None:
    assert veranderd(side("", undecided).stand, side("", three_percent).stand) == (POLICY,)


def test_another_day_touches_what_reads_the_day_or_a_figure_of_it() -> None:
    later = veranderd(side("", PAKKET).stand, side("", PAKKET, date(2026, 7, 2)).stand)
    assert "kinderbijslag" in later and POLICY not in later and "huurklasse" not in later


# what comes out


def test_counts_are_those_of_single_checks(undecided: Regelset, three_percent: Regelset) -> None:
    rows = [
        {"woning_kale_huur": huur, "woning_energielabel": label, "verhuurder": verhuurder}
        for huur in (250_00, 480_25, 880_00, 899_99)
        for label in ("A", "G")
        for verhuurder in (PROEF, "andere-corporatie")
    ]
    found = effect(Huishoudens(homes(*rows), "proef"), side("nu", undecided), [side("3%", three_percent)])
    expected: Counter[tuple[str, str]] = Counter()
    amounts = []
    for row in rows:
        woning = {"kaleHuur": Decimal(int(str(row["woning_kale_huur"]))) / 100, "zelfstandig": True}
        woning |= {"wwsMaximum": 900, "energielabel": row["woning_energielabel"]}
        asked = {"peildatum": DAY, "huurronde": 2026, "soort": "huurder", "inkomenscategorie": "laag"}
        asked |= {"verhuurder": row["verhuurder"], "woning": woning}
        before, after = (
            toets(regels.vraag(asked), regels, [POLICY]).conclusies[0] for regels in (undecided, three_percent)
        )
        if before.uitkomst != after.uitkomst:
            expected[(before.uitkomst, after.uitkomst)] += 1
            amounts += [Decimal(str(value)) for name, value in after.waarden.items() if name == "nieuweHuur"]
    [variant] = found.varianten
    policy = next(one for one in variant.besluiten if one.besluit == POLICY)
    # of the two that a person must look at, for their rent is low, it is not said how many they are
    assert expected == {("besluit_ontbreekt", "ja"): 6, ("besluit_ontbreekt", "voorleggen"): 2}
    assert [(one.van, one.naar, one.huishoudens) for one in policy.wissels] == [
        ("besluit_ontbreekt", "ja", 6),
        ("besluit_ontbreekt", "voorleggen", None),
    ]
    assert policy.anders == 8
    assert policy.bedrag is not None and policy.bedrag.hoger == len(amounts) == 6
    assert policy.bedrag.gemiddeld_na == (sum(amounts, Decimal(0)) / len(amounts)).quantize(Decimal("0.01"))


def test_a_year_costs_what_the_new_rents_and_the_allowance_come_to(
    undecided: Regelset, three_percent: Regelset
) -> None:
    # 600 becomes 618 and 500 becomes 515; huurtoeslag at those rents by the single check
    frame = homes({}, {"woning_kale_huur": 500_00}, times=5)
    found = effect(Huishoudens(frame, "proef"), side("nu", undecided), [side("3%", three_percent)])

    def allowance(rent: int) -> int:
        person = {"rol": "huurder", "geboortedatum": "1980-01-01", "inkomen": 20_000}
        asked = {"peildatum": DAY, "soort": "huurder", "vermogen": 1000, "personen": [person]}
        asked |= {"woning": {"kaleHuur": rent, "zelfstandig": True}}
        return int(str(toets(PAKKET.vraag(asked), PAKKET, ["huurtoeslag"]).conclusies[0].waarden["perMaand"]))

    before, after = found.kosten, found.varianten[0].kosten
    assert before is not None and after is not None
    assert (before.huishoudens, before.nieuw, after.nieuw) == (10, 0, 10)
    assert (before.huur, after.huur) == (12 * 5 * (600 + 500), 12 * 5 * (618 + 515))
    assert before.toeslag == 12 * 5 * (allowance(600) + allowance(500))
    assert after.toeslag == 12 * 5 * (allowance(618) + allowance(515))
    assert after.huurder == after.huur - after.toeslag


def test_of_a_table_without_rents_no_side_has_a_cost() -> None:
    frame = homes({}).drop("woning_kale_huur")
    assert kosten([side("oud", PAKKET), side("nieuw", PAKKET)], frame, [frame, frame], pl.Series([1.0])) == [None, None]


def test_four_policies_stand_side_by_side_and_five_do_not(undecided: Regelset, three_percent: Regelset) -> None:
    one, highest = laad({2026: decided("1")}), laad({2026: decided("4.1")})
    new = [side("variant", regels) for regels in (undecided, one, three_percent, highest)]
    found = effect(Huishoudens(homes({}, times=10), "proef"), side("nu", undecided), new)
    costs = [variant.kosten.huur for variant in found.varianten if variant.kosten is not None]
    assert costs == [12 * 10 * 600, 12 * 10 * 606, 12 * 10 * 618, int(12 * 10 * Decimal("624.6"))]
    assert [variant.anders for variant in found.varianten] == [0, 10, 10, 10]
    with pytest.raises(ValueError, match="5 varianten"):
        effect(Huishoudens(homes({}), "proef"), side("nu", undecided), [*new, new[0]])


def test_a_year_without_figures_has_no_rules(undecided: Regelset) -> None:
    later = side("later", undecided, date(2027, 7, 1))
    found = effect(Huishoudens(homes({}, times=6), "proef"), side("nu", undecided), [later])
    decisions = {one.besluit: one for one in found.varianten[0].besluiten}
    assert decisions["huurtoeslag"].wissels == (Uitkomstwissel("ja", "geen_regels", 6),)
    bedrag = decisions["huurtoeslag"].bedrag
    assert bedrag is not None and (bedrag.weg, bedrag.erbij) == (6, 0)


# of whom is said what


def test_of_few_households_nothing_is_said(undecided: Regelset, three_percent: Regelset) -> None:
    frame = pl.concat([homes({"woning_energielabel": "A"}, times=5), homes({"woning_energielabel": "B"}, times=4)])
    found = effect(Huishoudens(frame, "proef"), side("nu", undecided), [side("3%", three_percent)])
    policy = next(one for one in found.varianten[0].besluiten if one.besluit == POLICY)
    labels = next(part for part in policy.indelingen if part.naam == "Energielabel")
    assert labels.groepen == (
        Groepeffect("A", 5, 5, Decimal("18.00")),
        Groepeffect("B", None, None, None),
    )


def test_a_row_stands_for_as_many_households_as_it_weighs(undecided: Regelset, three_percent: Regelset) -> None:
    frame = homes({}, {"woning_energielabel": "D"}, times=200).with_columns(
        gewicht=pl.when(pl.col("woning_energielabel").cast(pl.String) == "C").then(3.0).otherwise(0.5)
    )
    given = Huishoudens(frame, "verzameling", illustratief=True)
    assert given.minstens == MINSTENS_ILLUSTRATIEF == 200
    found = effect(given, side("nu", undecided), [side("3%", three_percent)])
    policy = next(one for one in found.varianten[0].besluiten if one.besluit == POLICY)
    labels = next(part for part in policy.indelingen if part.naam == "Energielabel")
    assert (found.huishoudens, found.rijen, policy.anders) == (700, 400, 700)
    assert [group.huishoudens for group in labels.groepen] == [600, None]
    assert policy.voorbeelden == ()  # a made-up household is no example of anything


def test_examples_name_rows_of_the_table_and_nothing_else(undecided: Regelset, three_percent: Regelset) -> None:
    frame = homes({}, times=6).with_columns(rij=pl.int_range(2, 8))
    found = effect(Huishoudens(frame, "proef"), side("nu", undecided), [side("3%", three_percent)])
    policy = next(one for one in found.varianten[0].besluiten if one.besluit == POLICY)
    assert [(one.rij, one.van, one.naar, one.na) for one in policy.voorbeelden] == [
        (row, "besluit_ontbreekt", "ja", Decimal("618.00")) for row in (2, 3, 4)
    ]


# the days that are compared when nobody chose them


def test_a_decision_is_compared_in_the_round_of_today() -> None:
    first = date(2026, 11, 27)
    assert dagen(PAKKET, PAKKET, first) == (DAY, DAY)


def test_a_new_year_is_compared_with_the_last_round_that_the_old_rules_have() -> None:
    files = pakketbestanden()
    figures = files["landelijk/2026.yaml"].decode()
    head, _, group = figures.partition("\nhuurverhoging:\n")
    own = group.split("\n\n")[0]
    later = own.replace("2026-07-01", "2027-07-01").replace("2027-06-30", "2028-06-30")
    assert head and later != own
    newer = bewaard(files | {"landelijk/2027.yaml": f"huurverhoging:\n{later}\n".encode()}, "concept later")
    assert dagen(PAKKET, newer, date(2026, 11, 27)) == (DAY, date(2027, 7, 1))
