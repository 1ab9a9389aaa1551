"""Windows: each day is answered with what holds on that day, and never with what held before."""

from dataclasses import replace
from datetime import date

import pytest

from regels.bestanden import RegelsetError
from regels.eenheden import DATE
from regels.lezers.bewijs.stelling import lees
from tests.hulp.geladen import PAKKET, toets
from tests.hulp.regelsets import CIJFERS, REGELS, besluit, laad, programma, stand
from tests.hulp.vragen import antwoord, conclusie, personen

OF_THE_YEAR = (
    "daeb-doelgroep",
    "primaire-doelgroep",
    "passende-huur",
    "huurtoeslag",
    "huurklasse",
    "huurquote",
)
OF_2026 = ("fixteam",)  # fmt: skip
OF_THE_ROUND = (
    "huurverhoging-wettelijk", "inkomensafhankelijke-huurverhoging", "bezwaar-inkomen-vorig-jaar",
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "year", "round_", "of_2026"),
    [
        ("2021-12-31", False, False, False), ("2022-01-01", True, True, False), ("2022-12-31", True, True, False),
        ("2023-01-01", True, True, False), ("2023-06-30", True, True, False), ("2024-07-01", True, True, False),
        ("2025-12-31", True, True, False), ("2026-01-01", True, True, True), ("2026-06-30", True, True, True),
        ("2026-07-01", True, True, True), ("2026-12-31", True, True, True), ("2027-01-01", False, False, False),
        ("2027-07-01", False, False, False),
    ],
)  # fmt: skip
def test_each_day_has_the_rules_of_its_year_and_round(day: str, year: bool, round_: bool, of_2026: bool) -> None:
    answer = antwoord(peildatum=day)
    for names, holds in ((OF_THE_YEAR, year), (OF_THE_ROUND, round_), (OF_2026, of_2026)):
        for name in names:
            assert (answer.conclusie(name).uitkomst != "geen_regels") == holds, name


def test_2027_names_the_window_that_was_last() -> None:
    answer = antwoord(peildatum="2027-07-01")
    for name in OF_THE_ROUND:
        text = answer.conclusie(name).tekst
        assert "1 juli 2027" in text and "1 juli 2026 tot en met 30 juni 2027" in text, name
    assert "1 januari 2026 tot en met 31 december 2026" in answer.conclusie("daeb-doelgroep").tekst
    for name in (*OF_THE_YEAR, *OF_THE_ROUND):
        part = answer.conclusie(name)
        assert part.uitkomst == "geen_regels" and not part.waarden and not part.redenen, name


def test_a_day_before_the_first_rules_names_the_first_window() -> None:
    assert "De eerste regels gelden vanaf 1 januari 2022." in conclusie("daeb-doelgroep", peildatum="2021-12-31").tekst
    assert "vanaf 1 juli 2024" in conclusie("efg-ontzien", huurronde=2023).tekst


def test_the_round_follows_the_peildatum_unless_it_is_asked() -> None:
    assert antwoord(peildatum="2026-11-01").huurronde == 2026
    assert antwoord(peildatum="2027-02-01").huurronde == 2027
    later = antwoord({"huurVoorRonde": 600}, peildatum="2027-02-01", huurronde=2026)
    assert (
        later.conclusie("huurverhoging-wettelijk").waarden["maximaleHuur"]
        == conclusie("huurverhoging-wettelijk").waarden["maximaleHuur"]
    )
    assert later.conclusie("daeb-doelgroep").uitkomst == "geen_regels"


@pytest.mark.parametrize(("day", "outcome"), [("2026-06-30", "ja"), ("2026-07-01", "ja"), ("2026-07-02", "onbekend")])
def test_after_the_round_the_rent_of_30_june_is_asked(day: str, outcome: str) -> None:
    found = conclusie("huurverhoging-wettelijk", peildatum=day)
    assert found.uitkomst == outcome
    if outcome == "onbekend":
        assert found.ontbreekt[0].veld == "/woning/huurVoorRonde"
    assert conclusie("huurverhoging-wettelijk", {"huurVoorRonde": 600}, peildatum=day).uitkomst == "ja"


