"""Which rows are accepted, why the others are not, and what never comes in at all."""

import random
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from regels.vraag import VraagFout
from regels.wijzer import nested
from service.portefeuille.doelen import PERSONEN as PERSOONSTABEL
from service.portefeuille.doelen import WONINGEN, doelen
from service.portefeuille.fouten import PortefeuilleFout
from service.portefeuille.keuren import inconsistent
from service.portefeuille.koppeling import Koppeling, propose, read_koppeling
from service.portefeuille.privacy import names_of_people, refuse_names
from service.portefeuille.tabellen import open_table
from tests.hulp import portefeuille
from tests.hulp.geladen import PAKKET, read
from tests.hulp.portefeuille import DAG, RONDE, Uitkomst, rij, write_csv

# made up, and passing the eleven-test
BSN = ("123456782", "111222333", "999999990", "100000009", "200000007", "300000005")


def draai_rijen(folder: Path, rows: list[Any], **options: Any) -> Uitkomst:
    """A run that answers one decision: here it matters which rows come in."""
    return portefeuille.draai_rijen(folder, rows, **{"besluiten": ("huurklasse",)} | options)


def draai_bestand(*files: Path, **options: Any) -> Uitkomst:
    """The same over files."""
    return portefeuille.draai_bestand(*files, **{"besluiten": ("huurklasse",)} | options)


def _koppeling(folder: Path, text: str) -> Koppeling:
    (folder / "koppeling.yaml").write_text(text)
    return read_koppeling(folder / "koppeling.yaml", PAKKET)


# koppeling


def test_common_names_of_columns_are_recognised(tmp_path: Path) -> None:
    header = [
        "VHE-nummer",
        "Kale Huur",
        "Max. redelijke huur",
        "energielabel",
        "woning.wwsMaximum",
        "Huurprijs",
        "Netto huur",
    ]
    path = write_csv(tmp_path / "a.csv", [dict.fromkeys(header, "1")])
    found = propose(PAKKET, open_table(path, tmp_path), None, {}).woningen
    assert found == {
        "VHE-nummer": "verwijzing", "Kale Huur": "woning_kale_huur", "Max. redelijke huur": "negeren",
        "energielabel": "woning_energielabel", "woning.wwsMaximum": "woning_wws_maximum", "Huurprijs": "kiezen",
        "Netto huur": "kiezen",
    }  # fmt: skip


