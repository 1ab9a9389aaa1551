"""The papers: everything of the answer is in them, nothing else is, and everyone can read them."""

import random
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import cast

import pikepdf
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from regels.opmaak import datum
from regels.uitslag import Uitslag
from service.basis.vankracht import VanKracht
from service.invoer.bedragen import Melding
from tests.hulp import Voorbeeld, voorbeelden
from tests.hulp.geladen import PAKKET, read, toets
from tests.hulp.huishoudens import huishouden
from tests.web.hulp_papier import CONTACT, NU, drawn, pages, squeezed, tags, words
from tests.web.pagina import Element, beside, filled, read_page
from web.over.over import over
from web.papieren import overzichtpapier
from web.papieren.kenmerk import LENGTH, read_kenmerk
from web.papieren.model import Alinea, Lijst, Papier, Papiersectie, as_values
from web.papieren.overzichtpapier import compose_overzicht
from web.papieren.papierinvoer import Gegeven
from web.papieren.papierpaginas import papieren
from web.papieren.zetter import zetter
from web.papieren.zetterij import Omvang, Zetterij
from web.raamwerk.teksten import groep, tekst
from web.uitkomst.paginas import paginas

BOTH = ["overzicht", "dossier"]
AVE = "ave-stopt-de-toets"
# written down here, so that a decision which no longer says that it is for staff is seen
VOOR_MEDEWERKERS = {"huurklasse", "ave", "focusgroepen"}
CASES = [case for case in voorbeelden() if case.naam != AVE]
BY_NAME = {case.naam: case for case in CASES}
STANDARD = BY_NAME["wetland-e-label"]
HOSTILE = '#panic("x") $a$ *b* @c <d> [e] //'


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    app = FastAPI()
    app.state.regels = VanKracht(PAKKET)
    app.include_router(paginas(lambda: NU.date()))
    app.include_router(papieren(lambda: NU, CONTACT, Zetterij(Omvang(processen=1))))
    app.include_router(over(CONTACT))
    with TestClient(app) as client:
        yield client


def posted(case: Voorbeeld, as_typed, **more: str) -> dict[str, str]:
    return as_typed(case.vraag) | more


def pdf(client: TestClient, welk: str, form: dict[str, str]) -> bytes:
    answer = client.post(f"/papieren/{welk}", data=form)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/pdf"
    return answer.content


@pytest.fixture(scope="module")
def paper(client: TestClient, as_typed) -> Callable[[Voorbeeld, str], bytes]:
    """A paper of a case: made once, for what several tests look for on it."""
    made = cache(lambda naam, welk: pdf(client, welk, posted(BY_NAME[naam], as_typed)))
    return lambda case, welk: made(case.naam, welk)


@pytest.fixture(scope="module")
def on_paper(paper) -> Callable[[Voorbeeld, str], str]:
    """All that is drawn on it."""
    found = cache(lambda naam, welk: drawn(paper(BY_NAME[naam], welk)))
    return lambda case, welk: found(case.naam, welk)


def answered(case: Voorbeeld) -> Uitslag:
    # the form always has a row for one person
    return toets(read(case.vraag | {"personen": case.vraag.get("personen") or [{}]}).op(NU.date()))


def amounts(text: str) -> set[str]:
    return set(re.findall(r"€\d+(?:\.\d{3})*(?:,\d+)?", squeezed(text)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.naam)
def test_the_dossier_has_everything_that_was_answered(on_paper, case: Voorbeeld) -> None:
    uitslag, text = answered(case), on_paper(case, "dossier")
    outcomes = groep("algemeen.uitkomsten")
    for c in uitslag.conclusies:
        said = [c.vraag, outcomes[c.uitkomst], c.tekst, *(r.tekst for r in c.redenen), *(r.regel for r in c.redenen)]
        if c.uitkomst not in ("niet_van_toepassing", "geen_regels"):
            said += [w.tekst.replace("-", "") if w.naam == "marge" else w.tekst for w in c.weergave]
            said += [v.tekst for v in c.vervolg] + [gap.tekst for gap in c.ontbreekt]
            said += [datum(v.voor) for v in c.vervolg if v.voor]
        said += [part for step in c.stappen for part in (step.label, step.waarde)]
        assert [part for part in said if squeezed(part) not in text] == [], c.id
    for bron in uitslag.bronnen.values():
        assert [
            part for part in (bron.titel, bron.vindplaats, bron.datum, bron.url) if squeezed(part) not in text
        ] == []
    assert [taken.id for taken in uitslag.uitgangspunten if squeezed(taken.tekst) not in text] == []
    facts = (uitslag.regelset.versie, uitslag.regelset.hash, datum(uitslag.peildatum), str(uitslag.huurronde))
    assert all(squeezed(fact) in text for fact in facts)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.naam)
