"""The rent increase in its exceptions: each with its neighbours, and the computation by hand."""

import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regels.uitslag import Conclusie, Uitslag
from regels.vraag import VraagFout
from tests.hulp.geladen import read, toets
from tests.hulp.huishoudens import huishouden

WETTELIJK, IAH, BEZWAAR = "huurverhoging-wettelijk", "inkomensafhankelijke-huurverhoging", "bezwaar-huurverhoging"
BEZWAAR_INKOMEN, VERLAGING, BRIEF = "bezwaar-inkomen-vorig-jaar", "eenmalige-huurverlaging", "huurverhoging-aanzegging"
HUURDER = {"rol": "huurder", "geboortedatum": "1970-02-03", "inkomen": 30000}


def antwoord(woning: dict[str, Any] | None = None, **more: Any) -> Uitslag:
    """A tenant of a corporation with a rent of 600 and points for 1.100, and what is told otherwise."""
    dwelling = {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 1100} | (woning or {})
    base = {"peildatum": "2026-05-10", "soort": "huurder", "verhuurder": "andere-corporatie", "personen": [HUURDER]}
    return toets(read(base | {"inkomenscategorie": "geen"} | more | {"woning": dwelling}))


def conclusie(besluit: str, woning: dict[str, Any] | None = None, **more: Any) -> Conclusie:
    return antwoord(woning, **more).conclusie(besluit)


