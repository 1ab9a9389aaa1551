"""The schemes: each outcome, each window at its edges, and a value of another year shown with its year, never used."""

from datetime import date, timedelta
from typing import Any

import pytest

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET, read, toets

ALLEEN = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": 18000}]
PAAR = [*ALLEEN, {"rol": "partner", "geboortedatum": "1981-05-05", "inkomen": 0}]
OUDER = [*ALLEEN, {"rol": "kind", "geboortedatum": "2016-05-05"}]
AOW = [{"rol": "huurder", "geboortedatum": "1950-05-05", "inkomen": 18000}]
ARM = {"drieJaarLaagInkomen": True, "inkomenstoeslagGehad": False, "vermogen": 5000}
NETTO = {"inclusiefVakantiegeld": False, "student": False, "inInstelling": False, "woning": {"zelfstandig": True}}
WW_ZOEKT = {"soort": "woningzoekende", "verhuurder": "wetland-wonen"}
WC_ZOEKT = {"soort": "woningzoekende", "verhuurder": "woonconcept"}
WW_HUURT = {"soort": "huurder", "verhuurder": "wetland-wonen"}
WC_HUURT = {"soort": "huurder", "verhuurder": "woonconcept"}


def answer(id: str, dag: str, **facts: Any) -> Conclusie:
    return toets(read({"peildatum": dag, **facts})).conclusie(id)


