"""The proof: that it says of every household what ``uitleg`` says, that it holds, and that it finds what is wrong."""

import random
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
import z3

from regels.bron import uit_map
from regels.lezers.bewijs import BEWEZEN, BUITEN, ONBEWEZEN, WEERLEGD, Bevinding, Bewijsverslag, Bewijzer
from regels.lezers.bewijs.beweringen import van_stelling
from regels.lezers.bewijs.feiten import LEEFTIJD, Feiten, Geval, gevallen
from regels.lezers.bewijs.stelling import Stelling, Verloop, lees
from regels.lezers.bewijs.stellingen import STELLINGEN
from regels.lezers.bewijs.symbolen import Symbool, bestaat, laatste_dag, orde, vast
from regels.lezers.bewijs.vensters import Tijd
from regels.lezers.bewijs.zoeken import ALLE
from regels.lezers.onbekend import Unknown
from regels.lezers.uitleg import Compiler
from service.opdracht.bewijs import bewijs
from tests.hulp import als_json
from tests.hulp.bewijs import beide
from tests.hulp.geladen import PAKKET, read
from tests.hulp.huishoudens import huishouden
from tests.hulp.regelsets import besluit, laad

SETS = Path(__file__).parents[2] / "regels" / "sets"
TESTS = Path(__file__).parent
YEARS = (2022, 2023, 2024, 2025, 2026)

# what Z3 does not show is held to these tests instead: (file, test)
GEDEKT = {
    "besluit": ("test_eigenschappen.py", "test_a_complete_household_has_exactly_one_answer_to_every_decision"),
    "stelling": ("test_bewijs.py", "test_every_claim_about_amounts_holds_for_random_households"),
}


@pytest.mark.vooraan(1)
def test_every_decision_and_every_amount_is_proven_for_all_years() -> None:
    """One test, because the whole proof takes minutes: it must not be done in two processes.

    Whichever of this test and `make check` comes first keeps what was proven for the other.
    """
    verslag = bewijs(PAKKET)
    against = [(one.id, one.venster, one.huishouden) for one in verslag.met(WEERLEGD)]
    assert against == []
    assert {one.id for one in verslag.met(BEWEZEN)} >= set(PAKKET.besluiten)
    _every_rule_applies_to_somebody(verslag)
    _what_is_not_proven_has_a_test(verslag)
    _what_is_not_in_force_is_told(verslag)


def _every_rule_applies_to_somebody(verslag: Bewijsverslag) -> None:
    assert verslag.nooit == []
    open_ = [(one.id, name) for one in verslag.bevindingen for name, state in one.regels if state == ONBEWEZEN]
    assert open_ == []
    # the limits of the income of 2027 do not exist yet, so what needs them waits in the round of 1 January 2027
    assert ("huurverlaging-na-inkomensdaling", "gedaald-tot-laag") in {item[:2] for item in verslag.hier_niet}
    assert {window.split("; ")[-1] for _, _, window in verslag.hier_niet} == {"ronde 2027-01-01"}


def _what_is_not_proven_has_a_test(verslag: Bewijsverslag) -> None:
    for one in verslag.met(ONBEWEZEN) + [one for one in verslag.met(BEWEZEN) if one.hoe != ALLE]:
        file, test = GEDEKT["besluit" if one.id in PAKKET.besluiten else "stelling"]
        assert f"def {test}(" in (TESTS / file).read_text(encoding="utf-8"), one.id
    assert verslag.met(ONBEWEZEN) == [], "zet in docs/ontwerp.md wat er niet lukt"


def _what_is_not_in_force_is_told(verslag: Bewijsverslag) -> None:
    outside = {one.id: one for one in verslag.met(BUITEN)}
    assert "niets in werking" in outside["fixteam"].hoe
    assert "2025-12-31" in outside["fixteam"].venster


def test_every_claim_names_only_what_the_rules_have() -> None:
    regels = PAKKET
    assert all(list(van_stelling(regels, stelling)) for stelling in STELLINGEN)
    assert len({stelling.id for stelling in STELLINGEN}) == len(STELLINGEN)


def test_the_proof_reaches_every_figure_there_is() -> None:
    days = Tijd(PAKKET).stukken
    assert days[0][0] == min(day for day, _ in days) and days[-1][1] == max(day for _, day in days)
    assert [name for name, series in PAKKET.cijfers.items() if series[-1].venster.vanaf > days[-1][1]] == []