def woorden(found: Conclusie) -> str:
    return " ".join([found.tekst, *(reason.tekst for reason in found.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


def voor_de_huurder(found: Conclusie) -> str:
    return " ".join(step.huurder for step in found.vervolg)


# once in twelve months


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [
        (None, "nee"), ("jaarlijks", "nee"), ("woningverbetering", "ja"), ("einde_korting", "ja"),
        ("nieuw_contract", "ja"), ("ander", "ja"),
    ],
)  # fmt: skip
def test_only_a_yearly_increase_stops_the_next_for_twelve_months(reason: str | None, outcome: str) -> None:
    raised = {"laatsteVerhoging": "2026-02-01"} | ({"redenLaatsteVerhoging": reason} if reason else {})
    assert conclusie(WETTELIJK, raised).uitkomst == outcome
    objection = conclusie(BEZWAAR, raised | {"voorgesteldeHuur": 624.60, "aangezegdOp": "2026-04-10"})
    assert objection.uitkomst == ("ja" if outcome == "nee" else "nee")


@pytest.mark.parametrize(("raised", "outcome"), [("2025-07-01", "ja"), ("2025-07-02", "nee")])
def test_a_yearly_increase_of_exactly_twelve_months_ago_does_not_stop_it(raised: str, outcome: str) -> None:
    assert conclusie(WETTELIJK, {"laatsteVerhoging": raised}).uitkomst == outcome


# another day than 1 July


@pytest.mark.parametrize(
    ("start", "rent", "round_"),
    [
        ("2026-06-30", "630.00", 2025),  # 600 x 1,050
        ("2026-07-01", "624.60", 2026),  # 600 x 1,041
        ("2027-01-01", "624.60", 2026),
        ("2027-06-30", "624.60", 2026),
    ],
)
def test_the_day_that_is_proposed_decides_the_percentage_and_the_round(start: str, rent: str, round_: int) -> None:
    found = antwoord({"ingangsdatumVoorstel": start})
    assert found.huurronde == round_
    assert found.conclusie(WETTELIJK).waarden["maximaleHuur"] == Decimal(rent)
    assert found.conclusie(WETTELIJK).waarden["ingangsdatum"] == date.fromisoformat(start)


@pytest.mark.parametrize(
    ("round_", "start", "refused"),
    [
        (2026, "2026-06-30", True), (2026, "2026-07-01", False), (2026, "2027-06-30", False),
        (2026, "2027-07-01", True),
    ],
)  # fmt: skip
def test_the_day_lies_in_the_round_that_was_chosen(round_: int, start: str, refused: bool) -> None:
    if not refused:
        assert antwoord({"ingangsdatumVoorstel": start}, huurronde=round_).huurronde == round_
        return
    with pytest.raises(VraagFout) as error:
        antwoord({"ingangsdatumVoorstel": start}, huurronde=round_)
    (fault,) = error.value.fouten
    assert fault.veld == "/woning/ingangsdatumVoorstel"
    assert "1 juli 2026 tot en met 30 juni 2027" in fault.tekst


@pytest.mark.parametrize(
    ("start", "letter", "outcome"),
    [
        ("2026-07-01", "2026-04-30", "ja"), ("2026-07-01", "2026-05-01", "nee"),
        ("2026-09-01", "2026-06-30", "ja"), ("2026-09-01", "2026-07-01", "nee"),
        ("2027-02-15", "2026-12-14", "ja"), ("2027-02-15", "2026-12-15", "nee"),
    ],
)  # fmt: skip
def test_the_letter_must_be_there_two_months_before_the_proposed_day(start: str, letter: str, outcome: str) -> None:
    found = conclusie(BRIEF, {"ingangsdatumVoorstel": start, "aangezegdOp": letter})
    assert found.uitkomst == outcome
    if outcome == "ja":  # the day of the letter is not the day on which it came
        assert "Kreeg u de brief pas op of na" in voor_de_huurder(found)


@pytest.mark.parametrize(("income", "outcome"), [(59504, "ja"), (59505, "nee")])
def test_the_income_limits_change_on_the_first_of_january(income: int, outcome: str) -> None:
    """UHW 10(2): 59.504 holds from 1 January 2026, although the percentage is that of 2025 until 30 June."""
    people = [HUURDER | {"inkomenT1": income}]
    dwelling = {"ingangsdatumVoorstel": "2026-02-01"}
    found = conclusie(BEZWAAR_INKOMEN, dwelling, peildatum="2026-01-10", personen=people, inkomenscategorie="midden")
    assert found.uitkomst == outcome


def test_a_limit_that_is_not_known_yet_is_no_answer_for_the_year_before() -> None:
    found = antwoord({"ingangsdatumVoorstel": "2027-02-01"}, inkomenscategorie="midden")
    assert found.conclusie(IAH).waarden["maximum"] == 50
    assert "hoger dan €" not in woorden(found.conclusie(IAH))
    assert found.conclusie(BEZWAAR_INKOMEN).uitkomst == "voorleggen"


def test_a_contract_of_a_few_weeks_may_see_one_increase_but_the_letter_could_not_be_in_time() -> None:
    found = conclusie(WETTELIJK, {"contractVanaf": "2026-05-02"})
    assert found.uitkomst == "ja"
    assert "Vraag uw adviseur of dit voorstel wel op tijd kon zijn" in voor_de_huurder(found)
    assert "op tijd kon zijn" not in voor_de_huurder(conclusie(WETTELIJK, {"contractVanaf": "2026-05-01"}))


# regulated or not

GRENZEN = [
    ("1994-07-01", "437.33"), ("2010-12-31", "647.53"), ("2011-01-01", "652.52"), ("2014-05-01", "699.48"),
    ("2018-12-31", "710.68"), ("2021-12-31", "752.33"), ("2022-01-01", "763.47"), ("2023-06-01", "808.06"),
    ("2024-06-30", "879.66"), ("2024-07-01", "879.66"), ("2025-01-01", "900.07"), ("2026-02-01", "932.93"),
]  # fmt: skip


@pytest.mark.parametrize(("began", "limit"), GRENZEN)
@pytest.mark.parametrize("landlord", ["andere-corporatie", "particulier"])
def test_a_start_rent_on_the_limit_of_its_day_is_regulated_and_a_cent_above_it_is_not(
    began: str, limit: str, landlord: str
) -> None:
    for cents, outcome in ((-1, "ja"), (0, "ja"), (1, "niet_van_toepassing")):
        rent = float(Decimal(limit) + Decimal(cents) / 100)
        # what is paid now is no lower, for since 1 July 2024 a rent that was lowered below the limit is regulated again
        dwelling = {"contractVanaf": began, "huurBijAanvang": rent, "kaleHuur": rent}
        assert conclusie(WETTELIJK, dwelling, verhuurder=landlord).uitkomst == outcome, rent


@pytest.mark.parametrize(("began", "limit"), GRENZEN)
@pytest.mark.parametrize("landlord", ["andere-corporatie", "particulier"])
def test_a_rent_that_was_lowered_below_the_limit_of_its_first_day_is_regulated_again(
    began: str, limit: str, landlord: str
) -> None:
    lowered = float(Decimal(limit) - Decimal("0.01"))
    dwelling = {"contractVanaf": began, "huurBijAanvang": float(limit) + 2, "kaleHuur": lowered}
    assert conclusie(WETTELIJK, dwelling, verhuurder=landlord).uitkomst == "ja"


@pytest.mark.parametrize(("start", "outcome"), [("2024-06-30", "niet_van_toepassing"), ("2024-07-01", "ja")])
def test_a_lowered_rent_is_regulated_again_only_from_1_july_2024(start: str, outcome: str) -> None:
    dwelling = {"contractVanaf": "2018-05-01", "huurBijAanvang": 800, "kaleHuur": 600, "ingangsdatumVoorstel": start}
    assert conclusie(WETTELIJK, dwelling, peildatum="2024-05-10").uitkomst == outcome


@pytest.mark.parametrize(
    ("began", "built", "outcome"),
    [
        ("1989-06-30", None, "ja"), ("1993-05-01", True, "ja"), ("1993-05-01", False, "niet_van_toepassing"),
        ("1993-05-01", None, "onbekend"), ("1994-06-30", None, "onbekend"), ("1994-07-01", True, "niet_van_toepassing"),
    ],
)  # fmt: skip
def test_an_old_contract_in_an_old_home_is_always_regulated(began: str, built: bool | None, outcome: str) -> None:
    dwelling = {"contractVanaf": began, "huurBijAanvang": 900} | (
        {} if built is None else {"gereedVoorJuli1989": built}
    )
    found = conclusie(WETTELIJK, dwelling)
    assert found.uitkomst == outcome
    if outcome == "onbekend":
        assert "/woning/gereedVoorJuli1989" in [missing.veld for missing in found.ontbreekt]


@pytest.mark.parametrize("kind", [{"zelfstandig": False}, {"woonwagen": True}])
def test_a_room_and_a_caravan_are_regulated_whatever_is_said(kind: dict[str, bool]) -> None:
    dwelling = kind | {"kaleHuur": 960, "huurBijAanvang": 900, "contractVanaf": "2023-02-01", "gereguleerd": False}
    found = conclusie(WETTELIJK, dwelling, verhuurder="particulier")
    assert (found.uitkomst, found.waarden["maximaleHuur"]) == ("ja", Decimal("999.36"))  # 960 x 1,041


@pytest.mark.parametrize(("rent", "named"), [(879.67, True), (1157.95, True), (1157.96, False)])
def test_between_the_social_limit_and_its_own_top_a_contract_is_middenhuur(rent: float, named: bool) -> None:
    found = conclusie(WETTELIJK, {"contractVanaf": "2024-07-01", "huurBijAanvang": rent, "kaleHuur": rent})
    assert found.uitkomst == "niet_van_toepassing"
    assert ("Zo'n contract is middenhuur" in woorden(found)) is named
    assert ("144 tot en met 186 punten" in voor_de_huurder(found)) is not named


def test_an_older_free_contract_is_told_of_its_highest_percentage_not_of_middenhuur() -> None:
    said = voor_de_huurder(conclusie(WETTELIJK, {"contractVanaf": "2024-06-30", "gereguleerd": False}))
    assert "144 tot en met 186 punten" not in said
    assert "binnen vier maanden na de verhoging naar de Huurcommissie" in said


def test_a_free_rent_above_the_points_says_what_the_tenant_can_do() -> None:
    dwelling = {"gereguleerd": False, "wwsMaximum": 500}
    new, old = ({"contractVanaf": began} | dwelling for began in ("2024-07-01", "2024-06-30"))
    assert "U kunt uw verhuurder een lagere huur voorstellen" in voor_de_huurder(conclusie(WETTELIJK, new))
    assert "Vraag de Huurcommissie of uw huur omlaag kan" in voor_de_huurder(conclusie(WETTELIJK, old))
    assert "lagere huur voorstellen" not in voor_de_huurder(conclusie(WETTELIJK, old))
    assert "omlaag" not in voor_de_huurder(conclusie(WETTELIJK, new | {"wwsMaximum": 600}))


@pytest.mark.parametrize(("today", "may"), [("2024-06-30", False), ("2024-07-01", True)])
def test_a_free_rent_above_the_points_can_come_down_only_since_1_july_2024(today: str, may: bool) -> None:
    dwelling = {"gereguleerd": False, "wwsMaximum": 500, "contractVanaf": "2020-05-01"}
    found = conclusie(WETTELIJK, dwelling | {"ingangsdatumVoorstel": "2024-07-01"}, peildatum=today)
    assert found.uitkomst == "niet_van_toepassing"
    assert ("of uw huur omlaag kan" in voor_de_huurder(found)) is may


# to a person first, never a ground that may be false


@pytest.mark.parametrize(
    ("what", "outcome", "rule"),
    [
        ({"allIn": True}, "voorleggen", "eerst-splitsen"),
        ({"tijdelijkeKorting": True}, "voorleggen", "einde-van-een-korting"),
        ({"tijdelijkeVerhuur": "leegstand"}, "voorleggen", "tijdelijke-verhuur"),
        ({"tijdelijkeVerhuur": "te_koop"}, "niet_van_toepassing", "huis-te-koop"),
        ({"huurverhogingsbeding": True}, "voorleggen", "beding-in-het-contract"),
        ({"tijdelijkeKorting": True, "gebrekenVastgesteld": True}, "nee", "geen-verhoging-toegestaan"),
        ({"tijdelijkeKorting": True, "wwsMaximum": 600}, "nee", "geen-verhoging-toegestaan"),
        ({"tijdelijkeKorting": True, "laatsteVerhoging": "2026-02-01"}, "voorleggen", "einde-van-een-korting"),
    ],
)
def test_what_the_yearly_rules_do_not_settle_goes_to_a_person(what: dict[str, Any], outcome: str, rule: str) -> None:
    answer = antwoord(what | {"voorgesteldeHuur": 900, "aangezegdOp": "2026-06-01"})
    found = answer.conclusie(WETTELIJK)
    assert (found.uitkomst, found.redenen[0].regel) == (outcome, rule)
    expected = {"niet_van_toepassing"} if rule in ("huis-te-koop", "beding-in-het-contract") else {"voorleggen"}
    assert answer.conclusie(BEZWAAR).uitkomst in ({"ja"} if "gebrekenVastgesteld" in what else expected)


# the increase by income


@pytest.mark.parametrize(
    ("what", "outcome", "most"),
    [
        ({}, "ja", 100), ({"wwsMaximum": 620}, "ja", 20), ({"wwsMaximum": 600}, "nee", None),
        ({"gebrekenVastgesteld": True}, "nee", None), ({"laatsteVerhoging": "2025-09-01"}, "nee", None),
    ],
)  # fmt: skip
def test_an_increase_by_income_goes_no_further_than_the_rent_may_rise(
    what: dict[str, Any], outcome: str, most: int | None
) -> None:
    people = [HUURDER | {"inkomenT1": 30000}]
    answer = antwoord(what, inkomenscategorie="hoog", personen=people)
    found = answer.conclusie(IAH)
    assert (found.uitkomst, found.waarden.get("maximum")) == (outcome, most)
    assert answer.conclusie(BEZWAAR_INKOMEN).uitkomst == ("ja" if outcome == "ja" else "niet_van_toepassing")


@pytest.mark.parametrize(("income", "outcome"), [(35677, "ja"), (35678, "nee")])
def test_of_a_resident_under_23_only_what_is_above_the_amount_of_the_round_counts(income: int, outcome: str) -> None:
    """60.000 + (35.677 - 26.819) = 68.858: precisely the limit of 2026. 26.819 is 12,96 x 2.069,40."""
    young = {"rol": "medebewoner", "geboortedatum": "2004-05-01", "inkomenT1": income}
    people = [HUURDER | {"inkomenT1": 60000}, young]
    found = conclusie(BEZWAAR_INKOMEN, personen=people, inkomenscategorie="midden")
    assert found.uitkomst == outcome


def test_a_subtenant_counts_with_his_income_and_that_is_said_to_be_uncertain() -> None:
    people = [HUURDER | {"inkomenT1": 60000}, {"rol": "onderhuurder", "geboortedatum": "1990-01-01", "inkomenT1": 8858}]
    found = conclusie(BEZWAAR_INKOMEN, personen=people, inkomenscategorie="midden")
    assert (found.uitkomst, found.zekerheid) == ("ja", "onbevestigd")  # 60.000 + 8.858 = 68.858
    people[1] = people[1] | {"inkomenT1": 8859}
    assert conclusie(BEZWAAR_INKOMEN, personen=people, inkomenscategorie="midden").uitkomst == "nee"
    assert conclusie(BEZWAAR_INKOMEN, personen=people[:1], inkomenscategorie="midden").zekerheid == "officieel"


def test_the_care_group_objects_with_proof_before_the_new_rent_starts() -> None:
    answer = antwoord(
        {"voorgesteldeHuur": 650, "aangezegdOp": "2026-04-10"}, zorggroep=True, inkomenscategorie="midden"
    )
    assert answer.conclusie(IAH).redenen[0].regel == "zorggroep"
    assert "vóór 1 juli 2026 bezwaar maken" in voor_de_huurder(answer.conclusie(IAH))
    assert answer.conclusie(BEZWAAR).uitkomst == "ja"
    assert "bewijs" in woorden(answer.conclusie(BEZWAAR))


@pytest.mark.parametrize(
    ("proposed", "income", "outcome"),
    [
        (650, 59504, "ja"),  # above 624,60 because of the income, which was not too high last year
        (650, 59505, "nee"),
        (624.60, 59504, "voorleggen"),  # no more than the ordinary increase: only the letter tells its ground
        (624.60, 59505, "nee"),
        (650.01, 59505, "ja"),  # above the highest rent
    ],
)
def test_no_ground_is_said_only_when_the_income_is_none_either(proposed: float, income: int, outcome: str) -> None:
    dwelling = {"voorgesteldeHuur": proposed, "aangezegdOp": "2026-04-10"}
    people = [HUURDER | {"inkomenT1": income}]
    assert conclusie(BEZWAAR, dwelling, personen=people, inkomenscategorie="midden").uitkomst == outcome


def test_conclusions_of_one_answer_do_not_contradict_each_other() -> None:
    rng, seen = random.Random(12), set()
    for _ in range(1_000):
        question = huishouden(rng, compleet=rng.random() < 0.7) | {"meerdereProblemen": False}
        answer = toets(read(question), besluiten=(WETTELIJK, IAH, BEZWAAR, BEZWAAR_INKOMEN))
        found = {one.id: one.uitkomst for one in answer.conclusies}
        pairs = {(WETTELIJK, found[WETTELIJK]), (IAH, found[IAH]), (BEZWAAR, found[BEZWAAR])}
        seen |= pairs | {(BEZWAAR_INKOMEN, found[BEZWAAR_INKOMEN])}
        assert not (found[WETTELIJK] in ("nee", "niet_van_toepassing") and found[IAH] == "ja")
        assert not (found[IAH] != "ja" and found[BEZWAAR_INKOMEN] == "ja")
        assert not (found[BEZWAAR] == "nee" and found[BEZWAAR_INKOMEN] == "ja")
        assert not (found[WETTELIJK] == "niet_van_toepassing" and found[BEZWAAR] in ("ja", "nee", "voorleggen"))
    assert seen >= {(WETTELIJK, "nee"), (IAH, "ja"), (BEZWAAR, "nee"), (BEZWAAR_INKOMEN, "ja")}


# what a tenant can do, and until when


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-06-30", "vóór 1 juli 2026 bezwaar maken"), ("2026-07-01", "vóór 1 november 2026 naar de Huurcommissie"),
        ("2026-10-31", "vóór 1 november 2026 naar de Huurcommissie"), ("2026-11-01", ""),
    ],
)  # fmt: skip
def test_the_terms_follow_the_day_of_the_question(day: str, said: str) -> None:
    dwelling = {"huurVoorRonde": 600, "voorgesteldeHuur": 700, "aangezegdOp": "2026-04-10"}
    found = conclusie(BEZWAAR, dwelling, peildatum=day)
    assert found.uitkomst == "ja"
    assert said in voor_de_huurder(found)
    assert bool(voor_de_huurder(found)) is bool(said)