def said(conclusie: Conclusie) -> str:
    return " ".join([conclusie.tekst, *(reden.tekst for reden in conclusie.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


CASES: list[tuple[str, str, dict[str, Any], str]] = [
    # the other municipal schemes
    ("bijdrage-premie-zorgkosten", "2022-12-31", {}, "geen_regels"),
    ("bijdrage-premie-zorgkosten", "2023-06-01", {}, "voorleggen"),
    ("bijdrage-premie-zorgkosten", "2024-01-01", {}, "geen_regels"),
    ("collectieve-zorgverzekering", "2026-03-01", {}, "geen_regels"),
    ("sam-en", "2022-02-28", {"personen": OUDER}, "geen_regels"),
    ("sam-en", "2022-03-01", {"personen": OUDER}, "voorleggen"),
    ("sam-en", "2022-12-31", {"personen": OUDER}, "voorleggen"),
    ("sam-en", "2026-03-01", {"personen": OUDER}, "geen_regels"),
    ("sam-en", "2026-03-01", {"personen": ALLEEN}, "niet_van_toepassing"),
    ("sam-en", "2026-03-01", {}, "onbekend"),
    ("volwassenenfonds", "2022-01-01", {}, "voorleggen"),
    ("volwassenenfonds", "2023-01-01", {}, "geen_regels"),
    ("maatwerkbudget", "2025-12-31", {}, "voorleggen"),
    ("maatwerkbudget", "2026-01-01", {}, "geen_regels"),
    ("bijdrage-vo-mbo", "2022-02-28", {"personen": OUDER}, "voorleggen"),
    ("bijdrage-vo-mbo", "2022-03-01", {"personen": OUDER}, "niet_van_toepassing"),
    ("bijdrage-vo-mbo", "2022-03-01", {}, "niet_van_toepassing"),
    ("bijdrage-vo-mbo", "2022-02-28", {}, "onbekend"),
    ("bijdrage-vo-mbo", "2022-02-28", {"personen": ALLEEN}, "niet_van_toepassing"),
    # national
    ("zorgtoeslag", "2021-12-31", {"personen": ALLEEN, "vermogen": 0}, "geen_regels"),
    ("zorgtoeslag", "2022-01-01", {"personen": ALLEEN, "vermogen": 0}, "ja"),
    ("zorgtoeslag", "2026-12-31", {"personen": ALLEEN, "vermogen": 0}, "ja"),
    ("zorgtoeslag", "2026-01-01", {"personen": ALLEEN}, "onbekend"),
    ("zorgtoeslag", "2026-01-01", {}, "onbekend"),
    ("zorgtoeslag", "2027-01-01", {"personen": ALLEEN}, "geen_regels"),
    ("kindgebonden-budget", "2021-12-31", {"personen": OUDER, "vermogen": 0}, "geen_regels"),
    ("kindgebonden-budget", "2022-01-01", {"personen": OUDER, "vermogen": 0}, "ja"),
    ("kindgebonden-budget", "2026-12-31", {"personen": OUDER, "vermogen": 0}, "ja"),
    ("kindgebonden-budget", "2026-01-01", {"personen": OUDER}, "onbekend"),
    ("kindgebonden-budget", "2026-01-01", {"personen": PAAR}, "niet_van_toepassing"),
    ("kindgebonden-budget", "2027-01-01", {"personen": OUDER}, "geen_regels"),
    # local help
    ("energiecoach", "2025-12-31", {}, "geen_regels"),
    ("energiecoach", "2026-12-31", {}, "voorleggen"),
    ("gebiedsteam", "2026-03-01", {}, "voorleggen"),
    ("gebiedsteam", "2027-01-01", {}, "geen_regels"),
    ("vroegsignalering", "2026-03-01", {"soort": "huurder", "huurachterstand": True}, "voorleggen"),
    ("vroegsignalering", "2026-03-01", {"soort": "huurder", "huurachterstand": False}, "niet_van_toepassing"),
    ("vroegsignalering", "2026-03-01", {"soort": "huurder"}, "onbekend"),
    ("vroegsignalering", "2026-03-01", WW_ZOEKT, "niet_van_toepassing"),
    ("vroegsignalering", "2028-01-01", {"soort": "huurder", "huurachterstand": True}, "geen_regels"),
    ("huurdersorganisatie", "2026-03-01", WW_HUURT, "ja"),
    ("huurdersorganisatie", "2026-03-01", WC_HUURT, "ja"),
    ("huurdersorganisatie", "2026-03-01", {"verhuurder": "particulier"}, "niet_van_toepassing"),
    ("woonwagen", "2026-03-01", {}, "niet_van_toepassing"),
    ("woonwagen", "2026-03-01", {"woning": {"woonwagen": True}}, "voorleggen"),
    ("ave", "2026-03-01", {}, "niet_van_toepassing"),
    ("ave", "2025-12-31", {"meerdereProblemen": True}, "geen_regels"),
    # allocation
    ("spoedmodule", "2026-03-01", {**WW_ZOEKT, "spoed": True}, "voorleggen"),
    ("spoedmodule", "2026-03-01", {**WW_ZOEKT, "spoed": False}, "niet_van_toepassing"),
    ("spoedmodule", "2026-03-01", {**WW_HUURT, "spoed": True}, "niet_van_toepassing"),
    ("spoedmodule", "2026-03-01", {**WC_ZOEKT, "spoed": True}, "niet_van_toepassing"),
    ("spoedmodule", "2026-03-01", WW_ZOEKT, "onbekend"),
    ("urgentie-thuiskompas", "2026-03-01", {**WC_ZOEKT, "spoed": True}, "voorleggen"),
    ("urgentie-thuiskompas", "2026-03-01", {**WW_ZOEKT, "spoed": True}, "niet_van_toepassing"),
    ("kernbinding", "2026-03-01", {**WC_ZOEKT, "kernbinding": True}, "voorleggen"),
    ("kernbinding", "2026-03-01", {**WC_ZOEKT, "kernbinding": False}, "niet_van_toepassing"),
    ("huurbeleid-nieuwe-verhuring", "2026-03-01", WW_ZOEKT, "besluit_ontbreekt"),
    ("huurbeleid-nieuwe-verhuring", "2026-03-01", WC_ZOEKT, "besluit_ontbreekt"),
    ("huurbeleid-nieuwe-verhuring", "2025-12-31", WW_ZOEKT, "geen_regels"),
    ("nieuw-aanbod", "2026-03-01", WW_ZOEKT, "voorleggen"),
    ("nieuw-aanbod", "2026-03-01", WW_HUURT, "niet_van_toepassing"),
    ("zonnepanelen", "2025-12-31", WW_HUURT, "besluit_ontbreekt"),
    ("zonnepanelen", "2026-01-01", WW_HUURT, "voorleggen"),
    ("zonnepanelen", "2026-01-01", WC_HUURT, "niet_van_toepassing"),
]


@pytest.mark.parametrize(("id", "dag", "facts", "outcome"), CASES, ids=lambda value: str(value)[:40])
def test_a_scheme_comes_out_as_its_source_says(id: str, dag: str, facts: dict[str, Any], outcome: str) -> None:
    assert answer(id, dag, **facts).uitkomst == outcome


EARLIER = [
    ("individuele-inkomenstoeslag", {"personen": ALLEEN, **ARM}, ("In 2024", "€ 479", "€ 613", "€ 682", "110%")),
    ("bijdrage-premie-zorgkosten", {}, ("omstreeks 2023", "€ 92", "130%")),
    ("sam-en", {"personen": OUDER}, ("zonder datum", "€ 250", "€ 465", "€ 575", "€ 50", "2 jaar", "4 jaar")),
]


@pytest.mark.parametrize(("id", "facts", "words"), EARLIER, ids=[case[0] for case in EARLIER])
def test_a_value_of_another_year_is_shown_with_its_year_and_not_as_an_amount(
    id: str, facts: dict[str, Any], words: tuple[str, ...]
) -> None:
    found = answer(id, "2026-11-23", **facts)
    assert found.uitkomst == "geen_regels"
    assert [word for word in words if word not in said(found)] == []
    assert (found.waarden, found.weergave) == ({}, [])


ENDED = [
    ("energietoeslag", "2024-07-01", ("gesloten", "30 juni 2024", "€ 800")),
    ("bijdrage-vo-mbo", "2022-03-01", ("gestopt per 1 maart 2022", "€ 441", "€ 205")),
    ("noodfonds-energie", "2025-05-01", ("gesloten", "laatste keer", "In 2025", "200%", "130%", "8%", "10%")),
]


@pytest.mark.parametrize(("id", "since", "words"), ENDED, ids=[case[0] for case in ENDED])
@pytest.mark.parametrize("facts", [{}, {"personen": OUDER, "nettoMaandinkomen": 900, **NETTO}], ids=["niets", "alles"])
def test_a_scheme_that_has_ended_says_since_when_whatever_is_known(
    id: str, since: str, words: tuple[str, ...], facts: dict[str, Any]
) -> None:
    for dag in (since, "2026-11-26", "2100-01-01"):
        found = answer(id, dag, **facts)
        assert (found.uitkomst, found.ontbreekt) == ("niet_van_toepassing", [])
        assert [word for word in words if word not in said(found)] == []
        assert "ingevoerd (" not in found.tekst
        assert found.waarden == {"geslotenSinds": date.fromisoformat(since)}
    before = date.fromisoformat(since) - timedelta(days=1)
    assert "geslotenSinds" not in answer(id, before.isoformat(), **facts).waarden


def test_a_step_of_another_year_says_which() -> None:
    steps = answer("individuele-inkomenstoeslag", "2026-11-23", personen=ALLEEN, **ARM).stappen
    assert "Individuele inkomenstoeslag per jaar (alleenstaande ouder, op 2024)" in [step.label for step in steps]


MIDDENHUUR = [
    (WW_ZOEKT, "steenwijk", 51538, "voorleggen"),
    (WW_ZOEKT, "vollenhove", 51538, "voorleggen"),
    (WW_ZOEKT, "giethoorn", 51538, "voorleggen"),  # the agreements name no other place: that is no no
    (WW_ZOEKT, None, 51538, "voorleggen"),  # whatever the place is
    (WW_ZOEKT, "steenwijk", 51537, "niet_van_toepassing"),
    (WC_ZOEKT, "steenwijk", 51538, "nee"),
    ({"soort": "woningzoekende", "verhuurder": "particulier"}, "steenwijk", 51538, "niet_van_toepassing"),
    (WW_HUURT, "steenwijk", 51538, "niet_van_toepassing"),
]


@pytest.mark.parametrize(("who", "kern", "income", "outcome"), MIDDENHUUR)
def test_middenhuur_is_for_seekers_above_the_limit(
    who: dict[str, str], kern: str | None, income: int, outcome: str
) -> None:
    persons = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": income}]
    dwelling = {"kern": kern} if kern else {}
    assert answer("middenhuur", "2026-03-01", **who, personen=persons, woning=dwelling).uitkomst == outcome


def test_vroegsignalering_never_reports_and_names_the_right_to_object() -> None:
    found = answer("vroegsignalering", "2026-03-01", **WW_HUURT, huurachterstand=True)
    for part in ("geeft niets door", "herinnering", "persoonlijk contact", "bezwaar", "streven, geen recht"):
        assert part in said(found)
    steps = " ".join(step.huurder for step in found.vervolg)
    assert "U mag daar bezwaar tegen maken" in steps
    assert "14 0521" in steps


def test_only_the_corporations_of_the_agreements_strive_to_let_everybody_stay() -> None:
    for verhuurder in ("particulier", "andere-corporatie"):
        found = answer("vroegsignalering", "2026-03-01", soort="huurder", verhuurder=verhuurder, huurachterstand=True)
        assert "streven" not in said(found)
    assert "streven" not in said(answer("vroegsignalering", "2026-03-01", soort="huurder", huurachterstand=True))


def test_a_scheme_that_waits_for_one_fact_asks_for_that_fact_only() -> None:
    for id, facts, pointer in (
        ("vroegsignalering", {"soort": "huurder"}, "/huurachterstand"),
        ("kernbinding", WW_ZOEKT, "/kernbinding"),
    ):
        assert [part.veld for part in answer(id, "2026-03-01", **facts).ontbreekt] == [pointer]


def test_no_scheme_of_another_year_is_certain_about_today() -> None:
    schemes = [besluit.id for besluit in PAKKET.besluiten.values() if besluit.onderwerp == "regelingen"]
    answers = toets(read({"peildatum": "2026-11-23", "personen": OUDER, **WW_HUURT})).conclusies
    sure = {found.id for found in answers if found.id in schemes and found.uitkomst == "ja"}
    # kinderbijslag is a figure of this year, by national law
    assert sure <= {"voorzieningenwijzer", "focusgroepen", "huurdersorganisatie", "kinderbijslag"}
