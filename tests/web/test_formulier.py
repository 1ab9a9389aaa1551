"""The form: every field is in it, what was typed is kept, and every fault is shown at once where it belongs."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regels.vraag import MOST_PERSONS
from service.app import create_app
from tests.hulp.beleidsets import laad, van_het_product
from tests.hulp.geladen import PAKKET
from tests.hulp.naast import tweede
from tests.web.pagina import Element, filled, read_page
from web.formulier.indeling import INGANGEN, sections
from web.formulier.invoer import BAND, Formulier, places, read_form
from web.formulier.vakken import fields, show_form

STEL = {
    "ingang": "huurder",
    "soort": "huurder",
    "verhuurder": "wetland-wonen",
    "personen.0.rol": "huurder",
    "personen.0.geboortedatum.dag": "3",
    "personen.0.geboortedatum.maand": "2",
    "personen.0.geboortedatum.jaar": "1958",
    "personen.0.inkomen": "24.500",
    "personen.1.rol": "partner",
    "personen.1.geboortedatum.dag": "30",
    "personen.1.geboortedatum.maand": "9",
    "personen.1.geboortedatum.jaar": "1961",
    "vermogen": "8000",
    "woning.kaleHuur": "655,12",
    "woning.zelfstandig": "ja",
}
WRONG = STEL | {
    "peildatum": "1-1-26",
    "personen.0.inkomen": "1,234",
    "personen.0.vermogen": "20",
    "personen.1.rol": "huurder",
    "personen.1.geboortedatum.dag": "31",
    "personen.1.geboortedatum.maand": "2",
    "vermogen": "8.000,50",
    "woning.kaleHuur": "99999",
}


ENTRANCES = pytest.mark.parametrize("ingang", INGANGEN.values(), ids=lambda ingang: ingang.id)


def post(client: TestClient, form: dict[str, str], **action: str) -> Element:
    return read_page(client.post("/", data=form | action).text)


@ENTRANCES
def test_every_declared_field_has_one_place_at_every_entrance(ingang) -> None:
    placed = [(name, part.per_persoon) for part in sections(PAKKET, ingang) for name in (*part.velden, *part.meer)]
    assert sorted(name for name, _ in placed if name != BAND) == sorted({plek.veld.naam for plek in places(PAKKET, 1)})
    for name, of_a_person in placed:
        assert name == BAND or (fields(PAKKET)[name].groep == "persoon") is of_a_person


def test_a_field_that_somebody_added_to_the_rules_is_asked_at_every_entrance(tmp_path: Path) -> None:
    """Also in the steps, where every field says why it is asked."""
    regels = tweede(tmp_path)
    (added,) = regels.velden.keys() - PAKKET.velden.keys()
    with TestClient(create_app(regels), base_url="http://127.0.0.1") as client:
        for ingang in INGANGEN.values():
            assert f'name="{regels.velden[added].json}"' in client.get(ingang.pad).text
            where = [part.id for part in sections(regels, ingang) if added in (*part.velden, *part.meer)]
            assert where == ["bijzonderheden"]
            asked = show_form(Formulier.empty(regels, **ingang.vooraf), date(2026, 3, 1), samen=True)
            (box,) = [box for block in asked.blokken for box in block.meer if box.naam == regels.velden[added].json]
            assert box.waarom == regels.velden[added].waarom


POLICY = """\
status: vastgesteld
besloten_op: 2026-03-01
bron: besluit
onderdelen:
  - voor: [sociaal]
    basis: {tot_streefhuur: {hoogstens: 3}}
    energielabel:
      rijen:
        - {is: [A++++, A+++, A++, A+, A, B, C, D, E, F, G], krijgt: gewoon}
        - {is: [zonder_label], krijgt: niet}
    uitzonderingen:
      - {als: sloop of eerste_huurder of beleidsgebied of kwijtschelding, treft: alles, gevolg: geen, tekst: Geen.}
  - voor: [garage]
    basis: geen
