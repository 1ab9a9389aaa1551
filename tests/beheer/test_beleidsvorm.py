"""The form of a landlord's decision and the policy file: the same, both ways, for every policy that there is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from regels.bestanden import RegelsetError
from regels.bron import pakketbestanden
from regels.laden import load
from regels.regelset import Regelset
from regels.toets import toets
from service.beheer.beheerfouten import Ingehaald
from service.beheer.beleidsbestand import line_by_line, put_in, read_plain, same
from service.beheer.beleidsgezinnen import uitkomsten
from service.beheer.beleidsinvoer import Ingevuld, fill_in, open_, put, rondes, with_history
from service.beheer.beleidskeuring import Beleidskeuring
from service.beheer.beleidsrijen import change_rows
from service.beheer.beleidsvakken import Plat, Vormlezing, as_list
from service.beheer.beleidsvorm import BELEID
from tests.hulp.beleidsbesluit import besluit_getypt
from tests.hulp.beleidsets import laad
from tests.hulp.geladen import PAKKET as HET_PAKKET

POLICIES = Path(__file__).parents[1] / "regels/beleid"
PUBLIEK = sorted(POLICIES.glob("*/*.yaml"))
assert PUBLIEK
PAKKET = pakketbestanden()
EIGEN = sorted(name for name in PAKKET if "/beleid/" in name)
RONDE_2026 = [name for name in EIGEN if name.endswith("/2026.yaml")]
KEURING = Beleidskeuring()


def typed(content: bytes) -> tuple[dict[str, Plat], dict[str, str]]:
    plain = read_plain(content, "beleid.yaml")
    assert isinstance(plain, dict)
    return plain, BELEID.typ(plain, "")


def meaning(plain: Plat) -> Plat:
    """What a file says, where the order of words makes no difference."""
    if isinstance(plain, dict):
        return {
            key: sorted(as_list(value), key=str) if key in ("is", "voor", "treft", "inkomen") else meaning(value)
            for key, value in plain.items()
        }
    return [meaning(one) for one in plain] if isinstance(plain, list) else plain


@pytest.mark.parametrize("path", PUBLIEK, ids=lambda path: path.stem)
def test_every_public_policy_can_be_entered_and_means_the_same(path: Path) -> None:
    plain, form = typed(path.read_bytes())
    assert replace(opened(RONDE_2026[0]), plat=plain).volledig
    reading = Vormlezing(form, streng=False)
    found = BELEID.lees(reading, "", (), True)
    assert reading.fouten == {} and isinstance(found, dict)
    assert same(meaning(read_plain(put_in(b"", path.name, found), path.name)), meaning(plain))


@pytest.mark.parametrize("name", EIGEN)
def test_a_policy_that_nobody_changed_stays_byte_for_byte(name: str) -> None:
    stuk = opened(name)
    made = fill_in(PAKKET, stuk, stuk.getypt)
    assert made.bestanden == {name: PAKKET[name]}


def opened(name: str, bestanden: Mapping[str, bytes] | None = None) -> Any:
    landlord, _, file = name.split("/")
    return open_(bestanden or PAKKET, PAKKET, landlord, int(file.removesuffix(".yaml")))


def entered(name: str, **changed: str) -> tuple[Ingevuld, Regelset | None, dict[str, str]]:
    return _entered(name, tuple(changed.items()))


@cache
def _entered(name: str, changed: tuple[tuple[str, str], ...]) -> tuple[Ingevuld, Regelset | None, dict[str, str]]:
    stuk = opened(name)
    form = besluit_getypt(stuk) | dict(changed)
    made = fill_in(PAKKET, stuk, {key: value for key, value in form.items() if value})
    tried = KEURING.keur({**PAKKET, **made.bestanden}, name, made.plat, made.waar)
    return made, tried.regels, {**tried.fouten, **made.fouten}


@pytest.mark.parametrize("name", RONDE_2026)
def test_with_the_decision_the_tenant_hears_an_amount(name: str) -> None:
    landlord = name.partition("/")[0]
    asked = {"peildatum": "2026-07-01", "huurronde": 2026, "soort": "huurder", "verhuurder": landlord,
             "inkomenscategorie": "laag", "woning": {"kaleHuur": 655.12, "wwsMaximum": 812.40, "zelfstandig": True,
             "energielabel": "C", "contractVanaf": "2015-03-01", "labelKloptNiet": False}}  # fmt: skip
    before = HET_PAKKET
    _, after, faults = entered(name)
    assert faults == {} and after is not None
    outcomes = [toets(rules.vraag(asked), rules).conclusie("huurverhoging-beleid") for rules in (before, after)]
    assert [one.uitkomst for one in outcomes] == ["besluit_ontbreekt", "ja"]
    # VERZONNEN: 3,2% of 655.12 is 20.963..., and a rent is never rounded up
    assert outcomes[1].waarden["nieuweHuur"] == Decimal("676.08")
    assert any("was dit een voornemen" in reason.tekst for reason in outcomes[1].redenen)


@pytest.mark.parametrize("name", RONDE_2026)
def test_what_it_was_before_is_kept_with_its_day_and_its_source(name: str) -> None:
    was = read_plain(PAKKET[name], name)
    now = read_plain(entered(name)[0].bestanden[name], name)
    assert isinstance(was, dict) and isinstance(now, dict)
    assert same(now["geschiedenis"], [{"status": "voornemen", "op": "2026-02-12", "bron": was["bron"]}])


def test_a_decision_asks_since_when_it_was_an_intention() -> None:
    assert "geschiedenis.0.op" in entered(RONDE_2026[0], **{"geschiedenis.0.op": ""})[2]


def test_what_was_published_of_a_round_cannot_be_taken_away() -> None:
    name = RONDE_2026[0]
    made, _, _ = entered(name)
    published = {**PAKKET, **made.bestanden}
    landlord = name.partition("/")[0]
    stuk = open_(published, published, landlord, 2026)
    changed = change_rows(stuk.getypt, "weg:geschiedenis.0")
    assert "geschiedenis" in fill_in(published, stuk, changed).fouten


@pytest.mark.parametrize("line", [b"personen: {boven: 2}", b"personen: {vanaf: 3}"])
def test_more_than_two_people_is_three_or_more(line: bytes) -> None:
    form = typed(b"onderdelen:\n  - tot:\n      - grens: streefhuur\n        " + line + b"\n")[1]
    assert form["onderdelen.0.tot.0.personen.vanaf"] == "3"


def test_a_file_that_says_more_than_the_form_can_show_is_not_written_over() -> None:
    name = RONDE_2026[0]
    hidden = {**PAKKET, name: PAKKET[name].replace(b"basis: onbekend", b"basis: onbekend\n    geheim: 3")}
    stuk = opened(name, hidden)
    assert not stuk.volledig and "status" in fill_in(hidden, stuk, stuk.getypt).fouten
    assert all(opened(one).volledig for one in EIGEN)


def test_every_open_question_is_asked_of_a_decision_and_none_is_answered_beforehand() -> None:
    stuk = open_(PAKKET, PAKKET, RONDE_2026[0].partition("/")[0], 2027)
    assert {value for name, value in stuk.getypt.items() if not name.endswith(".er")} == set()
    found = fill_in(PAKKET, stuk, {**stuk.getypt, "status": "vastgesteld"}).fouten
    part = "onderdelen.0"
    assert {"ingangsdatum", "bron.0.w", "zekerheid", f"{part}.basis.soort", f"{part}.laag_bedrag.soort",
            f"{part}.iah.soort", f"{part}.energielabel.soort", f"{part}.afronding.soort"} <= found.keys()  # fmt: skip
    label = {**stuk.getypt, "status": "vastgesteld", f"{part}.energielabel.soort": "efg"}
    more = fill_in(PAKKET, stuk, label).fouten
    asked = ("slecht.soort", "zonder.soort", "peildatum.soort", "stopt_iah", "stopt_laag_bedrag")
    assert {f"{part}.energielabel.efg.{name}" for name in asked} <= more.keys()


def test_of_homes_outside_the_social_sector_the_law_knows_no_low_amount_and_none_is_asked() -> None:
    stuk = open_(PAKKET, PAKKET, RONDE_2026[0].partition("/")[0], 2027)
    form = {**stuk.getypt, "status": "vastgesteld"}
    for kind, asked in (("vrije_sector", False), ("sociaal", True)):
        found = fill_in(PAKKET, stuk, {**form, f"onderdelen.0.voor.{kind}": "ja"}).fouten
        assert ("onderdelen.0.iah.soort" in found, "onderdelen.0.basis.soort" in found) == (asked, True)


def test_a_sentence_that_is_taken_away_is_all_that_goes_from_the_file() -> None:
    name = next(
        one for one in RONDE_2026 if b"Een voornemen is geen besluit" in PAKKET[one] and b"als: ener" in PAKKET[one]
    )
    stuk = opened(name)
    made = fill_in(PAKKET, stuk, change_rows(stuk.getypt, "weg:toelichting.0")).bestanden[name].decode().splitlines()
    gone = [line for line in PAKKET[name].decode().splitlines() if line not in made]
    assert len(gone) == 1 and gone[0].endswith("Een voornemen is geen besluit.")


def test_a_new_source_never_takes_the_name_of_one_that_is_there() -> None:
    stuk = opened(RONDE_2026[0])
    there = next(iter(stuk.bronnen))
    made = fill_in(PAKKET, stuk, besluit_getypt(stuk) | {"nieuwe_bron.titel": there.replace("-", " ")})
    assert isinstance(made.plat["bron"], list) and made.plat["bron"][0] == f"{there}-2"


def test_an_intention_may_leave_questions_open() -> None:
    stuk = open_(PAKKET, PAKKET, RONDE_2026[0].partition("/")[0], 2027)
    form = {**stuk.getypt, "status": "voornemen", "bron.0.w": "jaarschijf-2026-8"}
    assert fill_in(PAKKET, stuk, form).fouten == {}


FOUT = [
    ({"onderdelen.0.basis.procent": "4,2"}, "onderdelen.0.basis.procent", "4,2% is meer dan de wet toelaat"),
    ({"onderdelen.0.basis.procent": "3,2 euro"}, "onderdelen.0.basis.procent", "als getal"),
    ({"onderdelen.0.iah.per_inkomen.hoog.bedrag": "101"}, "onderdelen.0.iah.per_inkomen.hoog.bedrag", "101,00"),
    ({"besloten_op": ""}, "besloten_op", "'besloten_op' ontbreekt"),
    ({"besloten_op": "31-2-2026"}, "besloten_op", "28 dagen"),
    ({"ingangsdatum": "1-7-2027"}, "ingangsdatum", "ronde"),
    ({"bron.0.w": "nieuw", "nieuwe_bron.titel": ""}, "nieuwe_bron.titel", "Vul dit in"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "at", "says"), FOUT, ids=lambda value: str(value)[:40])
def test_a_fault_is_told_at_its_field(changed: dict[str, str], at: str, says: str) -> None:
    faults = entered(RONDE_2026[0], **changed)[2]
    assert says in faults[at], faults


def test_a_condition_that_cannot_be_read_is_told_at_its_field() -> None:
    at = "onderdelen.0.uitzonderingen.0"
    more = {f"{at}.er": "1", f"{at}.als.soort": "zelf", f"{at}.als.zelf": "regenboog", f"{at}.treft.alles": "ja",
            f"{at}.gevolg.soort": "geen", f"{at}.tekst": "Regen."}  # fmt: skip
    assert "'regenboog'" in entered(RONDE_2026[0], **more)[2][f"{at}.als.zelf"]


def test_words_for_an_outcome_that_is_gone_are_told_and_taken_away_by_hand() -> None:
    name = next(one for one in RONDE_2026 if "ontziet-hoeveel-onbekend" in PAKKET[one].decode())
    at = "woorden.efg-ontzien.ontziet-hoeveel-onbekend"
    assert at in entered(name, **{at: ""})[2]
    made, regels, faults = entered(name, **{at: "ja"})
    assert faults == {} and regels is not None
    assert b"label-klopt-niet:" in made.bestanden[name] and b"hoeveel-onbekend" not in made.bestanden[name]


def test_comments_and_what_was_not_changed_stay_in_the_file() -> None:
    name = next(one for one in RONDE_2026 if b"# een label dat" in PAKKET[one])
    stuk = opened(name)
    made = fill_in(PAKKET, stuk, {**stuk.getypt, "besluit_voor": "30-4-2026"}).bestanden[name]
    assert made == PAKKET[name].replace(b"besluit_voor: 2026-03-31", b"besluit_voor: 2026-04-30")


def test_a_new_source_goes_in_the_file_of_the_landlord_and_leaves_the_others() -> None:
    made, regels, faults = entered(RONDE_2026[0])
    landlord = RONDE_2026[0].partition("/")[0]
    file = f"{landlord}/bronnen.yaml"
    assert faults == {} and regels is not None
    assert made.bestanden[file].startswith(PAKKET[file].rstrip(b"\n"))
    assert regels.bronnen["verzonnen-besluit"].vindplaats == "Verzonnen"


def test_a_decision_that_another_changed_meanwhile_is_not_overwritten() -> None:
    name = RONDE_2026[0]
    stuk = opened(name)
    theirs = {**PAKKET, name: PAKKET[name] + b"# anders\n"}
    with pytest.raises(Ingehaald):
        put(theirs, stuk, besluit_getypt(stuk), stuk.kenmerk)
    sources = f"{stuk.ronde.verhuurder}/bronnen.yaml"
    extra = {**PAKKET, sources: PAKKET[sources] + b"andere:\n  titel: A\n  url: b\n  datum: c\n  vindplaats: d\n"}
    whole = put(extra, stuk, besluit_getypt(stuk), stuk.kenmerk)
    assert b"andere:" in whole[sources] and b"verzonnen-besluit:" in whole[sources]


def test_a_late_decision_answers_from_its_own_day() -> None:
    """VERZONNEN: decided in August, paid from October; asked before, on and after that day."""
    late = {"besloten_op": "15-8-2026", "ingangsdatum": "1-10-2026"}
    _, regels, faults = entered(RONDE_2026[0], **late)
    assert faults == {} and regels is not None
    landlord = RONDE_2026[0].partition("/")[0]
    assert {one.uitkomst for one in uitkomsten(regels, landlord, 2026)} == {"ja"}
    for day in ("2026-07-02", "2026-09-30", "2026-10-01", "2026-12-01"):
        asked = {"peildatum": day, "huurronde": 2026, "soort": "huurder", "verhuurder": landlord,
                 "inkomenscategorie": "laag", "woning": {"huurVoorRonde": 600, "wwsMaximum": 800, "zelfstandig": True,
                 "energielabel": "C", "contractVanaf": "2015-03-01", "labelKloptNiet": False}}  # fmt: skip
        found = toets(regels.vraag(asked), regels).conclusie("huurverhoging-beleid")
        assert found.uitkomst == "ja" and found.waarden["ingangsdatum"] == date(2026, 10, 1)
        assert found.waarden["nieuweHuur"] == Decimal("619.20")
        assert any("1 oktober 2026" in reason.tekst for reason in found.redenen)


def test_made_up_households_say_what_each_would_pay_and_why() -> None:
    """VERZONNEN: 3,2%; midden 35 and hoog 70 euros; E, F and G nothing, also at a higher income."""
    name = RONDE_2026[0]
    _, regels, _ = entered(name)
    assert regels is not None
    found = uitkomsten(regels, name.partition("/")[0], 2026, Decimal(600), Decimal(800))
    shown = {(one.gezin.inkomen, one.gezin.label, one.gezin.bijzonder): (one.nieuw, one.grond) for one in found}
    assert shown[("laag", "C", "")] == (Decimal("619.20"), "percentage")
    assert shown[("midden", "C", "")] == (Decimal(635), "inkomensafhankelijk")
    assert shown[("hoog", "C", "")] == (Decimal(670), "inkomensafhankelijk")
    assert shown[("hoog", "G", "")] == (Decimal(600), "ontzien")
    assert shown[("laag", "C", "lage_huur")] == (Decimal(325), "laag-bedrag")
    assert shown[("laag", "G", "lage_huur")] == (Decimal(325), "laag-bedrag")
    assert all(one.omdat for one in found)


@pytest.mark.parametrize("name", ["openbaar/09-label-op-een-dag.2023.yaml", "verzonnen/alles-tegelijk.2026.yaml"])
def test_a_policy_has_households_with_an_amount_beside_it(name: str) -> None:
    path = POLICIES / name
    round_ = int(path.stem.rpartition(".")[2])
    found = uitkomsten(laad({round_: path.read_text(encoding="utf-8")}), "proef", round_)
    assert any(one.nieuw is not None for one in found)
    assert all(one.nieuw is None for one in found if one.uitkomst == "onbekend")


def test_a_row_that_goes_takes_its_own_answers_along_and_no_others() -> None:
    form = {
        "a.0.er": "1",
        "a.0.x": "een",
        "a.1.er": "1",
        "a.1.x": "twee",
        "a.2.er": "1",
        "a.2.x": "drie",
        "ab.1.x": "nee",
    }
    assert change_rows(form, "weg:a.1") == {
        "a.0.er": "1", "a.0.x": "een", "a.1.er": "1", "a.1.x": "drie", "ab.1.x": "nee",
    }  # fmt: skip
    assert change_rows(form, "erbij:a")["a.3.er"] == "1"


def test_the_lower_edge_of_a_stretch_is_the_upper_edge_of_the_row_before() -> None:
    at = "onderdelen.0.basis.tabel"
    rows = {f"{at}.naar.0": "huurprijs", f"{at}.rijen.0.er": "1", f"{at}.rijen.1.er": "1", f"{at}.rijen.0.rand": "tot",
            f"{at}.rijen.0.grens": "1.184,82", f"{at}.rijen.0.krijgt.soort": "geen",
            f"{at}.rijen.1.krijgt.soort": "procent", f"{at}.rijen.1.krijgt.procent": "2,5"}  # fmt: skip
    made, _, faults = entered(RONDE_2026[0], **{"onderdelen.0.basis.soort": "tabel"}, **rows)
    assert faults == {}
    assert same(made.plat["onderdelen"][0]["basis"]["tabel"]["rijen"], [  # type: ignore[call-overload,index]
        {"tot": "1184.82", "krijgt": "geen"}, {"vanaf": "1184.82", "krijgt": {"procent": "2.5"}},
    ])  # fmt: skip


def test_rounds_of_every_landlord_are_listed_with_the_next_one() -> None:
    found = {(one.verhuurder, one.ronde): one.status for one in rondes(PAKKET, PAKKET, 2026)}
    for name in RONDE_2026:
        landlord = name.partition("/")[0]
        assert found[(landlord, 2026)] == "voornemen" and found[(landlord, 2027)] == ""


def test_a_row_for_what_it_was_comes_when_the_kind_of_decision_changes() -> None:
    stuk = opened(RONDE_2026[0])
    assert with_history(stuk, stuk.getypt) == stuk.getypt
    changed = with_history(stuk, {**stuk.getypt, "status": "vastgesteld"})
    assert changed["geschiedenis.0.status"] == "voornemen" and "geschiedenis.0.op" not in changed


@pytest.mark.parametrize("path", PUBLIEK, ids=lambda path: path.stem)
def test_a_policy_line_by_line_says_the_same(path: Path) -> None:
    plain, _ = typed(path.read_bytes())
    text, places = line_by_line(plain)
    assert same(read_plain(text, path.name), plain) and len(places) == text.count(b"\n")


def test_a_draft_with_a_fault_elsewhere_says_where() -> None:
    name = RONDE_2026[0]
    stuk = opened(name)
    made = fill_in(PAKKET, stuk, stuk.getypt)
    broken = {**PAKKET, "landelijk/2026.yaml": b"a: [\n"}
    tried = KEURING.keur({**broken, **made.bestanden}, name, made.plat, made.waar)
    assert tried.regels is None and tried.fouten == {} and "landelijk/2026.yaml" in tried.elders[0]
    with pytest.raises(RegelsetError):
        load(broken.items())


@pytest.mark.parametrize(("naar", "row"), [("inkomen", 3), ("[]", {"is": ["laag"], "krijgt": "geen"})])
def test_a_table_that_is_not_right_yet_opens_with_what_can_be_shown(naar: str, row: Plat) -> None:
    content = f"onderdelen:\n- basis: {{tabel: {{naar: {naar}, rijen: [{json.dumps(row)}]}}}}\n"
    _, form = typed(content.encode())
    assert [name for name in form if ".rijen." in name] == ["onderdelen.0.basis.tabel.rijen.0.er"]


def test_what_is_short_is_written_on_one_line_and_every_row_on_its_own() -> None:
    rows: list[Plat] = [{"tot": "100", "krijgt": "geen"}, {"vanaf": "100", "krijgt": {"procent": "2.5"}}]
    made = put_in(b"", "beleid.yaml", {"iah": {"midden": "35", "hoog": "70"}, "tabel": {"rijen": rows}})
    assert made.decode() == (
        "iah: {midden: 35, hoog: 70}\n"
        "tabel:\n  rijen:\n    - {tot: 100, krijgt: geen}\n    - {vanaf: 100, krijgt: {procent: 2.5}}\n"
    )


def test_a_text_that_looks_like_a_number_or_a_day_stays_what_was_typed() -> None:
    source = {"bron": {"titel": "2026", "url": "https://voorbeeld.nl", "vindplaats": "4.10"}}
    made = put_in(b"", "bronnen.yaml", source)
    assert read_plain(made, "bronnen.yaml") == source
    other = {"bron": source["bron"] | {"vindplaats": "4.1"}}
    assert read_plain(put_in(made, "bronnen.yaml", other), "bronnen.yaml") == other
    no_day = {"besloten_op": "2026-02-30"}
    assert read_plain(put_in(b"", "beleid.yaml", no_day), "beleid.yaml") == no_day