def test_a_koppeling_is_remembered_and_read_back(tmp_path: Path) -> None:
    made = Koppeling(
        PAKKET, {"Nr": "verwijzing", "Ja": "negeren", "x: y #": "woning_kale_huur"}, {}, {"soort": "huurder"}
    )
    assert _koppeling(tmp_path, made.as_yaml()) == made


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("woningen: [a]", "in regel 1"),
        ("woningen: {a: verwijzing, a: negeren}", "twee keer"),
        ("huizen: {a: verwijzing}", "onbekende sleutel 'huizen'"),
        ("woningen: {a: &x verwijzing, b: *x}", "verwijst naar zichzelf"),
        ("woningen: {a: [", "in regel 1"),
        ("{[a]: 1}", "in regel 1"),
        ("woningen: {a: 'b}", "YAML"),
        ("woningen: {a: b}\n---\nx", "houdt de koppeling op"),
    ],
)
def test_a_faulty_koppeling_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PortefeuilleFout, match=said):
        _koppeling(tmp_path, text)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"VHE-nummer": "verwijzing", "Weg": "vermogen"}, "staan niet in het bestand"),
        ({"VHE-nummer": "verwijzing", "Kale huur": "kaal"}, "bestaan niet"),
        ({"VHE-nummer": "verwijzing", "Kale huur": "vermogen", "vermogen": "vermogen"}, "meer dan één kolom"),
        ({"Kale huur": "woning_kale_huur"}, "geen kolom met het nummer"),
        ({"VHE-nummer": "verwijzing", "p1_rol": "p1_rol", "vermogen": "rekeninkomen"}, "bewoners zijn apart bekend"),
        ({"VHE-nummer": "verwijzing", "vermogen": "rekeninkomen", "Kale huur": "huishoudinkomen"}, "al beide inkomens"),
    ],
)
def test_a_koppeling_that_does_not_fit_the_file_is_refused(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    with pytest.raises(PortefeuilleFout, match=said):
        draai_rijen(tmp_path, [rij()], koppeling=Koppeling(PAKKET, parts))


def test_what_is_fixed_is_a_known_word_and_no_column(tmp_path: Path) -> None:
    columns = {"VHE-nummer": "verwijzing", "soort": "soort"}
    for fixed, said in (
        ({"soort": "huurder"}, "vast én een kolom"),
        ({"verhuurder": "x"}, "kan niet bij"),
        ({"a": "b"}, "kan niet vast"),
    ):
        with pytest.raises(PortefeuilleFout, match=said):
            draai_rijen(tmp_path, [rij()], koppeling=Koppeling(PAKKET, columns, {}, fixed))


# privacy


@pytest.mark.parametrize(
    "name", ["BSN", "bsn_huurder", "Burgerservicenummer", "SoFi-nummer", "B.S.N.", "ＢＳＮ", "Fiscaal nummer"]
)
def test_a_column_called_bsn_stops_everything(tmp_path: Path, name: str) -> None:
    with pytest.raises(PortefeuilleFout, match="BSN"):
        draai_rijen(tmp_path, [rij() | {name: ""}])


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_column_with_bsns_stops_everything_whatever_it_is_called(tmp_path: Path, suffix: str) -> None:
    rows = [rij(f"W{at}") | {"Opmerking": bsn} for at, bsn in enumerate(BSN)]
    path = tmp_path / f"w{suffix}"
    if suffix == ".csv":
        write_csv(path, rows)
    else:
        pl.DataFrame(rows).write_parquet(path)
    with pytest.raises(PortefeuilleFout, match="Opmerking") as refused:
        draai_bestand(path)
    assert not any(bsn in str(refused.value) for bsn in BSN)


def test_bsns_far_down_a_column_that_is_not_coupled_stop_the_run(tmp_path: Path) -> None:
    rows = [rij(f"W{at}") | {"Opmerking": ""} for at in range(10_050)]
    for at, bsn in enumerate(BSN, 10_010):
        rows[at]["Opmerking"] = f"nr {bsn[:3]}.{bsn[3:6]}.{bsn[6:]}"
    with pytest.raises(PortefeuilleFout, match="Opmerking") as refused:
        draai_rijen(tmp_path, rows)
    assert not any(character.isdigit() for character in str(refused.value))
    assert [path.name for path in tmp_path.iterdir()] == ["woningen.csv"]


@pytest.mark.parametrize("title", ["111222333", "BSN 111.222.333", "J.P. de Vries", "Jan Jansen"])
def test_a_row_of_a_person_where_the_titles_should_be_is_not_repeated(tmp_path: Path, title: str) -> None:
    with pytest.raises(PortefeuilleFout, match="kolom 13 ") as refused:
        draai_rijen(tmp_path, [rij() | {title: ""}])
    assert title not in str(refused.value)


@pytest.mark.parametrize("column", ["Omschrijving", "Naam huurder", "Energielabel"])
def test_a_column_full_of_names_stops_everything_whatever_it_is_called(tmp_path: Path, column: str) -> None:
    names = ("J. Jansen", "P. de Vries", "A.B. Bakker-Smit", "Fam. Mulder", "")
    with pytest.raises(PortefeuilleFout, match=column) as refused:
        draai_rijen(tmp_path, [rij(f"W{at}") | {column: name} for at, name in enumerate(names)])
    assert not any(name in str(refused.value) for name in names if name)


def test_dwelling_numbers_of_nine_digits_are_no_bsns(tmp_path: Path) -> None:
    rows = [rij(str(number)) for number in range(100_000_000, 100_000_200)]
    assert draai_rijen(tmp_path, rows).aantallen() == (200, 200, 0, 0)


def test_columns_with_names_are_never_read(tmp_path: Path) -> None:
    columns = ["Naam", "Achternaam", "naam_huurder", "Voorletters", "Tussenvoegsel", "Straatnaam", "Plaatsnaam", "Kern"]
    assert names_of_people(columns) == ("Naam", "Achternaam", "naam_huurder", "Voorletters", "Tussenvoegsel")
    done = draai_rijen(tmp_path, [rij() | {"Naam huurder": "Jansen"}], uit="uit.csv")
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("uit"))
    assert b"Jansen" not in written
    part = next(part for part in done.verslag.overzichten if part.titel == "Kolommen die niet zijn gelezen")
    assert part.rijen == (("woningen", "Naam huurder", "lijkt een naam"),)


