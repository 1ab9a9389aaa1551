"""All rules that may still apply come out the same: that is the outcome, and what differs between them is asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regels.eensgezind import BLIJFT, voor_lezers
from regels.lezers.rete import Rete
from regels.regelset import Regelset
from regels.toets import LezersVerschil, _Answer
from regels.uitslag import Conclusie, Uitslag
from tests.hulp.regelsets import PEILDATUM, TEKSTEN, besluit, laad, programma, stand


@pytest.fixture(scope="module")
def regels(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    return laad(
        tmp_path_factory.mktemp("eens"),
        regels=besluit(
            ("hoog", "open en inkomen > grens", "nee"),
            ("laag", "open en inkomen <= grens", "nee"),
            ("dicht", "niet open", "ja"),
            waarden='{meer: "inkomen + 1", vast: "grens"}',
        ),
    )


def uitslag(regels: Regelset, given: Mapping[str, Any]) -> Uitslag:
    facts, persons = stand(given)
    days = {"peildatum": PEILDATUM, "rondedatum": date(2026, 7, 1)}
    return _Answer(programma(regels), days | dict(facts), persons, None, None).build()


def zegt(regels: Regelset, given: Mapping[str, Any]) -> Conclusie:
    return uitslag(regels, given).conclusies[0]


def test_what_all_open_rules_say_is_the_outcome_and_names_them(regels: Regelset) -> None:
    said = zegt(regels, {"open": True})
    assert (said.uitkomst, said.regel) == ("nee", ["hoog", "laag"])
    assert BLIJFT in said.tekst
    assert said.zekerheid is not None


def test_a_value_is_shown_where_it_is_the_same_and_else_its_fact_is_asked(regels: Regelset) -> None:
    said = zegt(regels, {"open": True})
    assert said.waarden == {"vast": 1000}
    assert said.onvolledig
    assert [gap.veld for gap in said.ontbreekt] == ["/inkomen"]
    whole = zegt(regels, {"open": True, "inkomen": 5})
    assert (whole.regel, whole.onvolledig, whole.ontbreekt) == (["laag"], False, [])


def test_the_tenant_reads_all_that_may_be_said_of_it(tmp_path: Path) -> None:
    texts = TEKSTEN + "  huurder: {ja: Ja., nee: Nee.}\n"
    rules = besluit(
        ("hoog", "open en inkomen > grens", "nee"),
        ("laag", "open en inkomen <= grens", "nee"),
        ("dicht", "niet open", "ja"),
    )
    made = laad(tmp_path, regels=rules, teksten=texts + "  per_regel: {hoog: Te veel., laag: Te weinig.}\n")
    assert made.teksten.huurder(zegt(made, {"open": True})) == (
        "Een van deze dingen geldt voor u. Te veel. Of: Te weinig."
    )
    assert made.teksten.huurder(zegt(made, {"open": True, "inkomen": 5})) == "Te weinig."
    alike = laad(tmp_path / "gelijk", regels=rules, teksten=texts)
    assert alike.teksten.huurder(zegt(alike, {"open": True})) == "Nee."


@pytest.mark.parametrize(
    ("last", "shown"),
    [("Laag.", f"Hoog. Of: Laag. {BLIJFT}"), ("Laag, {inkomen}.", BLIJFT), ("Hoog.", f"Hoog. {BLIJFT}")],
)
def test_a_reader_sees_the_sentences_that_need_no_value(tmp_path: Path, last: str, shown: str) -> None:
    rules = besluit(
        ("hoog", "open en inkomen > grens", "nee"),
        ("laag", "open en inkomen <= grens", "nee"),
        ("dicht", "niet open", "ja"),
    )
    first, *others = rules.split("Zo is het.")
    made = laad(tmp_path, regels=f"{first}Hoog.{others[0]}'{last}'{others[1]}Zo is het.{others[2]}")
    answer = uitslag(made, {"open": True})
    (found,) = voor_lezers(made, answer).conclusies
    assert found.tekst == shown
    assert found.redenen[0].tekst in (shown, "Daarom.")


def test_rules_that_differ_leave_it_unknown(regels: Regelset) -> None:
    said = zegt(regels, {"inkomen": 5})
    assert (said.uitkomst, said.regel, said.onvolledig) == ("onbekend", [], False)


def test_rules_of_the_first_format_stay_unknown(regels: Regelset) -> None:
    old = replace(regels, eerste_formaat=True)
    said = zegt(old, {"open": True})
    assert (said.uitkomst, said.ontbreekt[0].veld) == ("onbekend", "/inkomen")


def test_what_can_only_say_ja_says_it_by_its_values(tmp_path: Path) -> None:
    rules = besluit(("hoog", "inkomen > grens", "ja"), ("laag", "inkomen <= grens", "ja"))
    assert zegt(laad(tmp_path, regels=rules), {}).uitkomst == "onbekend"


def test_a_reader_that_knows_of_other_open_rules_stops_the_answer(
    regels: Regelset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rete, "refuted", lambda *_: frozenset())
    with pytest.raises(LezersVerschil):
        zegt(regels, {"open": True})


def test_what_waits_for_a_figure_that_does_not_exist_stays_unknown(tmp_path: Path) -> None:
    rules = besluit(
        ("hoog", "open en inkomen > op(dag, grens)", "nee"),
        ("laag", "open en inkomen <= op(dag, grens)", "nee"),
        ("dicht", "niet open", "ja"),
    )
    made = laad(tmp_path, regels=rules)
    assert zegt(made, {"open": True, "inkomen": 5, "dag": date(2020, 1, 1)}).uitkomst == "onbekend"
    assert zegt(made, {"open": True, "inkomen": 5}).uitkomst == "nee"