# the same as uitleg


def _households(count: int, *, compleet: bool = True) -> list[dict[str, Any]]:
    return [huishouden(random.Random(seed), compleet=compleet, jaar=YEARS[seed % len(YEARS)]) for seed in range(count)]


def _decided(term: Any) -> bool:
    simple = z3.simplify(term)
    assert z3.is_true(simple) or z3.is_false(simple), simple
    return bool(z3.is_true(simple))


@pytest.mark.parametrize("compleet", [True, False])
def test_the_rules_mean_to_z3_what_they_mean_to_uitleg(compleet: bool) -> None:
    regels = PAKKET
    for question in _households(7, compleet=compleet):
        writer, state, stand = beide(regels, question)
        compiler = Compiler(stand)
        for one in regels.besluiten.values():
            for regel in () if stand.gat(one) else stand.regels_van(one):
                value = compiler.compile(regel.als, one.datum)(state)[0]
                symbol = writer.vertaal(regel.als, one.datum)
                assert _decided(symbol.bekend) == (value.__class__ is not Unknown), (one.id, regel.naam)
                if value.__class__ is not Unknown:
                    assert _decided(symbol.term) is value, (one.id, regel.naam)


def test_every_household_that_can_be_asked_about_is_within_the_proof() -> None:
    """The domains and what hangs together are no narrower than what ``regels.vraag`` takes."""
    for question in _households(40):
        writer, _, _ = beide(PAKKET, question)
        for name in ("contract_vanaf", "laatste_verhoging", "soort", "peildatum"):
            writer.feiten.veld(name)
        for person in range(writer.feiten.personen):
            writer.feiten.veld("geboortedatum", person)
        assert all(_decided(term) for term in writer.feiten._bewoners()), question


def test_the_proof_looks_at_no_day_that_cannot_be_asked_about() -> None:
    """A household that it gives as an example is one that somebody can type."""
    year = (date(2026, 1, 1), date(2026, 12, 31))
    feiten = Feiten(PAKKET, (year,), date(2026, 7, 1), Geval("", frozenset()))
    day, solver = feiten.veld("peildatum"), z3.Solver()
    solver.add(*feiten.domein)
    for first_or_last in year:
        assert solver.check(orde(day) == orde(vast(first_or_last))) == z3.sat
    for outside in (orde(day) < orde(vast(year[0])), orde(day) > orde(vast(year[1]))):
        assert solver.check(outside) == z3.unsat


def test_a_decision_may_only_wait_where_an_age_or_a_figure_can_be_missing() -> None:
    assert [one.open for one in gevallen(frozenset({"kale_huur"}))] == [False]
    assert [one.open for one in gevallen(frozenset({LEEFTIJD}))] == [False, True]
    assert [one.open for one in gevallen(frozenset({"kale_huur"}), andere_dag=True)] == [False, True]
    assert [one.open for one in gevallen(frozenset({LEEFTIJD}), ruimste=True)] == [True]


