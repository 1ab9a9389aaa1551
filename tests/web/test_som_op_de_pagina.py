"""What the schemes bring together, on the page and on paper: the amounts of the answer, each scheme once."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from regels.opmaak import bedrag
from regels.uitslag import Som, Sombedrag, Somdeel, Sompost
from tests.hulp import Voorbeeld, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.web.pagina import Element, read_page
from web.papieren.model import Alinea, Lijst, Papier, Papiertabel
from web.papieren.overzichtpapier import compose_overzicht
from web.raamwerk.somwoord import amount, in_a_year, total

FOUND = {case.naam: case for case in voorbeelden()}
CASES = [FOUND[name] for name in ("wetland-e-label", "stel-39925", "regelingen-2026")]
RICH = {
    "peildatum": "2026-06-01",
    "soort": "huurder",
    "personen": [{"rol": "huurder", "geboortedatum": "1980-01-01", "inkomen": 90_000}],
    "vermogen": 500_000,
    "woning": {"kaleHuur": 600, "zelfstandig": True},
}
ENTRANCES = {"/huurder": False, "/snel-opzoeken": True}


def euro(value: Decimal) -> str:
    """An amount as it is read from a page, where a space is a space."""
    return bedrag(value).replace("\N{NO-BREAK SPACE}", " ")


def sum_of(case: Voorbeeld) -> Som:
    som = toets(read(case.vraag)).som
    assert som is not None
    return som


def page_of(client: TestClient, as_typed, case: Voorbeeld, path: str = "/huurder") -> Element:
    answer = client.post(path, data=as_typed(case.vraag))
    assert answer.status_code == 200
    return read_page(answer.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.naam)
def test_the_page_shows_the_totals_and_every_scheme_once(client: TestClient, as_typed, case: Voorbeeld) -> None:
    som, part = sum_of(case), page_of(client, as_typed, case).one(id="som")
    shown = [line.one("a").attributes["href"] for line in part.all("li", class_="som__regel")]
    posts = [*som.zeker.posten, *som.mogelijk.posten]
    assert sorted(shown) == sorted(f"#conclusie-{post.besluit}" for post in posts)
    assert len(set(shown)) == len(shown)
    totals = [line.text for line in part.all("p", class_="som__totaal")]
    assert len(totals) == 2
    for line, found in zip(totals, (som.zeker, som.mogelijk), strict=True):
        if found.maand:
            assert euro(found.maand) in line
            assert line.endswith("per maand")
        elif found.jaar:
            assert euro(found.jaar) in line
            assert line.endswith("per jaar")
        else:
            assert "€" not in line
    for found in (som.zeker, som.mogelijk):
        yearly = all(post.jaar is not None for post in found.posten if post.telt and post.maand)
        assert not (found.maand and found.jaar and yearly) or f"In een jaar samen {euro(found.jaar)}" in part.text
    for post in posts:
        line = next(line for line in part.all("li") if line.one("a").attributes["href"] == f"#conclusie-{post.besluit}")
        assert " ".join(amount(post).split()) in line.text


@pytest.mark.parametrize(("path", "first"), ENTRANCES.items())
def test_who_looks_something_up_sees_the_sum_before_the_rest(
    client: TestClient, as_typed, path: str, first: bool
) -> None:
    page = page_of(client, as_typed, CASES[0], path)
    folds = [fold.attributes["id"] for fold in page.all("details", class_="vouw")]
    assert (folds[:2] == ["vouw-som", "vouw-regelingen"]) is first
    assert any("€" in card.text for card in page.all("li", class_="hulpkaart")) is first


def test_what_is_due_first_stands_with_the_sum(client: TestClient, as_typed) -> None:
    som = sum_of(CASES[0])
    assert som.stappen[0].voor is not None
    step = page_of(client, as_typed, CASES[0]).one(class_="som__eerst")
    assert som.stappen[0].tekst in step.text
    assert step.one("strong", class_="termijn").text


def test_what_is_received_stands_beside_what_was_computed(client: TestClient, as_typed) -> None:
    case = FOUND["wetland-e-label"]
    due = sum_of(case).zeker.posten[0]
    assert due.besluit == "huurtoeslag"
    assert due.maand
    asked = as_typed(case.vraag) | {"ontvangt.huurtoeslag": str(due.maand - 100), "ontvangt.kindgebonden-budget": "50"}
    part = read_page(client.post("/huurder", data=asked).text).one(id="som")
    assert "Loopt nu mis, € 100 per maand" in part.text
    line = next(li for li in part.all("li") if li.one("a").attributes["href"] == "#conclusie-huurtoeslag")
    assert "€ 100 minder dan berekend" in line.text
    outside = part.one("div", class_="som__deel--buiten")
    assert "Krijgt dit al. Of dat klopt, is hier niet te zeggen." in outside.text
    assert outside.one("a").attributes["href"] == "#conclusie-kindgebonden-budget"


@pytest.mark.parametrize("case", CASES[:2], ids=lambda case: case.naam)
def test_the_paper_begins_with_the_sum(case: Voorbeeld) -> None:
    som = sum_of(case)
    first = overview(case).secties[0]
    assert first.titel == "Wat u samen kunt krijgen"
    said = [part.tekst for part in first.inhoud if isinstance(part, Alinea)]
    assert f"recht op {bedrag(som.zeker.maand)} per maand" in said[0]
    assert f"In een jaar samen {bedrag(som.zeker.jaar)}." in said[0]
    table = next(part for part in first.inhoud if isinstance(part, Papiertabel))
    counted = [post for part in (som.zeker, som.mogelijk) for post in part.posten if post.telt and _has_amount(post)]
    assert [(row[0], row[1]) for row in table.rijen] == [(post.titel, amount(post)) for post in counted]
    step = next(part for part in first.inhoud if isinstance(part, Lijst)).punten[0]
    assert step.tekst == som.stappen[0].huurder
    assert ("1 januari 2028" in step.vooraf) is (som.stappen[0].voor is not None)


def test_a_paper_without_an_amount_has_no_sum() -> None:
    rich = Voorbeeld("rijk", "", RICH, {})
    assert not any(_has_amount(post) for part in (sum_of(rich).zeker, sum_of(rich).mogelijk) for post in part.posten)
    assert "Wat u samen kunt krijgen" not in [part.titel for part in overview(rich).secties]


def overview(case: Voorbeeld) -> Papier:
    made = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    return compose_overzicht(PAKKET.teksten, toets(read(case.vraag)), [], "", made, "de balie")


def _has_amount(post: Sompost) -> bool:
    return post.maand is not None or post.jaar is not None


@pytest.mark.parametrize(
    ("outcome", "month", "year", "expected"),
    [
        ("ja", 129, 1550, "€ 129 per maand"),
        ("voorleggen", 129, 1550, "hoogstens € 129 per maand"),
        ("ja", None, 1100, "€ 1.100 per jaar"),
        ("onbekend", None, 1100, "hoogstens € 1.100 per jaar"),
        ("voorleggen", None, None, "bedrag niet bekend"),
    ],
)
def test_an_amount_says_how_sure_and_how_often(
    outcome: str, month: int | None, year: int | None, expected: str
) -> None:
    amounts = (Decimal(found) if found is not None else None for found in (month, year))
    monthly = month is not None
    post = Sompost("zorgtoeslag", "Zorgtoeslag", outcome, None, monthly, *amounts)  # type: ignore[arg-type]
    assert amount(post).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_a_total_says_the_year_only_where_it_holds_every_month() -> None:
    post = Sompost("a", "A", "ja", "officieel", True, Decimal(90), Decimal(1085))
    whole = Somdeel(Decimal(90), Decimal(1085), "officieel", [post])
    assert plain(in_a_year(whole)) == "In een jaar samen € 1.085"
    other = Sompost("b", "B", "ja", "officieel", True, Decimal(10), None)
    part = Somdeel(Decimal(100), Decimal(1085), "officieel", [post, other])
    assert (plain(total(part)), in_a_year(part)) == ("€ 100 per maand", "")


def test_a_difference_says_what_comes_monthly_and_what_comes_once_a_year() -> None:
    assert plain(total(Sombedrag(Decimal(181), Decimal(300)))) == "€ 181 per maand en € 300 per jaar"
    assert plain(total(Sombedrag(Decimal(181), Decimal(0)))) == "€ 181 per maand"
    assert plain(total(Sombedrag(Decimal(0), Decimal(300)))) == "€ 300 per jaar"


def test_of_a_sure_right_with_a_band_of_incomes_both_ends_are_told() -> None:
    least = Sombedrag(Decimal(150), Decimal(1800))
    post = Sompost("a", "A", "ja", "officieel", True, Decimal(399), Decimal(4800), least)
    assert plain(amount(post)) == "€ 150 tot € 399 per maand"
    assert plain(amount(replace(post, uitkomst="onbekend"))) == "hoogstens € 399 per maand"
    assert plain(amount(replace(post, minstens=Sombedrag(Decimal(399), Decimal(4800))))) == "€ 399 per maand"
    once = replace(post, maandelijks=False, maand=None, minstens=Sombedrag(None, Decimal(1800)))
    assert plain(amount(once)) == "€ 1.800 tot € 4.800 per jaar"


def plain(text: str) -> str:
    """A text as it is read, where a space is a space."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