def test_a_rent_above_the_points_can_be_lowered_by_a_proposal() -> None:
    assert "U kunt een lagere huur voorstellen" in voor_de_huurder(conclusie(WETTELIJK, {"wwsMaximum": 590}))
    assert "lagere huur" not in voor_de_huurder(conclusie(WETTELIJK, {"wwsMaximum": 600}))


@pytest.mark.parametrize(("labelled", "expired"), [("2016-07-01", True), ("2016-07-02", False)])
def test_a_label_of_ten_years_has_expired(labelled: str, expired: bool) -> None:
    found = conclusie(WETTELIJK, {"energielabel": "D", "labelDatum": labelled})
    assert ("niet meer geldig" in voor_de_huurder(found)) is expired


def test_woonconcept_told_an_average_that_is_never_computed_with() -> None:
    answer = antwoord({"huurVoorRonde": 600}, verhuurder="woonconcept", peildatum="2024-08-01")
    found = answer.conclusie("huurverhoging-beleid")
    assert (found.uitkomst, found.waarden["gemiddelde"]) == ("voorleggen", Decimal("5.3"))
    assert "nieuweHuur" not in found.waarden
    assert "niet bekend" in found.tekst
    assert answer.conclusie(WETTELIJK).waarden["maximaleHuur"] == Decimal("634.80")  # 600 x 1,058


