"""Energy funds by day, help with debts, and where a household is sent: the day before, the first and the last day."""

from typing import Any

import pytest

from regels.uitslag import Conclusie
from tests.hulp.geladen import PAKKET, read, toets

ALLEEN = [{"rol": "huurder", "geboortedatum": "1980-05-01", "inkomen": 16000}]
R46 = {
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": ALLEEN,
    "vermogen": 5000,
    "woning": {"kaleHuur": 600.0, "zelfstandig": True},
}


def answer(id: str, dag: str, **facts: Any) -> Conclusie:
    return toets(read({"peildatum": dag, **facts})).conclusie(id)


def said(c: Conclusie) -> str:
    return " ".join([c.tekst, *(reden.tekst for reden in c.redenen)]).replace("\N{NO-BREAK SPACE}", " ")


def steps(c: Conclusie) -> str:
    return " ".join(f"{step.tekst} {step.huurder}" for step in c.vervolg)


OPENINGS = [("2023-02-07", "2023-05-05"), ("2024-01-30", "2024-03-20"), ("2025-04-22", "2025-04-30")]
CLOSED = [
    "2022-01-01",
    "2023-02-06",
    "2023-05-06",
    "2024-01-29",
    "2024-03-21",
    "2025-04-21",
    "2025-05-01",
    "2026-11-26",
]


@pytest.mark.parametrize("dag", [day for opening in OPENINGS for day in opening])
@pytest.mark.parametrize("facts", [{}, R46], ids=["niets", "alles"])
def test_the_energy_fund_can_be_asked_on_each_day_it_was_open(dag: str, facts: dict[str, Any]) -> None:
    found = answer("noodfonds-energie", dag, **facts)
    assert found.uitkomst == "voorleggen"
    assert "is" in found.tekst and "open" in found.tekst
    (step,) = found.vervolg
    assert step.voor is not None and step.voor.isoformat() > dag
    assert "nu aanvragen" in (step.huurder or "")


@pytest.mark.parametrize("dag", CLOSED)
def test_the_energy_fund_sends_nobody_on_a_day_it_was_closed(dag: str) -> None:
    for facts in ({}, R46):
        found = answer("noodfonds-energie", dag, **facts)
        assert found.uitkomst == "niet_van_toepassing"
        assert "aanvragen" not in steps(found)


@pytest.mark.parametrize(
    ("dag", "words"),
    [
        ("2023-03-01", ("200%", "€ 2.980", "€ 3.794", "10%", "13%")),
        ("2024-02-15", ("200%", "€ 3.200", "€ 4.480", "8%", "10%")),
        ("2025-04-25", ("200%", "€ 3.400", "€ 4.740", "8%", "10%")),
    ],
)
def test_each_opening_had_limits_of_its_own(dag: str, words: tuple[str, ...]) -> None:
    found = answer("noodfonds-energie", dag, **R46)
    assert [word for word in words if word not in said(found)] == []
    assert found.zekerheid == "secundair"


@pytest.mark.parametrize(
    ("dag", "outcome"),
    [
        ("2022-01-01", "niet_van_toepassing"),
        ("2025-06-29", "niet_van_toepassing"),
        ("2025-06-30", "niet_van_toepassing"),
        ("2026-09-30", "niet_van_toepassing"),
        ("2026-10-01", "geen_regels"),
        ("2026-12-31", "geen_regels"),
        ("2027-06-30", "geen_regels"),
    ],
)
def test_the_successor_is_never_said_to_be_open(dag: str, outcome: str) -> None:
    found = answer("publiek-energiefonds", dag, **R46)
    assert found.uitkomst == outcome
    assert ("Kijk" in steps(found)) == (outcome == "geen_regels")


@pytest.mark.parametrize("dag", ["2022-01-01", "2024-12-31", "2025-01-01", "2026-06-01", "2027-06-30"])
def test_help_with_debts_and_the_geldloket_are_there_on_every_day(dag: str) -> None:
    behind = {"soort": "huurder", "verhuurder": "particulier", "huurachterstand": True}
    for facts in ({}, R46, behind):
        assert answer("schuldhulpverlening", dag, **facts).uitkomst == "voorleggen"
        desk = answer("geldloket", dag, gemeente="steenwijkerland", **facts)
        assert desk.uitkomst == "voorleggen"
        assert "14 0521" in steps(desk)


def test_debts_are_a_task_of_every_municipality() -> None:
    found = answer("schuldhulpverlening", "2026-06-01", gemeente="andere-gemeente", personen=ALLEEN)
    assert found.uitkomst == "voorleggen"
    assert "vier weken" in said(found) and "drie werkdagen" in said(found)
    assert "14 0521" not in steps(found)


@pytest.mark.parametrize(("behind", "told"), [(True, True), (False, False), (None, False)])
def test_an_offer_after_a_report_is_told_to_who_is_behind_with_the_rent(behind: bool | None, told: bool) -> None:
    facts = {} if behind is None else {"huurachterstand": behind}
    assert ("biedt zij uit zichzelf" in said(answer("schuldhulpverlening", "2026-06-01", **facts))) is told


def test_vroegsignalering_sends_to_what_the_same_answer_offers() -> None:
    rules = {rule.naam: rule for rule in PAKKET.besluiten["vroegsignalering"].regels}
    sent = {name for step in rules["achterstand"].vervolg for name in step.naar}
    assert sent == {"geldloket", "schuldhulpverlening"}
    found = toets(read({"peildatum": "2026-06-01", **R46, "huurachterstand": True}))
    assert {found.conclusie(id).uitkomst for id in ("vroegsignalering", *sent)} == {"voorleggen"}


@pytest.mark.parametrize(
    ("verhuurder", "dag", "told"),
    [
        ("particulier", "2026-06-01", False),  # R56
        ("andere-corporatie", "2026-06-01", False),
        (None, "2026-06-01", False),
        ("wetland-wonen", "2022-12-31", False),
        ("wetland-wonen", "2023-01-01", True),
        ("woonconcept", "2026-06-01", True),
    ],
)
def test_what_the_corporations_strive_for_is_told_to_their_own_tenants(
    verhuurder: str | None, dag: str, told: bool
) -> None:
    facts = {**R46, "verhuurder": verhuurder, "huurachterstand": True, "gemeente": "steenwijkerland"}
    found = answer("vroegsignalering", dag, **{key: value for key, value in facts.items() if value is not None})
    assert found.uitkomst == "voorleggen"
    assert ("streven" in said(found)) is told


@pytest.mark.parametrize(("verhuurder", "told"), [("particulier", False), ("woonconcept", True), (None, True)])
def test_a_private_tenant_reads_of_the_gebiedsteam_without_corporations(verhuurder: str | None, told: bool) -> None:
    facts = {} if verhuurder is None else {"verhuurder": verhuurder}
    found = answer("gebiedsteam", "2026-06-01", gemeente="steenwijkerland", **facts)
    assert ("corporaties" in said(found)) is told
    assert "de politie samen" in said(found)