@pytest.mark.parametrize(
    ("landlord", "round_", "outcome"),
    [
        ("wetland-wonen", 2023, "geen_regels"), ("wetland-wonen", 2024, "ja"), ("wetland-wonen", 2025, "geen_regels"),
        ("wetland-wonen", 2026, "ja"), ("woonconcept", 2024, "geen_regels"), ("woonconcept", 2025, "nee"),
        ("woonconcept", 2026, "besluit_ontbreekt"), ("woonconcept", 2027, "geen_regels"),
        ("andere-corporatie", 2026, "niet_van_toepassing"), ("particulier", 2026, "niet_van_toepassing"),
    ],
)  # fmt: skip
def test_efg_is_answered_per_landlord_and_round_as_far_as_there_is_a_source(
    landlord: str, round_: int, outcome: str
) -> None:
    woning = {"energielabel": "F", "huurVoorRonde": 600}
    assert conclusie("efg-ontzien", woning, verhuurder=landlord, huurronde=round_).uitkomst == outcome


@pytest.mark.parametrize(("day", "text"), [("2026-03-31", "wordt uiterlijk"), ("2026-04-01", "had er op")])
def test_a_decision_that_is_due_is_told_before_and_after_its_day(day: str, text: str) -> None:
    found = conclusie("huurverhoging-beleid", peildatum=day)
    assert found.uitkomst == "besluit_ontbreekt"
    assert any(text in reason.tekst and "31 maart 2026" in reason.tekst for reason in found.redenen)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-06-30", [date(2026, 7, 1)]), ("2026-07-01", [date(2026, 11, 1)]), ("2026-10-31", [date(2026, 11, 1)]),
        ("2026-11-01", []),
    ],
)  # fmt: skip
def test_an_objection_is_offered_only_while_it_can_be_made(day: str, last: list[date]) -> None:
    """Before the new rent starts; after a registered reminder until four months later (BW 7:253)."""
    who = personen(("huurder", 40, 90000))
    who[0]["inkomenT1"] = 50000
    before = {"huurVoorRonde": 600}
    found = conclusie("bezwaar-inkomen-vorig-jaar", before, peildatum=day, personen=who, inkomenscategorie="midden")
    assert found.uitkomst == "ja"
    assert [step.voor for step in found.vervolg] == last
    assert all(step.huurder for step in found.vervolg)


def test_last_years_income_of_another_year_is_not_used() -> None:
    who = personen(("huurder", 40, 90000))
    who[0]["inkomenT1"] = 50000
    found = conclusie(
        "bezwaar-inkomen-vorig-jaar", {"huurVoorRonde": 600}, peildatum="2027-01-02", huurronde=2026, personen=who,
        inkomenscategorie="midden",
    )  # fmt: skip
    assert found.uitkomst == "voorleggen"


def test_other_people_in_july_are_a_reason_to_ask_and_no_answer() -> None:
    who = personen(("huurder", 40, 90000))
    who[0]["inkomenT1"] = 50000
    found = conclusie(
        "bezwaar-inkomen-vorig-jaar", personen=who, inkomenscategorie="midden", zelfdeHuishoudenInJuli=False
    )
    assert found.uitkomst == "voorleggen"


def test_the_day_decides_which_formula_and_figure_holds(tmp_path) -> None:
    figures = CIJFERS + CIJFERS.replace("proef:", "later:").replace("2026-", "2027-").replace("1000", "2000")
    formulas = (
        "  telt:\n    label: Telt\n    eenheid: euro per jaar\n    formules:\n"
        "      - {geldig: {vanaf: 2026-01-01, tot_en_met: 2026-12-31}, formule: inkomen}\n"
        "      - {geldig: {vanaf: 2027-01-01}, formule: inkomen * 3}\n"
    )
    rules = besluit(("past", "telt <= grens", "ja"), ("te-hoog", "telt > grens", "nee"), grootheden=formulas)
    regels = laad(tmp_path, cijfers=figures, regels=rules)
    for day, income, fired in (
        (date(2026, 12, 31), 1000, "past"), (date(2026, 12, 31), 1001, "te-hoog"),
        (date(2027, 1, 1), 666, "past"), (date(2027, 1, 1), 667, "te-hoog"),
    ):  # fmt: skip
        made = programma(regels, day)
        assert made.rete.fired(made.state(*stand({"inkomen": income})), "proef") == {fired}
    gap = programma(regels, date(2028, 1, 1)).besluiten[0].gat
    assert gap is not None and gap.laatste is not None and gap.laatste.tot_en_met == date(2027, 12, 31)