def test_no_amount_is_on_paper_that_is_not_in_the_answer_or_the_input(
    client: TestClient, as_typed, on_paper, case: Voorbeeld
) -> None:
    page = read_page(client.post("/", data=posted(case, as_typed)).text)
    known = amounts(page.text) | amounts(answered(case).json())
    for welk in BOTH:
        found = amounts(on_paper(case, welk))
        assert found
        assert found <= known


def test_what_is_for_staff_alone_is_known() -> None:
    assert {id for id, own in PAKKET.teksten.besluiten.items() if own.alleen_medewerker} == VOOR_MEDEWERKERS


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.naam)
def test_the_overview_has_every_outcome_for_the_household(on_paper, case: Voorbeeld) -> None:
    uitslag, text = answered(case), on_paper(case, "overzicht")
    for c in uitslag.conclusies:
        if c.id in VOOR_MEDEWERKERS:
            continue
        if c.uitkomst in ("ja", "nee", "besluit_ontbreekt", "voorleggen"):
            assert squeezed(PAKKET.teksten.titel(c.id)) in text, c.id
            assert squeezed(PAKKET.teksten.huurder(c)) in text, c.id
        if c.uitkomst in ("ja", "nee"):
            shown = {w.naam: w.tekst.replace("-", "") for w in c.weergave if w.label != w.naam}
            assert all(squeezed(shown[name]) in text for name in PAKKET.teksten.van(c.id).papier if name in shown)
        for step in c.vervolg:
            if step.huurder:
                assert squeezed(step.huurder) in text, c.id
                assert step.voor is None or squeezed(datum(step.voor)) in text
                assert step.url is None or squeezed(step.url.removeprefix("https://")) in text
            else:
                assert squeezed(step.tekst) not in text, c.id


