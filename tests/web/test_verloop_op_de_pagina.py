"""What more income takes away, on its page: the amounts of the curve, and never of another question."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from regels.opmaak import bedrag
from regels.verloop import verloop
from service.basis.vankracht import VanKracht
from tests.hulp.geladen import PAKKET, read
from tests.web.pagina import read_page
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
    assert [name for name, _ in rows] == [" ".join(bedrag(Decimal(p.inkomen)).split()) for p in expected.punten]
    assert [cells[0] for _, cells in rows] == [" ".join(bedrag(p.maand).split()) for p in expected.punten]
    assert len(list(page.one(id="beeld-verloop").one("svg").all("line", class_="beeld__verloop"))) == len(rows) - 1


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
