"""Every statement of the agreements is accounted for, points to something that exists, and does what it says."""

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from regels.bestanden import RegelsetError
from regels.bron import uit_map
from regels.uitslag import Conclusie, Uitslag
from tests.hulp.geladen import PAKKET, read, toets

SETS = Path(__file__).parents[2] / "regels" / "sets"
SLICE = "steenwijkerland/jaarschijf-2026.yaml"
# how many statements each part of the agreement has, counted in the document
PARTS = {
    "INL": 4,
    "A01": 9,
    "A02": 1,
    "A03": 1,
    "A04": 4,
    "T1": 2,
    "A05": 4,
    "A06": 18,
    "A07": 2,
    "A08": 4,
    "A09": 10,
    "A10": 5,
    "T2": 4,
    "A11": 4,
    "A12": 5,
    "A13": 4,
    "A14": 2,
    "A15": 3,
    "A16": 5,
    "B1": 1,
    "B2": 9,
}
IDS = [f"{part}-{number:02}" for part, count in PARTS.items() for number in range(1, count + 1)]
QUOTA = {"A05-01", "A06-15", "A06-16", "A07-01", "A11-01", "A12-01", "A12-03", "A15-01"}
TARGETS_AND_COUNTS = {"A01-01", "A01-02", "A01-03", "T1-01", "A09-01", "A09-05", "A09-06", "A10-02", "T2-01", "T2-02"}

POOR = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": 18000}]
RICH = [{"rol": "huurder", "geboortedatum": "1980-05-05", "inkomen": 90000}]
WW = {"soort": "huurder", "verhuurder": "wetland-wonen"}
WC = {"soort": "huurder", "verhuurder": "woonconcept"}
WW_ZOEKT = {"soort": "woningzoekende", "verhuurder": "wetland-wonen"}
WC_ZOEKT = {"soort": "woningzoekende", "verhuurder": "woonconcept"}


def ask(dag: str = "2026-03-01", **facts: Any) -> Uitslag:
    return toets(read({"peildatum": dag, **facts}))


def said(conclusie: Conclusie) -> str:
    return " ".join([conclusie.tekst, *(reden.tekst for reden in conclusie.redenen)])


def test_all_101_statements_are_accounted_for_and_no_other() -> None:
    (slice_,) = PAKKET.jaarschijven
    assert len(IDS) == 101
    assert list(slice_.bepalingen) == IDS


def test_each_quota_and_each_count_is_listed_as_one() -> None:
    (slice_,) = PAKKET.jaarschijven
    assert {name for name, found in slice_.bepalingen.items() if found.wordt == "quotum"} == QUOTA
    assert {name for name, found in slice_.bepalingen.items() if found.wordt == "cijfer"} >= TARGETS_AND_COUNTS


def test_the_slice_is_part_of_the_hash() -> None:
    assert SLICE.removesuffix(".yaml") in [part.naam for part in PAKKET.onderdelen]


