"""What if: the same rules with other values, beside the present answer; nothing decided, nothing kept."""

from decimal import Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings

from regels import Vraag
from regels.opmaak import bedrag
from regels.uitslag import Uitslag
from regels.wijzer import put
from tests.hulp import voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import Vraagdata, compleet
from tests.hulp.vragen import personen, vraag
from tests.web.pagina import Element, beside, filled, read_page
from web.raamwerk.teksten import tekst
from web.uitkomst.antwoord import QUIET
from web.uitkomst.vergelijken import compare
from web.uitkomst.wat_als import WatAlsFout, changeable, changed, crossed, data_of, limits

NBSP = "\N{NO-BREAK SPACE}"


def asked(woning: dict[str, Any] | None = None, **anders: Any) -> tuple[Vraag, Uitslag]:
    question = read(vraag(woning, **anders))
    return question, toets(question)


def other(question: Vraag, answer: Uitslag, **values: str) -> Vraag:
    boxes = changeable(PAKKET, question, answer)
    names = {box.naam.rpartition(".")[2]: box.naam for box in boxes}
    return changed(PAKKET, question, boxes, {names[name]: text for name, text in values.items()})[0]


def post(client: TestClient, page: Element, status: int = 200, headers: dict[str, str] | None = None, **extra: str):
    """Send the what-if form of ``page``, with ``extra`` values by the last part of their name."""
    data = filled(page) | beside(page)
    for name, value in extra.items():
        own = next((key for key in data if key.startswith("anders.") and key.endswith(f".{name}")), name)
        data[own] = value
    answer = client.post("/wat-als", data=data, headers=headers)
    assert answer.status_code == status
    return read_page(answer.text)


def answered(client: TestClient, as_typed, **anders: Any) -> Element:
    return read_page(client.post("/", data=as_typed(vraag(**anders))).text)


# the other question


@pytest.mark.parametrize("case", voorbeelden(), ids=lambda case: case.naam)
def test_nothing_changed_is_the_same_question_and_the_same_answer(case) -> None:
    question = read(case.vraag)
    answer = toets(question)
    same, changes = changed(PAKKET, question, changeable(PAKKET, question, answer), {})
    assert changes == ()
    found = compare(PAKKET.teksten, answer, toets(same), changes)
    assert found.verschillen == ()


@settings(deadline=None)
@given(question=compleet())
def test_typed_as_it_stands_every_value_is_unchanged(question: Vraagdata) -> None:
    asked = read(question)
    boxes = changeable(PAKKET, asked, toets(asked))
    same, changes = changed(PAKKET, asked, boxes, {box.naam: box.tekst for box in boxes})
    assert changes == () and same == asked


def test_what_can_be_changed_is_what_the_answer_rests_on_or_lacks() -> None:
    question, answer = asked()
    found = {box.pointer for box in changeable(PAKKET, question, answer)}
    assert {"/woning/kaleHuur", "/personen/0/inkomen", "/vermogen", "/inkomenscategorie"} <= found
    assert "/voorgesteldeHuur" in found or "/woning/voorgesteldeHuur" in found  # missing, so it can be tried
    # who someone is and what was taken as given have their own places on the form
    assert "/personen/0/rol" not in found
    assert not found & {taken.veld for taken in answer.uitgangspunten}


def test_another_rent_gives_the_answer_of_that_rent() -> None:
    question, answer = asked()
    changed_question = other(question, answer, kaleHuur="713,03")
    assert toets(changed_question) == toets(read(vraag({"kaleHuur": 713.03})))
    assert data_of(question)["woning"]["kaleHuur"] == 600  # the present question stays as it was


def test_a_value_that_is_emptied_is_unknown() -> None:
    question, answer = asked()
    assert toets(other(question, answer, kaleHuur="")) == toets(read(vraag({"kaleHuur": None})))


@pytest.mark.parametrize("text", ["abc", "-5", "1,234"])
def test_what_cannot_be_read_is_refused_at_its_field(text: str) -> None:
    question, answer = asked()
    with pytest.raises(WatAlsFout) as caught:
        other(question, answer, kaleHuur=text)
    assert list(caught.value.fouten) == ["/woning/kaleHuur"]
    assert text not in str(caught.value)


def test_what_does_not_fit_the_question_is_refused_at_its_field() -> None:
    question, answer = asked()
    with pytest.raises(WatAlsFout) as caught:
        other(question, answer, kaleHuur="99999")
    assert list(caught.value.fouten) == ["/woning/kaleHuur"]


