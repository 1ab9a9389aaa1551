"""A second municipality, added with folders only: everything works for it, beside the first in one process."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from fastapi.testclient import TestClient

from docs.maak_regels import pages
from regels import Regelset, toets
from regels.lezers import kolommen
from regels.lezers.bewijs import Bewijzer
from service.app import create_app
from tests.hulp.duinrand import duinrand, files_of_the_doc, with_duinrand
from tests.hulp.geladen import PAKKET
from tests.hulp.portefeuille import csv_bytes, rij
from tests.hulp.tabellen import ZONDER_MOGELIJK
from tests.service.test_eigen_regels import HTML, run
from web.formulier.indeling import INGANGEN

VRAAG = {
    "peildatum": "2027-03-01",
    "huurronde": 2027,
    "soort": "huurder",
    "verhuurder": "de-duinen",
    "personen": [{"rol": "huurder", "leeftijd": 40, "inkomen": 20000}],
    "vermogen": 1000,
    "woning": {"kaleHuur": 600, "zelfstandig": True, "energielabel": "F", "wwsMaximum": 900,
               "contractVanaf": "2020-01-01", "huurBijAanvang": 550},
}  # fmt: skip
GETYPT = {
    "peildatum": "1-3-2027", "huurronde": "2027", "soort": "huurder", "verhuurder": "de-duinen", "actie": "toetsen",
    "personen.0.rol": "huurder", "personen.0.leeftijd": "40", "personen.0.inkomen": "20000", "vermogen": "1000",
    "woning.kaleHuur": "600", "woning.energielabel": "F", "woning.zelfstandig": "ja", "woning.wwsMaximum": "900",
}  # fmt: skip
EIGEN = {"duinpas", "klusdienst-duinrand"}


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the rules with both municipalities."""
    return with_duinrand(tmp_path_factory.mktemp("map"))


@pytest.fixture(scope="module")
def regels(tmp_path_factory: pytest.TempPathFactory) -> Regelset:
    """Those rules, loaded."""
    return duinrand(tmp_path_factory.mktemp("duinrand"))


@pytest.fixture(scope="module")
def client(regels: Regelset) -> Iterator[TestClient]:
    """The application that answers by them."""
    with TestClient(create_app(regels), base_url="http://127.0.0.1") as made:
        yield made


def outcomes(regels: Regelset, **anders: object) -> dict[str, str]:
    """The outcome of each decision that is answered."""
    return {c.id: c.uitkomst for c in toets(regels.vraag(VRAAG | anders), regels).conclusies}


# the document


def test_the_document_shows_a_municipality_with_two_corporations(regels: Regelset) -> None:
    names = {name for name, _ in files_of_the_doc()}
    assert {"duinrand/eigenaar.yaml", "de-duinen/beleid/2027.yaml", "strandwonen/regelingen.yaml"} <= names
    assert list(regels.eigenaren.woorden("gemeenten")) == ["duinrand", *PAKKET.eigenaren.woorden("gemeenten")]