def test_an_amount_stands_on_paper_only_with_words_for_it() -> None:
    rich = {"personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 90_000}], "vermogen": 0}
    found = toets(read(STANDARD.vraag | rich)).conclusie("huurtoeslag")
    assert found.uitkomst == "nee" and "perMaand" in {shown.label for shown in found.weergave}
    assert overzichtpapier._amounts(PAKKET.teksten, found) == ()
    worded = [replace(shown, label="Per maand") for shown in found.weergave if shown.naam == "perMaand"]
    assert [label for label, _ in overzichtpapier._amounts(PAKKET.teksten, replace(found, weergave=worded))] == [
        "Per maand"
    ]


@pytest.mark.parametrize("jaar", [2023, 2024, 2026])
@pytest.mark.parametrize("compleet", [True, False], ids=["compleet", "onbekend"])
def test_no_step_of_the_tenant_is_lost_and_those_with_a_term_come_first(jaar: int, compleet: bool) -> None:
    rng, heads, outcomes = random.Random(jaar), groep("papieren.overzicht_kop"), set()
    for _ in range(40):
        uitslag = toets(read(huishouden(rng, compleet=compleet, jaar=jaar)))
        parts = {
            part.titel: part.inhoud for part in compose_overzicht(PAKKET.teksten, uitslag, (), "", NU, CONTACT).secties
        }
        lists = {key: [p for d in parts.get(heads[key], ()) if isinstance(d, Lijst) for p in d.punten] for key in heads}
        for c in uitslag.conclusies:
            if c.id not in VOOR_MEDEWERKERS:
                where = lists["vragen" if c.uitkomst == "geen_regels" else "doen"]
                for step in (step for step in c.vervolg if step.huurder):
                    printed = (step.huurder, step.url or "") in [(point.tekst, point.url) for point in where]
                    in_text = c.uitkomst != "geen_regels" and step.huurder in PAKKET.teksten.huurder(c)
                    assert printed or (in_text and not step.url and not step.voor), c.id
                    outcomes.add(c.uitkomst)
        dated = [bool(point.vooraf) for point in lists["doen"]]
        assert dated == sorted(dated, reverse=True)
        said = [point.tekst for key in ("doen", "vragen") for point in lists[key]]
        staff = {step.tekst for c in uitslag.conclusies for step in c.vervolg if step.tekst != step.huurder}
        assert staff.isdisjoint(said)
    assert {"voorleggen", "geen_regels"} <= outcomes


def test_the_overview_names_what_is_missing_and_whom_to_ask(client: TestClient, as_typed) -> None:
    case = next(case for case in CASES if case.naam == "inkomen-onbekend")
    text = drawn(pdf(client, "overzicht", posted(case, as_typed)))
    waiting = [c for c in answered(case).conclusies if c.uitkomst == "onbekend" and c.ontbreekt]
    waiting = [c for c in waiting if c.id not in VOOR_MEDEWERKERS]
    assert len(waiting) > 5
    assert [c.id for c in waiting if squeezed(c.ontbreekt[0].tekst.split(": ")[-1])[1:] not in text] == []
    assert squeezed(CONTACT) in text


def test_a_paper_for_at_home_labels_nobody(client: TestClient, as_typed) -> None:
    uitslag = answered(STANDARD)
    group = uitslag.conclusie("focusgroepen")
    assert group.uitkomst == "ja"
    text = drawn(pdf(client, "overzicht", posted(STANDARD, as_typed)))
    (trouble,) = [taken for taken in uitslag.uitgangspunten if taken.id == "geen-meerdere-problemen"]
    for said in (
        PAKKET.teksten.titel("focusgroepen"),
        PAKKET.teksten.huurder(group),
        group.tekst,
        group.vervolg[0].tekst,
        trouble.tekst,
    ):
        assert squeezed(said) not in text


@pytest.mark.parametrize("welk", BOTH)
def test_nothing_is_on_paper_when_the_check_stops(client: TestClient, as_typed, welk: str) -> None:
    case = next(case for case in voorbeelden() if case.naam == AVE)
    form = posted(case, as_typed, kenmerk="K1")
    assert not list(read_page(client.post("/", data=form | {"actie": "toetsen"}).text).all(id="kenmerk"))
    for address in (f"/papieren/{welk}", f"/papieren/{welk}/afdrukken"):
        answer = client.post(address, data=form)
        assert answer.status_code == 400
        page = read_page(answer.text)
        assert tekst("papieren.weigering.gestopt") in page.one("main").text
        assert not list(page.all(id="kenmerk"))


@pytest.mark.parametrize("welk", BOTH)
def test_the_document_claims_and_keeps_pdf_ua(client: TestClient, as_typed, welk: str) -> None:
    document = pdf(client, welk, posted(STANDARD, as_typed))
    with pikepdf.open(BytesIO(document)) as found:
        root = found.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang).startswith("nl")
        assert root.ViewerPreferences.DisplayDocTitle
        with found.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == tekst(f"papieren.{welk}.titel") == str(found.docinfo["/Title"])
        assert all("/Tabs" not in page or page.Tabs == "/S" for page in found.pages)
        assert all(font.get("/FontDescriptor") is not None for font in _fonts(found))
        for page in found.pages:
            _check_that_all_text_is_tagged(page)
            for link in page.get("/Annots", []):
                assert "/StructParent" in link
                assert str(link.Contents)