def test_a_value_is_put_in_its_place_and_taken_away() -> None:
    data: dict[str, Any] = {"personen": [{}, {"inkomen": 5}]}
    put(data, "/personen/0/inkomen", 3)
    put(data, "/woning/kaleHuur", Decimal("1.50"))
    put(data, "/personen/1/inkomen", None)
    assert data == {"personen": [{"inkomen": 3}, {}], "woning": {"kaleHuur": Decimal("1.50")}}


def test_first_come_the_amounts_that_are_known_and_what_a_main_outcome_waits_for() -> None:
    question, answer = asked({"kaleHuur": None})
    first = {box.pointer for box in changeable(PAKKET, question, answer) if box.eerst}
    assert {"/woning/kaleHuur", "/personen/0/inkomen"} <= first
    assert "/inkomenscategorie" not in first  # no amount
    assert "/energiekosten" not in first  # missing, for something else


# the limits


def test_every_limit_with_a_distance_is_there_and_the_nearest_first() -> None:
    _, answer = asked({"kaleHuur": 700})
    found = limits(PAKKET.teksten, answer)
    margins = [abs(Decimal(str(answer.conclusie(limit.besluit).waarden["marge"]))) for limit in found]
    assert margins == sorted(margins) and margins
    assert {limit.besluit for limit in found} == {c.id for c in answer.conclusies if "marge" in c.waarden}
    assert "13,02" in found[0].tekst


@pytest.mark.parametrize(
    ("besluit", "rent", "income", "new"),
    [
        # 2026: 713,02 for one or two persons; DAEB 51.537 and passend 29.400 for one (indexering 2026)
        ("passende-huur", 700.00, 20_000, f"€{NBSP}713,03"),
        ("passende-huur", 713.02, 20_000, f"€{NBSP}713,03"),
        ("passende-huur", 713.03, 20_000, f"€{NBSP}713,02"),
        ("daeb-doelgroep", 600.00, 51_537, f"€{NBSP}51.538"),
        ("daeb-doelgroep", 600.00, 60_000, f"€{NBSP}51.537"),
        ("primaire-doelgroep", 600.00, 29_400, f"€{NBSP}29.401"),
        ("primaire-doelgroep", 600.00, 29_401, f"€{NBSP}29.400"),
    ],
)
def test_crossing_a_limit_takes_the_smallest_step(besluit: str, rent: float, income: int, new: str) -> None:
    question, answer = asked({"kaleHuur": rent}, soort="woningzoekende", personen=personen(("huurder", 40, income)))
    found = crossed(PAKKET, question, answer, besluit)
    assert found is not None
    crossed_question, (change,) = found
    assert change.nieuw == new
    before, after = answer.conclusie(besluit), toets(crossed_question).conclusie(besluit)
    assert {before.uitkomst, after.uitkomst} == {"ja", "nee"}


@settings(deadline=None, max_examples=50)
@given(question=compleet())
def test_a_crossed_limit_is_on_the_other_side(question: Vraagdata) -> None:
    asked = read(question)
    answer = toets(asked)
    for limit in limits(PAKKET.teksten, answer):
        found = crossed(PAKKET, asked, answer, limit.besluit)
        if found is not None:
            before = answer.conclusie(limit.besluit).waarden
            after = toets(found[0]).conclusie(limit.besluit).waarden
            if limit.besluit == "huurklasse":  # above a limit that was crossed there is a next one
                assert before["klasse"] != after["klasse"]
            else:
                assert isinstance(before["marge"], Decimal) and isinstance(after["marge"], Decimal)
                assert (before["marge"] >= 0) != (after["marge"] >= 0)


@pytest.mark.parametrize(
    ("rent", "new"),
    # 2026: kwaliteitskortingsgrens 498,20, aftoppingsgrenzen 713,02 and 764,14, and 932,93
    [
        (300.00, "498,21"),
        (498.20, "498,21"),
        (600.00, "713,03"),
        (750.00, "764,15"),
        (900.00, "932,94"),
        (950, "932,93"),
    ],
)
def test_a_rent_is_moved_over_the_nearest_limit_of_its_class(rent: float, new: str) -> None:
    question, answer = asked({"kaleHuur": rent}, personen=personen(("huurder", 40, 20_000)))
    found = crossed(PAKKET, question, answer, "huurklasse")
    assert found is not None
    assert found[1][0].nieuw == f"€{NBSP}{new}"