BROKEN = {
    "points to nothing": ("[spoedmodule]", "[spoedloket]", "A13-01: er is geen besluit, regel, cijfer"),
    "points to no rule": ("middenhuur/woonconcept-niet", "middenhuur/woonconcept-wel", "heeft geen regel"),
    "points outside its window": ("zonnepanelen/voornemen", "zonnepanelen/na-het-voornemen", "geen enkele dag"),
    "a number that differs": (
        "waarde: 50, eenheid: woningen, gelijk",
        "waarde: 51, eenheid: woningen, gelijk",
        "51|50",
    ),
    "a sum that does not hold": ("waarde: 286", "waarde: 287", "de rekensom komt uit op 627, en niet op 626"),
    "another known gap": ("verschil: -42", "verschil: -41", "de rekensom komt uit op 4728"),
    "a statement less": ("aantal: 101", "aantal: 102", "er staan 101 bepalingen"),
    "an unknown key": ("    wordt: cijfer\n", "    wordt: cijfer\n    soort: x\n", "onbekende sleutel 'soort'"),
    "a quota that decides": (
        "wijst_naar: [fixteam/woonconcept-plaatsen, fixteam_woningen]",
        "wijst_naar: [middenhuur/woonconcept-niet]",
        "een quotum beslist nooit",
    ),
    "no effect that points": (
        "    wordt: geen_effect\n",
        "    wordt: geen_effect\n    wijst_naar: [ave]\n",
        "haal 'wijst_naar' weg",
    ),
    "an unknown source": ("bron: jaarschijf-2026\n", "bron: jaarschijf-2030\n", "er is geen bron 'jaarschijf-2030'"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_slice_that_is_wrong_is_refused(case: str, tmp_path: Path) -> None:
    before, after, fault = BROKEN[case]
    folder = tmp_path / "sets"
    copytree(SETS, folder)
    text = (folder / SLICE).read_text(encoding="utf-8")
    assert before in text
    (folder / SLICE).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RegelsetError) as error:
        uit_map(folder)
    assert [found for found in error.value.faults if SLICE in found and any(part in found for part in fault.split("|"))]


# INL-01, INL-02: the windows of the agreements and of the yearly slice

YEARLY = {
    "fixteam": (WW, {}),
    "energiecoach": ({}, {}),
    "gebiedsteam": ({}, {}),
    "ave": ({}, {}),
    "nieuw-aanbod": (WW_ZOEKT, {}),
    "middenhuur": (WC_ZOEKT, {}),
    "spoedmodule": (WW_ZOEKT, {"spoed": True}),
    "urgentie-thuiskompas": (WC_ZOEKT, {"spoed": True}),
    "beschermd-thuis": (WC_ZOEKT, {"zoekprofiel": True}),
    "huurbeleid-nieuwe-verhuring": (WW_ZOEKT, {}),
    "verduurzaming": (WW, {"woning": {"kern": "vollenhove", "renovatieNaMutatie": False}}),
}
MULTI_YEAR = {
    "voorzieningenwijzer": (WW, {}),
    "huurdersorganisatie": (WW, {}),
    "kernbinding": (WW_ZOEKT, {"kernbinding": True}),
    "woonwagen": ({}, {"woning": {"woonwagen": True}}),
    "vroegsignalering": (WW, {"huurachterstand": True}),
    "zonnepanelen": (WW, {}),
    "verduurzaming": (WC, {"woning": {"energielabel": "E"}}),
}


@pytest.mark.parametrize("id", YEARLY)
def test_a_yearly_item_is_there_on_the_last_day_of_2026_and_gone_on_the_next(id: str) -> None:
    who, facts = YEARLY[id]
    outcomes = [ask(dag, **who, personen=POOR, **facts).conclusie(id).uitkomst for dag in ("2026-12-31", "2027-01-01")]
    assert outcomes[0] != "geen_regels"
    assert outcomes[1] == "geen_regels"


@pytest.mark.parametrize("id", MULTI_YEAR)
def test_an_agreement_of_more_years_ends_with_2027(id: str) -> None:
    who, facts = MULTI_YEAR[id]
    outcomes = [ask(dag, **who, **facts).conclusie(id).uitkomst for dag in ("2027-12-31", "2028-01-01")]
    assert outcomes[0] != "geen_regels"
    assert outcomes[1] == "geen_regels"


def test_nothing_of_the_agreements_is_left_in_2028() -> None:
    local = set(YEARLY) | set(MULTI_YEAR) | {"focusgroepen", "efg-ontzien", "huurverhoging-beleid"}
    for who in (WW, WC, WW_ZOEKT, WC_ZOEKT):
        answer = ask("2028-01-01", **who, personen=POOR, spoed=True, kernbinding=True, zoekprofiel=True)
        assert {id for id in local if answer.conclusie(id).uitkomst != "geen_regels"} == set()


# INL-03, T1-02: another landlord is not bound


@pytest.mark.parametrize("landlord", ["andere-corporatie", "particulier"])
def test_another_landlord_gets_the_law_and_the_municipality_only(landlord: str) -> None:
    tenant = ask(
        soort="huurder",
        verhuurder=landlord,
        personen=POOR,
        vermogen=0,
        woning={"energielabel": "G", "kern": "steenwijk"},
    )
    seeker = ask(soort="woningzoekende", verhuurder=landlord, personen=RICH, spoed=True, zoekprofiel=True)
    for id in ("focusgroepen", "fixteam", "efg-ontzien", "verduurzaming", "zonnepanelen", "huurdersorganisatie"):
        assert tenant.conclusie(id).uitkomst == "niet_van_toepassing"
    for id in ("spoedmodule", "urgentie-thuiskompas", "beschermd-thuis", "middenhuur", "nieuw-aanbod"):
        assert seeker.conclusie(id).uitkomst == "niet_van_toepassing"
    assert tenant.conclusie("daeb-doelgroep").uitkomst == "ja"
    assert tenant.conclusie("zorgtoeslag").uitkomst == "ja"


# INL-04


def test_the_pairing_of_landlord_and_tenants_organisation_says_how_firm_it_is() -> None:
    found = ask(**WW).conclusie("huurdersorganisatie")
    assert ("Zwartewaterwiede" in found.tekst, found.zekerheid) == (True, "secundair")
    found = ask(**WC).conclusie("huurdersorganisatie")
    assert ("De Veste" in found.tekst, found.zekerheid) == (True, "afgeleid")


# A01-04 to A01-07, A09-09


def test_new_supply_is_a_hint_by_village_and_never_a_right() -> None:
    every = ask(**WW_ZOEKT).conclusie("nieuw-aanbod")
    only = ask(**WW_ZOEKT, woning={"kern": "oldemarkt"}).conclusie("nieuw-aanbod")
    assert every.uitkomst == only.uitkomst == "voorleggen"
    assert "17 woningen" in every.tekst
    assert "geen recht" in every.tekst
    assert "kan wijzigen" in said(every)
    assert "Vollenhove" in said(every)
    assert "Vollenhove" not in said(only)
    assert "38 woningen" in ask(**WC_ZOEKT).conclusie("nieuw-aanbod").tekst


# A06-02


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([{"rol": "kind", "geboortedatum": "2015-01-01"}], True),
        ([{"rol": "kind", "geboortedatum": "2008-03-02"}], True),  # turns eighteen tomorrow
        ([{"rol": "kind", "geboortedatum": "2008-03-01"}], False),  # eighteen today
        ([{"rol": "kind", "geboortedatum": "2015-01-01"}, {"rol": "kind", "geboortedatum": "2005-01-01"}], False),
        (
            [{"rol": "kind", "geboortedatum": "2015-01-01"}, {"rol": "medebewoner", "geboortedatum": "1990-01-01"}],
            False,
        ),
        ([{"rol": "kind", "geboortedatum": "2015-01-01"}, {"rol": "partner", "geboortedatum": "1990-01-01"}], False),
        ([], False),
    ],
)
def test_a_single_parent_is_the_one_adult_at_the_address(others: list[dict[str, Any]], expected: bool) -> None:
    persons = [*POOR, *({**person, "inkomen": 0} for person in others)]
    assert ask(**WW, personen=persons).conclusie("focusgroepen").waarden["alleenstaandeOuder"] is expected


