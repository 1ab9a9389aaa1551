"""A sum of which a part is unknown lies between two ends: what both ends agree on is known, in every reader."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from regels.lezers.kolommen.graph import Graph
from regels.lezers.kolommen.lower import Lowering
from regels.lezers.onbekend import Unknown
from regels.regelset import Regelset
from regels.stand import Stand
from tests.hulp.regelsets import PEILDATUM, besluit, laad, programma, stand

TWEE = ({"rol": "huurder", "loon": 1500}, {"rol": "kind"})
RIJK = "  samen: {label: Samen, eenheid: euro per jaar, formule: som(loon van personen) + inkomen, bron: wet}\n"
RIJK += "  kinderen: {label: Kinderen, eenheid: personen, formule: aantal(personen met rol = kind), bron: wet}\n"


@pytest.fixture(scope="module")
def regels(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    rules = (
        ("hoog", "samen > grens", "nee"),
        ("laag", "samen <= grens", "ja"),
        ("twee", "kinderen > 1", "ja"),
        ("geteld", "aantal(personen met rol = kind) >= 0", "ja"),
    )
    return laad(tmp_path_factory.mktemp("einden"), regels=besluit(*rules, grootheden=RIJK))


def known(regels: Regelset, given: Mapping[str, Any], persons: tuple[Mapping[str, Any], ...]) -> dict[str, str]:
    """Of each rule what both readers know: it holds, it does not, or it waits."""
    made = programma(regels)
    state = made.state(*stand(given, persons))
    (klaar,) = made.besluiten
    true, _, _, open_ = klaar.gelden(state)
    names = {rule.regel.naam: "nee" for rule in klaar.regels}
    names |= {rule.regel.naam: "ja" for rule in true} | {rule.regel.naam: "?" for rule in open_}
    assert made.rete.fired(state, "proef") == {name for name, said in names.items() if said == "ja"}
    assert made.rete.refuted(state, "proef") == {name for name, said in names.items() if said == "nee"}
    return names


def test_what_is_known_of_a_sum_can_be_enough(regels: Regelset) -> None:
    said = known(regels, {}, TWEE)
    assert (said["hoog"], said["laag"]) == ("ja", "nee")


def test_a_sum_that_may_lie_on_both_sides_waits(regels: Regelset) -> None:
    said = known(regels, {}, ({"rol": "huurder", "loon": 500}, {"rol": "kind"}))
    assert (said["hoog"], said["laag"]) == ("?", "?")


def test_of_residents_who_may_count_none_and_all_are_counted(regels: Regelset) -> None:
    assert known(regels, {}, ({"rol": "kind"}, {"rol": "kind"}, {}))["twee"] == "ja"
    assert known(regels, {}, ({"rol": "kind"}, {"rol": "huurder"}, {}))["twee"] == "?"
    assert known(regels, {}, ({}, {"rol": "huurder"}))["twee"] == "nee"


def test_what_asks_whether_it_is_known_who_counts_still_does(regels: Regelset) -> None:
    assert known(regels, {}, ({},))["geteld"] == "?"
    assert known(regels, {}, ({"rol": "kind"},))["geteld"] == "ja"


def test_with_nobody_named_nothing_is_known(regels: Regelset) -> None:
    assert set(known(regels, {}, ()).values()) == {"?"}


def test_rules_of_the_first_format_look_at_no_ends(regels: Regelset) -> None:
    assert known(replace(regels, eerste_formaat=True), {}, TWEE)["hoog"] == "?"


def test_a_sum_itself_stays_unknown(regels: Regelset) -> None:
    made = programma(regels)
    state = made.state(*stand({}, TWEE))
    (find,) = made.compiler.made("samen")
    assert isinstance(find(state, 0), Unknown)


def test_a_table_looks_at_the_same_ends(regels: Regelset) -> None:
    made = Stand(regels, PEILDATUM, date(PEILDATUM.year, 7, 1))
    lowering = Lowering(made, Graph(), frozenset({"personen", "p1_loon", "p2_loon", "inkomen"}), 2)
    rule = made.regels_van(regels.besluiten["proef"])[0]
    assert lowering.node(rule.als, "peildatum").op == "coalesce"
    plain = Stand(regels, PEILDATUM, date(PEILDATUM.year, 7, 1), einden=False)
    assert plain.regels_van(regels.besluiten["proef"])[0].als == regels.besluiten["proef"].regels[0].als
    assert Decimal(1000) == plain.cijfer("grens", "peildatum").waarde  # type: ignore[union-attr]