@pytest.mark.parametrize(
    ("income", "new"),
    # 51.537 / 1,0376 = 49.669,4 and that of 49.669 is 51.536,6; BTIV 56 rounds up, so 49.669 is 51.537
    [(30_000, 49_670), (60_000, 49_669)],
)
def test_the_income_of_another_year_takes_the_smallest_step_too(income: int, new: int) -> None:
    person = {"rol": "huurder", "leeftijd": 40, "inkomenT1": income}
    question, answer = asked(soort="woningzoekende", toetsinkomen="t-1", personen=[person])
    found = crossed(PAKKET, question, answer, "daeb-doelgroep")
    assert found is not None
    assert data_of(found[0])["personen"][0]["inkomenT1"] == new


def test_a_limit_that_is_not_there_is_not_crossed() -> None:
    question, answer = asked()
    assert crossed(PAKKET, question, answer, "fixteam") is None
    assert crossed(PAKKET, question, answer, "bestaat-niet") is None


# two answers


def test_what_changes_is_told_with_the_new_reason_and_its_sources() -> None:
    question, answer = asked(soort="woningzoekende")
    new, changes = changed(PAKKET, question, changeable(PAKKET, question, answer), {"anders.woning.kaleHuur": "713,03"})
    (change,) = changes
    assert (change.oud, change.nieuw) == (f"€{NBSP}600,00", f"€{NBSP}713,03")
    answer_then = toets(new)
    found = {d.id: d for d in compare(PAKKET.teksten, answer, answer_then, changes).verschillen}
    fits = found["passende-huur"]
    assert fits.anders and fits.oud.conclusie.uitkomst == "ja" and fits.nieuw.conclusie.uitkomst == "nee"
    assert fits.redenen == tuple(reden.tekst for reden in answer_then.conclusie("passende-huur").redenen)
    assert fits.bronnen
    # other outcomes come before other amounts, and what stays the same is left out
    order = [d.anders for d in compare(PAKKET.teksten, answer, answer_then, changes).verschillen]
    assert order == sorted(order, reverse=True) and not all(order)
    assert "daeb-doelgroep" not in found


@settings(deadline=None)
@given(question=compleet())
def test_a_difference_is_told_exactly_when_outcome_words_or_amounts_differ(question: Vraagdata) -> None:
    one = read(question)
    two = read(question | {"woning": question["woning"] | {"kaleHuur": 713.03}})
    old, new = toets(one), toets(two)
    told = {d.id for d in compare(PAKKET.teksten, old, new, ()).verschillen}
    before, after = {c.id: c for c in old.conclusies}, {c.id: c for c in new.conclusies}
    for name in before.keys() | after.keys():
        if name not in before or name not in after or before[name].uitkomst != after[name].uitkomst:
            assert name in told
        elif before[name].weergave == after[name].weergave and before[name].tekst == after[name].tekst:
            assert name not in told


def test_now_and_then_stand_beside_each_other_also_where_nothing_changes() -> None:
    question, answer = asked(verhuurder="wetland-wonen")
    new, changes = changed(
        PAKKET, question, changeable(PAKKET, question, answer), {"anders.personen.0.inkomen": "30000"}
    )
    then = toets(new)
    found = compare(PAKKET.teksten, answer, then, changes)
    rows = {row.titel: row for row in found.naast}
    rent = rows[PAKKET.teksten.titel("huurtoeslag")]
    old, less = (one.conclusie("huurtoeslag").waarden["perMaand"] for one in (answer, then))
    assert isinstance(old, Decimal) and isinstance(less, Decimal) and less < old
    assert rent.anders and rent.verschil == f"{bedrag(old - less)} minder"
    assert rent.oud.bedrag is not None and rent.oud.bedrag.tekst == bedrag(old)
    # the net rent is more by what the allowance is less
    net = rows[PAKKET.teksten.titel("huurquote")]
    assert net.verschil == f"{bedrag(old - less)} meer"
    # the highest new rent does not depend on an income of this year
    rise = rows[PAKKET.teksten.titel("huurverhoging-wettelijk")]
    assert not rise.anders and rise.verschil == "gelijk" and rise.oud.bedrag == rise.nieuw.bedrag
    assert found.samen is not None and found.samen.verschil.endswith("minder")
    # what a household pays and gets stands in front
    assert list(rows)[:2] == [PAKKET.teksten.titel(name) for name in ("huurtoeslag", "huurquote")]