# A06-05, A06-11, A09-10, A10-03, A10-04: the label


def test_an_unknown_label_is_no_good_label_and_either_way_a_person_decides() -> None:
    found = ask(**WC).conclusie("verduurzaming")
    assert (found.uitkomst, found.regel) == ("voorleggen", ["woonconcept-op-de-lijst", "woonconcept-beter-label"])
    assert "label" not in found.tekst


def test_a_label_at_woonconcept_promises_no_work_and_no_date() -> None:
    found = ask(**WC, woning={"energielabel": "F"}).conclusie("verduurzaming")
    assert found.uitkomst == "voorleggen"
    for words in (
        "Misschien",
        "geen werk en geen datum",
        "lijst met adressen is er niet",
        "2028",
        "eerst naar label D",
    ):
        assert words in said(found)
    assert "54 woningen" in said(found) and "131 woningen" in said(found)
    assert "2027" not in said(found)
    assert any("opnieuw" in step.tekst for step in found.vervolg)
    # the complexes hold other labels too
    better = ask(**WC, woning={"energielabel": "D"}).conclusie("verduurzaming")
    assert better.uitkomst == "voorleggen"
    assert "complex" in said(better)


def test_a_good_label_at_woonconcept_is_no_agreement_and_a_disputed_one_is_not_a_no() -> None:
    facts = {"huurronde": 2026, "peildatum": "2026-08-01"}
    good = ask(**WC, **facts, woning={"energielabel": "C", "labelKloptNiet": False}).conclusie("efg-ontzien")
    assert good.uitkomst == "nee"
    assert "geen afspraak" in said(good) and "punten" in said(good)
    assert ["controleren" in step.huurder for step in good.vervolg] == [True]
    disputed = ask(**WC, **facts, woning={"energielabel": "C", "labelKloptNiet": True}).conclusie("efg-ontzien")
    assert disputed.uitkomst == "besluit_ontbreekt"
    assert "betwist" in said(disputed)
    earlier = facts | {"huurronde": 2025}
    disputed = ask(**WC, **earlier, woning={"energielabel": "C", "labelKloptNiet": True}).conclusie("efg-ontzien")
    assert disputed.uitkomst == "nee"  # in that round no label counted