def test_names_are_no_references(tmp_path: Path) -> None:
    rows = [rij(name) for name in ("Jan Jansen", "Piet de Vries", "Anna Bakker", "K. Smit", "El Amrani", "Mo Ali")]
    with pytest.raises(PortefeuilleFout, match="namen"):
        draai_rijen(tmp_path, rows)


def test_references_that_are_words_may_be_names_of_any_language_and_numbers_or_a_few_words_are_none() -> None:
    words = ["Oyelaran", "Xanthippe", "Brzęczyszczykiewicz", "Nguyễn", "Þórdís"]
    with pytest.raises(PortefeuilleFout, match="'nr' lijken namen te staan"):
        refuse_names(pl.Series("nr", [*words, None, "W1", "W2", "W3", "W4"]))
    for fine in (words[:4], [*words, "W1", "W2", "W3", "W4", "W5"], ["12", "13", "14", "15", "16"]):
        refuse_names(pl.Series("nr", fine))


def test_a_bsn_in_a_cell_is_not_repeated_in_the_list_of_rejected_rows(tmp_path: Path) -> None:
    done = draai_rijen(tmp_path, [rij("W1", Energielabel="123456782"), *(rij(f"W{at}") for at in range(2, 9))])
    assert done.afgewezen[0]["gevonden"] == "(weggelaten)"


# rows


def test_every_fault_of_a_row_is_named_with_row_column_and_what_to_write(tmp_path: Path) -> None:
    done = draai_rijen(tmp_path, [rij("W1"), rij("W2", Kale_huur="abc", Energielabel="H", Huishoudverklaring="N")])
    assert done.aantallen() == (2, 1, 1, 0)
    assert [(r["rij"], r["verwijzing"], r["kolom"], r["gevonden"]) for r in done.afgewezen] == [
        ("3", "W2", "Kale huur", "abc"), ("3", "W2", "Energielabel", "H"), ("3", "W2", "Huishoudverklaring", "N"),
    ]  # fmt: skip
    assert all(r["reden"].endswith(".") for r in done.afgewezen)
    assert done.rijen["verwijzing"].to_list() == ["W1"]


@pytest.mark.parametrize(("rent", "accepted"), [("0", 0), ("0,01", 1), ("10000", 1), ("10000,01", 0)])
def test_the_domain_of_a_field_holds_to_the_cent(tmp_path: Path, rent: str, accepted: int) -> None:
    assert draai_rijen(tmp_path, [rij(Kale_huur=rent)]).verslag.aangenomen == accepted


def test_no_row_with_a_double_reference_is_answered(tmp_path: Path) -> None:
    done = draai_rijen(tmp_path, [rij("A1"), rij("B2"), rij("A1", Kale_huur="1"), rij("")])
    assert done.aantallen() == (4, 1, 1, 2)
    assert sorted((r["soort"], r["verwijzing"] or "") for r in done.afgewezen) == [
        ("afgewezen", ""), ("dubbel", "A1"), ("dubbel", "A1"),
    ]  # fmt: skip


def test_a_date_of_a_change_that_was_no_yearly_increase_is_unknown(tmp_path: Path) -> None:
    rows = [
        rij(code, Datum_laatste_huurverhoging="01-03-2026", Reden_huurwijziging=code, Contract_vanaf="1-1-2020")
        for code in ("INK", "JAA", "MUT", "REN")
    ]
    found = dict(
        draai_rijen(tmp_path, rows, besluiten=("huurverhoging-wettelijk",))
        .rijen.select("verwijzing", "huurverhoging-wettelijk__regel")
        .iter_rows()
    )
    assert found == {
        "INK": "geen-verhoging-toegestaan", "JAA": "geen-verhoging-toegestaan", "MUT": "percentage",
        "REN": "percentage",
    }  # fmt: skip


