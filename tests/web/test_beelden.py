"""The pictures: every value is one of the answer, in its place, and no word runs into another or off the edge."""

import re
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regels.toets import toets as toets_met
from regels.uitslag import Uitslag
from tests.hulp import voorbeelden
from tests.hulp.beleidsets import PROEF, laad
from tests.hulp.effecten import decided
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import Vraagdata, compleet, met_weglating
from tests.hulp.vragen import antwoord, personen, vraag
from web.uitkomst.beelden import BREEDTE, LETTER, Beeld, Woord, beelden, spread

# a letter is at most so wide, for its height: measured for the fonts of a desktop, and rounded up
WIDTH, BOLD = 0.62, 0.68


def pictures(answer: Uitslag) -> dict[str, Beeld]:
    return {picture.id: picture for picture in beelden(PAKKET.teksten, answer)}


def box(word: Woord) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a word as it is drawn."""
    width = len(word.tekst) * LETTER * (BOLD if word.sterk else WIDTH)
    left = word.x - width if word.einde else word.x
    return left, word.y - LETTER * 0.8, left + width, word.y + LETTER * 0.25


def check_drawing(picture: Beeld) -> None:
    for word in picture.woorden:
        left, top, right, bottom = box(word)
        assert left >= -0.5 and right <= BREEDTE + 0.5, (picture.id, word)
        assert top >= -1 and bottom <= picture.hoogte + 1, (picture.id, word)
    for one, two in combinations(picture.woorden, 2):
        (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = box(one), box(two)
        beside = right <= other_left or other_right <= left
        assert beside or bottom <= other_top + 1 or other_bottom <= top + 1, (picture.id, one, two)
    for shape in picture.vlakken:
        assert shape.x >= 0 and shape.breedte >= 0 and shape.x + shape.breedte <= BREEDTE + 0.2, (picture.id, shape)
        assert shape.y >= 0 and shape.hoogte >= 0 and shape.y + shape.hoogte <= picture.hoogte, (picture.id, shape)
    for line in picture.lijnen:
        assert 0 <= line.van_x <= BREEDTE and 0 <= line.naar_x <= BREEDTE, (picture.id, line)
        assert 0 <= line.van_y <= picture.hoogte and 0 <= line.naar_y <= picture.hoogte, (picture.id, line)


def amounts(text: str) -> set[str]:
    return set(re.findall(r"€\s[\d.]+(?:,\d\d)?", text))


def check_values(picture: Beeld, answer: Uitslag) -> None:
    """Every amount in shapes and table is a value of the conclusion the line points to."""
    known = {shown.tekst.replace("-", "") for c in answer.conclusies for shown in c.weergave}
    for row in picture.rijen:
        own = {shown.tekst.replace("-", "") for shown in answer.conclusie(row.conclusie).weergave}
        for cell in row.cellen:
            assert amounts(cell) <= own, (picture.id, row)
    drawn = {amount for word in picture.woorden for amount in amounts(word.tekst)}
    assert drawn <= known
    # the table says all that the picture says
    assert drawn <= {amount for row in picture.rijen for cell in row.cellen for amount in amounts(cell)}
    assert all(len(row.cellen) + 1 == len(picture.koppen) for row in picture.rijen)


@settings(deadline=None)
@given(question=compleet())
def test_every_picture_of_a_complete_household_is_well_drawn_and_true(question: Vraagdata) -> None:
    answer = toets(read(question))
    for picture in beelden(PAKKET.teksten, answer):
        check_drawing(picture)
        check_values(picture, answer)


@settings(deadline=None)
@given(questions=met_weglating())
def test_every_picture_of_an_unknown_household_is_well_drawn_and_true(questions: tuple[Vraagdata, Vraagdata]) -> None:
    for question in questions:
        answer = toets(read(question))
        for picture in beelden(PAKKET.teksten, answer):
            check_drawing(picture)
            check_values(picture, answer)


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_every_picture_of_an_example_is_well_drawn(case) -> None:
    for picture in beelden(PAKKET.teksten, toets(read(case.vraag))):
        check_drawing(picture)


def test_a_bar_is_as_long_as_its_income_and_the_limit_stands_where_it_is() -> None:
    # DAEB 2026, one person: 51.537 (indexering 2026); the longest of all is the full width
    picture = pictures(antwoord(personen=personen(("huurder", 40, 30_000))))["inkomen"]
    bars = [shape for shape in picture.vlakken if shape.klasse == "staaf"]
    limits = [line for line in picture.lijnen if line.klasse == "grens"]
    assert bars[0].breedte == pytest.approx(BREEDTE * 30_000 / 51_537, abs=0.1)
    assert limits[0].van_x == pytest.approx(BREEDTE, abs=1)
    # passend toewijzen 2026, one person under the AOW age: 29.400
    assert limits[1].van_x == pytest.approx(BREEDTE * 29_400 / 51_537, abs=0.1)
    assert picture.rijen[1].cellen == tuple(
        f"€\N{NO-BREAK SPACE}{text}" for text in ("30.000", "29.400", "600 te veel")
    )


def test_the_rungs_of_the_ladder_keep_their_order_and_their_height() -> None:
    picture = pictures(antwoord(woning={"kaleHuur": 700}))["ladder"]
    assert [(row.naam, row.cellen[1]) for row in picture.rijen] == [
        ("Grens voor sociale huur", "hoger dan deze huur"),
        ("Maximum volgens de punten", "hoger dan deze huur"),
        ("Hoge aftoppingsgrens", "hoger dan deze huur"),
        ("Lage aftoppingsgrens", "hoger dan deze huur"),
        ("Deze huur", ""),
        ("Kwaliteitskortingsgrens", "lager dan deze huur"),
    ]
    rungs = [line.van_y for line in picture.lijnen if line.klasse in ("sport", "huur")]
    # 932,93 - 900 - 764,14 - 713,02 - 700 - 498,20: each at its height between the first and the last
    heights = [Decimal(n) for n in ("932.93", "900", "764.14", "713.02", "700", "498.20")]
    whole = rungs[-1] - rungs[0]
    for y, amount in zip(rungs, heights, strict=True):
        assert y - rungs[0] == pytest.approx(whole * float((heights[0] - amount) / (heights[0] - heights[-1])), abs=0.2)


@pytest.mark.parametrize(("rent", "where"), [(713.01, "hoger"), (713.02, "gelijk"), (713.03, "lager")])
def test_the_rent_is_above_on_or_under_a_limit(rent: float, where: str) -> None:
    picture = pictures(antwoord(woning={"kaleHuur": rent}))["ladder"]
    (limit,) = (row for row in picture.rijen if row.naam.startswith("Lage aftoppingsgrens"))
    assert limit.cellen[1].split()[0] == where
    # a rent on the limit is within it, so it stands below
    names = [row.naam.split(",")[0] for row in picture.rijen]
    assert (names.index("Deze huur") > names.index("Lage aftoppingsgrens")) == (rent <= 713.02)


def test_old_and_new_rent_are_those_of_the_law_of_the_round() -> None:
    # 2026: 4,1 percent of 600 is 24,60
    picture = pictures(antwoord())["huren"]
    assert [row.cellen[0] for row in picture.rijen][:2] == ["€\N{NO-BREAK SPACE}600,00", "€\N{NO-BREAK SPACE}624,60"]
    assert "€\N{NO-BREAK SPACE}24,60" in picture.rijen[1].cellen[1]
    (extra,) = (shape for shape in picture.vlakken if shape.klasse == "erbij")
    assert extra.breedte == pytest.approx(BREEDTE * 24.60 / 900, abs=0.1)


def test_the_rent_that_the_landlord_decided_is_drawn_below_the_highest() -> None:
    regels = laad({2026: decided("3")})
    answer = toets_met(regels.vraag(vraag(verhuurder=PROEF)), regels)
    (picture,) = (one for one in beelden(regels.teksten, answer) if one.id == "huren")
    check_drawing(picture)
    check_values(picture, answer)
    # 3 percent of 600 is 18, and the law allows 4,1 percent
    assert [(row.naam, *row.cellen) for row in picture.rijen][:3] == [
        ("Huur vóór juli", "€\N{NO-BREAK SPACE}600,00", ""),
        ("Besluit van de verhuurder", "€\N{NO-BREAK SPACE}618,00", "€\N{NO-BREAK SPACE}18,00 erbij"),
        ("Hoogste nieuwe huur", "€\N{NO-BREAK SPACE}624,60", "hoogstens €\N{NO-BREAK SPACE}24,60 erbij"),
    ]
    decided_extra, highest_extra = (shape for shape in picture.vlakken if shape.klasse == "erbij")
    assert decided_extra.breedte == pytest.approx(BREEDTE * 18 / 900, abs=0.1)
    assert highest_extra.breedte == pytest.approx(BREEDTE * 24.60 / 900, abs=0.1)


def test_a_landlord_who_asks_nothing_is_drawn_with_the_old_rent() -> None:
    # Wetland Wonen in 2024: nothing for label E, F and G
    answer = antwoord({"energielabel": "F", "contractVanaf": "2015-03-01"}, peildatum="2024-03-01", huurronde=2024)
    rows = {row.naam: row.cellen for row in pictures(answer)["huren"].rijen}
    assert rows["Besluit van de verhuurder"] == ("€\N{NO-BREAK SPACE}600,00", "geen verhoging")


def test_without_an_income_category_the_picture_says_what_it_lacks() -> None:
    picture = pictures(antwoord(inkomenscategorie=None))["huren"]
    assert any("huishoudverklaring" in text for text in picture.let_op)
    assert "zonder" in picture.rijen[1].naam


def test_an_unknown_income_is_not_drawn_as_zero() -> None:
    answer = antwoord(personen=[{"rol": "huurder", "leeftijd": 40}])
    picture = pictures(answer)["inkomen"]
    assert picture.let_op
    assert all(row.cellen[0] == "nog niet bekend" for row in picture.rijen)
    assert all(shape.breedte == 0 for shape in picture.vlakken if shape.klasse == "staaf")


def test_without_a_rent_the_ladder_has_the_limits_alone() -> None:
    picture = pictures(antwoord(woning={"kaleHuur": None}))["ladder"]
    assert "Deze huur" not in {row.naam for row in picture.rijen}
    assert not [line for line in picture.lijnen if line.klasse == "huur"]
    assert picture.let_op


def test_a_stopped_check_and_a_day_without_rules_have_no_picture() -> None:
    assert beelden(PAKKET.teksten, antwoord(meerdereProblemen=True)) == ()
    assert beelden(PAKKET.teksten, antwoord(peildatum="2027-07-01", huurronde=None)) == ()


@given(
    places=st.lists(st.floats(0, 200), min_size=1, max_size=9).map(sorted),
    sizes=st.lists(st.sampled_from([18.0, 36.0]), min_size=9, max_size=9),
)
def test_words_are_moved_apart_in_order_and_stay_above_the_bottom(places: list[float], sizes: list[float]) -> None:
    own = sizes[: len(places)]
    bottom = max(places[-1], places[0] + sum(own)) + 5
    moved = spread(places, own, bottom)
    for index in range(len(moved) - 1):
        assert moved[index] + own[index] <= moved[index + 1] + 1e-6
    assert moved[-1] + own[-1] <= bottom + 1e-6
