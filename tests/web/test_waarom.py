"""The sum under "Waarom?": at most five lines, that add up to what was published or worked out by hand."""

import re
from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

import pytest

from regels.bestanden import RegelsetError
from regels.uitslag import Conclusie
from service.beheer.gevallen import Rekengeval, rekengevallen
from tests.hulp import Voorbeeld, beleidsets, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.regelsets import REGELS, TEKSTEN, laad
from web.uitkomst.waarom import Waaromregel, why

MOST = 5
# of these the lines must give the amount that a household gets
SUMMED = ("huurtoeslag", "zorgtoeslag", "kindgebonden-budget")
PUBLISHED = [
    (case, id, expected)
    for case in rekengevallen()
    for id, expected in case.verwacht.items()
    if not case.buiten and id in SUMMED
]
MET_WAARDE = REGELS.replace("    bron: wet\n    regels:", "    bron: wet\n    waarden: {inkomen: inkomen}\n    regels:")


def euros(line: Waaromregel) -> Decimal:
    """The amount of a line as a reader reads it."""
    found = re.fullmatch(r"€\s(-?[\d.]+)(?:,(\d\d))?", line.bedrag)
    assert found, line
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or '00'}")


def added(lines: tuple[Waaromregel, ...]) -> Decimal:
    """What the lines above the result make together, by their signs."""
    return sum(
        (-euros(x) if x.teken == "min" else euros(x) for x in lines if x.teken in ("", "plus", "min")), Decimal(0)
    )


def outcome(lines: tuple[Waaromregel, ...]) -> Waaromregel:
    return next(line for line in lines if line.teken == "is")


def adds_up(lines: tuple[Waaromregel, ...]) -> bool:
    """Whether the last line is the sum of the others; a monthly amount in whole euros loses its cents."""
    total, stated = added(lines), euros(outcome(lines))
    cents = any("," in line.bedrag for line in lines if line.teken != "is")
    whole = cents and "," not in outcome(lines).bedrag
    return (total.to_integral_value(ROUND_FLOOR) if whole else abs(total)) == stated


@pytest.mark.parametrize(("case", "id", "expected"), PUBLISHED, ids=lambda part: getattr(part, "naam", None))
def test_the_sum_of_a_published_case_gives_the_published_amount(case: Rekengeval, id: str, expected) -> None:
    found = toets(PAKKET.vraag(case.vraag)).conclusie(id)
    lines = why(PAKKET, found).som
    assert 2 <= len(lines) <= MOST
    assert lines[0].teken == "" and lines[-1].teken == "is"
    assert adds_up(lines), lines
    if expected["uitkomst"] == "ja":
        for name, value in expected["waarden"].items():
            if name in ("perMaand", "perMaandOnafgerond"):
                got = euros(outcome(lines)) if name == "perMaand" else added(lines)
                room = Decimal(str(expected.get("marge", {}).get(name, 0))) + Decimal("0.01") * (name != "perMaand")
                assert abs(got - Decimal(str(value))) <= room, (lines, value)


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_every_sum_of_a_worked_example_adds_up(case: Voorbeeld) -> None:
    answer = toets(read(case.vraag))
    for found in answer.conclusies:
        lines = why(PAKKET, found).som
        assert len(lines) <= MOST
        assert not lines or adds_up(lines), (found.id, lines)


def test_the_sum_of_huurtoeslag_names_the_rent_and_the_part_one_always_pays() -> None:
    rights = [toets(PAKKET.vraag(case.vraag)).conclusie(id) for case, id, _ in PUBLISHED if id == "huurtoeslag"]
    for found in (right for right in rights if right.uitkomst == "ja"):
        first = why(PAKKET, found).som[0].tekst
        rent = next(step.waarde for step in found.stappen if step.naam == "rekenhuur")
        assert rent in first and next(shown.tekst for shown in found.weergave if shown.naam == "basishuur") in first


def test_the_new_rent_of_the_landlord_is_the_old_one_with_what_it_decided() -> None:
    parts = "onderdelen:\n  - basis: {procent: 2.5}\n    iah: {midden: geen, hoog: geen}\n    laag_bedrag: nee\n"
    regels = beleidsets.laad({2026: f"status: vastgesteld\nbesloten_op: 2026-03-01\nbron: besluit\n{parts}"})
    home = {"kaleHuur": 600, "zelfstandig": True, "wwsMaximum": 900}
    asked = {"peildatum": "2026-05-11", "gemeente": "proefstad", "inkomenscategorie": "laag"}
    found = beleidsets.antwoord(regels, home, **asked).conclusie("huurverhoging-beleid")
    lines = why(regels, found).som
    assert [euros(line) for line in lines] == [600, Decimal("15.00"), Decimal("615.00")]