def test_the_commands_of_the_document_make_files_that_say_what_is_empty(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs/eigenaar-toevoegen.md").read_text(encoding="utf-8")
    made = re.findall(r"^huurtoets (regels nieuw .*) --map mijn$", text, re.MULTILINE)
    assert len(made) == 3
    for command in made:
        done = run(*command.split(), "--map", str(tmp_path / "mijn"))
        assert done.returncode == 0, done.stderr
    figures = tmp_path / "mijn" / "landelijk" / "2027.yaml"
    ready = figures.read_text(encoding="utf-8").replace("  status: concept\n", "", 1)
    figures.write_text(ready, encoding="utf-8")
    found = run("regels", "controleer", str(tmp_path / "mijn"), "--zonder-bewijs").stderr
    assert "duinrand/eigenaar.yaml:3: 'naam' is nog leeg" in found
    assert "landelijk/2027.yaml:14: 'daeb_huurgrens' heeft nog geen waarde" in found
    assert "'kwaliteitskortingsgrens' heeft nog geen waarde" not in found  # its group is still a draft
    assert "Traceback" not in found


# the check


def test_a_household_gets_the_decisions_of_its_own_municipality(regels: Regelset) -> None:
    own = outcomes(regels)
    assert (own["duinpas"], own["klusdienst-duinrand"], own["huurverhoging-beleid"]) == ("ja", "voorleggen", "ja")
    assert own["huurtoeslag"] == "ja"
    other = {id for id, decision in regels.besluiten.items() if "steenwijkerland" in decision.gemeenten}
    assert len(other) > 20 and not other & own.keys()
    neighbour = outcomes(regels, verhuurder="wetland-wonen")
    assert not EIGEN & neighbour.keys() and other <= neighbour.keys()


def test_the_first_municipality_answers_as_it_did_alone(regels: Regelset) -> None:
    question = VRAAG | {"verhuurder": "woonconcept", "peildatum": "2026-03-01", "huurronde": 2026}
    alone = toets(PAKKET.vraag(question), PAKKET).as_data()
    beside = toets(regels.vraag(question), regels).as_data()
    assert {c["id"]: c for c in alone["conclusies"]} == {c["id"]: c for c in beside["conclusies"]}


def test_the_municipality_that_is_filled_in_counts_before_that_of_the_landlord(regels: Regelset) -> None:
    assert outcomes(regels, verhuurder="particulier", gemeente="duinrand").keys() >= EIGEN
    assert not EIGEN & outcomes(regels, gemeente="steenwijkerland").keys()
    assert not EIGEN & outcomes(regels, gemeente="andere-gemeente").keys()


def test_without_a_municipality_it_is_asked_and_nothing_is_refused(regels: Regelset) -> None:
    answer = toets(regels.vraag(VRAAG | {"verhuurder": "particulier"}), regels)
    found = {c.id: c for c in answer.conclusies}
    assert found["duinpas"].uitkomst == found["geldloket"].uitkomst == "onbekend"
    assert [gap.veld for gap in found["duinpas"].ontbreekt] == ["/gemeente"]
    assert found["duinpas"].tekst == "Nog niet te zeggen. Kies: gemeente."
    assert found["huurtoeslag"].uitkomst == "ja"


def test_with_one_municipality_another_one_can_be_told() -> None:
    question = {key: value for key, value in VRAAG.items() if key != "verhuurder"} | {"peildatum": "2026-03-01"}
    alone = {c.id for c in toets(PAKKET.vraag(question), PAKKET).conclusies}
    told = {c.id for c in toets(PAKKET.vraag(question | {"gemeente": "steenwijkerland"}), PAKKET).conclusies}
    other = {c.id for c in toets(PAKKET.vraag(question | {"gemeente": "andere-gemeente"}), PAKKET).conclusies}
    assert alone == told == set(PAKKET.besluiten)
    assert other == {id for id, decision in PAKKET.besluiten.items() if not decision.gemeenten}


def test_what_stops_a_check_in_one_municipality_does_not_stop_it_in_the_other(regels: Regelset) -> None:
    assert outcomes(regels, meerdereProblemen=True).keys() >= EIGEN
    here = VRAAG | {"meerdereProblemen": True, "verhuurder": "woonconcept", "peildatum": "2026-03-01"}
    assert [c.id for c in toets(regels.vraag(here), regels).conclusies] == ["ave"]


# the table


def test_a_table_says_the_same_as_the_check(regels: Regelset) -> None:
    landlords = [*regels.velden["verhuurder"].waarden, None]
    towns = [*regels.velden["gemeente"].waarden, None]
    trouble = [True, False, None]
    asked = [(who, where, bad) for who in landlords for where in towns for bad in trouble]
    words = {name: pl.Enum(list(regels.velden[name].waarden)) for name in ("verhuurder", "gemeente")}
    frame = pl.DataFrame(asked, schema={**words, "meerdere_problemen": pl.Boolean}, orient="row").with_columns(
        soort=pl.lit("huurder", dtype=pl.Enum(["huurder", "woningzoekende"]))
    )
    day = date(2026, 3, 1)
    found = kolommen.toets(nw.from_native(frame.lazy()), regels, day, 2026).to_native().collect().to_dicts()
    for (who, where, bad), row in zip(asked, found, strict=True):
        question = {"verhuurder": who, "gemeente": where, "meerdereProblemen": bad, "soort": "huurder"}
        question |= {"peildatum": "2026-03-01", "huurronde": 2026}
        single = {c.id: c for c in toets(regels.vraag(question), regels, None, ZONDER_MOGELIJK).conclusies}
        for id in regels.besluiten:
            c = single.get(id)
            gaps = " ".join(gap.veld for gap in c.ontbreekt) if c and c.uitkomst == "onbekend" else None
            rule = c.redenen[0].regel if c and c.redenen else None
            told = (row[f"{id}__uitkomst"], row[f"{id}__regel"], row[f"{id}__ontbreekt"])
            assert told == (c.uitkomst if c else None, rule, gaps), (who, where, bad, id)


def test_a_portfolio_is_run_over_both_municipalities(map_: Path, tmp_path: Path) -> None:
    rows = [
        rij("W1", Verhuurder="De Duinen", Energielabel="F"),
        rij("W2", Verhuurder="Wetland Wonen"),
        rij("W3", Verhuurder="Strandwonen", Energielabel="F"),
    ]
    (tmp_path / "w.csv").write_bytes(csv_bytes(rows))
    out, summary = tmp_path / "uit.csv", tmp_path / "som.xlsx"
    arguments = ("--peildatum", "2027-03-01", "--huurronde", "2027", "--samenvatting", str(summary))
    done = run("--regels", str(map_), "portefeuille", str(tmp_path / "w.csv"), str(out), *arguments)
    assert done.returncode == 0, done.stderr
    found = pl.read_csv(out, separator=";", infer_schema_length=0)
    assert found["klusdienst-duinrand__uitkomst"].to_list() == ["voorleggen", None, "voorleggen"]
    assert found["huurtoeslag__uitkomst"].to_list() == ["ja"] * 3
    sheets = pl.read_excel(summary, sheet_id=0, has_header=False, raise_if_empty=False)
    assert [row[0] for row in sheets["Klusdienst"].rows()[1:]] == ["W1", "W3"]


# the pages and papers


@pytest.mark.parametrize("ingang", INGANGEN.values(), ids=lambda ingang: ingang.id)
def test_every_entrance_asks_the_municipality_and_answers_for_it(client: TestClient, ingang) -> None:
    form = client.get(ingang.pad, headers=HTML).text
    assert '<option value="duinrand"' in form and '<option value="de-duinen"' in form and "Zandhoek" in form
    assert "sociale huur in Duinrand en Steenwijkerland" in form
    answer = client.post(ingang.pad, data=GETYPT | {"ingang": ingang.id, "soort": ingang.soort}, headers=HTML)
    assert answer.status_code == 200
    assert "Duinpas" in answer.text and "Fixteam" not in answer.text


def test_the_form_of_one_municipality_asks_for_none() -> None:
    with TestClient(create_app(PAKKET), base_url="http://127.0.0.1") as alone:
        assert 'name="gemeente"' not in alone.get("/huurder", headers=HTML).text


@pytest.mark.parametrize("welk", ["dossier", "overzicht"])
def test_the_papers_speak_of_its_decisions(client: TestClient, welk: str) -> None:
    paper = client.post(f"/papieren/{welk}/afdrukken", data=GETYPT, headers=HTML)
    assert paper.status_code == 200
    assert "Duinpas" in paper.text and "€ 75" in paper.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "14 0999" in paper.text and "14 0521" not in paper.text


def test_the_api_knows_and_describes_it(client: TestClient) -> None:
    answer = client.post("/v1/toetsen?besluiten=duinpas", json=VRAAG).json()
    assert [(c["id"], c["uitkomst"]) for c in answer["conclusies"]] == [("duinpas", "ja")]
    described = json.dumps(client.get("/v1/openapi.json").json()["components"]["schemas"]["Vraag"]["properties"])
    assert '"duinrand", "steenwijkerland", "andere-gemeente"' in described


# the proof and the generated pages


def test_its_decisions_are_proven(regels: Regelset) -> None:
    prover = Bewijzer(regels, date(2027, 1, 1))
    for id in EIGEN:
        found = [one for part in prover.delen(id) for one in part]
        assert found and {one.uitslag for one in found} - {"niet van toepassing"} == {"bewezen"}
    assert prover.tijd.stukken[-1][1] == date(2028, 6, 30)


def test_its_decisions_have_a_generated_page(regels: Regelset) -> None:
    made = pages(regels)
    assert "De gemeente Duinrand geeft een duinpas." in made["duinpas.md"]
    assert "klusdienst-duinrand.md" in made["README.md"]


def test_it_is_in_order(map_: Path) -> None:
    done = run("regels", "controleer", str(map_), "--zonder-bewijs")
    assert done.returncode == 0, done.stderr
    assert "is in orde" in done.stdout