# A06-08, A06-10, A06-12, A06-13, T2-03


@pytest.mark.parametrize(
    ("who", "ronde", "outcome"),
    [(WW, 2026, "ja"), (WC, 2025, "nee"), (WC, 2026, "besluit_ontbreekt")],
)
def test_a_bad_label_in_the_rent_increase_follows_the_landlord_and_the_round(
    who: dict[str, str], ronde: int, outcome: str
) -> None:
    facts = {"huurronde": ronde, "woning": {"energielabel": "E", "kaleHuur": 600, "labelKloptNiet": False}}
    found = ask(**who, **facts).conclusie("efg-ontzien")
    assert found.uitkomst == outcome
    assert "0%" not in said(found)


# A06-15, A06-16, A06-18


def test_the_fixteam_has_places_and_no_criteria() -> None:
    for who, homes in ((WW, 125), (WC, 250)):
        found = ask(**who).conclusie("fixteam")
        assert (found.uitkomst, found.waarden["woningen"]) == ("voorleggen", homes)


@pytest.mark.parametrize("who", [WW, WC])
@pytest.mark.parametrize("persons", [POOR, RICH])
def test_every_tenant_of_the_two_is_told_of_the_voorzieningenwijzer(
    who: dict[str, str], persons: list[dict[str, Any]]
) -> None:
    assert ask(**who, personen=persons).conclusie("voorzieningenwijzer").uitkomst == "ja"


# A09-02, A09-03, A09-07, A10-05: works of Wetland Wonen


KERNEN = {"eesveen": 4, "blokzijl": 1, "giethoorn": 6, "vollenhove": 85, "wanneperveen": 9}


@pytest.mark.parametrize("kern", KERNEN)
def test_works_are_told_by_village_with_their_caveat(kern: str) -> None:
    found = ask(**WW, woning={"kern": kern, "renovatieNaMutatie": False}).conclusie("verduurzaming")
    assert (found.uitkomst, found.waarden["woningenInKern"]) == ("voorleggen", KERNEN[kern])
    assert "fundering" in said(found)


@pytest.mark.parametrize("kern", ["steenwijk", "oldemarkt", "willemsoord", "kuinre", "tuk", "andere-kern"])
def test_a_village_without_works_says_so(kern: str) -> None:
    found = ask(**WW, woning={"kern": kern, "renovatieNaMutatie": False}).conclusie("verduurzaming")
    assert found.uitkomst == "nee"


def test_the_851_homes_are_not_renovated_while_the_tenant_stays() -> None:
    for kern in ("vollenhove", "steenwijk"):
        found = ask(**WW, woning={"kern": kern, "renovatieNaMutatie": True}).conclusie("verduurzaming")
        assert found.uitkomst == "nee"
        assert "851" in said(found)
        assert "Bied het Fixteam aan." in [step.tekst for step in found.vervolg]
    later = ask("2027-06-01", **WW, woning={"renovatieNaMutatie": True}).conclusie("verduurzaming")
    assert later.uitkomst == "nee"


# A12-02 to A12-04, B2-06: beschermd thuis


def test_a_search_profile_gives_an_aim_half_a_year_on() -> None:
    found = ask(**WC_ZOEKT, personen=POOR, zoekprofiel=True, zoekprofielOp="2026-02-15").conclusie("beschermd-thuis")
    assert found.uitkomst == "voorleggen"
    assert "15 augustus 2026" in said(found)
    assert "streven, geen recht" in said(found)
    without = ask(**WC_ZOEKT, personen=POOR, zoekprofiel=True).conclusie("beschermd-thuis")
    assert (without.uitkomst, "None" in said(without), "onbekend" in said(without)) == ("voorleggen", False, False)


@pytest.mark.parametrize(("birth", "outcome"), [("2008-03-01", "voorleggen"), ("2008-03-02", "nee")])
def test_beschermd_thuis_is_from_eighteen(birth: str, outcome: str) -> None:
    persons = [{"rol": "huurder", "geboortedatum": birth}]
    assert ask(**WC_ZOEKT, personen=persons, zoekprofiel=True).conclusie("beschermd-thuis").uitkomst == outcome


