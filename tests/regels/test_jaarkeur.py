"""The figures of a new year, held against the law: what is known gives no stop, and a mistake is found."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import cycle

import pytest

from regels.bron import pakketbestanden
from regels.jaarwissel.invulgroepen import invulling
from regels.jaarwissel.jaarbestanden import lees
from regels.jaarwissel.jaarkennis import MELDT, kennis_van
from regels.jaarwissel.jaarkeur import keur, verwacht
from regels.jaarwissel.keurbevinding import MELDING, STOP, WAARSCHUWING, Keurbevinding
from regels.laden import load
from regels.nieuw import nieuw_jaar
from regels.regelset import Regelset
from regels.toets import toets
from tests.hulp.geladen import PAKKET as GELADEN
from tests.hulp.verzonnen import BRON, CIJFERS_2027, verzonnen_jaar

PAKKET = pakketbestanden()
TEKSTEN = {name: content.decode() for name, content in PAKKET.items()}
BRONNEN = {"landelijk/bronnen.yaml": (TEKSTEN["landelijk/bronnen.yaml"] + BRON).encode()}
VERZONNEN = (
    PAKKET | BRONNEN | {name: text.encode() for name, text in verzonnen_jaar(TEKSTEN, 2027, CIJFERS_2027).items()}
)
LEEG = PAKKET | {name: text.encode() for name, text in nieuw_jaar(TEKSTEN, 2027).items()}


def found(files: Mapping[str, bytes], soort: str = STOP, jaar: int | None = None) -> list[Keurbevinding]:
    return [one for one in keur(files, jaar) if one.soort == soort]


def planted(was: str, becomes: str, jaar: int = 2026) -> Mapping[str, bytes]:
    """The files, with a value of ``jaar`` typed otherwise; 2027 is the one that is made up."""
    files, name = (VERZONNEN, "landelijk/2027.yaml") if jaar == 2027 else (PAKKET, f"landelijk/{jaar}.yaml")
    text = files[name].decode()
    assert text.count(was) == 1
    return {**files, name: text.replace(was, becomes).encode()}


# a number that is no part of a date, and what becomes of it: times something, and a little more
NUMBER = re.compile(r"(?<![\d-])-?\d+(\.\d+)?(?![\d-])")
FACTORS = ("0.2", "1", "1.4", "3", "0.7", "1", "2", "0.4", "1.2", "5")


def times(number: str, factor: str) -> str:
    more = 0 if factor == "1" else 12 if factor == "5" else Decimal("0.5")
    return str(Decimal(number) * Decimal(factor) + more)


def far_off(text: str, turn: int) -> str:
    """A file of figures in which most numbers are others."""
    factors = cycle(FACTORS[turn:] + FACTORS[:turn])
    parts = re.split(r"(?m)^(    waarde:.*)$", text.replace("2029-01-01", "2028-01-01"))
    for place in range(1, len(parts), 2):
        parts[place] = NUMBER.sub(lambda number: times(number[0], next(factors)), parts[place])
    return "".join(parts)


def rules(kind: str, files: Mapping[str, bytes], jaar: int | None = None) -> set[str]:
    """The checks that found something of this kind."""
    return {one.code.split(":")[0] for one in found(files, kind, jaar)}


@pytest.mark.parametrize("jaar", range(2022, 2027))
def test_the_figures_of_the_years_that_are_known_give_no_stop(jaar: int) -> None:
    assert found(PAKKET, STOP, jaar) == []


def test_what_was_out_of_the_ordinary_in_the_last_years_is_a_warning() -> None:
    assert {(one.cijfer, one.code.split(":")[0]) for one in found(PAKKET, WAARSCHUWING, 2026)} == {
        ("jongeren_leeftijd", "anders"),
        ("normhuur_minimum", "normhuur-met-korting"),
    }
    assert {one.cijfer for one in found(PAKKET, WAARSCHUWING, 2025)} == {
        "inkomensijkpunt",
        "lage_huur_grens",
        "verlaging_normhuur",
    }


@pytest.mark.parametrize(
    ("was", "becomes", "figures"),
    [
        # a digit swapped
        ("eenpersoons: 51537", "eenpersoons: 51357", {"daeb_grens"}),
        ("waarde: 498.20", "waarde: 489.20", {"kwaliteitskortingsgrens", "aftoppingsgrens", "maximale_huurgrens"}),
        ("meerpersoons: 93531", "meerpersoons: 95331", {"iah_grens_hoog"}),
        ("waarde: 1.0805", "waarde: 1.0850", {"daeb_index_t2"}),
        ("partners: 76958", "partners: 76985", {"vermogensgrens"}),
        ("meerpersoons: 39925", "meerpersoons: 39952", {"passend_inkomensgrens"}),
        ("eenpersoons: 28775", "eenpersoons: 27875", {"passend_inkomensgrens_aow"}),
        # one of two factors
        ("{laag: 713.02, hoog: 764.14}", "{laag: 713.02, hoog: 768.14}", {"aftoppingsgrens"}),
        # two cells that changed places
        ("{laag: 713.02, hoog: 764.14}", "{laag: 764.14, hoog: 713.02}",
         {"aftoppingsgrens", "kwaliteitskortingsgrens", "daeb_huurgrens"}),
        # the figure of another year
        ("waarde: 26819", "waarde: 25070", {"iah_vrijstelling_jongere"}),
        ("waarde: 804", "waarde: 799", {"aow_vorig_jaar"}),
        ("maximum_percentage_vrij:\n    label: Hoogste huurverhoging vrije sector\n    waarde: 4.4",
         "maximum_percentage_vrij:\n    label: Hoogste huurverhoging vrije sector\n    waarde: 6.2",
         {"maximum_percentage_vrij"}),
        # no multiple of 25, no number, no source
        ("eenpersoons: 23425", "eenpersoons: 23426", {"inkomensijkpunt"}),
        ("waarde: 1228.07", "waarde: 1.228,07", {"middenhuur_grens"}),
        ("bron: middenhuur-2026", "bron: middenhuur-2062", {"middenhuur_grens"}),
        ("waarde: 2119", "waarde:", {"standaardpremie"}),
    ],
)  # fmt: skip
def test_a_planted_mistake_is_a_stop(was: str, becomes: str, figures: set[str]) -> None:
    assert {one.cijfer for one in found(planted(was, becomes), STOP, 2026)} == figures


def test_an_amount_that_the_law_itself_printed_wrong_is_found_by_the_year_after() -> None:
    # the law of 2025 had 35.784,56 for 35.874,56: up to 25 euro with 1.462 that is 37.250 instead of 37.350
    files = planted("{eenpersoons: 27775, meerpersoons: 37350}", "{eenpersoons: 27775, meerpersoons: 37250}", 2025)
    assert [(one.cijfer, one.cel) for one in found(files, STOP, 2026)] == [
        ("passend_inkomensgrens_aow", "meerpersoons")
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "check"),
    [
        ("waarde: 6218", "waarde: 8216", "factor"),
        ("waarde: 6218", "waarde: 6042", "zelfde"),
        ("waarde: {midden: 50, hoog: 100}", "waarde: {midden: 100, hoog: 50}", "verwisseld"),
        ("waarde: {midden: 50, hoog: 100}", "waarde: {midden: 50, hoog: 110}", "anders"),
        ("waarde: 28406", "waarde: 24806", "factor"),
        ("bron: standaardpremie-2026", "bron: standaardpremie-2024", "oude-bron"),
    ],
)
def test_what_is_out_of_the_ordinary_is_a_warning(was: str, becomes: str, check: str) -> None:
    assert check in rules(WAARSCHUWING, planted(was, becomes), 2026)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("53177", STOP), ("53178", WAARSCHUWING), ("53182", None), ("53186", WAARSCHUWING), ("53187", STOP)],
)
def test_the_rounding_of_the_index_is_no_stop(typed: str, kind: str | None) -> None:
    files = planted("eenpersoons: 53182", f"eenpersoons: {typed}", 2027)
    of = {one.soort for one in keur(files) if one.cijfer == "daeb_grens"}
    assert of == ({kind} if kind else set())


@pytest.mark.parametrize(("typed", "stops"), [("30250", 1), ("30275", 0), ("30300", 0), ("30325", 1)])
def test_an_amount_that_grows_from_before_its_rounding_has_two_outcomes(typed: str, stops: int) -> None:
    files = planted("eenpersoons: 30300", f"eenpersoons: {typed}", 2027)
    assert len(found(files)) == stops


@pytest.mark.parametrize(("typed", "warned"), [("0.9", True), ("1", False), ("7", False), ("7.1", True)])
def test_a_percentage_lies_between_limits_of_its_own(typed: str, warned: bool) -> None:
    files = planted("sociale huur\n    waarde: 3.8", f"sociale huur\n    waarde: {typed}", 2027)
    assert ("bereik" in rules(WAARSCHUWING, files)) is warned


def test_the_made_up_year_holds_to_the_law() -> None:
    assert found(VERZONNEN) == found(VERZONNEN, WAARSCHUWING) == []
    assert rules(MELDING, VERZONNEN) == {"index-t1-twee-lezingen-lezing", "laagste-basishuur"}


@pytest.mark.parametrize(
    ("typed", "kind", "said"),
    [
        ("1.0309", MELDING, "lezing van de wet: zoals tot nu toe"),
        ("1.0319", MELDING, "lezing van de wet: zoals tot nu toe"),
        ("1.0329", MELDING, "lezing van de wet: zoals tot nu toe"),
        ("1.0330", WAARSCHUWING, "Dat geeft 1,0319 of 1,0376"),
        ("1.0365", WAARSCHUWING, "op een duizendste na"),
        ("1.0376", MELDING, "lezing van de wet: naar de letter"),
        ("1.0350", WAARSCHUWING, "Dat geeft 1,0319 of 1,0376"),
    ],
)
def test_the_index_of_2027_has_two_readings(typed: str, kind: str, said: str) -> None:
    files = planted("waarde: 1.0319", f"waarde: {typed}", 2027)
    [index] = [one for one in keur(files) if one.cijfer == "daeb_index_t1"]
    assert index.soort == kind and said in index.zegt
    assert [one.waarde for one in index.verwacht] == [Decimal("1.0319"), Decimal("1.0376")]


def test_every_check_and_every_limit_finds_a_figure_that_is_far_off() -> None:
    files = lees(VERZONNEN)
    knowledge = kennis_van(files)
    wanted = {
        (check.naam, name)
        for name, checks in knowledge.controles.items()
        for check in checks
        if check.soort != MELDT and check.venster.bevat(date(2027, 1, 1))
    }
    wanted |= {(limit.van, name) for name, limits in knowledge.grenzen.items() for limit in limits}
    wanted |= {("anders", name) for name in knowledge.gelijk}
    assert len(wanted) > 50
    met = set()
    for turn in range(10):
        off = {name: far_off(VERZONNEN[name].decode(), turn).encode() for name in VERZONNEN if "/2027." in name}
        met |= {
            (one.code.split(":")[0].replace("bereik", "waarde"), one.cijfer)
            for one in keur({**VERZONNEN, **off})
            if one.soort != MELDING
        }
    asked = {figure.naam for group in invulling(VERZONNEN) for figure in group.cijfers}
    assert {(check, name) for check, name in wanted - met if name in asked} == set()


def test_the_lowest_basic_rent_is_told_to_be_compared() -> None:
    [told] = [one for one in found(PAKKET, MELDING, 2026) if one.cijfer == "normhuur_minimum"]
    assert [one.tekst for one in told.verwacht] == ["202.52", "200.71"]


def test_a_stop_says_what_the_law_gives_and_from_which_source() -> None:
    [stop] = found(planted("eenpersoons: 51537", "eenpersoons: 51357"), STOP, 2026)
    assert (stop.bestand, stop.groep, stop.cijfer, stop.cel) == (
        "landelijk/2026.yaml", "toewijzing", "daeb_grens", "eenpersoons",
    )  # fmt: skip
    [expected] = stop.verwacht
    assert (expected.waarde, expected.bron) == (Decimal(51537), ("btiv-16",))
    assert "is €\N{NO-BREAK SPACE}51.357." in stop.zegt and "Dat geeft €\N{NO-BREAK SPACE}51.537." in stop.zegt


def test_a_code_is_of_one_value_beside_what_it_was_compared_with() -> None:
    def code(files: Mapping[str, bytes]) -> str:
        return next(one.code for one in keur(files) if one.cijfer == "normhuur_minimum" and one.soort == WAARSCHUWING)

    first = code(planted("waarde: 261.33", "waarde: 262.33", 2027))
    assert first == code(planted("waarde: 261.33", "waarde: 262.33", 2027))
    assert "262.33" in first and "landelijk/2027/huurtoeslag/normhuur_minimum" in first
    assert first != code(planted("waarde: 261.33", "waarde: 263.33", 2027))
    other = planted("waarde: 261.33", "waarde: 262.33", 2027)
    name = "landelijk/2027.yaml"
    assert first != code({**other, name: other[name].replace(b"waarde: 515.64", b"waarde: 515.99")})


def test_expected_values_need_no_value_and_wait_for_what_they_need() -> None:
    # 59.504 x 1,0376 of 2026; the others need figures of 2027 that are not there
    assert [one.tekst for one in verwacht(LEEG, "iah_grenzen", "iah_grens_midden", "eenpersoons")] == ["61742"]
    assert [one.tekst for one in verwacht(LEEG, "iah_grenzen", "iah_grens_hoog", "meerpersoons")] == ["97048"]
    assert [(one.tekst, one.lezing[:10]) for one in verwacht(LEEG, "toewijzing", "daeb_index_t1")] == [
        ("1.0376", "naar de le")
    ]
    assert verwacht(LEEG, "toewijzing", "daeb_grens", "eenpersoons") == ()
    assert [one.tekst for one in verwacht(LEEG, "huurtoeslag", "aanpassing_basishuur")] == ["-47.57"]
    assert [one.tekst for one in verwacht(LEEG, "huurtoeslag", "aanvragen_voor")] == ["2029-01-01"]
    assert [one.tekst for one in verwacht(LEEG, "toewijzing", "vrije_ruimte_standaard")] == ["7.5"]
    assert [one.tekst for one in verwacht(LEEG, "huurtoeslag", "afbouw", "meerpersoons")] == ["22"]
    assert verwacht(LEEG, "nergens", "niets") == ()


def test_an_empty_year_has_one_message_for_each_group_and_no_more() -> None:
    said = keur(LEEG)
    assert {one.soort for one in said} == {MELDING}
    assert {(one.bestand, one.groep) for one in said} == {(one.bestand, one.groep) for one in invulling(LEEG)}


# what is to be filled in


def test_a_new_year_says_what_is_awaited_from_whom_and_by_when() -> None:
    groups = {(one.eigenaar, one.groep): one for one in invulling(LEEG)}
    limits = groups["landelijk", "huurgrenzen"]
    assert (limits.status, limits.venster.vanaf, limits.ingevuld) == ("concept", date(2027, 1, 1), False)
    [korting, aftopping] = limits.cijfers
    assert (korting.cellen, korting.uiterlijk) == ({"": None}, date(2026, 11, 25))
    assert korting.wacht is not None and "Staatscourant" in korting.wacht.waar
    assert aftopping.vorige is not None and aftopping.vorige.cellen == {"laag": "713.02", "hoog": "764.14"}
    assert aftopping.leeg == ("laag", "hoog", "bron", "zekerheid")
    halves = [groups["landelijk", f"bijstand_2027_{half}"].cijfers[0].uiterlijk for half in ("01", "07")]
    assert halves == [date(2026, 12, 10), date(2027, 6, 11)]
    assert groups["landelijk", "huurverhoging"].cijfers[0].uiterlijk == date(2026, 12, 15)
    assert ("steenwijkerland", "afspraken") in groups


def test_every_figure_that_a_new_year_asks_of_the_country_says_whence_it_comes() -> None:
    asked = [figure for group in invulling(LEEG) if group.eigenaar == "landelijk" for figure in group.cijfers]
    assert [figure.naam for figure in asked if figure.wacht is None] == []


def test_what_goes_on_without_an_end_is_in_no_new_year() -> None:
    going = {name for name, series in GELADEN.cijfers.items() if series[-1].venster.tot_en_met is None}
    assert {"volwassen_leeftijd", "passend_aandeel", "label_geldigheid"} <= going
    assert not going & {figure.naam for group in invulling(LEEG) for figure in group.cijfers}


def test_a_year_that_is_filled_in_is_still_there_to_be_mended() -> None:
    groups = {one.groep: one for one in invulling(VERZONNEN)}
    assert groups["toewijzing"].status == "vastgesteld" and groups["toewijzing"].ingevuld
    assert [figure.naam for group in groups.values() for figure in group.cijfers if figure.leeg] == []
    assert invulling(PAKKET)[0].bestand.endswith("2026.yaml")


# what it answers


VRAAG = {
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": [
        {"rol": "huurder", "geboortedatum": "1978-02-03", "inkomen": 24500},
        {"rol": "kind", "geboortedatum": "2019-05-01"},
    ],
    "vermogen": 8000,
    "woning": {"kaleHuur": 655.12, "zelfstandig": True, "wwsMaximum": 812.40, "energielabel": "E"},
}


def answers(regels: Regelset, dag: str) -> dict[str, str]:
    asked = ("huurtoeslag", "huurverhoging-wettelijk", "passende-huur", "kinderopvangtoeslag")
    said = toets(regels.vraag({**VRAAG, "peildatum": dag}), regels).conclusies
    return {one.id: one.uitkomst for one in said if one.id in asked}


def test_figures_of_january_hold_while_those_of_july_are_a_draft() -> None:
    name = "landelijk/2027.yaml"
    made = VERZONNEN[name].decode()
    before, of_july = made.split("\nhuurverhoging:\n")
    waits = f"{before}\nhuurverhoging:\n  status: concept\n{of_july}"
    regels = load({**VERZONNEN, name: waits.encode()}.items())
    assert answers(regels, "2027-03-01")["huurtoeslag"] == "ja"
    # rules that rest on figures of a year go on with them
    assert answers(regels, "2027-03-01")["kinderopvangtoeslag"] == "voorleggen"
    assert answers(regels, "2027-07-01")["huurverhoging-wettelijk"] == "geen_regels"


def test_one_figure_that_is_missing_keeps_its_whole_group_out() -> None:
    name = "landelijk/2027.yaml"
    lacking = VERZONNEN[name].decode().replace("waarde: 261.33", "waarde:")
    waits = lacking.replace("huurtoeslag:\n", "huurtoeslag:\n  status: concept\n", 1)
    regels = load({**VERZONNEN, name: waits.encode()}.items())
    assert answers(regels, "2027-03-01")["huurtoeslag"] == "geen_regels"
    assert not any(figure.venster.vanaf.year == 2027 for figure in regels.cijfers["inkomensijkpunt"])
    assert answers(regels, "2027-03-01")["passende-huur"] != "geen_regels"
    assert answers(regels, "2027-07-01")["huurverhoging-wettelijk"] != "geen_regels"
    assert [one.cijfer for one in found({**VERZONNEN, name: lacking.encode()})] == ["normhuur_minimum"]


def test_the_rules_know_from_whom_their_figures_come() -> None:
    limits = GELADEN.wacht["daeb_grens"]
    assert limits.dag(date(2027, 1, 1)) == limits.dag(date(2026, 11, 26)) == date(2026, 11, 25)
    assert limits.dag(date(2026, 11, 25)) == date(2025, 11, 25)