def test_the_count_of_reasons_repeats_no_cell(tmp_path: Path) -> None:
    rows = [rij("W1", vermogen="48391,50"), rij("W2", Kale_huur="7,319"), rij("W3", Contract_vanaf="31-02-1987"),
            rij("W4", vermogen="61234,50"), rij("W5", Contract_vanaf="1-13-2020")]  # fmt: skip
    rows = [{"Contract vanaf": ""} | row for row in rows]
    done = draai_rijen(tmp_path, rows)
    said = " ".join(words for _, words in done.verslag.redenen)
    assert not any(part in said for part in ("48", "319", "1987", "61"))
    assert sorted(done.verslag.redenen.values()) == [1, 1, 1, 2]
    assert "een maand is" in said
    assert any("48.391" in row["reden"] for row in done.afgewezen)


def test_a_column_that_cannot_be_read_and_is_not_used_is_no_obstacle(tmp_path: Path) -> None:
    pl.DataFrame({name: [cell] for name, cell in rij("W1").items()} | {"lijst": [[1, 2]]}).write_parquet(
        tmp_path / "w.parquet"
    )
    assert draai_bestand(tmp_path / "w.parquet").aantallen() == (1, 1, 0, 0)


# persons


PERSONEN = [
    {"VHE-nummer": "W1", "rol": "huurder", "leeftijd": "40", "inkomen": "20.000"},
    {"VHE-nummer": "W1", "rol": "kind", "leeftijd": "4", "inkomen": ""},
    {"VHE-nummer": "W2", "rol": "huurder", "leeftijd": "70", "inkomen": "30000"},
    {"VHE-nummer": "W3", "rol": "huurder", "leeftijd": "x", "inkomen": "30000"},
    {"VHE-nummer": "W3", "rol": "partner", "leeftijd": "30", "inkomen": "1"},
    {"VHE-nummer": "W9", "rol": "huurder", "leeftijd": "30", "inkomen": "1"},
    {"VHE-nummer": "", "rol": "huurder", "leeftijd": "30", "inkomen": "1"},
    {"VHE-nummer": "D1", "rol": "huurder", "leeftijd": "30", "inkomen": "1"},
    {"VHE-nummer": "W5", "rol": "kind", "leeftijd": "30", "inkomen": "1"},
]


def _alone(reference: str, **other: Any) -> dict[str, object]:
    return {name: cell for name, cell in rij(reference, **other).items() if not name.startswith("p1_")}


def test_persons_are_joined_on_the_reference_and_every_row_of_theirs_is_accounted_for(tmp_path: Path) -> None:
    dwellings = [_alone(name) for name in ("W1", "W2", "W3", "W4", "D1", "D1", "W5")]
    done = draai_bestand(write_csv(tmp_path / "w.csv", dwellings), write_csv(tmp_path / "p.csv", PERSONEN),
                         besluiten=("daeb-doelgroep",))  # fmt: skip
    assert done.aantallen() == (7, 3, 2, 2)
    stand = done.verslag.personen
    assert stand is not None
    assert (stand.gelezen, stand.gebruikt, stand.afgewezen, stand.bij_andere, stand.zonder_woning) == (9, 3, 2, 3, 1)
    said = {(r["tabel"], r["verwijzing"]): r["reden"] for r in done.afgewezen}
    assert said[("woningen", "W3")] == "Een bewoner van deze woning is afgewezen."
    assert "rol huurder" in said[("woningen", "W5")]
    assert said[("personen", "W9")] == "Deze woning staat niet in de woningtabel."
    income = dict(done.rijen.select("verwijzing", "daeb-doelgroep__inkomen").iter_rows())
    assert {name: value and float(value) for name, value in income.items()} == {"W1": 20000, "W2": 30000, "W4": None}