def test_without_a_search_profile_or_as_a_tenant_it_does_not_apply() -> None:
    assert ask(**WC_ZOEKT, zoekprofiel=False).conclusie("beschermd-thuis").uitkomst == "niet_van_toepassing"
    assert ask(**WC, zoekprofiel=True).conclusie("beschermd-thuis").uitkomst == "niet_van_toepassing"


# A12-05, A13-03: urgency is never decided


def test_urgency_is_at_most_an_application() -> None:
    rules = [*PAKKET.besluiten["urgentie-thuiskompas"].regels, *PAKKET.besluiten["spoedmodule"].regels]
    assert {rule.dan for rule in rules} == {"voorleggen", "niet_van_toepassing"}
    found = ask(**WC_ZOEKT, spoed=True).conclusie("urgentie-thuiskompas")
    for words in ("kan een aanvraag doen", "onafhankelijke commissie", "urgentieverordening", "In 2023", "48.625"):
        assert words in said(found)


# A16-02: AVE


@pytest.mark.parametrize("who", [WW, WC, WW_ZOEKT, {}])
def test_ave_stops_the_check_and_says_nothing_else(who: dict[str, str]) -> None:
    answer = ask(**who, personen=POOR, vermogen=0, woning={"kaleHuur": 650.0}, meerdereProblemen=True)
    assert [found.id for found in answer.conclusies] == ["ave"]
    assert (
        answer.conclusies[0].tekst
        == "Stop de toets en verwijs naar de Aanpak Voorkomen Escalatie (AVE). Leg niets vast."
    )
    assert answer.uitgangspunten == []
    assert set(answer.bronnen) == {"jaarschijf-2026-16", "ave-fasen"}
    assert [step.naam for step in answer.conclusies[0].stappen] == ["meerdere_problemen"]


def test_without_it_the_check_goes_on_and_the_assumption_is_listed() -> None:
    answer = ask(**WW, personen=POOR)
    assert len(answer.conclusies) == len(PAKKET.besluiten)
    assert "geen-meerdere-problemen" in [entry.id for entry in answer.uitgangspunten]


# A05-01, A07-01, A11-01, A12-01, A12-03, A15-01: a quota never decides


def test_a_quota_never_decides_about_one_household() -> None:
    rules = PAKKET.besluiten["vrije-toewijzingsruimte"].regels
    assert {rule.dan for rule in rules} <= {"voorleggen", "niet_van_toepassing", "geen_regels"}
    for who in (WW, WC, WW_ZOEKT, WC_ZOEKT):
        for persons in (POOR, RICH):
            answer = ask(**who, personen=persons, zoekprofiel=True, woning={"kaleHuur": 650.0, "energielabel": "E"})
            for found in answer.conclusies:
                if found.uitkomst in ("ja", "nee"):
                    assert [q for q in ("75%", "15%", "30%", "statushouder", "quotum") if q in said(found)] == []


def test_over_the_limit_there_is_room_but_no_right() -> None:
    found = ask(**WW_ZOEKT, personen=RICH).conclusie("vrije-toewijzingsruimte")
    assert (found.uitkomst, found.waarden["maximumPercentage"]) == ("voorleggen", 15)
    assert "geen recht" in found.tekst


# B2-03: the glossary is not followed where the law differs


def test_two_persons_have_the_low_limit() -> None:
    persons = [*POOR, {"rol": "partner", "geboortedatum": "1981-01-01", "inkomen": 0}]
    home = {"kaleHuur": 713.02, "zelfstandig": True}
    found = ask(**WW_ZOEKT, personen=persons, woning=home).conclusie("passende-huur")
    assert float(found.waarden["huurgrens"]) == 713.02  # type: ignore[arg-type]


# the command


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "service.opdracht.commando", "regels", "dekking", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_the_command_prints_a_row_for_every_statement_and_the_counts() -> None:
    done = run()
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.split("\t")[0] for line in lines if "\t" in line][1:] == IDS
    assert lines[-1].split() == ["101", "bepalingen"]


def test_the_command_gives_the_same_as_json() -> None:
    (slice_,) = json.loads(run("--json").stdout)
    assert [statement["id"] for statement in slice_["bepalingen"]] == IDS
    assert sum(slice_["perSoort"].values()) == slice_["aantal"] == 101
    assert slice_["perSoort"]["quotum"] == len(QUOTA)
    deal = next(statement for statement in slice_["bepalingen"] if statement["id"] == "A07-01")
    assert deal["cijfers"] == [
        {"naam": "vrije_ruimte", "label": "Hoogste vrije ruimte", "waarde": 15, "eenheid": "procent"}
    ]