# the lowering of 2023 and 2024


def verlaging(day: str, *, huur: float = 650, woning: dict[str, Any] | None = None, **more: Any) -> Conclusie:
    dwelling = {"kaleHuur": huur, "contractVanaf": "2018-01-01"} | (woning or {})
    return conclusie(VERLAGING, dwelling, peildatum=day, **more)


def inkomens(now: int, two_years_ago: int | None = None) -> dict[str, Any]:
    past = {} if two_years_ago is None else {"inkomenT2": two_years_ago}
    return {"personen": [HUURDER | {"inkomen": now} | past]}


@pytest.mark.parametrize(
    ("day", "income", "outcome"),
    [
        ("2023-05-10", 23250, "ja"),  # the half is 11.625
        ("2023-05-10", 23252, "nee"),  # 11.626
        ("2024-05-10", 24840, "ja"),  # 12.420
        ("2024-05-10", 24842, "nee"),
        ("2024-12-30", 24840, "ja"),
        ("2024-12-31", 24840, "niet_van_toepassing"),  # closed, not without rules: the request had to be there before
    ],
)
def test_on_request_half_a_year_of_income_is_held_against_60_percent(day: str, income: int, outcome: str) -> None:
    found = verlaging(day, **inkomens(income, 90000))
    assert found.uitkomst == outcome