LATER = CIJFERS.replace("proef:", "later:").replace("2026-", "2027-")
MET_CIJFER = (
    REGELS.replace("<= grens\n", "<= grens\n        geldig: &g {vanaf: 2026-01-01, zolang: grens}\n")
    .replace("> grens\n", "> grens\n        geldig: *g\n")
    .rstrip()
    + """
      - naam: niet-ingevoerd
        als: ja
        dan: geen_regels
        geldig: {na: [grens]}
        zegt: De grens is niet ingevoerd.
        omdat: Zij was er in 2026.
"""
)


@pytest.mark.parametrize(("figures", "last"), [(CIJFERS, 2026), (CIJFERS + LATER, 2027)])
def test_a_rule_goes_on_as_long_as_its_figures(tmp_path, figures: str, last: int) -> None:
    rules = laad(tmp_path, cijfers=figures, regels=MET_CIJFER).besluiten["proef"].regels
    windows = {rule.naam: (rule.venster.vanaf, rule.venster.tot_en_met) for rule in rules}
    held = (date(2026, 1, 1), date(last, 12, 31))
    assert windows == {"past": held, "te-hoog": held, "niet-ingevoerd": (date(last + 1, 1, 1), None)}


def test_a_draft_makes_no_rule_go_on(tmp_path) -> None:
    draft = LATER.replace("later:\n", "later:\n  status: concept\n")
    [rule, *_] = laad(tmp_path, cijfers=CIJFERS + draft, regels=MET_CIJFER).besluiten["proef"].regels
    assert rule.venster.tot_en_met == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("zolang: grens", "zolang: grenzen", "er is geen cijfer 'grenzen'"),
        ("zolang: grens", "zolang: grens, tot_en_met: 2026-12-31", "onbekende sleutel 'tot_en_met'"),
        ("vanaf: 2026-01-01, zolang", "zolang", "'vanaf' ontbreekt"),
        ("vanaf: 2026-01-01", "vanaf: 2027-01-01", "deze cijfers eindigen"),
    ],
)
def test_a_window_by_figures_says_what_is_wrong(tmp_path, was: str, becomes: str, said: str) -> None:
    with pytest.raises(RegelsetError, match=said):
        laad(tmp_path, regels=MET_CIJFER.replace(was, becomes, 1))


def test_nothing_comes_after_figures_without_an_end(tmp_path) -> None:
    endless = CIJFERS.replace(", tot_en_met: 2026-12-31", "")
    with pytest.raises(RegelsetError, match="hebben geen einde"):
        laad(tmp_path, cijfers=endless, regels=MET_CIJFER)


def test_every_figure_of_a_year_ends() -> None:
    """What is not indexed may go on; every amount and limit has a last day, so that nobody falls back on it."""
    endless = {name for name, series in PAKKET.cijfers.items() if any(c.venster.tot_en_met is None for c in series)}
    in_the_law = {
        "volwassen_leeftijd", "maanden_tussen_verhogingen", "iah_leeftijd", "aanzegtermijn", "onderhuurder_telt_mee",
        "maanden_naar_huurcommissie", "toets_beginhuur", "label_geldigheid",
        "passend_aandeel", "vrije_ruimte_hoogste", "zorgtoeslag_met_onverzekerde_partner", "kgb_leeftijd",
        "kinderbijslag_leeftijd", "leerplicht_leeftijd", "kwartaal_maanden", "kinderopvang_leeftijd",
    }  # fmt: skip
    assert endless == in_the_law | {"afronding_huur", "speling_hele_euro"}


def test_nothing_in_the_rules_reads_the_clock() -> None:
    from pathlib import Path

    import regels

    for path in Path(regels.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ".today(" not in text and ".now(" not in text and "import time" not in text, path.name


@pytest.mark.parametrize(
    ("dag", "offered"), [("2026-05-31", True), ("2026-06-01", False), ("2026-06-02", False)], ids=["voor", "op", "na"]
)
def test_a_step_is_offered_while_its_day_has_not_come(dag: str, offered: bool) -> None:
    rules = PAKKET
    decision = rules.besluiten["energiecoach"]
    step = replace(decision.vervolg[0], voor=(lees(rules, "2026-06-01", verwacht=DATE), DATE))
    changed = replace(rules, besluiten={**rules.besluiten, "energiecoach": replace(decision, vervolg=(step,))})
    found = toets(changed.vraag({"peildatum": dag}), changed).conclusie("energiecoach")
    assert found.uitkomst == "voorleggen"
    assert [part.voor for part in found.vervolg] == ([date(2026, 6, 1)] if offered else [])
