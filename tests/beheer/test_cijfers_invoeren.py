"""Entering the figures of a new year over HTTP: what is kept, what is said, and that nobody loses anything."""

import re
from datetime import date
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from regels.bron import bewaard, pakketbestanden
from regels.jaarwissel.invulgroepen import Invulcijfer, invulling
from regels.nieuw import nieuw_jaar
from service.beheer.aanvaardingen import Aanvaardingen
from service.beheer.cijferinvoer import Groepsplaats
from service.beheer.cijfertekst import getoond_cijfer
from service.toegang.rechten import Rol
from tests.hulp.beheerkamer import Kamer, kamer_in
from tests.hulp.verzonnen import CIJFERS_2027, verzonnen_jaar

OUD = pakketbestanden()
TOEWIJZING = Groepsplaats("landelijk", "2027", "toewijzing")
HUURGRENZEN = Groepsplaats("landelijk", "2027", "huurgrenzen")
# made up, and plausible
GRENZEN = {
    "w.kwaliteitskortingsgrens.": "508,70",
    "w.aftoppingsgrens.laag": "728,00",
    "w.aftoppingsgrens.hoog": "780,20",
}
BRON = {
    "bron": "nieuw",
    "nb.titel": "Verzonnen regeling huurgrenzen",
    "nb.url": "https://voorbeeld.nl/regeling",
    "nb.datum": "20-11-2026",
    "nb.vindplaats": "artikel 1",
    "zekerheid": "onbevestigd",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Kamer:
    return kamer_in(tmp_path_factory.mktemp("cijfers"), OUD)


@pytest.fixture(scope="module")
def leeg() -> dict[str, bytes]:
    """The empty files of 2027."""
    texts = {name: content.decode() for name, content in OUD.items()}
    return {name: text.encode() for name, text in nieuw_jaar(texts, 2027).items()}


@pytest.fixture
def naam(house: Kamer, leeg: dict[str, bytes]) -> str:
    """A draft of 2027 of its own."""
    huis = house.huis
    name = f"jaar-{len(huis.concepten.lijst())}"
    huis.concepten.begin(huis.invoerder, name, "x")
    huis.concepten.wijzig(huis.invoerder, name, lambda files: {**files, **leeg})
    return name


def path(naam: str, plaats: Groepsplaats) -> str:
    return f"/beheer/concepten/{naam}/cijfers/{plaats.eigenaar}/{plaats.jaar}/{plaats.groep}"


def figure(house: Kamer, naam: str, plaats: Groepsplaats, cijfer: str) -> Invulcijfer:
    group = plaats.groep_in(house.huis.concepten.bestanden(naam)[1])
    return next(one for one in group.cijfers if one.naam == cijfer)


def fields(client: TestClient, address: str) -> dict[str, str]:
    """What the page would send when nothing is touched."""
    page = client.get(address).text
    found = {}
    for tag in re.findall(r"<input [^>]+>", page):
        given = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        if "name" in given:
            found[given["name"]] = given.get("value", "")
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_what_is_typed_stands_in_the_file_and_on_the_page(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    saved = house.invoerder.post(where, data=fields(house.invoerder, where) | GRENZEN | BRON)
    assert saved.status_code == 303, saved.text
    page = house.invoerder.get(saved.headers["location"]).text
    assert "Bewaard" in page and 'value="508,70"' in page and "was 498,20" in page
    found = figure(house, naam, HUURGRENZEN, "aftoppingsgrens")
    assert dict(found.cellen) == {"laag": "728", "hoog": "780.20"}
    assert (found.bronnen, found.zekerheid) == (("verzonnen-regeling-huurgrenzen-2027",), "onbevestigd")
    source = house.huis.concepten.bestanden(naam)[1]["landelijk/bronnen.yaml"].decode()
    assert source.endswith(
        "verzonnen-regeling-huurgrenzen-2027:\n  titel: Verzonnen regeling huurgrenzen\n"
        "  url: https://voorbeeld.nl/regeling\n  datum: 2026-11-20\n  vindplaats: artikel 1\n"
    )


def test_a_page_that_is_sent_untouched_changes_nothing(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    house.invoerder.post(where, data=fields(house.invoerder, where) | GRENZEN | BRON)
    before = house.huis.concepten.lees(naam).opgeslagen
    for plaats in (HUURGRENZEN, TOEWIJZING, Groepsplaats("landelijk", "2026", "huurtoeslag")):
        again = path(naam, plaats)
        assert house.invoerder.post(again, data=fields(house.invoerder, again)).status_code == 303
    assert house.huis.concepten.lees(naam).opgeslagen == before


def test_an_amount_that_cannot_be_read_stays_with_its_reason_and_the_rest_is_kept(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    answer = house.invoerder.post(where, data=GRENZEN | {"w.kwaliteitskortingsgrens.": "vijfhonderd"})
    assert answer.status_code == 400
    assert 'value="vijfhonderd"' in answer.text and "niet als bedrag te lezen" in answer.text
    assert 'href="#w-kwaliteitskortingsgrens."' in answer.text
    assert figure(house, naam, HUURGRENZEN, "aftoppingsgrens").cellen["hoog"] == "780.20"
    assert "nog zonder bron of zekerheid: 1." in answer.text
    assert figure(house, naam, HUURGRENZEN, "kwaliteitskortingsgrens").cellen[""] is None


def test_two_people_on_different_figures_both_keep_theirs(house: Kamer, naam: str) -> None:
    other = house.als(Rol.REGELBEHEERDER, "tweede")
    where = path(naam, HUURGRENZEN)
    mine, theirs = fields(house.invoerder, where), fields(other, where)
    assert house.invoerder.post(where, data=mine | {"w.aftoppingsgrens.laag": "728"}).status_code == 303
    assert other.post(where, data=theirs | {"w.aftoppingsgrens.hoog": "780"}).status_code == 303
    assert dict(figure(house, naam, HUURGRENZEN, "aftoppingsgrens").cellen) == {"laag": "728", "hoog": "780"}


def test_of_two_people_on_one_figure_the_second_is_told_and_keeps_what_was_typed(house: Kamer, naam: str) -> None:
    other = house.als(Rol.REGELBEHEERDER, "tweede")
    where = path(naam, HUURGRENZEN)
    mine, theirs = fields(house.invoerder, where), fields(other, where)
    house.invoerder.post(where, data=mine | {"w.aftoppingsgrens.laag": "728", "zekerheid": "officieel"})
    answer = other.post(where, data=theirs | {"w.aftoppingsgrens.laag": "729", "zekerheid": "afgeleid"})
    assert answer.status_code == 409
    assert "Een ander heeft hier intussen ingevuld: 728." in answer.text and 'value="729"' in answer.text
    assert "intussen ingevuld: officieel." in answer.text
    now = figure(house, naam, HUURGRENZEN, "aftoppingsgrens")
    assert (now.cellen["laag"], now.zekerheid) == ("728", "officieel")
    again = dict(re.findall(r'name="(o\.[^"]+)" value="([^"]*)"', answer.text))
    assert other.post(where, data=again | {"w.aftoppingsgrens.laag": "729"}).status_code == 303
    assert figure(house, naam, HUURGRENZEN, "aftoppingsgrens").cellen["laag"] == "729"


def test_a_source_is_chosen_once_with_an_exception_for_one_figure(house: Kamer, naam: str) -> None:
    where = path(naam, TOEWIJZING)
    choices = {"bron": "indexering-2026", "zekerheid": "officieel", "b.aow_jaren": "=", "z.aow_jaren": "secundair"}
    assert house.invoerder.post(where, data=fields(house.invoerder, where) | choices).status_code == 303
    assert figure(house, naam, TOEWIJZING, "daeb_huurgrens").bronnen == ("indexering-2026",)
    apart = figure(house, naam, TOEWIJZING, "aow_jaren")
    assert (apart.bronnen, apart.zekerheid) == (("aow-leeftijd",), "secundair")
    page = fields(house.invoerder, where)
    assert (page["bron"], page["b.aow_jaren"], page["z.aow_jaren"]) == ("indexering-2026", "=", "secundair")
    both = page | {"b.daeb_grens": "="}
    house.invoerder.post(where, data=both)
    assert figure(house, naam, TOEWIJZING, "daeb_grens").bronnen == ("btiv-16", "indexering-2026")


def test_a_source_that_is_half_described_is_asked_for_with_what_was_typed(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    answer = house.invoerder.post(where, data=BRON | {"nb.url": "voorbeeld.nl", "nb.datum": "morgen"})
    assert answer.status_code == 400
    assert "Begin het adres met https://" in answer.text and 'value="voorbeeld.nl"' in answer.text
    assert 'value="morgen"' in answer.text
    assert figure(house, naam, HUURGRENZEN, "aftoppingsgrens").bronnen == ()


def test_a_source_of_a_law_that_is_typed_gets_its_rows(house: Kamer, naam: str) -> None:
    law = {"nb.url": "https://wetten.overheid.nl/BWBR0005181/2027-01-01#Artikel46", "nb.vindplaats": "artikel 46 lid 2"}
    house.invoerder.post(path(naam, HUURGRENZEN), data=BRON | law)
    files = house.huis.concepten.bestanden(naam)[1]
    assert b"artikelen:\n  - woningwet/46\n" in files["landelijk/bronnen.yaml"]


def test_what_is_typed_is_judged_before_it_is_kept(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    typed = GRENZEN | {"w.aftoppingsgrens.laag": "7.280,00"}
    answer = house.invoerder.post(f"{where}/keur", data=fields(house.invoerder, where) | typed)
    assert answer.status_code == 200
    place = re.search(r'id="bij-aftoppingsgrens.laag" hx-swap-oob="true">(.*?)</div>', answer.text, re.DOTALL)
    assert place and "€ 7.280" in place[1].replace("\xa0", " ") and "Let op" in place[1]
    assert figure(house, naam, HUURGRENZEN, "aftoppingsgrens").cellen["laag"] is None


def test_a_warning_is_accepted_with_a_reason_and_taken_back(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    house.invoerder.post(where, data=fields(house.invoerder, where) | GRENZEN | {"w.kwaliteitskortingsgrens.": "650"})
    asked = [name for name in fields(house.invoerder, where) if name.startswith("r.factor:")]
    assert len(asked) == 1
    form = fields(house.invoerder, where) | {asked[0]: "De wet is gewijzigd."}
    assert house.invoerder.post(where, data=form).status_code == 303
    accepted = Aanvaardingen(house.huis.concepten).van(naam)
    assert [one.reden for one in accepted.values()] == ["De wet is gewijzigd."]
    page = house.invoerder.get(where).text
    assert "Aanvaard: De wet is gewijzigd." in page and f'name="{asked[0]}"' not in page
    house.invoerder.post(where, data=fields(house.invoerder, where) | {"actie": f"terug:{asked[0][2:]}"})
    assert not Aanvaardingen(house.huis.concepten).van(naam)


def test_a_reason_for_a_value_that_changes_with_it_is_not_lost(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    house.invoerder.post(where, data={"w.kwaliteitskortingsgrens.": "650"})
    asked = next(name for name in fields(house.invoerder, where) if name.startswith("r.factor:"))
    form = fields(house.invoerder, where) | {asked: "Wet.", "w.kwaliteitskortingsgrens.": "660"}
    assert 'value="Wet."' in house.invoerder.post(f"{where}/keur", data=form).text
    house.invoerder.post(where, data=form)
    (code,) = Aanvaardingen(house.huis.concepten).van(naam)
    assert "=660:" in code


def test_a_group_is_ready_only_when_it_is_whole_and_right(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    refused = house.invoerder.post(where, data=GRENZEN | {"actie": "klaar"})
    assert refused.status_code == 400 and "nog niet compleet" in refused.text and 'value="508,70"' in refused.text
    ready = house.invoerder.post(where, data=fields(house.invoerder, where) | BRON | {"actie": "klaar"})
    assert ready.status_code == 303 and "/huurtoeslag?bewaard=" in ready.headers["location"]
    files = house.huis.concepten.bestanden(naam)[1]
    assert HUURGRENZEN.groep_in(files).status == "vastgesteld"
    assert TOEWIJZING.groep_in(files).status == "concept"
    assert "klaar" in house.invoerder.get(f"/beheer/concepten/{naam}/cijfers").text
    house.invoerder.post(where, data=fields(house.invoerder, where) | {"actie": "concept"})
    assert HUURGRENZEN.groep_in(house.huis.concepten.bestanden(naam)[1]).status == "concept"


def test_a_pasted_table_is_read_and_what_is_not_understood_comes_back(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    table = "Aftoppingsgrens\t€ 728,00\t€ 780,20\r\nKwaliteitskortingsgrens\t498,20\t508,70\r\nIets anders\t5\r\n"
    answer = house.invoerder.post(where, data=fields(house.invoerder, where) | {"plak": table})
    assert answer.status_code == 400
    assert "Dit cijfer staat niet in deze groep." in answer.text and ">Iets anders\t5</textarea>" in answer.text
    assert dict(figure(house, naam, HUURGRENZEN, "aftoppingsgrens").cellen) == {"laag": "728", "hoog": "780.20"}
    assert figure(house, naam, HUURGRENZEN, "kwaliteitskortingsgrens").cellen[""] == "508.70"


def test_a_file_that_is_fetched_and_sent_back_is_the_same_file(house: Kamer, naam: str) -> None:
    address = f"/beheer/concepten/{naam}/bestanden"
    fetched = house.invoerder.get(f"{address}/landelijk/2027.yaml")
    before = house.huis.concepten.bestanden(naam)[1]
    assert fetched.content == before["landelijk/2027.yaml"]
    called = re.search(r'filename="([^"]+)"', fetched.headers["content-disposition"])
    assert called
    edited = fetched.content.replace(b"waarde:  # in 2026: 932.93", b"waarde: 950.10  # nagekeken")
    for content in (fetched.content, edited):
        sent = {"inhoud": (called[1], content, "application/yaml")}
        answer = house.invoerder.post(address, data={"bestand": "landelijk/2027.yaml"}, files=sent)
        assert answer.status_code == 303, answer.text
        assert house.huis.concepten.bestanden(naam)[1] == before | {"landelijk/2027.yaml": content}
    assert figure(house, naam, TOEWIJZING, "daeb_huurgrens").cellen[""] == "950.10"


def test_a_file_that_somebody_changed_meanwhile_is_not_overwritten_unseen(house: Kamer, naam: str) -> None:
    address = f"/beheer/concepten/{naam}/bestanden"
    fetched = house.invoerder.get(f"{address}/landelijk/2027.yaml")
    called = fetched.headers["content-disposition"].partition('"')[2].strip('"')
    where = path(naam, HUURGRENZEN)
    house.invoerder.post(where, data=GRENZEN)
    kept = house.huis.concepten.bestanden(naam)[1]
    sent = {"inhoud": (called, fetched.content + b"\n# van mij\n", "application/yaml")}
    answer = house.invoerder.post(address, data={"bestand": "landelijk/2027.yaml"}, files=sent)
    assert answer.status_code == 409 and "gewijzigd sinds u het ophaalde" in answer.text
    assert house.huis.concepten.bestanden(naam)[1] == kept
    answer = house.invoerder.post(address, data={"bestand": "landelijk/2027.yaml", "vervang": "ja"}, files=sent)
    assert answer.status_code == 303
    assert house.huis.concepten.bestanden(naam)[1]["landelijk/2027.yaml"].endswith(b"# van mij\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Kies het bestand"),
        (b"\xff\xfe", "UTF-8"),
        (b"groep:\n\t- x", "Regel 2"),
        (b"a: &x {b: 1}\nc: *x\n", "verwijzing"),
        (b"[" * 500, "te veel in elkaar"),
        (b"? [a]\n: b\n", "niet te lezen"),
        (b"a: b\na: c\n", "twee keer"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_why(house: Kamer, content: bytes, said: str) -> None:
    house.invoerder.post("/beheer/nieuw/leeg", data={"naam": "onleesbaar", "reden": "x"})
    sent = {"inhoud": ("landelijk-2026.yaml", content, "application/yaml")}
    address = "/beheer/concepten/onleesbaar/bestanden"
    answer = house.invoerder.post(address, data={"bestand": "landelijk/2026.yaml", "vervang": "ja"}, files=sent)
    assert answer.status_code == 400 and said in answer.text
    assert not house.huis.concepten.lees("onleesbaar").anders


def test_who_only_looks_sees_values_and_no_fields(house: Kamer, naam: str) -> None:
    where = path(naam, HUURGRENZEN)
    house.invoerder.post(where, data=GRENZEN)
    page = house.keurder.get(where)
    assert page.status_code == 200 and "780,20" in page.text and 'name="w.' not in page.text
    assert house.keurder.post(where, data=GRENZEN).status_code == 403


@pytest.mark.parametrize("plaats", ["landelijk/1900/toewijzing", "niemand/2027/x", "landelijk/x/toewijzing"])
def test_a_group_that_is_not_there_is_not_found(house: Kamer, naam: str, plaats: str) -> None:
    assert house.invoerder.get(f"/beheer/concepten/{naam}/cijfers/{plaats}").status_code == 404


def test_a_whole_made_up_year_is_pasted_group_by_group_and_answers(house: Kamer, naam: str) -> None:
    """As somebody with a spreadsheet does it: a table, a source and a certainty for each group, and it is ready."""
    source = BRON | {"nb.titel": "Verzonnen cijfers 2027"}
    files = house.huis.concepten.bestanden(naam)[1]
    wanted = verzonnen_jaar({name: content.decode() for name, content in OUD.items()}, 2027, CIJFERS_2027)
    made_up = {
        (group.bestand, group.groep): group
        for group in invulling({**OUD, **{name: text.encode() for name, text in wanted.items()}})
    }
    for group in [one for one in invulling(files) if one.bestand.endswith("/2027.yaml")]:
        where = path(naam, Groepsplaats(group.eigenaar, "2027", group.groep))
        figures = made_up[group.bestand, group.groep].cijfers
        table = [
            f"{figure.naam}.{cell}\t{getoond_cijfer(text or before, figure.type)}"
            for figure in figures
            for cell, text in figure.cellen.items()
            for before in [figure.vorige.cellen[cell] if figure.vorige else ""]
        ]
        remarks = {f"n.{figure.naam}": figure.opmerking for figure in figures}
        form = remarks | source | {"plak": "\n".join(table), "actie": "klaar"}
        answer = house.invoerder.post(where, data=form)
        assert answer.status_code == 303, (group.groep, re.findall(r"<p>(?:Herstel|Deze groep).*?</p>", answer.text))
        source = {"bron": "verzonnen-cijfers-2027", "zekerheid": "onbevestigd"}
    page = house.invoerder.get(f"/beheer/concepten/{naam}").text
    assert "klaar" in page and "groepen klaar" not in page
    regels = bewaard(house.huis.concepten.bestanden(naam)[1], "concept")
    made = regels.cijfers["aftoppingsgrens"][-1]
    assert made.venster.bevat(date(2027, 7, 1)) and made.waarde == {
        "laag": Decimal("737.98"),
        "hoog": Decimal("790.89"),
    }