def test_a_halved_income_is_an_assumption_in_view_and_a_real_half_year_wins() -> None:
    half = antwoord({"kaleHuur": 650, "contractVanaf": "2018-01-01"}, peildatum="2024-05-10", **inkomens(24000))
    assert "helft-van-het-jaarinkomen" in [taken.id for taken in half.uitgangspunten]
    assert half.conclusie(VERLAGING).waarden["inkomen"] == 12000
    assert verlaging("2024-05-10", **inkomens(24000), inkomenHalfjaar=12420.01).uitkomst == "nee"
    assert verlaging("2024-05-10", **inkomens(90000), inkomenHalfjaar=12420).uitkomst == "ja"


@pytest.mark.parametrize(("rent", "outcome"), [(577.90, "nee"), (577.91, "nee"), (577.92, "ja")])
def test_in_2024_the_rent_must_be_above_the_target_of_2024(rent: float, outcome: str) -> None:
    assert verlaging("2024-05-10", huur=rent, **inkomens(20000)).uitkomst == outcome


@pytest.mark.parametrize(("began", "outcome"), [("2023-03-01", "ja"), ("2023-03-02", "nee")])
def test_who_came_after_1_march_2023_is_too_late(began: str, outcome: str) -> None:
    assert verlaging("2024-05-10", woning={"contractVanaf": began}, **inkomens(20000)).uitkomst == outcome


@pytest.mark.parametrize(
    ("day", "of_2021", "home", "outcome"),
    [
        ("2023-05-10", 23250, {}, "ja"), ("2023-05-10", 23251, {}, "nee"),
        ("2023-05-10", 23250, {"woonwagen": True}, "nee"),  # of a caravan only on request
        ("2023-07-13", 23250, {}, "ja"), ("2023-07-14", 23250, {}, "voorleggen"),  # six weeks after 1 June
        ("2024-05-10", 23250, {}, "nee"),  # then it is not the income of 2021
    ],
)  # fmt: skip
def test_the_corporation_had_to_act_by_itself_on_the_income_of_2021(
    day: str, of_2021: int, home: dict[str, bool], outcome: str
) -> None:
    assert verlaging(day, woning=home, **inkomens(30000, of_2021)).uitkomst == outcome