@settings(deadline=None, max_examples=25)
@given(question=compleet())
def test_every_outcome_about_the_household_is_beside_told_different_or_told_the_same(question: Vraagdata) -> None:
    one = read(question)
    two = read(question | {"woning": question["woning"] | {"kaleHuur": 713.03}})
    old, new = toets(one), toets(two)
    found = compare(PAKKET.teksten, old, new, ())
    told = {row.titel for row in found.naast} | {title for title, _ in found.gelijk}
    told |= {d.titel for d in found.verschillen}
    for c in new.conclusies:
        assert c.uitkomst in QUIET or PAKKET.teksten.titel(c.id) in told, c.id
    different = {d.titel for d in found.verschillen}
    assert different.isdisjoint(title for title, _ in found.gelijk)
    main = {PAKKET.teksten.titel(name) for name in PAKKET.teksten.hoofdzaken}
    for row in found.naast:
        assert row.titel not in main or row.anders == (row.titel in different), row.titel


# the page


def test_the_comparison_comes_back_with_the_question_in_the_form(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed, soort="woningzoekende"), kaleHuur="713,03")
    assert "Passend" in page.text or "passend" in page.text
    rows = list(page.one("table", class_="vergelijking__tabel").all("tr", class_="vergelijking__verschil"))
    assert any("Ja" in row.text and "Nee" in row.text for row in rows)
    assert "€ 600,00 wordt € 713,03" in page.one(class_="vergelijking").text
    # the present answer is one button away, unchanged
    back = next(form for form in page.all("form") if form.attributes["action"] == "/")
    again = client.post("/", data={e.attributes["name"]: e.attributes["value"] for e in back.all("input")})
    assert filled(read_page(again.text)) == filled(answered(client, as_typed, soort="woningzoekende"))
    assert next(page.all("title")).text.startswith("Wat als: ")


def test_the_other_values_can_be_kept_as_the_question(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed), kaleHuur="713,03")
    keep = [form for form in page.all("form") if form.attributes["action"] == "/"][-1]
    again = client.post("/", data={e.attributes["name"]: e.attributes["value"] for e in keep.all("input")})
    typed = filled(read_page(again.text))
    assert typed["woning.kaleHuur"] == "713,03"
    assert typed == filled(answered(client, as_typed)) | {"woning.kaleHuur": "713,03"}


def test_another_income_is_kept_in_place_of_the_sum_of_the_slips(client: TestClient, as_typed) -> None:
    typed = as_typed(vraag(personen=[{"rol": "huurder", "leeftijd": 40}]))
    slip = {"bedrag": "20.000", "periode": "jaar", "aantal": "1"}
    typed |= {f"personen.0.stroken.0.{name}": text for name, text in slip.items()}
    typed["personen.0.strokenVolledig"] = "ja"
    page = post(client, read_page(client.post("/", data=typed).text), inkomen="30.000")
    assert "€ 20.000 wordt € 30.000" in page.one(class_="vergelijking").text
    keep = [form for form in page.all("form") if form.attributes["action"] == "/"][-1]
    again = client.post("/", data={e.attributes["name"]: e.attributes["value"] for e in keep.all("input")})
    assert again.status_code == 200
    assert filled(read_page(again.text))["personen.0.inkomen"] == "30.000"


def test_every_amount_of_the_comparison_has_its_source_beside_it(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed), kaleHuur="713,03")
    rows = list(page.one("table", class_="vergelijking__tabel").one("tbody").all("tr"))
    assert len(rows) > 4
    # a row with both sides, and below it the reasons with their sources
    for sides, why in zip(rows[::2], rows[1::2], strict=True):
        links = [a for a in why.all("a") if a.attributes["href"].startswith("http")]
        assert "€" not in sides.text + why.text or links


def test_a_limit_is_crossed_by_its_button(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed), grens="daeb-doelgroep")
    assert "€ 20.000 wordt € 51.538" in page.one(class_="vergelijking").text


def test_a_fault_stands_at_its_field_and_in_the_list(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed), 400, kaleHuur="abc")
    link = next(page.one(role="alert").all("a"))
    field = page.one(id=link.attributes["href"].removeprefix("#"))
    assert field.attributes["value"] == "abc" and field.attributes["aria-invalid"] == "true"
    assert next(page.all("title")).text.startswith("Fout")


def test_without_a_change_the_page_says_so(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed))
    assert "niets veranderd" in page.one(class_="vergelijking").text


