"""What more income takes away, on its page: the amounts of the curve, and never of another question."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from regels.opmaak import bedrag
from regels.verloop import verloop
from service.basis.vankracht import VanKracht
from tests.hulp.geladen import PAKKET, read
from tests.web.pagina import read_page
from tests.web.test_beelden import check_drawing
from web.uitkomst.paginas import paginas
from web.uitkomst.verloop_pagina import meer_inkomen
from web.uitkomst.verloopbeeld import STAP, show_course

OUDER = {
    "peildatum": "2026-06-01",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen": [
        {"rol": "huurder", "geboortedatum": "1985-01-01", "inkomen": 35_000},
        {"rol": "kind", "geboortedatum": "2018-01-01"},
    ],
    "vermogen": 5000,
    "woning": {"kaleHuur": 600, "zelfstandig": True},
}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.state.regels = VanKracht(PAKKET)
    app.include_router(paginas(lambda: date(2026, 6, 1)))
    app.include_router(meer_inkomen(lambda: date(2026, 6, 1)))
    with TestClient(app) as client:
        yield client


def test_the_table_has_the_points_of_the_curve(client: TestClient, as_typed) -> None:
    expected = verloop(read(OUDER), PAKKET, stap=STAP)
    page = read_page(client.post("/meer-inkomen", data=as_typed(OUDER)).text)
    rows = [(row.one("th").text, [cell.text for cell in row.all("td")]) for row in page.one("tbody").all("tr")]
    points = sorted([*expected.punten, *expected.kantelpunten], key=lambda point: point.inkomen)
    assert expected.kantelpunten
    assert [name for name, _ in rows] == [shown(point.inkomen) for point in points]
    for (_, cells), point in zip(rows, points, strict=True):
        rent = next(post.maand for post in point.posten if post.besluit == "huurtoeslag")
        assert rent is not None
        # before taxes: gross income of a month, with the schemes, less the rent of 600
        left = (Decimal(point.inkomen) / 12 + point.maand - 600).quantize(Decimal(1), ROUND_HALF_UP)
        assert cells[:3] == [shown(rent), shown(point.maand), shown(left)]
    picture = page.one(id="beeld-verloop").one("svg")
    assert len(list(picture.all("line", class_="beeld__toeslag"))) == len(rows)  # one is the sample beside its name
    assert len(list(picture.all("line", class_="beeld__verloop"))) == 2 * len(rows)
    ends = {turn.inkomen for turn in expected.omslagen}
    assert len(list(picture.all("line", class_="beeld__kantel"))) == 2 * len(ends)


def shown(amount: Decimal | int) -> str:
    return " ".join(bedrag(Decimal(amount)).split())


def test_where_an_amount_begins_to_change_and_where_a_scheme_ends_is_told(client: TestClient, as_typed) -> None:
    expected = verloop(read(OUDER), PAKKET, stap=STAP)
    text = read_page(client.post("/meer-inkomen", data=as_typed(OUDER)).text).one(id="verloop").text
    for scheme, last in expected.gelijk_tot.items():
        assert f"{expected.titels[scheme]}: tot en met een inkomen van {shown(last)} blijft het bedrag gelijk" in text
    for turn in expected.omslagen:
        assert f"{turn.titel}: tot en met een inkomen van {shown(turn.inkomen)} is het ja" in text


@pytest.mark.parametrize("rent", [600, 150, None])
@pytest.mark.parametrize("income", [0, 29_000, 31_000, 60_000, 150_000, None])
def test_the_curves_are_well_drawn_and_never_called_net(income: int | None, rent: int | None) -> None:
    persons = [OUDER["personen"][0] | {"inkomen": income}, OUDER["personen"][1]]  # type: ignore[operator,index]
    found = show_course(read(OUDER | {"personen": persons, "woning": {"kaleHuur": rent, "zelfstandig": True}}), PAKKET)
    if found.beeld is not None:
        check_drawing(found.beeld)
        assert all(len(row.cellen) + 1 == len(found.beeld.koppen) for row in found.beeld.rijen)
        assert not [word for word in (*found.beeld.koppen, found.beeld.titel) if "netto" in word.lower()]
        assert ("kale huur" in " ".join(found.beeld.koppen)) == (rent is not None)


def test_a_thousand_more_is_said_with_each_scheme(client: TestClient, as_typed) -> None:
    more = verloop(read(OUDER), PAKKET).meer
    assert more is not None
    assert more.jaar > 0
    text = read_page(client.post("/meer-inkomen", data=as_typed(OUDER)).text).one(id="verloop").text
    assert f"is er {bedrag(more.jaar)} per jaar minder".replace("\N{NO-BREAK SPACE}", " ") in text
    for post in more.posten:
        assert not post.jaar or f"{post.titel}: {bedrag(post.jaar)}".replace("\N{NO-BREAK SPACE}", " ") in text
    assert "Belasting en premies zijn niet meegerekend" in text


def test_the_button_of_the_answer_leads_there(client: TestClient, as_typed) -> None:
    page = read_page(client.post("/huurder", data=as_typed(OUDER)).text)
    button = page.one(id="verloop").one("button")
    assert (button.attributes["form"], button.attributes["formaction"]) == ("formulier", "/meer-inkomen")


def test_htmx_gets_the_part_alone(client: TestClient, as_typed) -> None:
    answer = client.post("/meer-inkomen", data=as_typed(OUDER), headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert read_page(answer.text).one("h3", id="verloop-titel").text == "Als het inkomen stijgt"


def test_the_curve_on_the_page_follows_another_answer(client: TestClient, as_typed) -> None:
    data = as_typed(OUDER) | {"anders.verloop": "ja", "vouwen": "som"}
    found = read_page(client.post("/huurder/antwoord", data=data).text).one(id="verloop")
    alone = read_page(client.post("/meer-inkomen", data=as_typed(OUDER), headers={"HX-Request": "true"}).text)
    assert found.one("table").text == alone.one("table").text
    assert "autofocus" not in found.one(id="verloop-titel").attributes
    again = found.one("input", name="anders.verloop")
    assert (again.attributes["form"], again.attributes["value"]) == ("formulier", "ja")


def test_on_the_page_to_print_the_table_is_open(client: TestClient, as_typed) -> None:
    page = read_page(client.post("/meer-inkomen", data=as_typed(OUDER)).text)
    assert "open" in page.one(id="verloop").one("details").attributes
    assert not list(page.one(id="verloop").all("button"))


def test_a_changed_question_gets_no_curve(client: TestClient, as_typed) -> None:
    page = read_page(client.post("/huurder", data=as_typed(OUDER)).text)
    mark = page.one("input", name="merk").attributes["value"]
    other = as_typed(OUDER) | {"merk": mark, "woning.kaleHuur": "601"}
    assert client.post("/meer-inkomen", data=other).status_code == 409
    assert client.post("/meer-inkomen", data=as_typed(OUDER) | {"merk": mark}).status_code == 200


def test_what_cannot_be_read_gets_no_curve(client: TestClient, as_typed) -> None:
    answer = client.post("/meer-inkomen", data=as_typed(OUDER) | {"woning.kaleHuur": "abc"})
    assert answer.status_code == 400


@pytest.mark.parametrize(("income", "until"), [(0, 60_000), (40_000, 60_000), (40_001, 62_500)])
def test_the_curve_reaches_beyond_the_income(income: int, until: int) -> None:
    persons = [OUDER["personen"][0] | {"inkomen": income}, OUDER["personen"][1]]  # type: ignore[operator,index]
    found = show_course(read(OUDER | {"personen": persons}), PAKKET)
    assert found.beeld is not None
    assert found.beeld.rijen[-1].naam == bedrag(Decimal(until))


def test_a_loss_is_not_drawn_beside_the_curve() -> None:
    persons = [OUDER["personen"][0] | {"inkomen": -5_000}, OUDER["personen"][1]]  # type: ignore[operator,index]
    found = show_course(read(OUDER | {"personen": persons}), PAKKET).beeld
    assert found is not None
    assert not [line for line in found.lijnen if line.klasse == "nu"]
    assert all(line.van_x >= 0 for line in found.lijnen)


def test_a_year_without_rules_has_no_curve() -> None:
    found = show_course(read(OUDER | {"peildatum": "2031-06-01"}), PAKKET)
    assert found.beeld is None
    assert any("geen regels" in text for text in found.toelichting)