def _fonts(found: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    for page in found.pages:
        for font in page.Resources.get("/Font", {}).values():
            yield from font.DescendantFonts


def _check_that_all_text_is_tagged(page: pikepdf.Page) -> None:
    inside: list[bool] = []
    shown = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BDC", "BMC"):
            tag, *properties = instruction.operands
            inside.append(tag == "/Artifact" or (bool(properties) and "/MCID" in properties[0]))
        elif operator == "EMC":
            inside.pop()
        elif operator in ("Tj", "TJ", "'", '"'):
            shown += 1
            assert any(inside)
    assert shown
    assert not inside


@pytest.mark.parametrize("welk", BOTH)
def test_the_tags_tell_headings_lists_and_tables(client: TestClient, as_typed, welk: str) -> None:
    found = list(tags(pdf(client, welk, posted(STANDARD, as_typed))))
    headings = [int(tag[1]) for tag in found if re.fullmatch(r"H\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert {"Document", "L", "LI", "LBody", "Table", "THead", "TBody", "TR", "TH", "TD", "Link"} <= set(found)


@pytest.mark.parametrize("welk", BOTH)
def test_the_text_comes_out_in_the_order_of_reading(client: TestClient, as_typed, welk: str) -> None:
    form = posted(STANDARD, as_typed, kenmerk="KCC 42")
    text = squeezed(" ".join(pages(pdf(client, welk, form))))
    page = read_page(client.post(f"/papieren/{welk}/afdrukken", data=form).text).one(class_="druk")
    order = [squeezed(element.text) for level in ("h1", "h2", "h3") for element in page.all(level)]
    assert all(title in text for title in order)
    in_page_order = [squeezed(e.text) for e in page.all() if e.tag in ("h1", "h2", "h3")]
    place = 0
    for title in in_page_order:
        place = text.index(title, place)


@pytest.mark.parametrize("welk", BOTH)
def test_the_print_page_says_the_same_as_the_document(client: TestClient, as_typed, welk: str) -> None:
    form = posted(STANDARD, as_typed, kenmerk="KCC 42")
    text = drawn(pdf(client, welk, form))
    answer = client.post(f"/papieren/{welk}/afdrukken", data=form)
    page = read_page(answer.text)
    paper = page.one(class_="druk")
    leaves = [e for e in paper.all() if e.tag in ("h1", "h2", "h3", "dd", "td", "th", "caption")]
    assert len(leaves) > 50
    assert [leaf.text for leaf in leaves if squeezed(leaf.text) not in text] == []
    assert len(list(paper.all("tr"))) == sum(tag == "TR" for tag in tags(pdf(client, welk, form)))


@pytest.mark.parametrize("welk", BOTH)
def test_every_page_has_its_number_and_the_number_of_pages(client: TestClient, as_typed, welk: str) -> None:
    found = pages(pdf(client, welk, posted(STANDARD, as_typed, kenmerk="KCC 42")))
    for number, text in enumerate(found, 1):
        assert f"Pagina {number} van {len(found)}" in text
        assert "KCC 42" in text


def input_rows(page: Element) -> list[list[str]]:
    (table,) = (t for t in page.all("table") if t.one("caption").text == tekst("papieren.dossier.invoer_bijschrift"))
    return [[cell.text for cell in row.all() if cell.tag in ("th", "td")] for row in table.one("tbody").all("tr")]


def test_the_dossier_tells_the_time_of_printing_and_the_origin_of_each_input(client: TestClient, as_typed) -> None:
    form = posted(STANDARD, as_typed)
    del form["peildatum"], form["huurronde"]
    page = read_page(client.post("/papieren/dossier/afdrukken", data=form).text)
    assert "1 maart 2026 om 14:05 uur" in page.one(class_="druk__gegevens").text
    rows = input_rows(page)
    origins = {row[0]: row[2] for row in rows}
    assert origins["Peildatum"] == "de dag van de toets"
    assert origins["Jaar van de huurverhoging"] == "het jaar van de peildatum"
    assert origins["Kale huur"] == "opgegeven"
    assert origins["Persoon 1, Verwacht inkomen dit jaar"] == "opgegeven"
    taken = {row[1] for row in rows if row[2] == "aangenomen"}
    assert taken == {taken.tekst for taken in answered(STANDARD).uitgangspunten}


def test_the_same_question_gives_the_same_document(client: TestClient, as_typed) -> None:
    form = posted(STANDARD, as_typed)
    assert pdf(client, "overzicht", form) == pdf(client, "overzicht", form)


@pytest.mark.parametrize("welk", BOTH)
def test_what_looks_like_markup_is_text(client: TestClient, as_typed, welk: str) -> None:
    form = posted(STANDARD, as_typed, kenmerk=HOSTILE)
    plain = posted(STANDARD, as_typed, kenmerk="x" * len(HOSTILE))
    assert squeezed(HOSTILE) in drawn(pdf(client, welk, form))
    assert list(tags(pdf(client, welk, form))) == list(tags(pdf(client, welk, plain)))
    page = client.post(f"/papieren/{welk}/afdrukken", data=form | {"kenmerk": "<script>alert()</script>"}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_every_character_that_a_reference_may_have_can_be_set() -> None:
    taken = (read_kenmerk(f"a{chr(code)}a") for code in range(0x20, 0x2100))
    letters = sorted({letter for text in taken if isinstance(text, str) for letter in text})
    assert {"é", "ß", "Ŋ", "€", "–"} <= set(letters)
    assert set(squeezed("".join(letters))) <= set(drawn(_set(" ".join(letters))))


def test_every_character_of_the_rules_and_the_texts_can_be_set() -> None:
    files = [*regelset_texts(), *groep("papieren").values(), *groep("algemeen").values()]
    letters = sorted({letter for text in files for letter in text if letter.isprintable()})
    assert len(letters) > 80
    assert _set(" ".join(letters))


def regelset_texts() -> Iterator[str]:
    regels = PAKKET
    for bron in regels.bronnen.values():
        yield from (bron.titel, bron.vindplaats, bron.url, bron.datum)
    for veld in regels.velden.values():
        yield from (veld.label, veld.waarom, *veld.waarden.values(), *(taken.tekst for taken in veld.uitgangspunten))
    for besluit in regels.besluiten.values():
        yield besluit.vraag
        for regel in besluit.regels:
            for text in (regel.zegt, *regel.omdat):
                yield from (part for part in text.delen if isinstance(part, str))


def _set(text: str) -> bytes:
    about = as_values((("Wat", text),))
    paper = Papier("overzicht", "Titel", "", about, (Papiersectie("Deel", (Alinea(text),)),), "", "Pagina", "van")
    return zetter().set_paper(paper, NU)


BSN = "111222333"


@pytest.mark.parametrize(
    "text",
    [BSN, "111.222.333", "1112.22.333", "111 222 333", "1112-22-333", f"dossier {BSN}", f"12 {BSN}", f"BSN{BSN}x",
     "１１１２２２３３３", "111 - 222 - 333"],
)  # fmt: skip
def test_what_looks_like_a_bsn_is_refused_and_not_repeated_in_the_reason(text: str) -> None:
    found = read_kenmerk(text)
    assert isinstance(found, Melding)
    assert "burgerservicenummer" in found.tekst
    assert not re.search(r"\d", found.tekst)


@pytest.mark.parametrize("text", ["111222334", "11122233", "1111222333", "KCC-2026-00124", "000000000", "", "Z 12/34"])
def test_another_number_is_a_fine_reference(text: str) -> None:
    assert read_kenmerk(text) == text


@given(st.integers(min_value=10_000_000, max_value=999_999_999))
def test_nine_digits_are_refused_exactly_when_they_pass_the_elfproef(number: int) -> None:
    digits = [int(digit) for digit in f"{number:09d}"]
    total = sum(weight * digit for weight, digit in zip(range(9, 1, -1), digits, strict=False)) - digits[8]
    assert isinstance(read_kenmerk(f"K{number:09d}"), Melding) == (total % 11 == 0)


@given(st.text(max_size=60))
def test_whatever_was_typed_is_a_reference_or_a_reason(text: str) -> None:
    found = read_kenmerk(text)
    if isinstance(found, str):
        assert len(found) <= LENGTH
        assert found == found.strip()
        assert found.isprintable()


def test_a_reference_of_the_greatest_length_is_taken_and_one_more_is_not() -> None:
    assert read_kenmerk("a" * LENGTH) == "a" * LENGTH
    assert isinstance(read_kenmerk("a" * (LENGTH + 1)), Melding)


@pytest.mark.parametrize("address", ["/papieren/overzicht", "/papieren/dossier/afdrukken"])
def test_a_refused_reference_leads_back_with_everything_that_was_filled_in(
    client: TestClient, as_typed, address: str
) -> None:
    form = posted(STANDARD, as_typed, kenmerk=BSN)
    answer = client.post(address, data=form)
    assert answer.status_code == 400
    page = read_page(answer.text)
    field = page.one("input", id="kenmerk")
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["value"] == BSN
    assert next(page.one(role="alert").all("a")).attributes["href"] == "#kenmerk"
    asked, back = page.one("form", id="formulier"), page.one("form", class_="terug")
    for part in (asked, back):
        hidden = {e.attributes["name"]: e.attributes["value"] for e in part.all("input", type="hidden")}
        hidden.pop("merk", "")
        assert hidden == {name: text for name, text in form.items() if name != "kenmerk"}
    assert page.one("input", id="kenmerk").attributes["form"] == "formulier"
    assert BSN not in str(answer.headers)


@pytest.mark.parametrize("welk", BOTH)
def test_a_question_that_cannot_be_read_gives_no_paper(client: TestClient, as_typed, welk: str) -> None:
    answer = client.post(f"/papieren/{welk}", data=posted(STANDARD, as_typed, **{"woning.kaleHuur": "1,234"}))
    assert answer.status_code == 400
    page = read_page(answer.text)
    assert tekst("papieren.weigering.invoer") in page.one("main").text
    (back,) = page.all("form")
    assert back.attributes["action"] == "/"


@pytest.mark.parametrize("welk", BOTH)
def test_the_file_name_says_nothing(client: TestClient, as_typed, welk: str) -> None:
    answer = client.post(f"/papieren/{welk}", data=posted(STANDARD, as_typed, kenmerk="KCC 42"))
    assert answer.headers["content-disposition"] == f"attachment;filename=huurtoets-{welk}.pdf"


def test_the_buttons_post_what_stands_in_the_form_with_the_mark_of_the_answer(client: TestClient, as_typed) -> None:
    form = posted(STANDARD, as_typed)
    page = read_page(client.post("/", data=form | {"actie": "toetsen"}).text)
    buttons = list(page.one(id="papieren").all("button"))
    assert all(button.attributes["form"] == "formulier" for button in buttons)
    addresses = {button.attributes["formaction"] for button in buttons}
    assert addresses == {f"/papieren/{welk}{end}" for welk in BOTH for end in ("", "/afdrukken")}
    for address in addresses:
        assert client.post(address, data=filled(page) | beside(page)).status_code == 200


@pytest.mark.parametrize("end", ["", "/afdrukken"])
@pytest.mark.parametrize("welk", BOTH)
@pytest.mark.parametrize(
    "changed",
    [
        {"woning.kaleHuur": "655,13"},
        {"vermogen": ""},
        {"personen.1.inkomen": "abc"},
        {f"personen.0.stroken.0.{name}": text for name, text in {"bedrag": "100", "periode": "jaar"}.items()},
        {"inkomensband": "laagste"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_of_fields_that_changed_since_there_is_no_paper(
    client: TestClient, as_typed, welk: str, end: str, changed: dict[str, str]
) -> None:
    page = read_page(client.post("/", data=posted(STANDARD, as_typed)).text)
    answer = client.post(f"/papieren/{welk}{end}", data=filled(page) | beside(page) | changed)
    assert answer.status_code == 409
    assert answer.headers["content-type"].startswith("text/html")
    refused = read_page(answer.text)
    assert refused.one("h1").text == tekst("uitkomst.oud.kop")
    (back,) = refused.all("form")
    hidden = {e.attributes["name"]: e.attributes["value"] for e in back.all("input", type="hidden")}
    assert {name: hidden.get(name, "") for name in changed} == changed
    (button,) = back.all("button")
    assert (button.attributes["name"], button.attributes["value"]) == ("actie", "toetsen")


def test_the_same_value_typed_in_another_way_is_the_same_question(client: TestClient, as_typed) -> None:
    page = read_page(client.post("/", data=posted(STANDARD, as_typed)).text)
    rent = filled(page)["woning.kaleHuur"].replace(".", ",")
    again = filled(page) | beside(page) | {"woning.kaleHuur": f"€ {rent} "}
    assert client.post("/papieren/overzicht/afdrukken", data=again).status_code == 200


def test_an_answer_of_another_day_gives_no_paper(as_typed) -> None:
    form = posted(STANDARD, as_typed)
    form.pop("peildatum", None)
    days = iter([date(2026, 3, 1), date(2026, 3, 2)])
    app = FastAPI()
    app.state.regels = VanKracht(PAKKET)
    app.include_router(paginas(lambda: next(days)))
    app.include_router(papieren(lambda: datetime.combine(next(days), time()), CONTACT, cast(Zetterij, Plaats())))
    with TestClient(app) as client:
        page = read_page(client.post("/", data=form).text)
        refused = client.post("/papieren/overzicht/afdrukken", data=filled(page) | beside(page))
    assert refused.status_code == 409


class Plaats:
    """Where nothing is set: only how many may wait is asked."""

    plaatsen = 1


def test_the_reference_is_still_there_after_a_new_check(client: TestClient, as_typed) -> None:
    page = read_page(client.post("/", data=posted(STANDARD, as_typed, kenmerk="KCC 42", actie="toetsen")).text)
    assert page.one("input", id="kenmerk").attributes["value"] == "KCC 42"


@pytest.mark.parametrize("persons", [8, 30])
def test_a_large_household_fits(client: TestClient, as_typed, persons: int) -> None:
    people = [{"rol": "huurder", "geboortedatum": "1970-01-01", "inkomen": 20_000}]
    people += [
        {"rol": "kind", "geboortedatum": f"20{10 + i % 10}-05-06", "inkomen": 100 + i} for i in range(persons - 1)
    ]
    form = as_typed(STANDARD.vraag | {"personen": people})
    text = drawn(pdf(client, "dossier", form))
    assert all(squeezed(f"Persoon {number}, Geboortedatum") in text for number in range(1, persons + 1))
    overview = pdf(client, "overzicht", form)
    assert len(pages(overview)) <= 2
    assert squeezed(tekst("papieren.overzicht.meer_ingevuld")) in drawn(overview)  # the rest of them is in the dossier


def test_the_overview_is_two_pages_at_most(paper) -> None:
    counts = {}
    for case in CASES:
        with pikepdf.open(BytesIO(paper(case, "overzicht"))) as found:
            counts[case.naam] = len(found.pages)
    assert max(counts.values()) <= 2


@pytest.mark.parametrize("jaar", [2022, 2024, 2026])
def test_a_household_of_which_everything_is_known_has_two_pages_too(jaar: int) -> None:
    rng, found = random.Random(jaar), []
    for _ in range(4):
        question = read(huishouden(rng, compleet=True, jaar=jaar))
        given = [Gegeven(f"Een gegeven met een naam {number}", "en een waarde", "", naam="") for number in range(40)]
        made = compose_overzicht(PAKKET.teksten, toets(question), given, "KCC 42", NU, CONTACT)
        found.append(len(pages(zetter().set_paper(made, NU))))
    assert max(found) <= 2


@pytest.mark.parametrize("case", CASES[::6], ids=lambda case: case.naam)
def test_the_dossier_begins_with_its_main_outcomes_on_half_a_page(paper, case: Voorbeeld) -> None:
    uitslag, first = answered(case), squeezed(pages(paper(case, "dossier"))[0])
    begin, end = (
        squeezed(tekst(key)) for key in ("papieren.dossier.samenvatting", "papieren.dossier.invoer_bijschrift")
    )
    own = first[first.index(begin) : first.index(end)]
    main = [c for c in uitslag.conclusies if c.id in PAKKET.teksten.hoofdzaken]
    for c in main:
        assert (squeezed(PAKKET.teksten.titel(c.id)) in own) == (
            c.uitkomst not in ("niet_van_toepassing", "geen_regels")
        )
    missing = {gap.tekst for c in uitslag.conclusies for gap in c.ontbreekt}
    assert not missing or f"({len(missing)})" in own
    # a page holds some 4,000 of these letters
    assert len(own) < 2_000


def test_papers_at_the_same_moment_do_not_mix() -> None:
    names = [f"kenmerk{letter}" for letter in "abcdefgh"]
    with ThreadPoolExecutor(4) as pool:
        found = dict(zip(names, pool.map(_set, names), strict=True))
    for name in names:
        assert name in drawn(found[name])


def test_a_paper_is_dated_with_the_time_of_printing(client: TestClient, as_typed) -> None:
    with pikepdf.open(BytesIO(pdf(client, "overzicht", posted(STANDARD, as_typed)))) as found:
        assert str(found.docinfo["/CreationDate"]).startswith(f"D:{NU - timedelta(hours=1):%Y%m%d%H%M}")


def test_over_names_every_source_once_with_its_place_and_date(client: TestClient) -> None:
    page = read_page(client.get("/over").text)
    text = words(page.one("main").text)
    regels = PAKKET
    assert regels.hash in text
    assert regels.versie in text
    assert CONTACT in text
    links = [link.attributes["href"] for link in page.one("main").all("a")]
    assert sorted(link for link in links if link[0] != "#") == sorted(bron.url for bron in regels.bronnen.values())
    for bron in regels.bronnen.values():
        assert words(bron.vindplaats) in text
        assert f"({bron.datum})" in text
    assert all(besluit.vraag in text for besluit in regels.besluiten.values())


def test_over_begins_with_its_contents(client: TestClient) -> None:
    page = read_page(client.get("/over").text)
    found = {link.attributes["href"][1:]: link.text for link in page.one("main").one("nav").all("a")}
    headings = [*page.one("main").all("h2"), *page.one("main").all("h3")]
    assert found == {part.attributes["id"]: part.text for part in headings}


def test_the_accessibility_statement_claims_no_audit(client: TestClient) -> None:
    text = read_page(client.get("/toegankelijkheid").text).one("main").text
    for said in ("EN 301 549", "WCAG 2.2", "PDF/UA-1", "Eerste maatregelen genomen", CONTACT):
        assert said in text
    assert "onafhankelijk onderzoek is er nog niet" in text


@pytest.mark.parametrize("address", ["/", "/over", "/toegankelijkheid"])
def test_every_page_leads_to_both_statements(client: TestClient, address: str) -> None:
    footer = read_page(client.get(address).text).one("footer")
    assert {"/over", "/toegankelijkheid"} <= {link.attributes["href"] for link in footer.all("a")}


@pytest.mark.parametrize(("seen", "origin"), [("ja", "document gezien"), ("", "opgegeven")])
def test_the_dossier_tells_which_income_was_seen_on_a_document(
    client: TestClient, as_typed, seen: str, origin: str
) -> None:
    form = posted(STANDARD, as_typed)
    del form["personen.0.inkomen"]
    slip = {"bedrag": "2.000", "periode": "maand", "aantal": "12", "gezien": seen}
    form |= {f"personen.0.stroken.0.{name}": text for name, text in slip.items()}
    page = read_page(client.post("/papieren/dossier/afdrukken", data=form | {"personen.0.strokenVolledig": "ja"}).text)
    rows = input_rows(page)
    (income,) = [row for row in rows if row[0] == "Persoon 1, Verwacht inkomen dit jaar"]
    assert income[2] == origin
    assert "€ 2.000,00" in income[1]
    assert "12" in income[1]