@pytest.mark.parametrize("year", [2023, 2024, 2100])
def test_the_calendar_of_the_proof_is_the_calendar(year: int) -> None:
    for month in range(1, 13):
        last = (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days
        assert z3.simplify(laatste_dag(z3.IntVal(year), z3.IntVal(month))).as_long() == last
        over = Symbool((z3.IntVal(year), z3.IntVal(month), z3.IntVal(last + 1)))
        assert not _decided(bestaat(over))
    days = [
        Symbool(tuple(map(z3.IntVal, part))) for part in ((2023, 12, 31), (2024, 1, 1), (2024, 1, 31), (2024, 2, 1))
    ]
    order = [z3.simplify(orde(day)).as_long() for day in days]
    assert order == sorted(set(order))


# the amounts, without Z3: this covers what Z3 cannot show


def _claims() -> list[Stelling]:
    return [one for one in STELLINGEN if isinstance(one, Stelling) and not one.waarden_van and not one.per_persoon]


def test_every_claim_about_amounts_holds_for_random_households() -> None:
    regels, checked = PAKKET, 0
    trees = [(one, lees(regels, one.als), lees(regels, one.dan)) for one in _claims()]
    for question in _households(150):
        _, state, stand = beide(regels, question)
        compiler = Compiler(stand)
        for one, condition, claim in trees:
            if compiler.compile(condition, one.datum)(state)[0] is True:
                value = compiler.compile(claim, one.datum)(state)[0]
                assert value is not False, (one.id, question)
                checked += value is True
    assert checked > 150 * len(trees) / 3


def test_of_one_decision_the_claims_on_what_it_shows_and_uses_are_looked_at_too() -> None:
    prover = Bewijzer(PAKKET)
    about = prover.over("bezwaar-huurverhoging")
    assert {"nieuwe-huur-niet-boven-het-hoogste", "hogere-categorie-nooit-lager"} <= set(about)
    assert "toeslag-niet-boven-de-rekenhuur" not in about
    assert "getoonde-zorgtoeslag-is-de-berekende" in prover.over("zorgtoeslag")
    assert prover.over("huurklasse") == [] == prover.over("niets")
    assert prover.aantal("bezwaar-huurverhoging") == len(about) + 1
    (first, *_) = prover.delen("kinderbijslag")
    assert {one.id for one in first} == {"kinderbijslag-niet-negatief"}


RESIDENTS = (("huurder", 40), ("partner", 40), ("kind", 10), ("kind", 10))


def _moved(stand: Any, what: Verloop) -> Any:
    """What computes the amount of this claim, for a household that is given later."""
    compiler = Compiler(stand)
    compute = compiler.compile(lees(stand.regels, what.wat, verwacht=None), what.datum)
    return lambda facts, persons: compute(compiler.layout.state(facts, persons))[0]


@pytest.mark.parametrize("year", YEARS)
def test_a_higher_income_never_gives_more_huurtoeslag(year: int) -> None:
    """Every thousand euros up to where nothing is left, and the euro over each: with the quadratic formula too."""
    regels = PAKKET
    what = next(one for one in STELLINGEN if isinstance(one, Verloop) and one.id == "maandbedrag-volgt-jaarbedrag")
    for persons in (1, 2, 4):
        question = {
            "peildatum": f"{year}-03-01", "soort": "huurder", "vermogen": 0,
            "personen": [{"rol": role, "leeftijd": age, "inkomen": 0} for role, age in RESIDENTS[:persons]],
            "woning": {"kaleHuur": 620.0, "zelfstandig": True, "servicekosten": 0},
        }  # fmt: skip
        facts, people = read(question).feiten()
        stand = beide(regels, question)[2]
        amount, last = _moved(stand, what), None
        for income in sorted({base + extra for base in range(0, 60_001, 500) for extra in (0, 1)}):
            first = {**people[0], "inkomen_opgave": type(people[0]["inkomen_opgave"])(income)}
            paid = amount(facts, (first, *people[1:]))
            assert last is None or paid <= last, (persons, income)
            last = paid
        assert last == 0


def test_a_higher_income_is_proven_to_give_no_more_zorgtoeslag_on_all_days_of_the_year_together() -> None:
    prover = Bewijzer(PAKKET, date(2026, 1, 1), date(2026, 12, 31))
    assert len(Tijd(PAKKET, date(2026, 1, 1), date(2026, 12, 31)).stukken) > 1
    for claim in ("zonder-toeslagpartner-daalt-met-inkomen", "afronden-houdt-de-volgorde"):
        (found,) = prover.stelling(f"zorgtoeslag-{claim}")
        assert (found.uitslag, found.venster) == (BEWEZEN, "2026-01-01 t/m 2026-12-31")


# what is wrong is found


def _one(folder: Path, *regels: tuple[str, str, str]) -> list[Bevinding]:
    loaded = laad(folder, regels=besluit(*regels))
    return Bewijzer(loaded, date(2026, 1, 1), date(2026, 12, 31)).besluit(loaded.besluiten["proef"])


def test_a_gap_gives_the_household_that_falls_into_it(tmp_path: Path) -> None:
    found = _one(tmp_path, ("a", "inkomen < grens", "ja"), ("b", "inkomen > grens", "nee"))[0]
    assert found.uitslag == WEERLEGD
    assert "Inkomen: €\N{NO-BREAK SPACE}1.000" in found.huishouden
    assert yaml.safe_load(found.voorbeeld)["vraag"]["inkomen"] == 1000


def test_an_overlap_gives_a_household_with_two_answers(tmp_path: Path) -> None:
    found = _one(tmp_path, ("a", "inkomen <= grens", "ja"), ("b", "inkomen >= grens", "nee"))[0]
    assert found.uitslag == WEERLEGD
    assert yaml.safe_load(found.voorbeeld)["vraag"]["inkomen"] == 1000


def test_a_gap_that_needs_two_residents_is_found(tmp_path: Path) -> None:
    found = _one(
        tmp_path,
        ("a", "enige(personen met rol = kind en loon > 10) en inkomen <= grens", "ja"),
        ("b", "niet enige(personen met rol = kind en loon > 10) en inkomen <= grens", "ja"),
        ("c", "inkomen > grens en niet enige(personen met rol = kind en loon > 20)", "ja"),
    )[0]
    assert found.uitslag == WEERLEGD
    people = yaml.safe_load(found.voorbeeld)["vraag"]["personen"]
    assert any(person["rol"] == "kind" and person["loon"] > 20 for person in people)


def test_a_rule_that_applies_to_nobody_is_told(tmp_path: Path) -> None:
    rules = (
        ("a", "inkomen <= grens", "ja"),
        ("b", "inkomen > grens", "nee"),
        ("c", "inkomen > grens en inkomen < grens", "nee"),
    )
    verslag = Bewijsverslag(tuple(_one(tmp_path, *rules)))
    assert verslag.nooit == [("proef", "c")]
    assert not verslag.klopt


def test_an_amount_that_goes_wrong_gives_a_household_that_can_be_asked_about(tmp_path: Path) -> None:
    folder = tmp_path / "sets"
    shutil.copytree(SETS, folder)
    path = folder / "landelijk" / "huurverhoging.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("dan huur_voor_ronde\n      anders als past", "dan wws_maximum\n      anders als past")
    )
    prover = Bewijzer(uit_map(folder), date(2026, 1, 1), date(2026, 12, 31))
    found = prover.stelling("nieuwe-huur-niet-onder-de-oude")
    assert [one.uitslag for one in found] == [WEERLEGD] * 2, "een ronde op 1 januari en een op 1 juli"
    for one in found:
        question = yaml.safe_load(one.voorbeeld)["vraag"]
        read(als_json(question))  # raises VraagFout when it is no question