"""


@ENTRANCES
def test_a_field_that_only_policy_asks_for_has_a_place_when_it_is_there(ingang) -> None:
    regels = laad({2026: POLICY})
    groups = yaml.safe_load(dict(van_het_product())["velden.yaml"])
    declared = {name for group, fields in groups.items() if group != "ontvangt" for name in fields}
    assert declared == regels.velden.keys(), "every such field is asked for by this policy"
    assert declared > PAKKET.velden.keys(), "and the product has none of them"
    placed = [name for part in sections(regels, ingang) for name in (*part.velden, *part.meer) if name != BAND]
    assert sorted(placed) == sorted({plek.veld.naam for plek in places(regels, 1)})


@ENTRANCES
def test_every_declared_field_is_on_the_page_with_its_label_help_and_choices(client: TestClient, ingang) -> None:
    page = read_page(client.get(ingang.pad).text)
    for name, veld in [(plek.naam, plek.veld) for plek in places(PAKKET, 1)]:
        split = veld.json == "geboortedatum"
        own = [e for e in page.all() if e.attributes.get("name") == (f"{name}.dag" if split else name)]
        assert own, name
        assert own[0].attributes["id"] == name.replace(".", "-")
        assert veld.label in page.text
        assert veld.waarom in page.text
        if veld.soort == "keuze":
            assert [e.attributes["value"] for e in own[0].all("option")] == ["", *veld.waarden]
        if veld.soort == "ja_nee":
            assert [e.attributes["value"] for e in own] == ["ja", "nee", ""]
        for taken in veld.uitgangspunten[-1:]:
            assert taken.tekst in page.text


@ENTRANCES
def test_an_entrance_fills_in_for_whom_it_is_and_shows_its_own_fields_first(client: TestClient, ingang) -> None:
    page = read_page(client.get(ingang.pad).text)
    assert filled(page) == {"personen.0.rol": "huurder", "soort": ingang.soort, "ingang": ingang.id}
    assert page.one("h1").text == ingang.titel
    folded = {
        e.attributes["name"] for part in page.one("form").all("details") for e in part.all() if "name" in e.attributes
    }
    front = {name for names in ingang.voorop.values() for name in names}
    for name, veld in [(plek.naam, plek.veld) for plek in places(PAKKET, 1)]:
        whole = f"{name}.dag" if veld.json == "geboortedatum" else name
        assert (whole in folded) == (veld.naam not in front), name
    assert not [part for part in page.one("form").all("details") if "open" in part.attributes]


def test_the_start_leads_to_every_entrance_and_to_its_steps(client: TestClient) -> None:
    links = {link.attributes["href"] for link in read_page(client.get("/").text).one("main").all("a")}
    steps = {path for own in INGANGEN.values() for path in (own.pad, f"/stappen{own.pad}")}
    assert links == steps | {"/agenda", "/over"}
    assert len({own.titel for own in INGANGEN.values()}) == len(INGANGEN)
    titles = [
        read_page(client.get(path).text).one("title").text for path in ("/", *(own.pad for own in INGANGEN.values()))
    ]
    assert len(set(titles)) == len(titles)


def test_everything_that_describes_or_labels_exists(client: TestClient) -> None:
    for page in (read_page(client.get("/huurder").text), post(client, WRONG), post(client, STEL)):
        ids = [e.attributes["id"] for e in page.all() if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        for element in page.all():
            for name in ("aria-describedby", "aria-labelledby", "for", "form"):
                assert set(element.attributes.get(name, "").split()) <= set(ids), element.attributes
            if element.attributes.get("href", "").startswith("#"):
                assert element.attributes["href"][1:] in ids


def test_every_fault_is_shown_at_once_on_top_and_at_its_field(client: TestClient) -> None:
    answer = client.post("/", data=WRONG)
    page = read_page(answer.text)
    assert answer.status_code == 400
    assert page.one("title").text.startswith("Fout: ")
    summary = page.one("div", role="alert")
    places = [link.attributes["href"][1:] for link in summary.all("a")]
    assert places == [
        "woning-kaleHuur",
        "personen-0-inkomen",
        "personen-0-vermogen",
        "personen-1-rol",
        "personen-1-geboortedatum",
        "vermogen",
        "peildatum",
    ]
    for place in places:
        assert page.one(id=place).attributes["aria-invalid"] == "true"
        assert [e for e in page.all() if f"{place}-fout" in e.attributes.get("aria-describedby", "").split()]
        (line,) = (link.text for link in summary.all("a") if link.attributes["href"] == f"#{place}")
        assert line.endswith(page.one(id=f"{place}-fout").text.removeprefix("Fout: "))
    assert not list(page.all(class_="conclusie"))


def test_everything_typed_is_kept_with_faults_and_with_an_answer(client: TestClient) -> None:
    assert filled(post(client, WRONG)) == WRONG
    assert filled(post(client, STEL)) == STEL


def test_what_was_typed_comes_back_as_text_and_never_as_markup(client: TestClient) -> None:
    nasty = '"><script>alert(1)</script>'
    answer = client.post("/", data={"vermogen": nasty})
    assert "<script>" not in answer.text
    assert filled(read_page(answer.text))["vermogen"] == nasty


def test_what_was_read_is_echoed_in_full(client: TestClient) -> None:
    page = post(client, STEL)
    assert page.one(id="personen-0-inkomen-gelezen").text == "Gelezen als € 24.500"
    assert page.one(id="woning-kaleHuur-gelezen").text == "Gelezen als € 655,12"
    assert page.one(id="personen-0-geboortedatum-gelezen").text == "Gelezen als 3 februari 1958"


@pytest.mark.parametrize(("action", "to"), [("opnieuw", "/huurder"), ("start", "/")])
def test_without_script_what_was_typed_is_lost_only_after_a_question(client: TestClient, action: str, to: str) -> None:
    asked = client.post("/huurder/weg", data=STEL | {"actie": action}, follow_redirects=False)
    assert asked.status_code == 200
    page = read_page(asked.text)
    assert {e.attributes["name"]: e.attributes["value"] for e in page.all("input", type="hidden")} == STEL
    assert to in [link.attributes["href"] for link in page.one(class_="bericht").all("a")]
    untouched = filled(read_page(client.get("/huurder").text)) | {"actie": action}
    left = client.post("/huurder/weg", data=untouched, follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, to)


def test_a_person_is_added_and_removed_without_losing_or_judging_anything(client: TestClient) -> None:
    three = post(client, WRONG, actie="toevoegen")
    assert filled(three) == WRONG
    assert not list(three.all(role="alert"))
    assert "autofocus" in three.one(id="personen-2-rol").attributes
    fewer = filled(post(client, WRONG | {"personen.2.rol": "kind"}, actie="verwijderen.0"))
    assert fewer == {name: text for name, text in WRONG.items() if not name.startswith("personen.")} | {
        "personen.0.rol": "huurder",
        "personen.0.geboortedatum.dag": "31",
        "personen.0.geboortedatum.maand": "2",
        "personen.0.geboortedatum.jaar": "1961",
        "personen.1.rol": "kind",
    }


def test_the_last_person_cannot_be_removed_and_people_have_an_end(client: TestClient) -> None:
    one = read_page(client.get("/huurder").text)
    assert not [e for e in one.all("button") if e.attributes.get("value", "").startswith("verwijderen")]
    full = {f"personen.{index}.rol": "medebewoner" for index in range(MOST_PERSONS)}
    page = post(client, full)
    assert "toevoegen" not in [e.attributes.get("value") for e in page.all("button")]
    more = client.post("/", data=full | {f"personen.{MOST_PERSONS}.rol": "medebewoner"})
    assert more.status_code == 400
    assert "hoogstens 30 personen" in more.text


def test_the_first_button_is_the_one_that_enter_presses(client: TestClient) -> None:
    first = next(read_page(client.get("/huurder").text).one("form", id="formulier").all("button"))
    assert (first.attributes["name"], first.attributes["value"]) == ("actie", "toetsen")


@pytest.mark.parametrize(
    "form",
    [
        {"naam": "Jansen"},
        {"personen.0.bsn": "123456782"},
        {"woning.peildatum": "1-1-2026"},
        {"personen.9999.rol": "kind"},
        {"__proto__": "x"},
    ],
)
def test_what_is_no_part_of_the_form_is_refused_and_not_repeated(client: TestClient, form: dict[str, str]) -> None:
    answer = client.post("/", data=form)
    assert answer.status_code == 400
    (value,) = form.values()
    assert value not in ("Jansen", "123456782") or value not in answer.text


def test_a_field_that_comes_twice_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/", content="vermogen=1&vermogen=2", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize("name", ["soort", "woning.zelfstandig", "personen.0.rol", "woning.energielabel"])
def test_a_choice_that_is_not_offered_is_a_fault_at_its_field(client: TestClient, name: str) -> None:
    page = post(client, {name: "anders"})
    place = name.replace(".", "-")
    (wrong,) = (e for e in page.all() if "aria-invalid" in e.attributes)
    assert page.one(id=place) in [wrong, *wrong.all()]


def test_a_birth_date_after_an_empty_peildatum_is_a_fault() -> None:
    read = read_form(Formulier.parse(PAKKET, [("personen.0.geboortedatum", "2-3-2026")]), date(2026, 3, 1))
    assert [fault.veld for fault in read.fouten] == ["/personen/0/geboortedatum"]


def test_faults_of_one_field_and_faults_between_fields_come_together() -> None:
    form = Formulier.parse(PAKKET, [("vermogen", "999999999999"), ("personen.0.rol", "partner")])
    assert [fault.veld for fault in read_form(form, date(2026, 3, 1)).fouten] == ["/vermogen", "/personen"]


def test_service_costs_are_one_amount_or_its_parts(client: TestClient) -> None:
    parts = {"woning.servicekosten.energie": "10", "woning.servicekosten.huismeester": "5,50"}
    assert client.post("/", data=parts).status_code == 200
    page = post(client, parts | {"woning.servicekosten": "20"})
    assert [link.attributes["href"] for link in page.one(role="alert").all("a")] == ["#woning-servicekosten"]


ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["0", "ja", "huurder", "kind", "24.500", "1,5", "1-1-2000", "31-12-2100", "9" * 35, "\x00", "E"]),
)
NAMES = [plek.naam for plek in places(PAKKET, 2)] + ["actie", "personen.99.rol", "anders"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.dictionaries(st.sampled_from(NAMES), ODD, max_size=12))
def test_whatever_is_typed_gives_an_answer_or_faults_and_is_kept(client: TestClient, form: dict[str, str]) -> None:
    answer = client.post("/", data=form)
    assert answer.status_code in (200, 400)
    page = read_page(answer.text)
    assert (answer.status_code == 400) == bool(list(page.all(role="alert")))


def lines(page: Element) -> dict[str, str]:
    """The sections that are folded to one line, with what stands behind their title."""
    closed = page.one("form", id="formulier").all("details", class_="sectie")
    return {
        part.one("fieldset", class_="sectie__inhoud").attributes["id"]: next(part.all(class_="sectie__kort")).text
        for part in closed
        if "open" not in part.attributes
        and [e.attributes.get("id") for e in part.all("fieldset", class_="sectie__inhoud")][1:] == []
        and "persoon" not in part.attributes["class"]
    }


def test_what_was_answered_is_one_line_and_what_is_still_asked_stands_open(client: TestClient) -> None:
    whole = STEL | {"woning.wwsMaximum": "812,40", "woning.energielabel": "E", "inkomenscategorie": "laag"}
    whole |= {"personen.1.inkomen": "0"}
    found = lines(post(client, whole | {"woning.voorgesteldeHuur": "700"}))
    assert found["woning"].replace("\xa0", " ") == (
        "Wetland Wonen · € 655,12 · € 812,40 · Energielabel: E · Zelfstandige woning: Ja"
    )
    people = "Huurder, 3 februari 1958, € 24.500 · Partner, 30 september 1961, Verwacht inkomen dit jaar: € 0"
    assert found["personen"].replace("\xa0", " ") == people
    assert "700" in found["contract"]
    assert found["bijzonderheden"] == ""
    less = lines(post(client, {name: text for name, text in whole.items() if name != "woning.kaleHuur"}))
    assert "woning" not in less and "inkomen" in less


def test_of_an_answer_only_the_section_and_the_person_of_the_next_question_stand_open(client: TestClient) -> None:
    asked = STEL | {"personen.1.inkomen": ""}
    page = post(client, asked)
    folded = lines(page)
    assert "personen" not in folded
    assert folded["woning"].endswith("nog 2 vragen") and "8.000" in folded["inkomen"]
    one, two = page.one(id="personen").all(class_="persoon")
    assert (one.tag, two.tag) == ("details", "fieldset")
    assert "3 februari 1958" in one.one(class_="sectie__kort").text.replace("\xa0", " ")
    # who adds a person goes on typing: nothing folds that was not answered
    assert not {"woning", "personen"} & lines(post(client, asked, actie="toevoegen")).keys()


def test_sections_in_which_nothing_stands_are_one_line(client: TestClient) -> None:
    page = post(client, STEL | {"woning.voorgesteldeHuur": "700"})
    together = page.one("details", class_="rijtje")
    assert "open" not in together.attributes
    assert "contract" not in together.ids and "bijzonderheden" in together.ids


def test_what_stands_behind_a_title_follows_while_typing(client: TestClient) -> None:
    page = read_page(client.post("/huurder/antwoord", data=STEL | {"woning.kaleHuur": "700"}).text)
    assert "€ 700,00" in page.one(id="woning-kort").text.replace("\xa0", " ")
    known = {e.attributes["id"] for e in post(client, STEL).all() if "id" in e.attributes}
    assert {e.attributes["id"] for e in page.all(class_="sectie__kort")} <= known


def test_a_section_with_a_fault_stands_open_and_one_without_does_not(client: TestClient) -> None:
    page = post(client, STEL | {"personen.1.inkomenT1": "1,234", "woning.voorgesteldeHuur": "700"})
    assert "personen" not in lines(page) and "contract" in lines(page)
    (opened,) = [part for part in page.one("form").all("details", class_="meer") if "open" in part.attributes]
    assert opened.one(id="personen-1-inkomenT1-fout")
    assert "contract" not in lines(post(client, STEL | {"woning.voorgesteldeHuur": "x"}))


@ENTRANCES
def test_sections_of_another_entrance_are_behind_the_last_fold(client: TestClient, ingang) -> None:
    page = read_page(client.get(ingang.pad).text)
    (last,) = [e for e in page.one(class_="rijtje").all("details") if len(list(e.all("details"))) > 0]
    assert "open" not in last.attributes
    assert set(ingang.elders) <= last.ids and not last.ids & ingang.voorop.keys()
    filled_in = {"zoeken": "kernbinding", "contract": "woning.voorgesteldeHuur"}[
        next(name for name in ("zoeken", "contract") if name in ingang.elders)
    ]
    wrong = read_page(client.post(ingang.pad, data={"personen.0.rol": "huurder", filled_in: "x"}).text)
    (last,) = [e for e in wrong.one(class_="rijtje").all("details") if len(list(e.all("details"))) > 0]
    assert "open" in last.attributes


def test_each_person_has_a_remove_button_and_the_help_stands_once(client: TestClient) -> None:
    page = post(client, STEL, actie="toevoegen")
    people = list(page.all(class_="persoon"))
    for index, person in enumerate(people):
        values = [e.attributes["value"] for e in person.all("button")]
        assert values.count(f"verwijderen.{index}") == 1
        assert not [value for value in values if value.startswith("verwijderen") and value[-1] != str(index)]
    assert len(people) == 3
    helped = [sum(veld.waarom in person.text for veld in PAKKET.velden.values()) for person in people]
    assert sorted(helped)[:2] == [0, 0] and max(helped) > 10


def test_amounts_counts_and_dates_have_the_keys_for_figures(client: TestClient) -> None:
    page = read_page(client.get("/huurder").text)
    keys = {e.attributes["name"]: e.attributes["inputmode"] for e in page.all("input", type="text")}
    assert keys["woning.kaleHuur"] == "decimal"
    for name in ("personen.0.inkomen", "personen.0.leeftijd", "personen.0.geboortedatum.dag", "peildatum", "huurronde"):
        assert keys[name] == "numeric", name
    slip = post(client, STEL, actie="strook-erbij.0")
    keys = {
        e.attributes["name"]: e.attributes["inputmode"]
        for e in slip.one("form", id="formulier").all("input", type="text")
    }
    # the place for a loss: the keys for figures have no minus on every telephone
    assert keys["personen.0.stroken.0.bedrag"] == "text"


def test_every_page_stays_out_of_the_address(client: TestClient) -> None:
    page = post(client, STEL)
    addresses = {(form.attributes["method"], form.attributes["action"]) for form in page.all("form")}
    assert ("post", "/huurder") in addresses
    assert all(method == "post" and "?" not in action for method, action in addresses)
    assert not [e for e in page.all("a") if "?" in e.attributes["href"] and not e.attributes["href"].startswith("http")]


@pytest.mark.parametrize("name", ["woning.kaleHuur", "personen.0.geboortedatum", "peildatum", "soort"])
def test_a_bsn_in_a_field_is_told_as_such(name: str) -> None:
    found = read_form(Formulier.parse(PAKKET, [("personen.0.rol", "huurder"), (name, "1234.56.782")]), date(2026, 3, 1))
    assert found.vraag is None
    (fault,) = [fault for fault in found.fouten if fault.veld == "/" + name.replace(".", "/")]
    assert "burgerservicenummer" in fault.tekst
    assert not any(character.isdigit() for character in fault.tekst)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("ja", True),
        ("Nee", False),
        ("250,50", Decimal("250.50")),
        ("€ 1.250", Decimal(1250)),
        ("0", Decimal(0)),
        (" ", None),
    ],
)
def test_what_is_received_is_yes_no_or_an_amount(typed: str, value: object) -> None:
    read = read_form(Formulier.parse(PAKKET, [("ontvangt.huurtoeslag", typed), *STEL.items()]), date(2026, 3, 1))
    assert read.fouten == () and read.vraag is not None
    assert read.vraag.ontvangsten().get("huurtoeslag") == value


@pytest.mark.parametrize("typed", ["misschien", "1,234", "-5", "100000,01", "ja nee", "true"])
def test_what_is_received_and_cannot_be_read_is_refused_at_its_field(typed: str) -> None:
    read = read_form(Formulier.parse(PAKKET, [("ontvangt.huurtoeslag", typed), *STEL.items()]), date(2026, 3, 1))
    assert [fault.veld for fault in read.fouten] == ["/ontvangt/huurtoeslag"]
    assert read.vraag is None


@ENTRANCES
def test_what_is_received_is_folded_away_until_it_is_filled_in(client: TestClient, ingang) -> None:
    empty = show_form(Formulier.empty(PAKKET, **ingang.vooraf), date(2026, 3, 1))
    (block,) = [block for block in empty.blokken if block.sectie.id == "ontvangt"]
    assert not block.open and not block.vakken and block.meer
    filled = show_form(Formulier.empty(PAKKET, **ingang.vooraf, **{"ontvangt.huurtoeslag": "200"}), date(2026, 3, 1))
    (block,) = [block for block in filled.blokken if block.sectie.id == "ontvangt"]
    assert block.open