def test_the_official_example_with_a_high_rent_has_its_three_parts_and_what_goes_off() -> None:
    # Dienst Toeslagen, Berekening huurtoeslag 2026: 297.49 + 172.861 + 67.516 - 45.833 = 492.034
    people = [
        {"rol": "huurder", "leeftijd": 35, "inkomen": 34000},
        {"rol": "partner", "leeftijd": 35, "inkomen": 0},
        {"rol": "kind", "leeftijd": 4},
    ]
    home = {"kaleHuur": 1200, "zelfstandig": True}
    question = {"peildatum": "2026-03-01", "soort": "huurder", "vermogen": 0, "personen": people, "woning": home}
    lines = why(PAKKET, toets(PAKKET.vraag(question)).conclusie("huurtoeslag")).som
    assert [(line.teken, euros(line)) for line in lines] == [
        ("", Decimal("297.49")),
        ("plus", Decimal("172.86")),
        ("plus", Decimal("67.52")),
        ("min", Decimal("45.83")),
        ("is", Decimal("492")),
    ]


def test_an_amount_under_reserve_has_its_sum_before_the_assets_are_known() -> None:
    people = [{"rol": "huurder", "leeftijd": 35, "inkomen": 29000}]
    home = {"kaleHuur": 710, "zelfstandig": True}
    question = {"peildatum": "2026-03-01", "soort": "huurder", "personen": people, "woning": home}
    found = toets(PAKKET.vraag(question)).conclusie("huurtoeslag")
    lines = why(PAKKET, found).som
    assert found.uitkomst == "onbekend" and euros(outcome(lines)) == Decimal(307)  # the official example of 29.000 euro
    assert "als aan alle voorwaarden is voldaan" in outcome(lines).tekst


def assets(amount: int) -> Conclusie:
    people = [{"rol": "huurder", "leeftijd": 35, "inkomen": 20000}]
    home = {"kaleHuur": 600, "zelfstandig": True}
    question = {"peildatum": "2026-03-01", "soort": "huurder", "vermogen": amount, "personen": people, "woning": home}
    return toets(PAKKET.vraag(question)).conclusie("huurtoeslag")


def test_a_refusal_because_of_assets_counts_the_assets_and_not_the_rent() -> None:
    lines = why(PAKKET, assets(38480)).som
    assert [euros(line) for line in lines] == [38480, 38479, 1]
    assert why(PAKKET, assets(38479)).som[0].teken == "" and len(why(PAKKET, assets(38479)).som) > 2


def test_a_sum_that_no_longer_fits_the_answer_is_not_shown() -> None:
    found = assets(0)
    step = next(step for step in found.stappen if step.naam == "laag_een")
    assert why(PAKKET, found).som
    step.waarde = "€ 250,00"
    shown = why(PAKKET, found)
    assert shown.som == () and 0 < len(shown.redenen) <= MOST


SOM = """\
  waarom:
    som:
      regels:
        - {bedrag: inkomen, tekst: Inkomen}
        - {teken: is, tekst: 'Dat is met {inkomen}'}
"""


@pytest.mark.parametrize(
    ("was", "wordt", "said"),
    [
        ("{teken: is, tekst: 'Dat is met {inkomen}'}", "{bedrag: inkomen, tekst: Weer}", "een regel met 'teken: is'"),
        ("{bedrag: inkomen, tekst: Inkomen}", "{tekst: Inkomen}", "elke andere regel heeft een 'bedrag'"),
        ("bedrag: inkomen", "bedrag: huur", "noemt 'huur', en daar rust dit besluit niet op"),
        ("met {inkomen}", "met {huur}", "noemt 'huur', en daar rust dit besluit niet op"),
        ("met {inkomen}", "met {inkomen[hoog]}", "noemt 'inkomen[hoog]', en die cel is er niet"),
        ("met {inkomen}", "met {Een Bedrag}", "een plaats voor een waarde is een naam tussen accolades"),
        ("      regels:\n", "      bij: rijk\n      regels:\n", "noemt 'rijk', en daar rust dit besluit niet op"),
        ("teken: is", "teken: keer", "'keer' kan hier niet; kies uit dus, is, min, plus"),
        (
            "        - {bedrag: inkomen, tekst: Inkomen}\n",
            "        - {bedrag: inkomen, tekst: Inkomen}\n" * 5,
            "hoogstens 5 regels",
        ),
    ],
)
def test_a_sum_that_cannot_be_is_refused_while_loading(tmp_path: Path, was: str, wordt: str, said: str) -> None:
    assert SOM.count(was) == 1
    laad(tmp_path, teksten=TEKSTEN + SOM, regels=MET_WAARDE)
    with pytest.raises(RegelsetError, match=re.escape(said)):
        laad(tmp_path, teksten=TEKSTEN + SOM.replace(was, wordt), regels=MET_WAARDE)