# kept


def test_only_the_changed_decision_is_proven_again(tmp_path: Path) -> None:
    kept: dict[str, str] = {}
    chosen = ("daeb-doelgroep", "primaire-doelgroep", "huurklasse", "efg-ontzien")

    def again(folder: Path) -> set[str]:
        regels = uit_map(folder)
        prover = Bewijzer(regels, bewaard=kept)
        found = [one for name in chosen for one in prover.besluit(regels.besluiten[name])]
        assert {one.uitslag for one in found} <= {BEWEZEN, BUITEN}
        return {one.id for one in found if one.uitslag == BEWEZEN and not one.bewaard}

    folder = tmp_path / "sets"
    shutil.copytree(SETS, folder)
    assert again(folder) == set(chosen)
    assert again(folder) == set()
    figures = folder / "landelijk" / "2026.yaml"
    figures.write_text(figures.read_text(encoding="utf-8").replace("waarde: 498.20\n", "waarde: 498.30\n", 1))
    assert again(folder) == {"huurklasse"}
    policy = folder / "wetland-wonen" / "beleid" / "2026.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "C, D], krijgt: gewoon" in text
    moved = text.replace("C, D], krijgt: gewoon", "C], krijgt: gewoon").replace(
        "[E, F, G], krijgt", "[D, E, F, G], krijgt"
    )
    policy.write_text(moved, encoding="utf-8")
    assert again(folder) == {"efg-ontzien"}


def test_what_was_refuted_is_never_kept(tmp_path: Path) -> None:
    loaded = laad(tmp_path, regels=besluit(("a", "inkomen < grens", "ja"), ("b", "inkomen > grens", "nee")))
    kept: dict[str, str] = {}
    for _ in range(2):
        prover = Bewijzer(loaded, date(2026, 1, 1), date(2026, 12, 31), bewaard=kept)
        assert prover.besluit(loaded.besluiten["proef"])[0].uitslag == WEERLEGD
    assert kept == {}