def test_more_residents_than_one_question_holds_are_refused(tmp_path: Path) -> None:
    people = [
        {"VHE-nummer": "W1", "rol": "huurder" if at == 0 else "kind", "leeftijd": "9", "inkomen": ""}
        for at in range(31)
    ]
    done = draai_bestand(write_csv(tmp_path / "w.csv", [_alone("W1")]), write_csv(tmp_path / "p.csv", people))
    assert done.aantallen() == (1, 0, 1, 0)
    assert any("hoogstens 30 personen" in r["reden"] for r in done.afgewezen)


def test_a_table_of_persons_can_be_coupled_to_what_is_told_of_one_person_and_nothing_else() -> None:
    targets = doelen(PAKKET)[PERSOONSTABEL].values()
    assert {doel.pointer.split("/")[1] for doel in targets if doel.veld is not None} == {"personen"}


# between fields: the single check decides, and the table finds every row that it would refuse


def _odd(rng: random.Random) -> dict[str, Any]:
    day = lambda: rng.choice([None, "2019-05-01", "2026-02-28", "2026-03-01", "2026-03-02", "2026-06-30", "2026-07-01"])  # noqa: E731
    return {
        "soort": rng.choice(["huurder", "woningzoekende", None]),
        "woning_contract_vanaf": day(), "woning_laatste_verhoging": day(),
        "woning_huur_voor_ronde": rng.choice([None, 60000]),
        "p1_rol": rng.choice(["huurder", "partner", "kind", None]),
        "p2_rol": rng.choice(["huurder", "partner", "kind", None]),
        "p1_geboortedatum": rng.choice([day(), "1986-01-01", "1985-01-02"]),
        "p1_leeftijd_opgave": rng.choice([None, 40]),
        "p2_leeftijd_opgave": rng.choice([None, None, 39, 40, 41]), "p2_vermogen_bewoner": rng.choice([None, None, 5]),
        "p3_rol": rng.choice([None, "kind", "kind", "partner"]),
        "p3_soort_kind": rng.choice([None, None, "van_medebewoner"]),
        "p3_geboortedatum": rng.choice([None, "1985-12-31", "1986-01-01", "1986-01-02", "2010-05-05"]),
    }  # fmt: skip


def test_the_table_rejects_exactly_what_the_single_check_rejects() -> None:
    rng = random.Random(11)
    dates = ["woning_contract_vanaf", "woning_laatste_verhoging", "p1_geboortedatum", "p3_geboortedatum"]
    rows = [_odd(rng) for _ in range(1_500)]
    numbers = ("woning_huur_voor_ronde", "p1_leeftijd_opgave", "p2_leeftijd_opgave", "p2_vermogen_bewoner")
    schema = dict.fromkeys(numbers, pl.Int64)
    frame = pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)
    frame = frame.with_columns(pl.col(dates).str.to_date()).with_row_index("rij").cast({"rij": pl.Int64})
    found: dict[int, list[tuple[str, str]]] = {}
    for row, pointer, text in inconsistent(PAKKET, frame, DAG, date(RONDE, 7, 1)):
        found.setdefault(row, []).append((pointer, text))
    targets = doelen(PAKKET)[WONINGEN]
    refused = 0
    for at, row in enumerate(frame.iter_rows(named=True)):
        values = {targets[n].pointer: v / 100 if n == "woning_huur_voor_ronde" else v
                  for n, v in row.items() if n != "rij" and v is not None}  # fmt: skip
        try:
            read(nested(values) | {"peildatum": DAG, "huurronde": RONDE})
            expected: list[tuple[str, str]] = []
        except VraagFout as error:
            expected = [(fault.veld, fault.tekst) for fault in error.fouten]
            refused += 1
        assert found.get(at, []) == expected
    assert 500 < refused < 1_450


def test_the_names_in_the_list_of_common_names_are_targets() -> None:
    path = Path(read_koppeling.__code__.co_filename).with_name("namen.yaml")
    for group, names in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        assert set(names) <= set(doelen(PAKKET)[group])