def test_the_page_to_print_is_asked_with_the_same_values(client: TestClient, as_typed) -> None:
    part = post(client, answered(client, as_typed), headers={"HX-Request": "true"}, grens="daeb-doelgroep")
    (button,) = (b for b in part.all("button") if b.attributes.get("formaction") == "/wat-als")
    assert button.attributes["form"] == "formulier"
    assert (button.attributes["name"], button.attributes["value"]) == ("grens", "daeb-doelgroep")
    page = post(client, answered(client, as_typed), grens="daeb-doelgroep")
    assert page.one("table", class_="vergelijking__naast").text == part.one("table", class_="vergelijking__naast").text
    assert "1 maart 2026" in page.one(class_="vergelijking").text


@pytest.mark.parametrize(
    ("asked_for", "said"),
    [({"kaleHuur": "713,03"}, "€ 650,00 wordt € 713,03"), ({"grens": "daeb-doelgroep"}, "€ 20.000 wordt € 51.538")],
)
def test_the_comparison_on_the_page_follows_another_answer(client: TestClient, as_typed, asked_for, said: str) -> None:
    page = answered(client, as_typed)
    part = post(client, page, headers={"HX-Request": "true"}, **asked_for)
    hidden = {e.attributes["name"]: e.attributes["value"] for e in part.all("input") if e.attributes.get("form")}
    typed = {f"anders.woning.{name}": text for name, text in asked_for.items() if name != "grens"}
    # the rent of the form itself changes: every other box of what-if still says the old one
    data = filled(page) | beside(page) | hidden | typed | {"woning.kaleHuur": "650,00", "vouwen": "wat-als"}
    column = read_page(client.post("/huurder/antwoord", data=data).text)
    found = column.one(id="vergelijking")
    assert said in found.text
    assert len(list(found.all(class_="vergelijking__wat"))) == 1
    assert "autofocus" not in found.one(id="vergelijking-titel").attributes  # nobody who types is moved there
    if typed:
        assert column.one(id="anders-woning-kaleHuur").attributes["value"] == "713,03"
    # and of the same value there is nothing to compare any more
    data |= {"woning.kaleHuur": "713,03"}
    if typed:
        assert not column_of(client, data).one(id="vergelijking").text.strip()


def column_of(client: TestClient, data: dict[str, str]) -> Element:
    return read_page(client.post("/huurder/antwoord", data=data).text)


def test_htmx_gets_the_comparison_alone(client: TestClient, as_typed) -> None:
    part = post(client, answered(client, as_typed), headers={"HX-Request": "true"}, kaleHuur="713,03")
    assert not list(part.all("html")) and part.one(id="vergelijking")
    fault = post(client, answered(client, as_typed), headers={"HX-Request": "true"}, kaleHuur="abc")
    assert "Kale huur" in fault.one(role="alert").text


@pytest.mark.parametrize("data", [{}, {"grens": "x", "onzin": "1"}, {"woning.kaleHuur": "abc"}])
def test_without_a_whole_question_there_is_no_comparison(client: TestClient, data: dict[str, str]) -> None:
    answer = client.post("/wat-als", data=data)
    assert answer.status_code in (200, 400)
    assert read_page(answer.text).one("h1")


def test_nothing_of_the_question_is_in_an_address(client: TestClient, as_typed) -> None:
    page = post(client, answered(client, as_typed), kaleHuur="713,03")
    assert all(form.attributes["method"] == "post" for form in page.all("form"))
    assert not [f for f in page.all("form") if "?" in f.attributes["action"]]


@pytest.mark.parametrize("htmx", [True, False])
def test_of_fields_that_changed_since_there_is_no_comparison(client: TestClient, as_typed, htmx: bool) -> None:
    page = answered(client, as_typed)
    data = filled(page) | beside(page) | {"woning.kaleHuur": "601,00", "anders.woning.kaleHuur": "713,03"}
    answer = client.post("/wat-als", data=data, headers={"HX-Request": "true"} if htmx else {})
    assert answer.status_code == (200 if htmx else 409)
    found = read_page(answer.text)
    assert tekst("uitkomst.oud.kop") in found.text
    assert not list(found.all("table"))
    if not htmx:  # the way on is a check of what stands there now
        (back,) = found.all("form")
        hidden = {e.attributes["name"]: e.attributes["value"] for e in back.all("input")}
        assert hidden["woning.kaleHuur"] == "601,00"
        assert filled(read_page(client.post("/", data=hidden).text))["woning.kaleHuur"] == "601,00"
