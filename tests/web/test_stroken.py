"""Income slips: added up as they were filled in, and never to more than was said."""

from datetime import date
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.hulp.geladen import PAKKET
from tests.web.pagina import filled, read_page
from web.formulier.herkomst import origins
from web.formulier.invoer import Formulier, Invoer, read_form
from web.formulier.stroken import PERIODEN, read_slips

DAY = date(2026, 3, 1)


def slip(index: int, **texts: str) -> dict[str, str]:
    return {f"personen.0.stroken.{index}.{name}": text for name, text in texts.items()}


TWO = slip(0, bedrag="1.450,50", periode="maand", aantal="12", gezien="ja") | slip(1, bedrag="800", periode="jaar")
DONE = {"personen.0.strokenVolledig": "ja", "personen.0.rol": "huurder"}


def read(form: dict[str, str]) -> Invoer:
    return read_form(Formulier.parse(PAKKET, form.items()), DAY)


def test_amounts_are_multiplied_and_added_up_to_whole_euros() -> None:
    found = read(TWO | DONE)
    assert found.stroken[0].som == Decimal("18206.00")  # 12 x 1.450,50 + 800
    assert found.gelezen["personen.0.inkomen"] == 18206
    assert found.stroken[0].berekening.replace("\xa0", " ") == (
        "€ 1.450,50 per maand × 12 + € 800,00 per jaar = € 18.206"
    )


def test_four_weeks_come_thirteen_times_and_cents_of_the_sum_are_dropped() -> None:
    found = read(slip(0, bedrag="1000,99", periode="vier-weken", aantal="13") | DONE)
    assert found.gelezen["personen.0.inkomen"] == 13012  # 13.012,87


def test_without_the_word_that_it_is_everything_the_income_stays_unknown() -> None:
    for answer in ({}, {"personen.0.strokenVolledig": "nee"}):
        found = read(TWO | answer)
        assert found.stroken[0].som is not None
        assert "personen.0.inkomen" not in found.gelezen


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"bedrag": "1000", "periode": "maand"}, "aantal"),
        ({"aantal": "3", "periode": "maand"}, "bedrag"),
        ({"bedrag": "1,234", "aantal": "1"}, "bedrag"),
        ({"bedrag": "1000", "periode": "maand", "aantal": "13"}, "aantal"),
        ({"bedrag": "1000", "periode": "vier-weken", "aantal": "14"}, "aantal"),
        ({"bedrag": "1000", "periode": "jaar", "aantal": "2"}, "aantal"),
        ({"bedrag": "1000", "periode": "maand", "aantal": "0"}, "aantal"),
        ({"bedrag": "1000", "periode": "week", "aantal": "1"}, "periode"),
        ({"bedrag": "1000", "periode": "jaar", "datum": "gisteren"}, "datum"),
    ],
)
def test_a_slip_that_cannot_be_read_is_a_fault_at_its_field_and_no_income(texts: dict[str, str], field: str) -> None:
    found = read(slip(0, **texts) | DONE)
    assert [fault.veld for fault in found.fouten] == [f"/personen/0/stroken/0/{field}"]
    assert found.vraag is None
    assert "personen.0.inkomen" not in found.gelezen


def test_an_income_that_differs_from_the_sum_is_a_fault() -> None:
    assert [f.veld for f in read(TWO | DONE | {"personen.0.inkomen": "18.000"}).fouten] == ["/personen/0/inkomen"]
    assert read(TWO | DONE | {"personen.0.inkomen": "18206"}).fouten == ()


def test_an_empty_row_is_no_slip() -> None:
    assert read_slips(slip(0, bedrag="", periode="maand", gezien="ja"), 0).som is None


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 1_000_000), st.sampled_from(list(PERIODEN)), st.integers(1, 12)),
        min_size=1,
        max_size=12,
    )
)
def test_any_slips_add_up_to_the_sum_of_cents(rows: list[tuple[int, str, int]]) -> None:
    form: dict[str, str] = {}
    cents = 0
    for index, (amount, period, count) in enumerate(rows):
        times = 1 if period == "jaar" else count
        form |= slip(index, bedrag=f"{amount // 100},{amount % 100:02}", periode=period, aantal=str(times))
        cents += amount * times
    assert read(form | DONE).gelezen["personen.0.inkomen"] == cents // 100


def test_the_origin_is_a_seen_document_only_when_every_one_was() -> None:
    all_seen = origins(read(TWO | DONE | slip(1, gezien="ja")))
    assert all_seen.gezien == {"personen.0.inkomen"}
    partly = origins(read(TWO | DONE))
    assert partly.gezien == frozenset()
    assert "18.206" in partly.berekening["personen.0.inkomen"]
    assert origins(read(TWO)).berekening == {}


def test_rows_are_added_and_removed_without_losing_anything(client: TestClient) -> None:
    more = read_page(client.post("/huurder", data=TWO | DONE | {"actie": "strook-erbij.0"}).text)
    kept = filled(more)
    assert TWO.items() <= kept.items()
    assert "autofocus" in more.one(id="personen-0-stroken-2-bedrag").attributes
    fewer = filled(read_page(client.post("/huurder", data=TWO | DONE | {"actie": "strook-eraf.0.0"}).text))
    assert fewer["personen.0.stroken.0.bedrag"] == "800"
    assert "personen.0.stroken.1.bedrag" not in fewer


@pytest.mark.parametrize(
    "action", ["strook-erbij.9", "strook-eraf.0", "strook-eraf.9.9", "strook-erbij", "verwijderen.x"]
)
def test_a_button_that_is_not_there_gives_an_answer_and_no_error(client: TestClient, action: str) -> None:
    assert client.post("/huurder", data=TWO | DONE | {"actie": action}).status_code == 200


def test_the_slips_stay_out_of_the_question(client: TestClient) -> None:
    vraag = read(TWO | DONE).vraag
    assert vraag is not None
    assert "stroken" not in vraag.model_dump_json()
